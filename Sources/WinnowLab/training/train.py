"""Trains the content score of pages with markup: token weights, a forest over the features, networks.

  train.py --corpora DIR --lab WinnowLab --work DIR --out DIR

Folds are grouped by registrable domain. Token scores that the forest learns from are out of fold, and
nested in cross-validation: the scores of a row never come from a model that saw its domain, nor, in
training, the domain that is tested. Everything is seeded.
"""
import argparse
import hashlib
import itertools
import json
import os
import re
import shutil
import struct
import subprocess
import sys
from collections import Counter

import lightgbm as lgb
import numpy as np
import scipy.sparse as sp
import tldextract
from sklearn.linear_model import SGDClassifier

import export
import rows as R
from vote import Vote

FOLDS = 5
PARAMS = dict(objective="cross_entropy", learning_rate=.1, num_leaves=20, min_data_in_leaf=100,
              feature_fraction=.3, lambda_l2=5, max_bin=63, bagging_fraction=.8, bagging_freq=1, seed=7,
              deterministic=True, force_row_wise=True, num_threads=2, verbose=-1)
TREES = 200
# The networks look around for themselves: columns of neighbours are not theirs.
NEIGHBOUR = re.compile(r"n-?\d_")
NETWORKS = dict(seeds=[0], weights=(.56, .28), epochs=10, forms=1, drop=.25, entry_drop=.2)
# Fields and asides that rules find lead over the score.
FIELDS = {"headline", "byline", "publication-date", "dateline", "source", "tags", "dek"}
ROLES = ("headline dek byline publication-date dateline source tags paragraph subheading list-item quotation "
         "table code caption credit disclaimer correction site-name navigation breadcrumb ticker "
         "related-links most-read read-more engagement reading-time share promotion paywall consent "
         "advertisement media-stub comments author-bio footer duplicate furniture").split()

domain_of = tldextract.TLDExtract(suffix_list_urls=())


def fold_of(url, page):
    parts = domain_of(url or page)
    name = parts.domain + "." + parts.suffix
    return int(hashlib.md5(name.encode()).hexdigest(), 16) % FOLDS


