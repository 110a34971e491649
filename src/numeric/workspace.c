/* One block for a call: what each of its threads writes, the sides of a Hessian, the outcomes of a batch. */
/* SPDX-License-Identifier: MIT */
#include "numeric_internal.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What threads write lies so far apart that they share no line of a cache, nor one and its neighbour. */
enum { LINE = 64, APART = 2 * LINE };

enum { UNIT = sizeof(double) };
static const size_t most = PTRDIFF_MAX / UNIT * UNIT;

_Static_assert(_Alignof(numeric_call) <= _Alignof(double) &&
                   _Alignof(numeric_component) <= _Alignof(double) &&
                   _Alignof(numeric_outcome) <= _Alignof(double),
               "a workspace aligned for double holds them all");

/* A block of which parts are taken; without a block their sizes are added up. */
typedef struct region {
    char *block;
    size_t used;
    int overflow;
} region;

/* NULL without a block. */
static void *take(region *r, size_t count, size_t size) {
    size_t at = r->used;
    if (r->overflow || count > (most - at) / size) {
        r->overflow = 1;
        return NULL;
    }
    r->used = at + (count * size + UNIT - 1) / UNIT * UNIT;
    return r->block != NULL ? r->block + at : NULL;
}

/* The same at the start of a line of the cache: callbacks run over it. */
static void *take_lines(region *r, size_t count, size_t size) {
    char *at = take(r, LINE, 1);
    take(r, count, size);
    return at != NULL ? at + (LINE - (uintptr_t)at % LINE) % LINE : NULL;
}

/* The nodes of the widest stencil of these options, 0 of the adaptive method, which has none. */
static size_t width_of(const gradus_numeric_options *o) {
    if (o->method == GRADUS_NUMERIC_ADAPTIVE)
        return 0;
    if (o->width > 0)
        return o->width < GRADUS_NUMERIC_WIDEST ? (size_t)o->width : GRADUS_NUMERIC_WIDEST;
    return GRADUS_NUMERIC_HIGHEST_ORDER + 1;
}

/* What fixed steps need: nodes and weights of two lines, the weights of all orders below the width, and
   values. A central stencil may have a node more than its width; half as many rows again are for twice h. */
static void lay_out_weights(numeric_call *call, region *r) {
    numeric_stencil *stencil = &call->stencil;
    size_t width = width_of(&call->options), nodes = width + 1;
    if (width == 0)
        return;
    for (int k = 0; k < 2; k++) {
        stencil->node[k] = take(r, nodes, sizeof(double));
        stencil->weight[k] = take(r, nodes, sizeof(double));
    }
    stencil->weights = take(r, width * nodes, sizeof(double));
    stencil->row = take(r, call->function.m, (width + width / 2 + 2) * sizeof(double));
}

static void lay_out_scratch(numeric_call *call, region *r) {
    size_t m = call->function.m;
    if (call->widest == 0)
        return;
    call->scratch.line = take(r, 1, sizeof(size_t));
    call->scratch.axes = take(r, call->widest, sizeof(numeric_axis));
    call->scratch.owner = take(r, m, sizeof(size_t));
    call->scratch.entry = take(r, m, sizeof(size_t));
}

/* What every thread has for itself. */
static void lay_out_own(numeric_call *call, region *r) {
    size_t n = call->function.n, m = call->function.m;
    call->stencil.function = &call->function;
    call->components = take(r, m, sizeof(numeric_component));
    for (size_t k = 0; k < NUMERIC_SAMPLES; k++)
        call->stencil.sample[k] = take(r, m, sizeof(double));
    call->stencil.z = take_lines(r, n, sizeof(double));
    lay_out_weights(call, r);
    lay_out_scratch(call, r);
}

static void lay_out(numeric_call *call, region *r, size_t threads) {
    call->stencil.center = take(r, call->function.m, sizeof(double));
    call->sides = take(r, call->function.n, sizeof(int));
    call->noises = take(r, call->function.n, sizeof(double));
    call->part = take(r, call->function.n, sizeof(double));
    call->outcomes = take(r, threads > 1 ? NUMERIC_BATCH : 0, sizeof(numeric_outcome));
    lay_out_own(call, r);
    for (size_t k = 1; k < threads; k++) {
        numeric_call spare = {.function = call->function, .options = call->options, .widest = call->widest};
        take(r, APART, 1);
        numeric_call *helper = take(r, 1, sizeof *helper);
        if (helper == NULL) {
            lay_out_own(&spare, r);
            continue;
        }
        *helper = *call; /* the helpers laid out before follow it */
        lay_out_own(helper, r);
        call->next = helper;
    }
}

/* A thread for each line of work at most. Which evaluations come before a limit is known of one alone. */
static size_t count_threads(const gradus_numeric_options *o, size_t lines) {
    size_t threads = o->threads < GRADUS_NUMERIC_THREADS_MOST ? o->threads : GRADUS_NUMERIC_THREADS_MOST;
    if (threads < 2 || o->max_evaluations != 0 || !platform_has_threads())
        return 1;
    return threads < lines ? threads : lines;
}

/* The bytes for so many threads; 0 if the number overflows. */
static size_t count_bytes(size_t n, size_t m, const gradus_numeric_options *o, size_t widest,
                          size_t threads) {
    numeric_call spare = {.function = {.n = n, .m = m}, .options = *o, .widest = widest};
    region r = {0};
    lay_out(&spare, &r, threads);
    return r.overflow ? 0 : r.used;
}

size_t gradus_numeric_workspace_size(size_t n, size_t m, const gradus_numeric_options *options) {
    static const gradus_numeric_options defaults;
    const gradus_numeric_options *o = options != NULL ? options : &defaults;
    return n > 0 && m > 0 ? count_bytes(n, m, o, 0, count_threads(o, n)) : 0;
}

/* Values that nobody writes are NaN. */
static void clear(const numeric_call *call) {
    for (size_t k = 0; k < NUMERIC_SAMPLES; k++)
        for (size_t r = 0; r < call->function.m; r++)
            call->stencil.sample[k][r] = (double)NAN;
    memcpy(call->stencil.z, call->stencil.x, call->function.n * sizeof *call->stencil.x);
}

int numeric_take_memory(numeric_call *call, size_t lines) {
    size_t n = call->function.n, m = call->function.m, threads = count_threads(&call->options, lines);
    size_t bytes = count_bytes(n, m, &call->options, call->widest, threads);
    if (bytes == 0)
        return GRADUS_NUMERIC_MEMORY;
    region r = {.block = call->options.workspace};
    if (r.block == NULL) {
        r.block = call->owned = malloc(bytes);
        if (r.block == NULL)
            return GRADUS_NUMERIC_MEMORY;
    } else if (call->options.workspace_size < bytes || (uintptr_t)r.block % _Alignof(double) != 0) {
        return GRADUS_NUMERIC_WORKSPACE;
    }
    lay_out(call, &r, threads);
    for (size_t k = 0; k < m; k++)
        call->stencil.center[k] = (double)NAN;
    for (size_t i = 0; i < n; i++)
        call->noises[i] = 0;
    for (const numeric_call *each = call; each != NULL; each = each->next)
        clear(each);
    return GRADUS_NUMERIC_OK;
}
