/* Points of a trial: symbols drawn by their facts, function and derivative evaluated there. */
/* SPDX-License-Identifier: MIT */
#include "certify/trial.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "certify/structure.h"
#include "gradus/numeric.h"

/* The size of the changes that stand for round-off. */
static const double disturbance = 1e-13;
/* A derivative this small beside the function is 0 as far as can be seen. */
static const double negligible = 1e-8;

static double largest_entry(const double *x, size_t count) {
    double largest = 0;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, fabs(x[i]));
    return largest;
}

/* ---- opening ---- */

static unsigned fact_count(uint32_t facts) {
    unsigned count = 0;
    for (; facts; facts &= facts - 1)
        count++;
    return count;
}

/* Namesakes are one variable; the one with most facts is drawn. */
static void add_variable(trial *t, ref symbol) {
    for (size_t i = 0; i < t->variable_count; i++) {
        variable *v = &t->variables[i];
        if (symbol_name(t->graph, v->node) != symbol_name(t->graph, symbol))
            continue;
        if (fact_count(symbol_facts(t->graph, symbol)) > fact_count(symbol_facts(t->graph, v->node)))
            v->node = symbol;
        return;
    }
    t->variables[t->variable_count++] = (variable){.node = symbol};
}

static bool bind_variable(trial *t, variable *v) {
    if (!value_count(t->graph, t->env, v->node, &v->count) || v->count > VALUE_NODE_MOST)
        return false;
    v->values = ARENA_NEW(t->arena, double, v->count + 1);
    v->saved = ARENA_NEW(t->arena, double, v->count + 1);
    return v->values && v->saved &&
           environment_set(t->env, symbol_name(t->graph, v->node), v->count, v->values);
}

static bool find_variables(trial *t, size_t count, const ref *nodes) {
    size_t symbols = 0;
    for (size_t i = 0; i < count; i++)
        symbols += node_op(t->graph, nodes[i]) == OP_SYMBOL;
    t->variables = ARENA_NEW(t->arena, variable, symbols + 1);
    if (!t->variables)
        return false;
    for (size_t i = 0; i < count; i++)
        if (node_op(t->graph, nodes[i]) == OP_SYMBOL)
            add_variable(t, nodes[i]);
    for (size_t i = 0; i < t->variable_count; i++) {
        if (!bind_variable(t, &t->variables[i]))
            return false;
        if (symbol_name(t->graph, t->variables[i].node) == symbol_name(t->graph, t->wrt))
            t->moved = &t->variables[i];
    }
    return true;
}

static bool find_ties(trial *t) {
    size_t rank = node_rank(t->graph, t->wrt);
    t->rows = 1;
    t->columns = t->n;
    if (rank == 2 && (!value_size(t->graph, t->env, node_axis(t->graph, t->wrt, 0), &t->rows) ||
                      !value_size(t->graph, t->env, node_axis(t->graph, t->wrt, 1), &t->columns)))
        return false;
    t->tangent = structure_is_tangent(t->graph, t->wrt, t->request->structure);
    return ties_find(t->arena, symbol_facts(t->graph, t->wrt), rank, t->rows, t->columns, t->n,
                     t->request->structure, &t->ties);
}

static bool reserve_vectors(trial *t) {
    t->base = ARENA_NEW(t->arena, double, t->n + 1);
    t->dx = ARENA_NEW(t->arena, double, t->n + 1);
    t->row = ARENA_NEW(t->arena, double, t->n + 1);
    t->work = ARENA_NEW(t->arena, double, t->tangent ? t->columns * t->columns + 1 : 1);
    size_t entries;
    evaluation_result(t->d, 0, &entries);
    t->f_before = ARENA_NEW(t->arena, double, t->m + 1);
    t->d_before = ARENA_NEW(t->arena, double, entries + 1);
    t->numeric = ARENA_NEW(t->arena, double, t->m + 1);
    t->bound = ARENA_NEW(t->arena, double, t->m + 1);
    t->still = ARENA_NEW(t->arena, bool, t->m + 1);
    t->workspace_size = gradus_numeric_workspace_size(1, t->m, NULL);
    t->workspace = arena_take(t->arena, t->workspace_size + 1, 1);
    return t->base && t->dx && t->row && t->work && t->f_before && t->d_before && t->numeric && t->bound &&
           t->still && t->workspace;
}

