// Embeds the files of lexicon/, the table of all phrases and the learned models. Adding a language is adding its
// file and its two lines here.
#include "WinnowData.h"

// C23 has #embed; the compilers that Swift brings know it in every mode and say so.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t af_phrases[] = {
#embed "lexicon/af.phrases"
};
static const uint8_t ar_phrases[] = {
#embed "lexicon/ar.phrases"
};
static const uint8_t az_phrases[] = {
#embed "lexicon/az.phrases"
};
static const uint8_t bg_phrases[] = {
#embed "lexicon/bg.phrases"
};
static const uint8_t bn_phrases[] = {
#embed "lexicon/bn.phrases"
};
static const uint8_t ca_phrases[] = {
#embed "lexicon/ca.phrases"
};
static const uint8_t cs_phrases[] = {
#embed "lexicon/cs.phrases"
};
static const uint8_t da_phrases[] = {
#embed "lexicon/da.phrases"
};
static const uint8_t de_phrases[] = {
#embed "lexicon/de.phrases"
};
static const uint8_t el_phrases[] = {
#embed "lexicon/el.phrases"
};
static const uint8_t en_phrases[] = {
#embed "lexicon/en.phrases"
};
static const uint8_t es_phrases[] = {
#embed "lexicon/es.phrases"
};
static const uint8_t et_phrases[] = {
#embed "lexicon/et.phrases"
};
static const uint8_t eu_phrases[] = {
#embed "lexicon/eu.phrases"
};
static const uint8_t fa_phrases[] = {
#embed "lexicon/fa.phrases"
};
static const uint8_t fi_phrases[] = {
#embed "lexicon/fi.phrases"
};
static const uint8_t fr_phrases[] = {
#embed "lexicon/fr.phrases"
};
static const uint8_t gl_phrases[] = {
#embed "lexicon/gl.phrases"
};
static const uint8_t he_phrases[] = {
#embed "lexicon/he.phrases"
};
static const uint8_t hi_phrases[] = {
#embed "lexicon/hi.phrases"
};
static const uint8_t hr_phrases[] = {
#embed "lexicon/hr.phrases"
};
static const uint8_t hu_phrases[] = {
#embed "lexicon/hu.phrases"
};
static const uint8_t hy_phrases[] = {
#embed "lexicon/hy.phrases"
};
static const uint8_t id_phrases[] = {
#embed "lexicon/id.phrases"
};
static const uint8_t is_phrases[] = {
#embed "lexicon/is.phrases"
};
static const uint8_t it_phrases[] = {
#embed "lexicon/it.phrases"
};
static const uint8_t ja_phrases[] = {
#embed "lexicon/ja.phrases"
};
static const uint8_t ka_phrases[] = {
#embed "lexicon/ka.phrases"
};
static const uint8_t ko_phrases[] = {
#embed "lexicon/ko.phrases"
};
static const uint8_t lt_phrases[] = {
#embed "lexicon/lt.phrases"
};
static const uint8_t lv_phrases[] = {
#embed "lexicon/lv.phrases"
};
static const uint8_t mk_phrases[] = {
#embed "lexicon/mk.phrases"
};
static const uint8_t ms_phrases[] = {
#embed "lexicon/ms.phrases"
};
static const uint8_t nb_phrases[] = {
#embed "lexicon/nb.phrases"
};
static const uint8_t nl_phrases[] = {
#embed "lexicon/nl.phrases"
};
static const uint8_t nn_phrases[] = {
#embed "lexicon/nn.phrases"
};
static const uint8_t pl_phrases[] = {
#embed "lexicon/pl.phrases"
};
static const uint8_t pt_phrases[] = {
#embed "lexicon/pt.phrases"
};
static const uint8_t ro_phrases[] = {
#embed "lexicon/ro.phrases"
};
static const uint8_t ru_phrases[] = {
#embed "lexicon/ru.phrases"
};
static const uint8_t sk_phrases[] = {
#embed "lexicon/sk.phrases"
};
static const uint8_t sl_phrases[] = {
#embed "lexicon/sl.phrases"
};
static const uint8_t sq_phrases[] = {
#embed "lexicon/sq.phrases"
};
static const uint8_t sr_phrases[] = {
#embed "lexicon/sr.phrases"
};
static const uint8_t sv_phrases[] = {
#embed "lexicon/sv.phrases"
};
static const uint8_t sw_phrases[] = {
#embed "lexicon/sw.phrases"
};
static const uint8_t ta_phrases[] = {
#embed "lexicon/ta.phrases"
};
static const uint8_t th_phrases[] = {
#embed "lexicon/th.phrases"
};
static const uint8_t tr_phrases[] = {
#embed "lexicon/tr.phrases"
};
static const uint8_t uk_phrases[] = {
#embed "lexicon/uk.phrases"
};
static const uint8_t ur_phrases[] = {
#embed "lexicon/ur.phrases"
};
static const uint8_t vi_phrases[] = {
#embed "lexicon/vi.phrases"
};
static const uint8_t zh_phrases[] = {
#embed "lexicon/zh.phrases"
};
// Read in place, as words of eight bytes, and as slots of which two make up one line of memory.
static const _Alignas(64) uint8_t phrases_table[] = {
#embed "phrases.table"
};
static const uint8_t given_names_words[] = {
#embed "lexicon/given-names.words"
};
static const uint8_t databases_words[] = {
#embed "lexicon/databases.words"
};
static const uint8_t addresses_words[] = {
#embed "lexicon/addresses.words"
};
static const uint8_t bylines_words[] = {
#embed "lexicon/bylines.words"
};
static const uint8_t markup_phrases[] = {
#embed "lexicon/markup.phrases"
};
static const uint8_t content_network[] = {
#embed "content.network"
};
static const uint8_t content_forest[] = {
#embed "content.forest"
};
static const uint8_t content_tokens[] = {
#embed "content.tokens"
};
static const uint8_t headline_ranker[] = {
#embed "rankers/headline.ranker"
};
static const uint8_t authors_ranker[] = {
#embed "rankers/authors.ranker"
};
static const uint8_t date_ranker[] = {
#embed "rankers/date.ranker"
};
static const uint8_t headline_flat_ranker[] = {
#embed "rankers/headline-flat.ranker"
};
static const uint8_t authors_flat_ranker[] = {
#embed "rankers/authors-flat.ranker"
};
static const uint8_t date_flat_ranker[] = {
#embed "rankers/date-flat.ranker"
};
static const uint8_t flat_words[] = {
#embed "flat.words"
};
static const uint8_t flat_network[] = {
#embed "flat.network"
};
static const uint8_t flat_forest[] = {
#embed "flat.forest"
};
static const uint8_t dates_cldr[] = {
#embed "lexicon/dates.cldr"
};

