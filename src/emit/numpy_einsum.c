/* NumPy for contractions: scalars, then *, @ and .T where they fit, np.einsum otherwise. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "emit/numpy_internal.h"

/* An array factor under single labels: what np.einsum, @ and * are made of. */
typedef struct operand {
    piece piece;
    size_t rank;
    label labels[RANK_MOST * 2];
} operand;

typedef struct contraction {
    numpy *numpy;
    einsum e;
    size_t count;
    operand operands[EINSUM_FACTORS_MOST];
    size_t out_rank;
    label out[2 * RANK_MOST + EINSUM_FACTORS_MOST];
    const char *scalars; /* "2*s", or NULL */
    const char *divisor; /* "n", or NULL */
} contraction;

static bool is_norm(const numpy *n, ref r) {
    return node_op(n->graph, r) == OP_NORM2;
}

static piece power_piece(numpy *n, ref r, int num, int den) {
    piece x = n->pieces[r];
    if (num == 1 && den == 1)
        return x;
    if (num < 0 && is_norm(n, r)) {
        x = (piece){numpy_text(n, "_over_norm(%s)", x.text), BIND_ATOM, x.narrow};
        numpy_note_helpers(n, x.text);
        return num == -1 && den == 1
                   ? x
                   : (piece){numpy_text(n, "%s**%s", x.text, numpy_number(n, (rational){-num, den})),
                             BIND_POWER, x.narrow};
    }
    if (num == 1 && den == 2)
        return (piece){numpy_text(n, "np.sqrt(%s)", x.text), BIND_ATOM, x.narrow};
    const char *base = numpy_wrap(n, x, BIND_ATOM);
    if (num == -1 && den == 1)
        return (piece){numpy_text(n, "1.0/%s", base), BIND_PRODUCT, x.narrow};
    const char *exponent = numpy_number(n, (rational){num, den});
    return (piece){numpy_text(n, num < 0 || den != 1 ? "%s**(%s)" : "%s**%s", base, exponent), BIND_POWER,
                   x.narrow};
}

static const char *multiply_text(numpy *n, const char *a, const char *b) {
    return a ? numpy_text(n, "%s*%s", a, b) : b;
}

static void add_scalar(contraction *c, const einsum_factor *f) {
    numpy *n = c->numpy;
    if (f->num < 0 && !is_norm(n, f->node)) {
        piece p = power_piece(n, f->node, -f->num, f->den);
        c->divisor = multiply_text(n, c->divisor, numpy_wrap(n, p, BIND_POWER));
        return;
    }
    piece p = power_piece(n, f->node, f->num, f->den);
    c->scalars = multiply_text(n, c->scalars, numpy_wrap(n, p, BIND_POWER));
}

/* Factor f with grouped axes opened by a reshape. */
static void add_array(contraction *c, size_t f) {
    numpy *n = c->numpy;
    const einsum_factor *x = &c->e.factors[f];
    operand *o = &c->operands[c->count++];
    bool grouped = false;
    text shape = text_new(graph_memory(n->graph));
    o->rank = 0;
    for (size_t k = 0; k < x->rank; k++) {
        const label *l;
        size_t count = einsum_slot_labels(&c->e, f, k, &l);
        grouped |= count != 1;
        for (size_t i = 0; i < count; i++) {
            text_format(&shape, "%s, ", numpy_size(n, c->e.label_dim[l[i]]));
            o->labels[o->rank++] = l[i];
        }
    }
    if (n->pieces[x->node].narrow)
        n->pieces[x->node] = numpy_full(n, x->node);
    o->piece = power_piece(n, x->node, x->num, x->den);
    if (grouped)
        o->piece = (piece){
            numpy_text(n, "%s.reshape((%s))", numpy_wrap(n, o->piece, BIND_ATOM), text_string(&shape)),
            BIND_ATOM, false};
    text_free(&shape);
}

static void add_operand(contraction *c, const char *s, size_t rank, const label *labels) {
    operand *o = &c->operands[c->count++];
    *o = (operand){.piece = {s, BIND_ATOM, false}, .rank = rank};
    memcpy(o->labels, labels, rank);
}

static bool operand_has(const operand *o, label l) {
    return memchr(o->labels, l, o->rank) != NULL;
}

