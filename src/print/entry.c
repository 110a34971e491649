/* Contractions with unit vectors read as entries: x[i], X[i,j], a row X[i,:], a column X[:,j]. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <string.h>

static tree *entry_at(printer *p, tree *v, tree *place);

static tree *place_tree(printer *p, dim from_0) {
    return tree_size(p, dim_add(p->graph, from_0, dim_number(p->graph, 1)));
}

static bool is_elementwise_call(const tree *t) {
    return t->kind == TREE_CALL && t->count == 1 && t->shape == t->child[0]->shape &&
           op_find(t->text, KIND_ELEMENTWISE) != OP_NONE;
}

/* Takes the entry of each operand, where these are entries too. */
static tree *inside(printer *p, const tree *t, tree *place) {
    tree *child[FACTORS_MOST];
    if (t->count > FACTORS_MOST || t->depth > TREE_DEPTH_MOST)
        return NULL;
    for (size_t i = 0; i < t->count; i++)
        child[i] = t->child[i]->shape == TREE_SCALAR ? t->child[i] : entry_at(p, t->child[i], place);
    if (t->kind == TREE_DOT)
        return tree_product(p, RATIONAL(1), t->count, child, t->power, NULL);
    if (t->kind == TREE_SUM)
        return tree_signed_sum(p, TREE_SCALAR, t->count, child, t->power);
    return is_elementwise_call(t) ? tree_call1(p, TREE_SCALAR, t->text, child[0]) : NULL;
}

static tree *entry_at(printer *p, tree *v, tree *place) {
    if (v->kind == TREE_PRODUCT)
        return tree_product(p, v->number, v->count, v->child, v->power, entry_at(p, v->body, place));
    tree *outside = tree_entry(p, TREE_SCALAR, v, 1, &place);
    tree *within = v->kind == TREE_DOT || v->kind == TREE_SUM || is_elementwise_call(v) ? inside(p, v, place)
                                                                                        : NULL;
    return within && within->cost <= outside->cost ? within : outside;
}

tree *entry_of_vector(printer *p, tree *v, dim from_0) {
    return entry_at(p, v, place_tree(p, from_0));
}

static tree *entry_between(printer *p, tree *m, tree *row, tree *column) {
    if (m->kind == TREE_PRODUCT)
        return tree_product(p, m->number, m->count, m->child, m->power,
                            entry_between(p, m->body, row, column));
    bool flipped = m->kind == TREE_TRANSPOSE;
    tree *place[] = {flipped ? column : row, flipped ? row : column};
    return tree_entry(p, TREE_SCALAR, flipped ? m->child[0] : m, 2, place);
}

tree *entry_of_matrix(printer *p, tree *m, dim row, dim column) {
    return entry_between(p, m, place_tree(p, row), place_tree(p, column));
}

/* M where t is M[i,:], M' where it is M[:,i]'; NULL for other rows. */
static tree *matrix_of_row(printer *p, const tree *t, tree **place) {
    bool flipped = t->kind == TREE_TRANSPOSE;
    const tree *e = flipped ? t->child[0] : t;
    size_t k = flipped ? 2 : 1;
    if (t->shape != TREE_ROW || e->kind != TREE_ENTRY || e->count != 3 ||
        strcmp(e->child[3 - k]->text, ":") != 0)
        return NULL;
    *place = e->child[k];
    return flipped ? tree_transpose(p, e->child[0]) : e->child[0];
}

tree *entry_of_chain(printer *p, tree *chain) {
    tree *links[FACTORS_MOST], *row, *column;
    size_t last = chain->count - 1;
    if (last >= FACTORS_MOST || !(links[0] = matrix_of_row(p, chain->child[0], &row)) ||
        !(links[last] = matrix_of_row(p, tree_transpose(p, chain->child[last]), &column)))
        return chain;
    links[last] = tree_transpose(p, links[last]);
    memcpy(links + 1, chain->child + 1, (last - 1) * sizeof *links);
    tree *entry = entry_between(p, tree_settle(p, tree_chain(p, chain->count, links)), row, column);
    return entry->cost < chain->cost ? entry : chain;
}

tree *column_of_matrix(printer *p, tree *m, dim column) {
    if (m->kind == TREE_PRODUCT)
        return tree_product(p, m->number, m->count, m->child, m->power, column_of_matrix(p, m->body, column));
    tree *all = tree_name(p, TREE_SCALAR, ":"), *j = place_tree(p, column);
    if (m->kind == TREE_ENTRY && m->count == 3 && m->child[2] == all)
        return tree_entry(p, TREE_COLUMN, m->child[0], 2, (tree *[]){m->child[1], j});
    if (m->kind == TREE_TRANSPOSE)
        return tree_wrap_transpose(p, tree_entry(p, TREE_ROW, m->child[0], 2, (tree *[]){j, all}));
    return tree_entry(p, TREE_COLUMN, m, 2, (tree *[]){all, j});
}

tree *tree_unit(printer *p, dim from_0, dim size) {
    return tree_call2(p, TREE_COLUMN, "unit", place_tree(p, from_0), tree_size(p, size));
}
