"""Mail addresses where Presidio looks past them: in paths and queries, in one's own network, spelt out.

Presidio takes everything before an @ for the name of a mailbox, a web address with its host too, and
then asks whether that host exists. Here a name ends where a path or a query parts it, the domain alone
is asked for, and the endings that companies use within their own networks count as well. Where mail is
spoken of, a host needs no ending at all; an address that a line end breaks is one as well.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import regex  # type: ignore[import-untyped]
from tldextract import TLDExtract

from curate.pii.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = r"(?<![\w.+%-])[\w+][\w.+%'-]{0,63}"
_HOST = r"[\w-]{1,63}(?:\.[\w-]{1,63})+"
_WRITTEN = regex.compile(rf"{_NAME}@({_HOST})")
_AT = r"\s?[(\[{]\s?at\s?[)\]}]\s?"
_DOT = r"\s?(?:\.|[(\[{]\s?dot\s?[)\]}])\s?"
_LABEL = r"[\w-]{1,63}"
_SPELT = regex.compile(rf"{_NAME}{_AT}({_LABEL}(?:{_DOT}{_LABEL}){{1,4}})", regex.IGNORECASE)
_SPELT_DOT = regex.compile(_DOT, regex.IGNORECASE)
_SPELT_SIGN = regex.compile(r"[(\[{]\s?at\s?[)\]}]", regex.IGNORECASE)
_BREAK = (
    r"(?:@[ \t]*\n[ \t]*|[ \t]*\n[ \t]*@|@ | @)"  # HTML and Markdown read a line end as a blank
)
_BROKEN = regex.compile(
    rf"{_NAME}(?<=[^\W\d_]{{2}}){_BREAK}({_HOST})(?![\w(@/-]|\s*\n\s*(?:@|async|class|def|func|pub)\b)"
)
_SIGN_AT_EDGE = regex.compile(r"@\s|\s@")
_DOTTED_NAME = regex.compile(r"[^\W\d_]{2,}[._-][\w.-]*[^\W\d_]{2}")
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
            for match in (*_WRITTEN.finditer(text), *_broken(text)):
                if self._is_host(match[1]) and _names_mailbox(match[0]):
                    yield match.span()
        if _SPELT_SIGN.search(text):
            for match in _SPELT.finditer(text):
                if self._is_host(_SPELT_DOT.sub(".", match[1])):
                    yield match.span()

    def told(self, text: str, field: str) -> Iterator[tuple[int, int]]:
        """Yield the borders of what is an address because mail is spoken of; `field` holds the text."""
        if "@" not in text:
            return
        labels = Labels(text)
        for match in (*_NEAR.finditer(text), *_broken(text)):
            known = " " not in match[0] or "\n" in match[0] or self._is_host(match[1])
            if known and _is_mailbox(match[0]) and _speaks_of_mail(match, labels, field):
                yield match.span()

    def _is_host(self, host: str) -> bool:
        return host.rpartition(".")[2].lower() in _OWN or self._exists(host.lower())


def _broken(text: str) -> Iterator[regex.Match[str]]:
    return _BROKEN.finditer(text) if _SIGN_AT_EDGE.search(text) else iter(())


def _names_mailbox(address: str) -> bool:
    """Tell the name of a mailbox from the last word of a line, below which an @ begins another."""
    name = address.partition("@")[0]
    if name[-1:] == " ":
        return False
    return "\n" not in name or _DOTTED_NAME.fullmatch(name.strip()) is not None


def _is_mailbox(address: str) -> bool:
    name, _, host = address.partition("@")
    return name.lower() not in _NO_NAMES and host.lower() not in _NO_HOSTS


def _speaks_of_mail(match: regex.Match[str], labels: Labels, field: str) -> bool:
    """Return whether mail is spoken of shortly before an address, in its paragraph, and no command is."""
    text, start = match.string, match.start()
    before = text[max(start - _REACH, 0) : start].rpartition("\n\n")[2]
    if _BETWEEN_CELLS in before:  # of a table only the same row counts, and the head of the column
        before = before.rpartition("\n")[2]
    if _COMMAND.search(before.rpartition("\n")[2]):
        return False
    named = (_MAIL_LABEL.search(label) for label in labels.of(start, field))
    return _MAIL.search(before) is not None or any(named)
