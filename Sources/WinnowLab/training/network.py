"""Trains the small networks that vote with a forest (WinnowModel/BlockNetwork.swift). Needs PyTorch.

  network.py --data DIR --out FILE [--logits FILE]

DIR is what vote.py wrote: rows of features, pages, groups, labels, and settings.json. FILE becomes the networks as
the program reads them; --logits gets their mean log odds for the rows of the pages that were left for a test.
vote.py calls this with whatever Python has PyTorch, so nothing else of the training needs it.
"""
import argparse
import json
import os
import struct
import sys

# One thread: the same numbers on every run, and as fast, for such small matrices.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # noqa: E402
import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

MAGIC = 0x324E5757
WIDTH = 32
# How far convolutions look; 0 is a layer over groups.
LAYERS = (1, 2, 0, 4, 8, 0)
WAYS = 4
RATE, DECAY = 3e-3, .02
PAGES_A_STEP = 12
# Rows of a page that a step sees; longer pages give a random stretch.
LONGEST = 1500


def activated(x):
    return x * torch.clamp(x + 3, 0, 6) * (1 / 6)


def mass(x):
    u = torch.clamp(x, -6, 6) / 8
    t = 1 + u + u * u / 2
    t = t * t
    return (t * t) * (t * t)


class Near(torch.nn.Module):
    """Sees the rows at a distance before and behind."""

    def __init__(self, distance):
        super().__init__()
        self.distance = distance
        self.norm = torch.nn.LayerNorm(WIDTH)
        self.linear = torch.nn.Linear(3 * WIDTH, WIDTH)

    def forward(self, h, batch, drop):
        z = self.norm(h)
        parts = []
        for offset in (-self.distance, 0, self.distance):
            other = batch["at"] + offset
            inside = (other >= batch["first"]) & (other < batch["end"])
            parts.append(z[other.clamp(0, len(z) - 1)] * inside[:, None] if offset else z)
        return h + F.dropout(activated(self.linear(torch.cat(parts, 1))), drop, self.training)


class Groups(torch.nn.Module):
    """Sees the weighted means of the groups that a row belongs to."""

    def __init__(self):
        super().__init__()
        self.norm = torch.nn.LayerNorm(WIDTH)
        self.linear = torch.nn.Linear((1 + WAYS) * WIDTH, WIDTH)
        self.attention = torch.nn.Parameter(torch.zeros(WAYS, WIDTH))
        self.value = torch.nn.Linear(WIDTH, WIDTH, bias=False)

    def forward(self, h, batch, drop):
        z = self.norm(h)
        v, parts = self.value(z), [z]
        m = mass(z @ self.attention.t()) * batch["weight"][:, None]
        for way, (group, count) in enumerate(batch["groups"]):
            total = torch.zeros(count, WIDTH).index_add_(0, group, v * m[:, way:way + 1])
            size = torch.zeros(count).index_add_(0, group, m[:, way])
            parts.append((total / (size + 1e-6)[:, None])[group])
        return h + F.dropout(activated(self.linear(torch.cat(parts, 1))), drop, self.training)


class Network(torch.nn.Module):
    def __init__(self, columns):
        super().__init__()
        self.entry = torch.nn.Linear(columns, WIDTH)
        self.layers = torch.nn.ModuleList([Near(d) if d else Groups() for d in LAYERS])
        self.norm = torch.nn.LayerNorm(WIDTH)
        self.output = torch.nn.Linear(WIDTH, 1)

    def forward(self, batch, drop=0., entry_drop=0.):
        h = activated(self.entry(F.dropout(batch["x"], entry_drop, self.training)))
        for layer in self.layers:
            h = layer(h, batch, drop)
        return self.output(self.norm(h))[:, 0]

    def write(self, file, scale, columns):
        def put(*tensors):
            for tensor in tensors:
                file.write(np.ascontiguousarray(tensor.detach().numpy(), "<f4").tobytes())

        file.write(struct.pack("<I", len(columns)) + np.asarray(columns, "<u4").tobytes())
        file.write(np.stack([scale.lower, scale.upper, scale.mean, scale.factor]).astype("<f4").tobytes())
        put(self.entry.weight.t(), self.entry.bias)
        file.write(struct.pack("<I", len(self.layers)))
        for distance, layer in zip(LAYERS, self.layers):
            file.write(struct.pack("<I", distance))
            put(layer.norm.weight, layer.norm.bias, layer.linear.weight.t(), layer.linear.bias)
            if not distance:
                put(layer.attention, layer.value.weight.t())
        put(self.norm.weight, self.norm.bias, self.output.weight, self.output.bias)


