/* gradus explain: the derivation of a derivative, by differentials or by backpropagation. */
/* SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>
#include <gradus/explain.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/terminal.h"

typedef enum form { FORM_TEXT, FORM_MARKDOWN, FORM_LATEX, FORM_JSON } form;

typedef struct telling {
    const arguments *arguments;
    subject subject;
    size_t count;
    request *requests;
    gradus_explain_way way;
    form form;
    gradus_explanation e;
} telling;

static int read_choices(telling *t) {
    static const char *const forms[] = {"text", "markdown", "latex", "json"};
    const char *by = option_value(t->arguments, OPTION_BY), *f = option_value(t->arguments, OPTION_FORMAT);
    if (by && strcmp(by, "differential") && strcmp(by, "backprop")) {
        cli_error("--by is differential or backprop, not '%s'", by);
        return 2;
    }
    t->way = by && strcmp(by, "backprop") == 0 ? GRADUS_BY_BACKPROP : GRADUS_BY_DIFFERENTIAL;
    t->form = FORM_TEXT;
    for (int i = 0; f && i < 4; i++)
        if (strcmp(f, forms[i]) == 0) {
            t->form = (form)i;
            f = NULL;
        }
    if (f) {
        cli_error("--format of a derivation is text, markdown, latex or json, not '%s'", f);
        return 2;
    }
    if (option_given(t->arguments, OPTION_JSON))
        t->form = FORM_JSON;
    return 0;
}

/* ---- text ---- */

