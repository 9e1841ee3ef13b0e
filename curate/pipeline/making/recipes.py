"""The record stages of a run, each made ready with its settings and tools."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from curate import ids
from curate.config import fingerprint
from curate.engine.work import Tool
from curate.pipeline.tools import (
    finder_tool,
    ids_tool,
    policy,
    pseudonyms_tool,
    tokens_of,
    tokens_tool,
)
from curate.stages.chunk import CorpusPolicy, chunk
from curate.stages.edit import edit
from curate.stages.find_pii import find_pii
from curate.stages.mine import Wording, mine
from curate.stages.scan import scan
from curate.stages.sign import sign
from curate.stages.verify import verify_chunks, verify_drafts
from curate.tables.courses import STAGES

if TYPE_CHECKING:
    from curate.engine.recipe import Recipe
    from curate.pipeline.flow import Flow

_FORMAT = "1"  # raised when equal results give other courses


def scanning(flow: Flow) -> Recipe:
    """Return the stage that looks for hidden text and planted orders."""
    return flow.recipe(scan)


def finding(flow: Flow) -> Recipe:
    """Return the stage that finds personal data."""
    return flow.recipe(find_pii, tools={"finder": finder_tool(flow)})


def signing(flow: Flow) -> Recipe:
    """Return the stage that makes signatures."""
    return flow.recipe(sign, tools={"ids_key": ids_tool(flow)})


def editing(flow: Flow) -> Recipe:
    """Return the stage that says what of a text is dropped and replaced."""
    tools = {"pseudonyms": pseudonyms_tool(flow)}
    return flow.recipe(edit, settings=flow.settings.edits, tools=tools)


def chunking(flow: Flow) -> Recipe:
    """Return the stage that cuts a text."""
    corpus = policy(flow, flow.settings.pii.corpus)
    tools = {
        "tokens": tokens_tool(flow),
        "policy": Tool(CorpusPolicy, (corpus,), repr(corpus)),
        "ids_key": ids_tool(flow),
        "pseudonyms": pseudonyms_tool(flow),
    }
    return flow.recipe(chunk, settings=flow.settings.chunks, tools=tools)


def mining(flow: Flow) -> Recipe:
    """Return the stage that mines one document."""
    return flow.recipe(mine, settings=flow.settings.mining, tools={"wording": wording(flow)})


def wording(flow: Flow) -> Tool:
    """Return the tool that turns drafts into rows."""
    pii = flow.settings.pii
    corpus, finetune = policy(flow, pii.corpus), policy(flow, pii.finetune)
    tokens = tokens_of(flow)
    own = "".join(_source_digest(name) for name in flow.settings.mining.own_modules())
    version = f"{corpus!r} {finetune!r} {flow.keys.version()} {tokens.version} {own}"
    keys = (flow.keys.pseudonyms, flow.keys.ids)
    return Tool(Wording, (corpus, finetune, *keys, tokens), version)


def _source_digest(module: str) -> str:
    """Return the digest of a user's module, so that an edited extractor runs again."""
    spec = find_spec(module)
    assert spec is not None, "modules are looked for before anything runs"
    assert spec.origin is not None, "modules are looked for before anything runs"
    return ids.digest("module", Path(spec.origin).read_bytes()).hex()


def verifying_chunks(flow: Flow) -> Recipe:
    """Return the second search of what the corpus shows."""
    shown = policy(flow, flow.settings.pii.corpus)
    return flow.recipe(verify_chunks, tools={"finder": finder_tool(flow, shown=shown)})


def verifying_drafts(flow: Flow) -> Recipe:
    """Return the second search of what examples show."""
    shown = policy(flow, flow.settings.pii.finetune)
    return flow.recipe(verify_drafts, tools={"finder": finder_tool(flow, shown=shown)})


def of_texts(flow: Flow) -> dict[str, Recipe]:
    """Return by name the stages that a text goes through, in their order."""
    made = (
        scanning, finding, signing, editing, chunking, mining, verifying_chunks, verifying_drafts,
    )  # fmt: skip
    return {name: one(flow) for name, one in zip(STAGES, made, strict=True)}


def version(flow: Flow, recipes: dict[str, Recipe]) -> bytes:
    """Return the digest of everything that courses depend on beside their texts."""
    how = [recipe.digest for recipe in recipes.values()]
    return ids.digest("courses", _FORMAT, fingerprint(flow.settings.risks), *how)
