"""What no reader of ours knows, and a second try where one failed: `unstructured`, offline.

The package wants a language model that it fetches on first use, and reports that it was used; both
are settled before it is imported: the environment opts out, and the model's place is taken by a
tokeniser that ships with spaCy and a rule of thumb for verbs, which is all that its partitioners
ask of it.
"""

from __future__ import annotations

import logging
import os
import shutil
import struct
import warnings
import zipfile
import zlib
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

from curate.errors import DocumentError
from curate.tables.parsed import Field, Kind
from curate.text.canonical import Canonical, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.language import Language
    from spacy.tokens import Doc

    from curate.parsers.blob import Blob
    from curate.tables.parsed import Parsed

_OOXML = "application/vnd.openxmlformats-officedocument."
PARTITIONERS: dict[str, str] = {
    "application/vnd.ms-outlook": "msg",
    "message/rfc822": "email",
    "text/html": "html",
    "text/plain": "text",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    _OOXML + "wordprocessingml.document": "docx",
    _OOXML + "presentationml.presentation": "pptx",
    _OOXML + "spreadsheetml.sheet": "xlsx",
}
WITH_PANDOC: dict[str, str] = {
    "text/x-rst": "rst",
    "text/x-org": "org",
    "application/rtf": "rtf",
    "application/epub+zip": "epub",
    "application/vnd.oasis.opendocument.text": "odt",
}
WITH_OFFICE: dict[str, str] = {"application/msword": "doc", "application/vnd.ms-powerpoint": "ppt"}

_QUIET = {
    "DO_NOT_TRACK": "true",
    "SCARF_NO_ANALYTICS": "true",
    "UNSTRUCTURED_DISABLE_NOTICE": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}
_FURNITURE = frozenset({"Header", "Footer", "PageNumber", "PageBreak"})
_KINDS = {
    "FigureCaption": Kind.CAPTION,
    "Formula": Kind.FORMULA,
    "Image": Kind.CAPTION,
}
_FIELDS = (("from", "sent_from"), ("to", "sent_to"), ("cc", "cc_recipient"), ("subject", "subject"))
_AUXILIARIES = frozenset(
    [
        "am",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "shall",
        "should",
        "can",
        "could",
        "may",
        "might",
        "must",
        "need",
        "let",
    ]
)
_VERB_ENDS = ("ing", "ed", "ize", "ise", "ify", "izes", "ises", "ifies")
_LEAST_VERB = 5  # letters
_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)
_LIBRARY_FAILURES = {
    "lxml.etree": ("LxmlError",),
    "unstructured.errors": ("UnprocessableEntityError",),
    "docx.opc.exceptions": ("OpcError",),
    "docx.exceptions": ("PythonDocxError",),
    "pptx.exc": ("PythonPptxError",),
}
_MAILS = frozenset({"msg", "email"})
_NEEDS = {
    "msg": ("oxmsg",),
    "csv": ("pandas",),
    "tsv": ("pandas",),
    "docx": ("docx",),
    "pptx": ("pptx",),
    "xlsx": ("pandas", "openpyxl", "xlrd", "msoffcrypto", "networkx"),
}


class _Metadata(Protocol):
    page_number: int | None
    category_depth: int | None
    text_as_html: str | None


class _Found(Protocol):
    """What is used of an element of `unstructured`."""

    text: str
    category: str
    metadata: _Metadata


def can_read(media_type: str) -> bool:
    """Tell whether a media type can be read here; some need more than this package."""
    if find_spec("unstructured") is None:  # it has no release for the newest Python
        return False
    if media_type in PARTITIONERS:
        return all(find_spec(name) for name in _NEEDS.get(PARTITIONERS[media_type], ()))
    if media_type in WITH_PANDOC:
        return find_spec("pypandoc") is not None and shutil.which("pandoc") is not None
    return media_type in WITH_OFFICE and shutil.which("soffice") is not None


