/* Products of trees in normal form: numbers and scalars in front, chains and dots flat, signs in the sums. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <string.h>

enum {
    LINKS_MOST = FACTORS_MOST / 2, /* longer chains keep brackets around their parts */
    MEAN_COST_MOST = 200           /* longer products are not searched for sums */
};

/* A list of bases with exponents and what was taken out in front of it. */
typedef struct gathered {
    printer *printer;
    rational number;
    size_t count;
    tree *base[FACTORS_MOST];
    rational power[FACTORS_MOST];
} gathered;

static void gather_base(gathered *g, tree *t, rational power) {
    for (size_t i = 0; i < g->count; i++) {
        if (g->base[i] != t)
            continue;
        g->power[i] = rational_add(g->power[i], power);
        if (!rational_fits(g->power[i]))
            g->printer->refused = true;
        if (g->power[i].num == 0) {
            g->count--;
            g->base[i] = g->base[g->count];
            g->power[i] = g->power[g->count];
        }
        return;
    }
    if (g->count == FACTORS_MOST) {
        g->printer->refused = true;
        return;
    }
    g->base[g->count] = t;
    g->power[g->count++] = power;
}

static void gather_number(gathered *g, rational c, rational power) {
    if (power.num > 64 || power.num < -64)
        g->printer->refused = true;
    else
        g->number = rational_multiply(g->number, rational_power(c, (int)power.num));
}

/* A scalar factor; whole powers of products are taken apart. */
static void gather_scalar(gathered *g, tree *t, rational power) {
    if (t->kind != TREE_PRODUCT || !rational_is_integer(power)) {
        gather_base(g, t, power);
        return;
    }
    gather_number(g, t->number, power);
    for (size_t i = 0; i < t->count; i++)
        gather_base(g, t->child[i], rational_multiply(t->power[i], power));
}

static tree_shape dot_shape(const gathered *dots) {
    for (size_t i = 0; i < dots->count; i++)
        if (dots->base[i]->shape != dots->base[0]->shape)
            return TREE_MATRIX; /* M./v: a row or column along a matrix */
    return dots->base[0]->shape;
}

static void sort_factors(size_t count, tree **base, rational *power) {
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && tree_before(base[j], base[j - 1]); j--) {
            tree *t = base[j];
            rational e = power[j];
            base[j] = base[j - 1];
            power[j] = power[j - 1];
            base[j - 1] = t;
            power[j - 1] = e;
        }
}

/* ---- signs ---- */

static size_t count_minus(const tree *sum) {
    size_t n = 0;
    for (size_t i = 0; i < sum->count; i++)
        n += sum->power[i].num < 0;
    return n;
}

static const tree *inner_sum(const tree *t) {
    if (t->kind == TREE_TRANSPOSE)
        t = t->child[0];
    return t->kind == TREE_SUM ? t : NULL;
}

/* Whether -t is no longer than t: a difference. Sums of minuses alone always turn. */
static bool turns(const tree *t, bool negative) {
    const tree *sum = inner_sum(t);
    if (!sum)
        return false;
    size_t minus = count_minus(sum);
    return minus == sum->count || (negative && minus > 0);
}

static tree *turn(printer *p, tree *t) {
    if (t->kind == TREE_TRANSPOSE)
        return tree_wrap_transpose(p, turn(p, t->child[0]));
    rational *signs = ARENA_NEW(p->arena, rational, t->count);
    if (!signs) {
        p->failed = true;
        return t;
    }
    for (size_t i = 0; i < t->count; i++)
        signs[i] = rational_negate(t->power[i]);
    return tree_signed_sum(p, t->shape, t->count, t->child, signs);
}

static bool odd(rational power) {
    return rational_is_integer(power) && power.num % 2 != 0;
}

/* In r*r' both stay as they are. */
static bool has_partner(printer *p, size_t i, size_t count, tree **base) {
    tree *other = base[i]->shape == TREE_SCALAR ? base[i] : tree_transpose(p, base[i]);
    for (size_t k = 0; k < count; k++)
        if (k != i && (base[k] == base[i] || base[k] == other))
            return true;
    return false;
}

