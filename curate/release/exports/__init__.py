"""Exports: a release's products in the shapes that trainers and lakes expect.

An exporter is one file here: a function that writes into an empty folder, entered in `EXPORTERS`. The
folder is made beside its place and moved there when it is complete; `export.json` in it says what it
holds, so that a later export may replace it and nothing else. Every row passes its format's own strict
check before it is written; equal releases give equal files (Delta's own file names apart).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.errors import ConfigError, did_you_mean
from curate.release.exports import alpaca, delta, openai, parquet, sharegpt, trl
from curate.release.exports.place import MARKER, mark, placed
from curate.release.exports.products import ReleaseFiles

if TYPE_CHECKING:
    from pathlib import Path

    from curate.release.reading import Release

EXPORTERS = (
    openai.EXPORTER,
    trl.EXPORTER,
    alpaca.EXPORTER,
    sharegpt.EXPORTER,
    parquet.EXPORTER,
    delta.EXPORTER,
)


def export(release: Release, *, to: str, folder: Path) -> list[Path]:
    """Write a release in another format; return what was written.

    Args:
        release: The release.
        to: Name of the format, one of `EXPORTERS`.
        folder: Where to: absent, empty, or an earlier export, which is replaced.

    Raises:
        ConfigError: if the format is unknown, the folder is in use or what the format needs is missing.
        ContractError: if a row does not fit the format; the message names the row and the reason.
    """
    exporter = next((e for e in EXPORTERS if e.name == to), None)
    if exporter is None:
        message = f"{to}: no such format. {did_you_mean(to, [e.name for e in EXPORTERS])}"
        raise ConfigError(message)
    files = ReleaseFiles.of(release)
    with placed(folder, outside=release.workspace.root) as draft:
        written = exporter.write(files, draft)
        mark(draft, format_name=exporter.name, release=files, notes=written.notes)
    return [*(folder / path.relative_to(draft) for path in written.paths), folder / MARKER]
