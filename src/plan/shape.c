/* The final form of loops: their order, joined where memory allows, cut in tiles, each value given its place.
 */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

#include <string.h>

typedef struct shaping {
    lowering *lowering;
    uint32_t loops;
    size_t sizes[LOOPS_MOST];
    uint32_t access_count;
    loop_access *accesses[LOOP_VALUES_MOST + LOOP_STORES_MOST];
    loop_value *values;
    loop_store *stores;
    uint32_t value_count, store_count;
} shaping;

/* ---- order ---- */

static double access_entries(const shaping *s, const loop_access *a) {
    double entries = 1;
    for (uint32_t k = 0; k < s->loops; k++)
        entries *= a->strides[k] ? (double)s->sizes[k] : 1;
    return entries;
}

/* What decides the order: the store, for a sum the largest operand. */
static const loop_access *leading_access(const shaping *s) {
    const loop_access *best = &s->stores[0].access;
    for (uint32_t k = 1; k < s->store_count; k++)
        if (access_entries(s, &s->stores[k].access) > access_entries(s, best))
            best = &s->stores[k].access;
    for (uint32_t k = 0; k < s->value_count; k++)
        if (s->values[k].code == CODE_LOAD &&
            access_entries(s, &s->values[k].access) > access_entries(s, best))
            best = &s->values[k].access;
    return best;
}

static uint64_t distance(int64_t stride) {
    return stride < 0 ? 0 - (uint64_t)stride : (uint64_t)stride;
}

/* How far a step of loop k goes: by the leading access, else by the farthest of the others. */
static uint64_t reach_of(const shaping *s, const loop_access *lead, uint32_t k) {
    uint64_t farthest = distance(lead->strides[k]);
    for (uint32_t i = 0; i < s->access_count && lead->strides[k] == 0; i++)
        if (distance(s->accesses[i]->strides[k]) > farthest)
            farthest = distance(s->accesses[i]->strides[k]);
    return farthest;
}

static void exchange_loops(shaping *s, uint32_t i, uint32_t k) {
    size_t size = s->sizes[i];
    s->sizes[i] = s->sizes[k];
    s->sizes[k] = size;
    for (uint32_t a = 0; a < s->access_count; a++) {
        int64_t stride = s->accesses[a]->strides[i];
        s->accesses[a]->strides[i] = s->accesses[a]->strides[k];
        s->accesses[a]->strides[k] = stride;
    }
}

static void order_loops(shaping *s) {
    const loop_access *lead = leading_access(s);
    for (uint32_t i = 0; i < s->loops; i++)
        for (uint32_t k = i; k > 0 && reach_of(s, lead, k) > reach_of(s, lead, k - 1); k--)
            exchange_loops(s, k, k - 1);
}

/* ---- joining ---- */

static bool nests(const shaping *s, uint32_t outer) {
    int64_t n = (int64_t)s->sizes[outer + 1];
    for (uint32_t a = 0; a < s->access_count; a++)
        if (s->accesses[a]->strides[outer] != s->accesses[a]->strides[outer + 1] * n)
            return false;
    return true;
}

static void join_loops(shaping *s) {
    for (uint32_t k = s->loops; k-- > 1;) {
        if (!nests(s, k - 1))
            continue;
        s->sizes[k - 1] *= s->sizes[k];
        for (uint32_t a = 0; a < s->access_count; a++)
            s->accesses[a]->strides[k - 1] = s->accesses[a]->strides[k];
        s->loops--;
        for (uint32_t i = k; i < s->loops; i++) {
            s->sizes[i] = s->sizes[i + 1];
            for (uint32_t a = 0; a < s->access_count; a++)
                s->accesses[a]->strides[i] = s->accesses[a]->strides[i + 1];
        }
    }
}

/* ---- tiles ---- */

static size_t size_at(const shaping *s, uint32_t from_last) {
    return s->loops > from_last ? s->sizes[s->loops - 1 - from_last] : 1;
}

static int64_t stride_at(const shaping *s, const loop_access *a, uint32_t from_last) {
    return s->loops > from_last ? a->strides[s->loops - 1 - from_last] : 0;
}

static void cut_tiles(const shaping *s, loop_step *out) {
    size_t last = size_at(s, 0), before = size_at(s, 1);
    out->columns = last < LOOP_TILE ? last : LOOP_TILE;
    out->rows = 1;
    if (last > 0 && last <= LOOP_TILE / 2)
        out->rows = LOOP_TILE / last < before ? LOOP_TILE / last : before;
    if (out->columns == 0)
        out->columns = 1;
    if (out->rows == 0)
        out->rows = 1;
}

/* Whether the entries of a tile lie one after the other. */
static bool is_contiguous(const shaping *s, const loop_step *out, const loop_access *a) {
    bool columns = size_at(s, 0) == 1 || stride_at(s, a, 0) == 1;
    return columns && (out->rows == 1 || stride_at(s, a, 1) == (int64_t)size_at(s, 0));
}

/* Whether every tile has the same entries. */
static bool is_invariant(const shaping *s, const loop_step *out, const loop_access *a) {
    if (stride_at(s, a, 0) != 0 && out->columns < size_at(s, 0))
        return false;
    if (stride_at(s, a, 1) != 0 && out->rows < size_at(s, 1))
        return false;
    for (uint32_t k = 2; k < s->loops; k++)
        if (stride_at(s, a, k) != 0)
            return false;
    return true;
}

/* ---- places of values ---- */

