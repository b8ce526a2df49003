#ifndef WINNOW_CBROTLI_H
#define WINNOW_CBROTLI_H
#include <brotli/decode.h>
#endif