/* r*r' with r = u - x where the user wrote x first: both turn. */
static void settle_pairs(printer *p, size_t count, tree **base) {
    for (size_t i = 0; i < count; i++) {
        const tree *sum = inner_sum(base[i]);
        if (!sum || !count_minus(sum) || sum->child[0]->first <= sum->first)
            continue;
        for (size_t k = i + 1; k < count; k++) {
            if (base[k] != tree_transpose(p, base[i]))
                continue;
            base[i] = turn(p, base[i]);
            base[k] = tree_transpose(p, base[i]);
            break;
        }
    }
}

/* Turns one difference among the factors when that saves the sign in front. */
static void settle_list(printer *p, rational *number, size_t count, tree **base, const rational *power) {
    for (size_t i = 0; i < count; i++)
        if ((!power || odd(power[i])) && turns(base[i], number->num < 0) && !has_partner(p, i, count, base)) {
            base[i] = turn(p, base[i]);
            *number = rational_negate(*number);
        }
}

static tree *settle_body(printer *p, rational *number, tree *body) {
    if (turns(body, number->num < 0)) {
        *number = rational_negate(*number);
        return turn(p, body);
    }
    if (body->kind != TREE_CHAIN && body->kind != TREE_DOT)
        return body;
    tree *base[FACTORS_MOST];
    if (body->count > FACTORS_MOST)
        return body;
    memcpy(base, body->child, body->count * sizeof *base);
    if (body->kind == TREE_CHAIN)
        settle_pairs(p, body->count, base);
    settle_list(p, number, body->count, base, body->power);
    tree draft = *body;
    draft.child = base;
    draft.flip = NULL;
    draft.depth = draft.degree = 0;
    return tree_intern(p, &draft);
}

/* ---- products with scalars ---- */

tree *tree_number(printer *p, rational c) {
    return tree_intern(p, &(tree){.kind = TREE_PRODUCT, .shape = TREE_SCALAR, .number = c});
}

static tree *intern_chain(printer *p, size_t count, tree **links) {
    bool row = links[0]->shape == TREE_ROW, column = links[count - 1]->shape == TREE_COLUMN;
    tree_shape shape = row ? column ? TREE_SCALAR : TREE_ROW : column ? TREE_COLUMN : TREE_MATRIX;
    if (count == 1)
        return links[0];
    return tree_intern(p, &(tree){.kind = TREE_CHAIN, .shape = shape, .count = count, .child = links});
}

/* The factors n (or m, n) with m*n = size and exponent -power or below; false when they are not there. */
static bool find_size(const gathered *g, dim size, rational power, size_t *i, size_t *k) {
    for (*i = 0; *i < g->count; ++*i)
        for (*k = *i; *k < g->count; ++*k) {
            dim a = g->base[*i]->kind == TREE_NAME ? g->base[*i]->node : 0;
            dim b = g->base[*k]->kind == TREE_NAME ? g->base[*k]->node : 0;
            rational left = rational_add(g->power[*i], power), right = rational_add(g->power[*k], power);
            if (!a || !b || left.num > 0 || right.num > 0)
                continue;
            bool squared = *i == *k && rational_add(left, power).num <= 0;
            if (a == size && *i == *k)
                return true;
            if ((*i != *k || squared) && dim_multiply(g->printer->graph, a, b) == size)
                return true;
        }
    return false;
}

/* sum(x)^power/n^power with n the length of x is mean(x)^power; returns mean(x) then, else the sum. */
static tree *mean_of_sum(gathered *g, tree *sum, rational power) {
    size_t i, k;
    if (!tree_is_call(sum, "sum") || !sum->node || power.num <= 0 || !find_size(g, sum->node, power, &i, &k))
        return sum;
    tree *n = g->base[i], *m = g->base[k];
    gather_base(g, n, power);
    if (n->node != sum->node)
        gather_base(g, m, power);
    return tree_call(g->printer, sum->shape, "mean", sum->count, sum->child);
}

