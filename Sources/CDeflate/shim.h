#ifndef WINNOW_CDEFLATE_H
#define WINNOW_CDEFLATE_H
#include <libdeflate.h>
#endif
