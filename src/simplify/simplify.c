/* simplify: every node, operands first, becomes the shortest equal node that laws and fingerprints reach. */
/* SPDX-License-Identifier: MIT */
#include "simplify/simplify_internal.h"

#include <string.h>

enum { STEPS_DEFAULT = 100000, SMALL_NODES = 400, PASSES_MOST = 3, TRIALS_MOST = 1 };

/* ---- memory of the past ---- */

static bool make_room(simplifier *s, ref r) {
    while (s->image.count <= r)
        if (!array_push(s->memory, &s->image, 0u) || !array_push(s->memory, &s->open, (uint8_t)0))
            return false;
    return true;
}

static ref image_of(const simplifier *s, ref r) {
    return r < s->image.count ? s->image.at[r] : 0;
}

static bool set_image(simplifier *s, ref r, ref image) {
    if (!make_room(s, r) || (s->trial && !array_push(s->memory, &s->trail, r)))
        return false;
    s->image.at[r] = image;
    return true;
}

void simplifier_release(simplifier *s, graph_mark mark) {
    graph_release(s->graph, mark);
    memo_forget(&s->reading.memo, mark);
    memo_forget(&s->operators, mark);
    facts_forget(&s->facts, mark);
    if (s->residues)
        residue_forget(s->residues, mark);
    if (s->image.count > mark.nodes)
        s->image.count = s->open.count = mark.nodes;
}

static uint64_t operators_below(void *user, ref r) {
    const simplifier *s = user;
    uint64_t bits = op_bit(node_op(s->graph, r));
    for (size_t k = 0; k < node_operand_count(s->graph, r); k++)
        bits |= memo_known(&s->operators, node_operand(s->graph, r, k));
    return bits;
}

/* ---- contests ---- */

contest contest_begin(simplifier *s, ref r) {
    return (contest){.simplifier = s, .node = r, .reads = reads(&s->reading, r)};
}

void contest_try(contest *c) {
    c->mark = graph_note(c->simplifier->graph);
}

static bool wins(contest *c, ref candidate, uint32_t length) {
    const graph *g = c->simplifier->graph;
    if (length != c->reads || c->best == 0)
        return length < c->reads;
    return node_key(g, candidate) < node_key(g, c->best);
}

void contest_enter(contest *c, ref candidate) {
    simplifier *s = c->simplifier;
    uint32_t length = candidate && candidate != c->node ? reads(&s->reading, candidate) : 0;
    if (length && wins(c, candidate, length)) {
        c->best = candidate;
        c->reads = length;
        return;
    }
    simplifier_release(s, c->mark);
}

/* Settles on scratch; nothing of it stays but its length. */
static uint32_t settled_length(simplifier *s, ref candidate) {
    size_t frames = s->frames.count, trail = s->trail.count, steps = s->steps;
    graph_mark mark = graph_note(s->graph);
    s->trial++;
    ref end = settle(s, candidate);
    s->trial--;
    uint32_t length = end ? reads(&s->reading, end) : 0;
    while (s->trail.count > trail) {
        ref r = s->trail.at[--s->trail.count];
        if (r < s->image.count)
            s->image.at[r] = 0;
    }
    s->frames.count = frames;
    s->steps = steps;
    simplifier_release(s, mark);
    return length;
}

void contest_enter_settled(contest *c, ref candidate) {
    simplifier *s = c->simplifier;
    uint32_t length = candidate && candidate != c->node ? settled_length(s, candidate) : 0;
    if (length && length < c->reads) {
        c->best = candidate;
        c->reads = length;
        return;
    }
    simplifier_release(s, c->mark);
}

/* Steps that may first read longer, judged by where they lead. */
static void try_detours(simplifier *s, contest *c, ref r) {
    op o = node_op(s->graph, r);
    if (o == OP_EINSUM) {
        try_distribute(s, c, r);
        try_absorb(s, c, r);
        try_division(s, c, r);
    }
    if (o != OP_SUM)
        return;
    try_expand(s, c, r);
    try_common_factor(s, c, r);
    try_pairs(s, c, r);
    try_denominators(s, c, r);
}

