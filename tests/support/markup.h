/* Whether formulas are well formed: LaTeX that an article with amsmath compiles, MathML, Unicode. */
/* SPDX-License-Identifier: MIT */
#ifndef GRADUS_TESTS_MARKUP_H
#define GRADUS_TESTS_MARKUP_H

/* Each: NULL, or what is wrong. */
const char *latex_fault(const char *s);
const char *mathml_fault(const char *s);
const char *unicode_fault(const char *s);

#endif
