/* (r, c) is an entry if g_r answers when x_c alone is moved, at x or at random points around it. */
/* SPDX-License-Identifier: MIT */
#include "sparse_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How far points and steps reach, by the scale of each variable: round by round. */
static const double reach[] = {0.25, 0.5, 2};
enum { REACHES = sizeof reach / sizeof reach[0], PROBES = 3, HALVINGS = 8 };

/* The search; lists grow column by column. */
typedef struct detection {
    numeric_call call;
    gradus_sparse_options options;
    gradus_sparse_report report;
    size_t probes, n, m;
    double *point;       /* (probes, n) the first is x */
    double *base;        /* (probes, m) g there */
    double *y;           /* (m) */
    unsigned char *mark; /* (m) the rows that have answered to the present column */
    size_t *start;       /* (n + 1) by columns */
    size_t *item;        /* (capacity) rows */
    size_t capacity;
} detection;

/* A place of x_c within its bounds, number `which` of probe p. */
static double draw_place(const detection *d, size_t p, int which, size_t c) {
    const gradus_numeric_options *o = &d->call.options;
    random_stream stream = {d->options.seed, SPARSE_PROBES + 2 * p + (size_t)which, c};
    numeric_axis axis = numeric_along(&d->call, c);
    double u = 2 * random_uniform(&stream) - 1, size = 0.25 + 0.75 * fabs(u), x = d->call.stencil.x[c];
    int up = axis.side != 0 ? axis.side > 0 : u > 0;
    double room = fmin(axis.scale * reach[p % REACHES], up ? axis.above : axis.below);
    double place = up ? x + size * room : x - size * room;
    if (o->upper != NULL)
        place = fmin(place, o->upper[c]);
    if (o->lower != NULL)
        place = fmax(place, o->lower[c]);
    return isfinite(place) ? place : x;
}

/* Every component that has a value at x has one here. */
static int is_whole(const detection *d, const double *base) {
    for (size_t r = 0; r < d->m; r++)
        if (isfinite(d->call.stencil.center[r]) && !isfinite(base[r]))
            return 0;
    return 1;
}

/* Probe p: a random point, nearer and nearer to x until g has its values there. 0, LIMIT or FAILED. */
static int choose_point(detection *d, size_t p) {
    double *point = d->point + p * d->n, *base = d->base + p * d->m;
    const double *x = d->call.stencil.x;
    for (size_t c = 0; c < d->n; c++)
        point[c] = p == 0 ? x[c] : draw_place(d, p, 0, c);
    for (int k = 0; p > 0 && k < HALVINGS; k++) {
        int status = numeric_evaluate(&d->call.function, point, base);
        if (status == GRADUS_NUMERIC_LIMIT || status == GRADUS_NUMERIC_FAILED)
            return status;
        if (status == GRADUS_NUMERIC_OK && is_whole(d, base))
            return status;
        for (size_t c = 0; c < d->n; c++)
            point[c] = x[c] + (point[c] - x[c]) / 2;
    }
    memcpy(point, x, d->n * sizeof *point);
    memcpy(base, d->call.stencil.center, d->m * sizeof *base);
    return GRADUS_NUMERIC_OK;
}

static void mark_answers(detection *d, const double *base) {
    for (size_t r = 0; r < d->m; r++)
        d->mark[r] |= d->y[r] != base[r] && (d->y[r] == d->y[r] || base[r] == base[r]);
}

/* Moves x_c alone from point p, less far where g as a whole is not defined. 0, LIMIT or FAILED. */
static int probe(detection *d, size_t p, size_t c) {
    double *z = d->point + p * d->n, here = z[c], there = draw_place(d, p, 1, c);
    int status = GRADUS_NUMERIC_DOMAIN;
    for (int k = 0; k < HALVINGS && status == GRADUS_NUMERIC_DOMAIN && there != here; k++) {
        z[c] = there;
        status = numeric_evaluate(&d->call.function, z, d->y);
        there = here + (there - here) / 2;
    }
    z[c] = here;
    if (status == GRADUS_NUMERIC_OK)
        mark_answers(d, d->base + p * d->m);
    return status == GRADUS_NUMERIC_DOMAIN ? GRADUS_NUMERIC_OK : status;
}

/* Room for `more` items after those of column c. 0 without memory. */
static int reserve(detection *d, size_t c, size_t more) {
    size_t held = d->start[c], wanted = d->capacity > 0 ? d->capacity : 64;
    if (more <= d->capacity - held)
        return 1;
    while (wanted - held < more)
        wanted *= 2; /* m and held are counts of memory held: no overflow */
    size_t *larger = sparse_allocate(wanted, sizeof *larger);
    if (larger == NULL)
        return 0;
    if (held > 0)
        memcpy(larger, d->item, held * sizeof *larger);
    free(d->item);
    d->item = larger;
    d->capacity = wanted;
    return 1;
}

static int find_column(detection *d, size_t c) {
    size_t answers = 0;
    int status = GRADUS_NUMERIC_OK;
    memset(d->mark, 0, d->m);
    for (size_t p = 0; p < d->probes && status == GRADUS_NUMERIC_OK; p++)
        status = probe(d, p, c);
    if (status != GRADUS_NUMERIC_OK)
        return status;
    for (size_t r = 0; r < d->m; r++)
        answers += d->mark[r];
    if (!reserve(d, c, answers))
        return GRADUS_NUMERIC_MEMORY;
    d->start[c + 1] = d->start[c];
    for (size_t r = 0; r < d->m; r++)
        if (d->mark[r])
            d->item[d->start[c + 1]++] = r;
    return GRADUS_NUMERIC_OK;
}

