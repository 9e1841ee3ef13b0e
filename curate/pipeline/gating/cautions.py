"""What the settings of a run give up that it would do by default: said aloud, since no count shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.pipeline.advice import Advice
from curate.pipeline.gating.gates import DEFAULTS
from curate.pipeline.settings import Gates, Pii
from curate.stages.edit import EditSettings
from curate.stages.scan import Risks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.pipeline.flow import Flow
    from curate.pipeline.settings import PipelineSettings

KEPT, LOWERED = "pii_kept", "settings_lowered"
_MOST_NAMED = 4
_KEEP = "keep"


def cautions(flow: Flow) -> tuple[Advice, ...]:
    """Return what is to be said of a run's settings."""
    found = (_kept(flow.settings.pii), _lowered(flow) if flow.in_folder else None)
    return tuple(one for one in found if one is not None)


def _kept(pii: Pii) -> Advice | None:
    """Return which types of personal data stand in a product as they were written."""
    by_product = {
        "the corpus": kept_in(pii, pii.corpus),
        "the fine-tuning set": kept_in(pii, pii.finetune),
    }
    parts = [f"{_named(kinds)} in {name}" for name, kinds in by_product.items() if kinds]
    if not parts:
        return None
    text = (
        f"personal data is published as it was written: {'; '.join(parts)}. `pii.corpus`, "
        "`pii.finetune` and `pii.by_type` say `keep`; `mask` or `surrogate` takes it out."
    )
    return Advice(KEPT, text)


def kept_in(pii: Pii, how: str) -> list[str]:
    """Return the types that a product, whose rule is `how`, publishes as they were written."""
    return sorted(kind for kind in pii.wanted() if pii.by_type.get(kind, how) == _KEEP)


def _lowered(flow: Flow) -> Advice | None:
    """Return what a file that lay in the folder, and may be anybody's, lowers."""
    said = list(lowered(flow.settings))
    if not said:
        return None
    text = (
        f"the workspace's own `{flow.workspace.inferred.name}` lowers what is done by default: "
        f"{'; '.join(said)}. Whoever may write there may have written that; if it was not you, remove "
        "the file and run again."
    )
    return Advice(LOWERED, text)


def lowered(settings: PipelineSettings) -> Iterator[str]:
    """Yield each key that protects less than its default does, with both values."""
    yield from _pii_lowered(settings.pii)
    for name, most in _limits():
        value = getattr(settings.gates, name)
        if value is not None and value > most:
            yield f"gates.{name} {value:g}, not {most:g}"
    if not settings.gates.empty_corpus:
        yield "gates.empty_corpus false, not true"
    if settings.risks.threshold > Risks().threshold:
        yield f"risks.threshold {settings.risks.threshold:g}, not {Risks().threshold:g}"
    if settings.risks.injection != Risks().injection:
        yield f"risks.injection {settings.risks.injection}, not {Risks().injection}"
    for name in ("hidden", "encoding"):
        value, usual = getattr(settings.edits, name), getattr(EditSettings(), name)
        if value != usual:
            yield f"edits.{name} {value}, not {usual}"


def _limits() -> Iterator[tuple[str, float]]:
    yield from DEFAULTS.items()
    yield from ((name, getattr(Gates(), name)) for name in ("yield_drop", "pii_found", "leaks"))


def _pii_lowered(pii: Pii) -> Iterator[str]:
    for product in ("corpus", "finetune"):
        if getattr(pii, product) == _KEEP:
            yield f"pii.{product} keep, not {getattr(Pii(), product)}"
    kept = sorted(kind for kind, how in pii.by_type.items() if how == _KEEP)
    if kept:
        yield f"pii.by_type keep: {_named(kept)}"
    for name in ("entities", "phone_regions"):
        usual, held = getattr(Pii(), name), getattr(pii, name)
        left = [one for one in usual if one not in held]
        if left:
            yield f"pii.{name} without {_named(left)}"


def _named(kinds: Sequence[str]) -> str:
    more = len(kinds) - _MOST_NAMED
    return ", ".join(kinds[:_MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
