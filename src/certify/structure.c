/* (G + G')/2, G + G' - diag(G), diag(G), tril(G), G - X*(X'*G + G'*X)/2, G - mean(G), ... */
/* SPDX-License-Identifier: MIT */
#include "certify/structure.h"

#include "lang/lang.h"

static const uint32_t symmetric_facts = FACT_SYMMETRIC | FACT_POSDEF | FACT_PSD;
static const uint32_t matrix_facts = FACT_SYMMETRIC | FACT_POSDEF | FACT_PSD | FACT_SKEW | FACT_DIAGONAL |
                                     FACT_LOWER | FACT_UPPER | FACT_ORTHOGONAL | FACT_TOEPLITZ |
                                     FACT_SYMTOEPLITZ;

static ref swap_last(graph *g, ref d) {
    uint8_t order[RANK_MOST];
    size_t rank = node_rank(g, d);
    for (size_t k = 0; k < rank; k++)
        order[k] = (uint8_t)k;
    order[rank - 1] = (uint8_t)(rank - 2);
    order[rank - 2] = (uint8_t)(rank - 1);
    return graph_permute(g, d, order);
}

/* d with everything off the diagonal of its last two axes set to 0. */
static ref keep_diagonal(graph *g, ref d) {
    einsum e;
    label l[RANK_MOST];
    size_t rank = node_rank(g, d);
    einsum_begin(&e, g);
    for (size_t k = 0; k + 1 < rank; k++)
        l[k] = einsum_label(&e, node_axis(g, d, k));
    l[rank - 1] = l[rank - 2];
    einsum_factor_add(&e, d, l);
    einsum_output(&e, rank, l);
    return einsum_finish(&e);
}

/* d times a matrix m, entry by entry over its last two axes. */
static ref weigh(graph *g, ref d, ref m) {
    uint8_t place[2];
    size_t rank = node_rank(g, d);
    place[0] = (uint8_t)(rank - 2);
    place[1] = (uint8_t)(rank - 1);
    return graph_hadamard(g, d, graph_broadcast(g, m, place, rank, node_axes(g, d)));
}

/* A text of the language over the matrix X of the shape of x. */
static ref made_of(graph *g, const char *formula, ref x) {
    static const char *const names[] = {"X"};
    const typed value = {x, SHAPE_TENSOR};
    return lang_elaborate(g, formula, 1, names, &value).node;
}

/* The axis k of d replaced through x: out[s, i, j] = sum over l of x[l, i] or x[i, l], times d[s, l, j]. */
static ref times_left(graph *g, ref x, ref d, bool transposed) {
    einsum e;
    label l[RANK_MOST + 1];
    size_t rank = node_rank(g, d);
    einsum_begin(&e, g);
    for (size_t k = 0; k < rank; k++)
        l[k] = einsum_label(&e, node_axis(g, d, k));
    label out = einsum_label(&e, node_axis(g, x, transposed ? 1 : 0));
    const label pair[2] = {transposed ? l[rank - 2] : out, transposed ? out : l[rank - 2]};
    einsum_factor_add(&e, x, pair);
    einsum_factor_add(&e, d, l);
    l[rank - 2] = out;
    einsum_output(&e, rank, l);
    return einsum_finish(&e);
}

/* ---- projections ---- */

static ref symmetric(graph *g, ref d, structure_kind kind) {
    ref sum = graph_add(g, d, swap_last(g, d));
    if (kind == STRUCTURE_PROJECTED)
        return graph_scale(g, (rational){1, 2}, sum);
    return graph_subtract(g, sum, keep_diagonal(g, d));
}

static ref skew(graph *g, ref d, structure_kind kind) {
    ref difference = graph_subtract(g, d, swap_last(g, d));
    return kind == STRUCTURE_PROJECTED ? graph_scale(g, (rational){1, 2}, difference) : difference;
}

/* G - X*(X'*G + G'*X)/2 */
static ref orthonormal(graph *g, ref d, ref x) {
    ref inner = times_left(g, x, d, true);
    ref half = graph_scale(g, (rational){1, 2}, graph_add(g, inner, swap_last(g, inner)));
    return graph_subtract(g, d, times_left(g, x, half, false));
}

