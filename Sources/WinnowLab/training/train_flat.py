"""Trains the content score of flat text: word weights, a forest over the features, networks.

  train_flat.py --corpora DIR --more DIR --lab WinnowLab --winnow WINNOW --markup DIR --work DIR --out DIR
                [--without CONVERTER]

--markup is the work folder of train.py, whose fold models teach what pages without gold hold: in each fold those
that never saw it. --more holds what flatten.py made: the pages that the flat corpus leaves out, and clean and half-clean text.
Folds are grouped by registrable domain, so a page's forms stay together. Word scores that the forest learns
from come from weights that never saw the row's fold nor, in cross-validation, the fold that is tested.
Everything is seeded. With --without nothing is written but the figures of models that never saw the
converter's form.
"""
import argparse
import itertools
import json
import os
import shutil
import struct
import subprocess
import sys

import lightgbm as lgb
import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import SGDClassifier

import export
import lessons
from flat_corpus import CLEANED, CONVERTERS, FOLDS, FlatCorpus, read, show
from train import domain_of
from vote import Vote

PARAMS = dict(objective="cross_entropy", learning_rate=.1, num_leaves=24, min_data_in_leaf=100,
              feature_fraction=.15, lambda_l2=5, max_bin=63, bagging_fraction=.8, bagging_freq=1, seed=7,
              deterministic=True, force_row_wise=True, num_threads=1, verbose=-1)
TREES = 200
# Rows that a forest sees, drawn by weight.
SAMPLE = 200_000
# The seeds' format counts double.
RESILIPARSE = 2.0
# Share of the pages whose word scores are blanked.
STRANGE = .15
# The networks read a line's own columns: those before the first of a neighbour.
NETWORKS = dict(seeds=[0], weights=(.45, .45), epochs=14, forms=3, drop=.15, entry_drop=.1)
# Word weights below this are left out of the file.
SMALLEST = .3


