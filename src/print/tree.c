/* Print trees are hash-consed: equal kind, words and operands give one pointer. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <string.h>

static uint64_t mix(uint64_t h, uint64_t x) {
    h = (h ^ x) * 0x9E3779B97F4A7C15u;
    return h ^ (h >> 29);
}

static uint64_t mix_text(uint64_t h, const char *s) {
    for (; *s; s++)
        h = mix(h, (unsigned char)*s);
    return h;
}

static uint64_t mix_rational(uint64_t h, rational c) {
    return mix(mix(h, (uint64_t)c.num), (uint64_t)c.den);
}

static uint64_t draft_hash(const tree *t) {
    uint64_t h = mix(mix(0x7072696E74u, (uint64_t)t->kind), (uint64_t)t->shape);
    h = mix_rational(mix_text(h, t->text), t->number);
    h = mix(h, t->node);
    for (size_t i = 0; i < t->count; i++) {
        h = mix(h, t->child[i]->hash);
        if (t->power)
            h = mix_rational(h, t->power[i]);
    }
    return t->body ? mix(h, t->body->hash) : h;
}

static bool same_draft(const tree *a, const tree *b) {
    if (a->hash != b->hash || a->kind != b->kind || a->shape != b->shape || a->count != b->count ||
        a->body != b->body || a->node != b->node || !rational_equal(a->number, b->number) ||
        strcmp(a->text, b->text) != 0)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        if (a->child[i] != b->child[i])
            return false;
        if (a->power && !rational_equal(a->power[i], b->power[i]))
            return false;
    }
    return true;
}

bool printer_start(printer *p, graph *g, arena *a, const print_options *options) {
    *p = (printer){.graph = g, .arena = a, .options = options};
    p->poison = (tree){.text = "?", .number = {0, 1}, .first = FIRST_NONE, .cost = 1, .depth = 1};
    p->poison.flip = &p->poison;
    p->bucket_count = 256;
    p->buckets = ARENA_NEW(a, tree *, p->bucket_count);
    p->flat = ARENA_NEW(a, einsum, 1);
    p->term = ARENA_NEW(a, einsum, 1);
    p->failed = !p->buckets || !p->flat || !p->term;
    return !p->failed;
}

static void grow_buckets(printer *p) {
    size_t size = 2 * p->bucket_count;
    tree **buckets = ARENA_NEW(p->arena, tree *, size);
    if (!buckets)
        return; /* longer chains, nothing lost */
    for (size_t i = 0; i < p->bucket_count; i++)
        while (p->buckets[i]) {
            tree *t = p->buckets[i];
            p->buckets[i] = t->next;
            t->next = buckets[t->hash & (size - 1)];
            buckets[t->hash & (size - 1)] = t;
        }
    p->buckets = buckets;
    p->bucket_count = size;
}

/* Copies the lists of the draft into the arena. */
static tree *store(printer *p, const tree *draft) {
    tree *t = ARENA_NEW(p->arena, tree, 1);
    tree **child = ARENA_NEW(p->arena, tree *, draft->count + 1);
    rational *power = draft->power ? ARENA_NEW(p->arena, rational, draft->count + 1) : NULL;
    if (!t || !child || (draft->power && !power))
        return NULL;
    *t = *draft;
    t->child = child;
    t->power = power;
    if (t->count)
        memcpy(child, draft->child, t->count * sizeof *child);
    if (power && t->count)
        memcpy(power, draft->power, t->count * sizeof *power);
    return t;
}

static int64_t whole_magnitude(rational c) {
    int64_t n = c.den ? c.num / c.den : 0; /* an exponent that outgrew 64 bits */
    return n < 0 ? -n : n ? n : 1;
}

