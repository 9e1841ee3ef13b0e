"""Mail addresses that Presidio looks past."""

from __future__ import annotations

import pytest

from curate.pii import Finder


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder()


def values(finder: Finder, text: str) -> list[str]:
    return [text[one.start : one.end] for one in finder.find(text) if one.type == "EMAIL_ADDRESS"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("http://wiki/people/anna.berg@acme.com", ["anna.berg@acme.com"]),
        ("http://intranet.acme.local/profile?user=bob.lee@acme.com", ["bob.lee@acme.com"]),
        ("//fileserver/home/eva.roth@acme.com/notes", ["eva.roth@acme.com"]),
        ("anna@acme.com/bob@acme.com", ["anna@acme.com", "bob@acme.com"]),
        ("ask v15@mail.acme.local today", ["v15@mail.acme.local"]),
        ("anna [at] acme [dot] com", ["anna [at] acme [dot] com"]),
        ("anna (at) acme.com", ["anna (at) acme.com"]),
        ("'jane@acme.com'", ["jane@acme.com"]),
        ("jane.doe@acme.com.ost", ["jane.doe@acme.com"]),
        ("jane.doe18@mail.acme.co.uk.eml", ["jane.doe18@mail.acme.co.uk"]),
        ("jane.doe@acme.com_backup.pst", ["jane.doe@acme.com"]),
        ("export_jane.doe@acme.com_2024.pst", ["export_jane.doe@acme.com"]),
        ("archive/jane.doe@acme.com_old/x", ["jane.doe@acme.com"]),
        ("jane.doe at acme dot com", ["jane.doe at acme dot com"]),
        ("jane.doe AT mail.acme DOT com", ["jane.doe AT mail.acme DOT com"]),
        ("jane.doe at acme dot co dot uk.", ["jane.doe at acme dot co dot uk"]),
        ("jane.doe @ acme . com", ["jane.doe @ acme . com"]),
        ("jane_doe7 @ acme.com", ["jane_doe7 @ acme.com"]),
        ("mail jane at acme dot com please", ["jane at acme dot com"]),
        ("contact jane @ acme.com", ["jane @ acme.com"]),
        ("jane.doe @ kestrelbay.com", ["jane.doe @ kestrelbay.com"]),
        ("ask j.doe @ kestrelbay.com", ["j.doe @ kestrelbay.com"]),
        ("ask j.doe+hr @ kestrelbay.com", ["j.doe+hr @ kestrelbay.com"]),
        ("jane.doe  @  kestrelbay.com", ["jane.doe  @  kestrelbay.com"]),
        ("jane.doe\u00a0@\u00a0kestrelbay.com", ["jane.doe\u00a0@\u00a0kestrelbay.com"]),
        ("jane.doe\t@\u2009kestrelbay.com", ["jane.doe\t@\u2009kestrelbay.com"]),
    ],
)
def test_an_address_is_found_wherever_it_stands(
    finder: Finder, text: str, wanted: list[str]
) -> None:
    assert values(finder, text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "npm i @scope/pkg@1.2.3",
        "we met at noon (at last) ok. com",
        "user@",
        "a@b",
        "@team",
        "we look at amazon dot com and meet at noon dot the i",
        "C = A @ B . me",
        "we met @ noon",
        "dinner @ joes.com",
        "y = a.T @ b.co",
        "w.grad @ x.to",
        "@app.route",
        "x = 1  @  y.fr",
        "x@np.linalg.inv(b), y@torch.me.sum(z)",
        "npm i pkg@1.2.3.tgz, icon@2x.png, a@b.T.x",
    ],
)
def test_what_is_no_address_is_left_alone(finder: Finder, text: str) -> None:
    assert values(finder, text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Write to jane.doe@\nacme.com today", ["jane.doe@\nacme.com"]),
        ("jane.doe\n@acme.com", ["jane.doe\n@acme.com"]),
        ("jane@\n  acme.com", ["jane@\n  acme.com"]),
        ("Write to jane@ acme.com today", ["jane@ acme.com"]),
        ("E-mail: jane @acme.com", ["jane @acme.com"]),
        ("E-mail: jane\n@acme.com", ["jane\n@acme.com"]),
        ("Mail: jane.doe@\nacme.example", ["jane.doe@\nacme.example"]),
        ("jane@acme.\ncom is", ["jane@acme.\ncom"]),
        ("jane@mail.\nacme.co.uk", ["jane@mail.\nacme.co.uk"]),
        ("jane.doe@acme\n.com", ["jane.doe@acme\n.com"]),
        ("jane.doe@acme-\nwidgets.com", ["jane.doe@acme-\nwidgets.com"]),
        ("jdoe\n@acme.com", ["jdoe\n@acme.com"]),
        ("jane2.doe\n@acme.com", ["jane2.doe\n@acme.com"]),
        ("jane.doe@\n\nacme.com", ["jane.doe@\n\nacme.com"]),
        ("> jane.quoted@\n> acme.com", ["jane.quoted@\n> acme.com"]),
        (">> jane@acme.\n>> com", ["jane@acme.\n>> com"]),
        ("mailto:long.per\nson@acme.com", ["long.per\nson@acme.com"]),
        ("mailto:long.person@ac\n me.com\nEND", ["long.person@ac\n me.com"]),
        ("write to jane@acme.com.\nin the", ["jane@acme.com"]),
        ("mailto:a@acme.com\nATTENDEE", ["a@acme.com"]),
    ],
)
def test_an_address_that_a_line_end_breaks_is_found(
    finder: Finder, text: str, wanted: list[str]
) -> None:
    assert values(finder, text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "E-mail: anna@intranet",
        "mailto:anna@intranet",
        "Contact: anna@intranet.",
        "Please mail anna@intranet, soon",
        "e-mail <anna@intranet>",
        "Name | E-mail\nBob | none\nAnna | anna@intranet",
        '{"user_email": "anna@intranet"}',
        "Contact:\nanna@intranet",
    ],
)
def test_a_host_without_an_ending_is_one_where_mail_is_spoken_of(finder: Finder, text: str) -> None:
    assert values(finder, text) == ["anna@intranet"]


