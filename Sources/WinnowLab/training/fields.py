"""Trains the tables that choose headline, authors and date, and cross-validates them.

  fields.py --corpora DIR --more DIR --lab WinnowLab --work DIR --out DIR [--only TABLE,...]

Rows come from `WinnowLab fields`, the code that serves. Folds are grouped by registrable domain. Every page
counts alike however many candidates it has. Everything is seeded. WORK gets the rows, the fold tables and
cv-fields-CORPUS.jsonl: the fields of every page chosen by tables that never saw its domain.

--more holds the flat texts that flatten.py made. Those of pages without gold are labelled with the fields that the
tables for markup find on the page itself: in each fold those that never saw it. So the tables for markup come
first, in the same WORK.
"""
import argparse
import json
import os
import re
import struct
import subprocess
import unicodedata

import lightgbm as lgb
import numpy as np

import export
from field_rows import CLEAN, FLAT, HTML, MORE, choose, dump, read, write_clean
from train import FOLDS, fold_of

PARAMS = dict(learning_rate=.06, num_leaves=8, min_data_in_leaf=12, feature_fraction=.3,
              bagging_fraction=.8, bagging_freq=1, lambda_l2=3, max_bin=127, seed=11, deterministic=True,
              force_row_wise=True, num_threads=1, verbose=-1)
ROUNDS = {"headline": 400, "authors": 400, "date": 300, "headline-flat": 500, "authors-flat": 500,
          "date-flat": 300}
# Of the loss of authors, how much asks of each candidate by itself.
ALONE = {"authors": .8, "authors-flat": .8}
# Chosen on the cross-validated rows; MODEL.md has the sweep.
THRESHOLDS = {"headline": 0.0, "authors": .22, "date": .12, "headline-flat": .15, "authors-flat": .2,
              "date-flat": .35}
# Further authors than the likeliest must be nearly as likely; AuthorPicking has the same rule.
FURTHER, FURTHER_SHARE = .55, .5
# Less is asked of names that stand in one list with the likeliest.
LISTED, LISTED_SHARE = .35, .4
# Still less of a person's name in one byline with one that is an author for certain.
SIGNED_FIRST, SIGNED = .35, .15
WORD = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|"
                  r"(?:(?![\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff])[\w\u0900-\u0dff\u0300-\u036f])+")


def words(text):
    return WORD.findall(unicodedata.normalize("NFKC", text or "").replace("\u00ad", "").lower())


def flat_list(values):
    for value in [values] if isinstance(values, str) else values or []:
        yield from flat_list(value) if isinstance(value, list) else [value]


NAME_NOISE = re.compile(r"^(?:dr|prof|by|von|par|por|di)\.?\s+", re.I)


def name_key(name):
    name = unicodedata.normalize("NFKC", re.sub(r"\(.*?\)", " ", name)).split(",")[0]
    return " ".join(words(NAME_NOISE.sub("", name.strip())))


def label(table, gold, text):
    """Whether a candidate is right; None where the gold says nothing."""
    if table == "headline":
        return words(text) == words(gold["title"]) if gold["title"] else None
    if table == "authors":
        if gold["authors"] is None:
            return None
        return name_key(text) in {name_key(a) for a in flat_list(gold["authors"])}
    return text == gold["date"] if gold["date"] is not None else None


def overlap(one, other):
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return long == short or long.startswith(short + " ") or long.endswith(" " + short)


def preferring_long(texts, score, given):
    """Of two forms of a name the longer, as in AuthorPicking.preferringLong."""
    keys, score = [name_key(t) for t in texts], np.array(score)
    order = sorted(range(len(texts)), key=lambda k: (-score[k], k))
    for k in order:
        if score[k] <= 0 or given[k] and " " in keys[k]:
            continue
        for other in order:
            if score[other] >= score[k] / 2 and len(keys[other]) > len(keys[k]) and overlap(keys[other], keys[k]) \
                    and not texts[other].split()[-1][:1].islower() and not texts[other][:1].islower():
                score[other], score[k] = max(score[other], score[k]), 0
                break
    return score


