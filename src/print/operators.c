/* One node of an operator as a tree: calls by the operator's name, infix where people write infix. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <string.h>

static tree *operand(printer *p, ref r, size_t k) {
    return reading_tree(p, node_operand(p->graph, r, k));
}

static tree_shape shape_of(const printer *p, ref r) {
    return shape_of_rank(node_rank(p->graph, r));
}

/* ---- leaves ---- */

static tree *read_real(printer *p, ref r) {
    double x = real_value(p->graph, r);
    text t = text_new(graph_memory(p->graph));
    text_append_number(&t, x < 0 ? -x : x);
    tree *number = tree_name(p, TREE_SCALAR, printer_text(p, text_string(&t)));
    text_free(&t);
    return x < 0 ? tree_negate(p, number) : number;
}

static tree *sized_call(printer *p, ref r, const char *function) {
    tree *size[RANK_MOST];
    size_t rank = node_rank(p->graph, r);
    for (size_t k = 0; k < rank; k++)
        size[k] = tree_size(p, node_axis(p->graph, r, k));
    return tree_call(p, shape_of(p, r), function, rank, size);
}

static tree *read_leaf(printer *p, ref r) {
    graph *g = p->graph;
    rational c;
    if (node_is_rational(g, r, &c))
        return tree_number(p, c);
    switch (node_op(g, r)) {
    case OP_SYMBOL: return tree_symbol(p, shape_of(p, r), symbol_name(g, r), symbol_facts(g, r));
    case OP_REAL: return read_real(p, r);
    case OP_PI: return tree_name(p, TREE_SCALAR, "pi");
    case OP_SIZE: return tree_size(p, node_word_dim(g, r, 0));
    case OP_UNIT: return tree_unit(p, node_word_dim(g, r, 0), node_axis(g, r, 0));
    case OP_ZERO: return node_rank(g, r) ? sized_call(p, r, "zeros") : tree_number(p, RATIONAL(0));
    case OP_RANDOM: return sized_call(p, r, node_word(g, r, 0) == RANDOM_NORMAL ? "randn" : "rand");
    case OP_IOTA: return sized_call(p, r, "iota");
    default: return NULL;
    }
}

static tree *read_shift(printer *p, ref r) {
    return shift_matrix(
        p, tree_intern(p, &(tree){.kind = TREE_SHIFT, .shape = TREE_MATRIX, .text = "?", .node = r}));
}

/* ---- entry by entry ---- */

/* s for s*ones(n): a scalar goes with anything. */
static tree *unfilled(printer *p, tree *t) {
    if (tree_is_ones(t))
        return tree_number(p, RATIONAL(1));
    if (tree_is_call(t, "zeros"))
        return tree_number(p, RATIONAL(0));
    if (t->kind == TREE_PRODUCT && t->body && tree_is_ones(t->body))
        return tree_product(p, t->number, t->count, t->child, t->power, NULL);
    return t;
}

/* The operands, filled ones as scalars as long as one of full shape is left. */
static bool read_operands(printer *p, ref r, size_t from, size_t count, tree **t) {
    bool full = false;
    for (size_t i = 0; i < count; i++) {
        t[i] = operand(p, r, i);
        if (!t[i])
            return false;
        full = full || (i >= from && unfilled(p, t[i])->shape == t[i]->shape);
    }
    for (size_t i = from; full && i < count; i++)
        t[i] = unfilled(p, t[i]);
    for (size_t i = 0; i < count; i++)
        t[i] = tree_settle(p, t[i]);
    return true;
}

static bool is_comparison(op o) {
    return o == OP_LT || o == OP_LE || o == OP_GT || o == OP_GE || o == OP_EQ || o == OP_NE;
}

/* iota(m) >= iota(n)' is the lower triangle, tril(ones(m, n)). */
static tree *read_triangle(printer *p, ref r, tree *const *t) {
    op o = node_op(p->graph, r);
    bool low = o == OP_GE, high = o == OP_LE;
    if ((!low && !high) || t[0]->kind != TREE_CHAIN || t[1]->kind != TREE_CHAIN ||
        !tree_is_call(t[0]->child[0], "iota") || !tree_is_ones(t[1]->child[0]))
        return NULL;
    return tree_call1(p, TREE_MATRIX, low ? "tril" : "triu", sized_call(p, r, "ones"));
}

static tree *read_elementwise(printer *p, ref r) {
    tree *t[ARITY_MOST];
    op o = node_op(p->graph, r);
    size_t count = node_operand_count(p->graph, r);
    if (!read_operands(p, r, 0, count, t))
        return NULL;
    if (o == OP_POW)
        return tree_power(p, t[0], t[1]);
    tree *triangle = count == 2 ? read_triangle(p, r, t) : NULL;
    if (triangle)
        return triangle;
    if (is_comparison(o))
        return tree_compare(p, shape_of(p, r), op_describe(o).name, t[0], t[1]);
    return tree_call(p, shape_of(p, r), op_describe(o).name, count, t);
}

