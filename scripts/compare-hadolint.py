#!/usr/bin/env python3
"""Compares the findings of shipworthy with hadolint's on the same Dockerfiles, rule by rule.

    scripts/compare-hadolint.py BINARY DOCKERFILES HADOLINT.tsv [CODE...]

HADOLINT.tsv has the columns file, line, code; files are relative to the folder DOCKERFILES. A finding of ours matches
one of hadolint's when it lies on any line of the instruction that hadolint names. For each code: how many match, how
many are only ours, how many only hadolint's; with CODEs given, the differences themselves.
"""

import collections
import csv
import json
import pathlib
import subprocess
import sys


def instruction_starts(text):
    """The first line of the instruction that each line belongs to, by continuations and heredocs."""
    starts, start, open_line, ends = [], 1, False, []
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()
        if ends:
            starts.append(start)
            if line.strip("\t") == ends[0] or line == ends[0]:
                ends.pop(0)
            continue
        if not open_line:
            start = number
        starts.append(start)
        if open_line and (not bare or bare.startswith("#")):
            continue
        if not open_line and (not bare or bare.startswith("#")):
            continue
        words = bare.split()
        open_line = bare.endswith("\\")
        if not open_line or words:
            heredocs = [w.lstrip("0123456789")[2:].lstrip("-").strip("'\"") for w in words if w.lstrip("0123456789").startswith("<<") and not w.lstrip("0123456789").startswith("<<<")]
            if words and words[0].upper() in ("RUN", "COPY", "ADD", "ONBUILD"):
                ends = [h for h in heredocs if h]
    return starts


def ours(binary, folder, code):
    command = [binary, "check", str(folder), "--isolated", "--select", "hadolint:" + code, "--output-format", "json", "--exit-zero"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout:
        return None
    found = set()
    for finding in json.loads(done.stdout)["findings"]:
        if "hadolint:" + code in finding["aliases"]:
            found.add((finding["path"], finding["start"]["line"]))
    return found


def main():
    binary, folder, table = sys.argv[1], pathlib.Path(sys.argv[2]).resolve(), sys.argv[3]
    wanted = sys.argv[4:]
    theirs = collections.defaultdict(set)
    unparsed = set()
    for row in csv.DictReader(open(table, encoding="utf-8"), delimiter="\t"):
        theirs[row["code"]].add((row["file"], int(row["line"])))
        if row["code"] == "DL1000":
            unparsed.add(row["file"])
    starts = {}

    def place(file, line):
        if file not in starts:
            starts[file] = instruction_starts((folder / file).read_text(errors="replace"))
        lines = starts[file]
        return file, lines[line - 1] if line <= len(lines) else line

    codes = wanted or sorted(code for code in theirs if code.startswith(("DL3", "DL4")))
    print("code\tmatched\tonly ours\tonly hadolint\tonly ours, in files hadolint could not read")
    for code in codes:
        own = ours(binary, folder, code)
        if own is None:
            print(f"{code}\tno rule")
            continue
        relative = set()
        for path, line in own:
            full = pathlib.Path(path) if path.startswith("/") else pathlib.Path.cwd() / path
            try:
                file = str(full.resolve().relative_to(folder))
            except ValueError:
                file = path
            relative.add(place(file, line))
        other = {place(file, line) for file, line in theirs[code]}
        only_ours = {at for at in relative - other if at[0] not in unparsed}
        unread = len(relative - other) - len(only_ours)
        print(f"{code}\t{len(relative & other)}\t{len(only_ours)}\t{len(other - relative)}\t{unread}")
        if wanted:
            for sign, places in (("ours", only_ours), ("hadolint", other - relative)):
                for file, line in sorted(places):
                    text = (folder / file).read_text(errors="replace").splitlines()[line - 1]
                    print(f"  {sign}\t{file}:{line}\t{text[:120]}")


main()
