"""Words about documents that are published beside their text: addresses, owners, labels.

They are searched like titles and shown with personal data masked; of rejected documents too, since the
ledger names them. An address that is not shown as it is gets a mark that tells it from all others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from curate import ids
from curate.engine.record import Work
from curate.engine.work import Given, Item
from curate.pipeline.making.recipes import finding
from curate.pipeline.tools import policy
from curate.store.memo import load
from curate.tables.parsed import Parsed
from curate.tables.pii_spans import PiiSpan
from curate.text.edits import normalise, replacements
from curate.text.render import render

_MARK_LETTERS = "bcdfghjkmnpqrstvwxz"  # neither words nor numbers come of these
_MARK_LENGTH = 9
_UNDERSCORES = str.maketrans("_", " ")
_MOMENT = re.compile(r"(?<= › )1\d{9}\.\d{4,6}(?=$|[#~])")  # seconds since 1970, as Slack has them
# Slashes, the dot before a suffix, and one between a word and a number that follows it.
_SEAM = re.compile(r"/|\.(?=[\w+() -]{1,32}(?:$| ›))|(?<=[^\W\d_])\.(?=[+(]?\d)")
# What a pipeline file says of a source in words of its owner's.
SOURCE_WORDS = {
    "access", "columns", "exclude", "include", "labels", "name", "owner", "path", "patterns",
    "records", "tenant",
}  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.engine.recipe import Recipe
    from curate.pipeline.flow import Flow
    from curate.pipeline.intake.documents import Document


def shown_path(document: Document) -> str:
    """Return a document's address as people read it."""
    source = document.source
    parts = (source.path, source.member, source.record)
    return " › ".join(part for part in parts if part)


def shown_file(document: Document) -> str:
    """Return the address of the file that a document stands in, without the record's key."""
    source = document.source
    return " › ".join(part for part in (source.path, source.member) if part)


def visible(text: str) -> str:
    r"""Return a text with signs that steer terminals, or that nobody sees, written out.

    >>> visible("a\nb\x1b[2J")
    'a\\nb\\x1b[2J'
    """
    if text.isprintable():
        return text
    return "".join(letter if _is_seen(letter) else _escaped(letter) for letter in text)


def _is_seen(letter: str) -> bool:
    return letter.isprintable() or unicodedata.category(letter) == "Zs"


def _escaped(letter: str) -> str:
    return letter.encode("unicode_escape").decode("ascii")


def word_work(flow: Flow, documents: Iterable[Document]) -> Work:
    """Return the work that searches all such words, each once."""
    made = finding(flow)
    words = sorted({*_set_down(flow), *(word for d in documents for word in _words(d))})
    by_key = {_key(flow, made, word): word for word in words}

    def item(key: bytes) -> Item:
        searched = Parsed(title=_searched(by_key[key]), text="", elements=())
        return Item(key, (Given(searched),))

    return Work(by_key, item)


def _searched(word: str) -> str:
    """Return a word as it stands, and again with its parts set apart, as often as they can be.

    A message of a chat is called by the moment it was sent, whose digits are nobody's number.
    """
    word = _MOMENT.sub(lambda met: "x" * len(met.group()), word)
    apart = parted(word)
    return "\n".join(dict.fromkeys((word, apart, apart.translate(_UNDERSCORES))))


def parted(word: str) -> str:
    """Return a word of the same length with folders and suffix set apart.

    >>> parted("hr/jane@acme.com.pdf")
    'hr jane@acme.com pdf'
    """
    return _SEAM.sub(" ", word)


class Words:
    """Such words as they are shown; each is rendered once."""

    def __init__(self, flow: Flow, documents: Iterable[Document] = ()) -> None:
        """Look up results in the memo of this run; those for documents that are given, all at once."""
        self._flow = flow
        self._made = finding(flow)
        self._memo = flow.memos[self._made.name]
        words = list({word for document in documents for word in _words(document)})
        clean = self._memo.empty([_key(flow, self._made, word) for word in words])
        self._shown = {
            "": "",
            **{w: w for w, is_clean in zip(words, clean, strict=True) if is_clean},
        }

    def address(self, document: Document) -> str:
        """Return a document's address as it is published: without personal data, on one line.

        Where that is not the address itself, a mark is added, made from the address with the
        workspace's key: the mails of one archive, all called by masked ids, stay apart from each
        other and keep their names from release to release.
        """
        path = shown_path(document)
        shown = visible(self.masked(path))
        return shown if shown == path else f"{shown} #{self._mark(document.source.address)}"

    def named(self, word: str) -> str:
        """Return the name of a source, tenant or pipeline as it is published: masked, and its own."""
        shown = visible(self.masked(word))
        return shown if shown == word else f"{shown} #{self._mark(word)}"

    def _mark(self, told: bytes | str) -> str:
        return _mark_of(told, self._flow.keys.ids)

    def masked(self, word: str) -> str:
        """Return a word with personal data masked; one that could not be searched is withheld."""
        if word not in self._shown:
            self._shown[word] = self._render(word)
        return self._shown[word]

    def _render(self, word: str) -> str:
        known = self._memo.get(_key(self._flow, self._made, word))
        if known is None or known.code:
            return "<WITHHELD>"
        if not known.count:
            return word
        second = len(word) + 1
        spans = [
            replace(span, start=span.start % second, end=span.end - span.start // second * second)
            for span in load(known.ref, PiiSpan)
            if span.field == "title"
        ]
        key, how = self._flow.keys.pseudonyms, self._flow.settings.pii.corpus
        edits = normalise(replacements(spans, {"title": word}, key=key))
        return render(word, edits, policy=policy(self._flow, how), key=key).text


def is_called(shown: str, name: str, *, key: bytes) -> bool:
    """Return whether a name that was published is this one, as it stands or masked with its mark."""
    return shown == name or shown.endswith(f" #{_mark_of(name, key)}")


def _mark_of(told: bytes | str, key: bytes) -> str:
    digest = ids.mac(key, "shown-address", told)
    return "".join(_MARK_LETTERS[byte % len(_MARK_LETTERS)] for byte in digest[:_MARK_LENGTH])


def set_down(said: Any) -> Iterator[str]:  # noqa: ANN401 - whatever the YAML holds
    """Yield the words of a setting: lists and mappings of them too, whatever their depth."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        yield from (word for pair in said.items() for one in pair for word in set_down(one))
    elif isinstance(said, (list, tuple)):
        yield from (word for one in said for word in set_down(one))


def _words(document: Document) -> Iterator[str]:
    source = document.source
    yield from {shown_path(document), shown_file(document)}
    labels = (word for label in source.labels for word in (label.name, label.value))
    yield from (word for word in (source.owner, source.source, source.tenant, *labels) if word)


def _set_down(flow: Flow) -> Iterator[str]:
    """Yield the words of the pipeline file that are shown as those of documents are."""
    settings = flow.settings
    yield from (word for word in (settings.name, flow.origin) if word)
    yield from (word for word in (settings.chunks.tokens, *set_down(settings.labels.judge)) if word)
    yield from set_down(settings.audience)
    for source in settings.sources:
        told = source.model_dump(mode="json", include=SOURCE_WORDS)
        words = (source.title(), *(word for said in told.values() for word in set_down(said)))
        yield from (word for word in words if word)


def _key(flow: Flow, made: Recipe, word: str) -> bytes:
    if word not in flow.words:
        flow.words[word] = made.key(ids.mac(flow.keys.ids, "word", _searched(word)))
    return flow.words[word]
