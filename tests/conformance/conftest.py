"""One share that many scenarios look at, run once: without a network, on a bare install."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from curate.release.reading import open_release
from tests.conformance import texts
from tests.conformance.material import (
    NO_PDF,
    PARAGRAPH,
    PRICES,
    write_docx,
    write_every_kind,
    write_pdf,
)
from tests.conformance.peers.closure import unseen
from tests.conformance.site import PIPELINE, Ran, Site

ROOT = Path(__file__).parents[2]
GUARDS = Path(__file__).parent / "guards"


def pytest_itemcollected(item: pytest.Item) -> None:
    """Note a test's scenarios where a report of the run holds them."""
    marks = item.iter_markers("scenario")
    item.user_properties += [("scenario", number) for mark in marks for number in mark.args]


@dataclass(frozen=True)
class Company:
    """The share's run by the command line: what it gave, said, and which networks it reached for."""

    ran: Ran
    kinds: dict[str, str]
    said: str
    reached_for: str


@dataclass(frozen=True)
class Twins:
    """Two shares, each with its own workspace, whose folders have one name."""

    one: Ran
    two: Ran


def _write(site: Site) -> dict[str, str]:
    """Write the share; return what the document of each kind says."""
    pages = {
        "people/holidays.md": texts.HOLIDAYS,
        "people/courier.md": texts.COURIER,
        "people/desk.md": texts.IN_A_ROW,
        f"people/{texts.PERSON}.md": texts.EVERYWHERE,
        "short.txt": texts.SHORT,
        "manual.md": texts.long_manual(),
    }
    pages |= {f"leases/{name}.md": text for name, text in texts.LEASES.items()}
    pages |= {
        f"notices/{name}.md": f"{text}\n\n{texts.NOTICE}\n"
        for name, text in texts.WITH_NOTICE.items()
    }
    for name, text in pages.items():
        site.write(name, text)
    for name in ("hr", "legal"):
        write_pdf(site.share / name / "report.pdf", [f"This report is by the {name} department."])
    write_pdf(site.share / "scan.pdf", [])
    (site.share / "broken.pdf").write_bytes(NO_PDF)
    write_docx(site.share / "prices.docx", PARAGRAPH, PRICES)
    return write_every_kind(site.share / "kinds")


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """Run the share as a user does, where nothing but what curate requires is installed."""
    site = Site(tmp_path_factory.mktemp("company"))
    kinds = _write(site)
    pipeline, log = site.root / "p.yaml", site.root / "network.log"
    pipeline.write_text(PIPELINE, encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    hidden = unseen(project["dependencies"]) - {"curate"}
    call = [sys.executable, "-m", "curate", "run", str(pipeline), "--as-of", "2026-03-31"]
    done = subprocess.run(
        [*call, "--workspace", str(site.root / "w"), "--workers", "1"],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join((str(GUARDS), str(ROOT))),
            "CURATE_TEST_HIDDEN": " ".join(sorted(hidden)),
            "CURATE_TEST_NETWORK_LOG": str(log),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    reached_for = log.read_text(encoding="utf-8") if log.exists() else ""
    ran = Ran(open_release(site.root / "w"), True, {})
    return Company(ran, kinds, done.stdout, reached_for)


@pytest.fixture(scope="session")
def twins(tmp_path_factory: pytest.TempPathFactory) -> Twins:
    """Run two shares that have nothing in common but their folders' name and one person."""
    root = tmp_path_factory.mktemp("twins")
    one, two = Site(root / "one"), Site(root / "two")
    one.write("a.md", "# Lamps\n\nThe red lamp blinks until its clock is set.\n")
    one.write("leave.md", texts.HOLIDAYS)
    two.write("a.md", "# Valves\n\nThe left valve is shut before the pump is cleaned.\n")
    two.write("leave.md", texts.HOLIDAYS)
    return Twins(one.run(), two.run())
