"""Every reason that the code can give is explained in the README, and is said in words on the page."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import curate
from curate.pipeline.reporting.codes import is_known
from tests.readme import README

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(curate.__file__).parent
GIVERS = {"DocumentError", "NotPlainError", "TrailingError", "failed"}  # called with a code
HOLDERS = {"problem", "notes", "reasons"}  # keywords, variables and sets of codes
CODE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
ROWS = re.findall(r"^\| (`[a-z0-9_`, ]+`) \| ", README.read_text(encoding="utf-8"), re.MULTILINE)
EXPLAINED = {code for row in ROWS for code in re.findall(r"`([^`]+)`", row)}


def _trees() -> Iterator[ast.Module]:
    for folder in ("parsers", "sources", "stages", "engine", "tables"):
        for path in (PACKAGE / folder).rglob("*.py"):
            yield ast.parse(path.read_text(encoding="utf-8"))
    for name in ("intake/sources", "intake/erased", "making/by_text"):
        yield ast.parse((PACKAGE / f"pipeline/{name}.py").read_text(encoding="utf-8"))


def _constants() -> dict[str, str]:
    """Return what modules call by a name in capitals."""
    return {
        target.id: node.value.value
        for tree in _trees()
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


def _givers(tree: ast.Module) -> Iterator[ast.expr]:
    """Yield the expressions of a module whose values are codes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from (word.value for word in node.keywords if word.arg in HOLDERS)
            match node.func:
                case ast.Name(id=name) if name in GIVERS:
                    yield from node.args[:1]
                case ast.Attribute(attr="reject" | "failed"):
                    yield from node.args[1:]
                case ast.Attribute(ast.Name(name) | ast.Attribute(attr=name), "add"):
                    yield from node.args if name in HOLDERS else ()
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if {target.id for target in targets if isinstance(target, ast.Name)} & HOLDERS:
                yield node.value


def _codes() -> set[str]:
    """Return the codes that stand in the code where one is given."""
    constants = _constants()
    words: set[object] = set()
    for tree in _trees():
        for given in _givers(tree):
            for node in ast.walk(given):
                if isinstance(node, ast.Constant):
                    words.add(node.value)
                elif isinstance(node, ast.Name) and node.id.isupper():
                    words.add(constants.get(node.id))
    return {word for word in words if isinstance(word, str) and CODE.fullmatch(word)}


def test_every_reason_that_is_given_stands_in_the_readme() -> None:
    given = _codes()

    assert {"corrupt", "inline_image", "damaged", "crashed", "erased", "vanished"} <= given
    assert not given - EXPLAINED


def test_every_reason_of_the_readme_and_of_the_code_is_said_in_words() -> None:
    assert {code for code in EXPLAINED | _codes() if not is_known(code)} == set()
