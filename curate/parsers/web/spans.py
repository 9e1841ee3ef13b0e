"""Running text of Markdown: most of it by one pattern in one pass, the rest by the parser.

The pattern knows plain words, emphasis, code, and links without anything inside; where it meets
anything else, the whole run goes to markdown-it, and where that finds tags that could hide or carry
text, to the reader of web pages. All three give the same text for what the pattern knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.text.inline import Inline

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_SPECIAL = re.compile(r"[\\`*_\[\]<!&~\x0b]")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)\n[ \t]*")
_SOFT_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_WORDS = r"[^\\`*_\[\]<>!&~\n]"
_SIMPLE = re.compile(
    rf"(?P<plain>(?:{_WORDS}++|(?<=\w)_(?=\w)|!(?!\[)|&(?![#\w]+;)|<(?![a-zA-Z/!?])|>|~(?!~)"
    r"|(?<=\s)\*(?=\s))+)"
    rf"|(?<![*\w])\*\*(?![\s*])(?P<strong>{_WORDS}+)(?<!\s)\*\*(?!\*)"
    rf"|(?<!\*)\*(?![\s*])(?P<emphasis>{_WORDS}+)(?<!\s)\*(?!\*)"
    rf"|(?<![\w_])_(?![\s_])(?P<under>{_WORDS}+)(?<!\s)_(?![\w_])"
    r"|(?<!`)`(?P<code>[^`\n]+)`(?!`)"
    rf"|\[(?P<words>{_WORDS}+)\]\((?P<url>[^\s()<>\\\"'&]+)\)(?!\()"
    r"|\[\^(?P<note>[^\]\s]{1,60})\]"
)
_SPACED_IMAGE = re.compile(r"(!\[[^\]\n]*\]\()([^()\"'\n]* [^()\"'\n]*)\)")
_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,60})\]")
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)\s*/?>")
_ANY_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_BARE_TAGS = frozenset(
    [
        "b",
        "i",
        "u",
        "em",
        "strong",
        "small",
        "big",
        "sub",
        "kbd",
        "code",
        "samp",
        "var",
        "ins",
        "del",
        "s",
        "strike",
        "mark",
        "span",
        "font",
        "abbr",
        "cite",
        "tt",
        "wbr",
        "center",
        "p",
        "div",
        "nobr",
        "a",
        "summary",
        "details",
        "section",
        "dfn",
        "time",
    ]
)
_HTML_TAGS = _BARE_TAGS | frozenset(
    [
        "a",
        "abbr",
        "br",
        "hr",
        "img",
        "sup",
        "p",
        "div",
        "span",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "input",
        "label",
        "button",
        "svg",
        "path",
        "iframe",
        "video",
        "picture",
        "source",
        "figure",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "details",
        "summary",
        "section",
        "article",
        "script",
        "style",
        "ruby",
        "rt",
        "rp",
        "q",
        "bdo",
        "bdi",
        "data",
        "object",
        "embed",
    ]
)
_ROUGH = re.compile(r"!?\[([^\[\]]*)\]\([^\s()]*\)|\*{1,3}|`|</?[a-zA-Z][^<>]{0,200}>")
_BREAKS = {"hardbreak": "\n", "softbreak": " "}
_LONGEST_PARSED = 40_000  # characters; longer runs are no prose, and full parsing may be quadratic


def running_text(
    content: str,
    parser: MarkdownIt,
    *,
    env: dict[str, object],
    hide: Callable[[str, str], None],
) -> Inline:
    """Return a run of Markdown as text with links.

    Args:
        content: The source of the run.
        parser: The parser that is asked where the pattern does not suffice.
        env: What the parser keeps of this document: its link references.
        hide: Called with the way of hiding and the text, for what no reader sees.
    """
    if not _SPECIAL.search(content):
        return Inline(_SOFT_BREAK.sub(" ", _HARD_BREAK.sub("\x0b", content)).replace("\x0b", "\n"))
    simple = _simple(_SOFT_BREAK.sub(" ", _HARD_BREAK.sub("\x0b", content)))
    if simple is not None:
        return simple
    if len(content) > _LONGEST_PARSED:
        return Inline(_ROUGH.sub(lambda found: found[1] or "", content))
    return _parsed(content, parser, env=env, hide=hide)


def _simple(content: str) -> Inline | None:
    """Return the run if the pattern knows all of it."""
    run, reached = Inline(), 0
    for found in _SIMPLE.finditer(content):
        if found.start() != reached:
            return None
        reached, kind = found.end(), found.lastgroup or ""
        if kind == "url":
            run.add(found["words"], url=found["url"])
        elif kind == "note":
            run.add(f"[{found['note']}]")
        else:
            run.add(found[kind].replace("\x0b", "\n"))
    return run if reached == len(content) else None


def _parsed(
    content: str,
    parser: MarkdownIt,
    *,
    env: dict[str, object],
    hide: Callable[[str, str], None],
) -> Inline:
    tokens: list[Token] = []
    if "![" in content:
        content = _SPACED_IMAGE.sub(
            lambda found: found[1] + found[2].replace(" ", "%20") + ")", content
        )
    parser.inline.parse(content, parser, env, tokens)
    if any(_needs_page(token) for token in tokens if token.type == "html_inline"):
        from curate.parsers.web.html import inline_fragment

        for token in tokens:
            if _is_text(token):
                token.type = "text"
        html = parser.renderer.render(tokens, parser.options, env)
        run, hidden = inline_fragment(html)
        for detail, text in hidden:
            hide(detail, text)
        return run
    return _joined(tokens, hide)


def _is_text(token: Token) -> bool:
    """Tell whether a token shows what it holds: an escaped sign, a word in angle brackets.

    The renderer knows neither and would write a tag without a name.
    """
    placeholder = token.type == "html_inline" and _is_placeholder(token.content)
    return placeholder or token.type == "text_special"


def _needs_page(token: Token) -> bool:
    """Tell whether a tag could hide or carry text, beyond marking it."""
    name, bare = _ANY_TAG.match(token.content), _TAG_NAME.fullmatch(token.content)
    if name is None or name[1].lower() not in _HTML_TAGS:
        return False
    return not bare or name[1].lower() not in _BARE_TAGS | {"br"}


def _joined(tokens: list[Token], hide: Callable[[str, str], None]) -> Inline:
    run, open_links = Inline(), list[tuple[int, str]]()
    for token in tokens:
        if token.type == "link_open":
            open_links.append((run.mark(), str(token.attrGet("href") or "")))
        elif token.type == "link_close":
            start, url = open_links.pop()
            run.link(start, url)
        elif token.type == "image":
            hide("alt_text", token.content)
        else:
            run.add(_words(token, hide))
    return run


def _words(token: Token, hide: Callable[[str, str], None]) -> str:
    if token.type == "text":
        return _NOTE_MARK.sub(r"[\1]", token.content)
    if token.type == "html_inline":
        return _words_of_tag(token.content, hide)
    return _BREAKS.get(token.type, token.content)


def _words_of_tag(tag: str, hide: Callable[[str, str], None]) -> str:
    """Return what a tag in running text shows: a break, nothing, or itself as a placeholder."""
    if tag.startswith("<!--"):
        hide("html_comment", tag[4:-3])
        return ""
    if _is_placeholder(tag):
        return tag
    return "\n" if tag[1:3].lower() == "br" else ""


def _is_placeholder(tag: str) -> bool:
    """Tell whether something in angle brackets is a word to fill in rather than a tag."""
    name = _ANY_TAG.match(tag)
    if name is None or name[1].lower() in _HTML_TAGS:
        return False
    return not tag.endswith("/>") and not tag.startswith("</") and "=" not in tag
