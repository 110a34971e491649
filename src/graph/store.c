/* The store: equal records are one id; newest first in each hash chain, so that a release is a truncation. */
/* SPDX-License-Identifier: MIT */
#include "graph/graph_internal.h"

#include <stdio.h>
#include <string.h>

static const size_t nodes_most = (size_t)4 << 20;

uint64_t key_mix(uint64_t h, uint64_t x) {
    h ^= x + 0x9E3779B97F4A7C15u + (h << 6) + (h >> 2);
    h ^= h >> 30;
    h *= 0xBF58476D1CE4E5B9u;
    h ^= h >> 27;
    h *= 0x94D049BB133111EBu;
    return h ^ (h >> 31);
}

uint64_t key_text(const char *s, size_t length) {
    uint64_t h = key_mix(0x6772616475730001u, length);
    for (size_t i = 0; i < length; i++)
        h = key_mix(h, (unsigned char)s[i]);
    return h;
}

bool chains_grow(memory *m, chains *c, size_t count) {
    if (count < c->size)
        return true;
    size_t size = c->size ? 2 * c->size : 256;
    uint32_t *heads = memory_zeroed(m, size, sizeof *heads);
    if (!heads)
        return false;
    memory_free(m, c->heads, c->size * sizeof *heads);
    c->heads = heads;
    c->size = size;
    return true;
}

graph *graph_new(memory *m, diagnostics *d) {
    graph *g = memory_zeroed(m, 1, sizeof *g);
    if (!g)
        return NULL;
    g->memory = m;
    g->diagnostics = d;
    g->limits.nodes = nodes_most;
    g->strings = arena_new(m);
    bool ok = array_push(m, &g->nodes, (node){0}) && array_push(m, &g->next, 0u) &&
              array_push(m, &g->names, ((name_record){.text = ""})) &&
              array_push(m, &g->dims, (dim_record){0});
    if (!ok) {
        graph_free(g);
        return NULL;
    }
    return g;
}

static void chains_free(memory *m, chains *c) {
    memory_free(m, c->heads, c->size * sizeof *c->heads);
}

void graph_free(graph *g) {
    if (!g)
        return;
    memory *m = g->memory;
    graph_keep(g, NULL, NULL);
    array_free(m, &g->nodes);
    array_free(m, &g->next);
    array_free(m, &g->operands);
    array_free(m, &g->axes);
    array_free(m, &g->words);
    array_free(m, &g->names);
    array_free(m, &g->dims);
    array_free(m, &g->terms);
    array_free(m, &g->symbols);
    array_free(m, &g->term_view);
    chains_free(m, &g->node_chains);
    chains_free(m, &g->name_chains);
    chains_free(m, &g->dim_chains);
    arena_free(&g->strings);
    memory_free(m, g, sizeof *g);
}

void *graph_kept(const graph *g) {
    return g->kept;
}

void graph_keep(graph *g, void *content, void (*free)(void *content)) {
    if (g->kept && g->kept != content)
        g->free_kept(g->kept);
    g->kept = content;
    g->free_kept = free;
}

memory *graph_memory(const graph *g) {
    return g->memory;
}

diagnostics *graph_diagnostics(const graph *g) {
    return g->diagnostics;
}

void graph_limit(graph *g, graph_limits limits) {
    g->limits = limits;
}

bool graph_failed(const graph *g) {
    return g->failed || g->memory->failed;
}

ref graph_fail(graph *g, gradus_status status, const char *code, const char *message) {
    if (!g->failed)
        diagnose(g->diagnostics, status, code, "%s", message);
    g->failed = true;
    return 0;
}

ref graph_refuse_axes(graph *g) {
    char words[60];
    if (g->failed)
        return 0;
    (void)snprintf(words, sizeof words, "a tensor has more axes than the limit of %d", RANK_MOST);
    graph_fail(g, GRADUS_LIMIT, "E802", words);
    diagnose_help(g->diagnostics, "take a lower order, or a part with fewer axes");
    return 0;
}

void graph_recover(graph *g) {
    g->failed = false;
}

