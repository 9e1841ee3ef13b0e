"""Running a record stage once a text, however many documents hold that text."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    items = list(more)
    for document in found:
        if document.rejected or document.text_digest in keys:
            continue
        inputs: list[Known] = [getattr(document, name) for name in reads]
        key = made.key(*(known.digest for known in inputs))
        keys[document.text_digest] = key
        refs = tuple(known.ref for known in inputs)
        items.append(Item(key, refs, document.source.size + 1))
    results = flow.run(made, items)
    for document in found:
        if document.rejected or not (code := results.code(keys[document.text_digest])):
            continue
        if failed is None or not failed(document, code):
            document.reject(made.name, code)
    known = {digest: results.known(key) for digest, key in keys.items()}
    return {digest: value for digest, value in known.items() if value and not value.code}
