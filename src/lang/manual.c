/* The pages of the manual, from manual.def and ops.def. */
/* SPDX-License-Identifier: MIT */
#include "gradus/manual.h"

#include <string.h>

#include "graph/graph.h"

static const gradus_page written[] = {
#define FUNCTION_PAGE(names, usage, meaning, example, by, where)                                             \
    {"function", names, usage, meaning, NULL, NULL, example, by, where},
#define FACT_PAGE(names, of, meaning, example, by, where)                                                    \
    {"fact", names, of, meaning, NULL, NULL, example, by, where},
#include "lang/manual.def"
};
enum { WRITTEN = sizeof written / sizeof *written };

/* The columns of ops.def that a page shows, and the page by default. */
static const gradus_page rows[OP_COUNT] = {
#define NAME(spelling)           .names = (spelling), .usage = spelling "(x)", .example = spelling "(a)",
#define DOC(text)                .meaning = (text),
#define DIFFERENTIAL(text)       .rule = (text),
#define SOURCE(text)             .source = (text),
#define ELEMENTWISE(id, columns) [OP_##id] = {.kind = "function", .by = "a", .where = "", columns},
#define REDUCTION(id, columns)   [OP_##id] = {columns},
#define AXISMAP(id, columns)     [OP_##id] = {columns},
#define LINALG(id, columns)      [OP_##id] = {columns},
#include "graph/ops_rows.h"
};

int gradus_page_has(const gradus_page *page, const char *word) {
    size_t n = strlen(word);
    for (const char *s = page->names; n && s; s = strchr(s, ' ')) {
        s += *s == ' ';
        if (strncmp(s, word, n) == 0 && (s[n] == '\0' || s[n] == ' '))
            return 1;
    }
    return 0;
}

/* The operator of a written page: one of whole operands before one entry by entry. */
static const gradus_page *row_of(const gradus_page *page) {
    const gradus_page *found = NULL;
    for (int o = 0; o < OP_COUNT; o++)
        if (rows[o].names && gradus_page_has(page, rows[o].names) && (!found || found->kind))
            found = &rows[o];
    return found;
}

static gradus_page complete(gradus_page page) {
    const gradus_page *row = strcmp(page.kind, "function") == 0 ? row_of(&page) : NULL;
    if (!row)
        return page;
    if (!page.meaning)
        page.meaning = row->meaning;
    page.rule = row->rule;
    page.source = row->source;
    return page;
}

/* Operators entry by entry that nobody wrote a page for; signs such as <= have none. */
static bool has_default_page(const gradus_page *row) {
    if (!row->kind || row->names[0] < 'a' || row->names[0] > 'z')
        return false;
    for (size_t i = 0; i < WRITTEN; i++)
        if (strcmp(written[i].kind, "function") == 0 && gradus_page_has(&written[i], row->names))
            return false;
    return true;
}

int gradus_page_get(size_t i, gradus_page *page) {
    for (int o = 0; o < OP_COUNT; o++)
        if (has_default_page(&rows[o]) && i-- == 0) {
            *page = rows[o];
            return 1;
        }
    if (i >= WRITTEN)
        return 0;
    *page = complete(written[i]);
    return 1;
}
