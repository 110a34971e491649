/* The public calls that derive: f -> df/dx, structured, simplified, certified. */
/* SPDX-License-Identifier: MIT */
#include "gradus/derive.h"

#include <stdio.h>
#include <string.h>

#include "calculus/derive.h"
#include "certify/certify.h"
#include "certify/inner.h"
#include "certify/structure.h"
#include "certify/wrt.h"
#include "graph/context.h"
#include "simplify/reading.h"
#include "simplify/simplify.h"

enum { ORDER_MOST = 4 };

typedef struct derivation {
    gradus_context *context;
    gradus_derive_options options;
    ref function;
    size_t order;
    wrt_form forms[ORDER_MOST];
    ref wrt[ORDER_MOST];   /* the variables of the forms */
    ref lower[ORDER_MOST]; /* unsimplified: the function, its first derivative, ... up to order - 1 */
    ref raw;               /* unsimplified, of order */
    ref simplified;
    ref start; /* what is differentiated first, where it is not the function but its simplified form; or 0 */
    bool stepwise; /* each order is taken of the simplified one before */
} derivation;

static structure_kind structure_of(const derivation *d, size_t i) {
    static const structure_kind kinds[] = {STRUCTURE_PROJECTED, STRUCTURE_AMBIENT, STRUCTURE_ENTRIES};
    const wrt_form *form = &d->forms[i];
    if (form->kind == WRT_ENTRY)
        return STRUCTURE_AMBIENT;
    return form->tied ? STRUCTURE_ENTRIES : kinds[d->options.structure];
}

/* All forms of a variable, and the function, mean the symbol that a tied form has made of it. */
static bool adopt_symbols(derivation *d) {
    graph *g = d->context->graph;
    for (size_t i = 0; i < d->order; i++)
        for (size_t k = 0; k < d->order && d->forms[i].tied; k++)
            if (symbol_name(g, d->forms[k].symbol) == symbol_name(g, d->forms[i].symbol))
                d->forms[k].symbol = d->forms[i].symbol;
    for (size_t i = 0; i < d->order; i++) {
        ref x = d->forms[i].symbol;
        d->wrt[i] = x;
        for (ref r = 1; d->forms[i].tied && r <= graph_count(g) && d->function; r++)
            if (r != x && node_op(g, r) == OP_SYMBOL && symbol_name(g, r) == symbol_name(g, x) &&
                node_same_axes(g, r, x))
                d->function = graph_substitute(g, d->function, 1, &r, &x);
    }
    return d->function != 0;
}

static bool start(derivation *d, gradus_context *c, gradus_expr f, size_t order, const gradus_expr *wrt,
                  const gradus_derive_options *options) {
    *d = (derivation){.context = c, .function = context_ref(c, f), .order = order};
    if (options)
        d->options = *options;
    if (order < 1 || order > ORDER_MOST) {
        diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E503", "the order of a derivative is 1 to %d",
                 ORDER_MOST);
        return false;
    }
    bool vec = false;
    for (size_t i = 0; i < order; i++) {
        if (!wrt_find(c, context_ref(c, wrt[i]), &d->forms[i]))
            return false;
        vec |= d->forms[i].kind == WRT_VEC;
    }
    if (!d->function || !adopt_symbols(d))
        return false;
    if (vec)
        d->function = wrt_vec(c->graph, d->function);
    return d->function != 0;
}

/* The derivative by a variable, in the structure and the form asked for. */
static ref shape_result(const derivation *d, size_t i, ref derivative) {
    graph *g = d->context->graph;
    return wrt_apply(g, &d->forms[i], structure_project(g, derivative, d->wrt[i], structure_of(d, i)));
}

/* Whether some node is the derivative of a function of a matrix, or the solution of an equation. */
static bool holds_linear_operator(const graph *g, ref r) {
    arena a = arena_new(graph_memory(g));
    size_t count = 0;
    bool found = false;
    const ref *nodes = graph_reach(g, &a, 1, &r, &count);
    for (size_t i = 0; nodes && i < count && !found; i++) {
        op_info info = op_describe(node_op(g, nodes[i]));
        found = info.linear && info.arity > 1;
    }
    arena_free(&a);
    return found;
}

/* What is known of the variable holds around each of its values, too: to use it before a derivative is taken
 * is no mistake, as it would be with X = X'. */
static bool is_free(const graph *g, ref x) {
    enum { OPEN = FACT_INVERTIBLE | FACT_POSITIVE | FACT_UNIT | FACT_SMALL };
    return (symbol_facts(g, x) & ~(uint32_t)OPEN) == 0;
}