/* Characters, not bytes. */
static int width(const char *s) {
    int n = 0;
    for (; *s; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

enum { LEFT_MOST = 12, LINE_MOST = 44, SHAPE_MOST = 14 };

static int widest(const telling *t, int (*of)(const gradus_step *s), int most) {
    int all = 0;
    for (size_t i = 0; i < t->e.step_count; i++) {
        int n = of(&t->e.steps[i]);
        all = n > all && n <= most ? n : all;
    }
    return all;
}

static int left_width(const gradus_step *s) {
    return width(s->left);
}

static int right_width(const gradus_step *s) {
    return width(s->right);
}

static int shape_width(const gradus_step *s) {
    return width(s->shape);
}

static void pad(const char *s, int to) {
    fputs(s, stdout);
    for (int n = width(s); n < to; n++)
        putchar(' ');
}

static void print_step(const gradus_step *s, int left, int right, int shape) {
    bool reason = s->rule[0] != '\0';
    fputs("  ", stdout);
    pad(s->left, left);
    fputs(" = ", stdout);
    pad(s->right, right);
    fputs("  ", stdout);
    if (reason)
        pad(s->shape, shape);
    else
        fputs(s->shape, stdout);
    if (reason)
        printf("  %s", s->rule);
    putchar('\n');
}

/* The last of the definitions is the function. */
static bool function_is_scalar(const telling *t) {
    const char *shape = "scalar";
    for (size_t i = 0; i < t->e.step_count; i++)
        if (t->e.steps[i].kind == GRADUS_STEP_FORWARD)
            shape = t->e.steps[i].shape;
    return strcmp(shape, "scalar") == 0;
}

/* The heading above a group of lines. */
static void print_heading(const telling *t, const gradus_step *s) {
    switch (s->kind) {
    case GRADUS_STEP_FORWARD:
        puts(t->way == GRADUS_BY_BACKPROP ? "forward" : "the parts and their differentials");
        break;
    case GRADUS_STEP_ADJOINT:
        printf("backward (d_v stands for d%s/dv and has %s v)\n", t->e.function,
               function_is_scalar(t) ? "the shape of" : "the axes of the function, then those of");
        break;
    case GRADUS_STEP_COLLECT: puts("put together"); break;
    case GRADUS_STEP_READ: puts("read off"); break;
    default: break;
    }
}

/* Lines of one group stand under one heading. */
static int group_of(const gradus_step *s) {
    return s->kind == GRADUS_STEP_DIFFERENTIAL ? GRADUS_STEP_FORWARD : (int)s->kind;
}

static bool begins_group(const telling *t, size_t i) {
    return i == 0 || group_of(&t->e.steps[i]) != group_of(&t->e.steps[i - 1]);
}

static void print_certificate(const telling *t, FILE *out) {
    if (option_given(t->arguments, OPTION_NO_CHECK))
        fputs("not certified (--no-check)\n", out);
    else if (t->e.points == 0)
        fputs("no line holds a derivative\n", out);
    else
        fprintf(out, "certified: each line, %d points, largest relative error %.0e\n", t->e.points,
                t->e.max_relative_error);
}

/* Where the rules are found, each source once, with the rule that first needed it. */
static void print_sources(const telling *t) {
    bool any = false;
    for (size_t i = 0; i < t->e.step_count; i++) {
        const gradus_step *s = &t->e.steps[i];
        bool known = s->source[0] == '\0';
        for (size_t k = 0; k < i && !known; k++)
            known = strcmp(t->e.steps[k].source, s->source) == 0;
        if (known)
            continue;
        printf("%s%s: %s\n", any ? "         " : "sources  ",
               s->kind == GRADUS_STEP_READ ? "what is read off" : s->rule, s->source);
        any = true;
    }
}

static void tell_text(const telling *t) {
    int left = widest(t, left_width, LEFT_MOST), right = widest(t, right_width, LINE_MOST);
    int shape = widest(t, shape_width, SHAPE_MOST);
    for (size_t i = 0; i < t->e.step_count; i++) {
        if (begins_group(t, i))
            print_heading(t, &t->e.steps[i]);
        print_step(&t->e.steps[i], left, right, shape);
    }
    print_sources(t);
    fflush(stdout);
    print_certificate(t, terminal_is(1) ? stdout : stderr);
}

/* ---- Markdown ---- */

static const char *title_of(const telling *t, const gradus_step *s) {
    switch (s->kind) {
    case GRADUS_STEP_FORWARD:
        return t->way == GRADUS_BY_BACKPROP ? "Forward" : "The parts and their differentials";
    case GRADUS_STEP_ADJOINT: return "Backward";
    case GRADUS_STEP_COLLECT: return "Put together";
    default: return "Read off";
    }
}

/* A bar would end a cell of the table. */
static void print_cell(const char *s, bool code) {
    fputs(code ? "`" : "", stdout);
    for (; *s; s++)
        fputs(*s == '|' ? "\\|" : (const char[]){*s, 0}, stdout);
    fputs(code ? "`" : "", stdout);
}

static void markdown_step(const gradus_step *s) {
    fputs("| ", stdout);
    print_cell(s->left, true);
    fputs(" | ", stdout);
    print_cell(s->right, true);
    printf(" | $%s = ", s->left_latex);
    print_cell(s->right_latex, false);
    printf("$ | %s | %s%s%s%s |\n", s->shape, s->rule, s->source[0] ? " (" : "", s->source,
           s->source[0] ? ")" : "");
}

static void tell_markdown(const telling *t) {
    for (size_t i = 0; i < t->e.step_count; i++) {
        if (begins_group(t, i)) {
            printf("%s## %s\n\n", i ? "\n" : "", title_of(t, &t->e.steps[i]));
            puts("| | = | formula | shape | why |\n| --- | --- | --- | --- | --- |");
        }
        markdown_step(&t->e.steps[i]);
    }
    putchar('\n');
    print_certificate(t, stdout);
}

/* ---- LaTeX ---- */

/* Letters that mean something to TeX. */
static void print_tex(const char *s) {
    for (; *s; s++)
        if (strchr("_%&#${}", *s))
            printf("\\%c", *s);
        else if (strchr("^~\\", *s))
            printf("\\textasciicircum{}");
        else if (*s == '\'')
            fputs("$'$", stdout);
        else
            putchar(*s);
}

static void latex_step(const gradus_step *s, bool last) {
    printf("%s &= %s && \\text{", s->left_latex, s->right_latex);
    print_tex(s->shape);
    fputs("} && \\text{", stdout);
    print_tex(s->rule);
    puts(last ? "}" : "} \\\\");
}

static void tell_latex(const telling *t) {
    puts("\\documentclass{article}\n\\usepackage{amsmath,amssymb}\n\\usepackage[landscape,margin=15mm]{"
         "geometry}\n"
         "\\allowdisplaybreaks\n\\begin{document}");
    for (size_t i = 0; i < t->e.step_count; i++) {
        bool last = i + 1 == t->e.step_count || begins_group(t, i + 1);
        if (begins_group(t, i))
            printf("\\section*{%s}\n\\begin{align*}\n", title_of(t, &t->e.steps[i]));
        latex_step(&t->e.steps[i], last);
        if (last)
            puts("\\end{align*}");
    }
    print_certificate(t, stdout);
    puts("\\end{document}");
}

/* ---- JSON ---- */

static cJSON *json_step(const telling *t, const gradus_step *s) {
    static const char *const kinds[] = {"forward", "differential", "collect", "read", "adjoint", "result"};
    cJSON *o = cJSON_CreateObject();
    cJSON_AddStringToObject(o, "kind", kinds[s->kind]);
    cJSON_AddStringToObject(o, "left", s->left);
    cJSON_AddStringToObject(o, "text", s->right);
    cJSON_AddStringToObject(o, "latex", s->right_latex);
    cJSON_AddStringToObject(o, "shape", s->shape);
    cJSON_AddStringToObject(o, "rule", s->rule);
    cJSON_AddStringToObject(o, "source", s->source);
    if (option_given(t->arguments, OPTION_NO_CHECK))
        cJSON_AddNullToObject(o, "certificate");
    else
        cJSON_AddItemToObject(o, "certificate", json_certificate(&s->certificate));
    return o;
}

static int tell_json(const telling *t) {
    cJSON *o = json_start("explain"), *results = cJSON_AddArrayToObject(o, "results");
    cJSON *r = cJSON_CreateObject(), *wrt = cJSON_AddArrayToObject(r, "wrt");
    for (size_t i = 0; i < t->count; i++)
        cJSON_AddItemToArray(wrt, cJSON_CreateString(t->requests[i].names[0]));
    cJSON_AddStringToObject(r, "by", t->way == GRADUS_BY_BACKPROP ? "backprop" : "differential");
    cJSON *steps = cJSON_AddArrayToObject(r, "steps");
    for (size_t i = 0; i < t->e.step_count; i++)
        cJSON_AddItemToArray(steps, json_step(t, &t->e.steps[i]));
    cJSON_AddItemToArray(results, r);
    cJSON_AddItemToObject(o, "diagnostics", json_diagnostics(t->subject.context));
    return cli_json(o);
}

/* ---- the command ---- */

static int read_variables(telling *t, gradus_expr *wrt) {
    for (size_t i = 0; i < t->count; i++) {
        if (t->requests[i].order != 1) {
            cli_error("a derivation is of first derivatives");
            cli_help("the second derivative is the first one of the gradient: explain that");
            return 2;
        }
        wrt[i] = t->requests[i].wrt[0];
    }
    return 0;
}

static int tell(telling *t) {
    gradus_derive_options options;
    gradus_expr *wrt = calloc(t->count + 1, sizeof *wrt);
    int code = wrt ? read_variables(t, wrt) : 5;
    if (code == 0)
        code = derive_options(t->arguments, &options);
    gradus_status status = GRADUS_OK;
    if (code == 0)
        status = gradus_explain(t->subject.context, t->subject.expr, t->subject.program ? "loss" : "f",
                                t->count, wrt, t->way, &options, &t->e);
    free(wrt);
    if (code)
        return code;
    if (status != GRADUS_OK)
        return cli_fail(t->arguments, t->subject.context, status);
    if (t->form == FORM_JSON)
        return tell_json(t);
    (t->form == FORM_LATEX ? tell_latex : t->form == FORM_MARKDOWN ? tell_markdown : tell_text)(t);
    return cli_finish();
}

int run_explain(const arguments *a) {
    telling t = {.arguments = a};
    int code = read_choices(&t);
    if (code)
        return code;
    code = subject_open(a, &t.subject);
    if (code == 0)
        code = subject_alone(a, &t.subject);
    if (code == 0 && !option_given(a, OPTION_WRT))
        code = subject_wants_wrt(&t.subject);
    t.requests = code == 0 ? calloc(REQUESTS_MOST, sizeof *t.requests) : NULL;
    if (code == 0)
        code = t.requests ? requests_read(a, &t.subject, &t.count, t.requests) : 5;
    if (code == 0)
        code = tell(&t);
    free(t.requests);
    subject_close(&t.subject);
    return code;
}
