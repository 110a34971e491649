/* Types of values with letters: sizes of letters, numbers told from matrices that hold letters. */
/* SPDX-License-Identifier: MIT */
#include "lang/functions.h"
#include "lang/letters.h"

bool letters_meet(reader *r, tree at, dim size) {
    span where = tree_span(r, at);
    if (node_at(r, at)->kind == TREE_GROUP)
        return true;
    int i = letters_number(r, node_at(r, at)->name, where);
    if (i < 0)
        return false;
    letter *l = &r->letters->list[i];
    if (!l->size) {
        *l = (letter){l->name, size, where};
        return true;
    }
    if (sizes_unify(r, l->size, size))
        return true;
    const char *word = letter_text(r, (size_t)i);
    complain(r, "E222", at, NULL, "index '%s' ranges over two sizes", word);
    label_tree(r, at, "%s up to %s here", word, show_size(r, size));
    diagnose_label(r->diagnostics, l->where, "%s up to %s here", word, show_size(r, l->size));
    return false;
}

/* (i,j) at an axis that holds as many entries as i and j together. */
static bool check_group(reader *r, tree group, dim size) {
    dim count = r->one;
    for (size_t k = 0; k < child_count(r, group); k++) {
        tree at = child(r, group, k);
        int i = letters_number(r, node_at(r, at)->name, tree_span(r, at));
        if (i < 0 || r->letters->list[i].size == 0) {
            complain(r, "E222", at, NULL, "nothing says how far index '%s' goes", letter_text(r, (size_t)i));
            diagnose_help(r->diagnostics,
                          "in brackets it stands for a part of an axis; use it elsewhere, too");
            return false;
        }
        count = dim_multiply(r->graph, count, letters_size(r, (size_t)i));
    }
    if (sizes_unify(r, count, size))
        return true;
    complain(r, "E222", group, NULL, "the axis has size %s, the indices in brackets have %s",
             show_size(r, size), show_size(r, count));
    return false;
}

static bool check_groups(reader *r, tree t) {
    for (size_t k = 1; node_at(r, t)->kind == TREE_INDEX && k < child_count(r, t); k++)
        if (node_at(r, child(r, t, k))->kind == TREE_GROUP &&
            !check_group(r, child(r, t, k), type_at(r, child(r, t, 0)).axes[k - 1]))
            return false;
    return true;
}

/* ---- what stands beside indexed values ---- */

static bool is_number(const reader *r, tree t) {
    return type_at(r, t).shape == SHAPE_SCALAR;
}

static bool is_value(const reader *r, tree t) {
    return node_at(r, t)->role == AS_VALUE;
}

static void want_number(reader *r, tree t) {
    complain(r, "E225", t, show_type(r, type_at(r, t)), "beside indexed values stand numbers");
    diagnose_help(r->diagnostics, "index it too: %s[%s]", quote_operand(r, t),
                  type_at(r, t).rank == 1 ? "i" : "i,j");
}

type letters_infer_over(reader *r, tree t) {
    tree body = child(r, t, 1);
    if (!is_number(r, body))
        want_number(r, body);
    return type_scalar();
}

/* A child that is a matrix without letters beside a number with some of `set`; 0 when there is none. */
static tree stray_operand(const reader *r, tree t, letter_set set) {
    tree matrix = 0;
    bool indexed = false;
    for (size_t k = 0; node_at(r, t)->kind != TREE_INDEX && k < child_count(r, t); k++) {
        tree c = child(r, t, k);
        if (!is_value(r, c))
            continue;
        if (is_number(r, c))
            indexed = indexed || (r->letters->sets[c].free & set);
        else if (!r->letters->sets[c].concerned && !matrix)
            matrix = c;
    }
    return indexed ? matrix : 0;
}

/* A child of t that is no number and holds letters; 0 when there is none. */
static tree slice_below(const reader *r, tree t) {
    for (size_t k = 0; k < child_count(r, t); k++)
        if (is_value(r, child(r, t, k)) && letters_in(r, child(r, t, k)) && !is_number(r, child(r, t, k)))
            return child(r, t, k);
    return 0;
}

/* X[i,p]: the p beside an index, which reads many places; 0 when t is not like that. */
static tree places_beside_index(const reader *r, tree t) {
    for (size_t k = 1; node_at(r, t)->kind == TREE_INDEX && k < child_count(r, t); k++)
        if (is_value(r, child(r, t, k)) && !is_number(r, child(r, t, k)))
            return child(r, t, k);
    return 0;
}

/* t is no number, but its letters would have to become axes: at what is to be indexed. */
static void refuse_matrix(reader *r, tree t) {
    tree stray = 0, places = 0;
    for (tree c = t; c && !places; c = slice_below(r, c)) {
        stray = stray ? stray : stray_operand(r, c, ~(letter_set)0);
        places = places_beside_index(r, c);
    }
    if (places) {
        complain(r, "E225", places, show_type(r, type_at(r, places)), "beside an index stand single places");
        diagnose_help(r->diagnostics, "index it too: %s[i]", quote_operand(r, places));
    } else {
        want_number(r, stray ? stray : t);
    }
}

/* ---- numbers and slices ---- */

static bool is_entrywise(const function *f) {
    type (*infer)(reader *, tree) = f->infer;
    return infer == infer_elementwise || infer == infer_sqrt || infer == infer_pow || infer == infer_where ||
           infer == infer_extreme;
}

/* Below a whole everything is sliced: read as if its letters were places. */
static bool sort_node(reader *r, tree t) {
    letter_sets *s = &r->letters->sets[t];
    const tree_node *n = node_at(r, t);
    if (!check_groups(r, t))
        return false;
    if (!s->sliced) {
        s->whole = slice_below(r, t) || !is_number(r, t);
        if (!is_number(r, t) && s->free)
            return refuse_matrix(r, t), false;
        if (n->kind == TREE_CALL && !s->whole && !is_entrywise(n->function)) {
            complain(r, "E225", t, NULL, "'%s' takes no indexed value", function_name(r, t));
            diagnose_help(r->diagnostics, "sums over indices are written sum[j](...)");
            return false;
        }
    }
    if (!is_number(r, t) && stray_operand(r, t, s->summed))
        return refuse_matrix(r, t), false;
    for (size_t k = 0; (s->sliced || s->whole) && k < n->count; k++)
        r->letters->sets[child(r, t, k)].sliced = true;
    return true;
}

bool letters_sort(reader *r, tree root) {
    for (tree t = root; r->letters && t > 0 && !r->failed; t--)
        if (is_value(r, t) && letters_in(r, t) && !sort_node(r, t))
            note_call(r, t);
    return !r->failed;
}
