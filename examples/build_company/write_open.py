"""Papers as OpenDocument text, EPUB and RTF, written by hand: zip and markup, nothing else."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from .model import Block, Paper, Target, plain, spans
from .zips import pack

if TYPE_CHECKING:
    from pathlib import Path

_NS: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_ODT_NAMES: Final = (
    f'xmlns:office="{_NS}office:1.0" xmlns:text="{_NS}text:1.0" xmlns:table="{_NS}table:1.0" '
    f'xmlns:style="{_NS}style:1.0" xmlns:meta="{_NS}meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'office:version="1.3"'
)
_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ODT_TYPE: Final = "application/vnd.oasis.opendocument.text"
_EPUB_TYPE: Final = "application/epub+zip"
_ASCII: Final = 128


def write_odt(paper: Paper, target: Target, path: Path) -> None:
    """Write one OpenDocument text."""
    own = paper.own(target)
    content = "".join(_odt(group) for group in _grouped(paper.blocks))
    parts = {
        "mimetype": _ODT_TYPE,
        "META-INF/manifest.xml": _manifest(("content.xml", "styles.xml", "meta.xml")),
        "content.xml": f"{_XML}<office:document-content {_ODT_NAMES}><office:body><office:text>"
        f"{content}</office:text></office:body></office:document-content>",
        "styles.xml": _odt_styles(paper),
        "meta.xml": f"{_XML}<office:document-meta {_ODT_NAMES}><office:meta>"
        f"<dc:title>{escape(own.get('title', ''))}</dc:title>"
        f"<dc:description>{escape(own.get('comments', ''))}</dc:description>"
        f"<meta:initial-creator>{escape(own.get('author', ''))}</meta:initial-creator>"
        "<meta:creation-date>2026-03-02T08:00:00</meta:creation-date>"
        "</office:meta></office:document-meta>",
    }
    _write(path, parts)


def _write(path: Path, parts: dict[str, str]) -> None:
    members = ((name, text.encode()) for name, text in parts.items())
    path.write_bytes(pack(members, stored=frozenset({"mimetype"})))


def _manifest(names: tuple[str, ...]) -> str:
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in names
    )
    return (
        f'{_XML}<manifest:manifest xmlns:manifest="{_NS}manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODT_TYPE}"/>'
        f"{rows}</manifest:manifest>"
    )


def _odt_styles(paper: Paper) -> str:
    return (
        f"{_XML}<office:document-styles {_ODT_NAMES}><office:automatic-styles>"
        '<style:page-layout style:name="pm"/></office:automatic-styles><office:master-styles>'
        '<style:master-page style:name="Standard" style:page-layout-name="pm">'
        f"<style:header><text:p>{escape(paper.header)}</text:p></style:header>"
        f"<style:footer><text:p>{escape(paper.footer)}</text:p></style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )


def _grouped(blocks: tuple[Block, ...]) -> list[list[Block]]:
    """Put the items of one list together."""
    return [[block for _, block in group] for _, group in groupby(enumerate(blocks), key=_list_key)]


def _list_key(place: tuple[int, Block]) -> str | int:
    number, block = place
    return block.kind if block.kind in {"bullet", "number"} else number


def _odt_line(text: str) -> str:
    parts = []
    for span in spans(text):
        words = escape(span.text)
        if span.url:
            words = f'<text:a xlink:type="simple" xlink:href="{escape(span.url)}">{words}</text:a>'
        parts.append(words)
    return "".join(parts)


def _odt(group: list[Block]) -> str:
    first = group[0]
    if first.kind == "table":
        return _odt_table(first)
    if first.kind == "heading":
        line = _odt_line(first.text)
        return f'<text:h text:outline-level="{first.level}">{line}</text:h>'
    if first.kind in {"bullet", "number"}:
        items = "".join(
            f"<text:list-item><text:p>{_odt_line(block.text)}</text:p></text:list-item>"
            for block in group
        )
        return f"<text:list>{items}</text:list>"
    return f"<text:p>{_odt_line(first.text)}</text:p>"


def _odt_table(block: Block) -> str:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell><text:p>{escape(plain(cell))}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in block.rows
    )
    columns = f'<table:table-column table:number-columns-repeated="{len(block.rows[0])}"/>'
    return f'<table:table table:name="Table">{columns}{rows}</table:table>'


def _html(group: list[Block]) -> str:
    first = group[0]
    if first.kind == "table":
        rows = (
            "<tr>" + "".join(f"<td>{escape(plain(cell))}</td>" for cell in row) + "</tr>"
            for row in first.rows
        )
        return "<table>" + "\n".join(rows) + "</table>"
    if first.kind == "heading":
        return f"<h{first.level}>{escape(first.text)}</h{first.level}>"
    if first.kind in {"bullet", "number"}:
        tag = "ul" if first.kind == "bullet" else "ol"
        return f"<{tag}>" + "".join(f"<li>{_html_line(b.text)}</li>" for b in group) + f"</{tag}>"
    return f"<p>{_html_line(first.text)}</p>"


def _html_line(text: str) -> str:
    parts = []
    for span in spans(text):
        words = escape(span.text)
        if span.url:
            words = f'<a href="{escape(span.url)}">{words}</a>'
        parts.append(f"<strong>{words}</strong>" if span.bold else words)
    return "".join(parts)


def _chapters(blocks: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    starts = [i for i, b in enumerate(blocks) if b.kind == "heading" and b.level <= 2]  # noqa: PLR2004
    ends = [*starts[1:], len(blocks)]
    return [blocks[start:end] for start, end in zip(starts, ends, strict=True)]


def write_epub(paper: Paper, target: Target, path: Path) -> None:
    """Write one EPUB, a file for each chapter."""
    chapters = _chapters(paper.blocks)
    names = [f"chapter{number:02}.xhtml" for number in range(len(chapters))]
    head = f'{_XML}<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="{paper.language}">'
    parts = {
        "mimetype": _EPUB_TYPE,
        "META-INF/container.xml": f'{_XML}<container version="1.0" '
        'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf" '
        'media-type="application/oebps-package+xml"/></rootfiles></container>',
        "OEBPS/content.opf": _opf(paper, target, names),
    }
    for name, chapter in zip(names, chapters, strict=True):
        body = "\n".join(_html(group) for group in _grouped(chapter))
        title = escape(chapter[0].text)
        parts[f"OEBPS/{name}"] = (
            f"{head}<head><title>{title}</title></head><body>\n{body}\n</body></html>"
        )
    links = "".join(
        f'<li><a href="{name}">{escape(chapter[0].text)}</a></li>'
        for name, chapter in zip(names, chapters, strict=True)
    )
    parts["OEBPS/nav.xhtml"] = (
        f"{head}<head><title>Contents</title></head><body>"
        f'<nav xmlns:epub="http://www.idpf.org/2007/ops" epub:type="toc"><ol>{links}</ol></nav>'
        "</body></html>"
    )
    _write(path, parts)


def _opf(paper: Paper, target: Target, names: list[str]) -> str:
    own = paper.own(target)
    items = "".join(
        f'<item id="{name[:-6]}" href="{name}" media-type="application/xhtml+xml"/>'
        for name in names
    )
    spine = "".join(f'<itemref idref="{name[:-6]}"/>' for name in names)
    return (
        f'{_XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">wetherlund:{escape(target.path)}</dc:identifier>'
        f"<dc:title>{escape(own.get('title', ''))}</dc:title>"
        f"<dc:creator>{escape(own.get('author', ''))}</dc:creator>"
        f"<dc:language>{paper.language}</dc:language>"
        '<meta property="dcterms:modified">2026-03-02T08:00:00Z</meta></metadata><manifest>'
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f"{items}</manifest><spine>{spine}</spine></package>"
    )


def _rtf_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
    return "".join(c if ord(c) < _ASCII else f"\\u{ord(c)}?" for c in escaped)


def _rtf_line(text: str) -> str:
    parts = []
    for span in spans(text):
        words = _rtf_text(span.text)
        if span.url:
            field = _rtf_text(f'HYPERLINK "{span.url}"')
            words = f"{{\\field{{\\*\\fldinst {field}}}{{\\fldrslt {words}}}}}"
        parts.append(f"{{\\b {words}}}" if span.bold else words)
    return "".join(parts)


def _rtf(block: Block) -> str:
    if block.kind == "table":
        return "".join(_rtf_row(row) for row in block.rows)
    line = _rtf_line(block.text)
    if block.kind == "heading":
        size = {1: 36, 2: 28}.get(block.level, 24)
        return f"\\pard\\sb200\\sa80\\outlinelevel{block.level - 1}{{\\b\\fs{size} {line}}}\\par\n"
    if block.kind == "bullet":
        return f"\\pard\\fi-240\\li480 \\bullet\\tab {line}\\par\n"
    if block.kind == "number":
        return f"\\pard\\fi-360\\li600 {block.level}.\\tab {line}\\par\n"
    return f"\\pard\\sa120 {line}\\par\n"


def _rtf_row(row: tuple[str, ...]) -> str:
    edges = "".join(f"\\cellx{(number + 1) * 9000 // len(row)}" for number in range(len(row)))
    cells = "".join(f"\\intbl {_rtf_text(plain(cell))}\\cell " for cell in row)
    return f"\\trowd\\trgaph80{edges}\\pard{cells}\\row\n"


def write_rtf(paper: Paper, target: Target, path: Path) -> None:
    """Write one RTF file."""
    own = paper.own(target)
    facts = "".join(
        f"{{\\{name} {_rtf_text(own[key])}}}"
        for name, key in (("title", "title"), ("author", "author"), ("doccomm", "comments"))
        if key in own
    )
    header = f"{{\\header \\pard {_rtf_text(paper.header)}\\par}}" if paper.header else ""
    footer = f"{{\\footer \\pard {_rtf_text(paper.footer)}\\par}}" if paper.footer else ""
    body = "".join(_rtf(block) for block in paper.blocks)
    path.write_text(
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Calibri;}}\n"
        f"{{\\info{facts}}}\n{header}{footer}\\f0\\fs22\n{body}}}\n",
        encoding="ascii",
        newline="\n",
    )
