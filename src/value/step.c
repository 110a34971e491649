/* The steps of an evaluation, operator by operator: prepared from sizes once, run on values. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "value/evaluate.h"

/* ---- messages ---- */

static void shape_text(const evaluation *e, ref r, text *out) {
    const char *before = "[";
    for (size_t k = 0; k < node_rank(e->graph, r); k++, before = ", ") {
        size_t n = 0;
        value_size(e->graph, e->env, node_axis(e->graph, r, k), &n);
        text_format(out, "%s%zu", before, n);
    }
    text_append(out, node_rank(e->graph, r) ? "]" : "a scalar");
}

static void wrong_length(const evaluation *e, const step *s, size_t count) {
    text shape = text_new(graph_memory(e->graph));
    shape_text(e, s->node, &shape);
    diagnose(graph_diagnostics(e->graph), GRADUS_BAD_INPUT, "E452",
             "the value of '%s' has %zu entries, its shape %s needs %zu",
             graph_name_text(e->graph, symbol_name(e->graph, s->node)), count, text_string(&shape), s->count);
    text_free(&shape);
}

/* Why a size polynomial of the node has no value. */
static bool refuse_size(const evaluation *e, dim d) {
    value_refuse_size(e->graph, e->env, d);
    return false;
}

static bool refuse_axes(const evaluation *e, ref r) {
    size_t n;
    for (size_t k = 0; k < node_rank(e->graph, r); k++)
        if (!value_size(e->graph, e->env, node_axis(e->graph, r, k), &n))
            return refuse_size(e, node_axis(e->graph, r, k));
    return value_too_large(e->graph, r), false;
}

void value_too_large(const graph *g, ref r) {
    diagnose(graph_diagnostics(g), GRADUS_LIMIT, "E806",
             "%s: a value would have more entries than the limit of %d, or all values more than %d",
             op_describe(node_op(g, r)).name, (int)VALUE_NODE_MOST, (int)VALUE_TOTAL_MOST);
}

/* ---- preparing ---- */

/* The product of the sizes of axes from .. to - 1. */
static size_t axes_count(const evaluation *e, ref r, size_t from, size_t to) {
    size_t n, product = 1;
    for (size_t i = from; i < to; i++)
        if (value_size(e->graph, e->env, node_axis(e->graph, r, i), &n))
            product *= n;
    return product;
}

static bool prepare_sum(evaluation *e, step *s) {
    rational *c = ARENA_NEW(e->arena, rational, s->operand_count + 1);
    if (!c)
        return value_out_of_memory(e->graph);
    for (size_t k = 0; k < s->operand_count; k++)
        c[k] = sum_coefficient(e->graph, s->node, k);
    s->coefficients = c;
    return true;
}

static bool prepare_place(evaluation *e, step *s) {
    dim d = node_word_dim(e->graph, s->node, 0);
    if (!value_integer(e->graph, e->env, d, &s->place))
        return refuse_size(e, d);
    if (s->op == OP_SHIFT) {
        int64_t rows = (int64_t)axes_count(e, s->node, 0, 1), columns = (int64_t)s->columns;
        bool fits = shift_fits(e->graph, s->node, rows, columns, s->place);
        if (!fits)
            shift_refuse(e->graph, s->node, rows, columns, s->place);
        return fits;
    }
    if (s->place >= 0 && (uint64_t)s->place < s->count)
        return true;
    text place = text_new(graph_memory(e->graph));
    dim_append(e->graph, d, &place);
    diagnose(graph_diagnostics(e->graph), GRADUS_BAD_INPUT, "E407",
             "entry %s + 1 is asked for of an axis that has %zu", text_string(&place), s->count);
    text_free(&place);
    return false;
}

static void prepare_axes(evaluation *e, step *s) {
    ref x = node_operand(e->graph, s->node, 0);
    size_t rank = node_rank(e->graph, x), k = (size_t)node_word(e->graph, s->node, 0);
    s->batch = axes_count(e, x, 0, rank - k);
    s->core = axes_count(e, x, rank - k, rank);
}

