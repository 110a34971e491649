/* Types of the surface: scalar, column [n], row [1, n], matrix and tensor, and when two of them are the same.
 */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/lang_internal.h"

type type_scalar(void) {
    return (type){SHAPE_SCALAR, 0, NULL};
}

type type_of(reader *r, shape_kind shape, size_t rank, const dim *axes) {
    dim *kept = ARENA_NEW(&r->arena, dim, rank ? rank : 1);
    if (!kept)
        return r->failed = true, type_scalar();
    if (rank)
        memcpy(kept, axes, rank * sizeof *axes);
    return (type){(uint8_t)shape, (uint8_t)rank, kept};
}

type type_column(reader *r, dim n) {
    return type_of(r, SHAPE_COLUMN, 1, &n);
}

type type_row(reader *r, dim n) {
    return type_of(r, SHAPE_ROW, 1, &n);
}

type type_matrix(reader *r, dim rows, dim columns) {
    return type_of(r, SHAPE_TENSOR, 2, (dim[]){rows, columns});
}

type type_of_value(reader *r, typed v) {
    return type_of(r, v.shape, node_rank(r->graph, v.node), node_axes(r->graph, v.node));
}

bool types_unify(reader *r, type a, type b) {
    if (a.shape != b.shape || a.rank != b.rank)
        return false;
    size_t note = sizes_note(r);
    for (size_t i = 0; i < a.rank; i++)
        if (!sizes_unify(r, a.axes[i], b.axes[i])) {
            sizes_undo(r, note);
            return false;
        }
    return true;
}

surface surface_of(const reader *r, type t) {
    switch ((shape_kind)t.shape) {
    case SHAPE_COLUMN: return (surface){t.axes[0], r->one, true, false};
    case SHAPE_ROW: return (surface){r->one, t.axes[0], false, true};
    case SHAPE_TENSOR: return (surface){t.axes[0], t.axes[1], true, true};
    case SHAPE_SCALAR: break;
    }
    return (surface){r->one, r->one, false, false};
}

type type_of_surface(reader *r, surface s) {
    if (s.row_axis && s.column_axis)
        return type_matrix(r, s.rows, s.columns);
    if (s.row_axis)
        return type_column(r, s.rows);
    return s.column_axis ? type_row(r, s.columns) : type_scalar();
}
