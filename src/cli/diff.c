/* gradus diff: derivatives, certified, as text, LaTeX, index notation or JSON. */
/* SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/terminal.h"

typedef enum output_form {
    FORM_TEXT,
    FORM_UNICODE,
    FORM_LATEX,
    FORM_MARKDOWN,
    FORM_INDEX,
    FORM_MATHML,
    FORM_JSON,
    FORM_COUNT
} output_form;

typedef struct answer {
    request asked;
    gradus_derivative derivative;
    gradus_printed whole, display;
    action action;
} answer;

typedef struct job {
    const arguments *arguments;
    subject subject;
    output_form form;
    size_t count;
    answer *answers;
} job;

static int read_form(job *j) {
    static const char *const names[FORM_COUNT] = {"text",  "unicode", "latex", "markdown",
                                                  "index", "mathml",  "json"};
    const char *s = option_value(j->arguments, OPTION_FORMAT);
    j->form = option_given(j->arguments, OPTION_JSON) ? FORM_JSON : FORM_TEXT;
    if (!s)
        return 0;
    for (int i = 0; i < FORM_COUNT; i++)
        if (strcmp(s, names[i]) == 0) {
            j->form = option_given(j->arguments, OPTION_JSON) ? FORM_JSON : (output_form)i;
            return 0;
        }
    cli_error("--format is text, unicode, latex, markdown, index, mathml or json, not '%s'", s);
    return 2;
}

/* ---- deriving ---- */

static bool one_sweep(const job *j) {
    for (size_t i = 0; i < j->count; i++)
        if (j->answers[i].asked.order != 1)
            return false;
    return gradus_rank(j->subject.context, j->subject.expr) == 0;
}

static gradus_status derive_together(job *j, const gradus_derive_options *options) {
    gradus_expr *wrt = calloc(j->count, sizeof *wrt);
    gradus_derivative *results = calloc(j->count, sizeof *results);
    gradus_status status = wrt && results ? GRADUS_OK : GRADUS_OUT_OF_MEMORY;
    for (size_t i = 0; status == GRADUS_OK && i < j->count; i++)
        wrt[i] = j->answers[i].asked.wrt[0];
    if (status == GRADUS_OK)
        status = gradus_gradients(j->subject.context, j->subject.expr, j->count, wrt, options, results);
    for (size_t i = 0; status == GRADUS_OK && i < j->count; i++)
        j->answers[i].derivative = results[i];
    free(wrt);
    free(results);
    return status;
}

static gradus_status derive_all(job *j, const gradus_derive_options *options) {
    if (one_sweep(j))
        return derive_together(j, options);
    for (size_t i = 0; i < j->count; i++) {
        answer *x = &j->answers[i];
        gradus_status status = gradus_derive(j->subject.context, j->subject.expr, x->asked.order,
                                             x->asked.wrt, options, &x->derivative);
        if (status != GRADUS_OK)
            return status;
    }
    return GRADUS_OK;
}

static gradus_format print_format(const job *j) {
    static const gradus_format formats[FORM_COUNT] = {
        [FORM_UNICODE] = GRADUS_UNICODE, [FORM_LATEX] = GRADUS_LATEX,   [FORM_MARKDOWN] = GRADUS_LATEX,
        [FORM_INDEX] = GRADUS_INDEX,     [FORM_MATHML] = GRADUS_MATHML,
    };
    return formats[j->form];
}

static gradus_status derive_actions(job *j, const gradus_derive_options *options) {
    gradus_status status = GRADUS_OK;
    for (size_t i = 0; status == GRADUS_OK && i < j->count; i++) {
        answer *x = &j->answers[i];
        status = action_derive(&j->subject, &x->asked, x->derivative.expr, options, print_format(j),
                               j->form != FORM_JSON, &x->action);
    }
    return status;
}

