"""Mine: documents and threads to drafts, rendered as the fine-tuning set shows them.

A draft's words are spans of canonical text; they are rendered here with surrogates, and each span
of its evidence is found again in the rendered chunks of its document, so that an example points at
slices that readers of the corpus see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from pydantic import field_validator

from curate import ids
from curate.config import Settings
from curate.errors import did_you_mean
from curate.mining import (
    EXTRACTORS,
    Draft,
    Extractor,
    Piece,
    Source,
    Span,
    Visible,
    acronyms,
    mine_thread,
)
from curate.mining import mine as mine_document
from curate.mining.apart import by_title
from curate.mining.registry import blamed
from curate.mining.terms import names_of
from curate.stage import stage
from curate.stages.chunk import View, masks
from curate.stages.separate import runs_of
from curate.tables.chunks import Body
from curate.tables.edits import Edit, EditAction
from curate.tables.examples import Anchor, DraftRow, Message, Stand
from curate.tables.parsed import Parsed
from curate.text.edits import of_field
from curate.text.render import Policy, Treatment
from curate.text.tokens import Tokens


class Mining(Settings):
    """Which extractors run: names, `default` for all, `module:function` for one's own."""

    extractors: tuple[str, ...] = ("default",)
    threads: bool = True

    @field_validator("extractors")
    @classmethod
    def _are_known(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        known = ["default", *(extractor.source.name for extractor in EXTRACTORS)]
        for name in names:
            if ":" not in name and name not in known:
                message = f"{name} is no extractor. {did_you_mean(name, known)}"
                raise ValueError(message)
        return names

    def own_modules(self) -> tuple[str, ...]:
        """Return the modules that extractors of the user's come from."""
        return tuple(sorted({name.partition(":")[0] for name in self.extractors if ":" in name}))


@dataclass(frozen=True, slots=True)
class FinetunePolicy:
    """What becomes of personal data in examples."""

    policy: Policy


@dataclass(frozen=True, slots=True)
class Held:
    """One document of a thread: its text, its edits, its chunks."""

    parsed: Parsed
    edits: tuple[Edit, ...]
    bodies: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything that turns drafts into rows."""

    corpus: Policy
    finetune: Policy
    pseudonyms: bytes
    ids_key: bytes
    tokens: Tokens


@stage(version=16, grain="record")
def mine(
    parsed: Parsed,
    edits: tuple[Edit, ...],
    bodies: tuple[Body, ...],
    *,
    settings: Mining,
    wording: Wording,
) -> Iterator[DraftRow]:
    """Yield the drafts of one document."""
    found = mine_document(
        parsed,
        dropped=drops(edits),
        replaced=_replaced(edits, wording.finetune),
        extractors=extractors(settings),
    )
    renderer = _Renderer((Held(parsed, edits, bodies),), wording)
    yield from (renderer.row(draft) for draft in found)


@stage(version=16, grain="record")
def mine_threads(held: tuple[Held, ...], *, wording: Wording) -> Iterator[DraftRow]:
    """Yield the drafts of one conversation, its documents given in an order of their own."""
    dropped = [drops(one.edits) for one in held]
    renderer = _Renderer(held, wording)
    for draft in mine_thread([one.parsed for one in held], dropped):
        yield renderer.row(draft)


def drops(edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """Return the spans of text that edits drop."""
    own = of_field(edits, "text")
    return [(edit.start, edit.end) for edit in own if edit.action is EditAction.DROP]


def _replaced(edits: Sequence[Edit], policy: Policy) -> list[tuple[int, int]]:
    """Return the spans of text that a policy shows as something else."""
    own = [edit for edit in of_field(edits, "text") if edit.action is EditAction.REPLACE]
    return [(e.start, e.end) for e in own if policy.treatment(e.type) is not Treatment.KEEP]


def extractors(settings: Mining) -> tuple[Extractor, ...]:
    """Return the extractors that the settings name, one's own loaded from their modules."""
    known = {extractor.source.name: extractor for extractor in EXTRACTORS}
    chosen: list[Extractor] = []
    for name in settings.extractors:
        if name == "default":
            chosen.extend(EXTRACTORS)
        else:
            chosen.append(known.get(name) or _own(name))
    return tuple(dict.fromkeys(chosen))


def _own(name: str) -> Extractor:
    """Return an extractor of the user's: a function of (document, visible) that yields drafts."""
    module, _, function = name.partition(":")
    with blamed(name):
        loaded = getattr(import_module(module), function)
    return Extractor(Source(function, "custom", 0.7), loaded, name)


def _made_up(
    question: tuple[str, Sequence[Stand]], answer: tuple[str, Sequence[Stand]]
) -> tuple[str, ...]:
    """Return the flaw of an answer that states a made-up value as a fact.

    A value that the question gives is no fact that the answer teaches.
    """
    told, stands = answer
    values = [told[stand.start : stand.end] for stand in stands]
    return ("replaced_value",) if any(value not in question[0] for value in values) else ()


class _Renderer:
    """Turns drafts of documents that were mined together into rows."""

    def __init__(self, held: Sequence[Held], wording: Wording) -> None:
        self._held = held
        self._wording = wording

    def row(self, draft: Draft) -> DraftRow:
        question, question_masks = self._side(draft.question, message=0)
        answer, answer_masks = self._side(draft.answer, message=1)
        titled, titled_masks = self._titled(draft, question)
        asked, answered = self._wording.tokens.counts([question, answer])
        return DraftRow(
            task=draft.task,
            extractor=draft.extractor,
            template=draft.template,
            messages=(Message("user", question), Message("assistant", answer)),
            evidence=tuple(anchor for span in draft.evidence for anchor in self._anchors(span)),
            content_keys=tuple(self._content(draft, span) for span in draft.evidence),
            question_key=self._key("question", question),
            answer_key=self._key("answer", answer),
            titled=titled,
            titled_key=self._key("question", titled),
            teaches=draft.teaches.value,
            score=draft.score,
            flaws=(*draft.flaws, *_made_up((question, question_masks), (answer, answer_masks))),
            masked=(*question_masks, *answer_masks, *titled_masks),
            tokens=asked + answered,
            answer_tokens=answered,
            runs=runs_of(answer).astype("<u8").tobytes(),
            term_keys=self._terms(draft),
        )

    def _titled(self, draft: Draft, question: str) -> tuple[str, tuple[Stand, ...]]:
        """Return the question led by its document's title, if that makes it another question.

        An acronym stands for the same wherever it is introduced: no title makes a rival right.
        """
        if len(self._held) > 1 or draft.extractor == acronyms.SOURCE.name:
            return "", ()
        held = self._held[0]
        led = by_title(draft, Visible(held.parsed, drops(held.edits)))
        text, stands = self._side(led.question, message=2)
        return ("", ()) if text == question else (text, stands)

    def _side(self, pieces: Sequence[Piece], *, message: int) -> tuple[str, tuple[Stand, ...]]:
        """Return one message and the spans of it that stand for something else."""
        text = ""
        stands: list[Stand] = []
        for piece in pieces:
            if isinstance(piece, str):
                text += piece
                continue
            shown = self._view(piece.document, piece.field).exactly(piece.start, piece.end)
            stands.extend(
                Stand(message, mask.start, mask.end) for mask in masks(shown, offset=len(text))
            )
            text += shown.text
        lead = len(text) - len(text.lstrip())
        moved = tuple(Stand(s.message, s.start - lead, s.end - lead) for s in stands)
        return text.strip(), moved

    def _view(self, document: int, field: str) -> View:
        held = self._held[document]
        text = held.parsed.text if field == "text" else held.parsed.title
        wording = self._wording
        return View(text, of_field(held.edits, field), wording.finetune, wording.pseudonyms)

    def _anchors(self, span: Span) -> Iterator[Anchor]:
        """Yield where a span of evidence lies in the rendered chunks of its document."""
        held = self._held[span.document]
        view = View(
            held.parsed.text,
            of_field(held.edits, "text"),
            self._wording.corpus,
            self._wording.pseudonyms,
        )
        for number, body in enumerate(held.bodies):
            low, high = max(span.start, body.start), min(span.end, body.end)
            if low < high:
                start, end = view.of(body.start, body.end).to_rendered(low, high)
                digest = ids.sha256(body.text[start:end])
                yield Anchor(span.document, low, high, number, start, end, digest)

    def _content(self, draft: Draft, span: Span) -> bytes:
        text = self._held[span.document].parsed.text[span.start : span.end]
        return ids.mac(self._wording.ids_key, "evidence", draft.task, " ".join(text.split()))

    def _terms(self, draft: Draft) -> tuple[bytes, ...]:
        term, _ = self._side(draft.defines, message=0)
        return tuple(self._key("term", name) for name in names_of(term)) if term else ()

    def _key(self, side: str, text: str) -> bytes:
        return ids.mac(self._wording.ids_key, side, " ".join(text.casefold().split()))