static bool any_has(const contraction *c, label l) {
    for (size_t i = 0; i < c->count; i++)
        if (operand_has(&c->operands[i], l))
            return true;
    return false;
}

/* np.einsum's output holds each label once, and only used ones: identities and ones stand in for the others.
 */
static void spread_output(contraction *c) {
    for (size_t k = 0; k < c->e.out_rank; k++) {
        const label *l;
        size_t count = einsum_slot_labels(&c->e, c->e.factor_count, k, &l);
        for (size_t i = 0; i < count; i++) {
            dim d = c->e.label_dim[l[i]];
            if (!memchr(c->out, l[i], c->out_rank)) {
                c->out[c->out_rank++] = l[i];
                continue;
            }
            label fresh = einsum_label(&c->e, d);
            add_operand(c, numpy_text(c->numpy, "np.eye(%s)", numpy_size(c->numpy, d)), 2,
                        (label[]){l[i], fresh});
            c->out[c->out_rank++] = fresh;
        }
    }
}

static bool same_labels(const operand *o, size_t rank, const label *labels) {
    return o->rank == rank && memcmp(o->labels, labels, rank) == 0;
}

/* All operands on the output's labels: a*b*c. */
static bool elementwise(contraction *c, piece *result) {
    const char *s = NULL;
    bool all = c->count > 0;
    for (size_t i = 0; i < c->count && all; i++)
        all = same_labels(&c->operands[i], c->out_rank, c->out);
    for (size_t i = 0; i < c->count && all; i++)
        s = multiply_text(c->numpy, s,
                          numpy_wrap(c->numpy, c->operands[i].piece, c->count > 1 ? BIND_POWER : BIND_SUM));
    if (all)
        *result = (piece){s, c->count > 1 ? BIND_PRODUCT : c->operands[0].piece.binding, false};
    return all;
}

static bool distinct(const label *l, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (memchr(l + i + 1, l[i], count - i - 1))
            return false;
    return true;
}

/* X.T, when the single operand needs nothing else. */
static bool transposed(contraction *c, piece *result) {
    const operand *o = &c->operands[0];
    if (c->count != 1 || c->out_rank != 2 || o->rank != 2 || o->labels[0] != c->out[1] ||
        o->labels[1] != c->out[0] || c->out[0] == c->out[1])
        return false;
    *result = (piece){numpy_text(c->numpy, "%s.T", numpy_wrap(c->numpy, o->piece, BIND_ATOM)), BIND_ATOM,
                      false};
    return true;
}

static bool summed(const contraction *c, label l) {
    return !memchr(c->out, l, c->out_rank);
}

static const char *matrix_side(contraction *c, const operand *o, bool flip) {
    const char *s = numpy_wrap(c->numpy, o->piece, flip ? BIND_ATOM : BIND_POWER);
    return flip ? numpy_text(c->numpy, "%s.T", s) : s;
}

typedef struct product {
    bool fits, flip_left, flip_right;
} product;

/* a @ b contracted over axis i of a, when that gives the output as it stands. */
static product try_product(const contraction *c, const operand *a, const operand *b, size_t i) {
    label l = a->labels[i], want[2];
    size_t n = 0, j = b->labels[0] == l ? 0 : 1;
    if (!operand_has(b, l) || !summed(c, l))
        return (product){0};
    if (a->rank == 2)
        want[n++] = a->labels[1 - i];
    if (b->rank == 2)
        want[n++] = b->labels[1 - j];
    if (n != c->out_rank || memcmp(want, c->out, n) || (n == 2 && want[0] == want[1]))
        return (product){0};
    return (product){true, a->rank == 2 && i == 0, b->rank == 2 && j == 1};
}

static bool can_multiply(const operand *o) {
    return (o->rank == 1 || o->rank == 2) && distinct(o->labels, o->rank);
}

/* Two operands of rank 1 or 2 that share one summed label: a @ b, in the order with the fewest transposes. */
static bool matrix_product(contraction *c, piece *result) {
    int best = 3;
    if (c->count != 2 || !can_multiply(&c->operands[0]) || !can_multiply(&c->operands[1]))
        return false;
    for (size_t swap = 0; swap < 2; swap++) {
        const operand *a = &c->operands[swap], *b = &c->operands[1 - swap];
        for (size_t i = 0; i < a->rank; i++) {
            product p = try_product(c, a, b, i);
            int cost = p.flip_left + p.flip_right;
            if (!p.fits || cost > best || (cost == best && a->rank < b->rank))
                continue;
            best = cost;
            *result = (piece){numpy_text(c->numpy, "%s @ %s", matrix_side(c, a, p.flip_left),
                                         matrix_side(c, b, p.flip_right)),
                              BIND_PRODUCT, false};
        }
    }
    return best < 3;
}

