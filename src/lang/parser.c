/* Tokens to a syntax tree by operator precedence, with stacks of its own: nesting costs no call depth. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/functions.h"

/* Loosest first; brackets hold everything back. */
typedef enum level {
    LEVEL_BRACKET,
    LEVEL_NAMED,
    LEVEL_RANGE,
    LEVEL_COMPARE,
    LEVEL_SUM,
    LEVEL_PRODUCT,
    LEVEL_NEGATE,
    LEVEL_POWER,
    LEVEL_EXPONENT /* the minus of an exponent */
} level;

typedef enum bracket { BRACKET_NONE, BRACKET_GROUP, BRACKET_CALL, BRACKET_INDEX, BRACKET_OVER } bracket;

/* An operator that waits for its right operand, or an open bracket. */
typedef struct pending {
    uint8_t level, bracket;
    uint8_t sign;
    bool minus;     /* an odd number of minus signs */
    uint32_t begin; /* of the operator */
    uint32_t count; /* operands of a sum or product */
    uint32_t base;  /* BRACKET: operands below it */
    token name;     /* CALL, OVER, NAMED */
    token opened;   /* BRACKET */
} pending;

typedef struct parser {
    reader *r;
    ARRAY(pending) stack;
    ARRAY(tree) operands;
    ARRAY(uint8_t) signs; /* between the operands of sums and products */
    size_t nesting;
    bool wants_operand, done;
} parser;

/* ---- nodes ---- */

static bool out_of_memory(parser *p) {
    p->r->failed = true;
    return false;
}

static tree add_node(parser *p, const tree_node *n) {
    tree_node here = *n;
    here.text = p->r->text;
    here.source = p->r->source;
    return syntax_add(p->r, &here);
}

static bool push_operand(parser *p, tree t) {
    if (!t || !array_push(p->r->memory, &p->operands, t))
        return out_of_memory(p);
    return true;
}

static tree pop_operand(parser *p) {
    return p->operands.at[--p->operands.count];
}

static tree top_operand(const parser *p) {
    return p->operands.at[p->operands.count - 1];
}

/* A node over the last `count` operands, with signs[i] before child i (signs NULL: none). */
static bool reduce_to(parser *p, tree_node *n, size_t count, const uint8_t *signs) {
    tree_child *list = syntax_children(p->r, count, &n->first);
    n->count = (uint32_t)count;
    for (size_t i = 0; list && i < count; i++) {
        tree t = p->operands.at[p->operands.count - count + i];
        list[i] = (tree_child){t, signs && i ? signs[i - 1] : (uint8_t)SIGN_NONE};
    }
    p->operands.count -= count;
    return list && push_operand(p, add_node(p, n));
}

static bool push_pending(parser *p, const pending *e) {
    if (!array_push(p->r->memory, &p->stack, *e))
        return out_of_memory(p);
    return true;
}

static pending *top(const parser *p) {
    return p->stack.count ? &p->stack.at[p->stack.count - 1] : NULL;
}

/* ---- reduction ---- */

static bool reduce_chain(parser *p, const pending *e) {
    size_t first = p->operands.count - e->count;
    tree_node n = {.kind = e->level == LEVEL_SUM ? TREE_SUM : TREE_PRODUCT,
                   .begin = node_at(p->r, p->operands.at[first])->begin,
                   .end = node_at(p->r, top_operand(p))->end};
    p->signs.count -= e->count - 1;
    return reduce_to(p, &n, e->count, p->signs.at + p->signs.count);
}

static bool reduce_binary(parser *p, const pending *e, tree_kind kind) {
    tree left = p->operands.at[p->operands.count - 2], right = top_operand(p);
    tree_node n = {.kind = (uint8_t)kind,
                   .sign = e->sign,
                   .begin = node_at(p->r, left)->begin,
                   .end = node_at(p->r, right)->end};
    return reduce_to(p, &n, 2, NULL);
}

