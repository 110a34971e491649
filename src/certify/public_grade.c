/* The public call that grades a derivative made by hand. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "certify/certify.h"
#include "certify/grade.h"

const char *gradus_mistake_name(gradus_mistake mistake) {
    static const char *const names[GRADUS_MISTAKE_COUNT] = {
        [GRADUS_MISTAKE_NONE] = "none",         [GRADUS_MISTAKE_SIGN] = "sign",
        [GRADUS_MISTAKE_FACTOR] = "factor",     [GRADUS_MISTAKE_TRANSPOSE] = "transpose",
        [GRADUS_MISTAKE_LAYOUT] = "layout",     [GRADUS_MISTAKE_CONVENTION] = "convention",
        [GRADUS_MISTAKE_SYMMETRY] = "symmetry", [GRADUS_MISTAKE_MISSING] = "missing term",
        [GRADUS_MISTAKE_EXTRA] = "extra term",  [GRADUS_MISTAKE_TERM] = "term",
        [GRADUS_MISTAKE_CHAIN] = "chain rule",  [GRADUS_MISTAKE_AXIS] = "axis",
        [GRADUS_MISTAKE_PRODUCT] = "product",   [GRADUS_MISTAKE_ORDER] = "order",
        [GRADUS_MISTAKE_OPERAND] = "operand",   [GRADUS_MISTAKE_SHAPE] = "shape",
        [GRADUS_MISTAKE_OTHER] = "other"};
    return (unsigned)mistake < GRADUS_MISTAKE_COUNT ? names[mistake] : "unknown";
}

/* What was asked. */
typedef struct task {
    gradus_context *context;
    gradus_expr f;
    size_t order;
    const gradus_expr *wrt;
    const gradus_derive_options *options;
} task;

/* ---- the claim ---- */

/* Shapes inside the claim that do not fit, and where; no message: they do. */
typedef struct misfit {
    const char *message;
    span where;
} misfit;

/* Shapes that do not fit inside the claim make it wrong, not unreadable: the first error, NULL if it is
 * another. */
static const diagnostic *shape_error(const gradus_context *c) {
    const diagnostics *d = &c->diagnostics;
    return d->list.count && strncmp(d->list.at[0].code, "E2", 2) == 0 ? &d->list.at[0] : NULL;
}

/* "[n, m]" of a node; a row says so. */
static const char *shape_text(examiner *x, ref r, bool row) {
    text t = text_new(x->arena.memory);
    size_t rank = node_rank(x->context->graph, r);
    text_append(&t, rank == 0          ? "a number"
                    : rank == 1 && row ? "a row [1, "
                    : rank == 1        ? "a column ["
                                       : "[");
    for (size_t k = 0; k < rank; k++) {
        text_append(&t, k ? ", " : "");
        dim_append(x->context->graph, node_axis(x->context->graph, r, k), &t);
    }
    text_append(&t, rank ? "]" : "");
    const char *kept = context_text(x->context, text_string(&t));
    text_free(&t);
    return kept ? kept : "";
}

static bool has_other_shape(const examiner *x) {
    return !x->claimed || !node_same_axes(x->context->graph, x->claimed, x->right);
}

static bool is_turned(const examiner *x) {
    return node_rank(x->context->graph, x->right) == 1 && !x->claim.row != !x->right_row;
}

/* ---- the last things to say ---- */

static bool say_shape(examiner *x, const misfit *inner) {
    if (inner->message) {
        x->grade->place = inner->where.begin;
        x->grade->length = inner->where.end - inner->where.begin;
        return examiner_find(x, GRADUS_MISTAKE_SHAPE, "", "the shapes do not fit: %s", inner->message);
    }
    if (!has_other_shape(x) && !is_turned(x))
        return false;
    return examiner_find(x, GRADUS_MISTAKE_SHAPE, "", "the derivative has another shape: %s, yours is %s",
                         shape_text(x, x->right, x->right_row), shape_text(x, x->claimed, x->claim.row));
}

void grade_append_place(const grid *a, size_t e, text *out) {
    size_t index[RANK_MOST];
    for (size_t k = a->rank; k-- > 0;) {
        index[k] = e % a->shape[k];
        e /= a->shape[k];
    }
    for (size_t k = 0; k < a->rank; k++)
        text_format(out, "%s%zu", k ? "," : " [", index[k] + 1);
    text_append(out, a->rank ? "]" : "");
}

