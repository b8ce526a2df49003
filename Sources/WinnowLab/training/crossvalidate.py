"""Cleans every page with the fold model that never saw its domain, through the command itself.

  crossvalidate.py --winnow WINNOW --corpora DIR --work DIR [--flat [--cleaned DIR]] [WINNOW-OPTION ...]

Writes WORK/cv-wcxb.jsonl and WORK/cv-news.jsonl, with --flat WORK/cv-CONVERTER.jsonl for each converter, ready
for the scorer. WORK is that of train.py or train_flat.py. --cleaned names a folder with more *.jsonl.gz of the
same pages.
"""
import argparse
import glob
import gzip
import json
import os

from cleaning import clean

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("--winnow", required=True)
ap.add_argument("--corpora", required=True)
ap.add_argument("--work", required=True)
ap.add_argument("--flat", action="store_true")
ap.add_argument("--cleaned", default="")
a, rest = ap.parse_known_args()
with open(f"{a.work}/folds.json") as f:
    folds = json.load(f)


def by_fold(source, fold, output):
    """Cleans with a fold's models."""
    return clean(a.winnow, source, f"{a.work}/fold{fold}", output, *rest)


if a.flat:
    for path in sorted(glob.glob(f"{a.corpora}/flat/*.jsonl.gz")) + sorted(glob.glob(f"{a.cleaned}/*.jsonl.gz")):
        name = os.path.basename(path).split(".")[0]
        with gzip.open(path, "rt", encoding="utf-8") as f:
            pages = [(json.loads(line)["id"], line) for line in f]
        with open(f"{a.work}/cv-{name}.jsonl", "w", encoding="utf-8") as out:
            for k in range(5):
                fold = f"{a.work}/fold{k}/{name}.jsonl"
                with open(fold, "w", encoding="utf-8") as f:
                    f.writelines(line for page, line in pages if folds.get(page) == k)
                out.writelines(by_fold([fold], k, f"{a.work}/fold{k}/{name}-records.jsonl"))
else:
    for corpus in ("wcxb", "news"):
        with open(f"{a.work}/cv-{corpus}.jsonl", "w", encoding="utf-8") as out:
            for k in range(5):
                records = by_fold([f"{a.corpora}/{corpus}/pages", "--charset", "utf-8"], k,
                                  f"{a.work}/fold{k}/{corpus}.jsonl")
                out.writelines(line for line in records if folds[json.loads(line)["id"]] == k)
