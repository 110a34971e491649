/* With respect to what: a variable, the vector of its entries, one entry, entries that are tied. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_CERTIFY_WRT_H
#define GRADUS_CERTIFY_WRT_H

#include "certify/certify.h"
#include "graph/context.h"

typedef enum wrt_kind {
    WRT_WHOLE, /* x */
    WRT_VEC,   /* vec(X) */
    WRT_ENTRY  /* X[2,3] */
} wrt_kind;

typedef struct wrt_form {
    wrt_kind kind;
    ref handle; /* the node that stands for the form: the variable, vec(X), X[2,3] */
    ref symbol; /* the variable, with the facts of a tied form; a derivative is first taken by it */
    ref unit;   /* ENTRY: d(handle)/d(symbol), in the shape of the variable */
    bool tied;  /* sym(X), diag(X), toep(X), symtoep(X): in the convention of tied entries */
} wrt_form;

/* The form that a handle stands for. False with a message when it is neither a variable nor made by
 * gradus_wrt. */
bool wrt_find(gradus_context *c, ref handle, wrt_form *out);

/* A derivative whose last axes are those of the variable, as one by the form. */
ref wrt_apply(graph *g, const wrt_form *form, ref derivative);
/* And back, for the certificate; by an entry: what is known of a derivative along that entry alone. */
ref wrt_unapply(graph *g, const wrt_form *form, ref derivative);

/* vec(f) of a matrix f. */
ref wrt_vec(graph *g, ref f);

#endif
