/* The writer of index notation: entries of nodes and terms of products. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_PRINT_PRINT_INDEX_H
#define GRADUS_PRINT_PRINT_INDEX_H

#include <stdio.h>

#include "print/print_tree.h"

enum { LETTERS_SEEN_MOST = 256 };

typedef struct index_writer {
    printer *printer;
    text *out;
    size_t most;
    bool full;   /* too long, too deep, or without notation */
    bool expand; /* sums and functions entry by entry, too, where matrix notation would do */
    bool latex;
    bool seen[LETTERS_SEEN_MOST]; /* letters written since the left side */
    uint16_t next;                /* number of the next letter */
    size_t taken_count, taken_capacity;
    const char **taken; /* words that are no letters */
} index_writer;

/* ---- index.c ---- */
void index_put(index_writer *w, const char *s);
void index_spell(uint16_t letter, const char *order, char *word, size_t size);
void index_put_letter(index_writer *w, uint16_t letter);
void index_put_places(index_writer *w, size_t count, const uint16_t *letters); /* [i,j] */
void index_put_tree(index_writer *w, const tree *t, size_t count, const uint16_t *letters, bool brackets);
/* One entry of a node; in brackets where it is a sum or product. */
void index_put_entry(index_writer *w, ref r, const uint16_t *letters, size_t depth, bool brackets);
uint16_t index_fresh(index_writer *w);
/* Whether a node is taken apart rather than written in matrix notation at its entry. */
bool index_is_open(const index_writer *w, ref r);

/* ---- index_terms.c ---- */
/* A sum or product of nodes, without brackets; sums over letters are said aloud below the top. */
void index_put_terms(index_writer *w, ref r, const uint16_t *letters, size_t depth);
/* Letters on the left: one for each axis, one for each label of a grouped axis. */
size_t index_rank(index_writer *w, ref r);

#endif
