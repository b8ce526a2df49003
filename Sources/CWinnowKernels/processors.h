// Compiles a function for what newer processors can do and for all others; the loader takes the fitting one.
#pragma once

// glibc says that it is there in a header of its own; its loader is the one that can choose.
#if __has_include(<features.h>)
#include <features.h>
#endif

#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__) && defined(__clang__)
#define HAS_PROCESSOR_CHOICE
#define FOR_EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

// What is written once and compiled into each of a function's variants.
#define ALWAYS_INLINE static inline __attribute__((always_inline))