static void place_value(const shaping *s, const loop_step *out, uint32_t k, value_place *p) {
    const loop_value *v = &s->values[k];
    *p = (value_place){HOME_SCRATCH, 0, v->code == CODE_CONST};
    if (v->code == CODE_LOAD && is_contiguous(s, out, &v->access))
        p->home = HOME_LOAD;
    else if (v->code == CODE_LOAD || v->code == CODE_INDEX)
        p->early = is_invariant(s, out, &v->access);
    for (uint32_t i = 0; i < s->store_count && v->code > CODE_INDEX && p->home == HOME_SCRATCH; i++) {
        const loop_store *w = &s->stores[i];
        if (w->value == k && w->mode == STORE_SET && is_contiguous(s, out, &w->access))
            *p = (value_place){HOME_STORE, i, false};
    }
}

/* The last value that reads value k; value_count where a store does. */
static void last_uses(const shaping *s, uint32_t *last) {
    for (uint32_t k = 0; k < s->value_count; k++) {
        last[k] = k;
        for (uint32_t i = 0; i < s->values[k].argument_count; i++)
            last[s->values[k].arguments[i]] = k;
    }
    for (uint32_t k = 0; k < s->store_count; k++)
        last[s->stores[k].value] = s->value_count;
}

static uint32_t take_slot(bool *taken) {
    uint32_t slot = 0;
    while (taken[slot])
        slot++;
    taken[slot] = true;
    return slot;
}

/* Tiles of scratch memory: those computed early first, then each from its value to its last use. */
static void assign_slots(const shaping *s, loop_step *out, value_place *places) {
    bool taken[LOOP_VALUES_MOST + 1] = {false};
    uint32_t last[LOOP_VALUES_MOST] = {0};
    last_uses(s, last);
    for (uint32_t k = 0; k < s->value_count; k++)
        if (places[k].home == HOME_SCRATCH && places[k].early)
            places[k].slot = take_slot(taken);
    for (uint32_t k = 0; k < s->value_count; k++) {
        if (places[k].home == HOME_SCRATCH && !places[k].early)
            places[k].slot = take_slot(taken);
        for (uint32_t i = 0; i <= k; i++)
            if (last[i] == k && places[i].home == HOME_SCRATCH && !places[i].early)
                taken[places[i].slot] = false;
    }
    for (uint32_t k = 0; k < s->value_count; k++)
        if (places[k].home == HOME_SCRATCH && places[k].slot + 1 > out->scratch_slots)
            out->scratch_slots = places[k].slot + 1;
}

/* ---- the pass ---- */

static bool collect(shaping *s, const loop_step *from) {
    lowering *l = s->lowering;
    s->values = arena_take(&l->plan->arena, from->value_count + 1, sizeof *s->values);
    s->stores = arena_take(&l->plan->arena, from->store_count + 1, sizeof *s->stores);
    if (!s->values || !s->stores)
        return lowering_out_of_memory(l);
    memcpy(s->values, from->values, from->value_count * sizeof *s->values);
    memcpy(s->stores, from->stores, from->store_count * sizeof *s->stores);
    memcpy(s->sizes, from->sizes, from->loops * sizeof *s->sizes);
    s->loops = from->loops;
    s->value_count = from->value_count;
    s->store_count = from->store_count;
    for (uint32_t k = 0; k < s->value_count; k++)
        if (s->values[k].access.strides)
            s->accesses[s->access_count++] = &s->values[k].access;
    for (uint32_t k = 0; k < s->store_count; k++)
        s->accesses[s->access_count++] = &s->stores[k].access;
    for (uint32_t k = 0; k < s->access_count; k++) {
        int64_t *strides = arena_take(&l->plan->arena, s->loops + 1, sizeof *strides);
        if (!strides)
            return lowering_out_of_memory(l);
        memcpy(strides, s->accesses[k]->strides, s->loops * sizeof *strides);
        s->accesses[k]->strides = strides;
    }
    return true;
}

static loop_step *shape_loop(lowering *l, const loop_step *from) {
    shaping *s = SCRATCH(l, shaping, 1);
    if (!s)
        return NULL;
    s->lowering = l;
    if (!collect(s, from))
        return NULL;
    order_loops(s);
    join_loops(s);
    loop_step *out = ARENA_NEW(&l->plan->arena, loop_step, 1);
    value_place *places = ARENA_NEW(&l->plan->arena, value_place, s->value_count + 1);
    size_t *sizes = ARENA_NEW(&l->plan->arena, size_t, s->loops + 1);
    if (!out || !places || !sizes)
        return lowering_out_of_memory(l), NULL;
    memcpy(sizes, s->sizes, s->loops * sizeof *sizes);
    *out = (loop_step){.loops = s->loops,
                       .value_count = s->value_count,
                       .store_count = s->store_count,
                       .sizes = sizes,
                       .values = s->values,
                       .stores = s->stores,
                       .places = places};
    cut_tiles(s, out);
    for (uint32_t k = 0; k < s->value_count; k++)
        place_value(s, out, k, &places[k]);
    assign_slots(s, out, places);
    return out;
}

bool shape_loops(lowering *l) {
    uint32_t scratch = buffer_temporary(l, 0);
    if (scratch == NO_BUFFER)
        return false;
    for (size_t i = 0; i < l->steps.count; i++) {
        plan_step *s = &l->steps.at[i];
        arena_mark mark = arena_note(l->scratch);
        if (s->kind != STEP_LOOP)
            continue;
        s->as.loop = shape_loop(l, s->as.loop);
        arena_release(l->scratch, mark);
        if (!s->as.loop)
            return false;
        size_t slots = s->as.loop->scratch_slots, length = slots * (LOOP_TILE + LOOP_SLACK);
        s->as.loop->scratch = slots ? scratch : NO_BUFFER;
        if (length > l->lengths.at[scratch])
            l->lengths.at[scratch] = length;
    }
    return !l->failed;
}
