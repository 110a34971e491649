/* Loops over the same indices become one where the second reads what the first has just computed. */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

#include <string.h>

/* ---- what a step reads and writes ---- */

static void loop_buffers(const loop_step *s, void (*visit)(void *user, uint32_t buffer, bool write),
                         void *user) {
    for (uint32_t k = 0; k < s->value_count; k++)
        if (s->values[k].code == CODE_LOAD)
            visit(user, s->values[k].access.buffer, false);
    for (uint32_t k = 0; k < s->store_count; k++) {
        if (s->stores[k].mode == STORE_ADD && !s->stores[k].clear)
            visit(user, s->stores[k].access.buffer, false);
        visit(user, s->stores[k].access.buffer, true);
    }
    if (s->scratch)
        visit(user, s->scratch, true);
}

void step_buffers(const plan_step *s, void (*visit)(void *user, uint32_t buffer, bool write), void *user) {
    switch (s->kind) {
    case STEP_LOOP: loop_buffers(s->as.loop, visit, user); break;
    case STEP_PRODUCT:
        visit(user, s->as.product->a.buffer, false);
        visit(user, s->as.product->b.buffer, false);
        if (s->as.product->accumulate && !s->as.product->clear)
            visit(user, s->as.product->c.buffer, false);
        visit(user, s->as.product->c.buffer, true);
        break;
    case STEP_AXIS:
        for (size_t k = 0; k < s->as.axis->operands; k++)
            visit(user, s->as.axis->from[k], false);
        visit(user, s->as.axis->to, true);
        if (s->as.axis->scratch)
            visit(user, s->as.axis->scratch, true);
        break;
    case STEP_RANDOM: visit(user, s->as.random->to, true); break;
    }
}

/* ---- joining two loops ---- */

typedef struct joining {
    lowering *lowering;
    const loop_step *first, *second;
    uint32_t loops[LOOPS_MOST];        /* of the second: which of the first */
    uint32_t values[LOOP_VALUES_MOST]; /* of the second: which of the joint loop */
    loop_value *joint;
    uint32_t count;
} joining;

static const loop_store *store_of(const loop_step *s, uint32_t buffer) {
    for (uint32_t k = 0; k < s->store_count; k++)
        if (s->stores[k].access.buffer == buffer)
            return &s->stores[k];
    return NULL;
}

/* The loops of the second by the strides with which it reads what the first has stored. */
static bool match_loops(joining *j, const loop_access *stored, const loop_access *read) {
    uint64_t taken = 0;
    for (uint32_t k = 0; k < j->second->loops; k++) {
        uint32_t i = 0;
        while (i < j->first->loops && ((taken >> i & 1) || stored->strides[i] != read->strides[k] ||
                                       j->first->sizes[i] != j->second->sizes[k]))
            i++;
        if (i == j->first->loops || read->strides[k] == 0)
            return false;
        taken |= (uint64_t)1 << i;
        j->loops[k] = i;
    }
    return true;
}

static bool same_entry(const joining *j, const loop_access *stored, const loop_access *read) {
    if (stored->offset != read->offset)
        return false;
    for (uint32_t k = 0; k < j->second->loops; k++)
        if (stored->strides[j->loops[k]] != read->strides[k])
            return false;
    return true;
}

/* Whether all that the second reads of the first is the entry just computed. */
static bool may_join(joining *j) {
    const loop_step *s = j->first, *t = j->second;
    bool matched = false;
    if (s->loops != t->loops || s->value_count + t->value_count > LOOP_VALUES_MOST ||
        s->store_count + t->store_count > LOOP_STORES_MOST)
        return false;
    for (uint32_t k = 0; k < t->store_count; k++)
        if (store_of(s, t->stores[k].access.buffer))
            return false;
    for (uint32_t k = 0; k < t->value_count; k++) {
        const loop_value *v = &t->values[k];
        const loop_store *stored = v->code == CODE_LOAD ? store_of(s, v->access.buffer) : NULL;
        if (!stored)
            continue;
        if (stored->mode != STORE_SET || stored->clear)
            return false;
        if (!matched && !match_loops(j, &stored->access, &v->access))
            return false;
        matched = true;
        if (!same_entry(j, &stored->access, &v->access))
            return false;
    }
    return matched;
}

static bool move_access(joining *j, loop_access *access) {
    int64_t *strides = TAKE(j->lowering, int64_t, j->first->loops);
    if (!strides)
        return false;
    for (uint32_t k = 0; k < j->second->loops; k++)
        strides[j->loops[k]] = access->strides[k];
    access->strides = strides;
    return true;
}

