/* Claimed gradients, Jacobians, Hessians and pullbacks beside numerical ones. */
/* SPDX-License-Identifier: MIT */
#include "check_internal.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* One check: the arrays of a table in one block. */
typedef struct checking {
    check_table table;
    double *claimed, *numerical, *bound; /* (rows, columns) */
    int *status;
    void *block;
    gradus_numeric_options options;
} checking;

static int open_checking(checking *c, size_t rows, size_t columns, const gradus_numeric_options *options,
                         gradus_check_report *report) {
    *c = (checking){0};
    if (report == NULL)
        return GRADUS_NUMERIC_ARGUMENT;
    *report = (gradus_check_report){.verdict = GRADUS_CHECK_INCONCLUSIVE, .rows = rows, .columns = columns};
    if (rows == 0 || columns == 0)
        return GRADUS_NUMERIC_ARGUMENT;
    if (columns > SIZE_MAX / 64 / rows)
        return GRADUS_NUMERIC_MEMORY;
    size_t count = rows * columns;
    c->block = malloc(count * (3 * sizeof(double) + sizeof(int) + 1));
    if (c->block == NULL)
        return GRADUS_NUMERIC_MEMORY;
    c->claimed = c->block;
    c->numerical = c->claimed + count;
    c->bound = c->numerical + count;
    c->status = (int *)(void *)(c->bound + count);
    c->table = (check_table){.rows = rows,
                             .columns = columns,
                             .claimed = c->claimed,
                             .numerical = c->numerical,
                             .bound = c->bound,
                             .status = c->status,
                             .verdict = (unsigned char *)(c->status + count)};
    if (options != NULL)
        c->options = *options;
    c->options.entry_status = c->status;
    c->options.workspace = NULL;
    c->options.workspace_size = 0;
    return GRADUS_NUMERIC_OK;
}

static int close_checking(checking *c, int status, gradus_check_report *report) {
    free(c->block);
    if (report != NULL)
        report->status = status;
    return status;
}

/* What every check ends with: numerical and claimed values are there. */
static void conclude(checking *c, const gradus_numeric_report *numeric, gradus_check_report *report) {
    report->evaluations += numeric->evaluations;
    report->noise = fmax(report->noise, numeric->noise);
    check_judge(&c->table, report);
    if (report->verdict == GRADUS_CHECK_FAIL)
        check_diagnose(&c->table, report);
}

/* The numerical side gave entries, though some of them may be missing. */
static int has_entries(int status) {
    return status <= GRADUS_NUMERIC_DOMAIN;
}

static int claim_failed(int answer) {
    return answer < 0 ? GRADUS_NUMERIC_FAILED : answer > 0 ? GRADUS_NUMERIC_DOMAIN : GRADUS_NUMERIC_OK;
}

int gradus_check_gradient(gradus_numeric_field *f, gradus_check_gradient_call *claim, void *user,
                          const double *x, size_t n, const gradus_numeric_options *options,
                          gradus_check_report *report) {
    checking c;
    gradus_numeric_report numeric = {0};
    int status = open_checking(&c, 1, n, options, report);
    if (status == GRADUS_NUMERIC_OK && claim == NULL)
        status = GRADUS_NUMERIC_ARGUMENT;
    if (status == GRADUS_NUMERIC_OK)
        status = gradus_numeric_gradient(f, user, x, n, &c.options, c.numerical, c.bound, &numeric);
    int answer = has_entries(status) ? claim_failed(claim(x, n, c.claimed, user)) : GRADUS_NUMERIC_OK;
    if (answer != GRADUS_NUMERIC_OK)
        status = answer;
    else if (has_entries(status)) {
        c.table.x = x;
        conclude(&c, &numeric, report);
    }
    return close_checking(&c, status, report);
}

int gradus_check_jacobian(gradus_numeric_map *g, gradus_check_jacobian_call *claim, void *user,
                          const double *x, size_t n, size_t m, const gradus_numeric_options *options,
                          gradus_check_report *report) {
    checking c;
    gradus_numeric_report numeric = {0};
    int status = open_checking(&c, m, n, options, report);
    if (status == GRADUS_NUMERIC_OK && claim == NULL)
        status = GRADUS_NUMERIC_ARGUMENT;
    if (status == GRADUS_NUMERIC_OK)
        status = gradus_numeric_jacobian(g, user, x, n, m, &c.options, c.numerical, c.bound, &numeric);
    int answer = has_entries(status) ? claim_failed(claim(x, n, c.claimed, m, user)) : GRADUS_NUMERIC_OK;
    if (answer != GRADUS_NUMERIC_OK)
        status = answer;
    else if (has_entries(status))
        conclude(&c, &numeric, report);
    return close_checking(&c, status, report);
}

