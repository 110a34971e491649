/* Types of operators, from the leaves up, sizes unified on the way. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/letters.h"
#include "lang/passes.h"

/* ---- names ---- */

/* a-g scalar, h-z column, A-Z matrix; one letter, then digits or a _suffix. */
bool default_shape(const char *word, shape_kind *shape, size_t *rank) {
    char c = word[0];
    if (c == '\0')
        return false; /* out of memory left no name */
    size_t i = 1;
    while (word[i] >= '0' && word[i] <= '9')
        i++;
    if (word[i] != '\0' && word[i] != '_')
        return false;
    *shape = c >= 'a' && c <= 'g' ? SHAPE_SCALAR : c >= 'h' && c <= 'z' ? SHAPE_COLUMN : SHAPE_TENSOR;
    *rank = (size_t)*shape - (*shape == SHAPE_TENSOR);
    return true;
}

/* Whether X( begins X(2,3), which means X[2,3]: X is a vector or matrix, and no function. */
bool names_array(const reader *r, const token *t) {
    name n = graph_name_bytes(r->graph, r->text + t->begin, t->end - t->begin);
    const char *word = graph_name_text(r->graph, n);
    const entry *e = scope_entry(r->scope, n);
    shape_kind shape;
    size_t rank;
    if (function_find(word) || user_function_find(r->scope, n))
        return false;
    for (size_t i = 0; i < r->parameter_count; i++)
        if (r->parameters[i] == n)
            return true;
    if (e)
        return e->kind != ENTRY_SIZE && e->kind != ENTRY_BROKEN && e->type.rank > 0;
    return !r->strict && default_shape(word, &shape, &rank) && rank > 0;
}

static bool is_letters(const char *word) {
    for (; *word; word++)
        if (!((*word | 0x20) >= 'a' && (*word | 0x20) <= 'z'))
            return false;
    return true;
}

/* What an unknown word may stand for; false where nothing is known. */
static bool help_meant(reader *r, const char *word, const char *near) {
    diagnostics *d = r->diagnostics;
    if (strcmp(word, "e") == 0)
        diagnose_help(d, "the number e is exp(1)");
    else if (strcmp(word, "i") == 0 || strcmp(word, "j") == 0)
        diagnose_help(d, "there is no imaginary unit");
    else if (near)
        diagnose_help(d, "did you mean %s?", near);
    else if (strcmp(word, "rows") == 0 || strcmp(word, "cols") == 0)
        diagnose_help(d, "%s says along what a function runs: sum(X, %s)", word, word);
    else if (function_find(word))
        diagnose_help(d, "%s is a function: %s(...)", word, word);
    else if (strlen(word) == 2 && is_letters(word))
        diagnose_help(d, "a product needs its operator: %c*%c", word[0], word[1]);
    else
        return false;
    return true;
}

static void help_unknown(reader *r, const char *word) {
    const char *near = scope_suggest(r->scope, word);
    bool meant = help_meant(r, word, near);
    if (!near)
        diagnose_help(r->diagnostics,
                      r->lines ? "%sdeclare it: data %s: %s, param, const or let"
                               : "%sdeclare it: --where \"%s: %s\"",
                      meant ? "or " : "", word, *word >= 'A' && *word <= 'Z' ? "[m, n]" : "[n]");
    if (!near && !meant && !r->lines && *word >= 'a')
        diagnose_help(r->diagnostics, "a number is declared \"%s: scalar\"", word);
}

type unknown_name(reader *r, tree t) {
    const char *word = graph_name_text(r->graph, node_at(r, t)->name);
    complain(r, "E101", t, "not declared", "unknown name '%s'", word);
    help_unknown(r, word);
    return type_scalar();
}

/* Unknown sizes for a variable whose sizes are to be inferred. */
bool shape_open_entry(reader *r, entry *e) {
    dim axes[2] = {0, 0};
    size_t rank = e->type.rank;
    for (size_t k = 0; k < rank; k++)
        axes[k] = k && (e->facts & FACTS_SQUARE) ? axes[0] : size_unknown(r);
    e->type = type_of(r, (shape_kind)e->type.shape, rank, axes);
    e->shaped = true;
    return !r->failed;
}