static int take_memory(detection *d) {
    if (d->probes > (PTRDIFF_MAX / sizeof(double)) / d->n ||
        d->probes > (PTRDIFF_MAX / sizeof(double)) / d->m)
        return 0;
    d->point = sparse_allocate(d->probes * d->n, sizeof *d->point);
    d->base = sparse_allocate(d->probes * d->m, sizeof *d->base);
    d->y = sparse_allocate(d->m, sizeof *d->y);
    d->mark = sparse_allocate(d->m, 1);
    d->start = sparse_allocate(d->n + 1, sizeof *d->start);
    return d->point != NULL && d->base != NULL && d->y != NULL && d->mark != NULL && d->start != NULL;
}

/* Rows that have no value at any probe. */
static void count_open(detection *d) {
    for (size_t r = 0; r < d->m; r++) {
        int known = 0;
        for (size_t p = 0; p < d->probes; p++)
            known |= isfinite(d->base[p * d->m + r]);
        d->report.rows_open += !known;
    }
}

static int search(detection *d) {
    int status = take_memory(d) ? GRADUS_NUMERIC_OK : GRADUS_NUMERIC_MEMORY;
    for (size_t p = 0; p < d->probes && status == GRADUS_NUMERIC_OK; p++)
        status = choose_point(d, p);
    if (status == GRADUS_NUMERIC_OK)
        count_open(d);
    for (size_t c = 0; c < d->n && status == GRADUS_NUMERIC_OK; c++)
        status = find_column(d, c);
    return status;
}

/* Items of lists a[i] and b[i], ascending, each once; to NULL: only their number. b may be without lists. */
static size_t merge(sparse_lists a, sparse_lists b, size_t i, size_t *to) {
    size_t k = a.start[i], l = b.start != NULL ? b.start[i] : 0, end = b.start != NULL ? b.start[i + 1] : 0;
    size_t count = 0;
    while (k < a.start[i + 1] || l < end) {
        int first = l == end || (k < a.start[i + 1] && a.item[k] <= b.item[l]);
        size_t item = first ? a.item[k] : b.item[l];
        k += k < a.start[i + 1] && a.item[k] == item;
        l += l < end && b.item[l] == item;
        if (to != NULL)
            to[count] = item;
        count++;
    }
    return count;
}

/* The lists by columns, turned into a pattern; of a Hessian joined with its mirror image. */
static int make_pattern(const detection *d, int symmetric, gradus_sparse_pattern *pattern) {
    sparse_lists columns = {d->n, d->start, d->item}, none = {0, NULL, NULL};
    sparse_lists rows = sparse_transpose(columns, d->m, NULL);
    size_t *row_start = sparse_allocate(d->m + 1, sizeof *row_start), *column = NULL;
    if (row_start != NULL && rows.start != NULL) {
        for (size_t r = 0; r < d->m; r++)
            row_start[r + 1] = row_start[r] + merge(rows, symmetric ? columns : none, r, NULL);
        column = sparse_allocate(row_start[d->m], sizeof *column);
    }
    for (size_t r = 0; r < d->m && column != NULL; r++)
        merge(rows, symmetric ? columns : none, r, column + row_start[r]);
    free((void *)rows.start);
    if (column == NULL) {
        free(row_start);
        return GRADUS_NUMERIC_MEMORY;
    }
    *pattern = (gradus_sparse_pattern){d->m, d->n, row_start, column};
    return GRADUS_NUMERIC_OK;
}

static int detect(numeric_function function, const double *x, const gradus_sparse_options *options,
                  int symmetric, gradus_sparse_pattern *pattern, gradus_sparse_report *report) {
    detection d = {.n = function.n, .m = function.m};
    if (options != NULL)
        d.options = *options;
    d.probes = d.options.probes > 0 ? d.options.probes : PROBES;
    d.options.numeric.workspace = NULL;
    d.call.function = function;
    double result; /* numeric_begin wants a place for it; nothing is written there */
    d.call.value = pattern != NULL ? &result : NULL;
    int status = numeric_begin(&d.call, &d.options.numeric, x, 1);
    if (status == GRADUS_NUMERIC_OK)
        status = search(&d);
    if (status == GRADUS_NUMERIC_OK)
        status = make_pattern(&d, symmetric, pattern);
    if (status > d.call.all.status)
        d.call.all.status = status;
    d.call.all.report.evaluations = d.call.function.evaluations;
    status = numeric_end(&d.call, &d.report.numeric);
    if (report != NULL)
        *report = d.report;
    free(d.point);
    free(d.base);
    free(d.y);
    free(d.mark);
    free(d.start);
    free(d.item);
    return status;
}

int gradus_sparse_detect(gradus_numeric_map *g, void *user, const double *x, size_t n, size_t m,
                         const gradus_sparse_options *options, gradus_sparse_pattern *pattern,
                         gradus_sparse_report *report) {
    if (pattern != NULL)
        *pattern = (gradus_sparse_pattern){0};
    return detect((numeric_function){.map = g, .user = user, .n = n, .m = m}, x, options, 0, pattern, report);
}

int gradus_sparse_detect_hessian(gradus_sparse_gradient *gradient, void *user, const double *x, size_t n,
                                 const gradus_sparse_options *options, gradus_sparse_pattern *pattern,
                                 gradus_sparse_report *report) {
    if (pattern != NULL)
        *pattern = (gradus_sparse_pattern){0};
    return detect((numeric_function){.field = gradient, .user = user, .n = n, .m = n}, x, options, 1, pattern,
                  report);
}

void gradus_sparse_pattern_free(gradus_sparse_pattern *pattern) {
    if (pattern == NULL)
        return;
    free(pattern->row_start);
    free(pattern->column);
    *pattern = (gradus_sparse_pattern){0};
}