class Corpus:
    def __init__(self, work, corpora):
        self.pages, self.gold = [], []
        for name in ("wcxb", "news"):
            with open(f"{corpora}/{name}/gold.jsonl", encoding="utf-8") as f:
                gold = {g["id"]: g for g in map(json.loads, f)}
            for page in R.pages(f"{work}/rows-{name}.bin"):
                page.corpus = name
                self.pages.append(page)
                self.gold.append(gold[page.id])
        self.fold = np.array([fold_of(g["url"], p.id) for g, p in zip(self.gold, self.pages)])
        self.count = np.array([len(p.features) for p in self.pages])
        self.start = np.concatenate([[0], np.cumsum(self.count)])
        self.row_fold = np.repeat(self.fold, self.count)
        self.X = np.concatenate([p.features for p in self.pages])
        self.label(work)

    def label(self, work):
        path = f"{work}/labels.npz"
        for page in self.pages:
            page.block_words = [R.words(t) for t in page.text]
            page.bags = [Counter(re.findall(r"\w+", t.lower())) for t in page.text]
        if os.path.exists(path):
            saved = np.load(path)
            if len(saved["y"]) == len(self.X):
                self.y, self.w = saved["y"], saved["w"]
                return
        ys, ws = [], []
        for page, gold in zip(self.pages, self.gold):
            y = R.labels(page.block_words, gold["body"])
            sizes = np.array([len(b) for b in page.block_words], np.float32)
            total = max(len(R.words(gold["body"])), .15 * sizes.sum(), 30)
            ys.append(y)
            ws.append(np.minimum(.5, sizes / total))
        self.y, w = np.concatenate(ys), np.concatenate(ws)
        self.w = (w / w.mean()) ** .7
        np.savez(path, y=self.y, w=self.w)

    def token_matrix(self):
        """Counts of tokens and tags: blocks x (far tokens, near tokens, far tags, near tag)."""
        hashes = np.unique(np.concatenate([p.tokens for p in self.pages]))
        self.hashes = hashes[hashes != 0]
        width = len(self.hashes)
        far_parts, near_parts, tag_far, tag_near = [], [], [], []
        for page in self.pages:
            m, n = len(page.parent), len(page.container)
            lengths = page.token_end - page.token_start
            owner = np.repeat(np.arange(m), lengths)
            index = np.concatenate([np.arange(a, b) for a, b in zip(page.token_start, page.token_end)]
                                   or [np.zeros(0, int)]).astype(int)
            own = self.sparse(owner, page.tokens[index], m, width)
            inline_len = page.inline_end - page.inline_start
            blocks = np.repeat(np.arange(n), inline_len)
            index = np.concatenate([np.arange(a, b) for a, b in zip(page.inline_start, page.inline_end)]
                                   or [np.zeros(0, int)]).astype(int)
            inline = self.sparse(blocks, page.tokens[index], n, width)
            r, c, near_r, near_c = [], [], [], []
            for block, container in enumerate(page.container):
                step, position = 0, container
                while position >= 0:
                    r.append(block)
                    c.append(position)
                    if step < 2:
                        near_r.append(block)
                        near_c.append(position)
                    step += 1
                    position = page.parent[position]
            up = sp.csr_matrix((np.ones(len(r), np.float32), (r, c)), (n, m))
            near = sp.csr_matrix((np.ones(len(near_r), np.float32), (near_r, near_c)), (n, m))
            tags = sp.csr_matrix((np.ones(m, np.float32), (np.arange(m), page.tag)), (m, 256))
            far_parts.append(up @ own + inline)
            near_parts.append(near @ own + inline)
            tag_far.append(up @ tags)
            tag_near.append(sp.csr_matrix((np.ones(n, np.float32), (np.arange(n), page.tag[page.container])),
                                          (n, 256)))
        self.T = sp.hstack([sp.vstack(far_parts), sp.vstack(near_parts), sp.vstack(tag_far),
                            sp.vstack(tag_near)]).tocsr().astype(np.float32)

    def sparse(self, rows, tokens, height, width):
        keep = tokens != 0
        rows, tokens = rows[keep], tokens[keep]
        columns = np.searchsorted(self.hashes, tokens)
        return sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (height, width))

    def domains_of_tokens(self, keep):
        """In how many domains of the kept pages each token stands."""
        seen = {}
        for page, gold, use in zip(self.pages, self.gold, keep):
            if use:
                parts = domain_of(gold["url"] or page.id)
                seen.setdefault(parts.domain, []).append(page.tokens)
        counts = np.zeros(len(self.hashes), int)
        for tokens in seen.values():
            unique = np.unique(np.concatenate(tokens))
            counts[np.searchsorted(self.hashes, unique[unique != 0])] += 1
        return counts


def train_tokens(corpus, skip, path):
    """Logistic regression over tokens on the pages whose fold is not skipped."""
    keep = ~np.isin(corpus.fold, list(skip))
    rows = np.flatnonzero(~np.isin(corpus.row_fold, list(skip)))
    width = len(corpus.hashes)
    common = corpus.domains_of_tokens(keep) >= 4
    columns = np.flatnonzero(np.concatenate([common, common, np.ones(512, bool)]))
    model = SGDClassifier(loss="log_loss", alpha=2e-6, max_iter=6, tol=None, average=True, random_state=7)
    model.fit(corpus.T[rows][:, columns], corpus.y[rows] >= .5, sample_weight=corpus.w[rows])
    full = np.zeros(2 * width + 512, np.float32)
    full[columns] = model.coef_[0]
    far, near = full[:width], full[width:2 * width]
    chosen = np.flatnonzero((np.abs(far) > .05) | (np.abs(near) > .05))
    with open(path, "wb") as f:
        f.write(struct.pack("<I", len(chosen)))
        for i in chosen:
            f.write(struct.pack("<Iff", corpus.hashes[i], far[i], near[i]))
        f.write(full[2 * width:].astype("<f4").tobytes())
        f.write(struct.pack("<f", model.intercept_[0]))
    return len(chosen)


def token_columns(corpus, work, corpora, lab, path, columns):
    """The token score's columns under these weights, computed by the program itself."""
    parts = []
    for name in ("wcxb", "news"):
        out = f"{work}/tok.bin"
        subprocess.run([lab, "features", f"{corpora}/{name}/pages", "-o", out, "--tokens", path,
                        "--columns", "tok"], check=True)
        parts += [p.features for p in R.pages(out)]
    values = np.concatenate(parts)
    assert values.shape == (len(corpus.X), len(columns)), (values.shape, len(columns))
    return values


