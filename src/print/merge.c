/* a + b with what both share taken out: P*Q*R + P*S*R = P*(Q + S)*R, whichever way saves most tokens. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <string.h>

enum { MERGES_MOST = 20000 };

/* What may be shared; a candidate is a set of these. */
enum {
    SHARE_NUMBER = 1,
    SHARE_SCALARS = 2,
    SHARE_LEFT = 4,
    SHARE_RIGHT = 8,
    SHARE_DOTS = 16,
    SHARE_ALL = 32
};

typedef struct factors {
    bool full; /* some had no room */
    size_t count;
    tree *at[FACTORS_MOST];
    rational power[FACTORS_MOST];
} factors;

/* number * scalars * body; the body a list of links, of dots, or one tree. */
typedef struct term_view {
    rational number;
    tree *body; /* NULL for numbers and plain scalars */
    factors scalars;
} term_view;

static bool is_linear_call(const tree *t) {
    static const char *const names[] = {"diag", "vec", "tr", "sum"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tree_is_call(t, names[i]) && t->count == 1)
            return true;
    return false;
}

/* A scalar that is read as a matrix product is: a chain, a trace, an entry of a chain. */
static bool plays_body(const tree *s) {
    return s->kind == TREE_CHAIN || is_linear_call(s) ||
           (s->kind == TREE_ENTRY && s->child[0]->kind == TREE_CHAIN);
}

static void push_factor(factors *list, tree *t, rational power) {
    list->full = list->full || list->count == FACTORS_MOST;
    if (list->full)
        return;
    list->at[list->count] = t;
    list->power[list->count++] = power;
}

/* False when the term is too long to be looked into. */
static bool view_term(tree *t, term_view *v) {
    v->number = RATIONAL(1);
    v->scalars.count = 0;
    v->scalars.full = false;
    v->body = t;
    if (t->kind == TREE_PRODUCT) {
        if (t->count >= FACTORS_MOST)
            return false;
        v->number = t->number;
        v->body = t->body;
        for (size_t i = 0; i < t->count; i++)
            push_factor(&v->scalars, t->child[i], t->power[i]);
    } else if (t->shape == TREE_SCALAR) {
        push_factor(&v->scalars, t, RATIONAL(1));
        v->body = NULL;
    }
    for (size_t i = 0; !v->body && i < v->scalars.count; i++) {
        tree *s = v->scalars.at[i];
        if (!rational_is(v->scalars.power[i], 1) || !plays_body(s))
            continue;
        v->body = s;
        v->scalars.count--;
        v->scalars.at[i] = v->scalars.at[v->scalars.count];
        v->scalars.power[i] = v->scalars.power[v->scalars.count];
    }
    return !v->body || v->body->count < FACTORS_MOST;
}

/* ---- common parts ---- */

/* Of two exponents of one sign the smaller one; 0 when the signs differ. */
static rational common_power(rational a, rational b) {
    if ((a.num > 0) != (b.num > 0))
        return RATIONAL(0);
    bool less = rational_compare(a, b) < 0;
    return less == (a.num > 0) ? a : b;
}

static void take_power(factors *list, size_t i, rational power) {
    list->power[i] = rational_add(list->power[i], rational_negate(power));
    if (list->power[i].num)
        return;
    list->count--;
    list->at[i] = list->at[list->count];
    list->power[i] = list->power[list->count];
}

static void take_common(factors *a, factors *b, factors *common) {
    common->count = 0;
    common->full = false;
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++) {
            rational power = a->at[i] == b->at[j] ? common_power(a->power[i], b->power[j]) : RATIONAL(0);
            if (!power.num)
                continue;
            push_factor(common, a->at[i], power);
            size_t before = a->count;
            take_power(a, i, power);
            take_power(b, j, power);
            if (a->count < before)
                i--;
            break;
        }
}

static tree *const *links_of(tree *const *body, size_t *count) {
    bool chain = (*body)->kind == TREE_CHAIN;
    *count = chain ? (*body)->count : 1;
    return chain ? (*body)->child : body;
}

static void push_dots(factors *list, tree *t) {
    if (t->kind != TREE_DOT)
        push_factor(list, t, RATIONAL(1));
    for (size_t i = 0; t->kind == TREE_DOT && i < t->count; i++)
        push_factor(list, t->child[i], t->power[i]);
}

static bool is_scaling(const tree *t) {
    return tree_is_call(t, "diag") && t->shape == TREE_MATRIX;
}

