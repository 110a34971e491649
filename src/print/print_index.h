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
    bool seen; /* written since it was asked */
} letter_state;

typedef struct index_writer {
    printer *printer;
    text *out;
    size_t most;
    bool full;   /* too long, too deep, or without notation */
    bool expand; /* sums and functions entry by entry, too, where matrix notation would do */
    bool latex;
    letter_state state[LETTER_IDS_MOST];
    uint16_t next; /* id of the next letter */
    uint16_t made; /* letters in use or free */
    size_t taken_count, taken_capacity;
    const char **taken; /* words that are no letters */
} index_writer;

/* ---- index.c ---- */
void index_put(index_writer *w, const char *s);
void index_put_places(index_writer *w, size_t count, const uint16_t *letters); /* [i,j] */
void index_put_tree(index_writer *w, const tree *t, size_t count, const uint16_t *letters, bool brackets);
/* One entry of a node; in brackets where it is a sum or product. */
void index_put_entry(index_writer *w, ref r, const uint16_t *letters, size_t depth, bool brackets);
uint16_t index_fresh(index_writer *w, dim size);
void index_release(index_writer *w, size_t count, const uint16_t *letters);
/* Whether a node is taken apart rather than written in matrix notation at its entry. */
bool index_is_open(const index_writer *w, ref r);

/* ---- index_terms.c ---- */
/* A sum or product of nodes, without brackets; sums over letters are said aloud below the top. */
void index_put_terms(index_writer *w, ref r, const uint16_t *letters, size_t depth);
/* Letters on the left: one for each axis, one for each label of a grouped axis. */
size_t index_sizes(index_writer *w, ref r, dim *sizes);

#endif
