"""Find the lines by which mail programs announce a quotation.

Four shapes: "On <date> <somebody> wrote:" in the words of the language, over up to six lines and
also behind the reply's own last words; a block of From, Sent, To and Subject lines; a ruled line
with words such as "Original Message"; and a bare date with an address.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.parsers.mail.words import FORWARDED, LABELS, LEADS, ORIGINAL, WROTE

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST = 320  # characters of an announcement
_MOST_LINES = 6
_FAR = 3  # lines without a label within a header block

_KINDS = {label: kind for kind, labels in LABELS.items() for label in labels.split("|")}
_LABEL = re.compile(r"^[\s>*_]*([^\W\d_][\w .'’/-]{0,24}?)\s*[*_]*\s?[:：](?!//)[*_]*\s*(.*)$")
_RULED = re.compile(rf"^[\s>*]*-{{2,}}\s*(?:{ORIGINAL})\s*:?\s*-{{2,}}", re.IGNORECASE)
_FORWARD = re.compile(
    rf"^[\s>*]*(?:-{{2,}}\s*(?:{FORWARDED})\b.*|(?:{FORWARDED})\s*[:：])\s*-*\s*$", re.IGNORECASE
)
_UNDERLINE = re.compile(r"^\s*[_-]{5,}\s*$")
_VERB = re.compile(rf"(?:{WROTE})(?![\w])(.{{0,60}}?)\s*(?:[:：]|-{{2,}})[\s*_>-]*$", re.IGNORECASE)
_CJK_VERB = re.compile(r"(?:のメール|書きました|写道|寫道|写到|작성)\s*[:：]\s*$")
_LEAD = re.compile(rf"^[\s*_-]*(?:{LEADS})(?=[\s,\d]).{{0,60}}?\d", re.IGNORECASE)
_DATE_FIRST = re.compile(r"^[\s*_-]*(?:\w{2,9}\.?,?\s+)?\d{1,4}\s*[./\-年년 ]\s*\w")
_RULED_VERB = re.compile(
    rf"^\s*-{{2,}}\s*\S.{{0,80}}\s(?:{WROTE})\s*:?\s*-{{2,}}\s*$", re.IGNORECASE
)
_DEVICE_VERB = re.compile(rf"^\s*sent from .{{2,60}}<\S+@\S+>\s+(?:{WROTE})\s*:\s*$", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}\s?[:.h時时시]\s?\d{2}|\d\s?[ap]\.?m\b|[\w.+-]+@[\w.-]+", re.IGNORECASE)
_DATED_ADDRESS = re.compile(
    r"^\s*(?:\w{2,10}\.?,?\s+)?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|"
    r"\d{1,2}[-/. ]\w{1,9}[-/. ]{1,2}\d{2,4}|\d{4}[年년]\s?\d{1,2}[月월]\s?\d{1,2}[日일])"
    r"[^<\n]{0,120}<\s*[^<>\s]+@[^<>\s]+\s*>(?:\s*\([^)]{0,80}\))?\s*:?\s*$"
)
_GLUED = re.compile(rf"(?<=\S)(?:\s*-{{2,}}|\s)\s*(?=(?:{LEADS})\s+(?:\w+\.?,?\s+){{0,2}}\d)")


def find_openers(lines: Sequence[str]) -> list[str]:
    """Return for each line `opener`, `forward` or nothing; none begins behind a mark."""
    found = [""] * len(lines)
    for at, line in enumerate(lines):
        if found[at] or not line.strip():
            continue
        name, start, end = _opener(lines, at)
        if name and not lines[start].lstrip().startswith(">"):
            found[start:end] = [name] * (end - start)
    return found


def unglue(text: str) -> str:
    """Return text in which no announcement stands on the line of the reply's last words."""
    if not re.search(rf"(?:{WROTE})", text, re.IGNORECASE):
        return text
    lines = text.split("\n")
    return "\n".join(_unglued(lines, at) for at in range(len(lines)))


