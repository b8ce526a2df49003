#ifndef WINNOW_CARCHIVE_H
#define WINNOW_CARCHIVE_H
#include <archive.h>
#include <archive_entry.h>
#endif
