"""Cleans every page with the fold model that never saw its domain, through the command itself.

  crossvalidate.py --winnow WINNOW --corpora DIR --work DIR [WINNOW-OPTION ...]

Writes WORK/cv-wcxb.jsonl and WORK/cv-news.jsonl, ready for the scorer. WORK is train.py's.
"""
import argparse
import json
import subprocess

ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
ap.add_argument("--winnow", required=True)
ap.add_argument("--corpora", required=True)
ap.add_argument("--work", required=True)
a, rest = ap.parse_known_args()
with open(f"{a.work}/folds.json") as f:
    folds = json.load(f)
for corpus in ("wcxb", "news"):
    with open(f"{a.work}/cv-{corpus}.jsonl", "w", encoding="utf-8") as out:
        for k in range(5):
            path = f"{a.work}/fold{k}/{corpus}.jsonl"
            subprocess.run([a.winnow, "clean", f"{a.corpora}/{corpus}/pages", "--charset", "utf-8", "--quiet",
                            "--model", f"{a.work}/fold{k}", "-o", path, *rest], check=True)
            with open(path, encoding="utf-8") as records:
                out.writelines(line for line in records if folds[json.loads(line)["id"]] == k)
