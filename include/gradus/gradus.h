/* gradus: the whole library. */
/* SPDX-License-Identifier: MIT */

/* gradus: matrix calculus. Write a function once as a matrix expression; get its derivatives as formulas a
 * person would have written, each checked numerically before it is shown, and as numbers; train models by
 * them.
 *
 *     #include <gradus/gradus.h>
 *     #include <stdio.h>
 *
 *     int main(void)
 *     {
 *         gradus_context *c = gradus_context_new(NULL);
 *         gradus_expr f, x;
 *         gradus_derivative g;
 *         gradus_printed text;
 *         if (gradus_parse(c, "norm2(A*x - y)^2", &f) == GRADUS_OK &&
 *             gradus_variable(c, "x", &x) == GRADUS_OK &&
 *             gradus_derive(c, f, 1, &x, NULL, &g) == GRADUS_OK &&
 *             gradus_print(c, g.expr, GRADUS_TEXT, 0, &text) == GRADUS_OK)
 *             printf("%s\n", text.text);
 *         else
 *             fputs(gradus_messages(c, 0), stderr);
 *         gradus_context_free(c);
 *     }
 *
 * prints 2*A'*(A*x - y). The parts, in the order in which most programs need them: */
#ifndef GRADUS_GRADUS_H
#define GRADUS_GRADUS_H

#include "gradus/check.h"    /* claimed derivatives of C functions, judged */
#include "gradus/context.h"  /* owner of everything; messages */
#include "gradus/derive.h"   /* derive and certify */
#include "gradus/emit.h"     /* source code */
#include "gradus/evaluate.h" /* data and values */
#include "gradus/explain.h"  /* derivations, step by step */
#include "gradus/expr.h"     /* parse and build expressions */
#include "gradus/grade.h"    /* right, or how wrong: derivatives made by hand */
#include "gradus/manual.h"   /* pages on functions and facts */
#include "gradus/numeric.h"  /* numerical derivatives of C callbacks: stands alone */
#include "gradus/print.h"    /* text, LaTeX, index notation */
#include "gradus/program.h"  /* training */
#include "gradus/sparse.h"   /* sparse numerical Jacobians and Hessians */
#include "gradus/status.h"   /* what calls answer */

/* Apart from these: gradus/complex.h, which wants a compiler's complex numbers, and gradus/course.h, whose
 * names have no prefix. */

#endif
