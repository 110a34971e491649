/* Expands ops.def: define the row and column macros you want, include this, get those columns only. */
/* SPDX-License-Identifier: MIT */
/* No include guard: included once for each table made from it. What is not defined expands to nothing. */

#ifndef ELEMENTWISE
#define ELEMENTWISE(id, columns)
#endif
#ifndef REDUCTION
#define REDUCTION(id, columns)
#endif
#ifndef AXISMAP
#define AXISMAP(id, columns)
#endif
#ifndef LINALG
#define LINALG(id, columns)
#endif
#ifndef NAME
#define NAME(spelling)
#endif
#ifndef ALSO
#define ALSO(spelling)
#endif
#ifndef USAGE
#define USAGE(forms)
#endif
#ifndef EXAMPLE
#define EXAMPLE(function, by, where)
#endif
#ifndef ARITY
#define ARITY(count)
#endif
#ifndef SHAPE
#define SHAPE(text)
#endif
#ifndef DIFFERENTIAL
#define DIFFERENTIAL(text)
#endif
#ifndef TRANSPOSE
#define TRANSPOSE(operand, text)
#endif
#ifndef FLAT
#define FLAT
#endif
#ifndef IS_RATIONAL
#define IS_RATIONAL
#endif
#ifndef RANKED
#define RANKED
#endif
#ifndef MIRROR
#define MIRROR
#endif
#ifndef INTEGRAL
#define INTEGRAL
#endif
#ifndef VALUE
#define VALUE(expression)
#endif
#ifndef KERNEL
#define KERNEL(function)
#endif
#ifndef RESIDUE
#define RESIDUE(function)
#endif
#ifndef UNDEFINED
#define UNDEFINED(what)
#endif
#ifndef OBLONG
#define OBLONG(name)
#endif
#ifndef FAST
#define FAST(function)
#endif
#ifndef WORK
#define WORK(numbers)
#endif
#ifndef STEPS
#define STEPS(count)
#endif
#ifndef FACTS
#define FACTS(set)
#endif
#ifndef DOMAIN
#define DOMAIN(lowest, highest)
#endif
#ifndef KINK
#define KINK(text)
#endif
#ifndef NUMPY
#define NUMPY(template)
#endif
#ifndef LATEX
#define LATEX(template)
#endif
#ifndef UNICODE
#define UNICODE(template)
#endif
#ifndef DOC
#define DOC(line)
#endif
#ifndef SOURCE
#define SOURCE(line)
#endif

#include "graph/ops.def"

#undef BLOCK
#undef TWICE
#undef SCALED_DX
#undef ELEMENTWISE
#undef REDUCTION
#undef AXISMAP
#undef LINALG
#undef NAME
#undef ALSO
#undef USAGE
#undef EXAMPLE
#undef ARITY
#undef SHAPE
#undef DIFFERENTIAL
#undef TRANSPOSE
#undef FLAT
#undef IS_RATIONAL
#undef RANKED
#undef MIRROR
#undef INTEGRAL
#undef VALUE
#undef KERNEL
#undef RESIDUE
#undef UNDEFINED
#undef OBLONG
#undef FAST
#undef WORK
#undef STEPS
#undef FACTS
#undef DOMAIN
#undef KINK
#undef NUMPY
#undef LATEX
#undef UNICODE
#undef DOC
#undef SOURCE
