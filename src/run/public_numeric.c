/* Expressions differentiated numerically: a plan is the callback, entries of variables are moved. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "certify/wrt.h"
#include "gradus/evaluate.h"
#include "run/public_array.h"
#include "run/public_evaluate.h"
#include "run/public_execution.h"

enum { ORDER_MOST = 2 };

/* A variable that is moved: its own copy of the values. */
typedef struct moved {
    wrt_form form;
    const bound_array *bound;
    double *values;
    size_t count, *indices; /* the coordinates that the form names, in its order */
} moved;

typedef struct black_box {
    gradus_context *context;
    bound_data *data;
    arena arena;
    execution run;
    ref function;
    size_t order, m, n;
    moved wrt[ORDER_MOST];
    double **coordinates; /* [n], all different */
    double *point;        /* [n] */
} black_box;

/* ---- which entries ---- */

static bool refuse(gradus_context *c, const char *code, const char *what, const char *help) {
    diagnose(&c->diagnostics, GRADUS_BAD_INPUT, code, "%s", what);
    diagnose_help(&c->diagnostics, "%s", help);
    return false;
}

static bool find_variable(black_box *b, moved *v, gradus_expr wrt) {
    gradus_context *c = b->context;
    if (!wrt_find(c, context_ref(c, wrt), &v->form))
        return false;
    if (v->form.tied)
        return refuse(c, "E457", "numerical derivatives take every entry of a variable for itself",
                      "leave --numeric out, or differentiate by the variable as a whole");
    name n = symbol_name(c->graph, v->form.symbol);
    v->bound = bindings_find(&b->data->bindings, n);
    if (v->bound)
        return true;
    diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E450", "'%s' has no value", graph_name_text(c->graph, n));
    diagnose_help(&c->diagnostics, "the derivative is taken at its value");
    return false;
}

/* One copy for each variable, also where two forms are of the same. */
static bool copy_values(black_box *b, size_t k) {
    moved *v = &b->wrt[k];
    const dense *a = &v->bound->array;
    if (k > 0 && b->wrt[0].bound == v->bound) {
        v->values = b->wrt[0].values;
        return true;
    }
    v->values = ARENA_NEW(&b->arena, double, a->count + 1);
    if (v->values)
        memcpy(v->values, a->values, a->count * sizeof *a->values);
    return v->values != NULL;
}

/* The place of the entry that a form names. */
static bool entry_place(black_box *b, const moved *v, size_t *place) {
    dense unit;
    if (!execution_value(&b->data->bindings, v->form.unit, 0, "the entry", &unit))
        return false;
    *place = 0;
    while (*place < unit.count && !(unit.values[*place] > 0))
        ++*place;
    bool found = *place < unit.count;
    dense_free(b->data->bindings.memory, &unit);
    return found;
}

static size_t add_coordinate(black_box *b, size_t variable, size_t place) {
    double *at = b->wrt[variable].values + place;
    for (size_t i = 0; variable > 0 && i < b->n; i++)
        if (b->coordinates[i] == at)
            return i;
    b->coordinates[b->n] = at;
    b->point[b->n] = *at;
    return b->n++;
}

/* The places in the order of the form: row by row, for vec column by column, or one. */
static bool list_places(black_box *b, size_t k) {
    moved *v = &b->wrt[k];
    size_t all = v->bound->array.count, rank = node_rank(b->context->graph, v->form.symbol), place = 0;
    bool vec = v->form.kind == WRT_VEC && rank == 2;
    if (v->form.kind == WRT_ENTRY && !entry_place(b, v, &place))
        return false;
    v->count = v->form.kind == WRT_ENTRY ? 1 : all;
    size_t columns = rank == 2 ? v->bound->array.shape[v->bound->array.rank - 1] : 1,
           rows = columns ? all / columns : 0;
    for (size_t i = 0; i < v->count; i++) {
        if (v->form.kind != WRT_ENTRY)
            place = vec ? i % rows * columns + i / rows : i;
        v->indices[i] = add_coordinate(b, k, place);
    }
    return true;
}

static bool find_coordinates(black_box *b, const gradus_expr *wrt) {
    size_t total = 0;
    for (size_t k = 0; k < b->order; k++) {
        if (!find_variable(b, &b->wrt[k], wrt[k]) || !copy_values(b, k))
            return false;
        total += b->wrt[k].bound->array.count;
    }
    b->coordinates = ARENA_NEW(&b->arena, double *, total + 1);
    b->point = ARENA_NEW(&b->arena, double, total + 1);
    for (size_t k = 0; k < b->order; k++) {
        b->wrt[k].indices = ARENA_NEW(&b->arena, size_t, b->wrt[k].bound->array.count + 1);
        if (!b->coordinates || !b->point || !b->wrt[k].indices || !list_places(b, k))
            return false;
    }
    if (b->n == 0)
        return refuse(b->context, "E452", "the variable has no entries", "give it at least one");
    return true;
}

/* ---- the callback ---- */

static int evaluate(const double *x, size_t n, double *y, size_t m, void *user) {
    black_box *b = user;
    const char *what = NULL;
    (void)m;
    for (size_t i = 0; i < n; i++)
        *b->coordinates[i] = x[i];
    b->run.outputs[0] = y;
    return execution_run(&b->run, b->data->seed, 0, &what) == GRADUS_OK ? 0 : 1;
}