static tree *read_where(printer *p, ref r) {
    tree *t[3];
    if (!read_operands(p, r, 0, 3, t))
        return NULL;
    return tree_call(p, shape_of(p, r), "where", 3, t);
}

static tree *read_onehot(printer *p, ref r) {
    tree *labels = operand(p, r, 0);
    size_t rank = node_rank(p->graph, r);
    if (!labels)
        return NULL;
    return tree_call2(p, shape_of(p, r), "onehot", labels, tree_size(p, node_axis(p->graph, r, rank - 1)));
}

/* ---- by axis ---- */

static tree *keep_cheaper(tree *a, tree *b) {
    return b->cost < a->cost ? b : a;
}

/* f(X, cols), or f(X', rows)' where X' is shorter. */
static tree *by_columns(printer *p, tree_shape shape, const char *function, tree *x) {
    tree *cols = tree_name(p, TREE_SCALAR, "cols"), *rows = tree_name(p, TREE_SCALAR, "rows");
    tree *along = tree_call2(p, shape, function, x, cols);
    tree *down = tree_call2(p, shape_flip(shape), function, tree_transpose(p, x), rows);
    tree *flipped = tree_wrap_transpose(p, down);
    return flipped->cost < along->cost + (x->kind == TREE_TRANSPOSE) ? flipped : along;
}

static tree *read_reduction(printer *p, ref r) {
    tree *x = operand(p, r, 0);
    const char *function = op_describe(node_op(p->graph, r)).name;
    size_t rank = node_rank(p->graph, node_operand(p->graph, r, 0)), k = (size_t)node_word(p->graph, r, 0);
    if (!x)
        return NULL;
    x = tree_settle(p, x);
    if (op_describe(node_op(p->graph, r)).flat && tree_is_call(x, "vec"))
        x = x->child[0];
    if (k == rank)
        return tree_call1(p, TREE_SCALAR, function, tree_entries(p, x));
    return rank == 2 && k == 1 ? by_columns(p, TREE_COLUMN, function, x) : NULL;
}

/* Over all entries of a matrix: exp(X - logsumexp(X)), onehotmax(X). */
static tree *map_of_all(printer *p, ref r, const char *function, tree *x) {
    if (node_op(p->graph, r) == OP_SOFTMAX) {
        tree *total = tree_call1(p, TREE_SCALAR, "logsumexp", x);
        return tree_call1(p, TREE_MATRIX, "exp", tree_add(p, x, tree_negate(p, total)));
    }
    return tree_call1(p, TREE_MATRIX, function, x);
}

static tree *read_axis_map(printer *p, ref r) {
    tree *x = operand(p, r, 0);
    const char *function = op_describe(node_op(p->graph, r)).name;
    size_t rank = node_rank(p->graph, r), k = (size_t)node_word(p->graph, r, 0);
    if (!x || rank > 2)
        return NULL;
    x = tree_settle(p, x);
    if (rank == 1)
        return tree_call1(p, TREE_COLUMN, function, x);
    return k == 1 ? by_columns(p, TREE_MATRIX, function, x) : map_of_all(p, r, function, x);
}

/* The operands bare of batches. */
static bool is_bare(const printer *p, ref r, const op_shape *shape) {
    for (size_t k = 0; k < node_operand_count(p->graph, r); k++)
        if (node_rank(p->graph, node_operand(p->graph, r, k)) != shape->operand[k].rank)
            return false;
    return true;
}

static tree *read_linalg(printer *p, ref r) {
    tree *t[CORE_OPERANDS_MOST];
    size_t count = node_operand_count(p->graph, r);
    op_info info = op_describe(node_op(p->graph, r));
    op_shape shape = op_shape_of(node_op(p->graph, r));
    if (!is_bare(p, r, &shape))
        return NULL;
    for (size_t k = 0; k < count; k++)
        if (!(t[k] = operand(p, r, k)))
            return NULL;
    if (info.mirror && shape.result.rank == 0) /* of A' as well */
        t[0] = tree_settle(p, keep_cheaper(t[0], tree_transpose(p, t[0])));
    tree *call = tree_call(p, shape_of(p, r), info.name, count, t);
    return tree_transpose(p, tree_transpose(p, call));
}

tree *read_operator(printer *p, ref r) {
    op o = node_op(p->graph, r);
    switch (op_describe(o).kind) {
    case KIND_ELEMENTWISE: return read_elementwise(p, r);
    case KIND_REDUCTION: return read_reduction(p, r);
    case KIND_AXISMAP: return read_axis_map(p, r);
    case KIND_LINALG: return read_linalg(p, r);
    default: break;
    }
    if (o == OP_WHERE)
        return read_where(p, r);
    if (o == OP_ONEHOT)
        return read_onehot(p, r);
    return o == OP_SHIFT ? read_shift(p, r) : read_leaf(p, r);
}
