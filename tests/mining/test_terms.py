"""The names under which a term is known."""

from __future__ import annotations

import pytest

from curate.mining.terms import names_of


@pytest.mark.parametrize(
    ("term", "names"),
    [
        ("PTO", ("pto",)),
        ("Paid time off (PTO)", ("paid time off", "pto")),
        ("IG or OIG", ("ig", "oig")),
        ("A&A", ("a&a",)),
        ("CI/CD", ("ci/cd",)),
        ("Terms or conditions", ("terms or conditions",)),
        ("Leave (paid)", ("leave paid",)),
        ("§", ("§",)),
    ],
)
def test_a_term_has_a_name_for_each_way_it_is_written(term: str, names: tuple[str, ...]) -> None:
    assert names_of(term) == names