static gradus_status print_all(job *j) {
    gradus_context *c = j->subject.context;
    for (size_t i = 0; i < j->count; i++) {
        answer *x = &j->answers[i];
        const char *head = request_head(&x->asked);
        gradus_status status = gradus_print_named(c, x->derivative.expr, print_format(j), 0, head, &x->whole);
        if (status == GRADUS_OK)
            status = gradus_print_named(c, x->derivative.expr, print_format(j), 1, head, &x->display);
        if (status != GRADUS_OK)
            return status;
    }
    return GRADUS_OK;
}

/* What is shown is what was certified: the text is read back and certified itself. */
static gradus_status certify_text(job *j, answer *x, const gradus_derive_options *options) {
    gradus_printed p;
    gradus_certificate verdict = {0};
    gradus_status status = read_back(&j->subject, x->derivative.expr, x->asked.order, x->asked.wrt, options,
                                     &p, &verdict);
    if (status == GRADUS_OK && (verdict.passed || !p.text))
        return GRADUS_OK;
    if (!p.text)
        return status;
    cli_error("the printed derivative failed its certificate and is not shown: %s",
              verdict.reason ? verdict.reason : "it cannot be read back");
    cli_help("this is a defect of gradus; its text was: %s", p.text);
    return GRADUS_REFUSED;
}

static gradus_status certify_texts(job *j, const gradus_derive_options *options) {
    gradus_status status = GRADUS_OK;
    for (size_t i = 0; !options->unchecked && status == GRADUS_OK && i < j->count; i++)
        status = certify_text(j, &j->answers[i], options);
    return status;
}

/* ---- text ---- */

/* Whether a derivative with respect to the variable was asked for. */
static bool is_asked(const job *j, gradus_expr variable) {
    for (size_t i = 0; i < j->count; i++)
        for (size_t k = 0; k < j->answers[i].asked.order; k++)
            if (gradus_same(j->subject.context, j->answers[i].asked.variables[k], variable))
                return true;
    return false;
}

static void print_where(const job *j, FILE *out) {
    gradus_symbol s;
    bool any = false;
    for (size_t i = 0; gradus_symbol_get(j->subject.context, i, &s); i++) {
        if (!s.used && !is_asked(j, s.expr))
            continue;
        fprintf(out, "%s%s: %s", any ? ", " : "where ", s.name, s.shape);
        any = true;
    }
    if (any)
        fputc('\n', out);
}

static void print_certificate(const job *j, FILE *out) {
    int points = 0;
    double worst = 0;
    for (size_t i = 0; i < j->count; i++) {
        const gradus_certificate *c = &j->answers[i].derivative.certificate;
        if (i == 0 || c->points < points)
            points = c->points;
        worst = c->max_relative_error > worst ? c->max_relative_error : worst;
    }
    if (option_given(j->arguments, OPTION_NO_CHECK))
        fputs("not certified (--no-check)\n", out);
    else if (points == 0)
        fputs("certified: by exact evaluation, the function does not depend on it\n", out);
    else if (worst == 0)
        fprintf(out, "certified: %d points, largest relative error 0\n", points);
    else
        fprintf(out, "certified: %d points, largest relative error %.0e\n", points, worst);
}

/* In which space the derivative by a structured variable lives. */
static void print_conventions(const job *j, FILE *out) {
    for (size_t i = 0; i < j->count; i++) {
        const answer *x = &j->answers[i];
        if (x->derivative.convention[0])
            fprintf(out, "convention for %s: %s\n", x->asked.names[x->asked.order - 1],
                    x->derivative.convention);
    }
}

static bool is_result(const job *j, gradus_expr e) {
    for (size_t i = 0; i < j->count; i++)
        if (gradus_same(j->subject.context, j->answers[i].derivative.expr, e))
            return true;
    return false;
}

static void print_line(const char *left, const gradus_printed *p) {
    printf("%s = %s        %s\n", left, p->text ? p->text : NO_FORMULA, p->shape);
}

static bool is_adjoint(const char *name) {
    return strncmp(name, "d_", 2) == 0;
}

