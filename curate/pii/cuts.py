"""Mail addresses that a line end cuts amid a word: within the host, or within the name.

HTML and Markdown read the line end as a blank. A host is known by its ending once the halves are put
together. The first half of a name is a word like any other, so that it is taken only where it shows that
it is half a name; behind a blank only where it has a dot as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import regex  # type: ignore[import-untyped]

from curate.pii.pieces import HOST, LINE, NAME, PLAIN_ENDING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Cut(NamedTuple):
    """An address whose host is cut: its borders, its name, the halves of its host, what cuts them."""

    start: int
    end: int
    name: str
    first: str
    second: str
    gap: str

    @property
    def host(self) -> str:
        """The host put together."""
        return self.first + self.second


class Head(NamedTuple):
    """An address whose name is cut: where its first half begins, where it ends, and its host."""

    start: int
    end: int
    host: str


def cut_hosts(text: str) -> Iterator[Cut]:
    """Yield what may be an address whose host is cut amid a word; whether it exists is not asked."""
    for sign in _SIGN.finditer(text):
        at = sign.start()
        halves = _HALVES.match(text, at)
        name = _NAME_BEFORE.search(text, max(at - _REACH, 0), at) if halves else None
        if halves and name:
            cut = Cut(name.start(), halves.end(), name[0], halves[1], halves[3], halves[2])
            if _is_one(cut):
                yield cut


def cut_names(text: str) -> Iterator[Head]:
    """Yield addresses together with the first half of their names, which stands in the line before."""
    for sign in _SIGN.finditer(text):
        at = sign.start()
        rest = _REST.search(text, max(at - _REACH, 0), at)
        host = _HOST.match(text, at + 1) if rest else None
        if rest is None or host is None:
            continue
        head = _HEAD.search(text, max(rest.start() - _REACH, 0), rest.start())
        if head and (rest[0].startswith(".") or _is_half(head, text)):
            yield Head(head.start(1), host.end(), host[0])


def _is_one(cut: Cut) -> bool:
    """Return whether halves are written as those of one host."""
    if cut.second[0].isupper() and not (cut.first + cut.second).isupper():
        return False
    if cut.second.lower().startswith("www.") or not _LETTER.search(cut.name):
        return False
    if "." not in cut.second.lstrip("."):  # but for the end of its ending all stands before the cut
        return "." in cut.host[:-1] and PLAIN_ENDING.search(cut.host.lower()) is not None
    if _PROGRAM.search(cut.second):
        return "\n" in cut.gap and "." in cut.name
    return True


def _is_half(head: regex.Match[str], text: str) -> bool:
    """Return whether the last word of a line shows that it is the first half of a name."""
    word = head[1]
    if not _LETTER.search(word):
        return False
    before = text[max(head.start() - _REACH, 0) : head.start()].rpartition("\n")[2]
    if word.islower() and word.endswith(".") and _ASKED.search(before):
        return True
    if head[2].count("\n") != 1:  # a blank, or the end of a paragraph
        return head[2] == " " and _DOTTED_LOW.fullmatch(word) is not None and _is_dotted(word)
    return _is_half_line(word, before)


def _is_half_line(word: str, before: str) -> bool:
    """Return whether a word at the end of a line is half a name, by itself or what is before it."""
    if word[-1] in "-_+" or _is_dotted(word):
        return word[-1] not in "-_+" or word[-2:-1].isalpha()
    if _JOINED.fullmatch(word):
        return before.strip(" >") != ""  # alone in its line it may head what stands below
    if _NUMBERED.fullmatch(word):
        return _THING.fullmatch(word) is None
    return word.islower() and not word.endswith(".") and _LABELLED.search(before) is not None


def _is_dotted(word: str) -> bool:
    """Return whether a word has a dot as names have it: no file, host, abbreviation or version."""
    word = word.rstrip(".")
    parts = word.lower().split(".")
    if len(parts) < len(("name", "surname")) or any(map(str.isdigit, parts)) or "" in parts:
        return False
    known = PLAIN_ENDING.search(word.lower()) or _FILE.search(word.lower())
    return not (known or _SHORT.fullmatch(word.lower()) or word[0].isdigit())


_LABEL = r"[\w-]{1,63}+"
_SIGN = regex.compile(r"@(?=\w)")
_REACH = 72  # characters of a name, and of the margin of its line
_LETTER = regex.compile(r"[^\W\d_]")
_NAME_BEFORE = regex.compile(rf"{NAME}\Z")
_HALVES = regex.compile(
    rf"@({_LABEL}(?:\.{_LABEL})*+)({LINE}| )([.-]?[^\W_][\w-]*+(?:\.{_LABEL})*+)(?![\w(@/-]|:\S)"
)
_PROGRAM = regex.compile(r"\.(?:py|sh|md|rs|pl|cc|so|zip|mov|app|dev)\Z")
_REST = regex.compile(r"(?<=[\s>])[\w.+][\w.+%'-]*\Z")
_HOST = regex.compile(HOST)
_HEAD = regex.compile(rf"(?<![\w.+%@/\\~'-])([\w+][\w.+%-]*)((?>{LINE})| )\Z")
_DOTTED_LOW = regex.compile(r"[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+")
_JOINED = regex.compile(r"[^\W\d_][^\W_]*(?:_[^\W_]+)+")
_NUMBERED = regex.compile(r"[a-z]{3,}\d{1,4}")
_THING = regex.compile(
    r"(?:ipv|sha|utf|base|web|item|page|step|room|level|windows|part|line|note)\d+"
)
_LABELLED = regex.compile(
    r"\b(?:e-?mails?|mailto|mailbox)(?: address)?[ \t]?:[ \t]*<?\Z", regex.IGNORECASE
)
_ASKED = regex.compile(  # a sentence of one word is rare behind these and a colon
    r"\b(?:e-?mails?|mailto|mailbox|address|contact(?:ed)?|reach(?:ed)?|write|ask)\b.*[:<][ \t]?\Z",
    regex.IGNORECASE,
)
_SHORT = regex.compile(r"(?:[a-z]\.)+[a-z]|ph\.d|[bm]\.sc|a\.k\.a|bzw|usw")
_FILE = regex.compile(
    r"\.(?:txt|pdf|docx?|csv|tsv|xlsx?|pptx?|png|jpe?g|gif|svg|ya?ml|json|xml|html?|css|zip|tar|gz|log|ini"
    r"|cfg|conf|toml|env|js|ts|jsx|tsx|py|sh|md|rst|rs|pl|rb|go|java|php|sql|eml|ost|pst|io|app|dev)\Z"
)
