#!/usr/bin/env python3
"""Shows a sample of what a run over real files says, to be judged by eye.

    scripts/corpus.py --shipworthy target/debug/shipworthy FOLDER [--select all] [--rule RULE] [--sample 3]

For each rule: how many findings, and a few of them with the line that they stand on, marked. For each reason why
something was skipped: how many times, and a few of the files. The sample is the same from run to run. Only the standard
library is needed.
"""

import argparse
import collections
import json
import os
import pathlib
import random
import re
import subprocess
import sys


def line_of(path, number):
    """A line of a file, by its number; lines end as they do for the program."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        return f"({error})"
    lines = re.split("\r\n|\r|\n", text.removeprefix("\ufeff"))
    return lines[number - 1] if number <= len(lines) else "(no such line)"


def found_path(folder, path):
    """Paths are relative to the repository that holds the folder, if there is one."""
    return next((up / path for up in [folder, *folder.parents] if (up / path).is_file()), folder / path)


def show_finding(folder, finding):
    """The message, the line, the marks below it."""
    start, end = finding["start"], finding["end"]
    line = line_of(found_path(folder, finding["path"]), start["line"])
    marks = "^" * max(1, end["column"] - start["column"])
    blanks = "".join("\t" if c == "\t" else " " for c in line[: start["column"] - 1])
    print(f"  {finding['path']}:{start['line']}:{start['column']}: {finding['message']}")
    print(f"      {line[:180]}\n      {blanks}{marks[:100]}")


def main():
    """Runs the program once and prints the samples."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shipworthy", default="target/debug/shipworthy")
    parser.add_argument("--select", default="default")
    parser.add_argument("--rule", help="only this rule")
    parser.add_argument("--sample", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("folder", type=pathlib.Path)
    args = parser.parse_args()
    folder = args.folder.resolve()
    command = [os.path.abspath(args.shipworthy), "check", ".", "--isolated", "--select", args.select]
    done = subprocess.run([*command, "--output-format", "json"], cwd=folder, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())
    report = json.loads(done.stdout)
    rules, reasons = collections.defaultdict(list), collections.defaultdict(list)
    for finding in report["findings"]:
        rules[finding["rule"]].append(finding)
    for skipped in report["summary"]["skipped"]:
        reasons[skipped["reason"]].append(skipped["path"])
    for rule, findings in sorted(rules.items()):
        if args.rule in (None, rule):
            print(f"\n{rule}: {len(findings)}")
            chosen = random.Random(args.seed).sample(findings, min(args.sample, len(findings)))
            for finding in chosen:
                show_finding(folder, finding)
    for reason, paths in sorted(reasons.items()):
        if args.rule is None:
            print(f"\nskipped, {reason}: {len(paths)}")
            for path in random.Random(args.seed).sample(paths, min(args.sample, len(paths))):
                print(f"  {path}")


if __name__ == "__main__":
    main()
