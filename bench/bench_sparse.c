/* Seconds to group the columns of random patterns of 5 entries in a row, n = 1e4, 3e4, 9e4; and of arrows.
   Then evaluations and seconds for the entries of tridiagonal Jacobians, beside the dense call. */
/* SPDX-License-Identifier: MIT */
#include <gradus/sparse.h>

#include "base/platform.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int by_number(const void *a, const void *b) {
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* Row r: the diagonal and four places of a generator, those that stand twice left out. */
static void fill(gradus_sparse_pattern *p) {
    uint64_t seed = 1;
    size_t count = 0;
    for (size_t r = 0; r < p->rows; r++) {
        size_t place[5] = {r};
        p->row_start[r] = count;
        for (int k = 1; k < 5; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            place[k] = (size_t)(seed >> 33) % p->columns;
        }
        qsort(place, 5, sizeof place[0], by_number);
        for (int k = 0; k < 5; k++)
            if (k == 0 || place[k] != place[k - 1])
                p->column[count++] = place[k];
    }
    p->row_start[p->rows] = count;
}

/* Row 0, column 0 and the diagonal. */
static void fill_arrow(gradus_sparse_pattern *p) {
    size_t count = 0;
    for (size_t c = 0; c < p->columns; c++)
        p->column[count++] = c;
    for (size_t r = 1; r < p->rows; r++) {
        p->row_start[r] = count;
        p->column[count++] = 0;
        p->column[count++] = r;
    }
    p->row_start[0] = 0;
    p->row_start[p->rows] = count;
}

static void report(const gradus_sparse_pattern *p, enum gradus_sparse_scheme scheme, const char *name) {
    size_t *group = malloc((p->columns + p->rows) * sizeof *group);
    gradus_sparse_grouping g = {0};
    double start = platform_seconds();
    int status = group ? gradus_sparse_group(p, scheme, group, group + p->columns, &g) : 0;
    printf("%-24s n %8zu  entries %8zu  groups %4zu + %zu  %.3f s%s\n", name, p->columns,
           p->row_start[p->rows], g.column_groups, g.row_groups, platform_seconds() - start,
           status ? "  failed" : "");
    free(group);
}

/* y_r = exp(x_r/4) - x_r-1^2 sin(x_r+1) */
static int chain(const double *x, size_t n, double *y, size_t m, void *user) {
    (void)user;
    for (size_t r = 0; r < m; r++) {
        double left = r > 0 ? x[r - 1] : 1, right = r + 1 < n ? x[r + 1] : 1;
        y[r] = exp(x[r] / 4) - left * left * sin(right);
    }
    return 0;
}

static void fill_band(gradus_sparse_pattern *p) {
    size_t count = 0;
    for (size_t r = 0; r < p->rows; r++) {
        p->row_start[r] = count;
        for (size_t c = r > 0 ? r - 1 : 0; c <= r + 1 && c < p->columns; c++)
            p->column[count++] = c;
    }
    p->row_start[p->rows] = count;
}

static void report_run(const char *name, size_t n, int status, size_t evaluations, double seconds) {
    printf("%-24s n %8zu  evaluations %8zu  %.3f s%s\n", name, n, evaluations, seconds,
           gradus_numeric_is_error(status) ? "  failed" : "");
}

/* The dense call only up to n = 1000: its result grows with n^2. */
static void report_entries(const gradus_sparse_pattern *p) {
    size_t n = p->columns, dense = n <= 1000 ? n * n : 0;
    double *x = malloc((n + 2 * (3 * n + dense)) * sizeof *x);
    if (x == NULL)
        return;
    double *value = x + n, *bound = value + 3 * n + dense;
    gradus_sparse_report sparse;
    gradus_numeric_report whole;
    for (size_t c = 0; c < n; c++)
        x[c] = 0.5 + (double)(c % 100) / 40;
    double start = platform_seconds();
    int status = gradus_sparse_jacobian(chain, NULL, x, p, NULL, value, bound, &sparse);
    report_run("tridiagonal, sparse", n, status, sparse.numeric.evaluations, platform_seconds() - start);
    if (dense > 0) {
        start = platform_seconds();
        status = gradus_numeric_jacobian(chain, NULL, x, n, n, NULL, value, bound, &whole);
        report_run("tridiagonal, dense", n, status, whole.evaluations, platform_seconds() - start);
    }
    free(x);
}

int main(void) {
    for (size_t n = 10000; n <= 100000; n *= 3) {
        gradus_sparse_pattern p = {n, n, malloc((n + 1) * sizeof(size_t)), malloc(5 * n * sizeof(size_t))};
        if (p.row_start == NULL || p.column == NULL)
            return 1;
        fill(&p);
        report(&p, GRADUS_SPARSE_COLUMNS, "random, columns");
        fill_arrow(&p);
        report(&p, GRADUS_SPARSE_BOTH, "arrow, rows and columns");
        report(&p, GRADUS_SPARSE_STAR, "arrow, star");
        free(p.row_start);
        free(p.column);
    }
    for (size_t n = 100; n <= 100000; n *= 10) {
        gradus_sparse_pattern p = {n, n, malloc((n + 1) * sizeof(size_t)), malloc(3 * n * sizeof(size_t))};
        if (p.row_start == NULL || p.column == NULL)
            return 1;
        fill_band(&p);
        report_entries(&p);
        free(p.row_start);
        free(p.column);
    }
    return 0;
}
