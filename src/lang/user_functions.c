/* Functions of the user: let f(x, y) = ... is kept as a tree, which stands at each call with its arguments.
 */
/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "lang/functions.h"
#include "lang/program_internal.h"

const user_function *user_function_find(const scope *s, name n) {
    for (size_t i = 0; n && i < s->functions.count; i++)
        if (s->functions.at[i].name == n)
            return &s->functions.at[i];
    return NULL;
}

void user_functions_offer(const scope *s, nearest *n) {
    for (size_t i = 0; i < s->functions.count; i++)
        nearest_offer(n, graph_name_text(s->graph, s->functions.at[i].name));
}

static size_t parameter_number(size_t count, const name *parameters, name n) {
    size_t k = 0;
    while (k < count && parameters[k] != n)
        k++;
    return k;
}

typedef enum stand { STAND_VALUE, STAND_ENTRY, STAND_HEAD } stand;

/* Which nodes stand as an entry between brackets of an index, and which as the sum of sum[j](...). */
static uint8_t *mark_entries(reader *r, size_t count, const tree_node *nodes, const tree_child *children) {
    uint8_t *entries = ARENA_NEW(&r->arena, uint8_t, count);
    if (!entries)
        return r->failed = true, NULL;
    for (size_t i = 1; i < count; i++)
        for (size_t k = nodes[i].kind == TREE_INDEX;
             (nodes[i].kind == TREE_INDEX || nodes[i].kind == TREE_GROUP) && k < nodes[i].count; k++)
            entries[children[nodes[i].first + k].node] = STAND_ENTRY;
    for (size_t i = 1; i < count; i++)
        if (nodes[i].kind == TREE_OVER)
            entries[children[nodes[children[nodes[i].first].node].first].node] = STAND_HEAD;
    return entries;
}

/* ---- calls ---- */

typedef struct inlining {
    reader *reader;
    const user_function *function;
    const tree *arguments;
    const uint8_t *entries;
    tree *images; /* by node of the function's text */
    tree held[PARAMETERS_MOST];
    uint32_t call;
} inlining;

/* A node over one child at the place of another one. */
static tree add_over(inlining *in, tree_kind kind, const tree_node *place, tree only) {
    tree_node n = {.kind = (uint8_t)kind,
                   .bracketed = place->bracketed,
                   .begin = place->begin,
                   .end = place->end,
                   .text = place->text,
                   .source = place->source,
                   .call = in->call,
                   .count = 1};
    tree_child *list = only ? syntax_children(in->reader, 1, &n.first) : NULL;
    if (!list)
        return 0;
    list[0] = (tree_child){only, SIGN_NONE};
    return syntax_add(in->reader, &n);
}

/* A parameter where the text has it. Names and numbers are copied, so that each may be a value or a size. */
static tree add_argument(inlining *in, const tree_node *place, size_t k, bool as_entry) {
    reader *r = in->reader;
    tree argument = in->arguments[k], plain = tree_behind(r, argument);
    tree_node n = *node_at(r, plain);
    bool leaf = n.kind == TREE_NAME || n.kind == TREE_NUMBER;
    bool variable = n.kind == TREE_NAME || n.kind == TREE_HELD;
    if (in->function->held[k] && !variable) {
        if (!in->held[k])
            in->held[k] = add_over(in, TREE_HELD, &n, argument);
        return add_over(in, TREE_ALIAS, place, in->held[k]);
    }
    tree image = leaf ? syntax_add(r, &n) : argument;
    return as_entry && leaf ? image : add_over(in, TREE_ALIAS, place, image);
}

/* i@ of a function's text is an index of that call alone; the call itself bears the tail of the name. */
static name own_letter(const inlining *in, name n) {
    const char *word = graph_name_text(in->reader->graph, n);
    char spelling[NAME_MOST + 1];
    if (!strchr(word, '@'))
        return n;
    (void)snprintf(spelling, sizeof spelling, "%.200s@%u", word, in->call);
    return graph_name(in->reader->graph, spelling);
}

static tree add_image(inlining *in, size_t i) {
    const user_function *f = in->function;
    tree_node n = f->nodes[i];
    size_t k = n.kind == TREE_NAME ? parameter_number(f->parameter_count, f->parameters, n.name)
                                   : f->parameter_count;
    if (k < f->parameter_count)
        return add_argument(in, &n, k, in->entries[i] == STAND_ENTRY);
    uint32_t first = n.first;
    n.call = in->call;
    if (n.kind == TREE_NAME || n.kind == TREE_RELEASE)
        n.name = own_letter(in, n.name);
    tree_child *list = syntax_children(in->reader, n.count, &n.first);
    if (!list)
        return 0;
    for (size_t c = 0; c < n.count; c++)
        list[c] = (tree_child){in->images[f->children[first + c].node], f->children[first + c].sign};
    return syntax_add(in->reader, &n);
}

