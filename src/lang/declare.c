/* Names with shapes and facts: "A: [n, n] symmetric; labels: [n] integer in 0..9". */
/* SPDX-License-Identifier: MIT */
#include "lang/declare.h"

#include <string.h>

/* ---- facts ---- */

typedef enum fact_for { FOR_ALL, FOR_MATRIX, FOR_SQUARE, FOR_VECTOR, FOR_SCALAR } fact_for;

typedef struct fact_word {
    const char *word;
    uint32_t fact;
    fact_for shape;
} fact_word;

static const fact_word fact_words[] = {
    {"symmetric", FACT_SYMMETRIC, FOR_SQUARE},
    {"sym", FACT_SYMMETRIC, FOR_SQUARE},
    {"skew", FACT_SKEW, FOR_SQUARE},
    {"posdef", FACT_POSDEF, FOR_SQUARE},
    {"pd", FACT_POSDEF, FOR_SQUARE},
    {"psd", FACT_PSD, FOR_SQUARE},
    {"diagonal", FACT_DIAGONAL, FOR_SQUARE},
    {"diag", FACT_DIAGONAL, FOR_SQUARE},
    {"lower", FACT_LOWER, FOR_SQUARE},
    {"tril", FACT_LOWER, FOR_SQUARE},
    {"upper", FACT_UPPER, FOR_SQUARE},
    {"triu", FACT_UPPER, FOR_SQUARE},
    {"orthogonal", FACT_ORTHOGONAL, FOR_MATRIX},
    {"orth", FACT_ORTHOGONAL, FOR_MATRIX},
    {"toeplitz", FACT_TOEPLITZ, FOR_SQUARE},
    {"toep", FACT_TOEPLITZ, FOR_SQUARE},
    {"symtoeplitz", FACT_SYMTOEPLITZ, FOR_SQUARE},
    {"symtoep", FACT_SYMTOEPLITZ, FOR_SQUARE},
    {"invertible", FACT_INVERTIBLE, FOR_SQUARE},
    {"inv", FACT_INVERTIBLE, FOR_SQUARE},
    {"nonneg", FACT_NONNEG, FOR_ALL},
    {"positive", FACT_POSITIVE, FOR_ALL},
    {"pos", FACT_POSITIVE, FOR_ALL},
    {"integer", FACT_INTEGER, FOR_ALL},
    {"constant", FACT_CONSTANT, FOR_ALL},
    {"simplex", FACT_SIMPLEX, FOR_VECTOR},
    {"prob", FACT_SIMPLEX, FOR_VECTOR},
    {"onehot", FACT_ONEHOT, FOR_VECTOR},
    {"pm1", FACT_PM1, FOR_ALL},
    {"01", FACT_01, FOR_ALL},
    {"unit", FACT_UNIT, FOR_ALL},
    {"small", FACT_SMALL, FOR_ALL},
    {"int2", FACT_INT2, FOR_SCALAR},
    {"int3", FACT_INT3, FOR_SCALAR},
};

static const uint32_t contradictions[][2] = {
    {FACT_SYMMETRIC, FACT_SKEW}, {FACT_POSDEF, FACT_SKEW},      {FACT_PSD, FACT_SKEW},
    {FACT_DIAGONAL, FACT_SKEW},  {FACT_SYMTOEPLITZ, FACT_SKEW}, {FACT_PM1, FACT_01},
    {FACT_PM1, FACT_NONNEG},     {FACT_PM1, FACT_POSITIVE},     {FACT_PM1, FACT_SIMPLEX},
    {FACT_PM1, FACT_ONEHOT},     {FACT_PM1, FACT_UNIT},         {FACT_01, FACT_POSITIVE},
    {FACT_INT2, FACT_INT3},      {FACT_ONEHOT, FACT_POSITIVE},  {FACT_PM1, FACT_LABELS},
    {FACT_01, FACT_LABELS},      {FACT_SKEW, FACT_POSITIVE},    {FACT_SKEW, FACT_NONNEG},
    {FACT_SKEW, FACT_PM1},       {FACT_SKEW, FACT_01},          {FACT_SKEW, FACT_SIMPLEX},
    {FACT_SKEW, FACT_ONEHOT},    {FACT_DIAGONAL, FACT_PM1},     {FACT_ORTHOGONAL, FACT_POSITIVE},
    {FACT_LOWER, FACT_PM1},      {FACT_UPPER, FACT_PM1},        {FACT_SYMTOEPLITZ, FACT_ONEHOT},
};

