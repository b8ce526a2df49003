#ifndef WINNOW_CLIBXML2_H
#define WINNOW_CLIBXML2_H
// Debian's libxml2 headers bring ICU's types along, which Foundation's module has too, in another form.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#endif
