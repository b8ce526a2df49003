"""Bodies of pages without gold, for flat text to learn from.

A page's markup says more about its body than its flat text does. So what the models for markup find on pages that
nobody annotated teaches the models for flat text.
"""
import json

from cleaning import clean

# The pages that nobody has annotated a body for.
CORPUS = "dates"
# All models must be so sure of a page.
SURE = .8


def read(winnow, corpora, models, work):
    """The pages' bodies by id: for each folder of models what they say, in that order; pages that all are sure of."""
    found = {}
    for number, model in enumerate(models):
        lines = clean(winnow, [f"{corpora}/{CORPUS}/pages"], model, f"{work}/lessons-{number}.jsonl")
        for record in map(json.loads, lines):
            if record["status"] == "article" and (record["confidence"] or 0) >= SURE:
                # The gold's bodies open with the dek.
                body = "\n".join(filter(None, (record["dek"], record["body"])))
                found.setdefault(record["id"], {})[number] = body
    return {page: [bodies[n] for n in range(len(models))] for page, bodies in found.items()
            if len(bodies) == len(models)}
