/* Loops and strides of an einsum, from its labels and sizes. */
/* SPDX-License-Identifier: MIT */
#include "value/contraction.h"

#include <string.h>

/* A factor, an intermediate result or the output: which labels it has and what each moves. */
typedef struct term {
    size_t source;
    bool *uses;      /* [labels] */
    size_t *strides; /* [labels] */
} term;

typedef struct planner {
    const einsum *e;
    arena *arena;
    size_t labels;
    size_t sizes[EINSUM_LABELS_MOST];
    size_t term_count;
    term terms[EINSUM_FACTORS_MOST];
    term output;
    uint16_t users[EINSUM_LABELS_MOST]; /* terms, and the output, that have the label */
    contraction *out;
} planner;

static bool term_new(planner *p, size_t source, term *t) {
    t->source = source;
    t->uses = ARENA_NEW(p->arena, bool, p->labels + 1);
    t->strides = ARENA_NEW(p->arena, size_t, p->labels + 1);
    return t->uses && t->strides;
}

/* The labels of factor f (of the output for f == factor_count), last axis and last label of a group fastest.
 */
static bool term_of(planner *p, size_t f, size_t rank, term *t) {
    size_t stride = 1;
    if (!term_new(p, f, t))
        return false;
    for (size_t k = rank; k-- > 0;) {
        const label *labels;
        for (size_t i = einsum_slot_labels(p->e, f, k, &labels); i-- > 0;) {
            t->uses[labels[i]] = true;
            t->strides[labels[i]] += stride;
            if (!size_multiply(stride, p->sizes[labels[i]], &stride))
                return false;
        }
    }
    return stride <= VALUE_NODE_MOST;
}

static double loop_steps(const planner *p, const bool *uses) {
    double product = 1;
    for (size_t l = 0; l < p->labels; l++)
        if (uses[l])
            product *= (double)p->sizes[l];
    return product;
}

/* Result labels outermost: what is summed is summed in the inner loops. */
static size_t order_loops(const planner *p, const bool *uses, const term *result, label *order) {
    size_t count = 0;
    for (size_t l = 0; l < p->labels; l++)
        if (uses[l] && result->uses[l])
            order[count++] = (label)l;
    for (size_t l = 0; l < p->labels; l++)
        if (uses[l] && !result->uses[l])
            order[count++] = (label)l;
    return count;
}

static size_t entries_of(const planner *p, const term *t) {
    size_t last = 0;
    for (size_t l = 0; l < p->labels; l++) {
        if (t->uses[l] && p->sizes[l] == 0)
            return 0;
        last += t->uses[l] ? t->strides[l] * (p->sizes[l] - 1) : 0;
    }
    return last + 1;
}

/* Appends the step that makes `result` from the terms chosen. */
static bool add_step(planner *p, size_t inputs, const term *const *chosen, const term *result) {
    bool uses[EINSUM_LABELS_MOST];
    label order[EINSUM_LABELS_MOST];
    memcpy(uses, result->uses, p->labels * sizeof *uses);
    for (size_t k = 0; k < inputs; k++)
        for (size_t l = 0; l < p->labels; l++)
            uses[l] = uses[l] || chosen[k]->uses[l];
    size_t count = order_loops(p, uses, result, order), loops = count ? count : 1;
    size_t *sizes = ARENA_NEW(p->arena, size_t, loops), *sources = ARENA_NEW(p->arena, size_t, inputs + 1);
    size_t *strides = ARENA_NEW(p->arena, size_t, (inputs + 1) * loops);
    if (!sizes || !sources || !strides)
        return false;
    sizes[0] = 1;
    for (size_t i = 0; i < count; i++)
        sizes[i] = p->sizes[order[i]];
    for (size_t k = 0; k <= inputs; k++) {
        const term *t = k < inputs ? chosen[k] : result;
        for (size_t i = 0; i < count; i++)
            strides[k * loops + i] = t->strides[order[i]];
        if (k < inputs)
            sources[k] = t->source;
    }
    double steps = loop_steps(p, uses);
    p->out->work += steps;
    p->out->largest = p->out->largest > steps ? p->out->largest : steps;
    p->out->steps[p->out->step_count++] = (contraction_step){loops, inputs,  entries_of(p, result),
                                                             sizes, sources, strides};
    return true;
}

/* Which labels the product of terms i and j must keep: those of the output or of another term. */
static void kept_labels(const planner *p, size_t i, size_t j, bool *kept) {
    for (size_t l = 0; l < p->labels; l++) {
        int own = p->terms[i].uses[l] + p->terms[j].uses[l];
        kept[l] = own > 0 && p->users[l] > own;
    }
}