/* One operand with axes left out: x.sum(axis=0), x.sum(). */
static bool plain_sum(contraction *c, piece *result) {
    const operand *o = &c->operands[0];
    if (c->count != 1 || o->rank <= c->out_rank || !distinct(o->labels, o->rank))
        return false;
    size_t kept = 0, gone = 0, axis = 0;
    for (size_t k = 0; k < o->rank; k++) {
        if (kept < c->out_rank && o->labels[k] == c->out[kept]) {
            kept++;
            continue;
        }
        gone++;
        axis = k;
    }
    if (kept != c->out_rank || (gone != 1 && c->out_rank != 0))
        return false;
    const char *s = numpy_wrap(c->numpy, o->piece, BIND_SUM);
    *result = (piece){c->out_rank ? numpy_text(c->numpy, "np.sum(%s, axis=%u)", s, (unsigned)axis)
                                  : numpy_text(c->numpy, "np.sum(%s)", s),
                      BIND_ATOM, false};
    return true;
}

static bool diagonal_or_trace(contraction *c, piece *result) {
    const operand *o = &c->operands[0];
    if (c->count != 1 || o->rank != 2 || o->labels[0] != o->labels[1] || c->out_rank > 1)
        return false;
    const char *s = numpy_wrap(c->numpy, o->piece, BIND_SUM);
    *result = (piece){numpy_text(c->numpy, c->out_rank ? "np.diagonal(%s)" : "np.trace(%s)", s), BIND_ATOM,
                      false};
    return true;
}

/* A broadcast: x[:, None] stands for its axes until someone wants them all. */
static bool broadcast(contraction *c, piece *result) {
    const operand *o = &c->operands[0];
    size_t at = 0;
    if (c->count != 1 || o->rank == 0 || o->rank >= c->out_rank)
        return false;
    text index = text_new(graph_memory(c->numpy->graph));
    bool leading = true;
    for (size_t k = 0; k < c->out_rank; k++) {
        bool own = at < o->rank && o->labels[at] == c->out[k];
        leading &= !own || k + (o->rank - at) == c->out_rank;
        text_append(&index, k ? ", " : "");
        text_append(&index, own ? ":" : "None");
        at += own;
    }
    bool ok = at == o->rank;
    const char *s = numpy_wrap(c->numpy, o->piece, BIND_ATOM);
    if (ok)
        *result = (piece){leading ? s : numpy_text(c->numpy, "%s[%s]", s, text_string(&index)), BIND_ATOM,
                          true};
    text_free(&index);
    return ok;
}

static char letter(label l) {
    return (char)(l < 26 ? 'a' + l : 'A' + (l - 26) % 26);
}

static piece general(contraction *c) {
    numpy *n = c->numpy;
    for (size_t k = 0; k < c->out_rank; k++)
        if (!any_has(c, c->out[k]))
            add_operand(c, numpy_text(n, "np.ones(%s)", numpy_size(n, c->e.label_dim[c->out[k]])), 1,
                        &c->out[k]);
    if (c->count == 0)
        return (piece){"1.0", BIND_ATOM, false};
    text t = text_new(graph_memory(n->graph));
    text_append(&t, "np.einsum('");
    for (size_t i = 0; i < c->count; i++) {
        text_append(&t, i ? "," : "");
        for (size_t k = 0; k < c->operands[i].rank; k++)
            text_append_char(&t, letter(c->operands[i].labels[k]));
    }
    text_append(&t, "->");
    for (size_t k = 0; k < c->out_rank; k++)
        text_append_char(&t, letter(c->out[k]));
    text_append(&t, "'");
    for (size_t i = 0; i < c->count; i++)
        text_format(&t, ", %s", c->operands[i].piece.text);
    text_append(&t, c->count > 2 ? ", optimize=True)" : ")");
    piece p = {numpy_text(n, "%s", text_string(&t)), BIND_ATOM, false};
    text_free(&t);
    return p;
}

