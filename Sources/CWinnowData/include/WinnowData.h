#ifndef WINNOW_DATA_H
#define WINNOW_DATA_H

#include <stddef.h>
#include <stdint.h>

/// A data file that is part of the program, so that one binary is whole.
struct winnow_file {
  const char *name;
  const uint8_t *bytes;
  size_t count;
};

/// How many files are embedded.
size_t winnow_file_count(void);

/// The file at an index below the count.
struct winnow_file winnow_file_at(size_t index);

#endif
