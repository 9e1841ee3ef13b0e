"""What stands in a Markdown file and is no text: front matter, templates, imports.

Front matter is read by a small parser of its own (keys, quoted values, lists), so that no YAML tag
or anchor of a stranger is ever followed. Template tags of site builders are resolved to the words
or address they carry, or left out and counted; code is never touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.parsers.web.meta import iso_date, short_language
from curate.tables.parsed import Field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FRONT = re.compile(
    r"\s*(---|\+\+\+)(?P<kind>\w{0,8})[ \t]*\n(.*?)(?:^|\n)(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_KEY = re.compile(r"([A-Za-z_][\w.-]*)\s*[:=]\s*(.*)")
_LISTED = re.compile(r"\s*-\s+(.*)")
_FENCED = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)",
    re.DOTALL | re.MULTILINE,
)
_COMMENT_TAG = re.compile(r"\{%-?\s*comment\s*-?%\}(.*?)\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_TEMPLATE = re.compile(
    r"(?P<code>`[^`\n]*`)|\{%-?\s*(?P<tag>[\w-]+)(?P<rest>[^%]*(?:%(?!\})[^%]*)*)%\}"
    r"|\{\{[<%].*?[>%]\}\}|\{\{-?\s*(?:\"(?P<text>[^\"\n]*)\"|'(?P<word>[^'\n]*)')[^{}\n]*\}\}"
    r"|\{\{(?P<value>[^{}\n]*)\}\}"
)
_RAW = re.compile(r"\{%-?\s*(?:end)?raw\s*-?%\}")
_HIGHLIGHT = re.compile(
    r"\{%-?\s*highlight\s+(\w+)[^%]*%\}\n?(.*?)\{%-?\s*endhighlight\s*-?%\}", re.DOTALL
)
_ARGUMENT = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_SILENT_TAGS = frozenset(
    [
        "include",
        "include_relative",
        "include_cached",
        "render",
        "layout",
        "image",
        "img",
        "figure",
        "video",
        "embed",
        "youtube",
        "gist",
        "asset",
        "assign",
        "capture",
        "if",
        "elsif",
        "else",
        "endif",
        "unless",
        "for",
        "endfor",
        "case",
        "when",
        "increment",
        "decrement",
        "cycle",
        "tablerow",
        "block",
        "extends",
        "macro",
        "set",
        "import",
        "from",
        "raw",
        "endraw",
        "uswds_icon",
        "icon",
        "svg",
        "toc",
    ]
)
_ADDRESS_TAGS = frozenset(["link", "post_url", "page", "url", "download", "ref", "relref", "path"])
_SITE_VALUE = re.compile(r"\s*-?\s*(?:site|page|content|include|base|layout|metadata|forloop)\b")
_ATTRIBUTES = re.compile(
    r"(?P<code>`[^`\n]*`)|[ \t]*\{:[^{}\n]*\}|[ \t]+\{#[\w-]+\}[ \t]*$", re.MULTILINE
)
_MDX_COMMENT = re.compile(r"\{/\*.*?\*/\}", re.DOTALL)
_MODULE = re.compile(
    r"^(?:import\s[^\n]*?['\"][^'\"\n]+['\"];?[ \t]*"
    r"|export\s+(?:const|default|function|let)\b.*?(?=\n[ \t]*\n|\Z))$",
    re.MULTILINE | re.DOTALL,
)
_TOC = re.compile(r"^[ \t]*\[(?:\[_?TOC_?\]|toc|TOC)\][ \t]*$", re.MULTILINE)
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)(?:[ \t]+\"([^\"]*)\")?[ \t]*$")
_FOOTNOTE = re.compile(
    r"^\[\^([^\]\s]{1,60})\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*)", re.MULTILINE
)
_KEPT = {
    "author": "author",
    "authors": "author",
    "tags": "tags",
    "tag": "tags",
    "category": "category",
    "categories": "category",
    "keywords": "keywords",
    "description": "description",
    "owner": "owner",
    "status": "status",
    "version": "version",
    "product": "product",
}
_CREATED = ("date", "created", "created_at", "published", "publish_date", "pubdate")
_MODIFIED = ("updated", "modified", "last_modified_at", "lastmod", "last_updated", "updated_at")


@dataclass(slots=True)
class Front:
    """What was taken out of a Markdown file, and the text that is left."""

    text: str
    title: str = ""
    language: str = ""
    created: str | None = None
    modified: str | None = None
    fields: list[Field] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    furniture: int = 0


def taken_apart(source: str) -> Front:
    """Return a Markdown file without its front matter, template tags and imports."""
    front = Front(source)
    found = _FRONT.match(source)
    if found and (found["kind"] not in {"", "yaml"} or _states(front, found[3])):
        front.text = source[found.end() :]
    if "{%" in front.text:
        front.text = _HIGHLIGHT.sub(r"```\1\n\2\n```", front.text)
    steps = [step for sign, step in _STEPS if any(s in front.text for s in sign)]
    if steps:
        front.text = "".join(_outside_code(front, steps))
    return front


def _states(front: Front, block: str) -> bool:
    """Read what the front matter states; tell whether it was front matter at all."""
    values = dict(_values(block.split("\n")))
    if block.strip() and not values:
        return False
    front.title = values.get("title", "")
    front.language = short_language(values.get("lang") or values.get("language", ""))
    front.created = next((d for k in _CREATED if (d := iso_date(values.get(k, "")))), None)
    front.modified = next((d for k in _MODIFIED if (d := iso_date(values.get(k, "")))), None)
    kept = ((name, values[key]) for key, name in _KEPT.items() if values.get(key))
    front.fields = [Field(name, value) for name, value in kept]
    return True


def _values(lines: list[str]) -> Iterator[tuple[str, str]]:
    key, gathered = "", list[str]()
    for line in lines:
        found = _KEY.match(line)
        if found:
            if key:
                yield key, _joined(gathered)
            key, gathered = found[1].lower(), [found[2]]
        elif key and line.strip():
            gathered.append(line)
    if key:
        yield key, _joined(gathered)


def _joined(lines: list[str]) -> str:
    """Return a value that may be quoted, a list in brackets or of dashes, or folded text."""
    first = lines[0].strip()
    if first[:1] == "[" and first[-1:] == "]":
        return ", ".join(_unquoted(part) for part in first[1:-1].split(",") if part.strip())
    listed = [found[1] for line in lines[1:] if (found := _LISTED.match(line))]
    if listed:
        return ", ".join(map(_unquoted, listed))
    words = lines[1:] if first in {">", "|", ">-", "|-", ""} else lines
    return _unquoted(" ".join(word.strip() for word in words))


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value.split(" #", 1)[0].rstrip()


def _outside_code(front: Front, steps: list[Callable[[Front, str], str]]) -> Iterator[str]:
    last = 0
    for fence in _FENCED.finditer(front.text):
        yield _through(front, front.text[last : fence.start()], steps)
        yield fence[0]
        last = fence.end()
    yield _through(front, front.text[last:], steps)


def _through(front: Front, text: str, steps: list[Callable[[Front, str], str]]) -> str:
    for step in steps:
        text = step(front, text)
    return text


def _without_templates(front: Front, text: str) -> str:
    front.hidden.extend(_COMMENT_TAG.findall(text))
    text = _COMMENT_TAG.sub("", text)

    def resolved(found: re.Match[str]) -> str:
        if found["code"]:
            return _RAW.sub("", found[0])
        words = _words_of_tag(found)
        front.furniture += not words
        return words

    return _TEMPLATE.sub(resolved, text)


def _words_of_tag(found: re.Match[str]) -> str:
    """Return the address or the words that a template tag stands for."""
    if found["tag"] is None:
        if found["text"] or found["word"]:
            return found["text"] or found["word"]
        value = found["value"]
        return found[0] if value is not None and not _SITE_VALUE.match(value) else ""
    tag = found["tag"].lower()
    if tag in _SILENT_TAGS or tag.startswith("end"):
        return ""
    argument = _ARGUMENT.search(found["rest"])
    if argument:
        return argument[1] or argument[2] or ""
    return found["rest"].strip(" -") if tag in _ADDRESS_TAGS else ""


def _without_attributes(front: Front, text: str) -> str:  # noqa: ARG001 (a step among others)
    return _ATTRIBUTES.sub(lambda found: found["code"] or "", text)


def _without_modules(front: Front, text: str) -> str:
    front.hidden.extend(found[3:-3] for found in _MDX_COMMENT.findall(text))
    text, imports = _MODULE.subn("", _MDX_COMMENT.sub("", text))
    text, contents = _TOC.subn("", text)
    front.furniture += imports + contents
    return text


def _with_admonitions(front: Front, text: str) -> str:  # noqa: ARG001 (a step among others)
    """Turn boxes marked by `!!!` and an indent into quotations with a title."""
    lines, inside = [], False
    for line in text.split("\n"):
        found = _ADMONITION.match(line)
        if found:
            lines += ["", f"> [!{found[1]}] {found[2] or ''}".rstrip()]
            inside = True
        elif inside and (not line.strip() or line.startswith(("    ", "\t"))):
            lines.append("> " + line.removeprefix("\t").removeprefix("    "))
        else:
            lines += ["", line] if inside else [line]
            inside = False
    return "\n".join(lines)


def _without_footnotes(front: Front, text: str) -> str:
    front.footnotes.extend((found[1], found[2]) for found in _FOOTNOTE.finditer(text))
    return _FOOTNOTE.sub("", text)


_STEPS: tuple[tuple[tuple[str, ...], Callable[[Front, str], str]], ...] = (
    (("{%", "{{"), _without_templates),
    (("{:", "{#"), _without_attributes),
    (("import ", "export ", "{/*", "[toc]", "[TOC]", "[[_TOC_]]"), _without_modules),
    (("!!! ", "??? ", "???+ "), _with_admonitions),
    (("[^",), _without_footnotes),
)