class Scale:
    """Cuts each column to its .5th and 99.5th percentile, and brings it to mean 0 and spread 1."""

    def __init__(self, X, rows):
        rows = np.random.default_rng(1).choice(rows, min(100_000, len(rows)), replace=False)
        sample = X[np.sort(rows)]
        self.lower = np.quantile(sample, .005, axis=0).astype(np.float32)
        self.upper = np.quantile(sample, .995, axis=0).astype(np.float32)
        # A column that is almost always the same keeps its whole range.
        rare = self.lower == self.upper
        self.lower = np.where(rare, sample.min(0), self.lower)
        self.upper = np.where(rare, sample.max(0), self.upper)
        sample = np.clip(sample, self.lower, self.upper)
        self.mean = sample.mean(0)
        spread = sample.std(0)
        self.factor = np.where(spread > 1e-6, 1 / np.maximum(spread, .02), 0).astype(np.float32)

    def __call__(self, x):
        return np.clip((np.clip(x, self.lower, self.upper) - self.mean) * self.factor, -5, 5).astype(np.float32)


class Data:
    """Rows brought to scale; a page's groups numbered from 0."""

    def __init__(self, folder):
        self.X = np.load(f"{folder}/X.npy")
        self.start, keys, self.words, self.y = (
            np.load(f"{folder}/{name}.npy") for name in ("start", "groups", "words", "y"))
        self.y = self.y.astype(np.float32)
        self.groups = np.zeros(keys.shape, np.int64)
        self.counts = np.ones((len(self.start) - 1, len(keys)), np.int64)
        for way in range(len(keys)):
            for page, (a, b) in enumerate(zip(self.start, self.start[1:])):
                kinds, self.groups[way, a:b] = np.unique(keys[way, a:b], return_inverse=True)
                self.counts[page, way] = max(1, len(kinds))

    def bring(self, scale):
        """Brings all rows to scale; the row that stands for blanked columns too."""
        self.blank = scale(np.zeros((1, self.X.shape[1]), np.float32))[0]
        for a in range(0, len(self.X), 100_000):
            self.X[a:a + 100_000] = scale(self.X[a:a + 100_000])

    def batch(self, pages, blank=(), rng=None):
        """Some pages' rows one after another; in training, `blank` columns are 0 on half of the pages."""
        ranges = []
        for page in pages:
            a, b = int(self.start[page]), int(self.start[page + 1])
            if rng is not None and b - a > LONGEST:
                a += int(rng.integers(0, b - a - LONGEST + 1))
                b = a + LONGEST
            ranges.append((a, b))
        rows = np.concatenate([np.arange(a, b) for a, b in ranges])
        sizes = np.array([b - a for a, b in ranges])
        end = np.cumsum(sizes)
        page = np.repeat(np.arange(len(sizes)), sizes)
        X = self.X[rows]
        if rng is not None and len(blank):
            for place in np.flatnonzero(rng.random(len(sizes)) < .5):
                X[end[place] - sizes[place]:end[place], blank] = self.blank[blank]
        groups = []
        for way, keys in enumerate(self.groups):
            ends = np.cumsum(self.counts[pages, way])
            first = ends - self.counts[pages, way]
            groups.append((torch.from_numpy(keys[rows] + first[page]), int(ends[-1])))
        of_page = torch.from_numpy(page)
        groups.append((of_page, len(sizes)))
        words = torch.from_numpy(self.words[rows])
        return dict(x=torch.from_numpy(X), at=torch.arange(len(rows)), rows=rows, groups=groups,
                    first=torch.from_numpy((end - sizes)[page]), end=torch.from_numpy(end[page]),
                    words=words, weight=torch.sqrt(torch.clamp(words, max=40)),
                    y=torch.from_numpy(self.y[rows]), page=of_page, pages=len(sizes))


