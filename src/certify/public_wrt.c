/* The public call that reads what a derivative is taken by: x, vec(X), X[2,3], sym(X), ... */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "calculus/derive.h"
#include "certify/wrt.h"
#include "gradus/derive.h"
#include "lang/public_expr.h"

/* ---- the forms handed out ---- */

typedef struct form_list {
    memory *memory;
    ARRAY(wrt_form) forms;
} form_list;

static void free_forms(void *content) {
    form_list *l = content;
    memory *m = l->memory;
    array_free(m, &l->forms);
    memory_free(m, l, sizeof *l);
}

static form_list *forms_of(gradus_context *c) {
    context_slot *slot = &c->slots[SLOT_FORMS];
    if (!slot->content) {
        form_list *l = memory_zeroed(&c->memory, 1, sizeof *l);
        if (!l)
            return NULL;
        l->memory = &c->memory;
        *slot = (context_slot){l, free_forms};
    }
    return slot->content;
}

static bool remember(gradus_context *c, wrt_form form) {
    form_list *l = forms_of(c);
    if (!l)
        return false;
    for (size_t i = 0; i < l->forms.count; i++)
        if (l->forms.at[i].handle == form.handle)
            return true;
    return array_push(&c->memory, &l->forms, form);
}

static void refuse_form(gradus_context *c) {
    diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E502", "a derivative is taken with respect to a variable");
    diagnose_help(&c->diagnostics, "name the part and declare it as a variable of its own");
}

bool wrt_find(gradus_context *c, ref handle, wrt_form *out) {
    const form_list *l = c->slots[SLOT_FORMS].content;
    if (handle == 0)
        return false;
    for (size_t i = 0; l && i < l->forms.count; i++)
        if (l->forms.at[i].handle == handle) {
            *out = l->forms.at[i];
            return true;
        }
    if (node_op(c->graph, handle) != OP_SYMBOL) {
        refuse_form(c);
        return false;
    }
    bool tied = (symbol_facts(c->graph, handle) & FACT_TIED) != 0;
    *out = (wrt_form){.kind = WRT_WHOLE, .handle = handle, .symbol = handle, .tied = tied};
    return true;
}

/* ---- reading ---- */

/* A word of the text. */
typedef struct word {
    const char *at;
    size_t length;
} word;

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static const char *skip_blanks(const char *s) {
    return s + strspn(s, " \t");
}

static word take_name(const char **s) {
    word w = { *s = skip_blanks(*s), 0};
    while (is_letter(w.at[w.length]) || (w.length && is_digit(w.at[w.length])))
        w.length++;
    *s = skip_blanks(w.at + w.length);
    return w;
}

static bool same_word(word w, const char *s) {
    return w.length == strlen(s) && strncmp(w.at, s, w.length) == 0;
}

/* head(name) as a whole: the name, otherwise length 0. */
static word argument_of(const char *s) {
    if (*s != '(')
        return (word){s, 0};
    s++;
    word inner = take_name(&s);
    bool whole = *s == ')' && *skip_blanks(s + 1) == '\0';
    return whole ? inner : (word){s, 0};
}

static bool find_variable(gradus_context *c, word w, gradus_expr *out) {
    text t = text_new(&c->memory);
    text_append_bytes(&t, w.at, w.length);
    bool ok = gradus_variable(c, text_string(&t), out) == GRADUS_OK;
    text_free(&t);
    return ok;
}

static const struct {
    const char *word;
    uint32_t facts;
} tied_forms[] = {
    {"sym", FACT_SYMMETRIC}, {"diag", FACT_DIAGONAL}, {"toep", FACT_TOEPLITZ}, {"symtoep", FACT_SYMTOEPLITZ}};

static bool is_square(gradus_context *c, ref x, word form) {
    graph *g = c->graph;
    if (node_rank(g, x) == 2 && node_axis(g, x, 0) == node_axis(g, x, 1))
        return true;
    diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E506", "%.*s(...) is of a square matrix", (int)form.length,
             form.at);
    diagnose_help(&c->diagnostics, "declare it: --where \"%s: [n, n]\"",
                  graph_name_text(g, symbol_name(g, x)));
    return false;
}

/* The same variable with a fact more, marked as tied. */
static ref tied_symbol(graph *g, ref x, uint32_t facts) {
    return graph_symbol(g, symbol_name(g, x), symbol_facts(g, x) | facts | FACT_TIED, node_rank(g, x),
                        node_axes(g, x));
}