/* What the next derivative is taken of: expm_frechet(t*A, A) as A*expm(t*A), whose derivative is shorter.
 * Only where no fact of the variable, true of its values alone, could have been used. */
static ref prepared(derivation *d, size_t i) {
    graph *g = d->context->graph;
    ref r = i == 0 && d->start ? d->start : d->lower[i];
    if (i > 0 && is_free(g, d->wrt[i]) && (d->stepwise || holds_linear_operator(g, r)) &&
        !simplify(g, NULL, 1, &r, 0, NULL, NULL))
        return d->lower[i];
    return r;
}

/* The simplified form of the function, where it is another one and no fact of a variable, true of its values
 * alone, could have been used; otherwise 0. */
static ref simpler_start(const derivation *d) {
    enum { NODES_MOST = 200 };
    graph *g = d->context->graph;
    arena a = arena_new(graph_memory(g));
    size_t count = 0;
    ref r = d->function;
    bool small = graph_reach(g, &a, 1, &r, &count) && count <= NODES_MOST;
    arena_free(&a);
    for (size_t i = 0; i < d->order; i++)
        small &= is_free(g, d->wrt[i]);
    return small && simplify(g, NULL, 1, &r, 0, NULL, NULL) && r != d->function ? r : 0;
}

static bool differentiate(derivation *d) {
    graph *g = d->context->graph;
    d->raw = d->function;
    for (size_t i = 0; i < d->order; i++) {
        d->lower[i] = d->raw;
        if (!derive(g, prepared(d, i), 1, &d->wrt[i], &d->raw))
            return false;
        d->raw = shape_result(d, i, d->raw);
        if (d->raw == 0)
            return false;
    }
    return true;
}

/* Names follow the nodes they belong to. */
static bool simplify_named(gradus_context *c, const gradus_derive_options *o, size_t count, ref *roots,
                           bool *whole) {
    size_t names = c->named.count;
    simplify_options options = {.steps = o->rewrites};
    arena a = arena_new(&c->memory);
    ref *from = ARENA_NEW(&a, ref, names + 1), *to = ARENA_NEW(&a, ref, names + 1);
    bool ok = from && to;
    for (size_t i = 0; ok && i < names; i++)
        from[i] = c->named.at[i].node;
    *whole = ok && simplify(c->graph, &options, count, roots, names, from, to);
    ok = ok && context_status(c) == GRADUS_OK;
    for (size_t i = 0; ok && i < names; i++)
        if (to[i] != from[i])
            context_name_node(c, to[i], c->named.at[i].name);
    arena_free(&a);
    return ok;
}

/* What was reached when the limit was is shown all the same. */
static bool simplify_result(gradus_context *c, const gradus_derive_options *o, size_t count, ref *roots) {
    bool whole, ok = simplify_named(c, o, count, roots, &whole);
    if (ok && !whole)
        diagnose_warning(&c->diagnostics, "W601",
                         "the simplification was cut short at its limit of rewrites: the formula is right, "
                         "and longer than need be");
    return ok;
}

/* Whether the derivative one order lower does not hang on what the last one is taken by: exactly, since
 * values that do not move may hide what is below rounding. */
static bool is_independent(const derivation *d, size_t order) {
    graph *g = d->context->graph;
    const wrt_form *form = &d->forms[order - 1];
    ref x = d->wrt[order - 1], f = d->lower[order - 1], moved;
    if (form->kind == WRT_ENTRY) {
        ref t = graph_symbol(g, graph_name(g, "$t"), FACT_PLACEHOLDER, 0, NULL);
        moved = graph_add(g, x, graph_times_scalar(g, t, form->unit));
    } else {
        moved = graph_symbol(g, graph_name(g, "$x"), symbol_facts(g, x), node_rank(g, x), node_axes(g, x));
    }
    return f && moved && simplify_equal(g, f, graph_substitute(g, f, 1, &x, &moved));
}

/* The verdict on `claim` as the derivative of that order. */
static gradus_status examine(const derivation *d, size_t order, ref claim, gradus_certificate *out) {
    gradus_context *c = d->context;
    certificate verdict;
    const wrt_form *last = &d->forms[order - 1];
    certify_request q = {.function = d->function,
                         .order = order,
                         .wrt = d->wrt,
                         .derivative = wrt_unapply(c->graph, last, claim),
                         .below = d->lower[order - 1],
                         .structure = structure_of(d, order - 1),
                         .direction = last->kind == WRT_ENTRY ? last->unit : 0,
                         .seed = d->options.seed};
    *out = (gradus_certificate){.method = "", .reason = ""};
    if (certify(c->graph, &q, &verdict))
        *out = (gradus_certificate){verdict.points, verdict.max_relative_error, verdict.passed,
                                    context_text(c, verdict.method ? verdict.method : ""),
                                    context_text(c, verdict.reason)};
    if (!out->passed && node_is_zero(c->graph, claim) && is_independent(d, order))
        *out = (gradus_certificate){.passed = 1, .method = "exact evaluation", .reason = ""};
    return context_status(c);
}

