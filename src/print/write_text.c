/* Trees as text of the language. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

typedef struct text_writer {
    text *out;
    size_t most;
    bool full;
} text_writer;

static void write_token(void *user, const char *s) {
    text_writer *w = user;
    if (w->full)
        return;
    text_append(w->out, s);
    w->full = w->out->length > w->most;
}

static void write_part(void *user, const tree *t, bool brackets) {
    text_writer *w = user;
    if (w->full)
        return;
    if (brackets)
        write_token(user, "(");
    tree_spell(t, &(speller){user, write_token, write_part});
    if (brackets)
        write_token(user, ")");
}

bool tree_write_text(printer *p, const tree *t, size_t most, text *out) {
    text_writer w = {.out = out, .most = out->length + most};
    if (p->failed || p->refused || t->cost > most || t->depth > 4 * TREE_DEPTH_MOST)
        return false;
    write_part(&w, t, false);
    return !w.full;
}
