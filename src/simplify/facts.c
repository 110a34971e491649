/* fact(f(a, b)) from fact(a), fact(b): signs, symmetry, definiteness, triangles, orthogonality. */
/* SPDX-License-Identifier: MIT */
#include "simplify/facts.h"

#include <math.h>

#include "simplify/flat.h"

static const uint64_t known = (uint64_t)1 << 63; /* tells an empty set from an entry that is missing */

static const label no_label = EINSUM_LABELS_MOST;

enum {
    MATRIX_FACTS = FACT_SYMMETRIC | FACT_SKEW | FACT_POSDEF | FACT_PSD | FACT_DIAGONAL | FACT_LOWER |
                   FACT_UPPER | FACT_TOEPLITZ | FACT_SYMTOEPLITZ | FACT_ORTHOGONAL | FACT_INVERTIBLE,
    ENTRY_FACTS = FACT_NONNEG | FACT_POSITIVE | FACT_INTEGER | FACT_PM1 | FACT_01,
    /* closed under sums with positive coefficients */
    CONE_FACTS = FACT_NONNEG | FACT_PSD,
    /* closed under all sums */
    SPACE_FACTS = FACT_SYMMETRIC | FACT_SKEW | FACT_DIAGONAL | FACT_LOWER | FACT_UPPER | FACT_TOEPLITZ |
                  FACT_SYMTOEPLITZ,
    /* kept by the inverse of a square matrix */
    INVERSE_FACTS = FACT_SYMMETRIC | FACT_SKEW | FACT_POSDEF | FACT_PSD | FACT_DIAGONAL | FACT_LOWER |
                    FACT_UPPER | FACT_ORTHOGONAL,
    /* kept by max, min and prod */
    KEPT_BY_CHOICE = FACT_NONNEG | FACT_POSITIVE | FACT_INTEGER | FACT_PM1 | FACT_01
};

typedef struct implication {
    uint32_t from, to;
} implication;

/* In an order in which one pass suffices. */
static const implication implications[] = {
    {FACT_ONEHOT, FACT_SIMPLEX | FACT_01},
    {FACT_SIMPLEX, FACT_NONNEG},
    {FACT_01, FACT_NONNEG | FACT_INTEGER},
    {FACT_PM1, FACT_INTEGER},
    {FACT_POSITIVE, FACT_NONNEG},
    {FACT_SYMTOEPLITZ, FACT_TOEPLITZ | FACT_SYMMETRIC},
    {FACT_DIAGONAL, FACT_SYMMETRIC | FACT_LOWER | FACT_UPPER},
    {FACT_POSDEF, FACT_PSD | FACT_SYMMETRIC | FACT_INVERTIBLE},
    {FACT_PSD, FACT_SYMMETRIC},
};

uint32_t fact_closure(uint32_t set, size_t rank) {
    for (size_t i = 0; i < sizeof implications / sizeof *implications; i++)
        if (set & implications[i].from)
            set |= implications[i].to;
    return rank < 2 ? set & ~(uint32_t)MATRIX_FACTS : set;
}

static uint32_t of(const facts *f, ref r) {
    return (uint32_t)memo_known(&f->structural, r);
}

static bool is_square(const graph *g, ref r) {
    size_t rank = node_rank(g, r);
    return rank >= 2 && node_axis(g, r, rank - 1) == node_axis(g, r, rank - 2);
}

static uint32_t number_facts(double value, bool whole) {
    return (value > 0    ? FACT_POSITIVE
            : value == 0 ? (uint32_t)FACT_NONNEG
                         : 0u) |
           (whole ? (uint32_t)FACT_INTEGER : 0u);
}

/* ---- sums ---- */

static uint32_t scaled(uint32_t set, rational c) {
    uint32_t integer = rational_is_integer(c) ? set & FACT_INTEGER : 0;
    uint32_t kept = set & SPACE_FACTS;
    if (c.num > 0)
        kept |= set & (FACT_NONNEG | FACT_POSITIVE | FACT_PSD | FACT_POSDEF);
    return kept | integer;
}

