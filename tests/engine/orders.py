"""Stages that do what their row says: behave, or fail in one of the ways that documents make readers fail."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator  # noqa: TC003 - stages' annotations are read at run time
from dataclasses import dataclass

from curate.errors import DocumentError
from curate.stage import stage


@dataclass(frozen=True, slots=True)
class Order:
    """What to do, and a word to give back."""

    act: str
    word: str


@dataclass(frozen=True, slots=True)
class Said:
    """The word that was given back."""

    word: str
    letters: int


class Refusal(BaseException):
    """Derives from no Exception, as the panics of some libraries do."""


class Broken:
    """A tool that cannot be built."""

    def __init__(self) -> None:
        message = "this tool is not installed"
        raise ImportError(message)


@stage(version=1, grain="record")
def obey(order: Order) -> Iterator[Said]:
    """Do what the order says."""
    acts: dict[str, Callable[[], object]] = {
        "say": _pass,
        "leave": lambda: os._exit(3),
        "exit": lambda: sys.exit(4),
        "segfault": _segfault,
        "abort": os.abort,
        "spin": _spin,
        "sleep": lambda: time.sleep(60),
        "nap": lambda: time.sleep(0.3),
        "eat": _eat,
        "recurse": _recurse,
        "raise": lambda: 1 // 0,
        "refuse": _refuse,
        "decline": _decline,
        "print": _print,
        "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    }
    acts.get(order.act, _pass)()
    if order.act == "surrogate":
        yield Said("\ud800", 1)
    elif order.act == "misfit":
        yield Said(order.word, 1 << 70)
    elif order.act == "long":
        yield Said(order.word * 200_000, 1)
    else:
        yield Said(order.word.upper(), len(order.word))


@stage(version=1, grain="record")
def obey_with(order: Order, *, tool: Broken) -> Iterator[Said]:
    """Need a tool that is not there."""
    yield Said(f"{order.word} {tool}", 1)


def _pass() -> None:
    return


def _segfault() -> None:
    ctypes.string_at(0)


def _spin() -> None:
    while True:
        pass


def _eat() -> None:
    held = []
    while True:
        held.append(bytearray(16 << 20))


def _recurse() -> None:
    _recurse()


def _refuse() -> None:
    raise Refusal


def _decline() -> None:
    code = "encrypted"
    raise DocumentError(code)


def _print() -> None:
    print("secret of a document")
    os.write(1, b"secret of a document\n")
    os.write(2, b"secret of a document\n")
