#!/usr/bin/env python3
"""Holds an evaluation's figures against the floors; Scripts/evaluate calls it.

  floors.py CORPORA WORK FLOORS.json [--pin]

WORK holds NAME.jsonl (records) and NAME.json (the scorer's report) for wcxb, news, dates and
flat-CONVERTER. Prints every figure beside its floor. Exit 1, with the reasons, when a figure is under its
floor or absent, when an input has no record, or when one could not be read.

--pin writes the figures, rounded down to three digits, as the new floors. A floor never falls: if one
would, nothing is written and the exit code is 1.
"""
import argparse
import gzip
import json
import math
import os
import sys

# Where the scorer's report has a figure.
WORD, LCS, GRAMS = "word_f1", "lcs_f1", "4gram_f1"


def stem(name):
    for end in (".gz", ".html"):
        name = name[: -len(end)] if name.endswith(end) else name
    return name


def figures_of(name, report):
    """The figures to hold, by name."""
    body = report["body"]
    out = {}
    if name == "wcxb":
        out["all: word F1"] = body["all"][WORD]
        for group in sorted(g for g in body if g.startswith("type ")):
            out[f"{group[5:]}: word F1"] = body[group][WORD]
    elif name == "news":
        out["all: word F1"] = body["all"][WORD]
        out["all: LCS F1"] = body["all"][LCS]
        out["all: 4-gram F1"] = body["all"][GRAMS]
    elif name != "dates":
        out["all: word F1"] = body["all"][WORD]
        out["article: word F1"] = body["type article"][WORD]
    if name in ("wcxb", "news"):
        out["headline: exact"] = report["headline"]["exact"]
        out["headline: norm"] = report["headline"]["norm"]
        out["authors: F1"] = report["authors"]["f1"]
    if name in ("wcxb", "news", "dates"):
        out["date: accuracy"] = report["date"]["r"]
    return {f"{name} {key}": value for key, value in out.items()}


def inputs_of(corpora, name):
    """The ids of a corpus's inputs."""
    corpus, _, converter = name.partition("-")
    if not converter:
        return {stem(entry) for entry in os.listdir(os.path.join(corpora, corpus, "pages"))}
    with gzip.open(os.path.join(corpora, corpus, converter + ".jsonl.gz"), "rt", encoding="utf-8") as lines:
        return {json.loads(line)["id"] for line in lines}


def record_problems(corpora, work, name):
    """What is wrong with a corpus's records, apart from their figures."""
    seen, failed = set(), []
    with open(os.path.join(work, name + ".jsonl"), encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            seen.add(record["id"])
            if record["status"] == "failed":
                failed.append(f"{record['id']} ({record['error']['message']})")
    problems = []
    missing = sorted(inputs_of(corpora, name) - seen)
    for what, items in (("without a record", missing), ("failed", failed)):
        if items:
            rest = f" and {len(items) - 5} more" if len(items) > 5 else ""
            problems.append(f"{name}: {len(items)} inputs {what}: {', '.join(items[:5])}{rest}")
    return problems


def is_learned(key):
    """Whether a model that ships was trained on the pages of this figure.

    Such a figure flatters, and a floor from it would keep an honester model out: its floor is the
    cross-validated figure of the model card, written by hand.
    """
    return key.startswith(("wcxb ", "news ", "flat-")) and key.endswith((": word F1", ": LCS F1", ": 4-gram F1"))


def pinned(value):
    """A figure as a floor: three digits, rounded down."""
    return math.floor(value * 1000 + 1e-9) / 1000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora")
    parser.add_argument("work")
    parser.add_argument("floors")
    parser.add_argument("--pin", action="store_true")
    options = parser.parse_args()

    floors, figures, problems = {}, {}, []
    if os.path.exists(options.floors):
        with open(options.floors, encoding="utf-8") as file:
            floors = json.load(file)
    elif not options.pin:
        problems.append(f"{options.floors} does not exist; `Scripts/evaluate --pin` makes it")
    names = sorted(entry[:-5] for entry in os.listdir(options.work) if entry.endswith(".json"))
    for name in names:
        with open(os.path.join(options.work, name + ".json"), encoding="utf-8") as file:
            figures.update(figures_of(name, json.load(file)))
        problems += record_problems(options.corpora, options.work, name)

    width = max(map(len, figures | floors))
    print(f"{'figure':{width}}   value   floor")
    low = []
    for key in sorted(figures | floors):
        value, floor = figures.get(key), floors.get(key)
        if value is None:
            low.append(f"{key}: not measured, its floor is {floor:.3f}")
        elif not value == value:
            low.append(f"{key}: the scorer gave no number")
        elif floor is not None and value < floor - 1e-9:
            low.append(f"{key}: {value:.4f} is under its floor {floor:.3f}")
        shown = "      -" if value is None else f"{value:7.4f}"
        print(f"{key:{width}} {shown}   {'    -' if floor is None else f'{floor:.3f}'}")
    print()

    if options.pin and not low and not problems:
        new = {key: floors[key] if is_learned(key) and key in floors else max(pinned(value), floors.get(key, 0.0))
               for key, value in figures.items()}
        with open(options.floors, "w", encoding="utf-8") as file:
            json.dump(new, file, indent=2, sort_keys=True)
            file.write("\n")
        raised = sum(new[key] > floors.get(key, -1.0) for key in new)
        print(f"{raised} of {len(new)} floors are new or higher: {options.floors}")
        return 0
    for problem in problems + low:
        print(f"FAIL {problem}")
    if low and options.pin:
        print("No floor was changed: a floor never falls.")
    elif problems and options.pin:
        print("No floor was changed.")
    if problems or low:
        return 1
    fresh = sorted(figures.keys() - floors.keys())
    if fresh:
        print(f"Without a floor: {', '.join(fresh)}; `Scripts/evaluate --pin` gives them one.")
    print(f"All {len(floors)} floors hold.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