bool grade_other(examiner *x) {
    size_t worst = 0, wrong = 0;
    const grid *c = &x->c[0], *r = &x->r[0];
    double most = 0;
    for (size_t e = 0; e < r->count; e++) {
        double distance = fabs(c->at[e] - r->at[e]);
        wrong += !near_number(c->at[e], r->at[e], 1e-3);
        worst = distance > most ? e : worst;
        most = fmax(most, distance);
    }
    text t = text_new(x->arena.memory);
    text_format(&t, "%zu of %zu entries differ at a random point; the largest difference: entry", wrong,
                r->count);
    grade_append_place(r, worst, &t);
    text_append(&t, " is ");
    text_append_rounded(&t, c->at[worst], 6);
    text_append(&t, ", yours; ");
    text_append_rounded(&t, r->at[worst], 6);
    text_append(&t, ", the derivative");
    examiner_find(x, GRADUS_MISTAKE_OTHER, "", "%s", text_string(&t));
    text_free(&t);
    return true;
}

/* ---- other conventions ---- */

/* The same derivative by the variable of a tied form, its structure declared. */
static bool untie(gradus_context *c, const task *t, gradus_expr *wrt, gradus_expr *f) {
    graph *g = c->graph;
    for (size_t i = 0; i < t->order; i++) {
        ref x = t->wrt[i].id;
        wrt[i] = t->wrt[i];
        if (node_op(g, x) != OP_SYMBOL || !(symbol_facts(g, x) & FACT_TIED))
            continue;
        ref plain = graph_symbol(g, symbol_name(g, x), symbol_facts(g, x) & ~(uint32_t)FACT_TIED,
                                 node_rank(g, x), node_axes(g, x));
        for (ref r = 1; plain && f->id && r <= graph_count(g); r++)
            if (node_op(g, r) == OP_SYMBOL && symbol_name(g, r) == symbol_name(g, x) && r != plain)
                f->id = graph_substitute(g, f->id, 1, &r, &plain);
        wrt[i].id = plain;
    }
    return f->id != 0;
}

static bool grade_convention(examiner *x, const task *t) {
    static const char *const names[] = {
        [GRADUS_PROJECTED] = "projected", [GRADUS_AMBIENT] = "ambient", [GRADUS_ENTRIES] = "entries"};
    gradus_expr wrt[4], f = t->f;
    if (t->order > 4 || !untie(x->context, t, wrt, &f))
        return false;
    for (int k = GRADUS_PROJECTED; k <= GRADUS_ENTRIES; k++) {
        gradus_derive_options options = {.structure = (gradus_structure)k, .unchecked = 1};
        gradus_derivative other;
        double factor;
        bool ok = gradus_derive(x->context, f, t->order, wrt, &options, &other) == GRADUS_OK;
        gradus_messages_clear(x->context);
        if (ok && other.convention[0] && examiner_compare(x, other.expr.id, x->c, &factor) == EQUAL)
            return examiner_find(x, GRADUS_MISTAKE_CONVENTION, names[k],
                                 "right in the convention '%s', which is another one", names[k]);
    }
    return false;
}

/* ---- grading ---- */

static void diagnose_claim(examiner *x, const task *t, const misfit *inner) {
    if (x->claimed && !has_other_shape(x) && !is_turned(x)) {
        bool found = grade_convention(x, t) || grade_factor(x) || grade_layout(x) || grade_symmetry(x) ||
                     grade_chain(x) || grade_terms(x) || grade_edits(x) || grade_sums(x) ||
                     grade_inserts(x) || grade_other(x);
        (void)found;
        return;
    }
    if (!(grade_layout(x) || grade_edits(x) || grade_chain(x)))
        say_shape(x, inner);
}

/* The derivative of a scalar stands as its variable does, that of a vector by a scalar as the vector. */
static bool derivative_is_row(const task *t) {
    const gradus_context *c = t->context;
    return gradus_rank(c, t->f) == 1 && gradus_rank(c, t->wrt[0]) == 0 ? t->f.row != 0 : t->wrt[0].row != 0;
}

