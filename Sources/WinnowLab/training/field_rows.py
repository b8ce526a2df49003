"""The rows of candidates that `WinnowLab fields` writes, and the gold of their pages."""
import gzip
import json
import os
import re
import subprocess

from lessons import CORPUS as LESSONS
from train import FOLDS, fold_of

HTML = ["wcxb", "news", "dates"]
FLAT = ["resiliparse", "inscriptis", "bs4", "w3m", "html2text", "clean"]
# The same converters' forms of more pages.
MORE = [f"more-{converter}" for converter in ("resiliparse", "inscriptis", "bs4", "html2text")]
FORMS = (("", []), ("-bare", ["--bare"]))
# Texts that hold nothing but the body: their first sentence is no headline.
CLEAN = "clean"


def write_clean(a):
    """The bodies of wcxb and news as flat text, without headline, byline and date."""
    path = f"{a.work}/{CLEAN}.jsonl.gz"
    with open(f"{a.corpora}/flat/gold.jsonl", encoding="utf-8") as f, gzip.open(path, "wt", encoding="utf-8") as out:
        for g in map(json.loads, f):
            if len(g["body"] or "") >= 400:
                out.write(json.dumps({"id": g["id"], "url": "", "text": g["body"]}) + "\n")
    return path


def source_of(a, corpus):
    if corpus == CLEAN:
        return f"{a.work}/{CLEAN}.jsonl.gz"
    if corpus in MORE:
        return f"{a.more}/{corpus.removeprefix('more-')}.jsonl.gz"
    return f"{a.corpora}/flat/{corpus}.jsonl.gz" if corpus in FLAT else f"{a.corpora}/{corpus}/pages"


def dump(a, corpora, headlines=None):
    """Every page twice: as it is, and without JSON-LD and address, which many pages lack. The candidates of authors
    and dates refer to the headline that the tables in the folder `headlines` choose."""
    for corpus in corpora:
        flat = is_flat(corpus)
        source = source_of(a, corpus)
        charset = [] if flat or corpus == "dates" else ["--charset", "utf-8"]
        for form, option in FORMS:
            if form and flat and not corpus.endswith("resiliparse"):
                continue
            subprocess.run([a.lab, "fields", source, "-o", f"{a.work}/fields-{corpus}{form}.jsonl", *charset,
                            *option, *(["--headline", headlines] if headlines else [])], check=True)


def read(a, corpora):
    pages, gold = [], {}
    more = gold_of_more(a) if any(c in MORE for c in corpora) else {}
    for corpus in corpora:
        name = "flat" if corpus in FLAT else corpus
        if corpus in MORE:
            gold[corpus] = more
        else:
            with open(f"{a.corpora}/{name}/gold.jsonl", encoding="utf-8") as f:
                gold[corpus] = {g["id"]: g for g in map(json.loads, f)}
        for form, _ in FORMS:
            if form and is_flat(corpus) and not corpus.endswith("resiliparse"):
                continue
            with open(f"{a.work}/fields-{corpus}{form}.jsonl", encoding="utf-8") as f:
                pages += [(corpus, record, bool(form)) for record in map(json.loads, f)]
    for _, record, _ in pages:
        record["id"] = stem(record["id"])
    return pages, gold


def stem(path):
    return re.sub(r"(\.html)?(\.gz)?$", "", os.path.basename(path))


def gold_of_more(a):
    """The gold of the pages that the flat corpus leaves out. On those without, date aside, it is what the tables for
    markup find: of each fold, and, last, of all pages."""
    with open(f"{a.corpora}/flat/gold.jsonl", encoding="utf-8") as f:
        done = {json.loads(line)["id"] for line in f}
    gold = {}
    for corpus in ("wcxb", "news"):
        with open(f"{a.corpora}/{corpus}/gold.jsonl", encoding="utf-8") as f:
            gold.update((g["id"], g) for g in map(json.loads, f) if g["id"] not in done)
    last = f"{a.work}/lessons-fields.jsonl"
    subprocess.run([a.lab, "fields", f"{a.corpora}/{LESSONS}/pages", "-o", last, "--tables", f"{a.out}/rankers"],
                   check=True)
    lessons = []
    for path in [f"{a.work}/fold{k}/fields-{LESSONS}.jsonl" for k in range(FOLDS)] + [last]:
        if not os.path.exists(path):
            raise SystemExit(f"no {path}: the tables for markup teach those for flat text; train them first")
        with open(path, encoding="utf-8") as f:
            lessons.append({stem(record["id"]): record for record in map(json.loads, f)})
    with open(f"{a.corpora}/{LESSONS}/gold.jsonl", encoding="utf-8") as f:
        for g in map(json.loads, f):
            said = [found[g["id"]] for found in lessons]
            gold[g["id"]] = dict(g, lessons=[dict(g, title=one.get("headline"), authors=one.get("authors") or [])
                                             for one in said])
    return gold


def is_flat(corpus):
    return corpus in FLAT or corpus in MORE


def choose(a, corpora):
    """The fields of every page, chosen by the fold tables through the program."""
    for corpus in corpora:
        flat = corpus in FLAT
        source = source_of(a, corpus)
        charset = [] if flat or corpus == "dates" else ["--charset", "utf-8"]
        with open(f"{a.corpora}/{'flat' if flat else corpus}/gold.jsonl", encoding="utf-8") as f:
            folds = {g["id"]: fold_of(g["url"], g["id"]) for g in map(json.loads, f)}
        with open(f"{a.work}/cv-fields-{corpus}.jsonl", "w", encoding="utf-8") as out:
            for k in range(FOLDS):
                path = f"{a.work}/fold{k}/fields-{corpus}.jsonl"
                subprocess.run([a.lab, "fields", source, "-o", path, "--tables", f"{a.work}/fold{k}", *charset],
                               check=True)
                with open(path, encoding="utf-8") as f:
                    for line in f:
                        page = stem(json.loads(line)["id"])
                        if folds[page] == k:
                            out.write(line)
