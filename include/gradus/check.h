/* gradus/check.h: is this derivative right? A verdict for each entry, and the likely bug. */
/* SPDX-License-Identifier: MIT */
/*
 * Claimed derivatives of C functions are compared with numerical ones (gradus/numeric.h) that carry an error
 * bound, so the verdict has three values: an entry PASSes, FAILs, or is INCONCLUSIVE, with the reason, where
 * the function does not let a numerical derivative be trusted. A whole program:
 *
 *     gradus_check_report report;
 *     char text[2000];
 *     gradus_check_gradient(f, my_gradient, NULL, x, n, NULL, &report);
 *     gradus_check_text(&report, text, sizeof text);
 *     fputs(text, stdout);
 *     return report.verdict != GRADUS_CHECK_PASS;
 *
 * The rule. N is the numerical derivative, E its bound, a what is claimed. An entry fails if |a - N| >
 * 10*E + 64*2^-52*|a|, is inconclusive if it does not and E > 1e-4*|N|, and passes otherwise. At a kink it
 * passes nowhere: it fails outside the one-sided derivatives and is inconclusive between them. Nothing is
 * printed, nothing is kept; calls in several threads are independent as far as the callbacks are.
 */
#ifndef GRADUS_CHECK_H
#define GRADUS_CHECK_H

#include <gradus/numeric.h>

#ifdef __cplusplus
extern "C" {
#endif

enum gradus_check_verdict { GRADUS_CHECK_PASS, GRADUS_CHECK_FAIL, GRADUS_CHECK_INCONCLUSIVE };

/* What a wrong derivative looks like, most specific first. Each holds for all entries within the numerical
 * bounds, or it is not said. */
enum gradus_check_bug {
    GRADUS_CHECK_NO_BUG,
    GRADUS_CHECK_SIGN,   /* every entry has the opposite sign */
    GRADUS_CHECK_COUNT,  /* a whole number (`factor`, 3 or more) of times too large or small: perhaps a sum
                            taken for a mean of so many, or the reverse */
    GRADUS_CHECK_FACTOR, /* every entry is `factor` times the right one */
    GRADUS_CHECK_TRANSPOSED, /* the right entries, rows for columns */
    GRADUS_CHECK_SWAPPED,    /* two entries stand in each other's place */
    GRADUS_CHECK_ZERO,       /* the failing entries are 0: never written, or taken for constant */
    GRADUS_CHECK_FLOAT,      /* right to single precision and no further */
    GRADUS_CHECK_OFFSET,     /* every entry is too large by `factor` */
    GRADUS_CHECK_DECAY,      /* every entry is too large by `factor` times x: a penalty added or forgotten */
    GRADUS_CHECK_ASYMMETRIC, /* a Hessian that is not symmetric; its symmetric part is right */
    GRADUS_CHECK_ONE_ENTRY,  /* a single entry is wrong, and none of the above */
    GRADUS_CHECK_OTHER       /* wrong in no way known here */
};

enum { GRADUS_CHECK_ENTRIES = 8 };

typedef struct gradus_check_entry {
    size_t row, column; /* of a gradient: row 0 */
    double claimed, numerical, bound;
    enum gradus_check_verdict verdict;
    int status; /* enum gradus_numeric_status: why it is inconclusive */
} gradus_check_entry;

typedef struct gradus_check_report {
    enum gradus_check_verdict verdict; /* FAIL if any entry fails, else INCONCLUSIVE if any is, else PASS */
    enum gradus_check_bug bug;
    double factor; /* of COUNT, FACTOR, OFFSET, DECAY */
    size_t rows, columns;
    size_t failed, inconclusive; /* numbers of entries */
    double largest_error;        /* largest |a - N|/max(|a|, |N|) of the entries that have a bound */
    size_t shown;                /* entries listed: failing ones first, the worst first */
    gradus_check_entry entry[GRADUS_CHECK_ENTRIES];
    size_t evaluations; /* of the function; those of the claim are not counted */
    double noise;       /* of the function, relative */
    int status; /* enum gradus_numeric_status of the numerical derivative; an error: nothing was judged */
} gradus_check_report;

/* A claimed gradient: grad[n] at x[n]. Returns as gradus_numeric_field: 0, positive where it is not defined,
 * negative to give up. */
typedef int gradus_check_gradient_call(const double *x, size_t n, double *grad, void *user);
/* A claimed Jacobian, jacobian[r*n + i] = dg_r/dx_i. */
typedef int gradus_check_jacobian_call(const double *x, size_t n, double *jacobian, size_t m, void *user);
/* A claimed pullback: product[i] = sum_r u[r] dg_r/dx_i. */
typedef int gradus_check_pullback_call(const double *x, size_t n, const double *u, size_t m, double *product,
                                       void *user);

/*
 * Each judges the claim at x and fills *report. They return report->status: an error of gradus/numeric.h
 * (arguments, memory, a callback that gave up) with the verdict INCONCLUSIVE, or 0 and more, remarks of the
 * numerical derivative. `options` as for gradus_numeric_gradient, NULL for the defaults; its entry_status and
 * workspace are not used, and its threads not by gradus_check_pullback. The claim is called by the caller's
 * thread alone. user goes to both callbacks. Memory: some n*m doubles from malloc, freed on return.
 */
GRADUS_API int gradus_check_gradient(gradus_numeric_field *f, gradus_check_gradient_call *claim, void *user,
                                     const double *x, size_t n, const gradus_numeric_options *options,
                                     gradus_check_report *report);
GRADUS_API int gradus_check_jacobian(gradus_numeric_map *g, gradus_check_jacobian_call *claim, void *user,
                                     const double *x, size_t n, size_t m,
                                     const gradus_numeric_options *options, gradus_check_report *report);
/* hessian[i*n + j] = d2f/dx_i dx_j claimed by the callback in the manner of a gradient of n*n numbers. */
GRADUS_API int gradus_check_hessian(gradus_numeric_field *f, gradus_check_gradient_call *claim, void *user,
                                    const double *x, size_t n, const gradus_numeric_options *options,
                                    gradus_check_report *report);
/* The pullback of a function too large for its Jacobian: u'*J*v against the claimed (u'*J)*v for `directions`
 * random pairs u, v of the seed. Entry k of the report is pair k. A wrong pullback passes one pair only by
 * accident; take three. */
GRADUS_API int gradus_check_pullback(gradus_numeric_map *g, gradus_check_pullback_call *claim, void *user,
                                     const double *x, size_t n, size_t m, size_t directions,
                                     unsigned long long seed, const gradus_numeric_options *options,
                                     gradus_check_report *report);

/* The report as text of a few lines, cut to `size` bytes with its end 0; returns the length it would have, as
 * snprintf does. */
GRADUS_API size_t gradus_check_text(const gradus_check_report *report, char *text, size_t size);
/* One sentence for a bug, never NULL. */
GRADUS_API const char *gradus_check_bug_text(enum gradus_check_bug bug);

#ifdef __cplusplus
}
#endif

#endif
