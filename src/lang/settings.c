/* train { optimizer = sgd(lr = 0.1), batch = full }: keys with numbers, words, texts and calls. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/program_internal.h"

enum { CALLS_NESTED_MOST = 4, ARGUMENTS_MOST = 32 };

static bool is_sign(const token *t, sign s) {
    return t->kind == TOKEN_SIGN && t->sign == s;
}

static void skip_lines(reader *r) {
    while (token_now(r)->kind == TOKEN_LINE)
        r->at++;
}

static const char *keep(builder *b, uint32_t begin, uint32_t end) {
    return arena_copy_text(&b->program->arena, b->r.text + begin, end - begin);
}

/* A number is any expression whose value is known without data. */
static bool read_number(builder *b, program_setting *s) {
    reader *r = &b->r;
    tree root;
    typed v;
    rational exact;
    if (!read_value(b, false, &root, &v))
        return false;
    s->kind = SETTING_NUMBER;
    s->value_where = tree_span(r, root);
    if (v.shape == SHAPE_SCALAR && node_is_rational(r->graph, v.node, &exact)) {
        s->number = rational_value(exact);
        return true;
    }
    if (node_op(r->graph, v.node) == OP_REAL) {
        s->number = real_value(r->graph, v.node);
        return true;
    }
    complain(r, "E164", root, NULL, "a setting is a number, a word or a text");
    return false;
}

static bool read_setting(builder *b, program_setting *s, int nested);

static bool read_arguments(builder *b, program_setting *s, int nested) {
    reader *r = &b->r;
    program_setting list[ARGUMENTS_MOST];
    const token *open = token_now(r);
    size_t count = 0;
    r->at++;
    for (skip_lines(r); !take_sign(r, SIGN_CLOSE); skip_lines(r)) {
        if (count && !need_sign(r, SIGN_COMMA, "or ')' here"))
            return false;
        skip_lines(r);
        if (count == ARGUMENTS_MOST || nested == CALLS_NESTED_MOST) {
            complain_token(r, "E010", open, NULL, "a setting has at most %d arguments, nested %d deep",
                           ARGUMENTS_MOST, CALLS_NESTED_MOST);
            return false;
        }
        if (!read_setting(b, &list[count], nested + 1))
            return false;
        count++;
    }
    program_setting *kept = ARENA_NEW(&b->program->arena, program_setting, count ? count : 1);
    if (!kept)
        return false;
    memcpy(kept, list, count * sizeof *list);
    s->arguments = kept;
    s->argument_count = count;
    return true;
}

static bool read_word(builder *b, program_setting *s, int nested) {
    reader *r = &b->r;
    const token *t = token_now(r);
    s->kind = SETTING_WORD;
    s->word = keep(b, t->begin, t->end);
    s->value_where = token_span(r, t);
    r->at++;
    if (!s->word || !is_sign(token_now(r), SIGN_OPEN))
        return s->word != NULL;
    s->kind = SETTING_CALL;
    if (!read_arguments(b, s, nested))
        return false;
    s->value_where.end = r->tokens.at[r->at - 1].end;
    return true;
}

/* Whether a name stands for itself: not the beginning of an arithmetic expression. */
static bool is_plain_word(const reader *r) {
    const token *t = token_now(r), *next = token_after(r, 1);
    if (t->kind != TOKEN_NAME || token_is(r, t, "pi") || token_is(r, t, "sqrt"))
        return false;
    return next->kind != TOKEN_SIGN || is_sign(next, SIGN_OPEN) || is_sign(next, SIGN_COMMA) ||
           is_sign(next, SIGN_CLOSE) || is_sign(next, SIGN_CLOSE_BRACE);
}

static bool read_setting_value(builder *b, program_setting *s, int nested) {
    reader *r = &b->r;
    const token *t = token_now(r);
    if (t->kind == TOKEN_STRING) {
        r->at++;
        s->kind = SETTING_TEXT;
        s->word = keep(b, t->begin + 1, t->end - 1);
        s->value_where = token_span(r, t);
        return s->word != NULL;
    }
    return is_plain_word(r) ? read_word(b, s, nested) : read_number(b, s);
}

/* key = value; inside a call also the value alone, its key is then "". */
static bool read_setting(builder *b, program_setting *s, int nested) {
    reader *r = &b->r;
    const token *t = token_now(r);
    *s = (program_setting){.key = "", .where = token_span(r, t)};
    bool keyed = t->kind == TOKEN_NAME && is_sign(token_after(r, 1), SIGN_ASSIGN);
    if (!keyed && nested == 0) {
        if (t->kind != TOKEN_BAD) {
            complain_token(r, "E164", t, NULL, "a setting is written name = value");
            diagnose_help(r->diagnostics, "for example lr = 0.1");
        }
        return false;
    }
    if (keyed) {
        s->key = keep(b, t->begin, t->end);
        r->at += 2;
    }
    return s->key && read_setting_value(b, s, nested);
}

static bool is_new_key(builder *b, const program_setting *s) {
    for (size_t i = 0; i < b->settings.count; i++)
        if (strcmp(b->settings.at[i].key, s->key) == 0) {
            complain_span(&b->r, "E165", s->where, "again", "'%s' is set twice", s->key);
            diagnose_label(b->r.diagnostics, b->settings.at[i].where, "first here");
            return false;
        }
    return true;
}

bool read_train(builder *b) {
    reader *r = &b->r;
    const token *word = &r->tokens.at[r->at - 1];
    if (b->trained) {
        complain_token(r, "E165", word, NULL, "a program has one train block");
        return false;
    }
    b->trained = true;
    skip_lines(r);
    if (!need_sign(r, SIGN_OPEN_BRACE, "after train"))
        return false;
    for (skip_lines(r); !take_sign(r, SIGN_CLOSE_BRACE);) {
        program_setting s;
        if (token_now(r)->kind == TOKEN_END) {
            complain_token(r, "E002", token_now(r), NULL, "missing '}'");
            diagnose_label(r->diagnostics, token_span(r, word), "of this block");
            return false;
        }
        if (!read_setting(b, &s, 0) || !is_new_key(b, &s) || !array_push(r->memory, &b->settings, s))
            return false;
        bool line = token_now(r)->kind == TOKEN_LINE;
        skip_lines(r);
        if (!take_sign(r, SIGN_COMMA) && !line && !is_sign(token_now(r), SIGN_CLOSE_BRACE))
            return need_sign(r, SIGN_COMMA, "between settings");
        skip_lines(r);
    }
    return true;
}
