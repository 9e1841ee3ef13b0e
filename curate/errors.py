"""Everything `curate` raises, sorted by what the caller has to do about it.

    CurateError
    ├── ConfigError      fix the pipeline file or the command line      exit 2
    │   └── EmptySourceError   a source holds no file to read
    ├── StageError       a stage's declaration is wrong                 before any data is read
    ├── ContractError    rows do not fit their table                    exit 1
    │   └── DamagedReleaseError   a release's files are not whole
    ├── DocumentError    one document cannot be used                    a row in the ledger
    ├── ToolError        something outside failed                       exit 75 if trying again may help
    ├── StorageError     a place cannot be written                      exit 1
    ├── BusyError        another run holds the workspace                exit 75
    └── ReleaseError     a gate refused the release                     exit 3

No message ever holds text of a document: messages end up in logs.
"""

from __future__ import annotations

import errno
import os
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h
_UNWRITTEN = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM})
_LEAST_LIKENESS = 0.7  # of a name that is suggested
_WORDS = re.compile(r"[\W_]+")
_ERRNO = re.compile(r"\b(?:errno|os error) (\d+)", re.IGNORECASE)


class CurateError(Exception):
    """Base of all errors raised on purpose; catch it to catch them all."""

    exit_code = 1


class ConfigError(CurateError):
    """The configuration is wrong; the message names the key and what would be accepted."""

    exit_code = 2


class EmptySourceError(ConfigError):
    """A source holds no file to read; the message names the place and the patterns."""


class StageError(CurateError):
    """A stage is declared wrongly; the message names the function and the parameter."""


class ContractError(CurateError):
    """Rows broke the contract of their table; the message names the table and the rule."""


class DamagedReleaseError(ContractError):
    """Files of a release are not there or not whole; the message names the ways out."""


class DocumentError(CurateError):
    """One document cannot be processed.

    Args:
        code: Stable reason code (`encrypted`, `corrupt`, ...) that goes into the ledger.
    """

    def __init__(self, code: str) -> None:
        """Keep the reason code; nothing of the document belongs in here."""
        super().__init__(code)
        self.code = code


class ToolError(CurateError):
    """An outside service or program failed."""

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        """Remember whether the same call may succeed later."""
        super().__init__(message)
        self.retryable = retryable
        self.exit_code = TRY_AGAIN if retryable else 1


class StorageError(CurateError):
    """A place cannot be written; the message names it, what holds nevertheless and what to do."""


class BusyError(CurateError):
    """Another run holds the workspace's lock; try again when it has ended."""

    exit_code = TRY_AGAIN


class ReleaseError(CurateError):
    """A gate refused the release; the release in force stays in force."""

    exit_code = 3


def why_unwritten(error: OSError, *, ours: bool = False) -> str:
    """Return why the system refuses to write, "" if the error says nothing of the kind.

    Args:
        error: What was raised; libraries in other languages tell the number only in their messages.
        ours: Whether it is about a place of ours, where a missing permission is one to write.
    """
    said = _ERRNO.search(str(error))
    number = error.errno or (int(said[1]) if said else 0)
    if number == 0 and "no space left" in str(error).lower():
        number = errno.ENOSPC
    meant = _UNWRITTEN | _FORBIDDEN if ours else _UNWRITTEN
    return os.strerror(number) if number in meant else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a hint that names the closest known name, or all of them.

    >>> did_you_mean("recal", ["recall", "engine"])
    "Did you mean 'recall'?"
    """
    names = sorted(known)
    near = closest(name, names)
    return f"Did you mean '{near}'?" if near else f"Known: {', '.join(names)}."


def closest(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most like another, or the only one it is a word of; else "".

    >>> closest("recal", ["recall", "engine"]), closest("x", ["recall"])
    ('recall', '')
    >>> closest("EMAIL", ["EMAIL_ADDRESS", "IP_ADDRESS"]), closest("US", ["US_SSN", "US_ITIN"])
    ('EMAIL_ADDRESS', '')
    """
    names = {one.casefold(): one for one in sorted(known)}
    near = get_close_matches(name.casefold(), names, n=1, cutoff=_LEAST_LIKENESS)
    if not near:
        holding = [one for one in names if name.casefold() in _WORDS.split(one)]
        near = holding if len(holding) == 1 else []
    return names[near[0]] if near else ""
