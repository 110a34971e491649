/* Patterns of sparse matrices: faults, transposes. */
/* SPDX-License-Identifier: MIT */
#include "sparse_internal.h"

#include <stdint.h>

static const char *const sentences[] = {
#define FAULT_SENTENCE(name, text) text,
    GRADUS_SPARSE_FAULT_LIST(FAULT_SENTENCE)
#undef FAULT_SENTENCE
};

const char *gradus_sparse_fault_text(int fault) {
    if (fault < 0 || fault >= GRADUS_SPARSE_FAULT_COUNT)
        return "unknown fault of a pattern";
    return sentences[fault];
}

sparse_lists sparse_rows(const gradus_sparse_pattern *pattern) {
    return (sparse_lists){pattern->rows, pattern->row_start, pattern->column};
}

static int check_starts(const gradus_sparse_pattern *p, size_t *row) {
    const size_t most = PTRDIFF_MAX / sizeof(double);
    if (p->rows == 0 || p->columns == 0 || p->rows > most - 1 || p->columns > most - 1)
        return GRADUS_SPARSE_FAULT_SIZE;
    for (size_t r = 0; r < p->rows; r++) {
        *row = r;
        if (p->row_start[r + 1] < p->row_start[r] || (r == 0 && p->row_start[0] != 0))
            return GRADUS_SPARSE_FAULT_START;
        if (p->row_start[r + 1] > most)
            return GRADUS_SPARSE_FAULT_SIZE;
    }
    return GRADUS_SPARSE_FAULT_NONE;
}

static int check_row(const gradus_sparse_pattern *p, size_t r, size_t *entry) {
    for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++) {
        *entry = k;
        if (p->column[k] >= p->columns)
            return GRADUS_SPARSE_FAULT_RANGE;
        if (k > p->row_start[r] && p->column[k] == p->column[k - 1])
            return GRADUS_SPARSE_FAULT_TWICE;
        if (k > p->row_start[r] && p->column[k] < p->column[k - 1])
            return GRADUS_SPARSE_FAULT_ORDER;
    }
    return GRADUS_SPARSE_FAULT_NONE;
}

static int contains(const gradus_sparse_pattern *p, size_t r, size_t c) {
    size_t low = p->row_start[r], high = p->row_start[r + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->column[middle] == c)
            return 1;
        if (p->column[middle] < c)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static int check_symmetry(const gradus_sparse_pattern *p, size_t *row, size_t *entry) {
    if (p->rows != p->columns)
        return GRADUS_SPARSE_FAULT_SQUARE;
    for (size_t r = 0; r < p->rows; r++) {
        for (size_t k = p->row_start[r]; k < p->row_start[r + 1]; k++) {
            *row = r;
            *entry = k;
            if (!contains(p, p->column[k], r))
                return GRADUS_SPARSE_FAULT_SYMMETRY;
        }
    }
    return GRADUS_SPARSE_FAULT_NONE;
}

static int find_fault(const gradus_sparse_pattern *p, int symmetric, size_t *row, size_t *entry) {
    if (p == NULL || p->row_start == NULL)
        return GRADUS_SPARSE_FAULT_POINTER;
    int fault = check_starts(p, row);
    if (fault != GRADUS_SPARSE_FAULT_NONE)
        return fault;
    if (p->column == NULL && p->row_start[p->rows] > 0)
        return GRADUS_SPARSE_FAULT_POINTER;
    for (*row = 0; *row < p->rows; ++*row) {
        fault = check_row(p, *row, entry);
        if (fault != GRADUS_SPARSE_FAULT_NONE)
            return fault;
    }
    return symmetric ? check_symmetry(p, row, entry) : GRADUS_SPARSE_FAULT_NONE;
}

/* Is the fault about an entry, or at least about a row? */
static int has_entry(int fault) {
    return fault == GRADUS_SPARSE_FAULT_RANGE || fault == GRADUS_SPARSE_FAULT_ORDER ||
           fault == GRADUS_SPARSE_FAULT_TWICE || fault == GRADUS_SPARSE_FAULT_SYMMETRY;
}

int gradus_sparse_pattern_check(const gradus_sparse_pattern *pattern, int symmetric, size_t *row,
                                size_t *entry) {
    size_t at_row = 0, at_entry = 0;
    int fault = find_fault(pattern, symmetric, &at_row, &at_entry);
    if (row != NULL)
        *row = has_entry(fault) || fault == GRADUS_SPARSE_FAULT_START ? at_row : 0;
    if (entry != NULL)
        *entry = has_entry(fault) ? at_entry : 0;
    return fault;
}

sparse_lists sparse_transpose(sparse_lists of, size_t columns, const unsigned char *keep) {
    size_t entries = of.start[of.count];
    sparse_lists result = {columns, NULL, NULL};
    if (entries > SIZE_MAX - columns - 2)
        return result;
    /* start is filled one place late, so that the filling of item leaves it right */
    size_t *start = sparse_allocate(columns + 2 + entries, sizeof *start), *item;
    if (start == NULL)
        return result;
    item = start + columns + 2;
    for (size_t r = 0; r < of.count; r++)
        for (size_t k = of.start[r]; (keep == NULL || keep[r]) && k < of.start[r + 1]; k++)
            start[of.item[k] + 2]++;
    for (size_t c = 0; c < columns; c++)
        start[c + 2] += start[c + 1];
    for (size_t r = 0; r < of.count; r++)
        for (size_t k = of.start[r]; (keep == NULL || keep[r]) && k < of.start[r + 1]; k++)
            item[start[of.item[k] + 1]++] = r;
    result.start = start;
    result.item = item;
    return result;
}
