/* Loops under construction: values are hash-consed by search, numbers folded, factors kept aside as scales.
 */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

#include <math.h>
#include <string.h>

loop_draft *loop_new(lowering *l, uint32_t label_count, const size_t *sizes, uint64_t mask) {
    loop_draft *d = SCRATCH(l, loop_draft, 1);
    if (!d)
        return NULL;
    d->label_count = label_count;
    d->domain = 1;
    for (uint32_t k = 0; k < label_count; k++) {
        d->sizes[k] = mask >> k & 1 ? sizes[k] : 1;
        d->domain *= (double)d->sizes[k];
    }
    return d;
}

/* ---- values ---- */

static bool same_access(const loop_draft *d, const loop_access *x, const loop_access *y) {
    if (x->buffer != y->buffer || x->offset != y->offset)
        return false;
    return !x->strides || !memcmp(x->strides, y->strides, d->label_count * sizeof *x->strides);
}

static bool same_value(const loop_draft *d, const loop_value *x, const loop_value *y) {
    if (x->code != y->code || memcmp(x->arguments, y->arguments, sizeof x->arguments) ||
        memcmp(&x->a, &y->a, sizeof x->a) || memcmp(&x->b, &y->b, sizeof x->b))
        return false;
    return (!x->access.strides && !y->access.strides) ||
           (x->access.strides && y->access.strides && same_access(d, &x->access, &y->access));
}

static uint32_t push(lowering *l, loop_draft *d, loop_value v) {
    for (uint32_t i = 0; i < d->value_count; i++)
        if (same_value(d, &d->values[i], &v))
            return i;
    if (d->value_count == LOOP_VALUES_MOST) {
        refuse_limit(l, "internal: an expression is too large for one loop");
        return 0;
    }
    d->values[d->value_count] = v;
    return d->value_count++;
}

scaled loop_number(lowering *l, loop_draft *d, double x) {
    return (scaled){push(l, d, (loop_value){.code = CODE_CONST, .a = 1}), x};
}

bool loop_is_number(const loop_draft *d, scaled x, double *number) {
    if (d->values[x.value].code != CODE_CONST)
        return false;
    *number = d->values[x.value].a * x.scale;
    return true;
}

/* The value with its scale worked in. */
static uint32_t plain(lowering *l, loop_draft *d, scaled x) {
    double number;
    if (x.scale == 1)
        return x.value;
    if (loop_is_number(d, x, &number))
        return push(l, d, (loop_value){.code = CODE_CONST, .a = number});
    return push(l, d,
                (loop_value){.code = CODE_SCALE, .argument_count = 1, .arguments = {x.value}, .a = x.scale});
}

/* ---- entries of buffers ---- */

bool access_of(lowering *l, uint32_t buffer, const size_t *shape, uint32_t rank, const affine *index,
               uint32_t label_count, loop_access *access) {
    int64_t stride = 1;
    *access = (loop_access){.buffer = buffer, .strides = SCRATCH(l, int64_t, label_count)};
    if (!access->strides)
        return false;
    for (uint32_t k = rank; k-- > 0;) {
        access->offset += stride * index[k].base;
        for (uint32_t i = 0; i < index[k].count; i++)
            access->strides[index[k].terms[i].label] += stride * index[k].terms[i].coefficient;
        stride *= (int64_t)shape[k];
    }
    return true;
}

scaled loop_load_access(lowering *l, loop_draft *d, const loop_access *access) {
    return (scaled){push(l, d, (loop_value){.code = CODE_LOAD, .access = *access}), 1};
}

scaled loop_load(lowering *l, loop_draft *d, uint32_t buffer, const size_t *shape, uint32_t rank,
                 const affine *index) {
    loop_access access;
    if (!access_of(l, buffer, shape, rank, index, d->label_count, &access))
        return (scaled){0, 1};
    return loop_load_access(l, d, &access);
}

scaled loop_index(lowering *l, loop_draft *d, affine index) {
    loop_access access;
    size_t one = 1;
    if (index.count == 0)
        return loop_number(l, d, (double)index.base);
    if (!access_of(l, NO_BUFFER, &one, 1, &index, d->label_count, &access))
        return (scaled){0, 1};
    return (scaled){push(l, d, (loop_value){.code = CODE_INDEX, .access = access}), 1};
}

/* ---- operators ---- */

scaled loop_apply(lowering *l, loop_draft *d, uint32_t code, uint32_t count, const scaled *x) {
    loop_value v = {.code = (uint16_t)code, .argument_count = (uint16_t)count};
    for (uint32_t k = 0; k < count; k++)
        v.arguments[k] = plain(l, d, x[k]);
    return (scaled){push(l, d, v), 1};
}

scaled loop_multiply(lowering *l, loop_draft *d, scaled x, scaled y) {
    double number;
    if (loop_is_number(d, y, &number))
        return (scaled){x.value, x.scale * number};
    if (loop_is_number(d, x, &number))
        return (scaled){y.value, number * y.scale};
    loop_value v = {.code = CODE_MULTIPLY, .argument_count = 2, .arguments = {x.value, y.value}};
    if (x.value == y.value)
        v = (loop_value){.code = CODE_SQUARE, .argument_count = 1, .arguments = {x.value}};
    return (scaled){push(l, d, v), x.scale * y.scale};
}

