"""Running a record stage once a text, however many documents hold that text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.engine.record import Work
from curate.engine.work import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from curate.engine.recipe import Recipe
    from curate.pipeline.flow import Flow
    from curate.pipeline.intake.documents import Document
    from curate.store.memo import Known
    from curate.tables.courses import Course


@dataclass(slots=True)
class Brought:
    """What a stage came to: its results for texts whose courses had none, and why it failed on others.

    `failed` holds reason codes by text.
    """

    fresh: list[tuple[Course, Known]] = field(default_factory=list)
    failed: dict[bytes, str] = field(default_factory=dict)


def courses_of(documents: Iterable[Document]) -> list[Course]:
    """Return the courses of documents that are not rejected, each once."""
    courses = (d.course for d in documents if d.course is not None and not d.rejected)
    return list({course.text: course for course in courses}.values())


def by_text(
    flow: Flow, made: Recipe, courses: Collection[Course], *reads: str, more: Work | None = None
) -> Brought:
    """Run a stage on the texts whose courses do not know its result, and let them know it.

    Args:
        flow: The run.
        made: The stage.
        courses: The texts.
        reads: The stages whose results it reads, in its parameters' order.
        more: Further pieces of work of that stage.
    """
    name = made.name
    lacking = [course for course in courses if not course.has(name)]
    keys = _keys(flow, made, lacking, reads)
    firsts = dict(
        zip(reversed(keys), reversed(lacking), strict=True)
    )  # equal keys: the first one's

    def item(key: bytes) -> Item:
        if key not in firsts:
            assert more is not None, "keys are those of texts, or of further pieces"
            return more.item(key)
        course = firsts[key]
        refs = tuple(flow.memos[stage][course.key(stage)].ref for stage in reads)
        return Item(key, refs, course.size + 1)

    others = more.keys if more else ()
    held = len(courses) - len(lacking)
    results = flow.bring(made, Work(dict.fromkeys((*others, *keys)), item, held))
    brought = Brought()
    for course, key in zip(lacking, keys, strict=True):
        known = results.known(key)
        if known is None or known.code:
            brought.failed[course.text] = results.code(key)
        else:
            course.put(name, key)
            brought.fresh.append((course, known))
    flow.use(name, [course.key(name) for course in courses])
    return brought


def _keys(
    flow: Flow, made: Recipe, courses: Collection[Course], reads: Collection[str]
) -> list[bytes]:
    """Return the memo key of a stage for each text, from the digests of what it reads."""
    digests = [flow.digests(stage, courses) for stage in reads]
    return [made.key(*parts) for parts in zip(*digests, strict=True)] if courses else []


def reject_failed(
    documents: Iterable[Document],
    stage: str,
    failed: Mapping[bytes, str],
    *,
    spared: Callable[[Document, str], bool] | None = None,
) -> None:
    """Reject the documents on whose texts a stage failed.

    Args:
        documents: Those of the run.
        stage: Its name.
        failed: Reason codes by text.
        spared: Hears of a document and its code, and tells whether that is dealt with.
    """
    if not failed:
        return
    for document in documents:
        code = "" if document.rejected else failed.get(document.text_digest, "")
        if code and not (spared and spared(document, code)):
            document.reject(stage, code)
