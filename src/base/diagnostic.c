/* A list of messages: opened by diagnose, filled by label, note and help. */
/* SPDX-License-Identifier: MIT */
#include "base/diagnostic.h"

#include <string.h>

diagnostics diagnostics_new(memory *m) {
    return (diagnostics){.memory = m, .strings = arena_new(m), .closed = true};
}

static void drop_messages(diagnostics *d) {
    for (size_t i = 0; i < d->list.count; i++) {
        array_free(d->memory, &d->list.at[i].labels);
        array_free(d->memory, &d->list.at[i].notes);
        array_free(d->memory, &d->list.at[i].helps);
    }
    array_free(d->memory, &d->list);
}

void diagnostics_clear(diagnostics *d) {
    drop_messages(d);
    array_free(d->memory, &d->sources);
    arena_free(&d->strings);
    d->errors = 0;
    d->status = GRADUS_OK;
    d->closed = true;
}

void diagnostics_free(diagnostics *d) {
    diagnostics_clear(d);
}

static void out_of_memory(diagnostics *d) {
    d->status = GRADUS_OUT_OF_MEMORY;
    d->closed = true;
}

static const char *keep_list(diagnostics *d, const char *format, va_list arguments) {
    text t = text_new(d->memory);
    text_format_list(&t, format, arguments);
    const char *kept = t.at ? arena_copy_text(&d->strings, t.at, t.length) : NULL;
    text_free(&t);
    if (!kept)
        out_of_memory(d);
    return kept;
}

uint32_t diagnostics_source(diagnostics *d, const char *name, const char *source, size_t length) {
    if (!d)
        return 0;
    const char *kept = arena_copy_text(&d->strings, name, strlen(name));
    if (!kept || !array_push(d->memory, &d->sources, ((diagnostic_source){kept, source, length}))) {
        out_of_memory(d);
        return UINT32_MAX;
    }
    return (uint32_t)(d->sources.count - 1);
}

static size_t count_kept(const diagnostics *d, severity kind) {
    size_t count = 0;
    for (size_t i = 0; i < d->list.count; i++)
        count += d->list.at[i].severity == kind;
    return count;
}

/* What was warned of once need not be said again. */
static bool is_said(const diagnostics *d, const diagnostic *warning) {
    for (size_t i = 0; i < d->list.count; i++)
        if (strcmp(d->list.at[i].code, warning->code) == 0 &&
            strcmp(d->list.at[i].message, warning->message) == 0)
            return true;
    return false;
}

static void open_message(diagnostics *d, const diagnostic *header, const char *format, va_list arguments) {
    d->closed = true;
    if (count_kept(d, header->severity) >= DIAGNOSTICS_MOST)
        return;
    diagnostic message = *header;
    message.message = keep_list(d, format, arguments);
    if (!message.message || (header->severity == SEVERITY_WARNING && is_said(d, &message)))
        return;
    if (array_push(d->memory, &d->list, message))
        d->closed = false;
    else
        out_of_memory(d);
}

void diagnose(diagnostics *d, gradus_status status, const char *code, const char *format, ...) {
    if (!d)
        return;
    /* Without memory anything may seem to be missing: the lack of it is the error. */
    if (d->memory->failed && status != GRADUS_OUT_OF_MEMORY) {
        out_of_memory(d);
        return;
    }
    if (d->status == GRADUS_OK)
        d->status = status;
    d->errors++;
    diagnostic header = {.severity = SEVERITY_ERROR, .status = status, .code = code};
    va_list arguments;
    va_start(arguments, format);
    open_message(d, &header, format, arguments);
    va_end(arguments);
}

void diagnose_warning(diagnostics *d, const char *code, const char *format, ...) {
    if (!d)
        return;
    diagnostic header = {.severity = SEVERITY_WARNING, .status = GRADUS_OK, .code = code};
    va_list arguments;
    va_start(arguments, format);
    open_message(d, &header, format, arguments);
    va_end(arguments);
}

/* The message that labels, notes and helps belong to, or NULL. */
static diagnostic *current(diagnostics *d) {
    return d && !d->closed && d->list.count ? &d->list.at[d->list.count - 1] : NULL;
}

void diagnose_label(diagnostics *d, span where, const char *format, ...) {
    diagnostic *message = current(d);
    if (!message)
        return;
    va_list arguments;
    va_start(arguments, format);
    const char *kept = keep_list(d, format, arguments);
    va_end(arguments);
    if (kept && !array_push(d->memory, &message->labels, ((diagnostic_label){where, kept})))
        out_of_memory(d);
}

void diagnose_note(diagnostics *d, const char *format, ...) {
    diagnostic *message = current(d);
    if (!message)
        return;
    va_list arguments;
    va_start(arguments, format);
    const char *kept = keep_list(d, format, arguments);
    va_end(arguments);
    if (kept && !array_push(d->memory, &message->notes, kept))
        out_of_memory(d);
}

void diagnose_help(diagnostics *d, const char *format, ...) {
    diagnostic *message = current(d);
    if (!message)
        return;
    va_list arguments;
    va_start(arguments, format);
    const char *kept = keep_list(d, format, arguments);
    va_end(arguments);
    if (kept && !array_push(d->memory, &message->helps, kept))
        out_of_memory(d);
}

bool diagnostics_failed(const diagnostics *d) {
    return d && (d->errors > 0 || d->status != GRADUS_OK || d->memory->failed);
}
