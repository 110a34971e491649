/* Inverse, determinant, adjugate modulo a prime, by elimination. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "value/residue_matrix.h"

static void swap_rows(uint64_t *a, size_t n, size_t i, size_t j) {
    for (size_t c = 0; i != j && c < n; c++) {
        uint64_t t = a[i * n + c];
        a[i * n + c] = a[j * n + c];
        a[j * n + c] = t;
    }
}

static void subtract_row(const field *f, uint64_t *a, size_t n, size_t i, size_t k, uint64_t factor) {
    for (size_t c = 0; c < n; c++)
        a[i * n + c] = field_subtract(f, a[i * n + c], field_multiply(f, factor, a[k * n + c]));
}

static void scale_row(const field *f, uint64_t *a, size_t n, size_t k, uint64_t factor) {
    for (size_t c = 0; c < n; c++)
        a[k * n + c] = field_multiply(f, factor, a[k * n + c]);
}

/* a becomes the identity, b (may be NULL) undergoes the same; returns det(a), 0 as soon as that is seen. */
static uint64_t eliminate(const field *f, uint64_t *a, uint64_t *b, size_t n) {
    uint64_t det = 1;
    for (size_t k = 0; k < n; k++) {
        size_t p = k;
        while (p < n && a[p * n + k] == 0)
            p++;
        if (p == n)
            return 0;
        det = field_multiply(f, det, a[p * n + k]);
        det = p == k ? det : field_subtract(f, 0, det);
        uint64_t inverse = field_inverse(f, a[p * n + k]);
        swap_rows(a, n, k, p);
        scale_row(f, a, n, k, inverse);
        if (b) {
            swap_rows(b, n, k, p);
            scale_row(f, b, n, k, inverse);
        }
        for (size_t i = 0; i < n; i++) {
            uint64_t factor = i == k ? 0 : a[i * n + k];
            if (factor && b)
                subtract_row(f, b, n, i, k, factor);
            if (factor)
                subtract_row(f, a, n, i, k, factor);
        }
    }
    return det;
}

static uint64_t invert(const field *f, const uint64_t *x, size_t n, uint64_t *work, uint64_t *y) {
    memcpy(work, x, n * n * sizeof *x);
    for (size_t i = 0; i < n * n; i++)
        y[i] = i / n == i % n;
    return eliminate(f, work, y, n);
}

bool field_matrix_inverse(const field *f, const uint64_t *x, size_t n, uint64_t *work, uint64_t *y) {
    return invert(f, x, n, work, y) != 0;
}

static uint64_t determinant(const field *f, const uint64_t *x, size_t n, uint64_t *work) {
    memcpy(work, x, n * n * sizeof *x);
    return eliminate(f, work, NULL, n);
}

/* One minor after the other: for singular matrices, where det*inv does not help. work: 2*n*n. */
static void cofactors(const field *f, const uint64_t *x, size_t n, uint64_t *work, uint64_t *y) {
    uint64_t *minor = work + n * n;
    for (size_t r = 0; r < n; r++)
        for (size_t c = 0; c < n; c++) {
            size_t k = 0;
            for (size_t i = 0; i < n * n; i++)
                if (i / n != r && i % n != c)
                    minor[k++] = x[i];
            uint64_t det = determinant(f, minor, n - 1, work);
            y[c * n + r] = (r + c) % 2 ? field_subtract(f, 0, det) : det;
        }
}

/* Entry i of the matrix x [rows, columns], or of its transpose. */
static uint64_t entry(const uint64_t *x, size_t rows, size_t columns, bool turned, size_t i) {
    return turned ? x[i % rows * columns + i / rows] : x[i];
}

static uint64_t matrix_key(const matrix_task *t, size_t operand, size_t rows, size_t columns, bool turned) {
    uint64_t h = oracle_begin(t->sample, (uint64_t)t->op);
    for (size_t i = 0; i < rows * columns; i++)
        h = oracle_mix(h, entry(t->x[operand], rows, columns, turned, i));
    return h;
}

/* The oracle of an operator with f(x') = f(x)': x or x', whichever has the smaller key, is looked up. */
static void mirror_oracle(const matrix_task *t) {
    size_t rows = t->rows[0], columns = t->columns[0];
    uint64_t key = matrix_key(t, 0, rows, columns, false), turned = matrix_key(t, 0, rows, columns, true);
    for (size_t i = 0; i < t->each; i++) {
        size_t row = i / t->result_columns, column = i % t->result_columns;
        uint64_t straight = key <= turned ? i : column * t->result_rows + row;
        if (key == turned && row > column)
            straight = column * t->result_columns + row;
        t->y[i] = oracle_end(t->sample, oracle_mix(key <= turned ? key : turned, straight));
    }
}

/* Operators without a function here: a hash of all entries. */
static void matrix_oracle(const matrix_task *t) {
    if (op_describe(t->op).mirror) {
        mirror_oracle(t);
        return;
    }
    uint64_t h = oracle_begin(t->sample, (uint64_t)t->op);
    for (size_t k = 0; k < t->operand_count; k++)
        h = oracle_mix(h, matrix_key(t, k, t->rows[k], t->columns[k], false));
    for (size_t i = 0; i < t->each; i++)
        t->y[i] = oracle_end(t->sample, oracle_mix(h, i));
}