static bool equal_values(const joining *j, const loop_value *x, const loop_value *y) {
    if (x->code != y->code || memcmp(x->arguments, y->arguments, sizeof x->arguments) ||
        memcmp(&x->a, &y->a, sizeof x->a) || memcmp(&x->b, &y->b, sizeof x->b) ||
        !x->access.strides != !y->access.strides)
        return false;
    if (!x->access.strides)
        return true;
    return x->access.buffer == y->access.buffer && x->access.offset == y->access.offset &&
           !memcmp(x->access.strides, y->access.strides, j->first->loops * sizeof(int64_t));
}

static bool join_value(joining *j, uint32_t k) {
    loop_value v = j->second->values[k];
    const loop_store *stored = v.code == CODE_LOAD ? store_of(j->first, v.access.buffer) : NULL;
    if (stored) {
        j->values[k] = stored->value;
        return true;
    }
    for (uint32_t i = 0; i < v.argument_count; i++)
        v.arguments[i] = j->values[v.arguments[i]];
    if (v.access.strides && !move_access(j, &v.access))
        return false;
    for (uint32_t i = 0; i < j->count; i++)
        if (equal_values(j, &j->joint[i], &v)) {
            j->values[k] = i;
            return true;
        }
    j->values[k] = j->count;
    j->joint[j->count++] = v;
    return true;
}

static loop_step *join(joining *j) {
    lowering *l = j->lowering;
    const loop_step *s = j->first, *t = j->second;
    loop_step *joint = TAKE(l, loop_step, 1);
    loop_store *stores = TAKE(l, loop_store, s->store_count + t->store_count);
    j->joint = TAKE(l, loop_value, s->value_count + t->value_count);
    if (!joint || !stores || !j->joint)
        return NULL;
    memcpy(j->joint, s->values, s->value_count * sizeof *j->joint);
    memcpy(stores, s->stores, s->store_count * sizeof *stores);
    j->count = s->value_count;
    for (uint32_t k = 0; k < t->value_count; k++)
        if (!join_value(j, k))
            return NULL;
    for (uint32_t k = 0; k < t->store_count; k++) {
        loop_store store = t->stores[k];
        store.value = j->values[store.value];
        if (!move_access(j, &store.access))
            return NULL;
        stores[s->store_count + k] = store;
    }
    *joint = *s;
    joint->value_count = j->count;
    joint->values = j->joint;
    joint->store_count = s->store_count + t->store_count;
    joint->stores = stores;
    return joint;
}

/* ---- the pass ---- */

typedef struct fusing {
    uint32_t *writer; /* [buffers]: 1 + the last step that writes it, 0 for none */
    uint32_t latest, step;
} fusing;

static void note_latest(void *user, uint32_t buffer, bool write) {
    fusing *f = user;
    (void)write;
    if (f->writer[buffer] > f->latest)
        f->latest = f->writer[buffer];
}

static void note_writer(void *user, uint32_t buffer, bool write) {
    fusing *f = user;
    if (write)
        f->writer[buffer] = f->step + 1;
}

/* Joins s to the step that made the last of its inputs; false where that is no such loop. */
static bool try_join(lowering *l, fusing *f, const plan_step *s) {
    f->latest = 0;
    step_buffers(s, note_latest, f);
    if (s->kind != STEP_LOOP || f->latest == 0 || l->steps.at[f->latest - 1].kind != STEP_LOOP)
        return false;
    arena_mark mark = arena_note(l->scratch);
    joining *j = SCRATCH(l, joining, 1);
    bool joined = false;
    if (j) {
        j->lowering = l;
        j->first = l->steps.at[f->latest - 1].as.loop;
        j->second = s->as.loop;
        loop_step *joint = may_join(j) ? join(j) : NULL;
        joined = joint != NULL;
        if (joined)
            l->steps.at[f->latest - 1].as.loop = joint;
    }
    arena_release(l->scratch, mark);
    return joined;
}

bool fuse_loops(lowering *l) {
    fusing f = {.writer = TAKE(l, uint32_t, l->places.count)};
    size_t kept = 0;
    if (!f.writer)
        return false;
    for (size_t i = 0; i < l->steps.count && !l->failed; i++) {
        plan_step s = l->steps.at[i];
        bool joined = try_join(l, &f, &s);
        f.step = joined ? f.latest - 1 : (uint32_t)kept;
        if (!joined)
            l->steps.at[kept++] = s;
        step_buffers(&s, note_writer, &f);
    }
    l->steps.count = kept;
    return !l->failed;
}
