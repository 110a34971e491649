/* The spelling of a tree as tokens; its cost is their number. Text and cost are both read off this one
 * function. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <stdio.h>
#include <string.h>

/* p/q with q = 2^a*5^b as digits with a point: "0.5", "12", "1e-5". */
static bool decimal_places(rational c, int *places, int64_t *digits) {
    int64_t ten = 1;
    for (*places = 0; *places <= 12; ++*places, ten *= 10)
        if (ten % c.den == 0) {
            int64_t factor = ten / c.den;
            if (c.num > INT64_MAX / factor)
                return false;
            *digits = c.num * factor;
            return true;
        }
    return false;
}

static void spell_decimal(int64_t digits, int places, char *out) {
    char all[NUMBER_BYTES];
    int length = snprintf(all, sizeof all, "%0*lld", places + 1, (long long)digits);
    if (places >= 5 && digits < 10)
        snprintf(out, NUMBER_BYTES, "%llde-%d", (long long)digits, places);
    else if (places)
        snprintf(out, NUMBER_BYTES, "%.*s.%s", length - places, all, all + length - places);
    else
        snprintf(out, NUMBER_BYTES, "%s", all);
}

bool number_spell(rational c, char *digits) {
    int places;
    int64_t all;
    char fraction[NUMBER_BYTES];
    if (c.num < 0 || c.den < 1 || !decimal_places(c, &places, &all))
        return false;
    spell_decimal(all, places, digits);
    int length = snprintf(fraction, sizeof fraction, "%lld/%lld", (long long)c.num, (long long)c.den);
    return places == 0 || strlen(digits) <= (size_t)length + 2;
}

static bool is_half(rational c) {
    return c.num == 1 && c.den == 2;
}

static rational magnitude(rational c) {
    return c.num < 0 ? rational_negate(c) : c;
}

/* ---- how tightly a tree binds ---- */

static int level_of_power(rational power) {
    return power.num < 0 ? 2 : is_half(power) ? 5 : rational_is(power, 1) ? 2 : 4;
}

static bool is_plain_number(rational c) {
    char digits[NUMBER_BYTES];
    return c.num >= 0 && number_spell(c, digits);
}

int tree_level(const tree *t) {
    switch (t->kind) {
    case TREE_COMPARE: return 0;
    case TREE_SUM: return 1;
    case TREE_POWER: return 4;
    case TREE_CHAIN: return chain_is_power(t->count, t->child) ? 4 : 2;
    case TREE_DOT: return t->count == 1 ? level_of_power(t->power[0]) : 2;
    case TREE_PRODUCT:
        if (!t->count && !t->body)
            return is_plain_number(t->number) ? 5 : 2;
        return t->count == 1 && !t->body && rational_is(t->number, 1) ? level_of_power(t->power[0]) : 2;
    default: return 5;
    }
}

/* ---- spelling ---- */

static void spell_exponent(rational power, const speller *s) {
    char digits[NUMBER_BYTES];
    if (number_spell(power, digits)) {
        s->token(s->user, digits);
        return;
    }
    s->token(s->user, "(");
    snprintf(digits, sizeof digits, "%lld", (long long)power.num);
    s->token(s->user, digits);
    s->token(s->user, "/");
    snprintf(digits, sizeof digits, "%lld", (long long)power.den);
    s->token(s->user, digits);
    s->token(s->user, ")");
}

/* base^power with power > 0; `loose`: brackets are wanted up to this level when the power is 1. */
static void spell_raised(const tree *base, rational power, const char *sign, int loose, const speller *s) {
    if (rational_is(power, 1)) {
        s->part(s->user, base, tree_level(base) <= loose);
    } else if (is_half(power)) {
        s->token(s->user, "sqrt");
        s->token(s->user, "(");
        s->part(s->user, base, false);
        s->token(s->user, ")");
    } else {
        s->part(s->user, base, tree_level(base) < 5);
        s->token(s->user, sign);
        spell_exponent(power, s);
    }
}

static size_t count_powers(const tree *t, bool positive) {
    size_t n = 0;
    for (size_t i = 0; i < t->count; i++)
        n += (t->power[i].num > 0) == positive;
    return n;
}

