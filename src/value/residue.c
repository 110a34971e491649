/* Residues of nodes, memoised per sample; what is asked of them: fingerprints, equality, ratios. */
/* SPDX-License-Identifier: MIT */
#include "value/residue.h"

#include <string.h>

#include "value/residue_internal.h"
#include "value/sample.h"

enum { SIZE_LEAST = 4, SIZE_SPAN = 12 };

static bool sample_open(residues *r, size_t i, uint64_t seed) {
    residue_sample *s = &r->samples[i];
    s->field = field_number((unsigned)i);
    s->secret = oracle_mix(oracle_mix(seed, 0x72657369), i);
    s->sizes = environment_new(r->memory);
    return s->sizes != NULL;
}

/* Sizes for all that the graph holds now; later symbols are given theirs when they are met. */
static bool choose_sizes(residues *r) {
    size_t count = graph_count(r->graph);
    ref *all = memory_zeroed(r->memory, count + 1, sizeof *all);
    if (!all)
        return false;
    for (size_t i = 0; i < count; i++)
        all[i] = (ref)(i + 1);
    for (size_t i = 0; i < r->count; i++) {
        random_stream random = {r->samples[i].secret, 0, 0};
        /* Where no sizes suit all nodes, those that they do not suit stay undefined. */
        (void)sample_sizes(r->graph, r->memory, &random, SIZE_LEAST, SIZE_SPAN, count, all,
                           r->samples[i].sizes);
    }
    memory_free(r->memory, all, (count + 1) * sizeof *all);
    return !r->memory->failed;
}

residues *residues_new(const graph *g, uint64_t seed, size_t count) {
    memory *m = graph_memory(g);
    residues *r = memory_zeroed(m, 1, sizeof *r);
    if (!r)
        return NULL;
    *r = (residues){.graph = g, .memory = m};
    r->samples = memory_zeroed(m, count, sizeof *r->samples);
    r->count = r->samples ? count : 0;
    bool ok = r->samples != NULL;
    for (size_t i = 0; ok && i < count; i++)
        ok = sample_open(r, i, seed);
    if (!ok || !choose_sizes(r)) {
        residues_free(r);
        return NULL;
    }
    return r;
}

static void memo_clear(residues *r, memo *m) {
    memory_free(r->memory, m->values, (m->count + 1) * sizeof *m->values);
    *m = (memo){.values = NULL};
}

static void forget_from(residues *r, size_t first) {
    for (size_t i = 0; i < r->count; i++) {
        residue_sample *s = &r->samples[i];
        for (; s->memos.count > first; s->memos.count--)
            memo_clear(r, &s->memos.at[s->memos.count - 1]);
    }
}

void residue_forget(residues *r, graph_mark mark) {
    forget_from(r, mark.nodes);
}

void residues_free(residues *r) {
    if (!r)
        return;
    memory *m = r->memory;
    forget_from(r, 0);
    for (size_t i = 0; i < r->count; i++) {
        environment_free(r->samples[i].sizes);
        array_free(m, &r->samples[i].memos);
    }
    memory_free(m, r->samples, (r->count ? r->count : 1) * sizeof *r->samples);
    array_free(m, &r->stack);
    memory_free(m, r, sizeof *r);
}

uint64_t residue_prime(const residues *r, size_t s) {
    return r->samples[s].field.prime;
}

/* ---- sizes of symbols that were not there at the beginning ---- */

typedef struct size_finder {
    residue_sample *sample;
    bool failed;
} size_finder;

static void give_size(void *user, name symbol) {
    size_finder *f = user;
    int64_t n;
    if (environment_size(f->sample->sizes, symbol, &n))
        return;
    n = SIZE_LEAST + (int64_t)(oracle_mix(f->sample->secret, symbol) % SIZE_SPAN);
    f->failed |= !environment_set_size(f->sample->sizes, symbol, n);
}

static bool give_sizes(const residues *r, residue_sample *s, ref n) {
    size_finder f = {s, false};
    op o = node_op(r->graph, n);
    for (size_t k = 0; k < node_rank(r->graph, n); k++)
        dim_visit(r->graph, node_axis(r->graph, n, k), give_size, &f);
    if (o == OP_SIZE || o == OP_UNIT || o == OP_SHIFT)
        dim_visit(r->graph, node_word_dim(r->graph, n, 0), give_size, &f);
    return !f.failed;
}

/* ---- one node ---- */

static bool operands_known(const residues *r, const residue_sample *s, ref n) {
    for (size_t k = 0; k < node_operand_count(r->graph, n); k++)
        if (s->memos.at[node_operand(r->graph, n, k)].state != MEMO_KNOWN)
            return false;
    return true;
}

/* Fills m->values; false leaves the node undefined. */
static bool compute(residues *r, residue_sample *s, ref n, memo *m) {
    arena scratch = arena_new(r->memory);
    residue_task t = {.graph = r->graph,
                      .sample = s,
                      .field = &s->field,
                      .scratch = &scratch,
                      .node = n,
                      .op = node_op(r->graph, n)};
    size_t rank = node_rank(r->graph, n);
    if (!operands_known(r, s, n) || !give_sizes(r, s, n) || !sample_size_fits(r->graph, s->sizes, n))
        return false;
    if (!value_count(r->graph, s->sizes, n, &t.count) || t.count > RESIDUE_ENTRIES_MOST)
        return false;
    t.columns = 1;
    if (rank && !value_size(r->graph, s->sizes, node_axis(r->graph, n, rank - 1), &t.columns))
        return false;
    t.values = memory_zeroed(r->memory, t.count + 1, sizeof *t.values);
    bool ok = t.values && residue_compute(&t);
    arena_free(&scratch);
    m->values = t.values;
    m->count = t.count;
    if (!ok && t.values)
        memo_clear(r, m);
    return ok;
}