typedef struct backward {
    size_t found, next;
    const char *const *names;
    const gradus_expr *parts;
    bool *done; /* results already printed */
} backward;

static gradus_status read_intermediates(const job *j, backward *b) {
    gradus_expr *exprs = calloc(j->count, sizeof *exprs);
    b->done = calloc(j->count, sizeof *b->done);
    gradus_status status = GRADUS_OUT_OF_MEMORY;
    for (size_t i = 0; exprs && i < j->count; i++)
        exprs[i] = j->answers[i].derivative.expr;
    if (exprs && b->done)
        status = gradus_intermediates(j->subject.context, j->count, exprs, &b->found, &b->names, &b->parts);
    free(exprs);
    return status;
}

static gradus_status print_part(const job *j, const backward *b, size_t i) {
    gradus_printed p;
    gradus_status status = gradus_print(j->subject.context, b->parts[i], print_format(j), 1, &p);
    if (status == GRADUS_OK)
        print_line(b->names[i], &p);
    return status;
}

static void print_result(const job *j, backward *b, size_t i) {
    printf("d_");
    print_line(j->answers[i].asked.names[0], &j->answers[i].display);
    b->done[i] = true;
}

/* The next result in the order of computation; SIZE_MAX when all are printed. */
static size_t next_result(const job *j, const backward *b) {
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < j->count; i++)
        if (!b->done[i] &&
            (best == SIZE_MAX || j->answers[i].derivative.expr.id < j->answers[best].derivative.expr.id))
            best = i;
    return best;
}

/* The backward pass of a program: what it is made of, then adjoints and gradients in the order of
 * computation. */
static gradus_status print_backward(const job *j) {
    backward b = {0};
    gradus_status status = read_intermediates(j, &b);
    for (size_t i = 0; status == GRADUS_OK && i < b.found; i++)
        if (!is_adjoint(b.names[i]))
            status = print_part(j, &b, i);
    while (status == GRADUS_OK) {
        size_t result = next_result(j, &b);
        while (b.next < b.found && (!is_adjoint(b.names[b.next]) || is_result(j, b.parts[b.next])))
            b.next++;
        if (b.next < b.found &&
            (result == SIZE_MAX || b.parts[b.next].id < j->answers[result].derivative.expr.id))
            status = print_part(j, &b, b.next++);
        else if (result != SIZE_MAX)
            print_result(j, &b, result);
        else
            break;
    }
    free(b.done);
    return status;
}

static void print_answer(const answer *x, output_form form, bool terminal) {
    const gradus_printed *p = terminal ? &x->display : &x->whole;
    if (!p->text)
        p = &x->display;
    bool headed = terminal && form != FORM_MATHML; /* index notation has a left side of its own */
    if (headed && strcmp(p->notation, "index") != 0)
        (form == FORM_UNICODE ? print_partial_head : print_head)(&x->asked);
    fputs(p->text ? p->text : NO_FORMULA, stdout);
    if (headed)
        printf("        %s", p->shape);
    putchar('\n');
    FILE *talk = terminal ? stdout : stderr;
    for (size_t k = 0; p == &x->display && k < p->binding_count; k++)
        fprintf(talk, "  with %s = %s\n", p->binding_names[k], p->binding_texts[k]);
    fflush(stdout);
    action_print(&x->action, x->asked.names[0], talk);
}

/* \frac{\partial f}{\partial x} */
static void print_latex_head(const job *j, const request *r) {
    printf(r->order == 1 ? "\\frac{\\partial f}{" : "\\frac{\\partial^{%zu} f}{", r->order);
    for (size_t k = 0; k < r->order; k++) {
        gradus_printed p, name;
        bool ok = gradus_print(j->subject.context, r->variables[k], GRADUS_LATEX, 0, &p) == GRADUS_OK &&
                  gradus_print(j->subject.context, r->variables[k], GRADUS_TEXT, 0, &name) == GRADUS_OK;
        bool plain = ok && strcmp(name.text, r->names[k]) == 0;
        printf(plain ? "\\partial %s " : "\\partial \\mathtt{%s} ", plain ? p.text : r->names[k]);
    }
    printf("} = ");
}

