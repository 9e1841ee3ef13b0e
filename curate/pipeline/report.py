"""A release's page: collected when it is published, rendered again from what was kept then.

`report.json` in the release's folder holds the value of the page, masked and searched like the
products, so that the page of an old release can be rendered when its private rows are long gone.
Neither file counts in the manifest's digests: they show times, and the releases before.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from curate.errors import ContractError
from curate.report import write
from curate.report.model import Report

if TYPE_CHECKING:
    from pathlib import Path

    from curate.pipeline.reporting.material import Material
    from curate.release.reading import Release

PAGE, VALUE = "report.html", "report.json"


def add_report(folder: Path, material: Material) -> Path:
    """Write the page of a run's release, and the value it is rendered from, into a folder."""
    from curate.pipeline.reporting.collect import collect

    report = collect(material)
    (folder / VALUE).write_bytes(_adapter().dump_json(report, indent=1) + b"\n")
    write(report, folder / PAGE)
    return folder / PAGE


def write_report(release: Release) -> Path:
    """Render the page of a release anew and return where it lies.

    Raises:
        ContractError: if what the page was made of is not there or cannot be read.
    """
    place = release.folder / VALUE
    try:
        report = _adapter().validate_json(place.read_bytes())
    except FileNotFoundError:
        message = f"{place}: is not there, and the page is rendered from it."
        raise ContractError(message) from None
    except ValidationError as error:
        message = f"{place}: {error.error_count()} values do not fit; it was written or changed elsewhere."
        raise ContractError(message) from None
    write(report, release.folder / PAGE)
    return release.folder / PAGE


def renumber(folder: Path, number: int) -> None:
    """Let a copied release's page say which number it has; what it was compared with stays.

    A release that has no such value, or one that cannot be read, is left as it is.
    """
    try:
        report = _adapter().validate_json((folder / VALUE).read_bytes())
    except (FileNotFoundError, ValidationError):
        return
    place = f"releases/{number}"
    identity = replace(report.identity, release=number, in_force=number, folder=place)
    report = replace(report, identity=identity)
    (folder / VALUE).write_bytes(_adapter().dump_json(report, indent=1) + b"\n")
    write(report, folder / PAGE)


@cache
def _adapter() -> TypeAdapter[Report]:
    return TypeAdapter(Report)