static tree add_release(inlining *in, const tree_node *call) {
    tree_node n = *call;
    size_t count = 1;
    n.kind = TREE_RELEASE;
    n.name = own_letter(in, graph_name(in->reader->graph, "@"));
    n.count = 1;
    for (size_t k = 0; k < in->function->parameter_count; k++)
        n.count += in->held[k] != 0;
    tree_child *list = syntax_children(in->reader, n.count, &n.first);
    if (!list)
        return 0;
    list[0] = (tree_child){in->images[in->function->node_count - 1], SIGN_NONE};
    for (size_t k = 0; k < in->function->parameter_count; k++)
        if (in->held[k])
            list[count++] = (tree_child){in->held[k], SIGN_NONE};
    return syntax_add(in->reader, &n);
}

static const char *signature(reader *r, const user_function *f) {
    text t = text_new(r->memory);
    text_format(&t, "%s(", graph_name_text(r->graph, f->name));
    for (size_t k = 0; k < f->parameter_count; k++)
        text_format(&t, "%s%s", k ? ", " : "", graph_name_text(r->graph, f->parameters[k]));
    text_append(&t, ")");
    const char *kept = arena_copy_text(&r->arena, text_string(&t), t.length);
    text_free(&t);
    return kept ? kept : "";
}

static tree wrong_count(reader *r, const user_function *f, const tree_node *call, size_t count) {
    complain_span(r, "E105", (span){call->name_begin, call->name_end, r->source}, NULL,
                  "'%s' takes %zu argument%s, not %zu", graph_name_text(r->graph, f->name),
                  f->parameter_count, f->parameter_count == 1 ? "" : "s", count);
    diagnose_note(r->diagnostics, "it was defined as %s", signature(r, f));
    return 0;
}

tree user_function_call(reader *r, const user_function *f, const tree_node *call, size_t count,
                        const tree *arguments) {
    if (f->broken)
        return r->failed = true, 0;
    if (count != f->parameter_count)
        return wrong_count(r, f, call, count);
    for (size_t k = 0; k < count; k++)
        if (node_at(r, arguments[k])->kind == TREE_NAMED) {
            complain(r, "E105", arguments[k], NULL, "arguments of '%s' have no names",
                     graph_name_text(r->graph, f->name));
            diagnose_note(r->diagnostics, "it was defined as %s", signature(r, f));
            return 0;
        }
    span where = {call->begin, call->end, r->source};
    inlining in = {.reader = r, .function = f, .arguments = arguments};
    in.images = ARENA_NEW(&r->arena, tree, f->node_count);
    in.entries = mark_entries(r, f->node_count, f->nodes, f->children);
    if (!in.images || !in.entries || !array_push(r->memory, &r->calls, where))
        return r->failed = true, 0;
    in.call = (uint32_t)r->calls.count;
    for (size_t i = 1; i < f->node_count; i++) {
        in.images[i] = add_image(&in, i);
        if (!in.images[i])
            return r->failed = true, 0;
    }
    return add_release(&in, call);
}

void note_call(reader *r, tree t) {
    uint32_t call = node_at(r, t)->call;
    const diagnostics *d = r->diagnostics;
    size_t line, column;
    if (!call || !d)
        return;
    span s = r->calls.at[call - 1];
    source_position(&d->sources.at[s.source], s.begin, &line, &column);
    diagnose_note(r->diagnostics, "in the call %s at %s:%zu:%zu", quote_span(r, s, false),
                  d->sources.at[s.source].name, line, column);
}

/* ---- definitions ---- */

static bool taken(reader *r, name n, span where) {
    const char *word = graph_name_text(r->graph, n);
    bool own = user_function_find(r->scope, n) != NULL;
    if (!own && !function_find(word) && !name_is_reserved(word))
        return false;
    complain_span(r, "E104", where, NULL, "the name '%s' is %s", word,
                  own                   ? "that of another function"
                  : function_find(word) ? "that of a function of the language"
                                        : "a word of the language");
    diagnose_help(r->diagnostics, "choose another name");
    return true;
}

static bool read_parameter(reader *r, user_function *f) {
    const token *t = token_now(r);
    if (t->kind != TOKEN_NAME) {
        complain_token(r, "E109", t, NULL, "expected the name of a parameter, found %s", token_text(r, t));
        diagnose_help(r->diagnostics, "a function is written: let f(x, y) = ...");
        return false;
    }
    name n = graph_name_bytes(r->graph, r->text + t->begin, t->end - t->begin);
    if (!n)
        return false;
    bool again = parameter_number(f->parameter_count, f->parameters, n) < f->parameter_count;
    if (again || name_is_reserved(graph_name_text(r->graph, n))) {
        complain_token(r, "E104", t, NULL,
                       again ? "two parameters have this name" : "this is a word of the language");
        return false;
    }
    if (f->parameter_count == PARAMETERS_MOST) {
        complain_token(r, "E010", t, NULL, "a function has more parameters than the limit of %d",
                       PARAMETERS_MOST);
        return false;
    }
    f->parameters[f->parameter_count++] = n;
    r->at++;
    return true;
}

