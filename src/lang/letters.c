/* Index notation: which letters there are, and at which node each one is summed. */
/* SPDX-License-Identifier: MIT */
#include "lang/letters.h"

#include <string.h>

/* ---- the letters of a statement ---- */

static letters *open_letters(reader *r) {
    if (!r->letters)
        r->letters = ARENA_NEW(&r->arena, letters, 1);
    if (!r->letters)
        r->failed = true;
    return r->letters;
}

void letters_close(reader *r) {
    r->letters = NULL; /* it lies in the arena */
}

int letters_number(reader *r, name n, span where) {
    letters *l = open_letters(r);
    if (!l)
        return -1;
    for (size_t i = 0; i < l->count; i++)
        if (l->list[i].name == n)
            return (int)i;
    if (l->count == LETTERS_MOST) {
        complain_span(r, "E010", where, NULL, "more than %d different indices", LETTERS_MOST);
        return -1;
    }
    l->list[l->count].name = n;
    return (int)l->count++;
}

bool letters_may_be(const reader *r, name n) {
    const entry *e = scope_entry(r->scope, n);
    return !e || e->kind == ENTRY_SIZE;
}

bool letters_has(const reader *r, name n) {
    for (size_t i = 0; r->letters && i < r->letters->count; i++)
        if (r->letters->list[i].name == n)
            return true;
    return false;
}

/* ---- the left side ---- */

static bool is_sign(const token *t, sign s) {
    return t->kind == TOKEN_SIGN && t->sign == s;
}

/* The number of tokens of an index or a group (i,j) ahead; 0 when they are something else. */
static size_t left_entry_length(const reader *r, size_t at) {
    size_t i = at + 1;
    if (token_after(r, at)->kind == TOKEN_NAME)
        return 1;
    if (!is_sign(token_after(r, at), SIGN_OPEN))
        return 0;
    for (; token_after(r, i)->kind == TOKEN_NAME; i += 2) {
        if (is_sign(token_after(r, i + 1), SIGN_CLOSE))
            return i + 2 - at;
        if (!is_sign(token_after(r, i + 1), SIGN_COMMA))
            return 0;
    }
    return 0;
}

/* Tokens NAME [ index , ... ] = ahead; the number of tokens, 0 when they are something else. */
static size_t left_side_length(const reader *r) {
    size_t length;
    if (token_after(r, 0)->kind != TOKEN_NAME || !is_sign(token_after(r, 1), SIGN_OPEN_SQUARE))
        return 0;
    for (size_t i = 2; (length = left_entry_length(r, i)) > 0; i++) {
        i += length;
        if (is_sign(token_after(r, i), SIGN_CLOSE_SQUARE))
            return is_sign(token_after(r, i + 1), SIGN_ASSIGN) ? i + 2 : 0;
        if (!is_sign(token_after(r, i), SIGN_COMMA))
            return 0;
    }
    return 0;
}

static bool take_left_letter(reader *r, const token *t) {
    name n = graph_name_bytes(r->graph, r->text + t->begin, t->end - t->begin);
    int i = letters_number(r, n, token_span(r, t));
    if (i < 0)
        return false;
    for (size_t k = 0; k < r->letters->left_count; k++)
        if (r->letters->left[k] == i) {
            complain_token(r, "E226", t, "again", "an index stands twice on the left");
            return false;
        }
    if (!letters_may_be(r, n)) {
        complain_token(r, "E226", t, "a variable", "an index has a name of its own");
        return false;
    }
    if (r->letters->left_count == RANK_MOST) {
        complain_token(r, "E010", t, NULL, "a tensor has more axes than the limit of %d", RANK_MOST);
        return false;
    }
    r->letters->left[r->letters->left_count++] = (uint8_t)i;
    return true;
}

bool letters_begin(reader *r) {
    size_t length = left_side_length(r), step;
    if (length == 0)
        return true;
    const token *first = token_now(r);
    for (size_t i = 2; i < length - 2; i += step + 1) {
        step = left_entry_length(r, i);
        size_t before = r->letters ? r->letters->left_count : 0;
        for (size_t k = step > 1; k < step; k += 2)
            if (!take_left_letter(r, token_after(r, i + k)))
                return false;
        letters *l = r->letters;
        l->left_sizes[l->left_rank++] = (uint8_t)(l->left_count - before);
    }
    r->letters->result = graph_name_bytes(r->graph, r->text + first->begin, first->end - first->begin);
    r->at += length;
    return true;
}

