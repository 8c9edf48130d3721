#!/usr/bin/env python3
"""Compares the findings of `shell-problem` with ShellCheck's own, over the RUN instructions of real Dockerfiles.

    scripts/shellcheck_compare.py BINARY FOLDER [--show SC2086] [--shellcheck PROGRAM]

Needs `shellcheck` on the PATH and nothing beyond Python's standard library. Each RUN in shell form is given to
ShellCheck as hadolint gives it: the shell that SHELL names, the names of ARG and ENV exported before it. Its lines stay
where they are, with comment lines between them blanked, so that both tools speak of the same lines and columns.
Compared are bodies by code (both, only ours, only theirs) and, of the findings in bodies that both report, how many
begin at the same line and column.
"""

import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

EXCLUDED = {1090, 1091, 2187}
PROXIES = "HTTP_PROXY http_proxy HTTPS_PROXY https_proxy FTP_PROXY ftp_proxy NO_PROXY no_proxy".split()
HEREDOC = re.compile(r"<<-?\s*[\"']?([A-Za-z_][A-Za-z0-9_]*)[\"']?")


class Body:
    """One RUN in shell form: its lines as ShellCheck may read them, and where they stand."""

    def __init__(self, path, first, shell, names):
        self.path, self.first, self.shell, self.names = path, first, shell, list(names)
        self.lines = []

    def script(self):
        exports = " ".join(f"export {name}=1;" for name in PROXIES + self.names)
        return "\n".join([f"#!{self.shell}", exports, *self.lines]) + "\n"


def blank(text):
    return re.sub(r"\S", " ", text)


def instructions(lines):
    """Gives (first line, lines, heredoc lines) of each instruction; comments inside are blanked."""
    at = 0
    while at < len(lines):
        if not lines[at].strip() or lines[at].lstrip().startswith("#"):
            at += 1
            continue
        first, taken, goes_on = at, [], True
        while goes_on and at < len(lines):
            line = lines[at]
            inside = bool(taken)
            if inside and (line.lstrip().startswith("#") or not line.strip()):
                taken.append("\\")
            else:
                taken.append(line.rstrip())
                goes_on = line.rstrip().endswith("\\")
            at += 1
        if taken[-1].endswith("\\"):
            taken[-1] = taken[-1][:-1]
        heredoc = []
        word = taken[0].split(None, 1)[0].upper()
        if word in ("RUN", "COPY", "ADD", "ONBUILD"):
            for name in HEREDOC.findall(" ".join(taken).replace("<<<", "   ")):
                while at < len(lines):
                    heredoc.append(lines[at])
                    at += 1
                    if lines[at - 1].strip() == name:
                        break
        yield first, taken, heredoc


