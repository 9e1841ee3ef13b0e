"""What mark-up says about an element: quoted, signature, beginning of a quotation, hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_OPENERS = re.compile(
    r"^(?:x_)*(?:divrplyfwdmsg|olk_src_body_section|appendonsend|stopspelling|zwchr|yahoo_quoted|"
    r"mail-editor-reference-message-container|ms-outlook-mobile-reference-message|"
    r"moz-email-headers-table|zmail_extra|protonmail_quote|"
    r"outlookmessageheader|replyforwardmessageheader|origbody|quotedcontent)",
    re.IGNORECASE,
)
_ANNOUNCING = re.compile(r"^(?:x_)*(?:moz-cite-prefix|gmail_attr)$", re.IGNORECASE)
_QUOTES = re.compile(r"^(?:x_)*(?:yahoo_quoted|protonmail_quote)$", re.IGNORECASE)
_SIGNATURES = re.compile(
    r"^(?:x_)*(?:gmail_signature(?:_prefix)?|moz-signature|signature|applemailsignature|"
    r"ms-outlook-mobile-signature|protonmail_signature_block|yahoo-signature|zimbra-signature|"
    r"ydp\w*signature)$",
    re.IGNORECASE,
)
_HIDING = (
    ("display_none", re.compile(r"display:none")),
    ("visibility_hidden", re.compile(r"visibility:(?:hidden|collapse)")),
    ("opacity_zero", re.compile(r"(?<![-\w])opacity:0(?:\.0+)?(?![.\d])")),
    ("font_size_zero", re.compile(r"font-size:0(?:\.\d+)?(?:px|pt|em|rem|%)?(?=;|$|!)")),
    ("display_none", re.compile(r"mso-hide:all")),
    ("display_none", re.compile(r"max-height:0(?:px)?(?=;|$|!).*overflow:hidden")),
    ("display_none", re.compile(r"overflow:hidden.*max-height:0(?:px)?(?=;|$|!)")),
    ("text_indent", re.compile(r"text-indent:-\d{3,}")),
    ("off_screen", re.compile(r"(?:left|top):-\d{3,}")),
)
_WHITE = re.compile(
    r"(?<![-\w])color:(?:#fff(?:fff)?|white|transparent|rgba?\(255,255,255)(?![\w])"
)
_WHITES = frozenset({"#ffffff", "#fff", "white"})
_GROUND = re.compile(r"background(?:-color|-image)?:(?!(?:#fff(?:fff)?|white|transparent|none)\b)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_AT_RULE = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\.([\w-]+)\s*$")
_LONGEST_STYLE = 200_000


@dataclass(frozen=True, slots=True)
class Marks:
    """What holds for an element and everything in it; `opens` for its beginning alone."""

    quoted: bool = False
    signature: bool = False
    hidden: str = ""
    opens: bool = False
    announces: bool = False  # all its text announces a quotation
    grounded: bool = False  # a background stands behind it, so that white text may be seen


def read_marks(node: LexborNode, outer: Marks, hidden_names: dict[str, str]) -> Marks:
    """Return the marks of an element within one that has the marks `outer`."""
    attributes = node.attributes
    quoted = outer.quoted or node.tag == "blockquote"
    if not attributes:
        return replace(outer, quoted=quoted, opens=False)
    names = [*(attributes.get("class") or "").split(), attributes.get("id") or ""]
    style = "".join((attributes.get("style") or "").split()).lower()
    grounded = outer.grounded or "bgcolor" in attributes or bool(_GROUND.search(style))
    hidden = outer.hidden or _hidden(attributes, style)
    if not hidden and hidden_names:
        ways = (hidden_names.get(name.casefold(), "") for name in names)
        hidden = next(filter(None, ways), "")
    if not hidden and not grounded and _is_white(attributes, style):
        hidden = "same_colour"
    return Marks(
        quoted=quoted or any(map(_QUOTES.match, names)),
        signature=outer.signature or any(map(_SIGNATURES.match, names)),
        hidden=hidden,
        opens=not outer.quoted and _opens(node, names),
        announces=outer.announces or any(map(_ANNOUNCING.match, names)),
        grounded=grounded,
    )


def hidden_classes(root: LexborNode) -> dict[str, str]:
    """Return the classes that the page's own style sheets hide on every screen, with the way."""
    found: dict[str, str] = {}
    for sheet in root.css("style"):
        text = _AT_RULE.sub("", sheet.text()[:_LONGEST_STYLE])
        for selectors, rules in _RULE.findall(text):
            if way := _way("".join(rules.split()).lower()):
                found.update(dict.fromkeys(_classes(selectors), way))
    return found


def _classes(selectors: str) -> list[str]:
    matches = map(_CLASS.search, selectors.split(","))
    return [match.group(1).casefold() for match in matches if match]


def _way(style: str) -> str:
    return next((name for name, rule in _HIDING if rule.search(style)), "")


def _hidden(attributes: dict[str, str | None], style: str) -> str:
    if "hidden" in attributes:
        return "display_none"
    return _way(style) if style else ""


def _is_white(attributes: dict[str, str | None], style: str) -> bool:
    return bool(_WHITE.search(style)) or (attributes.get("color") or "").lower() in _WHITES


def _opens(node: LexborNode, names: list[str]) -> bool:
    if any(map(_OPENERS.match, names)):
        return True
    return node.tag == "hr" and node.attributes.get("tabindex") == "-1"
