/* Derivatives of four axes as what they do: H[V], J[V], the matrix on vec(X), the one matrix that is all. */
/* SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>
#include <string.h>

#include "cli/cli.h"

enum { ON_VEC_MOST = 400 }; /* bytes of a Hessian on vec(X), or of a core, that is still read */

gradus_status read_back(subject *s, gradus_expr d, size_t order, const gradus_expr *wrt,
                        const gradus_derive_options *options, gradus_printed *p,
                        gradus_certificate *verdict) {
    gradus_context *c = s->context;
    gradus_expr claim;
    *p = (gradus_printed){0};
    gradus_status status = gradus_print(c, d, GRADUS_TEXT, 0, p);
    if (status == GRADUS_OK && p->text)
        status = gradus_parse_again(c, p->text, &claim);
    if (status == GRADUS_OK && p->text && !options->unchecked)
        status = gradus_certify(c, s->expr, order, wrt, claim, options, verdict);
    return status;
}

/* A tensor by a matrix, Hessian or Jacobian, is also shown as what it does to a direction. */
static char letter_of(subject *s, const request *q) {
    gradus_context *c = s->context;
    size_t rank = gradus_rank(c, s->expr);
    if (gradus_rank(c, q->wrt[0]) < 2 || !gradus_same(c, q->wrt[0], q->variables[0]))
        return 0;
    if (q->order == 2 && rank == 0 && gradus_same(c, q->wrt[0], q->wrt[1]))
        return 'H';
    return q->order == 1 && rank > 0 ? 'J' : 0;
}

/* Printed, if there is a matrix formula that is still read. */
static gradus_printed print_short(subject *s, gradus_expr e, gradus_format format) {
    gradus_printed p = {0};
    if (gradus_print(s->context, e, format, 0, &p) != GRADUS_OK || !p.text ||
        strcmp(p.notation, "index") == 0 || strlen(p.text) > ON_VEC_MOST)
        p = (gradus_printed){0};
    return p;
}

/* The Hessian as a matrix, d2f/dvec(X) dvec(X)'. Where it has none in matrix notation there is no line. */
static void derive_on_vec(subject *s, const request *asked, const gradus_derive_options *options,
                          gradus_format format, action *a) {
    gradus_context *c = s->context;
    gradus_wrt_form form = {0};
    gradus_derivative d;
    gradus_printed text;
    gradus_certificate verdict = {0};
    char name[300];
    (void)snprintf(name, sizeof name, "vec(%.250s)", asked->names[0]);
    bool known = !strchr(asked->names[0], '(') && gradus_wrt(c, name, &form) == GRADUS_OK;
    gradus_expr by[2] = {form.by, form.by};
    if (known && gradus_derive(c, s->expr, 2, by, options, &d) == GRADUS_OK &&
        read_back(s, d.expr, 2, by, options, &text, &verdict) == GRADUS_OK &&
        (verdict.passed || options->unchecked))
        a->on_vec = print_short(s, d.expr, format);
    gradus_messages_clear(c);
}

/* Its text is read again, made the tensor that it stands for, and certified as the Hessian. */
static bool core_certified(subject *s, const request *asked, gradus_expr whole, gradus_core pattern,
                           const char *text, const gradus_derive_options *options) {
    gradus_context *c = s->context;
    gradus_certificate verdict = {0};
    gradus_expr core, tensor;
    return gradus_parse_again(c, text, &core) == GRADUS_OK &&
           gradus_hessian_of_core(c, pattern, core, whole, &tensor) == GRADUS_OK &&
           (options->unchecked ||
            (gradus_certify(c, s->expr, 2, asked->wrt, tensor, options, &verdict) == GRADUS_OK &&
             verdict.passed));
}

static void derive_core(subject *s, const request *asked, gradus_expr whole,
                        const gradus_derive_options *options, gradus_format format, action *a) {
    gradus_expr core;
    gradus_core pattern = gradus_hessian_core(s->context, whole, &core);
    gradus_printed text = {0};
    if (pattern != GRADUS_CORE_NONE)
        text = print_short(s, core, GRADUS_TEXT);
    if (text.text && core_certified(s, asked, whole, pattern, text.text, options)) {
        a->pattern = pattern;
        a->core = print_short(s, core, format);
    }
    gradus_messages_clear(s->context);
}

gradus_status action_derive(subject *s, const request *asked, gradus_expr whole,
                            const gradus_derive_options *options, gradus_format format, bool shown,
                            action *a) {
    gradus_context *c = s->context;
    gradus_derivative product;
    char head[24];
    a->letter = letter_of(s, asked);
    if (!a->letter)
        return GRADUS_OK;
    a->direction = gradus_direction(c);
    gradus_status status = (a->letter == 'H' ? gradus_hessian_product : gradus_jacobian_product)(
        c, s->expr, asked->wrt[0], a->direction, options, &product);
    (void)snprintf(head, sizeof head, "%c[%.16s]", a->letter, a->direction);
    if (status == GRADUS_OK)
        status = gradus_print_named(c, product.expr, format, 0, shown ? head : NULL, &a->product);
    if (status == GRADUS_OK && a->letter == 'H') {
        derive_on_vec(s, asked, options, format, a);
        derive_core(s, asked, whole, options, format, a);
    }
    return status;
}

/* ---- output ---- */

typedef struct pattern_words {
    const char *name, *before; /* the variable follows */
} pattern_words;

static const pattern_words words[] = {
    [GRADUS_CORE_ENTRIES] = {"entries", "entry by entry of "},
    [GRADUS_CORE_ROWS] = {"rows", "the same for each row of "},
    [GRADUS_CORE_COLUMNS] = {"columns", "the same for each column of "},
};

static bool is_index(const gradus_printed *p) {
    return p->text && strcmp(p->notation, "index") == 0;
}

void action_print(const action *a, const char *variable, FILE *out) {
    if (!a->direction)
        return;
    if (is_index(&a->product)) /* which has a left side of its own */
        fprintf(out, "%s\n", a->product.text);
    else
        fprintf(out, "%c[%s] = %s\n", a->letter, a->direction,
                a->product.text ? a->product.text : NO_FORMULA);
    if (a->on_vec.text)
        fprintf(out, "on vec(%s): %s\n", variable, a->on_vec.text);
    if (a->core.text)
        fprintf(out, "compressed: %s, %s%s\n", a->core.text, words[a->pattern].before, variable);
}

void action_markdown(const action *a, const char *variable) {
    if (is_index(&a->product))
        printf("$$%s$$\n\n", a->product.text);
    else if (a->direction && a->product.text)
        printf("$$%c\\left[%s\\right] = %s$$\n\n", a->letter, a->direction, a->product.text);
    if (a->core.text)
        printf("Compressed: $%s$, %s`%s`.\n\n", a->core.text, words[a->pattern].before, variable);
}

void action_json(const action *a, cJSON *o) {
    if (!a->direction)
        return;
    cJSON_AddItemToObject(o, "action",
                          a->product.text ? cJSON_CreateString(a->product.text) : cJSON_CreateNull());
    if (a->on_vec.text)
        cJSON_AddStringToObject(o, "vec", a->on_vec.text);
    if (a->core.text) {
        cJSON *core = cJSON_AddObjectToObject(o, "compressed");
        cJSON_AddStringToObject(core, "text", a->core.text);
        cJSON_AddStringToObject(core, "pattern", words[a->pattern].name);
    }
}
