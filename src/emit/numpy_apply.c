/* NumPy for the operators of the table: their templates filled in. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "emit/numpy_internal.h"

static const char *const templates[OP_COUNT] = {
#define NUMPY(template)          (template)
#define ELEMENTWISE(id, columns) [OP_##id] = columns,
#define REDUCTION(id, columns)   [OP_##id] = columns,
#define AXISMAP(id, columns)     [OP_##id] = columns,
#define LINALG(id, columns)      [OP_##id] = columns,
#include "graph/ops_rows.h"
};

/* {1} stands bare between brackets or commas, and wants brackets elsewhere. */
static bool stands_alone(const char *template, const char *place) {
    bool left = place == template || place[-1] == '(';
    if (!left && place[-1] == ' ')
        left = place - 1 > template && place[-2] == ',';
    return left && (place[3] == ')' || place[3] == ',');
}

static void fill(numpy *n, const char *template, const piece *operands, const char *axis, text *out) {
    for (const char *p = template; *p;) {
        if (p[0] == '{' && p[1] >= '1' && p[1] <= '3') {
            piece x = operands[p[1] - '1'];
            text_append(out, numpy_wrap(n, x, stands_alone(template, p) ? BIND_SUM : BIND_ATOM));
            p += 3;
        } else if (strncmp(p, "{axis}", 6) == 0) {
            text_append(out, axis);
            p += 6;
        } else {
            text_append_char(out, *p++);
        }
    }
}

static const char *axis_text(numpy *n, size_t k) {
    if (k == 1)
        return "-1";
    text t = text_new(graph_memory(n->graph));
    text_append(&t, "(");
    for (size_t i = k; i > 0; i--)
        text_format(&t, "-%u%s", (unsigned)i, i > 1 ? ", " : "");
    text_append(&t, ")");
    const char *s = numpy_text(n, "%s", text_string(&t));
    text_free(&t);
    return s;
}

piece numpy_apply(numpy *n, ref r) {
    graph *g = n->graph;
    op o = node_op(g, r);
    op_kind kind = op_describe(o).kind;
    piece operands[3] = {{0}};
    size_t k = kind == KIND_REDUCTION || kind == KIND_AXISMAP ? (size_t)node_word(g, r, 0) : 0;
    size_t count = node_operand_count(g, r);
    bool narrow = kind == KIND_ELEMENTWISE && count == 1;
    for (size_t i = 0; i < count && i < 3; i++)
        operands[i] = narrow ||
                              (kind == KIND_ELEMENTWISE && i > 0 && !n->pieces[node_operand(g, r, 0)].narrow)
                          ? n->pieces[node_operand(g, r, i)]
                          : numpy_full(n, node_operand(g, r, i));
    text t = text_new(graph_memory(g));
    fill(n, templates[o] ? templates[o] : "", operands, axis_text(n, k), &t);
    const char *s = numpy_text(n, "%s", text_string(&t));
    text_free(&t);
    numpy_note_helpers(n, s);
    return (piece){s, BIND_ATOM, narrow && operands[0].narrow};
}
