/* Functions of matrices in index notation: expm_frechet(X, sing(k, l, n, n))[i,j], a matrix that holds
 * letters. */
/* SPDX-License-Identifier: MIT */
#include "calculus/derive.h"
#include "print/print_index.h"

/* How many last axes of the result the operator works on. */
static size_t core_rank(const graph *g, ref r) {
    op o = node_op(g, r);
    op_kind kind = op_describe(o).kind;
    if (kind == KIND_LINALG)
        return op_shape_of(o).result.rank;
    return kind == KIND_AXISMAP ? (size_t)node_word(g, r, 0) : 0;
}

/* e_k as a node: the place is the letter itself. */
static ref plain_unit(index_writer *w, uint16_t letter) {
    char word[16];
    graph *g = w->printer->graph;
    index_spell(letter, word, sizeof word);
    dim place = dim_symbol(g, graph_name(g, word));
    return graph_unit(g, dim_subtract(g, place, dim_number(g, 1)), w->state[letter].size);
}

static ref letter_unit(index_writer *w, uint16_t letter) {
    const letter_state *s = &w->state[letter];
    graph *g = w->printer->graph;
    einsum e;
    label labels[RANK_MOST];
    if (!s->group)
        return plain_unit(w, letter);
    if (s->place)
        return graph_unit(g, dim_subtract(g, s->place, dim_number(g, 1)), s->size);
    einsum_begin(&e, g);
    for (size_t k = 0; k < s->count; k++) { /* the last label of a group is the fastest */
        label *own = &labels[s->count - 1u - k];
        *own = einsum_label(&e, w->state[s->part[k]].size);
        einsum_factor_add(&e, plain_unit(w, s->part[k]), own);
    }
    einsum_output_groups(&e, 1, &s->count, labels);
    return einsum_finish(&e);
}

static bool is_among(ref r, size_t count, const ref *list) {
    for (size_t i = 0; i < count; i++)
        if (list[i] == r)
            return true;
    return false;
}

/* Marks those of the letters that r holds. */
static void see_letters(index_writer *w, ref r, size_t count, const uint16_t *letters) {
    size_t reached;
    ref *list = graph_reach(w->printer->graph, w->printer->arena, 1, &r, &reached);
    for (size_t k = 0; list && k < count; k++) {
        letter_state *s = &w->state[letters[k]];
        s->seen = s->seen || (!s->group && is_among(plain_unit(w, letters[k]), reached, list));
        for (size_t i = 0; i < s->count; i++)
            if (is_among(plain_unit(w, s->part[i]), reached, list))
                w->state[s->part[i]].seen = true;
    }
}

/* An entry of a matrix that holds letters: the matrix, its places, the letters in it. */
typedef struct slice {
    ref node;
    uint16_t places[CORE_RANK_MOST];
} slice;

/* The letter whose unit vector r is; false when it is none of those. */
static bool letter_of(ref r, size_t count, const ref *units, const uint16_t *letters, uint16_t *letter) {
    for (size_t k = 0; k < count; k++)
        if (r && r == units[k]) {
            *letter = letters[k];
            return true;
        }
    return false;
}

/* f(x, e_i*e_j')[k,l] of a linear f with transpose T is T(e_k*e_l')[i,j]. False where it is not like that. */
static bool exchange(index_writer *w, const slice *s, size_t count, const ref *units, const uint16_t *letters,
                     slice *other) {
    graph *g = w->printer->graph;
    int linear = op_describe(node_op(g, s->node)).linear;
    einsum *e = w->printer->term;
    ref at[2];
    if (!linear || node_rank(g, s->node) != 2)
        return false;
    ref x = node_operand(g, s->node, (size_t)linear - 1);
    if (node_op(g, x) != OP_EINSUM || node_rank(g, x) != 2)
        return false;
    einsum_read(g, x, e);
    if (e->factor_count != 2 || e->label_count != 2 || !rational_is(e->coefficient, 1))
        return false;
    for (size_t f = 0; f < 2; f++) {
        label own, out;
        size_t k = 0;
        for (k = 0; k < 2; k++)
            if (einsum_slot_single(e, 2, k, &out) && einsum_slot_single(e, f, 0, &own) && own == out)
                break;
        if (k == 2 || !letter_of(e->factors[f].node, count, units, letters, &other->places[k]))
            return false;
    }
    for (size_t k = 0; k < 2; k++)
        at[k] = letter_unit(w, s->places[k]);
    einsum made;
    label labels[2];
    einsum_begin(&made, g);
    einsum_labels(&made, 2, node_axes(g, s->node), labels);
    einsum_factor_add(&made, at[0], &labels[0]);
    einsum_factor_add(&made, at[1], &labels[1]);
    einsum_output(&made, 2, labels);
    other->node = derive_transposed(g, s->node, einsum_finish(&made));
    return other->node != 0;
}

bool index_put_sliced(index_writer *w, ref r, const uint16_t *letters) {
    printer *p = w->printer;
    size_t rank = node_rank(p->graph, r), core = core_rank(p->graph, r), lead = rank - core;
    ref at[RANK_MOST] = {0};
    slice own = {0}, other = {0};
    for (size_t k = 0; k < lead; k++)
        at[k] = letter_unit(w, letters[k]);
    own.node = core <= CORE_RANK_MOST ? slice_at(p, r, at) : 0;
    if (!own.node)
        return false;
    for (size_t k = 0; k < core; k++)
        own.places[k] = letters[lead + k];
    tree *t = index_tree(p, own.node);
    tree *u = exchange(w, &own, lead, at, letters, &other) ? index_tree(p, other.node) : NULL;
    bool exchanged = t && u && tree_cost(u) <= tree_cost(t);
    if (!t)
        return false;
    index_put_tree(w, exchanged ? u : t, core, exchanged ? other.places : own.places, false);
    see_letters(w, own.node, lead, letters);
    if (exchanged)
        see_letters(w, other.node, core, own.places);
    return true;
}
