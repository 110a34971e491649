/* Parts and wholes: x[2], X[1,:], X[:, 1:k], vcat, hcat, as products with unit vectors and shifted
 * identities. */
/* SPDX-License-Identifier: MIT */
#include "lang/functions.h"
#include "lang/letters.h"

/* ---- one entry of an index ---- */

typedef enum part_kind { PART_ALL, PART_PLACE, PART_LETTER, PART_RANGE, PART_READ, PART_GATHER } part_kind;

typedef struct part {
    part_kind kind;
    dim offset,
        length; /* offset from 0; READ (a number) and GATHER (a vector) find it in the value of the entry */
} part;

static bool read_range(reader *r, tree at, dim n, part *p) {
    dim low = place_of(r, child(r, at, 0), n), high = low ? place_of(r, child(r, at, 1), n) : 0;
    int64_t length;
    if (!high)
        return false;
    p->offset = low;
    p->length = dim_add(r->graph, dim_subtract(r->graph, high, low), r->one);
    if (!p->length || (dim_is_number(r->graph, p->length, &length) && length < 1)) {
        complain(r, "E223", at, NULL, "the range is empty");
        return false;
    }
    return true;
}

static bool read_places(reader *r, tree at, part *p) {
    type t = type_at(r, at);
    if (t.rank > 1)
        complain(r, "E228", at, show_type(r, t),
                 "an index that is a variable is a vector of whole numbers from 1 on");
    *p = t.rank ? (part){PART_GATHER, 0, t.axes[0]} : (part){PART_READ, 0, r->one};
    return t.rank <= 1;
}

static bool read_part(reader *r, tree at, dim n, part *p) {
    if (node_at(r, at)->role == AS_VALUE)
        return read_places(r, at, p);
    if (node_at(r, at)->role == AS_LETTER || node_at(r, at)->kind == TREE_GROUP) {
        *p = (part){PART_LETTER, 0, r->one};
        return letters_meet(r, at, n);
    }
    switch ((tree_kind)node_at(r, at)->kind) {
    case TREE_ALL: *p = (part){PART_ALL, 0, n}; return true;
    case TREE_RANGE: p->kind = PART_RANGE; return read_range(r, at, n, p);
    default: *p = (part){PART_PLACE, place_of(r, at, n), r->one}; return p->offset != 0;
    }
}

static bool is_single(const part *p) {
    return p->kind == PART_PLACE || p->kind == PART_LETTER || p->kind == PART_READ;
}

/* The axes that stay, as a type: of a matrix X[1,:] is a row, X[:,1] a column. */
static type type_of_parts(reader *r, type t, const part *parts) {
    dim axes[RANK_MOST];
    size_t rank = 0, last = 0;
    for (size_t k = 0; k < t.rank; k++)
        if (!is_single(&parts[k])) {
            axes[rank++] = parts[k].length;
            last = k;
        }
    bool row = t.shape == SHAPE_ROW || (t.rank == 2 && last == 1);
    shape_kind shape = rank == 0 ? SHAPE_SCALAR : rank > 1 ? SHAPE_TENSOR : row ? SHAPE_ROW : SHAPE_COLUMN;
    return type_of(r, shape, rank, axes);
}

static type wrong_count(reader *r, tree t, type base) {
    tree first = child(r, t, 0);
    size_t given = child_count(r, t) - 1;
    complain(r, "E221", t, show_type(r, base), "%s has %u %s, but %zu %s given", quote(r, first), base.rank,
             base.rank == 1 ? "axis" : "axes", given, given == 1 ? "index is" : "indices are");
    if (node_at(r, t)->text[node_at(r, t)->end - 1] == ')')
        diagnose_help(r->diagnostics, "a product needs its operator: %s*(...)", quote_operand(r, first));
    else if (base.rank == 2)
        diagnose_help(r->diagnostics, "an entry is %s[i,j], a row %s[i,:], a column %s[:,j]",
                      quote_operand(r, first), quote_operand(r, first), quote_operand(r, first));
    return type_scalar();
}

static bool read_parts(reader *r, tree t, type base, part *parts) {
    for (size_t k = 0; k < base.rank; k++)
        if (!read_part(r, child(r, t, k + 1), base.axes[k], &parts[k])) {
            r->failed = true;
            return false;
        }
    return true;
}

type infer_index(reader *r, tree t) {
    type base = type_at(r, child(r, t, 0));
    part parts[RANK_MOST];
    if (base.rank == 0 || child_count(r, t) != (size_t)base.rank + 1)
        return wrong_count(r, t, base);
    return read_parts(r, t, base, parts) ? type_of_parts(r, base, parts) : type_scalar();
}

/* [length, n] with 1 where column = row + offset. */
static ref slicer(reader *r, dim length, dim n, dim offset) {
    return graph_shift(r->graph, length, n, dim_subtract(r->graph, dim_number(r->graph, 0), offset));
}

/* 1 where a place of `places`, counted from 1, is the one of the last axis, of size n. */
ref places_onehot(reader *r, ref places, dim n) {
    if (!places)
        return 0;
    ref one = graph_ones(r->graph, node_rank(r->graph, places), node_axes(r->graph, places));
    return graph_onehot(r->graph, graph_subtract(r->graph, places, one), n);
}

