/* Index notation: J[i,j,k] = eye(n)[i,j]*x[k]; letters that are on the right only are summed over. */
/* SPDX-License-Identifier: MIT */
#include "print/print_index.h"

#include <string.h>

enum { INDEX_DEPTH_MOST = 48, LETTERS_MOST = 32 };

/* ---- letters ---- */

static void spell_letter(uint16_t letter, char *word, size_t size) {
    static const char order[] = "ijklpqrsuvwabcdefghmnotxyz";
    size_t n = sizeof order - 1, round = letter / n;
    if (round)
        snprintf(word, size, "%c%zu", order[letter % n], round);
    else
        snprintf(word, size, "%c", order[letter % n]);
}

static bool word_taken(const index_writer *w, const char *word) {
    for (size_t i = 0; i < w->taken_count; i++)
        if (strcmp(w->taken[i], word) == 0)
            return true;
    return false;
}

/* A letter of that size: one set free before, else the next that is neither a name nor a size. */
uint16_t index_fresh(index_writer *w, dim size) {
    char word[16];
    for (uint16_t i = 0; i < w->next; i++)
        if (w->state[i].free && w->state[i].size == size) {
            w->state[i].free = false;
            return i;
        }
    do
        spell_letter(w->next, word, sizeof word);
    while (word_taken(w, word) && ++w->next < LETTER_IDS_MOST);
    if (w->next >= LETTER_IDS_MOST || w->made++ >= LETTERS_MOST) {
        w->full = true;
        return 0;
    }
    w->state[w->next] = (letter_state){.size = size};
    return w->next++;
}

/* The letters of a sum that is written may stand for others of their size. */
void index_release(index_writer *w, size_t count, const uint16_t *letters) {
    for (size_t i = 0; i < count; i++)
        w->state[letters[i]].free = true;
}

static void put_letter(index_writer *w, uint16_t letter) {
    char word[16];
    w->state[letter].seen = true;
    spell_letter(letter, word, sizeof word);
    index_put(w, word);
}

void index_put(index_writer *w, const char *s) {
    if (w->out->length > w->most)
        w->full = true;
    else
        text_append(w->out, s);
}

/* `s` at byte `begin`. */
static void index_insert(index_writer *w, size_t begin, const char *s) {
    size_t length = w->out->length, more = strlen(s);
    index_put(w, s);
    if (w->out->length == length)
        return;
    memmove(w->out->at + begin + more, w->out->at + begin, length - begin);
    memcpy(w->out->at + begin, s, more);
}

void index_put_places(index_writer *w, size_t count, const uint16_t *letters) {
    if (!count)
        return;
    index_put(w, w->latex ? "_{" : "[");
    for (size_t k = 0; k < count; k++) {
        index_put(w, k ? w->latex ? " " : "," : "");
        put_letter(w, letters[k]);
    }
    index_put(w, w->latex ? "}" : "]");
}

/* LaTeX that ends in a sub- or superscript takes no further one: I_{m}, X^{-1}. */
static bool ends_in_script(const index_writer *w, size_t begin) {
    const char *s = text_string(w->out) + begin;
    size_t length = w->out->length - begin;
    return length && s[length - 1] == '}' && (strstr(s, "_{") || strstr(s, "^{"));
}

/* A tree in matrix notation, at an entry. */
void index_put_tree(index_writer *w, const tree *t, size_t count, const uint16_t *letters, bool brackets) {
    const uint16_t turned[2] = {count == 2 ? letters[1] : 0, count == 2 ? letters[0] : 0};
    if (count == 2 && t->kind == TREE_TRANSPOSE) { /* X'[i,j] is X[j,i] */
        t = t->child[0];
        letters = turned;
    }
    bool held = brackets || (count && tree_level(t) < 5);
    size_t begin = w->out->length;
    size_t room = w->out->length > w->most ? 0 : w->most - w->out->length;
    index_put(w, held ? w->latex ? "\\left(" : "(" : "");
    w->full = w->full || !tree_write(w->printer, t, room, w->out);
    index_put(w, held ? w->latex ? "\\right)" : ")" : "");
    if (w->latex && count && !held && ends_in_script(w, begin)) {
        index_insert(w, begin, "\\left(");
        index_put(w, "\\right)");
    }
    index_put_places(w, count, letters);
}

