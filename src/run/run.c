/* run_plan: the steps of a plan one after the other. */
/* SPDX-License-Identifier: MIT */
#include "run/run.h"

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "run/kernels.h"
#include "value/value.h"

double *runner_buffer(const runner *r, uint32_t buffer) {
    plan_place p = r->plan->places[buffer];
    switch (p.kind) {
    case PLACE_INPUT: return (double *)(uintptr_t)r->inputs[p.index]; /* steps only read it */
    case PLACE_OUTPUT: return r->outputs[p.index];
    case PLACE_WORK: return r->workspace + p.index;
    case PLACE_NONE: break;
    }
    return NULL;
}

/* ---- products ---- */

typedef struct product_place {
    int64_t a, b, c;
} product_place;

static void multiply(const runner *r, const product_step *s, product_place at, double *const *bases) {
    strided a = {bases[0] + at.a, (ptrdiff_t)s->a.row, (ptrdiff_t)s->a.column};
    strided b = {bases[1] + at.b, (ptrdiff_t)s->b.row, (ptrdiff_t)s->b.column};
    strided c = {bases[2] + at.c, (ptrdiff_t)s->c.row, (ptrdiff_t)s->c.column};
    if (!blas_product(s->m, s->n, s->k, s->alpha, a, b, s->accumulate, c))
        r->kernels->product(s->m, s->n, s->k, s->alpha, a, b, s->accumulate, c);
}

/* The next place of the outer loops; false after the last. */
static bool next_place(const product_step *s, size_t *index, product_place *at) {
    for (uint32_t k = s->loops; k-- > 0;) {
        int64_t back = (int64_t)index[k];
        if (++index[k] < s->sizes[k]) {
            at->a += s->a.outer[k];
            at->b += s->b.outer[k];
            at->c += s->c.outer[k];
            return true;
        }
        at->a -= back * s->a.outer[k];
        at->b -= back * s->b.outer[k];
        at->c -= back * s->c.outer[k];
        index[k] = 0;
    }
    return false;
}

static void run_product(const runner *r, const product_step *s) {
    size_t index[LOOPS_MOST] = {0}, length = r->plan->lengths[s->c.buffer];
    product_place at = {s->a.offset, s->b.offset, s->c.offset};
    double *bases[3] = {runner_buffer(r, s->a.buffer), runner_buffer(r, s->b.buffer),
                        runner_buffer(r, s->c.buffer)};
    if (s->clear && length)
        memset(bases[2], 0, length * sizeof(double));
    for (uint32_t k = 0; k < s->loops; k++)
        if (s->sizes[k] == 0)
            return;
    if (s->m == 0 || s->n == 0)
        return;
    do
        multiply(r, s, at, bases);
    while (next_place(s, index, &at));
}

/* ---- axes and random numbers ---- */

/* A slice with a NaN gives NaN; one without a value too, and that is reported. */
static bool run_matrices(const runner *r, const axis_step *s) {
    double *y = runner_buffer(r, s->to), *work = runner_buffer(r, s->scratch);
    matrix_kernel *kernel = matrix_kernel_of(s->op);
    bool regular = true;
    for (size_t b = 0; b < s->batch; b++, y += s->result) {
        const double *x[CORE_OPERANDS_MOST] = {NULL};
        bool nan = false;
        for (size_t k = 0; k < s->operands; k++) {
            x[k] = runner_buffer(r, s->from[k]) + b * s->each[k];
            nan = nan || value_any_nan(s->each[k], x[k]);
        }
        if (!nan && kernel(x, s->sizes, work, y))
            continue;
        regular = regular && nan;
        for (size_t i = 0; i < s->result; i++)
            y[i] = (double)NAN;
    }
    return regular;
}

static bool run_axes(const runner *r, const axis_step *s) {
    axis_kernel *kernel = axis_kernel_of(s->op);
    if (!kernel)
        return run_matrices(r, s);
    kernel(r->kernels, s->batch, s->core, runner_buffer(r, s->from[0]), runner_buffer(r, s->to));
    return true;
}

/* The step stands in the upper half of the stream's number. */
static void run_random(const runner *r, const random_step *s) {
    random_stream stream = {r->seed, s->stream | r->step << 32, 0};
    double *y = runner_buffer(r, s->to);
    for (size_t i = 0; i < s->count; i++)
        y[i] = s->kind == RANDOM_NORMAL ? random_normal(&stream) : random_uniform(&stream);
}

/* ---- the plan ---- */

static bool run_step(const runner *r, const plan_step *s) {
    switch (s->kind) {
    case STEP_LOOP: run_loop(r, s->as.loop); return true;
    case STEP_PRODUCT: run_product(r, s->as.product); return true;
    case STEP_AXIS: return run_axes(r, s->as.axis);
    case STEP_RANDOM: run_random(r, s->as.random); return true;
    }
    return true;
}

gradus_status run_plan(const plan *p, const double *const *inputs, double *const *outputs, double *workspace,
                       uint64_t seed, uint64_t step, const char **what) {
    runner r = {p, kernels_best(), inputs, outputs, workspace, seed, step};
    gradus_status status = GRADUS_OK;
    for (size_t i = 0; i < p->step_count; i++)
        if (!run_step(&r, &p->steps[i])) {
            if (what && status == GRADUS_OK)
                *what = op_describe(p->steps[i].as.axis->op).name;
            status = GRADUS_NUMERICAL;
        }
    return status;
}

const char *run_backend(void) {
    return blas_name() ? blas_name() : "portable kernels";
}
