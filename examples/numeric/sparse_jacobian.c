/* The Jacobian of a reaction with diffusion on 500 points: pattern, groups, entries, and a wrong pattern. */
/* SPDX-License-Identifier: MIT */
#include <gradus/sparse.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { POINTS = 500, N = 2 * POINTS };

/* The Brusselator: u' = 1 + u^2 v - 4 u + D(u), v' = 3 u - u^2 v + D(v), x = u0 v0 u1 v1 ... */
static int reaction(const double *x, size_t n, double *y, size_t m, void *user) {
    const double c = (POINTS + 1) * (POINTS + 1) / 50.0;
    (void)user;
    for (size_t r = 0; r < m; r++) {
        double u = x[r - r % 2], v = x[r - r % 2 + 1], edge = r % 2 ? 3 : 1;
        double left = r >= 2 ? x[r - 2] : edge, right = r + 2 < n ? x[r + 2] : edge;
        y[r] = (r % 2 ? 3 * u - u * u * v : 1 + u * u * v - 4 * u) + c * (left - 2 * x[r] + right);
    }
    return 0;
}

/* The entry from closed form. */
static double by_hand(const double *x, size_t r, size_t c) {
    const double d = (POINTS + 1) * (POINTS + 1) / 50.0;
    double u = x[r - r % 2], v = x[r - r % 2 + 1];
    double of_u = r % 2 ? 3 - 2 * u * v : 2 * u * v - 4, of_v = r % 2 ? -u * u : u * u;
    if (r / 2 != c / 2)
        return d;
    return (c % 2 ? of_v : of_u) - (r == c ? 2 * d : 0);
}

static void show(const double *x, const gradus_sparse_pattern *p, double *value, double *bound) {
    gradus_sparse_report report;
    int status = gradus_sparse_jacobian(reaction, NULL, x, p, NULL, value, bound, &report);
    printf("%zu entries, %zu groups, %zu evaluations: %s\n", p->row_start[N], report.grouping.column_groups,
           report.numeric.evaluations, gradus_numeric_status_text(status));
    if (status == GRADUS_NUMERIC_PATTERN)
        printf("%zu row is off: row %zu\n", report.rows_off, report.numeric.row);
}

static void compare(const double *x, const gradus_sparse_pattern *p, const double *value,
                    const double *bound) {
    double error = 0, widest = 0;
    for (size_t r = 0; r < N; r++) {
        for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++) {
            double right = by_hand(x, r, p->column[k]);
            error = fmax(error, fabs(value[k] - right) / fabs(right));
            widest = fmax(widest, bound[k] / fabs(right));
        }
    }
    printf("largest relative error below 1e-9: %s; largest relative bound below 1e-9: %s\n",
           error < 1e-9 ? "yes" : "no", widest < 1e-9 ? "yes" : "no");
}

int main(void) {
    static double x[N], value[4 * N], bound[4 * N];
    gradus_sparse_pattern p;
    gradus_sparse_report found;
    for (size_t i = 0; i < N; i++)
        x[i] = (i % 2 ? 3 : 1) + sin(0.02 * (double)i) / 2;
    int status = gradus_sparse_detect(reaction, NULL, x, N, N, NULL, &p, &found);
    if (gradus_numeric_is_error(status) || p.row_start[N] > 4 * N)
        return 1;
    printf("pattern found by %zu evaluations\n", found.numeric.evaluations);
    show(x, &p, value, bound);
    compare(x, &p, value, bound);
    for (size_t k = 2; k + 1 < p.row_start[N]; k++) /* without the third entry of row 0 */
        p.column[k] = p.column[k + 1];
    for (size_t r = 1; r <= N; r++)
        p.row_start[r]--;
    show(x, &p, value, bound);
    gradus_sparse_pattern_free(&p);
    return 0;
}
