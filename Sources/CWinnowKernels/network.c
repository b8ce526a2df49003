#include "WinnowNetwork.h"
#include "processors.h"

typedef float Lanes __attribute__((vector_size(WINNOW_LANES * sizeof(float)), aligned(4)));

// Some rows at a time, a number that is known when this is compiled: their sums stay in registers, and each row of
// weights is read once for all of them. With `fuses` a product is added without being rounded first.
ALWAYS_INLINE void multiply_rows(const float *x, size_t row_stride, size_t column_stride, int rows, size_t columns,
                                 const float *weights, float *sums, int fuses) {
#pragma clang fp contract(off)
  Lanes *out = (Lanes *)sums, sum[6];
  for (int row = 0; row < rows; row++) { sum[row] = out[row]; }
  for (size_t column = 0; column < columns; column++) {
    Lanes weight = *(const Lanes *)(weights + column * WINNOW_LANES);
    for (int row = 0; row < rows; row++) {
      Lanes number = x[row * row_stride + column * column_stride] - (Lanes){};
      sum[row] = fuses ? __builtin_elementwise_fma(weight, number, sum[row]) : sum[row] + weight * number;
    }
  }
  for (int row = 0; row < rows; row++) { out[row] = sum[row]; }
}

ALWAYS_INLINE void multiply(const float *x, size_t row_stride, size_t column_stride, size_t rows, size_t columns,
                            const float *weights, float *sums, int most, int fuses) {
  size_t row = 0;
  for (; row + most <= rows; row += most) {
    multiply_rows(x + row * row_stride, row_stride, column_stride, most, columns, weights, sums + row * WINNOW_LANES,
                  fuses);
  }
  for (; row < rows; row++) {
    multiply_rows(x + row * row_stride, row_stride, column_stride, 1, columns, weights, sums + row * WINNOW_LANES,
                  fuses);
  }
}

#define MULTIPLY_PARAMETERS \
  const float *x, size_t row_stride, size_t column_stride, size_t rows, size_t columns, const float *weights, float *sums
#define MULTIPLY_ARGUMENTS x, row_stride, column_stride, rows, columns, weights, sums

#ifdef HAS_PROCESSOR_CHOICE
__attribute__((target("avx512f"))) static void multiply_widest(MULTIPLY_PARAMETERS) {
  multiply(MULTIPLY_ARGUMENTS, 6, 1);
}

__attribute__((target("avx2,fma"))) static void multiply_wide(MULTIPLY_PARAMETERS) {
  multiply(MULTIPLY_ARGUMENTS, 2, 1);
}
#endif

void winnow_multiply(MULTIPLY_PARAMETERS) {
#ifdef HAS_PROCESSOR_CHOICE
  if (__builtin_cpu_supports("avx512f")) {
    multiply_widest(MULTIPLY_ARGUMENTS);
    return;
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    multiply_wide(MULTIPLY_ARGUMENTS);
    return;
  }
#endif
#if defined(__x86_64__) && !defined(__FMA__)
  // Without an instruction for it, adding products unrounded would take a hundred times as long.
  multiply(MULTIPLY_ARGUMENTS, 2, 0);
#else
  multiply(MULTIPLY_ARGUMENTS, 2, 1);
#endif
}

FOR_EACH_PROCESSOR
int winnow_scale(const float *x, size_t count, float lower, float upper, float mean, float factor,
                 float *scaled) {
#pragma clang fp contract(off)
  int differs = 0;
  for (size_t index = 0; index < count; index++) {
    float value = x[index] < lower ? lower : x[index];
    value = value > upper ? upper : value;
    value = (value - mean) * factor;
    value = value < -5 ? -5 : value;
    scaled[index] = value > 5 ? 5 : value;
    differs |= x[index] != x[0];
  }
  return differs;
}

typedef float Half __attribute__((vector_size(WINNOW_LANES / 2 * sizeof(float)), aligned(4)));
typedef float Quarter __attribute__((vector_size(WINNOW_LANES / 4 * sizeof(float)), aligned(4)));
typedef float Four __attribute__((vector_size(4 * sizeof(float)), aligned(4)));

// The sum of all lanes, by halves: always in the same order. A macro, since a function would be compiled for one
// processor only.
#define SUM(lanes, result)                                                                                       \
  do {                                                                                                           \
    Half half_ = ((const Half *)&(lanes))[0] + ((const Half *)&(lanes))[1];                                      \
    Quarter quarter_ = ((const Quarter *)&half_)[0] + ((const Quarter *)&half_)[1];                              \
    Four four_ = ((const Four *)&quarter_)[0] + ((const Four *)&quarter_)[1];                                    \
    result = (four_[0] + four_[2]) + (four_[1] + four_[3]);                                                      \
  } while (0)

FOR_EACH_PROCESSOR
void winnow_normalize(const float *rows, size_t count, const float *gain, const float *shift,
                      float *normal) {
#pragma clang fp contract(off)
  Lanes scale = *(const Lanes *)gain, offset = *(const Lanes *)shift;
  for (size_t row = 0; row < count; row++) {
    Lanes lanes = ((const Lanes *)rows)[row];
    float sum, spread;
    SUM(lanes, sum);
    lanes -= sum * (1.0f / WINNOW_LANES);
    Lanes squares = lanes * lanes;
    SUM(squares, spread);
    spread = spread * (1.0f / WINNOW_LANES) + 1e-5f;
    lanes *= 1.0f / __builtin_sqrtf(spread);
    ((Lanes *)normal)[row] = lanes * scale + offset;
  }
}

FOR_EACH_PROCESSOR
void winnow_activate(const float *x, size_t count, float *sums) {
#pragma clang fp contract(off)
  for (size_t index = 0; index < count * WINNOW_LANES; index++) {
    float gate = x[index] + 3;
    gate = gate < 0 ? 0 : gate;
    gate = gate > 6 ? 6 : gate;
    sums[index] += x[index] * gate * (1.0f / 6);
  }
}

FOR_EACH_PROCESSOR
void winnow_weigh(const float *rows, size_t count, const float *weights, float bias, float *weighed) {
#pragma clang fp contract(off)
  Lanes weight = *(const Lanes *)weights;
  for (size_t row = 0; row < count; row++) {
    Lanes product = ((const Lanes *)rows)[row] * weight;
    float sum;
    SUM(product, sum);
    weighed[row] = sum + bias;
  }
}

FOR_EACH_PROCESSOR
void winnow_collect(const float *rows, const float *masses, const int *group, size_t count, float *groups) {
#pragma clang fp contract(off)
  for (size_t row = 0; row < count; row++) {
    ((Lanes *)groups)[group[row]] += ((const Lanes *)rows)[row] * masses[row];
  }
}

FOR_EACH_PROCESSOR
void winnow_spread(const float *groups, const int *group, size_t count, float *sums) {
  for (size_t row = 0; row < count; row++) {
    ((Lanes *)sums)[row] += ((const Lanes *)groups)[group[row]];
  }
}