def authors(texts, score, threshold, lists=None, organizations=None, signed=None):
    """The names that AuthorPicking would choose, as keys; `signed` tells of each whether it is a person's in a byline."""
    order = sorted(range(len(texts)), key=lambda k: (-score[k], k))
    likely = [k for k in order if score[k] >= threshold]
    people = [k for k in order if organizations is None or not organizations[k]]
    if not people or score[people[0]] < threshold:
        return {name_key(texts[k]) for k in likely[:1]}
    first, chosen = people[0], []
    for k in people:
        listed = lists and set(lists[k]) & set(lists[first])
        share, least = (LISTED_SHARE, LISTED) if listed else (FURTHER_SHARE, FURTHER)
        least = max(least, share * score[first], threshold)
        if listed and signed is not None and signed[k] and score[first] >= SIGNED_FIRST:
            least = SIGNED
        key = name_key(texts[k])
        if k != first and score[k] < least or any(overlap(key, c) for c in chosen):
            continue
        chosen.append(key)
    return set(chosen)


class Choice:
    """A page has one headline and one date, so their candidates compete: the loss is the cross-entropy of a softmax
    over a page's candidates and the answer that none of them is right, whose score is 0. (ListNet's top-one loss,
    Cao and others 2007, with that answer added.) Candidates that are equally right share the page's mass.
    Of authors there may be several: `alone` is the share of a loss that asks of each candidate by itself."""

    def __init__(self, page, y, weight, alone):
        count = np.bincount(page)
        self.page, self.y, self.alone = page, y, alone
        self.weight, self.each = weight[page] / weight[page].mean(), 1 / np.sqrt(count)[page]
        self.target = y / np.maximum(1, np.bincount(page, y))[page]

    def __call__(self, score, _):
        odds = np.exp(np.clip(score, -30, 30))
        p = odds / (1 + np.bincount(self.page, odds))[self.page]
        slope, bend = p - self.target, np.maximum(p * (1 - p), 1e-3)
        if self.alone:
            p = odds / (1 + odds)
            slope = (1 - self.alone) * slope + self.alone * (p - self.y) * self.each
            bend = (1 - self.alone) * bend + self.alone * p * (1 - p) * self.each
        return slope * self.weight, bend * self.weight


