/* The state of lowering: nodes by id, buffers, steps, sizes bound to numbers. */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

node_info *info_of(lowering *l, ref r) {
    return &l->info[l->position[r]];
}

bool lowering_out_of_memory(lowering *l) {
    if (!l->failed)
        diagnose(graph_diagnostics(l->graph), GRADUS_OUT_OF_MEMORY, "E406",
                 "out of memory while a plan was made");
    l->failed = true;
    return false;
}

void *lowering_take(lowering *l, arena *a, size_t count, size_t size) {
    void *block = arena_take(a, count ? count : 1, size);
    if (!block)
        lowering_out_of_memory(l);
    return block;
}

bool refuse_limit(lowering *l, const char *what) {
    if (!l->failed)
        diagnose(graph_diagnostics(l->graph), GRADUS_LIMIT, "E806", "%s", what);
    l->failed = true;
    return false;
}

uint32_t buffer_new(lowering *l, size_t length, plan_place place) {
    memory *m = graph_memory(l->graph);
    if (!array_push(m, &l->places, place))
        return lowering_out_of_memory(l), (uint32_t)NO_BUFFER;
    if (!array_push(m, &l->lengths, length)) {
        l->places.count--;
        return lowering_out_of_memory(l), (uint32_t)NO_BUFFER;
    }
    return (uint32_t)l->places.count - 1;
}

uint32_t buffer_temporary(lowering *l, size_t length) {
    return buffer_new(l, length, (plan_place){PLACE_WORK, 0});
}

bool step_push(lowering *l, plan_step step) {
    return array_push(graph_memory(l->graph), &l->steps, step) || lowering_out_of_memory(l);
}

/* ---- sizes ---- */

static int64_t number_of(void *user, name symbol) {
    const lowering *l = user;
    for (size_t i = 0; i < l->size_count; i++)
        if (l->sizes[i].size == symbol)
            return l->sizes[i].number;
    return -1;
}

static bool refuse_size(lowering *l, dim d) {
    dim_refuse(l->graph, d, number_of, l);
    l->failed = true;
    return false;
}

bool size_of(lowering *l, dim d, int64_t *n) {
    return dim_evaluate(l->graph, d, number_of, l, n) || refuse_size(l, d);
}

bool count_of(lowering *l, dim d, int64_t *n) {
    return size_of(l, d, n) && (*n >= 0 || refuse_size(l, d));
}
