/* Index notation: J[i,j,k] = eye(n)[i,j]*x[k]; letters that are on the right only are summed over. */
/* SPDX-License-Identifier: MIT */
#include "print/print_index.h"
#include "print/write_parts.h"

#include <string.h>

enum { INDEX_DEPTH_MOST = 48 };

/* LaTeX that ends in a sub- or superscript takes no further one: I_{m}, X^{-1}. */
static bool ends_in_script(const index_writer *w, size_t begin) {
    const char *s = text_string(w->out) + begin;
    size_t length = w->out->length - begin;
    return length && s[length - 1] == '}' && (strstr(s, "_{") || strstr(s, "^{"));
}

/* x[(i,j),k] as reshape(x, m, n, p)[i,j,k]: its letters; their number. */
static size_t split_groups(index_writer *w, tree **t, size_t count, const uint16_t *letters,
                           uint16_t *parts) {
    printer *p = w->printer;
    tree *arguments[RANK_MOST + 1] = {*t};
    size_t n = 0;
    for (size_t k = 0; k < count; k++) {
        const letter_state *s = &w->state[letters[k]];
        for (size_t i = 0; i < (s->group ? s->count : 1u) && n < RANK_MOST; i++)
            parts[n++] = s->group ? s->part[i] : letters[k];
    }
    for (size_t i = 0; i < n; i++)
        arguments[i + 1] = tree_size(p, w->state[parts[i]].size);
    if (n)
        *t = tree_call(p, TREE_MATRIX, "reshape", n + 1, arguments);
    return n;
}

static bool has_group(const index_writer *w, size_t count, const uint16_t *letters) {
    for (size_t k = 0; k < count; k++)
        if (w->state[letters[k]].group)
            return true;
    return false;
}

/* An entry of the identity is Kronecker's delta, in formats that are not read again. */
static bool put_delta(index_writer *w, const tree *t, size_t count, const uint16_t *letters) {
    print_format format = w->printer->options->format;
    if (count != 2 || !tree_is_call(t, "eye") || (!w->latex && format != PRINT_UNICODE) ||
        index_word_taken(w, "delta"))
        return false;
    index_put(w, w->latex ? "\\delta" : "δ");
    index_put_places(w, count, letters);
    return true;
}

const char *index_open(const index_writer *w) {
    return w->latex ? "\\left(" : "(";
}

const char *index_close(const index_writer *w) {
    return w->latex ? "\\right)" : ")";
}

/* A tree in matrix notation, at an entry. */
void index_put_tree(index_writer *w, tree *t, size_t count, const uint16_t *letters, bool brackets) {
    uint16_t parts[RANK_MOST];
    if (w->split && has_group(w, count, letters)) {
        count = split_groups(w, &t, count, letters, parts);
        letters = parts;
    }
    const uint16_t turned[2] = {count == 2 ? letters[1] : 0, count == 2 ? letters[0] : 0};
    if (count == 2 && t->kind == TREE_TRANSPOSE) { /* X'[i,j] is X[j,i] */
        t = t->child[0];
        letters = turned;
    }
    if (put_delta(w, t, count, letters))
        return;
    bool held = brackets || (count && tree_level(t) < 5);
    size_t begin = w->out->length;
    size_t room = w->out->length > w->most ? 0 : w->most - w->out->length;
    index_put(w, held ? index_open(w) : "");
    w->full = w->full || !tree_write(w->printer, t, room, w->out);
    index_put(w, held ? index_close(w) : "");
    if (w->latex && count && !held && ends_in_script(w, begin)) {
        index_insert(w, begin, "\\left(");
        index_put(w, "\\right)");
    }
    index_put_places(w, count, letters);
}

/* ---- one entry of a node ---- */

tree *index_tree(printer *p, ref r) {
    if (!reading_tree(p, r))
        print_read(p, r); /* the inside of a sum that was distributed */
    return reading_tree(p, r);
}

/* Linear algebra on the last axes of a tensor. */
static bool is_batched(const graph *g, ref r) {
    return op_describe(node_op(g, r)).kind == KIND_LINALG &&
           node_rank(g, node_operand(g, r, 0)) > op_shape_of(node_op(g, r)).operand[0].rank;
}

bool index_is_open(const index_writer *w, ref r) {
    const char *spelt;
    graph *g = w->printer->graph;
    if (node_named(w->printer, r, &spelt) || node_op(g, r) == OP_SYMBOL)
        return false;
    op o = node_op(g, r);
    const tree *t = index_tree(w->printer, r);
    if (t && (tree_is_call(t, "tril") || tree_is_call(t, "triu")))
        return false; /* its comparison of counts has no other spelling */
    op_kind kind = op_describe(o).kind;
    bool inside = o == OP_EINSUM || o == OP_SUM || o == OP_WHERE || kind == KIND_ELEMENTWISE;
    if (is_batched(g, r) || (!t && node_operand_count(g, r)))
        return true; /* of a tensor */
    return (node_rank(g, r) > 2 && o != OP_ZERO) || (inside && w->expand && node_rank(g, r) > 0) ||
           (inside && reading_stuck(w->printer, r));
}

