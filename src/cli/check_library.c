/* gradus check LIB.so:FUNC: compiled functions and their gradients, checked numerically, in a process apart.
 */
/* SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>
#include <gradus/check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/apart.h"
#include "cli/check_library.h"

enum { POINTS_DRAWN = 3, POINTS_MOST = 100, VARIABLES_MOST = 1000000, REASON_MOST = 500 };

typedef double value_call(const double *x, size_t n, void *user);
typedef void gradient_call(const double *x, size_t n, double *grad, void *user);

typedef enum stage { STAGE_OPENING, STAGE_FUNCTION, STAGE_GRADIENT, STAGE_BETWEEN, STAGE_DONE } stage;

/* What is known of one point. */
typedef struct finding {
    gradus_check_report check;     /* with a gradient */
    gradus_numeric_report numeric; /* without one */
    int outcome;
} finding;

/* Shared with the process apart; the arrays follow one another behind it. */
typedef struct board {
    char path[4096], function[256], gradient[256]; /* gradient "": none */
    size_t n, points;
    volatile size_t alive, done;
    volatile stage stage;
    char reason[REASON_MOST]; /* why the library cannot be used */
    finding found[POINTS_MOST];
    double numbers[]; /* for each point n: x; n: the numerical gradient; n: its bounds */
} board;

enum { POINT, GRADIENT, BOUND, PARTS };

static double *numbers_of(board *b, size_t i, size_t part) {
    return b->numbers + (i * PARTS + part) * b->n;
}

/* ---- apart ---- */

typedef struct callbacks {
    board *board;
    value_call *value;
    gradient_call *gradient;
} callbacks;

static int call_value(const double *x, size_t n, double *y, void *user) {
    callbacks *c = user;
    c->board->stage = STAGE_FUNCTION;
    *y = c->value(x, n, NULL);
    c->board->stage = STAGE_BETWEEN;
    c->board->alive++;
    return 0;
}

static int call_gradient(const double *x, size_t n, double *grad, void *user) {
    callbacks *c = user;
    for (size_t i = 0; i < n; i++)
        grad[i] = (double)NAN; /* what is not written shows */
    c->board->stage = STAGE_GRADIENT;
    c->gradient(x, n, grad, NULL);
    c->board->stage = STAGE_BETWEEN;
    c->board->alive++;
    return 0;
}

static bool open_library(callbacks *c) {
    board *b = c->board;
    void *library = library_open(b->path, b->reason, sizeof b->reason);
    if (!library)
        return false;
    c->value = (value_call *)library_function(library, b->function, b->reason, sizeof b->reason);
    if (!c->value)
        return false;
    if (!b->gradient[0])
        return true;
    c->gradient = (gradient_call *)library_function(library, b->gradient, b->reason, sizeof b->reason);
    return c->gradient != NULL;
}

static void work(void *block) {
    callbacks c = {.board = block};
    board *b = block;
    bool open = open_library(&c);
    b->alive++;
    for (size_t i = 0; open && i < b->points; i++) {
        finding *f = &b->found[i];
        const double *x = numbers_of(b, i, POINT);
        double *gradient = numbers_of(b, i, GRADIENT), *bound = numbers_of(b, i, BOUND);
        if (c.gradient)
            f->outcome = gradus_check_gradient(call_value, call_gradient, &c, x, b->n, NULL, &f->check);
        else
            f->outcome = gradus_numeric_gradient(call_value, &c, x, b->n, NULL, gradient, bound, &f->numeric);
        b->done = i + 1;
    }
    b->stage = STAGE_DONE;
}

/* ---- what was asked ---- */

bool check_names_library(const arguments *a) {
    const char *word = a->count ? a->words[0] : "", *colon = strrchr(word, ':');
    bool named = colon && (strstr(word, ".so") || strstr(word, ".dylib"));
    return named || option_given(a, OPTION_N) || option_given(a, OPTION_GRAD) || option_given(a, OPTION_AT);
}

