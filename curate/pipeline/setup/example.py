"""The example company: where it lies, and how it is laid out for a demo."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from curate.errors import ConfigError

_SIGN = "README.txt"


def home() -> Path:
    """Return the folder that holds `company/` and `gold.json`: in the package, or in the checkout."""
    packaged = Path(str(files("curate"))) / "examples"
    return packaged if packaged.is_dir() else packaged.parent.parent / "examples"


def place(folder: Path) -> None:
    """Copy the example company into an empty folder; one that holds it already is left alone.

    Raises:
        ConfigError: if the folder holds something else.
    """
    sign = (home() / "company" / _SIGN).read_bytes()
    if (folder / _SIGN).is_file() and (folder / _SIGN).read_bytes() == sign:
        return
    if folder.exists() and any(folder.iterdir()):
        message = f"{folder}: is not empty; name an empty folder for the example company."
        raise ConfigError(message)
    results = shutil.ignore_patterns(".curate")  # of a demo that was run in the checkout
    shutil.copytree(home() / "company", folder, ignore=results, dirs_exist_ok=True)