/* ---- one entry of a node ---- */

bool index_is_open(const index_writer *w, ref r) {
    const char *spelt;
    graph *g = w->printer->graph;
    if (node_named(w->printer, r, &spelt) || node_op(g, r) == OP_SYMBOL)
        return false;
    op o = node_op(g, r);
    const tree *t = reading_tree(w->printer, r);
    if (t && (tree_is_call(t, "tril") || tree_is_call(t, "triu")))
        return false; /* its comparison of counts has no other spelling */
    op_kind kind = op_describe(o).kind;
    bool inside = o == OP_EINSUM || o == OP_SUM || o == OP_WHERE || kind == KIND_ELEMENTWISE;
    if (!t && (kind == KIND_REDUCTION || kind == KIND_AXISMAP))
        return true; /* of a tensor */
    return (node_rank(g, r) > 2 && o != OP_ZERO) || (inside && w->expand && node_rank(g, r) > 0) ||
           (inside && reading_stuck(w->printer, r));
}

static void put_operands(index_writer *w, ref r, const uint16_t *letters, size_t depth, const char *between) {
    graph *g = w->printer->graph;
    for (size_t i = 0; i < node_operand_count(g, r); i++) {
        index_put(w, i ? between : "");
        index_put_entry(w, node_operand(g, r, i), letters, depth + 1, between[0] != ',');
    }
}