/* What may hold together, but in no space of matrices that is known here. */
static const uint32_t strangers[][2] = {
    {FACT_ORTHOGONAL, FACT_SYMMETRIC | FACT_SKEW | FACT_POSDEF | FACT_PSD | FACT_DIAGONAL | FACT_LOWER |
                          FACT_UPPER | FACT_TOEPLITZ | FACT_SYMTOEPLITZ | FACT_SIMPLEX | FACT_ONEHOT |
                          FACT_NONNEG | FACT_PM1 | FACT_01 | FACT_INTEGER | FACT_LABELS | FACT_UNIT},
    {FACT_TOEPLITZ | FACT_SYMTOEPLITZ, FACT_DIAGONAL | FACT_LOWER | FACT_UPPER | FACT_POSDEF | FACT_PSD |
                                           FACT_SIMPLEX | FACT_ONEHOT | FACT_SKEW},
    {FACT_SYMMETRIC, FACT_LOWER | FACT_UPPER | FACT_SIMPLEX | FACT_ONEHOT},
    {FACT_POSDEF | FACT_PSD, FACT_LOWER | FACT_UPPER | FACT_DIAGONAL | FACT_SIMPLEX | FACT_ONEHOT | FACT_PM1 |
                                 FACT_01 | FACT_INTEGER | FACT_LABELS},
    {FACT_LOWER, FACT_UPPER},
    {FACT_DIAGONAL | FACT_LOWER | FACT_UPPER, FACT_SIMPLEX | FACT_ONEHOT},
};

const char *lang_fact_at(size_t i) {
    return i < sizeof fact_words / sizeof *fact_words ? fact_words[i].word : NULL;
}

static const char *fact_spelling(uint32_t bit) {
    for (size_t i = 0; i < sizeof fact_words / sizeof *fact_words; i++)
        if (fact_words[i].fact == bit)
            return fact_words[i].word;
    return "a range of labels";
}

static const fact_word *find_fact(const reader *r, const token *t) {
    for (size_t i = 0; i < sizeof fact_words / sizeof *fact_words; i++) {
        size_t n = strlen(fact_words[i].word);
        if (t->end - t->begin == n && memcmp(r->text + t->begin, fact_words[i].word, n) == 0)
            return &fact_words[i];
    }
    return NULL;
}

static bool unknown_fact(reader *r, const token *t) {
    char word[NAME_MOST + 1] = {0};
    memcpy(word, r->text + t->begin, t->end - t->begin);
    nearest n = {.word = word};
    for (size_t i = 0; i < sizeof fact_words / sizeof *fact_words; i++)
        nearest_offer(&n, fact_words[i].word);
    complain_token(r, "E108", t, NULL, "unknown fact '%s'", word);
    bool short_word = word[1] == '\0'; /* a size, as in A: m x n */
    if (short_word)
        diagnose_help(r->diagnostics, "shapes stand in square brackets: [n], [m, n]");
    else if (n.found)
        diagnose_help(r->diagnostics, "did you mean %s?", n.found);
    else
        diagnose_help(r->diagnostics, "facts are words such as symmetric, posdef, positive, integer in 0..9");
    return false;
}

static bool fits_shape(reader *r, const declaration *d, fact_for shape) {
    switch (shape) {
    case FOR_SQUARE:
        return d->type.rank == 2 && (!d->sized || sizes_unify(r, d->type.axes[0], d->type.axes[1]));
    case FOR_MATRIX: return d->type.rank == 2;
    case FOR_VECTOR: return d->type.rank == 1 || d->type.rank == 2;
    case FOR_SCALAR: return d->type.rank == 0;
    case FOR_ALL: break;
    }
    return true;
}

static uint32_t lowest_bit(uint32_t bits) {
    return bits & (~bits + 1);
}