static bool read_parameters(reader *r, user_function *f) {
    if (!need_sign(r, SIGN_OPEN, "after the name"))
        return false;
    do {
        if (!read_parameter(r, f))
            return false;
    } while (take_sign(r, SIGN_COMMA));
    return need_sign(r, SIGN_CLOSE, "after the parameters") &&
           need_sign(r, SIGN_ASSIGN, "after the parameters");
}

/* Whether the name stands as an entry of an index somewhere in the text: then it is an index. */
static bool is_letter(const reader *r, const uint8_t *entries, name n) {
    for (size_t i = 1; i < r->nodes.count; i++)
        if (entries[i] == STAND_ENTRY && r->nodes.at[i].kind == TREE_NAME && r->nodes.at[i].name == n)
            return true;
    return false;
}

/* What is no parameter is known already, or an index, which is renamed so that calls cannot meet it. */
static bool check_name(reader *r, const user_function *f, const uint8_t *entries, tree t) {
    tree_node *n = node_at(r, t);
    const char *word = graph_name_text(r->graph, n->name);
    char spelling[NAME_MOST + 2];
    if (parameter_number(f->parameter_count, f->parameters, n->name) < f->parameter_count ||
        scope_entry(r->scope, n->name) || name_is_reserved(word) || strchr(word, '@'))
        return true;
    if (!is_letter(r, entries, n->name))
        return unknown_name(r, t), false;
    (void)snprintf(spelling, sizeof spelling, "%s@", word);
    name letter = graph_name(r->graph, spelling);
    for (size_t i = 1; i < r->nodes.count; i++) {
        tree_node *other = &r->nodes.at[i];
        if (other->kind == TREE_NAME && graph_name_text(r->graph, other->name) == word)
            other->name = letter;
    }
    return letter != 0;
}

static bool check_call(reader *r, user_function *f, tree t) {
    tree_node *n = node_at(r, t);
    if (n->name == f->name) {
        complain_span(r, "E171", (span){n->name_begin, n->name_end, r->source}, "itself",
                      "the function '%s' calls itself", graph_name_text(r->graph, f->name));
        diagnose_help(r->diagnostics,
                      "a function is put in where it is called, so this would never end; write "
                      "its steps out");
        return false;
    }
    const function *called = function_find(graph_name_text(r->graph, n->name));
    if (!called)
        return unknown_function(r, t);
    for (size_t k = 1; called->infer == infer_derivative && k < n->count; k++) {
        const tree_node *by = node_at(r, tree_behind(r, child(r, t, k)));
        size_t p = by->kind == TREE_NAME ? parameter_number(f->parameter_count, f->parameters, by->name)
                                         : f->parameter_count;
        if (p < f->parameter_count)
            f->held[p] = true;
    }
    return true;
}

static bool check_text(reader *r, user_function *f) {
    const uint8_t *entries = mark_entries(r, r->nodes.count, r->nodes.at, r->children.at);
    bool ok = entries != NULL;
    for (tree t = 1; ok && t < r->nodes.count; t++) {
        tree_kind kind = (tree_kind)node_at(r, t)->kind;
        if (kind == TREE_NAME && entries[t] != STAND_HEAD)
            ok = check_name(r, f, entries, t);
        else if (kind == TREE_CALL)
            ok = check_call(r, f, t);
    }
    return ok;
}

static bool keep_text(reader *r, user_function *f) {
    arena *a = &r->scope->arena;
    tree_node *nodes = ARENA_NEW(a, tree_node, r->nodes.count);
    tree_child *children = ARENA_NEW(a, tree_child, r->children.count + 1);
    if (!nodes || !children)
        return r->failed = true, false;
    memcpy(nodes, r->nodes.at, r->nodes.count * sizeof *nodes);
    if (r->children.count)
        memcpy(children, r->children.at, r->children.count * sizeof *children);
    f->nodes = nodes;
    f->children = children;
    f->node_count = r->nodes.count;
    f->child_count = r->children.count;
    return array_push(r->memory, &r->scope->functions, *f);
}

bool user_function_define(reader *r, name n, span where) {
    user_function f = {.name = n, .where = where};
    if (taken(r, n, where))
        return false;
    bool headed = read_parameters(r, &f);
    r->parameters = f.parameters;
    r->parameter_count = f.parameter_count;
    tree root = headed ? parse_expression(r) : 0;
    r->parameters = NULL;
    r->parameter_count = 0;
    if (root && check_text(r, &f) && keep_text(r, &f))
        return true;
    f.broken = true;
    return array_push(r->memory, &r->scope->functions, f) && false;
}
