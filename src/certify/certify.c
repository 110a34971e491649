/* The verdict on a derivative: 15 points at three sets of sizes, each compared along random directions. */
/* SPDX-License-Identifier: MIT */
#include "certify/certify.h"

#include <math.h>
#include <string.h>

#include "certify/trial.h"
#include "certify/weigh.h"

/* How the reason begins where nothing certain can be said. */
#define OPEN "inconclusive"

enum {
    SETS = 3,
    SIZE_LEAST = 2,
    SIZES_A_SET = 10, /* tried */
    POINTS_A_SET = 5,
    POINTS_LONG = 2, /* where a point takes long */
    POINTS_LEAST = 5,
    ATTEMPTS_A_SET = 60,
    ATTEMPTS_IN_VAIN = 20 /* without a point: other sizes are tried */
};

/* Loop steps of one point above which fewer points and directions are taken, of all the points of a set of
 * sizes above which smaller sizes are, of all that is tried; and numbers held at one time. */
static const double long_point = 1e7, set_most = 2e8, steps_most = 2e9, entries_most = 1 << 24;

typedef struct examination {
    graph *graph;
    const certify_request *request;
    certify_request weighed; /* the same of sums over the axes of the function; not yet made: function 0 */
    certificate *out;
    arena arena;
    random_stream random;
    text reason;
    bool wrong, too_long, undefined, unheard;
    bool answers; /* some derivative was not 0 */
    bool tiny;    /* sizes had to be the smallest, where a derivative may be 0 that is not 0 at others */
    int found;    /* points of the set at hand */
    double spent; /* loop steps so far, about */
} examination;

/* One point: along a random direction and, if asked for, a single entry. */
static verdict compare_point(examination *x, trial *t, bool single) {
    comparison c;
    if (!trial_structured(t, &x->reason))
        return VERDICT_WRONG;
    for (int k = 0; k < (single ? 2 : 1); k++) {
        trial_direction(t, k > 0);
        verdict v = trial_confirm(t, &c);
        if (v == VERDICT_WRONG)
            trial_locate(t, &c, &x->reason);
        if (v != VERDICT_AGREES)
            return v;
        x->out->max_relative_error = fmax(x->out->max_relative_error, c.error);
    }
    return VERDICT_AGREES;
}

/* The points of one set of sizes; false when the examination cannot go on. */
static bool examine_points(examination *x, trial *t) {
    bool single = trial_point_cost(t, 2) <= long_point;
    double cost = trial_point_cost(t, single ? 2 : 1);
    int wanted = single ? POINTS_A_SET : POINTS_LONG;
    size_t missed = 0;
    for (int attempt = 0; attempt < ATTEMPTS_A_SET && x->found < wanted && !x->wrong; attempt++) {
        if ((attempt == ATTEMPTS_IN_VAIN && x->found == 0) || x->spent + cost > steps_most)
            break;
        verdict v = trial_point(t, missed);
        if (v == VERDICT_AGREES)
            v = compare_point(x, t, single);
        if (v == VERDICT_BROKEN)
            return false;
        x->spent += cost;
        x->wrong = v == VERDICT_WRONG;
        x->found += v == VERDICT_AGREES;
        missed = v == VERDICT_UNTRUSTED ? missed + 1 : 0;
        x->out->skipped += v == VERDICT_UNTRUSTED;
    }
    x->undefined |= t->undefined;
    x->unheard |= t->unheard;
    x->answers |= t->answers;
    return true;
}

/* Whether the points of a set can be had within the limits. */
static bool is_affordable(const trial *t) {
    return POINTS_LONG * trial_point_cost(t, 1) <= set_most &&
           t->f_cost.entries + t->d_cost.entries <= entries_most;
}

/* Function and derivative summed over the axes of the function with weights that are drawn like a variable:
 * of a wrong derivative the sums are wrong but for weights of no measure. */
static bool weigh_request(examination *x) {
    graph *g = x->graph;
    certify_request *q = &x->weighed;
    ref f = x->request->order > 1 ? x->request->below : x->request->function, weights[RANK_MOST];
    size_t rank = node_rank(g, f);
    for (size_t k = 0; k < rank; k++) {
        char spelt[8] = {'$', 'w', (char)('a' + k)};
        dim axis = node_axis(g, f, k);
        weights[k] = graph_symbol(g, graph_name(g, spelt), FACT_PLACEHOLDER, 1, &axis);
    }
    *q = *x->request;
    q->derivative = weigh_axes(g, q->derivative, rank, weights);
    f = weigh_axes(g, f, rank, weights);
    if (q->order > 1)
        q->below = f;
    else
        q->function = f;
    return f && q->derivative;
}

