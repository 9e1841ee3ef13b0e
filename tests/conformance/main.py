"""Who passes what: every scenario on curate and, where it is installed, on the peer.

    python -m tests.conformance.main      # `make conformance` makes the peers' environments first

A peer's script prints what it saw, and that is what stands in the table: a peer that passes is said
to pass. One whose script ends without a word could not be run, which is neither.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from tests.conformance.material import write_material
from tests.conformance.peers.said import MARK
from tests.conformance.scenarios import SCENARIOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.conformance.scenarios import Peer, Scenario

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCRIPTS = HERE / "peers"
ENVIRONMENTS = ROOT / ".peers/conformance"
OFFLINE = HERE.parent / "flow/offline"
SECONDS = 300


@dataclass(frozen=True, slots=True)
class Side:
    """What became of one side: passes, fails, or why it was not tried; and what was seen."""

    verdict: str
    saw: str = ""


@dataclass(frozen=True, slots=True)
class Peers:
    """Where the peers are installed, where their scripts lie, and what these may read."""

    environments: Path
    scripts: Path
    material: Path

    def python(self, peer: Peer) -> Path:
        """Return the interpreter that has the peer."""
        return self.environments / peer.environment / "bin/python"

    def version(self, peer: Peer) -> str:
        """Return the version that is installed, empty where none is."""
        if not peer.environment or not self.python(peer).exists():
            return ""
        program = f"from importlib.metadata import version; print(version({peer.package!r}))"
        done = subprocess.run(
            [str(self.python(peer)), "-c", program], capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def tried(self, scenario: Scenario) -> Side:
        """Run a scenario on its peer."""
        peer = scenario.peer
        if not scenario.case:
            return Side("not tried", "it was read in the code, or needs more than a package")
        if not self.version(peer):
            return Side("not installed")
        script = [str(self.scripts / peer.script), scenario.case, str(self.material)]
        with tempfile.TemporaryDirectory() as place:
            try:
                done = subprocess.run(
                    [str(self.python(peer)), *script],
                    env=_alone(Path(place)),
                    cwd=place,
                    capture_output=True,
                    text=True,
                    check=False,
                    timeout=SECONDS,
                )
            except subprocess.TimeoutExpired:
                return Side("could not be run", f"no end after {SECONDS} s")
        return understood(done.stdout, done.stderr)


def _alone(place: Path) -> dict[str, str]:
    """Return the environment of a peer's script: no network, a home and temporary files of its own."""
    own = {
        "HOME": str(place),
        "TMPDIR": str(place),
        "XDG_CACHE_HOME": str(place / "cache"),
        "PYTHONPATH": str(OFFLINE),
        "CURATE_TEST_NETWORK_LOG": str(place / "network.log"),
        "DO_NOT_TRACK": "1",
        "HF_HUB_OFFLINE": "1",
    }
    return {**os.environ, **own}


def understood(printed: str, errors: str) -> Side:
    """Return what a script's output says."""
    lines = [line for line in printed.splitlines() if line.startswith(MARK)]
    if not lines:
        last = (errors.strip() or "it printed nothing").splitlines()[-1]
        return Side("could not be run", last)
    found = json.loads(lines[-1].removeprefix(MARK))
    return Side("passes" if found["passes"] else "fails", found["saw"])


def ours(folder: Path = HERE) -> dict[str, Side]:
    """Run curate's side; return what became of each scenario."""
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.xml"
        call = [
            sys.executable,
            "-m",
            "pytest",
            str(folder),
            "-m",
            "scenario",
            "-p",
            "no:cacheprovider",
        ]
        subprocess.run(
            [*call, f"--junitxml={report}"], cwd=ROOT, check=False, stdout=subprocess.DEVNULL
        )
        return judged(etree.parse(report).getroot())


def judged(report: etree._Element) -> dict[str, Side]:
    """Return each scenario of a report of tests; it passes if all of its tests did."""
    found: dict[str, Side] = {}
    for case in report.iter("testcase"):
        bad = [part.tag for part in case if part.tag in {"failure", "error", "skipped"}]
        for mark in case.iter("property"):
            number = mark.get("value") or ""
            if mark.get("name") == "scenario" and (bad or number not in found):
                name = str(case.get("name"))
                found[number] = Side("fails", f"{name}: {bad[0]}") if bad else Side("passes")
    return found


def table(rows: Iterable[tuple[Scenario, str, Side, Side]]) -> str:
    """Return the table: scenario, peer and version, what became of each side, what was seen there."""
    head = ("", "scenario", "peer", "version", "peer", "curate", "seen on the peer")
    lines = [head]
    for scenario, version, theirs, own in rows:
        seen = version or f"({scenario.peer.seen})"
        line = (scenario.number, scenario.title, scenario.peer.name, seen)
        lines.append(
            (*line, theirs.verdict, own.verdict, " ".join((theirs.saw + " " + own.saw).split()))
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def compared(peers: Peers, own: Mapping[str, Side]) -> list[tuple[Scenario, str, Side, Side]]:
    """Run every scenario on its peer, and put what curate did beside it."""
    missing = Side("not run")
    return [
        (
            scenario,
            peers.version(scenario.peer),
            peers.tried(scenario),
            own.get(scenario.number, missing),
        )
        for scenario in SCENARIOS
    ]


def main() -> int:
    """Run both sides and print the table; return 1 if curate fails anywhere."""
    with tempfile.TemporaryDirectory() as name:
        material = Path(name)
        write_material(material)
        rows = compared(Peers(ENVIRONMENTS, SCRIPTS, material), ours())
    print(table(rows))
    print(
        "\nA version in brackets is the one on which the failure was seen; nothing of it is installed here."
    )
    return int(any(own.verdict != "passes" for *_, own in rows))


if __name__ == "__main__":
    sys.exit(main())
