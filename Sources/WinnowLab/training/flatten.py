"""Makes more flat text to train on out of the pages of wcxb and news.

  flatten.py --corpora DIR --out DIR

Writes OUT/FORM.jsonl.gz with a line a page, {id, corpus, url, text}, like the flat corpus's own files:

- the pages that the flat corpus leaves out, those without gold bodies among them, by its converters, which run as they do there: resiliparse with alt
  texts and the whole page, the others as they come. w3m is left out: it is a program and no package;
- `recall`: every second page as trafilatura cleans it with favor_recall, text that is half clean already;
- `clean`: every page's gold body, text that is clean already and must stay.
"""
import argparse
import gzip
import hashlib
import json
import os
import re

import bs4
import html2text
import inscriptis
import trafilatura
from resiliparse.extract.html2text import extract_plain_text

import lessons

CONVERTERS = {
    "resiliparse": lambda html: extract_plain_text(html, main_content=False, alt_texts=True),
    "inscriptis": inscriptis.get_text,
    "bs4": lambda html: bs4.BeautifulSoup(html, "lxml").get_text("\n", strip=True),
    "html2text": html2text.html2text,
}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--corpora", required=True)
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    os.makedirs(a.out, exist_ok=True)
    with open(f"{a.corpora}/flat/gold.jsonl", encoding="utf-8") as f:
        done = {json.loads(line)["id"] for line in f}
    forms = (*CONVERTERS, "recall", "clean")
    files = {c: gzip.open(f"{a.out}/{c}.jsonl.gz", "wt", encoding="utf-8", compresslevel=3) for c in forms}
    for corpus in ("wcxb", "news", lessons.CORPUS):
        with open(f"{a.corpora}/{corpus}/gold.jsonl", encoding="utf-8") as f:
            pages = [json.loads(line) for line in f]
        for gold in pages:
            number = int(hashlib.md5(gold["id"].encode()).hexdigest(), 16)
            # Paragraphs parted by a blank line on most pages, by a line end on the others.
            made, wanted = {}, {} if gold["id"] in done else dict(CONVERTERS)
            if corpus != lessons.CORPUS:
                made["clean"] = gold["body"] if number // 2 % 3 else re.sub(r"\n+", "\n", gold["body"])
            if corpus != lessons.CORPUS and number % 2 == 0:
                wanted["recall"] = lambda html: trafilatura.extract(html, favor_recall=True) or ""
            if wanted:
                with gzip.open(f"{a.corpora}/{corpus}/pages/{gold['id']}.html.gz") as f:
                    html = f.read().decode("utf-8", "replace")
            for name, convert in wanted.items():
                try:
                    made[name] = convert(html)
                except Exception as error:  # A converter's own limits: the page has other forms.
                    print(f"{gold['id']}: {name}: {error!r}")
            for name, text in made.items():
                row = {"id": gold["id"], "corpus": corpus, "url": gold["url"], "text": text}
                files[name].write(json.dumps(row, ensure_ascii=False) + "\n")
    for file in files.values():
        file.close()


if __name__ == "__main__":
    main()