static entry *add_default(reader *r, tree t) {
    shape_kind shape;
    size_t rank;
    name n = node_at(r, t)->name;
    if (r->strict || !default_shape(graph_name_text(r->graph, n), &shape, &rank))
        return NULL;
    entry *e = scope_add(r->scope, n, ENTRY_OPEN);
    if (!e)
        return r->failed = true, NULL;
    e->type = (type){(uint8_t)shape, (uint8_t)rank, NULL};
    return e;
}

type infer_name(reader *r, tree t) {
    name n = node_at(r, t)->name;
    entry *e = scope_entry(r->scope, n);
    if (letters_has(r, n)) {
        complain_unsupported(r, tree_span(r, t), "an index as a number");
        return type_scalar();
    }
    if (!e && strcmp(graph_name_text(r->graph, n), "pi") == 0)
        return type_scalar();
    if (!e)
        e = add_default(r, t);
    if (!e)
        return r->failed ? type_scalar() : unknown_name(r, t);
    if (e->kind == ENTRY_BROKEN)
        r->failed = true;
    if (!e->used)
        e->order = ++r->scope->uses;
    e->used = true;
    if (e->kind == ENTRY_SIZE)
        return type_scalar();
    if (e->kind == ENTRY_OPEN && !e->shaped && !shape_open_entry(r, e))
        return type_scalar();
    return e->type;
}

/* ---- sums and entry by entry ---- */

static span span_before(const reader *r, tree t, size_t k) {
    const tree_node *first = node_at(r, child(r, t, 0));
    return (span){first->begin, node_at(r, child(r, t, k - 1))->end, first->source};
}

static void label_span(reader *r, span s, type t) {
    diagnose_label(r->diagnostics, s, "%s", show_type(r, t));
}

static bool is_literal_one_wide(reader *r, type t) {
    return t.shape == SHAPE_TENSOR && t.rank == 2 && (size_is_one(r, t.axes[0]) || size_is_one(r, t.axes[1]));
}

/* [n] against [n, 1]: the commonest slip with data. */
static bool help_one_wide(reader *r, type a, type b, const char *left, const char *right) {
    bool first = is_literal_one_wide(r, a) && b.rank == 1, second = is_literal_one_wide(r, b) && a.rank == 1;
    if (!first && !second)
        return false;
    type vector = first ? b : a;
    const char *wide = first ? left : right, *flat = first ? right : left;
    diagnose_note(r->diagnostics, "a %s and a matrix with one %s are different shapes",
                  vector.shape == SHAPE_ROW ? "row" : "vector", vector.shape == SHAPE_ROW ? "row" : "column");
    diagnose_help(r->diagnostics, "declare %s: [%s], or make %s of that shape", wide,
                  show_size(r, vector.axes[0]), flat);
    return true;
}

/* What to do about shapes that do not go together entry by entry. */
static void help_entries(reader *r, tree t, size_t k, type a, type b, const char *operator) {
    bool dotted = operator[0] == '.';
    tree at = child(r, t, k);
    const char *left = quote_span(r, span_before(r, t, k), k > 1), *right = quote_operand(r, at);
    if (help_one_wide(r, a, b, left, right))
        return;
    if (a.rank == 1 && b.rank == 1 && a.shape != b.shape) {
        bool turned = node_at(r, at)->kind == TREE_TRANSPOSE && !node_at(r, at)->bracketed;
        diagnose_note(r->diagnostics,
                      "one side is a row, the other a column; undotted operators make no table");
        diagnose_help(r->diagnostics, "transpose one of them: %s %s %s%s", left, operator,
                      turned ? quote_operand(r, child(r, at, 0)) : right, turned ? "" : "'");
        diagnose_help(r->diagnostics, "a table of all pairs: %s .%s %s", left, operator, right);
    } else if (!dotted && a.rank == 2 && b.rank == 1) {
        const char *turned = b.shape == SHAPE_ROW ? "" : "'";
        diagnose_help(r->diagnostics, "to add a vector to every row: %s .%s %s%s", left, operator, right,
                      turned);
    } else if (dotted && a.rank == 1 && b.rank == 1) {
        diagnose_help(r->diagnostics, "a table of all pairs: %s %s %s'", left, operator, right);
    } else if (a.rank == 2 && b.rank == 2 && types_unify(r, a, transpose_type(r, b))) {
        diagnose_help(r->diagnostics, "the shapes agree if one is transposed: %s%s%s'", left, operator,
                      right);
    }
}

