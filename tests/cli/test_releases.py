"""The commands about releases: what they print, for people and for scripts, from any folder, in any case."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from curate.pipeline.rollback import rollback
from curate.release.reading import open_release
from curate.release.schemas import schemas
from tests.cli.test_cli import call
from tests.flow.share import REFUNDS, VPN
from tests.release.kept.site import Site, site

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Three releases: two documents, an edit and a page more, the first again."""
    found = site(tmp_path_factory.mktemp("releases"))
    found.write("wiki/vpn.html", VPN)
    found.run()
    found.write("refunds.md", REFUNDS.replace("fourteen", "twenty"))
    (found.share / "travel.md").rename(found.share / "journeys.md")
    found.run()
    rollback(found.workspace, 1)
    return found


def _answer(made: Site, schema: str, *words: str) -> Any:
    """Return what a command answers as JSON, held to its schema; called from within the share."""
    value = json.loads(call(*words, "--json", folder=made.share).stdout)
    problems = Draft202012Validator(schemas()[f"{schema}.v1.json"]).iter_errors(value)
    assert [error.message for error in problems] == []
    return value


def test_releases_lists_them_with_the_one_in_force(made: Site) -> None:
    text = call("releases", folder=made.share).stdout
    value = _answer(made, "releases", "releases")

    assert [line.split()[0] for line in text.splitlines()] == ["release", "1", "2", "3", "3"]
    assert "in force, rolled back to 1" in text
    assert value["in_force"] == 3


def test_releases_lists_an_older_one_that_is_damaged(made: Site) -> None:
    manifest = made.workspace.release(1) / "manifest.json"
    whole = manifest.read_text(encoding="utf-8")
    manifest.write_text("no manifest", encoding="utf-8")
    try:
        text = call("releases", folder=made.share).stdout
        value = _answer(made, "releases", "releases")
    finally:
        manifest.write_text(whole, encoding="utf-8")

    assert "2 releases kept" in text
    assert [line["standing"] for line in value["releases"]] == ["damaged", "kept", "in_force"]
    assert value["releases"][0]["bytes"] > 0


def test_diff_compares_the_last_two_unless_others_are_named(made: Site) -> None:
    assert _answer(made, "changes", "diff")["before"] == 2
    found = _answer(made, "changes", "diff", "1", "2")

    assert (found["before"], found["after"]) == (1, 2)
    assert {row["op"] for row in found["documents"]} == {"modified", "renamed"}


def test_diff_says_how_much_and_why(made: Site) -> None:
    text = call("diff", 1, 2, folder=made.share).stdout

    assert "Release 1 → 2" in text
    assert "+0 new   1 edited   0 gone   1 moved   of 3" in text
    assert "of them 1 edits" in text
    assert "1 needed of" in text
    assert "~ refunds.md" in text
    assert "> travel.md → journeys.md" in text
    assert "twenty" not in text


def test_trace_leads_from_an_example_to_its_file(made: Site) -> None:
    release = open_release(made.root)
    example = next(row for row in release.examples if "refund" in str(row["messages"]))
    found = _answer(made, "trace", "trace", example["example_id"])

    assert (found["kind"], found["current"]) == ("example", True)
    assert found["releases"][-1] == 3
    assert found["documents"][0]["address"] == "refunds.md"
    assert "fourteen" in str(found["evidence"]) or found["evidence"][0]["text"]
    assert example["example_id"] in call("trace", example["example_id"], folder=made.share).stdout


def test_trace_answers_for_a_chunk_that_is_no_longer_current(made: Site) -> None:
    rows = open_release(made.root, 2).corpus.collect().to_dicts()
    chunk = next(row for row in rows if "twenty" in row["text"])
    found = _answer(made, "trace", "trace", chunk["chunk_id"])
    text = call("trace", chunk["chunk_id"], folder=made.share).stdout

    assert (found["release"], found["current"], found["releases"]) == (2, False, [2])
    assert found["evidence"][0]["text"] == chunk["text"]
    assert found["evidence"][0]["span"] == chunk["span"]
    assert found["documents"][0]["number"] == 2
    assert "told from release 2" in text
    assert "refunds.md  version 2" in text


def test_trace_counts_redactions_by_type_without_values(made: Site) -> None:
    rows = open_release(made.root).corpus.collect().to_dicts()
    chunk = next(row for row in rows if "<PHONE_NUMBER>" in row["text"])
    found = _answer(made, "trace", "trace", chunk["chunk_id"])

    types = {count["type"]: count["count"] for count in found["evidence"][0]["redacted"]}
    assert types == {"PHONE_NUMBER": 1, "EMAIL_ADDRESS": 1}
    assert "555-0172" not in json.dumps(found)
    document = _answer(made, "trace", "trace", chunk["doc_id"])
    assert {c["type"] for c in document["documents"][0]["redacted"]} >= {"PHONE_NUMBER"}


def test_a_mask_that_stands_in_the_source_is_no_redaction(tmp_path: Path) -> None:
    alone = site(tmp_path)
    alone.write("forms.md", "# Forms\n\nWrite <PHONE_NUMBER> where the form asks for a number.\n")
    rows = alone.run().corpus.collect().to_dicts()
    chunk = next(row for row in rows if "<PHONE_NUMBER>" in row["text"])

    assert _answer(alone, "trace", "trace", chunk["chunk_id"])["evidence"][0]["redacted"] == []


@pytest.mark.parametrize("word", ["x_1", "e_00000000000000000000000000", "c_' or 1=1"])
def test_trace_of_what_is_not_there_is_wrong_use(made: Site, word: str) -> None:
    assert word in call("trace", word, folder=made.share, code=2).stderr


def test_rollback_publishes_and_says_so(made: Site, tmp_path: Path) -> None:
    shutil.copytree(made.root, tmp_path, dirs_exist_ok=True)
    own = Site(tmp_path)

    text = call("rollback", 2, folder=tmp_path).stdout
    value = _answer(own, "rollback", "rollback", "1")

    assert text.startswith("Release 4 is in force: the content of release 2 (+")
    assert (value["release"], value["to"], value["before"]) == (5, 1, 4)
    assert "has the content of release 1" in call("rollback", 1, folder=tmp_path).stdout


def test_releases_that_are_not_there_are_wrong_use(made: Site, tmp_path: Path) -> None:
    assert "no release 9" in call("rollback", 9, folder=made.share, code=2).stderr
    assert "no release 9" in call("diff", 9, folder=made.share, code=2).stderr
    for command in ("releases", "diff"):
        assert "no workspace" in call(command, folder=tmp_path, code=2).stderr


def test_a_single_release_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    site(tmp_path).run()

    assert "nothing to compare" in call("diff", folder=tmp_path, code=2).stderr