size_t graph_count(const graph *g) {
    return g->nodes.count - 1;
}

graph_mark graph_note(const graph *g) {
    return (graph_mark){g->nodes.count, g->operands.count, g->axes.count, g->words.count};
}

void graph_release(graph *g, graph_mark mark) {
    while (g->nodes.count > mark.nodes) {
        size_t id = --g->nodes.count;
        uint64_t key = g->nodes.at[id].key;
        g->node_chains.heads[key & (g->node_chains.size - 1)] = g->next.at[id];
    }
    g->next.count = mark.nodes;
    g->operands.count = mark.operands;
    g->axes.count = mark.axes;
    g->words.count = mark.words;
}

/* ---- names ---- */

uint64_t name_key(const graph *g, name n) {
    return g->names.at[n].key;
}

static bool rehash_names(graph *g) {
    size_t before = g->name_chains.size;
    if (!chains_grow(g->memory, &g->name_chains, g->names.count))
        return false;
    if (g->name_chains.size == before)
        return true;
    for (uint32_t i = 1; i < g->names.count; i++) {
        uint32_t *head = &g->name_chains.heads[g->names.at[i].key & (g->name_chains.size - 1)];
        g->names.at[i].next = *head;
        *head = i;
    }
    return true;
}

name graph_name_bytes(graph *g, const char *spelling, size_t length) {
    uint64_t key = key_text(spelling, length);
    if (!rehash_names(g))
        return 0;
    uint32_t *head = &g->name_chains.heads[key & (g->name_chains.size - 1)];
    for (uint32_t i = *head; i; i = g->names.at[i].next) {
        const name_record *r = &g->names.at[i];
        if (r->key == key && r->length == length && memcmp(r->text, spelling, length) == 0)
            return i;
    }
    char *copy = arena_copy_text(&g->strings, spelling, length);
    name_record record = {.text = copy, .length = length, .key = key, .next = *head};
    if (!copy || !array_push(g->memory, &g->names, record))
        return 0;
    return *head = (name)(g->names.count - 1);
}

name graph_name(graph *g, const char *spelling) {
    return graph_name_bytes(g, spelling, strlen(spelling));
}

const char *graph_name_text(const graph *g, name n) {
    return g->names.at[n].text;
}

/* ---- records ---- */

static uint64_t einsum_words_key(const graph *g, const int32_t *w, size_t count) {
    uint64_t h = 1;
    size_t labels = (size_t)w[4];
    for (size_t i = 0; i < count; i++) {
        bool is_dim = i >= EINSUM_HEADER && i < EINSUM_HEADER + labels;
        h = key_mix(h, is_dim ? dim_key(g, (dim)w[i]) : (uint64_t)(uint32_t)w[i]);
    }
    return h;
}

static uint64_t draft_key(const graph *g, const node_draft *d) {
    uint64_t h = key_mix(key_mix(0, (uint64_t)d->op), d->rank);
    for (size_t i = 0; i < d->rank; i++)
        h = key_mix(h, dim_key(g, d->axes[i]));
    for (size_t i = 0; i < d->operand_count; i++)
        h = key_mix(h, g->nodes.at[d->operands[i]].key);
    if (d->op == OP_EINSUM)
        return key_mix(h, einsum_words_key(g, d->words, d->word_count));
    size_t plain = 0;
    if (d->op == OP_SYMBOL)
        h = key_mix(h, name_key(g, (name)d->words[plain++]));
    else if (d->op == OP_SIZE || d->op == OP_UNIT || d->op == OP_SHIFT)
        h = key_mix(h, dim_key(g, (dim)d->words[plain++]));
    for (; plain < d->word_count; plain++)
        h = key_mix(h, (uint64_t)(uint32_t)d->words[plain]);
    return h;
}

/* An empty list may have no place at all. */
static bool same_list(const void *pool, size_t first, const void *list, size_t count, size_t size) {
    return count == 0 || memcmp((const char *)pool + first * size, list, count * size) == 0;
}

