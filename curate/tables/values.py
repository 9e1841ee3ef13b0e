"""What the JSON Schemas of published tables say of values beyond their types: ids, counts, shares."""

from __future__ import annotations

from typing import Annotated

from curate.tables.schema import Rule

_ID = "[0-7][0-9a-hjkmnp-tv-z]{25}"  # 128 bits, five a letter
_HEX = "[0-9a-f]{64}"

Natural = Annotated[int, Rule("minimum", 0)]
Page = Annotated[int, Rule("minimum", 1)]
Share = Annotated[float, Rule("minimum", 0), Rule("maximum", 1)]
Span = Annotated[tuple[int, ...], Rule("minItems", 2), Rule("maxItems", 2)]
Sha256 = Annotated[str, Rule("pattern", f"^{_HEX}$")]
Split = Annotated[str, Rule("pattern", "^(train|validation|test)$")]

ChunkId = Annotated[str, Rule("pattern", f"^c_{_ID}$")]
DocumentId = Annotated[str, Rule("pattern", f"^d_{_ID}$")]
ExampleId = Annotated[str, Rule("pattern", f"^e_{_ID}$")]
FindingId = Annotated[str, Rule("pattern", f"^f_{_ID}$")]
GroupId = Annotated[str, Rule("pattern", f"^g_{_ID}$")]
SectionId = Annotated[str, Rule("pattern", f"^s_{_ID}$")]
AnyId = Annotated[str, Rule("pattern", f"^[a-z]_{_ID}$")]

NoChunkId = Annotated[str, Rule("pattern", f"^(c_{_ID})?$")]
NoDocumentId = Annotated[str, Rule("pattern", f"^(d_{_ID})?$")]
NoGroupId = Annotated[str, Rule("pattern", f"^(g_{_ID})?$")]
NoVersionId = Annotated[str, Rule("pattern", f"^(v_{_ID})?$")]
NoPlaceId = Annotated[str, Rule("pattern", f"^(a_{_ID})?$")]
