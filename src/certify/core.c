/* H[i,j,k,l] = delta_ik*C[j,l], C[i,k]*delta_jl, or delta_ik*delta_jl*C[i,j]: Hessians that are one matrix.
 */
/* SPDX-License-Identifier: MIT */
#include "gradus/derive.h"

#include "graph/context.h"
#include "graph/einsum.h"
#include "simplify/simplify.h"

enum { LABELS = 3 };

/* Which of three labels stand at the axes of H and of C. Label 0 is read at its first place where C is
 * without it. */
typedef struct pattern {
    label axes[4], core[2];
    size_t labels;
} pattern;

static const pattern patterns[] = {
    [GRADUS_CORE_ENTRIES] = {{0, 1, 0, 1}, {0, 1}, 2},
    [GRADUS_CORE_ROWS] = {{0, 1, 0, 2}, {1, 2}, 3},
    [GRADUS_CORE_COLUMNS] = {{1, 0, 2, 0}, {1, 2}, 3},
};

/* Labels of the sizes of H, a tensor (m, n, m, n); the tensor's and the core's, spelt out. */
static void name_axes(einsum *e, ref h, const pattern *p, label *axes, label *core) {
    dim sizes[LABELS] = {0};
    label named[LABELS] = {0};
    graph *g = e->graph;
    for (size_t k = 0; k < 4; k++)
        sizes[p->axes[k]] = node_axis(g, h, k);
    einsum_labels(e, p->labels, sizes, named);
    for (size_t k = 0; k < 4; k++)
        axes[k] = named[p->axes[k]];
    for (size_t k = 0; k < 2; k++)
        core[k] = named[p->core[k]];
}

/* C, if H has the pattern. `term` has H's axes. */
static ref read_core(graph *g, ref term, const pattern *p) {
    einsum e;
    label axes[4], core[2];
    einsum_begin(&e, g);
    name_axes(&e, term, p, axes, core);
    einsum_factor_add(&e, term, axes);
    if (p->labels == LABELS) {
        label first = axes[p->axes[0] == 0 ? 0 : 1];
        dim size = node_axis(g, term, p->axes[0] == 0 ? 0 : 1);
        einsum_factor_add(&e, graph_unit(g, dim_number(g, 0), size), &first);
    }
    einsum_output(&e, 2, core);
    return einsum_finish(&e);
}

/* The tensor with that core and the axes of H. */
static ref expand_core(graph *g, ref h, ref core, const pattern *p) {
    einsum e;
    label axes[4], at[2];
    einsum_begin(&e, g);
    name_axes(&e, h, p, axes, at);
    einsum_factor_add(&e, core, at);
    einsum_output(&e, 4, axes);
    return einsum_finish(&e);
}

/* Term by term, so that each loses its deltas. */
static ref read_all(graph *g, ref h, const pattern *p) {
    if (node_op(g, h) != OP_SUM)
        return read_core(g, h, p);
    ref sum = 0;
    for (size_t i = 0; i < node_operand_count(g, h); i++) {
        rational c = sum_coefficient(g, h, i);
        ref part = graph_scale(g, c, read_core(g, node_operand(g, h, i), p));
        sum = i ? graph_add(g, sum, part) : part;
    }
    return sum;
}

static bool is_square_tensor(const graph *g, ref h) {
    return h && node_rank(g, h) == 4 && node_axis(g, h, 0) == node_axis(g, h, 2) &&
           node_axis(g, h, 1) == node_axis(g, h, 3);
}

/* A Hessian of more nodes has no core that is still read. */
static bool is_small(graph *g, ref h) {
    enum { NODES_MOST = 400 };
    arena a = arena_new(graph_memory(g));
    size_t count = 0;
    bool small = graph_reach(g, &a, 1, &h, &count) && count <= NODES_MOST;
    arena_free(&a);
    return small;
}

gradus_core gradus_hessian_core(gradus_context *c, gradus_expr hessian, gradus_expr *core) {
    graph *g = c->graph;
    ref h = context_ref(c, hessian);
    *core = (gradus_expr){0};
    bool candidate = is_square_tensor(g, h) && is_small(g, h);
    for (int k = GRADUS_CORE_ENTRIES; candidate && k <= GRADUS_CORE_COLUMNS; k++) {
        ref read = read_all(g, h, &patterns[k]);
        if (read && simplify_equal(g, expand_core(g, h, read, &patterns[k]), h) &&
            simplify(g, NULL, 1, &read, 0, NULL, NULL)) {
            *core = context_handle(c, read, false);
            return (gradus_core)k;
        }
    }
    return GRADUS_CORE_NONE;
}

gradus_status gradus_hessian_of_core(gradus_context *c, gradus_core kind, gradus_expr core,
                                     gradus_expr hessian, gradus_expr *result) {
    graph *g = c->graph;
    ref h = context_ref(c, hessian), r = context_ref(c, core);
    bool known = kind > GRADUS_CORE_NONE && kind <= GRADUS_CORE_COLUMNS;
    *result = (gradus_expr){0};
    if (!h || !r)
        return context_status(c);
    if (!known || !is_square_tensor(g, h) || node_rank(g, r) != 2) {
        diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E507", "a core is a matrix, of a Hessian of four axes");
        diagnose_help(&c->diagnostics, "gradus_hessian_core says of which kind a Hessian has one, if any");
        return context_status(c);
    }
    ref like = expand_core(g, h, r, &patterns[kind]);
    *result = context_handle(c, like, false);
    return context_status(c);
}
