/* A plan for people: one line per step; and the count of its arithmetic. */
/* SPDX-License-Identifier: MIT */
#include "plan/lowering.h"

/* ---- arithmetic ---- */

static double loop_flops(const loop_step *s) {
    double domain = 1, operations = 0;
    for (uint32_t k = 0; k < s->loops; k++)
        domain *= (double)s->sizes[k];
    for (uint32_t k = 0; k < s->value_count; k++)
        operations += s->values[k].code > CODE_INDEX;
    for (uint32_t k = 0; k < s->store_count; k++)
        operations += s->stores[k].mode == STORE_ADD;
    return domain * operations;
}

static double product_flops(const product_step *s) {
    double flops = 2 * (double)s->m * (double)s->n * (double)s->k;
    for (uint32_t k = 0; k < s->loops; k++)
        flops *= (double)s->sizes[k];
    return flops;
}

static double axis_flops(const axis_step *s) {
    bool matrix = op_describe(s->op).kind == KIND_LINALG;
    return (double)s->batch * 2 * (matrix ? op_steps(s->op, s->sizes) : (double)s->core);
}

bool count_flops(plan *p) {
    p->flops = 0;
    for (size_t i = 0; i < p->step_count; i++) {
        const plan_step *s = &p->steps[i];
        if (s->kind == STEP_LOOP)
            p->flops += loop_flops(s->as.loop);
        else if (s->kind == STEP_PRODUCT)
            p->flops += product_flops(s->as.product);
        else if (s->kind == STEP_AXIS)
            p->flops += axis_flops(s->as.axis);
    }
    return true;
}

/* ---- text ---- */

static const char *const code_names[CODE_APPLY] = {
    [CODE_LOAD] = "load",          [CODE_CONST] = "number",         [CODE_INDEX] = "index",
    [CODE_LINEAR] = "linear",      [CODE_SCALE] = "scale",          [CODE_MULTIPLY] = "*",
    [CODE_DIVIDE] = "/",           [CODE_SQUARE] = "square",        [CODE_SQRT] = "sqrt",
    [CODE_RECIPROCAL] = "1/",      [CODE_RECIPROCAL_OR_0] = "1/|0", [CODE_POWER] = "power",
    [CODE_POWER_OR_0] = "power|0", [CODE_SELECT] = "where",
};

static const char *name_of(uint32_t code) {
    return code < CODE_APPLY ? code_names[code] : op_describe((op)(code - CODE_APPLY)).name;
}

/* X for an input, out1, t3. */
static void print_buffer(const plan *p, uint32_t buffer, text *out) {
    plan_place place = p->places[buffer];
    if (place.kind == PLACE_INPUT)
        text_append(out, p->inputs[place.index].name);
    else if (place.kind == PLACE_OUTPUT)
        text_format(out, "out%zu", place.index + 1);
    else
        text_format(out, "t%u", (unsigned)buffer);
}

static void print_sizes(uint32_t count, const size_t *sizes, text *out) {
    text_append(out, "[");
    for (uint32_t k = 0; k < count; k++)
        text_format(out, "%s%zu", k ? " " : "", sizes[k]);
    text_append(out, "]");
}

static void print_value(const plan *p, const loop_value *v, uint32_t k, text *out) {
    text_format(out, " %%%u=%s", (unsigned)k, name_of(v->code));
    if (v->code == CODE_LOAD) {
        text_append_char(out, ' ');
        print_buffer(p, v->access.buffer, out);
    }
    if (v->code == CODE_CONST || v->code == CODE_SCALE || v->code == CODE_LINEAR || v->code == CODE_POWER) {
        text_append_char(out, ' ');
        text_append_number(out, v->a);
        text_append_char(out, ',');
        text_append_number(out, v->b);
    }
    for (uint32_t i = 0; i < v->argument_count; i++)
        text_format(out, " %%%u", (unsigned)v->arguments[i]);
    text_append_char(out, ';');
}

static void print_loop(const plan *p, const loop_step *s, text *out) {
    text_append(out, "loop    ");
    print_sizes(s->loops, s->sizes, out);
    text_format(out, " tile %zux%zu:", s->rows, s->columns);
    for (uint32_t k = 0; k < s->value_count; k++)
        print_value(p, &s->values[k], k, out);
    for (uint32_t k = 0; k < s->store_count; k++) {
        text_append_char(out, ' ');
        print_buffer(p, s->stores[k].access.buffer, out);
        text_format(out, " %s %%%u;",
                    s->stores[k].mode == STORE_SET ? "=" : "+=", (unsigned)s->stores[k].value);
    }
}

static const char *product_name(const product_step *s) {
    if (s->m == 1 && s->n == 1)
        return "dot     ";
    return s->m == 1 || s->n == 1 ? "gemv    " : s->k == 1 ? "outer   " : "gemm    ";
}

static void print_product(const plan *p, const product_step *s, text *out) {
    text_append(out, product_name(s));
    print_buffer(p, s->c.buffer, out);
    text_append(out, s->accumulate ? " += " : " = ");
    text_append_number(out, s->alpha);
    text_append_char(out, '*');
    print_buffer(p, s->a.buffer, out);
    text_append(out, s->a.column == 1 ? " * " : "' * ");
    print_buffer(p, s->b.buffer, out);
    text_append(out, s->b.column == 1 ? "" : "'");
    text_format(out, " (%zu x %zu x %zu)", s->m, s->n, s->k);
    if (s->loops)
        print_sizes(s->loops, s->sizes, out);
}

static void print_axis(const plan *p, const axis_step *s, text *out) {
    text_format(out, "%-8s", op_describe(s->op).name);
    print_buffer(p, s->to, out);
    text_append(out, " of ");
    for (size_t k = 0; k < s->operands; k++) {
        text_append(out, k ? ", " : "");
        print_buffer(p, s->from[k], out);
    }
    text_format(out, " (%zu slices of %zu)", s->batch, s->core);
}

static void print_step(const plan *p, const plan_step *s, text *out) {
    switch (s->kind) {
    case STEP_LOOP: print_loop(p, s->as.loop, out); break;
    case STEP_PRODUCT: print_product(p, s->as.product, out); break;
    case STEP_AXIS: print_axis(p, s->as.axis, out); break;
    case STEP_RANDOM:
        text_append(out, "random  ");
        print_buffer(p, s->as.random->to, out);
        text_format(out, " (%zu)", s->as.random->count);
        break;
    }
    text_append_char(out, '\n');
}

void plan_print(const plan *p, text *out) {
    for (size_t i = 0; i < p->step_count; i++) {
        text_format(out, "%3zu ", i + 1);
        print_step(p, &p->steps[i], out);
    }
    text_format(out, "workspace: %zu numbers\n", p->workspace);
}
