/* Claims that pass as right because what is wrong in them is small beside the rest. */
/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "certify/grade.h"
#include "simplify/simplify.h"

/* Differences beyond rounding: of an entry itself, and of the largest one, whose rounding it may hold. */
static const double own_rounding = 1e-11, whole_rounding = 1e-13;

/* The entry of point k that differs most, beyond rounding; r.count when all agree. */
static size_t differing(const examiner *x, size_t k) {
    const grid *c = &x->c[k], *r = &x->r[k];
    double whole = 0, most = 0;
    size_t found = r->count;
    for (size_t e = 0; e < r->count; e++)
        whole = fmax(whole, fabs(r->at[e]));
    for (size_t e = 0; e < r->count; e++) {
        double distance = fabs(c->at[e] - r->at[e]), size = fmax(fabs(c->at[e]), fabs(r->at[e]));
        if (distance > own_rounding * size + whole_rounding * whole && distance > most) {
            most = distance;
            found = e;
        }
    }
    return found;
}

bool grade_close(examiner *x) {
    const ref roots[] = {x->function.id, x->right, x->claimed};
    if (simplify_equal(x->context->graph, x->claimed, x->right) || !examiner_open(x, 3, roots))
        return false;
    size_t entry = 0;
    for (size_t k = x->points; k-- > 0;) {
        entry = differing(x, k);
        if (entry == x->r[k].count)
            return false;
    }
    text t = text_new(x->arena.memory);
    text_append(&t, "right to the digits that a numerical derivative has, and yet another function; "
                    "at a random point entry");
    grade_append_place(&x->r[0], entry, &t);
    text_append(&t, " is ");
    text_append_rounded(&t, x->c[0].at[entry], 15);
    text_append(&t, ", yours; ");
    text_append_rounded(&t, x->r[0].at[entry], 15);
    text_append(&t, ", the derivative");
    examiner_find(x, GRADUS_MISTAKE_OTHER, "", "%s", text_string(&t));
    text_free(&t);
    return true;
}