static void put_name(index_writer *w, const char *function) {
    index_put(w, w->latex ? "\\operatorname{" : "");
    index_put(w, function);
    index_put(w, w->latex ? "}" : "");
}

static void put_operands(index_writer *w, ref r, const uint16_t *letters, size_t depth, const char *between) {
    graph *g = w->printer->graph;
    for (size_t i = 0; i < node_operand_count(g, r); i++) {
        index_put(w, i ? between : "");
        index_put_entry(w, node_operand(g, r, i), letters, depth + 1, between[0] != ',');
    }
}

/* where(c, a, b) in LaTeX. */
static void put_cases(index_writer *w, ref r, const uint16_t *letters, size_t depth) {
    graph *g = w->printer->graph;
    index_put(w, "\\begin{cases} ");
    index_put_entry(w, node_operand(g, r, 1), letters, depth + 1, false);
    index_put(w, " & \\text{if } ");
    index_put_entry(w, node_operand(g, r, 0), letters, depth + 1, false);
    index_put(w, " \\\\ ");
    index_put_entry(w, node_operand(g, r, 2), letters, depth + 1, false);
    index_put(w, " & \\text{otherwise} \\end{cases}");
}

/* a < b, a^b in brackets, f(a, b). */
static void put_function(index_writer *w, ref r, const uint16_t *letters, size_t depth) {
    op o = node_op(w->printer->graph, r);
    const char *sign = compare_sign(op_name(o), w->latex), *between = sign;
    if (o == OP_WHERE && w->latex) {
        put_cases(w, r, letters, depth);
        return;
    }
    if (!sign)
        between = o != OP_POW ? ", " : w->latex ? "^{" : "^";
    if (!sign && o != OP_POW)
        put_name(w, op_name(o));
    index_put(w, sign && w->latex ? "\\left[" : index_open(w));
    put_operands(w, r, letters, depth, between);
    index_put(w, o == OP_POW && w->latex ? "}" : "");
    index_put(w, sign && w->latex ? "\\right]" : index_close(w));
}

/* What stands before the letters, between them and the operand, and behind it. */
typedef struct reduction_words {
    const char *before, *between, *behind;
} reduction_words;

static reduction_words words_of_reduction(op o, bool latex) {
    if (o == OP_LOGSUMEXP)
        return latex ? (reduction_words){"\\log\\sum", "\\exp\\left(", "\\right)"}
                     : (reduction_words){"log(sum", "(exp(", ")))"};
    if (o == OP_NORM2)
        return latex ? (reduction_words){"\\sqrt{\\sum", " ", "^{2}}"}
                     : (reduction_words){"sqrt(sum", "(", "^2))"};
    return latex ? (reduction_words){NULL, "\\left(", "\\right)"} : (reduction_words){NULL, "(", ")"};
}

/* max[l](...), and sums for the functions that have no such form. */
static bool put_reduction(index_writer *w, ref r, const uint16_t *letters, size_t depth) {
    graph *g = w->printer->graph;
    ref x = node_operand(g, r, 0);
    size_t rank = node_rank(g, x), k = (size_t)node_word(g, r, 0);
    op o = node_op(g, r);
    uint16_t inner[RANK_MOST];
    if (o == OP_ARGMAX)
        return false;
    for (size_t i = 0; i < rank; i++)
        inner[i] = i < rank - k ? letters[i] : index_axis_letter(w, x, i);
    reduction_words words = words_of_reduction(o, w->latex);
    index_put(w, words.before ? words.before : w->latex ? "\\" : "");
    index_put(w, words.before ? "" : op_describe(o).name);
    index_put_places(w, k, inner + rank - k);
    index_put(w, words.between);
    index_put_entry(w, x, inner, depth + 1, o == OP_NORM2);
    index_put(w, words.behind);
    index_release(w, k, inner + rank - k);
    return true;
}

