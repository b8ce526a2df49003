// Scores sixteen rows at a time. It is C for the sake of one attribute: the same lines are compiled for what
// newer processors can do and for all others, and the loader takes the fitting one. Comparing and adding are
// exact, so that all give the same sums.
#include "WinnowForest.h"
#include "processors.h"

#include <string.h>

typedef float floats __attribute__((ext_vector_type(16)));
typedef uint32_t words __attribute__((ext_vector_type(16)));
typedef int32_t numbers __attribute__((ext_vector_type(16)));

FOR_EACH_PROCESSOR
void winnow_forest_add(const struct winnow_split *splits, const int32_t *first_split, const float *values,
                       size_t trees, const float *rows, size_t stride, float *sums) {
  floats sum;
  memcpy(&sum, sums, sizeof sum);
  for (size_t tree = 0; tree < trees; tree++) {
    words live = (words)(UINT32_MAX);
    for (int32_t place = first_split[tree]; place < first_split[tree + 1]; place++) {
      const struct winnow_split split = splits[place];
      floats row;
      memcpy(&row, rows + split.feature * stride, sizeof row);
      // All bits where the row goes right.
      words right = (words)(row > (floats)(split.threshold));
      live &= (words)(split.leaves) | ~right;
    }
    // The lowest bit by itself, as a number, has its place as the exponent: no processor counts zeros in
    // sixteen numbers at once. The highest bit's number is negative, which the mask takes away.
    numbers lowest = (numbers)(live & -live);
    words place_of = (((words)__builtin_convertvector(lowest, floats) >> 23) & 0xFF) - 127;
    uint32_t first_leaf[winnow_forest_lanes];
    memcpy(first_leaf, &place_of, sizeof first_leaf);
    const float *leaves = values + tree * winnow_forest_leaves;
    float leaf[winnow_forest_lanes];
    for (int lane = 0; lane < winnow_forest_lanes; lane++) {
      leaf[lane] = leaves[first_leaf[lane] & (winnow_forest_leaves - 1)];
    }
    floats added;
    memcpy(&added, leaf, sizeof added);
    sum += added;
  }
  memcpy(sums, &sum, sizeof sum);
}
