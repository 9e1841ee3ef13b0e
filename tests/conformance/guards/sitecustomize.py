"""Loaded by every process of the run that the suite looks at: no network, and a bare install.

What is not among the packages that the project requires cannot be imported, as if it had never been
installed; for the network the guard of the offline test serves.
"""

from __future__ import annotations

import os
import runpy
from pathlib import Path

_TESTS = Path(__file__).parents[2]
_HIDDEN = frozenset(os.environ.get("CURATE_TEST_HIDDEN", "").split())

runpy.run_path(str(_TESTS / "flow/offline/sitecustomize.py"))
runpy.run_path(str(_TESTS / "conformance/peers/hiding.py"))["hide"](_HIDDEN)
