/* Derivatives inside expressions: grad(f, x), jac(f, x), hess(f, x), d(f, x, y), taken while the text is
 * read. */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "lang/functions.h"

enum { ORDER_MOST = 4 };

void scope_derive_by(scope *s, const lang_deriver *by) {
    s->deriver = by ? *by : (lang_deriver){0};
}

/* ---- what is derived by ---- */

static bool no_variable(reader *r, tree at, const char *what) {
    complain(r, "E502", at, what, "a derivative is taken with respect to a variable");
    if (node_at(r, at)->kind != TREE_NUMBER && node_at(r, at)->kind != TREE_NAME)
        diagnose_help(r->diagnostics, "in a program let gives it a name, and that can be differentiated by");
    return false;
}

bool assign_wrt(reader *r, tree at) {
    const tree_node *n = node_at(r, tree_behind(r, at));
    node_at(r, at)->role = AS_VALUE;
    if (n->kind != TREE_NAME && n->kind != TREE_HELD)
        return no_variable(r, at, n->kind == TREE_NUMBER ? "a number" : "an expression");
    const entry *e = n->kind == TREE_NAME ? scope_entry(r->scope, n->name) : NULL;
    if (!e && n->kind == TREE_NAME && strcmp(graph_name_text(r->graph, n->name), "pi") == 0)
        return no_variable(r, at, "a number");
    return !e || e->kind != ENTRY_SIZE || no_variable(r, at, "a size");
}

/* ---- types ---- */

static type wrong_function(reader *r, tree call, type f) {
    tree at = child(r, call, 0);
    bool hessian = parameter_of(r, call) == DERIVE_HESS;
    complain(r, "E504", at, show_type(r, f), "'%s' is of a scalar", function_name(r, call));
    if (hessian)
        diagnose_help(r->diagnostics, "the second derivative of anything: d(%s, %s, %s)", quote(r, at),
                      quote(r, child(r, call, 1)), quote(r, child(r, call, 1)));
    else
        diagnose_help(r->diagnostics, "the Jacobian: jac(%s, %s)", quote(r, at), quote(r, child(r, call, 1)));
    return f;
}

/* The axes of f, then those of each variable; what alone has axes keeps its kind. */
static bool append_type(type more, dim *axes, type *so_far) {
    if (so_far->rank + more.rank > RANK_MOST)
        return false;
    for (size_t k = 0; k < more.rank; k++)
        axes[so_far->rank + k] = more.axes[k];
    if (more.rank)
        so_far->shape = so_far->rank ? (uint8_t)SHAPE_TENSOR : more.shape;
    so_far->rank = (uint8_t)(so_far->rank + more.rank);
    return true;
}

type infer_derivative(reader *r, tree call) {
    type f = argument_type(r, call, 0), result = type_scalar();
    derive_kind kind = (derive_kind)parameter_of(r, call);
    dim axes[RANK_MOST];
    size_t twice = kind == DERIVE_HESS ? 2 : 1;
    if ((kind == DERIVE_GRAD || kind == DERIVE_HESS) && f.shape != SHAPE_SCALAR)
        return wrong_function(r, call, f);
    bool fits = append_type(f, axes, &result);
    for (size_t k = 1; k < child_count(r, call); k++)
        for (size_t i = 0; i < twice; i++)
            fits = fits && append_type(argument_type(r, call, k), axes, &result);
    if (fits)
        return type_of(r, (shape_kind)result.shape, result.rank, axes);
    complain(r, "E010", call, NULL, "a tensor has more axes than the limit of %d", RANK_MOST);
    return f;
}

/* ---- the graph ---- */

/* A variable that no text can spell, of the axes of x. */
ref fresh_symbol(reader *r, ref x) {
    char spelling[32];
    (void)snprintf(spelling, sizeof spelling, "$h%zu", graph_count(r->graph));
    return graph_symbol(r->graph, graph_name(r->graph, spelling), FACT_PLACEHOLDER, node_rank(r->graph, x),
                        node_axes(r->graph, x));
}

static bool derives_from_number(reader *r, tree at, ref x) {
    rational c;
    return node_is_rational(r->graph, x, &c) && !no_variable(r, at, "a number");
}

/* The variables one after the other; a let stands as a variable of its own while f is differentiated. */
static size_t gather_variables(reader *r, tree call, ref *wrt, ref *whole) {
    size_t count = child_count(r, call) - 1;
    for (size_t k = 0; k < count; k++) {
        whole[k] = argument_value(r, call, k + 1).node;
        wrt[k] = whole[k];
        for (size_t i = 0; i < k; i++)
            wrt[k] = whole[i] == whole[k] ? wrt[i] : wrt[k];
        if (derives_from_number(r, child(r, call, k + 1), whole[k]))
            return 0;
        if (node_op(r->graph, wrt[k]) != OP_SYMBOL)
            wrt[k] = fresh_symbol(r, whole[k]);
        if (!wrt[k])
            return 0;
    }
    if (parameter_of(r, call) == DERIVE_HESS) {
        wrt[count] = wrt[0];
        whole[count++] = whole[0];
    }
    return count;
}

typed build_derivative(reader *r, tree call) {
    const lang_deriver *by = &r->scope->deriver;
    ref wrt[ORDER_MOST + 1], whole[ORDER_MOST + 1];
    size_t count = gather_variables(r, call, wrt, whole),
           errors = r->diagnostics ? r->diagnostics->errors : 0;
    ref f = argument_value(r, call, 0).node;
    if (!by->derive)
        complain_unsupported(r, tree_span(r, call), "a derivative in this place");
    if (!by->derive || count == 0)
        return scalar_value(0);
    bool held = memcmp(wrt, whole, count * sizeof *wrt) != 0;
    if (held)
        f = graph_substitute(r->graph, f, count, whole, wrt);
    ref x = f ? by->derive(by->user, f, count, wrt) : 0;
    if (x && held)
        x = graph_substitute(r->graph, x, count, wrt, whole);
    if (!x && r->diagnostics && r->diagnostics->errors > errors)
        label_tree(r, call, "in this derivative");
    return (typed){x, (shape_kind)type_at(r, call).shape};
}
