"""What is known of a page before it is read: styles, who controls what, what is furniture.

Furniture is told by three signs, weakest last: what an element is (`nav`, a role), what it is
called (its class or id), how much of its text is links. Names alone decide only where they can mean
nothing else, and nothing that holds half of the page's text is ever furniture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.parsers.web.style import Styles, hidden_by

if TYPE_CHECKING:
    from curate.parsers.web.dom import Node
    from curate.parsers.web.style import Declarations

_CONTROLS = ("aria-controls", "data-target", "data-bs-target")
_ROLES = frozenset(
    [
        "navigation",
        "search",
        "menu",
        "menubar",
        "contentinfo",
        "alertdialog",
        "toolbar",
        "tablist",
        "tooltip",
    ]
)
_SURE = re.compile(
    r"(?:^|[\s_-])(?:cookies?[_-]?(?:banner|consent|notice|bar|popup|modal|message|law|overlay)"
    r"|(?:gdpr|consent)[_-]?(?:banner|notice|bar|popup|modal|overlay)|breadcrumbs?|skip[_-]?(?:link|nav"
    r"|to|main|content)\S*|skiplinks?|pagination|mw-editsection|mw-jump-link|printfooter|catlinks"
    r"|navbox|(?:site|global|page|main)[_-]?(?:nav|navigation|menu)|navbar|share[_-]?(?:bar|buttons?"
    r"|links?|icons?|this)|social[_-]?(?:share|sharing|links?|icons?|media|buttons?)|back[_-]?to[_-]?top"
    r"|headerlink|anchorjs-link|copy(?:btn|[_-]button)|edit[_-](?:page|link|this)\S*|usa-banner)(?=\s|$)"
)
_LIKELY = re.compile(
    r"(?:^|[\s_-])(?:menu|nav|sidebar|toc|related|widgets?|footer|header|top-?bar|social|promo|share"
    r"|newsletter|subscribe|tags|pager|links|sitemap|recommend\w*|banner|subnav|utility)(?=[\s_-]|$)"
)
_OPENS = re.compile(
    r"(?:^|[\s_-])(?:collapse|collapsible|accordion|tab-?pane|panel|expand\w*|toggle\w*|answer|faq\w*"
    r"|spoiler|dropdown-content|tabpanel|reveal)(?=[\s_-]|$)"
)
_TOGGLE = re.compile(
    r"(?:^|[\s_-])(?:accordion|collaps\w*|toggle|faq|question|expand\w*)(?=[\s_-]|$)"
)
_NOT_TOGGLE = re.compile(
    r"(?:^|[\s_-])(?:navbar|menu|nav|hamburger|search|close|dropdown)(?=[\s_-]|$)"
)
_NO_INK = " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff"
_PERMALINKS = frozenset({"", "#", "¶", "§", "🔗", "[edit]", "edit", "link"})
_SKIP = re.compile(r"\s*(?:skip|jump) (?:to|the|navigation|over)\b", re.IGNORECASE)
_SECTIONS = frozenset(
    {"article", "main", "section", "blockquote", "details", "td", "figure", "dialog"}
)
_MOSTLY_LINKS = 0.5
_NEARLY_ALL_LINKS = 0.8


@dataclass(slots=True)
class Page:
    """Facts about the whole page; `keep_all` reads it without leaving furniture out."""

    root: Node
    styles: Styles = field(default_factory=Styles)
    controlled: set[str] = field(default_factory=set)
    has_main: bool = False
    headings: int = 0
    keep_all: bool = False

    def declared(self, node: Node) -> Declarations:
        """Return the telling style declarations of an element."""
        attributes = node.attributes
        if not self.styles.rules and not attributes:
            return {}
        return self.styles.of(node)

    def hidden(self, node: Node, told: Declarations, before: Node | None) -> str:
        """Return how an element is hidden with all it holds; what a script opens is not."""
        detail = hidden_by(told, node.get("class").lower().split() if node.attributes else ())
        if "hidden" in node.attributes or (node.tag == "dialog" and "open" not in node.attributes):
            detail = "display_none"
        elif not detail and node.get("aria-hidden").lower() == "true":
            detail = "aria_hidden" if 2 * node.size < self.root.size else ""
        if not detail or self._opens(node, before):
            return ""
        return (
            ""
            if node.tag in {"html", "body", "main"} or "mwe-math" in node.get("class")
            else detail
        )

    def _opens(self, node: Node, before: Node | None) -> bool:
        """Tell whether a script or a click shows this element."""
        if node.get("id") in self.controlled and node.get("id"):
            return True
        if node.get("hidden") == "until-found" or node.get("role") == "tabpanel":
            return True
        if _OPENS.search(_named(node)):
            return True
        return before is not None and (is_toggle(before) or _holds_toggle(before))

    def is_furniture(self, node: Node, *, in_main: bool) -> bool:
        """Tell whether an element is navigation, a banner or the like."""
        if self.keep_all or node.tag in {"html", "body", "main"} or 2 * node.size > self.root.size:
            return node.tag == "nav" and not self.keep_all and _links(node) > _NEARLY_ALL_LINKS
        if node.tag == "nav" or node.get("role").lower() in _ROLES:
            return True
        if node.tag == "a":
            return node.find("img") is None and _is_permalink(node)
        named = _named(node) if node.attributes else ""
        if named and _SURE.search(named):
            return node.tag not in {"h1", "h2", "h3"} or node.find("a") is not None
        return self._by_links(node, named, in_main=in_main)

    def _by_links(self, node: Node, named: str, *, in_main: bool) -> bool:
        links = _links(node)
        if node.tag == "aside" or (named and _LIKELY.search(named)):
            aside = node.tag == "aside" and not in_main
            return links > _MOSTLY_LINKS and (aside or not _is_one_link(node))
        listed = node.tag in {"ul", "ol"} and self.has_main and not in_main
        return listed and links > _NEARLY_ALL_LINKS


def survey(root: Node) -> Page:
    """Return what has to be known of a page before reading it."""
    page = Page(root)
    for node in root.elements():
        if node.tag == "style":
            page.styles.read("".join(child.text for child in node.children))
        elif node.tag == "main" or node.get("role") == "main":
            page.has_main = page.has_main or 4 * node.size > root.size
        elif node.tag == "h1":
            page.headings += 1
        if node.attributes:
            page.controlled.update(_controlled(node))
    return page


def is_toggle(node: Node) -> bool:
    """Tell whether a click on this element opens a text that belongs to it."""
    if node.tag == "summary":
        return True
    named = _named(node)
    if _NOT_TOGGLE.search(named) or node.get("aria-haspopup"):
        return False
    if node.tag not in {"button", "a"} and node.get("role") != "button":
        return node.tag != "div" and bool(_TOGGLE.search(named)) and "onclick" in node.attributes
    if node.tag == "a" and not node.get("href").startswith("#") and node.get("href"):
        return False
    told = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle")
    return any(name in node.attributes for name in told) or bool(_TOGGLE.search(named))


def is_page_frame(node: Node, around: tuple[str, ...]) -> bool:
    """Tell whether a header or footer is the page's own rather than that of an article."""
    if node.tag not in {"header", "footer"} and node.get("role") not in {"banner", "contentinfo"}:
        return False
    return _SECTIONS.isdisjoint(around)


