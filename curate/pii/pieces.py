"""Mail addresses in pieces: broken by line ends, or spelt so that machines shall not see them.

What is yielded here is written like an address; whether its host exists, and whether mail is spoken of,
is the matter of `mailboxes`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import regex  # type: ignore[import-untyped]

from curate.pii.marks import QUOTES

if TYPE_CHECKING:
    from collections.abc import Iterator


class Piece(NamedTuple):
    """What is written like an address: its borders, its host, and what of the host stands first."""

    start: int
    end: int
    host: str
    first: str = ""


NAME = r"(?<![\w.+%-])[\w+][\w.+%'-]{0,63}"
_LABEL = r"[\w-]{1,63}"
HOST = rf"{_LABEL}(?:\.{_LABEL})+"
LINE = r"[ \t]*\n(?:[ \t]*\n)?[ \t]*(?:>[ \t]?)*"  # a page may end there; quoted mail has a sign
PLAIN_ENDING = regex.compile(
    r"\.(?:com|org|net|edu|gov|mil|(?:com?|org|net|edu|ac|gov?)\.[a-z]{2}|uk|de|fr|nl|ch|eu|ca|au)\Z"
)


def quoted(text: str) -> Iterator[Piece]:
    """Yield addresses of which the name stands in quotes, where it may be anything."""
    for before in QUOTES if "@" in text else ():
        at = text.find(f"{before}@")
        while at >= 0:
            match = _QUOTED.search(text, max(at - _LONGEST_QUOTE, 0), at + _FAR)
            if match and match.start(1) == at + len('"@'):
                yield Piece(match.start(), match.end(), match[1])
            at = text.find(f"{before}@", at + 1)


def broken(text: str) -> Iterator[regex.Match[str]]:
    """Yield what a line end or a blank beside its @ breaks; group 1 is the host."""
    for low, high in _around_edges(text):
        yield from _BROKEN.finditer(text, low, high)


def names_mailbox(address: str, host: str) -> bool:
    """Tell the name of a mailbox from the last word of a line, below which an @ begins another.

    Decorators of programs stand like that as well: a plain word counts before an ending that no
    function has for a name.
    """
    name = address.partition("@")[0]
    if name[-1:] == " ":  # what follows may be the handle of somebody else than a file or a program
        return (
            _NAME_ALONE.fullmatch(name[:-1]) is not None and PLAIN_ENDING.search(host) is not None
        )
    if "\n" not in name:
        return True
    word = _MARGIN.sub("", name)
    if PLAIN_ENDING.search(host):
        return _PLAIN_NAME.fullmatch(word) is not None
    return _DOTTED_NAME.fullmatch(word) is not None


def halved(text: str) -> Iterator[Piece]:
    """Yield addresses whose host a line end breaks at a dot or a hyphen, or a blank in its place."""
    edges = [edge[1] for edge in map(partial(_HOST_AT_EDGE.match, text), _signs(text)) if edge]
    if any("\n" in edge for edge in edges):
        yield from _halved(_HALVED, text)
    if any("\n" not in edge for edge in edges):
        yield from _halved(_BLANKED, text)


def _halved(form: regex.Pattern[str], text: str) -> Iterator[Piece]:
    for match in form.finditer(text):
        host = _MARGIN.sub("", match[1])
        first = "" if match[2].endswith("-") else match[2].rstrip(".")
        yield Piece(match.start(), match.end(), host, first)


def folded(text: str) -> Iterator[Piece]:
    """Yield the addresses of calendars and cards, whose lines are broken anywhere."""
    at = text.find(_MAILTO)
    while at >= 0:
        at += len(_MAILTO)
        match = _FOLDED.match(text, at)
        whole = _ADDRESS.fullmatch(_FOLD.sub("", match[0])) if match else None
        if match and whole:
            yield Piece(at, match.end(), whole[1], match[1].partition("@")[2])
        at = text.find(_MAILTO, at)


def spelt(text: str) -> Iterator[Piece]:
    """Yield addresses whose signs are words in brackets, or words and blanks behind a name with a dot."""
    if _SPELT_SIGN.search(text):
        yield from _spelt(_SPELT, text)
    yield from (piece for piece in _in_words(text) if _is_dotted(text, piece))


def name_start(text: str, start: int, *, in_words: bool = False) -> int:
    """Return where the name of a mailbox begins whose last part stands at a place, its dots spelt out."""
    if start < _LEAST_BEFORE or _ENDS_OF_DOT.isdisjoint(text[start - 2 : start]):
        return start
    form = _NAME_IN_WORDS if in_words else _SPELT_NAME
    before = form.search(text, max(start - _REACH, 0), start)
    return before.start() if before else start


def said(text: str) -> Iterator[Piece]:
    """Yield the same behind any word: who looks at a shop dot com writes like that too."""
    return _in_words(text)


def _signs(text: str) -> Iterator[int]:
    at = text.find("@")
    while at >= 0:
        yield at
        at = text.find("@", at + 1)


def _around_edges(text: str) -> Iterator[tuple[int, int]]:
    """Yield the borders of what surrounds each @ that white space touches; near ones together."""
    low = high = -1
    for at in _signs(text):
        if not _is_at_edge(text, at):
            continue
        if high >= 0 and at - _REACH > high:
            yield low, high
            high = -1
        low = low if high >= 0 else max(at - _REACH, 0)
        high = at + _FAR
    if high >= 0:
        yield low, high


def _is_at_edge(text: str, at: int) -> bool:
    """Return whether white space, or a sign of quoted mail, touches an @."""
    return text[at + 1 : at + 2].isspace() or (text[at - 1 : at] if at else "") in _BEFORE_SIGN


def _in_words(text: str) -> Iterator[Piece]:
    if "@" in text and _SPACED_SIGN.search(text):
        yield from _spelt(_SPACED, text)
    if " dot " in text or " DOT " in text:
        yield from _spelt(_SAID, text)


def _spelt(form: regex.Pattern[str], text: str) -> Iterator[Piece]:
    for match in form.finditer(text):
        yield Piece(match.start(), match.end(), _SPELT_DOT.sub(".", match[1]))


def _is_dotted(text: str, piece: Piece) -> bool:
    if name_start(text, piece.start, in_words=True) < piece.start:
        return True
    name = text[piece.start : piece.end].split(maxsplit=1)[0]
    if PLAIN_ENDING.search(piece.host) and _INITIAL_NAME.fullmatch(name):
        return True
    return _DOTTED_NAME.fullmatch(name) is not None


_QUOTED = regex.compile(rf"(?<![\w.])[\"“][^\"“”@\n]{{1,64}}[\"”“]@({HOST})")
_LONGEST_QUOTE = 66
_REACH = 128  # characters before an @ in which the name stands that a line end parts from it
_FAR = 512  # no host is longer
_MAILTO = "mailto:"
_BREAK = rf"(?:@{LINE}|{LINE}@|@ | @)"  # HTML and Markdown read a line end as a blank
_BROKEN = regex.compile(
    rf"{NAME}(?<=[^\W_]{{2}}){_BREAK}({HOST})(?![\w(@/-]|\s*\n\s*(?:@|async|class|def|func|pub)\b)"
)
_BEFORE_SIGN = frozenset(" \t\n\r\f\v\u00a0\u2028>")
_HOST_AT_EDGE = regex.compile(
    r"@[\w.-]+((?<=[.-])[ \t]*\n|[ \t]*\n[ \t>]*\.\w|(?<=[.-]) (?=[a-z0-9])| (?=\.[a-z]))"
)
_HALVED = regex.compile(
    rf"{NAME}@(({_LABEL}(?:\.{_LABEL})*+(?:(?<=-)|\.)?){LINE}\.?[a-z0-9][\w-]*(?:\.{_LABEL})*)(?![\w(@/-])"
)
# Words follow a blank: what is a host's last part alone must be none of them.
_LAST = r"(?:com|org|net|edu|gov|mil)"
_BLANKED = regex.compile(
    rf"{NAME}@(({_LABEL}(?:\.{_LABEL})*+(?:(?<=-)|\.)?)"
    rf"(?:(?<=[.-]) (?:[a-z0-9][\w-]*(?:\.{_LABEL})*\.(?!(?:py|sh|md|rs|pl)\b)[a-z]{{2,}}|{_LAST})"
    rf"| \.(?:[\w-]+\.)*{_LAST}))(?![\w(@/-])"
)
_NAME_ALONE = regex.compile(
    r"[^\W\d_][\w-]*(?:[._][\w-]+)*[._](?!(?:txt|pdf|doc|docx|csv|xls|xlsx|png|jpg|yml|json|yaml|html|zip|log)\Z)"
    r"(?:[^\W\d_]{3,}\d{0,4}|[^\W\d_]{1,2}\d{2,4})"
)
_MARGIN = regex.compile(r"[\s>]+")
_DOTTED_NAME = regex.compile(r"[^\W\d_]\w+[._-][\w.-]*[^\W\d_]{2}\d{0,4}")
_INITIAL_NAME = regex.compile(r"[^\W\d_]\w*[._][\w.+-]*[^\W\d_]{2}\d{0,4}")
_PLAIN_NAME = regex.compile(r"(?=[\d_.+-]*[^\W\d_]{2})[\w.+-]{3,}")
_FOLD = regex.compile(r"\n[ \t]?")
_FOLDED = regex.compile(r"([\w.+%'@-]{1,80})(?:\n[ \t]?[\w.+%'@-]{1,80}){1,2}?(?![\w.+%'@-])")
_ADDRESS = regex.compile(rf"{NAME}@({HOST})")
_IN_BRACKETS = r"[(\[{]\s?(?:dot|\.)\s?[)\]}]"
_ENDS_OF_DOT = frozenset(")]}tT")
_LEAST_BEFORE = 4  # signs: a letter and a dot in brackets
_NAME_PART = r"[\w+][\w.+%'-]{0,63}"
_SPELT_NAME = regex.compile(
    rf"(?<![\w.+%-])(?:{_NAME_PART}\s?{_IN_BRACKETS}\s?){{1,4}}\Z", regex.IGNORECASE
)
_NAME_IN_WORDS = regex.compile(
    rf"(?<![\w.+%-])(?:{_NAME_PART}(?:\s?{_IN_BRACKETS}\s?|\sdot\s)){{1,4}}\Z",
    regex.IGNORECASE,
)
_AT = r"\s?[(\[{]\s?at\s?[)\]}]\s?"
_DOT = rf"\s?(?:\.|{_IN_BRACKETS}|(?<=\s)dot(?=\s))\s?"
_SPELT = regex.compile(rf"{NAME}{_AT}({_LABEL}(?:{_DOT}{_LABEL}){{1,4}})", regex.IGNORECASE)
_SPELT_DOT = regex.compile(_DOT, regex.IGNORECASE)
_SPELT_SIGN = regex.compile(r"[(\[{]\s?at\s?[)\]}]", regex.IGNORECASE)
_BLANKS = r"[^\S\n]{1,3}"  # of any width
_SPACED_SIGN = regex.compile(r"[^\S\n]@[^\S\n]")
_SPACED = regex.compile(rf"{NAME}{_BLANKS}@{_BLANKS}({_LABEL}(?: ?\. ?{_LABEL}){{1,4}})(?![\w(])")
_SAID = regex.compile(
    rf"{NAME} at ({_LABEL}(?:(?: dot |\.){_LABEL}){{0,3}} dot {_LABEL})(?!\w)", regex.IGNORECASE
)