/* vec(X), sym(X), ...; false where the text is none of them. */
static bool read_call(gradus_context *c, word head, const char *rest, wrt_form *out, bool *failed) {
    word inner = argument_of(rest);
    gradus_expr x;
    size_t k = 0;
    bool vec = same_word(head, "vec");
    while (k < sizeof tied_forms / sizeof *tied_forms && !same_word(head, tied_forms[k].word))
        k++;
    if (inner.length == 0 || (!vec && k == sizeof tied_forms / sizeof *tied_forms))
        return false;
    *failed = !find_variable(c, inner, &x) || !(vec || is_square(c, x.id, head));
    if (*failed)
        return true;
    *out = (wrt_form){.symbol = x.id, .handle = x.id};
    if (vec && node_rank(c->graph, x.id) > 2) {
        diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E506", "vec(...) is of a vector or a matrix");
        *failed = true;
    } else if (vec) {
        out->kind = WRT_VEC;
        out->handle = node_rank(c->graph, x.id) == 2 ? wrt_vec(c->graph, x.id) : x.id;
    } else {
        out->symbol = out->handle = tied_symbol(c->graph, x.id, tied_forms[k].facts);
        out->tied = true;
    }
    return true;
}

/* The places of X[2,3] or X(2,3): whole numbers with commas between, then nothing more. */
static bool is_entry(const char *s) {
    char close = *s == '[' ? ']' : ')';
    bool numbers = *s == '[' || *s == '(';
    for (s++; numbers && *s != close; s++)
        numbers = is_digit(*s) || *s == ',' || *s == ' ';
    return numbers && s[-1] != '[' && s[-1] != '(' && *skip_blanks(s + 1) == '\0';
}

static bool read_entry(gradus_context *c, word head, const char *spelling, wrt_form *out) {
    gradus_expr x, entry;
    if (!find_variable(c, head, &x) || gradus_parse_again(c, spelling, &entry) != GRADUS_OK)
        return false;
    if (node_rank(c->graph, entry.id) != 0 || node_op(c->graph, entry.id) == OP_SYMBOL) {
        diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E506", "'%s' is no entry of '%.*s'", spelling,
                 (int)head.length, head.at);
        diagnose_help(&c->diagnostics, "an entry has a number at every place, as in X[2,3]");
        return false;
    }
    *out = (wrt_form){.kind = WRT_ENTRY, .handle = entry.id, .symbol = x.id};
    return derive(c->graph, entry.id, 1, &x.id, &out->unit);
}

static bool read_form(gradus_context *c, const char *spelling, wrt_form *out) {
    const char *rest = spelling;
    word head = take_name(&rest);
    bool failed = false;
    gradus_expr x;
    if (head.length && *rest == '\0') {
        if (!find_variable(c, head, &x))
            return false;
        *out = (wrt_form){.handle = x.id, .symbol = x.id};
        return true;
    }
    if (head.length && read_call(c, head, rest, out, &failed))
        return !failed;
    if (head.length && is_entry(rest))
        return read_entry(c, head, spelling, out);
    diagnose(&c->diagnostics, GRADUS_BAD_INPUT, "E502",
             "a derivative is taken with respect to a variable, not to '%s'", spelling);
    diagnose_help(&c->diagnostics, "forms: x, vec(X), X[2,3], sym(X), diag(X), toep(X), symtoep(X)");
    return false;
}

/* ---- what belongs to it ---- */

/* The text without blanks, and only the letters, digits and underscores of it. */
static void spell(gradus_context *c, const char *spelling, gradus_wrt_form *form) {
    text whole = text_new(&c->memory), suffix = text_new(&c->memory);
    for (const char *p = spelling; *p; p++) {
        if (*p != ' ' && *p != '\t')
            text_append_bytes(&whole, p, 1);
        if (is_letter(*p) || is_digit(*p))
            text_append_bytes(&suffix, p, 1);
    }
    form->text = context_text(c, text_string(&whole));
    form->suffix = context_text(c, text_string(&suffix));
    text_free(&whole);
    text_free(&suffix);
}

/* The variable that the user's expressions know. */
static gradus_expr variable_of(gradus_context *c, ref symbol) {
    gradus_expr x = context_handle(c, symbol, false);
    gradus_variable(c, graph_name_text(c->graph, symbol_name(c->graph, symbol)), &x);
    return x;
}

gradus_status gradus_wrt(gradus_context *c, const char *spelling, gradus_wrt_form *form) {
    wrt_form f;
    if (!spelling || !form)
        return context_refuse_null(c, __func__);
    *form = (gradus_wrt_form){.text = "", .suffix = ""};
    if (!read_form(c, spelling, &f))
        return context_status(c);
    if (f.handle && (f.handle == f.symbol || remember(c, f))) {
        form->by = context_handle(c, f.handle, false);
        form->variable = variable_of(c, f.symbol);
        spell(c, spelling, form);
    }
    return context_status(c);
}
