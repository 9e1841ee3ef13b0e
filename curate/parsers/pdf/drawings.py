"""Rules, painted rectangles and pictures, from a page's path objects.

A thin rectangle, a line and the edges of a stroked rectangle are all rules; a filled rectangle is a
background that tells whether text on it can be seen. Objects in forms are placed by the form's
matrix. Nothing is followed without bounds: objects, segments and depth are capped, and the cap is
reported.
"""

from __future__ import annotations

from ctypes import c_float, c_int
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from curate.parsers.pdf.glyphs import colour_of
from curate.parsers.pdf.shapes import Box, Drawing, Fill, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.parsers.pdf.frames import Frame
    from curate.parsers.pdf.handles import Handle

_MOST_OBJECTS = 20_000  # of one page, forms included
_MOST_LINES = 4_000  # rules of one page; a fully ruled page has some hundreds
_MOST_SEGMENTS = 2_000  # of one path; a map's coast line has more and is no table
_MOST_CLIPS = 8
_DEEPEST = 6
_THIN = 2.6  # points; what is thinner is a rule
_SHORTEST = 4.0
_EVEN = 0.6  # how far a straight line may lean
_RECTANGLE = 5  # segments

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Bounds = tuple[float, float, float, float]  # left, top, right, bottom in user space


class _Painted(NamedTuple):
    bounds: Bounds
    colour: tuple[int, int, int, int] | None


@dataclass(slots=True)
class _Found:
    """What was met so far, still in user space."""

    lines: list[Bounds] = field(default_factory=list)
    fills: list[_Painted] = field(default_factory=list)
    pictures: list[Bounds] = field(default_factory=list)
    objects: int = 0
    truncated: bool = False


def read_drawing(page: Handle, frame: Frame) -> Drawing:
    """Return the rules, fills and pictures of a page."""
    found = _Found()
    _walk(_page_objects(page), _UNIT, found, depth=0)
    across, down = _rules(found.lines, frame)
    colours = [fill.colour for fill in found.fills]
    fills = _placed([fill.bounds for fill in found.fills], frame)
    return Drawing(
        across,
        down,
        tuple(Fill(box, colour) for box, colour in zip(fills, colours, strict=True)),
        tuple(_placed(found.pictures, frame)),
        truncated=found.truncated,
    )


def _page_objects(page: Handle) -> Iterator[Handle]:
    return (pdfium.FPDFPage_GetObject(page, i) for i in range(pdfium.FPDFPage_CountObjects(page)))


def _form_objects(form: Handle) -> Iterator[Handle]:
    count = max(pdfium.FPDFFormObj_CountObjects(form), 0)
    return (pdfium.FPDFFormObj_GetObject(form, i) for i in range(count))


def _walk(objects: Iterator[Handle], matrix: Matrix, found: _Found, *, depth: int) -> None:
    for item in objects:
        found.objects += 1
        if found.objects > _MOST_OBJECTS or len(found.lines) > _MOST_LINES:
            found.truncated = True
            return
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _path(item, matrix, found)
        elif kind in {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING}:
            bounds = _bounds(item, matrix)
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                found.pictures.append(bounds)
            found.fills.append(_Painted(bounds, None))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            _walk(_form_objects(item), _times(_matrix(item), matrix), found, depth=depth + 1)


def _path(path: Handle, matrix: Matrix, found: _Found) -> None:
    fill_mode, stroke = c_int(), c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill_mode, stroke):
        return
    if not (fill_mode.value or stroke.value):
        return
    bounds = _bounds(path, matrix)
    width, height = bounds[2] - bounds[0], bounds[1] - bounds[3]
    if min(width, height) <= _THIN:
        if max(width, height) >= _SHORTEST:
            found.lines.append(bounds)
        return
    segments = pdfium.FPDFPath_CountSegments(path)
    if fill_mode.value:
        shown = segments <= _RECTANGLE and _is_upright(path, segments, matrix)
        found.fills.append(_Painted(_clipped(path, bounds), colour_of(path) if shown else None))
        if not stroke.value and segments <= _RECTANGLE:
            return
    if segments <= _MOST_SEGMENTS:
        _outline(path, segments, _times(_matrix(path), matrix), found=found)