/* The formula for a renderer, and as text, so that it can be copied. */
static gradus_status print_markdown(const job *j, const answer *x) {
    gradus_printed plain;
    gradus_status status = gradus_print_named(j->subject.context, x->derivative.expr, GRADUS_TEXT, 0,
                                              request_head(&x->asked), &plain);
    if (status != GRADUS_OK)
        return status;
    fputs("$$", stdout);
    if (strcmp(x->whole.notation, "index") != 0)
        print_latex_head(j, &x->asked);
    printf("%s$$\n\n",
           x->whole.text ? x->whole.text : "\\text{no formula of at most 64 KiB in this notation}");
    if (plain.text)
        printf("`%s`, shape `%s`\n\n", plain.text, plain.shape);
    action_markdown(&x->action, x->asked.names[0]);
    return GRADUS_OK;
}

static int answer_markdown(job *j) {
    for (size_t i = 0; i < j->count; i++) {
        gradus_status status = print_markdown(j, &j->answers[i]);
        if (status != GRADUS_OK)
            return cli_fail(j->arguments, j->subject.context, status);
    }
    print_where(j, stdout);
    putchar('\n');
    print_conventions(j, stdout);
    print_certificate(j, stdout);
    return cli_finish();
}

static int answer_text(job *j) {
    bool terminal = terminal_is(1) || j->arguments->as_on_terminal;
    FILE *talk = terminal ? stdout : stderr;
    gradus_status status = GRADUS_OK;
    if (j->subject.program && one_sweep(j))
        status = print_backward(j);
    else
        for (size_t i = 0; i < j->count; i++)
            print_answer(&j->answers[i], j->form, terminal);
    if (status != GRADUS_OK)
        return cli_fail(j->arguments, j->subject.context, status);
    fflush(stdout);
    print_where(j, talk);
    print_conventions(j, talk);
    print_certificate(j, talk);
    return cli_finish();
}

/* ---- JSON ---- */

static cJSON *json_declarations(gradus_context *c) {
    cJSON *o = cJSON_CreateObject();
    gradus_symbol s;
    for (size_t i = 0; gradus_symbol_get(c, i, &s); i++) {
        cJSON *axes = cJSON_CreateArray();
        for (size_t k = 0; k < gradus_rank(c, s.expr); k++)
            cJSON_AddItemToArray(axes, cJSON_CreateString(gradus_size(c, s.expr, k)));
        cJSON_AddItemToObject(o, s.name, axes);
    }
    return o;
}

static void add_text(cJSON *o, const char *key, const char *s) {
    cJSON_AddItemToObject(o, key, s ? cJSON_CreateString(s) : cJSON_CreateNull());
}

static void add_binding(cJSON *list, const char *name, const char *formula) {
    cJSON *b = cJSON_CreateObject();
    add_text(b, "name", name);
    add_text(b, "text", formula);
    cJSON_AddItemToArray(list, b);
}

/* Named intermediates of a program, then the abbreviations of the display. */
static cJSON *json_bindings(const job *j, const answer *x) {
    gradus_context *c = j->subject.context;
    cJSON *list = cJSON_CreateArray();
    size_t found = 0;
    const char *const *names = NULL;
    const gradus_expr *parts = NULL;
    gradus_printed p;
    if (j->subject.program)
        gradus_intermediates(c, 1, &x->derivative.expr, &found, &names, &parts);
    for (size_t i = 0; i < found; i++)
        if (!gradus_same(c, parts[i], x->derivative.expr) &&
            gradus_print(c, parts[i], GRADUS_TEXT, 1, &p) == GRADUS_OK)
            add_binding(list, names[i], p.text);
    for (size_t k = 0; k < x->display.binding_count; k++)
        add_binding(list, x->display.binding_names[k], x->display.binding_texts[k]);
    return list;
}

