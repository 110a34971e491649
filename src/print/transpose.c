/* Transposes: (A*B)' = B'*A', S' = S, f(X)' = f(X'); each carried inwards only where it reads no longer. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <string.h>

static tree *flip_all(printer *p, const tree *t) {
    tree **child = ARENA_NEW(p->arena, tree *, t->count + 1);
    if (!child) {
        p->failed = true;
        return &p->poison;
    }
    for (size_t i = 0; i < t->count; i++)
        child[i] = tree_transpose(p, t->child[i]);
    if (t->kind == TREE_DOT)
        return tree_dot(p, t->count, child, t->power);
    return tree_signed_sum(p, shape_flip(t->shape), t->count, child, t->power);
}

/* Inwards where that is `margin` tokens shorter than brackets and a prime. */
static tree *flip_entries(printer *p, tree *t, uint32_t margin) {
    tree *inside = flip_all(p, t), *outside = tree_wrap_transpose(p, t);
    return inside == t || inside->cost + margin <= outside->cost ? inside : outside;
}

static tree *flip_chain(printer *p, const tree *t) {
    tree *links[FACTORS_MOST];
    if (t->count > FACTORS_MOST)
        return &p->poison;
    for (size_t i = 0; i < t->count; i++)
        links[t->count - 1 - i] = tree_transpose(p, t->child[i]);
    return tree_chain(p, t->count, links);
}

/* ---- calls ---- */

static bool is_elementwise(const char *function) {
    op o = op_find(function, KIND_ELEMENTWISE);
    return o != OP_NONE || strcmp(function, "sqrt") == 0;
}

static bool commutes(const tree *t) {
    return op_describe(op_find(t->text, KIND_LINALG)).mirror;
}

static tree *flip_axis_call(printer *p, tree *t) {
    bool columns = strcmp(t->child[1]->text, "cols") == 0;
    if (!columns && strcmp(t->child[1]->text, "rows") != 0)
        return tree_wrap_transpose(p, t);
    tree *inner = tree_transpose(p, t->child[0]);
    tree *axis = tree_name(p, TREE_SCALAR, columns ? "rows" : "cols");
    tree *inside = tree_call2(p, shape_flip(t->shape), t->text, inner, axis);
    tree *outside = tree_wrap_transpose(p, t);
    return inside->cost < outside->cost ? inside : outside;
}

/* t with its operands transposed. */
static tree *flip_operands(printer *p, const tree *t, const char *function) {
    tree *piece[FACTORS_MOST], draft = *t;
    for (size_t i = 0; i < t->count; i++)
        piece[i] = tree_transpose(p, t->child[i]);
    draft.shape = shape_flip(t->shape);
    draft.text = function;
    draft.child = piece;
    draft.flip = NULL;
    draft.depth = draft.degree = 0;
    return tree_intern(p, &draft);
}

/* Whether an operand reads shorter transposed, as sum(X, rows)' does; a column no longer. */
static bool holds_flipped(printer *p, const tree *t) {
    for (size_t i = 0; i < t->count; i++) {
        tree *x = t->child[i];
        uint32_t most = x->cost + (x->shape != TREE_MATRIX);
        if (x->kind != TREE_CHAIN && x->shape != TREE_SCALAR && tree_transpose(p, x)->cost < most)
            return true;
    }
    return false;
}

/* f(sum(X, rows)')' is f(sum(X, rows)), f(S)' is f(S), for a function of entries. */
static tree *flip_function(printer *p, tree *t) {
    tree *outside = tree_wrap_transpose(p, t);
    if (t->count > FACTORS_MOST)
        return outside;
    tree *inside = flip_operands(p, t, t->text);
    return inside == t || (inside->cost < outside->cost && holds_flipped(p, t)) ? inside : outside;
}

/* vcat(A, B)' is hcat(A', B'), and back. */
static tree *flip_stack(printer *p, tree *t) {
    tree *outside = tree_wrap_transpose(p, t);
    if (t->count > FACTORS_MOST || t->shape != TREE_MATRIX)
        return outside;
    tree *inside = flip_operands(p, t, tree_is_call(t, "vcat") ? "hcat" : "vcat");
    return inside->cost <= outside->cost + t->count ? inside : outside;
}

