/* The names of the steps: product, broadcast, sum of squares, relu; read off the nodes on the way. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "explain/explain.h"

/* ---- the operator table's share ---- */

typedef struct op_words {
    const char *name, *source;
} op_words;

static op_words words_of(op o) {
    static const op_words table[OP_COUNT] = {
#define NAME(spelling)           .name = spelling,
#define SOURCE(line)             .source = line,
#define ELEMENTWISE(id, columns) [OP_##id] = {columns},
#define REDUCTION(id, columns)   [OP_##id] = {columns},
#define AXISMAP(id, columns)     [OP_##id] = {columns},
#define LINALG(id, columns)      [OP_##id] = {columns},
#include "graph/ops_rows.h"
    };
    op_words w = table[o];
    w.source = w.source ? w.source : "";
    return w;
}

/* ---- einsums ---- */

/* What an einsum does to one of its factors. */
typedef struct view {
    einsum e;
    size_t f;        /* the factor */
    size_t others;   /* further factors with axes */
    size_t scalars;  /* further factors without, numbers and sizes apart */
    bool summed;     /* some label of the factor is not in the output */
    bool shared_sum; /* one of these is another factor's, too */
    bool spread;     /* the output has labels that no factor has */
    bool entrywise;  /* all labels of the other factors are its own */
    bool repeated_in, repeated_out;
    int own_slot, other_slot; /* first slots of the output with a label of the factor, of the others; -1 */
} view;

static bool factor_has(const view *v, size_t f, label l) {
    for (size_t k = 0; k < v->e.factors[f].rank; k++) {
        const label *own;
        size_t n = einsum_slot_labels(&v->e, f, k, &own);
        for (size_t i = 0; i < n; i++)
            if (own[i] == l)
                return true;
    }
    return false;
}

static int slot_with(const view *v, size_t f) {
    for (size_t k = 0; k < v->e.out_rank; k++) {
        const label *l;
        size_t n = einsum_slot_labels(&v->e, v->e.factor_count, k, &l);
        for (size_t i = 0; i < n; i++)
            if (factor_has(v, f, l[i]))
                return (int)k;
    }
    return -1;
}

static size_t times_in(const view *v, size_t f, size_t rank, label l) {
    size_t count = 0;
    for (size_t k = 0; k < rank; k++) {
        const label *own;
        size_t n = einsum_slot_labels(&v->e, f, k, &own);
        for (size_t i = 0; i < n; i++)
            count += own[i] == l;
    }
    return count;
}

static void look_at_label(view *v, label l) {
    const einsum *e = &v->e;
    size_t own = times_in(v, v->f, e->factors[v->f].rank, l);
    size_t out = times_in(v, e->factor_count, e->out_rank, l);
    size_t other = 0;
    for (size_t f = 0; f < e->factor_count; f++)
        other += f != v->f ? times_in(v, f, e->factors[f].rank, l) : 0;
    v->repeated_in |= own > 1;
    v->repeated_out |= out > 1;
    v->summed |= own && !out;
    v->shared_sum |= own && other && !out;
    v->spread |= out && !own && !other;
    v->entrywise &= !other || own;
}

static void look(view *v, const graph *g, ref r, size_t f) {
    *v = (view){.f = f, .entrywise = true, .own_slot = -1, .other_slot = -1};
    einsum_read(g, r, &v->e);
    for (size_t l = 0; l < v->e.label_count; l++)
        look_at_label(v, (label)l);
    for (size_t k = 0; k < v->e.factor_count; k++) {
        op o = node_op(g, v->e.factors[k].node);
        v->scalars += k != f && v->e.factors[k].rank == 0 && o != OP_SIZE && o != OP_REAL && o != OP_PI;
    }
    v->own_slot = slot_with(v, f);
    for (size_t k = 0; k < v->e.factor_count; k++)
        if (k != f && v->e.factors[k].rank) {
            int slot = slot_with(v, k);
            v->others++;
            if (slot >= 0 && (v->other_slot < 0 || slot < v->other_slot))
                v->other_slot = slot;
        }
}

