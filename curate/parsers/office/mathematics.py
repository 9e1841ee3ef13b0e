"""Office formulas (OMML) as LaTeX, the notation that people and models read formulas in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lxml import etree

_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VAL: Final = _M + "val"
_DEEPEST = 60
_SIGNS = {
    "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∮": r"\oint", "∪": r"\cup", "∩": r"\cap",
    "×": r"\times", "·": r"\cdot", "÷": r"\div", "±": r"\pm", "∓": r"\mp", "≤": r"\leq",
    "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "≡": r"\equiv", "∞": r"\infty", "∂": r"\partial",
    "∇": r"\nabla", "→": r"\to", "⇒": r"\Rightarrow", "∈": r"\in", "∀": r"\forall", "∃": r"\exists",
    "…": r"\dots", "⋯": r"\cdots", "−": "-", "α": r"\alpha", "β": r"\beta", "γ": r"\gamma",
    "δ": r"\delta", "ε": r"\epsilon", "θ": r"\theta", "λ": r"\lambda", "μ": r"\mu", "π": r"\pi",
    "ρ": r"\rho", "σ": r"\sigma", "τ": r"\tau", "φ": r"\phi", "ω": r"\omega", "Δ": r"\Delta",
    "Σ": r"\Sigma", "Ω": r"\Omega", "%": r"\%", "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_",
    "\u2061": "", "{": r"\{", "}": r"\}", "\\": r"\backslash",
}  # fmt: skip
_ACCENTS = {
    "\u0302": r"\hat", "\u0303": r"\tilde", "\u0304": r"\bar", "\u0305": r"\overline",
    "\u20d7": r"\vec", "\u0307": r"\dot", "\u0308": r"\ddot", "\u030c": r"\check",
}  # fmt: skip
_FUNCTIONS = frozenset(
    {"sin", "cos", "tan", "cot", "sec", "csc", "log", "ln", "exp", "lim", "max", "min", "sup",
     "inf",
     "det", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "gcd"}
)  # fmt: skip


def to_latex(formula: etree._Element) -> str:
    """Return a formula in LaTeX, without the signs that set it apart from text."""
    return " ".join(_children(formula, 0).split())


def _children(node: etree._Element | None, depth: int) -> str:
    if node is None or depth > _DEEPEST:
        return ""
    pieces: list[str] = []
    for child in node:
        piece = _one(child, depth)
        if pieces and piece[:1].isalpha() and _ends_command(pieces[-1]):
            piece = " " + piece
        if piece:
            pieces.append(piece)
    return "".join(pieces)


def _ends_command(text: str) -> bool:
    command = text.rpartition("\\")
    return bool(command[1]) and command[2].isalpha()


def _one(node: etree._Element, depth: int) -> str:
    tag = str(node.tag)
    if tag == _M + "r":
        return _text("".join(text.text or "" for text in node.iterfind(_M + "t")))
    writer = _WRITERS.get(tag.removeprefix(_M))
    if writer is not None:
        return writer(node, depth + 1)
    return "" if tag.endswith("Pr") else _children(node, depth + 1)


def _text(text: str) -> str:
    pieces: list[str] = []
    for sign in text:
        drawn = _SIGNS.get(sign, sign)
        if drawn[:1] == "\\" and drawn[-1].isalpha():
            drawn += " "
        pieces.append(drawn)
    return "".join(pieces).rstrip(" ") if text.rstrip() == text else "".join(pieces)


def _part(node: etree._Element, name: str, depth: int) -> str:
    return _children(node.find(_M + name), depth).strip()


def _property(node: etree._Element, holder: str, name: str) -> str | None:
    found = node.find(f"{_M}{holder}/{_M}{name}")
    return None if found is None else found.get(_VAL, "")


def _fraction(node: etree._Element, depth: int) -> str:
    above, below = _part(node, "num", depth), _part(node, "den", depth)
    if _property(node, "fPr", "type") == "noBar":
        return rf"\binom{{{above}}}{{{below}}}"
    return rf"\frac{{{above}}}{{{below}}}"


def _scripts(node: etree._Element, depth: int) -> str:
    base = _part(node, "e", depth)
    low, high = _part(node, "sub", depth), _part(node, "sup", depth)
    return base + (f"_{{{low}}}" if low else "") + (f"^{{{high}}}" if high else "")


def _root(node: etree._Element, depth: int) -> str:
    degree = _part(node, "deg", depth)
    return rf"\sqrt{f'[{degree}]' if degree else ''}{{{_part(node, 'e', depth)}}}"


def _large_operator(node: etree._Element, depth: int) -> str:
    sign = _property(node, "naryPr", "chr")
    operator = _SIGNS.get(sign or "∫", sign or r"\int")
    low, high = _part(node, "sub", depth), _part(node, "sup", depth)
    limits = (f"_{{{low}}}" if low else "") + (f"^{{{high}}}" if high else "")
    return f"{operator}{limits} {_part(node, 'e', depth)}"


def _fenced(node: etree._Element, depth: int) -> str:
    opening, closing = _property(node, "dPr", "begChr"), _property(node, "dPr", "endChr")
    between = _property(node, "dPr", "sepChr") or "|"
    inside = between.join(_children(part, depth) for part in node.iterfind(_M + "e"))
    return _fence(opening, "(") + inside + _fence(closing, ")")


def _fence(sign: str | None, usual: str) -> str:
    sign = usual if sign is None else sign
    return _SIGNS.get(sign, sign) + ("" if sign not in _SIGNS or sign in "{}" else " ")


def _function(node: etree._Element, depth: int) -> str:
    name = _part(node, "fName", depth)
    bare = name.partition("_")[0]
    drawn = "\\" + name if bare in _FUNCTIONS else name
    argument = _part(node, "e", depth)
    return drawn + (argument if argument.startswith(("(", "[", "{")) else f" {argument}")


def _limit(node: etree._Element, depth: int) -> str:
    mark = "_" if node.tag == _M + "limLow" else "^"
    return f"{_part(node, 'e', depth)}{mark}{{{_part(node, 'lim', depth)}}}"


def _accent(node: etree._Element, depth: int) -> str:
    sign = _property(node, "accPr", "chr")
    return f"{_ACCENTS.get(sign or chr(0x302), chr(92) + 'hat')}{{{_part(node, 'e', depth)}}}"


def _bar(node: etree._Element, depth: int) -> str:
    above = _property(node, "barPr", "pos") == "top"
    return rf"\{'overline' if above else 'underline'}{{{_part(node, 'e', depth)}}}"


def _matrix(node: etree._Element, depth: int) -> str:
    return rf"\begin{{matrix}}{_rows(node.iterfind(_M + 'mr'), depth)}\end{{matrix}}"


def _rows(rows: Iterable[etree._Element], depth: int) -> str:
    lines = (" & ".join(_children(cell, depth) for cell in row.iterfind(_M + "e")) for row in rows)
    return r" \\ ".join(lines)


def _array(node: etree._Element, depth: int) -> str:
    lines = (_children(line, depth) for line in node.iterfind(_M + "e"))
    return rf"\begin{{aligned}}{(chr(92) * 2 + ' ').join(lines)}\end{{aligned}}"


_WRITERS: Final[dict[str, Callable[[etree._Element, int], str]]] = {
    "f": _fraction,
    "sSup": _scripts,
    "sSub": _scripts,
    "sSubSup": _scripts,
    "rad": _root,
    "nary": _large_operator,
    "d": _fenced,
    "func": _function,
    "limLow": _limit,
    "limUpp": _limit,
    "acc": _accent,
    "bar": _bar,
    "m": _matrix,
    "eqArr": _array,
}