ref improve(simplifier *s, ref r) {
    op o = node_op(s->graph, r);
    if (s->steps >= s->steps_most || node_operand_count(s->graph, r) == 0)
        return r;
    ref forced = o == OP_EINSUM ? product_orient(&s->facts, r) : o == OP_SUM ? merge_terms(s, r) : r;
    if (forced == r)
        forced = product_align_signs(s->graph, r);
    if (forced == r)
        forced = o == OP_SUM ? draw_out_axes(s->graph, r) : draw_out_repeats(s->graph, r);
    if (forced != r)
        return forced;
    contest c = contest_begin(s, r);
    apply_laws(s, &c, r);
    if (o == OP_EINSUM && !c.best && memo_get(&s->operators, r) & op_bit(OP_SHIFT))
        try_shifts(s, &c, r);
    if (o == OP_EINSUM && !c.best)
        try_flat(s, &c, r);
    if (o == OP_EINSUM && !c.best)
        try_vanishing(s, &c, r);
    if (o == OP_SUM && !c.best)
        try_content(s, &c, r);
    if (s->trial < TRIALS_MOST && !c.best)
        try_detours(s, &c, r);
    if (c.best)
        s->steps++;
    return c.best ? c.best : r;
}

/* ---- normal forms ---- */

static bool is_open(const simplifier *s, ref r) {
    return r < s->open.count && s->open.at[r];
}

static bool push_frame(simplifier *s, ref r) {
    return make_room(s, r) && array_push(s->memory, &s->frames, ((frame){r, 0}));
}

/* Number of operands pushed because they are not settled; -1 when out of memory. */
static int push_operands(simplifier *s, ref r) {
    int pushed = 0;
    for (size_t k = 0; k < node_operand_count(s->graph, r); k++) {
        ref x = node_operand(s->graph, r, k);
        if (image_of(s, x) || is_open(s, x))
            continue;
        if (!push_frame(s, x))
            return -1;
        pushed++;
    }
    return pushed;
}

static ref rebuild(simplifier *s, ref r) {
    size_t count = node_operand_count(s->graph, r);
    ref few[16], *operands = count <= 16 ? few : memory_zeroed(s->memory, count, sizeof *operands);
    if (!operands)
        return 0;
    for (size_t k = 0; k < count; k++) {
        ref x = node_operand(s->graph, r, k), y = image_of(s, x);
        operands[k] = y ? y : x;
    }
    ref n = graph_rebuild(s->graph, r, operands);
    if (operands != few)
        memory_free(s->memory, operands, count * sizeof *operands);
    return n;
}

/* A named intermediate stays a node of its own, unless nothing of it is left. */
static ref keep_pin(simplifier *s, ref r, ref image) {
    bool leaf = node_operand_count(s->graph, image) == 0;
    if (image && node_pinned(s->graph, r) && image != r && !leaf)
        graph_pin(s->graph, image);
    return image;
}

static bool finish_frame(simplifier *s, ref image) {
    ref r = s->frames.at[--s->frames.count].node;
    s->open.at[r] = 0;
    return set_image(s, r, keep_pin(s, r, image));
}

/* One piece of work on the topmost frame; false when out of memory. */
static bool advance(simplifier *s) {
    frame *top = &s->frames.at[s->frames.count - 1];
    ref r = top->node;
    if (image_of(s, r))
        return finish_frame(s, image_of(s, r));
    if (top->next)
        return finish_frame(s, image_of(s, top->next) ? image_of(s, top->next) : top->next);
    s->open.at[r] = 1; /* not before: what merely waits its turn may be needed sooner */
    int pushed = push_operands(s, r);
    if (pushed != 0)
        return pushed > 0;
    ref next = rebuild(s, r);
    if (next == r)
        next = improve(s, r);
    if (next == r && s->trial == 0)
        next = find_twin(s, r);
    if (next == 0)
        return false;
    if (next == r || is_open(s, next))
        return finish_frame(s, r);
    s->frames.at[s->frames.count - 1].next = next;
    return image_of(s, next) ? true : push_frame(s, next);
}