static const char *power_words(const view *v) {
    const einsum_factor *x = &v->e.factors[v->f];
    bool square = x->num == 2 && x->den == 1;
    if (square && v->e.out_rank == 0 && x->rank && v->others == 0)
        return v->e.coefficient.num == 1 && v->e.coefficient.den == 2 ? "half the sum of squares"
                                                                      : "sum of squares";
    return square                       ? "square"
           : x->num == 1 && x->den == 2 ? "square root"
           : x->num < 0                 ? "reciprocal power"
                                        : "power";
}

static const char *product_words(const view *v) {
    if (v->e.factors[v->f].rank == 0)
        return "product, scalar factor";
    if (v->e.out_rank == 0 && v->shared_sum)
        return "inner product";
    if (v->shared_sum) {
        bool first = v->own_slot >= 0 && (v->other_slot < 0 || v->own_slot < v->other_slot);
        return first ? "product, first factor" : "product, second factor";
    }
    return v->entrywise ? "entrywise product" : v->summed ? "sum of a product" : "outer product";
}

static bool turns(const view *v) {
    const einsum_factor *x = &v->e.factors[v->f];
    for (size_t k = 0; k < x->rank && k < v->e.out_rank; k++) {
        label a, b;
        if (einsum_slot_single(&v->e, v->f, k, &a) && einsum_slot_single(&v->e, v->e.factor_count, k, &b) &&
            a != b)
            return true;
    }
    return false;
}

static const char *wrapper_words(const view *v) {
    const einsum_factor *x = &v->e.factors[v->f];
    if (v->repeated_in)
        return v->e.out_rank ? "diagonal" : "trace";
    if (v->repeated_out)
        return "diagonal matrix";
    if (v->spread)
        return x->rank == 0       ? "repeated, summed back"
               : v->own_slot == 0 ? "broadcast over columns, summed back"
                                  : "broadcast over rows, summed back";
    if (v->summed)
        return v->e.out_rank == 0                 ? "sum, spread back"
               : v->own_slot == 0 && x->rank == 2 ? "sum along the axis, spread back"
                                                  : "sum over an axis, spread back";
    return turns(v) ? "transpose" : "";
}

static const char *einsum_words(const graph *g, ref r, size_t f, const char **source) {
    view v;
    look(&v, g, r, f);
    *source = "";
    if (v.e.factors[f].num != 1 || v.e.factors[f].den != 1)
        return power_words(&v);
    if (v.others == 0) {
        const char *w = wrapper_words(&v);
        if (!w[0] && v.scalars)
            w = "product";
        *source = strcmp(w, "trace") == 0       ? "The Matrix Cookbook, eq. 36"
                  : strcmp(w, "transpose") == 0 ? "The Matrix Cookbook, eq. 44"
                                                : "";
        return w;
    }
    const char *w = product_words(&v);
    *source = strncmp(w, "product", 7) == 0         ? "The Matrix Cookbook, eq. 37"
              : strcmp(w, "entrywise product") == 0 ? "The Matrix Cookbook, eq. 38"
                                                    : "";
    return w;
}

/* The step from operand k of r to r; "" where it is not worth a word. */
static const char *step_words(const graph *g, ref r, size_t k, const char **source) {
    op o = node_op(g, r);
    *source = "";
    if (o == OP_SUM)
        return "";
    if (o == OP_WHERE)
        return "choice by a condition";
    if (o == OP_EINSUM)
        return einsum_words(g, r, k, source);
    *source = words_of(o).source;
    return words_of(o).name ? words_of(o).name : "";
}

/* ---- the way from a symbol to the root ---- */

typedef struct way {
    text words;
    const char *source;
    size_t said;
} way;

enum { SAID_MOST = 3 };

