/* Sums of trees: equal terms collected, ones(n) read as numbers, common factors taken out while that reads
 * shorter. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <string.h>

enum {
    MERGED_TERMS_MOST = 16, /* longer sums are printed as they are: n^2 pairs are tried */
    FLAT_TERMS_MOST = 64,   /* longer ones keep brackets around their parts: */
    FLAT_COST_MOST = 200    /* a deep sum of sums stays a DAG whose parts can be named */
};

typedef struct terms {
    printer *printer;
    tree_shape shape;
    size_t count, capacity;
    tree **at;
} terms;

static void push_term(terms *list, tree *t) {
    if (list->count == list->capacity) {
        size_t capacity = 2 * list->capacity + 8;
        tree **at = ARENA_NEW(list->printer->arena, tree *, capacity);
        if (!at) {
            list->printer->failed = true;
            return;
        }
        if (list->count)
            memcpy(at, list->at, list->count * sizeof *at);
        list->at = at;
        list->capacity = capacity;
    }
    list->at[list->count++] = t;
}

/* The coefficient of t, and t without it. */
static tree *bare_term(printer *p, tree *t, rational *number) {
    *number = RATIONAL(1);
    if (t->kind != TREE_PRODUCT)
        return t;
    *number = t->number;
    return t->number.num ? tree_product(p, RATIONAL(1), t->count, t->child, t->power, t->body) : t;
}

/* ---- order ---- */

static bool is_minus(const tree *t) {
    return t->kind == TREE_PRODUCT && t->number.num < 0;
}

typedef struct signed_term {
    tree *term;
    bool minus;
} signed_term;

static bool stands_before(tree_shape shape, const signed_term *a, const signed_term *b) {
    const tree *s = a->term, *t = b->term;
    bool plain_s = s->first == FIRST_NONE, plain_t = t->first == FIRST_NONE;
    if (a->minus != b->minus)
        return b->minus;
    if (plain_s != plain_t)
        return plain_t;
    if ((s->shape == shape) != (t->shape == shape))
        return s->shape == shape;
    if (s->first != t->first)
        return s->first < t->first;
    if (s->degree != t->degree)
        return s->degree > t->degree;
    if (s->cost != t->cost)
        return s->cost < t->cost;
    return s->hash < t->hash;
}

static void sort_terms(tree_shape shape, size_t count, signed_term *list) {
    for (size_t gap = count / 2; gap > 0; gap /= 2)
        for (size_t i = gap; i < count; i++)
            for (size_t j = i; j >= gap && stands_before(shape, &list[j], &list[j - gap]); j -= gap) {
                signed_term t = list[j];
                list[j] = list[j - gap];
                list[j - gap] = t;
            }
}

static tree *intern_sum(printer *p, tree_shape shape, size_t count, const signed_term *list) {
    tree **child = ARENA_NEW(p->arena, tree *, count);
    rational *power = ARENA_NEW(p->arena, rational, count);
    if (!child || !power) {
        p->failed = true;
        return &p->poison;
    }
    for (size_t i = 0; i < count; i++) {
        child[i] = list[i].term;
        power[i] = RATIONAL(list[i].minus ? -1 : 1);
    }
    return tree_intern(
        p, &(tree){.kind = TREE_SUM, .shape = shape, .count = count, .child = child, .power = power});
}

tree *tree_signed_sum(printer *p, tree_shape shape, size_t count, tree *const *children,
                      const rational *signs) {
    signed_term *list = ARENA_NEW(p->arena, signed_term, count + 1);
    if (!list || !count) {
        p->failed = p->failed || !list;
        return &p->poison;
    }
    for (size_t i = 0; i < count; i++) {
        bool minus = is_minus(children[i]);
        list[i].term = minus ? tree_negate(p, children[i]) : children[i];
        list[i].minus = minus != (signs && signs[i].num < 0);
    }
    if (count == 1)
        return list[0].minus ? tree_negate(p, list[0].term) : list[0].term;
    sort_terms(shape, count, list);
    return intern_sum(p, shape, count, list);
}

/* ---- collecting ---- */

static void collect(terms *list, tree *t, bool negative) {
    printer *p = list->printer;
    t = tree_unsettle(p, t);
    const tree *sum = t;
    if (t->kind == TREE_PRODUCT && !t->count && t->body && rational_is(t->number, -1))
        sum = t->body;
    else if (t->kind == TREE_PRODUCT && t->count == 1 && !t->body && rational_is(t->number, -1) &&
             rational_is(t->power[0], 1))
        sum = t->child[0];
    bool flat = sum->kind == TREE_SUM && sum->shape == list->shape && sum->cost <= FLAT_COST_MOST &&
                list->count + sum->count <= FLAT_TERMS_MOST;
    if (!flat) {
        push_term(list, negative ? tree_negate(p, t) : t);
        return;
    }
    negative = negative != (sum != t);
    for (size_t i = 0; i < sum->count; i++) {
        bool minus = negative != (sum->power[i].num < 0);
        push_term(list, minus ? tree_negate(p, sum->child[i]) : sum->child[i]);
    }
}