def read_unstructured(blob: Blob) -> Parsed:
    """Read a document by `unstructured`.

    Raises:
        DocumentError: `no_reader` for a media type that cannot be read here, `corrupt` where the
        reading
            failed, `no_text` where it found nothing.
    """
    if not can_read(blob.media_type):
        raise DocumentError("no_reader")
    found = _partitioned(blob)
    canonical = Canonical()
    for element in found:
        _add(canonical, element)
    if canonical.is_empty():
        raise DocumentError("no_text")
    fields = list(_fields(found))
    title = next((f.value for f in fields if f.name == "subject"), "")
    parsed = canonical.build(title=title, fields=fields)
    return replace(parsed, reader=f"unstructured {version('unstructured')}")


def _partitioned(blob: Blob) -> list[_Found]:
    name = (PARTITIONERS | WITH_PANDOC | WITH_OFFICE)[blob.media_type]
    settings = {"process_attachments": False} if name in _MAILS else {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they quote names and encodings of the document
            return _partitioner(name)(file=BytesIO(blob.data), languages=["eng"], **settings)
    except ImportError as error:
        raise DocumentError("no_reader") from error
    except _failures() as error:
        raise DocumentError("corrupt") from error


@lru_cache(maxsize=1)
def _failures() -> tuple[type[Exception], ...]:
    """Return what the package and the libraries under it raise on a damaged document."""
    found: list[type[Exception]] = list(_FAILURES)
    for module, names in _LIBRARY_FAILURES.items():
        if find_spec(module.partition(".")[0]) is not None:
            library = import_module(module)
            found.extend(getattr(library, name) for name in names)
    return tuple(found)


@lru_cache(maxsize=16)
def _partitioner(name: str) -> Callable[..., list[_Found]]:
    """Return the function that partitions a format, with everything about it kept offline."""
    _settle()
    module = import_module(f"unstructured.partition.{name}")
    partition: Callable[..., list[_Found]] = getattr(module, f"partition_{name}")
    return partition


@lru_cache(maxsize=1)
def _settle() -> None:
    """Opt out of reports and put a tokeniser in the place of the model that would be fetched."""
    for variable, value in _QUIET.items():
        os.environ.setdefault(variable, value)
    logging.getLogger("unstructured").setLevel(logging.CRITICAL)  # its messages name attachments
    import spacy

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    offline = _Offline(pipeline)
    tokenize = import_module("unstructured.nlp.tokenize")
    vars(tokenize)["_get_nlp"] = lambda: offline


@dataclass(frozen=True, slots=True)
class _Offline:
    """A tokeniser with sentences and a guess at verbs, called as the model would be."""

    pipeline: Language

    @property
    def max_length(self) -> int:
        """The longest text it takes, in characters."""
        return int(self.pipeline.max_length)

    def __call__(self, text: str) -> Doc:
        """Return the tokens of a text, each tagged a verb or a noun."""
        doc = self.pipeline(text)
        for token in doc:
            token.tag_ = "VB" if _is_verb(token.lower_) else "NN"
        return doc


def _is_verb(word: str) -> bool:
    return word in _AUXILIARIES or (len(word) >= _LEAST_VERB and word.endswith(_VERB_ENDS))


def _add(canonical: Canonical, element: _Found) -> None:
    place, category = Place(page=element.metadata.page_number), element.category
    depth = element.metadata.category_depth or 0
    if category in _FURNITURE:
        canonical.furniture += 1
    elif category == "Title":
        canonical.heading(element.text, level=min(depth + 1, 6), at=place)
    elif category == "ListItem":
        canonical.item(element.text, depth=min(depth, 6), at=place)
    elif category == "CodeSnippet":
        canonical.code(element.text, at=place)
    elif category == "Table" and element.metadata.text_as_html:
        _add_table(canonical, element.metadata.text_as_html)
    else:
        canonical.paragraph(element.text, kind=_KINDS.get(category, Kind.PARAGRAPH), at=place)


def _add_table(canonical: Canonical, html: str) -> None:
    from curate.parsers.web.html import add_fragment

    add_fragment(canonical, html, level=0)


def _fields(found: Iterable[_Found]) -> Iterable[Field]:
    """Yield what a mail states in its headers; every element of it repeats them."""
    first = next(iter(found), None)
    for name, attribute in _FIELDS if first is not None else ():
        value = getattr(first.metadata, attribute, None) if first is not None else None
        if value:
            yield Field(name, value if isinstance(value, str) else ", ".join(value))
