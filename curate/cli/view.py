"""One thing of a release for people: its facts, the whole of its text, what belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from curate.cli.lines import on_one_line, short, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rich.console import Console

_NAMES = ("example_id", "chunk_id", "finding_id")
_TEXTS = frozenset({"text", "messages", "evidence"})  # told below the facts, whole
_FACT = 16  # where facts begin


def print_view(view: Mapping[str, Any], out: Console) -> None:
    """Print what a release knows of an id; only rows that have ids of their own are cut, with a mark."""
    for name, part in view.items():
        for line in ("", *_part(name, part, out)):
            out.print(line, highlight=False, markup=False)


def _part(name: str, part: Any, out: Console) -> Iterator[str]:  # noqa: ANN401 - rows and names
    if not isinstance(part, list):
        yield name
        yield from whole(part or {}, out)
        return
    yield f"{name} ({len(part)})"
    for row in part:
        if name == "evidence":
            yield from _evidence(row, out)
        else:
            yield f"  {_brief(row)}"


def whole(row: Mapping[str, Any], out: Console) -> Iterator[str]:
    """Yield the facts of a row, then its text or conversation to the last word."""
    for key, value in _facts(row):
        if value not in ("", None, [], 0):
            yield from fact(key, value, out)
    if row.get("text"):
        yield from ("", "  text", *wrapped(row["text"], out, indent="    "))
    yield from conversation(row.get("messages", ()), out)


def fact(key: str, value: Any, out: Console) -> Iterator[str]:  # noqa: ANN401 - any column
    """Yield a name with the whole of its value."""
    first, *more = wrapped(on_one_line(value), out, indent=" " * _FACT)
    yield f"  {key:<{_FACT - 3}} {first[_FACT:]}"
    yield from more


def conversation(messages: Iterable[Mapping[str, str]], out: Console) -> Iterator[str]:
    """Yield the whole of what everybody says."""
    for message in messages:
        said = wrapped(message["content"], out, indent="    ")
        yield from ("", f"  {on_one_line(message['role'])}", *said)


def _facts(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if key == "index_text":
            yield key, _ahead_of(row.get("text", ""), value)
        elif key not in _TEXTS:
            yield key, value


def _ahead_of(text: str, indexed: str) -> str:
    """Return what an index text has before the text, which is shown once."""
    lead = indexed.removesuffix(text)
    if lead == indexed:
        return indexed
    return f"{lead.strip()} + text" if lead.strip() else "text"


def _evidence(row: Mapping[str, Any], out: Console) -> Iterator[str]:
    start, end = row["span"]
    place = row["address"] or row["doc_id"]
    within = f"  {row['chunk_id']}  {row['start']}–{row['end']}" if row["chunk_id"] else ""
    yield f"{within or '  no chunk'}  of  {on_one_line(place)}  {start}–{end}"
    if row["text"]:
        yield from wrapped(row["text"], out, indent="    ")


def _brief(row: Any) -> str:  # noqa: ANN401 - a row or a name
    if not isinstance(row, dict):
        return on_one_line(row)
    identity = next((row[key] for key in _NAMES if key in row), "")
    said = row.get("messages") or [{}]
    return (
        f"{identity}  {short(row.get('text') or row.get('reason') or said[0].get('content', ''))}"
    )
