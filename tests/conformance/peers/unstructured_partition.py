"""unstructured's `partition` without a network, and on a PDF where a package of its own is missing.

python unstructured_partition.py offline|silent MATERIAL
"""

from __future__ import annotations

import sys
from pathlib import Path

from said import say
from unstructured.partition.auto import partition

MATERIAL = Path(sys.argv[2])


def offline() -> tuple[bool, str]:
    """Read one file of each kind."""
    failed = []
    files = sorted((MATERIAL / "kinds").iterdir())
    for path in files:
        try:
            partition(filename=str(path))
        except Exception as error:  # noqa: BLE001 - whatever it raises is what a user sees
            failed.append(f"{path.suffix[1:]} ({type(error).__name__})")
    return not failed, f"{len(failed)} of {len(files)} kinds fail: {', '.join(failed) or '-'}"


def silent() -> tuple[bool, str]:
    """Read a PDF that holds text."""
    from unstructured.partition.pdf import partition_pdf

    try:
        found = partition_pdf(filename=str(MATERIAL / "text/report.pdf"), strategy="fast")
    except ImportError as error:
        return True, f"it says so: {error}"
    return bool(found), f"{len(found)} elements of a page of text, no exception"


if __name__ == "__main__":
    say({"offline": offline, "silent": silent})
