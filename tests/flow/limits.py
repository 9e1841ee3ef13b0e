"""Programs that run the command line where the system refuses something: room, or permission."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SMALL = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
del sys.argv[1]
runpy.run_module("curate", run_name="__main__")
"""
_DROPPED = """
import ctypes, os, sys
ctypes.CDLL(None).prctl(24, 1)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE: root has to obey modes as well
os.execv(sys.executable, [sys.executable, WORDS, *sys.argv[1:]])
"""
_BOUND = _DROPPED.replace("WORDS", '"-m", "curate"')
_PROBE = _DROPPED.replace("WORDS", """'-c', 'import sys; open(sys.argv[1], "w")'""")
_UNLOCKED = """
import fcntl, runpy
fcntl.flock = lambda *_: None  # as on a share that two machines mount, each with locks of its own
runpy.run_module("curate", run_name="__main__")
"""
BOUND = ("-c", _BOUND)
UNLOCKED = ("-c", _UNLOCKED)


def small(most: int) -> Sequence[str]:
    """Return the program in which no file may be larger than so many bytes."""
    return ("-c", _SMALL, str(most))


@contextmanager
def sealed(folder: Path) -> Iterator[None]:
    """Take away the permission to write anything in a folder until the block ends."""
    modes = {}
    for path in [folder, *folder.rglob("*")]:
        with suppress(FileNotFoundError):  # a run that goes on meanwhile has put it elsewhere
            modes[path] = path.stat().st_mode
            path.chmod(modes[path] & ~0o222)
    try:
        yield
    finally:
        for path, mode in modes.items():
            if path.exists():
                path.chmod(mode)


def obeys_modes() -> bool:
    """Tell whether a program started by `BOUND` cannot write what its mode forbids."""
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).chmod(0o400)
        done = subprocess.run(
            [sys.executable, "-c", _PROBE, file.name], check=False, capture_output=True
        )
    return b"PermissionError" in done.stderr
