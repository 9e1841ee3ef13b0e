"""A release's report: one self-contained HTML page, rendered from one value.

`model.Report` says everything the page shows; `render` turns it into HTML with the standard
library alone. Equal values give equal bytes.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from curate.report.model import Report

__all__ = ["render", "write"]


def render(report: "Report") -> str:
    """Return the page of a report."""
    from curate.report.page import page

    return page(report)


def write(report: "Report", path: "Path") -> None:
    """Write the page of a report as UTF-8 with line feeds; nobody ever sees half a page.

    Raises:
        OSError: the file cannot be written.

    """
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(render(report), encoding="utf-8", newline="\n")
    partial.replace(path)
