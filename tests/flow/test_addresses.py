"""Published addresses: unique and stable, on one line, without the values that they are made of."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from curate.release.reading import Release
from tests.flow.share import REFUNDS, TRAVEL, run_share

if TYPE_CHECKING:
    from pathlib import Path

MAIL = """From desk@wetherlund.example.com Mon Mar  2 09:00:00 2026
From: Jo <jo@wetherlund.example.com>
Subject: Key number {number}
Date: Mon, 2 Mar 2026 09:00:00 +0000
Message-ID: <note{number}@wetherlund.example.com>

The key to room {number} hangs in the office of the guard, on hook {number} of the board.

"""


def addresses(share: Path, workspace: Path) -> list[str]:
    outcome, _ = run_share(share, workspace, workers=1)
    return sorted(row["address"] for row in Release(outcome.workspace, outcome.release).ledger)


def mbox(share: Path, numbers: range) -> None:
    share.mkdir(exist_ok=True)
    (share / "desk.mbox").write_text("".join(MAIL.format(number=n) for n in numbers))


def test_mails_whose_ids_are_masked_have_addresses_of_their_own(tmp_path: Path) -> None:
    mbox(tmp_path / "share", range(3))

    found = addresses(tmp_path / "share", tmp_path / "w")

    assert len(set(found)) == 3
    assert all(re.fullmatch(r"desk\.mbox › <EMAIL_ADDRESS> #[b-z]{9}", one) for one in found)


def test_such_an_address_stays_when_mails_come_before_it(tmp_path: Path) -> None:
    mbox(tmp_path / "share", range(3))
    before = addresses(tmp_path / "share", tmp_path / "w")

    mbox(tmp_path / "share", range(-2, 3))
    after = addresses(tmp_path / "share", tmp_path / "w")

    assert set(before) < set(after)
    assert len(after) == 5


def test_the_mark_of_an_address_hangs_on_the_key_of_the_workspace(tmp_path: Path) -> None:
    mbox(tmp_path / "share", range(1))

    one, other = (addresses(tmp_path / "share", tmp_path / name) for name in ("w1", "w2"))

    assert one != other


def test_signs_that_steer_a_terminal_are_written_out(tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    (share / "re\x1b[2Jfunds\n.md").write_text(REFUNDS)
    (share / "tra\u202evel.md").write_text(TRAVEL)
    (share / "日本 旅.md").write_text(TRAVEL + "\nOn paper.\n")

    found = addresses(share, tmp_path / "w")

    assert [re.sub(r" #[b-z]{9}\Z", " #", one) for one in found] == [
        "re\\x1b[2Jfunds\\n.md #",
        "tra\\u202evel.md #",
        "日本 旅.md",
    ]


def test_the_moment_by_which_a_chat_is_called_is_nobodys_number(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    said = {"type": "message", "user": "U1", "text": "The key to room 4 hangs on the board."}
    day = [{**said, "ts": "1700000000.0001"}, {**said, "ts": "1700004200.000200"}]
    (tmp_path / "share" / "2023-11-14.json").write_text(json.dumps(day))

    assert addresses(tmp_path / "share", tmp_path / "w") == [
        "2023-11-14.json › 1700000000.0001",
        "2023-11-14.json › 1700004200.000200",
    ]
