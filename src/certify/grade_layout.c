/* The right entries at other places: transposed, a row for a column, vec, a diagonal, sums not taken. */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "certify/grade.h"

/* A claim rearranged: false where its shape does not allow it. `like`: the shape of the derivative. */
typedef bool rearrangement(examiner *x, const grid *claim, const grid *like, grid *out);

static double *room(examiner *x, const grid *like, grid *out) {
    double *values = ARENA_NEW(&x->arena, double, like->count + 1);
    *out = *like;
    out->at = values;
    return values;
}

static bool transposed(examiner *x, const grid *c, const grid *like, grid *out) {
    if (c->rank != 2 || like->rank != 2 || c->shape[0] != like->shape[1] || c->shape[1] != like->shape[0])
        return false;
    double *v = room(x, like, out);
    for (size_t i = 0; v && i < like->count; i++)
        v[i] = c->at[i % like->shape[1] * c->shape[1] + i / like->shape[1]];
    return v != NULL;
}

static bool flat(examiner *x, const grid *c, const grid *like, grid *out) {
    (void)x;
    if (c->count != like->count || same_shape(c, like))
        return false;
    *out = *like;
    out->at = c->at;
    return true;
}

/* Of one of the two a matrix, read by columns. */
static bool by_columns(examiner *x, const grid *c, const grid *like, grid *out) {
    const grid *m = c->rank == 2 ? c : like;
    if (c->count != like->count || m->rank != 2 || same_shape(c, like))
        return false;
    size_t rows = m->shape[0], columns = m->shape[1];
    double *v = room(x, like, out);
    for (size_t i = 0; v && i < like->count; i++) {
        size_t other = m == c ? i % rows * columns + i / rows : i % columns * rows + i / columns;
        v[i] = c->at[other];
    }
    return v != NULL;
}

/* The diagonal of the claim. */
static bool diagonal_of(examiner *x, const grid *c, const grid *like, grid *out) {
    size_t n = like->count;
    if (c->rank != 2 || like->rank != 1 || c->shape[0] != n || c->shape[1] != n)
        return false;
    double *v = room(x, like, out);
    for (size_t i = 0; v && i < n; i++)
        v[i] = c->at[i * n + i];
    for (size_t i = 0; v && i < n * n; i++)
        if (i / n != i % n && c->at[i] != 0)
            return false;
    return v != NULL;
}

/* A diagonal matrix of the claim, a vector or a number. */
static bool on_diagonal(examiner *x, const grid *c, const grid *like, grid *out) {
    if (like->rank != 2 || like->shape[0] != like->shape[1] || c->rank > 1 ||
        (c->rank == 1 && c->count != like->shape[0]))
        return false;
    size_t n = like->shape[0];
    double *v = room(x, like, out);
    for (size_t i = 0; v && i < n; i++)
        v[i * n + i] = c->at[c->rank ? i : 0];
    return v != NULL;
}

static bool everywhere(examiner *x, const grid *c, const grid *like, grid *out) {
    if (c->rank != 0 || like->rank == 0)
        return false;
    double *v = room(x, like, out);
    for (size_t i = 0; v && i < like->count; i++)
        v[i] = c->at[0];
    return v != NULL;
}

/* The claim in every column, or in every row. */
static bool repeated(examiner *x, const grid *c, const grid *like, grid *out, size_t axis) {
    if (c->rank != 1 || like->rank != 2 || c->count != like->shape[axis])
        return false;
    double *v = room(x, like, out);
    for (size_t i = 0; v && i < like->count; i++)
        v[i] = c->at[axis ? i % like->shape[1] : i / like->shape[1]];
    return v != NULL;
}

static bool in_columns(examiner *x, const grid *c, const grid *like, grid *out) {
    return repeated(x, c, like, out, 0);
}

static bool in_rows(examiner *x, const grid *c, const grid *like, grid *out) {
    return repeated(x, c, like, out, 1);
}

/* The sums of the claim over its rows or its columns. */
static bool summed(examiner *x, const grid *c, const grid *like, grid *out, size_t kept) {
    if (c->rank != 2 || like->rank != 1 || like->count != c->shape[kept])
        return false;
    double *v = room(x, like, out);
    for (size_t i = 0; v && i < c->count; i++)
        v[kept ? i % c->shape[1] : i / c->shape[1]] += c->at[i];
    return v != NULL;
}

static bool sum_of_rows(examiner *x, const grid *c, const grid *like, grid *out) {
    return summed(x, c, like, out, 1);
}

