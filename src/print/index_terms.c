/* Terms in index notation: c*A[i,j]*x[j]^2/s, with eye(n)[i,k] for equal and ones(n)[i] for free letters. */
/* SPDX-License-Identifier: MIT */
#include "print/print_index.h"

enum { NO_LETTER = UINT16_MAX, TERM_FACTORS_MOST = 40 };

typedef struct term {
    index_writer *writer;
    einsum *flat;
    uint16_t letter[EINSUM_LABELS_MOST]; /* of each label */
    uint16_t place[EINSUM_PLACES_MOST];  /* of each label of the output, slot by slot */
    uint16_t summed[EINSUM_LABELS_MOST];
    size_t summed_count, tie_count;
    uint16_t tie[RANK_MOST][2]; /* groups of one axis that are not the same */
    size_t depth;
    bool open;                        /* something stands in the term */
    bool picked[EINSUM_FACTORS_MOST]; /* unit vectors that are places of the others */
    bool bare;                        /* the one factor of the one term: it needs no brackets */
} term;

static bool stops(void *user, ref child) {
    const char *spelt;
    return node_named(user, child, &spelt);
}

static const char *product_sign(const index_writer *w, const char *text_sign) {
    return w->printer->options->format == PRINT_UNICODE && text_sign[0] == '*' ? "·" : text_sign;
}

static void put_sign(term *t, const char *text_sign) {
    index_put(t->writer, t->open ? t->writer->latex ? " " : product_sign(t->writer, text_sign) : "");
    t->open = true;
}

/* ---- letters ---- */

/* Letters of a slot that holds a group: the parts of the axis's letter, or letters of their own that are tied
 * to it and summed. */
