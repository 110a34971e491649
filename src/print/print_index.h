/* The writer of index notation: entries of nodes and terms of products. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_PRINT_PRINT_INDEX_H
#define GRADUS_PRINT_PRINT_INDEX_H

#include <stdio.h>

#include "print/print_tree.h"

enum { LETTER_IDS_MOST = 256 };

typedef struct letter_state {
    dim size;  /* a letter has one size in the whole statement */
    bool free; /* its sum is written: it may stand for another one */
    bool seen; /* written since it was asked, where it says how far it goes */
    bool held; /* written in a group, where it does not */
    /* (i,j): the parts of one axis, the fastest first; without parts it is the one place named */
    bool group;
    dim place; /* from 1 */
    uint8_t count;
    uint16_t part[RANK_MOST];
} letter_state;

typedef struct index_writer {
    printer *printer;
    text *out;
    size_t most;
    bool full;   /* too long, too deep, or without notation */
    bool expand; /* sums and functions entry by entry, too, where matrix notation would do */
    bool latex;
    bool loose; /* the right side is a sum */
    bool split; /* reshape(x, m, n)[i,j] for x[(i,j)] */
    bool vague; /* a letter stands in groups only */
    letter_state state[LETTER_IDS_MOST];
    uint16_t next; /* id of the next letter */
    uint16_t made; /* letters in use or free */
    uint16_t groups;
    size_t taken_count, taken_capacity;
    const char **taken; /* words that are no letters */
} index_writer;

/* ---- index_letters.c ---- */
void index_put(index_writer *w, const char *s);
void index_insert(index_writer *w, size_t begin, const char *s);               /* at byte `begin` */
void index_put_places(index_writer *w, size_t count, const uint16_t *letters); /* [i,j] */
void index_spell(uint16_t letter, char *word, size_t size);
/* Names and sizes of the formula are no letters. */
bool index_take_words(index_writer *w, ref root);
bool index_word_taken(const index_writer *w, const char *word);
uint16_t index_fresh(index_writer *w, dim size);
void index_release(index_writer *w, size_t count, const uint16_t *letters);
/* The letter that stands for the group of the parts, the fastest first. */
uint16_t index_group(index_writer *w, size_t count, const uint16_t *parts);
/* The letter that stands for that place, counted from 1, of an axis of that size. */
uint16_t index_place(index_writer *w, dim place, dim size);
/* Whether the letter is a group of letters of these sizes. */
bool index_group_fits(const index_writer *w, uint16_t letter, size_t count, const dim *sizes);
/* A fresh letter for axis k of r, a group where the axis holds several. */
uint16_t index_axis_letter(index_writer *w, ref r, size_t k);

/* ---- index.c ---- */
/* As reading_tree, read now where nothing above r wanted it. */
tree *index_tree(printer *p, ref r);
const char *index_open(const index_writer *w); /* ( or \left( */
const char *index_close(const index_writer *w);
void index_put_tree(index_writer *w, tree *t, size_t count, const uint16_t *letters, bool brackets);
/* One entry of a node; in brackets where it is a sum or product. */
void index_put_entry(index_writer *w, ref r, const uint16_t *letters, size_t depth, bool brackets);
/* Whether a node is taken apart rather than written in matrix notation at its entry. */
bool index_is_open(const index_writer *w, ref r);

/* ---- index_slice.c ---- */
/* The entry of a function of matrices whose leading axes are letters; false when it has none. */
bool index_put_sliced(index_writer *w, ref r, const uint16_t *letters);

/* ---- slice.c ---- */
/* r with axis i contracted with the unit vector at[i] where that is not 0; 0 when it is too deep. */
ref slice_at(printer *p, ref r, const ref *at);

/* ---- index_product.c ---- */
/* Letters that are summed over go, as far as matrix notation takes them. */
void index_contract(index_writer *w, einsum *flat);

/* ---- index_terms.c ---- */
/* A sum or product of nodes, without brackets; sums over letters are said aloud below the top. */
void index_put_terms(index_writer *w, ref r, const uint16_t *letters, size_t depth);

#endif