class Table:
    """The rows of one table over all corpora."""

    def __init__(self, name, pages, gold, columns):
        self.name, self.columns = name, columns
        self.organization = columns.index("says-organization") if "says-organization" in columns else None
        self.given = columns.index("given-name") if "given-name" in columns else None
        self.signed = [columns.index(c) for c in ("byline", "marked", "is-person") if c in columns]
        self.pages, X, y, page_of, page_weight = [], [], [], [], []
        self.texts, self.lists = [], []
        # Rows of pages without gold, with the labels of each fold and, last, of all tables.
        self.taught = []
        for (corpus, record, bare) in pages:
            g = gold[corpus].get(record["id"])
            if g is None:
                continue
            if name not in record or corpus == CLEAN and name != "headline-flat":
                continue
            rows, texts = record[name]["rows"], record[name]["texts"]
            said = [[label(name.split("-")[0], one, t) for t in texts] for one in g.get("lessons", [g])]
            labels = said[-1]
            if corpus == CLEAN:
                # Where the headline's words are the body's first line, nothing is known.
                if any(labels):
                    continue
                labels = [0] * len(texts)
            if any(l is None for l in labels):
                continue
            if "lessons" in g:
                self.taught.append((len(X), [[l or 0 for l in labels] for labels in said]))
            index = len(self.pages)
            self.pages.append((corpus, g, fold_of(g["url"], g["id"]), len(X), len(X) + len(rows), bare))
            X += rows
            y += labels
            self.texts += texts
            self.lists += record[name].get("lists") or [[]] * len(texts)
            page_weight.append(self.weight(corpus, g, bare))
            page_of += [index] * len(rows)
        self.X = np.array(X, np.float32).reshape(-1, len(columns))
        self.y = np.array(y, np.float32)
        self.page_of, self.page_weight = np.array(page_of), np.array(page_weight)
        self.fold = np.array([self.pages[p][2] for p in page_of])

    def weight(self, corpus, g, bare):
        """News and articles are what Winnow is for, and news is scarce."""
        weight = (6 if self.name == "headline" else 2.5) if corpus == "news" else 1 if g["page_type"] in ("article", None) else .6
        return weight * (.4 if bare else .5 if corpus == CLEAN else 1) * (2 if corpus.endswith("resiliparse") else 1)

    def learn(self, number):
        """Labels the pages without gold by what the tables of this number say: those of a fold, or -1, of all."""
        for start, said in self.taught:
            self.y[start:start + len(said[number])] = said[number]

    def train(self, rows):
        pages, page = np.unique(self.page_of[rows], return_inverse=True)
        loss = Choice(page, self.y[rows], self.page_weight[pages], ALONE.get(self.name, 0))
        data = lgb.Dataset(self.X[rows], self.y[rows], feature_name=list(self.columns), free_raw_data=False)
        return lgb.train(dict(PARAMS, objective=loss), data, ROUNDS[self.name])

    def crossvalidate(self):
        p = np.zeros(len(self.y))
        self.models = []
        for k in range(FOLDS):
            self.learn(k)
            model = self.train(self.fold != k)
            self.models.append(model)
            if (self.fold == k).any():
                p[self.fold == k] = 1 / (1 + np.exp(-model.predict(self.X[self.fold == k], raw_score=True)))
        return p

    def report(self, p, threshold):
        """Figures by corpus, with the ceiling: the share whose right answer is among the candidates."""
        counts = {}
        for corpus, g, _, a, b, bare in self.pages:
            if corpus in MORE:
                continue
            kind = ("bare " if bare else "") + corpus + ("" if corpus in ("news", "dates") else ":article" if g["page_type"] == "article" else ":rest")
            c = counts.setdefault(kind, dict(n=0, ceiling=0, right=0, given=0, none=0, spurious=0, gold=0, pred=0,
                                             tp=0, sets=0, several=0, several_right=0))
            score, y, texts = p[a:b], self.y[a:b], self.texts[a:b]
            if self.name.startswith("authors"):
                names = {name_key(x) for x in flat_list(g["authors"])}
                # What the page types as an organisation is chosen only where no person is likely.
                if self.name == "authors":
                    score = preferring_long(texts, score, self.X[a:b, self.given] == 1)
                byline, marked, person = (self.X[a:b, c] > 0 for c in self.signed)
                signed = (byline | marked) & person if self.name == "authors" else None
                got = authors(texts, score, threshold, self.lists[a:b], self.X[a:b, self.organization] == 1, signed)
                if not names:
                    c["none"] += 1
                    c["spurious"] += bool(got)
                    continue
                c["n"] += 1
                c["several"] += len(names) > 1
                c["several_right"] += len(names) > 1 and names == got
                c["gold"] += len(names)
                c["pred"] += len(got)
                c["tp"] += len(names & got)
                c["sets"] += names == got
                c["ceiling"] += names <= {name_key(t) for t in texts}
                continue
            best = int(np.argmax(score)) if b > a else -1
            given = best >= 0 and score[best] >= threshold
            if corpus == CLEAN or self.name.startswith("date") and not g["date"]:
                c["none"] += 1
                c["spurious"] += given
                continue
            c["n"] += 1
            c["ceiling"] += bool(y.any())
            c["given"] += given
            c["right"] += bool(given and y[best])
        for kind, c in counts.items():
            n = max(1, c["n"])
            line = f"  {self.name:14} t={threshold:.2f} {kind:20} n {c['n']:4} ceiling {c['ceiling'] / n:.3f} "
            if self.name.startswith("authors"):
                P, R = c["tp"] / max(1, c["pred"]), c["tp"] / max(1, c["gold"])
                line += f"P {P:.3f} R {R:.3f} F1 {2 * P * R / max(1e-9, P + R):.3f} sets {c['sets'] / n:.3f} " \
                        f"several {c['several_right']}/{c['several']}"
            else:
                line += f"right {c['right'] / n:.3f} P {c['right'] / max(1, c['given']):.3f}"
            if c["none"]:
                line += f" spurious {c['spurious'] / c['none']:.3f} of {c['none']}"
            print(line)


