/* Statements of programs: dim, data, param, const, var, let, minimize, maximize, report. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/letters.h"
#include "lang/program_internal.h"

bool need_sign(reader *r, sign s, const char *where) {
    if (take_sign(r, s))
        return true;
    if (token_now(r)->kind != TOKEN_BAD)
        complain_token(r, "E170", token_now(r), NULL, "expected '%s' %s, found %s", sign_text(s), where,
                       token_text(r, token_now(r)));
    return false;
}

static bool is_sign(const token *t, sign s) {
    return t->kind == TOKEN_SIGN && t->sign == s;
}

bool read_value(builder *b, bool data, tree *root, typed *out) {
    reader *r = &b->r;
    reader_begin(r);
    r->data = data;
    *root = parse_expression(r);
    bool ok = *root && read_tree(r, *root, out);
    r->data = false;
    return ok;
}

/* A name in a statement, with its place. */
static bool read_new_name(reader *r, name *n, span *where) {
    const token *t = token_now(r);
    if (t->kind != TOKEN_NAME) {
        if (t->kind != TOKEN_BAD)
            complain_token(r, "E109", t, NULL, "expected a name, found %s", token_text(r, t));
        return false;
    }
    r->at++;
    *n = graph_name_bytes(r->graph, r->text + t->begin, t->end - t->begin);
    *where = token_span(r, t);
    return *n != 0;
}

/* ---- dim n, d = 2 ---- */

static bool read_size_number(reader *r, int64_t *number) {
    const token *t = token_now(r);
    rational v = {0, 0};
    bool whole = t->kind == TOKEN_NUMBER && rational_parse(r->text + t->begin, t->end - t->begin, &v) &&
                 v.den == 1;
    if (!whole || v.num < 1 || v.num > (int64_t)1 << 40) {
        complain_token(r, "E106", t, NULL, "a size is a whole number from 1 on");
        return false;
    }
    r->at++;
    *number = v.num;
    return true;
}

bool read_dim(builder *b) {
    reader *r = &b->r;
    do {
        program_size size = {.number = -1};
        if (!read_new_name(r, &size.name, &size.where) || !name_is_usable(r, size.name, size.where))
            return false;
        if (take_sign(r, SIGN_ASSIGN) && !read_size_number(r, &size.number))
            return false;
        if (!scope_add_size(r->scope, size.name) || !array_push(r->memory, &b->sizes, size))
            return false;
    } while (take_sign(r, SIGN_COMMA));
    return true;
}

/* ---- data, param, const, var ---- */

/* Values of one number fill the shape; others must have it. */
static bool fit_value(builder *b, const declaration *d, tree root, typed *value) {
    reader *r = &b->r;
    type own = type_of_value(r, *value);
    if (own.shape == SHAPE_SCALAR && d->type.rank > 0) {
        *value = (typed){graph_fill(r->graph, value->node, d->type.rank, d->type.axes),
                         (shape_kind)d->type.shape};
        return value->node != 0;
    }
    if (types_unify(r, own, d->type))
        return true;
    complain(r, "E168", root, show_type(r, own), "the value of '%s' has another shape",
             graph_name_text(r->graph, d->name));
    diagnose_label(r->diagnostics, d->where, "%s", show_type(r, d->type));
    return false;
}

static bool read_assigned(builder *b, const declaration *d, program_variable *v) {
    reader *r = &b->r;
    const token *t = token_now(r);
    tree root;
    if (t->kind == TOKEN_STRING) {
        r->at++;
        v->source = SOURCE_FILE;
        v->file = arena_copy_text(&b->program->arena, r->text + t->begin + 1, t->end - t->begin - 2);
        v->file = v->file ? program_path(b, v->file) : NULL;
        return v->file != NULL;
    }
    v->source = SOURCE_EXPRESSION;
    return read_value(b, true, &root, &v->value) && fit_value(b, d, root, &v->value);
}

static bool read_scalar(builder *b, typed *out) {
    tree root;
    if (!read_value(b, false, &root, out))
        return false;
    if (out->shape == SHAPE_SCALAR)
        return true;
    complain(&b->r, "E169", root, NULL, "an initialiser is made of numbers");
    return false;
}

static bool read_two_arguments(builder *b, program_variable *v) {
    reader *r = &b->r;
    return need_sign(r, SIGN_OPEN, "after the initialiser") && read_scalar(b, &v->arguments[0]) &&
           need_sign(r, SIGN_COMMA, "between the two arguments") && read_scalar(b, &v->arguments[1]) &&
           need_sign(r, SIGN_CLOSE, "after the two arguments");
}

static bool read_random(builder *b, program_variable *v) {
    static const struct {
        const char *word;
        source_kind kind;
    } initialisers[] = {
        {"normal", SOURCE_NORMAL}, {"uniform", SOURCE_UNIFORM}, {"he", SOURCE_HE}, {"xavier", SOURCE_XAVIER}};
    reader *r = &b->r;
    const token *t = token_now(r);
    for (size_t i = 0; i < sizeof initialisers / sizeof *initialisers; i++)
        if (token_is(r, t, initialisers[i].word)) {
            r->at++;
            v->source = initialisers[i].kind;
            return v->source == SOURCE_HE || v->source == SOURCE_XAVIER || read_two_arguments(b, v);
        }
    complain_token(r, "E169", t, NULL, "unknown initialiser %s", token_text(r, t));
    diagnose_help(r->diagnostics, "normal(mean, standard deviation), uniform(lowest, highest), he, xavier");
    return false;
}

