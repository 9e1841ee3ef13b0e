"""What RTF's control words mean, as far as they carry text or structure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.parsers.office.rtf_flow import Paragraph, RowShape
from curate.parsers.office.rtf_reader import BODY, HEADERS, INFO, SKIP, State
from curate.parsers.office.rtf_text import ENCODINGS, SIGNS, SYMBOL, page_encoding
from curate.parsers.office.word_styles import BODY_LEVEL

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.parsers.office.rtf_reader import Reader

_TINY = 4  # half points
_WHITE = 0xF7
_SYMBOL_SET = 2
_LARGEST = 100_000
_SKIPPED: Final = frozenset(
    ["pict", "objdata", "themedata", "colorschememapping", "datastore", "latentstyles",
     "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "mmathPr",
     "bkmkstart", "bkmkend", "nonshppict", "tc", "xe", "rxe", "sp", "revtbl", "pgptbl",
     "fontemb", "fontfile", "falt", "panose", "filetbl", "datafield", "formfield",
     "passwordhash", "blipuid", "picprop", "atnref", "atrfstart", "atrfend", "atndate",
     "atntime", "atnparent", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn",
     "template", "wgrffmtfilter", "objclass", "objname", "protusertbl", "upr", "oldcprops",
     "oldpprops", "shprslt", "linkval", "background", "docvar", "pn", "chpgn", "protstart",
     "protend", "annotationref"]
)  # fmt: skip
_COLLECTED: Final = frozenset(
    {"footnote", "annotation", "listtext", "pntext", "fldinst", "fonttbl", "stylesheet", "colortbl",
     "atnauthor", "atnid", "propname", "staticval", *HEADERS, *INFO}
)  # fmt: skip
_TRANSPARENT: Final = frozenset(
    {"shpinst", "shppict", "userprops", "do", "txfieldtext", "result", "background", "shp"}
)
_MERGES: Final = frozenset({"clmgf", "clmrg", "clvmgf", "clvmrg"})
_MOMENTS: Final = frozenset({"creatim", "revtim", "printim", "buptim"})
_PARTS: Final = frozenset({"yr", "mo", "dy", "hr", "min"})
_FILLS: Final = frozenset({"highlight", "chcbpat", "cbpat", "clcbpat", "cb"})


def handle_word(reader: Reader, word: str, number: int | None) -> bool:
    """Act on a control word; return whether it is known."""
    state = reader.state
    if state.destination == SKIP:
        if word == "ud":
            reader.uncover()
        return True
    if word in SIGNS:
        _sign(reader, word)
    elif word in _SKIPPED:
        state.destination = SKIP
    elif word in _COLLECTED:
        reader.collect(word)
    elif word in _RUNS:
        _RUNS[word](reader, 1 if number is None else number)
    elif word in _BLOCKS:
        _block(reader, word, 1 if number is None else number)
    else:
        return _rarer(reader, word, number)
    return True


def _block(reader: Reader, word: str, number: int) -> None:
    """Act on a word about paragraphs and tables; outside the body only line ends count."""
    if reader.state.destination == BODY:
        _BLOCKS[word](reader, number)
    elif word in {"cell", "row", "nestcell", "page", "sect"}:
        reader.write("\n")


def _rarer(reader: Reader, word: str, number: int | None) -> bool:
    if word in _MERGES:
        reader.flow.shape.mark(word)
    elif word in _FILLS:
        reader.state.filled = bool(number) or word == "highlight"
    elif word in _MOMENTS:
        reader.facts.property = word
        reader.facts.moments[word] = {}
    elif word in _PARTS:
        reader.facts.moments.setdefault(reader.facts.property, {})[word] = number or 0
    elif word in {"red", "green", "blue"}:
        reader.colours[-1][("red", "green", "blue").index(word)] = number or 0
    else:
        return word in _TRANSPARENT
    return True


def _sign(reader: Reader, word: str) -> None:
    if word == "par" and reader.state.destination == BODY:
        reader.end_paragraph()
    else:
        reader.write(SIGNS[word])


def _font(reader: Reader, number: int) -> None:
    if reader.state.destination == "fonttbl":
        reader.font = number
        return
    if reader.state.destination == "stylesheet":
        return
    reader.state.encoding = reader.fonts.get(number, reader.usual)


def _charset(reader: Reader, number: int) -> None:
    usual = reader.usual if number in {0, 1} else "cp1252"
    encoding = ENCODINGS.get(number, usual) if number else usual
    reader.fonts[reader.font] = SYMBOL if number == _SYMBOL_SET else encoding


def _page(reader: Reader, number: int) -> None:
    if reader.state.destination == "fonttbl":
        reader.fonts[reader.font] = page_encoding(number)
    else:
        reader.usual = reader.state.encoding = page_encoding(number)


def _usual(encoding: str) -> Callable[[Reader, int], None]:
    def use(reader: Reader, _number: int) -> None:
        reader.usual = reader.state.encoding = encoding

    return use


def _style(reader: Reader, number: int) -> None:
    if reader.state.destination == "stylesheet":
        reader.style = number
    elif reader.state.destination == BODY:
        reader.flow.paragraph.style = number


def _no_paragraph_style(reader: Reader, _number: int) -> None:
    if reader.state.destination == "stylesheet":
        reader.style = -1


def _colour(reader: Reader, number: int) -> None:
    colours = reader.colours
    white = 0 < number < len(colours) and min(colours[number]) >= _WHITE
    reader.state.white = white


def _plain(reader: Reader, _number: int) -> None:
    fresh, state = State(), reader.state
    state.hidden, state.white, state.tiny, state.filled = (
        fresh.hidden,
        fresh.white,
        fresh.tiny,
        fresh.filled,
    )
    state.deleted = False
    state.encoding = reader.usual if state.encoding == SYMBOL else state.encoding


def _set(name: str) -> Callable[[Reader, int], None]:
    def change(reader: Reader, number: int) -> None:
        setattr(reader.state, name, bool(number))

    return change


def _size(reader: Reader, number: int) -> None:
    reader.state.tiny = number < _TINY


def _skip(reader: Reader, number: int) -> None:
    reader.state.skip = max(0, min(number, 10))


def _field(reader: Reader, _number: int) -> None:
    reader.codes.append("")
    reader.state.opens = "field"


def _result(reader: Reader, _number: int) -> None:
    reader.state.opens = "result"
    reader.state.start = reader.flow.inline.mark()


def _box(reader: Reader, _number: int) -> None:
    reader.open_box()


def _pages(reader: Reader, number: int) -> None:
    reader.facts.pages = max(0, min(number, _LARGEST))


def _reset(reader: Reader, _number: int) -> None:
    reader.flow.paragraph = Paragraph()


def _outline(reader: Reader, number: int) -> None:
    reader.flow.paragraph.level = number if 0 <= number < BODY_LEVEL else None


def _depth(reader: Reader, number: int) -> None:
    reader.flow.paragraph.depth = max(0, min(number, 8))


def _listed(reader: Reader, number: int) -> None:
    reader.flow.paragraph.listed = number > 0


def _in_table(reader: Reader, _number: int) -> None:
    reader.flow.paragraph.in_table = True


def _nesting(reader: Reader, number: int) -> None:
    reader.flow.paragraph.in_table = number > 0


def _row_begins(reader: Reader, _number: int) -> None:
    reader.flow.shape = RowShape()


def _row_heads(reader: Reader, _number: int) -> None:
    reader.flow.shape.header = True


def _cell_defined(reader: Reader, _number: int) -> None:
    reader.flow.shape.end_cell()


def _cell_ends(reader: Reader, _number: int) -> None:
    reader.flow.paragraph.in_table = True
    reader.end_paragraph()
    reader.flow.end_cell()


def _row_ends(reader: Reader, _number: int) -> None:
    reader.flow.end_row()


def _inner_ends(reader: Reader, _number: int) -> None:
    reader.flow.paragraph.in_table = True
    reader.end_paragraph()


def _ends(reader: Reader, _number: int) -> None:
    reader.end_paragraph()


_RUNS: Final[dict[str, Callable[[Reader, int], None]]] = {
    "f": _font,
    "fcharset": _charset,
    "cpg": _page,
    "ansicpg": _page,
    "mac": _usual("mac_roman"),
    "pc": _usual("cp437"),
    "pca": _usual("cp850"),
    "s": _style,
    "cs": _no_paragraph_style,
    "ds": _no_paragraph_style,
    "ts": _no_paragraph_style,
    "cf": _colour,
    "plain": _plain,
    "v": _set("hidden"),
    "deleted": _set("deleted"),
    "fs": _size,
    "uc": _skip,
    "field": _field,
    "fldrslt": _result,
    "shptxt": _box,
    "dptxbxtext": _box,
    "nofpages": _pages,
}
_BLOCKS: Final[dict[str, Callable[[Reader, int], None]]] = {
    "pard": _reset,
    "outlinelevel": _outline,
    "ilvl": _depth,
    "ls": _listed,
    "intbl": _in_table,
    "itap": _nesting,
    "trowd": _row_begins,
    "trhdr": _row_heads,
    "cellx": _cell_defined,
    "cell": _cell_ends,
    "row": _row_ends,
    "nestcell": _inner_ends,
    "nestrow": _inner_ends,
    "page": _ends,
    "sect": _ends,
    "column": _ends,
}
