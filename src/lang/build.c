/* Nodes of the graph for operators, from the leaves up; every size is settled by now. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "lang/functions.h"
#include "lang/letters.h"
#include "lang/passes.h"

typed scalar_value(ref x) {
    return (typed){x, SHAPE_SCALAR};
}

typed value_like(typed v, ref x) {
    return (typed){x, v.shape};
}

type resolve_type(reader *r, type t) {
    dim axes[RANK_MOST];
    for (size_t k = 0; k < t.rank; k++)
        axes[k] = size_resolve(r, t.axes[k]);
    return type_of(r, (shape_kind)t.shape, t.rank, axes);
}

/* ---- leaves ---- */

/* Where the digits begin: a number in brackets has their span, and blanks and comments may stand in them. */
static size_t digits_begin(const tree_node *n) {
    size_t i = n->begin;
    for (bool comment = false; i < n->end; i++) {
        char c = n->text[i];
        comment = comment ? c != '\n' : c == '#';
        if (!comment && ((c >= '0' && c <= '9') || c == '.'))
            break;
    }
    return i;
}

static size_t digits_end(const tree_node *n, size_t begin) {
    size_t i = begin;
    for (; i < n->end; i++) {
        char c = n->text[i], before = i > begin ? n->text[i - 1] : '0';
        bool signed_power = (c == '+' || c == '-') && (before == 'e' || before == 'E');
        if (!signed_power && !(c >= '0' && c <= '9') && c != '.' && c != 'e' && c != 'E')
            break;
    }
    return i;
}

static typed build_number(reader *r, tree t) {
    const tree_node *n = node_at(r, t);
    rational exact;
    double value = 0;
    size_t begin = digits_begin(n), length = digits_end(n, begin) - begin;
    if (rational_parse(n->text + begin, length, &exact))
        return scalar_value(graph_rational(r->graph, exact));
    number_parse(n->text + begin, length, false, &value);
    if (isfinite(value) && value > 0)
        return scalar_value(graph_real(r->graph, value));
    complain(r, "E009", t, NULL, "the number is too %s", value > 0 ? "large" : "small");
    diagnose_help(r->diagnostics, "numbers lie between 4.9e-324 and 1.8e308");
    return scalar_value(0);
}

typed build_name(reader *r, tree t) {
    name n = node_at(r, t)->name;
    const entry *e = scope_entry(r->scope, n);
    if (!e)
        return scalar_value(graph_pi(r->graph));
    if (e->kind == ENTRY_SIZE)
        return scalar_value(graph_size(r->graph, dim_symbol(r->graph, n)));
    return e->value;
}

/* ---- sums and comparisons ---- */

static type join_values(reader *r, tree t, bool dotted) {
    type joined = type_of_value(r, r->values[child(r, t, 0)]);
    for (size_t k = 1; k < child_count(r, t); k++) {
        type next = type_of_value(r, r->values[child(r, t, k)]);
        (void)(dotted ? join_dotted(r, joined, next, &joined) : join_plain(r, joined, next, &joined));
    }
    return joined;
}

typed build_sum(reader *r, tree t) {
    size_t count = child_count(r, t);
    type target = resolve_type(r, type_at(r, t));
    ref *terms = ARENA_NEW(&r->arena, ref, count);
    rational *coefficients = ARENA_NEW(&r->arena, rational, count);
    if (!terms || !coefficients)
        return r->failed = true, scalar_value(0);
    for (size_t k = 0; k < count; k++) {
        sign s = child_sign(r, t, k);
        terms[k] = expand(r, r->values[child(r, t, k)], target);
        coefficients[k] = RATIONAL(s == SIGN_MINUS || s == SIGN_DOT_MINUS ? -1 : 1);
    }
    return (typed){graph_sum(r->graph, count, terms, coefficients, target.rank, target.axes),
                   (shape_kind)target.shape};
}

