/* A line of derivatives.tsv becomes declarations, an expression and variables of the language. */
/* SPDX-License-Identifier: MIT */
#include "support/corpus.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 9 };

static bool append(char *to, size_t most, const char *from, size_t length) {
    size_t used = strlen(to);
    if (used + length + 1 > most)
        return false;
    memcpy(to + used, from, length);
    to[used + length] = '\0';
    return true;
}

static bool append_text(char *to, const char *from) {
    return append(to, TEXT_MOST, from, strlen(from));
}

/* ---- declarations: "A[m,n] x[n] a; A sym, x pos" -> "A: [m,n] sym; x: [n] pos; a: scalar" ---- */

/* The words that follow `name` in the list of assumptions. */
static bool append_facts(char *to, const char *facts, const char *name, size_t length) {
    for (const char *p = facts; p && *p;) {
        p += strspn(p, " ,");
        size_t end = strcspn(p, ",");
        if (end > length && strncmp(p, name, length) == 0 && p[length] == ' ' &&
            !append(to, TEXT_MOST, p + length, end - length))
            return false;
        p += end;
    }
    return true;
}

static bool read_declarations(const char *column, char *to) {
    const char *facts = strchr(column, ';');
    size_t length = facts ? (size_t)(facts - column) : strlen(column);
    for (const char *p = column; p < column + length;) {
        p += strspn(p, " ");
        size_t word = strcspn(p, " ;"), name = strcspn(p, "[ ;");
        if (word == 0)
            break;
        bool ok = append(to, TEXT_MOST, p, name) && append_text(to, ": ");
        ok = ok && (name < word ? append(to, TEXT_MOST, p + name, word - name) : append_text(to, "scalar"));
        if (!ok || !append_facts(to, facts ? facts + 1 : NULL, p, name) || !append_text(to, "; "))
            return false;
        p += word;
    }
    return true;
}

static bool has_structure(const char *declarations, const char *name) {
    static const char *const words[] = {"sym",  "pd",   "diag",    "tril", "skew",
                                        "orth", "toep", "symtoep", "prob"};
    char start[NAME_MOST + 4];
    snprintf(start, sizeof start, "%s: ", name);
    const char *p = strstr(declarations, start);
    size_t length = p ? strcspn(p, ";") : 0;
    for (size_t i = 0; p && i < sizeof words / sizeof *words; i++) {
        const char *w = strstr(p, words[i]);
        size_t n = strlen(words[i]);
        if (w && (size_t)(w - p) < length && w[-1] == ' ' && !isalnum((unsigned char)w[n]))
            return true;
    }
    return false;
}

/* ---- the column wrt ---- */

static reading_kind kind_of(const char *column) {
    if (strncmp(column, "vec(", 4) == 0)
        return READ_VECTOR;
    size_t word = strcspn(column, "(");
    if (column[word] == '\0')
        return READ_PLAIN;
    return isdigit((unsigned char)column[word + 1]) ? READ_ENTRY : READ_TIED;
}

static bool read_wrt(corpus_case *c, const char *column) {
    char first[NAME_MOST], second[NAME_MOST];
    c->kind = kind_of(column);
    if (c->kind == READ_PLAIN && sscanf(column, "%31[^,],%31s", first, second) == 2) {
        snprintf(c->wrt[0], NAME_MOST, "%s", first);
        snprintf(c->wrt[1], NAME_MOST, "%s", second);
        return true;
    }
    for (size_t k = 0; k < ORDER_MOST; k++)
        snprintf(c->wrt[k], NAME_MOST, "%.31s", column);
    c->structured = has_structure(c->declarations, c->wrt[0]);
    return strlen(column) < NAME_MOST;
}

bool case_read(const char *line, corpus_case *c) {
    char columns[COLUMNS][TEXT_MOST] = {{0}};
    *c = (corpus_case){0};
    for (size_t k = 0; k < COLUMNS; k++) {
        size_t n = strcspn(line, "\t\r\n");
        if (!append(columns[k], TEXT_MOST, line, n))
            return false;
        line += n + (line[n] == '\t');
    }
    snprintf(c->id, NAME_MOST, "%.31s", columns[0]);
    memcpy(c->expression, columns[3], TEXT_MOST);
    memcpy(c->expected, columns[6], TEXT_MOST);
    c->order = (size_t)atoi(columns[5]);
    return c->order >= 1 && c->order <= ORDER_MOST && read_declarations(columns[2], c->declarations) &&
           read_wrt(c, columns[4]);
}

size_t count_tokens(const char *formula) {
    size_t count = 0;
    for (const char *p = formula; *p;) {
        size_t n = 0;
        if (isspace((unsigned char)*p)) {
            p++;
            continue;
        }
        bool number = isdigit((unsigned char)*p) || (*p == '.' && isdigit((unsigned char)p[1]));
        while (isalnum((unsigned char)p[n]) || p[n] == '_' ||
               (number && p[n] == '.' && (p[n + 1] == '\0' || !strchr("*/^'", p[n + 1]))))
            n++;
        if (n == 0)
            n = *p == '.' && p[1] && strchr("*/^+-", p[1]) ? 2 : 1;
        p += n;
        count++;
    }
    return count;
}
