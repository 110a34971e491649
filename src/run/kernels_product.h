/* C = (+) alpha*A*B: tiles of C in registers, B packed in panels where its rows are not contiguous. */
/* SPDX-License-Identifier: MIT */
/* No include guard: a part of kernels_code.h. Every entry is summed over k in ascending order within DEPTH
 * terms, so that the result does not depend on WIDTH. */

enum {
    VECTORS = 2,              /* registers across a tile */
    ACROSS = VECTORS * WIDTH, /* columns of a tile */
    DOWN = 4,                 /* rows of a tile */
    DEPTH = 256               /* terms summed before C is touched */
};

/* WIDTH numbers side by side. */
#if defined(__GNUC__)
typedef double vec __attribute__((vector_size(WIDTH * 8)));
typedef double vec_at __attribute__((vector_size(WIDTH * 8), aligned(8), may_alias));
#define VEC_CLEAR(s)            ((s) = (vec){0})
#define VEC_ADD_SCALED(s, x, p) ((s) += (x) * *(const vec_at *)(p))
#define VEC_STORE(p, s)         (*(vec_at *)(p) = (s))
#else
typedef struct vec {
    double at[WIDTH];
} vec;
#define VEC_EACH(operation)                                                                                  \
    for (size_t e_ = 0; e_ < WIDTH; e_++)                                                                    \
    operation
#define VEC_CLEAR(s)            VEC_EACH((s).at[e_] = 0)
#define VEC_ADD_SCALED(s, x, p) VEC_EACH((s).at[e_] += (x) * (p)[e_])
#define VEC_STORE(p, s)         VEC_EACH((p)[e_] = (s).at[e_])
#endif

/* tile[rows][ACROSS] = A[rows, k] * B[k, ACROSS], B's rows contiguous. */
INLINE void tile_rows(size_t rows, size_t k, const double *a, ptrdiff_t a_row, ptrdiff_t a_column,
                      const double *b, ptrdiff_t b_row, double *tile) {
    vec s[DOWN][VECTORS];
    for (size_t i = 0; i < rows; i++)
        for (size_t v = 0; v < VECTORS; v++)
            VEC_CLEAR(s[i][v]);
    for (size_t p = 0; p < k; p++, a += a_column, b += b_row)
        for (size_t i = 0; i < rows; i++) {
            const double x = a[(ptrdiff_t)i * a_row];
            for (size_t v = 0; v < VECTORS; v++)
                VEC_ADD_SCALED(s[i][v], x, b + v * WIDTH);
        }
    for (size_t i = 0; i < rows; i++)
        for (size_t v = 0; v < VECTORS; v++)
            VEC_STORE(tile + i * ACROSS + v * WIDTH, s[i][v]);
}

/* The part [rows, columns] of the tile goes to C. */
INLINE void put_tile(size_t rows, size_t columns, const double *tile, double alpha, bool accumulate,
                     strided c) {
    for (size_t i = 0; i < rows; i++) {
        double *to = c.data + (ptrdiff_t)i * c.row;
        for (size_t j = 0; j < columns; j++) {
            double *entry = to + (ptrdiff_t)j * c.column;
            *entry = accumulate ? *entry + alpha * tile[i * ACROSS + j] : alpha * tile[i * ACROSS + j];
        }
    }
}

INLINE void put(size_t rows, size_t columns, const double *tile, double alpha, bool accumulate, strided c) {
    if (c.column != 1)
        put_tile(rows, columns, tile, alpha, accumulate, c);
    else if (columns == ACROSS)
        put_tile(rows, ACROSS, tile, alpha, accumulate, (strided){c.data, c.row, 1});
    else
        put_tile(rows, columns, tile, alpha, accumulate, (strided){c.data, c.row, 1});
}

/* Rows of C by one panel of B that is ACROSS wide. */
static void panel(size_t m, size_t columns, size_t k, double alpha, strided a, const double *b,
                  ptrdiff_t b_row, bool accumulate, strided c) {
    double tile[DOWN * ACROSS];
    size_t i = 0;
    for (; i + DOWN <= m; i += DOWN) {
        tile_rows(DOWN, k, a.data + (ptrdiff_t)i * a.row, a.row, a.column, b, b_row, tile);
        put(DOWN, columns, tile, alpha, accumulate,
            (strided){c.data + (ptrdiff_t)i * c.row, c.row, c.column});
    }
    for (; i < m; i++) {
        tile_rows(1, k, a.data + (ptrdiff_t)i * a.row, a.row, a.column, b, b_row, tile);
        put(1, columns, tile, alpha, accumulate, (strided){c.data + (ptrdiff_t)i * c.row, c.row, c.column});
    }
}

static void pack(size_t k, size_t columns, strided b, double *packed) {
    for (size_t p = 0; p < k; p++) {
        const double *from = b.data + (ptrdiff_t)p * b.row;
        double *to = packed + p * ACROSS;
        for (size_t j = 0; j < columns; j++)
            to[j] = from[(ptrdiff_t)j * b.column];
        for (size_t j = columns; j < ACROSS; j++)
            to[j] = 0;
    }
}

