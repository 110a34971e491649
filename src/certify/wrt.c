/* df/dvec(X)[s, (j i)] = df/dX[s, i, j]; df/dX_kl = the sum of df/dX times the single-entry matrix. */
/* SPDX-License-Identifier: MIT */
#include "certify/wrt.h"

/* e begins with the leading axes of d (all but the last `own`), as labels 0, 1, ...; returns their number. */
static size_t lead(graph *g, einsum *e, ref d, size_t own, label *labels) {
    size_t rank = node_rank(g, d) - own;
    einsum_begin(e, g);
    for (size_t k = 0; k < rank; k++)
        labels[k] = einsum_label(e, node_axis(g, d, k));
    return rank;
}

static void all_single(uint8_t *sizes, size_t rank) {
    for (size_t k = 0; k < rank; k++)
        sizes[k] = 1;
}

/* d[s, i, j] -> out[s, (j i)], or back. */
static ref regroup(graph *g, ref d, dim rows, dim columns, bool group) {
    einsum e;
    label split[RANK_MOST + 2], joined[RANK_MOST + 2];
    uint8_t ones[RANK_MOST + 2], pair[RANK_MOST + 2];
    size_t rank = lead(g, &e, d, group ? 2 : 1, split);
    if (rank + 2 > RANK_MOST)
        return graph_refuse_axes(g);
    split[rank] = einsum_label(&e, rows);
    split[rank + 1] = einsum_label(&e, columns);
    for (size_t k = 0; k < rank; k++)
        joined[k] = split[k];
    joined[rank] = split[rank + 1];
    joined[rank + 1] = split[rank];
    all_single(ones, rank + 2);
    all_single(pair, rank);
    pair[rank] = 2;
    if (group) {
        einsum_factor_groups(&e, d, 1, 1, ones, split);
        einsum_output_groups(&e, rank + 1, pair, joined);
    } else {
        einsum_factor_groups(&e, d, 1, 1, pair, joined);
        einsum_output_groups(&e, rank + 2, ones, split);
    }
    return einsum_finish(&e);
}

ref wrt_vec(graph *g, ref f) {
    return node_rank(g, f) == 2 ? regroup(g, f, node_axis(g, f, 0), node_axis(g, f, 1), true) : f;
}

/* sum over the own axes of d[s, own]*unit[own], or the outer product d[s]*unit[own]. */
static ref along_unit(graph *g, ref d, ref unit, bool contract) {
    einsum e;
    label labels[2 * RANK_MOST];
    size_t own = node_rank(g, unit), rank = lead(g, &e, d, contract ? own : 0, labels);
    if (rank + own > RANK_MOST)
        return graph_refuse_axes(g);
    for (size_t k = 0; k < own; k++)
        labels[rank + k] = einsum_label(&e, node_axis(g, unit, k));
    einsum_factor_add(&e, d, labels);
    einsum_factor_add(&e, unit, labels + rank);
    einsum_output(&e, contract ? rank : rank + own, labels);
    return einsum_finish(&e);
}

ref wrt_apply(graph *g, const wrt_form *form, ref d) {
    if (d == 0 || form->kind == WRT_WHOLE)
        return d;
    if (form->kind == WRT_ENTRY)
        return along_unit(g, d, form->unit, true);
    return node_rank(g, form->symbol) == 2
               ? regroup(g, d, node_axis(g, form->symbol, 0), node_axis(g, form->symbol, 1), true)
               : d;
}

ref wrt_unapply(graph *g, const wrt_form *form, ref d) {
    if (d == 0 || form->kind == WRT_WHOLE)
        return d;
    if (form->kind == WRT_ENTRY)
        return along_unit(g, d, form->unit, false);
    return node_rank(g, form->symbol) == 2
               ? regroup(g, d, node_axis(g, form->symbol, 0), node_axis(g, form->symbol, 1), false)
               : d;
}