static bool reduce_negate(parser *p, const pending *e) {
    tree_node n = {.kind = TREE_NEGATE, .begin = e->begin, .end = node_at(p->r, top_operand(p))->end};
    return !e->minus || reduce_to(p, &n, 1, NULL);
}

static name intern(parser *p, const token *t) {
    name n = graph_name_bytes(p->r->graph, p->r->text + t->begin, t->end - t->begin);
    if (!n)
        p->r->failed = true;
    return n;
}

static bool reduce_named(parser *p, const pending *e) {
    tree_node n = {.kind = TREE_NAMED,
                   .begin = e->name.begin,
                   .end = node_at(p->r, top_operand(p))->end,
                   .name_begin = e->name.begin,
                   .name_end = e->name.end,
                   .name = intern(p, &e->name)};
    return reduce_to(p, &n, 1, NULL);
}

static bool reduce_top(parser *p) {
    pending e = *top(p);
    p->stack.count--;
    switch ((level)e.level) {
    case LEVEL_SUM:
    case LEVEL_PRODUCT: return reduce_chain(p, &e);
    case LEVEL_NEGATE:
    case LEVEL_EXPONENT: return reduce_negate(p, &e);
    case LEVEL_POWER: return reduce_binary(p, &e, TREE_POWER);
    case LEVEL_COMPARE: return reduce_binary(p, &e, TREE_COMPARE);
    case LEVEL_RANGE: return reduce_binary(p, &e, TREE_RANGE);
    case LEVEL_NAMED: return reduce_named(p, &e);
    case LEVEL_BRACKET: break;
    }
    return true;
}

/* Reduces what binds tighter than l. */
static bool reduce_above(parser *p, level l) {
    while (top(p) && top(p)->level > (uint8_t)l)
        if (!reduce_top(p))
            return false;
    return true;
}

/* ---- errors ---- */

static const char *found(parser *p, const token *t) {
    return token_text(p->r, t);
}

/* What stands where an operand should. */
static bool expected_operand(parser *p, const token *t) {
    reader *r = p->r;
    bool empty = p->stack.count == 0 && p->operands.count == 0 && t->kind == TOKEN_END;
    complain_token(r, "E006", t, NULL, empty ? "the expression is empty" : "expected an expression, found %s",
                   found(p, t));
    const char *remedy = t->kind == TOKEN_SIGN ? sign_remedy(t->sign) : NULL;
    if (t->kind == TOKEN_LINE && p->stack.count)
        remedy = "an expression goes on over line ends only inside brackets";
    if (remedy)
        diagnose_help(r->diagnostics, "%s", remedy);
    return false;
}

static pending *innermost_bracket(const parser *p) {
    for (size_t i = p->stack.count; i-- > 0;)
        if (p->stack.at[i].level == LEVEL_BRACKET)
            return &p->stack.at[i];
    return NULL;
}

/* let y = 3 where one expression stands. */
static bool is_statement(const parser *p) {
    const tree_node *n = node_at(p->r, top_operand(p));
    return !p->r->lines && n->kind == TREE_NAME && p->operands.count == 1 &&
           is_statement_word(p->r->text + n->begin, n->end - n->begin);
}

static bool side_by_side(parser *p, const token *t) {
    reader *r = p->r;
    if (is_statement(p)) {
        complain(r, "E008", top_operand(p), NULL, "a statement where an expression is wanted");
        diagnose_help(r->diagnostics, "statements stand in a program, a file that -f names");
        return false;
    }
    if (is_choice_word(r, top_operand(p))) {
        complain(r, "E008", top_operand(p), NULL, "a choice is a function here");
        diagnose_help(r->diagnostics, "write where(condition, a, b)");
        return false;
    }
    const char *call = call_without_brackets(r, top_operand(p), t);
    if (call) {
        complain_token(r, "E008", t, "the argument stands in brackets", "a function without brackets");
        diagnose_help(r->diagnostics, "write %s", call);
        return false;
    }
    complain_token(r, "E008", t, "an operator is missing before this", "two values side by side");
    diagnose_help(r->diagnostics, "write the product: %s*%s", quote_operand(r, top_operand(p)),
                  t->sign == SIGN_OPEN ? "(...)" : quote_span(r, token_span(r, t), false));
    const pending *e = innermost_bracket(p);
    if (e && e->bracket != BRACKET_GROUP)
        diagnose_help(r->diagnostics, "or, between two arguments, a comma");
    return false;
}