int gradus_check_hessian(gradus_numeric_field *f, gradus_check_gradient_call *claim, void *user,
                         const double *x, size_t n, const gradus_numeric_options *options,
                         gradus_check_report *report) {
    checking c;
    gradus_numeric_report numeric = {0};
    int status = open_checking(&c, n, n, options, report);
    if (status == GRADUS_NUMERIC_OK && claim == NULL)
        status = GRADUS_NUMERIC_ARGUMENT;
    if (status == GRADUS_NUMERIC_OK)
        status = gradus_numeric_hessian(f, user, x, n, &c.options, c.numerical, c.bound, &numeric);
    int answer = has_entries(status) ? claim_failed(claim(x, n, c.claimed, user)) : GRADUS_NUMERIC_OK;
    if (answer != GRADUS_NUMERIC_OK)
        status = answer;
    else if (has_entries(status)) {
        c.table.symmetric = 1;
        conclude(&c, &numeric, report);
    }
    return close_checking(&c, status, report);
}

/* ---- pullbacks: u'*J*v by one numerical derivative along v ---- */

typedef struct projection {
    gradus_numeric_map *map;
    void *user;
    const double *u; /* (m) */
    double *y;       /* (m) */
    size_t m;
} projection;

static int project(const double *x, size_t n, double *value, void *user) {
    projection *p = user;
    int answer = p->map(x, n, p->y, p->m, p->user);
    *value = 0;
    for (size_t r = 0; answer == 0 && r < p->m; r++)
        *value += p->u[r] * p->y[r];
    return answer;
}

/* Numbers in (-1, 1) away from 0, from a counter: SplitMix64 (Steele, Lea, Flood 2014). */
static double next_number(unsigned long long *state) {
    unsigned long long z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    z ^= z >> 31;
    double size = 0.25 + 0.75 * (double)(z >> 12) * 0x1p-52;
    return z & 1 ? size : -size;
}

static void draw(unsigned long long *state, size_t count, double *v) {
    for (size_t i = 0; i < count; i++)
        v[i] = next_number(state);
}

/* Pair k: entry k of the table. */
static int check_pair(checking *c, size_t k, projection *p, gradus_check_pullback_call *claim,
                      const double *x, size_t n, double *v, double *product, gradus_check_report *report) {
    gradus_numeric_report numeric = {0};
    gradus_numeric_options options = c->options;
    options.entry_status = &c->status[k];
    int status = gradus_numeric_directional(project, p, x, v, n, &options, &c->numerical[k], &c->bound[k],
                                            &numeric);
    report->evaluations += numeric.evaluations;
    report->noise = fmax(report->noise, numeric.noise);
    if (!has_entries(status))
        return status;
    int answer = claim_failed(claim(x, n, p->u, p->m, product, p->user));
    if (answer != GRADUS_NUMERIC_OK)
        return answer;
    c->claimed[k] = 0;
    for (size_t i = 0; i < n; i++)
        c->claimed[k] += product[i] * v[i];
    return status;
}

int gradus_check_pullback(gradus_numeric_map *g, gradus_check_pullback_call *claim, void *user,
                          const double *x, size_t n, size_t m, size_t directions, unsigned long long seed,
                          const gradus_numeric_options *options, gradus_check_report *report) {
    checking c;
    int status = open_checking(&c, 1, directions, options, report), worst = status;
    double *vectors = NULL;
    if (status == GRADUS_NUMERIC_OK && (g == NULL || claim == NULL || x == NULL || n == 0 || m == 0))
        status = GRADUS_NUMERIC_ARGUMENT;
    if (status == GRADUS_NUMERIC_OK && n < SIZE_MAX / 64 && m < SIZE_MAX / 64)
        vectors = malloc((2 * n + 2 * m) * sizeof *vectors);
    if (status == GRADUS_NUMERIC_OK && vectors == NULL)
        status = GRADUS_NUMERIC_MEMORY;
    for (size_t k = 0; k < directions && has_entries(status); k++) {
        double *v = vectors, *product = v + n, *u = product + n;
        draw(&seed, n, v);
        draw(&seed, m, u);
        projection p = {g, user, u, u + m, m};
        status = check_pair(&c, k, &p, claim, x, n, v, product, report);
        worst = status > worst ? status : worst;
    }
    if (has_entries(status))
        conclude(&c, &(gradus_numeric_report){0}, report);
    free(vectors);
    return close_checking(&c, has_entries(status) ? worst : status, report);
}