def is_prose(node: Node) -> bool:
    """Tell whether less than half of an element's text is links."""
    return _links(node) <= _MOSTLY_LINKS


def _holds_toggle(node: Node) -> bool:
    """Tell whether an element is the visible head of an accordion."""
    if node.tag not in {"h1", "h2", "h3", "h4", "h5", "h6", "div", "dt", "p"} or node.size > 400:  # noqa: PLR2004
        return False
    return any(is_toggle(below) for below in node.every("button", "a", "span", "div"))


def _named(node: Node) -> str:
    return f"{node.get('class')} {node.get('id')}".lower()


def _links(node: Node) -> float:
    return node.linked / node.size if node.size else 0.0


def _is_one_link(node: Node) -> bool:
    """Tell whether the text is a heading or sentence that happens to be a link."""
    links = [link for link in node.every("a") if link.size]
    return len(links) == 1 and node.find("li") is None


def _is_permalink(node: Node) -> bool:
    if node.size > 40:  # noqa: PLR2004 (characters)
        return False
    text = node.inner_text().strip(_NO_INK)
    return "#" in node.get("href") and (text in _PERMALINKS or bool(_SKIP.match(text)))


def _controlled(node: Node) -> set[str]:
    found = {word.lstrip("#") for name in _CONTROLS for word in node.get(name).split()}
    if node.get("href").startswith("#") and is_toggle(node):
        found.add(node.get("href")[1:])
    if node.tag == "label":
        found.discard("")
    return found
