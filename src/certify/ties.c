/* Classes of tied entries of symmetric, skew, diagonal, triangular and Toeplitz matrices. */
/* SPDX-License-Identifier: MIT */
#include "certify/ties.h"

#include <math.h>
#include <string.h>

typedef struct place {
    size_t i, j, columns;
} place;

static size_t flat(const place *p) {
    return p->i * p->columns + p->j;
}

/* The class of an entry under the facts, and its sign in it. */
static size_t class_of(uint32_t facts, const place *p, signed char *sign) {
    const uint32_t symmetric = FACT_SYMMETRIC | FACT_POSDEF | FACT_PSD;
    size_t low = p->i < p->j ? p->i : p->j, high = p->i < p->j ? p->j : p->i;
    *sign = 1;
    if ((facts & FACT_DIAGONAL) && p->i != p->j)
        *sign = 0;
    if (((facts & FACT_LOWER) && p->i < p->j) || ((facts & FACT_UPPER) && p->i > p->j))
        *sign = 0;
    if ((facts & FACT_SKEW) && p->i >= p->j)
        *sign = p->i == p->j ? 0 : -1;
    if (facts & FACT_SYMTOEPLITZ)
        return high - low;
    if (facts & FACT_TOEPLITZ)
        return p->i >= p->j ? (p->i - p->j) * p->columns : p->j - p->i;
    if (facts & (symmetric | FACT_SKEW))
        return low * p->columns + high;
    return flat(p);
}

static bool ties_reserve(arena *a, size_t count, ties *t) {
    t->count = count;
    t->leader = ARENA_NEW(a, size_t, count + 1);
    t->members = ARENA_NEW(a, size_t, count + 1);
    t->sign = ARENA_NEW(a, signed char, count + 1);
    t->weight = ARENA_NEW(a, double, count + 1);
    return t->leader && t->members && t->sign && t->weight;
}

bool ties_find(arena *a, uint32_t facts, size_t rank, size_t rows, size_t columns, size_t count,
               structure_kind kind, ties *out) {
    const uint32_t square = FACT_SYMMETRIC | FACT_POSDEF | FACT_PSD | FACT_SKEW | FACT_SYMTOEPLITZ;
    const uint32_t any = square | FACT_DIAGONAL | FACT_LOWER | FACT_UPPER | FACT_TOEPLITZ;
    *out = (ties){.count = 0};
    if (!ties_reserve(a, count, out))
        return false;
    bool possible = rank == 2 && (rows == columns || !(facts & square));
    uint32_t kept = kind != STRUCTURE_AMBIENT && possible ? facts & any : 0;
    if (kept & square)
        kept &= ~(uint32_t)(FACT_LOWER | FACT_UPPER);
    out->bound = kept != 0;
    for (size_t e = 0; e < count; e++) {
        place p = {rank == 2 ? e / columns : 0, rank == 2 ? e % columns : e, rank == 2 ? columns : count};
        out->leader[e] = class_of(kept, &p, &out->sign[e]);
        if (out->sign[e])
            out->members[out->leader[e]]++;
    }
    for (size_t e = 0; e < count; e++) {
        size_t members = out->members[out->leader[e]];
        out->weight[e] = kind == STRUCTURE_ENTRIES && members ? 1 / (double)members : 1;
    }
    return true;
}

/* Leaders stand before the other members. */
void ties_direction(const ties *t, random_stream *r, double *dx) {
    for (size_t e = 0; e < t->count; e++)
        dx[e] = t->leader[e] == e ? random_normal(r) : t->sign[e] * dx[t->leader[e]];
    for (size_t e = 0; e < t->count; e++)
        dx[e] = t->sign[e] ? dx[e] : 0;
}

void ties_single(const ties *t, size_t leader, double *dx) {
    for (size_t e = 0; e < t->count; e++)
        dx[e] = t->leader[e] == leader ? t->sign[e] : 0;
}

size_t ties_random_leader(const ties *t, random_stream *r) {
    size_t start = (size_t)random_below(r, t->count ? t->count : 1);
    for (size_t i = 0; i < t->count; i++) {
        size_t e = (start + i) % t->count;
        if (t->members[e])
            return e;
    }
    return 0;
}

bool ties_hold(const ties *t, const double *row, double tolerance, size_t *worst) {
    for (size_t e = 0; e < t->count && t->bound; e++) {
        double expected = t->sign[e] ? t->sign[e] * row[t->leader[e]] : 0;
        if (!(fabs(row[e] - expected) <= tolerance)) {
            *worst = e;
            return false;
        }
    }
    return true;
}
