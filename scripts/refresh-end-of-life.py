#!/usr/bin/env python3
"""Rewrites src/dockerfile/data/end-of-life.tsv from https://endoflife.date.

Which products are in the table, and which image each is pulled as, is read from the table itself: to add a product, add
one row with its name and image and run this script. Run it before a release and read the difference.
"""

import datetime
import json
import pathlib
import urllib.request

TABLE = pathlib.Path(__file__).parent.parent / "src/dockerfile/data/end-of-life.tsv"
COLUMNS = ["product", "image", "cycle", "codename", "eol", "extended_support_until", "latest_seen"]


def releases(product):
    """The release cycles of a product, newest first."""
    request = urllib.request.Request(
        f"https://endoflife.date/api/v1/products/{product}/", headers={"User-Agent": "shipworthy-data"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["result"]["releases"]


def row(product, image, release):
    """One line of the table; where no day is known, whether support has ended."""
    return [
        product,
        image,
        release["name"],
        release.get("codename") or "",
        release.get("eolFrom") or ("yes" if release.get("isEol") else "no"),
        release.get("eoesFrom") or "",
        (release.get("latest") or {}).get("name") or "",
    ]


def main():
    lines = [line for line in TABLE.read_text().splitlines() if not line.startswith("#")]
    products = dict.fromkeys(tuple(line.split("\t")[:2]) for line in lines[1:])
    rows = [row(product, image, release) for product, image in products for release in releases(product)]
    month = datetime.date.today().strftime("%B %Y")
    head = [
        f"# Release cycles and when their support ends, from https://endoflife.date (MIT licence), {month}.",
        "# Written by scripts/refresh-end-of-life.py. `eol`: a date, or yes/no where no date is known.",
        "\t".join(COLUMNS),
    ]
    TABLE.write_text("\n".join(head + ["\t".join(cells) for cells in rows]) + "\n")


if __name__ == "__main__":
    main()
