/* The rules of operators and functions: types (infer_*) and nodes (build_*) of one tree node over its
 * children. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LANG_PASSES_H
#define GRADUS_LANG_PASSES_H

#include "lang/lang_internal.h"

static inline type type_at(const reader *r, tree t) {
    return r->types[t];
}
static inline type argument_type(const reader *r, tree call, size_t k) {
    return r->types[child(r, call, k)];
}
static inline typed argument_value(const reader *r, tree call, size_t k) {
    return r->values[child(r, call, k)];
}
static inline const char *function_name(const reader *r, tree call) {
    return graph_name_text(r->graph, node_at(r, call)->name);
}
static inline int parameter_of(const reader *r, tree call) {
    return node_at(r, call)->function->parameter;
}

/* ---- joining shapes ---- */
/* + - and comparisons: equal shapes, or a scalar with anything. Nothing is bound when false. */
bool join_plain(reader *r, type a, type b, type *out);
/* Dotted operators: axes of literal size one broadcast, a column counts as [n,1], a row as [1,n]. */
bool join_dotted(reader *r, type a, type b, type *out);
/* v with the axes of `target`, repeated along the axes it lacks or has as literal ones. */
ref expand(reader *r, typed v, type target);
/* a^p .* b^q entry by entry, broadcast to `target`. */
ref multiply_entries(reader *r, typed a, typed b, int exponent_b, type target);
/* The matrix product, typed; node 0 with r->failed when the sizes differ. */
typed multiply(reader *r, typed a, typed b);
bool multiply_types(reader *r, type a, type b, type *out);
typed transpose_value(reader *r, typed v);
type transpose_type(reader *r, type t);
/* v divided by the scalar s. */
typed divide(reader *r, typed v, ref s);

/* ---- arguments ---- */
enum { AXIS_WHOLE = -1 };
/* The axis that argument k names (counted from 0), AXIS_WHOLE without one; false after an error. */
bool axis_of(reader *r, tree call, size_t k, type t, int *axis);
/* A size of at least 1; 0 after an error. */
dim size_counted(reader *r, tree t);
bool need_square(reader *r, tree call, size_t k);
/* Error E207: "f takes ..." */
type wrong_argument(reader *r, tree call, size_t k, const char *takes);
typed scalar_value(ref node);
typed value_like(typed v, ref node);
/* x with axis k moved to the end. */
ref axis_last(reader *r, ref x, size_t axis);
ref axis_back(reader *r, ref x, size_t axis);
type resolve_type(reader *r, type t);
/* OP_PROD and the like over one axis or all; `axis` as in axis_of. */
typed reduce_value(reader *r, op o, typed v, int axis);
typed sum_value(reader *r, typed v, int axis);
typed mean_value(reader *r, typed v, int axis);

/* Error E101 at a name. */
type unknown_name(reader *r, tree t);

/* ---- operators ---- */
type infer_name(reader *r, tree t);
type infer_sum(reader *r, tree t);
type infer_product(reader *r, tree t);
type infer_power(reader *r, tree t);
type infer_compare(reader *r, tree t);
type infer_index(reader *r, tree t);
typed build_name(reader *r, tree t);
typed build_sum(reader *r, tree t);
typed build_product(reader *r, tree t);
typed build_power(reader *r, tree t);
typed build_compare(reader *r, tree t);
typed build_index(reader *r, tree t);
typed build_release(reader *r, tree t);
/* The node of t by the rule of its kind, its children being built. */
typed build_plain(reader *r, tree t);

/* ---- functions: one line each in the table of functions.c ---- */
#define RULE(rule)                                                                                           \
    type infer_##rule(reader *r, tree call);                                                                 \
    typed build_##rule(reader *r, tree call);
RULE(elementwise)
RULE(sqrt)
RULE(pow)
RULE(extreme)
RULE(where)
RULE(reduce)
RULE(reduce_rows)
RULE(trace)
RULE(linalg)
RULE(solve)
RULE(diag)
RULE(vec)
RULE(reshape)
RULE(einsum)
RULE(derivative)
RULE(kron)
RULE(comm)
RULE(vcat)
RULE(hcat)
RULE(filled)
RULE(context)
RULE(eye)
RULE(unit)
RULE(sing)
RULE(triangle)
RULE(axismap)
RULE(logsoftmax)
RULE(crossentropy)
RULE(mse)
RULE(hinge)
RULE(onehot)
RULE(accuracy)
RULE(standardize)
RULE(random)
RULE(unsupported)
#undef RULE

#endif