/* Axis k of the base, with label `in`: what is left of it is appended to the output. */
static void add_part(reader *r, einsum *e, tree at, const part *p, dim n, label in, label *out,
                     size_t *rank) {
    label row = in;
    switch (p->kind) {
    case PART_ALL: break;
    case PART_PLACE: einsum_factor_add(e, graph_unit(r->graph, p->offset, n), &in); return;
    case PART_LETTER: einsum_factor_add(e, letters_unit(r, at), &in); return;
    case PART_READ: einsum_factor_add(e, places_onehot(r, r->values[at].node, n), &in); return;
    case PART_RANGE:
        row = einsum_label(e, p->length);
        einsum_factor_add(e, slicer(r, p->length, n, p->offset), (label[]){row, in});
        break;
    case PART_GATHER:
        row = einsum_label(e, size_resolve(r, p->length));
        einsum_factor_add(e, places_onehot(r, r->values[at].node, n), (label[]){row, in});
        break;
    }
    out[(*rank)++] = row;
}

typed build_index(reader *r, tree t) {
    typed base = r->values[child(r, t, 0)];
    type shape = type_of_value(r, base);
    part parts[RANK_MOST];
    einsum e;
    label in[RANK_MOST], out[RANK_MOST];
    size_t rank = 0;
    if (!read_parts(r, t, shape, parts))
        return scalar_value(0);
    einsum_begin(&e, r->graph);
    einsum_labels(&e, shape.rank, shape.axes, in);
    einsum_factor_add(&e, base.node, in);
    for (size_t k = 0; k < shape.rank; k++)
        add_part(r, &e, child(r, t, k + 1), &parts[k], shape.axes[k], in[k], out, &rank);
    einsum_output(&e, rank, out);
    return (typed){einsum_finish(&e), (shape_kind)type_of_parts(r, shape, parts).shape};
}

/* ---- concatenation ---- */

/* hcat is vcat of the transposes, transposed. */
static type stacked_part(reader *r, tree call, size_t k, bool across) {
    type t = argument_type(r, call, k);
    return across ? transpose_type(r, t) : t;
}

static type stack_types(reader *r, tree call, bool across) {
    dim rows = dim_number(r->graph, 0), columns = 0;
    bool matrix = false;
    for (size_t k = 0; k < child_count(r, call); k++) {
        if (argument_type(r, call, k).rank > 2)
            return wrong_argument(r, call, k, "numbers, vectors and matrices");
        surface s = surface_of(r, stacked_part(r, call, k, across));
        if (columns && !sizes_unify(r, columns, s.columns)) {
            complain(r, "E202", child(r, call, 0), show_type(r, argument_type(r, call, 0)),
                     across ? "'hcat' needs equal numbers of rows" : "'vcat' needs equal numbers of columns");
            label_tree(r, child(r, call, k), "%s", show_type(r, argument_type(r, call, k)));
            return type_scalar();
        }
        columns = columns ? columns : s.columns;
        matrix |= s.column_axis;
        rows = dim_add(r->graph, rows, s.rows);
    }
    type t = matrix ? type_matrix(r, rows, columns) : type_column(r, rows);
    return across ? transpose_type(r, t) : t;
}

/* The first part is the transpose of the slice 1:rows. Written as a part it could not be told from a slice of
 * total entries where neither size is known to be the larger one. */
static void add_placement(reader *r, einsum *e, dim total, dim rows, dim offset, label out, label in) {
    int64_t n;
    if (dim_is_number(r->graph, offset, &n) && n == 0)
        einsum_factor_add(e, graph_shift(r->graph, rows, total, offset), (label[]){in, out});
    else
        einsum_factor_add(e, graph_shift(r->graph, total, rows, offset), (label[]){out, in});
}

/* Part k, `rows` high, moved down by `offset` in a whole of `total` rows. */
static ref place_part(reader *r, typed v, type whole, dim rows, dim offset) {
    einsum e;
    label out[2] = {0, 0}, in[2] = {0, 0};
    surface s = surface_of(r, type_of_value(r, v));
    dim total = whole.axes[0];
    einsum_begin(&e, r->graph);
    einsum_labels(&e, whole.rank, whole.axes, out);
    size_t k = 0;
    if (s.row_axis) {
        in[k++] = einsum_label(&e, rows);
        add_placement(r, &e, total, rows, offset, out[0], in[0]);
    } else {
        einsum_factor_add(&e, graph_unit(r->graph, offset, total), &out[0]);
    }
    /* A column next to a matrix of one column has no axis of its own for it. */
    if (s.column_axis)
        in[k] = out[1];
    einsum_factor_add(&e, v.node, in);
    einsum_output(&e, whole.rank, out);
    return einsum_finish(&e);
}

static typed stack_values(reader *r, tree call, bool across) {
    size_t count = child_count(r, call);
    type whole = resolve_type(r, type_at(r, call));
    ref *terms = ARENA_NEW(&r->arena, ref, count);
    rational *ones = ARENA_NEW(&r->arena, rational, count);
    if (!terms || !ones)
        return r->failed = true, scalar_value(0);
    if (across)
        whole = resolve_type(r, transpose_type(r, whole));
    dim offset = dim_number(r->graph, 0);
    for (size_t k = 0; k < count; k++) {
        typed v = argument_value(r, call, k);
        if (across)
            v = transpose_value(r, v);
        dim rows = surface_of(r, type_of_value(r, v)).rows;
        terms[k] = place_part(r, v, whole, rows, offset);
        ones[k] = RATIONAL(1);
        offset = dim_add(r->graph, offset, rows);
    }
    typed sum = {graph_sum(r->graph, count, terms, ones, 0, NULL), (shape_kind)whole.shape};
    return across ? transpose_value(r, sum) : sum;
}

type infer_vcat(reader *r, tree call) {
    return stack_types(r, call, false);
}

typed build_vcat(reader *r, tree call) {
    return stack_values(r, call, false);
}

type infer_hcat(reader *r, tree call) {
    return stack_types(r, call, true);
}

typed build_hcat(reader *r, tree call) {
    return stack_values(r, call, true);
}