static void count_users(planner *p, const term *t, int sign) {
    for (size_t l = 0; l < p->labels; l++)
        p->users[l] = (uint16_t)(p->users[l] + (t->uses[l] ? sign : 0));
}

/* The partner of the first term that leaves the smallest product. */
static size_t choose_partner(const planner *p) {
    bool kept[EINSUM_LABELS_MOST];
    size_t best = 1;
    double least = 0;
    for (size_t j = 1; j < p->term_count; j++) {
        kept_labels(p, 0, j, kept);
        double entries = loop_steps(p, kept);
        if (j == 1 || entries < least) {
            best = j;
            least = entries;
        }
    }
    return best;
}

/* Terms 0 and j become one. */
static bool merge_terms(planner *p, size_t j) {
    term product;
    size_t stride = 1;
    if (!term_new(p, p->e->factor_count + p->out->step_count, &product))
        return false;
    kept_labels(p, 0, j, product.uses);
    if (loop_steps(p, product.uses) > VALUE_NODE_MOST)
        return false;
    for (size_t l = p->labels; l-- > 0;)
        if (product.uses[l]) {
            product.strides[l] = stride;
            stride *= p->sizes[l];
        }
    const term *pair[2] = {&p->terms[0], &p->terms[j]};
    if (!add_step(p, 2, pair, &product))
        return false;
    count_users(p, &p->terms[0], -1);
    count_users(p, &p->terms[j], -1);
    count_users(p, &product, 1);
    p->terms[0] = product;
    p->terms[j] = p->terms[--p->term_count];
    return true;
}

static bool bind_labels(planner *p, const environment *env) {
    const einsum *e = p->e;
    for (size_t l = 0; l < p->labels; l++) {
        bool idle = !memchr(e->places, (int)l, e->place_count);
        if (idle && e->label_dim[l] == 0)
            continue;
        if (!value_size(e->graph, env, e->label_dim[l], &p->sizes[l]))
            return false;
        if (idle && !size_multiply(p->out->repeat, p->sizes[l], &p->out->repeat))
            return false;
    }
    return true;
}

static bool bind_terms(planner *p) {
    const einsum *e = p->e;
    p->term_count = e->factor_count;
    for (size_t f = 0; f <= e->factor_count; f++) {
        bool output = f == e->factor_count;
        term *t = output ? &p->output : &p->terms[f];
        if (!term_of(p, f, output ? e->out_rank : e->factors[f].rank, t))
            return false;
        count_users(p, t, 1);
    }
    return true;
}

bool contraction_plan(const einsum *e, const environment *env, arena *a, double loops_most,
                      contraction *out) {
    planner p = {.e = e, .arena = a, .labels = e->label_count, .out = out};
    *out = (contraction){.factor_count = e->factor_count, .repeat = 1};
    out->steps = ARENA_NEW(a, contraction_step, (size_t)e->factor_count + 1);
    if (!out->steps || !bind_labels(&p, env) || !bind_terms(&p))
        return false;
    bool uses[EINSUM_LABELS_MOST];
    for (size_t l = 0; l < p.labels; l++)
        uses[l] = p.users[l] > 0;
    if (loop_steps(&p, uses) > loops_most)
        while (p.term_count > 2)
            if (!merge_terms(&p, choose_partner(&p)))
                return false;
    const term *rest[EINSUM_FACTORS_MOST];
    for (size_t k = 0; k < p.term_count; k++)
        rest[k] = &p.terms[k];
    return add_step(&p, p.term_count, rest, &p.output);
}

/* The next index of the outer loops, and the offsets that go with it; false at the end. */
static bool advance(const contraction_step *s, size_t *index, size_t *offsets) {
    for (size_t i = s->loops - 1; i-- > 0;) {
        bool carry = ++index[i] == s->sizes[i];
        size_t back = carry ? s->sizes[i] - 1 : 0;
        for (size_t k = 0; k <= s->inputs; k++) {
            size_t stride = s->strides[k * s->loops + i];
            offsets[k] = carry ? offsets[k] - back * stride : offsets[k] + stride;
        }
        if (!carry)
            return true;
        index[i] = 0;
    }
    return false;
}

void contraction_walk(const contraction_step *s, void (*row)(void *user, const size_t *offsets), void *user) {
    size_t index[EINSUM_LABELS_MOST + 1] = {0}, offsets[EINSUM_FACTORS_MOST + 1] = {0};
    for (size_t i = 0; i < s->loops; i++)
        if (s->sizes[i] == 0)
            return;
    do
        row(user, offsets);
    while (advance(s, index, offsets));
}
