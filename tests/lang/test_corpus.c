/* Every expression and every expected formula of the corpus is read; only operators still to come are
 * refused. */
/* SPDX-License-Identifier: MIT */
#include "lang/fixture.h"

#include <ctype.h>
#include <stdlib.h>

enum { COLUMNS = 9, LINE_MOST = 4096 };

typedef struct counts {
    int read, failed;
} counts;

/* The facts of one name in "A sym, x pos small". */
static void copy_facts(const char *facts, const char *of, size_t length, char *out) {
    while (*facts) {
        facts += strspn(facts, " ,");
        size_t item = strcspn(facts, ",");
        if (strncmp(facts, of, length) == 0 && facts[length] == ' ')
            (void)sprintf(out, " %.*s", (int)(item - length - 1), facts + length + 1);
        facts += item;
    }
}

/* "A[m,n] x[n] a; A sym" as --where takes it: "A: [m,n] sym; x: [n]; a: scalar". */
static void convert_declarations(const char *in, char *out) {
    char names[LINE_MOST], facts[LINE_MOST] = "";
    const char *semicolon = strchr(in, ';');
    (void)snprintf(names, sizeof names, "%.*s", (int)(semicolon ? semicolon - in : (ptrdiff_t)strlen(in)),
                   in);
    if (semicolon)
        (void)snprintf(facts, sizeof facts, "%s", semicolon + 1);
    *out = '\0';
    for (char *word = strtok(names, " "); word; word = strtok(NULL, " ")) {
        char own[256] = "";
        size_t length = strcspn(word, "[");
        copy_facts(facts, word, length, own);
        out += sprintf(out, "%.*s: %s%s; ", (int)length, word, word[length] ? word + length : "scalar", own);
    }
}

static void read_one(const char *id, const char *where, const char *expression, counts *c) {
    fixture f;
    typed v;
    fixture_open(&f);
    bool ok = fixture_declare(&f, where) && fixture_read(&f, expression, &v);
    if (ok)
        c->read++;
    else {
        c->failed++;
        print_message("%s: %s (where %s)\n", id, expression, where);
        fixture_print(&f);
    }
    fixture_close(&f);
}

static void test_corpus(void **state) {
    (void)state;
    char line[LINE_MOST], where[LINE_MOST];
    counts c = {0, 0};
    int cases = 0;
    FILE *file = fopen(GRADUS_SOURCE_DIR "/tests/corpus/derivatives.tsv", "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        char *column[COLUMNS] = {0};
        char *at = line;
        for (int i = 0; i < COLUMNS && at; i++) {
            column[i] = at;
            at = strchr(at, '\t');
            if (at)
                *at++ = '\0';
        }
        convert_declarations(column[2], where);
        read_one(column[0], where, column[3], &c);
        if (column[6][0])
            read_one(column[0], where, column[6], &c);
        cases++;
    }
    (void)fclose(file);
    print_message("corpus: %d cases, %d texts read, %d failed\n", cases, c.read, c.failed);
    assert_int_equal(cases, 277);
    assert_int_equal(c.failed, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_corpus)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