static bool sum_of_columns(examiner *x, const grid *c, const grid *like, grid *out) {
    return summed(x, c, like, out, 0);
}

static bool sum_of_all(examiner *x, const grid *c, const grid *like, grid *out) {
    if (like->rank != 0 || c->rank == 0)
        return false;
    double *v = room(x, like, out);
    for (size_t i = 0; v && i < c->count; i++)
        v[0] += c->at[i];
    return v != NULL;
}

/* Whether the claim is the diagonal of the derivative, which has entries beside it. */
static bool only_diagonal(examiner *x) {
    grid diagonal[GRADE_POINTS];
    double factor;
    for (size_t k = 0; k < x->points; k++) {
        const grid *r = &x->r[k];
        grid like = {.rank = 1, .shape = {r->shape[0]}, .count = r->shape[0]};
        double *v = r->rank == 2 && r->shape[0] == r->shape[1] ? room(x, &like, &diagonal[k]) : NULL;
        for (size_t i = 0; v && i < like.count; i++)
            v[i] = r->at[i * like.count + i];
        if (!v)
            return false;
    }
    return grids_compare(x, x->c, diagonal, &factor) == EQUAL &&
           examiner_find(x, GRADUS_MISTAKE_LAYOUT, "",
                         "yours is only the diagonal of the derivative; the entries beside it are missing");
}

static likeness try_rearrangement(examiner *x, rearrangement *change, double *factor) {
    grid changed[GRADE_POINTS];
    for (size_t k = 0; k < x->points; k++)
        if (!change(x, &x->c[k], &x->r[k], &changed[k]))
            return UNLIKE;
    return grids_compare(x, changed, x->r, factor);
}

static bool report(examiner *x, gradus_mistake mistake, const char *message, likeness found, double factor) {
    if (found == EQUAL)
        return examiner_find(x, mistake, "", "%s", message);
    const char *number = examiner_number(x, factor);
    return examiner_find(x, mistake, number, "%s, and yours is then %s times the derivative", message,
                         number);
}

/* A row where the derivative is a column, or the reverse. */
static bool turned(examiner *x) {
    double factor = 1;
    if (!x->claimed || x->r[0].rank != 1 || x->c[0].rank != 1 || !x->claim.row == !x->right_row)
        return false;
    likeness found = grids_compare(x, x->c, x->r, &factor);
    if (found == UNLIKE)
        return false;
    return report(x, GRADUS_MISTAKE_TRANSPOSE,
                  x->right_row ? "transposed: the derivative is a row, yours is a column"
                               : "transposed: the derivative is a column, yours is a row",
                  found, factor);
}

bool grade_layout(examiner *x) {
    static const struct {
        rearrangement *change;
        gradus_mistake mistake;
        const char *message;
    } list[] = {
        {transposed, GRADUS_MISTAKE_TRANSPOSE, "transposed: the derivative is the transpose of yours"},
        {diagonal_of, GRADUS_MISTAKE_LAYOUT, "the derivative is the vector on the diagonal of your matrix"},
        {on_diagonal, GRADUS_MISTAKE_LAYOUT,
         "the derivative is the diagonal matrix of yours: each entry answers to its own variable alone"},
        {flat, GRADUS_MISTAKE_LAYOUT, "the right entries in another layout"},
        {by_columns, GRADUS_MISTAKE_LAYOUT,
         "the right entries in another layout: as vec takes them, by columns"},
        {sum_of_rows, GRADUS_MISTAKE_AXIS, "not summed: the derivative is the sum of your rows"},
        {sum_of_columns, GRADUS_MISTAKE_AXIS, "not summed: the derivative is the sum of your columns"},
        {sum_of_all, GRADUS_MISTAKE_AXIS, "not summed: the derivative is the sum of your entries"},
        {in_columns, GRADUS_MISTAKE_AXIS, "not repeated: yours stands in every column of the derivative"},
        {in_rows, GRADUS_MISTAKE_AXIS, "not repeated: yours stands in every row of the derivative"},
        {everywhere, GRADUS_MISTAKE_LAYOUT,
         "the derivative has the shape of the variable, yours is the number that stands at "
         "every place of it"},
    };
    if (!x->claimed)
        return false;
    if (turned(x))
        return true;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        double factor;
        likeness found = try_rearrangement(x, list[i].change, &factor);
        if (found != UNLIKE)
            return report(x, list[i].mistake, list[i].message, found, factor);
    }
    return only_diagonal(x);
}