/* ---- whether the function can answer ---- */

/* Operators that are constant but for steps. */
static bool is_integral(op o) {
    static const bool integral[OP_COUNT] = {
        [OP_ONEHOT] = true,
#define INTEGRAL                 +1
#define ELEMENTWISE(id, columns) [OP_##id] = (0 columns) != 0,
#define REDUCTION(id, columns)   [OP_##id] = (0 columns) != 0,
#define AXISMAP(id, columns)     [OP_##id] = (0 columns) != 0,
#define LINALG(id, columns)      [OP_##id] = (0 columns) != 0,
#include "graph/ops_rows.h"
    };
    return integral[o];
}

/* The nodes below the function in ascending order: whether the variable reaches it but through steps. */
static bool find_dependence(trial *t) {
    const graph *g = t->graph;
    size_t count;
    const ref *nodes = graph_reach(g, t->arena, 1, &t->function, &count);
    bool *reached = nodes ? ARENA_NEW(t->arena, bool, (size_t)t->function + 1) : NULL;
    if (!reached)
        return false;
    for (size_t i = 0; i < count; i++) {
        ref r = nodes[i];
        op o = node_op(g, r);
        reached[r] = o == OP_SYMBOL && symbol_name(g, r) == symbol_name(g, t->wrt);
        for (size_t k = o == OP_WHERE; k < node_operand_count(g, r) && !is_integral(o); k++)
            reached[r] |= reached[node_operand(g, r, k)];
    }
    t->depends = reached[t->function];
    return true;
}

static bool refuse(const graph *g, const memory *m) {
    if (m->failed) {
        diagnose(graph_diagnostics(g), GRADUS_OUT_OF_MEMORY, "E601",
                 "out of memory while a derivative was certified");
        return false;
    }
    diagnose(graph_diagnostics(g), GRADUS_BAD_INPUT, "E602",
             "no small sizes were found at which the formula could be certified");
    diagnose_help(
        graph_diagnostics(g),
        "small sizes are tried: an entry or a slice may lie far out, or a size be declared very large");
    return false;
}

bool trial_open(trial *t, const certify_request *q, const graph *g, arena *a, random_stream *r,
                environment *env, const trial_sizes *sizes) {
    *t = (trial){.graph = g, .request = q, .arena = a, .random = r, .env = env};
    t->function = q->order > 1 ? q->below : q->function;
    t->derivative = q->derivative;
    t->wrt = q->wrt[q->order - 1];
    /* the function itself brings the facts of its symbols, though `below` may be free of them */
    const ref roots[4] = {t->function, t->derivative, t->wrt, q->function};
    size_t count;
    const ref *nodes = graph_reach(g, a, 4, roots, &count);
    if (!nodes || !sample_sizes(g, a->memory, r, sizes->lowest, sizes->span, count, nodes, env))
        return refuse(g, a->memory);
    return (find_variables(t, count, nodes) && value_cost_of(g, env, a, t->function, &t->f_cost) &&
            value_cost_of(g, env, a, t->derivative, &t->d_cost)) ||
           refuse(g, a->memory);
}

bool trial_prepare(trial *t) {
    const graph *g = t->graph;
    memory *m = t->arena->memory;
    if (!value_count(g, t->env, t->function, &t->m))
        return refuse(g, m);
    t->n = t->moved->count;
    t->f = evaluation_new(g, t->env, t->arena, 1, &t->function);
    t->d = t->f ? evaluation_new(g, t->env, t->arena, 1, &t->derivative) : NULL;
    if (!t->d)
        return false;
    if (t->request->direction) {
        t->along = evaluation_new(g, t->env, t->arena, 1, &t->request->direction);
        if (!t->along || !evaluation_run(t->along))
            return false;
    }
    return (find_ties(t) && find_dependence(t) && reserve_vectors(t)) || refuse(g, m);
}

/* A numerical derivative takes some 45 runs of the function, with some 50 steps for each entry. */
double trial_point_cost(const trial *t, int comparisons) {
    size_t m = 0, n = 0;
    bool counted = value_count(t->graph, t->env, t->function, &m) &&
                   value_count(t->graph, t->env, t->derivative, &n);
    double run = t->f_cost.steps + 50 * (double)m;
    return counted ? 45 * comparisons * run + 3 * (t->f_cost.steps + t->d_cost.steps + (double)n)
                   : (double)INFINITY;
}

