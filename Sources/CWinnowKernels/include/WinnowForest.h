#ifndef WINNOW_FOREST_H
#define WINNOW_FOREST_H

#include <stddef.h>
#include <stdint.h>

/// Rows that are scored at a time.
enum { winnow_forest_lanes = 16 };
/// Leaf values of one tree.
enum { winnow_forest_leaves = 32 };

/// A split of a tree.
struct winnow_split {
  float threshold;
  uint32_t feature;
  /// The leaves that stay when a row goes right.
  uint32_t leaves;
};

/// Adds, for one group of rows, the leaves of trees to their sums.
///
/// `first_split` holds for each of the trees its first split and, after the last, the end; `values` the
/// leaves, `winnow_forest_leaves` a tree. `rows` is the group's place in the first column and `stride` the way
/// from one column to the next, in numbers.
void winnow_forest_add(const struct winnow_split *splits, const int32_t *first_split, const float *values,
                       size_t trees, const float *rows, size_t stride, float *sums);

#endif