static bool copy_word(char *to, size_t size, const char *from, size_t length) {
    if (length == 0 || length >= size)
        return false;
    memcpy(to, from, length);
    to[length] = '\0';
    return true;
}

static const unsigned of_libraries = BIT(OPTION_N) | BIT(OPTION_AT) | BIT(OPTION_GRAD) | BIT(OPTION_TIMEOUT) |
                                     BIT(OPTION_SEED) | BIT(OPTION_JSON) | BIT(OPTION_COLOR);

static int read_names(const arguments *a, board *b) {
    const char *word = a->count ? a->words[0] : "", *colon = strrchr(word, ':');
    const char *gradient = option_value(a, OPTION_GRAD);
    if (!colon || !copy_word(b->path, sizeof b->path, word, (size_t)(colon - word)) ||
        !copy_word(b->function, sizeof b->function, colon + 1, strlen(colon + 1))) {
        cli_error("a compiled function is given as LIBRARY:FUNCTION");
        cli_help("for example: gradus check ./libmodel.so:loss --n 10 --grad loss_gradient");
        return 2;
    }
    if (gradient && !copy_word(b->gradient, sizeof b->gradient, gradient, strlen(gradient))) {
        cli_error("--grad takes the name of a function, not '%s'", gradient);
        return 2;
    }
    if (a->count > 1) {
        cli_error("'%s' is one argument too many", a->words[1]);
        return 2;
    }
    for (int i = 0; i < OPTION_COUNT; i++)
        if (option_given(a, (option_id)i) && !(BIT(i) & of_libraries)) {
            cli_error("--%s goes with expressions, not with compiled functions", option_name((option_id)i));
            return 2;
        }
    return 0;
}

/* The points as an array [points, n]: of the file, or drawn. */
static int take_points(const arguments *a, gradus_context *c, gradus_array *x, size_t *n, long long seed) {
    const char *file = option_value(a, OPTION_AT);
    long long wanted;
    char draw[60];
    gradus_expr e;
    if (!option_integer(a, OPTION_N, 1, VARIABLES_MOST, 0, &wanted))
        return 2;
    if (!file && wanted == 0) {
        cli_error("how many variables has the function? --n is missing");
        cli_help("or --at FILE, a point: a CSV or NPY file of numbers");
        return 2;
    }
    *n = (size_t)wanted;
    if (file) {
        gradus_status status = gradus_array_read(c, file, x);
        return status == GRADUS_OK ? 0 : cli_fail(a, c, status);
    }
    gradus_seed(c, (uint64_t)seed);
    (void)snprintf(draw, sizeof draw, "randn(%d, %zu)", POINTS_DRAWN, *n);
    gradus_status status = gradus_parse(c, "X", &e);
    if (status == GRADUS_OK)
        status = gradus_bind_text(c, "X", draw);
    if (status == GRADUS_OK)
        status = gradus_evaluate(c, e, x);
    return status == GRADUS_OK ? 0 : cli_fail(a, c, status);
}

/* One point, or one in each row. */
static int fit_points(const arguments *a, const gradus_array *x, size_t *n, size_t *points) {
    if (*n == 0)
        *n = x->rank == 2 && x->shape[1] > 1 ? x->shape[1] : x->count;
    *points = *n ? x->count / *n : 0;
    bool fits = *n && x->count % *n == 0 && *points > 0 &&
                (*points == 1 || (x->rank == 2 && x->shape[1] == *n));
    if (!fits || *points > POINTS_MOST) {
        cli_error(
            "'%s' holds %zu numbers: that is not a point of %zu variables, nor up to %d of them in rows",
            option_value(a, OPTION_AT), x->count, *n, POINTS_MOST);
        return 3;
    }
    for (size_t i = 0; i < x->count; i++)
        if (!isfinite(x->values[i])) {
            cli_error("number %zu of '%s' is not finite: no derivative is taken there", i + 1,
                      option_value(a, OPTION_AT));
            return 3;
        }
    return 0;
}

/* ---- how it ended ---- */

