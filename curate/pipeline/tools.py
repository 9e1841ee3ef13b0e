"""The tools that stages are given, as the pipeline file and the workspace's keys set them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.config import fingerprint
from curate.engine.work import Tool
from curate.pii import Finder, FinderSettings
from curate.pii.finder import finder_version
from curate.stages.chunk import IdKey
from curate.stages.edit import PseudonymKey
from curate.text.render import Policy, Treatment
from curate.text.tokens import Tokens, placed, warmed

if TYPE_CHECKING:
    from curate.pipeline.flow import Flow


def finder_tool(flow: Flow, *, shown: Policy | None = None) -> Tool:
    """Return the tool that finds personal data; with a policy, not the types that it keeps."""
    values = flow.settings.pii.model_dump(include=set(FinderSettings.model_fields))
    if shown is not None:
        wanted = (
            kind for kind in values["entities"] if shown.treatment(kind) is not Treatment.KEEP
        )
        values["entities"] = tuple(wanted)
    settings = FinderSettings.model_validate(values)
    return Tool(Finder, (settings,), f"{finder_version()} {fingerprint(settings).hex()}")


def ids_tool(flow: Flow) -> Tool:
    """Return the key for ids; its version never changes within a workspace."""
    return Tool(IdKey, (flow.keys.ids,), "1")


def pseudonyms_tool(flow: Flow) -> Tool:
    """Return the key for surrogates and digests of values."""
    return Tool(PseudonymKey, (flow.keys.pseudonyms,), flow.keys.version())


def tokens_tool(flow: Flow) -> Tool:
    """Return the tool that counts in the vocabulary that the pipeline file names."""
    tokens = tokens_of(flow)
    return Tool(warmed, (tokens.name,), tokens.version)


def tokens_of(flow: Flow) -> Tokens:
    """Return the counter of the vocabulary that the pipeline file names."""
    return Tokens(placed(flow.settings.chunks.tokens, flow.base))


def policy(flow: Flow, how: str) -> Policy:
    """Return what becomes of personal data in a product."""
    by_type = sorted(flow.settings.pii.by_type.items())
    return Policy(Treatment(how), tuple((kind, Treatment(value)) for kind, value in by_type))
