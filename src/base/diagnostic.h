/* What went wrong, where, and what to do: coded messages with spans of the source, gathered in a list. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_BASE_DIAGNOSTIC_H
#define GRADUS_BASE_DIAGNOSTIC_H

#include "base/memory.h"
#include "base/text.h"
#include "gradus/status.h"

/* Bytes [begin, end) of source number `source` (see diagnostics_source). */
typedef struct span {
    uint32_t begin, end;
    uint32_t source;
} span;

typedef enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE } severity;

typedef struct diagnostic_label {
    span where;
    const char *text; /* "" for a caret without words */
} diagnostic_label;

/* labels[0] is the primary place, whose line and column head the excerpt. No label: no place. */
typedef struct diagnostic {
    severity severity;
    gradus_status status;
    const char *code; /* "E201" */
    const char *message;
    ARRAY(diagnostic_label) labels;
    ARRAY(const char *) notes, helps;
} diagnostic;

typedef struct diagnostic_source {
    const char *name; /* "<expr>" or a file name */
    const char *text; /* not owned; must outlive the rendering */
    size_t length;
} diagnostic_source;

/* At most DIAGNOSTICS_MOST errors (and as many warnings) are kept; `status` is that of the first error. All
 * texts live in `strings`. */
enum { DIAGNOSTICS_MOST = 20 };
typedef struct diagnostics {
    memory *memory;
    arena strings;
    ARRAY(diagnostic) list;
    ARRAY(diagnostic_source) sources;
    size_t errors; /* reported, kept or not */
    gradus_status status;
    bool closed; /* the message last opened was not kept: what is added to it is dropped */
} diagnostics;

diagnostics diagnostics_new(memory *m);
void diagnostics_free(diagnostics *d);
void diagnostics_clear(diagnostics *d);

/* Registers a source text and returns its number for spans. */
uint32_t diagnostics_source(diagnostics *d, const char *name, const char *text, size_t length);

/* Opens a message; labels, notes and helps that follow belong to it. `code` is a literal. The texts are
 * copied. Out of memory while reporting leaves status GRADUS_OUT_OF_MEMORY. All of these are no-ops for d ==
 * NULL. */
#if defined(__GNUC__)
#define DIAGNOSTIC_FORMAT(a, b) __attribute__((format(printf, a, b)))
#else
#define DIAGNOSTIC_FORMAT(a, b)
#endif
void diagnose(diagnostics *d, gradus_status status, const char *code, const char *format, ...)
    DIAGNOSTIC_FORMAT(4, 5);
void diagnose_warning(diagnostics *d, const char *code, const char *format, ...) DIAGNOSTIC_FORMAT(3, 4);
void diagnose_label(diagnostics *d, span where, const char *format, ...) DIAGNOSTIC_FORMAT(3, 4);
void diagnose_note(diagnostics *d, const char *format, ...) DIAGNOSTIC_FORMAT(2, 3);
void diagnose_help(diagnostics *d, const char *format, ...) DIAGNOSTIC_FORMAT(2, 3);

/* Whether an error was reported (or memory failed). */
bool diagnostics_failed(const diagnostics *d);

/* All messages as people read them (source lines, carets under the operands, labels, notes, helps). Columns
 * count characters, not bytes; tabs count as one. Control characters and bytes that are no UTF-8 are shown as
 * one replacement character; of a long line only the part around its labels is shown. `colour` adds ANSI
 * escapes. */
void diagnostics_render(const diagnostics *d, bool colour, text *out);
/* One message in the same form. */
void diagnostic_render(const diagnostics *d, const diagnostic *message, bool colour, text *out);
/* Line and column (from 1, in characters) of a byte of a source. */
void source_position(const diagnostic_source *source, size_t byte, size_t *line, size_t *column);

#endif