def bodies(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        text = file.read()
    if re.search(r"^#\s*escape\s*=\s*`", text, re.M | re.I):
        return
    lines = text.split("\n")
    shell, names, stages, stage = "/bin/sh", [], {}, None
    for first, taken, heredoc in instructions(lines):
        joined = " ".join(line[:-1] if line.endswith("\\") else line for line in taken)
        keyword, _, rest = joined.strip().partition(" ")
        keyword, rest = keyword.upper(), rest.strip()
        if keyword == "FROM":
            words = [word for word in rest.split() if not word.startswith("--")]
            if stage:
                stages[stage] = (shell, names)
            shell, names = stages.get(words[0].lower() if words else "", ("/bin/sh", []))
            names = list(names)
            stage = words[2].lower() if len(words) > 2 else None
            if words and ("windows" in words[0] or "nanoserver" in words[0]):
                shell = "powershell"
        elif keyword == "SHELL":
            try:
                shell = " ".join(json.loads(rest)[:1])
            except (ValueError, TypeError):
                pass
        elif keyword == "ARG":
            names += [word.split("=")[0] for word in rest.split()[:1]]
        elif keyword == "ENV":
            found = re.findall(r"(?:^|\s)([A-Za-z_][A-Za-z0-9_]*)=", rest)
            names += found if "=" in rest.split(None, 1)[0] else rest.split()[:1]
        elif keyword == "RUN" and "sh" == os.path.basename(shell)[-2:]:
            while rest.startswith("--"):
                rest = rest.partition(" ")[2].lstrip()
            if rest.startswith("["):
                continue
            body = Body(path, first + 1, shell, [n for n in names if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", n)])
            flags = re.match(r"\s*\S+(\s+--\S+)*", taken[0]).group(0)
            body.lines = [" " * len(flags) + taken[0][len(flags):], *taken[1:]]
            for number in range(1, len(body.lines)):
                leading = re.match(r"\s*--\S+", body.lines[number])
                if leading and not "".join(body.lines[:number]).replace("\\", "").strip():
                    body.lines[number] = blank(leading.group(0)) + body.lines[number][leading.end():]
            if re.fullmatch(r"<<-?\s*[\"']?\w+[\"']?", rest):
                if heredoc and heredoc[0].startswith("#!") and not re.search(r"\b(ba|da|k)?sh\b", heredoc[0]):
                    continue
                body.lines = [""] * len(body.lines) + heredoc[:-1]
                if heredoc and heredoc[0].startswith("#!"):
                    body.shell = heredoc[0][2:].strip()
            else:
                body.lines += heredoc
            yield body


def theirs(found, program):
    """ShellCheck's findings: (path, first line of the body) -> {(code, line, column)}."""
    result = collections.defaultdict(set)
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, body in enumerate(found):
            name = os.path.join(folder, f"{number}.sh")
            with open(name, "w", encoding="utf-8") as file:
                file.write(body.script())
            names[name] = body
        files = list(names)
        for start in range(0, len(files), 200):
            run = subprocess.run([program, "-f", "json1", *files[start:start + 200]], capture_output=True, text=True)
            for one in json.loads(run.stdout)["comments"]:
                body = names[one["file"]]
                if one["code"] not in EXCLUDED:
                    place = (one["code"], one["line"] - 3 + body.first, one["column"])
                    result[body.path, body.first].add(place)
    return result


def ours(binary, folder, found):
    command = [binary, "check", "--isolated", "--select", "shellcheck", "--output-format", "json", "--exit-zero", folder]
    run = subprocess.run(command, capture_output=True, text=True)
    starts = collections.defaultdict(list)
    for body in found:
        starts[os.path.relpath(body.path, folder)].append(body)
    result = collections.defaultdict(set)
    for one in json.loads(run.stdout)["findings"]:
        path, line, column = one["path"], one["start"]["line"], one["start"]["column"]
        ending = [name for name in starts if path.endswith(name)]
        candidates = [body for name in ending for body in starts[name] if body.first <= line]
        for alias in one["aliases"]:
            if alias.startswith("shellcheck:SC") and candidates:
                body = max(candidates, key=lambda body: body.first)
                result[body.path, body.first].add((int(alias[13:]), line, column))
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("folder")
    parser.add_argument("--shellcheck", default="shellcheck")
    parser.add_argument("--show", action="append", default=[], help="list the bodies that differ in this code")
    options = parser.parse_args()
    paths = [os.path.join(root, name) for root, _, names in os.walk(options.folder) for name in names]
    found = [body for path in sorted(paths) for body in bodies(path)]
    left, right = ours(options.binary, options.folder, found), theirs(found, options.shellcheck)
    codes = sorted({place[0] for side in (left, right) for places in side.values() for place in places})
    print(f"{len(found)} bodies")
    print("code\tboth\tonly ours\tonly theirs\tfindings of ours\tof theirs\tsame line\tsame column")
    for code in codes:
        row = collections.Counter()
        for key in {*left, *right}:
            mine = {place for place in left[key] if place[0] == code}
            other = {place for place in right[key] if place[0] == code}
            row["ours"] += len(mine)
            row["theirs"] += len(other)
            if mine and other:
                row["both"] += 1
                row["line"] += len({place[:2] for place in mine} & {place[:2] for place in other})
                row["column"] += len(mine & other)
            elif mine or other:
                side = "only ours" if mine else "only theirs"
                row[side] += 1
                if f"SC{code}" in options.show:
                    for place in sorted(mine or other):
                        print(f"  SC{code} {side}: {key[0]}:{place[1]}:{place[2]} (RUN at {key[1]})", file=sys.stderr)
        columns = ["both", "only ours", "only theirs", "ours", "theirs", "line", "column"]
        print(f"SC{code}", *(row[column] for column in columns), sep="\t")


if __name__ == "__main__":
    main()