typed build_compare(reader *r, tree t) {
    type target = join_values(r, t, false);
    ref both[2] = {expand(r, r->values[child(r, t, 0)], target),
                   expand(r, r->values[child(r, t, 1)], target)};
    op o = op_find(sign_text((sign)node_at(r, t)->sign), KIND_ELEMENTWISE);
    return (typed){graph_apply(r->graph, o, 2, both, 0), (shape_kind)target.shape};
}

/* ---- products ---- */

static bool refuse_zero(reader *r, tree divisor, ref x) {
    if (!x || !node_is_zero(r->graph, x))
        return false;
    complain(r, "E211", divisor, "this is 0", "division by zero");
    return true;
}

static typed build_entries(reader *r, typed a, typed b, int exponent) {
    type joined;
    if (!a.node || !b.node || !join_dotted(r, type_of_value(r, a), type_of_value(r, b), &joined))
        return scalar_value(0);
    rational c;
    if (b.shape == SHAPE_SCALAR && node_is_rational(r->graph, b.node, &c))
        return exponent > 0 ? value_like(a, graph_scale(r->graph, c, a.node)) : divide(r, a, b.node);
    return (typed){multiply_entries(r, a, b, exponent, joined), (shape_kind)joined.shape};
}

static typed build_factor(reader *r, typed a, sign s, tree right) {
    typed b = r->values[right];
    bool divides = s == SIGN_DIVIDE || s == SIGN_DOT_DIVIDE;
    if (divides && refuse_zero(r, right, b.node))
        return scalar_value(0);
    switch (s) {
    case SIGN_TIMES: return multiply(r, a, b);
    case SIGN_DIVIDE: return divide(r, a, b.node);
    case SIGN_SOLVE: return multiply(r, value_like(a, graph_apply1(r->graph, OP_INV, a.node)), b);
    default: return build_entries(r, a, b, divides ? -1 : 1);
    }
}

typed build_product(reader *r, tree t) {
    typed a = r->values[child(r, t, 0)];
    for (size_t k = 1; k < child_count(r, t) && !r->failed; k++)
        a = build_factor(r, a, child_sign(r, t, k), child(r, t, k));
    return a;
}

/* ---- powers ---- */

/* x^p for a rational p that einsum carries. */
static bool is_small(rational p) {
    return p.num <= EXPONENT_MOST && p.num >= -EXPONENT_MOST && p.den <= EXPONENT_MOST;
}

static ref constant_power(reader *r, ref x, rational p) {
    rational base, value;
    if (node_is_rational(r->graph, x, &base) && p.den == 1) {
        value = rational_power(base, (int)p.num);
        if (rational_fits(value))
            return graph_rational(r->graph, value);
    }
    return graph_power(r->graph, x, (int)p.num, (int)p.den);
}

static typed power_entries(reader *r, tree t, typed a, typed b) {
    rational p;
    if (b.shape == SHAPE_SCALAR && node_is_rational(r->graph, b.node, &p) && is_small(p)) {
        if (p.num < 0 && refuse_zero(r, child(r, t, 0), a.node))
            return scalar_value(0);
        return value_like(a, constant_power(r, a.node, p));
    }
    type target = join_values(r, t, true);
    ref both[2] = {expand(r, a, target), expand(r, b, target)};
    return (typed){graph_apply(r->graph, OP_POW, 2, both, 0), (shape_kind)target.shape};
}

/* X*X*...*X, n factors in one einsum. */
static ref repeated_product(reader *r, ref x, int n) {
    einsum e;
    dim size = node_axis(r->graph, x, 0);
    einsum_begin(&e, r->graph);
    label first = einsum_label(&e, size), before = first;
    for (int k = 0; k < n; k++) {
        label next = einsum_label(&e, size);
        einsum_factor_add(&e, x, (label[]){before, next});
        before = next;
    }
    einsum_output(&e, 2, (label[]){first, before});
    return einsum_finish(&e);
}

