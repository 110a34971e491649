/* Powers in a chain: A*B*A*B*A*B*A is (A*B)^3*A; of all ways to cut a chain into pieces the shortest one. */
/* SPDX-License-Identifier: MIT */
#include "print/print_tree.h"

#include <string.h>

/* Tokens first, then pieces of several links: without a gain a chain stays as it is. */
typedef struct measure {
    uint64_t tokens;
    size_t blocks;
} measure;

static bool is_less(measure a, measure b) {
    return a.tokens != b.tokens ? a.tokens < b.tokens : a.blocks < b.blocks;
}

/* ---- pieces ---- */

static size_t run_of(size_t count, tree *const *links) {
    size_t run = 1;
    while (run < count && links[run] == links[0])
        run++;
    return run;
}

static uint64_t cost_of_run(const tree *link, size_t times) {
    bool brackets = tree_level(link) < (times > 1 ? 5 : 3);
    return link->cost + (brackets ? 2u : 0u) + (times > 1 ? 2u : 0u);
}

/* Of a chain in which only equal neighbours are joined. */
static uint64_t cost_of_links(size_t count, tree *const *links) {
    uint64_t cost = 0;
    for (size_t i = 0, run = 0; i < count; i += run) {
        run = run_of(count - i, links + i);
        cost += cost_of_run(links[i], run) + (i ? 1u : 0u);
    }
    return cost;
}

/* The link transposed where that takes a prime away or nothing, else NULL. */
static tree *without_prime(tree *link) {
    return link->kind == TREE_TRANSPOSE ? link->child[0] : link->symmetric ? link : NULL;
}

bool links_flip(size_t count, tree *const *links, tree **flipped) {
    for (size_t i = 0; i < count; i++) {
        flipped[count - 1 - i] = without_prime(links[i]);
        if (!flipped[count - 1 - i])
            return false;
    }
    return true;
}

/* (P*Q)^times, or (Q'*P')'^times where that is shorter. */
static uint64_t cost_of_block(tree *const *links, chain_piece *piece) {
    tree *flipped[FACTORS_MOST / 2];
    uint64_t cost = cost_of_links(piece->links, links);
    if (links_flip(piece->links, links, flipped)) {
        uint64_t other = cost_of_links(piece->links, flipped) + 1;
        piece->flipped = other < cost;
        cost = piece->flipped ? other : cost;
    }
    return cost + 4;
}

/* ---- the shortest way ---- */

typedef struct plan {
    size_t count;
    tree *const *links;
    measure best[FACTORS_MOST + 1];  /* of the links from here on */
    chain_piece first[FACTORS_MOST]; /* the piece that begins there */
} plan;

/* The piece at link i, followed by the best for the rest. */
static void try_piece(plan *c, size_t i, chain_piece piece, uint64_t cost) {
    size_t next = i + (size_t)piece.links * piece.times;
    measure m = c->best[next];
    m.tokens += cost + (next < c->count ? 1 : 0);
    m.blocks += piece.links > 1;
    if (c->first[i].links && !is_less(m, c->best[i]))
        return;
    c->best[i] = m;
    c->first[i] = piece;
}

static bool same_links(tree *const *a, tree *const *b, size_t count) {
    return memcmp(a, b, count * sizeof *a) == 0;
}

static void try_blocks(plan *c, size_t i, size_t run) {
    size_t left = c->count - i;
    tree *const *at = c->links + i;
    for (size_t n = run + 1; 2 * n <= left; n++) {
        chain_piece piece = {.links = (uint8_t)n, .times = 2};
        if (!same_links(at, at + n, n))
            continue;
        uint64_t cost = cost_of_block(at, &piece);
        for (; piece.times * n <= left; piece.times++) {
            if (!same_links(at, at + (piece.times - 1) * n, n))
                break;
            try_piece(c, i, piece, cost);
        }
    }
}

static bool has_repetition(size_t count, tree *const *links) {
    for (size_t n = 2; 2 * n <= count; n++)
        for (size_t i = 0; i + 2 * n <= count; i++)
            if (links[i] == links[i + n] && same_links(links + i, links + i + n, n))
                return true;
    return false;
}

static size_t plain_pieces(size_t count, tree *const *links, chain_piece *pieces) {
    size_t n = 0;
    for (size_t i = 0; i < count; i += pieces[n++].times)
        pieces[n] = (chain_piece){.links = 1, .times = (uint8_t)run_of(count - i, links + i)};
    return n;
}

size_t chain_pieces(size_t count, tree *const *links, chain_piece *pieces) {
    size_t n = 0;
    if (!has_repetition(count, links))
        return plain_pieces(count, links, pieces);
    plan c = {.count = count, .links = links};
    for (size_t i = count; i-- > 0;) {
        size_t run = run_of(count - i, links + i);
        try_blocks(&c, i, run);
        for (size_t times = run; times > 0; times--)
            try_piece(&c, i, (chain_piece){.links = 1, .times = (uint8_t)times},
                      cost_of_run(links[i], times));
    }
    for (size_t i = 0; i < count; i += (size_t)c.first[i].links * c.first[i].times)
        pieces[n++] = c.first[i];
    return n;
}

bool chain_is_power(size_t count, tree *const *links) {
    chain_piece pieces[FACTORS_MOST];
    return chain_pieces(count, links, pieces) == 1 && pieces[0].times > 1;
}