static type mismatch(reader *r, tree t, size_t k, type a, type b) {
    span left = span_before(r, t, k);
    tree right = child(r, t, k);
    sign s = child_sign(r, t, k);
    const char *operator= sign_text(s);
    bool dotted = operator[0] == '.';
    complain_span(r, dotted ? "E208" : "E202", left, show_type(r, a), "'%s' needs %s", operator,
                  dotted ? "shapes that agree or broadcast" : "equal shapes");
    label_span(r, tree_span(r, right), b);
    help_entries(r, t, k, a, b, operator);
    return a;
}

type infer_sum(reader *r, tree t) {
    type a = type_at(r, child(r, t, 0));
    for (size_t k = 1; k < child_count(r, t) && !r->failed; k++) {
        type b = type_at(r, child(r, t, k)), joined = a;
        sign s = child_sign(r, t, k);
        bool dotted = s == SIGN_DOT_PLUS || s == SIGN_DOT_MINUS;
        if (!(dotted ? join_dotted(r, a, b, &joined) : join_plain(r, a, b, &joined)))
            return mismatch(r, t, k, a, b);
        a = joined;
    }
    return a;
}

type infer_compare(reader *r, tree t) {
    type a = type_at(r, child(r, t, 0)), b = type_at(r, child(r, t, 1)), joined = a;
    if (join_plain(r, a, b, &joined))
        return joined;
    complain(r, "E202", child(r, t, 0), show_type(r, a), "a comparison needs equal shapes");
    label_span(r, tree_span(r, child(r, t, 1)), b);
    return a;
}

/* ---- products ---- */

/* Which side, transposed, makes the sizes agree: 0 none, 1 the left, 2 the right. */
static int transposed_fix(reader *r, type a, type b) {
    type ignored;
    size_t note = sizes_note(r);
    if (a.rank > 2 || b.rank > 2)
        return 0;
    bool left = multiply_types(r, transpose_type(r, a), b, &ignored);
    sizes_undo(r, note);
    bool right = !left && multiply_types(r, a, transpose_type(r, b), &ignored);
    sizes_undo(r, note);
    return left ? 1 : right ? 2 : 0;
}

static void help_product(reader *r, type a, type b, const char *left, const char *right, int fix) {
    diagnostics *d = r->diagnostics;
    if (a.rank > 2 || b.rank > 2) {
        diagnose_help(d, "tensors are multiplied in index notation: C[i,k] = A[i,j]*B[j,k]");
    } else if (a.shape == SHAPE_COLUMN && b.shape == SHAPE_COLUMN) {
        if (fix)
            diagnose_help(d, "inner product (a number): %s'*%s", left, right);
        if (fix)
            diagnose_help(d, "entry by entry: %s.*%s", left, right);
        diagnose_help(d, "outer product (a matrix): %s*%s'", left, right);
    } else if (fix) {
        diagnose_help(d, "the sizes agree if %s is transposed: %s%s*%s%s", fix == 1 ? left : right, left,
                      fix == 1 ? "'" : "", right, fix == 2 ? "'" : "");
    } else if (a.shape == b.shape && types_unify(r, a, b)) {
        diagnose_help(d, "entry by entry: %s.*%s", left, right);
    }
}

static type wrong_product(reader *r, tree t, size_t k, type a, type b) {
    span left = span_before(r, t, k);
    tree right = child(r, t, k);
    bool columns = a.shape == SHAPE_COLUMN && b.shape == SHAPE_COLUMN;
    bool rows = a.shape == SHAPE_ROW && b.shape == SHAPE_ROW;
    const char *words = a.rank > 2 || b.rank > 2 ? "'*' multiplies matrices and vectors"
                        : columns                ? "'*' of two column vectors"
                        : rows                   ? "'*' of two rows"
                                                 : "inner sizes of '*' differ";
    /* Tried before the message gives names to open sizes and so fixes them. */
    int fix = transposed_fix(r, a, b);
    complain_span(r, "E201", left, show_type(r, a), "%s", words);
    label_span(r, tree_span(r, right), b);
    help_product(r, a, b, quote_span(r, left, k > 1), quote_operand(r, right), fix);
    return a;
}