static const char *doing(const board *b) {
    return b->stage == STAGE_FUNCTION ? b->function : b->stage == STAGE_GRADIENT ? b->gradient : b->path;
}

static int explain_end(const board *b, apart r, double seconds) {
    switch (r.end) {
    case APART_INTERRUPTED: return 130;
    case APART_SIGNAL:
        cli_error("%s in %s at point %zu", apart_signal_name(r.number), doing(b), b->done + 1);
        break;
    case APART_EXIT:
        cli_error("%s ended the process with status %d at point %zu", doing(b), r.number, b->done + 1);
        break;
    case APART_LATE:
        cli_error("%s did not return within %g s at point %zu", doing(b), seconds, b->done + 1);
        cli_help("--timeout gives it more time for one call");
        return 3;
    default: cli_error("no process could be made to run the function in"); return 5;
    }
    cli_help("is it declared as gradus calls it? double %s(const double *x, size_t n, void *user)",
             b->function);
    if (b->gradient[0])
        cli_help("void %s(const double *x, size_t n, double *grad, void *user)", b->gradient);
    return 3;
}

static int explain_library(const board *b) {
    cli_error("'%s' cannot be used: %s", b->path, b->reason);
    if (strncmp(b->reason, "it has no function", 18) == 0)
        cli_help("nm -D %s lists what it has; a function must not be static, and extern \"C\" in C++",
                 b->path);
    return 3;
}

/* ---- output ---- */

static void print_checks(const board *b, long long seed, bool drawn) {
    for (size_t i = 0; i < b->done; i++) {
        char text[4000];
        gradus_check_text(&b->found[i].check, text, sizeof text);
        if (drawn)
            printf("point %zu, seed %lld: %s", i + 1, seed, text);
        else if (b->points > 1)
            printf("point %zu: %s", i + 1, text);
        else
            fputs(text, stdout);
    }
}

static numeric gradient_at(board *b, size_t i) {
    gradus_array like = {.rank = 1, .shape = {b->n}, .count = b->n};
    numeric n = {.value = like, .bound = like, .report = b->found[i].numeric, .outcome = b->found[i].outcome};
    n.value.values = numbers_of(b, i, GRADIENT);
    n.bound.values = numbers_of(b, i, BOUND);
    return n;
}

static void print_gradients(board *b) {
    for (size_t i = 0; i < b->points; i++) {
        numeric n = gradient_at(b, i);
        print_array(&n.value, false);
        (void)numeric_print(&n);
    }
}

static const char *const verdicts[] = {"pass", "fail", "inconclusive"};

static cJSON *json_entry(const gradus_check_entry *e) {
    cJSON *o = cJSON_CreateObject();
    cJSON_AddNumberToObject(o, "index", (double)e->column);
    cJSON_AddItemToObject(o, "claimed", json_number(e->claimed));
    cJSON_AddItemToObject(o, "numerical", json_number(e->numerical));
    cJSON_AddItemToObject(o, "bound", json_number(e->bound));
    cJSON_AddStringToObject(o, "verdict", verdicts[e->verdict]);
    json_outcome(o, e->status);
    return o;
}

static void json_check(cJSON *o, const gradus_check_report *r) {
    cJSON_AddStringToObject(o, "verdict", verdicts[r->verdict]);
    if (r->verdict == GRADUS_CHECK_FAIL) {
        cJSON_AddStringToObject(o, "likely", gradus_check_bug_text(r->bug));
        cJSON_AddItemToObject(o, "factor", json_number(r->factor));
    }
    cJSON_AddNumberToObject(o, "failed", (double)r->failed);
    cJSON_AddNumberToObject(o, "inconclusive", (double)r->inconclusive);
    cJSON_AddItemToObject(o, "largest_error", json_number(r->largest_error));
    cJSON *entries = cJSON_AddArrayToObject(o, "entries");
    for (size_t i = 0; i < r->shown; i++)
        cJSON_AddItemToArray(entries, json_entry(&r->entry[i]));
    cJSON_AddNumberToObject(o, "evaluations", (double)r->evaluations);
    cJSON_AddItemToObject(o, "noise", json_number(r->noise));
    json_outcome(o, r->status);
}

