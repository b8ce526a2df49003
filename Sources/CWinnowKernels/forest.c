// Scores sixteen rows at a time, and some such groups together. It is C for the sake of a few attributes: the
// same lines are compiled for what newer processors can do and for all others, and the fitting ones are taken.
// Comparing and adding are exact, so that all give the same sums.
#include "WinnowForest.h"
#include "processors.h"

#include <string.h>

typedef float floats __attribute__((ext_vector_type(16)));
typedef uint32_t words __attribute__((ext_vector_type(16)));
typedef int32_t numbers __attribute__((ext_vector_type(16)));

// Adds to each row's sum its leaf, given the leaves that stay. With `permutes` the processor picks sixteen numbers out of
// sixteen at once; for others that would be written out as a detour over memory, lane by lane.
ALWAYS_INLINE void add_leaf(const words *stay, const float *leaves, int permutes, floats *sum) {
  words live = *stay;
  // The lowest bit by itself, as a number, has its place as the exponent: no processor counts zeros in
  // sixteen numbers at once. The highest bit's number is negative, which the mask takes away.
  numbers lowest = (numbers)(live & -live);
  words place = (words)__builtin_convertvector(lowest, floats) >> 23;
  place = ((place & 0xFF) - 127) & (winnow_forest_leaves - 1);
  floats picked;
  if (permutes) {
    floats lower, upper;
    memcpy(&lower, leaves, sizeof lower);
    memcpy(&upper, leaves + winnow_forest_lanes, sizeof upper);
    words within = place & (winnow_forest_lanes - 1);
    picked = place >= winnow_forest_lanes ? __builtin_shufflevector(upper, within)
                                          : __builtin_shufflevector(lower, within);
  } else {
    uint32_t places[winnow_forest_lanes];
    float found[winnow_forest_lanes];
    memcpy(places, &place, sizeof places);
    for (int lane = 0; lane < winnow_forest_lanes; lane++) { found[lane] = leaves[places[lane]]; }
    memcpy(&picked, found, sizeof picked);
  }
  *sum += picked;
}

// Groups that are scored together at most: a split is read once for all of them.
enum { most_groups = 4 };

// Adds the trees to `count` groups, a number that is known when this is compiled.
ALWAYS_INLINE void add(const struct winnow_trees *trees, const float *const *rows, size_t stride, float *const *sums,
                       int count, int permutes) {
  floats sum[most_groups];
  for (int group = 0; group < count; group++) { memcpy(&sum[group], sums[group], sizeof sum[group]); }
  for (size_t tree = 0; tree < trees->count; tree++) {
    words live[most_groups];
    for (int group = 0; group < count; group++) { live[group] = (words)(UINT32_MAX); }
    for (int32_t place = trees->first_split[tree]; place < trees->first_split[tree + 1]; place++) {
      const struct winnow_split split = trees->splits[place];
      for (int group = 0; group < count; group++) {
        floats row;
        memcpy(&row, rows[group] + split.feature * stride, sizeof row);
        live[group] = row > (floats)(split.threshold) ? live[group] & split.leaves : live[group];
      }
    }
    for (int group = 0; group < count; group++) {
      add_leaf(&live[group], trees->values + tree * winnow_forest_leaves, permutes, &sum[group]);
    }
  }
  for (int group = 0; group < count; group++) { memcpy(sums[group], &sum[group], sizeof sum[group]); }
}

// With `most` groups together, 2 or 4, as the processor's registers hold them.
ALWAYS_INLINE void add_all(const struct winnow_trees *trees, const float *columns, size_t stride,
                           const int32_t *groups, size_t count, float *sums, size_t most, int permutes) {
  const float *rows[most_groups];
  float *places[most_groups];
  for (size_t index = 0; index < count; index += most) {
    size_t left = count - index < most ? count - index : most;
    for (size_t next = 0; next < left; next++) {
      rows[next] = columns + groups[index + next] * winnow_forest_lanes;
      places[next] = sums + groups[index + next] * winnow_forest_lanes;
    }
    switch (left) {
      case 4: add(trees, rows, stride, places, 4, permutes); break;
      case 3: add(trees, rows, stride, places, 3, permutes); break;
      case 2: add(trees, rows, stride, places, 2, permutes); break;
      default: add(trees, rows, stride, places, 1, permutes);
    }
  }
}

#ifdef HAS_PROCESSOR_CHOICE
__attribute__((target("avx512f"))) static void add_permuting(
    const struct winnow_trees *trees, const float *columns, size_t stride, const int32_t *groups, size_t count,
    float *sums) {
  add_all(trees, columns, stride, groups, count, sums, 4, 1);
}
#endif

FOR_EACH_PROCESSOR
static void add_looking_up(const struct winnow_trees *trees, const float *columns, size_t stride,
                           const int32_t *groups, size_t count, float *sums) {
  add_all(trees, columns, stride, groups, count, sums, 2, 0);
}

void winnow_forest_add(const struct winnow_trees *trees, const float *columns, size_t stride, const int32_t *groups,
                       size_t count, float *sums) {
#ifdef HAS_PROCESSOR_CHOICE
  if (__builtin_cpu_supports("avx512f")) {
    add_permuting(trees, columns, stride, groups, count, sums);
    return;
  }
#endif
  add_looking_up(trees, columns, stride, groups, count, sums);
}
