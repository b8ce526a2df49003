"""The flat pages with their rows, labels and folds, and the decision and score as the program does them."""
import json
import os
import re

import numpy as np

import rows as R
from lessons import CORPUS as LESSONS
from train import FIELDS, FOLDS, ROLES, decide, fold_of

CONVERTERS = ("resiliparse", "inscriptis", "bs4", "w3m", "html2text")
# Text that is clean already, wholly or by half: it must stay, so it trains too.
CLEANED = ("recall", "clean")
WAYS = 3


class FlatPage:
    """One page in one converter's form."""


def read(path):
    """Every page of a dump of flat rows."""
    with open(path, "rb") as file:
        while line := file.readline():
            head = json.loads(line)
            n, f = head["n"], head["f"]
            page = FlatPage()
            page.id, page.count = head["id"], n
            page.features = np.frombuffer(file.read(4 * n * f), "<f4").reshape(n, f)
            if head["full"]:

                def ints(count):
                    return np.frombuffer(file.read(4 * count), "<i4")

                page.groups = [ints(n) for _ in range(WAYS)]
                page.role, page.words, page.token_count = ints(n), ints(n), ints(n)
                page.tokens = ints(head["t"]).view("<u4")
                start, end = ints(n), ints(n)
                text = file.read(head["b"])
                page.text = [text[a:b].decode("utf-8", "replace") for a, b in zip(start, end)]
            yield page


