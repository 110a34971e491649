/* The text of the inner loops; included once for each instruction set, with KERNELS, KERNELS_NAME and WIDTH
 * (doubles in a register) defined. Sums are taken in SUM_LANES strands whatever the width, so all sets give
 * the same bits. */
/* SPDX-License-Identifier: MIT */
/* No include guard: every including file makes its own copy. */
#include <math.h>
#include <string.h>

#include "run/kernels.h"

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC push_options
#pragma GCC optimize("O3", "no-math-errno", "no-trapping-math")
#define INDEPENDENT _Pragma("GCC ivdep")
#else
#define INDEPENDENT /* the compiler checks at run time whether operands overlap */
#endif
#if defined(__GNUC__)
#define INLINE static inline __attribute__((always_inline))
#else
#define INLINE static inline
#endif

enum { SUM_LANES = 8 };

#include "run/kernels_exp.h"

/* ---- elementwise ---- */

static inline double value_sigmoid(double x) {
    const double e = kernel_exp(-fabs(x)), d = 1 + e;
    return (x < 0 ? e : 1) / d;
}

static inline double value_softplus(double x) {
    return (x > 0 ? x : 0) + log1p(kernel_exp(-fabs(x)));
}

/* The table's exp and tanh are those that vectorise. */
#define exp  kernel_exp
#define tanh kernel_tanh

#define VALUE(expression) expression
#define ELEMENTWISE(id, columns)                                                                             \
    static void loop_##id(size_t n, double *y, const double *p1, const double *p2, const double *p3,         \
                          double a, double b) {                                                              \
        (void)a, (void)b;                                                                                    \
        INDEPENDENT                                                                                          \
        for (size_t i = 0; i < n; i++) {                                                                     \
            const double x1 = p1[i], x2 = p2[i], x3 = p3[i];                                                 \
            (void)x1, (void)x2, (void)x3;                                                                    \
            y[i] = columns;                                                                                  \
        }                                                                                                    \
    }
#include "graph/ops_rows.h"

#undef exp
#undef tanh

/* Further operators of loops, in x1, x2, x3 and the numbers a, b. */
#define LOOP(id, expression)                                                                                 \
    static void loop_##id(size_t n, double *y, const double *p1, const double *p2, const double *p3,         \
                          double a, double b) {                                                              \
        (void)a, (void)b;                                                                                    \
        INDEPENDENT                                                                                          \
        for (size_t i = 0; i < n; i++) {                                                                     \
            const double x1 = p1[i], x2 = p2[i], x3 = p3[i];                                                 \
            (void)x1, (void)x2, (void)x3;                                                                    \
            y[i] = expression;                                                                               \
        }                                                                                                    \
    }

static double integer_power(double x, unsigned n) {
    double y = 1;
    for (; n; n >>= 1, x *= x)
        if (n & 1)
            y *= x;
    return y;
}

/* x^(num/den): by multiplications where that is exact enough. */
static double rational_power_of(double x, double num, double den) {
    if (den > 2 || fabs(num) > 8)
        return pow(x, num / den);
    double y = integer_power(den == 2 ? sqrt(x) : x, (unsigned)fabs(num));
    return num < 0 ? 1 / y : y;
}

LOOP(add, x1 + x2)
LOOP(subtract, x1 - x2)
LOOP(linear_general, a *x1 + b * x2)
LOOP(scale_only, a *x1)
LOOP(scale_general, a *x1 + b)
LOOP(multiply, x1 *x2)
LOOP(divide, x1 / x2)
LOOP(square, x1 *x1)
LOOP(sqrt, sqrt(x1))
LOOP(reciprocal, 1 / x1)
LOOP(reciprocal_or_0, x1 == 0 ? 0 : 1 / x1)
LOOP(power, rational_power_of(x1, a, b))
LOOP(power_or_0, x1 == 0 ? 0 : rational_power_of(x1, a, b))
LOOP(select, x1 != 0 ? x2 : x3)