/* Depth, earliest symbol and degree from the operands. */
static void summarise(tree *t) {
    for (size_t i = 0; i < t->count + (t->body ? 1 : 0); i++) {
        const tree *c = i < t->count ? t->child[i] : t->body;
        int64_t times = t->power && i < t->count && t->kind != TREE_SUM ? whole_magnitude(t->power[i]) : 1;
        bool multiplies = t->kind == TREE_PRODUCT || t->kind == TREE_CHAIN || t->kind == TREE_DOT;
        uint32_t degree = c->degree * (uint32_t)(times > 100 ? 100 : times);
        if (degree > 1000000)
            degree = 1000000;
        t->depth = c->depth > t->depth ? c->depth : t->depth;
        t->first = c->first < t->first ? c->first : t->first;
        t->degree = multiplies ? t->degree + degree : degree > t->degree ? degree : t->degree;
    }
    if (t->degree > 1000000)
        t->degree = 1000000;
    t->depth++;
}

tree *tree_intern(printer *p, const tree *draft) {
    tree key = *draft;
    if (!key.text)
        key.text = "";
    if (key.number.den == 0 && key.kind != TREE_PRODUCT)
        key.number = RATIONAL(0);
    if (key.kind == TREE_PRODUCT && key.number.den == 0)
        p->refused = true;
    key.hash = draft_hash(&key);
    tree **bucket = &p->buckets[key.hash & (p->bucket_count - 1)];
    for (tree *t = *bucket; t; t = t->next)
        if (same_draft(t, &key))
            return t;
    tree *t = store(p, &key);
    if (!t) {
        p->failed = true;
        return &p->poison;
    }
    t->order = (uint32_t)p->tree_count++;
    if (t->kind != TREE_NAME)
        t->first = FIRST_NONE;
    summarise(t);
    t->cost = tree_cost(t);
    t->next = *bucket;
    *bucket = t;
    if (p->tree_count > p->bucket_count)
        grow_buckets(p);
    return t;
}

const char *printer_text(printer *p, const char *s) {
    const char *copy = arena_copy_text(p->arena, s, strlen(s));
    if (!copy)
        p->failed = true;
    return copy ? copy : "";
}

tree *tree_name(printer *p, tree_shape shape, const char *spelt) {
    return tree_intern(p, &(tree){.kind = TREE_NAME, .shape = shape, .text = spelt, .first = FIRST_NONE});
}

/* The place of a symbol in the user's text; unknown ones come after, by their spelling. */
static uint32_t symbol_place(const printer *p, name n) {
    const print_options *o = p->options;
    for (size_t i = 0; i < o->symbol_count; i++)
        if (o->symbols[i] == n)
            return (uint32_t)i;
    uint32_t place = 0;
    const char *s = graph_name_text(p->graph, n);
    for (size_t i = 0; i < 3; i++)
        place = place * 256 + (*s ? (unsigned char)*s++ : 0);
    return (uint32_t)o->symbol_count + place;
}

tree *tree_symbol(printer *p, tree_shape shape, name n, uint32_t facts) {
    const uint32_t symmetric = FACT_SYMMETRIC | FACT_POSDEF | FACT_PSD | FACT_DIAGONAL | FACT_SYMTOEPLITZ;
    tree draft = {.kind = TREE_NAME, .shape = shape, .degree = 1};
    draft.text = graph_name_text(p->graph, n);
    draft.first = symbol_place(p, n);
    draft.symmetric = shape == TREE_MATRIX && (facts & symmetric) != 0;
    return tree_intern(p, &draft);
}

static void append_size_term(const printer *p, const dim_term *t, bool first, text *out) {
    uint64_t c = t->coefficient < 0 ? 0 - (uint64_t)t->coefficient : (uint64_t)t->coefficient;
    if (!first || t->coefficient < 0)
        text_append(out, first ? "-" : t->coefficient < 0 ? " - " : " + ");
    if (c != 1 || !t->count)
        text_format(out, "%llu%s", (unsigned long long)c, t->count ? "*" : "");
    for (uint32_t i = 0; i < t->count; i++) {
        text_append(out, i ? "*" : "");
        text_append(out, graph_name_text(p->graph, t->symbols[i]));
    }
}