static bool not_together(reader *r, const declaration *d, uint32_t bit, const token *t) {
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        uint32_t a = strangers[i][0], b = strangers[i][1];
        uint32_t other = (bit & a ? d->facts & b : 0) | (bit & b ? d->facts & a : 0);
        if (!other || other == bit)
            continue;
        text words = text_new(r->memory);
        text_format(&words, "%s and %s of one matrix", fact_spelling(lowest_bit(other)), fact_spelling(bit));
        complain_unsupported(r, token_span(r, t), text_string(&words));
        text_free(&words);
        if ((bit | other) == (FACT_LOWER | FACT_UPPER))
            diagnose_help(r->diagnostics, "a matrix that is both is diagonal");
        return true;
    }
    return false;
}

static bool add_fact(reader *r, declaration *d, uint32_t bit, const token *t) {
    for (size_t i = 0; i < sizeof contradictions / sizeof *contradictions; i++) {
        uint32_t a = contradictions[i][0], b = contradictions[i][1];
        uint32_t other = bit == a ? b : bit == b ? a : 0;
        if (d->facts & other) {
            complain_token(r, "E107", t, NULL, "%s contradicts %s", fact_spelling(bit), fact_spelling(other));
            return false;
        }
    }
    if (not_together(r, d, bit, t))
        return false;
    d->facts |= bit;
    return true;
}

/* ---- integer in 0..9 ---- */

static bool read_bound(reader *r, int32_t *value) {
    bool minus = take_sign(r, SIGN_MINUS);
    const token *t = token_now(r);
    rational v;
    if (t->kind != TOKEN_NUMBER || !rational_parse(r->text + t->begin, t->end - t->begin, &v) || v.den != 1 ||
        v.num > INT32_MAX / 2) {
        complain_token(r, "E108", t, NULL, "a range of labels is written: integer in 0..9");
        return false;
    }
    r->at++;
    *value = (int32_t)(minus ? -v.num : v.num);
    return true;
}

static bool read_labels(reader *r, declaration *d, const token *word) {
    if (!token_is(r, token_now(r), "in"))
        return true;
    r->at++;
    if (!read_bound(r, &d->lowest))
        return false;
    if (!take_sign(r, SIGN_RANGE)) {
        complain_token(r, "E108", token_now(r), NULL, "a range of labels is written: integer in 0..9");
        return false;
    }
    const token *last = token_now(r);
    if (!read_bound(r, &d->highest))
        return false;
    if (d->highest < d->lowest) {
        complain_token(r, "E108", last, NULL, "the range of labels is empty");
        return false;
    }
    return add_fact(r, d, FACT_LABELS, word);
}

static bool read_fact(reader *r, declaration *d) {
    const token *t = token_now(r);
    const fact_word *f = find_fact(r, t);
    if (!f)
        return unknown_fact(r, t);
    if (!fits_shape(r, d, f->shape)) {
        static const char *const wanted[] = {"", "a matrix", "a square matrix", "a vector or matrix",
                                             "a scalar"};
        complain_token(r, "E107", t, NULL, "%s is a fact of %s", f->word, wanted[f->shape]);
        diagnose_label(r->diagnostics, d->where, "%s", show_type(r, d->type));
        if (f->shape == FOR_SQUARE && d->type.rank == 2 && d->sized)
            diagnose_help(r->diagnostics, "give both axes one size: %s: [n, n] %s",
                          graph_name_text(r->graph, d->name), f->word);
        return false;
    }
    r->at++;
    return add_fact(r, d, f->fact, t) && (f->fact != FACT_INTEGER || read_labels(r, d, t));
}

static bool is_fact_token(const reader *r, const token *t) {
    return t->kind == TOKEN_NAME || (t->kind == TOKEN_NUMBER && find_fact(r, t));
}

/* ---- sizes ---- */

static bool declare_size_names(reader *r) {
    for (size_t i = 1; i < r->nodes.count; i++) {
        tree_node *n = &r->nodes.at[i];
        if (n->kind != TREE_NAME || scope_entry(r->scope, n->name))
            continue;
        if (r->lines) {
            const char *word = graph_name_text(r->graph, n->name), *near = scope_suggest(r->scope, word);
            complain(r, "E103", (tree)i, "not declared", "unknown size '%s'", word);
            diagnose_help(r->diagnostics, near ? "did you mean %s?" : "declare it before: dim %s",
                          near ? near : word);
            return false;
        }
        if (!scope_add_size(r->scope, n->name))
            return r->failed = true, false;
    }
    return true;
}