/* A derivative of order k is checked against that of order k - 1, so each of these is checked first. The last
 * one certified tells where the chain broke. */
static gradus_status examine_chain(const derivation *d, ref claim, gradus_certificate *out) {
    gradus_status status = GRADUS_OK;
    if (!inner_certify(d->context, d->options.seed))
        return context_status(d->context);
    for (size_t k = 1; k < d->order; k++) {
        status = examine(d, k, d->lower[k], out);
        if (status != GRADUS_OK || !out->passed)
            return status;
    }
    return examine(d, d->order, claim, out);
}

static const char *convention_of(const derivation *d) {
    static const char *const names[] = {[STRUCTURE_AMBIENT] = "ambient",
                                        [STRUCTURE_PROJECTED] = "projected",
                                        [STRUCTURE_ENTRIES] = "entries"};
    for (size_t i = 0; i < d->order; i++)
        if (d->forms[i].kind != WRT_ENTRY && structure_matters(d->context->graph, d->wrt[i]))
            return names[structure_of(d, i)];
    return "";
}

static gradus_status certify_result(const derivation *d, gradus_derivative *result) {
    gradus_context *c = d->context;
    result->expr = context_handle(c, d->simplified, false);
    result->convention = convention_of(d);
    result->certificate = (gradus_certificate){.method = "", .reason = ""};
    if (d->options.unchecked)
        return GRADUS_OK;
    gradus_status status = examine_chain(d, d->simplified, &result->certificate);
    if (status != GRADUS_OK || result->certificate.passed)
        return status;
    diagnose(&c->diagnostics, GRADUS_REFUSED, "E600",
             "the derivative failed its certificate and is not shown: %s", result->certificate.reason);
    diagnose_help(&c->diagnostics, "%s", certificate_advice(result->certificate.reason));
    return GRADUS_REFUSED;
}

static uint32_t length_of(const gradus_context *c, ref r) {
    reading length;
    reading_begin(&length, c->graph);
    uint32_t tokens = reads(&length, r);
    reading_end(&length);
    return tokens;
}

/* Taken another way, and kept where that comes out shorter. What cannot be simplified to the end is left. */
static bool try_other(derivation *d, derivation other) {
    if (!differentiate(&other))
        return false;
    other.simplified = other.raw;
    bool whole, ok = simplify_named(d->context, &d->options, 1, &other.simplified, &whole);
    if (!ok || !whole)
        return ok;
    if (length_of(d->context, other.simplified) < length_of(d->context, d->simplified))
        *d = other;
    return true;
}

/* The derivative of the simplified function: tanh written in exponentials. */
static bool try_simpler_start(derivation *d) {
    derivation other = *d;
    other.start = simpler_start(d);
    return other.start ? try_other(d, other) : context_status(d->context) == GRADUS_OK;
}

/* The derivative of the simplified derivative. What nobody would read is left. */
static bool try_stepwise(derivation *d) {
    enum { TOKENS_MOST = 2000 };
    derivation other = *d;
    other.stepwise = true;
    bool worth = d->order > 1 && length_of(d->context, d->simplified) <= TOKENS_MOST;
    return worth ? try_other(d, other) : true;
}

/* Simplified and certified. */
static gradus_status finish(derivation *d, gradus_derivative *result) {
    d->simplified = d->raw;
    if (!simplify_result(d->context, &d->options, 1, &d->simplified) || !try_simpler_start(d) ||
        !try_stepwise(d) || context_status(d->context) != GRADUS_OK)
        return context_status(d->context);
    return certify_result(d, result);
}

gradus_status gradus_derive(gradus_context *c, gradus_expr f, size_t order, const gradus_expr *wrt,
                            const gradus_derive_options *options, gradus_derivative *result) {
    derivation d;
    *result = (gradus_derivative){.certificate = {.method = "", .reason = ""}, .convention = ""};
    if (!start(&d, c, f, order, wrt, options) || !differentiate(&d))
        return context_status(c);
    return finish(&d, result);
}

static bool has_shape_of(const graph *g, ref a, ref b) {
    return a && b && node_same_axes(g, a, b);
}

