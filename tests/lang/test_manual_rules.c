/* The manual: the shapes and the differentials that its pages state are those of the language. */
/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "gradus/gradus.h"
#include "graph/graph.h"

/* ---- cases of shapes ---- */

enum { OPERANDS_MOST = 6, WORD_MOST = 120, TEXT_MOST = 1200 };

typedef struct operand {
    char name[WORD_MOST], shape[WORD_MOST]; /* no shape: a word that is given as it stands */
} operand;

typedef struct shape_case {
    char form[WORD_MOST], result[WORD_MOST];
    size_t count;
    operand operands[OPERANDS_MOST];
} shape_case;

/* Up to the next ", " outside brackets and quotes. */
static size_t item_length(const char *s) {
    int depth = 0;
    bool quoted = false;
    size_t n = 0;
    for (; s[n] && (depth || quoted || s[n] != ','); n++) {
        quoted ^= s[n] == '"';
        depth += (s[n] == '[') - (s[n] == ']');
    }
    return n;
}

static void read_operand(const char *item, size_t length, operand *o) {
    const char *blank = memchr(item, ' ', length);
    size_t word = blank && item[0] != '"' ? (size_t)(blank - item) : length;
    snprintf(o->name, sizeof o->name, "%.*s", (int)word, item);
    o->shape[0] = '\0';
    if (word < length)
        snprintf(o->shape, sizeof o->shape, "%.*s", (int)(length - word - 1), item + word + 1);
}

/* "X': X [m, n] -> [n, m]" */
static void read_case(const char *out, size_t length, shape_case *c) {
    char s[GRADUS_SHAPES_MOST];
    snprintf(s, sizeof s, "%.*s", (int)length, out);
    memset(c, 0, sizeof *c);
    char *arrow = strstr(s, " -> "), *colon = strstr(s, ": ");
    assert_non_null(arrow);
    snprintf(c->result, sizeof c->result, "%s", arrow + 4);
    *arrow = '\0';
    if (colon)
        snprintf(c->form, sizeof c->form, "%.*s", (int)(colon - s), s);
    for (const char *item = colon ? colon + 2 : s; *item; item += strspn(item, ", ")) {
        size_t n = item_length(item);
        assert_true(c->count < OPERANDS_MOST);
        read_operand(item, n, &c->operands[c->count++]);
        item += n;
    }
}

/* The case with "any shape" and "the same" replaced by a shape. */
static void settle(shape_case *c, const char *shape) {
    for (size_t k = 0; k < c->count; k++)
        if (strcmp(c->operands[k].shape, "of any shape") == 0 ||
            strcmp(c->operands[k].shape, "of the same") == 0)
            strcpy(c->operands[k].shape, shape);
    if (strcmp(c->result, "the same") == 0)
        strcpy(c->result, shape);
}

static void append(char *out, const char *format, const char *word) {
    size_t used = strlen(out);
    int n = snprintf(out + used, TEXT_MOST - used, format, word);
    assert_true(n >= 0 && used + (size_t)n < TEXT_MOST);
}

/* vector(c) and matrix(c) take their shape from what is around them. */
static bool needs_place(const gradus_page *page) {
    return strcmp(page->name, "vector") == 0 || strcmp(page->name, "matrix") == 0;
}

static void declare_operands(const gradus_page *page, const shape_case *c, char *where) {
    where[0] = '\0';
    if (needs_place(page))
        append(where, "place: %s; ", c->result);
    for (size_t k = 0; k < c->count; k++)
        if (c->operands[k].shape[0]) {
            append(where, "%s: ", c->operands[k].name);
            append(where, "%s; ", c->operands[k].shape);
        }
}

/* The operands as the page writes them: name(operands), or the form of a sign. */
static void write_application(const gradus_page *page, const shape_case *c, char *out) {
    out[0] = '\0';
    if (strcmp(page->kind, "sign") == 0) {
        append(out, "%s", c->form[0] ? c->form : page->usage);
        return;
    }
    append(out, needs_place(page) ? "place + %s" : "%s", page->name);
    for (size_t k = 0; k < c->count; k++)
        append(out, k ? ", %s" : "(%s", c->operands[k].name);
    append(out, "%s", ")");
}

static void shape_of(gradus_context *c, gradus_expr e, char *out) {
    size_t rank = gradus_rank(c, e);
    out[0] = '\0';
    for (size_t k = 0; k < rank; k++) {
        append(out, "%s", k ? ", " : e.row ? "[1, " : "[");
        append(out, "%s", gradus_size(c, e, k));
    }
    append(out, "%s", rank ? "]" : "scalar");
}

static bool has_message(gradus_context *c, const char *code) {
    gradus_message m;
    return gradus_message_get(c, 0, &m) && strcmp(m.code, code) == 0;
}

static void check_case(const gradus_page *page, const shape_case *s) {
    char where[TEXT_MOST], out[TEXT_MOST], shape[TEXT_MOST];
    gradus_expr e;
    gradus_context *c = gradus_context_new(NULL);
    declare_operands(page, s, where);
    write_application(page, s, out);
    gradus_status status = gradus_declare(c, where);
    if (status == GRADUS_OK)
        status = gradus_parse(c, out, &e);
    if (status == GRADUS_OK) {
        shape_of(c, e, shape);
        if (strcmp(shape, s->result) != 0)
            fail_msg("%s, %s is %s, not %s", out, where, shape, s->result);
    } else if (!has_message(c, "E167")) { /* randn, rand stand in data */
        fail_msg("%s, %s: %s", out, where, gradus_messages(c, 0));
    }
    gradus_context_free(c);
}

