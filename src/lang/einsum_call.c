/* einsum("ij,jk->ik", A, B): NumPy's notation. C_ik = sum_j A_ij B_jk; without -> letters met once stay. */
/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lang/functions.h"

enum { OPERANDS_MOST = 16, LETTER_KINDS = 52, LETTERS_WRITTEN_MOST = 200 };

/* The letters as they stand: of all operands one after the other, then those of the result. */
typedef struct notation {
    size_t operand_count;
    uint8_t ranks[OPERANDS_MOST + 1];
    uint8_t letters[LETTERS_WRITTEN_MOST]; /* a-z: 0 to 25, A-Z: 26 to 51 */
    uint32_t places[LETTERS_WRITTEN_MOST]; /* bytes of the source */
    size_t count, result_first;
    const char *text; /* that the letters stand in */
    uint32_t source;
} notation;

static int letter_kind(char c) {
    return c >= 'a' && c <= 'z' ? c - 'a' : c >= 'A' && c <= 'Z' ? c - 'A' + 26 : -1;
}

static char kind_text(int kind) {
    return (char)(kind < 26 ? 'a' + kind : 'A' + kind - 26);
}

static bool wrong_at(reader *r, const notation *n, uint32_t begin, uint32_t end, const char *words) {
    complain_span(r, "E227", (span){begin, end, n->source}, NULL, "%s", words);
    return false;
}

static bool wrong_sign(reader *r, const notation *n, uint32_t at) {
    bool dots = n->text[at] == '.';
    wrong_at(r, n, at, at + 1,
             dots ? "einsum takes no '...' here" : "einsum is written with letters, ',' and '->'");
    diagnose_help(r->diagnostics, dots ? "name every axis by a letter" : "as in einsum(\"ij,jk->ik\", A, B)");
    return false;
}

static bool take_letter(reader *r, notation *n, size_t operand, uint32_t at) {
    if (n->count == LETTERS_WRITTEN_MOST || n->ranks[operand] == RANK_MOST)
        return wrong_at(r, n, at, at + 1, "einsum has too many letters");
    n->letters[n->count] = (uint8_t)letter_kind(n->text[at]);
    n->places[n->count++] = at;
    n->ranks[operand]++;
    return true;
}

static size_t times_used(const notation *n, size_t first, size_t end, uint8_t kind) {
    size_t count = 0;
    for (size_t i = first; i < end; i++)
        count += n->letters[i] == kind;
    return count;
}

/* Without ->: the letters met once, A to Z before a to z, as NumPy orders them. */
static bool imply_result(reader *r, notation *n, uint32_t at) {
    static const uint8_t first[] = {26, 0};
    for (size_t half = 0; half < 2; half++)
        for (uint8_t k = first[half]; k < first[half] + 26; k++) {
            if (times_used(n, 0, n->result_first, k) != 1)
                continue;
            if (n->count == LETTERS_WRITTEN_MOST || n->ranks[n->operand_count] == RANK_MOST)
                return wrong_at(r, n, at, at + 1, "einsum has too many letters");
            n->letters[n->count++] = k;
            n->ranks[n->operand_count]++;
        }
    return true;
}

static bool check_result(reader *r, const notation *n) {
    for (size_t i = n->result_first; i < n->count; i++) {
        if (times_used(n, 0, n->result_first, n->letters[i]) == 0)
            return wrong_at(r, n, n->places[i], n->places[i] + 1,
                            "a letter of the result stands in no operand");
        if (times_used(n, n->result_first, i, n->letters[i]))
            return wrong_at(r, n, n->places[i], n->places[i] + 1, "a letter stands twice in the result");
    }
    return true;
}

static bool read_notation(reader *r, tree quoted, notation *n) {
    *n = (notation){.text = node_at(r, quoted)->text, .source = node_at(r, quoted)->source};
    uint32_t end = node_at(r, quoted)->end - 1;
    bool result = false;
    for (uint32_t i = node_at(r, quoted)->begin + 1; i < end; i++) {
        char c = n->text[i];
        if (c == ' ')
            continue;
        if (letter_kind(c) >= 0) {
            if (!take_letter(r, n, n->operand_count, i))
                return false;
        } else if (c == ',' && !result && n->operand_count + 1 < OPERANDS_MOST) {
            n->operand_count++;
        } else if (c == '-' && i + 1 < end && n->text[i + 1] == '>' && !result) {
            result = true;
            n->operand_count++;
            n->result_first = n->count;
            i++;
        } else {
            return wrong_sign(r, n, i);
        }
    }
    if (result)
        return check_result(r, n);
    n->operand_count++;
    n->result_first = n->count;
    return imply_result(r, n, end - 1);
}

