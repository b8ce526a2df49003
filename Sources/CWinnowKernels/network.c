#include "WinnowNetwork.h"
#include "processors.h"

typedef float Lanes __attribute__((vector_size(WINNOW_LANES * sizeof(float)), aligned(4)));

FOR_EACH_PROCESSOR
void winnow_multiply(const float *x, size_t row_stride, size_t column_stride, size_t rows, size_t columns,
                     const float *weights, float *sums) {
#pragma clang fp contract(off)
  size_t row = 0;
  // Two rows at a time: their sums stay in registers, and each row of weights is read once for both.
  for (; row + 2 <= rows; row += 2) {
    const float *first = x + row * row_stride, *second = first + row_stride;
    Lanes *out = (Lanes *)(sums + row * WINNOW_LANES);
    Lanes a = out[0], b = out[1];
    for (size_t column = 0; column < columns; column++) {
      Lanes weight = *(const Lanes *)(weights + column * WINNOW_LANES);
      a += weight * first[column * column_stride];
      b += weight * second[column * column_stride];
    }
    out[0] = a;
    out[1] = b;
  }
  if (row < rows) {
    const float *last = x + row * row_stride;
    Lanes *out = (Lanes *)(sums + row * WINNOW_LANES);
    Lanes a = out[0];
    for (size_t column = 0; column < columns; column++) {
      a += *(const Lanes *)(weights + column * WINNOW_LANES) * last[column * column_stride];
    }
    out[0] = a;
  }
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