/* The factors of a dot product; diag(u)*M*diag(v) is u.*M.*v'. */
static void dots_of(printer *p, tree *body, factors *list) {
    list->count = 0;
    list->full = false;
    if (body->kind != TREE_CHAIN) {
        push_dots(list, body);
        return;
    }
    size_t from = is_scaling(body->child[0]), to = body->count - is_scaling(body->child[body->count - 1]);
    if (from >= to) {
        push_dots(list, body);
        return;
    }
    push_dots(list, tree_chain(p, to - from, body->child + from));
    if (from)
        push_dots(list, body->child[0]->child[0]);
    if (to < body->count)
        push_dots(list, tree_transpose(p, body->child[to]->child[0]));
}

/* ---- candidates ---- */

typedef struct attempt {
    printer *printer;
    unsigned share;
    term_view a, b;
    rational number;
    factors scalars;
    bool single; /* what is left of both is one link each */
} attempt;

static tree *rest_term(const attempt *m, const term_view *v, tree *body) {
    return tree_product(m->printer, v->number, v->scalars.count, v->scalars.at, v->scalars.power, body);
}

static tree *finish(const attempt *m, tree *body) {
    return tree_product(m->printer, m->number, m->scalars.count, m->scalars.at, m->scalars.power, body);
}

static tree *add_rests(const attempt *m, tree *body_a, tree *body_b) {
    return tree_add(m->printer, rest_term(m, &m->a, body_a), rest_term(m, &m->b, body_b));
}

/* What is left of a body of which nothing is left: beside comm(m, n) the identity, otherwise NULL. */
static tree *rest_of(printer *p, size_t count, tree *const *links, size_t other_count, tree *const *other) {
    if (count)
        return tree_chain(p, count, links);
    if (other_count != 1 || !tree_is_call(other[0], "comm"))
        return NULL;
    return tree_eye(p, dim_multiply(p->graph, other[0]->child[0]->node, other[0]->child[1]->node));
}

/* P*(rest + rest)*Q with the longest common ends; NULL when a rest would be empty. */
static tree *share_ends(attempt *m) {
    size_t n, k, left = 0, right = 0;
    tree *const *a = links_of(&m->a.body, &n), *const *b = links_of(&m->b.body, &k);
    size_t most = n < k ? n : k;
    while ((m->share & SHARE_LEFT) && left < most && a[left] == b[left])
        left++;
    while ((m->share & SHARE_RIGHT) && right < most && a[n - 1 - right] == b[k - 1 - right])
        right++;
    if (((m->share & SHARE_LEFT) && !left) || ((m->share & SHARE_RIGHT) && !right) || left + right > most)
        return NULL;
    size_t na = n - left - right, nb = k - left - right;
    tree *rest_a = rest_of(m->printer, na, a + left, nb, b + left);
    tree *rest_b = rest_of(m->printer, nb, b + left, na, a + left);
    if (!rest_a || !rest_b || rest_a->shape != rest_b->shape)
        return NULL;
    m->single = left + right + 1 == n && n == k;
    tree *links[FACTORS_MOST], *middle = add_rests(m, rest_a, rest_b);
    memcpy(links, a, left * sizeof *links);
    links[left] = middle;
    memcpy(links + left + 1, a + n - right, right * sizeof *links);
    return finish(m, tree_chain(m->printer, left + 1 + right, links));
}

static tree *share_dots(attempt *m) {
    factors a, b, common;
    printer *p = m->printer;
    if (m->a.body->shape == TREE_SCALAR)
        return NULL;
    dots_of(p, m->a.body, &a);
    dots_of(p, m->b.body, &b);
    if (a.full || b.full)
        return NULL;
    take_common(&a, &b, &common);
    if (!common.count || (!a.count && !b.count))
        return NULL;
    tree *rest_a = a.count ? tree_dot(p, a.count, a.at, a.power) : NULL;
    tree *rest_b = b.count ? tree_dot(p, b.count, b.at, b.power) : NULL;
    if ((!rest_a || rest_a->shape != m->a.body->shape) && (!rest_b || rest_b->shape != m->a.body->shape))
        return NULL;
    tree *rests[] = {rest_term(m, &m->a, rest_a), rest_term(m, &m->b, rest_b)};
    tree *middle = tree_sum(p, m->a.body->shape, 2, rests);
    push_factor(&common, middle, RATIONAL(1));
    return finish(m, tree_dot(p, common.count, common.at, common.power));
}