/* Coefficient and scalar factors around the array part (text NULL: there is none). */
static piece scale(contraction *c, piece p) {
    numpy *n = c->numpy;
    rational k = c->e.coefficient;
    const char *s = c->scalars;
    bool negative = k.num < 0;
    int64_t num = negative ? -k.num : k.num;
    if (num != 1 || (!s && !p.text))
        s = multiply_text(n, numpy_number(n, RATIONAL(num)), s ? s : "");
    if (s && s[0] && s[strlen(s) - 1] == '*')
        s = numpy_text(n, "%.*s", (int)strlen(s) - 1, s);
    if (p.text)
        s = s ? numpy_text(n, "%s*%s", s, numpy_wrap(n, p, BIND_POWER)) : p.text;
    bool bare = p.text && s == p.text;
    const char *divisor = c->divisor;
    if (k.den != 1)
        divisor = divisor ? numpy_text(n, "%s*%s", numpy_number(n, RATIONAL(k.den)), divisor)
                          : numpy_number(n, RATIONAL(k.den));
    if (!divisor && !negative)
        return (piece){s, bare ? p.binding : BIND_PRODUCT, p.narrow};
    if (bare)
        s = numpy_wrap(n, p, BIND_PRODUCT);
    if (divisor)
        s = numpy_text(n, strchr(divisor, '*') ? "%s/(%s)" : "%s/%s", s, divisor);
    return negative ? (piece){numpy_text(n, "-%s", s), BIND_SUM, p.narrow}
                    : (piece){s, BIND_PRODUCT, p.narrow};
}

/* Two vectors, nothing summed: np.outer(a, b). */
static bool outer_product(contraction *c, piece *result) {
    if (c->count != 2 || c->out_rank != 2 || c->operands[0].rank != 1 || c->operands[1].rank != 1 ||
        c->out[0] == c->out[1])
        return false;
    size_t first = c->operands[0].labels[0] == c->out[0] ? 0 : 1;
    const operand *a = &c->operands[first], *b = &c->operands[1 - first];
    if (a->labels[0] != c->out[0] || b->labels[0] != c->out[1])
        return false;
    *result = (piece){numpy_text(c->numpy, "np.outer(%s, %s)", a->piece.text, b->piece.text), BIND_ATOM,
                      false};
    return true;
}

static piece arrays(contraction *c) {
    piece p;
    if (c->count == 0 && c->out_rank == 0)
        return (piece){NULL, BIND_ATOM, false};
    if (elementwise(c, &p) || transposed(c, &p) || matrix_product(c, &p) || outer_product(c, &p) ||
        plain_sum(c, &p) || diagonal_or_trace(c, &p) || broadcast(c, &p))
        return p;
    return general(c);
}

static piece regroup(contraction *c, ref r, piece p) {
    bool grouped = false;
    for (size_t k = 0; k < c->e.out_rank; k++) {
        const label *l;
        grouped |= einsum_slot_labels(&c->e, c->e.factor_count, k, &l) != 1;
    }
    if (!grouped || !p.text)
        return p;
    return (piece){
        numpy_text(c->numpy, "%s.reshape(%s)", numpy_wrap(c->numpy, p, BIND_ATOM), numpy_shape(c->numpy, r)),
        BIND_ATOM, false};
}

/* No label stands twice in the output. */
static bool output_distinct(const einsum *e) {
    label seen[EINSUM_PLACES_MOST];
    size_t count = 0;
    for (size_t k = 0; k < e->out_rank; k++) {
        const label *l;
        size_t n = einsum_slot_labels(e, e->factor_count, k, &l);
        memcpy(seen + count, l, n);
        count += n;
    }
    return distinct(seen, count);
}

piece numpy_einsum(numpy *n, ref r) {
    contraction c = {.numpy = n};
    einsum_read(n->graph, r, &c.e);
    for (size_t f = 0; f < c.e.factor_count; f++)
        if (c.e.factors[f].rank == 0)
            add_scalar(&c, &c.e.factors[f]);
        else
            add_array(&c, f);
    if (c.count == 0 && c.e.out_rank > 0 && output_distinct(&c.e)) { /* one number everywhere */
        piece p = scale(&c, (piece){NULL, BIND_ATOM, false});
        p.narrow = true;
        return p;
    }
    spread_output(&c);
    return scale(&c, regroup(&c, r, arrays(&c)));
}
