/* The inner loops for x86 processors with AVX2. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "run/kernels.h"

#ifdef GRADUS_KERNELS_X86
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif

#define KERNELS      kernels_avx2
#define KERNELS_NAME "avx2"
#define WIDTH        4
#include "run/kernels_code.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