static bool put_softmax(index_writer *w, ref r, const uint16_t *letters, size_t depth) {
    graph *g = w->printer->graph;
    ref x = node_operand(g, r, 0);
    size_t rank = node_rank(g, x), k = (size_t)node_word(g, r, 0);
    uint16_t inner[RANK_MOST];
    if (node_op(g, r) != OP_SOFTMAX)
        return false;
    for (size_t i = 0; i < rank; i++)
        inner[i] = i < rank - k ? letters[i] : index_axis_letter(w, x, i);
    index_put(w, w->latex ? "\\frac{\\exp\\left(" : "(exp(");
    index_put_entry(w, x, letters, depth + 1, false);
    index_put(w, w->latex ? "\\right)}{\\sum" : ")/sum");
    index_put_places(w, k, inner + rank - k);
    index_put(w, w->latex ? "\\exp\\left(" : "(exp(");
    index_put_entry(w, x, inner, depth + 1, false);
    index_put(w, w->latex ? "\\right)}" : ")))");
    index_release(w, k, inner + rank - k);
    return true;
}

/* A variable, or something that the user named. */
static bool is_word(const index_writer *w, ref r) {
    const char *spelt;
    return node_op(w->printer->graph, r) == OP_SYMBOL || node_named(w->printer, r, &spelt);
}

/* Whether a tensor can stand as a whole: a variable, or functions of one. */
static bool is_whole(const index_writer *w, ref r) {
    const graph *g = w->printer->graph;
    for (size_t depth = 0; !is_word(w, r); depth++) {
        op_info info = op_describe(node_op(g, r));
        if (info.kind != KIND_ELEMENTWISE || info.arity != 1 || depth > INDEX_DEPTH_MOST)
            return false;
        r = node_operand(g, r, 0);
    }
    return reading_tree(w->printer, r) != NULL;
}

static void put_whole(index_writer *w, ref r) {
    if (is_word(w, r)) {
        index_put_tree(w, reading_tree(w->printer, r), 0, NULL, false);
        return;
    }
    put_name(w, op_describe(node_op(w->printer->graph, r)).name);
    index_put(w, w->latex ? "\\left(" : "(");
    put_whole(w, node_operand(w->printer->graph, r, 0));
    index_put(w, w->latex ? "\\right)" : ")");
}

/* r = c*x with its axes in another order: axis[k] is the one of x that axis k of r is. False otherwise. */
static bool take_turn(const graph *g, ref r, ref *x, rational *c, uint8_t *axis) {
    einsum e;
    size_t rank = node_rank(g, r);
    for (size_t k = 0; k < rank; k++)
        axis[k] = (uint8_t)k;
    *x = r;
    *c = RATIONAL(1);
    if (node_op(g, r) != OP_EINSUM)
        return true;
    einsum_read(g, r, &e);
    bool plain = e.factor_count == 1 && e.factors[0].num == 1 && e.factors[0].den == 1 &&
                 e.factors[0].rank == rank && e.label_count == rank;
    for (size_t k = 0; plain && k < rank; k++) {
        label out, in;
        plain = einsum_slot_single(&e, 1, k, &out);
        for (size_t i = 0; plain && i < rank; i++)
            if (einsum_slot_single(&e, 0, i, &in) && in == out)
                axis[k] = (uint8_t)i;
    }
    *x = e.factors[0].node;
    *c = e.coefficient;
    return plain;
}

/* onehotmax(T, axis=2)[i,j,k], onehotmax(-T)[i,j,k] of a tensor. */
static bool put_axis_map(index_writer *w, ref r, const uint16_t *letters) {
    graph *g = w->printer->graph;
    size_t rank = node_rank(g, r), k = (size_t)node_word(g, r, 0);
    uint8_t axis[RANK_MOST];
    uint16_t turned[RANK_MOST];
    char number[8] = "";
    rational c;
    ref x;
    if (!take_turn(g, node_operand(g, r, 0), &x, &c, axis) || c.den != 1 || (c.num != 1 && c.num != -1))
        return false;
    bool straight = true;
    for (size_t i = 0; i < rank; i++) {
        turned[axis[i]] = letters[i];
        straight = straight && axis[i] == i;
    }
    if (k != 1 && !(k == rank && straight)) /* the first of equal entries is first in this order */
        return false;
    if (!is_whole(w, x))
        return false;
    if (k == 1)
        (void)snprintf(number, sizeof number, "%u", axis[rank - 1] + 1u);
    put_name(w, op_describe(node_op(g, r)).name);
    if (w->latex && k == 1) { /* the axis as a script */
        index_put(w, "_{");
        index_put(w, number);
        index_put(w, "}");
    }
    index_put(w, w->latex ? "\\left(" : "(");
    index_put(w, c.num < 0 ? "-" : "");
    put_whole(w, x);
    index_put(w, !w->latex && k == 1 ? ", axis=" : "");
    index_put(w, w->latex ? "" : number);
    index_put(w, w->latex ? "\\right)" : ")");
    index_put_places(w, rank, turned);
    return true;
}

