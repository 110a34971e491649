/* Patterns of sparse matrices for the tests: bands, grids, arrows, blocks, random rows. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_PATTERNS_H
#define GRADUS_TESTS_PATTERNS_H

#include <gradus/sparse.h>

#include <stdint.h>
#include <stdlib.h>

/* Is (r, c) an entry? `size` is the half bandwidth, the side of the grid or block. */
typedef int pattern_rule(size_t r, size_t c, size_t size);

static inline size_t pattern_distance(size_t a, size_t b) {
    return a > b ? a - b : b - a;
}
static inline int in_band(size_t r, size_t c, size_t size) {
    return pattern_distance(r, c) <= size;
}
static inline int on_arrow(size_t r, size_t c, size_t size) {
    (void)size;
    return r == c || r == 0 || c == 0;
}
static inline int in_block(size_t r, size_t c, size_t size) {
    return r / size == c / size;
}
/* Five points of a square grid of this side. */
static inline int on_grid(size_t r, size_t c, size_t size) {
    return pattern_distance(r / size, c / size) + pattern_distance(r % size, c % size) <= 1;
}
/* The diagonal and, on average, three more in a row. */
static inline int at_random(size_t r, size_t c, size_t size) {
    uint64_t z = ((uint64_t)r * 1000003 + c) * 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 31)) * 0xbf58476d1ce4e5b9u;
    return r == c || (z >> 33) % size < 3;
}
static inline int at_random_symmetric(size_t r, size_t c, size_t size) {
    return r < c ? at_random(r, c, size) : at_random(c, r, size);
}

static inline int everywhere(size_t r, size_t c, size_t size) {
    (void)r, (void)c, (void)size;
    return 1;
}
static inline int nowhere(size_t r, size_t c, size_t size) {
    (void)r, (void)c, (void)size;
    return 0;
}

static inline gradus_sparse_pattern make_pattern(size_t rows, size_t columns, pattern_rule *rule,
                                                 size_t size) {
    size_t count = 0;
    for (size_t r = 0; r < rows; r++)
        for (size_t c = 0; c < columns; c++)
            count += rule(r, c, size) != 0;
    gradus_sparse_pattern p = {rows, columns, malloc((rows + 1) * sizeof(size_t)),
                               malloc((count + 1) * sizeof(size_t))};
    count = 0;
    for (size_t r = 0; r < rows; r++) {
        p.row_start[r] = count;
        for (size_t c = 0; c < columns; c++)
            if (rule(r, c, size))
                p.column[count++] = c;
    }
    p.row_start[rows] = count;
    return p;
}

static inline void drop_pattern(gradus_sparse_pattern *p) {
    free(p->row_start);
    free(p->column);
}

/* The pattern without entry k. */
static inline gradus_sparse_pattern without(const gradus_sparse_pattern *p, size_t k) {
    size_t entries = p->row_start[p->rows];
    gradus_sparse_pattern q = {p->rows, p->columns, malloc((p->rows + 1) * sizeof(size_t)),
                               malloc(entries * sizeof(size_t))};
    for (size_t r = 0; r <= p->rows; r++)
        q.row_start[r] = p->row_start[r] - (p->row_start[r] > k);
    for (size_t i = 0; i < entries - 1; i++)
        q.column[i] = p->column[i + (i >= k)];
    return q;
}

static inline size_t row_of(const gradus_sparse_pattern *p, size_t k) {
    size_t r = 0;
    while (p->row_start[r + 1] <= k)
        r++;
    return r;
}

#endif