static bool unexpected(parser *p, const token *t) {
    complain_token(p->r, "E008", t, NULL, "unexpected %s", found(p, t));
    if (t->sign == SIGN_ASSIGN)
        diagnose_help(p->r->diagnostics, "to compare write ==; names are given values by let");
    return false;
}

static const char *closing(const pending *e) {
    return e->opened.sign == SIGN_OPEN ? ")" : "]";
}

static bool unclosed(parser *p, const token *t) {
    const pending *e = innermost_bracket(p);
    complain_token(p->r, "E002", t, NULL, "missing '%s'", closing(e));
    diagnose_label(p->r->diagnostics, token_span(p->r, &e->opened), "opened here");
    return false;
}

/* ---- operands ---- */

static bool open_bracket(parser *p, bracket kind, const token *head, const token *opened) {
    pending e = {.level = LEVEL_BRACKET,
                 .bracket = (uint8_t)kind,
                 .begin = head->begin,
                 .base = (uint32_t)p->operands.count,
                 .name = *head,
                 .opened = *opened};
    if (++p->nesting > NESTING_MOST) {
        complain_token(p->r, "E010", opened, NULL, "brackets are nested deeper than the limit of %d",
                       NESTING_MOST);
        return false;
    }
    p->wants_operand = true;
    return push_pending(p, &e);
}

static bool is_sign(const token *t, sign s) {
    return t->kind == TOKEN_SIGN && t->sign == s;
}

static bool take_leaf(parser *p, const token *t, tree_kind kind) {
    tree_node n = {.kind = (uint8_t)kind, .begin = t->begin, .end = t->end};
    if (kind == TREE_NAME)
        n.name = intern(p, t);
    p->wants_operand = false;
    return push_operand(p, add_node(p, &n));
}

static bool take_array(parser *p, const token *t, const token *open) {
    return take_leaf(p, t, TREE_NAME) && open_bracket(p, BRACKET_INDEX, t, open) && (top(p)->base--, true);
}

static bool take_name(parser *p, const token *t) {
    const token *next = token_after(p->r, 0);
    const pending *e = innermost_bracket(p);
    if (is_sign(next, SIGN_OPEN)) {
        p->r->at++;
        return names_array(p->r, t) ? take_array(p, t, next) : open_bracket(p, BRACKET_CALL, t, next);
    }
    if (is_sign(next, SIGN_ASSIGN) && e && e == top(p) && e->bracket == BRACKET_CALL) {
        p->r->at++;
        return push_pending(p, &(pending){.level = LEVEL_NAMED, .name = *t, .begin = t->begin});
    }
    return take_leaf(p, t, TREE_NAME);
}

static bool take_minus(parser *p, const token *t) {
    bool minus = t->sign == SIGN_MINUS;
    pending *e = top(p);
    if (e && (e->level == LEVEL_NEGATE || e->level == LEVEL_EXPONENT)) {
        e->minus ^= minus;
        return true;
    }
    level l = e && e->level == LEVEL_POWER ? LEVEL_EXPONENT : LEVEL_NEGATE;
    return push_pending(p, &(pending){.level = (uint8_t)l, .minus = minus, .begin = t->begin});
}

static bool close_bracket(parser *p, const token *t);

