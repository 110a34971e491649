/* Groups of columns and rows: each entry can be recovered, and there are no more groups than promised. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <gradus/sparse.h>

#include <stdio.h>
#include <string.h>

#include "patterns.h"

/* How many entries of row r have a column of this group. */
static size_t meets(const gradus_sparse_pattern *p, const size_t *group, size_t r, size_t which) {
    size_t count = 0;
    for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++)
        count += group[p->column[k]] == which;
    return count;
}

/* The rows of this group that have an entry in column c. */
static size_t rows_meeting(const gradus_sparse_pattern *p, const size_t *row_group, size_t c, size_t which) {
    size_t count = 0;
    for (size_t r = 0; r < p->rows; r++)
        for (size_t k = p->row_start[r]; row_group[r] == which && k < p->row_start[r + 1]; k++)
            count += p->column[k] == c;
    return count;
}

/* Entry k of row r is determined by column groups, by row groups, or by its mirror image. */
static int recovered(const gradus_sparse_pattern *p, enum gradus_sparse_scheme scheme,
                     const size_t *column_group, const size_t *row_group, size_t r, size_t k) {
    size_t c = p->column[k];
    if (scheme == GRADUS_SPARSE_BOTH && row_group[r] != GRADUS_SPARSE_NO_GROUP)
        return rows_meeting(p, row_group, c, row_group[r]) == 1;
    if (column_group[c] != GRADUS_SPARSE_NO_GROUP && meets(p, column_group, r, column_group[c]) == 1)
        return 1;
    return scheme == GRADUS_SPARSE_STAR && meets(p, column_group, c, column_group[r]) == 1;
}

/* Groups, checks each entry, returns the total of groups. */
static size_t groups_of(const gradus_sparse_pattern *p, enum gradus_sparse_scheme scheme) {
    gradus_sparse_grouping g;
    size_t *column_group = malloc((p->columns + p->rows) * sizeof *column_group);
    size_t *row_group = column_group + p->columns;
    assert_int_equal(gradus_sparse_group(p, scheme, column_group, row_group, &g), GRADUS_NUMERIC_OK);
    for (size_t r = 0; r < p->rows; r++)
        for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++)
            assert_true(recovered(p, scheme, column_group, row_group, r, k));
    for (size_t c = 0; c < p->columns; c++)
        assert_true(column_group[c] < g.column_groups || column_group[c] == GRADUS_SPARSE_NO_GROUP);
    if (scheme != GRADUS_SPARSE_BOTH)
        assert_int_equal(g.row_groups, 0);
    if (scheme == GRADUS_SPARSE_COLUMNS)
        assert_true(g.column_groups >= g.longest_row);
    free(column_group);
    return g.column_groups + g.row_groups;
}

typedef struct known {
    const char *name;
    size_t n;
    pattern_rule *rule;
    size_t size;
    enum gradus_sparse_scheme scheme;
    size_t least, most;
} known;

/* Lower bounds: the longest row; of star colourings 2 with any edge and 3 with a path of four. */
static const known patterns[] = {
    {"tridiagonal", 2000, in_band, 1, GRADUS_SPARSE_COLUMNS, 3, 3},
    {"tridiagonal, star", 2000, in_band, 1, GRADUS_SPARSE_STAR, 3, 3},
    {"pentadiagonal", 2000, in_band, 2, GRADUS_SPARSE_COLUMNS, 5, 5},
    {"pentadiagonal, star", 2000, in_band, 2, GRADUS_SPARSE_STAR, 3, 5},
    {"grid 45x45", 2025, on_grid, 45, GRADUS_SPARSE_COLUMNS, 5, 7},
    {"grid 45x45, star", 2025, on_grid, 45, GRADUS_SPARSE_STAR, 3, 7},
    {"blocks of 10", 2000, in_block, 10, GRADUS_SPARSE_COLUMNS, 10, 10},
    {"blocks of 10, star", 2000, in_block, 10, GRADUS_SPARSE_STAR, 10, 10},
    {"arrow, columns", 2000, on_arrow, 0, GRADUS_SPARSE_COLUMNS, 2000, 2000},
    {"arrow, rows and columns", 2000, on_arrow, 0, GRADUS_SPARSE_BOTH, 2, 3},
    {"arrow, star", 2000, on_arrow, 0, GRADUS_SPARSE_STAR, 2, 2},
    {"random", 2000, at_random, 2000, GRADUS_SPARSE_COLUMNS, 4, 16},
    {"random, rows and columns", 2000, at_random, 2000, GRADUS_SPARSE_BOTH, 4, 16},
    {"random, star", 2000, at_random_symmetric, 2000, GRADUS_SPARSE_STAR, 3, 16},
};

static void known_patterns_take_few_groups(void **state) {
    (void)state;
    for (size_t k = 0; k < sizeof patterns / sizeof patterns[0]; k++) {
        const known *w = &patterns[k];
        gradus_sparse_pattern p = make_pattern(w->n, w->n, w->rule, w->size);
        size_t groups = groups_of(&p, w->scheme);
        printf("%s: %zu groups\n", w->name, groups);
        assert_in_range(groups, w->least, w->most);
        drop_pattern(&p);
    }
}

/* Every scheme on small random patterns of every density: nothing but validity is asked. */
static void random_patterns_are_recovered(void **state) {
    (void)state;
    for (size_t n = 1; n <= 24; n++) {
        for (size_t size = 3; size <= 48; size += 3) {
            gradus_sparse_pattern p = make_pattern(n, n + size % 5, at_random, size);
            gradus_sparse_pattern q = make_pattern(n, n, at_random_symmetric, size);
            size_t columns = groups_of(&p, GRADUS_SPARSE_COLUMNS);
            assert_true(groups_of(&p, GRADUS_SPARSE_BOTH) <= columns);
            groups_of(&q, GRADUS_SPARSE_STAR);
            drop_pattern(&p);
            drop_pattern(&q);
        }
    }
}

