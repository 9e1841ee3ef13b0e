"""What style declarations say about whether a reader sees an element.

Only inline styles and simple rules of the page's own style sheets (a tag, a class, an id) are read:
these are what text is hidden with in mails, exports and pages made to mislead a machine. What is
inherited (colour, size, visibility) is judged where the text stands, so that a child that sets its
own is seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.parsers.web.dom import Node

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)

_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")
_BRACES = re.compile(r"[^{}]*[{}]")
_CSS_COMMENT = re.compile(r"/\*.*?\*/|/\*.*", re.DOTALL)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#][\w-]+)?")
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*([a-z%]*)")
_HEX = re.compile(r"#([0-9a-f]{3,8})\b")
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+(\d*\.?\d+)(%?))?\s*\)")
_NAMES: dict[str, Colour] = {
    "white": WHITE,
    "black": BLACK,
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "ghostwhite": (248, 248, 255),
    "floralwhite": (255, 250, 240),
    "mintcream": (245, 255, 250),
    "azure": (240, 255, 255),
    "whitesmoke": (245, 245, 245),
    "red": (255, 0, 0),
    "green": (0, 128, 0),
    "lime": (0, 255, 0),
    "blue": (0, 0, 255),
    "navy": (0, 0, 128),
    "yellow": (255, 255, 0),
    "orange": (255, 165, 0),
    "purple": (128, 0, 128),
    "gray": (128, 128, 128),
    "grey": (128, 128, 128),
    "silver": (192, 192, 192),
    "lightgray": (211, 211, 211),
    "lightgrey": (211, 211, 211),
    "darkgray": (169, 169, 169),
    "darkgrey": (169, 169, 169),
}
_TELLING = [
    "display",
    "visibility",
    "opacity",
    "font-size",
    "text-indent",
    "position",
    "left",
    "top",
    "right",
    "margin-left",
    "color",
    "background",
    "background-color",
    "clip",
    "clip-path",
    "max-height",
    "overflow",
    "mso-hide",
]
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 1.33,
    "em": 16.0,
    "rem": 16.0,
    "vw": 12.0,
    "vh": 8.0,
    "%": 10.0,
}
_FAR = -500.0  # pixels beyond which nothing reaches back onto the page
_TINY = 1.4  # pixels
_LEAST_CONTRAST = 1.15  # WCAG ratio; #eeeeee on white has 1.16
_MOST_APART = 48  # of 255, in any channel, for two colours to pass as one
_SR_ONLY = frozenset({"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text"})

Declarations = dict[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """What text inherits: its colour, the one behind it (None: unknown), size, visibility."""

    colour: Colour | None = BLACK
    behind: Colour | None = WHITE
    tiny: bool = False
    invisible: bool = False
    hidden: str = ""

    def judged(self) -> Look:
        """Return this look with the way it hides text, empty when it shows it."""
        if self.invisible:
            return replace(self, hidden="visibility_hidden")
        if self.tiny:
            return replace(self, hidden="font_size_zero")
        same = self.colour is not None and self.behind is not None
        hidden = same and _alike(self.colour or BLACK, self.behind or WHITE)
        return replace(self, hidden="same_colour" if hidden else "")


@dataclass(slots=True)
class Styles:
    """Simple rules of a page's style sheets, by selector."""

    rules: dict[str, Declarations] = field(default_factory=dict)

    def read(self, css: str) -> None:
        """Add the rules of a style sheet; what stands under a media query is left out."""
        for selectors, body in _rules(_CSS_COMMENT.sub("", css.lower())):
            told = declarations(body)
            for selector in selectors.split(",") if told else ():
                if _SIMPLE.fullmatch(selector.strip()):
                    self.rules.setdefault(selector.strip(), {}).update(told)

    def of(self, node: Node) -> Declarations:
        """Return what the rules and the element's own attributes declare."""
        found: Declarations = {}
        if self.rules:
            for key in _keys(node):
                found.update(self.rules.get(key, {}))
        if "bgcolor" in node.attributes:
            found["background-color"] = node.get("bgcolor").lower()
        if "color" in node.attributes:
            found["color"] = node.get("color").lower()
        if "style" in node.attributes:
            found.update(declarations(node.get("style").lower()))
        return found


def declarations(style: str) -> Declarations:
    """Return the telling properties of a lower-case declaration list."""
    return {
        name: value.replace("!important", "").strip()
        for name, value in _DECLARATION.findall(style)
        if name in _TELLING
    }


