/* The inner loops for any processor. */
/* SPDX-License-Identifier: MIT */
#define KERNELS      kernels_base
#define KERNELS_NAME "portable"
#define WIDTH        2
#include "run/kernels_code.h"

const kernels *kernels_best(void) {
#ifdef GRADUS_KERNELS_X86
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
        return &kernels_avx512;
    if (__builtin_cpu_supports("avx2"))
        return &kernels_avx2;
#endif
    return &kernels_base;
}