static bool take_operand_sign(parser *p, const token *t) {
    const pending *e = top(p);
    switch ((sign)t->sign) {
    case SIGN_PLUS:
    case SIGN_MINUS: return take_minus(p, t);
    case SIGN_OPEN: return open_bracket(p, BRACKET_GROUP, t, t);
    case SIGN_CLOSE:
        if (e && e->bracket == BRACKET_CALL && e->base == p->operands.count)
            return close_bracket(p, t);
        return expected_operand(p, t);
    case SIGN_COLON:
        if (e && (e->bracket == BRACKET_INDEX || e->bracket == BRACKET_CALL))
            return take_leaf(p, t, TREE_ALL);
        return expected_operand(p, t);
    default: return expected_operand(p, t);
    }
}

static bool take_operand(parser *p, const token *t) {
    p->r->at++;
    switch ((token_kind)t->kind) {
    case TOKEN_NUMBER: return take_leaf(p, t, TREE_NUMBER);
    case TOKEN_STRING: return take_leaf(p, t, TREE_STRING);
    case TOKEN_NAME: return take_name(p, t);
    case TOKEN_SIGN: return take_operand_sign(p, t);
    case TOKEN_BAD: p->r->failed = true; return false;
    default: p->r->at--; return expected_operand(p, t);
    }
}

/* ---- operators ---- */

/* Joins a chain of the level, or begins one with the operand at hand. */
static bool take_chain(parser *p, const token *t, level l) {
    if (!reduce_above(p, l))
        return false;
    if (!array_push(p->r->memory, &p->signs, t->sign))
        return out_of_memory(p);
    p->wants_operand = true;
    if (top(p) && top(p)->level == (uint8_t)l)
        return top(p)->count++, true;
    return push_pending(p, &(pending){.level = (uint8_t)l, .count = 2, .begin = t->begin});
}

static bool take_power(parser *p, const token *t) {
    reader *r = p->r;
    const token *next = token_now(r);
    if (!reduce_above(p, LEVEL_POWER))
        return false;
    if (t->sign == SIGN_POWER && token_is(r, next, "T")) {
        token both = {TOKEN_SIGN, SIGN_POWER, t->begin, next->end};
        complain_token(r, "E004", &both, "the transpose?", "'^T' would be a power with an exponent named T");
        diagnose_help(r->diagnostics, "the transpose is ' or .T: %s'", quote_operand(r, top_operand(p)));
        return false;
    }
    if (top(p) && top(p)->level == LEVEL_POWER) {
        complain_token(r, "E005", t, "second power", "a^b^c has two readings");
        token first = {TOKEN_SIGN, top(p)->sign, top(p)->begin,
                       top(p)->begin + (top(p)->sign == SIGN_POWER ? 1 : 2)};
        diagnose_label(r->diagnostics, token_span(r, &first), "first power");
        diagnose_help(r->diagnostics, "MATLAB reads (a^b)^c, Python reads a^(b^c): write the brackets");
        return false;
    }
    p->wants_operand = true;
    return push_pending(p, &(pending){.level = LEVEL_POWER, .sign = t->sign, .begin = t->begin});
}

static bool take_compare(parser *p, const token *t) {
    if (!reduce_above(p, LEVEL_COMPARE))
        return false;
    if (top(p) && top(p)->level == LEVEL_COMPARE) {
        complain_token(p->r, "E013", t, "second comparison", "comparisons do not chain");
        diagnose_help(p->r->diagnostics, "both at once: (a < b).*(b < c)");
        return false;
    }
    p->wants_operand = true;
    return push_pending(p, &(pending){.level = LEVEL_COMPARE, .sign = t->sign, .begin = t->begin});
}

static bool take_range(parser *p, const token *t) {
    const pending *e = innermost_bracket(p);
    if (!e) {
        p->done = true;
        p->r->at--;
        return true;
    }
    if (!reduce_above(p, LEVEL_RANGE))
        return false;
    if ((e->bracket != BRACKET_INDEX && e->bracket != BRACKET_CALL) || top(p)->level != LEVEL_BRACKET)
        return unexpected(p, t);
    p->wants_operand = true;
    return push_pending(p, &(pending){.level = LEVEL_RANGE, .begin = t->begin});
}