/* G less its mean over the last axis */
static ref centred(graph *g, ref d) {
    size_t rank = node_rank(g, d);
    dim n = node_axis(g, d, rank - 1);
    uint8_t place[RANK_MOST];
    for (size_t k = 0; k + 1 < rank; k++)
        place[k] = (uint8_t)k;
    ref sum = graph_sum_axes(g, d, (uint32_t)1 << (rank - 1));
    ref mean = graph_times_scalar(g, graph_power(g, graph_size(g, n), -1, 1), sum);
    return graph_subtract(g, d, graph_broadcast(g, mean, place, rank, node_axes(g, d)));
}

/* Every entry becomes the sum over its diagonal (both diagonals at that distance), or the mean. */
static ref along_diagonals(graph *g, ref d, ref x, structure_kind kind, bool both) {
    ref sum = graph_apply1(g, OP_TOEPSUM, d), all = both ? graph_add(g, sum, swap_last(g, sum)) : sum;
    if (kind == STRUCTURE_ENTRIES)
        return both ? graph_subtract(g, all, keep_diagonal(g, sum)) : all;
    ref counts = graph_scale(g, RATIONAL(both ? 2 : 1), made_of(g, "toepsum(0*X + 1)", x));
    return weigh(g, all, graph_power(g, counts, -1, 1));
}

ref structure_project(graph *g, ref d, ref x, structure_kind kind) {
    uint32_t facts = symbol_facts(g, x);
    if (kind == STRUCTURE_AMBIENT || d == 0 || node_rank(g, x) == 0)
        return d;
    if (facts & FACT_SIMPLEX)
        return centred(g, d);
    if (node_rank(g, x) != 2)
        return d;
    if (facts & (FACT_TOEPLITZ | FACT_SYMTOEPLITZ))
        return along_diagonals(g, d, x, kind, (facts & FACT_SYMTOEPLITZ) != 0);
    if (facts & FACT_DIAGONAL)
        return keep_diagonal(g, d);
    if (facts & symmetric_facts)
        return symmetric(g, d, kind);
    if (facts & FACT_SKEW)
        return skew(g, d, kind);
    if (facts & FACT_ORTHOGONAL)
        return orthonormal(g, d, x);
    if (facts & (FACT_LOWER | FACT_UPPER))
        return weigh(g, d, made_of(g, facts & FACT_LOWER ? "tril(0*X + 1)" : "triu(0*X + 1)", x));
    return d;
}

bool structure_matters(const graph *g, ref x) {
    uint32_t facts = symbol_facts(g, x);
    return (node_rank(g, x) == 2 && (facts & matrix_facts)) || (node_rank(g, x) && (facts & FACT_SIMPLEX));
}

/* ---- directions at a point ---- */

bool structure_is_tangent(const graph *g, ref x, structure_kind kind) {
    uint32_t facts = symbol_facts(g, x);
    bool curved = node_rank(g, x) == 2 && (facts & FACT_ORTHOGONAL) &&
                  !(facts & (matrix_facts & ~(uint32_t)FACT_ORTHOGONAL));
    return kind != STRUCTURE_AMBIENT && (curved || (node_rank(g, x) && (facts & FACT_SIMPLEX)));
}

static void centre_rows(size_t rows, size_t columns, double *dx) {
    for (size_t i = 0; i < rows; i++) {
        double sum = 0;
        for (size_t j = 0; j < columns; j++)
            sum += dx[i * columns + j];
        for (size_t j = 0; j < columns; j++)
            dx[i * columns + j] -= sum / (double)columns;
    }
}

/* dx - x*(x'*dx + dx'*x)/2 */
static void make_tangent(size_t rows, size_t columns, const double *x, double *work, double *dx) {
    for (size_t a = 0; a < columns; a++)
        for (size_t b = 0; b < columns; b++) {
            double sum = 0;
            for (size_t i = 0; i < rows; i++)
                sum += x[i * columns + a] * dx[i * columns + b] + dx[i * columns + a] * x[i * columns + b];
            work[a * columns + b] = sum / 2;
        }
    for (size_t i = 0; i < rows; i++)
        for (size_t b = 0; b < columns; b++)
            for (size_t a = 0; a < columns; a++)
                dx[i * columns + b] -= x[i * columns + a] * work[a * columns + b];
}

void structure_tangent(uint32_t facts, size_t rows, size_t columns, const double *point, double *work,
                       double *dx) {
    if (facts & FACT_SIMPLEX)
        centre_rows(rows, columns, dx);
    else
        make_tangent(rows, columns, point, work, dx);
}