static uint32_t sum_facts(const facts *f, ref r) {
    const graph *g = f->structural.graph;
    uint32_t all = ~0u, any = 0;
    for (size_t k = 0; k < node_operand_count(g, r); k++) {
        uint32_t here = scaled(of(f, node_operand(g, r, k)), sum_coefficient(g, r, k));
        all &= here;
        any |= here;
    }
    uint32_t sum = all & (SPACE_FACTS | CONE_FACTS | FACT_INTEGER);
    if (all & FACT_NONNEG)
        sum |= any & FACT_POSITIVE;
    if (all & FACT_PSD)
        sum |= any & FACT_POSDEF;
    return sum;
}

/* ---- products ---- */

/* Sign of factor^exponent, entry by entry: FACT_POSITIVE, FACT_NONNEG or nothing. */
static uint32_t factor_sign(const facts *f, const einsum_factor *x) {
    uint32_t own = of(f, x->node) & (FACT_NONNEG | FACT_POSITIVE);
    if (x->den % 2 == 0)
        return own | FACT_NONNEG;
    return x->num % 2 == 0 ? own | FACT_NONNEG : own;
}

static uint32_t product_sign(const facts *f, const einsum *e) {
    if (e->coefficient.num < 0)
        return 0;
    uint32_t sign = FACT_NONNEG | FACT_POSITIVE;
    for (size_t k = 0; k < e->factor_count; k++)
        sign &= factor_sign(f, &e->factors[k]);
    for (size_t k = 0; k < e->out_rank; k++) /* off the diagonal a product is 0 */
        for (size_t j = 0; j < k; j++) {
            label a, b;
            if (!einsum_slot_single(e, e->factor_count, k, &a) ||
                !einsum_slot_single(e, e->factor_count, j, &b) || a == b)
                sign &= ~(uint32_t)FACT_POSITIVE;
        }
    return sign;
}

static bool slots_are(const einsum *e, size_t f, label a, label b) {
    label x, y;
    return e->factors[f].rank == 2 && einsum_slot_single(e, f, 0, &x) && einsum_slot_single(e, f, 1, &y) &&
           ((x == a && y == b) || (x == b && y == a));
}

/* Factor k on (a, c) and factor j on (b, d), the same node and side: the outer parts of M S M'. */
static bool mirror(const einsum *e, size_t k, size_t j, label a, label b, label *c, label *d) {
    label x, y, u, v;
    const einsum_factor *p = &e->factors[k], *q = &e->factors[j];
    if (p->node != q->node || p->num != 1 || q->num != 1 || p->den != 1 || q->den != 1)
        return false;
    if (p->rank == 1 && einsum_slot_single(e, k, 0, &x) && einsum_slot_single(e, j, 0, &u))
        return *c = *d = no_label, x == a && u == b;
    if (p->rank != 2 || !einsum_slot_single(e, k, 0, &x) || !einsum_slot_single(e, k, 1, &y) ||
        !einsum_slot_single(e, j, 0, &u) || !einsum_slot_single(e, j, 1, &v))
        return false;
    *c = x == a ? y : x;
    *d = u == b ? v : u;
    return (x == a && u == b) || (y == a && v == b);
}

/* Whether all other factors are weights that keep M S M' positive semidefinite: numbers and vectors >= 0 on
 * the inner label, or one semidefinite S between the inner labels. */
static bool weights_are_psd(const facts *f, const einsum *e, size_t k, size_t j, label c, label d) {
    size_t between = 0;
    for (size_t i = 0; i < e->factor_count; i++) {
        const einsum_factor *x = &e->factors[i];
        label l;
        if (i == k || i == j)
            continue;
        if (x->rank == 2 && x->num == 1 && x->den == 1 && slots_are(e, i, c, d) && c != d &&
            (of(f, x->node) & FACT_PSD))
            between++;
        else if (!(factor_sign(f, x) & FACT_NONNEG) ||
                 !(x->rank == 0 || (x->rank == 1 && c == d && einsum_slot_single(e, i, 0, &l) && l == c)))
            return false;
    }
    return c == d ? between == 0 : between == 1;
}

/* out[a, b] = M S M' with S semidefinite. */
static bool is_gram(const facts *f, const einsum *e, label a, label b) {
    for (size_t k = 0; k < e->factor_count; k++)
        for (size_t j = 0; j < e->factor_count; j++) {
            label c, d;
            if (k != j && mirror(e, k, j, a, b, &c, &d) && c != a && c != b && d != a && d != b &&
                weights_are_psd(f, e, k, j, c, d))
                return true;
        }
    return false;
}