/* ---- points ---- */

/* At first all are normal, or as they were when all was well; after points where something was not finite all
 * have the same spread, each in its turn, or every one its own. */
static void choose_spreads(trial *t, size_t missed) {
    bool plain = random_below(t->random, 3) == 0;
    for (size_t i = 0; i < t->variable_count; i++) {
        variable *v = &t->variables[i];
        uint64_t any = random_below(t->random, SPREAD_COUNT);
        if (missed == 0)
            v->spread = plain ? SPREAD_NORMAL : v->lucky;
        else
            v->spread = (sample_spread)(missed % 2 ? missed / 2 % SPREAD_COUNT : any);
    }
}

static void keep_spreads(trial *t) {
    for (size_t i = 0; i < t->variable_count; i++)
        t->variables[i].lucky = t->variables[i].spread;
}

static bool all_finite(const evaluation *e) {
    size_t count;
    const double *x = evaluation_result(e, 0, &count);
    for (size_t i = 0; i < count; i++)
        if (!isfinite(x[i]))
            return false;
    return true;
}

/* Values that may vary by a little are varied by that much. */
static void disturb(trial *t) {
    const uint32_t whole = FACT_LABELS | FACT_01 | FACT_PM1 | FACT_ONEHOT | FACT_INTEGER | FACT_INT2 |
                           FACT_INT3;
    for (size_t i = 0; i < t->variable_count; i++) {
        variable *v = &t->variables[i];
        memcpy(v->saved, v->values, v->count * sizeof(double));
        for (size_t e = 0; e < v->count && !(symbol_facts(t->graph, v->node) & whole); e++)
            v->values[e] *= 1 + disturbance * random_normal(t->random);
    }
}

static bool run_both(trial *t) {
    bool ok = evaluation_run(t->f) && evaluation_run(t->d);
    t->broken |= !ok;
    return ok;
}

/* Whether no entry has moved from its place in `before` by more than 1e-8 of the largest, or of `least`. */
static bool nearly_same(const evaluation *e, const double *before, double least) {
    size_t count;
    const double *x = evaluation_result(e, 0, &count);
    double allowed = 1e-8 * fmax(largest_entry(before, count), least);
    for (size_t i = 0; i < count; i++)
        if (!(fabs(x[i] - before[i]) <= allowed))
            return false;
    return true;
}

/* Singular matrices, as rounding leaves them, have finite inverses and derivatives that mean nothing: there
 * the function moves by more than a little when its arguments move by round-off. */
static bool well_conditioned(trial *t) {
    size_t count;
    const double *d = evaluation_result(t->d, 0, &count);
    memcpy(t->f_before, evaluation_result(t->f, 0, NULL), t->m * sizeof(double));
    memcpy(t->d_before, d, count * sizeof(double));
    disturb(t);
    if (!run_both(t))
        return false;
    double size = largest_entry(t->f_before, t->m);
    bool same = nearly_same(t->f, t->f_before, 0) && nearly_same(t->d, t->d_before, 1e-6 * size);
    for (size_t i = 0; i < t->variable_count; i++)
        memcpy(t->variables[i].values, t->variables[i].saved, t->variables[i].count * sizeof(double));
    return run_both(t) && same;
}

verdict trial_point(trial *t, size_t missed) {
    choose_spreads(t, missed);
    for (size_t i = 0; i < t->variable_count; i++) {
        variable *v = &t->variables[i];
        if (!sample_symbol_spread(t->graph, t->env, t->random, v->node, v->spread, v->values))
            return VERDICT_UNTRUSTED;
    }
    memcpy(t->base, t->moved->values, t->n * sizeof(double));
    if (!evaluation_run(t->f))
        return VERDICT_BROKEN;
    if (!all_finite(t->f))
        return VERDICT_UNTRUSTED;
    if (!evaluation_run(t->d))
        return VERDICT_BROKEN;
    if (!all_finite(t->d)) {
        t->undefined = true;
        return VERDICT_UNTRUSTED;
    }
    if (!well_conditioned(t))
        return t->broken ? VERDICT_BROKEN : VERDICT_UNTRUSTED;
    keep_spreads(t);
    return VERDICT_AGREES;
}

/* ---- the numerical derivative ---- */

