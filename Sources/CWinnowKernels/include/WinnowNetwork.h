// The loops of the network, which are worth a processor's widest registers.
//
// Every variant does the same additions and multiplications in the same order. `winnow_multiply` adds products without
// rounding them first, and nothing else does, so all systems give the same bits; only x86 processors from before 2013
// cannot, and may differ in the last ones.
#pragma once
#include <stddef.h>

/// Floats of a row of sums, and of weights.
#define WINNOW_LANES 32

/// Adds to each row of `sums` the row's `columns` numbers times their rows of `weights`.
///
/// The number of row r and column c is x[r * row_stride + c * column_stride]; `sums` and `weights` hold
/// WINNOW_LANES floats a row. `sums` overlaps nothing.
void winnow_multiply(const float *x, size_t row_stride, size_t column_stride, size_t rows, size_t columns,
                     const float *weights, float *sums);

/// Cuts numbers to lower...upper, takes the mean away, multiplies, and cuts to -5...5. Gives 0 when all numbers
/// are the same, else 1.
int winnow_scale(const float *x, size_t count, float lower, float upper, float mean, float factor,
                 float *scaled);

/// Brings each row to mean 0 and spread 1, times `gain`, plus `shift`.
void winnow_normalize(const float *rows, size_t count, const float *gain, const float *shift, float *normal);

/// Adds to each number of `sums` x * min(max(x + 3, 0), 6) / 6, for as many rows.
void winnow_activate(const float *x, size_t count, float *sums);

/// The sum of each row's numbers times `weights`, plus `bias`.
void winnow_weigh(const float *rows, size_t count, const float *weights, float bias, float *weighed);

/// Adds each row, times its mass, to the row of its group.
void winnow_collect(const float *rows, const float *masses, const int *group, size_t count, float *groups);

/// Adds to each row of `sums` the row of its group.
void winnow_spread(const float *groups, const int *group, size_t count, float *sums);
