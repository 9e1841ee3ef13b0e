"""Presidio's own analyser over the same recognisers, and texts that try to tell it from ours."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry

from curate.pii.stock import LANGUAGE, WordEngine, recognisers

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.pii import Finder, FinderSettings
    from curate.tables.pii_spans import PiiSpan

Row = tuple[str, int, int, float]


def stock(settings: FinderSettings) -> Callable[[str], list[Row]]:
    """Return Presidio's analysis as a function."""
    registry = RecognizerRegistry(recognizers=recognisers(settings), supported_languages=[LANGUAGE])
    engine = AnalyzerEngine(
        registry=registry, nlp_engine=WordEngine(), supported_languages=[LANGUAGE]
    )

    def analyse(text: str) -> list[Row]:
        found = engine.analyze(text, LANGUAGE)
        return sorted((f.entity_type, f.start, f.end, round(f.score, 4)) for f in found)

    return analyse


def rows(spans: list[PiiSpan]) -> list[Row]:
    """Return our findings as Presidio's."""
    return sorted((span.type, span.start, span.end, round(span.score, 4)) for span in spans)


def differences(finder: Finder, analyse: Callable[[str], list[Row]], texts: list[str]) -> list[str]:
    """Return the texts for which the two differ."""
    return [text for text in texts if rows(finder.findings(text)) != analyse(text)]


VALUES = (
    "212-555-0172", "(212) 555-0172", "+1 212 555 0172 x12", "+44 20 7946 0958", "020 7946 0958",
    "0044 20 7946 0958", "030 123456", "+49 (0)30 12345678", "06 12 34 56 78", "98765 43210",
    "1-800-555-1212 ext. 5", "2125550172", "011 44 20 7946 0958", "555-1234", "2012-01-02 08:00",
    "211-227 (2003)", "3/10/2011", "12345 - 332-445-1234", "651-234-2345/332-445-1234",
    "4111 1111 1111 1111", "4111-1111-1111-1111", "378282246310005", "30569309025904",
    "DE89 3704 0044 0532 0130 00", "GB33BUKB20201555555555",
    "FR14 2004 1010 0505 0001 3M02 606 X", "de89370400440532013000", "IL150120690000003111111",
    "AB12 CDEF GHIJ", "AB12-CD34-EF56", "192.168.10.22", "10.0.0.1/24", "::1", "::",
    "fe80::1%eth0", "::ffff:10.0.0.1", "a:b:c:d:e:f:a:b", "2001:db8::8a2e:370:7334",
    "1:2:3:4:5:6:7:8", "64:ff9b::192.0.2.33", "255.255.255.256", "00:1A:2B:3C:4D:5E",
    "aa-bb-cc-dd-ee-ff", "0012.3456.789a", "aaaa.bbbb.cccc", "FF:FF:FF:FF:FF:FF",
    "123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000000",
    "abcdefab-abcd-abcd-abcd-abcdefabcdef", "219-09-9999", "219 09 9999", "219.09.9999",
    "21909-9999", "219-099999", "219099999", "078-05-1120", "912-70-1234", "912701234",
    "91270-1234", "C01234567", "123456789", "H12345678", "A123456", "1234567A", "12ABC12345",
    "943 476 5919", "9434765919", "943-476-5919", "BB1388568", "A91388568",
    "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
    "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "945456787654", "2021-03-04", "03/04/2021", "3/4/21",
    "04.03.2021", "04-MAR-2021", "MAR-21", "04-mar", "2021-03-04T12:30:00Z", "12/2021", "12/21",
    "2021-03-04T12:30:00.123+02:00", "jane.doe@acme.com", "jane@mail.acme.co.uk", "a@b",
    "a@@b.com", "j+x=y@acme.com", "'o''x'@acme.com", "jane@xn--80ak6aa92e.com", "@acme.com",
    "x@acme.com@acme.org", "user@host.invalid", "a.@b.com", ".a@b.com", "мария@почта.рф",
    "jane@acme.com.", "a@b.c-d.com", "https://www.acme.com/a?b=c#d", "http://acme.io", "acme.com",
    "www.acme.org/x(y)", "foo.community", "'https://acme.com/a'", '"foo.community"', '"acme.co"',
    "e.g.in", "end.In", "a.b.c.d", "..com", "HTTPS://ACME.COM", "http://http://acme.com",
    "acme.com.evil.zip/x", "foo.\u017fo", "ac\u212ae.com",
    "\u0661\u0662\u0663-\u0664\u0665\u0666-\u0667\u0668\u0669\u0660", "１２３ ４５６ ７８９０",
)  # fmt: skip
WORDS = (
    "phone", "Call", "number:", "cell", "the", "be", "card", "visa", "cc", "ssn",
    "social security", "passport", "us", "license", "policy", "driver", "account#", "bank",
    "wallet", "btc", "date", "birthday", "email", "Email:", "url", "website", "link:the", "nhs",
    "medical", "certificate", "mac", "ip", "uuid", "guid", "tax", "iban", "transaction", "health",
    "and", "of", "to", "Mr.", "can't", "U.S.", "e.g.", ":)", "(:", ":", "::", "—", "“", "”", "’s",
    "x:be", "be:x", "to:of", "Adm", ".", "x", "ext", "ext.", "#5", ";ext=12", "доб", "$", "%",
    "€", "fax/phone", "don't", "not.Then", "12", "7", "2019", "18F", "3rd", "10%", "£5", "№",
    "naïve", "Straße", "日本語", "🙂", "\u200b",
)  # fmt: skip
GAPS = (
    " ", " ", " ", " ", " ", "  ", "\n", "\n\n", "\t", ", ", "; ", ": ", "", "", "(", ")", ". ",
    "/", "-", " | ", "\u00a0", "\x1c", "\u2028", "\r\n", "=", "_", '"', "'", "<", ">", "+", " (",
    ") ", "[", "](",
)  # fmt: skip


def adversarial(seed: int) -> str:
    """Return a text of values, mutilated values and words in odd company."""
    random = Random(seed)
    pieces: list[str] = []
    for _ in range(random.randint(1, 14)):
        kind = random.random()
        if kind < 0.45:
            pieces.append(_mutilated(random.choice(VALUES), random))
        elif kind < 0.97:
            pieces.append(random.choice(WORDS))
        else:
            pieces.append("".join(random.choices("01234567 .-/:@abAB", k=random.randint(1, 25))))
        pieces.append(random.choice(GAPS))
    return "".join(pieces)


def _mutilated(value: str, random: Random) -> str:
    kind = random.random()
    if kind < 0.6:
        return value
    place = random.randrange(len(value))
    if kind < 0.7:
        return value[:place] + value[place + 1 :]
    if kind < 0.8:
        return value[:place] + random.choice("0123456789aAfF .-:/@x") + value[place + 1 :]
    if kind < 0.9:
        return value[:place] + random.choice(GAPS) + value[place:]
    return value.upper() if kind < 0.95 else value[place:]
