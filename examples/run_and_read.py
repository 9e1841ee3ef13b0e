"""Run a share and read what came of it.  python examples/run_and_read.py [FOLDER or PIPELINE]."""

import sys
from collections import Counter

import curate


def main(target: str) -> None:
    """Print what was published, what was left out, and why."""
    release = curate.run(target)
    counts = release.manifest["counts"]["documents"]
    print(f"release {release.number} in {release.workspace.root}")
    print(f"{counts['in']} documents, {counts['rejected']} of them rejected")

    chunks = release.corpus.select("media_type", "tokens").collect()
    print(chunks.group_by("media_type").sum().sort("tokens", descending=True))
    print(Counter(example["extractor"] for example in release.examples).most_common())
    for row in release.ledger:
        if row["outcome"] == "rejected":
            print(row["address"], *row["reasons"])


if __name__ == "__main__":
    main(*sys.argv[1:] or ["examples/company"])
