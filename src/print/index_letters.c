/* The letters of index notation: which are in use, how far they go, groups (i,j) of them on one axis. */
/* SPDX-License-Identifier: MIT */
#include "print/print_index.h"

#include <string.h>

enum { LETTERS_MOST = 32 };

/* ---- words ---- */

void index_spell(uint16_t letter, char *word, size_t size) {
    static const char order[] = "ijklpqrsuvwabcdefghmnotxyz";
    size_t n = sizeof order - 1, round = letter / n;
    if (round)
        snprintf(word, size, "%c%zu", order[letter % n], round);
    else
        snprintf(word, size, "%c", order[letter % n]);
}

bool index_word_taken(const index_writer *w, const char *word) {
    for (size_t i = 0; i < w->taken_count; i++)
        if (strcmp(w->taken[i], word) == 0)
            return true;
    return false;
}

static void take_word(index_writer *w, const char *word) {
    if (index_word_taken(w, word))
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

bool index_take_words(index_writer *w, ref root) {
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

/* ---- letters ---- */

/* A letter of that size: one set free before, else the next that is neither a name nor a size. */
uint16_t index_fresh(index_writer *w, dim size) {
    char word[16];
    for (uint16_t i = 0; i < w->next; i++)
        if (w->state[i].free && w->state[i].size == size) {
            w->state[i].free = false;
            return i;
        }
    do
        index_spell(w->next, word, sizeof word);
    while (index_word_taken(w, word) && ++w->next < LETTER_IDS_MOST);
    if (w->next >= LETTER_IDS_MOST - w->groups || w->made++ >= LETTERS_MOST) {
        w->full = true;
        return 0;
    }
    w->state[w->next] = (letter_state){.size = size};
    return w->next++;
}

/* The letters of a sum that is written may stand for others of their size. */
void index_release(index_writer *w, size_t count, const uint16_t *letters) {
    for (size_t i = 0; i < count; i++) {
        const letter_state *s = &w->state[letters[i]];
        w->state[letters[i]].free = !s->group;
        for (size_t k = 0; k < s->count; k++)
            w->state[s->part[k]].free = true;
    }
}

/* ---- groups: numbered from the other end ---- */

static bool same_group(const letter_state *s, const letter_state *t) {
    if (s->count != t->count || s->place != t->place || s->size != t->size)
        return false;
    return !s->count || memcmp(s->part, t->part, s->count * sizeof *s->part) == 0;
}

static uint16_t group_like(index_writer *w, const letter_state *like) {
    for (uint16_t i = 0; i < w->groups; i++)
        if (same_group(&w->state[LETTER_IDS_MOST - 1 - i], like))
            return (uint16_t)(LETTER_IDS_MOST - 1 - i);
    if (w->next + w->groups + 1u >= LETTER_IDS_MOST) {
        w->full = true;
        return 0;
    }
    w->state[LETTER_IDS_MOST - 1 - w->groups] = *like;
    return (uint16_t)(LETTER_IDS_MOST - 1 - w->groups++);
}

uint16_t index_group(index_writer *w, size_t count, const uint16_t *parts) {
    graph *g = w->printer->graph;
    letter_state s = {.group = true, .count = (uint8_t)count, .size = dim_number(g, 1)};
    if (count > RANK_MOST) {
        w->full = true;
        return 0;
    }
    for (size_t k = 0; k < count; k++) {
        s.part[k] = parts[k];
        s.size = dim_multiply(g, s.size, w->state[parts[k]].size);
    }
    s.place = count ? 0 : s.size;
    return group_like(w, &s);
}

uint16_t index_place(index_writer *w, dim place, dim size) {
    return group_like(w, &(letter_state){.group = true, .place = place, .size = size});
}

bool index_group_fits(const index_writer *w, uint16_t letter, size_t count, const dim *sizes) {
    const letter_state *s = &w->state[letter];
    bool same = s->group && s->count == count;
    for (size_t k = 0; same && k < count; k++)
        same = w->state[s->part[k]].size == sizes[k];
    return same;
}

static size_t axis_group(const graph *g, ref r, size_t k, size_t depth, dim *sizes);

/* Those of an axis of a product: its own group, or that of the axis of a factor it is. */
static size_t product_group(const graph *g, ref r, size_t k, size_t depth, dim *sizes) {
    einsum e;
    const label *labels;
    label own;
    einsum_read(g, r, &e);
    size_t count = einsum_slot_labels(&e, e.factor_count, k, &labels);
    for (size_t i = 0; i < count && i < RANK_MOST; i++)
        sizes[i] = e.label_dim[labels[count - 1 - i]];
    for (size_t f = 0; depth && f < e.factor_count; f++)
        for (size_t i = 0; count == 1 && i < e.factors[f].rank; i++)
            if (einsum_slot_single(&e, f, i, &own) && own == labels[0])
                count = axis_group(g, e.factors[f].node, i, depth - 1, sizes);
    return count;
}

/* The sizes that axis k of r is made of, the fastest first. */
static size_t axis_group(const graph *g, ref r, size_t k, size_t depth, dim *sizes) {
    op o = node_op(g, r);
    size_t count = 1;
    if (o == OP_EINSUM)
        return product_group(g, r, k, depth, sizes);
    if (o != OP_SUM && o != OP_WHERE && op_describe(o).kind != KIND_ELEMENTWISE)
        return 1;
    for (size_t i = 0; depth && count == 1 && i < node_operand_count(g, r); i++)
        count = axis_group(g, node_operand(g, r, i), k, depth - 1, sizes);
    return count;
}

uint16_t index_axis_letter(index_writer *w, ref r, size_t k) {
    enum { LOOKS_MOST = 4 };
    dim sizes[RANK_MOST];
    uint16_t parts[RANK_MOST];
    size_t count = axis_group(w->printer->graph, r, k, LOOKS_MOST, sizes);
    if (count < 2 || count > RANK_MOST)
        return index_fresh(w, node_axis(w->printer->graph, r, k));
    for (size_t i = 0; i < count; i++)
        parts[i] = index_fresh(w, sizes[i]);
    return index_group(w, count, parts);
}

/* ---- writing ---- */

void index_put(index_writer *w, const char *s) {
    if (w->out->length > w->most)
        w->full = true;
    else
        text_append(w->out, s);
}

void index_insert(index_writer *w, size_t begin, const char *s) {
    size_t length = w->out->length, more = strlen(s);
    index_put(w, s);
    if (w->out->length == length)
        return;
    memmove(w->out->at + begin + more, w->out->at + begin, length - begin);
    memcpy(w->out->at + begin, s, more);
}

static void put_letter(index_writer *w, uint16_t letter) {
    char word[16];
    index_spell(letter, word, sizeof word);
    if (w->latex && word[1]) { /* i1 */
        index_put(w, (char[]){word[0], 0});
        index_put(w, "_{");
        index_put(w, word + 1);
        index_put(w, "}");
    } else {
        index_put(w, word);
    }
}

static void put_place(index_writer *w, dim place) {
    tree *t = tree_size(w->printer, place);
    size_t room = w->out->length > w->most ? 0 : w->most - w->out->length;
    w->full = w->full || !tree_write(w->printer, t, room, w->out);
}

static void put_list(index_writer *w, size_t count, const uint16_t *letters) {
    for (size_t k = 0; k < count; k++) {
        const letter_state *s = &w->state[letters[k]];
        index_put(w, k ? w->latex ? " " : "," : "");
        w->state[letters[k]].seen = true;
        if (!s->group)
            put_letter(w, letters[k]);
        else if (s->place)
            put_place(w, s->place);
        for (size_t i = 0; i < s->count; i++) {
            index_put(w, i ? w->latex ? " " : "," : "(");
            put_letter(w, s->part[i]);
            w->state[s->part[i]].held = true;
        }
        index_put(w, s->count ? ")" : "");
    }
}

void index_put_places(index_writer *w, size_t count, const uint16_t *letters) {
    if (!count)
        return;
    index_put(w, w->latex ? "_{" : "[");
    put_list(w, count, letters);
    index_put(w, w->latex ? "}" : "]");
}
