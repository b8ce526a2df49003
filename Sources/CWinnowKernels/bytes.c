#include "WinnowBytes.h"

#include <string.h>

#include "processors.h"

typedef uint8_t Bytes __attribute__((ext_vector_type(64)));
typedef _Bool Bits __attribute__((ext_vector_type(64)));

// Macros, since a function would be compiled for one processor only. Behind the last byte stand zeros, which are of no
// kind.
#define LOAD(bytes, count, lanes)      \
  do {                                 \
    if (count >= 64) {                 \
      memcpy(&lanes, bytes, 64);       \
    } else {                           \
      lanes = (Bytes)(0);              \
      memcpy(&lanes, bytes, count);    \
    }                                  \
  } while (0)

#define MASK(condition, mask)                                   \
  do {                                                          \
    Bits bits_ = __builtin_convertvector((condition), Bits);    \
    memcpy(&mask, &bits_, sizeof mask);                         \
  } while (0)

// Only processors with instructions for single bytes gain from the widest registers.
#ifdef HAS_PROCESSOR_CHOICE
#define FOR_EACH_WIDTH __attribute__((target_clones("avx512bw", "avx2", "default")))
#else
#define FOR_EACH_WIDTH
#endif

FOR_EACH_WIDTH
void winnow_tell_kinds(const uint8_t *bytes, size_t count, struct winnow_kinds *kinds) {
  Bytes lanes;
  LOAD(bytes, count, lanes);
  MASK(lanes - 'a' < 26, kinds->small);
  MASK(lanes - 'A' < 26, kinds->capitals);
  MASK(lanes - '0' < 10, kinds->digits);
  MASK(lanes == ' ' | lanes == '\n' | lanes == '\t' | lanes == '\r', kinds->spaces);
  MASK(lanes == '.' | lanes == '!' | lanes == '?', kinds->terminals);
  MASK(lanes == '"' | lanes == '\'' | lanes == ')' | lanes == ']', kinds->closings);
  MASK(lanes == '|' | lanes == '>', kinds->separators);
  MASK(lanes == ',' | lanes == ';', kinds->commas);
  MASK(lanes == '"' | lanes == '\'', kinds->quotes);
  MASK(lanes == '\'', kinds->apostrophes);
  MASK(lanes == '_', kinds->underscores);
  MASK(lanes >= 0x80, kinds->beyond);
}

FOR_EACH_WIDTH
uint64_t winnow_tell_letters(const uint8_t *bytes, size_t count, uint64_t *beyond) {
  Bytes lanes;
  uint64_t letters;
  LOAD(bytes, count, lanes);
  MASK((lanes | 0x20) - 'a' < 26, letters);
  MASK(lanes >= 0x80, *beyond);
  return letters;
}
