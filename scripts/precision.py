#!/usr/bin/env python3
"""Samples findings of the default rules on real repositories for judging by hand, and renders the judgements.

    scripts/precision.py sample BINARY [--messages] FOLDER... > sample.tsv
    scripts/precision.py render [docs/precision.tsv [docs/precision.md]]

A FOLDER holds unpacked repositories, each in a folder `owner+name`. At most ten findings of each rule are drawn: those
whose hash with the seed is smallest, so that a rule that changes does not disturb the others and a finding that goes
away does not disturb its neighbours. Rows whose verdict is already in docs/precision.tsv come out with it.
`--messages` adds a last column with what the finding says; it is for the judge and does not belong in the table.
"""

import csv
import hashlib
import itertools
import json
import pathlib
import re
import subprocess
import sys

SEED = "20261122"
TODAY = "2026-11-22"
AT_MOST = 10
COLUMNS = ["rule", "repository", "path", "line", "verdict", "why"]
VERDICTS = ["true", "false", "unclear"]
ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "precision.tsv"
# Rules of these families come first on the page.
SECURITY = ["Security", "PodSecurity", "Rbac", "Secrets"]
INTRODUCTION = f"""\
# Precision

Findings of the default rules on real repositories, judged by hand: at most {AT_MOST} of each rule, drawn by
`scripts/precision.py sample` with the seed {SEED}. Security rules come first; a rule that is not listed reported nothing
there. Archived and sample files are judged as if they were in use. This page is rendered from `precision.tsv` by
`scripts/precision.py render`.

- **true**: what the finding says is so, and the file is better for being told.
- **false**: what the finding says is not so, or the advice would break the file.
- **unclear**: what the finding says is so, but the author chose it or would not care, or the file alone cannot tell.
"""


def findings(binary, repository):
    """What the default selection reports in one repository, without the configuration the repository may bring."""
    command = [binary, "check", "--isolated", "--exit-zero", "--quiet", "--no-progress", "--today", TODAY]
    run = subprocess.run([*command, "--output-format", "json", "."], cwd=repository, capture_output=True, check=True)
    return json.loads(run.stdout)["findings"]


def rank(row):
    """Where a finding stands in the draw; depends on nothing but itself and the seed."""
    return hashlib.sha256("\0".join([SEED, *row[:4]]).encode()).digest()


def read(table):
    """The rows of a table of judgements; none if there is no such file."""
    if not table.exists():
        return []
    with open(table, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def sample(binary, folders, with_messages):
    """Prints the rows to judge."""
    drawn = {}
    for repository in sorted(path for folder in folders for path in pathlib.Path(folder).iterdir() if path.is_dir()):
        name = repository.name.replace("+", "/", 1)
        for finding in findings(binary, repository):
            place = (finding["rule"], name, finding["path"], str(finding["start"]["line"]))
            drawn.setdefault(place[0], {}).setdefault(place, finding["message"])
    judged = {tuple(row[column] for column in COLUMNS[:4]): [row["verdict"], row["why"]] for row in read(TABLE)}
    print(*COLUMNS, *(["message"] if with_messages else []), sep="\t")
    for rule in sorted(drawn):
        chosen = sorted(drawn[rule], key=rank)[:AT_MOST]
        for place in sorted(chosen, key=lambda place: (*place[:3], int(place[3]))):
            message = [" ".join(drawn[rule][place].split())] if with_messages else []
            print(*place, *judged.get(place, ["", ""]), *message, sep="\t")


def families():
    """The family of each rule, as its file says."""
    found = {}
    for path in (ROOT / "rules").glob("*/*.rs"):
        if family := re.search(r"family: (?:Family::)?(\w+)", path.read_text(encoding="utf-8")):
            found[path.stem.replace("_", "-")] = family[1]
    return found


def check(rows):
    """Ends with a message where the table is not as it should be."""
    for row in rows:
        if row["verdict"] not in VERDICTS or not row["why"]:
            sys.exit(f"{row['rule']} {row['repository']} {row['path']}:{row['line']}: no verdict")
    if rows != sorted(rows, key=lambda row: (row["rule"], row["repository"], row["path"], int(row["line"]))):
        sys.exit("the rows are not sorted by rule, repository, path and line")


def cells(*values):
    """One line of a Markdown table."""
    return "| " + " | ".join(str(value).replace("|", "\\|") for value in values) + " |"


def render(table, page):
    """Writes the page from the table."""
    rows = read(table)
    check(rows)
    known = families()
    by_rule = {rule: list(of_rule) for rule, of_rule in itertools.groupby(rows, lambda row: row["rule"])}
    order = sorted(by_rule, key=lambda rule: (known.get(rule) not in SECURITY, rule))

    def counts(some):
        return [len(some), *(sum(row["verdict"] == verdict for row in some) for verdict in VERDICTS)]

    lines = [INTRODUCTION, cells("rule", "sampled", *VERDICTS), cells("---", *["---:"] * 4)]
    lines += [cells(f"[`{rule}`](#{rule})", *counts(by_rule[rule])) for rule in order]
    lines += [cells("all", *counts(rows))]
    for rule in order:
        lines += ["", f"## {rule}", "", cells("repository", "place", "verdict", "why"), cells(*["---"] * 4)]
        lines += [cells(row["repository"], f"`{row['path']}:{row['line']}`", row["verdict"], row["why"]) for row in by_rule[rule]]
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main(arguments):
    match arguments:
        case ["sample", binary, *rest] if [word for word in rest if word != "--messages"]:
            sample(str(pathlib.Path(binary).resolve()), [word for word in rest if word != "--messages"], "--messages" in rest)
        case ["render", *paths] if len(paths) <= 2:
            table = pathlib.Path(paths[0]) if paths else TABLE
            render(table, pathlib.Path(paths[1]) if len(paths) == 2 else table.with_suffix(".md"))
        case _:
            sys.exit(__doc__)


main(sys.argv[1:])
