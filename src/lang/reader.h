/* Opening and closing the reader of a text. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_LANG_READER_H
#define GRADUS_LANG_READER_H

#include "lang/lang_internal.h"

/* Cuts the text into tokens. False after an error; the reader is to be closed in any case. */
bool reader_open(reader *r, scope *s, diagnostics *d, const char *source_name, const char *text,
                 size_t length);
void reader_close(reader *r);
void reader_begin(reader *r); /* before each statement */
/* Makes the symbol of a variable whose sizes are known. */
bool entry_settle(reader *r, entry *e);
/* A failed allocation is the error when there is no other. */
void report_memory(graph *g);

#endif
