/* The inner loops for x86 processors with AVX512. */
/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "run/kernels.h"

#ifdef GRADUS_KERNELS_X86
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512vl"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx512f,avx512dq,avx512vl")
#endif

#define KERNELS      kernels_avx512
#define KERNELS_NAME "avx512"
#define WIDTH        8
#include "run/kernels_code.h"

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