/* All of C by DEPTH rows of B. */
static void slab(size_t m, size_t n, size_t k, double alpha, strided a, strided b, bool accumulate,
                 strided c) {
    double packed[DEPTH * ACROSS];
    for (size_t j = 0; j < n; j += ACROSS) {
        size_t columns = n - j < ACROSS ? n - j : ACROSS;
        strided part = {b.data + (ptrdiff_t)j * b.column, b.row, b.column};
        strided to = {c.data + (ptrdiff_t)j * c.column, c.row, c.column};
        if (columns == ACROSS && b.column == 1) {
            panel(m, columns, k, alpha, a, part.data, b.row, accumulate, to);
            continue;
        }
        pack(k, columns, part, packed);
        panel(m, columns, k, alpha, a, packed, ACROSS, accumulate, to);
    }
}

/* ---- one row or one column ---- */

INLINE double dot_contiguous(size_t k, const double *x, const double *y) {
    double s[SUM_LANES] = {0};
    size_t i = 0;
    for (; i + SUM_LANES <= k; i += SUM_LANES)
        for (size_t j = 0; j < SUM_LANES; j++)
            s[j] += x[i + j] * y[i + j];
    for (size_t j = 0; i + j < k; j++)
        s[j] += x[i + j] * y[i + j];
    return join_lanes(s);
}

INLINE double dot_strided(size_t k, const double *x, ptrdiff_t dx, const double *y, ptrdiff_t dy) {
    double s[4] = {0};
    size_t i = 0;
    for (; i + 4 <= k; i += 4)
        for (size_t j = 0; j < 4; j++)
            s[j] += x[(ptrdiff_t)(i + j) * dx] * y[(ptrdiff_t)(i + j) * dy];
    for (size_t j = 0; i + j < k; j++)
        s[j] += x[(ptrdiff_t)(i + j) * dx] * y[(ptrdiff_t)(i + j) * dy];
    return (s[0] + s[2]) + (s[1] + s[3]);
}

/* c[i] = row i of A times x. */
static void rows_by_vector(size_t m, size_t k, double alpha, strided a, const double *x, ptrdiff_t dx,
                           bool accumulate, double *c, ptrdiff_t dc) {
    for (size_t i = 0; i < m; i++) {
        const double *row = a.data + (ptrdiff_t)i * a.row;
        double s = a.column == 1 && dx == 1 ? dot_contiguous(k, row, x)
                                            : dot_strided(k, row, a.column, x, dx);
        double *to = c + (ptrdiff_t)i * dc;
        *to = accumulate ? *to + alpha * s : alpha * s;
    }
}

/* c[0..n) += x' * B for rows of B that are contiguous: columns side by side, no packing. */
static void vector_by_rows(size_t n, size_t k, double alpha, const double *x, ptrdiff_t dx, strided b,
                           bool accumulate, double *c, ptrdiff_t dc) {
    double tile[DOWN * ACROSS];
    size_t j = 0;
    for (; j + ACROSS <= n; j += ACROSS) {
        tile_rows(1, k, x, 0, dx, b.data + j, b.row, tile);
        put(1, ACROSS, tile, alpha, accumulate, (strided){c + (ptrdiff_t)j * dc, 0, dc});
    }
    for (; j < n; j++) {
        double s = 0, *to = c + (ptrdiff_t)j * dc;
        for (size_t p = 0; p < k; p++)
            s += x[(ptrdiff_t)p * dx] * b.data[(ptrdiff_t)p * b.row + (ptrdiff_t)j];
        *to = accumulate ? *to + alpha * s : alpha * s;
    }
}

static strided transposed(strided x) {
    return (strided){x.data, x.column, x.row};
}

static bool product_of_vector(size_t m, size_t n, size_t k, double alpha, strided a, strided b,
                              bool accumulate, strided c) {
    if (n == 1 && m > 1)
        return product_of_vector(1, m, k, alpha, transposed(b), transposed(a), accumulate, transposed(c));
    if (m > 1)
        return false;
    if (b.column == 1 && n > 1)
        vector_by_rows(n, k, alpha, a.data, a.column, b, accumulate, c.data, c.column);
    else
        rows_by_vector(n, k, alpha, transposed(b), a.data, a.column, accumulate, c.data, c.column);
    return true;
}

static void product_run(size_t m, size_t n, size_t k, double alpha, strided a, strided b, bool accumulate,
                        strided c) {
    if (product_of_vector(m, n, k, alpha, a, b, accumulate, c))
        return;
    if (c.column != 1 && c.row == 1) {
        product_run(n, m, k, alpha, transposed(b), transposed(a), accumulate, transposed(c));
        return;
    }
    for (size_t p = 0; p < k || p == 0; p += DEPTH) {
        size_t depth = k - p < DEPTH ? k - p : DEPTH;
        strided left = {a.data + (ptrdiff_t)p * a.column, a.row, a.column};
        strided right = {b.data + (ptrdiff_t)p * b.row, b.row, b.column};
        slab(m, n, depth, alpha, left, right, accumulate || p > 0, c);
    }
}