def test_the_name_of_a_property_speaks_of_mail(finder: Finder) -> None:
    assert finder.find("anna@intranet", field="field.email.0")
    assert finder.find("mailto:anna@intranet", field="link.1.0")
    assert not finder.find("anna@intranet", field="field.host.0")


@pytest.mark.parametrize(
    "text",
    [
        "ask anna@intranet",
        "made with node.js @vercel.com",
        "email me@ noon.please",
        "the mean a@ b.T of mails",
        "    return self.mail\n    @property\n    def f(self)",
        "x = foo.bar\n@app.post('/x')",
        "mail = one\n@app.post\ndef x()",
        "return value\n@foo.run",
        "ping @team.\nin time",
        "mailto:foo\nbar is",
        "go to\n@app.get('/')",
        "npm install pkg@latest",
        "Contact us if npm install pkg@latest fails",
        "mail the output of pkg@next",
        "git@github",
        "contact git@github",
        "mail server: ssh admin@mailhost",
        "e-mail: admin@host:/srv/mail",
        "email-validator@2.3.4",
        "Contact\n\nadmin@host is where it runs",
        "Name | Host\nE-mail | x\nAnna | anna@intranet",
    ],
)
def test_code_and_commands_hold_no_address(finder: Finder, text: str) -> None:
    assert values(finder, text) == []


def test_many_lines_do_not_hold_up_the_search(finder: Finder) -> None:
    assert values(finder, "mail a.b-c\n@" * 20_000) == []
    assert values(finder, "mail ab@cd@\n" * 20_000) == []


@pytest.mark.parametrize(
    "text",
    ["ISBN 0-306-40615-2", "ISBN-13: 978-0-306-40615-7", "OCLC 219-09-9999", "Section 1.1.1.1"],
)
def test_the_number_of_a_book_or_of_a_paragraph_is_nobodys(finder: Finder, text: str) -> None:
    assert finder.find(text) == []


def test_many_signs_do_not_hold_up_the_search(finder: Finder) -> None:
    assert values(finder, "@".join(["a.b-c"] * 20_000)) == []