static void test_shapes(void **state) {
    static const char *const any[] = {"scalar", "[n]", "[m, n]"};
    gradus_page page;
    int cases = 0;
    (void)state;
    for (size_t i = 0; gradus_page_get(i, &page); i++)
        for (const char *s = page.shapes; *s; s += strspn(s, "; ")) {
            size_t length = strcspn(s, ";");
            for (size_t k = 0; k < sizeof any / sizeof *any; k++, cases++) {
                shape_case c;
                read_case(s, length, &c);
                settle(&c, any[k]);
                check_case(&page, &c);
            }
            s += length;
        }
    assert_true(cases > 400);
}

/* ---- rules ---- */

/* Text with each whole word `from` replaced by `to`. */
static void replace_word(char *out, const char *from, const char *to) {
    char result[TEXT_MOST] = "";
    for (const char *s = out; *s;) {
        size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
        char piece[WORD_MOST + 1];
        snprintf(piece, sizeof piece, "%.*s", (int)(n ? n : 1), s);
        append(result, "%s", strcmp(piece, from) == 0 ? to : piece);
        s += n ? n : 1;
    }
    strcpy(out, result);
}

/* Operand k along its direction D1, D2 or D3, where the rule has a differential of it: "(A + time*D1)". */
typedef struct movement {
    char application[TEXT_MOST], rule[TEXT_MOST], where[TEXT_MOST];
} movement;

static void move_operand(const operand *o, size_t k, movement *m) {
    char place[8], differential[8], direction[8], moved[WORD_MOST + 40];
    snprintf(place, sizeof place, "x%zu", k);
    snprintf(differential, sizeof differential, "dx%zu", k);
    snprintf(direction, sizeof direction, "D%zu", k);
    snprintf(moved, sizeof moved, "%s", o->name);
    if (strstr(m->rule, differential)) {
        snprintf(moved, sizeof moved, "(%s + time*%s)", o->name, direction);
        append(m->where, "%s: ", direction);
        append(m->where, "%s; ", o->shape);
    }
    replace_word(m->application, o->name, moved);
    replace_word(m->rule, place, moved);
    replace_word(m->rule, differential, direction);
}

static void prepare_movement(const gradus_page *page, const shape_case *s, movement *m) {
    declare_operands(page, s, m->where);
    append(m->where, "%s", "time: scalar; ");
    write_application(page, s, m->application);
    snprintf(m->rule, sizeof m->rule, "%s%s", needs_place(page) ? "0*place + " : "", page->rule);
    replace_word(m->rule, "y", "VALUE"); /* an operand may be a y, too */
    for (size_t k = 0, operands = 0; k < s->count; k++)
        if (s->operands[k].shape[0])
            move_operand(&s->operands[k], ++operands, m);
    char value[TEXT_MOST] = "";
    append(value, "(%s)", m->application);
    replace_word(m->rule, "VALUE", value);
}

/* d/dtime of the function at moving operands is the rule: graded against numerical derivatives. */
static void check_rule(const gradus_page *page, const shape_case *s) {
    movement m;
    gradus_expr f, time;
    gradus_grade grade = {0};
    gradus_derive_options options = {0};
    gradus_context *c = gradus_context_new(NULL);
    prepare_movement(page, s, &m);
    if (gradus_declare(c, m.where) != GRADUS_OK || gradus_parse(c, m.application, &f) != GRADUS_OK ||
        gradus_variable(c, "time", &time) != GRADUS_OK ||
        gradus_grade_claim(c, f, 1, &time, m.rule, &options, &grade) != GRADUS_OK)
        fail_msg("%s, %s, rule %s: %s", m.application, m.where, m.rule, gradus_messages(c, 0));
    if (grade.verdict != GRADUS_RIGHT)
        fail_msg("%s, %s, rule %s: %s", m.application, m.where, m.rule, grade.message);
    gradus_context_free(c);
}

/* Rules are of numbers for operators entry by entry, otherwise of the first case. Of a constant nothing
 * moves.
 */
static void test_rules(void **state) {
    gradus_page page;
    int rules = 0;
    (void)state;
    for (size_t i = 0; gradus_page_get(i, &page); i++) {
        shape_case s;
        if (!page.rule || strcmp(page.rule, "0") == 0)
            continue;
        bool number = i < OP_COUNT - (OP_ONEHOT + 1) &&
                      op_describe((op)(OP_ONEHOT + 1 + i)).kind == KIND_ELEMENTWISE;
        read_case(page.shapes, strcspn(page.shapes, ";"), &s);
        settle(&s, number ? "scalar" : "[n]");
        check_rule(&page, &s);
        rules++;
    }
    assert_true(rules > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shapes),
        cmocka_unit_test(test_rules),
    };
    return cmocka_run_group_tests_name("manual rules", tests, NULL, NULL);
}
