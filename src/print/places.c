/* Sums over unit vectors read as stacks: s*unit(1, 2) + t*unit(2, 2) = vcat(s, t), u*unit(1, 2)' + ... =
 * hcat(u, v). */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <string.h>

enum { PLACES_MOST = 16 };

/* Terms of a sum by the place of their unit vector. */
typedef struct stacking {
    printer *printer;
    bool rows; /* units stand in front: the pieces are stacked as rows */
    int64_t length;
    tree *piece[PLACES_MOST];
} stacking;

/* The place of unit(i, k) for numbers i and k. */
static bool unit_place(const printer *p, const tree *u, int64_t *place, int64_t *length) {
    return tree_is_call(u, "unit") && dim_is_number(p->graph, u->child[0]->node, place) &&
           dim_is_number(p->graph, u->child[1]->node, length) && *length <= PLACES_MOST && *place >= 1 &&
           *place <= *length;
}

static tree *with_body(printer *p, const tree *t, tree *body) {
    if (t->kind != TREE_PRODUCT)
        return body ? body : tree_number(p, RATIONAL(1));
    return tree_product(p, t->number, t->count, t->child, t->power, body);
}

/* sing(i, j, m, n) is unit(i, m)*unit(j, n)'. */
static tree *split_sing(printer *p, tree *body) {
    if (!tree_is_call(body, "sing"))
        return body;
    tree *left = tree_call2(p, TREE_COLUMN, "unit", body->child[0], body->child[2]);
    tree *right = tree_call2(p, TREE_COLUMN, "unit", body->child[1], body->child[3]);
    return tree_chain2(p, left, tree_wrap_transpose(p, right));
}

/* The unit vector of a term and what stands beside it. */
static tree *split_term(const stacking *s, tree *t, tree **rest) {
    printer *p = s->printer;
    tree *body = t->kind == TREE_PRODUCT ? t->body : t;
    body = body ? split_sing(p, body) : NULL;
    if (!body)
        return NULL;
    if (t->shape == TREE_COLUMN) {
        *rest = with_body(p, t, NULL);
        return body;
    }
    if (body->kind != TREE_CHAIN)
        return NULL;
    size_t last = body->count - 1;
    *rest = with_body(p, t, tree_chain(p, last, body->child + s->rows));
    tree *end = body->child[s->rows ? 0 : last];
    return s->rows ? end : end->kind == TREE_TRANSPOSE ? end->child[0] : NULL;
}

static bool add_term(stacking *s, tree *t) {
    int64_t place, length;
    tree *rest, *u = split_term(s, t, &rest);
    if (!u || !unit_place(s->printer, u, &place, &length) || (s->length && s->length != length))
        return false;
    s->length = length;
    tree **piece = &s->piece[place - 1];
    *piece = *piece ? tree_add(s->printer, *piece, rest) : rest;
    return true;
}

/* 2*unit(1, 2) as vcat(2, 0), beside other columns. */
static tree *spread(printer *p, tree *t) {
    stacking s = {.printer = p};
    tree *piece[PLACES_MOST];
    if (t->shape != TREE_COLUMN || !add_term(&s, t) || s.length > 4)
        return t;
    for (size_t i = 0; i < (size_t)s.length; i++)
        piece[i] = s.piece[i] ? s.piece[i] : tree_number(p, RATIONAL(0));
    return tree_call(p, TREE_COLUMN, "vcat", (size_t)s.length, piece);
}

static tree *build(stacking *s, tree_shape shape) {
    size_t missing = 0, count = (size_t)s->length;
    for (size_t i = 0; i < count; i++) {
        missing += s->piece[i] == NULL;
        if (!s->piece[i] && shape == TREE_COLUMN)
            s->piece[i] = tree_number(s->printer, RATIONAL(0));
    }
    if (count < 2 || (missing && (shape != TREE_COLUMN || 2 * missing >= count)))
        return NULL;
    for (size_t i = 0; i < count && shape == TREE_MATRIX && !s->rows; i++)
        s->piece[i] = spread(s->printer, s->piece[i]);
    return tree_call(s->printer, shape, shape == TREE_COLUMN || s->rows ? "vcat" : "hcat", count, s->piece);
}

tree *units_join(printer *p, tree_shape shape, size_t count, tree *const *terms) {
    if (count < 2 || (shape != TREE_COLUMN && shape != TREE_MATRIX))
        return NULL;
    for (int rows = 0; rows < 2; rows++) {
        stacking s = {.printer = p, .rows = rows != 0};
        size_t i = 0;
        while (i < count && terms[i]->shape == shape && add_term(&s, terms[i]))
            i++;
        tree *stack = i == count ? build(&s, shape) : NULL;
        if (stack)
            return stack;
    }
    return NULL;
}
