/* What names mean: variables, sizes, named values, found by their interned name. */
/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "lang/lang_internal.h"

scope *scope_new(graph *g) {
    memory *m = graph_memory(g);
    scope *s = memory_zeroed(m, 1, sizeof *s);
    if (s)
        *s = (scope){.graph = g, .memory = m, .arena = arena_new(m)};
    return s;
}

void scope_clear(scope *s) {
    array_free(s->memory, &s->entries);
    array_free(s->memory, &s->by_name);
    array_free(s->memory, &s->symbols);
    array_free(s->memory, &s->functions);
    arena_free(&s->arena);
}

void scope_free(scope *s) {
    if (!s)
        return;
    scope_clear(s);
    memory_free(s->memory, s, sizeof *s);
}

/* A handful of names is found by looking at each; the table by name is made when there are more. */
enum { FEW = 8 };

static bool index_entry(scope *s, size_t i) {
    name n = s->entries.at[i].name;
    if (n >= s->by_name.count) {
        size_t more = n + 1 - s->by_name.count;
        if (!array_reserve(s->memory, &s->by_name, more))
            return false;
        memset(s->by_name.at + s->by_name.count, 0, more * sizeof *s->by_name.at);
        s->by_name.count = n + 1;
    }
    s->by_name.at[n] = (uint32_t)i + 1;
    return true;
}

entry *scope_entry(scope *s, name n) {
    if (s->entries.count > FEW) {
        uint32_t i = n < s->by_name.count ? s->by_name.at[n] : 0;
        return i ? &s->entries.at[i - 1] : NULL;
    }
    for (size_t i = 0; i < s->entries.count; i++)
        if (s->entries.at[i].name == n)
            return &s->entries.at[i];
    return NULL;
}

entry *scope_add(scope *s, name n, entry_kind kind) {
    entry e = {.name = n, .kind = (uint8_t)kind};
    if (!n || !array_push(s->memory, &s->entries, e))
        return NULL;
    size_t count = s->entries.count, first = count == FEW + 1 ? 0 : count - 1;
    for (size_t i = first; count > FEW && i < count; i++)
        if (!index_entry(s, i)) {
            s->entries.count--;
            return NULL;
        }
    return &s->entries.at[count - 1];
}

entry *scope_add_size(scope *s, name n) {
    return scope_add(s, n, ENTRY_SIZE);
}

void scope_shorten(scope *s, size_t count) {
    s->first_open = s->first_open < count ? s->first_open : count;
    while (s->entries.count > count) {
        name n = s->entries.at[--s->entries.count].name;
        if (n < s->by_name.count)
            s->by_name.at[n] = 0;
    }
}

/* ---- what others see ---- */

static bool is_variable(const entry *e) {
    return e->kind == ENTRY_SYMBOL;
}

static int compare_order(const void *a, const void *b) {
    const entry *const *x = a, *const *y = b;
    uint32_t i = (*x)->order ? (*x)->order : UINT32_MAX, j = (*y)->order ? (*y)->order : UINT32_MAX;
    if (i != j)
        return i < j ? -1 : 1;
    return *x < *y ? -1 : *x > *y;
}

bool scope_refresh(scope *s) {
    size_t count = 0, n = s->entries.count;
    const entry **order = memory_zeroed(s->memory, n ? n : 1, sizeof *order);
    if (!order)
        return false;
    for (size_t i = 0; i < n; i++)
        if (is_variable(&s->entries.at[i]))
            order[count++] = &s->entries.at[i];
    qsort(order, count, sizeof *order, compare_order);
    s->symbols.count = 0;
    bool ok = array_reserve(s->memory, &s->symbols, count);
    for (size_t i = 0; ok && i < count; i++)
        s->symbols.at[s->symbols.count++] = (scope_symbol){
            order[i]->name, order[i]->value.node, order[i]->value.shape, order[i]->declared, order[i]->used};
    memory_free(s->memory, order, (n ? n : 1) * sizeof *order);
    return ok;
}

size_t scope_symbols(const scope *s, const scope_symbol **symbols) {
    *symbols = s->symbols.at;
    return s->symbols.count;
}

const scope_symbol *scope_find(const scope *s, const char *name_text, size_t length) {
    for (size_t i = 0; i < s->symbols.count; i++) {
        const char *t = graph_name_text(s->graph, s->symbols.at[i].name);
        if (strlen(t) == length && memcmp(t, name_text, length) == 0)
            return &s->symbols.at[i];
    }
    return NULL;
}

bool scope_is_size(const scope *s, const char *name_text) {
    for (size_t i = 0; i < s->entries.count; i++)
        if (s->entries.at[i].kind == ENTRY_SIZE &&
            strcmp(graph_name_text(s->graph, s->entries.at[i].name), name_text) == 0)
            return true;
    return false;
}

/* ---- did you mean ---- */

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_but_for_case(const char *a, const char *b) {
    while (*a && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return *a == *b;
}

/* The wrong case is nearer than any wrong letter. */
void nearest_offer(nearest *n, const char *candidate) {
    size_t length = strlen(n->word);
    unsigned most = length <= 2 ? 0 : length <= 5 ? 1 : 2;
    if (n->found && n->distance == 0)
        return;
    unsigned distance = same_but_for_case(n->word, candidate) ? 0 : word_distance(n->word, candidate, most);
    if (distance <= most && (!n->found || distance < n->distance)) {
        n->found = candidate;
        n->distance = distance;
    }
}

const char *scope_suggest(const scope *s, const char *word) {
    nearest n = {.word = word};
    for (size_t i = 0; i < s->entries.count; i++)
        if (s->entries.at[i].kind != ENTRY_BROKEN)
            nearest_offer(&n, graph_name_text(s->graph, s->entries.at[i].name));
    return n.found;
}
