/* reshape(X, m, n): the entries of X, first axis fastest, in another shape: y[(.. j i)] = x[(.. l k)]. */
/* SPDX-License-Identifier: MIT */
#include "lang/functions.h"

/* ---- types ---- */

static dim entry_count(reader *r, size_t rank, const dim *axes) {
    dim count = r->one;
    for (size_t k = 0; k < rank; k++)
        count = dim_multiply(r->graph, count, size_resolve(r, axes[k]));
    return count;
}

static type other_count(reader *r, tree call, type from, dim have, dim want) {
    bool open = size_is_open(r, have); /* before the message gives the sizes names */
    const char *word = quote(r, child(r, call, 0));
    complain(r, "E212", child(r, call, 0), show_type(r, from), "'reshape' keeps the number of entries");
    label_tree(r, child(r, call, 1), "%s entries wanted", show_size(r, want));
    if (open)
        diagnose_help(r->diagnostics, "sizes are not guessed from their product: --where \"%s: [%s]\"", word,
                      from.rank > 1 ? "m, n" : "n");
    else
        diagnose_note(r->diagnostics, "there are %s entries, which nothing declared makes equal to %s",
                      show_size(r, have), show_size(r, want));
    return type_scalar();
}

type infer_reshape(reader *r, tree call) {
    type from = argument_type(r, call, 0);
    dim axes[RANK_MOST];
    size_t rank = child_count(r, call) - 1;
    for (size_t k = 0; k < rank; k++) {
        axes[k] = size_counted(r, child(r, call, k + 1));
        if (!axes[k])
            return type_scalar();
    }
    dim have = entry_count(r, from.rank, from.axes), want = entry_count(r, rank, axes);
    if (!sizes_unify(r, have, want))
        return other_count(r, call, from, have, want);
    return type_of(r, rank == 1 ? SHAPE_COLUMN : SHAPE_TENSOR, rank, axes);
}

/* ---- blocks: runs of axes of both shapes with equal numbers of entries ---- */

typedef struct side {
    const dim *axes;
    size_t rank;
    uint8_t sizes[RANK_MOST];               /* labels of each slot */
    label groups[RANK_MOST][RANK_MOST + 1]; /* fastest first */
} side;

static void put(side *s, size_t axis, label l) {
    s->groups[axis][s->sizes[axis]++] = l;
}

/* Axes a .. a + m of x and b .. b + n of y hold the same entries; of one of the two there is one axis. */
static void join_block(einsum *e, side *x, size_t a, size_t m, side *y, size_t b, size_t n) {
    bool split = n > 1;
    for (size_t k = 0; k < (split ? n : m); k++) {
        label l = einsum_label(e, split ? y->axes[b + k] : x->axes[a + k]);
        put(x, split ? a : a + k, l);
        put(y, split ? b + k : b, l);
    }
}

/* The lengths m and n of the next block; false when the two shapes have no common axis ends there. */
static bool next_block(reader *r, const side *x, size_t a, const side *y, size_t b, size_t *m, size_t *n) {
    for (size_t most = 1; most <= RANK_MOST; most++) {
        for (int turn = 0; turn < 2; turn++) {
            *m = turn ? most : 1;
            *n = turn ? 1 : most;
            if (a + *m <= x->rank && b + *n <= y->rank &&
                entry_count(r, *m, x->axes + a) == entry_count(r, *n, y->axes + b))
                return true;
        }
    }
    return false;
}

/* An axis of size one on one side alone has a label of its own. */
static bool skip_one(reader *r, einsum *e, side *s, size_t *at, const side *other, size_t there) {
    bool one = *at < s->rank && size_is_one(r, s->axes[*at]);
    if (!one || (there < other->rank && size_is_one(r, other->axes[there])))
        return false;
    put(s, *at, einsum_label(e, r->one));
    (*at)++;
    return true;
}

static bool match_axes(reader *r, einsum *e, side *x, side *y) {
    size_t a = 0, b = 0, m, n;
    while (a < x->rank || b < y->rank) {
        if (skip_one(r, e, x, &a, y, b) || skip_one(r, e, y, &b, x, a))
            continue;
        if (!next_block(r, x, a, y, b, &m, &n))
            return false;
        join_block(e, x, a, m, y, b, n);
        a += m;
        b += n;
    }
    return true;
}

static size_t group_labels(const side *s, label *labels) {
    size_t count = 0;
    for (size_t k = 0; k < s->rank; k++)
        for (size_t i = s->sizes[k]; i-- > 0;)
            labels[count++] = s->groups[k][i];
    return count;
}

/* One einsum where the axes of one shape are groups of those of the other, 0 otherwise. */
static ref regroup(reader *r, ref whole, size_t rank, const dim *axes) {
    einsum e;
    dim from[RANK_MOST];
    label labels[2 * RANK_MOST];
    side x = {.axes = from, .rank = node_rank(r->graph, whole)}, y = {.axes = axes, .rank = rank};
    for (size_t k = 0; k < x.rank; k++)
        from[k] = node_axis(r->graph, whole, k);
    einsum_begin(&e, r->graph);
    if (!match_axes(r, &e, &x, &y))
        return 0;
    group_labels(&x, labels);
    einsum_factor_groups(&e, whole, 1, 1, x.sizes, labels);
    group_labels(&y, labels);
    einsum_output_groups(&e, rank, y.sizes, labels);
    return einsum_finish(&e);
}

typed build_reshape(reader *r, tree call) {
    type to = resolve_type(r, type_at(r, call));
    typed x = argument_value(r, call, 0);
    ref y = x.node ? regroup(r, x.node, to.rank, to.axes) : 0;
    if (!y && x.node) { /* through the column of all entries */
        dim count = entry_count(r, to.rank, to.axes);
        ref column = regroup(r, x.node, 1, &count);
        y = column ? regroup(r, column, to.rank, to.axes) : 0;
    }
    return (typed){y, (shape_kind)to.shape};
}
