/* The public calls for values: bound data in, numbers out. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "lang/public_expr.h"
#include "run/public_array.h"
#include "run/public_evaluate.h"
#include "run/public_execution.h"
#include "run/public_value_text.h"

static void free_data(void *content) {
    bound_data *d = content;
    bindings_free(&d->bindings);
    memory_free(d->memory, d, sizeof *d);
}

bound_data *bound_data_of(gradus_context *c) {
    context_slot *slot = &c->slots[SLOT_DATA];
    if (slot->content)
        return slot->content;
    bound_data *d = memory_zeroed(&c->memory, 1, sizeof *d);
    if (!d)
        return NULL;
    *d = (bound_data){&c->memory, 1, bindings_new(c->graph)};
    *slot = (context_slot){d, free_data};
    return d;
}

void gradus_seed(gradus_context *c, uint64_t seed) {
    bound_data *d = bound_data_of(c);
    if (d)
        d->seed = seed;
}

void gradus_unbind_all(gradus_context *c) {
    bound_data *d = bound_data_of(c);
    if (!d)
        return;
    bindings_free(&d->bindings);
    d->bindings = bindings_new(c->graph);
}

/* ---- binding ---- */

/* ones(n) leaves no other trace of its n. */
static bool node_has_size(const graph *g, ref r, name n) {
    if (node_op(g, r) == OP_SIZE && dim_holds(g, node_word_dim(g, r, 0), n))
        return true;
    for (size_t k = 0; k < node_rank(g, r); k++)
        if (dim_holds(g, node_axis(g, r, k), n))
            return true;
    return false;
}

static bool is_size(const graph *g, name n) {
    for (ref r = 1; r <= graph_count(g); r++)
        if (node_has_size(g, r, n))
            return true;
    return false;
}

static void refuse_name(gradus_context *c, const char *spelling) {
    scope *s = context_scope(c);
    const char *near = s ? scope_suggest(s, spelling) : NULL;
    diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E101", "a value for '%s', but there is no such variable",
             spelling);
    if (near)
        diagnose_help(&c->diagnostics, "did you mean '%s'?", near);
    else
        diagnose_help(&c->diagnostics, "a variable is named in the expression or declared: '%s: [n]'",
                      spelling);
}

static void bind_size(gradus_context *c, bound_data *d, const char *spelling, const dense *a) {
    double x = a->count == 1 ? a->values[0] : -1;
    if (a->count == 1 && x >= 0 && x < 9e15 && !(floor(x) < x)) {
        bindings_give_size(&d->bindings, graph_name(c->graph, spelling), (int64_t)x, spelling);
        return;
    }
    diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E452", "'%s' is a size: its value is one whole number",
             spelling);
    diagnose_help(&c->diagnostics, "for example %s=3", spelling);
}

/* Takes the array over. */
static gradus_status bind_array(gradus_context *c, const char *spelling, const char *origin, dense *a) {
    bound_data *d = bound_data_of(c);
    scope *s = context_scope(c);
    const scope_symbol *found = s ? scope_find(s, spelling, strlen(spelling)) : NULL;
    if (d && found) {
        bindings_give(&d->bindings, found->symbol, origin, a);
        return context_status(c);
    }
    if (d && is_size(c->graph, graph_name(c->graph, spelling)))
        bind_size(c, d, spelling, a);
    else if (d && s)
        refuse_name(c, spelling);
    dense_free(&c->memory, a);
    return context_status(c);
}

gradus_status gradus_bind(gradus_context *c, const char *spelling, size_t rank, const size_t *shape,
                          const double *values) {
    dense a;
    size_t count;
    if (!spelling || (rank && !shape) || !values)
        return context_refuse_null(c, __func__);
    if (rank > GRADUS_RANK_MOST || !dense_count(rank, shape, &count)) {
        diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E456", "'%s': the array has too many axes or entries",
                 spelling);
        diagnose_help(&c->diagnostics, "an array has at most %d axes", GRADUS_RANK_MOST);
        return context_status(c);
    }
    if (!dense_new(&c->memory, rank, shape, &a))
        return context_status(c);
    if (count)
        memcpy(a.values, values, count * sizeof *values);
    return bind_array(c, spelling, "", &a);
}

gradus_status gradus_bind_text(gradus_context *c, const char *spelling, const char *value) {
    dense a;
    bound_data *d = bound_data_of(c);
    if (!spelling || !value)
        return context_refuse_null(c, __func__);
    if (!d || !value_text_read(c, spelling, value, d->seed, &a))
        return context_status(c);
    return bind_array(c, spelling, value, &a);
}

/* ---- evaluating ---- */

bool bound_data_complete(gradus_context *c, bound_data *d, arena *a, ref r) {
    size_t count = 0, missing = 0;
    ref *nodes = graph_reach(c->graph, a, 1, &r, &count);
    for (size_t i = 0; nodes && i < count; i++) {
        if (node_op(c->graph, nodes[i]) != OP_SYMBOL ||
            bindings_find(&d->bindings, symbol_name(c->graph, nodes[i])))
            continue;
        const char *spelling = graph_name_text(c->graph, symbol_name(c->graph, nodes[i]));
        uint32_t facts = symbol_facts(c->graph, nodes[i]);
        dense fixed;
        if (node_rank(c->graph, nodes[i]) == 0 && (facts & (FACT_INT2 | FACT_INT3)) &&
            dense_new(&c->memory, 0, NULL, &fixed)) {
            fixed.values[0] = facts & FACT_INT2 ? 2 : 3;
            bindings_give(&d->bindings, nodes[i], "", &fixed);
            continue;
        }
        missing++;
        diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E450", "'%s' has no value", spelling);
        diagnose_help(&c->diagnostics, "give it one: %s=VALUE, a number, [1,2;3,4], a file or randn(3,2)",
                      spelling);
    }
    return nodes && missing == 0;
}

bool bound_data_sizes(gradus_context *c, const bindings *b, ref r) {
    for (size_t k = 0; k < node_rank(c->graph, r); k++) {
        size_t n;
        if (bindings_dim(b, node_axis(c->graph, r, k), &n))
            continue;
        bindings_refuse_dim(b, node_axis(c->graph, r, k));
        return false;
    }
    return true;
}

static void check_finite(gradus_context *c, const gradus_array *value) {
    size_t i = 0;
    while (i < value->count && isfinite(value->values[i]))
        i++;
    if (i == value->count)
        return;
    const char *word = isnan(value->values[i]) ? "not a number" : "infinite";
    if (value->rank == 0)
        diagnose(&c->diagnostics, GRADUS_NUMERICAL, "E454", "the value is %s", word);
    else
        diagnose(&c->diagnostics, GRADUS_NUMERICAL, "E454", "the value is %s at entry %zu of %zu", word,
                 i + 1, value->count);
    diagnose_help(&c->diagnostics,
                  "the data lies outside the domain of a function, or a number is too large");
}

gradus_status gradus_evaluate(gradus_context *c, gradus_expr expr, gradus_array *value) {
    bound_data *d = bound_data_of(c);
    ref r = context_ref(c, expr);
    arena a = arena_new(&c->memory);
    dense result;
    *value = (gradus_array){0};
    bool ready = d && r && bound_data_complete(c, d, &a, r) && bound_data_sizes(c, &d->bindings, r);
    arena_free(&a);
    if (ready && execution_value(&d->bindings, r, d->seed, "the expression", &result) &&
        array_from_dense(c, &result, value))
        check_finite(c, value);
    return context_status(c);
}
