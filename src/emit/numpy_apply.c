/* NumPy for the operators of the table: their templates filled in; the helper functions they call. */
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

typedef struct helper {
    const char *call, *source;
} helper;

static const helper helpers[] = {
    {"_sigmoid(", "def _sigmoid(x):\n"
                  "    e = np.exp(-np.abs(x))\n"
                  "    return np.where(x >= 0, 1.0/(1.0 + e), e/(1.0 + e))\n"},
    {"_erf(", "def _erf(x):\n"
              "    from math import erf\n"
              "    return np.vectorize(erf, otypes=[float])(x)\n"},
    {"_logsumexp(", "def _logsumexp(x, axis):\n"
                    "    m = np.max(x, axis=axis, keepdims=True)\n"
                    "    m = np.where(np.isfinite(m), m, 0.0)\n"
                    "    return np.log(np.sum(np.exp(x - m), axis=axis)) + np.squeeze(m, axis=axis)\n"},
    {"_softmax(", "def _softmax(x, axis):\n"
                  "    e = np.exp(x - np.max(x, axis=axis, keepdims=True))\n"
                  "    return e/np.sum(e, axis=axis, keepdims=True)\n"},
    {"_argmax(", "def _argmax(x, axis):\n"
                 "    k = 1 if np.isscalar(axis) else len(axis)\n"
                 "    return np.argmax(x.reshape(x.shape[:x.ndim - k] + (-1,)), axis=-1).astype(float)\n"},
    {"_onehotmax(", "def _onehotmax(x, axis):\n"
                    "    k = 1 if np.isscalar(axis) else len(axis)\n"
                    "    flat = x.reshape(x.shape[:x.ndim - k] + (-1,))\n"
                    "    hot = np.argmax(flat, axis=-1)[..., None] == np.arange(flat.shape[-1])\n"
                    "    return hot.reshape(x.shape)*1.0\n"},
    {"_prodothers(", "def _prodothers(x):\n"
                     "    one = np.ones(x.shape[:-1] + (1,))\n"
                     "    before = np.cumprod(np.concatenate((one, x[..., :-1]), axis=-1), axis=-1)\n"
                     "    behind = np.cumprod(np.concatenate((one, x[..., :0:-1]), axis=-1), axis=-1)\n"
                     "    return before*behind[..., ::-1]\n"},
    {"_adj(", "def _adj(x):\n"
              "    n = x.shape[-1]\n"
              "    minors = [[np.linalg.det(np.delete(np.delete(x, i, -2), j, -1))*(-1.0)**(i + j)\n"
              "               for i in range(n)] for j in range(n)]\n"
              "    return np.moveaxis(np.array(minors), (0, 1), (-2, -1))\n"},
    {"_pinv(", "def _pinv(x):\n"
               "    return np.linalg.pinv(x, rcond=max(x.shape[-2:])*np.finfo(float).eps)\n"},
    {"_toepsum(", "def _toepsum(x):\n"
                  "    n = x.shape[-1]\n"
                  "    y = np.zeros(x.shape)\n"
                  "    for k in range(1 - n, n):\n"
                  "        i = np.arange(max(0, -k), min(n, n - k))\n"
                  "        y[..., i, i + k] = np.sum(x[..., i, i + k], axis=-1, keepdims=True)\n"
                  "    return y\n"},
    {"_over_norm(",
     "def _over_norm(x):\n"
     "    return np.divide(1.0, x, out=np.zeros_like(x, dtype=float), where=np.asarray(x) != 0)\n"},
};

void numpy_helpers(uint32_t used, text *out) {
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++)
        if (used >> i & 1)
            text_format(out, "\n\n%s", helpers[i].source);
}

/* A helper comes after those that it calls. */
void numpy_note_helpers(numpy *n, const char *s) {
    const size_t count = sizeof helpers / sizeof *helpers;
    uint32_t before = n->helpers;
    for (size_t i = 0; i < count; i++)
        if (strstr(s, helpers[i].call))
            n->helpers |= (uint32_t)1 << i;
    for (size_t i = count; i-- > 0;)
        for (size_t j = 0; ((n->helpers & ~before) >> i & 1) && j < i; j++)
            if (strstr(helpers[i].source, helpers[j].call))
                n->helpers |= (uint32_t)1 << j;
}

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
