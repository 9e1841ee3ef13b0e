"""What a peer's script prints at its end: whether the peer passed, and what was really seen."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MARK = "SEEN "


def say(cases: Mapping[str, Callable[[], tuple[bool, str]]]) -> None:
    """Play the case that the command line names; print what was seen on a line of its own.

    Some peers put a log in the place of the standard output; what was seen goes to the real one.
    """
    passes, saw = cases[sys.argv[1]]()
    line = f"\n{MARK}{json.dumps({'passes': passes, 'saw': saw})}"
    print(line, file=sys.__stdout__, flush=True)