class FlatCorpus:
    """All forms of all pages. `more` marks those that are not in the flat corpus."""

    def __init__(self, work, corpora, names, lessons):
        """`lessons` are bodies of pages without gold, several a page, of which `learn` chooses."""
        self.names = names
        self.column = {name: i for i, name in enumerate(names)}
        gold = {}
        for corpus in ("wcxb", "news"):
            with open(f"{corpora}/{corpus}/gold.jsonl", encoding="utf-8") as f:
                gold.update((g["id"], g) for g in map(json.loads, f))
        with open(f"{corpora}/{LESSONS}/gold.jsonl", encoding="utf-8") as f:
            for page in map(json.loads, f):
                if page["id"] in lessons:
                    gold[page["id"]] = {"id": page["id"], "url": page["url"], "page_type": None,
                                        "body": lessons[page["id"]][0]}
        self.taught = []
        self.pages, features, vocabulary, bags = [], [], {}, {}

        def number(text):
            return np.array([vocabulary.setdefault(w, len(vocabulary)) for w in re.findall(r"\w+", text.lower())],
                            np.int32)

        ys, ws = [], []
        for kind in ("flat", "more"):
            for converter in (*CONVERTERS, *CLEANED):
                path = f"{work}/{kind}-{converter}.bin"
                if not os.path.exists(path):
                    continue
                saved = f"{work}/labels-{kind}-{converter}.npz"
                known = dict(np.load(saved)) if os.path.exists(saved) else {}
                for page in read(path):
                    if page.id not in gold or not page.count:
                        continue
                    page.gold, page.converter, page.more = gold[page.id], converter, kind == "more"
                    if page.id not in bags:
                        bags[page.id] = number(page.gold["body"])
                    page.gold_bag = bags[page.id]
                    line_words = [R.words(t) for t in page.text]
                    if page.id in lessons:
                        # Not saved: other models say other things.
                        said = {body: R.labels(line_words, body) for body in set(lessons[page.id])}
                        self.taught.append((len(self.pages), [said[body] for body in lessons[page.id]]))
                        y = self.taught[-1][1][0]
                    else:
                        y = known.get(page.id)
                        if y is None or len(y) != page.count:
                            y = known[page.id] = R.labels(line_words, page.gold["body"])
                    line_bags = [number(t) for t in page.text]
                    page.bag_sizes = np.array([len(b) for b in line_bags])
                    page.bag = np.concatenate(line_bags)
                    sizes = np.array([len(b) for b in line_words], np.float32)
                    total = max(len(R.words(page.gold["body"])), .15 * sizes.sum(), 30)
                    ys.append(y)
                    ws.append(np.minimum(.5, sizes / total))
                    features.append(page.features)
                    del page.text, page.features
                    self.pages.append(page)
                np.savez(saved, **known)
        self.X = np.concatenate(features)
        self.y = np.concatenate(ys)
        w = np.concatenate(ws)
        self.w = (w / w.mean()) ** .7
        self.count = np.array([p.count for p in self.pages])
        self.start = np.concatenate([[0], np.cumsum(self.count)])
        self.fold = np.array([fold_of(p.gold["url"], p.id) for p in self.pages])
        self.row_fold = np.repeat(self.fold, self.count)
        self.row_page = np.repeat(np.arange(len(self.pages)), self.count)
        self.groups = []
        for way in range(WAYS):
            offset, parts = 0, []
            for page in self.pages:
                parts.append(page.groups[way].astype(np.int64) + offset)
                offset += int(page.groups[way].max()) + 1
            self.groups.append(np.concatenate(parts))

    def learn(self, number):
        """Labels the pages without gold by what the models of this number said of them."""
        for page, said in self.taught:
            self.y[self.start[page]:self.start[page + 1]] = said[number]

    def put_scores(self, s):
        """Fills the columns that follow from the lines' word scores, as FlatFeatures derives them."""
        X, column = self.X, self.column
        X[:, column["score"]] = s
        first = np.repeat(self.start[:-1], self.count)
        end = np.repeat(self.start[1:], self.count)
        at = np.arange(len(s))
        for offset in (-3, -2, -1, 1, 2, 3):
            other = at + offset
            inside = (other >= first) & (other < end)
            X[:, column[f"n{offset}_score"]] = np.where(inside, s[np.clip(other, 0, len(s) - 1)], -1)
        sums = np.concatenate([[0], np.cumsum(s.astype(np.float64))])
        for size in (3, 8, 20):
            for name, low, high in (("before", np.maximum(at - size, first), at),
                                    ("after", at + 1, np.minimum(at + 1 + size, end))):
                mean = (sums[high] - sums[low]) / np.maximum(high - low, 1)
                X[:, column[f"{name}{size}_score"]] = np.where(high > low, mean, -1)
        for way, group in enumerate(self.groups):
            X[:, column[f"g{way}_score"]] = (np.bincount(group, s) / np.maximum(np.bincount(group), 1))[group]

    def evaluate(self, p, factor=1.0, folds=range(FOLDS)):
        """Mean word F1 by converter: all pages, and articles and news."""
        scores = {}
        for i, page in enumerate(self.pages):
            if page.more and page.converter in CONVERTERS or self.fold[i] not in folds:
                continue
            q = p[self.start[i]:self.start[i + 1]]
            keep, _ = decide(q, page.words.astype(float), factor)
            article = page.gold["page_type"] in ("article", None)
            for k in np.flatnonzero(page.role >= 0):
                role = ROLES[page.role[k] // 4]
                if role in FIELDS:
                    keep[k] = role == "dek" or role == "headline" and not article
                elif page.role[k] % 4 < 2:
                    continue
                elif role not in ("comments", "author-bio", "furniture"):
                    keep[k] = False
            value = bag_f1(page.bag[np.repeat(keep, page.bag_sizes)], page.gold_bag)
            scores.setdefault(page.converter, []).append(value)
            if article:
                scores.setdefault(f"{page.converter} articles", []).append(value)
        return {k: float(np.mean(v)) for k, v in scores.items()}


def bag_f1(a, b):
    if not len(a) or not len(b):
        return float(len(a) == len(b))
    ua, ca = np.unique(a, return_counts=True)
    ub, cb = np.unique(b, return_counts=True)
    _, i, j = np.intersect1d(ua, ub, assume_unique=True, return_indices=True)
    return 2 * np.minimum(ca[i], cb[j]).sum() / (len(a) + len(b))


def show(name, result):
    print(f"{name:20}" + "  ".join(f"{c} {result[c]:.4f} / {result[c + ' articles']:.4f}"
                                   for c in (*CONVERTERS, *CLEANED) if c in result), flush=True)