/* A name whose statement is wrong is known, so that it is not reported again where it is used. */
static bool break_name(builder *b, name n) {
    if (n && !scope_entry(b->r.scope, n))
        (void)scope_add(b->r.scope, n, ENTRY_BROKEN);
    return false;
}

static bool read_variable(builder *b, role kind) {
    reader *r = &b->r;
    declaration d;
    program_variable v = {.role = kind};
    reader_begin(r);
    if (!declaration_read(r, &d))
        return break_name(b, d.name);
    if (d.type.rank && !d.sized) {
        complain_span(r, "E109", d.where, NULL, "in a program sizes are declared: '%s: [n]'",
                      graph_name_text(r->graph, d.name));
        return false;
    }
    const entry *e = declaration_enter(r, &d);
    if (!e)
        return false;
    v.name = d.name;
    v.symbol = e->value.node;
    v.shape = e->value.shape;
    v.where = d.where;
    /* The type now lies in the scope; the declaration's goes with the next expression. */
    d.type = e->type;
    const token *t = token_now(r);
    if (take_sign(r, SIGN_ASSIGN)) {
        if (!read_assigned(b, &d, &v))
            return false;
    } else if (is_sign(t, SIGN_TILDE) && (kind == ROLE_PARAM || kind == ROLE_VAR)) {
        r->at++;
        if (!read_random(b, &v))
            return false;
    }
    return array_push(r->memory, &b->variables, v);
}

bool read_variables(builder *b, role kind) {
    do {
        if (!read_variable(b, kind))
            return false;
    } while (take_sign(&b->r, SIGN_COMMA));
    return true;
}

/* ---- let ---- */

static bool enter_let(builder *b, const program_let *let) {
    reader *r = &b->r;
    scope *s = r->scope;
    size_t rank = node_rank(r->graph, let->value.node);
    dim *axes = ARENA_NEW(&s->arena, dim, rank ? rank : 1);
    entry *e = axes ? scope_add(s, let->name, ENTRY_VALUE) : NULL;
    if (!e)
        return false;
    for (size_t k = 0; k < rank; k++)
        axes[k] = node_axis(r->graph, let->value.node, k);
    e->declared = true;
    e->type = (type){(uint8_t)let->value.shape, (uint8_t)rank, axes};
    e->value = let->value;
    return array_push(r->memory, &b->lets, *let);
}

static bool read_let_value(builder *b, program_let *let) {
    reader *r = &b->r;
    tree root = parse_expression(r);
    if (!root || !read_tree(r, root, &let->value))
        return false;
    if (node_op(r->graph, let->value.node) != OP_SYMBOL)
        graph_pin(r->graph, let->value.node);
    return enter_let(b, let);
}

bool read_let(builder *b) {
    reader *r = &b->r;
    program_let let = {0};
    reader_begin(r);
    size_t begin = r->at;
    if (!read_new_name(r, &let.name, &let.where))
        return false;
    if (is_sign(token_now(r), SIGN_OPEN))
        return user_function_define(r, let.name, let.where);
    if (!name_is_usable(r, let.name, let.where))
        return false;
    if (is_sign(token_now(r), SIGN_OPEN_SQUARE)) {
        r->at = begin;
        if (!letters_begin(r))
            return break_name(b, let.name);
        if (!r->letters) {
            complain_unsupported(r, let.where, "recurrences (let h[t] = ... h[t-1])");
            return break_name(b, let.name);
        }
    } else if (!need_sign(r, SIGN_ASSIGN, "after the name")) {
        return break_name(b, let.name);
    }
    return read_let_value(b, &let) || break_name(b, let.name);
}

/* ---- minimize, maximize, report ---- */

static bool need_number(builder *b, tree root, typed v, const char *code, const char *what) {
    reader *r = &b->r;
    if (v.shape == SHAPE_SCALAR)
        return true;
    complain(r, code, root, show_type(r, type_of_value(r, v)), "%s must be a scalar", what);
    diagnose_help(r->diagnostics, "take a sum, a mean or a norm: sum(%s)", quote(r, root));
    return false;
}

bool read_objective(builder *b, bool maximize) {
    program *p = b->program;
    tree root;
    typed value;
    span first = p->objective_where;
    if (!read_value(b, false, &root, &value) || !need_number(b, root, value, "E161", "an objective"))
        return false;
    if (p->objective.node) {
        complain(&b->r, "E162", root, "second one", "a program has one objective");
        diagnose_label(b->r.diagnostics, first, "first one");
        diagnose_help(b->r.diagnostics, "put them together: minimize f + g");
        return false;
    }
    p->objective = value;
    p->objective_where = tree_span(&b->r, root);
    p->maximize = maximize;
    return true;
}

bool read_report(builder *b) {
    reader *r = &b->r;
    program_let report = {0};
    tree root;
    if (!read_new_name(r, &report.name, &report.where) || !need_sign(r, SIGN_ASSIGN, "after the name") ||
        !read_value(b, false, &root, &report.value) ||
        !need_number(b, root, report.value, "E163", "a report"))
        return false;
    for (size_t i = 0; i < b->reports.count; i++)
        if (b->reports.at[i].name == report.name) {
            complain_span(r, "E104", report.where, "again", "two reports have this name");
            return false;
        }
    return array_push(r->memory, &b->reports, report);
}