def hidden_by(told: Declarations, classes: Iterable[str] = ()) -> str:
    """Return the way in which an element is hidden with all that it holds, empty when it is not."""
    if not told:
        return "off_screen" if not _SR_ONLY.isdisjoint(classes) else ""
    if told.get("display") == "none" or told.get("mso-hide") == "all" or _squeezed(told):
        return "display_none"
    if _pixels(told.get("opacity", "1")) <= 0.02:  # noqa: PLR2004 (a share, no name says more)
        return "opacity_zero"
    if _pixels(told.get("text-indent", "0")) <= _FAR:
        return "text_indent"
    return "off_screen" if _off_screen(told) or not _SR_ONLY.isdisjoint(classes) else ""


def inherited(look: Look, told: Declarations) -> Look:
    """Return the look of text inside an element that declares this."""
    if told.keys().isdisjoint(_INHERITED):
        return look
    changed = look
    if "background" in told or "background-color" in told:
        changed = replace(changed, behind=_behind(told, look.behind))
    if told.get("color", "inherit") != "inherit":
        changed = replace(changed, colour=_colour(told["color"], look.behind))
    if "font-size" in told:
        changed = replace(changed, tiny=_is_tiny(told["font-size"]))
    if "visibility" in told:
        changed = replace(changed, invisible=told["visibility"] in {"hidden", "collapse"})
    return changed.judged()


_INHERITED = frozenset({"color", "background", "background-color", "font-size", "visibility"})


def _rules(css: str) -> Iterator[tuple[str, str]]:
    around: list[str] = []
    for piece in _BRACES.findall(css):
        if piece[-1] == "{":
            around.append(piece[:-1].rpartition(";")[2].strip())
        elif around:
            selectors = around.pop()
            if all(_applies(media) for media in around) and selectors[:1] != "@":
                yield selectors, piece[:-1]


def _applies(media: str) -> bool:
    return media in {"@media screen", "@media all", "@media only screen"} or media[:6] == "@layer"


def _keys(node: Node) -> Iterator[str]:
    yield node.tag
    names = [f".{name}" for name in node.get("class").lower().split()]
    if "id" in node.attributes:
        names.append(f"#{node.get('id').lower()}")
    for name in names:
        yield name
        yield node.tag + name


def _squeezed(told: Declarations) -> bool:
    return told.get("overflow") == "hidden" and _pixels(told.get("max-height", "9")) == 0


def _off_screen(told: Declarations) -> bool:
    if "rect(0" in told.get("clip", "") or "rect(1px" in told.get("clip", ""):
        return True
    if told.get("clip-path", "") in {"inset(50%)", "inset(100%)"}:
        return True
    if _pixels(told.get("margin-left", "0")) <= _FAR:
        return True
    placed = told.get("position") in {"absolute", "fixed", "relative"}
    return placed and any(_pixels(told.get(side, "0")) <= _FAR for side in ("left", "top", "right"))


def _pixels(value: str) -> float:
    length = _LENGTH.match(value)
    return float(length[1]) * _PIXELS.get(length[2], 1.0) if length else 1.0


def _is_tiny(size: str) -> bool:
    length = _LENGTH.match(size)
    if not length:
        return False
    share = length[2] == "%"
    return float(length[1]) <= 5 if share else _pixels(size) <= _TINY  # noqa: PLR2004 (per cent)


def _behind(told: Declarations, before: Colour | None) -> Colour | None:
    value = told.get("background-color") or told["background"]
    if "url(" in told.get("background", "") or "gradient" in told.get("background", ""):
        return None
    if value in {"none", "inherit", "transparent", "initial", "unset", ""}:
        return before
    return _colour(value, before)


@lru_cache(maxsize=512)
def _colour(value: str, behind: Colour | None) -> Colour | None:
    """Return a colour, None when it cannot be told; a transparent one is the colour behind."""
    if value == "transparent":
        return behind
    digits, channels = _HEX.search(value), _RGB.search(value)
    if digits:
        return _from_hex(digits[1])
    if channels:
        alpha = float(channels[4] or 1) / (100 if channels[5] else 1)
        red, green, blue = (min(int(channels[i][:4]), 255) for i in (1, 2, 3))
        return behind if alpha <= 0.05 else (red, green, blue)  # noqa: PLR2004 (a share)
    return next((_NAMES[word] for word in value.split() if word in _NAMES), None)


def _from_hex(digits: str) -> Colour | None:
    if len(digits) in {3, 4}:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) not in {6, 8}:
        return None
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def _alike(one: Colour, other: Colour) -> bool:
    if max(abs(a - b) for a, b in zip(one, other, strict=True)) > _MOST_APART:
        return False
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05) < _LEAST_CONTRAST


def _luminance(colour: Colour) -> float:
    """Return the relative luminance of WCAG 2."""
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 (sRGB)