static int evaluate_scalar(const double *x, size_t n, double *y, void *user) {
    return evaluate(x, n, y, 1, user);
}

static bool prepare_run(black_box *b) {
    gradus_context *c = b->context;
    plan_size *sizes = bindings_plan_sizes(&b->data->bindings, &b->arena);
    if (!sizes || !execution_new(&b->run, c->graph, 1, &b->function, b->data->bindings.sizes.count, sizes))
        return false;
    execution_give_all(&b->run, &b->data->bindings);
    for (size_t k = 0; k < b->order; k++)
        execution_give(&b->run, graph_name_text(c->graph, b->wrt[k].bound->name), b->wrt[k].values);
    return execution_complete(&b->run) && bindings_count(&b->data->bindings, b->function, &b->m);
}

/* ---- results ---- */

static bool shape_result(black_box *b, dense *value, dense *bound) {
    const bindings *known = &b->data->bindings;
    graph *g = b->context->graph;
    size_t shape[DENSE_RANK_MOST], rank = 0;
    for (size_t k = 0; k < node_rank(g, b->function); k++)
        if (!bindings_dim(known, node_axis(g, b->function, k), &shape[rank++]))
            return false;
    for (size_t i = 0; i < b->order; i++) {
        const wrt_form *form = &b->wrt[i].form;
        if (form->kind == WRT_VEC)
            shape[rank++] = b->wrt[i].count;
        for (size_t k = 0; form->kind == WRT_WHOLE && k < node_rank(g, form->symbol); k++)
            if (rank >= GRADUS_RANK_MOST ||
                !bindings_dim(known, node_axis(g, form->symbol, k), &shape[rank++]))
                return false;
    }
    return dense_new(known->memory, rank, shape, value) && dense_new(known->memory, rank, shape, bound);
}

/* The rows and columns of the forms out of the matrix [rows, n] of all coordinates. */
static void pick(const black_box *b, const double *all, double *out) {
    const moved *last = &b->wrt[b->order - 1];
    size_t rows = b->order == 2 ? b->wrt[0].count : b->m;
    for (size_t r = 0; r < rows; r++)
        for (size_t i = 0; i < last->count; i++) {
            size_t row = b->order == 2 ? b->wrt[0].indices[r] : r;
            out[r * last->count + i] = all[row * b->n + last->indices[i]];
        }
}

static int differentiate(black_box *b, const gradus_numeric_options *given, double *value, double *bound,
                         gradus_numeric_report *report) {
    gradus_numeric_options options = given ? *given : (gradus_numeric_options){0};
    options.threads = 0; /* the box has one workspace */
    size_t rows = b->order == 2 ? b->n : b->m;
    double *all = ARENA_NEW(&b->arena, double, rows * b->n + 1);
    double *bounds = ARENA_NEW(&b->arena, double, rows * b->n + 1);
    if (!all || !bounds)
        return GRADUS_NUMERIC_MEMORY;
    for (size_t i = 0; i < rows * b->n; i++) {
        all[i] = (double)NAN;
        bounds[i] = (double)INFINITY;
    }
    int outcome = b->order == 2 ? gradus_numeric_hessian(evaluate_scalar, b, b->point, b->n, &options, all,
                                                         bounds, report)
                                : gradus_numeric_jacobian(evaluate, b, b->point, b->n, b->m, &options, all,
                                                          bounds, report);
    pick(b, all, value);
    pick(b, bounds, bound);
    return outcome;
}

static bool open_box(black_box *b, gradus_expr f, const gradus_expr *wrt) {
    gradus_context *c = b->context;
    b->function = context_ref(c, f);
    b->data = bound_data_of(c);
    if (!b->function || !b->data || !bound_data_complete(c, b->data, &b->arena, b->function) ||
        !bound_data_sizes(c, &b->data->bindings, b->function))
        return false;
    if (b->order < 1 || b->order > ORDER_MOST)
        return refuse(c, "E503", "numerical derivatives of expressions are of order 1 or 2",
                      "without --numeric there are orders 1 to 4");
    if (b->order == 2 && node_rank(c->graph, b->function) != 0)
        return refuse(c, "E504", "a numerical Hessian is that of a scalar",
                      "without --numeric vectors have second derivatives too");
    if (!find_coordinates(b, wrt))
        return false;
    for (size_t k = 0; k < b->order; k++)
        if (b->wrt[k].form.kind == WRT_VEC)
            b->function = wrt_vec(c->graph, b->function);
    return b->function && prepare_run(b);
}

gradus_status gradus_evaluate_numeric(gradus_context *c, gradus_expr f, size_t order, const gradus_expr *wrt,
                                      const gradus_numeric_options *options, gradus_array *value,
                                      gradus_array *bound, int *outcome, gradus_numeric_report *report) {
    black_box b = {.context = c, .arena = arena_new(&c->memory), .order = order};
    dense values = {0}, bounds = {0};
    *value = *bound = (gradus_array){0};
    *report = (gradus_numeric_report){0};
    *outcome = GRADUS_NUMERIC_ARGUMENT;
    bool ready = open_box(&b, f, wrt) && shape_result(&b, &values, &bounds);
    if (ready) {
        *outcome = differentiate(&b, options, values.values, bounds.values, report);
        (void)(array_from_dense(c, &values, value) && array_from_dense(c, &bounds, bound));
    }
    execution_free(&b.run);
    arena_free(&b.arena);
    return context_status(c);
}
