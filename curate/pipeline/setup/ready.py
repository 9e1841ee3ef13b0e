"""The ready pipelines that come with curate, and one of them made the user's own.

They are files to be read and copied; filling one in changes its first source's path and sets the
other sources aside as comments, so that every remark in it stays.
"""

from __future__ import annotations

import re
import shlex
from importlib.resources import files
from pathlib import Path

import yaml

from curate.errors import ConfigError, did_you_mean

_PATH = re.compile(r"^(  - path: )\S+", re.MULTILINE)
_SOURCE = "  - path: "
_HEAD = """\
#
# Run it:  curate run {typed}      See first what it would do:  curate plan {typed}
# Every key that is missing has a default; `curate init FOLDER` names them all.
"""


def home() -> Path:
    """Return the folder of the ready pipelines: in the package, or in the checkout."""
    packaged = Path(str(files("curate"))) / "pipelines"
    return packaged if packaged.is_dir() else packaged.parent.parent / "pipelines"


def names() -> list[str]:
    """Return the names of the ready pipelines."""
    return sorted(path.stem for path in home().glob("*.yaml"))


def filled(name: str, *, path: str, file: str, remarks: str = "") -> str:
    """Return a ready pipeline's text with the user's path in it.

    Args:
        name: One of `names()`.
        path: How the file names the user's folder.
        file: The name that the file will have.
        remarks: Comments on what lies in that folder, in lines of their own.

    Raises:
        ConfigError: if there is no such pipeline.
    """
    if name not in names():
        message = f"{name}: no ready pipeline is called so. {did_you_mean(name, names())}"
        raise ConfigError(message)
    text = (home() / f"{name}.yaml").read_text(encoding="utf-8")
    head, _, body = text.partition("\n\n")
    quoted = yaml.safe_dump(path, default_style='"', width=10_000, allow_unicode=True).strip()
    body = _PATH.sub(lambda match: match[1] + quoted, body, count=1)
    title = head.splitlines()[0]
    return (
        f"{title}\n{_HEAD.format(typed=shlex.quote(file))}"
        + (f"#\n{remarks}\n" if remarks else "\n")
        + "\n".join(_one_source(body.splitlines()))
        + "\n"
    )


def _one_source(lines: list[str]) -> list[str]:
    """Return the lines with all sources but the first as comments."""
    starts = [number for number, line in enumerate(lines) if line.startswith(_SOURCE)]
    second = starts[1] if len(starts) > 1 else len(lines)
    after = (n for n in range(second, len(lines)) if lines[n] and not lines[n].startswith(" "))
    end = next(after, len(lines))
    return [
        f"  # {line[2:]}" if second <= number < end and line else line
        for number, line in enumerate(lines)
    ]