ref settle(simplifier *s, ref r) {
    size_t floor = s->frames.count;
    if (!push_frame(s, r))
        return 0;
    while (s->frames.count > floor)
        if (!advance(s)) {
            s->frames.count = floor;
            return 0;
        }
    return image_of(s, r);
}

/* ---- the whole ---- */

static void free_laws(void *content) {
    laws_free(content);
}

/* Read once for a graph, as long as the rows are the same. */
static laws *laws_of(graph *g, size_t count, const rule *rows) {
    laws *l = graph_kept(g);
    if (l && l->rows == rows && l->capacity == count)
        return l;
    l = laws_new(g, count, rows);
    graph_keep(g, l, free_laws);
    return l;
}

static bool begin(simplifier *s, graph *g, const simplify_options *options, size_t count, const ref *nodes,
                  size_t rules, const rule *rows) {
    *s = (simplifier){.graph = g, .memory = graph_memory(g), .small = count <= SMALL_NODES};
    s->steps_most = options && options->steps ? options->steps : STEPS_DEFAULT;
    if (!(options && options->no_fingerprint))
        s->residues = exact_new(g, count, nodes);
    laws *l = laws_of(g, rules, rows);
    if (l && !laws_take(l, g, count, nodes)) {
        graph_keep(g, NULL, NULL);
        l = NULL;
    }
    facts_begin(&s->facts, g, s->residues);
    reading_begin(&s->reading, g);
    s->operators = memo_new(g, operators_below, s);
    s->matcher = (matcher){.graph = g, .laws = l, .facts = &s->facts, .residues = s->residues};
    return l != NULL;
}

static void end(simplifier *s) {
    facts_end(&s->facts);
    reading_end(&s->reading);
    memo_free(&s->operators);
    residues_free(s->residues);
    array_free(s->memory, &s->image);
    array_free(s->memory, &s->open);
    array_free(s->memory, &s->frames);
    array_free(s->memory, &s->trail);
    array_free(s->memory, &s->twins);
    array_free(s->memory, &s->twin_prints);
}

/* Replaces every root by its normal form. */
static bool pass(simplifier *s, size_t count, ref *roots) {
    s->improved = false;
    s->image.count = s->open.count = 0;
    for (size_t i = 0; i < count; i++) {
        ref r = settle(s, roots[i]);
        if (r == 0)
            return false;
        roots[i] = r;
    }
    return true;
}

/* roots, then the places of named nodes, in one list; the caller's arrays are written once, at the end. */
static bool run_passes(simplifier *s, size_t count, ref *all) {
    for (int round = 0; round < PASSES_MOST; round++) {
        bool ok = pass(s, count, all);
        if (!ok || !s->improved)
            return ok;
    }
    return true;
}

bool simplify_with(graph *g, const simplify_options *options, size_t rules, const rule *rows, size_t count,
                   ref *roots, size_t names, const ref *map_from, ref *map_to) {
    simplifier s;
    arena a = arena_new(graph_memory(g));
    size_t total = count + (map_from ? names : 0), nodes = 0;
    ref *all = ARENA_NEW(&a, ref, total + 1);
    if (all) {
        memcpy(all, roots, count * sizeof *all);
        if (total > count)
            memcpy(all + count, map_from, names * sizeof *all);
    }
    const ref *list = all ? graph_reach(g, &a, total, all, &nodes) : NULL;
    bool ok = list != NULL;
    if (ok) {
        ok = begin(&s, g, options, nodes, list, rules, rows) && run_passes(&s, total, all) &&
             s.steps < s.steps_most;
        end(&s);
    }
    for (size_t i = 0; all && i < total; i++)
        *(i < count ? &roots[i] : &map_to[i - count]) = all[i];
    arena_free(&a);
    return ok && !graph_failed(g);
}

bool simplify(graph *g, const simplify_options *options, size_t count, ref *roots, size_t names,
              const ref *map_from, ref *map_to) {
    size_t rules;
    const rule *rows = rule_table(&rules);
    return simplify_with(g, options, rules, rows, count, roots, names, map_from, map_to);
}