/* ---- sum[j](...) ---- */

static bool is_reduction(const char *word) {
    static const char *const words[] = {"sum", "mean", "prod", "max", "min"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

bool letters_assign_over(reader *r, tree t) {
    tree list = child(r, t, 0);
    const char *word = graph_name_text(r->graph, node_at(r, t)->name);
    if (child_count(r, t) != 2 || !is_reduction(word)) {
        complain(r, "E225", t, NULL,
                 "over indices run sum, mean, prod, max and min of one expression: sum[j](...)");
        return false;
    }
    for (size_t k = 1; k < child_count(r, list); k++) {
        tree_node *n = node_at(r, child(r, list, k));
        if (n->kind != TREE_NAME || !letters_may_be(r, n->name)) {
            complain(r, "E225", child(r, list, k), NULL, "an index is a name that nothing else has");
            return false;
        }
        n->role = AS_LETTER;
        if (letters_number(r, n->name, tree_span(r, child(r, list, k))) < 0)
            return false;
    }
    node_at(r, child(r, t, 1))->role = AS_VALUE;
    return true;
}

/* The letters among the children of t, from the first one on. */
static letter_set letters_among(const reader *r, tree t, size_t first) {
    letter_set set = 0;
    for (size_t k = first; k < child_count(r, t); k++) {
        const tree_node *n = node_at(r, child(r, t, k));
        for (size_t i = 0; n->role == AS_LETTER && i < r->letters->count; i++)
            if (r->letters->list[i].name == n->name)
                set |= (letter_set)1 << i;
    }
    return set;
}

/* The letters that node t names itself: of x[i,j], X[:,k], unit(k, n), and of sum[j](...) the bound ones. */
static letter_set own_letters(const reader *r, tree t) {
    tree list = node_at(r, t)->kind == TREE_OVER ? child(r, t, 0) : t;
    bool index = node_at(r, list)->kind == TREE_INDEX;
    if (!index && node_at(r, list)->kind != TREE_CALL)
        return 0;
    letter_set set = letters_among(r, list, index);
    for (size_t k = 1; index && k < child_count(r, list); k++)
        if (node_at(r, child(r, list, k))->kind == TREE_GROUP)
            set |= letters_among(r, child(r, list, k), 0);
    return set;
}

/* ---- where letters are summed ---- */

/* The letters of the function's text that node t is a call of: they are summed in it. */
static letter_set call_letters(const reader *r, tree t) {
    letter_set set = 0;
    if (node_at(r, t)->kind != TREE_RELEASE)
        return 0;
    const char *tail = graph_name_text(r->graph, node_at(r, t)->name);
    for (size_t i = 0; i < r->letters->count; i++) {
        const char *at = strchr(graph_name_text(r->graph, r->letters->list[i].name), '@');
        if (at && strcmp(at, tail) == 0)
            set |= (letter_set)1 << i;
    }
    return set;
}

static void gather_inside(const reader *r, tree t) {
    letter_sets *sets = r->letters->sets;
    letter_set own = own_letters(r, t), below = 0;
    for (size_t k = 0; k < child_count(r, t); k++)
        below |= sets[child(r, t, k)].inside;
    sets[t].inside = (node_at(r, t)->kind == TREE_OVER ? below & ~own : below | own) & ~call_letters(r, t);
}

/* The children of t in which a letter occurs. */
static size_t count_children(const reader *r, tree t, letter_set bit, tree *last, bool *divisor) {
    size_t count = 0;
    for (size_t k = 0; k < child_count(r, t); k++) {
        if (!(r->letters->sets[child(r, t, k)].inside & bit))
            continue;
        *last = child(r, t, k);
        sign s = child_sign(r, t, k);
        *divisor = s == SIGN_DIVIDE || s == SIGN_DOT_DIVIDE;
        count++;
    }
    return count;
}

static void pass_down(const reader *r, tree from, tree to, letter_set bits, bool nonlinear) {
    letter_sets *sets = r->letters->sets;
    sets[to].pending |= bits;
    sets[to].through |= bits & (nonlinear ? bits : sets[from].through);
}

/* As the user wrote it: in functions of the user it has got a tail. */
const char *letter_text(reader *r, size_t i) {
    const char *word = graph_name_text(r->graph, r->letters->list[i].name), *tail = strchr(word, '@');
    const char *kept = tail ? arena_copy_text(&r->arena, word, (size_t)(tail - word)) : word;
    return kept ? kept : word;
}

static bool two_readings(reader *r, tree t, letter_set bit) {
    size_t i = 0;
    while (!(bit >> i & 1))
        i++;
    const char *word = letter_text(r, i);
    complain(r, "E225", t, NULL, "the index '%s' may be summed inside the function or outside of it", word);
    diagnose_help(r->diagnostics, "say which: sum[%s](...) around what is summed", word);
    return false;
}

/* Whether t itself names the letter, and nothing below it. */
static bool is_letter_leaf(const reader *r, tree t, letter_set bit) {
    for (size_t k = 0; k < child_count(r, t); k++)
        if (r->letters->sets[child(r, t, k)].inside & bit)
            return false;
    return (own_letters(r, t) & bit) != 0;
}

/* A factor: summed where it meets another occurrence, or stands by itself; otherwise further down. */
static bool settle_letter(reader *r, tree t, letter_set bit) {
    letter_sets *sets = r->letters->sets;
    const tree_node *n = node_at(r, t);
    tree last = 0;
    bool divisor = false, own = (own_letters(r, t) & bit) != 0;
    bool call = !own && (n->kind == TREE_CALL || n->kind == TREE_COMPARE);
    size_t count = count_children(r, t, bit, &last, &divisor);
    bool down = count == 1 && !own && !is_letter_leaf(r, last, bit);
    count += own;
    if (down) {
        pass_down(r, t, last, bit, call || n->kind == TREE_POWER || divisor);
        return true;
    }
    bool alone = count <= 1 && n->kind != TREE_POWER;
    if (alone && ((sets[t].through & bit) || call))
        return two_readings(r, t, bit);
    sets[t].summed |= bit;
    return true;
}

static bool settle_node(reader *r, tree t) {
    letter_sets *sets = r->letters->sets;
    const tree_node *n = node_at(r, t);
    if (n->kind == TREE_RELEASE)
        sets[child(r, t, 0)].pending |= call_letters(r, t) & sets[child(r, t, 0)].inside;
    bool linear = n->kind == TREE_SUM || n->kind == TREE_NEGATE || n->kind == TREE_OVER ||
                  n->kind == TREE_ALIAS || n->kind == TREE_RELEASE;
    if (linear) {
        for (size_t k = n->kind == TREE_OVER; k < n->count; k++)
            pass_down(r, t, child(r, t, k), sets[t].pending & sets[child(r, t, k)].inside, false);
        return true;
    }
    for (size_t i = 0; i < LETTERS_MOST; i++)
        if ((sets[t].pending >> i & 1) && !settle_letter(r, t, (letter_set)1 << i))
            return false;
    return true;
}

static void gather_free(const reader *r, tree t) {
    letter_sets *sets = r->letters->sets;
    const tree_node *n = node_at(r, t);
    letter_set own = own_letters(r, t), below = 0;
    for (size_t k = n->kind == TREE_OVER; k < n->count; k++)
        below |= sets[child(r, t, k)].free;
    sets[t].concerned = own != 0 || below != 0;
    sets[t].free = (n->kind == TREE_OVER ? below & ~own : below | own) & ~sets[t].summed;
}

/* What a function is given has no indices: they would be summed inside of it or outside. */
static bool plain_argument(reader *r, tree t) {
    if (node_at(r, t)->kind != TREE_ALIAS || !r->letters->sets[t].inside)
        return true;
    complain(r, "E225", child(r, t, 0), NULL, "an argument of a function of your own holds an index");
    diagnose_help(r->diagnostics, "give it the whole, and index what comes out: f(x)[i]");
    return false;
}

bool letters_analyse(reader *r, tree root) {
    letters *l = r->letters;
    if (!l)
        return true;
    l->sets = ARENA_NEW(&r->arena, letter_sets, r->nodes.count);
    if (!l->sets)
        return r->failed = true, false;
    letter_set kept = 0;
    for (size_t k = 0; k < l->left_count; k++)
        kept |= (letter_set)1 << l->left[k];
    for (tree t = 1; t <= root; t++) {
        gather_inside(r, t);
        if (!plain_argument(r, t))
            return false;
    }
    l->sets[root].pending = l->sets[root].inside & ~kept;
    for (tree t = root; t > 0; t--)
        if ((l->sets[t].pending || node_at(r, t)->kind == TREE_RELEASE) && !settle_node(r, t))
            return false;
    for (tree t = 1; t <= root; t++)
        gather_free(r, t);
    return true;
}

bool letters_in(const reader *r, tree t) {
    return r->letters && r->letters->sets[t].concerned;
}