static ref matrix_power(reader *r, ref x, int n) {
    typed result = {graph_identity(r->graph, node_axis(r->graph, x, 0)), SHAPE_TENSOR};
    if (n == 0)
        return result.node;
    if (n <= POWER_FACTORS_MOST)
        return repeated_product(r, x, n);
    typed square = {x, SHAPE_TENSOR};
    for (; n; n >>= 1) {
        if (n & 1)
            result = multiply(r, result, square);
        square = multiply(r, square, square);
    }
    return result.node;
}

typed build_power(reader *r, tree t) {
    typed a = r->values[child(r, t, 0)], b = r->values[child(r, t, 1)];
    rational p;
    if (!a.node || !b.node)
        return scalar_value(0);
    if (node_at(r, t)->sign == SIGN_DOT_POWER || a.shape == SHAPE_SCALAR)
        return power_entries(r, t, a, b);
    if (!node_is_rational(r->graph, b.node, &p) || p.den != 1 || !is_small(p)) {
        complain(r, "E204", child(r, t, 1), NULL,
                 "a power of a matrix has a whole number of at most %d as exponent", EXPONENT_MOST);
        diagnose_help(r->diagnostics, "entry by entry: %s.^%s", quote_operand(r, child(r, t, 0)),
                      quote_operand(r, child(r, t, 1)));
        return a;
    }
    ref base = p.num < 0 ? graph_apply1(r->graph, OP_INV, a.node) : a.node;
    return value_like(a, base ? matrix_power(r, base, (int)(p.num < 0 ? -p.num : p.num)) : 0);
}

/* ---- calls of functions of the user ---- */

/* The function's value, in which what derivatives were taken by is again what it stands for. */
typed build_release(reader *r, tree t) {
    typed x = r->values[child(r, t, 0)];
    ref from[PARAMETERS_MOST], to[PARAMETERS_MOST];
    size_t count = child_count(r, t) - 1;
    for (size_t k = 0; k < count; k++) {
        tree held = child(r, t, k + 1);
        from[k] = r->values[held].node;
        to[k] = r->values[child(r, held, 0)].node;
    }
    return value_like(x, count ? graph_substitute(r->graph, x.node, count, from, to) : x.node);
}

/* ---- the pass ---- */

typed build_plain(reader *r, tree t) {
    const tree_node *n = node_at(r, t);
    typed first = n->count ? r->values[child(r, t, 0)] : scalar_value(0);
    switch ((tree_kind)n->kind) {
    case TREE_NUMBER: return build_number(r, t);
    case TREE_NAME: return build_name(r, t);
    case TREE_SUM: return build_sum(r, t);
    case TREE_PRODUCT: return build_product(r, t);
    case TREE_POWER: return build_power(r, t);
    case TREE_NEGATE: return value_like(first, graph_negate(r->graph, first.node));
    case TREE_TRANSPOSE: return n->sign ? transpose_value(r, first) : first;
    case TREE_COMPARE: return build_compare(r, t);
    case TREE_CALL: return n->function->build(r, t);
    case TREE_INDEX: return build_index(r, t);
    case TREE_ALIAS: return first;
    case TREE_HELD: return value_like(first, fresh_symbol(r, first.node));
    case TREE_RELEASE: return build_release(r, t);
    default: return scalar_value(0);
    }
}

static void build_node(reader *r, tree t) {
    size_t errors = errors_now(r);
    r->values[t] = letters_in(r, t) ? letters_build(r, t) : build_plain(r, t);
    r->failed |= r->values[t].node == 0;
    if (!r->failed)
        return;
    place_errors_since(r, t, errors);
    note_call(r, t);
}

typed build_graph(reader *r, tree root) {
    r->values = ARENA_NEW(&r->arena, typed, r->nodes.count);
    if (!r->values)
        r->failed = true;
    for (tree t = 1; t <= root && !r->failed; t++)
        if (node_at(r, t)->role == AS_VALUE)
            build_node(r, t);
    return r->failed ? scalar_value(0) : r->values[root];
}
