"""Names of the OpenDocument vocabulary that several modules share."""

from __future__ import annotations

from typing import Final

_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE: Final = "{" + _ODF + "office:1.0}"
TEXT: Final = "{" + _ODF + "text:1.0}"
TABLE: Final = "{" + _ODF + "table:1.0}"
STYLE: Final = "{" + _ODF + "style:1.0}"
DRAW: Final = "{" + _ODF + "drawing:1.0}"
META: Final = "{" + _ODF + "meta:1.0}"
PRESENTATION: Final = "{" + _ODF + "presentation:1.0}"
CHART: Final = "{" + _ODF + "chart:1.0}"
MANIFEST: Final = "{" + _ODF + "manifest:1.0}"
FO: Final = "{" + _ODF + "xsl-fo-compatible:1.0}"
SVG: Final = "{" + _ODF + "svg-compatible:1.0}"
SCRIPT: Final = "{" + _ODF + "script:1.0}"
XLINK: Final = "{http://www.w3.org/1999/xlink}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