/* ---- types ---- */

static bool wrong_operand(reader *r, tree call, const notation *n, size_t k, size_t first) {
    tree at = child(r, call, k + 1);
    type t = argument_type(r, call, k + 1);
    complain(r, "E227", at, show_type(r, t), "this has %u %s, but einsum names %u for it", t.rank,
             t.rank == 1 ? "axis" : "axes", n->ranks[k]);
    if (n->ranks[k])
        diagnose_label(r->diagnostics,
                       (span){n->places[first], n->places[first + n->ranks[k] - 1] + 1, n->source},
                       "its axes");
    return false;
}

static bool other_size(reader *r, tree call, size_t k, int kind, dim first, dim here) {
    complain(r, "E222", child(r, call, k + 1), show_type(r, argument_type(r, call, k + 1)),
             "letter '%c' of einsum ranges over two sizes", kind_text(kind));
    diagnose_note(r->diagnostics, "'%c' is up to %s here and up to %s before", kind_text(kind),
                  show_size(r, here), show_size(r, first));
    return false;
}

static bool meet_operands(reader *r, tree call, const notation *n, dim *sizes) {
    size_t first = 0;
    for (size_t k = 0; k < n->operand_count; k++) {
        type t = argument_type(r, call, k + 1);
        if (t.rank != n->ranks[k])
            return wrong_operand(r, call, n, k, first);
        for (size_t i = 0; i < t.rank; i++) {
            int kind = n->letters[first + i];
            if (!sizes[kind])
                sizes[kind] = t.axes[i];
            else if (!sizes_unify(r, sizes[kind], t.axes[i]))
                return other_size(r, call, k, kind, sizes[kind], t.axes[i]);
        }
        first += n->ranks[k];
    }
    return true;
}

static bool read_call(reader *r, tree call, notation *n) {
    tree quoted = tree_behind(r, child(r, call, 0));
    if (node_at(r, quoted)->kind != TREE_STRING) {
        complain(r, "E227", quoted, NULL, "einsum begins with its letters in double quotes");
        diagnose_help(r->diagnostics, "as in einsum(\"ij,jk->ik\", A, B)");
        return false;
    }
    if (!read_notation(r, quoted, n))
        return false;
    if (n->operand_count == child_count(r, call) - 1)
        return true;
    complain(r, "E227", quoted, NULL, "einsum has letters for %zu operand%s, but %zu %s given",
             n->operand_count, n->operand_count == 1 ? "" : "s", child_count(r, call) - 1,
             child_count(r, call) == 2 ? "is" : "are");
    return false;
}

type infer_einsum(reader *r, tree call) {
    notation n;
    dim sizes[LETTER_KINDS] = {0}, axes[RANK_MOST];
    if (!read_call(r, call, &n) || !meet_operands(r, call, &n, sizes))
        return r->failed = true, type_scalar();
    size_t rank = n.ranks[n.operand_count];
    for (size_t i = 0; i < rank; i++)
        axes[i] = sizes[n.letters[n.result_first + i]];
    return type_of(r, rank == 0 ? SHAPE_SCALAR : rank == 1 ? SHAPE_COLUMN : SHAPE_TENSOR, rank, axes);
}

typed build_einsum(reader *r, tree call) {
    notation n;
    einsum e;
    label labels[LETTERS_WRITTEN_MOST], of_kind[LETTER_KINDS];
    bool made[LETTER_KINDS] = {false};
    if (!read_call(r, call, &n))
        return scalar_value(0);
    einsum_begin(&e, r->graph);
    size_t first = 0;
    for (size_t k = 0; k < n.operand_count; k++) {
        ref x = argument_value(r, call, k + 1).node;
        for (size_t i = first; i < first + n.ranks[k]; i++) {
            uint8_t kind = n.letters[i];
            if (!made[kind])
                of_kind[kind] = einsum_label(&e, node_axis(r->graph, x, i - first));
            made[kind] = true;
            labels[i] = of_kind[kind];
        }
        einsum_factor_add(&e, x, labels + first);
        first += n.ranks[k];
    }
    for (size_t i = first; i < n.count; i++)
        labels[i] = of_kind[n.letters[i]];
    einsum_output(&e, n.ranks[n.operand_count], labels + first);
    return (typed){einsum_finish(&e), (shape_kind)type_at(r, call).shape};
}