gradus_status gradus_certify(gradus_context *c, gradus_expr f, size_t order, const gradus_expr *wrt,
                             gradus_expr claim, const gradus_derive_options *options,
                             gradus_certificate *out) {
    derivation d;
    ref r = context_ref(c, claim);
    *out = (gradus_certificate){.method = "", .reason = ""};
    if (!r || !start(&d, c, f, order, wrt, options) || !differentiate(&d))
        return context_status(c);
    if (!inner_certify(c, d.options.seed))
        return context_status(c);
    if (has_shape_of(c->graph, r, d.raw))
        return examine(&d, order, r, out);
    out->reason = "the claim has another shape than the derivative";
    return context_status(c);
}

gradus_status gradus_certify_inner(gradus_context *c, const gradus_derive_options *options) {
    if (!options || !options->unchecked)
        inner_certify(c, options ? options->seed : 0);
    return context_status(c);
}

/* ---- several gradients by one sweep, with the adjoints of named intermediates ---- */

/* The adjoint of a named node v is named d_v. */
static void name_adjoints(gradus_context *c, const adjoints *found) {
    for (size_t i = 0; i < found->count; i++) {
        const char *v = context_node_name(c, found->nodes[i]);
        if (!v)
            continue;
        text t = text_new(&c->memory);
        text_format(&t, "d_%s", v);
        context_name_node(c, found->values[i], text_string(&t));
        text_free(&t);
    }
}

static bool sweep_gradients(gradus_context *c, arena *a, ref f, size_t count, const ref *wrt, ref *results) {
    adjoints found;
    if (!derive_adjoints(c->graph, a, f, count, wrt, &found))
        return false;
    name_adjoints(c, &found);
    for (size_t i = 0; i < count; i++) {
        results[i] = 0;
        for (size_t k = 0; k < found.count; k++)
            if (found.nodes[k] == wrt[i])
                results[i] = found.values[k];
        if (results[i] == 0)
            results[i] = graph_zero(c->graph, node_rank(c->graph, wrt[i]), node_axes(c->graph, wrt[i]));
    }
    return true;
}

static gradus_status gradients(gradus_context *c, arena *a, size_t count, derivation *d,
                               gradus_derivative *results) {
    ref *wrt = ARENA_NEW(a, ref, count), *roots = ARENA_NEW(a, ref, count);
    if (!wrt || !roots)
        return GRADUS_OUT_OF_MEMORY;
    for (size_t i = 0; i < count; i++)
        wrt[i] = d[i].wrt[0];
    if (!sweep_gradients(c, a, d[0].function, count, wrt, roots))
        return context_status(c);
    for (size_t i = 0; i < count; i++) {
        roots[i] = shape_result(&d[i], 0, roots[i]);
        d[i].raw = roots[i];
        d[i].lower[0] = d[i].function;
    }
    if (context_status(c) != GRADUS_OK || !simplify_result(c, &d[0].options, count, roots))
        return context_status(c);
    for (size_t i = 0; i < count; i++) {
        d[i].simplified = roots[i];
        gradus_status status = certify_result(&d[i], &results[i]);
        if (status != GRADUS_OK)
            return status;
    }
    return context_status(c);
}

/* Tied forms of one variable make other functions of it. */
static gradus_status one_by_one(gradus_context *c, size_t count, derivation *d, gradus_derivative *results) {
    gradus_status status = GRADUS_OK;
    for (size_t i = 0; status == GRADUS_OK && i < count; i++)
        status = differentiate(&d[i]) ? finish(&d[i], &results[i]) : context_status(c);
    return status;
}

gradus_status gradus_gradients(gradus_context *c, gradus_expr f, size_t count, const gradus_expr *wrt,
                               const gradus_derive_options *options, gradus_derivative *results) {
    arena a = arena_new(&c->memory);
    derivation *d = ARENA_NEW(&a, derivation, count + 1);
    bool ok = d != NULL && count > 0;
    for (size_t i = 0; ok && i < count; i++)
        ok = start(&d[i], c, f, 1, &wrt[i], options);
    if (ok && node_rank(c->graph, d[0].function) != 0) {
        diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E504", "gradients are those of a scalar");
        diagnose_help(&c->diagnostics, "take the Jacobian with respect to one variable at a time");
        ok = false;
    }
    bool together = count > 1 || c->named.count > 0; /* otherwise no adjoint is shared or named */
    for (size_t i = 0; ok && i < count; i++)
        together &= d[i].function == d[0].function;
    gradus_status status = context_status(c);
    if (ok)
        status = together ? gradients(c, &a, count, d, results) : one_by_one(c, count, d, results);
    arena_free(&a);
    return status;
}

