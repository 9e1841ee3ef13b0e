"""The suite itself: no scenario without a test, no test without a scenario; what was seen is what is said."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tests.conformance.main import HERE, SCRIPTS, Peers, Side, judged, table
from tests.conformance.scenarios import SCENARIOS, Peer, Scenario

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARKED = re.compile(r"@pytest\.mark\.scenario\((.+?)\)\n(?:@.*\n)*def (test_\w+)")
PIN = re.compile(r"[A-Za-z0-9._-]+==[\w.+!-]+")
SPEAKS = 'print(\'noise\'); print(\'SEEN {"passes": %s, "saw": "as it was"}\')'


def _marks() -> Iterator[tuple[str, str]]:
    for path in HERE.glob("test_*.py"):
        for numbers, name in MARKED.findall(path.read_text(encoding="utf-8")):
            yield from ((number, name) for number in re.findall(r'"(\w+)"', numbers))


def _peers(place: Path, program: str) -> tuple[Peers, Scenario]:
    """Return a peer that is this interpreter, with a script of its own."""
    python = place / "env/one/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (place / "script.py").write_text(program)
    peer = Peer("pytest", "pytest", "1", "script.py", "one")
    return Peers(place / "env", place, place), Scenario("1", peer, "it speaks", "case")


def test_every_scenario_has_a_test_and_every_mark_a_scenario() -> None:
    assert {number for number, _ in _marks()} == {scenario.number for scenario in SCENARIOS}
    assert len({scenario.number for scenario in SCENARIOS}) == len(SCENARIOS)
    assert {str(number) for number in range(1, 18)} <= {s.number for s in SCENARIOS}


def test_every_case_is_one_of_its_script_and_every_version_is_pinned() -> None:
    for scenario in SCENARIOS:
        if scenario.case:
            peer = scenario.peer
            script = (SCRIPTS / peer.script).read_text(encoding="utf-8")
            pins = (SCRIPTS / f"{peer.environment}.txt").read_text(encoding="utf-8")
            assert f"def {scenario.case}()" in script, scenario
            assert f"{peer.package}=={peer.seen}\n" in pins.replace("_", "-"), scenario


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.txt")), ids=lambda path: path.name)
def test_pins_are_exact_versions_and_name_no_place(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[0] != "#"]

    assert [line for line in lines if not PIN.fullmatch(line)] == []


@pytest.mark.parametrize(
    ("program", "side"),
    [
        (SPEAKS % "true", Side("passes", "as it was")),
        (SPEAKS % "false", Side("fails", "as it was")),
        ("raise ValueError('no')", Side("could not be run", "ValueError: no")),
        (
            "import socket; socket.getaddrinfo('a', 1)",
            Side("could not be run", "no network in tests"),
        ),
    ],
)
def test_a_peer_is_said_to_do_what_its_script_saw(tmp_path: Path, program: str, side: Side) -> None:
    peers, scenario = _peers(tmp_path, program)

    found = peers.tried(scenario)

    assert found.verdict == side.verdict
    assert side.saw in found.saw
    assert peers.version(scenario.peer) == pytest.__version__


def test_a_peer_that_is_not_there_is_said_to_be_not_installed(tmp_path: Path) -> None:
    peers, scenario = _peers(tmp_path, "")
    (tmp_path / "env/one/bin/python").unlink()

    assert peers.tried(scenario) == Side("not installed")
    assert peers.tried(Scenario("1", scenario.peer, "not tried")).verdict == "not tried"


def test_a_scenario_passes_if_all_of_its_tests_do() -> None:
    mark = '<properties><property name="scenario" value="{}"/></properties>'
    report = etree.fromstring(
        f"<s><testcase name='a'>{mark.format(1)}</testcase>"
        f"<testcase name='b'>{mark.format(1)}<failure/></testcase>"
        f"<testcase name='c'>{mark.format(1)}</testcase>"
        f"<testcase name='d'>{mark.format(2)}</testcase></s>"
    )

    assert judged(report) == {"1": Side("fails", "b: failure"), "2": Side("passes")}


def test_the_table_names_the_version_that_was_tried() -> None:
    scenario = SCENARIOS[0]
    rows = [
        (scenario, "9.9", Side("passes", "all well"), Side("passes")),
        (scenario, "", Side("not installed"), Side("passes")),
    ]

    _, tried, absent = table(rows).splitlines()

    assert "9.9 " in tried
    assert tried.endswith("all well")
    assert f"({scenario.peer.seen})" in absent
    assert "not installed" in absent
