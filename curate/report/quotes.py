"""Text of documents on the page: pieces with what happened to them, passages beside samples.

Paragraphs are split at blank lines and line breaks are kept. Every block is a directional island,
so that right-to-left text in a document cannot turn the page's own words around, signs that nobody
sees are named, and no piece is longer than a reader would read.
"""

from collections.abc import Iterator

from curate.report.markup import Html, el, join, language
from curate.report.parts.shared import Passage, Piece, PieceKind, Quote
from curate.report.unseen import named
from curate.report.words import clipped

LONGEST = 3000
TAGS = {
    PieceKind.USED: "mark",
    PieceKind.DROPPED: "del",
    PieceKind.ADDED: "ins",
    PieceKind.MASKED: "span.mask",
    PieceKind.SURROGATE: "span.stand-in",
}


def quote(shown: Quote, *, quoted: bool = False) -> Html:
    """Return a quote as paragraphs in its own voice; `quoted` puts it in quotation marks."""
    marked = _in_marks(shown.pieces) if quoted else shown.pieces
    paragraphs = (el("p", *_inline(paragraph)) for paragraph in _paragraphs(marked))
    return el(f"div.doc.{shown.voice.value}", *paragraphs, dir="auto", lang=language(shown.lang))


def passage(shown: Passage) -> Html:
    """Return where a sample comes from, and the text around it."""
    places = (el("span", place) for place in shown.places)
    head = el("p.where", el("code.path", shown.address, dir="auto"), *places)
    return el(
        "div.passage",
        head,
        el("p.about", shown.about) if shown.about else "",
        quote(_with_ellipses(shown)),
        el("p.remark", shown.note) if shown.note else "",
    )


def _in_marks(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return (Piece("“"), *pieces, Piece("”"))


def _with_ellipses(shown: Passage) -> Quote:
    before = (Piece("…"),) if shown.starts_inside else ()
    after = (Piece("\u00a0…"),) if shown.ends_inside else ()
    return Quote((*before, *shown.quote.pieces, *after), shown.quote.voice, shown.quote.lang)


def _paragraphs(pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    paragraph: list[Piece] = []
    for piece in pieces:
        head, *tails = clipped(piece.text, LONGEST).replace("\r\n", "\n").split("\n\n")
        paragraph.append(Piece(head, piece.kind))
        for tail in tails:
            yield from _solid(paragraph)
            paragraph = [Piece(tail, piece.kind)]
    yield from _solid(paragraph)


def _solid(paragraph: list[Piece]) -> Iterator[tuple[Piece, ...]]:
    solid = tuple(piece for piece in paragraph if piece.text)
    if any(piece.text.strip() for piece in solid):
        yield _trimmed(solid)


def _trimmed(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    first, last = pieces[0], pieces[-1]
    if len(pieces) == 1:
        return (Piece(first.text.strip("\n"), first.kind),)
    head = Piece(first.text.lstrip("\n"), first.kind)
    return (head, *pieces[1:-1], Piece(last.text.rstrip("\n"), last.kind))


def _inline(pieces: tuple[Piece, ...]) -> Iterator[Html]:
    """Yield pieces as inline markup; a mask amid used text lies within its mark."""
    for run in _runs(pieces):
        kind = run[0].kind
        inner = join(*(_piece(piece, kind) for piece in run))
        yield el(TAGS[kind], inner) if kind in TAGS else inner


def _runs(pieces: tuple[Piece, ...]) -> Iterator[tuple[Piece, ...]]:
    """Group pieces so that masks between two pieces of one ground kind stay in one group."""
    run: list[Piece] = []
    masks: list[Piece] = []
    for piece in pieces:
        if piece.kind is PieceKind.MASKED:
            masks.append(piece)
        elif run and run[0].kind is piece.kind:
            run, masks = [*run, *masks, piece], []
        else:
            yield from _groups(run, masks)
            run, masks = [piece], []
    yield from _groups(run, masks)


def _groups(run: list[Piece], masks: list[Piece]) -> Iterator[tuple[Piece, ...]]:
    yield from filter(None, (tuple(run), *((mask,) for mask in masks)))


def _piece(piece: Piece, ground: PieceKind) -> Html:
    if piece.kind is PieceKind.MASKED and ground is not PieceKind.MASKED:
        return el(TAGS[piece.kind], named(piece.text))
    return join(named(piece.text))