/* Adds up terms that differ in their coefficients only. */
static void merge_equal(terms *list) {
    printer *p = list->printer;
    size_t kept = 0;
    tree **bare = ARENA_NEW(p->arena, tree *, list->count + 1);
    rational *number = ARENA_NEW(p->arena, rational, list->count + 1);
    if (!bare || !number) {
        p->failed = true;
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        size_t k = 0;
        bare[kept] = bare_term(p, list->at[i], &number[kept]);
        while (k < kept && bare[k] != bare[kept])
            k++;
        if (k < kept)
            number[k] = rational_add(number[k], number[kept]);
        kept += k == kept;
    }
    list->count = 0;
    for (size_t k = 0; k < kept; k++) {
        p->refused = p->refused || !rational_fits(number[k]);
        if (number[k].num)
            list->at[list->count++] = tree_scale(p, number[k], bare[k]);
    }
}

/* ---- repeated axes: u*ones(n)' beside full matrices is u, repeated along the missing axis ---- */

static tree *without(printer *p, const tree *chain, size_t from, size_t count) {
    return count ? tree_chain(p, count, chain->child + from) : tree_number(p, RATIONAL(1));
}

static tree *strip_body(printer *p, tree *body) {
    if (tree_is_ones(body))
        return tree_number(p, RATIONAL(1));
    if (body->kind != TREE_CHAIN || body->shape != TREE_MATRIX)
        return body;
    const tree *last = body->child[body->count - 1];
    if (tree_is_ones(body->child[0]))
        return without(p, body, 1, body->count - 1);
    if (last->kind == TREE_TRANSPOSE && tree_is_ones(last->child[0]))
        return without(p, body, 0, body->count - 1);
    return body;
}

static tree *strip_term(printer *p, tree *t) {
    if (t->shape == TREE_SCALAR)
        return t;
    if (t->kind != TREE_PRODUCT)
        return strip_body(p, t);
    tree *body = strip_body(p, t->body);
    return body == t->body ? t : tree_product(p, t->number, t->count, t->child, t->power, body);
}

/* Without symbols, or a multiple of the identity. */
static bool is_plain(const tree *t) {
    return t->first == FIRST_NONE || (t->kind == TREE_PRODUCT && t->body && tree_is_call(t->body, "eye"));
}

static void strip_repeated(terms *list) {
    bool full = false, row = false, column = false, plain = false;
    tree **stripped = ARENA_NEW(list->printer->arena, tree *, list->count + 1);
    if (!stripped) {
        list->printer->failed = true;
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        tree *t = stripped[i] = strip_term(list->printer, list->at[i]);
        full = full || t->shape == list->shape;
        plain = plain || (list->shape == TREE_MATRIX && t->shape == list->shape && is_plain(t));
        row = row || (t->shape == TREE_ROW && list->shape == TREE_MATRIX);
        column = column || (t->shape == TREE_COLUMN && list->shape == TREE_MATRIX);
    }
    if (plain || (!full && !(row && column)))
        return; /* eye(n) - ones(n, n)/n stays */
    list->at = stripped;
}

/* ---- factoring ---- */

typedef struct choice {
    size_t i, j;
    tree *merged;
    int gain;
} choice;

static choice best_merge(const terms *list) {
    choice best = {.gain = -1};
    for (size_t i = 0; i < list->count; i++)
        for (size_t j = i + 1; j < list->count; j++) {
            int gain = -1;
            tree *merged = tree_merge(list->printer, list->at[i], list->at[j], list->count == 2, &gain);
            if (merged && gain > best.gain)
                best = (choice){i, j, merged, gain};
        }
    return best;
}

static void factor_terms(terms *list) {
    while (list->count > 1 && list->count <= MERGED_TERMS_MOST) {
        choice best = best_merge(list);
        if (best.gain < 0)
            return;
        list->at[best.i] = best.merged;
        list->at[best.j] = list->at[--list->count];
    }
}

static bool join_pair(terms *list, bool gap) {
    for (size_t i = 0; i < list->count; i++)
        for (size_t j = i + 1; j < list->count; j++) {
            tree *joined = pads_join(list->printer, list->at[i], list->at[j], gap);
            if (!joined)
                continue;
            list->at[i] = joined;
            list->at[j] = list->at[--list->count];
            return true;
        }
    return false;
}

static void join_pads(terms *list) {
    while (join_pair(list, false) || join_pair(list, true))
        continue;
}

tree *tree_sum(printer *p, tree_shape shape, size_t count, tree *const *children) {
    terms list = {.printer = p, .shape = shape};
    for (size_t i = 0; i < count; i++)
        collect(&list, children[i], false);
    merge_equal(&list);
    if (!list.count)
        return count ? tree_product(p, RATIONAL(0), 0, NULL, NULL, children[0]) : tree_number(p, RATIONAL(0));
    if (list.count == 1)
        return list.at[0];
    strip_repeated(&list);
    tree *stack = units_join(p, shape, list.count, list.at);
    if (stack)
        return stack;
    if (list.count <= MERGED_TERMS_MOST) {
        join_pads(&list);
        factor_terms(&list);
    }
    if (list.count == 1)
        return list.at[0];
    return tree_signed_sum(p, shape, list.count, list.at, NULL);
}

tree *tree_add(printer *p, tree *a, tree *b) {
    return tree_sum(p, a->shape == TREE_SCALAR ? b->shape : a->shape, 2, (tree *[]){a, b});
}
