#!/usr/bin/env python3
"""Times whole processes over the same files, in turns; Scripts/bench calls it.

  bench.py WINNOW FOLDER… [--rounds N] [--pages N]

Processor time (user and system, children waited for) of `winnow clean` and of a Python process for each
extractor that can be imported, over the pages unpacked: Python takes longer than winnow to unpack them, which would
count for winnow. The same time without pages, start-up, is taken off; what is printed is the median of the rounds
and the ratio to winnow with one job.
"""
import argparse
import gzip
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

EXTRACTORS = {
    "resiliparse": ("from resiliparse.extract.html2text import extract_plain_text",
                    "extract_plain_text(page, main_content=True)"),
    "turbohtml": ("from turbohtml import parse", "parse(page).article()"),
    "trafilatura": ("from trafilatura import extract", "extract(page)"),
    # What winnow makes of a page: headline, authors and date too, as JSON.
    "trafilatura record": ("from trafilatura import extract",
                           "extract(page, with_metadata=True, output_format='json')"),
}
SLOW = {name for name in EXTRACTORS if name.startswith("trafilatura")}
LOOP = """
import sys
{setup}
for name in open(sys.argv[1], encoding="utf-8"):
    with open(name[:-1], "rb") as file:
        page = file.read().decode("utf-8", "replace")
    try:
        {work}
    except Exception:
        pass
"""


def timed(command):
    """Processor time and wall time of a process, in seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    code = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if code not in (0, 1):
        sys.exit(f"{command[0]} ended with {code}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("winnow")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--slow-pages", type=int, default=60, help="pages for trafilatura")
    options = parser.parse_args()

    packed = [os.path.join(folder, name) for folder in options.folders for name in sorted(os.listdir(folder))]
    count = min(options.pages, len(packed))
    work = tempfile.TemporaryDirectory(prefix="winnow-bench-")
    names = []
    size = 0
    for index in range(count):
        with gzip.open(packed[index * len(packed) // count]) as file:
            page = file.read()
        size += len(page)
        names.append(os.path.join(work.name, f"{index}.html"))
        with open(names[-1], "wb") as file:
            file.write(page)
    slow = names[:: max(1, len(names) // options.slow_pages)]
    lists = {}
    for key, some in (("all", names), ("slow", slow), ("none", [])):
        lists[key] = os.path.join(work.name, key)
        with open(lists[key], "w", encoding="utf-8") as file:
            file.writelines(name + "\n" for name in some)

    def winnow(jobs):
        return lambda files: [options.winnow, "clean", "--files-from", files, "--charset", "utf-8", "--jobs",
                              str(jobs), "--quiet", "-o", os.path.join(work.name, "out.jsonl")]

    runs = {"winnow --jobs 1": (winnow(1), "all"), "winnow --jobs 2": (winnow(2), "all")}
    for name, (setup, call) in EXTRACTORS.items():
        if subprocess.run([sys.executable, "-c", setup], stderr=subprocess.DEVNULL).returncode != 0:
            print(f"{name}: not installed, left out")
            continue
        code = LOOP.format(setup=setup, work=call)
        runs[name] = (lambda files, code=code: [sys.executable, "-c", code, files],
                      "slow" if name in SLOW else "all")

    times = {name: [] for name in runs}
    walls = {name: [] for name in runs}
    for _ in range(options.rounds):
        for name, (command, which) in runs.items():
            idle = timed(command(lists["none"]))
            whole = timed(command(lists[which]))
            pages = len(slow) if which == "slow" else len(names)
            times[name].append(max(1e-9, whole[0] - idle[0]) / pages)
            walls[name].append(max(1e-9, whole[1] - idle[1]) / pages)

    base = statistics.median(times["winnow --jobs 1"])
    print(f"{len(names)} pages ({len(slow)} for trafilatura), {size / 1e6:.0f} MB, {options.rounds} rounds in turns")
    print(f"{'':19}{'CPU ms/page':>13}{'pages/CPU s':>13}{'MB/CPU s':>10}{'winnow is':>12}{'wall ms/page':>14}")
    for name in runs:
        cpu, wall = statistics.median(times[name]), statistics.median(walls[name])
        print(f"{name:19}{cpu * 1e3:13.2f}{1 / cpu:13.0f}{size / len(names) / cpu / 1e6:10.1f}"
              f"{cpu / base:11.2f}x{wall * 1e3:14.2f}")
    ratio = statistics.median(walls["winnow --jobs 1"]) / statistics.median(walls["winnow --jobs 2"])
    print(f"two jobs are {ratio:.2f} times as fast as one (wall); on a busy machine this says little")


if __name__ == "__main__":
    main()