def fit(corpus, X, rows, script_columns, seed=7, trees=TREES):
    """A forest on these rows; JSON-LD is blanked on a random half of the pages."""
    rng = np.random.default_rng(seed)
    blank = np.repeat(rng.random(len(corpus.pages)) < .5, corpus.count)[rows]
    data = X[rows].copy()
    for column in script_columns:
        data[blank, column] = 0
    weights = corpus.w[rows]
    chance = np.clip(weights / np.quantile(weights, .72), .08, 1)
    chosen = rng.random(len(rows)) < chance
    params = dict(PARAMS, seed=seed)
    train = lgb.Dataset(data[chosen], corpus.y[rows][chosen], weight=(weights / chance)[chosen],
                        params=params)
    return lgb.train(params, train, trees)


# ---- decision and score, as the program does it ---------------------------------------------------

def decide(p, n, factor=1.0):
    """Blocks to keep: the prefix by p with the largest expected F1, threshold times a factor."""
    order = np.argsort(-p, kind="stable")
    mass = p * n
    best = 2 * np.cumsum(mass[order]) / np.maximum(np.cumsum(n[order]) + mass.sum(), 1e-9)
    top = best.max() if len(best) else 0
    return p > top / 2 * factor, top


def smooth(p, n, group, share=.5):
    total = np.bincount(group, p * n)
    size = np.maximum(np.bincount(group, n), 1e-9)
    return (1 - share) * p + share * (total / size)[group]


def bag_f1(bag, gold):
    a, b = sum(bag.values()), sum(gold.values())
    if not b or not a:
        return float(a == b)
    common = sum((bag & gold).values())
    return 2 * common / (a + b)


def network_groups(corpus):
    """Rows of one template, of one container, and of one container around that, by page."""
    ways, first = [[], [], []], [0, 0, 0]
    for page in corpus.pages:
        parent, container = np.asarray(page.parent), np.asarray(page.container)
        around = np.where(container >= 0, parent[np.maximum(container, 0)], -1)
        for way, keys in enumerate((np.asarray(page.group), container, around)):
            ways[way].append(keys.astype(np.int64) + 1 + first[way])
            first[way] += int(keys.max(initial=-1)) + 2
    return [np.concatenate(parts) for parts in ways]