static type wrong_quotient(reader *r, tree t, size_t k, type a, type b) {
    tree right = child(r, t, k);
    const char *left = quote_span(r, span_before(r, t, k), k > 1), *divisor = quote_operand(r, right);
    const tree_node *n = node_at(r, right);
    complain(r, "E205", right, show_type(r, b), "'/' divides by a scalar");
    label_span(r, span_before(r, t, k), a);
    const entry *e = n->kind == TREE_NAME ? scope_entry(r->scope, n->name) : NULL;
    if (e && e->kind == ENTRY_OPEN && !e->declared) {
        diagnose_note(r->diagnostics, "undeclared, %s is a %s by its letter", divisor,
                      b.rank == 1 ? "column vector" : "matrix");
        diagnose_help(r->diagnostics, "if %s is a size, declare what has it: --where \"X: [%s, ...]\"",
                      divisor, divisor);
    }
    diagnose_help(r->diagnostics, "entry by entry: %s./%s", left, divisor);
    if (b.rank == 2)
        diagnose_help(r->diagnostics, "by the inverse: %s*inv(%s)", left, quote(r, right));
    return a;
}

/* Where a name has its shape by its letter alone. */
static void help_letter(reader *r, tree t, const char *others) {
    const tree_node *n = node_at(r, t);
    const entry *e = n->kind == TREE_NAME ? scope_entry(r->scope, n->name) : NULL;
    if (!e || e->declared || e->kind == ENTRY_SIZE || r->strict || e->type.rank)
        return;
    const char *word = quote(r, t);
    diagnose_note(r->diagnostics, "undeclared, %s is a number by its letter; %s", word, others);
    diagnose_help(r->diagnostics, "declare it: --where \"%s: [n]\"", word);
}

static type infer_solve_operator(reader *r, tree t, size_t k, type a, type b) {
    span left = span_before(r, t, k);
    size_t note = sizes_note(r);
    if (a.rank == 2 && b.rank >= 1 && b.rank <= 2 && b.shape != SHAPE_ROW &&
        sizes_unify(r, a.axes[0], a.axes[1]) && sizes_unify(r, a.axes[1], b.axes[0]))
        return b;
    sizes_undo(r, note);
    complain_span(r, "E206", left, show_type(r, a), "'A\\b' needs a square A and a b with as many rows");
    label_span(r, tree_span(r, child(r, t, k)), b);
    help_letter(r, child(r, t, k), "h to z are columns");
    if (a.rank == 2 && b.rank >= 1 && b.shape != SHAPE_ROW && sizes_unify(r, a.axes[0], b.axes[0]))
        diagnose_help(r->diagnostics, "the nearest solution, by least squares: (A'*A)\\(A'*b)");
    return b;
}

static type infer_factor(reader *r, tree t, size_t k, type a, type b) {
    type joined = a;
    switch (child_sign(r, t, k)) {
    case SIGN_TIMES: return multiply_types(r, a, b, &joined) ? joined : wrong_product(r, t, k, a, b);
    case SIGN_DIVIDE: return b.shape == SHAPE_SCALAR ? a : wrong_quotient(r, t, k, a, b);
    case SIGN_SOLVE: return infer_solve_operator(r, t, k, a, b);
    default: return join_dotted(r, a, b, &joined) ? joined : mismatch(r, t, k, a, b);
    }
}

type infer_product(reader *r, tree t) {
    type a = type_at(r, child(r, t, 0));
    for (size_t k = 1; k < child_count(r, t) && !r->failed; k++)
        a = infer_factor(r, t, k, a, type_at(r, child(r, t, k)));
    return a;
}

/* ---- powers ---- */