/* f(x + s dx), all entries. */
static int move(const double *s, size_t one, double *y, size_t m, void *user) {
    trial *t = user;
    (void)one;
    for (size_t e = 0; e < t->n; e++)
        t->moved->values[e] = t->base[e] + *s * t->dx[e];
    if (!evaluation_rerun(t->f, symbol_name(t->graph, t->wrt))) {
        t->broken = true;
        return -1;
    }
    memcpy(y, evaluation_result(t->f, 0, NULL), m * sizeof(double));
    for (size_t o = 0; o < m; o++)
        t->still[o] = t->still[o] && y[o] >= t->f_before[o] && y[o] <= t->f_before[o];
    return 0;
}

/* A component that never moved has the derivative 0, within what half of its last place hides over the
 * longest step; one that is 0 would show anything. */
static void settle_still(trial *t, double longest) {
    for (size_t o = 0; o < t->m; o++)
        if (t->still[o]) {
            t->numeric[o] = 0;
            t->bound[o] = DBL_EPSILON * fabs(t->f_before[o]) / longest;
        }
}

static bool differentiate(trial *t, double scale) {
    const double zero = 0, longest = 0.25 * scale;
    memset(t->still, true, t->m * sizeof *t->still);
    gradus_numeric_options options = {
        .tolerance = 1e-11, .scale = &scale, .workspace = t->workspace, .workspace_size = t->workspace_size};
    int status = gradus_numeric_jacobian(move, t, &zero, 1, t->m, &options, t->numeric, t->bound, NULL);
    memcpy(t->moved->values, t->base, t->n * sizeof(double));
    settle_still(t, longest);
    return !t->broken && !gradus_numeric_is_error(status) &&
           evaluation_rerun(t->f, symbol_name(t->graph, t->wrt));
}

/* ---- directions ---- */

static void keep_tangent(const trial *t, double *dx) {
    if (t->tangent)
        structure_tangent(symbol_facts(t->graph, t->wrt), t->rows, t->columns, t->base, t->work, dx);
}

void trial_direction(trial *t, bool single) {
    if (t->along)
        memcpy(t->dx, evaluation_result(t->along, 0, NULL), t->n * sizeof(double));
    else if (single)
        ties_single(&t->ties, ties_random_leader(&t->ties, t->random), t->dx);
    else
        ties_direction(&t->ties, t->random, t->dx);
    keep_tangent(t, t->dx);
}

/* ---- the comparison ---- */

/* Row o of the derivative along dx, and the sum of the sizes of its terms. */
static double contract(const trial *t, size_t o, double *size) {
    const double *row = evaluation_result(t->d, 0, NULL) + o * t->n;
    double sum = 0;
    *size = 0;
    for (size_t e = 0; e < t->n; e++) {
        double term = t->ties.weight[e] * row[e] * t->dx[e];
        sum += term;
        *size += fabs(term);
    }
    return sum;
}

/* The largest of each over the rows; `whole`: what the largest entry of the derivative would make of dx. */
typedef struct magnitude {
    double derivative, numeric, bound, function, whole;
    double cancelled; /* what rounding may hide of components that stand still; 0 where none does */
} magnitude;

/* In the function over small steps, where some sum came to nearly nothing of large terms, such as log(exp(x)
 * + 1) - x at x = 30; or what rounding left of a derivative that is 0 at these sizes alone. */
static double hidden_by_rounding(const trial *t) {
    enum { ROUNDINGS = 16 };
    const double smallest_step = 1e-5;
    double hidden = DBL_EPSILON / smallest_step * evaluation_cancelled(t->f);
    double left = ROUNDINGS * DBL_EPSILON * evaluation_cancelled(t->d) * largest_entry(t->dx, t->n);
    return fmax(hidden, left);
}

static bool stands_still(const trial *t, size_t o) {
    return t->depends && !(fabs(t->numeric[o]) > 0);
}

static magnitude measure(const trial *t) {
    magnitude s = {.derivative = 0};
    size_t count;
    const double *d = evaluation_result(t->d, 0, &count);
    s.function = largest_entry(evaluation_result(t->f, 0, NULL), t->m);
    s.whole = largest_entry(d, count) * largest_entry(t->dx, t->n);
    for (size_t o = 0; o < t->m; o++) {
        double size;
        contract(t, o, &size);
        s.derivative = fmax(s.derivative, size);
        s.numeric = fmax(s.numeric, fabs(t->numeric[o]));
        s.bound = isnan(t->bound[o]) ? (double)INFINITY : fmax(s.bound, t->bound[o]);
    }
    size_t still = 0;
    while (still < t->m && !stands_still(t, still))
        still++;
    s.cancelled = still < t->m ? hidden_by_rounding(t) : 0;
    return s;
}

