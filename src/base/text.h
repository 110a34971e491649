/* A growing text: append, format, and a shortest number that reads back. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_BASE_TEXT_H
#define GRADUS_BASE_TEXT_H

#include <stdarg.h>

#include "base/memory.h"

/* `at` is closed by a 0 whenever it is not NULL. After a failed append memory->failed is set and the
 * text stays as it was: append on, look once at the end. */
typedef struct text {
    memory *memory;
    char *at;
    size_t length, capacity;
} text;

text text_new(memory *m);
void text_free(text *t);
void text_clear(text *t);
void text_append(text *t, const char *s);
void text_append_bytes(text *t, const char *s, size_t length);
void text_append_char(text *t, char c);
/* As printf, for %s %d %u %zu %c %x and the like; never for floating point (that depends on the locale). */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
void text_format(text *t, const char *format, ...);
void text_format_list(text *t, const char *format, va_list arguments);
/* The fewest digits that read back as x; "inf", "-inf", "nan"; integers below 1e15 without a point or
 * exponent, 0.0001, 1e-5, 1e20. */
void text_append_number(text *t, double x);
/* x with `digits` significant digits, for people. */
void text_append_rounded(text *t, double x, int digits);
/* The text, "" when it is empty. */
const char *text_string(const text *t);

/* Reads a decimal number as C does in the "C" locale, whatever the locale is: returns the bytes taken, 0 when
 * there is no number. Accepts 12, 1.5, .5, 1e-3; signs, "inf" and "nan" only when `extended`. The value is
 * the nearest double: infinite above the largest, 0 below the smallest. */
size_t number_parse(const char *s, size_t length, bool extended, double *value);

/* How close two words are: edit distance with transpositions, at most `limit` + 1. */
unsigned word_distance(const char *a, const char *b, unsigned limit);

#endif