static void place_group(term *t, uint16_t letter, size_t count, const label *labels, uint16_t *place) {
    index_writer *w = t->writer;
    dim sizes[RANK_MOST];
    uint16_t parts[RANK_MOST];
    if (count > RANK_MOST || t->tie_count == RANK_MOST) {
        w->full = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        sizes[i] = t->flat->label_dim[labels[count - 1 - i]];
    bool fits = index_group_fits(w, letter, count, sizes);
    for (size_t i = 0; i < count; i++) {
        parts[i] = fits ? w->state[letter].part[i] : index_fresh(w, sizes[i]);
        place[count - 1 - i] = parts[i];
        if (!fits)
            t->summed[t->summed_count++] = parts[i];
    }
    if (fits)
        return;
    t->tie[t->tie_count][0] = letter;
    t->tie[t->tie_count++][1] = index_group(w, count, parts);
}

/* Letters of the output: those of the axes; a second one on the same label is tied to the first. */
static void name_outputs(term *t, const uint16_t *letters) {
    const einsum *e = t->flat;
    size_t n = 0;
    for (size_t i = 0; i < e->label_count; i++)
        t->letter[i] = NO_LETTER;
    for (size_t k = 0; k < e->out_rank; k++) {
        const label *labels;
        size_t count = einsum_slot_labels(e, e->factor_count, k, &labels);
        if (count == 1)
            t->place[n] = letters[k];
        else if (count)
            place_group(t, letters[k], count, labels, t->place + n);
        for (size_t i = 0; i < count; i++, n++)
            if (t->letter[labels[i]] == NO_LETTER)
                t->letter[labels[i]] = t->place[n];
    }
}

static bool is_used(const einsum *e, label l) {
    for (size_t f = 0; f < e->factor_count; f++)
        for (size_t k = 0; k < e->factors[f].rank; k++) {
            const label *labels;
            size_t n = einsum_slot_labels(e, f, k, &labels);
            for (size_t i = 0; i < n; i++)
                if (labels[i] == l)
                    return true;
        }
    return false;
}

static bool is_unit(const term *t, size_t f) {
    label l;
    return node_op(t->flat->graph, t->flat->factors[f].node) == OP_UNIT &&
           einsum_slot_single(t->flat, f, 0, &l);
}

/* A label that is summed with a unit vector is the place of its 1. */
static void name_places(term *t) {
    graph *g = t->writer->printer->graph;
    for (size_t f = 0; f < t->flat->factor_count; f++) {
        label l;
        if (!is_unit(t, f) || !einsum_slot_single(t->flat, f, 0, &l) || t->letter[l] != NO_LETTER)
            continue;
        dim from_0 = node_word_dim(g, t->flat->factors[f].node, 0);
        t->letter[l] = index_place(t->writer, dim_add(g, from_0, dim_number(g, 1)), t->flat->label_dim[l]);
        t->picked[f] = true;
    }
}

/* Summed labels get fresh letters. */
static void name_summed(term *t) {
    name_places(t);
    for (size_t l = 0; l < t->flat->label_count; l++)
        if (t->letter[l] == NO_LETTER && is_used(t->flat, (label)l))
            t->summed[t->summed_count++] = t->letter[l] = index_fresh(t->writer, t->flat->label_dim[l]);
}

/* ---- factors ---- */

/* eye(n)[i,k] for a second letter on a label, eye(m*n)[(i,j),(k,l)] for groups of one axis. */
static void put_ties(term *t) {
    const einsum *e = t->flat;
    index_writer *w = t->writer;
    size_t n = 0;
    for (size_t k = 0; k < e->out_rank; k++) {
        const label *labels;
        size_t count = einsum_slot_labels(e, e->factor_count, k, &labels);
        for (size_t i = 0; i < count; i++, n++) {
            uint16_t pair[] = {t->letter[labels[i]], t->place[n]};
            if (pair[0] == pair[1])
                continue;
            put_sign(t, "*");
            index_put_tree(w, tree_eye(w->printer, e->label_dim[labels[i]]), 2, pair, false);
        }
    }
    for (size_t k = 0; k < t->tie_count; k++) {
        put_sign(t, "*");
        index_put_tree(w, tree_eye(w->printer, w->state[t->tie[k][0]].size), 2, t->tie[k], false);
    }
}

/* The letter of slot k of factor f, a group where the slot holds several labels. */
static uint16_t slot_letter(term *t, size_t f, size_t k) {
    const label *labels;
    uint16_t parts[RANK_MOST];
    size_t count = einsum_slot_labels(t->flat, f, k, &labels);
    if (count == 1)
        return t->letter[labels[0]];
    for (size_t i = 0; i < count && i < RANK_MOST; i++)
        parts[i] = t->letter[labels[count - 1 - i]];
    return index_group(t->writer, count, parts);
}

static void put_base(term *t, size_t f, bool brackets) {
    const einsum_factor *x = &t->flat->factors[f];
    uint16_t letters[RANK_MOST];
    for (size_t k = 0; k < x->rank; k++)
        letters[k] = slot_letter(t, f, k);
    index_put_entry(t->writer, x->node, letters, t->depth + 1, brackets);
}

static bool has_ties(const term *t) {
    const einsum *e = t->flat;
    size_t n = 0;
    for (size_t k = 0; k < e->out_rank; k++) {
        const label *labels;
        size_t count = einsum_slot_labels(e, e->factor_count, k, &labels);
        for (size_t i = 0; i < count; i++, n++)
            if (t->letter[labels[i]] != t->place[n])
                return true;
    }
    return t->tie_count > 0;
}

/* x, sqrt(x), x^2 of the magnitude of the exponent. */
static void put_power(term *t, size_t f, bool alone) {
    const einsum_factor *x = &t->flat->factors[f];
    index_writer *w = t->writer;
    int num = x->num < 0 ? -x->num : x->num;
    char digits[40];
    const char *spelt;
    bool root = num == 1 && x->den == 2, power = !root && (num != 1 || x->den != 1);
    bool plain = node_op(t->flat->graph, x->node) == OP_SYMBOL || node_named(w->printer, x->node, &spelt);
    bool held = w->latex && power && !plain;
    index_put(w, root ? w->latex ? "\\sqrt{" : "sqrt(" : held ? "\\left(" : "");
    put_base(t, f, !alone && !root && !held);
    index_put(w, root ? w->latex ? "}" : ")" : held ? "\\right)" : "");
    if (!power)
        return;
    if (w->latex)
        (void)snprintf(digits, sizeof digits, x->den == 1 ? "^{%d}" : "^{%d/%d}", num, x->den);
    else
        (void)snprintf(digits, sizeof digits, x->den == 1 ? "^%d" : "^(%d/%d)", num, x->den);
    index_put(w, digits);
}

static void put_factor(term *t, size_t f, bool below, bool alone) {
    put_sign(t, below && !t->writer->latex ? "/" : "*");
    put_power(t, f, alone);
}

static uint16_t first_letter(const term *t, size_t f) {
    uint16_t first = NO_LETTER;
    for (size_t k = 0; k < t->flat->factors[f].rank; k++) {
        const label *labels;
        size_t count = einsum_slot_labels(t->flat, f, k, &labels);
        for (size_t i = 0; i < count; i++)
            first = t->letter[labels[i]] < first ? t->letter[labels[i]] : first;
    }
    return first;
}

/* Whether factor f comes before h: scalars first, then in the order of their first letters. */
static bool comes_before(const term *t, size_t f, size_t h) {
    uint16_t rank = t->flat->factors[f].rank, other_rank = t->flat->factors[h].rank;
    uint16_t first = first_letter(t, f), other = first_letter(t, h);
    if (!rank || !other_rank || first == other)
        return rank < other_rank;
    return first < other;
}

static bool is_alone(const term *t, bool below) {
    size_t count = 0;
    for (size_t f = 0; f < t->flat->factor_count; f++)
        count += !t->picked[f] && (t->flat->factors[f].num < 0) == below;
    return count == 1 && (below || !has_ties(t));
}

/* `boxed`: the braces of a fraction stand around them. */
static void put_factors(term *t, bool below, bool boxed) {
    bool alone = t->bare || (boxed && is_alone(t, below));
    size_t order[EINSUM_FACTORS_MOST], count = 0;
    for (size_t f = 0; f < t->flat->factor_count; f++) {
        size_t at = count;
        if (t->picked[f] || (t->flat->factors[f].num < 0) != below)
            continue;
        for (; at > 0 && comes_before(t, f, order[at - 1]); at--)
            order[at] = order[at - 1];
        order[at] = f;
        count++;
    }
    for (size_t k = 0; k < count; k++)
        put_factor(t, order[k], below, alone);
}

static void put_number(term *t, rational c) {
    char digits[NUMBER_BYTES + 16];
    rational number = c.num < 0 ? rational_negate(c) : c;
    bool latex = t->writer->latex && number.den != 1;
    if (latex || !number_spell(number, digits))
        (void)snprintf(digits, sizeof digits, latex ? "\\frac{%lld}{%lld}" : "%lld/%lld",
                       (long long)number.num, (long long)number.den);
    if (rational_is(number, 1))
        return;
    index_put(t->writer, digits);
    t->open = true;
}

static bool divides(const einsum *e) {
    for (size_t f = 0; f < e->factor_count; f++)
        if (e->factors[f].num < 0)
            return true;
    return false;
}

/* ---- terms ---- */

/* Whether a letter of a sum stands only inside of sums and functions, where it would be summed too early, and
 * of groups, which do not say how far it goes. */
static bool is_hidden(const term *t) {
    const einsum *e = t->flat;
    for (size_t i = 0; i < t->summed_count; i++) {
        bool plain = false;
        for (size_t f = 0; f < e->factor_count; f++)
            for (size_t k = 0; k < e->factors[f].rank && !plain; k++) {
                label l;
                bool here = einsum_slot_single(e, f, k, &l) && t->letter[l] == t->summed[i];
                plain = here && !index_is_open(t->writer, e->factors[f].node);
            }
        if (!plain)
            return true;
    }
    return false;
}

/* A sum over a letter that its body does not hold counts: ones(n)[j]. */
static void put_unseen(term *t) {
    index_writer *w = t->writer;
    for (size_t l = 0; !w->latex && l < t->flat->label_count; l++) {
        uint16_t letter = t->letter[l];
        if (letter == NO_LETTER || w->state[letter].group || w->state[letter].seen ||
            !is_used(t->flat, (label)l))
            continue;
        put_sign(t, "*");
        w->vague = w->vague || w->state[letter].held;
        index_put_tree(w, tree_ones(w->printer, t->flat->label_dim[l]), 1, &letter, false);
    }
}

/* LaTeX has one fraction, text its divisors one after the other. */
static void put_factors_and_ties(term *t) {
    index_writer *w = t->writer;
    bool quotient = divides(t->flat), fraction = quotient && w->latex;
    if (fraction) {
        put_sign(t, "*");
        index_put(w, "\\frac{");
        t->open = false;
    }
    put_factors(t, false, fraction);
    put_ties(t);
    if (!t->open)
        index_put(w, "1");
    t->open = true;
    if (fraction) {
        index_put(w, "}{");
        t->open = false;
    }
    if (quotient)
        put_factors(t, true, fraction);
    index_put(w, fraction ? "}" : "");
    t->open = true;
}

static bool is_one_factor(const term *t, rational c) {
    const einsum *e = t->flat;
    return e->factor_count == 1 && e->factors[0].num == 1 && e->factors[0].den == 1 && rational_is(c, 1) &&
           !t->summed_count && !has_ties(t);
}

static bool is_open_sum(const term *t, size_t f) {
    ref x = t->flat->factors[f].node;
    return node_op(t->flat->graph, x) == OP_SUM && index_is_open(t->writer, x);
}

static void put_product(term *t, rational c, const uint16_t *letters) {
    index_writer *w = t->writer;
    name_outputs(t, letters);
    name_summed(t);
    put_number(t, c);
    t->bare = t->bare && is_one_factor(t, c);
    if (t->bare && t->depth == 0)
        w->loose = is_open_sum(t, 0);
    if (t->summed_count && (t->depth > 0 || is_hidden(t))) {
        put_sign(t, "*");
        index_put(w, w->latex ? "\\sum" : "sum");
        index_put_places(w, t->summed_count, t->summed);
        index_put(w, index_open(w));
        t->open = false;
        for (size_t i = 0; i < t->summed_count; i++)
            w->state[t->summed[i]].seen = false;
        put_factors_and_ties(t);
        put_unseen(t);
        index_put(w, index_close(w));
    } else {
        put_factors_and_ties(t);
    }
    index_release(w, t->summed_count, t->summed);
}

/* How a sum is written: the sign before each term, plus signs between them. */
typedef struct placing {
    size_t depth;
    bool first; /* nothing stands before the term */
    bool only;  /* nor behind it */
} placing;

static rational put_minus(index_writer *w, rational c, bool first) {
    bool minus = c.num < 0;
    const char *sign = w->printer->options->format == PRINT_UNICODE ? "−" : "-";
    index_put(w, first ? "" : " ");
    index_put(w, minus ? sign : first ? "" : "+");
    index_put(w, first ? "" : " ");
    return minus ? rational_negate(c) : c;
}

static void put_term(index_writer *w, ref r, rational c, const uint16_t *letters, placing at) {
    printer *p = w->printer;
    term t = {.writer = w, .depth = at.depth, .bare = at.only};
    rational value;
    if (node_op(p->graph, r) != OP_EINSUM || node_is_rational(p->graph, r, &value)) {
        c = put_minus(w, c, at.first);
        put_number(&t, c);
        put_sign(&t, "*");
        index_put_entry(w, r, letters, at.depth + 1, !rational_is(c, 1));
        return;
    }
    t.flat = ARENA_NEW(p->arena, einsum, 1);
    if (!t.flat) {
        p->failed = true;
        return;
    }
    region_gather(p->graph, r, TERM_FACTORS_MOST, stops, p, t.flat);
    if (!w->expand)
        index_contract(w, t.flat);
    c = put_minus(w, rational_multiply(c, t.flat->coefficient), at.first);
    put_product(&t, c, letters);
}

static bool is_minus(const graph *g, ref sum, size_t i) {
    ref x = node_operand(g, sum, i);
    bool minus = node_op(g, x) == OP_EINSUM && einsum_coefficient(g, x).num < 0;
    return minus != (sum_coefficient(g, sum, i).num < 0);
}

static void put_terms(index_writer *w, ref r, const uint16_t *letters, placing at) {
    graph *g = w->printer->graph;
    if (node_op(g, r) != OP_SUM) {
        at.only = true;
        put_term(w, r, RATIONAL(1), letters, at);
        return;
    }
    w->loose = w->loose || at.depth == 0;
    for (size_t pass = 0; pass < 2; pass++) /* what is subtracted comes last */
        for (size_t i = 0; i < node_operand_count(g, r); i++) {
            if (is_minus(g, r, i) != (pass > 0))
                continue;
            put_term(w, node_operand(g, r, i), sum_coefficient(g, r, i), letters,
                     (placing){.depth = at.depth, .first = at.first});
            at.first = false;
        }
}

void index_put_terms(index_writer *w, ref r, const uint16_t *letters, size_t depth) {
    put_terms(w, r, letters, (placing){.depth = depth, .first = true});
}