static void put_function(index_writer *w, ref r, const uint16_t *letters, size_t depth) {
    op o = node_op(w->printer->graph, r);
    const char *function = o == OP_WHERE ? "where" : op_describe(o).name;
    bool infix = o == OP_LT || o == OP_LE || o == OP_GT || o == OP_GE || o == OP_EQ || o == OP_NE;
    char sign[8];
    snprintf(sign, sizeof sign, " %.4s ", function);
    index_put(w, infix || o == OP_POW ? "(" : w->latex ? "\\operatorname{" : function);
    if (w->latex && !infix && o != OP_POW) {
        index_put(w, function);
        index_put(w, "}");
    }
    index_put(w, infix || o == OP_POW ? "" : "(");
    put_operands(w, r, letters, depth, infix ? sign : o == OP_POW ? "^" : ", ");
    index_put(w, ")");
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
        inner[i] = i < rank - k ? letters[i] : index_fresh(w, node_axis(g, x, i));
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
        inner[i] = i < rank - k ? letters[i] : index_fresh(w, node_axis(g, x, i));
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

static void put_name(index_writer *w, const char *function) {
    index_put(w, w->latex ? "\\operatorname{" : "");
    index_put(w, function);
    index_put(w, w->latex ? "}" : "");
}

/* A tensor as a whole: a variable, or a function of one. False when it is something else. */
static bool put_whole(index_writer *w, ref r, size_t depth) {
    graph *g = w->printer->graph;
    const char *spelt;
    if (node_op(g, r) == OP_SYMBOL || node_named(w->printer, r, &spelt)) {
        const tree *t = reading_tree(w->printer, r);
        if (t)
            index_put_tree(w, t, 0, NULL, false);
        return t != NULL;
    }
    op_info info = op_describe(node_op(g, r));
    if (info.kind != KIND_ELEMENTWISE || info.arity != 1 || depth > INDEX_DEPTH_MOST)
        return false;
    put_name(w, info.name);
    index_put(w, w->latex ? "\\left(" : "(");
    bool ok = put_whole(w, node_operand(g, r, 0), depth + 1);
    index_put(w, w->latex ? "\\right)" : ")");
    return ok;
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
    if (!put_whole(w, x, 0))
        return false;
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
    const tree *constant = constant_of(w, r);
    if (constant) {
        index_put_tree(w, constant, 0, NULL, false);
    } else if (o == OP_EINSUM || o == OP_SUM) {
        index_put(w, brackets ? "(" : "");
        index_put_terms(w, r, letters, depth + 1);
        index_put(w, brackets ? ")" : "");
    } else if (o == OP_WHERE || kind == KIND_ELEMENTWISE) {
        put_function(w, r, letters, depth);
    } else if (!(kind == KIND_REDUCTION && put_reduction(w, r, letters, depth)) &&
               !(kind == KIND_AXISMAP &&
                 (put_softmax(w, r, letters, depth) || put_axis_map(w, r, letters)))) {
        w->full = true; /* batched linear algebra has no notation */
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
    tree *t = reading_tree(w->printer, r);
    if (!t) {
        w->full = true;
        return;
    }
    index_put_tree(w, t, rank, letters, !rank && brackets && tree_level(t) < 3);
}

/* ---- the whole ---- */

static void take_word(index_writer *w, const char *word) {
    if (word_taken(w, word))
        return;
    if (w->taken_count == w->taken_capacity) {
        size_t capacity = 2 * w->taken_capacity + 32;
        const char **grown = ARENA_NEW(w->printer->arena, const char *, capacity);
        if (!grown) {
            w->printer->failed = true;
            return;
        }
        if (w->taken_count)
            memcpy(grown, w->taken, w->taken_count * sizeof *grown);
        w->taken = grown;
        w->taken_capacity = capacity;
    }
    w->taken[w->taken_count++] = word;
}

static void take_size(void *user, name symbol) {
    index_writer *w = user;
    take_word(w, graph_name_text(w->printer->graph, symbol));
}

/* Names and sizes of the formula are no letters. */
static bool take_words(index_writer *w, ref root) {
    printer *p = w->printer;
    size_t count;
    ref *nodes = graph_reach(p->graph, p->arena, 1, &root, &count);
    for (size_t i = 0; nodes && i < count; i++) {
        for (size_t k = 0; k < node_rank(p->graph, nodes[i]); k++)
            dim_visit(p->graph, node_axis(p->graph, nodes[i], k), take_size, w);
        if (node_op(p->graph, nodes[i]) == OP_SYMBOL)
            take_word(w, graph_name_text(p->graph, symbol_name(p->graph, nodes[i])));
    }
    for (size_t i = 0; i < p->options->symbol_count; i++)
        take_word(w, graph_name_text(p->graph, p->options->symbols[i]));
    for (size_t i = 0; i < p->options->name_count; i++)
        take_word(w, p->options->names[i].text);
    return nodes != NULL;
}

static const char *head_name(const index_writer *w) {
    static const char *const names[] = {"J", "G", "T", "R", "J0", "G0"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!word_taken(w, names[i]))
            return names[i];
    return "result";
}

/* Letters of the left that the right does not hold: (right side)*ones(n)[i]. */
static void put_missing(index_writer *w, ref r, size_t begin, size_t count, const uint16_t *letters) {
    printer *p = w->printer;
    bool open = false;
    if (count != node_rank(p->graph, r))
        return;
    for (size_t k = 0; k < count && !w->full; k++) {
        if (w->state[letters[k]].seen)
            continue;
        if (!open && !constant_of(w, r)) {
            index_insert(w, begin, "(");
            index_put(w, ")");
        }
        open = true;
        index_put(w, w->latex ? " " : "*");
        index_put_tree(w, tree_ones(p, node_axis(p->graph, r, k)), 1, &letters[k], false);
    }
}

bool print_index(printer *p, ref r, size_t most, text *out) {
    index_writer w = {.printer = p, .out = out, .most = out->length + most};
    uint16_t letters[EINSUM_LABELS_MOST];
    w.expand = p->options->format == PRINT_INDEX;
    w.latex = p->options->format == PRINT_LATEX;
    if (!take_words(&w, r)) {
        p->failed = true;
        return false;
    }
    dim sizes[EINSUM_LABELS_MOST];
    size_t count = index_sizes(&w, r, sizes);
    for (size_t k = 0; k < count; k++)
        letters[k] = index_fresh(&w, sizes[k]);
    if (count) {
        index_put(&w, head_name(&w));
        index_put_places(&w, count, letters);
        index_put(&w, " = ");
    }
    for (size_t k = 0; k < count; k++)
        w.state[letters[k]].seen = false;
    size_t begin = out->length;
    index_put_terms(&w, r, letters, 0);
    put_missing(&w, r, begin, count, letters);
    return !w.full && !p->failed;
}