/* The same within products: sum(X, rows)'*y/m, ones(m)*sum(X, rows)/m^2. */
static tree *mean_of(gathered *g, tree *t, rational power) {
    printer *p = g->printer;
    bool chain = t->kind == TREE_CHAIN, dot = t->kind == TREE_DOT;
    if (t->kind == TREE_TRANSPOSE) {
        tree *mean = mean_of(g, t->child[0], power);
        return mean == t->child[0] ? t : tree_wrap_transpose(p, mean);
    }
    if ((!chain && !dot) || t->count > FACTORS_MOST || t->cost > MEAN_COST_MOST)
        return mean_of_sum(g, t, power);
    tree *factor[FACTORS_MOST];
    bool found = false;
    for (size_t i = 0; i < t->count; i++) {
        rational own = dot ? rational_multiply(power, t->power[i]) : power;
        factor[i] = mean_of(g, t->child[i], own);
        found = found || factor[i] != t->child[i];
    }
    if (!found)
        return t;
    return dot ? tree_dot(p, t->count, factor, t->power) : intern_chain(p, t->count, factor);
}

static void find_means(gathered *g) {
    for (size_t i = 0; i < g->count; i++) {
        tree *sum = g->base[i], *mean = mean_of(g, sum, g->power[i]);
        for (size_t k = 0; mean != sum && k < g->count; k++)
            if (g->base[k] == sum) {
                g->base[k] = mean;
                return;
            }
    }
}

/* The root of a number that is positive, or one over it. */
static bool is_constant_root(const tree *t, rational power) {
    bool number = t->kind == TREE_NAME || (t->kind == TREE_PRODUCT && t->number.num > 0);
    return number && t->first == FIRST_NONE && t->shape == TREE_SCALAR && power.den == 2 &&
           (power.num == 1 || power.num == -1);
}

/* sqrt(2)*sqrt(pi) is sqrt(2*pi). */
static void join_roots(gathered *g) {
    for (size_t i = 0; i < g->count; i++)
        for (size_t k = i + 1; k < g->count && is_constant_root(g->base[i], g->power[i]);) {
            if (!is_constant_root(g->base[k], g->power[k]) || !rational_equal(g->power[i], g->power[k])) {
                k++;
                continue;
            }
            g->base[i] = tree_product(g->printer, RATIONAL(1), 2, (tree *[]){g->base[i], g->base[k]}, NULL,
                                      NULL);
            g->base[k] = g->base[--g->count];
            g->power[k] = g->power[g->count];
        }
}

/* x - 0.5*y for 0.5*(2*x - y); NULL where no term loses its number, or there is more than a number and a sum.
 */
static tree *spread_number(printer *p, const gathered *g, tree *body) {
    bool scalar = !body && g->count == 1 && rational_is(g->power[0], 1);
    const tree *sum = scalar ? g->base[0] : body;
    if ((!scalar && g->count > 0) || !sum || sum->kind != TREE_SUM || rational_is(g->number, -1))
        return NULL;
    tree **terms = ARENA_NEW(p->arena, tree *, sum->count);
    if (!terms) {
        p->failed = true;
        return NULL;
    }
    bool loses = false;
    for (size_t i = 0; i < sum->count; i++) {
        tree *t = sum->child[i];
        terms[i] = tree_scale(p, rational_multiply(g->number, sum->power[i]), t);
        loses |= t->kind == TREE_PRODUCT && rational_is(rational_multiply(g->number, t->number), 1);
    }
    return loses ? tree_signed_sum(p, sum->shape, sum->count, terms, NULL) : NULL;
}

static tree *finish_product(printer *p, gathered *g, tree *body) {
    find_means(g);
    join_roots(g);
    if (body)
        body = mean_of(g, body, RATIONAL(1));
    if (body)
        body = settle_body(p, &g->number, body);
    settle_list(p, &g->number, g->count, g->base, g->power);
    bool one = rational_is(g->number, 1);
    if (one && !g->count && body)
        return body;
    if (one && g->count == 1 && !body && rational_is(g->power[0], 1))
        return g->base[0];
    sort_factors(g->count, g->base, g->power);
    tree *product = tree_intern(p, &(tree){.kind = TREE_PRODUCT,
                                           .shape = body ? body->shape : TREE_SCALAR,
                                           .number = g->number,
                                           .count = g->count,
                                           .child = g->base,
                                           .power = g->power,
                                           .body = body});
    tree *spread = spread_number(p, g, body);
    return spread && spread->cost < product->cost ? spread : product;
}

