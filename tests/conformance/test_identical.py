"""Identical documents: each is a document of its own, so that deletion takes that one and no other."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.conformance.site import Ran, Site
from tests.flow.share import REFUNDS, TRAVEL


@dataclass(frozen=True)
class Story:
    """Two equal files and another; then one of the two less; then both."""

    both: Ran
    one: Ran
    none: Ran


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    site = Site(tmp_path_factory.mktemp("identical"))
    site.write("travel.md", TRAVEL)
    site.write("one/refunds.md", REFUNDS)
    site.write("two/refunds.md", REFUNDS)
    both = site.run()
    kept = next(a for a, row in both.documents().items() if row["corpus"] == "in" and "ref" in a)
    (site.share / kept).unlink()
    one = site.run()
    for path in site.share.glob("*/refunds.md"):
        path.unlink()
    return Story(both, one, site.run())


@pytest.mark.scenario("i")
def test_of_two_equal_documents_exactly_one_is_searched_and_the_other_says_of_what(
    story: Story,
) -> None:
    rows = [row for address, row in story.both.documents().items() if "refunds" in address]
    copy, kept = sorted(rows, key=lambda row: row["corpus"] == "in")

    assert (copy["corpus"], kept["corpus"]) == ("copy", "in")
    assert copy["copy_of"] == kept["doc_id"]
    assert story.both.searched().count("A refund takes fourteen days") == 1


@pytest.mark.scenario("12")
def test_when_the_one_that_is_searched_is_deleted_the_other_takes_its_place(story: Story) -> None:
    (kept,) = [row for address, row in story.one.documents().items() if "refunds" in address]

    assert (kept["corpus"], kept["copy_of"]) == ("in", "")
    assert story.one.searched().count("A refund takes fourteen days") == 1
    assert story.one.examples(kept["address"])


@pytest.mark.scenario("12")
def test_when_both_are_deleted_nothing_of_them_stays(story: Story) -> None:
    assert set(story.none.documents()) == {"travel.md"}
    assert "refund" not in (story.none.searched() + story.none.learnt()).lower()
