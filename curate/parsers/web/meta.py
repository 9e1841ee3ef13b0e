"""What a page states about itself: its title, authors, description, dates and language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.tables.parsed import Field

if TYPE_CHECKING:
    from curate.parsers.web.dom import Node

_DATE = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[T\s,;])")
_LANGUAGE = re.compile(r"\s*([a-zA-Z]{2,3})(?:[-_][a-zA-Z0-9_-]*)?\s*$")
_CREATED = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dcterms.created",
    "dc.date.created",
    "creation-date",
    "pubdate",
    "publishdate",
)
_MODIFIED = (
    "article:modified_time",
    "datemodified",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "og:updated_time",
    "revised",
)
_FIELDS = (
    ("author", ("author", "dc.creator", "dcterms.creator", "article:author", "citation_author")),
    ("keywords", ("keywords", "news_keywords")),
    ("section", ("article:section",)),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the head of a page says."""

    title: str = ""
    description: str = ""
    language: str = ""
    created: str | None = None
    modified: str | None = None
    fields: tuple[Field, ...] = ()


def facts(root: Node) -> Facts:
    """Return what a page states about itself."""
    told = _told(root)
    title = (root.find("head") or root).find("title")
    return Facts(
        title=(title.inner_text().strip() if title is not None else "") or told.get("og:title", ""),
        description=told.get("description") or told.get("og:description", ""),
        language=short_language(root.get("lang") or root.get("xml:lang")),
        created=iso_date(_first(told, _CREATED)),
        modified=iso_date(_first(told, _MODIFIED)),
        fields=tuple(Field(name, value) for name, keys in _FIELDS if (value := _first(told, keys))),
    )


def iso_date(text: str) -> str | None:
    """Return the ISO date that a text begins with, if it is one that exists."""
    found = _DATE.match(text)
    if not found:
        return None
    year, month, day = (int(group) for group in found.groups())
    possible = 1 <= month <= 12 and 1 <= day <= 31  # noqa: PLR2004 (a calendar)
    return f"{year:04}-{month:02}-{day:02}" if possible else None


def short_language(tag: str) -> str:
    """Return the two-letter code of a language tag, empty when it has none."""
    found = _LANGUAGE.match(tag)
    return found[1].lower() if found and len(found[1]) == 2 else ""  # noqa: PLR2004 (ISO 639-1)


def _told(root: Node) -> dict[str, str]:
    told: dict[str, str] = {}
    for meta in root.every("meta"):
        key = meta.get("name") or meta.get("property") or meta.get("itemprop")
        key = (key or meta.get("http-equiv")).strip().lower()
        if key and meta.get("content").strip():
            told.setdefault(key, meta.get("content").strip())
    return told


def _first(told: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((told[key] for key in keys if key in told), "")