static bool memos_reach(residues *r, residue_sample *s, ref n) {
    while (s->memos.count <= n)
        if (!array_push(r->memory, &s->memos, (memo){.values = NULL}))
            return false;
    return true;
}

/* Pushes the operands of n that are not known yet; true when there is none. */
static bool push_missing(residues *r, const residue_sample *s, ref n, bool *failed) {
    bool none = true;
    for (size_t k = 0; k < node_operand_count(r->graph, n); k++) {
        ref x = node_operand(r->graph, n, k);
        if (s->memos.at[x].state != MEMO_UNKNOWN)
            continue;
        none = false;
        *failed |= !array_push(r->memory, &r->stack, x);
    }
    return none;
}

static bool evaluate(residues *r, residue_sample *s, ref n) {
    bool failed = !memos_reach(r, s, n) || !array_push(r->memory, &r->stack, n);
    while (r->stack.count && !failed) {
        ref top = r->stack.at[r->stack.count - 1];
        memo *m = &s->memos.at[top];
        if (m->state == MEMO_UNKNOWN && !push_missing(r, s, top, &failed))
            continue;
        r->stack.count--;
        if (m->state == MEMO_UNKNOWN)
            m->state = compute(r, s, top, m) ? MEMO_KNOWN : MEMO_UNDEFINED;
        if (r->memory->failed) {
            m->state = m->state == MEMO_KNOWN ? MEMO_KNOWN : MEMO_UNKNOWN;
            failed = true;
        }
    }
    r->stack.count = 0;
    return !failed;
}

const uint64_t *residue_values(residues *r, size_t s, ref n, size_t *count) {
    residue_sample *sample = &r->samples[s];
    if (n == 0 || s >= r->count)
        return NULL;
    bool known = n < sample->memos.count && sample->memos.at[n].state != MEMO_UNKNOWN;
    if (!known && !evaluate(r, sample, n))
        return NULL;
    const memo *m = &sample->memos.at[n];
    *count = m->count;
    return m->state == MEMO_KNOWN ? m->values : NULL;
}

/* ---- questions ---- */

uint64_t residue_fingerprint(residues *r, ref n) {
    uint64_t h = oracle_mix(1, node_rank(r->graph, n));
    for (size_t k = 0; k < node_rank(r->graph, n); k++)
        h = oracle_mix(h, node_axis(r->graph, n, k));
    for (size_t s = 0; s < r->count; s++) {
        size_t count;
        const uint64_t *x = residue_values(r, s, n, &count);
        if (!x)
            return 0;
        for (size_t i = 0; i < count; i++)
            h = oracle_mix(h, x[i]);
    }
    return h ? h : 1;
}

bool residue_equal(residues *r, ref a, ref b) {
    if (a == b)
        return a != 0;
    if (!a || !b || !node_same_axes(r->graph, a, b))
        return false;
    for (size_t s = 0; s < r->count; s++) {
        size_t count;
        const uint64_t *x = residue_values(r, s, a, &count), *y = residue_values(r, s, b, &count);
        if (!x || !y || memcmp(x, y, count * sizeof *x) != 0)
            return false;
    }
    return r->count > 0;
}

bool residue_is_zero(residues *r, ref a) {
    for (size_t s = 0; s < r->count; s++) {
        size_t count;
        const uint64_t *x = residue_values(r, s, a, &count);
        if (!x)
            return false;
        for (size_t i = 0; i < count; i++)
            if (x[i])
                return false;
    }
    return r->count > 0 && a != 0;
}

/* c from the first entry of b that is not 0. */
static bool guess_ratio(const field *f, const uint64_t *a, const uint64_t *b, size_t count, rational *c) {
    size_t i = 0;
    while (i < count && b[i] == 0)
        i++;
    return i < count && field_reconstruct(f, field_multiply(f, a[i], field_inverse(f, b[i])), c);
}

static bool has_ratio(const field *f, const uint64_t *a, const uint64_t *b, size_t count, rational c) {
    uint64_t factor;
    if (!field_rational(f, c, &factor))
        return false;
    for (size_t i = 0; i < count; i++)
        if (a[i] != field_multiply(f, factor, b[i]))
            return false;
    return true;
}

bool residue_ratio(residues *r, ref a, ref b, rational *c) {
    if (!a || !b || !node_same_axes(r->graph, a, b))
        return false;
    for (size_t s = 0; s < r->count; s++) {
        size_t count;
        const field *f = &r->samples[s].field;
        const uint64_t *x = residue_values(r, s, a, &count), *y = residue_values(r, s, b, &count);
        if (!x || !y || (s == 0 && !guess_ratio(f, x, y, count, c)) || !has_ratio(f, x, y, count, *c))
            return false;
    }
    return r->count > 0;
}

bool residue_is_symmetric(residues *r, ref a) {
    if (!a || node_rank(r->graph, a) != 2 || node_axis(r->graph, a, 0) != node_axis(r->graph, a, 1))
        return false;
    for (size_t s = 0; s < r->count; s++) {
        size_t count, n;
        const uint64_t *x = residue_values(r, s, a, &count);
        if (!x || !value_size(r->graph, r->samples[s].sizes, node_axis(r->graph, a, 0), &n))
            return false;
        for (size_t i = 0; i < count; i++)
            if (x[i] != x[i % n * n + i / n])
                return false;
    }
    return r->count > 0;
}