/* A row is a matrix of one row, a column one of one column, where the derivative is such a matrix. */
static gradus_status read_as_matrix(examiner *x) {
    graph *g = x->context->graph;
    if (node_rank(g, x->claimed) != 1 || node_rank(g, x->right) != 2)
        return GRADUS_OK;
    const dim *axes = node_axes(g, x->right);
    size_t along = x->claim.row ? 1 : 0;
    if (axes[along] != node_axes(g, x->claimed)[0] || axes[1 - along] != dim_number(g, 1))
        return GRADUS_OK;
    text t = text_new(x->arena.memory);
    text_format(&t, x->claim.row ? "ones(1)*(%s)" : "(%s)*ones(1)'", x->text);
    gradus_status status = gradus_parse_again(x->context, text_string(&t), &x->claim);
    text_free(&t);
    if (status == GRADUS_OK)
        x->claimed = context_ref(x->context, x->claim);
    return status;
}

/* Notes a misfit of the claim's shapes in place of its message. */
static bool take_misfit(gradus_context *c, misfit *inner) {
    const diagnostic *first = shape_error(c);
    if (!first)
        return false;
    inner->message = context_text(c, first->message);
    if (first->labels.count)
        inner->where = first->labels.at[0].where;
    gradus_messages_clear(c);
    return inner->message != NULL;
}

static gradus_status read_claim(examiner *x, misfit *inner) {
    gradus_status status = gradus_parse_again(x->context, x->text, &x->claim);
    if (status == GRADUS_BAD_INPUT)
        return take_misfit(x->context, inner) ? GRADUS_OK : status;
    if (status != GRADUS_OK)
        return status;
    x->claimed = context_ref(x->context, x->claim);
    return read_as_matrix(x);
}

static void compare_at_points(examiner *x, const task *t, const misfit *inner) {
    const ref roots[] = {x->function.id, x->right, x->claimed ? x->claimed : x->right};
    if (examiner_open(x, 3, roots))
        diagnose_claim(x, t, inner);
    else if (inner->message || has_other_shape(x) || is_turned(x))
        say_shape(x, inner);
    else {
        x->grade->verdict = GRADUS_INCONCLUSIVE;
        examiner_find(x, GRADUS_MISTAKE_NONE, "", "no points were found at which both are finite");
    }
}

/* Whether entries are tied: the claim is then of another symbol of that name, and holds for tied values
 * alone. */
static bool is_tied(const task *t) {
    const graph *g = t->context->graph;
    for (size_t i = 0; i < t->order; i++)
        if (node_op(g, t->wrt[i].id) == OP_SYMBOL && (symbol_facts(g, t->wrt[i].id) & FACT_TIED))
            return true;
    return false;
}

/* Certified right, certified wrong, or neither. */
static gradus_status judge(examiner *x, const task *t, const misfit *inner) {
    gradus_grade *g = x->grade;
    bool comparable = x->claimed && !has_other_shape(x) && !is_turned(x);
    gradus_status status = GRADUS_OK;
    g->verdict = GRADUS_WRONG;
    if (comparable)
        status = gradus_certify(x->context, t->f, t->order, t->wrt, x->claim, t->options, &g->certificate);
    if (status != GRADUS_OK)
        return status;
    if (comparable && g->certificate.passed)
        g->verdict = !is_tied(t) && grade_close(x) ? GRADUS_WRONG : GRADUS_RIGHT;
    else if (comparable && certificate_is_open(g->certificate.reason)) {
        g->verdict = GRADUS_INCONCLUSIVE;
        g->message = g->certificate.reason;
    } else
        compare_at_points(x, t, inner);
    return GRADUS_OK;
}

gradus_status gradus_grade_claim(gradus_context *c, gradus_expr f, size_t order, const gradus_expr *wrt,
                                 const char *claim, const gradus_derive_options *options,
                                 gradus_grade *grade) {
    task t = {c, f, order, wrt, options};
    gradus_derivative right;
    misfit inner = {.message = NULL};
    *grade = (gradus_grade){.verdict = GRADUS_INCONCLUSIVE,
                            .message = "",
                            .detail = "",
                            .certificate = {.method = "", .reason = ""}};
    if (!claim)
        return context_refuse_null(c, __func__);
    gradus_status status = gradus_derive(c, f, order, wrt, options, &right);
    if (status != GRADUS_OK)
        return status;
    grade->right = right.expr;
    examiner x = {.context = c,
                  .arena = arena_new(&c->memory),
                  .random = {options ? options->seed : 0, 0x67726164, 0},
                  .text = claim,
                  .function = f,
                  .right = right.expr.id,
                  .right_row = derivative_is_row(&t),
                  .grade = grade};
    status = read_claim(&x, &inner);
    if (status == GRADUS_OK)
        status = judge(&x, &t, &inner);
    examiner_close(&x);
    return status;
}