static bool read_size(reader *r, dim *size) {
    int64_t n;
    tree_forget(r);
    tree t = parse_expression(r);
    const diagnostics *d = r->diagnostics;
    if (!t && d->list.count && strcmp(d->list.at[d->list.count - 1].code, "E008") == 0)
        diagnose_help(r->diagnostics, "or, between two sizes, a comma");
    if (!t || !declare_size_names(r))
        return false;
    size_t errors = errors_now(r);
    *size = size_of_tree(r, t);
    if (!*size)
        place_errors_since(r, t, errors);
    if (*size && dim_is_number(r->graph, *size, &n) && n < 1) {
        complain(r, "E106", t, NULL, "a size is at least 1");
        return false;
    }
    return *size != 0;
}

static bool read_sizes(reader *r, declaration *d) {
    const token *open = token_now(r);
    dim axes[RANK_MOST];
    size_t rank = 0;
    r->at++;
    while (!take_sign(r, SIGN_CLOSE_SQUARE)) {
        if (rank && !take_sign(r, SIGN_COMMA)) {
            complain_token(r, "E002", token_now(r), NULL, "missing ']'");
            diagnose_label(r->diagnostics, token_span(r, open), "opened here");
            return false;
        }
        if (rank == RANK_MOST) {
            complain_token(r, "E010", open, NULL, "a tensor has more axes than the limit of %d", RANK_MOST);
            diagnose_help(r->diagnostics, "put some of them together: [m*n]");
            return false;
        }
        if (!read_size(r, &axes[rank]))
            return false;
        rank++;
    }
    d->type = type_of(r, rank == 0 ? SHAPE_SCALAR : rank == 1 ? SHAPE_COLUMN : SHAPE_TENSOR, rank, axes);
    d->typed = d->sized = true;
    return !r->failed;
}

static void read_shape_word(reader *r, declaration *d) {
    static const struct {
        const char *word;
        type type;
    } shapes[] = {{"scalar", {SHAPE_SCALAR, 0, NULL}},
                  {"vector", {SHAPE_COLUMN, 1, NULL}},
                  {"matrix", {SHAPE_TENSOR, 2, NULL}}};
    for (size_t i = 0; i < 3; i++)
        if (token_is(r, token_now(r), shapes[i].word)) {
            r->at++;
            d->type = shapes[i].type;
            d->typed = true;
            d->sized = i == 0;
        }
}

/* ---- the whole ---- */

static bool read_name(reader *r, declaration *d) {
    const token *t = token_now(r);
    if (t->kind != TOKEN_NAME) {
        if (t->kind != TOKEN_BAD)
            complain_token(r, "E109", t, NULL, "expected a name, found %s", token_text(r, t));
        r->failed = true;
        return false;
    }
    d->name = graph_name_bytes(r->graph, r->text + t->begin, t->end - t->begin);
    d->where = token_span(r, t);
    r->at++;
    return d->name != 0;
}

/* Without a shape: by the letter of the name in --where, a scalar in programs. */
static bool guess_shape(reader *r, declaration *d) {
    shape_kind shape = SHAPE_SCALAR;
    size_t rank = 0;
    const char *word = graph_name_text(r->graph, d->name);
    if (!r->lines && !default_shape(word, &shape, &rank)) {
        complain_span(r, "E109", d->where, NULL, "'%s' is declared without a shape", word);
        diagnose_help(r->diagnostics, "%s: scalar, %s: [n] or %s: [m, n]", word, word, word);
        return false;
    }
    const fact_word *known = is_fact_token(r, token_now(r)) ? find_fact(r, token_now(r)) : NULL;
    if (known && known->shape == FOR_SCALAR) { /* k: int2 can be nothing else */
        shape = SHAPE_SCALAR;
        rank = 0;
    }
    d->type = (type){(uint8_t)shape, (uint8_t)rank, NULL};
    d->sized = rank == 0;
    return true;
}