/* ---- Hessians as actions ---- */

static bool name_taken(const gradus_context *c, name n) {
    for (ref r = 1; r <= graph_count(c->graph); r++)
        if (node_op(c->graph, r) == OP_SYMBOL && symbol_name(c->graph, r) == n)
            return true;
    return false;
}

const char *gradus_direction(gradus_context *c) {
    static const char *const names[] = {"V", "D", "E", "H", "K", "V1", "V2", "V3"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!name_taken(c, graph_name(c->graph, names[i])))
            return names[i];
    return "V_direction";
}

gradus_status gradus_hessian_product(gradus_context *c, gradus_expr f, gradus_expr x, const char *direction,
                                     const gradus_derive_options *options, gradus_derivative *result) {
    derivation d;
    graph *g = c->graph;
    *result = (gradus_derivative){.certificate = {.method = "", .reason = ""}, .convention = ""};
    if (!start(&d, c, f, 1, &x, options) || !differentiate(&d))
        return context_status(c);
    if (node_rank(g, d.function) != 0) {
        diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E504", "a Hessian is that of a scalar");
        return context_status(c);
    }
    /* The gradient itself is certified first: the product is checked against it. */
    d.simplified = d.raw;
    gradus_status status = certify_result(&d, result);
    if (status != GRADUS_OK)
        return status;
    name n = graph_name(g, direction ? direction : gradus_direction(c));
    ref v = graph_symbol(g, n, 0, node_rank(g, d.wrt[0]), node_axes(g, d.wrt[0]));
    d.function = graph_sum_all(g, graph_hadamard(g, d.raw, v));
    if (!d.function || !differentiate(&d))
        return context_status(c);
    return finish(&d, result);
}

/* ---- Jacobians as actions ---- */

/* f and its differential along v, both free of the facts of x: v may lead out of them. */
static bool free_of_facts(derivation *d) {
    graph *g = d->context->graph;
    ref x = d->wrt[0], twin = graph_symbol(g, symbol_name(g, x), 0, node_rank(g, x), node_axes(g, x));
    d->function = graph_substitute(g, d->function, 1, &x, &twin);
    d->wrt[0] = d->forms[0].symbol = twin;
    return d->function != 0;
}

/* F(t) = f(x + t*v) and F'(t), whatever x and t: the differential at x + t*v. */
static bool along_line(derivation *d, ref v, ref t, ref claim, ref *slope) {
    graph *g = d->context->graph;
    ref x = d->wrt[0], moved = graph_add(g, x, graph_times_scalar(g, t, v));
    d->function = d->lower[0] = graph_substitute(g, d->function, 1, &x, &moved);
    *slope = graph_substitute(g, claim, 1, &x, &moved);
    d->wrt[0] = t;
    d->forms[0] = (wrt_form){.kind = WRT_WHOLE, .handle = t, .symbol = t};
    return d->function && *slope;
}

gradus_status gradus_jacobian_product(gradus_context *c, gradus_expr f, gradus_expr x, const char *direction,
                                      const gradus_derive_options *options, gradus_derivative *result) {
    derivation d;
    graph *g = c->graph;
    ref slope;
    *result = (gradus_derivative){.certificate = {.method = "", .reason = ""}, .convention = ""};
    if (!start(&d, c, f, 1, &x, options) || !free_of_facts(&d))
        return context_status(c);
    name n = graph_name(g, direction ? direction : gradus_direction(c));
    ref v = graph_symbol(g, n, 0, node_rank(g, d.wrt[0]), node_axes(g, d.wrt[0]));
    ref t = graph_symbol(g, graph_name(g, "$t"), FACT_PLACEHOLDER, 0, NULL);
    d.simplified = derive_along(g, d.function, 1, &d.wrt[0], &v);
    if (!d.simplified || !simplify_result(c, &d.options, 1, &d.simplified) ||
        !along_line(&d, v, t, d.simplified, &slope))
        return context_status(c);
    result->expr = context_handle(c, d.simplified, false);
    if (d.options.unchecked)
        return context_status(c);
    gradus_status status = examine(&d, 1, slope, &result->certificate);
    if (status != GRADUS_OK || result->certificate.passed)
        return status;
    diagnose(&c->diagnostics, GRADUS_REFUSED, "E600", "the product J[%s] failed its certificate: %s",
             graph_name_text(g, n), result->certificate.reason);
    diagnose_help(&c->diagnostics, "%s", certificate_advice(result->certificate.reason));
    return GRADUS_REFUSED;
}
