"""Media types, languages and kinds of text as people call them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.report.model import Voice

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_KINDS = {
    "application/pdf": "PDF",
    _OOXML + "wordprocessingml.document": "Word",
    "application/msword": "Word",
    "application/rtf": "RTF",
    "text/rtf": "RTF",
    _ODF + "text": "ODT",
    _OOXML + "spreadsheetml.sheet": "Excel",
    "application/vnd.ms-excel": "Excel",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": "Excel",
    _ODF + "spreadsheet": "ODS",
    "text/csv": "CSV",
    "text/tab-separated-values": "CSV",
    _OOXML + "presentationml.presentation": "slides",
    "application/vnd.ms-powerpoint": "slides",
    _ODF + "presentation": "slides",
    "message/rfc822": "mail",
    "application/vnd.ms-outlook": "mail",
    "application/mbox": "mail",
    "application/x-record+json": "records",
    "text/html": "HTML",
    "application/xhtml+xml": "HTML",
    "application/xml": "XML",
    "text/xml": "XML",
    "application/epub+zip": "EPUB",
    "text/markdown": "Markdown",
    "application/json": "JSON",
    "application/yaml": "YAML",
    "text/plain": "text",
    "application/zip": "archive",
    "application/octet-stream": "unknown",
}
_LANGUAGES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "fi": "Finnish", "fr": "French", "he": "Hebrew",
    "hi": "Hindi", "hu": "Hungarian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian",
    "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip
_WEIGHTY = (
    ("table", "tables"), ("code", "code"), ("list", "lists"), ("formula", "formulas"),
    ("paragraph", "paragraphs"), ("blockquote", "quotations"), ("caption", "captions"),
    ("footnote", "footnotes"), ("heading", "headings"),
)  # fmt: skip


_PEOPLE = "named people"
_USERS = ("user", "person", "owner")


def kind(media_type: str) -> str:
    """Return what people call a media type."""
    known = _KINDS.get(media_type)
    if known:
        return known
    family, _, rest = media_type.partition("/")
    named = {"image": "image", "audio": "audio", "video": "video", "text": "text"}
    return named.get(family, rest[:24] or "unknown")


def language(code: str) -> str:
    """Return a language's name."""
    return _LANGUAGES.get(code, code) if code else "not known"


def made_of(kinds: Collection[str]) -> str:
    """Return what a chunk is made of, by the weightiest of its kinds."""
    return next((name for word, name in _WEIGHTY if word in kinds), "other")


def voice(kinds: Collection[str]) -> Voice:
    """Return how a chunk is set."""
    if "paragraph" in kinds:
        return Voice.PROSE
    return Voice.TABLE if "table" in kinds else Voice.CODE if "code" in kinds else Voice.PROSE


def readers(access: Sequence[str]) -> str:
    """Return who may read something; people are not named."""
    named = (_PEOPLE if _is_person(who) else who for who in access)
    return ", ".join(dict.fromkeys(sorted(named, key=_people_last))) or "nobody named"


def _is_person(who: str) -> bool:
    """Return whether a name is a user's, or a mailbox, whoever stands behind it."""
    return who.partition(":")[0] in _USERS or "@" in who


def _people_last(who: str) -> tuple[bool, str]:
    return who == _PEOPLE, who


def foreign(code: str) -> str:
    """Return a language's tag where it is not English."""
    return "" if code in {"", "en"} else code