bool declaration_read(reader *r, declaration *d) {
    *d = (declaration){0};
    if (!read_name(r, d))
        return false;
    if (take_sign(r, SIGN_COLON)) {
        const token *t = token_now(r);
        if (t->kind == TOKEN_SIGN && t->sign == SIGN_OPEN_SQUARE) {
            if (!read_sizes(r, d))
                return false;
        } else if (is_fact_token(r, t)) {
            read_shape_word(r, d);
        } else {
            complain_token(r, "E109", t, NULL, "expected a shape such as [n] or [m, n], found %s",
                           token_text(r, t));
            return false;
        }
    }
    if (!d->typed && !guess_shape(r, d))
        return false;
    while (is_fact_token(r, token_now(r)))
        if (!read_fact(r, d))
            return false;
    return true;
}

bool name_is_reserved(const char *word) {
    return strcmp(word, "pi") == 0 || strcmp(word, "rows") == 0 || strcmp(word, "cols") == 0 ||
           is_statement_word(word, strlen(word));
}

bool name_is_usable(reader *r, name n, span where) {
    const char *word = graph_name_text(r->graph, n);
    const entry *e = scope_entry(r->scope, n);
    bool reserved = name_is_reserved(word);
    if (!e && !reserved)
        return true;
    const char *what = reserved                ? "is a word of the language"
                       : e->kind == ENTRY_SIZE ? "is a size already"
                                               : "is declared already";
    complain_span(r, "E104", where, NULL, "the name '%s' %s", word, what);
    diagnose_help(r->diagnostics, "choose another name");
    return false;
}

entry *declaration_enter(reader *r, const declaration *d) {
    if (!name_is_usable(r, d->name, d->where))
        return NULL;
    entry *e = scope_add(r->scope, d->name, ENTRY_OPEN);
    if (!e)
        return r->failed = true, NULL;
    e->declared = true;
    e->facts = d->facts;
    e->lowest = d->lowest;
    e->highest = d->highest;
    e->type = d->type;
    return !d->sized || entry_settle(r, e) ? e : NULL;
}

static int bracket_step(const token *t) {
    if (t->kind != TOKEN_SIGN)
        return 0;
    switch ((sign)t->sign) {
    case SIGN_OPEN:
    case SIGN_OPEN_SQUARE:
    case SIGN_OPEN_BRACE: return 1;
    case SIGN_CLOSE:
    case SIGN_CLOSE_SQUARE:
    case SIGN_CLOSE_BRACE: return -1;
    default: return 0;
    }
}

void skip_statement(reader *r) {
    int depth = 0;
    for (const token *t = token_now(r); t->kind != TOKEN_END; t = token_now(r)) {
        const token *next = token_after(r, 1);
        bool begins = next->kind == TOKEN_NAME &&
                      is_statement_word(r->text + next->begin, next->end - next->begin);
        depth += bracket_step(t);
        if (t->kind == TOKEN_LINE && (depth <= 0 || begins))
            return;
        r->at++;
    }
}

/* ---- --where ---- */

static bool declare_next(reader *r) {
    declaration d;
    reader_begin(r);
    if (!declaration_read(r, &d) || !declaration_enter(r, &d))
        return false;
    const token *t = token_now(r);
    if (t->kind == TOKEN_LINE || t->kind == TOKEN_END || (t->kind == TOKEN_SIGN && t->sign == SIGN_COMMA))
        return true;
    complain_token(r, "E109", t, NULL, "unexpected %s in a declaration", token_text(r, t));
    diagnose_help(r->diagnostics, "declarations look like \"A: [m, n] symmetric; x: [n]; t: scalar\"");
    return false;
}

static bool declare_all(reader *r) {
    bool ok = true;
    for (;;) {
        while (token_now(r)->kind == TOKEN_LINE || take_sign(r, SIGN_COMMA))
            r->at += token_now(r)->kind == TOKEN_LINE;
        if (token_now(r)->kind == TOKEN_END)
            return ok;
        size_t begin = r->at;
        if (!declare_next(r)) {
            ok = false;
            r->at = begin;
            skip_statement(r);
        }
    }
}

bool scope_declare(scope *s, const char *source_name, const char *source, size_t length) {
    reader r;
    bool ok = reader_open(&r, s, graph_diagnostics(s->graph), source_name, source, length) && declare_all(&r);
    ok = scope_refresh(s) && ok && !s->memory->failed;
    report_memory(s->graph);
    reader_close(&r);
    return ok;
}
