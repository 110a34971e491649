/* Functions of matrices: trace, det, inverse, diag, vec, kron, and the constant matrices. */
/* SPDX-License-Identifier: MIT */
#include "lang/functions.h"
#include "lang/letters.h"

/* ---- square matrices ---- */

type infer_trace(reader *r, tree call) {
    need_square(r, call, 0);
    return type_scalar();
}

typed build_trace(reader *r, tree call) {
    return scalar_value(graph_trace(r->graph, argument_value(r, call, 0).node));
}

/* The operand has the axes of its core, of sizes that go with those of the operands before it. */
static bool fits_core(reader *r, tree call, size_t k, const op_core *core, dim *m, dim *n) {
    type t = argument_type(r, call, k);
    bool square = core->rank == 2 && core->size[0] == core->size[1];
    if (square && !need_square(r, call, k))
        return false;
    if (t.rank != core->rank) {
        wrong_argument(r, call, k, core->rank == 2 ? "a matrix" : "a vector");
        return false;
    }
    for (size_t i = 0; i < core->rank; i++) {
        dim *size = core->size[i] == 'm' ? m : n;
        if (*size == 0)
            *size = t.axes[i];
        else if (!sizes_unify(r, *size, t.axes[i])) {
            wrong_argument(r, call, k, "here a matrix whose sizes are those of the matrices before it");
            return false;
        }
    }
    return true;
}

type infer_linalg(reader *r, tree call) {
    op_shape shape = op_shape_of(linalg_op(function_name(r, call)));
    dim m = 0, n = 0, axes[CORE_RANK_MOST];
    for (size_t k = 0; k < child_count(r, call); k++)
        if (!fits_core(r, call, k, &shape.operand[k], &m, &n))
            return type_scalar();
    for (size_t i = 0; i < shape.result.rank; i++)
        axes[i] = shape.result.size[i] == 'm' ? m : n;
    return type_of(r,
                   shape.result.rank == 0   ? SHAPE_SCALAR
                   : shape.result.rank == 1 ? SHAPE_COLUMN
                                            : SHAPE_TENSOR,
                   shape.result.rank, axes);
}

typed build_linalg(reader *r, tree call) {
    op o = linalg_op(function_name(r, call));
    ref x[CORE_OPERANDS_MOST];
    for (size_t k = 0; k < child_count(r, call); k++)
        x[k] = argument_value(r, call, k).node;
    ref y = graph_apply(r->graph, o, child_count(r, call), x, 0);
    size_t rank = op_shape_of(o).result.rank;
    return (typed){y, rank == 0 ? SHAPE_SCALAR : rank == 1 ? SHAPE_COLUMN : SHAPE_TENSOR};
}

type infer_solve(reader *r, tree call) {
    type a = argument_type(r, call, 0), b = argument_type(r, call, 1), product = b;
    if (!need_square(r, call, 0))
        return b;
    if (b.shape != SHAPE_SCALAR && b.shape != SHAPE_ROW && multiply_types(r, a, b, &product))
        return product;
    return wrong_argument(r, call, 1, "a vector or matrix with as many rows as the matrix before it");
}

typed build_solve(reader *r, tree call) {
    typed a = argument_value(r, call, 0);
    return multiply(r, value_like(a, graph_apply1(r->graph, OP_INV, a.node)), argument_value(r, call, 1));
}

type infer_diag(reader *r, tree call) {
    type t = argument_type(r, call, 0);
    if (t.rank == 1)
        return type_matrix(r, t.axes[0], t.axes[0]);
    if (t.rank != 2)
        return wrong_argument(r, call, 0,
                              "a vector (and makes a matrix) or a square matrix (and makes a vector)");
    return need_square(r, call, 0) ? type_column(r, t.axes[0]) : t;
}

typed build_diag(reader *r, tree call) {
    typed x = argument_value(r, call, 0);
    return (typed){graph_diagonal(r->graph, x.node), x.shape == SHAPE_TENSOR ? SHAPE_COLUMN : SHAPE_TENSOR};
}

/* ---- groups of labels: vec, kron, comm ---- */

type infer_vec(reader *r, tree call) {
    type t = argument_type(r, call, 0);
    dim n = r->one;
    if (t.shape == SHAPE_SCALAR)
        return t;
    for (size_t k = 0; k < t.rank; k++)
        n = dim_multiply(r->graph, n, t.axes[k]);
    return type_column(r, n);
}

