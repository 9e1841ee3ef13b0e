"""The exports whose shape is known by name, the ones that are told apart by more keys first."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from curate.parsers.records.articles import ARTICLE, FAQ, SERVICENOW_KB
from curate.parsers.records.desks import INTERCOM, TICKETS, ZENDESK
from curate.parsers.records.talks import CHAT, SLACK, TEAMS
from curate.parsers.records.trackers import JIRA, SERVICENOW_INCIDENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.parsers.records.shape import Shape

_KNOWN = (
    *(SLACK, TEAMS, INTERCOM, JIRA, SERVICENOW_KB, SERVICENOW_INCIDENT),
    *(ZENDESK, TICKETS, CHAT, FAQ, ARTICLE),
)
SHAPES: Mapping[str, Shape] = MappingProxyType({shape.name: shape for shape in _KNOWN})
