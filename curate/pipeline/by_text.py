"""Running a record stage once a text, however many documents hold that text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.engine.record import Work
from curate.engine.work import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from curate.engine.recipe import Recipe
    from curate.pipeline.documents import Document
    from curate.pipeline.flow import Flow
    from curate.store.memo import Known


def by_text(
    flow: Flow,
    made: Recipe,
    found: Sequence[Document],
    *reads: str,
    more: Iterable[Item] = (),
    failed: Callable[[Document, str], bool] | None = None,
) -> Mapping[bytes, Known]:
    """Run a stage and return its results by text digest; documents on which it failed are rejected.

    Args:
        flow: The run.
        made: The stage.
        found: The documents; those rejected before are passed over.
        reads: The attributes of a document that hold the stage's inputs, in its parameters' order.
        more: Further pieces of work of that stage, looked up in its memo by their keys.
        failed: Hears of a document and the code of its failure, and tells whether it is dealt with.
    """
    keys: dict[bytes, bytes] = {}
    firsts: dict[bytes, Document] = {}
    for document in found:
        if not document.rejected and document.text_digest not in keys:
            key = made.key(*(getattr(document, name).digest for name in reads))
            keys[document.text_digest] = key
            firsts[key] = document
    others = {item.key: item for item in more}

    def item(key: bytes) -> Item:
        if key in others:
            return others[key]
        inputs: list[Known] = [getattr(firsts[key], name) for name in reads]
        return Item(key, tuple(known.ref for known in inputs), firsts[key].source.size + 1)

    results = flow.bring(made, Work(dict.fromkeys((*others, *firsts)), item))
    for document in found:
        if document.rejected or not (code := results.code(keys[document.text_digest])):
            continue
        if failed is None or not failed(document, code):
            document.reject(made.name, code)
    known = {digest: results.known(key) for digest, key in keys.items()}
    return {digest: value for digest, value in known.items() if value and not value.code}
