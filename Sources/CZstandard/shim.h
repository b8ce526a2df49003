#ifndef WINNOW_CZSTANDARD_H
#define WINNOW_CZSTANDARD_H
#include <zstd.h>
#endif