/* (A*B)[i,j] + (A*C)[i,j] = (A*(B + C))[i,j] */
static tree *share_places(attempt *m) {
    tree *a = m->a.body, *b = m->b.body, *x = a->child[0], *y = b->child[0];
    bool same = a->count == b->count && a->shape == b->shape && x->kind == TREE_CHAIN &&
                y->kind == TREE_CHAIN;
    for (size_t i = 1; same && i < a->count; i++)
        same = a->child[i] == b->child[i];
    if (!same || !tree_same_axes(m->printer, x, y))
        return NULL;
    tree *sum = add_rests(m, x, y);
    return finish(m, tree_entry(m->printer, a->shape, sum, a->count - 1, a->child + 1));
}

/* f(x) + f(y) = f(x + y) for linear f; kron(A, B) + kron(A, C) = kron(A, B + C). */
static tree *share_call(attempt *m) {
    tree *a = m->a.body, *b = m->b.body;
    if (a->kind == TREE_ENTRY && b->kind == TREE_ENTRY)
        return share_places(m);
    if (a->kind != TREE_CALL || b->kind != TREE_CALL || strcmp(a->text, b->text) != 0 || a->count != b->count)
        return NULL;
    if (is_linear_call(a) && tree_same_axes(m->printer, a->child[0], b->child[0]))
        return finish(m, tree_call1(m->printer, a->shape, a->text, add_rests(m, a->child[0], b->child[0])));
    if (!tree_is_call(a, "kron") || a->count != 2)
        return NULL;
    for (size_t i = 0; i < 2; i++) {
        if (a->child[i] != b->child[i] || a->child[1 - i]->shape != b->child[1 - i]->shape)
            continue;
        tree *sum = add_rests(m, a->child[1 - i], b->child[1 - i]);
        return finish(m, tree_kron(m->printer, i ? sum : a->child[0], i ? a->child[1] : sum));
    }
    return NULL;
}

static tree *share_body(attempt *m) {
    if (!m->a.body || !m->b.body) {
        bool front = m->share && !(m->share & ~(unsigned)(SHARE_NUMBER | SHARE_SCALARS));
        return front ? finish(m, add_rests(m, m->a.body, m->b.body)) : NULL;
    }
    if (m->share & SHARE_ALL)
        return m->a.body == m->b.body ? finish(m, tree_times(m->printer, add_rests(m, NULL, NULL), m->a.body))
                                      : NULL;
    if (m->share & SHARE_DOTS)
        return share_dots(m);
    if (m->share & (SHARE_LEFT | SHARE_RIGHT))
        return share_ends(m);
    tree *call = share_call(m);
    return call ? call : finish(m, add_rests(m, m->a.body, m->b.body));
}

/* Takes the common number and scalars out of both views; false when the candidate asks for what is not there.
 */
static bool share_front(attempt *m) {
    m->number = RATIONAL(1);
    m->scalars.count = 0;
    m->scalars.full = false;
    if (m->share & SHARE_NUMBER) {
        rational a = m->a.number, b = m->b.number;
        if ((a.num < 0 ? -a.num : a.num) != (b.num < 0 ? -b.num : b.num) || a.den != b.den)
            return false;
        m->number = a.num < 0 ? rational_negate(a) : a;
        if (rational_is(m->number, 1))
            return false;
        m->a.number = RATIONAL(a.num < 0 ? -1 : 1);
        m->b.number = RATIONAL(b.num < 0 ? -1 : 1);
    }
    if (m->share & SHARE_SCALARS) {
        take_common(&m->a.scalars, &m->b.scalars, &m->scalars);
        return m->scalars.count > 0;
    }
    return true;
}

static bool plausible(const term_view *a, const term_view *b, unsigned share) {
    unsigned body = share & ~(unsigned)(SHARE_NUMBER | SHARE_SCALARS);
    if (share == 0) /* only calls merge with nothing else shared */
        return a->body && b->body && a->body->kind == b->body->kind &&
               (a->body->kind == TREE_CALL || a->body->kind == TREE_ENTRY);
    return body == 0 || body == SHARE_LEFT || body == SHARE_RIGHT || body == (SHARE_LEFT | SHARE_RIGHT) ||
           body == SHARE_DOTS || body == SHARE_ALL;
}