tree *tree_product(printer *p, rational c, size_t count, tree *const *scalars, const rational *powers,
                   tree *body) {
    gathered g = {.printer = p, .number = c};
    for (size_t i = 0; i < count; i++)
        gather_scalar(&g, scalars[i], powers ? powers[i] : RATIONAL(1));
    if (body && body->shape == TREE_SCALAR) {
        gather_scalar(&g, body, RATIONAL(1));
        body = NULL;
    } else if (body && body->kind == TREE_PRODUCT) {
        gather_number(&g, body->number, RATIONAL(1));
        for (size_t i = 0; i < body->count; i++)
            gather_base(&g, body->child[i], body->power[i]);
        body = body->body;
    }
    return finish_product(p, &g, body);
}

tree *tree_scale(printer *p, rational c, tree *t) {
    return tree_product(p, c, 0, NULL, NULL, t);
}

tree *tree_negate(printer *p, tree *t) {
    return tree_scale(p, RATIONAL(-1), t);
}

tree *tree_times(printer *p, tree *scalar, tree *t) {
    return tree_product(p, RATIONAL(1), 1, &scalar, NULL, t);
}

/* ---- matrix products ---- */

static void gather_link(gathered *front, gathered *links, tree *t) {
    if (t->kind == TREE_PRODUCT || t->shape == TREE_SCALAR) {
        gather_number(front, t->kind == TREE_PRODUCT ? t->number : RATIONAL(1), RATIONAL(1));
        if (t->kind != TREE_PRODUCT)
            gather_base(front, t, RATIONAL(1));
        for (size_t i = 0; t->kind == TREE_PRODUCT && i < t->count; i++)
            gather_base(front, t->child[i], t->power[i]);
        t = t->kind == TREE_PRODUCT ? t->body : NULL;
    }
    if (!t)
        return;
    if (t->kind == TREE_TRANSPOSE && t->child[0]->kind == TREE_CHAIN)
        t = tree_transpose(front->printer, t->child[0]);
    bool flat = t->kind == TREE_CHAIN && links->count + t->count <= LINKS_MOST;
    for (size_t i = 0; i < (flat ? t->count : 1); i++) {
        if (links->count == FACTORS_MOST)
            front->printer->refused = true;
        else
            links->base[links->count++] = flat ? t->child[i] : t;
    }
}

static void drop_identities(gathered *links) {
    size_t kept = 0;
    for (size_t i = 0; i < links->count; i++)
        if (!tree_is_call(links->base[i], "eye") || (kept == 0 && i + 1 == links->count))
            links->base[kept++] = links->base[i];
    links->count = kept;
}

/* x'*A*y or y'*A'*x: the shorter one, then the one that begins as the user's text does. */
static tree *settle_scalar_chain(printer *p, tree *t) {
    tree *links[FACTORS_MOST];
    for (size_t i = 0; i < t->count; i++)
        links[t->count - 1 - i] = tree_transpose(p, t->child[i]);
    tree *other = tree_intern(p, &(tree){.kind = TREE_CHAIN, .count = t->count, .child = links});
    if (other->cost != t->cost)
        return other->cost < t->cost ? other : t;
    if (other->child[0]->first != t->child[0]->first)
        return other->child[0]->first < t->child[0]->first ? other : t;
    return other->hash < t->hash ? other : t;
}

/* The chain of links as they are, scalars in front. */
tree *tree_chain(printer *p, size_t count, tree *const *factors) {
    gathered front = {.printer = p, .number = RATIONAL(1)}, links = {.printer = p};
    for (size_t i = 0; i < count; i++)
        gather_link(&front, &links, factors[i]);
    drop_identities(&links);
    if (!links.count)
        return finish_product(p, &front, NULL);
    tree *chain = intern_chain(p, links.count, links.base);
    if (chain->kind == TREE_CHAIN && chain->shape == TREE_SCALAR)
        chain = entry_of_chain(p, settle_scalar_chain(p, chain));
    if (chain->shape != TREE_SCALAR)
        return finish_product(p, &front, chain);
    /* a difference inside x'*(a - b) turns before the chain becomes a scalar factor */
    chain = settle_body(p, &front.number, chain);
    gather_scalar(&front, chain, RATIONAL(1));
    return finish_product(p, &front, NULL);
}

