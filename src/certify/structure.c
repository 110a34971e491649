/* Structured derivatives: symmetric (G + G')/2 or G + G' - diag(G), diagonal diag(G), skew (G - G')/2 or G -
 * G'. */
/* SPDX-License-Identifier: MIT */
#include "certify/structure.h"

static ref swap_last(graph *g, ref d) {
    uint8_t order[RANK_MOST];
    size_t rank = node_rank(g, d);
    for (size_t k = 0; k < rank; k++)
        order[k] = (uint8_t)k;
    order[rank - 1] = (uint8_t)(rank - 2);
    order[rank - 2] = (uint8_t)(rank - 1);
    return graph_permute(g, d, order);
}

/* d with everything off the diagonal of its last two axes set to 0. */
static ref keep_diagonal(graph *g, ref d) {
    einsum e;
    label l[RANK_MOST];
    size_t rank = node_rank(g, d);
    einsum_begin(&e, g);
    for (size_t k = 0; k + 1 < rank; k++)
        l[k] = einsum_label(&e, node_axis(g, d, k));
    l[rank - 1] = l[rank - 2];
    einsum_factor_add(&e, d, l);
    einsum_output(&e, rank, l);
    return einsum_finish(&e);
}

static ref symmetric(graph *g, ref d, structure_kind kind) {
    ref sum = graph_add(g, d, swap_last(g, d));
    if (kind == STRUCTURE_PROJECTED)
        return graph_scale(g, (rational){1, 2}, sum);
    return graph_subtract(g, sum, keep_diagonal(g, d));
}

static ref skew(graph *g, ref d, structure_kind kind) {
    ref difference = graph_subtract(g, d, swap_last(g, d));
    return kind == STRUCTURE_PROJECTED ? graph_scale(g, (rational){1, 2}, difference) : difference;
}

ref structure_project(graph *g, ref d, ref x, structure_kind kind) {
    const uint32_t later = FACT_LOWER | FACT_UPPER | FACT_ORTHOGONAL | FACT_TOEPLITZ | FACT_SYMTOEPLITZ |
                           FACT_SIMPLEX;
    uint32_t facts = symbol_facts(g, x);
    if (kind == STRUCTURE_AMBIENT || d == 0)
        return d;
    if (facts & later) {
        graph_fail(
            g, GRADUS_UNSUPPORTED, "E505",
            "derivatives in the space of triangular, orthogonal, Toeplitz or stochastic variables are not "
            "supported yet");
        diagnose_help(graph_diagnostics(g), "--structure ambient takes the entries as independent");
        return 0;
    }
    if (node_rank(g, x) != 2)
        return d;
    if (facts & FACT_DIAGONAL)
        return keep_diagonal(g, d);
    if (facts & (FACT_SYMMETRIC | FACT_POSDEF | FACT_PSD))
        return symmetric(g, d, kind);
    return facts & FACT_SKEW ? skew(g, d, kind) : d;
}