static tree *try_merge(printer *p, const term_view *a, const term_view *b, unsigned share, bool *single) {
    attempt m = {.printer = p, .share = share, .a = *a, .b = *b};
    if (!plausible(a, b, share) || !share_front(&m))
        return NULL;
    tree *t = share == 0 ? share_call(&m) : share_body(&m);
    *single = m.single;
    return t;
}

static bool common_scalar(const factors *a, const factors *b) {
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++)
            if (a->at[i] == b->at[j])
                return true;
    return false;
}

static bool common_dot(printer *p, tree *a, tree *b) {
    factors x, y;
    bool plain = a->shape == TREE_SCALAR || (a->kind != TREE_DOT && b->kind != TREE_DOT &&
                                             a->kind != TREE_CHAIN && b->kind != TREE_CHAIN);
    if (plain)
        return false;
    dots_of(p, a, &x);
    dots_of(p, b, &y);
    return common_scalar(&x, &y);
}

/* Two terms that may become one: their tokens apart, and whether there are no others. */
typedef struct merging {
    int before;
    bool whole;
} merging;

typedef struct choice {
    tree *tree;
    int gain;
} choice;

/* What the two terms have in common at all: candidates are its subsets. */
static unsigned shareable(printer *p, const term_view *a, const term_view *b) {
    unsigned share = 0;
    size_t n, k;
    if (a->number.den == b->number.den && !rational_is(a->number, 1))
        share |= SHARE_NUMBER;
    if (common_scalar(&a->scalars, &b->scalars))
        share |= SHARE_SCALARS;
    if (!a->body || !b->body)
        return share;
    if (a->body == b->body)
        return share | SHARE_ALL;
    tree *const *x = links_of(&a->body, &n), *const *y = links_of(&b->body, &k);
    share |= x[0] == y[0] ? SHARE_LEFT : 0;
    share |= x[n - 1] == y[k - 1] ? SHARE_RIGHT : 0;
    return share | (common_dot(p, a->body, b->body) ? SHARE_DOTS : 0);
}

/* The way with the largest gain over `before` tokens into *best. */
static void merge_views(printer *p, const term_view *a, const term_view *b, const merging *of, choice *best) {
    unsigned possible = shareable(p, a, b);
    for (unsigned share = 0; share < 2 * SHARE_ALL; share++) {
        if (share & ~possible)
            continue;
        bool single = false;
        tree *t = try_merge(p, a, b, share, &single);
        if (!t)
            continue;
        int saved = of->before - (int)t->cost;
        bool ends = (share & (SHARE_LEFT | SHARE_RIGHT)) != 0;
        /* (A + A')*x rather than A*x + A'*x; a product wants no brackets where a sum does */
        bool worth = saved > 0 || (saved == 0 && (single || (of->whole && ends)));
        if (worth && (!best->tree || saved > best->gain))
            *best = (choice){t, saved};
    }
}

/* v.*M as diag(v)*M; other bodies as they are. */
static tree *chain_of_dots(printer *p, tree *body) {
    factors column = {.count = 0}, rest = {.count = 0};
    if (!body || body->kind != TREE_DOT || body->shape != TREE_MATRIX)
        return body;
    for (size_t i = 0; i < body->count; i++)
        push_factor(body->child[i]->shape == TREE_COLUMN ? &column : &rest, body->child[i], body->power[i]);
    if (!column.count || !rest.count)
        return body;
    tree *m = tree_dot(p, rest.count, rest.at, rest.power);
    tree *v = tree_dot(p, column.count, column.at, column.power);
    return m->shape == TREE_MATRIX && v->kind != TREE_PRODUCT ? tree_chain2(p, tree_diag(p, v), m) : body;
}

tree *tree_merge(printer *p, tree *a, tree *b, bool whole, int *gain) {
    term_view va, vb;
    merging of = {.before = (int)a->cost + (int)b->cost + 1, .whole = whole};
    choice best = {.tree = NULL};
    if (a->shape != b->shape || p->merges >= MERGES_MOST || a->depth > TREE_DEPTH_MOST ||
        b->depth > TREE_DEPTH_MOST || !view_term(a, &va) || !view_term(b, &vb))
        return NULL;
    p->merges++;
    merge_views(p, &va, &vb, &of, &best);
    tree *bodies[] = {va.body, vb.body};
    va.body = chain_of_dots(p, va.body);
    vb.body = chain_of_dots(p, vb.body);
    if (va.body != bodies[0] || vb.body != bodies[1])
        merge_views(p, &va, &vb, &of, &best);
    if (best.tree)
        *gain = best.gain;
    return best.tree;
}
