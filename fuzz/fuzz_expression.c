/* Fuzz target: text -> expression -> derivative -> text -> expression; what is printed is read again. */
/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gradus/gradus.h"

enum { TEXT_MOST = 600, NODES_MOST = 20000, BYTES_MOST = 1 << 27 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void broken(gradus_context *c, const char *what, const char *shown) {
    fprintf(stderr, "%s: %s\n%s", what, shown, gradus_messages(c, 0));
    abort();
}

/* Whether there is a message that is no warning. */
static int has_error(gradus_context *c) {
    gradus_message m;
    int found = 0;
    for (size_t i = 0; gradus_message_get(c, i, &m); i++)
        found = found || strcmp(m.severity, "error") == 0;
    return found;
}

/* A call failed exactly if it left an error; limits are no defects. */
static int good(gradus_context *c, gradus_status status) {
    if ((status == GRADUS_OK) == has_error(c))
        broken(c, "a status without an error, or an error without a status", gradus_status_text(status));
    return status == GRADUS_OK;
}

static int within_limits(gradus_status status) {
    return status != GRADUS_LIMIT && status != GRADUS_OUT_OF_MEMORY && status != GRADUS_UNSUPPORTED;
}

/* Prints in all formats; the text is accepted again and has the same shape. */
static void print_and_read(gradus_context *c, gradus_expr e) {
    gradus_printed p, again;
    gradus_expr copy;
    for (int format = GRADUS_INDEX; format >= GRADUS_TEXT; format--)
        if (!good(c, gradus_print(c, e, (gradus_format)format, 0, &p)))
            return;
    if (!p.text)
        return;
    gradus_status status = gradus_parse(c, p.text, &copy);
    if (status != GRADUS_OK && within_limits(status))
        broken(c, "the printed text is refused", p.text);
    if (!good(c, status) || !good(c, gradus_print(c, copy, GRADUS_TEXT, 0, &again)))
        return;
    if (strcmp(p.shape, again.shape) != 0)
        broken(c, "the printed text has another shape", p.text);
}

static void derive_and_print(gradus_context *c, gradus_expr f) {
    gradus_derive_options options = {.unchecked = 1};
    gradus_symbol s;
    for (size_t i = 0; gradus_symbol_get(c, i, &s) && i < 2; i++) {
        gradus_derivative d;
        if (good(c, gradus_derive(c, f, 1, &s.expr, &options, &d)))
            print_and_read(c, d.expr);
        gradus_messages_clear(c);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    char formula[TEXT_MOST + 1];
    gradus_expr f;
    if (length > TEXT_MOST || memchr(bytes, 0, length))
        return 0;
    memcpy(formula, bytes, length);
    formula[length] = '\0';
    gradus_context *c = gradus_context_new(NULL);
    if (!c)
        return 0;
    gradus_context_limit(c, NODES_MOST, BYTES_MOST);
    if (good(c, gradus_parse(c, formula, &f))) {
        print_and_read(c, f);
        gradus_messages_clear(c);
        derive_and_print(c, f);
    } else if (!gradus_messages(c, 1)[0]) {
        broken(c, "a refusal that says nothing", formula);
    }
    gradus_context_free(c);
    return 0;
}
