"""What came in: every record by source or folder, by outcome, by where it went."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from curate.pipeline.reporting.codes import flagged
from curate.pipeline.reporting.kinds import kind
from curate.pipeline.reporting.left_out import weightiest
from curate.pipeline.reporting.places import REST
from curate.report.model import (
    Containers,
    Count,
    Flow,
    Intake,
    Outcome,
    Place,
    Source,
    command,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.pipeline.reporting.material import Material
    from curate.tables.ledger import LedgerRow

_MOST_FORMATS = 3
_IN = "in"
_HOLDERS = {
    "zip": "archives", "tar": "archives", "7z": "archives", "rar": "archives", "gz": "archives",
    "tgz": "archives", "bz2": "archives", "xz": "archives", "zst": "archives",
    "mbox": "mailboxes", "eml": "mails with attachments", "msg": "mails with attachments",
    "jsonl": "files of records", "ndjson": "files of records", "json": "files of records",
    "csv": "files of records", "xlsx": "files of records", "tsv": "files of records",
}  # fmt: skip


def intake(material: Material) -> Intake:
    """Return what came in."""
    ledger = material.rows.ledger
    commands = [command("show", name) for name in ("flagged", "rejected") if _any(material, name)]
    return Intake(
        sources=_sources(material),
        flows=_flows(ledger),
        containers=_containers(material),
        reasons=_reasons(material),
        commands=tuple(commands),
    )


def _any(material: Material, outcome: str) -> bool:
    return bool(material.counts["documents"][outcome])


def _sources(material: Material) -> tuple[Source, ...]:
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    formats: dict[str, Counter[str]] = defaultdict(Counter)
    for row in material.rows.ledger:
        place = material.place(row)
        outcomes[place][row.outcome] += 1
        formats[place][kind(row.media_type)] += 1
    ranked = sorted(outcomes, key=lambda name: (name == REST, -outcomes[name].total(), name))
    return tuple(
        Source(
            name,
            kept=outcomes[name]["kept"],
            flagged=outcomes[name]["flagged"],
            rejected=outcomes[name]["rejected"],
            formats=_listed(formats[name]),
        )
        for name in ranked
    )


def _listed(formats: Counter[str]) -> str:
    ranked = sorted(formats, key=lambda name: (-formats[name], name))
    more = len(ranked) - _MOST_FORMATS
    return ", ".join(ranked[:_MOST_FORMATS]) + (f" and {more} more" if more > 0 else "")


def _flows(ledger: Iterable[LedgerRow]) -> tuple[Flow, ...]:
    counts = Counter((row.outcome, row.corpus == _IN, row.finetune == _IN) for row in ledger)
    places = {
        (True, True): Place.BOTH,
        (True, False): Place.CORPUS,
        (False, True): Place.FINETUNE,
        (False, False): Place.NEITHER,
    }
    return tuple(
        Flow(outcome, place, counts[outcome.value, *key])
        for outcome in Outcome
        for key, place in places.items()
        if counts[outcome.value, *key]
    )


def _containers(material: Material) -> Containers | None:
    """Return the files, and those of them that hold the other documents."""
    files: dict[tuple[str, str], int] = defaultdict(int)
    for document in material.documents:
        source = document.source
        files[source.source, source.path] += bool(source.member or source.record)
    if not any(files.values()):
        return None
    kinds: Counter[str] = Counter()
    for (_, path), members in files.items():
        kinds[_HOLDERS.get(path.rpartition(".")[2].lower(), "containers")] += bool(members)
    named = sorted(((n, count) for n, count in kinds.items() if count), key=lambda k: (-k[1], k[0]))
    held = sum(files.values())
    return Containers(len(files), tuple(Count(_number(*k), k[1]) for k in named), held)


def _number(name: str, count: int) -> str:
    if count > 1:
        return name
    head, _, tail = name.partition(" ")
    single = "archive" if head == "archives" else "mailbox" if head == "mailboxes" else head[:-1]
    if tail == "with attachments":
        return f"{single} with attachments"
    return f"{single} {tail}".strip()


def _reasons(material: Material) -> str:
    """Say why most of what is flagged is flagged."""
    counts = weightiest(material)
    flags = Counter({code: len(rows) for (out, code), rows in counts.items() if out == "flagged"})
    if not flags:
        return ""
    (first, count), *_ = flags.most_common(1)
    said = flagged(first)[0]
    total = flags.total()
    often = "All" if count == total else "Most" if count * 2 > total else "The commonest reason"
    if often == "The commonest reason":
        return f"The commonest flag: {said[0].lower()}{said[1:]}."
    return f"{often} of what was flagged: {said[0].lower()}{said[1:]}."