/* Scalars apart, the product is one matrix as it stands (`turned`: transposed). */
static bool is_one_matrix(const facts *f, const einsum *e, label a, label b, uint32_t *inner, bool *turned) {
    size_t matrices = 0;
    bool positive = e->coefficient.num > 0;
    for (size_t k = 0; k < e->factor_count; k++) {
        const einsum_factor *x = &e->factors[k];
        label first;
        if (x->rank == 0) {
            positive = positive && (factor_sign(f, x) & FACT_POSITIVE);
            continue;
        }
        if (++matrices > 1 || x->num != 1 || x->den != 1 || !slots_are(e, k, a, b))
            return false;
        *inner = of(f, x->node) & MATRIX_FACTS;
        *turned = einsum_slot_single(e, k, 0, &first) && first != a;
    }
    if (!positive)
        *inner &= SPACE_FACTS;
    if (e->factor_count > 1 || !rational_is(e->coefficient, 1))
        *inner &= ~(uint32_t)FACT_ORTHOGONAL;
    return matrices == 1;
}

static uint32_t transposed_facts(uint32_t set) {
    uint32_t kept = set & ~(uint32_t)(FACT_LOWER | FACT_UPPER);
    return kept | (set & FACT_LOWER ? (uint32_t)FACT_UPPER : 0u) |
           (set & FACT_UPPER ? (uint32_t)FACT_LOWER : 0u);
}

/* A diagonal matrix: out[a, a] with factors on a or numbers. */
static uint32_t diagonal_facts(const facts *f, const einsum *e) {
    uint32_t sign = e->coefficient.num > 0 ? FACT_PSD | FACT_POSDEF : 0u;
    for (size_t k = 0; k < e->factor_count; k++) {
        uint32_t own = factor_sign(f, &e->factors[k]);
        sign &= own & FACT_POSITIVE ? ~0u : own & FACT_NONNEG ? (uint32_t)FACT_PSD : 0u;
    }
    if (e->factor_count == 0)
        sign |= rational_is(e->coefficient, 1) ? FACT_ORTHOGONAL | FACT_INVERTIBLE
                                               : (uint32_t)FACT_INVERTIBLE;
    return FACT_DIAGONAL | sign;
}

/* A chain of square invertible matrices is invertible. */
static bool is_invertible_product(const facts *f, const einsum *e) {
    const graph *g = f->structural.graph;
    size_t matrices = 0;
    for (size_t k = 0; k < e->factor_count; k++) {
        const einsum_factor *x = &e->factors[k];
        if (x->rank == 0)
            return false;
        if (x->rank != 2 || x->num != 1 || x->den != 1 || !is_square(g, x->node) ||
            !(of(f, x->node) & FACT_INVERTIBLE))
            return false;
        matrices++;
    }
    /* a chain of k matrices over k + 1 labels, two of them outside */
    return matrices > 0 && e->label_count == matrices + 1;
}

static uint32_t einsum_facts(const facts *f, ref r) {
    const graph *g = f->structural.graph;
    einsum e;
    label a, b;
    uint32_t inner = 0;
    bool turned = false;
    flattening how;
    product_flatten(g, r, &e, &how);
    uint32_t known_facts = product_sign(f, &e);
    if (e.factor_count == 0 && rational_is_integer(e.coefficient))
        known_facts |= FACT_INTEGER;
    if (e.out_rank != 2 || !is_square(g, r) || !einsum_slot_single(&e, e.factor_count, 0, &a) ||
        !einsum_slot_single(&e, e.factor_count, 1, &b))
        return known_facts;
    if (a == b)
        return known_facts | diagonal_facts(f, &e);
    if (is_one_matrix(f, &e, a, b, &inner, &turned))
        return known_facts | (turned ? transposed_facts(inner) : inner);
    if (e.coefficient.num > 0 && is_gram(f, &e, a, b))
        known_facts |= FACT_PSD;
    return known_facts | (is_invertible_product(f, &e) ? (uint32_t)FACT_INVERTIBLE : 0u);
}