static bool prepare_linalg(evaluation *e, step *s) {
    op_shape shape = op_shape_of(s->op);
    ref x = node_operand(e->graph, s->node, 0);
    s->batch = axes_count(e, x, 0, node_rank(e->graph, x) - shape.operand[0].rank);
    if (!value_core_sizes(e->graph, e->env, s->node, &s->sizes))
        return false;
    double numbers = op_work(s->op, s->sizes);
    e->work += (double)s->batch * op_steps(s->op, s->sizes);
    if (numbers > VALUE_NODE_MOST)
        return value_too_large(e->graph, s->node), false;
    s->work = ARENA_NEW(e->arena, double, (size_t)numbers + 1);
    return s->work || value_out_of_memory(e->graph);
}

static bool prepare_operator(evaluation *e, step *s) {
    op_kind kind = op_describe(s->op).kind;
    if (s->op == OP_EINSUM)
        return product_prepare(e, s);
    if (s->op == OP_SUM)
        return prepare_sum(e, s);
    if (s->op == OP_UNIT || s->op == OP_SHIFT)
        return prepare_place(e, s);
    if (kind == KIND_LINALG)
        return prepare_linalg(e, s);
    if (kind == KIND_REDUCTION || kind == KIND_AXISMAP)
        prepare_axes(e, s);
    return true;
}

bool step_prepare(evaluation *e, step *s) {
    if (!value_count(e->graph, e->env, s->node, &s->count))
        return refuse_axes(e, s->node);
    e->total += s->count;
    e->work += (double)s->count + 8;
    if (s->count > VALUE_NODE_MOST || e->total > VALUE_TOTAL_MOST)
        return value_too_large(e->graph, s->node), false;
    size_t rank = node_rank(e->graph, s->node);
    s->columns = rank ? axes_count(e, s->node, rank - 1, rank) : 1;
    if (s->op == OP_SYMBOL)
        return true;
    s->values = ARENA_NEW(e->arena, double, s->count + 1);
    if (!s->values)
        return value_out_of_memory(e->graph);
    s->result = s->values;
    return prepare_operator(e, s);
}

/* ---- running ---- */

static void fill(step *s, double x) {
    for (size_t i = 0; i < s->count; i++)
        s->values[i] = x;
}

static bool run_symbol(evaluation *e, step *s) {
    name n = symbol_name(e->graph, s->node);
    size_t count;
    s->result = environment_get(e->env, n, &count);
    if (!s->result) {
        diagnose(graph_diagnostics(e->graph), GRADUS_BAD_INPUT, "E450", "'%s' has no value",
                 graph_name_text(e->graph, n));
        return false;
    }
    if (count != s->count)
        return wrong_length(e, s, count), false;
    return true;
}

static bool run_real(evaluation *e, step *s) {
    fill(s, real_value(e->graph, s->node));
    return true;
}

static bool run_pi(evaluation *e, step *s) {
    (void)e;
    fill(s, 3.14159265358979323846);
    return true;
}

static bool run_size(evaluation *e, step *s) {
    int64_t n;
    dim d = node_word_dim(e->graph, s->node, 0);
    if (!value_integer(e->graph, e->env, d, &n))
        return refuse_size(e, d);
    fill(s, (double)n);
    return true;
}

static bool run_zero(evaluation *e, step *s) {
    (void)e;
    fill(s, 0);
    return true;
}

static bool run_unit(evaluation *e, step *s) {
    run_zero(e, s);
    s->values[s->place] = 1;
    return true;
}

static bool run_shift(evaluation *e, step *s) {
    (void)e;
    for (size_t i = 0; i < s->count; i++)
        s->values[i] = (int64_t)(i / s->columns) == (int64_t)(i % s->columns) + s->place;
    return true;
}

static bool run_iota(evaluation *e, step *s) {
    (void)e;
    for (size_t i = 0; i < s->count; i++)
        s->values[i] = (double)i;
    return true;
}

static bool run_random(evaluation *e, step *s) {
    uint64_t stream = (uint32_t)node_word(e->graph, s->node, 1);
    random_stream r = {environment_seed_of(e->env), stream, 0};
    bool normal = node_word(e->graph, s->node, 0) == RANDOM_NORMAL;
    for (size_t i = 0; i < s->count; i++)
        s->values[i] = normal ? random_normal(&r) : random_uniform(&r);
    return true;
}

