"""Mail addresses where Presidio looks past them: in paths and queries, in one's own network, spelt out.

Presidio takes everything before an @ for the name of a mailbox, a web address with its host too, and
then asks whether that host exists. Here a name ends where a path or a query parts it, the domain alone
is asked for, and the endings that companies use within their own networks count as well. Where mail is
spoken of, a host needs no ending at all. Addresses in pieces are the matter of `pieces`.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

import regex  # type: ignore[import-untyped]
from tldextract import TLDExtract

from curate.pii.cuts import cut_hosts, cut_names
from curate.pii.labels import Labels
from curate.pii.pieces import (
    HOST,
    NAME,
    broken,
    folded,
    halved,
    name_start,
    names_mailbox,
    quoted,
    said,
    spelt,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRITTEN = regex.compile(rf"{NAME}@({HOST})")
_CUT = regex.compile(r"[._]")
_MOST_CUTS = 6
_NEAR = regex.compile(
    r"(?<![\w.+%@/-])[\w+][\w.+%'-]{0,63}@([^\W\d_][\w-]{1,62}(?:\.[^\W\d_][\w-]{1,62}){0,4})"
    r"(?![\w@/(\[=-]|\.\w|:[\w/~.])"
)
_MAIL = regex.compile(r"\b(?:e-?mails?|mails?|mailto|contacts?|mailbox(?:es)?)\b", regex.IGNORECASE)
_MAIL_LABEL = regex.compile(r"(?:^|[^a-z])(?:e-?mail|mail|mailbox|contact)", regex.IGNORECASE)
_COMMAND = regex.compile(
    r"(?:^|[\s`$>(])(?:ssh|scp|sftp|rsync|git|npm|npx|pnpm|yarn|bun|pip|pipx|brew|docker|go|uses:)\s",
    regex.MULTILINE,
)
_NO_HOSTS = frozenset(
    {
        "alpha",
        "beta",
        "canary",
        "dev",
        "edge",
        "latest",
        "lts",
        "main",
        "master",
        "next",
        "nightly",
        "stable",
    }
)
_NO_NAMES = frozenset({"git", "npm", "svn"})
_BETWEEN_CELLS = " | "
_LINE = 200  # characters of a line before an address in which a command stands
_REACH = 40  # characters before an address in which mail is spoken of
_OWN = frozenset(
    {"corp", "home", "intern", "internal", "intranet", "lan", "local", "localdomain", "private"}
)
_REMEMBERED = 10_000


class Mailboxes:
    """Finds mail addresses; the list of public suffixes is the one that tldextract carries."""

    def __init__(self) -> None:
        """Open the list."""
        extract = TLDExtract(suffix_list_urls=(), cache_dir=None)
        self._exists = lru_cache(_REMEMBERED)(lambda host: extract(host).fqdn != "")

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the borders of each address in a text that is one wherever it stands."""
        if "@" in text:
            yield from self._written(text)
            for match in broken(text):
                if self._is_host(match[1]) and self._names_mailbox(match[0], match[1]):
                    yield match.span()
            yield from self._cut(text)
            for piece in (*halved(text), *folded(text)):
                if self._is_host(piece.host) and not self._is_whole(piece.first):
                    yield piece.start, piece.end
        for piece in (*spelt(text), *quoted(text)):
            if self._is_host(piece.host):
                yield name_start(text, piece.start, in_words=True), piece.end

    def _cut(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield addresses that a line end cuts amid a word."""
        for cut in cut_hosts(text):
            whole = self._is_whole(cut.first) or not self._is_host(cut.host)
            named = cut.name.lower() in _NO_NAMES or cut.first.lower() in _NO_HOSTS
            line = text[max(cut.start - _LINE, 0) : cut.start].rpartition("\n")[2]
            if not (whole or named or _COMMAND.search(line)):
                yield cut.start, cut.end
        for head in cut_names(text):
            if self._is_host(head.host):
                yield head.start, head.end

    def _written(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield addresses in one piece, without what names of files put behind them."""
        for match in _WRITTEN.finditer(text):
            if self._is_host(match[1]):
                yield name_start(text, match.start()), match.end()
            elif text[match.end() : match.end() + 1] != "(":  # that calls a function
                end = self._end_of_host(match[1])
                if end:
                    yield match.start(), match.start(1) + end

    def _end_of_host(self, glued: str) -> int:
        """Return where the longest host ends with which a word begins, 0 if it begins with none."""
        cuts = [cut.start() for cut in islice(_CUT.finditer(glued), _MOST_CUTS)]
        hosts = (cut for cut in reversed(cuts) if "." in glued[:cut] and self._is_host(glued[:cut]))
        return next(hosts, 0)

    def told(self, text: str, field: str) -> Iterator[tuple[int, int]]:
        """Yield the borders of what is an address because mail is spoken of; `field` holds the text."""
        labels = Labels(text)
        for match in (*_NEAR.finditer(text), *broken(text)) if "@" in text else ():
            known = " " not in match[0] or "\n" in match[0] or self._is_host(match[1])
            if (
                known
                and _is_mailbox(match[0])
                and _speaks_of_mail(text, match.start(), labels, field)
            ):
                yield match.span()
        for piece in said(text):
            if self._is_host(piece.host) and _speaks_of_mail(text, piece.start, labels, field):
                yield name_start(text, piece.start, in_words=True), piece.end

    def _is_whole(self, host: str) -> bool:
        """Return whether a line that ends behind a host need not go on: `corp` alone is none."""
        return "." in host and self._is_host(host)

    def _names_mailbox(self, address: str, host: str) -> bool:
        name = address.partition("@")[0]
        return names_mailbox(address, host) and not (name[-1:] == " " and self._is_host(name[:-1]))

    def _is_host(self, host: str) -> bool:
        return host.rpartition(".")[2].lower() in _OWN or self._exists(host.lower())


def _is_mailbox(address: str) -> bool:
    name, _, host = address.partition("@")
    return name.lower() not in _NO_NAMES and host.lower() not in _NO_HOSTS


def _speaks_of_mail(text: str, start: int, labels: Labels, field: str) -> bool:
    """Return whether mail is spoken of shortly before an address, in its paragraph, and no command is."""
    before = text[max(start - _REACH, 0) : start].rpartition("\n\n")[2]
    if _BETWEEN_CELLS in before:  # of a table only the same row counts, and the head of the column
        before = before.rpartition("\n")[2]
    if _COMMAND.search(before.rpartition("\n")[2]):
        return False
    named = (_MAIL_LABEL.search(label) for label in labels.of(start, field))
    return _MAIL.search(before) is not None or any(named)