/* X[i,j] -> out[(j i)]: columns one after the other. */
typed build_vec(reader *r, tree call) {
    typed x = argument_value(r, call, 0);
    size_t rank = node_rank(r->graph, x.node);
    if (rank < 2)
        return (typed){x.node, rank ? SHAPE_COLUMN : SHAPE_SCALAR};
    einsum e;
    dim axes[RANK_MOST];
    label in[RANK_MOST], out[RANK_MOST];
    for (size_t k = 0; k < rank; k++)
        axes[k] = node_axis(r->graph, x.node, k);
    einsum_begin(&e, r->graph);
    einsum_labels(&e, rank, axes, in);
    einsum_factor_add(&e, x.node, in);
    for (size_t k = 0; k < rank; k++)
        out[k] = in[rank - 1 - k];
    einsum_output_groups(&e, 1, (uint8_t[]){(uint8_t)rank}, out);
    return (typed){einsum_finish(&e), SHAPE_COLUMN};
}

static surface kron_surface(reader *r, type a, type b) {
    surface x = surface_of(r, a), y = surface_of(r, b);
    return (surface){dim_multiply(r->graph, x.rows, y.rows), dim_multiply(r->graph, x.columns, y.columns),
                     x.row_axis || y.row_axis, x.column_axis || y.column_axis};
}

type infer_kron(reader *r, tree call) {
    for (size_t k = 0; k < 2; k++)
        if (argument_type(r, call, k).rank > 2)
            return wrong_argument(r, call, k, "matrices and vectors");
    return type_of_surface(r, kron_surface(r, argument_type(r, call, 0), argument_type(r, call, 1)));
}

/* A[i,j] B[k,l] -> out[(i k), (j l)], each label only where the axis is there. */
typed build_kron(reader *r, tree call) {
    typed v[2] = {argument_value(r, call, 0), argument_value(r, call, 1)};
    einsum e;
    label groups[2][2];
    uint8_t sizes[2] = {0, 0};
    einsum_begin(&e, r->graph);
    for (size_t f = 0; f < 2; f++) {
        type t = type_of_value(r, v[f]);
        surface s = surface_of(r, t);
        label in[2] = {0, 0};
        size_t k = 0;
        if (s.row_axis)
            in[k++] = groups[0][sizes[0]++] = einsum_label(&e, s.rows);
        if (s.column_axis)
            in[k++] = groups[1][sizes[1]++] = einsum_label(&e, s.columns);
        einsum_factor_add(&e, v[f].node, in);
    }
    type shape = type_of_surface(r, kron_surface(r, type_of_value(r, v[0]), type_of_value(r, v[1])));
    label out[4];
    uint8_t out_sizes[2];
    size_t count = 0, rank = 0;
    for (size_t g = 0; g < 2; g++) {
        for (size_t k = 0; k < sizes[g]; k++)
            out[count++] = groups[g][k];
        if (sizes[g])
            out_sizes[rank++] = sizes[g];
    }
    einsum_output_groups(&e, rank, out_sizes, out);
    return (typed){einsum_finish(&e), (shape_kind)shape.shape};
}

static bool two_sizes(reader *r, tree call, dim *m, dim *n) {
    *m = size_of_tree(r, child(r, call, 0));
    *n = *m ? size_of_tree(r, child(r, call, 1)) : 0;
    return *n != 0;
}

type infer_comm(reader *r, tree call) {
    dim m, n;
    if (!two_sizes(r, call, &m, &n))
        return type_scalar();
    dim both = dim_multiply(r->graph, m, n);
    return type_matrix(r, both, both);
}

/* comm(m,n)*vec(X) = vec(X') for X [m,n]: out[(i j), (j i)] over i < m, j < n. */
typed build_comm(reader *r, tree call) {
    dim m, n;
    einsum e;
    if (!two_sizes(r, call, &m, &n))
        return scalar_value(0);
    einsum_begin(&e, r->graph);
    label i = einsum_label(&e, m), j = einsum_label(&e, n);
    einsum_output_groups(&e, 2, (uint8_t[]){2, 2}, (label[]){i, j, j, i});
    return (typed){einsum_finish(&e), SHAPE_TENSOR};
}

/* ---- constants ---- */

dim size_counted(reader *r, tree t) {
    int64_t n;
    dim d = size_of_tree(r, t);
    if (d && dim_is_number(r->graph, d, &n) && n < 1) {
        complain(r, "E106", t, NULL, "a size is at least 1");
        return 0;
    }
    return d;
}

static bool sizes_of_arguments(reader *r, tree call, dim *axes) {
    for (size_t k = 0; k < child_count(r, call); k++) {
        axes[k] = size_counted(r, child(r, call, k));
        if (!axes[k])
            return false;
    }
    return true;
}

type infer_filled(reader *r, tree call) {
    dim axes[RANK_MOST];
    size_t rank = child_count(r, call);
    if (!sizes_of_arguments(r, call, axes))
        return type_scalar();
    return type_of(r, rank == 0 ? SHAPE_SCALAR : rank == 1 ? SHAPE_COLUMN : SHAPE_TENSOR, rank, axes);
}

