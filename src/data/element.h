/* Numbers as they lie in files: integers and IEEE floats of either byte order, as doubles. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_DATA_ELEMENT_H
#define GRADUS_DATA_ELEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* kind: 'f' float (2, 4, 8 bytes), 'i' signed, 'u' unsigned (1, 2, 4, 8), 'b' truth value (1). */
typedef struct element {
    char kind;
    unsigned size;
    bool big_endian;
} element;

/* The element at p; integers beyond 2^53 are rounded. */
double element_value(element e, const unsigned char *p);
/* Whether the 64-bit integer at p is not the double it becomes. */
bool element_inexact(element e, const unsigned char *p);

/* An unsigned number of `size` <= 8 bytes. */
uint64_t bytes_little(const unsigned char *p, unsigned size);
uint64_t bytes_big(const unsigned char *p, unsigned size);
/* Stores the low `size` bytes of x, least first. */
void bytes_put_little(unsigned char *p, uint64_t x, unsigned size);

#endif