static void loop_linear(size_t n, double *y, const double *p1, const double *p2, const double *p3, double a,
                        double b) {
    if (a == 1 && b == 1)
        loop_add(n, y, p1, p2, p3, a, b);
    else if (a == 1 && b == -1)
        loop_subtract(n, y, p1, p2, p3, a, b);
    else if (a == -1 && b == 1)
        loop_subtract(n, y, p2, p1, p3, a, b);
    else
        loop_linear_general(n, y, p1, p2, p3, a, b);
}

static void loop_scale(size_t n, double *y, const double *p1, const double *p2, const double *p3, double a,
                       double b) {
    if (b == 0)
        loop_scale_only(n, y, p1, p2, p3, a, b);
    else
        loop_scale_general(n, y, p1, p2, p3, a, b);
}

/* ---- moving ---- */

/* The same row again and again: what is there is doubled. */
static void repeat_row(size_t rows, size_t columns, const double *x, double *y) {
    size_t done = columns, all = rows * columns;
    memcpy(y, x, columns * sizeof *y);
    while (done < all) {
        size_t more = done < all - done ? done : all - done;
        memcpy(y + done, y, more * sizeof *y);
        done += more;
    }
}

/* Each row one number; short rows are written beyond their end and put right by the next one. */
static void fill_rows(size_t rows, size_t columns, strided x, double *y) {
    if (columns > LOOP_SLACK) {
        for (size_t i = 0; i < rows; i++) {
            const double value = x.data[(ptrdiff_t)i * x.row];
            for (size_t j = 0; j < columns; j++)
                y[i * columns + j] = value;
        }
        return;
    }
    const size_t full = columns > 8 ? 16 : 8;
    for (size_t i = 0; i < rows; i++) {
        const double value = x.data[(ptrdiff_t)i * x.row];
        double *to = y + i * columns;
        for (size_t j = 0; j < full; j += 8)
            for (size_t k = 0; k < 8; k++)
                to[j + k] = value;
    }
}

static void gather(size_t rows, size_t columns, strided x, double *y) {
    if (x.column == 0 && (columns > 1 || x.row == 0)) {
        if (x.row == 0)
            fill_rows(1, rows * columns, x, y);
        else
            fill_rows(rows, columns, x, y);
    } else if (x.column == 1 && x.row == 0) {
        repeat_row(rows, columns, x.data, y);
    } else if (x.column == 1) {
        for (size_t i = 0; i < rows; i++)
            memcpy(y + i * columns, x.data + (ptrdiff_t)i * x.row, columns * sizeof *y);
    } else if (columns == 1) {
        for (size_t i = 0; i < rows; i++)
            y[i] = x.data[(ptrdiff_t)i * x.row];
    } else {
        for (size_t i = 0; i < rows; i++)
            for (size_t j = 0; j < columns; j++)
                y[i * columns + j] = x.data[(ptrdiff_t)i * x.row + (ptrdiff_t)j * x.column];
    }
}

static void scatter(size_t rows, size_t columns, const double *x, strided y) {
    for (size_t i = 0; i < rows; i++) {
        double *to = y.data + (ptrdiff_t)i * y.row;
        if (y.column == 1)
            memcpy(to, x + i * columns, columns * sizeof *to);
        else
            for (size_t j = 0; j < columns; j++)
                to[(ptrdiff_t)j * y.column] = x[i * columns + j];
    }
}

static void scatter_add(size_t rows, size_t columns, const double *x, strided y) {
    for (size_t i = 0; i < rows; i++) {
        double *to = y.data + (ptrdiff_t)i * y.row;
        const double *from = x + i * columns;
        if (y.column == 1)
            loop_add(columns, to, to, from, from, 1, 1);
        else
            for (size_t j = 0; j < columns; j++)
                to[(ptrdiff_t)j * y.column] += from[j];
    }
}