def _is_upright(path: Handle, segments: int, matrix: Matrix) -> bool:
    """Tell whether a path of few segments is a rectangle along the axes."""
    matrix = _times(_matrix(path), matrix)
    points = [_point(pdfium.FPDFPath_GetPathSegment(path, i), matrix) for i in range(segments)]
    return max(len({round(p[side]) for p in points}) for side in (0, 1)) <= 2  # noqa: PLR2004


def _clipped(path: Handle, bounds: Bounds) -> Bounds:
    """Return the part of a path's bounds that its clipping paths let through."""
    clip = pdfium.FPDFPageObj_GetClipPath(path)
    left, top, right, bottom = bounds
    for i in range(min(max(pdfium.FPDFClipPath_CountPaths(clip), 0), _MOST_CLIPS)):
        count = min(pdfium.FPDFClipPath_CountPathSegments(clip, i), _MOST_SEGMENTS)
        points = [
            _point(pdfium.FPDFClipPath_GetPathSegment(clip, i, s), _UNIT) for s in range(count)
        ]
        if points:
            left, right = (
                max(left, min(p[0] for p in points)),
                min(right, max(p[0] for p in points)),
            )
            bottom, top = (
                max(bottom, min(p[1] for p in points)),
                min(top, max(p[1] for p in points)),
            )
    return left, max(top, bottom), max(right, left), bottom


def _outline(path: Handle, segments: int, matrix: Matrix, *, found: _Found) -> None:
    """Add the straight pieces of a path that run along an axis."""
    here = start = (0.0, 0.0)
    for i in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        there = _point(segment, matrix)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = there
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            _line(here, there, found)
        here = there
        if pdfium.FPDFPathSegment_GetClose(segment):
            _line(here, start, found)
            here = start


def _point(segment: Handle, matrix: Matrix) -> tuple[float, float]:
    x, y = c_float(), c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, x, y)
    a, b, c, d, e, f = matrix
    return a * x.value + c * y.value + e, b * x.value + d * y.value + f


def _line(one: tuple[float, float], two: tuple[float, float], found: _Found) -> None:
    width, height = abs(one[0] - two[0]), abs(one[1] - two[1])
    if min(width, height) <= _EVEN and max(width, height) >= _SHORTEST:
        x0, x1 = sorted((one[0], two[0]))
        y0, y1 = sorted((one[1], two[1]))
        found.lines.append((x0, y1, x1, y0))


def _bounds(item: Handle, matrix: Matrix) -> Bounds:
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
    if matrix is _UNIT:
        return left.value, top.value, right.value, bottom.value
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), max(ys), max(xs), min(ys)


def _matrix(item: Handle) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _UNIT
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(one: Matrix, two: Matrix) -> Matrix:
    """Return the matrix that does `one`, then `two`."""
    if two is _UNIT:
        return one
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _placed(bounds: list[Bounds], frame: Frame) -> list[Box]:
    if not bounds:
        return []
    return [Box(*row) for row in frame.place(np.array(bounds, dtype=np.float64)).tolist()]


def _rules(lines: list[Bounds], frame: Frame) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    across: list[Rule] = []
    down: list[Rule] = []
    for x0, y0, x1, y1 in _placed(lines, frame):
        if x1 - x0 >= y1 - y0:
            across.append(Rule((y0 + y1) / 2, x0, x1))
        else:
            down.append(Rule((x0 + x1) / 2, y0, y1))
    return _joined(across), _joined(down)


def _joined(rules: list[Rule]) -> tuple[Rule, ...]:
    """Return rules in order, those on one line that touch made one."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at / 1.5), r.start)):
        last = joined[-1] if joined else None
        if last and abs(last.at - rule.at) <= _THIN and rule.start <= last.end + _THIN:
            joined[-1] = Rule(last.at, last.start, max(last.end, rule.end))
        else:
            joined.append(rule)
    return tuple(joined)