/* Singular at generic values is singular everywhere: there the inverse is nothing but a name. */
bool exact_inverse(const matrix_task *t) {
    if (!field_matrix_inverse(t->field, t->x[0], t->sizes.n, t->work, t->y))
        matrix_oracle(t);
    return true;
}

bool exact_det(const matrix_task *t) {
    *t->y = determinant(t->field, t->x[0], t->sizes.n, t->work);
    return true;
}

/* log|d| = log(d^2)/2 */
bool exact_logdet(const matrix_task *t) {
    const field *f = t->field;
    uint64_t det = determinant(f, t->x[0], t->sizes.n, t->work);
    if (!oracle_log(t->sample, field_multiply(f, det, det), t->y))
        return false;
    *t->y = field_multiply(f, *t->y, field_inverse(f, 2));
    return true;
}

bool exact_adjugate(const matrix_task *t) {
    const field *f = t->field;
    const size_t n = t->sizes.n;
    uint64_t det = invert(f, t->x[0], n, t->work, t->y);
    if (det == 0)
        cofactors(f, t->x[0], n, t->work, t->y);
    for (size_t i = 0; det && i < n * n; i++)
        t->y[i] = field_multiply(f, det, t->y[i]);
    return true;
}

/* Operators of the symmetric part: x and x' are one. */
bool exact_of_symmetric_part(const matrix_task *t) {
    const size_t n = t->sizes.n;
    uint64_t h = oracle_begin(t->sample, (uint64_t)t->op);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++)
            h = oracle_mix(h, field_add(t->field, t->x[0][i * n + j], t->x[0][j * n + i]));
    for (size_t i = 0; i < t->each; i++)
        t->y[i] = oracle_end(t->sample, oracle_mix(h, i));
    return true;
}

typedef struct residue_row {
    bool exists, rational, ranked;
    matrix_function *function;
} residue_row;

static const residue_row rows[OP_COUNT] = {
#define RESIDUE(name)       .function = (name),
#define IS_RATIONAL         .rational = true,
#define RANKED              .ranked = true,
#define LINALG(id, columns) [OP_##id] = {.exists = true, columns},
#include "graph/ops_rows.h"
};

/* Rows and columns of a core; a vector is one column. */
static void measure(const op_core *core, op_sizes s, size_t *down, size_t *across) {
    *down = core->rank > 0 ? (core->size[0] == 'm' ? s.m : s.n) : 1;
    *across = core->rank > 1 ? (core->size[1] == 'm' ? s.m : s.n) : 1;
}

/* Whether the residues of a node have the rank that its values have: an oracle hides that lmax(A)*I - A is
 * singular. */
static bool has_true_rank(residue_task *r, ref x) {
    arena_mark mark = arena_note(r->scratch);
    size_t count = 0;
    const ref *nodes = graph_reach(r->graph, r->scratch, 1, &x, &count);
    bool whole = nodes != NULL;
    for (size_t i = 0; whole && i < count; i++) {
        op o = node_op(r->graph, nodes[i]);
        whole = op_describe(o).kind == KIND_STRUCTURAL || rows[o].rational;
    }
    arena_release(r->scratch, mark);
    return whole;
}

bool residue_linalg(residue_task *r) {
    op_shape shape = op_shape_of(r->op);
    matrix_task t = {.sample = r->sample, .field = r->field, .scratch = r->scratch, .op = r->op};
    const uint64_t *x[CORE_OPERANDS_MOST];
    t.operand_count = node_operand_count(r->graph, r->node);
    if (!value_core_sizes(r->graph, r->sample->sizes, r->node, &t.sizes))
        return false;
    measure(&shape.result, t.sizes, &t.result_rows, &t.result_columns);
    t.each = t.result_rows * t.result_columns;
    for (size_t k = 0; k < t.operand_count; k++) {
        measure(&shape.operand[k], t.sizes, &t.rows[k], &t.columns[k]);
        x[k] = task_operand(r, k);
    }
    size_t batch = t.each ? r->count / t.each : 0, n = t.sizes.n;
    bool exact = rows[t.op].function &&
                 (!rows[t.op].ranked || has_true_rank(r, node_operand(r->graph, r->node, 0)));
    t.work = ARENA_NEW(r->scratch, uint64_t, 2 * n * n + 1);
    for (size_t b = 0; t.work && b < batch; b++) {
        arena_mark mark = arena_note(r->scratch);
        for (size_t k = 0; k < t.operand_count; k++)
            t.x[k] = x[k] + b * t.rows[k] * t.columns[k];
        t.y = r->values + b * t.each;
        if (!exact)
            matrix_oracle(&t);
        else if (!rows[t.op].function(&t))
            return false;
        arena_release(r->scratch, mark);
    }
    return t.work && batch > 0;
}
