// Counts a thread's calls for memory, for the bench. A program's own malloc stands before the C library's, for
// all libraries that it loads; glibc keeps its own under other names, and free stays its own.
#include "AllocationCount.h"

#include <stddef.h>

#if defined(__GLIBC__)

#include <errno.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static _Thread_local struct allocation_count count;

static void note(size_t bytes) {
  count.calls++;
  count.bytes += bytes;
}

void *malloc(size_t bytes) {
  note(bytes);
  return __libc_malloc(bytes);
}

void *calloc(size_t members, size_t size) {
  // Where the product overflows the call fails, and no one asked for so much.
  note(members * size);
  return __libc_calloc(members, size);
}

void *realloc(void *old, size_t bytes) {
  note(bytes);
  return __libc_realloc(old, bytes);
}

void *memalign(size_t alignment, size_t bytes) {
  note(bytes);
  return __libc_memalign(alignment, bytes);
}

void *aligned_alloc(size_t alignment, size_t bytes) { return memalign(alignment, bytes); }

int posix_memalign(void **result, size_t alignment, size_t bytes) {
  if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0) return EINVAL;
  void *memory = memalign(alignment, bytes);
  if (memory == NULL) return ENOMEM;
  *result = memory;
  return 0;
}

struct allocation_count allocation_count_of_thread(void) { return count; }

#else

struct allocation_count allocation_count_of_thread(void) {
  struct allocation_count none = {0, 0};
  return none;
}

#endif
