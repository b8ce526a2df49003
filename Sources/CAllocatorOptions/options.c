#include "AllocatorOptions.h"

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

void winnow_keep_freed_memory(void) {
#ifdef __GLIBC__
  // The largest threshold that it takes; above it a list has memory of its own.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}
