/* Values with letters: numbers whose axes are their free letters, multiplied, added and summed as einsums. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/functions.h"
#include "lang/letters.h"

static const letter_sets *sets_of(const reader *r, tree t) {
    return &r->letters->sets[t];
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

size_t letters_of(letter_set set, uint8_t *list) {
    size_t count = 0;
    for (size_t i = 0; i < LETTERS_MOST && count < RANK_MOST; i++)
        if (set >> i & 1)
            list[count++] = (uint8_t)i;
    return count;
}

dim letters_size(reader *r, size_t i) {
    return size_resolve(r, r->letters->list[i].size);
}

static label label_of(canvas *c, reader *r, size_t i) {
    if (!(c->made >> i & 1)) {
        c->labels[i] = einsum_label(&c->e, letters_size(r, i));
        c->made |= (letter_set)1 << i;
    }
    return c->labels[i];
}

static size_t labels_of(canvas *c, reader *r, letter_set set, label *labels) {
    uint8_t list[RANK_MOST];
    size_t count = letters_of(set, list);
    for (size_t k = 0; k < count; k++)
        labels[k] = label_of(c, r, list[k]);
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

static label label_at(canvas *c, reader *r, tree at) {
    return label_of(c, r, (size_t)letters_number(r, node_at(r, at)->name, tree_span(r, at)));
}

/* The labels of an axis of `size` places at one entry of an index; their number. */
static size_t add_entry(canvas *c, reader *r, tree at, dim size, label *in) {
    size_t count = child_count(r, at);
    if (node_at(r, at)->role == AS_LETTER) {
        *in = label_at(c, r, at);
    } else if (node_at(r, at)->kind == TREE_GROUP) {
        for (size_t k = 0; k < count; k++) /* the last label of a group is the fastest */
            in[count - 1 - k] = label_at(c, r, child(r, at, k));
        return count;
    } else if (node_at(r, at)->role == AS_VALUE) {
        *in = add_places(c, r, at, size);
    } else {
        *in = einsum_label(&c->e, size);
        einsum_factor_add(&c->e, graph_unit(r->graph, place_of(r, at, size), size), in);
    }
    return 1;
}

static ref build_letters_index(reader *r, tree t) {
    typed base = r->values[child(r, t, 0)];
    canvas c;
    label in[RANK_MOST + LETTERS_MOST];
    uint8_t sizes[RANK_MOST];
    size_t count = 0;
    canvas_begin(&c, r);
    for (size_t k = 1; k < child_count(r, t); k++) {
        tree at = child(r, t, k);
        if (count + child_count(r, at) > LETTERS_MOST) {
            complain(r, "E010", at, NULL, "more than %d indices", LETTERS_MOST);
            return 0;
        }
        size_t own = add_entry(&c, r, at, node_axis(r->graph, base.node, k - 1), in + count);
        sizes[k - 1] = (uint8_t)own;
        count += own;
    }
    einsum_factor_groups(&c.e, base.node, 1, 1, sizes, in);
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
    uint8_t list[RANK_MOST];
    dim axes[RANK_MOST];
    size_t rank = letters_of(set, list);
    for (size_t k = 0; k < rank; k++)
        axes[k] = letters_size(r, list[k]);
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

ref letters_reduce(reader *r, tree t, ref x, size_t k, dim entries) {
    const char *word = graph_name_text(r->graph, node_at(r, t)->name);
    size_t rank = x ? node_rank(r->graph, x) : 0;
    uint32_t last = (uint32_t)((((uint64_t)1 << k) - 1) << (rank - k));
    if (!x || !k)
        return x;
    if (strcmp(word, "sum") == 0)
        return graph_sum_axes(r->graph, x, last);
    if (strcmp(word, "mean") == 0)
        return divide(r, scalar_value(graph_sum_axes(r->graph, x, last)), graph_size(r->graph, entries)).node;
    return graph_apply(r->graph, op_find(word, KIND_REDUCTION), 1, &x, k);
}

static ref build_letters_over(reader *r, tree t) {
    tree body = child(r, t, 1);
    letter_set from = sets_of(r, body)->free, bound = from & ~sets_of(r, t)->free;
    uint8_t list[RANK_MOST], order[RANK_MOST];
    size_t rank = letters_of(from, list), k = 0, first = 0;
    dim entries = r->one;
    for (size_t i = 0; i < rank; i++)
        k += bound >> list[i] & 1;
    for (size_t i = 0, last = rank - k; i < rank; i++) {
        bool goes = bound >> list[i] & 1;
        order[goes ? last++ : first++] = (uint8_t)i;
        if (goes)
            entries = dim_multiply(r->graph, entries, letters_size(r, list[i]));
    }
    return letters_reduce(r, t, graph_permute(r->graph, r->values[body].node, order), k, entries);
}

typed letters_build(reader *r, tree t) {
    ref x = 0;
    if (sets_of(r, t)->sliced || sets_of(r, t)->whole)
        return letters_build_slice(r, t);
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

/* The root's value with the axes of the left side. */
static ref order_axes(reader *r, ref x, letter_set set) {
    const letters *l = r->letters;
    canvas c;
    label labels[RANK_MOST], out[RANK_MOST];
    size_t next = 0;
    canvas_begin(&c, r);
    labels_of(&c, r, set, labels);
    einsum_factor_add(&c.e, x, labels);
    for (size_t axis = 0; axis < l->left_rank; axis++) {
        size_t count = l->left_sizes[axis];
        for (size_t k = 0; k < count; k++) /* the last label of a group is the fastest */
            out[next + count - 1 - k] = label_of(&c, r, l->left[next + k]);
        next += count;
    }
    einsum_output_groups(&c.e, l->left_rank, l->left_sizes, out);
    return einsum_finish(&c.e);
}

bool letters_finish(reader *r, tree root, typed *out) {
    const letters *l = r->letters;
    if (!l || !l->result)
        return true;
    letter_set set = sets_of(r, root)->free;
    for (size_t k = 0; k < l->left_count; k++)
        if (!(set >> l->left[k] & 1)) {
            complain(r, "E226", root, NULL, "index '%s' of the left side does not occur here",
                     graph_name_text(r->graph, l->list[l->left[k]].name));
            return false;
        }
    out->node = order_axes(r, out->node, set);
    out->shape = l->left_rank > 1 ? SHAPE_TENSOR : SHAPE_COLUMN;
    return out->node != 0;
}
