#ifndef ALLOCATION_COUNT_H
#define ALLOCATION_COUNT_H

#include <stdint.h>

/// What the calling thread has asked the allocator for since the start of the process.
struct allocation_count {
  /// Calls for memory: malloc, calloc, realloc and their aligned kin.
  uint64_t calls;
  /// Bytes asked for.
  uint64_t bytes;
};

/// The counts of this thread; all zero where calls cannot be counted.
struct allocation_count allocation_count_of_thread(void);

#endif
