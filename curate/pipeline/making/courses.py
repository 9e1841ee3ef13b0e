"""Courses are kept from run to run in one file: a text that was met before costs a look-up.

The file is a cache, never state: of one that is damaged, or was made by other tools or settings, nothing
is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from curate import ids
from curate.store import kept
from curate.tables.courses import STAGES, Course

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from curate.store.memo import Memo

_NAME = "courses"


def read(folder: Path, version: bytes, memos: Mapping[str, Memo]) -> dict[bytes, Course]:
    """Return the courses that were kept, by text; only those whose results are all there.

    Args:
        folder: Where they were kept.
        version: The digest of everything that results and courses depend on beside the texts.
        memos: The results of each stage.
    """
    courses = kept.read(folder, _NAME, version, Course)
    if not courses:
        return {}
    keys = np.frombuffer(b"".join([course.keys for course in courses]), f"S{ids.ID_BYTES}")
    table = keys.reshape(len(courses), len(STAGES))
    whole = np.ones(len(courses), bool)
    for number, stage in enumerate(STAGES):
        whole &= (table[:, number] == b"") | memos[stage].succeeded(table[:, number])
    return {
        course.text: course
        for course, is_whole in zip(courses, whole.tolist(), strict=True)
        if is_whole
    }


def write(folder: Path, version: bytes, courses: Iterable[Course]) -> None:
    """Keep courses for the next run."""
    kept.write(folder, _NAME, version, courses)
