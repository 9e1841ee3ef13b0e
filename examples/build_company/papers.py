"""Reads the papers and books of the texts folder; a paper may be another one with changed words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import yaml

from .model import Paper, Target, read_paper
from .write_docx import write_docx
from .write_open import write_epub, write_odt, write_rtf
from .write_pdf import write_pdf
from .write_pptx import write_pptx
from .write_xlsx import Book, read_book

if TYPE_CHECKING:
    from pathlib import Path


def read_papers(folder: Path) -> list[Paper]:
    """Read all papers in the order of their names."""
    return [_read(path) for path in sorted((folder / "papers").glob("*.md"))]


def read_books(folder: Path) -> list[Book]:
    """Read all workbooks."""
    paths = sorted((folder / "books").glob("*.yaml"))
    return [read_book(path.read_text(encoding="utf-8")) for path in paths]


def _read(path: Path) -> Paper:
    source = path.read_text(encoding="utf-8")
    facts = yaml.safe_load(source.split("---\n", 2)[1])
    if "from" not in facts:
        return read_paper(source)
    original = (path.parent / facts["from"]).read_text(encoding="utf-8")
    paper = read_paper(swap(original, facts["replace"]))
    return replace(
        paper,
        targets=tuple(Target(name, tuple(own.items())) for name, own in facts["targets"].items()),
        header=facts.get("header", paper.header),
        footer=facts.get("footer", paper.footer),
    )


def swap(text: str, changes: dict[str, str]) -> str:
    """Replace passages, each of which has to be there."""
    for old, new in changes.items():
        if old not in text:
            message = f"a passage to be replaced is missing: {old!r}"
            raise ValueError(message)
        text = text.replace(old, new)
    return text


def write_paper(paper: Paper, target: Target, path: Path) -> None:
    """Write one file of a paper in the format of its name."""
    write = {
        ".docx": write_docx,
        ".pdf": write_pdf,
        ".pptx": write_pptx,
        ".odt": write_odt,
        ".epub": write_epub,
        ".rtf": write_rtf,
    }[path.suffix]
    write(paper, target, path)
