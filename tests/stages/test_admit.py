"""Admission: access never widens, and each document that is out says why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from curate.stages.admit import UNSTATED, Applicant, admit, effective_access, readable
from curate.tables.sources import Claim

PLAIN = Applicant(b"d", (UNSTATED,), "both", b"", b"", quarantined=False, visible=True)


def test_a_draft_is_not_learnt_from_and_stays_in_the_corpus() -> None:
    (admission,) = admit([replace(PLAIN, draft=True)], audience=(), near="").values()

    assert (admission.corpus, admission.finetune) == ("", "draft")


def outcome(applicant: Applicant, *audience: str, near: str = "exact") -> tuple[str, str]:
    admission = admit([applicant], audience=audience, near=near)[applicant.doc_id]
    return admission.corpus, admission.finetune


def test_where_nobody_states_access_all_share_one_class_that_everybody_reads() -> None:
    assert effective_access([Claim(stated=False, access=()), Claim(stated=False, access=())]) == [
        (UNSTATED,),
        (UNSTATED,),
    ]
    assert outcome(PLAIN) == ("", "")


def test_once_any_source_states_access_unstated_means_nobody() -> None:
    access = effective_access(
        [
            Claim(stated=True, access=("hr",)),
            Claim(stated=False, access=()),
            Claim(stated=True, access=()),
        ]
    )

    assert access == [("hr",), (), ()]
    assert outcome(replace(PLAIN, access=access[1]), "hr") == ("", "not_for_audience")


def test_a_document_cannot_state_itself_unstated() -> None:
    assert effective_access([Claim(stated=True, access=(UNSTATED, "hr"))]) == [("hr",)]


def test_what_a_container_says_of_its_members_opens_nothing_and_shuts_nothing_else() -> None:
    inside, unsaid = (
        Claim(stated=False, access=("everyone",), inside=True),
        Claim(stated=False, access=()),
    )

    assert effective_access([inside, unsaid, Claim(stated=True, access=("hr",))]) == [
        (),
        (),
        ("hr",),
    ]
    assert effective_access([inside, unsaid]) == [("everyone",), (UNSTATED,)]


@pytest.mark.parametrize(
    ("access", "audience", "may"),
    [
        ((), (), False),
        ((), ("hr",), False),
        (("hr",), (), False),
        (("hr",), ("hr",), True),
        (("hr", "law"), ("hr",), True),
        (("hr",), ("hr", "law"), False),
        (("everyone",), ("hr", "law"), True),
        (("everyone",), (), True),
    ],
)
def test_something_is_learnt_only_if_the_whole_audience_may_read_it(
    access: tuple[str, ...], audience: tuple[str, ...], *, may: bool
) -> None:
    assert readable(access, audience) is may


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"visible": False}, ("no_visible_text", "no_visible_text")),
        ({"quarantined": True}, ("quarantined", "quarantined")),
        ({"use": "corpus"}, ("", "use_corpus_only")),
        ({"use": "finetune"}, ("use_finetune_only", "")),
        ({"copy_of": b"o"}, ("copy", "copy")),
        ({"near_copy_of": b"o"}, ("", "near_copy")),
        ({"access": ("hr",)}, ("", "not_for_audience")),
    ],
)
def test_what_is_out_of_a_product_says_why(
    change: dict[str, object], expected: tuple[str, str]
) -> None:
    assert outcome(replace(PLAIN, **change)) == expected  # type: ignore[arg-type]


def test_near_copies_leave_the_corpus_only_if_asked() -> None:
    assert outcome(replace(PLAIN, near_copy_of=b"o"), near="near") == ("near_copy", "near_copy")


def test_what_changes_too_often_is_searched_and_not_learnt() -> None:
    applicants = [replace(PLAIN, doc_id=bytes([n]) * 16, changes=n) for n in range(4)]

    admissions = admit(applicants, audience=(), near="exact", most_changes=2)

    assert [a.corpus for a in admissions.values()] == [""] * 4
    assert [a.finetune for a in admissions.values()] == ["", "", "", "volatile"]


def test_noise_reaches_no_product() -> None:
    assert outcome(replace(PLAIN, noise=True)) == ("noise", "noise")