/* Certain relative to itself, or certainly nothing beside the function. */
static bool trustworthy(const magnitude *s) {
    bool nothing = s->numeric <= negligible * s->function && s->bound <= 1e-10 * s->function;
    return s->bound <= 1e-7 * s->numeric || nothing;
}

/* Whether rounding hides component o: it does not move, though it could, and is not 0, and the derivative
 * says that it does; or it differs by as much as only the size of the function excuses. */
static bool is_hidden(const trial *t, size_t o, double size, double difference, double certain) {
    bool flat = t->still[o] && t->depends && fabs(t->f_before[o]) > 0;
    return (flat && size > 0) || !(difference <= certain);
}

/* Whether component o stands still around the point, and its derivative is what rounding may hide. */
static bool is_cancelled(const trial *t, const magnitude *s, size_t o, double size) {
    return stands_still(t, o) && size > 0 && size <= s->cancelled;
}

/* Whether a derivative of nothing but zeros is claimed of a function that stands still without being 0. */
static bool is_idle(const trial *t, const magnitude *s) {
    bool still = t->m > 0;
    for (size_t o = 0; o < t->m; o++)
        still &= t->still[o];
    return t->depends && still && s->function > 0 && !(s->whole > 0);
}

/* The bound of component o. One far smaller than the function is what cancellation left of terms of the size
 * of the function, and holds their rounding, which its own size and a few values of it need not show. */
static double rounded_bound(const trial *t, const magnitude *s, size_t o) {
    double own = fabs(t->f_before[o]), bound = t->bound[o];
    double hidden = own > 0 ? bound * (s->function / own) : bound;
    return fmax(bound, fmin(hidden, 1e-8 * s->numeric));
}

typedef struct tally {
    double excess; /* of the largest difference that is not allowed */
    bool hidden;
} tally;

static void compare_component(const trial *t, const magnitude *s, size_t o, comparison *c, tally *all) {
    double scale, exact = contract(t, o, &scale), difference = fabs(exact - t->numeric[o]);
    double size = fmax(s->derivative, s->numeric), whole = fmax(size, s->whole);
    double certain = 10 * rounded_bound(t, s, o) + 1e-7 * scale + 1e-10 * size;
    c->error = fmax(c->error, whole > negligible * s->function ? difference / whole : 0);
    bool cancelled = is_cancelled(t, s, o, scale);
    all->hidden |= cancelled || is_hidden(t, o, scale, difference, certain);
    if (cancelled || difference <= certain + 1e-12 * s->function ||
        (all->excess > 0 && difference <= all->excess))
        return;
    all->excess = isnan(difference) ? (double)INFINITY : difference;
    *c = (comparison){c->error, o, exact, t->numeric[o], t->bound[o]};
}

/* Whether the function is hardly more than the rounding of a sum in it: 1 - tanh(x)^2 at x = 18. */
static bool is_lost_to_rounding(const trial *t, const magnitude *s) {
    return DBL_EPSILON * evaluation_cancelled(t->f) > 1e-6 * s->function;
}

verdict trial_compare(trial *t, comparison *c) {
    *c = (comparison){.error = 0};
    if (!differentiate(t, 1))
        return t->broken ? VERDICT_BROKEN : VERDICT_UNTRUSTED;
    magnitude s = measure(t);
    tally all = {0, false};
    for (size_t o = 0; o < t->m; o++)
        compare_component(t, &s, o, c, &all);
    if (!trustworthy(&s))
        return VERDICT_UNTRUSTED;
    if (all.excess > 0)
        return is_lost_to_rounding(t, &s) ? VERDICT_UNTRUSTED : VERDICT_WRONG;
    bool unheard = all.hidden || is_idle(t, &s);
    t->unheard |= unheard;
    t->answers |= !unheard && s.numeric > 0;
    return unheard ? VERDICT_UNTRUSTED : VERDICT_AGREES;
}

