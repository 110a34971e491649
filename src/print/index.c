/* Index notation: J[i,j,k] = eye(n)[i,j]*x[k]; letters that are on the right only are summed over. */
/* SPDX-License-Identifier: MIT */
#include "print/print_index.h"

#include <string.h>

enum { INDEX_DEPTH_MOST = 48 };

/* ---- letters ---- */

static bool word_taken(const index_writer *w, const char *word) {
    for (size_t i = 0; i < w->taken_count; i++)
        if (strcmp(w->taken[i], word) == 0)
            return true;
    return false;
}

/* The next letter that is neither a name nor a size: i, j, k, l, then the others. */
static uint16_t fresh_letter(index_writer *w) {
    static const char order[] = "ijklpqrsuvwabcdefghmnotxyz";
    for (;;) {
        char word[16];
        index_spell(w->next, order, word, sizeof word);
        if (!word_taken(w, word))
            return w->next++;
        w->next++;
    }
}

void index_put_letter(index_writer *w, uint16_t letter) {
    char word[16];
    if (letter < LETTERS_SEEN_MOST)
        w->seen[letter] = true;
    index_spell(letter, "ijklpqrsuvwabcdefghmnotxyz", word, sizeof word);
    index_put(w, word);
}

void index_spell(uint16_t letter, const char *order, char *word, size_t size) {
    size_t n = strlen(order), round = letter / n;
    if (round)
        snprintf(word, size, "%c%zu", order[letter % n], round);
    else
        snprintf(word, size, "%c", order[letter % n]);
}

void index_put(index_writer *w, const char *s) {
    if (w->out->length > w->most)
        w->full = true;
    else
        text_append(w->out, s);
}

/* An opening bracket at `begin`. */
static void index_insert(index_writer *w, size_t begin) {
    size_t length = w->out->length;
    index_put(w, "(");
    if (w->out->length == length)
        return;
    memmove(w->out->at + begin + 1, w->out->at + begin, length - begin);
    w->out->at[begin] = '(';
}

void index_put_places(index_writer *w, size_t count, const uint16_t *letters) {
    if (!count)
        return;
    index_put(w, w->latex ? "_{" : "[");
    for (size_t k = 0; k < count; k++) {
        index_put(w, k ? w->latex ? " " : "," : "");
        index_put_letter(w, letters[k]);
    }
    index_put(w, w->latex ? "}" : "]");
}

/* A tree in matrix notation, at an entry. */
void index_put_tree(index_writer *w, const tree *t, size_t count, const uint16_t *letters, bool brackets) {
    bool held = brackets || (count && tree_level(t) < 5);
    size_t room = w->out->length > w->most ? 0 : w->most - w->out->length;
    index_put(w, held ? w->latex ? "\\left(" : "(" : "");
    w->full = w->full || !tree_write(w->printer, t, room, w->out);
    index_put(w, held ? w->latex ? "\\right)" : ")" : "");
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
    bool inside = o == OP_EINSUM || o == OP_SUM || o == OP_WHERE || op_describe(o).kind == KIND_ELEMENTWISE;
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

/* max[l](...), and sums for the functions that have no such form. */
static bool put_reduction(index_writer *w, ref r, const uint16_t *letters, size_t depth) {
    graph *g = w->printer->graph;
    ref x = node_operand(g, r, 0);
    size_t rank = node_rank(g, x), k = (size_t)node_word(g, r, 0);
    op o = node_op(g, r);
    uint16_t inner[RANK_MOST];
    if (o == OP_ARGMAX || w->latex)
        return false;
    for (size_t i = 0; i < rank; i++)
        inner[i] = i < rank - k ? letters[i] : fresh_letter(w);
    index_put(w, o == OP_LOGSUMEXP ? "log(sum" : o == OP_NORM2 ? "sqrt(sum" : op_describe(o).name);
    index_put_places(w, k, inner + rank - k);
    index_put(w, o == OP_LOGSUMEXP ? "(exp(" : "(");
    index_put_entry(w, x, inner, depth + 1, o == OP_NORM2);
    index_put(w, o == OP_LOGSUMEXP ? ")))" : o == OP_NORM2 ? "^2))" : ")");
    return true;
}

static bool put_softmax(index_writer *w, ref r, const uint16_t *letters, size_t depth) {
    graph *g = w->printer->graph;
    ref x = node_operand(g, r, 0);
    size_t rank = node_rank(g, x), k = (size_t)node_word(g, r, 0);
    uint16_t inner[RANK_MOST];
    if (node_op(g, r) != OP_SOFTMAX || w->latex)
        return false;
    for (size_t i = 0; i < rank; i++)
        inner[i] = i < rank - k ? letters[i] : fresh_letter(w);
    index_put(w, "(exp(");
    index_put_entry(w, x, letters, depth + 1, false);
    index_put(w, ")/sum");
    index_put_places(w, k, inner + rank - k);
    index_put(w, "(exp(");
    index_put_entry(w, x, inner, depth + 1, false);
    index_put(w, ")))");
    return true;
}

/* A positive number in every entry. */
static bool is_constant(const index_writer *w, ref r) {
    const tree *t = reading_tree(w->printer, r);
    rational number = RATIONAL(1);
    if (!t ||
        !(tree_is_ones(t) || (t->kind == TREE_PRODUCT && !t->count && t->body && tree_is_ones(t->body))))
        return false;
    number = t->kind == TREE_PRODUCT ? t->number : number;
    return number.num > 0;
}

static void put_open(index_writer *w, ref r, const uint16_t *letters, size_t depth, bool brackets) {
    graph *g = w->printer->graph;
    op o = node_op(g, r);
    op_kind kind = op_describe(o).kind;
    if (o == OP_EINSUM || o == OP_SUM) {
        brackets = brackets && !is_constant(w, r);
        index_put(w, brackets ? "(" : "");
        index_put_terms(w, r, letters, depth + 1);
        index_put(w, brackets ? ")" : "");
    } else if (o == OP_WHERE || kind == KIND_ELEMENTWISE) {
        put_function(w, r, letters, depth);
    } else if (!(kind == KIND_REDUCTION && put_reduction(w, r, letters, depth)) &&
               !(kind == KIND_AXISMAP && put_softmax(w, r, letters, depth))) {
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
        if (letters[k] < LETTERS_SEEN_MOST && w->seen[letters[k]])
            continue;
        if (!open && !is_constant(w, r)) {
            index_insert(w, begin);
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
    size_t count = index_rank(&w, r);
    for (size_t k = 0; k < count; k++)
        letters[k] = fresh_letter(&w);
    if (count) {
        index_put(&w, head_name(&w));
        index_put_places(&w, count, letters);
        index_put(&w, " = ");
    }
    memset(w.seen, 0, sizeof w.seen);
    size_t begin = out->length;
    index_put_terms(&w, r, letters, 0);
    put_missing(&w, r, begin, count, letters);
    return !w.full && !p->failed;
}

uint16_t index_fresh(index_writer *w) {
    return fresh_letter(w);
}
