"""Numbers with dots: addresses of machines, or versions, paragraphs and masks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pii.said import found

if TYPE_CHECKING:
    from curate.pii import Finder


@pytest.mark.parametrize(
    "text",
    [
        "Oracle 19.3.0.0",
        "openssl 3.0.2.0 is old",
        "Apache Tomcat 9.0.83.1",
        "Server: nginx/1.25.3.1",
        "runs Cisco IOS 15.2.4.5.",
        "release-1.2.3.4",
        "app_1.2.3.4",
        "numpy 1.26.4.1",
        "we use SQLite 3.7.15.2 and PuTTY 0.7.0.1",
    ],
)
def test_what_stands_behind_the_name_of_a_product_is_a_version(finder: Finder, text: str) -> None:
    assert found(finder, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "2.3.8.1. First sub-item at this level",
        "Intro\n\n4.2.1.3 Scope of the policy",
        "## 4.2.1.3 Scope",
        "- 12.2.1.3. Exceptions",
        "as said above (see 4.2.1.3)",
        "siehe 4.2.1.3",
    ],
)
def test_the_number_of_a_paragraph_is_no_address(finder: Finder, text: str) -> None:
    assert found(finder, text) == []


@pytest.mark.parametrize("mask", ["255.255.0.0", "255.255.240.0", "255.0.0.0", "0.0.0.255"])
def test_the_mask_of_a_network_is_nobodys(finder: Finder, mask: str) -> None:
    assert found(finder, f"netmask {mask}") == []


@pytest.mark.parametrize(
    ("before", "value", "behind"),
    [
        ("host ", "5.9.3.2", ""),
        ("the server ", "4.2.1.3", " Up"),
        ("ping ", "8.8.8.8", ""),
        ("user ", "24.5.6.7", " logged in"),
        ("Oracle ", "10.20.30.40", ""),
        ("Frankfurt ", "85.20.30.40", ""),
        ("", "5.9.3.2", " db01.acme.com"),
        ("", "5.9.3.2", " Gateway"),
        ("", "5.9.3.2", " is hers"),
        ("the ", "5.9.3.2", " was down"),
        ("connected to ", "5.9.3.2", ""),
        ("http://", "5.9.3.2", "/a"),
        ("see ", "10.0.0.1", ""),
        ("", "255.254.255.1", ""),
    ],
)
def test_the_address_of_a_machine_is_found(
    finder: Finder, before: str, value: str, behind: str
) -> None:
    assert ("IP_ADDRESS", value) in found(finder, f"{before}{value}{behind}")
