"""What came of a run, as lines for a person and as values for a script."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curate.cli.console import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from curate.pipeline.run import Outcome

_MOST_SHOWN = 6
_MOST_REASONS = 3


def summary(outcome: Outcome) -> dict[str, Any]:
    """Return the values that `--json` prints."""
    return {
        "release": outcome.release,
        "published": outcome.published,
        "workspace": str(outcome.workspace.root),
        "documents": outcome.documents,
        "seconds": round(outcome.seconds, 3),
        "counts": outcome.counts,
        "changes": outcome.changes,
        "warnings": list(outcome.warnings),
        "mended": list(outcome.mended),
        "stages": {name: round(value, 3) for name, value in outcome.stages.items()},
        "gates": [
            {"name": g.name, "value": g.value, "limit": g.limit, "verdict": g.verdict}
            for g in outcome.gates
        ],
    }


def funnel(outcome: Outcome, shown: Console) -> None:
    """Print the funnel, where results lie and what to do next."""
    for what in outcome.mended:
        shown.print(f"Mended: {what}.", highlight=False, markup=False)
    if not outcome.published:
        held = plural(outcome.documents, "document")
        text = f"Release {outcome.release} is current: {held} unchanged ({outcome.seconds:.1f} s)."
        shown.print(text, highlight=False)
        return
    lines = ["", f"Release {outcome.release}", *_products(outcome.counts), ""]
    lines += [*_warnings(outcome), *_next(outcome)]
    for line in lines:
        shown.print(line, highlight=False, markup=False)


def _products(counts: Mapping[str, Any]) -> list[str]:
    documents, corpus, finetune = counts["documents"], counts["corpus"], counts["finetune"]
    splits = finetune["splits"]
    parts = [f"{splits.get(name, 0):,} {name}" for name in ("train", "validation", "test")]
    left = sum(corpus["left_out"].values())
    kept, flagged, rejected = (f"{documents[name]:,}" for name in ("kept", "flagged", "rejected"))
    held = plural(documents["in"], "document")
    lines = [
        f"  {held}  =  {kept} kept  +  {flagged} flagged  +  {rejected} rejected",
        _line("corpus", plural(corpus["chunks"], "chunk"), _median(corpus),
              f"{plural(left, 'document')} left out: {_listed(corpus['left_out'])}" if left else ""),
        _line("finetune", plural(finetune["examples"], "example"), " · ".join(parts),
              plural(counts["leaks"]["left"], "leak")),
        _line("  empty", _empty(finetune)) if _empty(finetune) else "",
        _line("  mined by", _listed(finetune["extractors"], of="kinds")) if finetune["extractors"] else "",
        _line("  left out", *_left_out(finetune)) if finetune["left_out"] else "",
        _line("duplicates", f"{counts['duplicates']['exact']:,} exact",
              f"{counts['duplicates']['near']:,} near"),
        _line("redacted", plural(sum(counts["redactions"].values()), "value"),
              _listed(counts["redactions"], of="types")),
        _line("rejected", _listed(counts["rejected"])) if counts["rejected"] else "",
        _line("to review", plural(sum(counts["findings"].values()), "finding"),
              _listed(counts["findings"], of="kinds")),
    ]  # fmt: skip
    return [line for line in lines if line]


def _median(corpus: Mapping[str, Any]) -> str:
    return f"median {round(corpus['tokens_median']):,} tokens"


def _left_out(finetune: Mapping[str, Any]) -> tuple[str, str]:
    """Return how many drafts are no examples and why most of them are not, and how to see them."""
    left = finetune["left_out"]
    said = _listed(left, _MOST_REASONS)
    return f"{plural(sum(left.values()), 'draft')}: {said}", "curate show left_out"


def _empty(finetune: Mapping[str, Any]) -> str:
    """Return which splits hold nothing, and why."""
    from curate.release.tally import SPLITS, why_empty

    names = [name for name in SPLITS if not finetune["splits"].get(name)]
    why = why_empty(finetune["groups"]) if finetune["examples"] else ""
    return f"{' and '.join(names)}: {why}" if names and why else ""


def _line(name: str, *parts: str) -> str:
    return f"  {name:<14}" + "    ".join(part for part in parts if part)


def _listed(counts: Mapping[str, int], most: int = _MOST_SHOWN, *, of: str = "reasons") -> str:
    """Return counts by name; what is not named is counted too, so that all add up."""
    named = most if len(counts) > most + 1 else len(counts)
    parts = [f"{count:,} {name}" for name, count in counts.items()]
    rest = list(counts.values())[named:]
    more = [f"{sum(rest):,} in {len(rest):,} more {of}"] if rest else []
    return ", ".join([*parts[:named], *more])


def _warnings(outcome: Outcome) -> list[str]:
    seen = [gate for gate in outcome.gates if gate.verdict != "pass"]
    lines = [
        f"  {'refused' if g.verdict == 'refuse' else 'warning'}: {g.title} {g.written(g.value)}, limit "
        f"{g.written(g.limit)} ({g.detail})    {g.show}"
        for g in seen
    ]
    lines += [f"  warning: {text}" for text in outcome.warnings]
    if outcome.warnings and outcome.set_in:
        what = (
            "What was inferred for this folder"
            if outcome.inferred
            else "What holds for this folder"
        )
        before = "" if outcome.inferred else ", which was there before"
        lines.append(f"           {what} is set in {_shown(outcome.set_in)}{before}")
    return [*lines, ""] if lines else []


def _next(outcome: Outcome) -> list[str]:
    root = _shown(outcome.workspace.root)
    finetune = _shown(outcome.workspace.release(outcome.release) / "finetune")
    corpus = _shown(outcome.workspace.root / "corpus.lance")
    spent = sorted(outcome.stages.items(), key=lambda item: -item[1])[:5]
    times = "   ".join(f"{name} {seconds:.1f} s" for name, seconds in spent)
    return [
        f"  Time          {outcome.seconds:.1f} s    {times}",
        f"  Fine-tune on  {finetune}          datasets.load_dataset(...)",
        f"  Search in     {corpus}, tag release-{outcome.release}",
        f"  Read it       curate report --workspace {root}",
        f"  Look closer   curate show rejected --workspace {root}",
        "  Change it     edit any file and run again: only what changed is done again",
    ]


def _shown(path: Path) -> str:
    """Return a path as short as it can be typed from here, quoted where a shell needs it."""
    relative = os.path.relpath(path)
    return shlex.quote(relative if len(relative) < len(str(path)) else str(path))
