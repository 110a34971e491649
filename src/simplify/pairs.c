/* a*b + a*c + d = a*(b + c) + d in tensors of three axes and more: two terms at a time, what saves most
 * first. */
/* SPDX-License-Identifier: MIT */
/*
 * Sums of vectors and matrices are factored when they are printed, where a formula's length is known; a
 * tensor is printed term by term. Of pairs that save the same, those whose rests stand on more summed indices
 * go first, so that equal terms are joined in equal ways: A[i,j]*A[k,l]*x[l] with A[i,j]*A[l,k]*x[l]
 * throughout.
 */
#include "simplify/simplify_internal.h"

enum { RANK_LEAST = 3, TERMS_MOST = 16 };

typedef struct pair {
    ref joined; /* 0: the two share nothing that would save anything */
    uint32_t saves;
    size_t summed; /* indices of the rests that are summed over */
} pair;

typedef struct pool {
    simplifier *s;
    size_t count;
    ref term[TERMS_MOST];
    rational coefficient[TERMS_MOST];
    pair pairs[TERMS_MOST][TERMS_MOST]; /* [i][j], i < j */
} pool;

static bool gather(pool *p, ref r) {
    const graph *g = p->s->graph;
    p->count = node_operand_count(g, r);
    for (size_t k = 0; k < p->count && p->count <= TERMS_MOST; k++) {
        p->term[k] = node_operand(g, r, k);
        p->coefficient[k] = sum_coefficient(g, r, k);
    }
    return p->count <= TERMS_MOST;
}

static void weigh(pool *p, size_t i, size_t j) {
    simplifier *s = p->s;
    ref two[] = {p->term[i], p->term[j]};
    rational c[] = {p->coefficient[i], p->coefficient[j]};
    ref sum = graph_sum(s->graph, 2, two, c, 0, NULL);
    size_t summed = 0;
    ref joined = sum && node_op(s->graph, sum) == OP_SUM ? common_factor(s, sum, &summed) : 0;
    uint32_t before = joined ? reads(&s->reading, sum) : 0, after = joined ? reads(&s->reading, joined) : 0;
    p->pairs[i][j] = after < before ? (pair){joined, before - after, summed} : (pair){0, 0, 0};
}

static bool is_better(const graph *g, pair a, pair b) {
    if (a.saves != b.saves || a.joined == 0)
        return a.saves > b.saves;
    if (a.summed != b.summed)
        return a.summed > b.summed;
    return node_key(g, a.joined) < node_key(g, b.joined);
}

static bool find_best(const pool *p, size_t *a, size_t *b) {
    pair best = {0, 0, 0};
    for (size_t i = 0; i < p->count; i++)
        for (size_t j = i + 1; j < p->count; j++)
            if (is_better(p->s->graph, p->pairs[i][j], best)) {
                best = p->pairs[i][j];
                *a = i;
                *b = j;
            }
    return best.joined != 0;
}

/* Term j goes, the last one takes its place, term i is the two together. */
static void join(pool *p, size_t i, size_t j) {
    size_t last = --p->count;
    p->term[i] = p->pairs[i][j].joined;
    p->coefficient[i] = RATIONAL(1);
    p->term[j] = p->term[last];
    p->coefficient[j] = p->coefficient[last];
    for (size_t k = 0; k < p->count; k++) {
        if (k != i)
            weigh(p, k < i ? k : i, k < i ? i : k);
        if (k != j && k != i && j < p->count)
            weigh(p, k < j ? k : j, k < j ? j : k);
    }
}

static ref join_all(pool *p) {
    size_t i, j;
    for (i = 0; i < p->count; i++)
        for (j = i + 1; j < p->count; j++)
            weigh(p, i, j);
    while (find_best(p, &i, &j))
        join(p, i, j);
    return graph_sum(p->s->graph, p->count, p->term, p->coefficient, 0, NULL);
}

void try_pairs(simplifier *s, contest *c, ref r) {
    pool p = {.s = s};
    if (node_rank(s->graph, r) < RANK_LEAST || node_operand_count(s->graph, r) < 3)
        return;
    contest_try(c);
    contest_enter_settled(c, gather(&p, r) ? join_all(&p) : 0);
}
