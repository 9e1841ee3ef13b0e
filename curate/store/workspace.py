"""Where everything lies: the layout of a workspace, its making, its keys.

    .curate/
      curate.workspace     marks the folder: no listing enters it
      corpus.lance         the corpus; every release is a tag of it
      head.lance           one row: which release is in force
      releases/N/          finetune/, ledger, findings, manifest, history, report
      pipeline.yaml        what was inferred for a folder without a pipeline file
      private/             raw text, memo, state, keys; mode 0700

Two keys live in `private/keys`: `ids` as long as the workspace, `pseudonyms` may rotate. Both can
come from the environment instead (`CURATE_KEY_IDS`, `CURATE_KEY_PSEUDONYMS`: 64 hexadecimal
digits).
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.errors import ConfigError
from curate.marks import MARKER, mark
from curate.store.planted import odd_places

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT_NAME = ".curate"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace's folder and the places in it."""

    root: Path

    @property
    def private(self) -> Path:
        """Everything that may hold raw text."""
        return self.root / "private"

    @property
    def state(self) -> Path:
        """State that outlives runs: identities, assignments, decisions, pins."""
        return self.private / "state"

    @property
    def corpus(self) -> str:
        """Address of the Lance table of chunks."""
        return str(self.root / "corpus.lance")

    @property
    def head(self) -> str:
        """Address of the one-row Lance table that names the release in force."""
        return str(self.root / "head.lance")

    @property
    def inferred(self) -> Path:
        """The pipeline file that `run FOLDER` wrote."""
        return self.root / "pipeline.yaml"

    @property
    def shown(self) -> Path:
        """Folder of what is kept of the release in force."""
        return self.private / "shown"

    def memo(self, stage: str) -> Path:
        """Folder of a stage's results."""
        return self.private / "memo" / stage

    def release(self, number: int) -> Path:
        """Folder of a release's files."""
        return self.root / "releases" / str(number)

    def exists(self) -> bool:
        """Tell whether the folder is marked as a workspace."""
        return (self.root / MARKER).is_file()

    def make(self) -> None:
        """Create what is missing.

        Raises:
            ConfigError: if the place cannot be written, or others may read what is private in it.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            self.private.mkdir(mode=0o700, exist_ok=True)
            _close(self.private)
            self.state.mkdir(mode=0o700, exist_ok=True)
            mark(self.root)
        except OSError as error:
            message = (
                f"{self.root}: the workspace cannot be written: {error.strerror}. "
                "Put it elsewhere with --workspace FOLDER."
            )
            raise ConfigError(message) from None

    def key(self, name: str) -> bytes:
        """Return a key of 32 bytes, from the environment or from its file, made at first use."""
        variable = f"CURATE_KEY_{name.upper()}"
        if variable in os.environ:
            return _key(os.environ[variable], place=variable)
        path = self.private / "keys" / f"{name}.key"
        if not path.exists():
            _write_key(path)
        if path.stat().st_mode & 0o077:
            message = f"{path}: others may read this key. Run: chmod 600 '{path}'"
            raise ConfigError(message)
        return _key(path.read_text(encoding="ascii", errors="replace"), place=str(path))


def chosen(workspace: Path | None, *, folder: Path) -> Workspace:
    """Return the workspace that somebody named, else the one in a folder.

    Whoever may write to the folder may have laid that one there, so that a run would write through
    a link, or take what it finds for its own.

    Raises:
        ConfigError: if it was not named, and holds links or belongs to another user.
    """
    found = Workspace((workspace or folder / DEFAULT_NAME).expanduser().absolute())
    if workspace is None:
        _refuse_planted(found)
    return found


def _refuse_planted(workspace: Workspace) -> None:
    root = workspace.root
    odd, is_link = next(odd_places(root), ("", False))
    if odd:
        leads = "a link, and a run would write where it leads"
        message = f"{odd}: is {leads if is_link else 'no file'}."
    elif os.path.lexists(root) and root.lstat().st_uid != os.geteuid():
        message = f"{root}: belongs to another user, who could read and change what a run writes."
    else:
        return
    raise ConfigError(
        f"{message} Put the workspace elsewhere, or trust this one: --workspace FOLDER."
    )


def find(start: Path) -> Workspace | None:
    """Return the workspace of a folder or of one above it."""
    for folder in (start, *start.parents):
        for root in (folder / DEFAULT_NAME, folder):
            if Workspace(root).exists():
                return Workspace(root)
    return None


def is_open(folder: Path) -> bool:
    """Tell whether others than its owner may enter or list a folder."""
    return bool(folder.stat().st_mode & 0o077)


def _close(folder: Path) -> None:
    """Let nobody but its owner into a folder.

    Raises:
        ConfigError: if others still may: it is another's, or its disk knows no modes.
    """
    if not is_open(folder):
        return
    if folder.stat().st_uid == os.geteuid():
        folder.chmod(0o700)
    if is_open(folder):
        message = (
            f"{folder}: others may read what is private. Run: chmod 700 '{folder}', or put the "
            "workspace elsewhere with --workspace FOLDER."
        )
        raise ConfigError(message)


def _write_key(path: Path) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    temporary = path.with_suffix(".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(_KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _key(written: str, *, place: str) -> bytes:
    try:
        key = bytes.fromhex(written.strip())
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        message = f"{place}: a key is {_KEY_BYTES * 2} hexadecimal digits."
        raise ConfigError(message)
    return key