def evaluate(corpus, p, factor=1.0, share=.5, rules=True, detail=False):
    """Mean word F1 by corpus and page type."""
    scores, tops = {}, []
    for i, (page, gold) in enumerate(zip(corpus.pages, corpus.gold)):
        a, b = corpus.start[i], corpus.start[i + 1]
        n = page.words.astype(float)
        q = smooth(p[a:b], n, page.group, share)
        keep, top = decide(q, n, factor)
        bag = Counter()
        article = gold["page_type"] in ("article", None)
        for k in range(b - a):
            role = ROLES[page.role[k] // 4] if page.role[k] >= 0 else ""
            use = keep[k]
            if rules and role in FIELDS:
                use = role == "dek" or role == "headline" and not article
            elif rules and role in ("caption", "credit", "disclaimer", "correction") and page.role[k] % 4 >= 2:
                use = False
            if use:
                bag += page.bags[k]
        value = bag_f1(bag, Counter(re.findall(r"\w+", gold["body"].lower())))
        tops.append((top, value))
        key = page.corpus
        scores.setdefault(key, []).append(value)
        scores.setdefault(f"{key} {gold['page_type']}", []).append(value)
    result = {k: float(np.mean(v)) for k, v in sorted(scores.items())}
    return (result, tops) if detail else result


def show(name, result):
    print(f"{name:28}" + "  ".join(f"{k.replace('wcxb ', ''):>5.9} {v:.4f}" for k, v in result.items()),
          flush=True)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpora", required=True)
    ap.add_argument("--lab", required=True)
    ap.add_argument("--work", required=True, help="a folder for rows and fold models")
    ap.add_argument("--out", required=True, help="where content.forest and content.tokens go")
    a = ap.parse_args()
    os.makedirs(a.work, exist_ok=True)
    names = subprocess.run([a.lab, "features", "--names", "x", "-o", "x"], capture_output=True, text=True,
                           check=True).stdout.split()
    for name in ("wcxb", "news"):
        path = f"{a.work}/rows-{name}.bin"
        if not os.path.exists(path):
            subprocess.run([a.lab, "features", f"{a.corpora}/{name}/pages", "-o", path], check=True)
    corpus = Corpus(a.work, a.corpora)
    print(len(corpus.pages), "pages", len(corpus.X), "rows", len(names), "columns", flush=True)
    show("oracle", evaluate(corpus, (corpus.y >= .5).astype(float), share=0, rules=False))
    tok = [i for i, n in enumerate(names) if "tok" in n]
    script = [i for i, n in enumerate(names) if n.startswith("ld_")]
    corpus.token_matrix()
    token = {}
    sets = [()] + [(k,) for k in range(FOLDS)] + list(itertools.combinations(range(FOLDS), 2))
    for skip in sets:
        path = f"{a.work}/tokens-{''.join(map(str, skip)) or 'all'}.bin"
        cache = path + ".npy"
        if not os.path.exists(cache):
            count = train_tokens(corpus, skip, path)
            print("tokens without", skip, count, flush=True)
            np.save(cache, token_columns(corpus, a.work, a.corpora, a.lab, path, tok))
        token[skip] = np.load(cache, mmap_mode="r")
    own = [i for i, n in enumerate(names) if not NEIGHBOUR.match(n)]
    vote = Vote(a.work, names, own, corpus.start, network_groups(corpus),
                np.concatenate([page.words for page in corpus.pages]),
                blank=[own.index(i) for i in script], **NETWORKS)
    p, alone = np.zeros(len(corpus.X)), np.zeros(len(corpus.X))
    for k in range(FOLDS):
        X = corpus.X.copy()
        for j in range(FOLDS):
            rows = corpus.row_fold == j
            key = (k,) if j == k else tuple(sorted((j, k)))
            X[np.ix_(rows, tok)] = token[key][rows]
        model = fit(corpus, X, np.flatnonzero(corpus.row_fold != k), script)
        test = corpus.row_fold == k
        alone[test] = model.predict(X[test])
        folder = f"{a.work}/fold{k}"
        os.makedirs(folder, exist_ok=True)
        logits = vote.train(X, corpus.y, [[i] for i in np.flatnonzero(corpus.fold != k)],
                            np.flatnonzero(corpus.fold == k), f"{folder}/content.network")
        p[test] = vote.mean(alone[test], logits[test])
        export.write([model], names, f"{folder}/content.forest")
        shutil.copy(f"{a.work}/tokens-{k}.bin", f"{folder}/content.tokens")
        if k == 0:
            gain = sorted(zip(model.feature_importance("gain"), names), reverse=True)
            print("gain:", ", ".join(f"{n} {g / sum(x for x, _ in gain):.3f}" for g, n in gain[:40]))
    np.save(f"{a.work}/p.npy", p)
    show("forest alone", evaluate(corpus, alone))
    for factor in (.9, 1.0, 1.1, 1.2):
        show(f"with networks, factor {factor}", evaluate(corpus, p, factor))
    show("no smoothing", evaluate(corpus, p, 1.0, 0))
    show("no rules", evaluate(corpus, p, 1.0, .5, rules=False))
    X = corpus.X.copy()
    for k in range(FOLDS):
        rows = corpus.row_fold == k
        X[np.ix_(rows, tok)] = token[(k,)][rows]
    model = fit(corpus, X, np.arange(len(X)), script)
    os.makedirs(a.out, exist_ok=True)
    export.write([model], names, f"{a.out}/content.forest")
    vote.train(X, corpus.y, [[i] for i in range(len(corpus.pages))], [], f"{a.out}/content.network")
    shutil.copy(f"{a.work}/tokens-all.bin", f"{a.out}/content.tokens")
    with open(f"{a.work}/folds.json", "w") as f:
        json.dump({p.id: int(k) for p, k in zip(corpus.pages, corpus.fold)}, f)


if __name__ == "__main__":
    sys.exit(main())
