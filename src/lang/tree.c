/* The array of a syntax tree: nodes after their children, lists of children in one pool. */
/* SPDX-License-Identifier: MIT */
#include "lang/lang_internal.h"

void tree_forget(reader *r) {
    r->nodes.count = 0;
    r->children.count = 0;
}

static tree out_of_memory(reader *r) {
    r->failed = true;
    return 0;
}

tree syntax_add(reader *r, const tree_node *n) {
    if (r->nodes.count == 0 && !array_push(r->memory, &r->nodes, ((tree_node){0})))
        return out_of_memory(r);
    if (r->nodes.count > TREE_MOST) {
        diagnose(r->diagnostics, GRADUS_LIMIT, "E010",
                 "the expression has more than %d operands and operators", TREE_MOST);
        return out_of_memory(r);
    }
    if (!array_push(r->memory, &r->nodes, *n))
        return out_of_memory(r);
    return (tree)(r->nodes.count - 1);
}

tree_child *syntax_children(reader *r, size_t count, uint32_t *first) {
    *first = (uint32_t)r->children.count;
    if (!array_reserve(r->memory, &r->children, count + 1)) /* never NULL without an error */
        return out_of_memory(r), NULL;
    r->children.count += count;
    return r->children.at + *first;
}

tree tree_behind(const reader *r, tree t) {
    while (node_at(r, t)->kind == TREE_ALIAS)
        t = child(r, t, 0);
    return t;
}
