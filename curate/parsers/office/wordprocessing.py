"""Names of the wordprocessing vocabulary that several modules share, and its yes and no."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VAL: Final = W + "val"

_AUXILIARY: Final = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
# What wraps blocks or cells without adding anything to them.
TRANSPARENT: Final = frozenset(
    {W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag",
     _AUXILIARY + "sect", _AUXILIARY + "sub-section", _AUXILIARY + "pBdrGroup"}
)  # fmt: skip


def is_on(node: etree._Element | None) -> bool:
    """Tell whether a toggle is there and not switched off."""
    return node is not None and node.get(VAL, "1") not in {"0", "false", "off", "none"}


def chosen(node: etree._Element) -> etree._Element | None:
    """Return the one of several equal contents that is shown; each repeats the others."""
    choice = node.find(MC + "Choice")
    return choice if choice is not None and len(choice) else node.find(MC + "Fallback")
