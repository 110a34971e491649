/* A logistic loss and its gradient by hand, wrong and right, each with the verdict. */
/* SPDX-License-Identifier: MIT */
#include <gradus/check.h>

#include <math.h>
#include <stdio.h>

enum { ROWS = 4, COLUMNS = 3 };

static const double data[ROWS][COLUMNS] = {{1, 0.5, -1}, {1, -2, 0.3}, {1, 1.5, 2}, {1, 0.1, -0.7}};
static const double label[ROWS] = {1, -1, 1, -1};

static double margin(const double *w, int row) {
    double sum = 0;
    for (int i = 0; i < COLUMNS; i++)
        sum += data[row][i] * w[i];
    return label[row] * sum;
}

/* The mean of log(1 + exp(-margin)). */
static int loss(const double *w, size_t n, double *y, void *user) {
    (void)n, (void)user;
    *y = 0;
    for (int row = 0; row < ROWS; row++)
        *y += log1p(exp(-margin(w, row))) / ROWS;
    return 0;
}

/* user: what each row is divided by. */
static int gradient(const double *w, size_t n, double *g, void *user) {
    const double *count = user;
    for (size_t i = 0; i < n; i++) {
        g[i] = 0;
        for (int row = 0; row < ROWS; row++)
            g[i] -= label[row] * data[row][i] / (1 + exp(margin(w, row))) / *count;
    }
    return 0;
}

static void check(double count) {
    double w[COLUMNS] = {0.2, -0.4, 0.7};
    gradus_check_report report;
    char text[2000];
    gradus_check_gradient(loss, gradient, &count, w, COLUMNS, NULL, &report);
    gradus_check_text(&report, text, sizeof text);
    fputs(text, stdout);
}

int main(void) {
    check(1);
    printf("\n");
    check(ROWS);
    return 0;
}
