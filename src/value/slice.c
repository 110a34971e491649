/* Whether slices and parts lie inside their axes: shift(rows, columns, offset) loses nothing of what it
 * moves. */
/* SPDX-License-Identifier: MIT */
#include "value/evaluate.h"

static bool same_symbols(const dim_term *a, const dim_term *b) {
    for (uint32_t i = 0; i < a->count && a->count == b->count; i++)
        if (a->symbols[i] != b->symbols[i])
            return false;
    return a->count == b->count;
}

static int64_t coefficient_of(const dim_term *like, const dim_term *terms, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (same_symbols(&terms[i], like))
            return terms[i].coefficient;
    return 0;
}

bool size_covers(const graph *g, dim whole, dim part) {
    enum { TERMS_MOST = 64 };
    dim_term of_whole[TERMS_MOST];
    const dim_term *terms; /* lasts until the terms of another size are asked for */
    size_t whole_count = dim_terms(g, whole, &terms);
    if (whole_count > TERMS_MOST)
        return false;
    for (size_t i = 0; i < whole_count; i++)
        of_whole[i] = terms[i];
    size_t part_count = dim_terms(g, part, &terms);
    for (size_t i = 0; i < whole_count; i++)
        if (of_whole[i].coefficient < coefficient_of(&of_whole[i], terms, part_count))
            return false;
    for (size_t i = 0; i < part_count; i++)
        if (terms[i].coefficient > coefficient_of(&terms[i], of_whole, whole_count))
            return false;
    return true;
}

/* A part of a whole, as in vcat, has rows that are columns and more under any sizes; with the offset 0 a
 * slice differs from it in nothing else. */
static bool is_placement(const graph *g, ref r, int64_t offset) {
    return offset > 0 || (offset == 0 && size_covers(g, node_axis(g, r, 0), node_axis(g, r, 1)));
}

bool shift_fits(const graph *g, ref r, int64_t rows, int64_t columns, int64_t offset) {
    if (is_placement(g, r, offset))
        return offset <= rows - columns;
    return -offset <= columns - rows;
}

void shift_refuse(const graph *g, ref r, int64_t rows, int64_t columns, int64_t offset) {
    diagnostics *d = graph_diagnostics(g);
    if (is_placement(g, r, offset)) {
        diagnose(d, GRADUS_BAD_INPUT, "E407",
                 "a part of %lld entries does not fit into %lld behind the first %lld", (long long)columns,
                 (long long)rows, (long long)offset);
        return;
    }
    diagnose(d, GRADUS_BAD_INPUT, "E407", "the slice %lld:%lld is asked for of an axis that has %lld",
             (long long)(1 - offset), (long long)(rows - offset), (long long)columns);
    diagnose_help(d, "places count from 1 to the size of the axis, both ends of a slice included");
}