static cJSON *json_answer(job *j, answer *x) {
    gradus_context *c = j->subject.context;
    gradus_printed latex = {0}, text = {0};
    cJSON *o = cJSON_CreateObject(), *wrt = cJSON_AddArrayToObject(o, "wrt");
    cJSON *shape = cJSON_AddArrayToObject(o, "shape");
    for (size_t k = 0; k < x->asked.order; k++)
        cJSON_AddItemToArray(wrt, cJSON_CreateString(x->asked.names[k]));
    for (size_t k = 0; k < gradus_rank(c, x->derivative.expr); k++)
        cJSON_AddItemToArray(shape, cJSON_CreateString(gradus_size(c, x->derivative.expr, k)));
    gradus_print_named(c, x->derivative.expr, GRADUS_TEXT, 0, request_head(&x->asked), &text);
    gradus_print_named(c, x->derivative.expr, GRADUS_LATEX, 0, request_head(&x->asked), &latex);
    add_text(o, "text", text.text);
    add_text(o, "latex", latex.text);
    add_text(o, "notation", x->whole.notation);
    cJSON *bindings = json_bindings(j, x);
    if (cJSON_GetArraySize(bindings) || !text.text) {
        add_text(o, "display", x->display.text);
        cJSON_AddItemToObject(o, "bindings", bindings);
    } else {
        cJSON_Delete(bindings);
    }
    action_json(&x->action, o);
    cJSON_AddItemToObject(o, "declarations", json_declarations(c));
    if (x->derivative.convention[0])
        cJSON_AddStringToObject(o, "convention", x->derivative.convention);
    cJSON_AddItemToObject(o, "certificate",
                          option_given(j->arguments, OPTION_NO_CHECK)
                              ? cJSON_CreateNull()
                              : json_certificate(&x->derivative.certificate));
    return o;
}

static int answer_json(job *j) {
    cJSON *o = json_start("diff"), *results = cJSON_AddArrayToObject(o, "results");
    for (size_t i = 0; i < j->count; i++)
        cJSON_AddItemToArray(results, json_answer(j, &j->answers[i]));
    cJSON_AddItemToObject(o, "diagnostics", json_diagnostics(j->subject.context));
    return cli_json(o);
}

/* ---- the command ---- */

static int derive_and_answer(job *j) {
    request *requests = calloc(REQUESTS_MOST, sizeof *requests);
    j->answers = calloc(REQUESTS_MOST, sizeof *j->answers);
    if (!requests || !j->answers) {
        free(requests);
        cli_error("out of memory");
        return 5;
    }
    int code = requests_read(j->arguments, &j->subject, &j->count, requests);
    for (size_t i = 0; i < j->count; i++)
        j->answers[i].asked = requests[i];
    free(requests);
    gradus_derive_options options;
    if (code == 0)
        code = derive_options(j->arguments, &options);
    if (code)
        return code;
    gradus_status status = derive_all(j, &options);
    if (status == GRADUS_OK)
        status = derive_actions(j, &options);
    if (status == GRADUS_OK)
        status = print_all(j);
    if (status == GRADUS_OK)
        status = certify_texts(j, &options);
    if (status != GRADUS_OK)
        return cli_fail(j->arguments, j->subject.context, status);
    if (j->form == FORM_MARKDOWN)
        return answer_markdown(j);
    return j->form == FORM_JSON ? answer_json(j) : answer_text(j);
}

int run_diff(const arguments *a) {
    job j = {.arguments = a};
    int code = read_form(&j);
    if (code)
        return code;
    code = subject_open(a, &j.subject);
    if (code == 0)
        code = subject_alone(a, &j.subject);
    if (code == 0)
        code = option_given(a, OPTION_WRT) ? derive_and_answer(&j) : subject_wants_wrt(&j.subject);
    free(j.answers);
    subject_close(&j.subject);
    return code;
}