#define FILE_OF(name, bytes) {name, bytes, sizeof bytes}

static const struct winnow_file files[] = {
    FILE_OF("af.phrases", af_phrases),
    FILE_OF("ar.phrases", ar_phrases),
    FILE_OF("az.phrases", az_phrases),
    FILE_OF("bg.phrases", bg_phrases),
    FILE_OF("bn.phrases", bn_phrases),
    FILE_OF("ca.phrases", ca_phrases),
    FILE_OF("cs.phrases", cs_phrases),
    FILE_OF("da.phrases", da_phrases),
    FILE_OF("de.phrases", de_phrases),
    FILE_OF("el.phrases", el_phrases),
    FILE_OF("en.phrases", en_phrases),
    FILE_OF("es.phrases", es_phrases),
    FILE_OF("et.phrases", et_phrases),
    FILE_OF("eu.phrases", eu_phrases),
    FILE_OF("fa.phrases", fa_phrases),
    FILE_OF("fi.phrases", fi_phrases),
    FILE_OF("fr.phrases", fr_phrases),
    FILE_OF("gl.phrases", gl_phrases),
    FILE_OF("he.phrases", he_phrases),
    FILE_OF("hi.phrases", hi_phrases),
    FILE_OF("hr.phrases", hr_phrases),
    FILE_OF("hu.phrases", hu_phrases),
    FILE_OF("hy.phrases", hy_phrases),
    FILE_OF("id.phrases", id_phrases),
    FILE_OF("is.phrases", is_phrases),
    FILE_OF("it.phrases", it_phrases),
    FILE_OF("ja.phrases", ja_phrases),
    FILE_OF("ka.phrases", ka_phrases),
    FILE_OF("ko.phrases", ko_phrases),
    FILE_OF("lt.phrases", lt_phrases),
    FILE_OF("lv.phrases", lv_phrases),
    FILE_OF("mk.phrases", mk_phrases),
    FILE_OF("ms.phrases", ms_phrases),
    FILE_OF("nb.phrases", nb_phrases),
    FILE_OF("nl.phrases", nl_phrases),
    FILE_OF("nn.phrases", nn_phrases),
    FILE_OF("pl.phrases", pl_phrases),
    FILE_OF("pt.phrases", pt_phrases),
    FILE_OF("ro.phrases", ro_phrases),
    FILE_OF("ru.phrases", ru_phrases),
    FILE_OF("sk.phrases", sk_phrases),
    FILE_OF("sl.phrases", sl_phrases),
    FILE_OF("sq.phrases", sq_phrases),
    FILE_OF("sr.phrases", sr_phrases),
    FILE_OF("sv.phrases", sv_phrases),
    FILE_OF("sw.phrases", sw_phrases),
    FILE_OF("ta.phrases", ta_phrases),
    FILE_OF("th.phrases", th_phrases),
    FILE_OF("tr.phrases", tr_phrases),
    FILE_OF("uk.phrases", uk_phrases),
    FILE_OF("ur.phrases", ur_phrases),
    FILE_OF("vi.phrases", vi_phrases),
    FILE_OF("zh.phrases", zh_phrases),
    FILE_OF("phrases.table", phrases_table),
    FILE_OF("addresses.words", addresses_words),
    FILE_OF("bylines.words", bylines_words),
    FILE_OF("databases.words", databases_words),
    FILE_OF("given-names.words", given_names_words),
    FILE_OF("markup.phrases", markup_phrases),
    FILE_OF("dates.cldr", dates_cldr),
    FILE_OF("content.forest", content_forest),
    FILE_OF("content.network", content_network),
    FILE_OF("content.tokens", content_tokens),
    FILE_OF("headline.ranker", headline_ranker),
    FILE_OF("authors.ranker", authors_ranker),
    FILE_OF("date.ranker", date_ranker),
    FILE_OF("headline-flat.ranker", headline_flat_ranker),
    FILE_OF("authors-flat.ranker", authors_flat_ranker),
    FILE_OF("date-flat.ranker", date_flat_ranker),
    FILE_OF("flat.words", flat_words),
    FILE_OF("flat.forest", flat_forest),
    FILE_OF("flat.network", flat_network),
};

size_t winnow_file_count(void) { return sizeof files / sizeof files[0]; }

struct winnow_file winnow_file_at(size_t index) { return files[index]; }