tree *tree_chain2(printer *p, tree *a, tree *b) {
    return tree_chain(p, 2, (tree *[]){a, b});
}

/* ---- entry by entry ---- */

static void gather_dot(gathered *front, gathered *dots, tree *t, rational power) {
    if (t->shape == TREE_SCALAR) {
        gather_scalar(front, t, power);
        return;
    }
    if (t->kind == TREE_PRODUCT && rational_is_integer(power)) {
        gather_number(front, t->number, power);
        for (size_t i = 0; i < t->count; i++)
            gather_base(front, t->child[i], rational_multiply(t->power[i], power));
        t = t->body;
    }
    if (tree_is_ones(t))
        return;
    if (t->kind != TREE_DOT || !rational_is_integer(power)) {
        gather_base(dots, t, power);
        return;
    }
    for (size_t i = 0; i < t->count; i++)
        gather_base(dots, t->child[i], rational_multiply(t->power[i], power));
}

static bool is_triangle(const tree *t) {
    return (tree_is_call(t, "tril") || tree_is_call(t, "triu")) && tree_is_ones(t->child[0]);
}

static bool has_other_matrix(const gathered *dots, size_t i) {
    for (size_t k = 0; k < dots->count; k++)
        if (k != i && dots->base[k]->shape == TREE_MATRIX)
            return true;
    return false;
}

/* M.*tril(ones(m, n)) is tril(M). */
static tree *intern_dot(printer *p, gathered *dots) {
    for (size_t i = 0; dots->count > 1 && i < dots->count; i++) {
        const tree *mask = dots->base[i];
        if (!is_triangle(mask) || !has_other_matrix(dots, i))
            continue;
        dots->count--;
        dots->base[i] = dots->base[dots->count];
        dots->power[i] = dots->power[dots->count];
        return tree_call1(p, TREE_MATRIX, mask->text, tree_dot(p, dots->count, dots->base, dots->power));
    }
    sort_factors(dots->count, dots->base, dots->power);
    return tree_intern(p, &(tree){.kind = TREE_DOT,
                                  .shape = dot_shape(dots),
                                  .count = dots->count,
                                  .child = dots->base,
                                  .power = dots->power});
}

/* When all cancels: ones of the shape of t, if need be as t./t. */
static tree *all_ones(printer *p, tree *t) {
    tree *body = t->kind == TREE_PRODUCT ? t->body : t;
    if (!body || tree_is_ones(body))
        return body;
    return tree_intern(p, &(tree){.kind = TREE_DOT,
                                  .shape = body->shape,
                                  .count = 2,
                                  .child = (tree *[]){body, body},
                                  .power = (rational[]){{1, 1}, {-1, 1}}});
}

tree *tree_dot(printer *p, size_t count, tree *const *factors, const rational *powers) {
    gathered front = {.printer = p, .number = RATIONAL(1)}, dots = {.printer = p};
    for (size_t i = 0; i < count; i++)
        gather_dot(&front, &dots, factors[i], powers ? powers[i] : RATIONAL(1));
    if (!dots.count)
        return finish_product(p, &front, all_ones(p, factors[0]));
    if (dots.count == 1 && rational_is(dots.power[0], 1))
        return finish_product(p, &front, dots.base[0]);
    return finish_product(p, &front, intern_dot(p, &dots));
}

tree *tree_dot2(printer *p, tree *a, tree *b) {
    return tree_dot(p, 2, (tree *[]){a, b}, NULL);
}

tree *tree_raise(printer *p, tree *t, rational power) {
    if (t->shape == TREE_SCALAR)
        return tree_product(p, RATIONAL(1), 1, &t, &power, NULL);
    return tree_dot(p, 1, &t, &power);
}

tree *tree_power(printer *p, tree *base, tree *exponent) {
    tree *child[] = {base, exponent};
    tree_shape shape = base->shape == TREE_SCALAR ? exponent->shape : base->shape;
    return tree_intern(p, &(tree){.kind = TREE_POWER, .shape = shape, .count = 2, .child = child});
}