static int without_diagonal(size_t r, size_t c, size_t size) {
    (void)size;
    return r + 1 == c || c + 1 == r;
}
static void empty_rows_and_columns_have_no_group(void **state) {
    (void)state;
    gradus_sparse_pattern p = make_pattern(6, 8, nowhere, 0), q = make_pattern(9, 9, without_diagonal, 0);
    assert_int_equal(groups_of(&p, GRADUS_SPARSE_COLUMNS), 0);
    assert_int_equal(groups_of(&p, GRADUS_SPARSE_BOTH), 0);
    assert_true(groups_of(&q, GRADUS_SPARSE_STAR) <= 3);
    drop_pattern(&p);
    drop_pattern(&q);
}

typedef struct bad {
    gradus_sparse_pattern pattern;
    int symmetric, fault;
    size_t row, entry;
} bad;

static void faulty_patterns_are_named(void **state) {
    (void)state;
    size_t start[] = {0, 2, 4}, late[] = {1, 2, 4}, falling[] = {0, 3, 2}, huge[] = {0, 2, SIZE_MAX / 2};
    size_t column[] = {0, 1, 0, 1}, far[] = {0, 1, 0, 2}, twice[] = {0, 1, 1, 1}, back[] = {1, 0, 0, 1};
    size_t lonely[] = {0, 1, 1}, lonely_start[] = {0, 2, 3};
    const bad cases[] = {
        {{2, 2, start, column}, 1, GRADUS_SPARSE_FAULT_NONE, 0, 0},
        {{2, 2, NULL, column}, 0, GRADUS_SPARSE_FAULT_POINTER, 0, 0},
        {{2, 2, start, NULL}, 0, GRADUS_SPARSE_FAULT_POINTER, 0, 0},
        {{0, 2, start, column}, 0, GRADUS_SPARSE_FAULT_SIZE, 0, 0},
        {{2, 0, start, column}, 0, GRADUS_SPARSE_FAULT_SIZE, 0, 0},
        {{SIZE_MAX, 2, start, column}, 0, GRADUS_SPARSE_FAULT_SIZE, 0, 0},
        {{2, SIZE_MAX, start, column}, 0, GRADUS_SPARSE_FAULT_SIZE, 0, 0},
        {{2, 2, huge, column}, 0, GRADUS_SPARSE_FAULT_SIZE, 0, 0},
        {{2, 2, late, column}, 0, GRADUS_SPARSE_FAULT_START, 0, 0},
        {{2, 2, falling, column}, 0, GRADUS_SPARSE_FAULT_START, 1, 0},
        {{2, 2, start, far}, 0, GRADUS_SPARSE_FAULT_RANGE, 1, 3},
        {{2, 2, start, twice}, 0, GRADUS_SPARSE_FAULT_TWICE, 1, 3},
        {{2, 2, start, back}, 0, GRADUS_SPARSE_FAULT_ORDER, 0, 1},
        {{2, 3, start, column}, 1, GRADUS_SPARSE_FAULT_SQUARE, 0, 0},
        {{2, 2, lonely_start, lonely}, 1, GRADUS_SPARSE_FAULT_SYMMETRY, 0, 1},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        size_t row = 9, entry = 9, group[4];
        gradus_sparse_grouping result;
        enum gradus_sparse_scheme scheme = cases[k].symmetric ? GRADUS_SPARSE_STAR : GRADUS_SPARSE_COLUMNS;
        int fault = gradus_sparse_pattern_check(&cases[k].pattern, cases[k].symmetric, &row, &entry);
        int status = gradus_sparse_group(&cases[k].pattern, scheme, group, NULL, &result);
        assert_int_equal(fault, cases[k].fault);
        assert_int_equal(row, cases[k].row);
        assert_int_equal(entry, cases[k].entry);
        assert_int_equal(status, fault ? GRADUS_NUMERIC_ARGUMENT : GRADUS_NUMERIC_OK);
        assert_int_equal(result.fault, fault);
        assert_true(strlen(gradus_sparse_fault_text(fault)) > 10);
    }
    assert_int_equal(gradus_sparse_pattern_check(NULL, 0, NULL, NULL), GRADUS_SPARSE_FAULT_POINTER);
    assert_non_null(strstr(gradus_sparse_fault_text(-1), "unknown"));
    assert_non_null(strstr(gradus_sparse_fault_text(GRADUS_SPARSE_FAULT_COUNT), "unknown"));
}

static void bad_arguments_are_refused(void **state) {
    (void)state;
    size_t start[] = {0, 1}, column[] = {0}, group[1];
    gradus_sparse_pattern p = {1, 1, start, column};
    gradus_sparse_grouping g;
    assert_int_equal(gradus_sparse_group(&p, GRADUS_SPARSE_COLUMNS, NULL, NULL, &g), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_sparse_group(&p, GRADUS_SPARSE_BOTH, group, NULL, &g), GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_sparse_group(&p, (enum gradus_sparse_scheme)9, group, group, &g),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_sparse_group(&p, GRADUS_SPARSE_COLUMNS, group, NULL, NULL),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(gradus_sparse_group(NULL, GRADUS_SPARSE_COLUMNS, group, NULL, &g),
                     GRADUS_NUMERIC_ARGUMENT);
    assert_int_equal(g.fault, GRADUS_SPARSE_FAULT_POINTER);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_patterns_take_few_groups),
        cmocka_unit_test(random_patterns_are_recovered),
        cmocka_unit_test(empty_rows_and_columns_have_no_group),
        cmocka_unit_test(faulty_patterns_are_named),
        cmocka_unit_test(bad_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
