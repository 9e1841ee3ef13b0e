"""Documents as they flow from sources over outcomes into products.

The bands stretch across while labels keep their size: names stand in columns of their own beside
the drawing, which a phone makes narrower, so the same drawing serves every width.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from curate.report.markup import Html, el, join
from curate.report.parts.arrival import Flow, Intake, Outcome, Place, Source
from curate.report.words import number, plural

HEIGHT = 342.0
NODE = "9"
MIDDLE = 48.0
SOURCE_GAP, GAP = 11.6, 32.0
LEAST = 1.2
MOST_SOURCES = 10
APART_LEFT, APART_RIGHT = 17.5, 35.0
LOW_NODE = 18.0


@dataclass(frozen=True, slots=True)
class Node:
    """A bar of the drawing: its name, documents, top and height in pixels."""

    name: str
    documents: int
    top: float
    height: float

    @property
    def centre(self) -> float:
        """Where its label stands."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Band:
    """Documents from one node to another."""

    origin: str
    target: str
    outcome: Outcome
    documents: int


def flow(intake: Intake) -> Html:
    """Return the drawing with its labels; nothing if no document came in."""
    if not intake.total:
        return Html()
    sources = _folded(intake.sources)
    inward = tuple(_inward(sources))
    drawn = {band.outcome for band in inward}
    outward = tuple(band for band in _outward(intake.flows) if band.outcome in drawn)
    scale = _scale(len(sources), outward, intake.total)
    left = _stack(_totals(inward, by_origin=True), scale, SOURCE_GAP)
    middle = _stack(_totals(inward, by_origin=False), scale, GAP)
    right = _stack(_totals(outward, by_origin=False), scale, GAP)
    drawing = _drawing(_said(intake), (left, middle, right), (inward, outward), scale=scale)
    return el("div.flow", _names(left), drawing, _places(right))