static void fill_index(size_t rows, size_t columns, double first, double row, double column, double *y) {
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < columns; j++)
            y[i * columns + j] = first + (double)i * row + (double)j * column;
}

/* ---- sums ---- */

INLINE double join_lanes(const double *s) {
    return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

static double sum(size_t n, const double *x) {
    double s[SUM_LANES] = {0};
    size_t i = 0;
    for (; i + SUM_LANES <= n; i += SUM_LANES)
        for (size_t k = 0; k < SUM_LANES; k++)
            s[k] += x[i + k];
    for (size_t k = 0; i + k < n; k++)
        s[k] += x[i + k];
    return join_lanes(s);
}

/* y[j] += sum over i of x[i, j], the columns of a block side by side. */
INLINE void sum_block(size_t width, size_t rows, size_t columns, const double *x, double *y,
                      ptrdiff_t stride) {
    double s[SUM_LANES] = {0};
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < width; k++)
            s[k] += x[i * columns + k];
    for (size_t k = 0; k < width; k++)
        y[(ptrdiff_t)k * stride] += s[k];
}

static void column_sums(size_t rows, size_t columns, const double *x, double *y, ptrdiff_t stride) {
    size_t j = 0;
    for (; j + 8 <= columns; j += 8)
        sum_block(8, rows, columns, x + j, y + (ptrdiff_t)j * stride, stride);
    for (; j + 4 <= columns; j += 4)
        sum_block(4, rows, columns, x + j, y + (ptrdiff_t)j * stride, stride);
    for (; j + 2 <= columns; j += 2)
        sum_block(2, rows, columns, x + j, y + (ptrdiff_t)j * stride, stride);
    for (; j < columns; j++)
        sum_block(1, rows, columns, x + j, y + (ptrdiff_t)j * stride, stride);
}

/* ---- slices ---- */

static double largest(size_t n, const double *x) {
    double most = x[0];
    size_t i = 1;
    for (; i < n && most == most; i++)
        most = x[i] > most || x[i] != x[i] ? x[i] : most;
    return most;
}

static void subtract_rows(size_t rows, size_t columns, const double *x, const double *by, double *y) {
    for (size_t i = 0; i < rows; i++) {
        const double number = by[i];
        INDEPENDENT
        for (size_t j = i * columns; j < (i + 1) * columns; j++)
            y[j] = x[j] - number;
    }
}

static void divide_rows(size_t rows, size_t columns, const double *x, const double *by, double *y) {
    for (size_t i = 0; i < rows; i++) {
        const double number = by[i];
        INDEPENDENT
        for (size_t j = i * columns; j < (i + 1) * columns; j++)
            y[j] = x[j] / number;
    }
}

#include "run/kernels_product.h"

/* ---- the table ---- */

const kernels KERNELS = {
    .name = KERNELS_NAME,
    .apply =
        {
            [CODE_LINEAR] = loop_linear,
            [CODE_SCALE] = loop_scale,
            [CODE_MULTIPLY] = loop_multiply,
            [CODE_DIVIDE] = loop_divide,
            [CODE_SQUARE] = loop_square,
            [CODE_SQRT] = loop_sqrt,
            [CODE_RECIPROCAL] = loop_reciprocal,
            [CODE_RECIPROCAL_OR_0] = loop_reciprocal_or_0,
            [CODE_POWER] = loop_power,
            [CODE_POWER_OR_0] = loop_power_or_0,
            [CODE_SELECT] = loop_select,
#define ELEMENTWISE(id, columns) [CODE_APPLY + OP_##id] = loop_##id,
#include "graph/ops_rows.h"
        },
    .gather = gather,
    .scatter = scatter,
    .scatter_add = scatter_add,
    .index = fill_index,
    .sum = sum,
    .column_sums = column_sums,
    .largest = largest,
    .subtract_rows = subtract_rows,
    .divide_rows = divide_rows,
    .product = product_run,
};

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC pop_options
#endif