static void say(way *w, const char *words, const char *source) {
    if (!words[0] || w->said == SAID_MOST || strstr(text_string(&w->words), words))
        return;
    text_append(&w->words, w->said ? ", " : "");
    text_append(&w->words, words);
    w->said++;
    if (!w->source[0])
        w->source = source;
}

static const char *finish(story *s, way *w, const char *otherwise, const char **source) {
    const char *kept = context_text(s->context, w->said ? text_string(&w->words) : otherwise);
    *source = w->source;
    text_free(&w->words);
    return kept ? kept : "";
}

/* The users of r below root, as often as they use it. */
static size_t users_of(story *s, ref root, ref r, ref *user, size_t *operand) {
    size_t count, found = 0;
    const ref *nodes = graph_reach(s->graph, &s->arena, 1, &root, &count);
    for (size_t i = 0; nodes && i < count; i++)
        for (size_t k = 0; k < node_operand_count(s->graph, nodes[i]); k++)
            if (node_operand(s->graph, nodes[i], k) == r) {
                *user = nodes[i];
                *operand = k;
                found++;
            }
    return found;
}

/* One half of something. */
static bool halves(const graph *g, ref r) {
    if (node_op(g, r) != OP_EINSUM)
        return false;
    rational c = einsum_coefficient(g, r);
    return c.num == 1 && c.den == 2;
}

void rule_of(story *s, ref root, ref from, const char **rule, const char **source) {
    way w = {.words = text_new(s->arena.memory), .source = ""};
    ref r = from, user = 0;
    size_t operand = 0;
    while (r != root) {
        const char *where;
        size_t uses = users_of(s, root, r, &user, &operand);
        if (uses > 1)
            say(&w, "used several times, the contributions add up", "");
        if (uses != 1)
            break;
        const char *words = step_words(s->graph, user, operand, &where);
        if (halves(s->graph, user) && strcmp(text_string(&w.words), "sum of squares") == 0) {
            text_clear(&w.words);
            text_append(&w.words, "half the sum of squares");
        }
        say(&w, words, where);
        r = user;
    }
    *rule = finish(s, &w, from == root ? "itself" : "linear", source);
}

/* By id up to root: whether a node depends on what is differentiated by. */
static const bool *find_dependent(story *s, ref root, size_t count, const ref *nodes) {
    bool *depends = ARENA_NEW(&s->arena, bool, (size_t)root + 1);
    for (size_t i = 0; depends && nodes && i < count; i++) {
        ref r = nodes[i];
        for (size_t k = 0; k < s->asked_count; k++)
            depends[r] |= s->asked[k].symbol == r;
        for (size_t k = 0; k < s->count; k++)
            depends[r] |= s->list[k].symbol == r && s->list[k].dependent;
        for (size_t k = 0; k < node_operand_count(s->graph, r); k++)
            depends[r] |= depends[node_operand(s->graph, r, k)];
    }
    return depends;
}

/* The step without "first factor", "summed back". */
static void say_shortly(story *s, way *w, ref r, size_t k) {
    const char *where, *words = step_words(s->graph, r, k, &where), *comma = strchr(words, ',');
    text t = text_new(s->arena.memory);
    text_append_bytes(&t, words, comma ? (size_t)(comma - words) : strlen(words));
    say(w, text_string(&t), where);
    text_free(&t);
}

void rule_of_differential(story *s, ref root, const char **rule, const char **source) {
    way w = {.words = text_new(s->arena.memory), .source = ""};
    size_t count;
    const ref *nodes = graph_reach(s->graph, &s->arena, 1, &root, &count);
    const bool *depends = find_dependent(s, root, count, nodes);
    for (size_t i = count; nodes && depends && i-- > 0;)
        for (size_t k = 0; k < node_operand_count(s->graph, nodes[i]); k++)
            if (depends[node_operand(s->graph, nodes[i], k)])
                say_shortly(s, &w, nodes[i], k);
    *rule = finish(s, &w, "sum of linear terms", source);
}
