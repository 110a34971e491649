/* plan_new: the passes from a graph to a plan, one line each; reading a plan. */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

#include <stdlib.h>
#include <string.h>

/* ---- inputs and outputs ---- */

static int compare_ports(const void *a, const void *b) {
    return strcmp(((const plan_port *)a)->name, ((const plan_port *)b)->name);
}

static bool refuse_lengths(lowering *l, const char *symbol, size_t a, size_t b) {
    diagnose(graph_diagnostics(l->graph), GRADUS_BAD_INPUT, "E452",
             "'%s' has %zu entries in one place and %zu in another", symbol, a, b);
    l->failed = true;
    return false;
}

/* The symbols, each name once, sorted. */
static bool list_inputs(lowering *l) {
    plan *p = l->plan;
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < l->node_count; i++)
        count += l->info[i].class == CLASS_INPUT;
    p->inputs = ARENA_NEW(&p->arena, plan_port, count + 1);
    if (!p->inputs)
        return lowering_out_of_memory(l);
    for (size_t i = 0, k = 0; i < l->node_count; i++)
        if (l->info[i].class == CLASS_INPUT)
            p->inputs[k++] = (plan_port){graph_name_text(l->graph, symbol_name(l->graph, l->nodes[i])),
                                         l->info[i].count};
    qsort(p->inputs, count, sizeof *p->inputs, compare_ports);
    for (size_t k = 0; k < count; k++) {
        plan_port *last = kept ? &p->inputs[kept - 1] : NULL;
        bool same = last && strcmp(last->name, p->inputs[k].name) == 0;
        if (same && last->length != p->inputs[k].length)
            return refuse_lengths(l, last->name, last->length, p->inputs[k].length);
        if (!same)
            p->inputs[kept++] = p->inputs[k];
    }
    p->input_count = kept;
    for (size_t k = 0; k < kept; k++) {
        p->inputs[k].name = arena_copy_text(&p->arena, p->inputs[k].name, strlen(p->inputs[k].name));
        if (!p->inputs[k].name)
            return lowering_out_of_memory(l);
    }
    return true;
}

/* A buffer for each input; symbols of one name share it. */
static bool bind_inputs(lowering *l) {
    plan *p = l->plan;
    if (!list_inputs(l))
        return false;
    uint32_t first = (uint32_t)l->places.count;
    for (size_t k = 0; k < p->input_count; k++)
        if (buffer_new(l, p->inputs[k].length, (plan_place){PLACE_INPUT, k}) == NO_BUFFER)
            return false;
    for (size_t i = 0; i < l->node_count; i++) {
        if (l->info[i].class != CLASS_INPUT)
            continue;
        plan_port key = {graph_name_text(l->graph, symbol_name(l->graph, l->nodes[i])), 0};
        const plan_port *found = bsearch(&key, p->inputs, p->input_count, sizeof key, compare_ports);
        l->info[i].buffer = first + (uint32_t)(found - p->inputs);
    }
    return true;
}

static bool bind_outputs(lowering *l, size_t count, const ref *roots) {
    plan *p = l->plan;
    p->output_count = count;
    p->outputs = ARENA_NEW(&p->arena, plan_port, count + 1);
    if (!p->outputs)
        return lowering_out_of_memory(l);
    for (size_t k = count; k-- > 0;) {
        node_info *info = info_of(l, roots[k]);
        p->outputs[k].length = info->count;
        if (info->class != CLASS_INPUT)
            info->output = (uint32_t)k + 1;
    }
    return true;
}

/* ---- nodes to steps ---- */

/* The buffer as output k: for inputs, and for roots that are asked for twice. */
static bool copy_output(lowering *l, uint32_t from, size_t k) {
    size_t length = l->plan->outputs[k].length;
    uint32_t to = buffer_new(l, length, (plan_place){PLACE_OUTPUT, k});
    affine index = affine_label(l, 0);
    loop_store store = {.mode = STORE_SET};
    loop_draft *d = to ? loop_new(l, 1, &length, 1) : NULL;
    if (!d || !access_of(l, to, &length, 1, &index, 1, &store.access))
        return false;
    loop_store_value(l, d, loop_load(l, d, from, &length, 1, &index), store);
    return loop_finish(l, d);
}

static bool lower_nodes(lowering *l) {
    for (size_t i = 0; i < l->node_count; i++) {
        arena_mark mark = arena_note(l->scratch);
        if (!l->info[i].deferred && materialise(l, l->nodes[i]) == NO_BUFFER)
            return false;
        arena_release(l->scratch, mark);
    }
    return true;
}

static bool lower_roots(lowering *l, size_t count, const ref *roots) {
    for (size_t k = 0; k < count; k++) {
        arena_mark mark = arena_note(l->scratch);
        uint32_t buffer = materialise(l, roots[k]);
        if (buffer == NO_BUFFER)
            return false;
        plan_place place = l->places.at[buffer];
        if ((place.kind != PLACE_OUTPUT || place.index != k) && !copy_output(l, buffer, k))
            return false;
        arena_release(l->scratch, mark);
    }
    return true;
}

