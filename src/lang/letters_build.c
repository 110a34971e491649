/* Values with letters: numbers whose axes are their free letters, multiplied, added and summed as einsums. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/functions.h"
#include "lang/letters.h"

static const letter_sets *sets_of(const reader *r, tree t) {
    return &r->letters->sets[t];
}

/* ---- types: every value with letters is a number; what is checked is the sizes ---- */

static bool meet_axis(reader *r, tree at, dim size) {
    span where = tree_span(r, at);
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

/* x[p[i]] reads one place for each i; x[p] beside an index would want one for p too. */
static void infer_letters_places(reader *r, tree at) {
    type t = type_at(r, at);
    if (t.shape == SHAPE_SCALAR)
        return;
    complain(r, "E225", at, show_type(r, t), "beside an index stand single places");
    diagnose_help(r->diagnostics, "index it too: %s[i]", quote_operand(r, at));
}

static type infer_letters_index(reader *r, tree t) {
    type base = type_at(r, child(r, t, 0));
    if (base.rank + 1u != child_count(r, t)) {
        complain(r, "E221", t, show_type(r, base), "%s has %u axes, not %zu", quote(r, child(r, t, 0)),
                 base.rank, child_count(r, t) - 1);
        return type_scalar();
    }
    for (size_t k = 0; k < base.rank && !r->failed; k++) {
        tree at = child(r, t, k + 1);
        tree_role as = (tree_role)node_at(r, at)->role;
        if (as == AS_LETTER)
            meet_axis(r, at, base.axes[k]);
        else if (as == AS_SIZE)
            place_of(r, at, base.axes[k]);
        else if (as == AS_VALUE)
            infer_letters_places(r, at);
        else
            complain_unsupported(r, tree_span(r, at), "a range beside an index");
    }
    return type_scalar();
}

static bool is_entrywise(const tree_node *n) {
    type (*infer)(reader *, tree) = n->function->infer;
    return infer == infer_elementwise || infer == infer_sqrt || infer == infer_pow || infer == infer_where ||
           infer == infer_extreme;
}

static void check_children(reader *r, tree t) {
    const tree_node *n = node_at(r, t);
    if (n->kind == TREE_CALL && !is_entrywise(n)) {
        complain(r, "E225", t, NULL, "'%s' takes no indexed value", function_name(r, t));
        diagnose_help(r->diagnostics, "sums over indices are written sum[j](...)");
    }
    for (size_t k = n->kind == TREE_OVER; k < n->count && !r->failed; k++) {
        type c = type_at(r, child(r, t, k));
        if (c.shape == SHAPE_SCALAR && child_sign(r, t, k) != SIGN_SOLVE)
            continue;
        complain(r, "E225", child(r, t, k), show_type(r, c), "beside indexed values stand numbers");
        diagnose_help(r->diagnostics, "index it too: %s[i]", quote_operand(r, child(r, t, k)));
    }
}

type letters_infer(reader *r, tree t) {
    if (node_at(r, t)->kind == TREE_INDEX)
        return infer_letters_index(r, t);
    check_children(r, t);
    return type_scalar();
}

/* ---- labels ---- */

typedef struct canvas {
    einsum e;
    label labels[LETTERS_MOST];
    letter_set made;
} canvas;

static void canvas_begin(canvas *c, reader *r) {
    c->made = 0;
    einsum_begin(&c->e, r->graph);
}

static label label_of(canvas *c, reader *r, size_t i) {
    if (!(c->made >> i & 1)) {
        c->labels[i] = einsum_label(&c->e, size_resolve(r, r->letters->list[i].size));
        c->made |= (letter_set)1 << i;
    }
    return c->labels[i];
}

static size_t labels_of(canvas *c, reader *r, letter_set set, label *labels) {
    size_t count = 0;
    for (size_t i = 0; i < LETTERS_MOST; i++)
        if ((set >> i & 1) && count < RANK_MOST)
            labels[count++] = label_of(c, r, i);
    return count;
}

static bool add_child(canvas *c, reader *r, tree t, int exponent) {
    label labels[RANK_MOST];
    labels_of(c, r, sets_of(r, t)->free, labels);
    einsum_factor_power(&c->e, r->values[t].node, exponent, 1, labels);
    return r->values[t].node != 0;
}

static ref canvas_finish(canvas *c, reader *r, letter_set set) {
    label labels[RANK_MOST];
    size_t rank = labels_of(c, r, set, labels);
    einsum_output(&c->e, rank, labels);
    return einsum_finish(&c->e);
}

/* x, with axes for the letters of `from`, as a node with axes for those of `to`: repeated, or summed. */
static ref carry(reader *r, ref x, letter_set from, letter_set to) {
    canvas c;
    label labels[RANK_MOST];
    if (from == to || !x)
        return x;
    canvas_begin(&c, r);
    labels_of(&c, r, from, labels);
    einsum_factor_add(&c.e, x, labels);
    return canvas_finish(&c, r, to);
}

/* ---- nodes ---- */

/* The label of the axis that p[i] reads, one place for each of its letters. */
static label add_places(canvas *c, reader *r, tree at, dim size) {
    label labels[RANK_MOST + 1];
    size_t count = labels_of(c, r, sets_of(r, at)->free, labels);
    labels[count] = einsum_label(&c->e, size);
    einsum_factor_add(&c->e, places_onehot(r, r->values[at].node, size), labels);
    return labels[count];
}

static ref build_letters_index(reader *r, tree t) {
    typed base = r->values[child(r, t, 0)];
    canvas c;
    label in[RANK_MOST];
    canvas_begin(&c, r);
    for (size_t k = 1; k < child_count(r, t); k++) {
        tree at = child(r, t, k);
        dim size = node_axis(r->graph, base.node, k - 1);
        if (node_at(r, at)->role == AS_LETTER) {
            in[k - 1] = label_of(&c, r, (size_t)letters_number(r, node_at(r, at)->name, tree_span(r, at)));
            continue;
        }
        if (node_at(r, at)->role == AS_VALUE) {
            in[k - 1] = add_places(&c, r, at, size);
            continue;
        }
        in[k - 1] = einsum_label(&c.e, size);
        einsum_factor_add(&c.e, graph_unit(r->graph, place_of(r, at, size), size), &in[k - 1]);
    }
    einsum_factor_add(&c.e, base.node, in);
    return canvas_finish(&c, r, sets_of(r, t)->free);
}

static ref build_letters_product(reader *r, tree t) {
    canvas c;
    canvas_begin(&c, r);
    for (size_t k = 0; k < child_count(r, t); k++) {
        sign s = child_sign(r, t, k);
        bool divides = s == SIGN_DIVIDE || s == SIGN_DOT_DIVIDE;
        ref x = r->values[child(r, t, k)].node;
        if (divides && x && node_is_zero(r->graph, x)) {
            complain(r, "E211", child(r, t, k), "this is 0", "division by zero");
            return 0;
        }
        if (!add_child(&c, r, child(r, t, k), divides ? -1 : 1))
            return 0;
    }
    return canvas_finish(&c, r, sets_of(r, t)->free);
}

static ref build_letters_sum(reader *r, tree t) {
    size_t count = child_count(r, t);
    letter_set set = sets_of(r, t)->free;
    ref *terms = ARENA_NEW(&r->arena, ref, count);
    rational *coefficients = ARENA_NEW(&r->arena, rational, count);
    if (!terms || !coefficients)
        return 0;
    for (size_t k = 0; k < count; k++) {
        sign s = child_sign(r, t, k);
        terms[k] = carry(r, r->values[child(r, t, k)].node, sets_of(r, child(r, t, k))->free, set);
        coefficients[k] = RATIONAL(s == SIGN_MINUS || s == SIGN_DOT_MINUS ? -1 : 1);
    }
    return graph_sum(r->graph, count, terms, coefficients, 0, NULL);
}

/* Calls, powers, comparisons: the rule for plain values on operands of the same axes, then the sum. */
static ref build_letters_entries(reader *r, tree t, typed (*build)(reader *, tree)) {
    letter_set set = sets_of(r, t)->free | sets_of(r, t)->summed;
    type own_type = r->types[t];
    typed values[4];
    size_t count = child_count(r, t);
    dim axes[RANK_MOST];
    size_t rank = 0;
    for (size_t i = 0; i < LETTERS_MOST; i++)
        if ((set >> i & 1) && rank < RANK_MOST)
            axes[rank++] = size_resolve(r, r->letters->list[i].size);
    type plain = type_of(r, rank ? (rank > 1 ? SHAPE_TENSOR : SHAPE_COLUMN) : SHAPE_SCALAR, rank, axes);
    for (size_t k = 0; k < count && k < 4; k++) {
        tree c = child(r, t, k);
        letter_set own = sets_of(r, c)->free;
        values[k] = r->values[c];
        if (own)
            r->values[c] = (typed){carry(r, values[k].node, own, set), (shape_kind)plain.shape};
    }
    r->types[t] = plain;
    ref x = r->failed ? 0 : build(r, t).node;
    for (size_t k = 0; k < count && k < 4; k++)
        r->values[child(r, t, k)] = values[k];
    r->types[t] = own_type;
    return carry(r, x, set, sets_of(r, t)->free);
}

/* A power of values with letters is entry by entry whatever it is written as. */
static typed build_letters_power(reader *r, tree t) {
    node_at(r, t)->sign = SIGN_DOT_POWER;
    return build_power(r, t);
}

static ref build_letters_over(reader *r, tree t) {
    tree body = child(r, t, 1);
    letter_set from = sets_of(r, body)->free, to = sets_of(r, t)->free, bound = from & ~to;
    const char *word = graph_name_text(r->graph, node_at(r, t)->name);
    ref x = r->values[body].node;
    dim size = r->one;
    size_t k = 0;
    uint8_t order[RANK_MOST];
    size_t place = 0, first = 0, last = 0;
    for (size_t i = 0; i < LETTERS_MOST; i++)
        if (from >> i & 1) {
            bool goes = bound >> i & 1;
            k += goes;
            if (goes)
                size = dim_multiply(r->graph, size, size_resolve(r, r->letters->list[i].size));
        }
    last = node_rank(r->graph, x) - k;
    for (size_t i = 0; i < LETTERS_MOST && place < node_rank(r->graph, x); i++)
        if (from >> i & 1)
            order[bound >> i & 1 ? last++ : first++] = (uint8_t)place++;
    if (strcmp(word, "sum") == 0)
        return carry(r, x, from, to);
    if (strcmp(word, "mean") == 0)
        return divide(r, scalar_value(carry(r, x, from, to)), graph_size(r->graph, size)).node;
    ref turned = graph_permute(r->graph, x, order);
    return k ? graph_apply(r->graph, op_find(word, KIND_REDUCTION), 1, &turned, k) : x;
}

typed letters_build(reader *r, tree t) {
    ref x = 0;
    switch ((tree_kind)node_at(r, t)->kind) {
    case TREE_INDEX: x = build_letters_index(r, t); break;
    case TREE_PRODUCT: x = build_letters_product(r, t); break;
    case TREE_SUM: x = build_letters_sum(r, t); break;
    case TREE_OVER: x = build_letters_over(r, t); break;
    case TREE_NEGATE: x = graph_negate(r->graph, r->values[child(r, t, 0)].node); break;
    case TREE_ALIAS:
    case TREE_TRANSPOSE: x = r->values[child(r, t, 0)].node; break;
    case TREE_RELEASE: x = build_release(r, t).node; break;
    case TREE_POWER: x = build_letters_entries(r, t, build_letters_power); break;
    case TREE_COMPARE: x = build_letters_entries(r, t, build_compare); break;
    case TREE_CALL: x = build_letters_entries(r, t, node_at(r, t)->function->build); break;
    default: break;
    }
    size_t rank = x ? node_rank(r->graph, x) : 0;
    return (typed){x, rank == 0 ? SHAPE_SCALAR : rank == 1 ? SHAPE_COLUMN : SHAPE_TENSOR};
}

bool letters_finish(reader *r, tree root, typed *out) {
    letters *l = r->letters;
    uint8_t order[RANK_MOST];
    if (!l || !l->result)
        return true;
    for (size_t k = 0; k < l->left_count; k++) {
        letter_set bit = (letter_set)1 << l->left[k], set = sets_of(r, root)->free;
        size_t place = 0;
        if (!(set & bit)) {
            complain(r, "E226", root, NULL, "index '%s' of the left side does not occur here",
                     graph_name_text(r->graph, l->list[l->left[k]].name));
            return false;
        }
        for (size_t i = 0; i < l->left[k]; i++)
            place += set >> i & 1;
        order[k] = (uint8_t)place;
    }
    if (l->left_count > 1)
        out->node = graph_permute(r->graph, out->node, order);
    return out->node != 0;
}
