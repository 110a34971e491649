/* A node as text, LaTeX, MathML, signs for a terminal: read into a tree, cut into named parts where it
 * repeats, written. */
/* SPDX-License-Identifier: MIT */
#include "graph/einsum.h"
#include "print/print_tree.h"
#include "print/write_parts.h"

#include <string.h>

enum { BYTES_MOST = 65536 };

bool tree_write(printer *p, const tree *t, size_t most, text *out) {
    switch (p->options->format) {
    case PRINT_LATEX: return tree_write_latex(p, t, most, out);
    case PRINT_UNICODE: return tree_write_unicode(p, t, most, out);
    default: return tree_write_text(p, t, most, out);
    }
}

static bool uses_groups(const tree *t) {
    if (tree_is_call(t, "kron") || tree_is_call(t, "vec") || tree_is_call(t, "comm"))
        return true;
    if (t->kind != TREE_PRODUCT && t->kind != TREE_CHAIN && t->kind != TREE_SUM &&
        t->kind != TREE_TRANSPOSE && !tree_is_call(t, "diag"))
        return false;
    for (size_t i = 0; t->depth < TREE_DEPTH_MOST && i < t->count; i++)
        if (uses_groups(t->child[i]))
            return true;
    return t->body && uses_groups(t->body);
}

static bool print_matrix(printer *p, tree *t, size_t most, text *out, print_result *result) {
    const print_options *o = p->options;
    t = tree_settle(p, o->row ? tree_transpose(p, t) : t);
    result->notation = uses_groups(t) ? NOTATION_VEC : NOTATION_MATRIX;
    if (!o->whole && !cut_parts(p, &t, most, result))
        return false;
    return tree_write(p, t, most, out);
}

/* The formula, LaTeX without its layout. */
static bool print_written(graph *g, arena *a, ref r, const print_options *options, text *out,
                          print_result *result) {
    printer *p = ARENA_NEW(a, printer, 1);
    size_t most = options->bytes_most ? options->bytes_most : BYTES_MOST, start = out->length;
    *result = (print_result){0};
    if (!p || !printer_start(p, g, a, options))
        return false;
    graph_mark mark = graph_note(g);
    p->root = r;
    p->given = (ref)graph_count(g);
    tree *t = print_read(p, r);
    bool ok = t && options->format != PRINT_INDEX && print_matrix(p, t, most, out, result);
    if (!ok && (!t || options->format == PRINT_INDEX) && !p->failed && !p->refused) {
        result->notation = NOTATION_INDEX;
        ok = print_index(p, r, most, out);
    }
    graph_release(g, mark);
    if (!ok) {
        out->length = start;
        if (out->at)
            out->at[start] = 0;
    }
    result->too_long = !ok;
    return !p->failed && !graph_memory(g)->failed;
}

/* LaTeX as it is shown, or MathML made of it. */
static bool lay_out(arena *a, print_format format, const char *written, text *out) {
    text latex = text_new(out->memory);
    latex_layout(a, written, &latex);
    bool ok = true;
    if (format == PRINT_MATHML)
        ok = mathml_of_latex(text_string(&latex), out);
    else
        text_append(out, text_string(&latex));
    text_free(&latex);
    return ok;
}

static bool lay_out_bindings(arena *a, print_format format, print_result *result, text *scratch) {
    print_binding *list = ARENA_NEW(a, print_binding, result->binding_count + 1);
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < result->binding_count; i++) {
        text_clear(scratch);
        ok = lay_out(a, format, result->bindings[i].text, scratch);
        list[i] = result->bindings[i];
        list[i].text = arena_copy_text(a, text_string(scratch), scratch->length);
        ok = ok && list[i].text;
    }
    result->bindings = list;
    return ok;
}

bool print_node(graph *g, arena *a, ref r, const print_options *options, text *out, print_result *result) {
    print_options written = *options;
    text raw = text_new(out->memory), laid = text_new(out->memory);
    size_t most = options->bytes_most ? options->bytes_most : BYTES_MOST;
    if (options->format != PRINT_LATEX && options->format != PRINT_MATHML)
        return print_written(g, a, r, options, out, result);
    written.format = PRINT_LATEX;
    bool ok = print_written(g, a, r, &written, &raw, result);
    if (ok && !result->too_long) {
        bool fits = lay_out(a, options->format, text_string(&raw), &laid) && laid.length <= most;
        result->too_long = !fits || !lay_out_bindings(a, options->format, result, &raw);
        text_append(out, result->too_long ? "" : text_string(&laid));
    }
    text_free(&raw);
    text_free(&laid);
    return ok && !graph_memory(g)->failed;
}

void print_shape(const graph *g, ref r, bool row, text *out) {
    size_t rank = node_rank(g, r);
    if (!rank) {
        text_append(out, "scalar");
        return;
    }
    text_append(out, row && rank == 1 ? "[1, " : "[");
    for (size_t k = 0; k < rank; k++) {
        if (k)
            text_append(out, ", ");
        dim_append(g, node_axis(g, r, k), out);
    }
    text_append(out, "]");
}
