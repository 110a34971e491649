/* The report of a check as a few lines of text. */
/* SPDX-License-Identifier: MIT */
#include <gradus/check.h>

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

const char *gradus_check_bug_text(enum gradus_check_bug bug) {
    static const char *const sentences[] = {
        [GRADUS_CHECK_NO_BUG] = "nothing is wrong",
        [GRADUS_CHECK_SIGN] = "every entry has the wrong sign",
        [GRADUS_CHECK_COUNT] =
            ("every entry is too large or too small by a whole number: perhaps a sum taken for a "
             "mean, or the reverse"),
        [GRADUS_CHECK_FACTOR] = "every entry is off by the same factor",
        [GRADUS_CHECK_TRANSPOSED] = "the entries are right, but transposed: rows stand for columns",
        [GRADUS_CHECK_SWAPPED] = "two entries stand in each other's place",
        [GRADUS_CHECK_ZERO] = "the wrong entries are 0: never written, or taken for constant",
        [GRADUS_CHECK_FLOAT] = "the entries are right to single precision only: float where double is meant",
        [GRADUS_CHECK_OFFSET] = "the same number is added to every entry",
        [GRADUS_CHECK_DECAY] =
            "a multiple of x is added to every entry: a penalty on x that only one side has",
        [GRADUS_CHECK_ASYMMETRIC] = "the Hessian is not symmetric; its symmetric part is right",
        [GRADUS_CHECK_ONE_ENTRY] = "a single entry is wrong",
        [GRADUS_CHECK_OTHER] = "no single known mistake explains it",
    };
    size_t count = sizeof sentences / sizeof *sentences;
    return (size_t)bug < count ? sentences[bug] : "unknown mistake";
}

/* Writes what fits and counts all. */
typedef struct writer {
    char *text;
    size_t size, length;
} writer;

static void put(writer *w, const char *format, ...) {
    va_list list;
    size_t left = w->length < w->size ? w->size - w->length : 0;
    va_start(list, format);
    int count = vsnprintf(left ? w->text + w->length : NULL, left, format, list);
    va_end(list);
    w->length += count > 0 ? (size_t)count : 0;
}

static void put_verdict(writer *w, const gradus_check_report *r) {
    size_t all = r->rows * r->columns;
    if (gradus_numeric_is_error(r->status) && r->status > GRADUS_NUMERIC_DOMAIN)
        put(w, "inconclusive: %s\n", gradus_numeric_status_text(r->status));
    else if (r->verdict == GRADUS_CHECK_PASS)
        put(w, "pass: %zu of %zu entries agree, largest relative difference %.0e\n", all, all,
            r->largest_error);
    else if (r->verdict == GRADUS_CHECK_FAIL)
        put(w, "fail: %zu of %zu entries are wrong\n", r->failed, all);
    else
        put(w, "inconclusive: %zu of %zu entries cannot be judged\n", r->inconclusive, all);
}

static void put_factor(writer *w, double factor) {
    if (fabs(factor) < 1 && factor != 0 && round(1 / factor) == 1 / factor)
        put(w, "1/%.0f", 1 / factor);
    else
        put(w, "%.6g", factor);
}

static void put_bug(writer *w, const gradus_check_report *r) {
    put(w, "likely: %s", gradus_check_bug_text(r->bug));
    if (r->bug == GRADUS_CHECK_COUNT || r->bug == GRADUS_CHECK_FACTOR) {
        put(w, " (claimed = ");
        put_factor(w, r->factor);
        put(w, " times the derivative)");
    } else if (r->bug == GRADUS_CHECK_OFFSET || r->bug == GRADUS_CHECK_DECAY) {
        put(w, " (%.6g%s)", r->factor, r->bug == GRADUS_CHECK_DECAY ? " times x" : "");
    }
    put(w, "\n");
}

static void put_entry(writer *w, const gradus_check_report *r, const gradus_check_entry *e) {
    if (r->rows == 1)
        put(w, "  [%zu]", e->column);
    else
        put(w, "  [%zu,%zu]", e->row, e->column);
    put(w, " claimed %.10g, numerical %.10g +- %.1e", e->claimed, e->numerical, e->bound);
    if (e->verdict == GRADUS_CHECK_INCONCLUSIVE)
        put(w, ": cannot be judged, %s",
            e->status == GRADUS_NUMERIC_OK ? "the error bound is too wide"
                                           : gradus_numeric_status_text(e->status));
    put(w, "\n");
}

size_t gradus_check_text(const gradus_check_report *r, char *text, size_t size) {
    writer w = {text, text == NULL ? 0 : size, 0};
    put_verdict(&w, r);
    if (r->verdict == GRADUS_CHECK_FAIL)
        put_bug(&w, r);
    size_t listed = 0;
    for (size_t i = 0; i < r->shown && r->entry[i].verdict != GRADUS_CHECK_PASS; i++, listed++)
        put_entry(&w, r, &r->entry[i]);
    size_t open = r->failed + r->inconclusive;
    if (open > listed)
        put(&w, "  and %zu more\n", open - listed);
    put(&w, "%zu evaluations", r->evaluations);
    if (r->noise > 0)
        put(&w, ", noise of the function %.0e", r->noise);
    put(&w, "\n");
    return w.length;
}
