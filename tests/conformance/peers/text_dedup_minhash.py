"""text-dedup's MinHash as its command line sets it up, on short texts and on two pairs of one template.

python text_dedup_minhash.py short|template|copies MATERIAL
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from datasets import Dataset, load_from_disk
from said import say

MATERIAL = Path(sys.argv[2])


def left(texts: list[str]) -> list[str]:
    """Return the texts that are left."""
    root = Path(tempfile.mkdtemp())
    Dataset.from_list([{"text": text} for text in texts]).save_to_disk(str(root / "in"))
    options = ["--local", "--path", str(root / "in"), "--output", str(root / "out")]
    options += ["--cache_dir", str(root / "cache"), "--column", "text", "--num_proc", "1"]
    command = [sys.executable, "-m", "text_dedup.minhash", *options]
    subprocess.run(command, check=True, capture_output=True)
    return [row["text"] for row in load_from_disk(str(root / "out"))]


def _texts(name: str) -> list[str]:
    texts: list[str] = json.loads((MATERIAL / "texts.json").read_text(encoding="utf-8"))[name]
    return texts


def short() -> tuple[bool, str]:
    """Give it a document of two words among longer ones."""
    texts = _texts("short")
    stays = texts[0] in left(texts)
    return stays, f"a document of two words {'stays' if stays else 'left the output'}"


def template() -> tuple[bool, str]:
    """Give it four leases: two pairs that share what all leases say."""
    texts = _texts("template")
    kept = [texts.index(text) for text in left(texts)]
    apart = any(n < 2 for n in kept) and any(n >= 2 for n in kept)
    return (
        apart,
        f"{len(kept)} of two pairs of one template left, {'one' if apart else 'not one'} of each",
    )


def copies() -> tuple[bool, str]:
    """Give it one document three times and another."""
    texts = _texts("copies")
    count = left(texts).count(texts[0])
    return count == 1, f"{count} of 3 equal documents left"


if __name__ == "__main__":
    say({"short": short, "template": template, "copies": copies})
