"""Reads what `WinnowLab features` writes, and labels blocks by aligning them to the gold text."""
import json
import re

import numpy as np
from rapidfuzz.distance import LCSseq

WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f]|"
                  r"(?:(?![\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\u0e00-\u0e7f])\w)+")


def words(text):
    return WORD.findall(text.lower())


class Page:
    """One page's columns."""

    def __init__(self, header, features):
        self.id = header["id"]
        self.features = features


def pages(path):
    """Every page of a dump."""
    with open(path, "rb") as file:
        while line := file.readline():
            head = json.loads(line)
            n, f = head["n"], head["f"]
            page = Page(head, np.frombuffer(file.read(4 * n * f), "<f4").reshape(n, f))
            if head["full"]:
                m, t = head["m"], head["t"]

                def ints(count):
                    return np.frombuffer(file.read(4 * count), "<i4")

                page.parent, page.tag, page.token_start, page.token_end = (ints(m) for _ in range(4))
                page.tokens = ints(t).view("<u4")
                page.container, page.inline_start, page.inline_end = (ints(n) for _ in range(3))
                page.group, page.role, page.words = (ints(n) for _ in range(3))
                start, end = ints(n), ints(n)
                text = file.read(head["b"])
                page.text = [text[a:b].decode("utf-8", "replace") for a, b in zip(start, end)]
            yield page


def labels(block_words, gold_text):
    """Share of each block's words that the gold takes up, each gold word used once, order kept.

    Equal runs of the longest common subsequence count from four words, or when they are whole lines of
    the gold, or within two words of a run that counts. Then long blocks whose words stand together
    elsewhere in the gold, not used up yet, count too.
    """
    ids = {}

    def numbers(tokens):
        return [ids.setdefault(word, len(ids)) for word in tokens]

    blocks = [numbers(b) for b in block_words]
    page = [w for b in blocks for w in b]
    lines, gold = set(), []
    for line in gold_text.split("\n"):
        start = len(gold)
        gold += numbers(words(line))
        if len(gold) > start:
            lines.add((start, len(gold)))
    starts = {a for a, _ in lines}
    ends = {b for _, b in lines}
    taken = np.zeros(len(page), bool)
    used = np.zeros(len(gold), bool)
    runs = [(o.src_start, o.src_end, o.dest_start, o.dest_end)
            for o in LCSseq.opcodes(page, gold) if o.tag == "equal"]
    merged = []
    for run in runs:
        if merged and merged[-1][1] == run[0] and merged[-1][3] == run[2]:
            merged[-1] = (merged[-1][0], run[1], merged[-1][2], run[3])
        else:
            merged.append(run)
    accepted = []
    for a, b, c, d in merged:
        if b - a >= 4 or (c in starts and d in ends):
            accepted.append((a, b, c, d))
    marks = np.zeros(len(page) + 1, int)
    for a, b, _, _ in accepted:
        marks[max(0, a - 2):b + 2] = 1
    for a, b, c, d in merged:
        if b - a >= 4 or (c in starts and d in ends) or marks[a] or marks[min(b, len(page))]:
            taken[a:b] = True
            used[c:d] = True
    share = np.zeros(len(blocks), np.float32)
    at = 0
    spans = []
    for index, block in enumerate(blocks):
        spans.append((at, at + len(block)))
        if block:
            share[index] = taken[at:at + len(block)].mean()
        at += len(block)
    rest = " " + " ".join(map(str, gold)) + " "
    free = {}
    for word, flag in zip(gold, used):
        if not flag:
            free[word] = free.get(word, 0) + 1
    for index, block in enumerate(blocks):
        if len(block) < 4 or share[index] >= 0.5 or " " + " ".join(map(str, block)) + " " not in rest:
            continue
        need = {}
        for word in block:
            need[word] = need.get(word, 0) + 1
        have = sum(min(count, free.get(word, 0)) for word, count in need.items())
        if have >= 0.8 * len(block):
            share[index] = 1
            for word, count in need.items():
                free[word] = free.get(word, 0) - count
    return share