def loss_of(logits, batch):
    """Cross-entropy weighted by words, and one less the soft F1 of each page, half."""
    def total(values):
        return torch.zeros(batch["pages"]).index_add_(0, batch["page"], values)

    n, y = batch["words"], batch["y"]
    weight = torch.clamp(n, max=100) + .5
    entropy = F.binary_cross_entropy_with_logits(logits, y, reduction="none")
    p = torch.sigmoid(logits)
    gold = torch.clamp(total(n * y), min=15)
    miss = 1 - 2 * total(p * n * y) / (total(p * n) + gold)
    size = torch.clamp(total(torch.ones_like(n)), max=300) / 300 + .3
    return ((total(entropy * weight) / total(weight) + .5 * miss) * size).mean()


def train(data, settings, seed):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network = Network(data.X.shape[1])
    epochs = []
    for _ in range(settings["epochs"]):
        # Of each page's forms the first, and some of the others.
        pages = []
        for family in settings["families"]:
            others = rng.choice(family[1:], min(settings["forms"] - 1, len(family) - 1), replace=False)
            pages += [family[0], *map(int, others)]
        pages = np.array(pages)
        # Pages of a like size go into one step.
        sizes = data.start[pages + 1] - data.start[pages]
        order = np.argsort(sizes * (1 + .3 * rng.random(len(pages))), kind="stable")
        steps = [pages[order[i:i + PAGES_A_STEP]] for i in range(0, len(pages), PAGES_A_STEP)]
        epochs.append([steps[i] for i in rng.permutation(len(steps))])
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY, betas=(.9, .99))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=sum(map(len, epochs)) + 1)
    network.train()
    for number, steps in enumerate(epochs):
        mean = 0
        for pages in steps:
            batch = data.batch(pages, settings["blank"], rng)
            loss = loss_of(network(batch, settings["drop"], settings["entry_drop"]), batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1)
            optimizer.step()
            schedule.step()
            mean += float(loss) / len(steps)
        print(f"network {seed}, epoch {number + 1}: loss {mean:.4f}", flush=True)
    network.eval()
    return network


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "out"):
        ap.add_argument(f"--{name}", required=True)
    ap.add_argument("--logits")
    a = ap.parse_args()
    torch.set_num_threads(1)
    with open(f"{a.data}/settings.json", encoding="utf-8") as f:
        settings = json.load(f)
    data = Data(a.data)
    scale = Scale(data.X, np.concatenate([np.arange(data.start[i], data.start[i + 1]) for i in settings["train"]]))
    data.bring(scale)
    logits = np.zeros(len(data.X), np.float32)
    with open(a.out, "wb") as f:
        f.write(struct.pack("<IIffI", MAGIC, settings["digest"], *settings["weights"], len(settings["seeds"])))
        for seed in settings["seeds"]:
            network = train(data, settings, seed)
            network.write(f, scale, settings["columns"])
            with torch.no_grad():
                for i in range(0, len(settings["test"]), PAGES_A_STEP):
                    batch = data.batch(settings["test"][i:i + PAGES_A_STEP])
                    logits[batch["rows"]] += network(batch).numpy() / len(settings["seeds"])
    if a.logits:
        np.save(a.logits, logits)


if __name__ == "__main__":
    sys.exit(main())