static void scale_direction(trial *t, double factor) {
    for (size_t e = 0; e < t->n; e++)
        t->dx[e] *= factor;
}

/* Shorter directions are smaller steps: a kink or a pole nearby is left outside. */
verdict trial_confirm(trial *t, comparison *c) {
    verdict found = trial_compare(t, c);
    for (int k = 0; k < 2 && found == VERDICT_WRONG; k++) {
        comparison again;
        scale_direction(t, 1.0 / 32);
        verdict v = trial_compare(t, &again);
        if (v == VERDICT_AGREES || v == VERDICT_BROKEN) {
            found = v;
            *c = again;
        }
    }
    return found;
}

/* ---- saying what is wrong ---- */

/* "[1, 2]" for entry number e of r. */
static void append_place(const trial *t, ref r, size_t e, text *out) {
    size_t rank = node_rank(t->graph, r), index[RANK_MOST];
    for (size_t k = rank; k-- > 0;) {
        size_t n = 1;
        value_size(t->graph, t->env, node_axis(t->graph, r, k), &n);
        index[k] = e % n;
        e /= n;
    }
    for (size_t k = 0; k < rank; k++)
        text_format(out, "%s%zu", k ? "," : "[", index[k] + 1);
    text_append(out, rank ? "]" : "");
}

static void append_sizes(const trial *t, text *out) {
    const char *before = " for ";
    for (size_t k = 0; k < node_rank(t->graph, t->derivative); k++) {
        size_t n = 0;
        value_size(t->graph, t->env, node_axis(t->graph, t->derivative, k), &n);
        text_format(out, "%s%zu", before, n);
        before = "x";
    }
    text_append(out, before[0] == 'x' ? " entries" : "");
    text_append(out, t->weighed ? ", summed over the other axes with random weights" : "");
}

static void append_disagreement(const trial *t, size_t entry, double exact, double numeric, text *out) {
    text_append(out, "entry ");
    append_place(t, t->derivative, entry, out);
    text_append(out, " is ");
    text_append_rounded(out, exact, 6);
    text_append(out, ", numerically ");
    text_append_rounded(out, numeric, 6);
    append_sizes(t, out);
}

void trial_locate(trial *t, const comparison *found, text *out) {
    enum { TRIED_MOST = 400 };
    size_t tried = 0;
    for (size_t e = 0; e < t->n && tried < TRIED_MOST && !t->along && !t->tangent; e++) {
        comparison c;
        if (!t->ties.members[e])
            continue;
        tried++;
        ties_single(&t->ties, e, t->dx);
        keep_tangent(t, t->dx);
        if (trial_compare(t, &c) != VERDICT_WRONG)
            continue;
        double share = t->ties.weight[e] * (double)t->ties.members[e];
        append_disagreement(t, c.row * t->n + e, c.exact / share, c.numeric / share, out);
        return;
    }
    text_append(out, "along a random direction it is ");
    text_append_rounded(out, found->exact, 6);
    text_append(out, ", numerically ");
    text_append_rounded(out, found->numeric, 6);
    append_sizes(t, out);
}

/* Whether a row of the derivative is itself a direction at the point; otherwise *worst breaks it. */
static bool row_is_tangent(const trial *t, const double *row, double tolerance, size_t *worst) {
    if (!t->tangent)
        return true;
    memcpy(t->row, row, t->n * sizeof(double));
    keep_tangent(t, t->row);
    for (size_t e = 0; e < t->n; e++)
        if (!(fabs(t->row[e] - row[e]) <= tolerance)) {
            *worst = e;
            return false;
        }
    return true;
}

bool trial_structured(const trial *t, text *out) {
    const double *d = evaluation_result(t->d, 0, NULL);
    size_t worst = 0;
    for (size_t o = 0; o < t->m; o++) {
        double largest = 0;
        for (size_t e = 0; e < t->n; e++)
            largest = fmax(largest, fabs(d[o * t->n + e]));
        if (ties_hold(&t->ties, d + o * t->n, 1e-7 * largest, &worst) &&
            row_is_tangent(t, d + o * t->n, 1e-7 * largest, &worst))
            continue;
        text_append(out, "entry ");
        append_place(t, t->derivative, o * t->n + worst, out);
        text_append(out, " breaks the structure declared for the variable");
        append_sizes(t, out);
        return false;
    }
    return true;
}