class Words:
    """Counts of words and pairs a line, and the weights learned from them."""

    def __init__(self, corpus, known):
        tokens = np.concatenate([p.tokens for p in corpus.pages])
        counts = np.concatenate([p.token_count for p in corpus.pages])
        self.hashes, index = np.unique(tokens, return_inverse=True)
        values = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts).astype(np.float32)
        self.T = sp.csr_matrix((values, index.astype(np.int32), np.concatenate([[0], np.cumsum(counts)])),
                               (len(counts), len(self.hashes)))
        parts = [domain_of(p.gold["url"] or p.id) for p in corpus.pages]
        domains = [p.domain + "." + p.suffix for p in parts]
        names, number = np.unique(domains, return_inverse=True)
        width = len(self.hashes)
        pairs = np.unique(number[np.repeat(corpus.row_page, counts)].astype(np.int64) * width + index)
        fold = np.zeros(len(names), int)
        fold[number] = corpus.fold
        self.domains = np.array([np.bincount(pairs[fold[pairs // width] == k] % width, minlength=width)
                                 for k in range(FOLDS)])
        self.corpus = corpus
        # Two forms that cut a page differently are enough: the words are the same in all.
        forms = ("inscriptis", "bs4") if not known.all() else ("resiliparse", "bs4")
        self.used = np.array([p.converter in forms for p in corpus.pages])[corpus.row_page] & known

    def train(self, skip, path):
        """Logistic regression on the folds that are not skipped; writes the weights, gives all lines' scores."""
        folds = [k for k in range(FOLDS) if k not in skip]
        columns = np.flatnonzero(self.domains[folds].sum(0) >= 5)
        rows = np.flatnonzero(self.used & np.isin(self.corpus.row_fold, folds))
        model = SGDClassifier(loss="log_loss", alpha=2e-6, max_iter=5, tol=None, average=True, random_state=7)
        T = self.T[:, columns]
        model.fit(T[rows], self.corpus.y[rows] >= .5, sample_weight=self.corpus.w[rows])
        weights = model.coef_[0].astype(np.float32)
        weights[np.abs(weights) < SMALLEST] = 0
        bias = np.float32(model.intercept_[0])
        kept = np.flatnonzero(weights)
        with open(path, "wb") as f:
            f.write(struct.pack("<I", len(kept)))
            for i in kept:
                f.write(struct.pack("<If", self.hashes[columns[i]], weights[i]))
            f.write(struct.pack("<f", bias))
        print("words without", skip, len(kept), flush=True)
        return (T @ weights + bias).astype(np.float32), bias


def fit(corpus, rows, seed=7):
    """A forest on some of these rows, drawn by weight."""
    rng = np.random.default_rng(seed)
    share = np.array([RESILIPARSE if p.converter == "resiliparse" else 1 for p in corpus.pages])
    w = corpus.w[rows] * share[corpus.row_page[rows]]
    low, high = 0, 1000
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if np.clip(w * middle, .02, 1).sum() > SAMPLE else (middle, high)
    chance = np.clip(w * low, .02, 1)
    pick = rng.random(len(rows)) < chance
    params = dict(PARAMS, seed=seed)
    data = lgb.Dataset(corpus.X[rows[pick]], corpus.y[rows[pick]], weight=(w / chance)[pick], params=params)
    return lgb.train(params, data, TREES)


def families(corpus, chosen):
    """The forms of each page among these, resiliparse's first: it is seen in every epoch."""
    forms = {}
    for i in chosen:
        forms.setdefault(corpus.pages[i].id, []).append(i)
    return [sorted(form, key=lambda i: corpus.pages[i].converter != "resiliparse") for form in forms.values()]


def check(corpus, lab, corpora, work, weights):
    """The program must derive from the word weights just what put_scores derives."""
    out = f"{work}/check.bin"
    subprocess.run([lab, "features", "--flat", f"{corpora}/flat/resiliparse.jsonl.gz", "-o", out,
                    "--tokens", weights, "--columns", "score"], check=True)
    columns = [i for i, n in enumerate(corpus.names) if "score" in n]
    start = {p.id: a for p, a in zip(corpus.pages, corpus.start) if p.converter == "resiliparse" and not p.more}
    for page in read(out):
        if page.id in start:
            ours = corpus.X[start[page.id]:start[page.id] + page.count][:, columns]
            assert np.allclose(ours, page.features, atol=2e-3), page.id


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpora", "more", "lab", "winnow", "markup", "work", "out"):
        ap.add_argument(f"--{name}", required=True)
    ap.add_argument("--without", choices=CONVERTERS)
    a = ap.parse_args()
    os.makedirs(a.work, exist_ok=True)
    names = subprocess.run([a.lab, "features", "--flat", "--names", "x", "-o", "x"], capture_output=True,
                           text=True, check=True).stdout.split()
    for kind, folder in (("flat", f"{a.corpora}/flat"), ("more", a.more)):
        for converter in (*CONVERTERS, *CLEANED):
            source, path = f"{folder}/{converter}.jsonl.gz", f"{a.work}/{kind}-{converter}.bin"
            if os.path.exists(source) and not os.path.exists(path):
                subprocess.run([a.lab, "features", "--flat", source, "-o", path], check=True)
    # The shipped models first, then those of the folds.
    teachers = [a.out, *(f"{a.markup}/fold{k}" for k in range(FOLDS))]
    taught = lessons.read(a.winnow, a.corpora, teachers, a.work)
    corpus = FlatCorpus(a.work, a.corpora, names, taught)
    print(len(corpus.pages), "pages", len(corpus.X), "rows", len(names), "columns", flush=True)
    show("oracle", corpus.evaluate((corpus.y >= .5).astype(float)))
    known = np.array([p.converter != a.without for p in corpus.pages])[corpus.row_page]
    words = Words(corpus, known)
    scores, bias = {}, {}
    for skip in [()] + [(k,) for k in range(FOLDS)] + list(itertools.combinations(range(FOLDS), 2)):
        path = f"{a.work}/words-{a.without or ''}{''.join(map(str, skip)) or 'all'}.bin"
        corpus.learn(skip[0] + 1 if skip else 0)
        scores[skip], bias[skip] = words.train(skip, path)
    del words
    corpus.put_scores(scores[()])
    check(corpus, a.lab, a.corpora, a.work, f"{a.work}/words-{a.without or ''}all.bin")
    # Most pages are in English. On some of them no word is known, as on a page in a language without any.
    ids = sorted({page.id for page in corpus.pages})
    chosen = set(np.random.default_rng(7).choice(ids, int(STRANGE * len(ids)), replace=False))
    strange = np.repeat([page.id in chosen for page in corpus.pages], corpus.count)
    own = next(i for i, name in enumerate(names) if name.startswith("n-"))
    vote = Vote(a.work, names, range(own), corpus.start, corpus.groups,
                np.concatenate([page.words for page in corpus.pages]), blank=[], **NETWORKS)
    allowed = np.array([page.converter != a.without for page in corpus.pages])
    p, alone = np.zeros(len(corpus.y), np.float32), np.zeros(len(corpus.y), np.float32)
    for k in range(FOLDS):
        s = scores[(k,)].copy()
        for j in range(FOLDS):
            if j != k:
                rows = corpus.row_fold == j
                s[rows] = scores[tuple(sorted((j, k)))][rows]
        s[strange & (corpus.row_fold != k)] = bias[(k,)]
        corpus.put_scores(s)
        corpus.learn(k + 1)
        model = fit(corpus, np.flatnonzero((corpus.row_fold != k) & known))
        rows = np.flatnonzero(corpus.row_fold == k)
        alone[rows] = model.predict(corpus.X[rows], num_threads=1)
        folder = f"{a.work}/fold{k}" + (f"-without-{a.without}" if a.without else "")
        os.makedirs(folder, exist_ok=True)
        logits = vote.train(corpus.X, corpus.y, families(corpus, np.flatnonzero((corpus.fold != k) & allowed)),
                            np.flatnonzero(corpus.fold == k), f"{folder}/flat.network")
        p[rows] = vote.mean(alone[rows], logits[rows])
        show(f"fold {k}", corpus.evaluate(p, folds=[k]))
        if a.without:
            continue
        export.write([model], names, f"{folder}/flat.forest")
        shutil.copy(f"{a.work}/words-{k}.bin", f"{folder}/flat.words")
    show("forest alone", corpus.evaluate(alone))
    show("with networks", corpus.evaluate(p))
    if a.without:
        return
    with open(f"{a.work}/folds.json", "w") as f:
        json.dump({page.id: int(k) for page, k in zip(corpus.pages, corpus.fold)}, f)
    s = np.zeros(len(corpus.y), np.float32)
    for k in range(FOLDS):
        s[corpus.row_fold == k] = scores[(k,)][corpus.row_fold == k]
    s[strange] = bias[()]
    corpus.put_scores(s)
    corpus.learn(0)
    model = fit(corpus, np.arange(len(corpus.y)))
    os.makedirs(a.out, exist_ok=True)
    export.write([model], names, f"{a.out}/flat.forest")
    vote.train(corpus.X, corpus.y, families(corpus, range(len(corpus.pages))), [], f"{a.out}/flat.network")
    shutil.copy(f"{a.work}/words-all.bin", f"{a.out}/flat.words")


if __name__ == "__main__":
    sys.exit(main())