scaled loop_divide(lowering *l, loop_draft *d, scaled x, scaled y) {
    double number;
    if (loop_is_number(d, y, &number))
        return (scaled){x.value, x.scale / number};
    if (y.scale == 0)
        y = (scaled){plain(l, d, y), 1};
    loop_value v = {.code = CODE_DIVIDE, .argument_count = 2, .arguments = {x.value, y.value}};
    if (loop_is_number(d, x, &number)) {
        x.scale = number;
        v = (loop_value){.code = CODE_RECIPROCAL, .argument_count = 1, .arguments = {y.value}};
    }
    return (scaled){push(l, d, v), x.scale / y.scale};
}

scaled loop_add(lowering *l, loop_draft *d, scaled x, scaled y) {
    double a, b;
    bool x_number = loop_is_number(d, x, &a), y_number = loop_is_number(d, y, &b);
    if (x_number && y_number)
        return loop_number(l, d, a + b);
    if (x_number || y_number) {
        scaled z = x_number ? y : x;
        return (scaled){push(l, d,
                             (loop_value){.code = CODE_SCALE,
                                          .argument_count = 1,
                                          .arguments = {z.value},
                                          .a = z.scale,
                                          .b = x_number ? a : b}),
                        1};
    }
    return (scaled){push(l, d,
                         (loop_value){.code = CODE_LINEAR,
                                      .argument_count = 2,
                                      .arguments = {x.value, y.value},
                                      .a = x.scale,
                                      .b = y.scale}),
                    1};
}

static scaled apply1(lowering *l, loop_draft *d, loop_code code, scaled x) {
    return loop_apply(l, d, (uint32_t)code, 1, &x);
}

static bool is_short(int num, int den) {
    return (den == 1 && (num == 1 || num == 2)) || (den == 2 && num == 1);
}

scaled loop_power(lowering *l, loop_draft *d, scaled x, int num, int den, bool zero_stays) {
    int size = num < 0 ? -num : num;
    if (is_short(size, den)) {
        scaled y = x;
        if (den == 2)
            y = apply1(l, d, CODE_SQRT, x);
        else if (size == 2)
            y = (scaled){apply1(l, d, CODE_SQUARE, (scaled){x.value, 1}).value, x.scale * x.scale};
        if (num > 0)
            return y;
        return zero_stays ? apply1(l, d, CODE_RECIPROCAL_OR_0, y)
                          : loop_divide(l, d, loop_number(l, d, 1), y);
    }
    loop_value v = {
        .code = zero_stays ? CODE_POWER_OR_0 : CODE_POWER, .argument_count = 1, .a = num, .b = den};
    v.arguments[0] = plain(l, d, x);
    return (scaled){push(l, d, v), 1};
}

void loop_store_value(lowering *l, loop_draft *d, scaled x, loop_store store) {
    bool summed = store.mode == STORE_ADD && store.clear;
    store.value = summed ? x.value : plain(l, d, x);
    store.scale = summed ? x.scale : 1;
    if (d->store_count == LOOP_STORES_MOST)
        refuse_limit(l, "internal: a loop has too many results");
    else
        d->stores[d->store_count++] = store;
}

/* ---- the finished step ---- */

/* The strides of the labels that are loops. */
static bool keep_strides(lowering *l, uint32_t loops, const uint32_t *labels, loop_access *access) {
    int64_t *strides = TAKE(l, int64_t, loops);
    if (!strides)
        return false;
    for (uint32_t k = 0; k < loops && access->strides; k++)
        strides[k] = access->strides[labels[k]];
    access->strides = strides;
    return true;
}

bool loop_finish(lowering *l, loop_draft *d) {
    uint32_t labels[LOOPS_MOST], loops = 0;
    for (uint32_t k = 0; k < d->label_count; k++)
        if (d->sizes[k] != 1)
            labels[loops++] = k;
    loop_step *s = TAKE(l, loop_step, 1);
    size_t *sizes = TAKE(l, size_t, loops);
    loop_value *values = TAKE(l, loop_value, d->value_count);
    loop_store *stores = TAKE(l, loop_store, d->store_count);
    if (!s || !sizes || !values || !stores || l->failed)
        return false;
    for (uint32_t k = 0; k < loops; k++)
        sizes[k] = d->sizes[labels[k]];
    memcpy(values, d->values, d->value_count * sizeof *values);
    memcpy(stores, d->stores, d->store_count * sizeof *stores);
    for (uint32_t k = 0; k < d->value_count; k++)
        if (values[k].access.strides && !keep_strides(l, loops, labels, &values[k].access))
            return false;
    for (uint32_t k = 0; k < d->store_count; k++)
        if (!keep_strides(l, loops, labels, &stores[k].access))
            return false;
    *s = (loop_step){.loops = loops,
                     .value_count = d->value_count,
                     .store_count = d->store_count,
                     .sizes = sizes,
                     .values = values,
                     .stores = stores};
    return step_push(l, (plan_step){.kind = STEP_LOOP, .as.loop = s});
}