/* The number that stands in every entry, if it is positive; NULL otherwise. */
static tree *constant_of(index_writer *w, ref r) {
    tree *t = reading_tree(w->printer, r);
    if (t && tree_is_ones(t))
        return tree_number(w->printer, RATIONAL(1));
    if (!t || t->kind != TREE_PRODUCT || t->count || !t->body || !tree_is_ones(t->body) || t->number.num < 0)
        return NULL;
    return tree_number(w->printer, t->number);
}

static void put_open(index_writer *w, ref r, const uint16_t *letters, size_t depth, bool brackets) {
    graph *g = w->printer->graph;
    op o = node_op(g, r);
    op_kind kind = op_describe(o).kind;
    tree *constant = constant_of(w, r);
    if (constant) {
        index_put_tree(w, constant, 0, NULL, false);
    } else if (o == OP_EINSUM || o == OP_SUM) {
        index_put(w, brackets ? index_open(w) : "");
        index_put_terms(w, r, letters, depth + 1);
        index_put(w, brackets ? index_close(w) : "");
    } else if (o == OP_WHERE || kind == KIND_ELEMENTWISE) {
        put_function(w, r, letters, depth);
    } else if (!(kind == KIND_REDUCTION && put_reduction(w, r, letters, depth)) &&
               !(kind == KIND_AXISMAP &&
                 (put_softmax(w, r, letters, depth) || put_axis_map(w, r, letters))) &&
               !index_put_sliced(w, r, letters)) {
        w->full = true;
    }
}

void index_put_entry(index_writer *w, ref r, const uint16_t *letters, size_t depth, bool brackets) {
    graph *g = w->printer->graph;
    size_t rank = node_rank(g, r);
    if (depth > INDEX_DEPTH_MOST || w->full) {
        w->full = true;
        return;
    }
    if (index_is_open(w, r)) {
        put_open(w, r, letters, depth, brackets);
        return;
    }
    tree *t = index_tree(w->printer, r);
    if (!t) {
        w->full = true;
        return;
    }
    if (node_op(g, r) == OP_ZERO && depth > 0) { /* inside, where other entries hold the letters */
        index_put(w, "0");
        return;
    }
    index_put_tree(w, t, rank, letters, !rank && brackets && tree_level(t) < 3);
}

/* ---- the whole ---- */

static const char *head_name(const index_writer *w) {
    static const char *const names[] = {"J", "G", "T", "R", "J0", "G0"};
    const char *own = w->printer->options->head;
    if (own && !index_word_taken(w, own))
        return own;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!index_word_taken(w, names[i]))
            return names[i];
    return "result";
}

/* (right side)*ones(n)[i] for a letter that the right side does not hold. */
static void put_if_missing(index_writer *w, size_t begin, uint16_t letter, bool *open) {
    if (w->state[letter].seen || w->full || (w->latex && !w->state[letter].held))
        return;
    w->vague = w->vague || w->state[letter].held;
    if (!*open && w->loose) {
        index_insert(w, begin, index_open(w));
        index_put(w, index_close(w));
    }
    *open = true;
    index_put(w, w->latex ? " " : "*");
    index_put_tree(w, tree_ones(w->printer, w->state[letter].size), 1, &letter, false);
}

static void put_missing(index_writer *w, size_t begin, size_t count, const uint16_t *letters) {
    bool open = false;
    for (size_t k = 0; k < count; k++) {
        const letter_state *s = &w->state[letters[k]];
        if (!s->group)
            put_if_missing(w, begin, letters[k], &open);
        for (size_t i = 0; i < s->count; i++)
            put_if_missing(w, begin, s->part[i], &open);
    }
}

static void put_statement(index_writer *w, ref r) {
    uint16_t letters[RANK_MOST];
    size_t count = node_rank(w->printer->graph, r);
    for (size_t k = 0; k < count; k++)
        letters[k] = index_axis_letter(w, r, k);
    if (count) {
        index_put(w, head_name(w));
        index_put_places(w, count, letters);
        index_put(w, " = ");
    }
    for (size_t i = 0; i < LETTER_IDS_MOST; i++)
        w->state[i].seen = w->state[i].held = false;
    size_t begin = w->out->length;
    index_put_terms(w, r, letters, 0);
    put_missing(w, begin, count, letters);
}

bool print_index(printer *p, ref r, size_t most, text *out) {
    size_t start = out->length;
    index_writer w = {.printer = p, .out = out, .most = start + most};
    w.expand = p->options->format == PRINT_INDEX;
    w.latex = p->options->format == PRINT_LATEX;
    if (!index_take_words(&w, r)) {
        p->failed = true;
        return false;
    }
    index_writer again = w;
    put_statement(&w, r);
    if (!w.vague || p->failed)
        return !w.full && !p->failed;
    out->length = start;
    again.split = true;
    put_statement(&again, r);
    return !again.full && !p->failed;
}