/* What is subtracted comes last, and numbers after names: n - 1, n - k, never -k + n. */
void size_spell(const printer *p, dim d, text *out) {
    const dim_term *terms;
    size_t count = dim_terms(p->graph, d, &terms);
    bool first = true;
    for (int pass = 0; pass < 4; pass++)
        for (size_t i = 0; i < count; i++) {
            if ((terms[i].coefficient < 0) * 2 + (terms[i].count == 0) != pass)
                continue;
            append_size_term(p, &terms[i], first, out);
            first = false;
        }
    if (first)
        text_append(out, "0");
}

tree *tree_size(printer *p, dim d) {
    text t = text_new(graph_memory(p->graph));
    size_spell(p, d, &t);
    tree draft = {
        .kind = TREE_NAME, .text = printer_text(p, text_string(&t)), .first = FIRST_NONE, .node = d};
    tree *size = tree_intern(p, &draft);
    text_free(&t);
    return size;
}

tree *tree_call(printer *p, tree_shape shape, const char *function, size_t count, tree *const *arguments) {
    tree *copy[8];
    for (size_t i = 0; i < count && count <= 8; i++)
        copy[i] = arguments[i];
    return tree_intern(p, &(tree){.kind = TREE_CALL,
                                  .shape = shape,
                                  .text = function,
                                  .count = count,
                                  .child = count <= 8 ? copy : (tree **)(uintptr_t)arguments});
}

tree *tree_call1(printer *p, tree_shape shape, const char *function, tree *argument) {
    return tree_call(p, shape, function, 1, &argument);
}

tree *tree_call2(printer *p, tree_shape shape, const char *function, tree *a, tree *b) {
    return tree_call(p, shape, function, 2, (tree *[]){a, b});
}

tree *tree_entry(printer *p, tree_shape shape, tree *base, size_t count, tree *const *places) {
    tree *child[RANK_MOST + 1] = {base};
    for (size_t i = 0; i < count; i++)
        child[i + 1] = places[i];
    return tree_intern(p, &(tree){.kind = TREE_ENTRY, .shape = shape, .count = count + 1, .child = child});
}

tree *tree_compare(printer *p, tree_shape shape, const char *operator_text, tree *a, tree *b) {
    tree *child[] = {a, b};
    return tree_intern(
        p, &(tree){.kind = TREE_COMPARE, .shape = shape, .text = operator_text, .count = 2, .child = child});
}

tree *tree_wrap_transpose(printer *p, tree *t) {
    if (t->kind == TREE_TRANSPOSE)
        return t->child[0];
    return tree_intern(
        p, &(tree){.kind = TREE_TRANSPOSE, .shape = shape_flip(t->shape), .count = 1, .child = &t});
}

bool tree_is_call(const tree *t, const char *function) {
    return t->kind == TREE_CALL && strcmp(t->text, function) == 0;
}

bool tree_is_number(const tree *t, rational *value) {
    if (t->kind != TREE_PRODUCT || t->count || t->body)
        return false;
    if (value)
        *value = t->number;
    return true;
}

/* Names, then what has no brackets of its own accord, products last: 2*a*f(x)*x'*y. */
static int factor_class(const tree *t) {
    return t->kind == TREE_NAME ? 0 : t->kind == TREE_CHAIN ? 2 : tree_is_call(t, "eye") ? 3 : 1;
}

bool tree_before(const tree *a, const tree *b) {
    int class_a = factor_class(a), class_b = factor_class(b);
    if (class_a != class_b)
        return class_a < class_b;
    if (a->cost != b->cost)
        return a->cost < b->cost;
    if (a->first != b->first)
        return a->first < b->first;
    int words = strcmp(a->text, b->text);
    return words ? words < 0 : a->hash < b->hash;
}

tree_shape shape_of_rank(size_t rank) {
    return rank == 0 ? TREE_SCALAR : rank == 1 ? TREE_COLUMN : rank == 2 ? TREE_MATRIX : TREE_TENSOR;
}

tree_shape shape_flip(tree_shape s) {
    return s == TREE_COLUMN ? TREE_ROW : s == TREE_ROW ? TREE_COLUMN : s;
}
