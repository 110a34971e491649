/* What nobody reads is not computed: stores, values and steps without a use go away. */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

typedef struct reads {
    bool *read;  /* [buffers] */
    bool wanted; /* by the step at hand: it writes something that is read */
} reads;

static void note_read(void *user, uint32_t buffer, bool write) {
    reads *r = user;
    if (!write)
        r->read[buffer] = true;
}

static void note_wanted(void *user, uint32_t buffer, bool write) {
    reads *r = user;
    r->wanted |= write && r->read[buffer];
}

/* Stores into buffers that are read, the values they need, in order. */
static void prune_loop(loop_step *s, const bool *read) {
    bool live[LOOP_VALUES_MOST] = {false};
    uint32_t map[LOOP_VALUES_MOST], values = 0, stores = 0;
    loop_value *v = (loop_value *)(uintptr_t)s->values;
    loop_store *w = (loop_store *)(uintptr_t)s->stores;
    for (uint32_t k = 0; k < s->store_count; k++)
        if (read[w[k].access.buffer])
            w[stores++] = w[k];
    for (uint32_t k = 0; k < stores; k++)
        live[w[k].value] = true;
    for (uint32_t k = s->value_count; k-- > 0;)
        for (uint32_t i = 0; live[k] && i < v[k].argument_count; i++)
            live[v[k].arguments[i]] = true;
    for (uint32_t k = 0; k < s->value_count; k++) {
        if (!live[k])
            continue;
        map[k] = values;
        for (uint32_t i = 0; i < v[k].argument_count; i++)
            v[k].arguments[i] = map[v[k].arguments[i]];
        v[values++] = v[k];
    }
    for (uint32_t k = 0; k < stores; k++)
        w[k].value = map[w[k].value];
    s->store_count = stores;
    s->value_count = values;
}

bool prune_steps(lowering *l) {
    reads r = {.read = TAKE(l, bool, l->places.count)};
    size_t kept = 0;
    if (!r.read)
        return false;
    for (size_t b = 0; b < l->places.count; b++)
        r.read[b] = l->places.at[b].kind == PLACE_OUTPUT;
    for (size_t i = l->steps.count; i-- > 0;) {
        plan_step *s = &l->steps.at[i];
        r.wanted = false;
        step_buffers(s, note_wanted, &r);
        if (!r.wanted) {
            s->as.loop = NULL;
            continue;
        }
        if (s->kind == STEP_LOOP)
            prune_loop(s->as.loop, r.read);
        step_buffers(s, note_read, &r);
    }
    for (size_t i = 0; i < l->steps.count; i++)
        if (l->steps.at[i].as.loop)
            l->steps.at[kept++] = l->steps.at[i];
    l->steps.count = kept;
    return true;
}
