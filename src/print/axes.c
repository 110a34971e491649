/* The sizes of a formula as far as its parts tell them: sum(A) + sum(B) is sum(A + B) only where they fit. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <string.h>

static bool find_axes(printer *p, tree *t);

/* Rows and columns may be told by different parts; 0: not told yet. */
static void take_axes(printer *p, tree *part, tree *t) {
    bool matrix = part->shape == TREE_MATRIX;
    if ((!matrix && part->shape != TREE_COLUMN && part->shape != TREE_ROW) || !find_axes(p, part))
        return;
    if ((matrix || part->shape == TREE_COLUMN) && !t->rows)
        t->rows = part->rows;
    if ((matrix || part->shape == TREE_ROW) && !t->columns)
        t->columns = part->columns;
}

/* Of an operation entry by entry. */
static void spread_axes(printer *p, tree *t) {
    for (size_t i = 0; i < t->count; i++)
        take_axes(p, t->child[i], t);
}

static void symbol_axes(printer *p, tree *t) {
    const graph *g = p->graph;
    for (ref r = 1; r <= graph_count(g); r++) {
        if (node_op(g, r) != OP_SYMBOL || strcmp(graph_name_text(g, symbol_name(g, r)), t->text) != 0)
            continue;
        t->rows = node_rank(g, r) > 0 ? node_axis(g, r, 0) : 0;
        t->columns = node_rank(g, r) > 1 ? node_axis(g, r, 1) : 0;
        return;
    }
}

static void chain_axes(printer *p, tree *t) {
    tree *first = t->child[0], *last = t->child[t->count - 1];
    if (find_axes(p, first))
        t->rows = first->rows;
    if (find_axes(p, last))
        t->columns = last->columns;
}

static bool is_square_function(const char *spelt) {
    op o = op_find(spelt, KIND_LINALG);
    op_shape s = o == OP_NONE ? (op_shape){.result = {0, {0}}} : op_shape_of(o);
    return s.result.rank == 2 && s.operand[0].rank == 2 && s.operand[0].size[0] == s.operand[0].size[1];
}

static void call_axes(printer *p, tree *t) {
    tree *x = t->count ? t->child[0] : NULL;
    if (!x)
        return;
    if (tree_is_call(t, "eye") || tree_is_call(t, "ones") || tree_is_call(t, "zeros")) {
        t->rows = x->node;
        t->columns = t->child[t->count - 1]->node;
    } else if (tree_is_call(t, "diag")) {
        take_axes(p, x, t);
        t->columns = t->rows;
    } else if (op_find(t->text, KIND_ELEMENTWISE) != OP_NONE || tree_is_call(t, "where")) {
        spread_axes(p, t);
    } else if (t->shape == x->shape &&
               (op_find(t->text, KIND_AXISMAP) != OP_NONE || is_square_function(t->text))) {
        take_axes(p, x, t);
    } else if (t->count == 2 && x->shape == TREE_MATRIX && t->shape != TREE_MATRIX) {
        take_axes(p, x, t); /* sum(X, cols) */
    }
}

static void entry_axes(printer *p, tree *t) {
    tree *x = t->child[0];
    if (x->shape != TREE_MATRIX || t->count != 3 || !find_axes(p, x))
        return;
    t->rows = strcmp(t->child[1]->text, ":") == 0 ? x->rows : 0;
    t->columns = strcmp(t->child[2]->text, ":") == 0 ? x->columns : 0;
}

/* Rows of a column, columns of a row, both of a matrix; false where they are not told. */
static bool find_axes(printer *p, tree *t) {
    if (!t->sized) {
        t->sized = true;
        switch (t->kind) {
        case TREE_NAME: symbol_axes(p, t); break;
        case TREE_PRODUCT: t->body ? take_axes(p, t->body, t) : (void)0; break;
        case TREE_CHAIN: chain_axes(p, t); break;
        case TREE_CALL: call_axes(p, t); break;
        case TREE_ENTRY: entry_axes(p, t); break;
        case TREE_SHIFT: break;
        case TREE_TRANSPOSE:
            if (find_axes(p, t->child[0])) {
                t->rows = t->child[0]->columns;
                t->columns = t->child[0]->rows;
            }
            break;
        default: spread_axes(p, t);
        }
    }
    return (t->rows || t->shape == TREE_ROW) && (t->columns || t->shape == TREE_COLUMN);
}

bool tree_same_axes(printer *p, tree *a, tree *b) {
    if (a->shape != b->shape || !find_axes(p, a) || !find_axes(p, b))
        return false;
    bool rows = a->shape == TREE_ROW || a->rows == b->rows, columns = a->columns == b->columns;
    return rows && (columns || a->shape == TREE_COLUMN);
}