static type wrong_power(reader *r, tree t, type a, type b, const char *words) {
    tree base = child(r, t, 0), exponent = child(r, t, 1);
    complain(r, "E204", base, show_type(r, a), "%s", words);
    label_span(r, tree_span(r, exponent), b);
    const tree_node *n = node_at(r, base);
    if (n->kind == TREE_NAME && n->end - n->begin == 1 && n->text[n->begin] == 'e')
        diagnose_help(r->diagnostics, "there is no constant e; the exponential is exp(%s)",
                      quote(r, exponent));
    else
        diagnose_help(r->diagnostics, "entry by entry: %s.^%s", quote_operand(r, base),
                      quote_operand(r, exponent));
    return a;
}

/* e^x of an undeclared e is read as it stands; who writes it mostly means exp(x). */
static void warn_of_e(reader *r, tree base, tree exponent) {
    const tree_node *n = node_at(r, base);
    const entry *e = n->kind == TREE_NAME ? scope_entry(r->scope, n->name) : NULL;
    if (!e || e->declared || strcmp(graph_name_text(r->graph, n->name), "e") != 0 ||
        node_at(r, exponent)->kind == TREE_NUMBER)
        return;
    diagnose_warning(r->diagnostics, "W101", "e is a variable like any other");
    diagnose_label(r->diagnostics, tree_span(r, base), "not the number 2.718...");
    diagnose_help(r->diagnostics, "the exponential function is exp(%s)", quote(r, exponent));
}

type infer_power(reader *r, tree t) {
    type a = type_at(r, child(r, t, 0)), b = type_at(r, child(r, t, 1)), joined = a;
    if (node_at(r, t)->sign == SIGN_DOT_POWER) {
        if (join_dotted(r, a, b, &joined)) {
            warn_of_e(r, child(r, t, 0), child(r, t, 1));
            return joined;
        }
        complain(r, "E208", child(r, t, 0), show_type(r, a), "'.^' needs shapes that agree or broadcast");
        label_span(r, tree_span(r, child(r, t, 1)), b);
        return a;
    }
    if (b.shape != SHAPE_SCALAR)
        return wrong_power(r, t, a, b, "the exponent of '^' is a number");
    if (a.shape == SHAPE_SCALAR || (a.rank == 2 && sizes_unify(r, a.axes[0], a.axes[1]))) {
        warn_of_e(r, child(r, t, 0), child(r, t, 1));
        return a;
    }
    return wrong_power(r, t, a, b, "'^' is a power of a number or of a square matrix");
}

/* ---- the pass ---- */

static type infer_transpose(reader *r, tree t) {
    type a = type_at(r, child(r, t, 0));
    if (a.rank > 2) {
        complain(r, "E210", child(r, t, 0), show_type(r, a), "a tensor of %u axes has no transpose", a.rank);
        diagnose_help(r->diagnostics, "rename its axes in index notation: B[j,i,k] = A[i,j,k]");
        return a;
    }
    return node_at(r, t)->sign ? transpose_type(r, a) : a;
}

static type infer_node(reader *r, tree t) {
    const tree_node *n = node_at(r, t);
    switch ((tree_kind)n->kind) {
    case TREE_NAME: return infer_name(r, t);
    case TREE_SUM: return infer_sum(r, t);
    case TREE_PRODUCT: return infer_product(r, t);
    case TREE_POWER: return infer_power(r, t);
    case TREE_NEGATE: return type_at(r, child(r, t, 0));
    case TREE_TRANSPOSE: return infer_transpose(r, t);
    case TREE_COMPARE: return infer_compare(r, t);
    case TREE_CALL: return n->function->infer(r, t);
    case TREE_INDEX: return infer_index(r, t);
    case TREE_OVER: return letters_infer_over(r, t);
    case TREE_ALIAS:
    case TREE_HELD:
    case TREE_RELEASE: return type_at(r, child(r, t, 0));
    default: return type_scalar();
    }
}

static void infer_one(reader *r, tree t) {
    r->types[t] = infer_node(r, t);
    if (r->failed)
        note_call(r, t);
}

bool infer_types(reader *r) {
    r->types = ARENA_NEW(&r->arena, type, r->nodes.count);
    if (!r->types)
        r->failed = true;
    for (tree t = 1; t < r->nodes.count && !r->failed; t++)
        if (node_at(r, t)->role == AS_VALUE)
            infer_one(r, t);
    return !r->failed;
}