static void spell_divisors(const tree *t, int64_t q, const speller *s) {
    char digits[NUMBER_BYTES];
    size_t n = count_powers(t, false) + (q != 1);
    if (!n)
        return;
    s->token(s->user, "/");
    if (n > 1)
        s->token(s->user, "(");
    if (q != 1) {
        snprintf(digits, sizeof digits, "%lld", (long long)q);
        s->token(s->user, digits);
    }
    bool open = q != 1;
    for (size_t i = 0; i < t->count; i++) {
        if (t->power[i].num > 0)
            continue;
        if (open)
            s->token(s->user, "*");
        spell_raised(t->child[i], magnitude(t->power[i]), "^", n > 1 ? 1 : 2, s);
        open = true;
    }
    if (n > 1)
        s->token(s->user, ")");
}

static bool body_leads(const tree *body) {
    return body->kind == TREE_DOT && !count_powers(body, true); /* 1./x: the numerator stands before it */
}

static void spell_dot_divisors(const tree *t, const speller *s) {
    for (size_t i = 0; i < t->count; i++)
        if (t->power[i].num < 0) {
            s->token(s->user, "./");
            spell_raised(t->child[i], magnitude(t->power[i]), ".^", 2, s);
        }
}

/* The coefficient as numerator digits and a denominator. */
static int64_t spell_coefficient(rational c, char *digits) {
    if (number_spell(c, digits))
        return 1;
    snprintf(digits, NUMBER_BYTES, "%lld", (long long)c.num);
    return c.den;
}

static void spell_scalars(const tree *t, size_t left, bool open, const speller *s) {
    for (size_t i = 0; i < t->count; i++) {
        if (t->power[i].num < 0)
            continue;
        if (open)
            s->token(s->user, "*");
        /* the last factor of a scalar product may be a chain without brackets: 2*x'*y */
        spell_raised(t->child[i], t->power[i], "^", --left ? 2 : 1, s);
        open = true;
    }
}

static void spell_product(const tree *t, const speller *s) {
    char digits[NUMBER_BYTES];
    int64_t q = spell_coefficient(magnitude(t->number), digits);
    size_t scalars = count_powers(t, true);
    bool leads = t->body && body_leads(t->body);
    bool bare = !scalars && (!t->body || leads);
    if (t->number.num < 0)
        s->token(s->user, "-");
    bool number = bare || strcmp(digits, "1") != 0;
    if (number)
        s->token(s->user, digits);
    spell_scalars(t, scalars + (t->body && !leads ? 1 : 0), number, s);
    if (t->body && !leads) {
        if (number || scalars)
            s->token(s->user, "*");
        s->part(s->user, t->body, tree_level(t->body) < 2);
    }
    if (leads)
        spell_dot_divisors(t->body, s);
    spell_divisors(t, q, s);
}

static void spell_links(size_t count, tree *const *links, const speller *s);

/* (A*B)^3, (A*B)'^3 */
static void spell_block(tree *const *links, const chain_piece *piece, const speller *s) {
    tree *flipped[FACTORS_MOST / 2];
    bool flip = piece->flipped && links_flip(piece->links, links, flipped);
    s->token(s->user, "(");
    spell_links(piece->links, flip ? flipped : links, s);
    s->token(s->user, ")");
    if (flip)
        s->token(s->user, "'");
    s->token(s->user, "^");
    spell_exponent(RATIONAL(piece->times), s);
}

/* Blocks have at most half of the links: that deep. */
static void spell_links(size_t count, tree *const *links, const speller *s) {
    chain_piece pieces[FACTORS_MOST];
    size_t n = chain_pieces(count, links, pieces);
    for (size_t i = 0; i < n; links += pieces[i].links * pieces[i].times, i++) {
        if (i)
            s->token(s->user, "*");
        if (pieces[i].links > 1)
            spell_block(links, &pieces[i], s);
        else
            spell_raised(links[0], RATIONAL(pieces[i].times), "^", 2, s);
    }
}

