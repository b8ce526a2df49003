"""Trains the networks that vote with a forest, by network.py, in a Python that has PyTorch."""
import json
import os
import subprocess

import numpy as np

import export

# A third of the time would go into giving memory back and asking for it again.
KEEP_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(1 << 32), "MALLOC_TRIM_THRESHOLD_": str(1 << 34),
               "MALLOC_TOP_PAD_": str(1 << 28)}
PYTHONS = ("python3", "/usr/bin/python3")


def python():
    """A Python that can train networks."""
    for name in filter(None, (os.environ.get("WINNOW_TORCH_PYTHON"), *PYTHONS)):
        try:
            if subprocess.run([name, "-c", "import torch, numpy"], capture_output=True).returncode == 0:
                return name
        except FileNotFoundError:
            continue
    raise SystemExit("no Python with PyTorch: apt-get install python3-torch libopenblas0-pthread, or set "
                     "WINNOW_TORCH_PYTHON to one that has it")


class Vote:
    """The data of a corpus for the networks. `columns` are the ones they read, of all `names`."""

    def __init__(self, work, names, columns, start, groups, words, **settings):
        self.work, self.python = f"{work}/network", python()
        os.makedirs(self.work, exist_ok=True)
        self.columns = list(map(int, columns))
        self.settings = dict(settings, digest=export.digest(names), columns=self.columns)
        self.start = start
        for name, values in (("start", start), ("groups", np.stack(groups)),
                             ("words", words.astype(np.float32))):
            np.save(f"{self.work}/{name}.npy", values)

    def train(self, X, y, families, test, out):
        """Trains on families of pages (forms of one page each); the log odds of the rows of `test`'s pages."""
        np.save(f"{self.work}/y.npy", y)
        np.save(f"{self.work}/X.npy", np.ascontiguousarray(X[:, self.columns]))
        full = np.diff(self.start) > 0
        families = [kept for family in families if (kept := [int(i) for i in family if full[i]])]
        settings = dict(self.settings, families=families, train=[i for family in families for i in family],
                        test=[int(i) for i in test if full[i]])
        with open(f"{self.work}/settings.json", "w") as f:
            json.dump(settings, f)
        subprocess.run([self.python, os.path.join(os.path.dirname(__file__), "network.py"), "--data", self.work,
                        "--out", out, "--logits", f"{self.work}/logits.npy"], check=True,
                       env=os.environ | KEEP_MEMORY)
        return np.load(f"{self.work}/logits.npy")

    def mean(self, p, logits):
        """The probabilities of a forest after the networks' vote."""
        forest, networks = self.settings["weights"]
        p = np.clip(p.astype(float), 1e-7, 1 - 1e-7)
        return 1 / (1 + np.exp(-(forest * np.log(p / (1 - p)) + networks * logits)))