static cJSON *json_finding(board *b, size_t i) {
    cJSON *o = cJSON_CreateObject();
    gradus_array x = {.rank = 1, .shape = {b->n}, .count = b->n, .values = numbers_of(b, i, POINT)};
    cJSON_AddStringToObject(o, "function", b->function);
    cJSON_AddItemToObject(o, "point", json_array_values(&x));
    if (b->gradient[0]) {
        cJSON_AddStringToObject(o, "gradient", b->gradient);
        json_check(o, &b->found[i].check);
    } else {
        numeric n = gradient_at(b, i);
        numeric_json(o, &n);
    }
    return o;
}

/* 4 where no entry is known at any point. */
static int exit_of_gradients(board *b) {
    for (size_t i = 0; i < b->points; i++) {
        numeric n = gradient_at(b, i);
        if (numeric_exit(&n) == 0)
            return 0;
    }
    return 4;
}

static int verdict_of(const board *b) {
    for (size_t i = 0; i < b->points; i++)
        if (b->found[i].check.verdict != GRADUS_CHECK_PASS)
            return 1;
    return 0;
}

static int answer(const arguments *a, board *b, long long seed) {
    int code = b->gradient[0] ? verdict_of(b) : exit_of_gradients(b);
    if (!option_given(a, OPTION_JSON)) {
        if (b->gradient[0])
            print_checks(b, seed, !option_given(a, OPTION_AT));
        else
            print_gradients(b);
        return code;
    }
    cJSON *o = json_start("check"), *results = cJSON_AddArrayToObject(o, "results");
    cJSON_AddNumberToObject(o, "seed", (double)seed);
    for (size_t i = 0; i < b->points; i++)
        cJSON_AddItemToArray(results, json_finding(b, i));
    cJSON_AddArrayToObject(o, "diagnostics");
    int printed = cli_json(o);
    return printed ? printed : code;
}

/* ---- the command ---- */

static int run_board(const arguments *a, board *b, long long seed) {
    double seconds = 60;
    if (!option_number(a, OPTION_TIMEOUT, &seconds))
        return 2;
    apart r = apart_run(work, b, &b->alive, seconds);
    if (b->stage == STAGE_DONE && b->reason[0])
        return explain_library(b);
    if (b->stage == STAGE_DONE && r.end == APART_EXIT && r.number == 0)
        return answer(a, b, seed);
    return explain_end(b, r, seconds);
}

int run_check_library(const arguments *a) {
    board names = {.n = 0};
    gradus_context *c = gradus_context_new(NULL);
    gradus_array x = {0};
    size_t n = 0, points = 0;
    long long seed;
    int code = c ? read_names(a, &names) : 5;
    if (code == 0 && !option_integer(a, OPTION_SEED, 0, 0x7fffffffffffffffLL, 0, &seed))
        code = 2;
    if (code == 0)
        code = take_points(a, c, &x, &n, seed);
    if (code == 0)
        code = fit_points(a, &x, &n, &points);
    if (code == 0 && !names.gradient[0] && !option_given(a, OPTION_AT))
        points = 1; /* one is enough to look at */
    size_t size = sizeof(board) + points * PARTS * n * sizeof(double);
    board *b = code == 0 ? apart_memory(size) : NULL;
    if (b) {
        *b = names;
        b->n = n;
        b->points = points;
        for (size_t i = 0; i < points; i++)
            memcpy(numbers_of(b, i, POINT), x.values + i * n, n * sizeof *x.values);
        code = run_board(a, b, seed);
    } else if (code == 0) {
        cli_error("out of memory");
        code = 5;
    }
    apart_release(b, size);
    gradus_array_free(c, &x);
    gradus_context_free(c);
    int printed = cli_finish();
    return code ? code : printed;
}