/* ---- the plan ---- */

static void *keep(lowering *l, const void *from, size_t count, size_t size) {
    void *copy = arena_take(&l->plan->arena, count + 1, size);
    if (!copy)
        lowering_out_of_memory(l);
    else if (count)
        memcpy(copy, from, count * size);
    return copy;
}

static bool keep_product(lowering *l, product_step *s) {
    s->sizes = keep(l, s->sizes, s->loops, sizeof *s->sizes);
    s->a.outer = keep(l, s->a.outer, s->loops, sizeof *s->a.outer);
    s->b.outer = keep(l, s->b.outer, s->loops, sizeof *s->b.outer);
    s->c.outer = keep(l, s->c.outer, s->loops, sizeof *s->c.outer);
    return !l->failed;
}

static bool keep_step(lowering *l, plan_step *s) {
    switch (s->kind) {
    case STEP_LOOP: /* shape_loops has put it into the plan */ return true;
    case STEP_PRODUCT:
        s->as.product = keep(l, s->as.product, 1, sizeof *s->as.product);
        return s->as.product && keep_product(l, s->as.product);
    case STEP_AXIS: s->as.axis = keep(l, s->as.axis, 1, sizeof *s->as.axis); return s->as.axis != NULL;
    case STEP_RANDOM:
        s->as.random = keep(l, s->as.random, 1, sizeof *s->as.random);
        return s->as.random != NULL;
    }
    return false;
}

/* What the plan needs is copied into its own memory. */
static bool seal(lowering *l) {
    plan *p = l->plan;
    for (size_t i = 0; i < l->steps.count; i++)
        if (!keep_step(l, &l->steps.at[i]))
            return false;
    p->steps = keep(l, l->steps.at, l->steps.count, sizeof *p->steps);
    p->step_count = l->steps.count;
    p->places = keep(l, l->places.at, l->places.count, sizeof *p->places);
    p->lengths = keep(l, l->lengths.at, l->lengths.count, sizeof *p->lengths);
    p->buffer_count = l->places.count;
    return !l->failed;
}

static bool lower(lowering *l, size_t root_count, const ref *roots) {
    return survey(l, root_count, roots) /* shapes, classes, what is written into its users */
           && bind_inputs(l)            /* a buffer for each symbol */
           && bind_outputs(l, root_count, roots) &&
           lower_nodes(l) /* contractions ordered, kernels chosen, loops made */
           && lower_roots(l, root_count, roots) && fuse_loops(l) /* loops over the same indices become one */
           && prune_steps(l)                                     /* what nobody reads goes away */
           && shape_loops(l)                                     /* order of loops, tiles, places of values */
           && place_buffers(l)                                   /* temporaries share one workspace */
           && seal(l) && count_flops(l->plan);
}

static bool poisoned(graph *g, size_t count, const ref *roots) {
    for (size_t k = 0; k < count; k++)
        if (roots[k] == 0)
            return true; /* the failure that made the poison has left its message */
    return graph_failed(g);
}

static plan *plan_empty(memory *m) {
    plan *p = memory_zeroed(m, 1, sizeof *p);
    if (p) {
        p->memory = m;
        p->arena = arena_new(m);
    }
    return p;
}

plan *plan_new(graph *g, size_t root_count, const ref *roots, size_t size_count, const plan_size *sizes) {
    memory *m = graph_memory(g);
    if (poisoned(g, root_count, roots))
        return NULL;
    arena working = arena_new(m), scratch = arena_new(m);
    lowering l = {
        .graph = g, .arena = &working, .scratch = &scratch, .size_count = size_count, .sizes = sizes};
    l.plan = plan_empty(m);
    buffer_new(&l, 0, (plan_place){PLACE_NONE, 0}); /* number 0 is no buffer */
    bool done = l.plan && !l.failed && lower(&l, root_count, roots);
    if (!done) {
        lowering_out_of_memory(&l); /* unless another message was left */
        plan_free(l.plan);
    }
    arena_free(&working);
    arena_free(&scratch);
    array_free(m, &l.steps);
    array_free(m, &l.places);
    array_free(m, &l.lengths);
    return done ? l.plan : NULL;
}

void plan_free(plan *p) {
    if (!p)
        return;
    memory *m = p->memory;
    arena_free(&p->arena);
    memory_free(m, p, sizeof *p);
}

size_t plan_input_count(const plan *p) {
    return p->input_count;
}

const char *plan_input_name(const plan *p, size_t i) {
    return p->inputs[i].name;
}

size_t plan_input_length(const plan *p, size_t i) {
    return p->inputs[i].length;
}

size_t plan_output_count(const plan *p) {
    return p->output_count;
}

size_t plan_output_length(const plan *p, size_t i) {
    return p->outputs[i].length;
}

size_t plan_workspace_length(const plan *p) {
    return p->workspace;
}

double plan_flops(const plan *p) {
    return p->flops;
}
