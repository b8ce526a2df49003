// What the bytes of a text are, 64 at a time: a bit for each, the first as the lowest.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// The bytes of some kinds. Of `count` bytes only the lowest `count` bits are set.
struct winnow_kinds {
  /// a-z, A-Z, 0-9.
  uint64_t small, capitals, digits;
  /// Space, tab, line feed, carriage return.
  uint64_t spaces;
  /// `.`, `!`, `?`.
  uint64_t terminals;
  /// Quotation marks, apostrophe, `)` and `]`.
  uint64_t closings;
  /// `|` and `>`.
  uint64_t separators;
  /// `,` and `;`.
  uint64_t commas;
  /// Straight quotation marks and apostrophes.
  uint64_t quotes;
  uint64_t apostrophes, underscores;
  /// Bytes beyond ASCII.
  uint64_t beyond;
};

/// Tells the kinds of at most 64 bytes.
void winnow_tell_kinds(const uint8_t *bytes, size_t count, struct winnow_kinds *kinds);

/// Tells which of at most 64 bytes are Latin letters of ASCII, and which are beyond ASCII.
uint64_t winnow_tell_letters(const uint8_t *bytes, size_t count, uint64_t *beyond);