typed build_filled(reader *r, tree call) {
    type t = type_at(r, call);
    ref x = parameter_of(r, call) ? graph_ones(r->graph, t.rank, t.axes)
                                  : graph_zero(r->graph, t.rank, t.axes);
    return (typed){x, (shape_kind)t.shape};
}

type infer_eye(reader *r, tree call) {
    dim n = size_counted(r, child(r, call, 0));
    return n ? type_matrix(r, n, n) : type_scalar();
}

typed build_eye(reader *r, tree call) {
    return (typed){graph_identity(r->graph, type_at(r, call).axes[0]), SHAPE_TENSOR};
}

/* vector(c), matrix(c): c everywhere, as large as its surroundings want. */
type infer_context(reader *r, tree call) {
    if (argument_type(r, call, 0).shape != SHAPE_SCALAR)
        return wrong_argument(r, call, 0, "a number");
    dim axes[2] = {size_unknown(r), 0};
    int rank = parameter_of(r, call);
    if (rank == 2)
        axes[1] = size_unknown(r);
    return type_of(r, rank == 2 ? SHAPE_TENSOR : SHAPE_COLUMN, (size_t)rank, axes);
}

typed build_context(reader *r, tree call) {
    type t = resolve_type(r, type_at(r, call));
    for (size_t k = 0; k < t.rank; k++)
        if (size_is_open(r, t.axes[k])) {
            complain(r, "E209", call, "of what size?", "nothing around '%s' fixes its size",
                     function_name(r, call));
            diagnose_help(r->diagnostics, "ones(n) has a size of its own");
            return scalar_value(0);
        }
    return (typed){graph_fill(r->graph, argument_value(r, call, 0).node, t.rank, t.axes),
                   (shape_kind)t.shape};
}

/* ---- places: unit(i, n), sing(i, j, m, n) ---- */

/* Place i of 1..n as the graph counts it, from 0; 0 after an error. */
dim place_of(reader *r, tree at, dim n) {
    int64_t i, most;
    dim d = size_of_tree(r, at);
    if (!d)
        return 0;
    bool low = dim_is_number(r->graph, d, &i) && i < 1;
    n = size_resolve(r, n);
    dim above = dim_subtract(r->graph, d, n);
    if (low || (above && dim_is_number(r->graph, above, &most) && most > 0)) {
        complain(r, "E223", at, NULL, low ? "places are counted from 1" : "this place is beyond the end");
        diagnose_note(r->diagnostics, "the axis has size %s", show_size(r, n));
        return 0;
    }
    return dim_subtract(r->graph, d, r->one);
}

/* Whether `at` is a place, or an index, of an axis of size n. */
static bool is_place(reader *r, tree at, dim n) {
    return node_at(r, at)->role == AS_LETTER ? letters_meet(r, at, n) : place_of(r, at, n) != 0;
}

static typed unit_at(reader *r, tree at, dim n, shape_kind shape) {
    bool index = node_at(r, at)->role == AS_LETTER;
    return (typed){index ? letters_unit(r, at) : graph_unit(r->graph, place_of(r, at, n), n), shape};
}

type infer_unit(reader *r, tree call) {
    dim n = size_counted(r, child(r, call, 1));
    return n && is_place(r, child(r, call, 0), n) ? type_column(r, n) : type_scalar();
}

typed build_unit(reader *r, tree call) {
    return unit_at(r, child(r, call, 0), type_at(r, call).axes[0], SHAPE_COLUMN);
}

type infer_sing(reader *r, tree call) {
    dim m = size_counted(r, child(r, call, 2)), n = m ? size_counted(r, child(r, call, 3)) : 0;
    if (!n || !is_place(r, child(r, call, 0), m) || !is_place(r, child(r, call, 1), n))
        return type_scalar();
    return type_matrix(r, m, n);
}

typed build_sing(reader *r, tree call) {
    type t = type_at(r, call);
    return multiply(r, unit_at(r, child(r, call, 0), t.axes[0], SHAPE_COLUMN),
                    unit_at(r, child(r, call, 1), t.axes[1], SHAPE_ROW));
}

/* ---- triangles ---- */

type infer_triangle(reader *r, tree call) {
    return argument_type(r, call, 0).rank == 2 ? argument_type(r, call, 0)
                                               : wrong_argument(r, call, 0, "a matrix");
}

/* X .* [i >= j]: the comparison of two counts is the mask. */
typed build_triangle(reader *r, tree call) {
    typed x = argument_value(r, call, 0);
    type t = type_of_value(r, x);
    ref counts[2] = {expand(r, (typed){graph_iota(r->graph, t.axes[0]), SHAPE_COLUMN}, t),
                     expand(r, (typed){graph_iota(r->graph, t.axes[1]), SHAPE_ROW}, t)};
    ref mask = graph_apply(r->graph, (op)parameter_of(r, call), 2, counts, 0);
    return value_like(x, graph_hadamard(r->graph, x.node, mask));
}