/* ---- operators ---- */

/* Of the result of an operator whose first operand has the facts x; rows: it works on one axis. */
static uint32_t operator_facts(op o, uint32_t x, bool rows) {
    const uint32_t sets[OP_COUNT] = {
#define FACTS(set)               | (uint32_t)(set)
#define ELEMENTWISE(id, columns) [OP_##id] = 0u columns,
#define REDUCTION(id, columns)   [OP_##id] = 0u columns,
#define AXISMAP(id, columns)     [OP_##id] = 0u columns,
#define LINALG(id, columns)      [OP_##id] = 0u columns,
#include "graph/ops_rows.h"
    };
    return sets[o];
}

static uint32_t structural_facts(const facts *f, ref r) {
    const graph *g = f->structural.graph;
    switch (node_op(g, r)) {
    case OP_SYMBOL: return symbol_facts(g, r);
    case OP_REAL: return number_facts(real_value(g, r), false);
    case OP_PI: return FACT_POSITIVE;
    case OP_SIZE: return FACT_POSITIVE | FACT_INTEGER;
    case OP_UNIT: return FACT_01 | FACT_ONEHOT;
    case OP_SHIFT: return FACT_01;
    case OP_IOTA: return FACT_NONNEG | FACT_INTEGER;
    case OP_ZERO: return FACT_NONNEG | FACT_INTEGER | (is_square(g, r) ? FACT_DIAGONAL | FACT_PSD : 0u);
    case OP_ONEHOT: return FACT_01;
    case OP_RANDOM: return node_word(g, r, 0) == RANDOM_UNIFORM ? (uint32_t)FACT_POSITIVE : 0u;
    case OP_SUM: return sum_facts(f, r);
    case OP_EINSUM: return einsum_facts(f, r);
    case OP_WHERE: return of(f, node_operand(g, r, 1)) & of(f, node_operand(g, r, 2)) & ENTRY_FACTS;
    default: return 0;
    }
}

static uint64_t compute(void *user, ref r) {
    const facts *f = user;
    const graph *g = f->structural.graph;
    op o = node_op(g, r);
    op_kind kind = op_describe(o).kind;
    uint32_t x = kind != KIND_STRUCTURAL && node_operand_count(g, r) > 0 ? of(f, node_operand(g, r, 0)) : 0;
    bool rows = kind == KIND_AXISMAP && node_word(g, r, 0) == 1;
    uint32_t found = kind == KIND_STRUCTURAL ? structural_facts(f, r) : operator_facts(o, x, rows);
    return known | fact_closure(found, node_rank(g, r));
}

/* ---- symmetry by fingerprint ---- */

static bool worth_asking(const facts *f, ref r) {
    const graph *g = f->structural.graph;
    op o = node_op(g, r);
    return f->residues && node_rank(g, r) == 2 && is_square(g, r) &&
           (o == OP_SUM || o == OP_EINSUM || op_describe(o).kind == KIND_LINALG);
}

static bool is_symmetric(facts *f, ref r) {
    memory *m = graph_memory(f->structural.graph);
    while (f->symmetric.count <= r)
        if (!array_push(m, &f->symmetric, (uint8_t)0))
            return false;
    if (f->symmetric.at[r] == 0)
        f->symmetric.at[r] = residue_is_symmetric(f->residues, r) ? 2 : 1;
    return f->symmetric.at[r] == 2;
}

void facts_begin(facts *f, const graph *g, residues *r) {
    *f = (facts){.structural = memo_new(g, compute, f), .residues = r};
}

void facts_end(facts *f) {
    array_free(graph_memory(f->structural.graph), &f->symmetric);
    memo_free(&f->structural);
}

uint32_t fact_of(facts *f, ref r) {
    uint32_t found = (uint32_t)memo_get(&f->structural, r);
    if (!(found & (FACT_SYMMETRIC | FACT_SKEW)) && worth_asking(f, r) && is_symmetric(f, r))
        found |= FACT_SYMMETRIC;
    return found;
}

void facts_forget(facts *f, graph_mark mark) {
    memo_forget(&f->structural, mark);
    if (f->symmetric.count > mark.nodes)
        f->symmetric.count = mark.nodes;
}