static bool run_sum(evaluation *e, step *s) {
    run_zero(e, s);
    for (size_t k = 0; k < s->operand_count; k++) {
        const double c = rational_value(s->coefficients[k]), *x = s->operands[k]->result;
        for (size_t i = 0; i < s->count; i++)
            s->values[i] += c * x[i];
    }
    return true;
}

static bool run_einsum(evaluation *e, step *s) {
    (void)e;
    product_run(s);
    return true;
}

static bool run_where(evaluation *e, step *s) {
    (void)e;
    const double *c = s->operands[0]->result, *a = s->operands[1]->result, *b = s->operands[2]->result;
    for (size_t i = 0; i < s->count; i++)
        s->values[i] = c[i] != 0 ? a[i] : b[i];
    return true;
}

static bool run_onehot(evaluation *e, step *s) {
    (void)e;
    const double *labels = s->operands[0]->result;
    for (size_t i = 0; i < s->count; i++)
        s->values[i] = labels[i / s->columns] == (double)(i % s->columns);
    return true;
}

static bool run_elementwise(evaluation *e, step *s) {
    (void)e;
    const double *x[3] = {NULL, NULL, NULL};
    for (size_t k = 0; k < s->operand_count && k < 3; k++)
        x[k] = s->operands[k]->result;
    if (!x[0])
        return false;
    for (size_t i = 0; i < s->count; i++)
        s->values[i] = value_apply(s->op, x[0][i], x[1] ? x[1][i] : 0, x[2] ? x[2][i] : 0);
    return true;
}

static bool run_reduction(evaluation *e, step *s) {
    (void)e;
    reduce_kernel *kernel = value_reduction(s->op);
    for (size_t b = 0; b < s->batch; b++)
        s->values[b] = kernel(s->operands[0]->result + b * s->core, s->core);
    return true;
}

static bool run_axismap(evaluation *e, step *s) {
    (void)e;
    map_kernel *kernel = value_axismap(s->op);
    for (size_t b = 0; s->core && b < s->batch; b++)
        kernel(s->operands[0]->result + b * s->core, s->core, s->values + b * s->core);
    return true;
}

static void fill_slice(double *y, size_t count, double x) {
    for (size_t i = 0; i < count; i++)
        y[i] = x;
}

/* A slice without a value is NaN, and its node is noted. */
static bool run_linalg(evaluation *e, step *s) {
    linalg_kernel *kernel = value_linalg(s->op);
    size_t each = s->batch ? s->count / s->batch : 0;
    for (size_t b = 0; b < s->batch; b++) {
        const double *x[CORE_OPERANDS_MOST] = {NULL};
        double *y = s->values + b * each;
        bool nan = false;
        for (size_t k = 0; k < s->operand_count; k++) {
            size_t length = s->operands[k]->count / s->batch;
            x[k] = s->operands[k]->result + b * length;
            nan = nan || value_any_nan(length, x[k]);
        }
        if (!nan && kernel(x, s->sizes, s->work, y))
            continue;
        fill_slice(y, each, NAN);
        if (!nan)
            e->singular = s->node;
    }
    return true;
}

typedef bool run_function(evaluation *e, step *s);

static run_function *const runners[OP_COUNT] = {
    [OP_SYMBOL] = run_symbol, [OP_REAL] = run_real,   [OP_PI] = run_pi,         [OP_SIZE] = run_size,
    [OP_UNIT] = run_unit,     [OP_SHIFT] = run_shift, [OP_IOTA] = run_iota,     [OP_RANDOM] = run_random,
    [OP_ZERO] = run_zero,     [OP_SUM] = run_sum,     [OP_EINSUM] = run_einsum, [OP_WHERE] = run_where,
    [OP_ONEHOT] = run_onehot,
#define ELEMENTWISE(id, columns) [OP_##id] = run_elementwise,
#define REDUCTION(id, columns)   [OP_##id] = run_reduction,
#define AXISMAP(id, columns)     [OP_##id] = run_axismap,
#define LINALG(id, columns)      [OP_##id] = run_linalg,
#include "graph/ops_rows.h"
};

bool step_run(evaluation *e, step *s) {
    return runners[s->op] && runners[s->op](e, s);
}
