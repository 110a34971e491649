/* What an evaluation takes, before it is prepared: loop steps and entries, node by node. */
/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "value/evaluate.h"

static double size_of(const graph *g, const environment *env, dim d) {
    size_t n;
    return value_size(g, env, d, &n) ? (double)n : (double)INFINITY;
}

static double entries_of(const graph *g, const environment *env, ref r) {
    double product = 1;
    for (size_t k = 0; k < node_rank(g, r); k++)
        product *= size_of(g, env, node_axis(g, r, k));
    return product;
}

static void add_product(const graph *g, const environment *env, arena *a, ref r, value_cost *cost) {
    einsum x;
    contraction c;
    einsum_read(g, r, &x);
    if (!product_plan(&x, env, a, &c)) {
        cost->steps = (double)INFINITY;
        return;
    }
    cost->steps += c.work;
    for (size_t k = 0; k + 1 < c.step_count; k++)
        cost->entries += (double)c.steps[k].entries;
}

static void add_node(const graph *g, const environment *env, arena *a, ref r, value_cost *cost) {
    double entries = entries_of(g, env, r);
    op o = node_op(g, r);
    cost->entries += entries;
    cost->steps += entries + 8;
    if (!(entries <= VALUE_NODE_MOST))
        cost->steps = (double)INFINITY;
    else if (o == OP_EINSUM)
        add_product(g, env, a, r, cost);
    else if (op_describe(o).kind == KIND_LINALG) {
        op_sizes sizes;
        op_shape shape = op_shape_of(o);
        double batch = 1;
        for (size_t k = shape.result.rank; k < node_rank(g, r); k++)
            batch *= size_of(g, env, node_axis(g, r, k - shape.result.rank));
        cost->steps += value_core_sizes(g, env, r, &sizes) ? batch * op_steps(o, sizes) : (double)INFINITY;
    }
}

bool value_cost_of(const graph *g, const environment *env, arena *a, ref root, value_cost *cost) {
    arena_mark mark = arena_note(a);
    size_t count = 0;
    const ref *nodes = graph_reach(g, a, 1, &root, &count);
    *cost = (value_cost){0, 0};
    for (size_t i = 0; nodes && i < count && isfinite(cost->steps); i++) {
        arena_mark one = arena_note(a);
        add_node(g, env, a, nodes[i], cost);
        arena_release(a, one);
    }
    arena_release(a, mark);
    return nodes && !graph_memory(g)->failed;
}
