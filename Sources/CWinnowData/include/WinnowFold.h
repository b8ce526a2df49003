#ifndef WINNOW_FOLD_H
#define WINNOW_FOLD_H

#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// Number of scalars that `winnow_fold_bmp` covers, counted from U+0000.
#define WINNOW_FOLD_LIMIT 0x2000

/// The folded scalar of every scalar below `WINNOW_FOLD_LIMIT`; 0 means "drop it",
/// 0xE000 + i means entry i of `winnow_fold_expansions`.
const uint16_t *winnow_fold_bmp(void);

/// ASCII strings of at most three bytes, four bytes apart, ended by NUL; the first seven are those of
/// the ligatures U+FB00…U+FB06.
const char *winnow_fold_expansions(void);

/// Letters behind the Arabic presentation forms U+FB50…U+FBFF and U+FE70…U+FEFF (0: none).
const uint16_t *winnow_fold_arabic_a(void);
const uint16_t *winnow_fold_arabic_b(void);

/// A range of scalars that matter to canonical composition.
typedef struct {
  uint32_t first;
  uint32_t last;
  /// 1: never in NFC text, or may compose with what stands before it.
  /// 2: a combining mark (its class is not 0).  3: both.
  /// 4: a starter that composes with the one before it.
  /// 8: a starter that such a starter composes with.
  uint32_t kind;
} winnow_nfc_range;

/// The ranges, ascending; `winnow_nfc_range_count` of them.
const winnow_nfc_range *winnow_nfc_ranges(void);
int32_t winnow_nfc_range_count(void);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