def write(model, columns, threshold, path):
    export.write([model], columns, path)
    with open(path, "rb") as f:
        forest = f.read()
    with open(path, "wb") as f:
        f.write(struct.pack("<f", threshold) + forest)


def train(a, name, pages, gold, columns):
    """Cross-validates one table, prints its figures, and writes the tables of the folds and of all pages."""
    flat = name.endswith("-flat")
    # Dates gained nothing by more pages: see MODEL.md.
    used = FLAT if name == "date-flat" else FLAT + MORE if flat else HTML
    table = Table(name, [p for p in pages if p[0] in used], gold, columns)
    p = table.crossvalidate()
    for threshold in (np.arange(.1, .75, .05) if a.sweep else [THRESHOLDS[name]]):
        table.report(p, threshold)
    for k, model in enumerate(table.models):
        os.makedirs(f"{a.work}/fold{k}", exist_ok=True)
        write(model, table.columns, THRESHOLDS[name], f"{a.work}/fold{k}/{name}.ranker")
    table.learn(-1)
    final = table.train(np.ones(len(table.y), bool))
    for folder in [f"{a.out}/rankers"] + ([f"{a.work}/headline"] if name.startswith("headline") else []):
        os.makedirs(folder, exist_ok=True)
        write(final, table.columns, THRESHOLDS[name], f"{folder}/{name}.ranker")
    gain = sorted(zip(final.feature_importance("gain"), table.columns), reverse=True)[:14]
    print("   ", ", ".join(f"{c} {g:.0f}" for g, c in gain), flush=True)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpora", required=True)
    ap.add_argument("--more", required=True)
    ap.add_argument("--lab", required=True)
    ap.add_argument("--work", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--only", default="headline,authors,date,headline-flat,authors-flat,date-flat")
    ap.add_argument("--sweep", action="store_true", help="print the figures at other thresholds too")
    ap.add_argument("--rows", action="store_true", help="take the rows that WORK holds already")
    a = ap.parse_args()
    columns = json.loads(subprocess.run([a.lab, "fields", "--names"], check=True, capture_output=True).stdout)
    names = a.only.split(",")
    # The tables for markup first: they teach those for flat text.
    for flat, corpora in ((False, HTML), (True, FLAT + MORE)):
        own = [n for n in names if n.endswith("-flat") == flat]
        if own:
            train_form(a, own, corpora, columns)
            choose(a, [c for c in corpora if c not in MORE])


def train_form(a, names, corpora, columns):
    """Trains the tables of one form: markup, or flat text."""
    if not a.rows and CLEAN in corpora:
        write_clean(a)
    headlines = [n for n in names if n.startswith("headline")]
    for group in (headlines, [n for n in names if n not in headlines]):
        if not group:
            continue
        # The tables of the headline come first: the other candidates are looked at from where it stands.
        folder = f"{a.work}/headline" if group is not headlines and headlines else None
        # Bare bodies are for the headline's table alone.
        own = [c for c in corpora if c != CLEAN or group is headlines]
        if not a.rows:
            dump(a, own, folder)
        pages, gold = read(a, own)
        for name in group:
            train(a, name, pages, gold, columns[name])


if __name__ == "__main__":
    main()