static tree *flip_call(printer *p, tree *t) {
    if (tree_is_call(t, "vcat") || tree_is_call(t, "hcat"))
        return flip_stack(p, t);
    if (tree_is_call(t, "eye") || (tree_is_call(t, "diag") && t->shape == TREE_MATRIX))
        return t;
    if (t->count == 2 && (tree_is_call(t, "ones") || tree_is_call(t, "zeros")))
        return tree_call2(p, TREE_MATRIX, t->text, t->child[1], t->child[0]);
    if (t->count == 2 && t->child[1]->kind == TREE_NAME && t->child[0]->shape == TREE_MATRIX)
        return flip_axis_call(p, t);
    if (is_elementwise(t->text))
        return flip_function(p, t);
    tree *outside = tree_wrap_transpose(p, t);
    if (t->count != 1 || t->shape != TREE_MATRIX || !commutes(t))
        return outside;
    tree *inner = tree_transpose(p, t->child[0]);
    if (inner == t->child[0])
        return t;
    tree *inside = tree_call1(p, TREE_MATRIX, t->text, inner);
    return inside->cost < outside->cost ? inside : outside;
}

static tree *flip(printer *p, tree *t) {
    if (t->shape == TREE_SCALAR || t->shape == TREE_TENSOR || t->symmetric)
        return t;
    if (t->depth > TREE_DEPTH_MOST)
        return tree_wrap_transpose(p, t);
    switch (t->kind) {
    case TREE_TRANSPOSE: return t->child[0];
    case TREE_PRODUCT:
        return tree_product(p, t->number, t->count, t->child, t->power, tree_transpose(p, t->body));
    case TREE_CHAIN: return flip_chain(p, t);
    case TREE_DOT:
        return flip_entries(p, t, t->shape == TREE_MATRIX ? 2 : holds_flipped(p, t) ? 1 : COST_MOST);
    case TREE_SUM: return flip_entries(p, t, 3);
    case TREE_CALL: return flip_call(p, t);
    case TREE_POWER:
    case TREE_COMPARE: return flip_function(p, t);
    default: return tree_wrap_transpose(p, t);
    }
}

tree *tree_transpose(printer *p, tree *t) {
    if (!t->flip) {
        t->flip = flip(p, t);
        if (!t->flip->flip)
            t->flip->flip = t;
    }
    return t->flip;
}

tree *tree_unsettle(printer *p, tree *t) {
    if (t->kind != TREE_TRANSPOSE || (t->child[0]->kind != TREE_CHAIN && t->child[0]->kind != TREE_SUM))
        return t;
    tree *inner = t->child[0];
    return inner->kind == TREE_CHAIN ? flip_chain(p, inner) : flip_all(p, inner);
}

tree *tree_settle(printer *p, tree *t) {
    if (t->kind == TREE_PRODUCT && t->body) {
        tree *body = tree_settle(p, t->body);
        return body == t->body ? t : tree_product(p, t->number, t->count, t->child, t->power, body);
    }
    if (t->shape != TREE_MATRIX || t->depth > TREE_DEPTH_MOST ||
        (t->kind != TREE_CHAIN && t->kind != TREE_SUM))
        return t;
    tree *inner = t->kind == TREE_CHAIN ? flip_chain(p, t) : flip_all(p, t);
    if (inner->kind == TREE_PRODUCT || inner->kind == TREE_TRANSPOSE)
        return t;
    tree *outer = tree_wrap_transpose(p, inner);
    return outer->cost < t->cost ? outer : t;
}

/* ---- special matrices ---- */

tree *tree_ones(printer *p, dim n) {
    return tree_call1(p, TREE_COLUMN, "ones", tree_size(p, n));
}

bool tree_is_ones(const tree *t) {
    return tree_is_call(t, "ones");
}

tree *tree_eye(printer *p, dim n) {
    return tree_call1(p, TREE_MATRIX, "eye", tree_size(p, n));
}

tree *tree_diag(printer *p, tree *v) {
    if (v->kind == TREE_PRODUCT)
        return tree_product(p, v->number, v->count, v->child, v->power, tree_diag(p, v->body));
    if (v->shape == TREE_MATRIX && v->kind == TREE_DOT && v->count == 1) /* 1./diag(M) */
        return tree_raise(p, tree_diag(p, v->child[0]), v->power[0]);
    if (v->shape == TREE_MATRIX) {
        tree *other = tree_transpose(p, v);
        v = tree_settle(p, other->cost < v->cost ? other : v);
        return tree_call1(p, TREE_COLUMN, "diag", v);
    }
    return tree_call1(p, TREE_MATRIX, "diag", v);
}
