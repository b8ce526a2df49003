"""Bodies of pages without gold, for flat text to learn from.

A page's markup says more about its body than its flat text does. So what the models for markup find on pages that
nobody annotated teaches the models for flat text.
"""
import json
import os
import subprocess

# The pages that nobody has annotated a body for.
CORPUS = "dates"
# All models must be so sure of a page.
SURE = .8


def read(winnow, corpora, models, work):
    """The pages' bodies by id: for each folder of models what they say, in that order; pages that all are sure of."""
    found = {}
    for number, model in enumerate(models):
        out = f"{work}/lessons-{number}.jsonl"
        if os.path.exists(out):
            os.remove(out)
        # Exit code 1: some pages failed; they have records.
        code = subprocess.run([winnow, "clean", f"{corpora}/{CORPUS}/pages", "--quiet", "--model", model,
                               "-o", out]).returncode
        if code > 1:
            raise SystemExit(f"winnow clean ended with {code}")
        with open(out, encoding="utf-8") as records:
            for record in map(json.loads, records):
                if record["status"] == "article" and (record["confidence"] or 0) >= SURE:
                    # The gold's bodies open with the dek.
                    body = "\n".join(filter(None, (record["dek"], record["body"])))
                    found.setdefault(record["id"], {})[number] = body
    return {page: [bodies[n] for n in range(len(models))] for page, bodies in found.items()
            if len(bodies) == len(models)}
