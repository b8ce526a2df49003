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

/// The trees that are added at a time.
struct winnow_trees {
  const struct winnow_split *splits;
  /// For each tree its first split and, after the last, the end.
  const int32_t *first_split;
  /// The leaves, `winnow_forest_leaves` a tree.
  const float *values;
  size_t count;
};

/// Adds the leaves of trees to the sums of some groups of `winnow_forest_lanes` rows.
///
/// `columns` is the first column and `stride` the way from one to the next, in numbers; `groups` holds the
/// numbers of `count` groups, and `sums` a number for every row of all groups.
void winnow_forest_add(const struct winnow_trees *trees, const float *columns, size_t stride, const int32_t *groups,
                       size_t count, float *sums);

#endif
