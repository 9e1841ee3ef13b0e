"""Extractors of the user's are looked at before anything runs: is the module there, does it hold them?

The module is read, not imported: only the isolated workers run its code. What its top level needs
must be there too, or each document would fail in turn.
"""

from __future__ import annotations

import ast
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from curate.errors import ConfigError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.pipeline.request import Target


def check_extractors(target: Target) -> None:
    """Refuse extractors that no worker could load.

    Args:
        target: The pipeline; the folder beside its file is importable.

    Raises:
        ConfigError: with the line of the first extractor that is wrong.
    """
    for number, name in enumerate(target.settings.mining.extractors):
        module, colon, function = name.partition(":")
        wrong = _wrong(module, function) if colon else ""
        if wrong:
            message = f"{target.where('mining', 'extractors', number)}: {wrong}"
            raise ConfigError(message)


def _wrong(module: str, function: str) -> str:
    """Return what is wrong with one extractor, "" if nothing is."""
    origin = _origin(module)
    if origin is None:
        return f"there is no module {module!r}. Put it beside the pipeline file, or install it."
    if origin == Path():
        return f"{module!r} is no Python file. Name the module that defines {function!r}."
    try:
        tree = ast.parse(origin.read_bytes(), filename=origin.name)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        return f"{origin.name}:{line} is no valid Python: {getattr(error, 'msg', error)}. Mend it."
    except OSError as error:
        return f"{origin.name} cannot be read: {error.strerror}. Make it readable."
    return _lacking(tree, origin.name, function)


def _lacking(tree: ast.Module, name: str, function: str) -> str:
    missing = next((needed for needed in _needed(tree) if _origin(needed) is None), "")
    if missing:
        return f"{name} needs the module {missing!r}, which is not there. Install it."
    defined = set(_defined(tree))
    if function in defined or "*" in defined:
        return ""
    return f"{name} defines no {function!r}. {_hint(function, defined)}"


def _hint(function: str, defined: set[str]) -> str:
    public = [name for name in defined if not name.startswith("_")]
    return did_you_mean(function, public) if public else "It defines nothing by name."


def _origin(module: str) -> Path | None:
    """Return the file of a module without importing it; of one that has none, any path."""
    try:
        spec = find_spec(module)
    except (ImportError, ValueError, AttributeError):
        return None
    if spec is None:
        return None
    return Path(spec.origin) if spec.has_location and spec.origin else Path()


def _needed(tree: ast.Module) -> Iterator[str]:
    """Yield the roots of the modules that a top level imports without further ado."""
    for node in tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def _defined(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a module's code defines, at any depth of its branches."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from ((alias.asname or alias.name) for alias in node.names)