/* Entry by entry, or where that takes long along random weights. */
static bool open_trial(examination *x, trial *t, environment *env, const trial_sizes *sizes) {
    if (!trial_open(t, x->request, x->graph, &x->arena, &x->random, env, sizes))
        return false;
    if (node_rank(x->graph, t->function) == 0 || trial_point_cost(t, 2) <= long_point)
        return true;
    if (!x->weighed.function && !weigh_request(x))
        return false;
    bool ok = trial_open(t, &x->weighed, x->graph, &x->arena, &x->random, env, sizes);
    t->weighed = true;
    return ok;
}

static bool examine_sizes(examination *x, const trial_sizes *sizes) {
    environment *env = environment_new(x->arena.memory);
    arena_mark mark = arena_note(&x->arena);
    trial t;
    bool ok = env && open_trial(x, &t, env, sizes);
    if (!env)
        diagnose(graph_diagnostics(x->graph), GRADUS_OUT_OF_MEMORY, "E601",
                 "out of memory while a derivative was certified");
    x->too_long = ok && !is_affordable(&t);
    if (ok && !x->too_long)
        ok = trial_prepare(&t) && examine_points(x, &t);
    environment_free(env);
    arena_release(&x->arena, mark);
    return ok;
}

/* The work of a tensor of many axes grows with a high power of the sizes: smaller ones are taken where it is
 * too much. */
static bool examine_affordable(examination *x, int64_t lowest) {
    const trial_sizes ranges[] = {
        {lowest, 4}, {lowest, 2}, {SIZE_LEAST, 3}, {SIZE_LEAST, 2}, {SIZE_LEAST, 1}};
    bool ok = true;
    for (size_t k = 0; k < sizeof ranges / sizeof *ranges && ok && (k == 0 || x->too_long); k++) {
        ok = examine_sizes(x, &ranges[k]);
        x->tiny |= ranges[k].span < 3 && !x->too_long;
    }
    return ok;
}

/* Sizes under which no point is any good (X'*X with fewer rows than columns is singular) give way to others.
 */
static bool examine_set(examination *x, int64_t lowest) {
    bool ok = true;
    x->found = 0;
    for (int k = 0; k < SIZES_A_SET && ok && x->found == 0 && !x->wrong && !x->too_long; k++)
        ok = examine_affordable(x, lowest);
    x->out->points += x->found;
    return ok;
}

bool certificate_is_open(const char *reason) {
    return strncmp(reason, OPEN, sizeof OPEN - 1) == 0;
}

const char *certificate_advice(const char *reason) {
    return certificate_is_open(reason)
               ? "nothing is known against it, and nothing certain for it; --no-check shows it unchecked"
               : "this is a defect of gradus, or the function has no derivative at its own points";
}

static void conclude(examination *x) {
    certificate *out = x->out;
    bool empty = x->tiny && !x->answers && !node_is_zero(x->graph, x->request->derivative);
    out->passed = !x->wrong && out->points >= POINTS_LEAST && !empty;
    if (!out->passed && !x->wrong) {
        text_append(&x->reason, OPEN ": ");
        if (x->too_long)
            text_format(&x->reason, "one point takes more than the limit of %.0e steps, or %.0e numbers",
                        set_most / POINTS_LONG, entries_most);
        else if (empty && out->points >= POINTS_LEAST)
            text_append(&x->reason, "at all sizes that could be afforded the derivative is 0");
        else if (x->spent > steps_most / 2)
            text_format(&x->reason, "the limit of %.0e steps was reached with %d of %d points", steps_most,
                        out->points, out->points + out->skipped);
        else if (x->unheard)
            text_append(&x->reason, "rounding hides whether the function answers to the variable");
        else if (x->undefined)
            text_append(&x->reason, "the derivative is not finite at points where the function is");
        else
            text_format(&x->reason,
                        "only %d of %d random points had a finite value and a certain numerical derivative",
                        out->points, out->points + out->skipped);
    }
    size_t length = x->reason.length < sizeof out->reason ? x->reason.length : sizeof out->reason - 1;
    memcpy(out->reason, text_string(&x->reason), length);
    out->reason[length] = 0;
}

bool certify(graph *g, const certify_request *request, certificate *out) {
    memory *m = graph_memory(g);
    *out = (certificate){.method = "directional derivatives, adaptive central differences"};
    if (!request->function || !request->derivative || (request->order > 1 && !request->below))
        return false;
    examination x = {.graph = g,
                     .request = request,
                     .out = out,
                     .arena = arena_new(m),
                     .reason = text_new(m),
                     .random = {request->seed, 0x63657274, 0}};
    bool ok = true;
    for (int set = 0; set < SETS && ok && !x.wrong && !x.too_long; set++)
        ok = examine_set(&x, SIZE_LEAST + set);
    if (ok)
        conclude(&x);
    ok = ok && !m->failed;
    text_free(&x.reason);
    arena_free(&x.arena);
    return ok;
}
