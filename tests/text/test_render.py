from __future__ import annotations

import pytest

from curate.tables.edits import Edit, EditAction
from curate.text.edits import drop, normalise, value_digest
from curate.text.render import Policy, Rendered, Treatment, render

KEY = b"k" * 32
MASK = Policy()
MAIL = "jane@acme.com"


def replacing(text: str, value: str, kind: str = "EMAIL_ADDRESS") -> Edit:
    start, person = text.index(value), value_digest(KEY, kind, value)
    return Edit("text", start, start + len(value), EditAction.REPLACE, kind, person, "pii")


def dropping(text: str, block: str) -> Edit:
    start = text.index(block)
    return drop("text", start, start + len(block), reason="hidden")


def shown(text: str, *edits: Edit, policy: Policy = MASK) -> Rendered:
    return render(text, normalise(edits), policy=policy, key=KEY)


def test_text_without_edits_is_shown_as_it_is() -> None:
    assert shown("One\n\n two ").text == "One\n\n two "


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (Treatment.MASK, "Ask <EMAIL_ADDRESS> first"),
        (Treatment.REDACT, "Ask first"),
        (Treatment.KEEP, f"Ask {MAIL} first"),
    ],
)
def test_a_policy_says_what_stands_in_the_place_of_a_value(how: Treatment, expected: str) -> None:
    text = f"Ask {MAIL} first"

    assert shown(text, replacing(text, MAIL), policy=Policy(how)).text == expected


def test_a_policy_may_treat_one_type_otherwise() -> None:
    text = f"{MAIL} from 10.0.0.1"
    policy = Policy(Treatment.MASK, (("IP_ADDRESS", Treatment.KEEP),))

    rendered = shown(
        text, replacing(text, MAIL), replacing(text, "10.0.0.1", "IP_ADDRESS"), policy=policy
    )

    assert rendered.text == "<EMAIL_ADDRESS> from 10.0.0.1"
    assert hash(policy) == hash(Policy(Treatment.MASK, (("IP_ADDRESS", Treatment.KEEP),)))


def test_a_hash_is_short_and_hangs_on_the_key() -> None:
    text = f"Ask {MAIL}"
    edit = replacing(text, MAIL)

    mine = render(text, [edit], policy=Policy(Treatment.HASH), key=KEY).text
    other = render(text, [edit], policy=Policy(Treatment.HASH), key=b"x" * 32).text

    assert mine.startswith("Ask <EMAIL_ADDRESS_")
    assert len(mine) == len("Ask <EMAIL_ADDRESS_0123456789>")
    assert mine != other


def test_equal_values_get_equal_surrogates_in_two_documents() -> None:
    one, two = f"Ask {MAIL}", "Mail JANE@acme.com"
    policy = Policy(Treatment.SURROGATE)

    first = shown(one, replacing(one, MAIL), policy=policy).text
    second = shown(two, replacing(two, "JANE@acme.com"), policy=policy).text

    assert first.removeprefix("Ask ") == second.removeprefix("Mail ")
    assert first.endswith(".example")


@pytest.mark.parametrize(
    ("text", "block", "expected"),
    [
        ("One\n\nhidden\n\nTwo", "hidden", "One\n\nTwo"),
        ("hidden\n\nTwo", "hidden", "Two"),
        ("One\n\nhidden", "hidden", "One"),
        ("One hidden two", "hidden", "One two"),
        ("One hidden, two", "hidden", "One, two"),
        ("One hidden\n\nTwo", "hidden", "One\n\nTwo"),
        ("hidden", "hidden", ""),
        ("One(hidden)two", "hidden", "One()two"),
    ],
)
def test_white_space_around_a_dropped_block_closes_up(text: str, block: str, expected: str) -> None:
    assert shown(text, dropping(text, block)).text == expected


def test_blocks_dropped_one_after_the_other_leave_one_gap() -> None:
    text = "One\n\nfirst\n\nsecond\n\nTwo"

    assert shown(text, dropping(text, "first"), dropping(text, "second")).text == "One\n\nTwo"


def test_a_replacement_on_a_border_is_shown_by_the_earlier_span() -> None:
    text = f"Ask {MAIL} first"
    edits = normalise([replacing(text, MAIL)])

    early = render(text, edits, policy=MASK, key=KEY, span=(0, 8))
    late = render(text, edits, policy=MASK, key=KEY, span=(8, len(text)))

    assert early.text == "Ask <EMAIL_ADDRESS>"
    assert late.text == " first"


def test_a_span_that_holds_only_the_rest_of_a_replacement_is_empty() -> None:
    text = f"Ask {MAIL} first"
    edits = normalise([replacing(text, MAIL)])

    assert render(text, edits, policy=MASK, key=KEY, span=(8, 12)).text == ""


def test_a_place_behind_a_replacement_is_found_both_ways() -> None:
    text = f"Ask {MAIL} first"
    rendered = shown(text, replacing(text, MAIL))
    start = text.index("first")

    here = rendered.to_rendered(start, start + 5)

    assert rendered.text[here[0] : here[1]] == "first"
    assert rendered.to_canonical(*here) == (start, start + 5)


def test_a_place_inside_a_replacement_is_the_whole_replacement() -> None:
    text = f"Ask {MAIL} first"
    rendered = shown(text, replacing(text, MAIL))

    here = rendered.to_rendered(6, 8)

    assert rendered.text[here[0] : here[1]] == "<EMAIL_ADDRESS>"
    assert rendered.to_canonical(here[0] + 2, here[0] + 4) == (4, 4 + len(MAIL))


def test_what_is_dropped_has_an_empty_place() -> None:
    text = "One\n\nhidden\n\nTwo"
    rendered = shown(text, dropping(text, "hidden"))

    start, end = rendered.to_rendered(5, 11)

    assert start == end


def test_trimming_keeps_the_places_right() -> None:
    text = f"  Ask {MAIL}\n\nhidden\n\nlast one \n"
    edits = normalise([replacing(text, MAIL), dropping(text, "hidden")])
    rendered = render(text, edits, policy=MASK, key=KEY).trimmed()

    start = text.index("last")
    here = rendered.to_rendered(start, start + 8)

    assert rendered.text == "Ask <EMAIL_ADDRESS>\n\nlast one"
    assert rendered.text[here[0] : here[1]] == "last one"
    assert rendered.to_canonical(*here) == (start, start + 8)