static bool take_transpose(parser *p, const token *t) {
    tree_node *operand = node_at(p->r, top_operand(p));
    if (operand->kind == TREE_TRANSPOSE && !operand->bracketed) {
        operand->sign ^= 1;
        operand->end = t->end;
        return true;
    }
    tree_node n = {.kind = TREE_TRANSPOSE, .sign = 1, .begin = operand->begin, .end = t->end};
    return reduce_to(p, &n, 1, NULL);
}

/* ---- brackets ---- */

/* (x), or the (i,j) of an index. */
static bool close_group(parser *p, const pending *e, const token *t) {
    tree_node group = {.kind = TREE_GROUP};
    size_t count = p->operands.count - e->base;
    if (count > 1 && !reduce_to(p, &group, count, NULL))
        return false;
    tree_node *n = node_at(p->r, top_operand(p));
    n->begin = e->begin;
    n->end = t->end;
    n->bracketed = true;
    return true;
}

static bool close_list(parser *p, const pending *e, const token *t) {
    static const uint8_t kinds[] = {
        [BRACKET_CALL] = TREE_CALL, [BRACKET_INDEX] = TREE_INDEX, [BRACKET_OVER] = TREE_OVER};
    tree_node n = {.kind = kinds[e->bracket],
                   .begin = e->begin,
                   .end = t->end,
                   .name_begin = e->name.begin,
                   .name_end = e->name.end};
    size_t count = p->operands.count - e->base;
    if (e->bracket != BRACKET_INDEX)
        n.name = intern(p, &e->name);
    const user_function *own = e->bracket == BRACKET_CALL ? user_function_find(p->r->scope, n.name) : NULL;
    if (!own)
        return reduce_to(p, &n, count, NULL);
    n.text = p->r->text;
    n.source = p->r->source;
    p->operands.count -= count;
    return push_operand(p, user_function_call(p->r, own, &n, count, p->operands.at + p->operands.count));
}

static bool close_bracket(parser *p, const token *t) {
    const pending *open = innermost_bracket(p);
    if (!open) {
        p->done = true;
        p->r->at--;
        return true;
    }
    if ((open->opened.sign == SIGN_OPEN) != (t->sign == SIGN_CLOSE))
        return unclosed(p, t);
    if (!p->wants_operand && !reduce_above(p, LEVEL_BRACKET))
        return false;
    pending e = *top(p);
    p->stack.count--;
    p->nesting--;
    p->wants_operand = false;
    return e.bracket == BRACKET_GROUP ? close_group(p, &e, t) : close_list(p, &e, t);
}

static bool take_comma(parser *p, const token *t) {
    const pending *e = innermost_bracket(p);
    if (!e) {
        p->done = true;
        p->r->at--;
        return true;
    }
    if (!reduce_above(p, LEVEL_BRACKET))
        return false;
    e = top(p);
    bool inside = e != p->stack.at && e[-1].bracket == BRACKET_INDEX; /* X[(i,j),k] */
    if (e->bracket == BRACKET_GROUP && !inside)
        return unclosed(p, t);
    p->wants_operand = true;
    return true;
}

/* x[...]: the indexed operand is the first of the list. After name[...] with "(" the list is one of
 * sum[j](...). */
static bool take_index(parser *p, const token *t) {
    token operand = {TOKEN_NAME, SIGN_NONE, node_at(p->r, top_operand(p))->begin, t->begin};
    if (!open_bracket(p, BRACKET_INDEX, &operand, t))
        return false;
    top(p)->base--;
    return true;
}

/* A "(" after an operand: sum[j](body), otherwise a missing operator. */
static bool take_body(parser *p, const token *t) {
    reader *r = p->r;
    tree_node n = *node_at(r, top_operand(p));
    tree first = n.kind == TREE_INDEX ? child(r, top_operand(p), 0) : 0;
    if (!first || n.bracketed || node_at(r, first)->kind != TREE_NAME)
        return side_by_side(p, t);
    tree list = pop_operand(p);
    token head = {TOKEN_NAME, SIGN_NONE, node_at(r, first)->begin, node_at(r, first)->end};
    if (!open_bracket(p, BRACKET_OVER, &head, t))
        return false;
    return push_operand(p, list);
}