def _folded(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """Return the sources, those beyond the tenth as one."""
    shown = tuple(source for source in sources if source.total)
    if len(shown) <= MOST_SOURCES:
        return shown
    rest = shown[MOST_SOURCES - 1 :]
    others = Source(
        f"{len(rest)} others",
        kept=sum(source.kept for source in rest),
        flagged=sum(source.flagged for source in rest),
        rejected=sum(source.rejected for source in rest),
    )
    return (*shown[: MOST_SOURCES - 1], others)


def _inward(sources: tuple[Source, ...]) -> Iterator[Band]:
    for index, source in enumerate(sources):
        counts = (source.kept, source.flagged, source.rejected)
        for outcome, documents in zip(Outcome, counts, strict=True):
            if documents:
                # Two sources may share a name; their places in the list never coincide.
                yield Band(f"{index} {source.name}", outcome.value, outcome, documents)


def _outward(flows: tuple[Flow, ...]) -> Iterator[Band]:
    for place in Place:
        for outcome in Outcome:
            documents = sum(
                one.documents for one in flows if (one.place, one.outcome) == (place, outcome)
            )
            if documents:
                yield Band(outcome.value, place.value, outcome, documents)


def _scale(sources: int, outward: tuple[Band, ...], total: int) -> float:
    places = len({band.target for band in outward})
    gaps = max((sources - 1) * SOURCE_GAP, 2 * GAP, (places - 1) * GAP)
    return (HEIGHT - gaps) / max(total, sum(band.documents for band in outward))


def _totals(bands: tuple[Band, ...], *, by_origin: bool) -> dict[str, int]:
    totals: dict[str, int] = {}
    order = bands if by_origin else sorted(bands, key=_target_order)
    for band in order:
        name = band.origin if by_origin else band.target
        totals[name] = totals.get(name, 0) + band.documents
    return totals


def _target_order(band: Band) -> int:
    names = [*(outcome.value for outcome in Outcome), *(place.value for place in Place)]
    return names.index(band.target)


def _stack(totals: dict[str, int], scale: float, gap: float) -> tuple[Node, ...]:
    heights = [max(documents * scale, LEAST) for documents in totals.values()]
    top = max((HEIGHT - sum(heights) - gap * (len(heights) - 1)) / 2, 0.0)
    nodes = []
    for (name, documents), height in zip(totals.items(), heights, strict=True):
        nodes.append(Node(name, documents, top, height))
        top += height + gap
    return tuple(nodes)


def _drawing(
    said: str,
    columns: tuple[tuple[Node, ...], tuple[Node, ...], tuple[Node, ...]],
    bands: tuple[tuple[Band, ...], tuple[Band, ...]],
    *,
    scale: float,
) -> Html:
    left, middle, right = columns
    paths = (
        *_bands(bands[0], (left, middle), (0.0, MIDDLE), scale=scale),
        *_bands(bands[1], (middle, right), (MIDDLE, 100.0), scale=scale),
    )
    stretched = el(
        "svg",
        *paths,
        viewBox=f"0 0 100 {HEIGHT:.0f}",
        preserveAspectRatio="none",
        width="100%",
        height=f"{HEIGHT:.0f}",
    )
    nodes = (*_bars(left, "0"), *_bars(middle, f"{MIDDLE:g}%"), *_bars(right, "100%"))
    head = el("small", "outcome")
    drawing = el(
        "svg.drawing", stretched, *nodes, *map(_outcome, middle),
        width="100%", height=f"{HEIGHT + 18:.0f}", role="img", aria_label=said,
    )  # fmt: skip
    return el("div.middle", head, drawing)


def _bands(
    bands: tuple[Band, ...],
    columns: tuple[tuple[Node, ...], tuple[Node, ...]],
    across: tuple[float, float],
    *,
    scale: float,
) -> Iterator[Html]:
    leaving = {node.name: node.top for node in columns[0]}
    arriving = {node.name: node.top for node in columns[1]}
    for band in bands:
        thick = max(band.documents * scale, LEAST / 2)
        tops = leaving[band.origin], arriving[band.target]
        leaving[band.origin] += band.documents * scale
        arriving[band.target] += band.documents * scale
        yield el(f"path.band.{band.outcome.value}", d=_curve(across, tops, thick))


def _curve(across: tuple[float, float], tops: tuple[float, float], thick: float) -> str:
    (x, end), (y, then) = across, tops
    half = (x + end) / 2
    return (
        f"M{x:.2f} {y:.2f}C{half:.2f} {y:.2f} {half:.2f} {then:.2f} {end:.2f} {then:.2f}"
        f"V{then + thick:.2f}C{half:.2f} {then + thick:.2f} {half:.2f} {y + thick:.2f} "
        f"{x:.2f} {y + thick:.2f}Z"
    )


def _bars(nodes: tuple[Node, ...], x: str) -> Iterator[Html]:
    for node in nodes:
        css = f"rect.node.{node.name}" if node.name in set(Outcome) else "rect.node"
        shift = "translate(-9 0)" if x == "100%" else ""
        yield el(
            css, x=x, y=f"{node.top:.1f}", width=NODE, height=f"{node.height:.1f}", transform=shift
        )


def _outcome(node: Node) -> Html:
    """Return a bar's label, and the one that a phone shows, whose drawing is half as wide."""
    low = node.height < LOW_NODE
    y = node.top + node.height + 14 if low else node.centre + 4.5
    place = {"x": f"{MIDDLE:g}%", "dx": "17"}
    count = el("tspan.count", number(node.documents))
    said = count, f" {node.name}"
    if low:
        return el("text.label", *said, y=f"{y:.1f}", **place)
    lines = (
        el("tspan.count", number(node.documents), **place),
        el("tspan", node.name, dy="15", **place),
    )
    return join(
        el("text.label.wide", *said, y=f"{y:.1f}", **place),
        el("text.label.narrow", *lines, y=f"{y - 7.5:.1f}"),
    )


def _spread(nodes: tuple[Node, ...], apart: float) -> Iterator[tuple[Node, float]]:
    """Yield nodes with the places of their labels, moved down where they would touch."""
    least = float("-inf")
    for node in nodes:
        least = max(node.centre, least + apart)
        yield node, least


def _names(nodes: tuple[Node, ...]) -> Html:
    labels = (
        el(
            "span",
            el("span.name", node.name.partition(" ")[2], dir="auto"),
            " ",
            el("b", number(node.documents)),
            style=f"top:{y:.1f}px",
        )
        for node, y in _spread(nodes, APART_LEFT)
    )
    return el("div.names", el("small", "source"), *labels)


def _places(nodes: tuple[Node, ...]) -> Html:
    labels = (
        el("span", el("b", number(node.documents)), el("br"), node.name, style=f"top:{y:.1f}px")
        for node, y in _spread(nodes, APART_RIGHT)
    )
    return join(el("div.places", el("small", "where it went"), *labels))


def _said(intake: Intake) -> str:
    parts = ", ".join(
        f"{number(count)} {name}"
        for name, count in (
            ("kept", intake.kept), ("flagged", intake.flagged), ("rejected", intake.rejected)
        )
    )  # fmt: skip
    went = ", ".join(
        f"{number(one.documents)} {one.outcome.value} to {one.place.value}"
        for one in intake.flows
        if one.documents
    )
    came = f"Of {plural(intake.total, 'document')}, {parts}"
    return f"{came}. Where they went: {went}." if went else f"{came}."