static bool same_record(const graph *g, const node *n, uint64_t key, const node_draft *d) {
    return n->key == key && n->op == d->op && n->rank == d->rank && n->operand_count == d->operand_count &&
           n->word_count == d->word_count &&
           same_list(g->operands.at, n->operands, d->operands, d->operand_count, sizeof(ref)) &&
           same_list(g->axes.at, n->axes, d->axes, d->rank, sizeof(dim)) &&
           same_list(g->words.at, n->words, d->words, d->word_count, sizeof(int32_t));
}

static bool rehash_nodes(graph *g) {
    size_t before = g->node_chains.size;
    if (!chains_grow(g->memory, &g->node_chains, g->nodes.count))
        return false;
    if (g->node_chains.size == before)
        return true;
    for (uint32_t i = 1; i < g->nodes.count; i++) {
        uint32_t *head = &g->node_chains.heads[g->nodes.at[i].key & (g->node_chains.size - 1)];
        g->next.at[i] = *head;
        *head = i;
    }
    return true;
}

/* The source may lie in the pool itself, which may move. */
#define POOL_PUSH(g, pool, source, n)                                                                        \
    do {                                                                                                     \
        uintptr_t from = (uintptr_t)(source), begin = (uintptr_t)(pool)->at;                                 \
        size_t inside = begin && from >= begin && from < begin + (pool)->count * sizeof *(pool)->at          \
                            ? (size_t)(from - begin) / sizeof *(pool)->at                                    \
                            : SIZE_MAX;                                                                      \
        if ((n) && !array_reserve((g)->memory, (pool), (n)))                                                 \
            return 0;                                                                                        \
        if (n)                                                                                               \
            memmove((pool)->at + (pool)->count, inside != SIZE_MAX ? (pool)->at + inside : (source),         \
                    (n) * sizeof *(pool)->at);                                                               \
        (pool)->count += (n);                                                                                \
    } while (0)

static ref refuse_nodes(graph *g) {
    char words[100];
    if (g->failed)
        return 0;
    (void)snprintf(words, sizeof words, "the expression needs more nodes than the limit of %zu",
                   g->limits.nodes);
    graph_fail(g, GRADUS_LIMIT, "E801", words);
    diagnose_help(g->diagnostics, "take a lower order or a part of it; gradus_context_limit sets the limit");
    return 0;
}

static ref append_record(graph *g, const node_draft *d, uint64_t key) {
    if (g->nodes.count > g->limits.nodes)
        return refuse_nodes(g);
    if (!array_reserve(g->memory, &g->nodes, 1) || !array_reserve(g->memory, &g->next, 1))
        return 0;
    node n = {.key = key,
              .op = (uint16_t)d->op,
              .rank = (uint8_t)d->rank,
              .operand_count = (uint32_t)d->operand_count,
              .word_count = (uint32_t)d->word_count,
              .operands = (uint32_t)g->operands.count,
              .axes = (uint32_t)g->axes.count,
              .words = (uint32_t)g->words.count};
    POOL_PUSH(g, &g->operands, d->operands, d->operand_count);
    POOL_PUSH(g, &g->axes, d->axes, d->rank);
    POOL_PUSH(g, &g->words, d->words, d->word_count);
    uint32_t *head = &g->node_chains.heads[key & (g->node_chains.size - 1)];
    g->nodes.at[g->nodes.count++] = n;
    g->next.at[g->next.count++] = *head;
    return *head = (ref)(g->nodes.count - 1);
}

ref graph_intern(graph *g, const node_draft *d) {
    for (size_t i = 0; i < d->operand_count; i++)
        if (d->operands[i] == 0)
            return 0;
    for (size_t i = 0; i < d->rank; i++)
        if (d->axes[i] == 0)
            return 0;
    if (d->rank > RANK_MOST)
        return graph_refuse_axes(g);
    uint64_t key = draft_key(g, d);
    if (!rehash_nodes(g))
        return 0;
    for (uint32_t i = g->node_chains.heads[key & (g->node_chains.size - 1)]; i; i = g->next.at[i])
        if (same_record(g, &g->nodes.at[i], key, d))
            return i;
    return append_record(g, d, key);
}
