#ifndef WINNOW_CZLIB_H
#define WINNOW_CZLIB_H
#include <zlib.h>
#endif