static void spell_dot(const tree *t, const speller *s) {
    bool open = false;
    if (!count_powers(t, true))
        s->token(s->user, "1");
    for (size_t i = 0; i < t->count; i++) {
        if (t->power[i].num < 0)
            continue;
        if (open)
            s->token(s->user, ".*");
        spell_raised(t->child[i], t->power[i], ".^", t->count > 1 ? 2 : 1, s);
        open = true;
    }
    spell_dot_divisors(t, s);
}

/* Sums of a row or column with a matrix are dotted; a scalar goes with anything. */
static const char *sum_sign(tree_shape left, tree_shape right, bool minus) {
    bool dotted = left != right && left != TREE_SCALAR && right != TREE_SCALAR;
    if (dotted)
        return minus ? " .- " : " .+ ";
    return minus ? " - " : " + ";
}

static tree_shape sum_shape(tree_shape left, tree_shape right) {
    if (left == right || right == TREE_SCALAR)
        return left;
    return left == TREE_SCALAR ? right : TREE_MATRIX;
}

static void spell_sum(const tree *t, const speller *s) {
    tree_shape left = t->child[0]->shape;
    for (size_t i = 0; i < t->count; i++) {
        bool minus = t->power[i].num < 0;
        if (i == 0 && minus)
            s->token(s->user, "-");
        if (i > 0)
            s->token(s->user, sum_sign(left, t->child[i]->shape, minus));
        s->part(s->user, t->child[i], tree_level(t->child[i]) < 2);
        left = sum_shape(left, t->child[i]->shape);
    }
}

static void spell_list(const tree *t, size_t from, const char *close, const speller *s) {
    for (size_t i = from; i < t->count; i++) {
        if (i > from)
            s->token(s->user, t->kind == TREE_ENTRY ? "," : ", ");
        s->part(s->user, t->child[i], false);
    }
    s->token(s->user, close);
}

static void spell_power(const tree *t, const speller *s) {
    const tree *exponent = t->child[1];
    bool plain = exponent->kind == TREE_NAME || exponent->kind == TREE_CALL ||
                 (tree_is_number(exponent, NULL) && is_plain_number(exponent->number));
    s->part(s->user, t->child[0], tree_level(t->child[0]) < 5);
    s->token(s->user, t->shape == TREE_SCALAR ? "^" : ".^");
    s->part(s->user, exponent, !plain);
}

static void spell_compare(const tree *t, const speller *s) {
    char spaced[8];
    snprintf(spaced, sizeof spaced, " %.4s ", t->text);
    s->part(s->user, t->child[0], tree_level(t->child[0]) < 1);
    s->token(s->user, spaced);
    s->part(s->user, t->child[1], tree_level(t->child[1]) < 1);
}

void tree_spell(const tree *t, const speller *s) {
    switch (t->kind) {
    case TREE_NAME:
    case TREE_SHIFT: s->token(s->user, t->text); break;
    case TREE_PRODUCT: spell_product(t, s); break;
    case TREE_CHAIN: spell_links(t->count, t->child, s); break;
    case TREE_DOT: spell_dot(t, s); break;
    case TREE_SUM: spell_sum(t, s); break;
    case TREE_CALL:
        s->token(s->user, t->text);
        s->token(s->user, "(");
        spell_list(t, 0, ")", s);
        break;
    case TREE_TRANSPOSE:
        s->part(s->user, t->child[0], tree_level(t->child[0]) < 5);
        s->token(s->user, "'");
        break;
    case TREE_POWER: spell_power(t, s); break;
    case TREE_COMPARE: spell_compare(t, s); break;
    case TREE_ENTRY:
        s->part(s->user, t->child[0], tree_level(t->child[0]) < 5);
        s->token(s->user, "[");
        spell_list(t, 1, "]", s);
        break;
    }
}

/* ---- cost ---- */

static void count_token(void *user, const char *s) {
    (void)s;
    ++*(uint64_t *)user;
}

static void count_part(void *user, const tree *t, bool brackets) {
    *(uint64_t *)user += t->cost + (brackets ? 2u : 0u);
}

uint32_t tree_cost(const tree *t) {
    uint64_t cost = 0;
    tree_spell(t, &(speller){&cost, count_token, count_part});
    return cost > COST_MOST ? COST_MOST : (uint32_t)cost;
}