/* ---- the loop ---- */

static bool take_operator_sign(parser *p, const token *t) {
    switch ((sign)t->sign) {
    case SIGN_PLUS:
    case SIGN_MINUS:
    case SIGN_DOT_PLUS:
    case SIGN_DOT_MINUS: return take_chain(p, t, LEVEL_SUM);
    case SIGN_TIMES:
    case SIGN_DIVIDE:
    case SIGN_SOLVE:
    case SIGN_DOT_TIMES:
    case SIGN_DOT_DIVIDE: return take_chain(p, t, LEVEL_PRODUCT);
    case SIGN_POWER:
    case SIGN_DOT_POWER: return take_power(p, t);
    case SIGN_STAR_STAR:
        complain_token(p->r, "E003", t, "Python's power", "'**' is not an operator here");
        diagnose_help(p->r->diagnostics, "a power entry by entry is .^ : x.^2");
        diagnose_help(p->r->diagnostics, "a power of a number or of a square matrix is ^ : a^2");
        return false;
    case SIGN_TRANSPOSE: return take_transpose(p, t);
    case SIGN_LESS:
    case SIGN_LESS_EQUAL:
    case SIGN_GREATER:
    case SIGN_GREATER_EQUAL:
    case SIGN_EQUAL:
    case SIGN_NOT_EQUAL: return take_compare(p, t);
    case SIGN_OPEN: return take_body(p, t);
    case SIGN_OPEN_SQUARE: return take_index(p, t);
    case SIGN_CLOSE:
    case SIGN_CLOSE_SQUARE: return close_bracket(p, t);
    case SIGN_COMMA: return take_comma(p, t);
    case SIGN_COLON: return take_range(p, t);
    default:
        if (innermost_bracket(p))
            return unexpected(p, t);
        p->done = true;
        p->r->at--;
        return true;
    }
}

static bool take_operator(parser *p, const token *t) {
    p->r->at++;
    switch ((token_kind)t->kind) {
    case TOKEN_SIGN: return take_operator_sign(p, t);
    case TOKEN_NUMBER:
    case TOKEN_STRING:
    case TOKEN_NAME: return side_by_side(p, t);
    case TOKEN_BAD: p->r->failed = true; return false;
    default:
        p->r->at--; /* a line end also ends what an error leaves over */
        if (innermost_bracket(p))
            return unclosed(p, t);
        p->done = true;
        return true;
    }
}

/* A line end that does not end the statement: in one expression anywhere, in programs inside brackets unless
 * the next line begins a statement, which means that a bracket was forgotten. */
static bool skips_line(const parser *p, const token *t) {
    const reader *r = p->r;
    if (t->kind != TOKEN_LINE || r->text[t->begin] != '\n')
        return false;
    if (!r->lines)
        return true;
    const token *next = token_after(r, 1);
    return innermost_bracket(p) &&
           !(next->kind == TOKEN_NAME && is_statement_word(r->text + next->begin, next->end - next->begin));
}

static bool parse_loop(parser *p) {
    while (!p->done) {
        const token *t = token_now(p->r);
        if (skips_line(p, t)) {
            p->r->at++;
            continue;
        }
        if (!(p->wants_operand ? take_operand(p, t) : take_operator(p, t)))
            return false;
    }
    return reduce_above(p, LEVEL_BRACKET);
}

tree parse_expression(reader *r) {
    parser p = {.r = r, .wants_operand = true};
    bool ok = parse_loop(&p);
    tree root = ok && p.operands.count == 1 ? p.operands.at[0] : 0;
    array_free(r->memory, &p.stack);
    array_free(r->memory, &p.operands);
    array_free(r->memory, &p.signs);
    if (!root)
        r->failed = true;
    return root;
}
