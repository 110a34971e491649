/* A product that no matrix formula spells, met below the root: einsum("ij,jk,ki->i", A, B, C). */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

typedef struct call {
    printer *printer;
    const einsum *flat;
    text letters;
    size_t count;
    tree *argument[EINSUM_FACTORS_MOST + RANK_MOST + 1];
} call;

static bool append_letter(call *c, label l) {
    if (l >= 52)
        return false;
    text_append_char(&c->letters, (char)(l < 26 ? 'a' + l : 'A' + (l - 26)));
    return true;
}

static bool append_slots(call *c, size_t f, size_t rank) {
    for (size_t k = 0; k < rank; k++) {
        label l;
        if (!einsum_slot_single(c->flat, f, k, &l) || !append_letter(c, l))
            return false;
    }
    return true;
}

static void next_argument(call *c, tree *t) {
    if (c->count)
        text_append_char(&c->letters, ',');
    c->argument[++c->count] = t;
}

static bool add_factor(call *c, size_t f) {
    const einsum_factor *x = &c->flat->factors[f];
    printer *p = c->printer;
    tree *t = reading_tree(p, x->node);
    if (!t)
        return false;
    t = x->num == 1 && x->den == 1 ? t : tree_raise(p, t, rational_make(x->num, x->den));
    next_argument(c, t);
    return append_slots(c, f, x->rank);
}

static bool is_used(const einsum *e, label l, size_t slots_before) {
    for (size_t f = 0; f < e->factor_count; f++)
        for (size_t k = 0; k < e->factors[f].rank; k++) {
            label x;
            if (einsum_slot_single(e, f, k, &x) && x == l)
                return true;
        }
    for (size_t k = 0; k < slots_before; k++) {
        label x;
        if (einsum_slot_single(e, e->factor_count, k, &x) && x == l)
            return true;
    }
    return false;
}

/* Output labels without a factor get ones(n); a repeated one gets a fresh letter tied to it by eye(n). */
static bool add_outputs(call *c, label *out) {
    const einsum *e = c->flat;
    label fresh = (label)e->label_count;
    for (size_t k = 0; k < e->out_rank; k++) {
        label l;
        if (!einsum_slot_single(e, e->factor_count, k, &l))
            return false;
        out[k] = l;
        bool before = false;
        for (size_t i = 0; i < k; i++)
            before = before || out[i] == l;
        if (before) {
            next_argument(c, tree_eye(c->printer, e->label_dim[l]));
            out[k] = fresh++;
            if (!append_letter(c, l) || !append_letter(c, out[k]))
                return false;
        } else if (!is_used(e, l, k)) {
            next_argument(c, tree_ones(c->printer, e->label_dim[l]));
            if (!append_letter(c, l))
                return false;
        }
    }
    return true;
}

static bool build(call *c) {
    label out[RANK_MOST];
    for (size_t f = 0; f < c->flat->factor_count; f++)
        if (!add_factor(c, f))
            return false;
    if (!add_outputs(c, out))
        return false;
    text_append(&c->letters, "->");
    for (size_t k = 0; k < c->flat->out_rank; k++)
        if (!append_letter(c, out[k]))
            return false;
    return true;
}

tree *read_einsum_call(printer *p, ref r) {
    if (!read_flat(p, r))
        return NULL;
    call c = {.printer = p, .flat = p->flat, .letters = text_new(graph_memory(p->graph))};
    text_append_char(&c.letters, '"');
    bool ok = build(&c);
    text_append_char(&c.letters, '"');
    tree *t = NULL;
    if (ok) {
        c.argument[0] = tree_name(p, TREE_SCALAR, printer_text(p, text_string(&c.letters)));
        t = tree_call(p, shape_of_rank(node_rank(p->graph, r)), "einsum", c.count + 1, c.argument);
        t = tree_scale(p, p->flat->coefficient, t);
    }
    text_free(&c.letters);
    return t;
}