def _unglued(lines: Sequence[str], at: int) -> str:
    line = lines[at]
    if len(line) > _LONGEST or line.lstrip().startswith(">") or _LEAD.match(line):
        return line
    for glue in _GLUED.finditer(line):
        rest = [line[glue.end() :], *lines[at + 1 : at + 3]]
        if any(_announces(" ".join(rest[:size])) for size in range(1, len(rest) + 1)):
            return f"{line[: glue.start()]}\n{line[glue.start() :].lstrip()}"
    return line


def _opener(lines: Sequence[str], at: int) -> tuple[str, int, int]:
    line = lines[at]
    if _FORWARD.match(line):
        return "forward", at, at + 1
    if _RULED.match(line) or _RULED_VERB.match(line) or _DEVICE_VERB.match(line):
        return "opener", at, at + 1
    if end := _header_block(lines, at):
        return "opener", _with_rule(lines, at), end
    if start := _announcement(lines, at):
        return "opener", at + 1 - start, at + 1
    if _dated_address(lines, at):
        return "opener", at, at + _dated_address(lines, at)
    return "", at, at


def _with_rule(lines: Sequence[str], at: int) -> int:
    """Return where a header block begins, the ruling above it included."""
    above = at - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and _UNDERLINE.match(lines[above]) else at


def _header_block(lines: Sequence[str], at: int) -> int:
    """Return the end of the header block that begins at a line, 0 where none does."""
    if _label(lines[at]) not in {"from", "sent", "date"}:
        return 0
    kinds: dict[str, str] = {}
    end, gap = at, 0
    for place in range(at, min(len(lines), at + 20)):
        kind = _label(lines[place])
        gap = 0 if kind else gap + 1
        if gap > _FAR or (kind and kind in kinds and kind != "other"):
            break
        if kind:
            kinds[kind], end = lines[place], place + 1
    return end if _is_header(kinds) else 0


def _is_header(kinds: dict[str, str]) -> bool:
    """Tell whether labels found together are a mail's: Date and Time of an appointment are not."""
    if not ("from" in kinds or ("to" in kinds and ("date" in kinds or "sent" in kinds))):
        return False
    if len(kinds) < 2:  # noqa: PLR2004
        return False
    return "subject" in kinds or "sent" in kinds or any("@" in line for line in kinds.values())


def _label(line: str) -> str:
    if len(line) > _LONGEST or not (match := _LABEL.match(line)):
        return ""
    return _KINDS.get(match.group(1).strip().casefold(), "")


def _announcement(lines: Sequence[str], at: int) -> int:
    """Return how many lines up to this one announce a quotation, 0 where none does."""
    if not _closes(lines[at]):
        return 0
    for size in range(1, min(_MOST_LINES, at + 1) + 1):
        window = " ".join(line.strip() for line in lines[at + 1 - size : at + 1])
        if len(window) > _LONGEST:
            break
        if _begins(window) and _announces(window) and (_TIME.search(window) or _marked(lines, at)):
            return size
    return int(_announces(lines[at]) and ("@" in lines[at] or _marked(lines, at)))


def _closes(line: str) -> bool:
    return len(line) <= _LONGEST and line.rstrip(" *_>")[-1:] in {":", "：", "-"}


def _begins(window: str) -> bool:
    return bool(_LEAD.match(window) or _DATE_FIRST.match(window))


def _announces(window: str) -> bool:
    return bool(_VERB.search(window) or _CJK_VERB.search(window))


def _marked(lines: Sequence[str], at: int) -> bool:
    following = (line.strip() for line in lines[at + 1 :])
    return next(filter(None, following), "").startswith(">")


def _dated_address(lines: Sequence[str], at: int) -> int:
    """Return over how many lines a date with an address stands, 0 where none does."""
    if not any(map(str.isdigit, lines[at][:24])):
        return 0
    for size in (1, 2):
        if _DATED_ADDRESS.match(" ".join(line.strip() for line in lines[at : at + size])):
            return size
    return 0
