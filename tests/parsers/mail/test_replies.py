from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.parsers.blob import Blob
from curate.parsers.mail import read_eml
from curate.tables.parsed import Kind, Parsed


def read(
    body: str, *, subtype: str = "plain", sender: str = "a@b.example", subject: str = "S"
) -> Parsed:
    head = f"From: {sender}\nSubject: {subject}\nContent-Type: text/{subtype}; charset=utf-8\n\n"
    return read_eml(Blob(f"{head}{body}".encode(), "m.eml", "message/rfc822"))


def of(parsed: Parsed, kind: Kind) -> str:
    found = (
        parsed.text[e.start : e.end] for e in parsed.elements if e.turn >= 0 and e.kind is kind
    )
    return "\n".join(found)


ANNOUNCEMENTS = [
    "On Mon, 5 Jan 2026 at 10:00, Ann Lee <ann@example.org> wrote:",
    "On 2026-01-05 10:00, Ann Lee wrote:",
    "Am 05.01.2026 um 10:00 schrieb Ann Lee:",
    "Am Mo., 5. Jan. 2026 um 10:00 Uhr schrieb Ann Lee <\nann@example.org>:",
    "Le lun. 5 janv. 2026 à 10:00, Ann Lee <ann@example.org> a écrit :",
    "El lun, 5 ene 2026 a las 10:00, Ann Lee (<ann@example.org>) escribió:",
    "Il giorno lun 5 gen 2026 alle ore 10:00 Ann Lee <ann@example.org> ha scritto:",
    "Em seg., 5 de jan. de 2026 às 10:00, Ann Lee <ann@example.org> escreveu:",
    "Op ma 5 jan 2026 om 10:00 schreef Ann Lee <ann@example.org>:",
    "pon., 5 sty 2026 o 10:00 Ann Lee <ann@example.org> napisał(a):",
    "Den mån 5 jan. 2026 kl 10:00 skrev Ann Lee <ann@example.org>:",
    "Den man. 5. jan. 2026 kl. 10.00 skrev Ann Lee <ann@example.org>:",
    "man. 5. jan. 2026 kl. 10:00 skrev Ann Lee <ann@example.org>:",
    "ma 5. tammik. 2026 klo 10.00 Ann Lee (ann@example.org) kirjoitti:",
    "пн, 5 янв. 2026 г. в 10:00, Ann Lee <ann@example.org>:",
    "5 января 2026 г., 10:00, Ann Lee <ann@example.org> написал:",
    "пн, 5 січ. 2026 р. о 10:00 Ann Lee <ann@example.org> пише:",
    "po 5. 1. 2026 v 10:00 odesílatel Ann Lee <ann@example.org> napsal:",
    "po 5. 1. 2026 o 10:00 Ann Lee <ann@example.org> napísal(a):",
    "Ann Lee <ann@example.org> ezt írta (időpont: 2026. jan. 5., H, 10:00):",
    "Pe lun., 5 ian. 2026 la 10:00, Ann Lee <ann@example.org> a scris:",
    "Ann Lee <ann@example.org>, 5 Oca 2026 Pzt, 10:00 tarihinde şunu yazdı:",
    "Στις Δευ 5 Ιαν 2026 στις 10:00 π.μ., ο χρήστης Ann Lee <ann@example.org> έγραψε:",
    "Vào Th 2, 5 thg 1, 2026 vào lúc 10:00 Ann Lee <ann@example.org> đã viết:",
    "2026年1月5日(月) 10:00 Ann Lee <ann@example.org>:",
    "Ann Lee <ann@example.org> 于2026年1月5日周一 10:00写道：",
    "2026년 1월 5일 (월) 오전 10:00, Ann Lee <ann@example.org>님이 작성:",
    "Pada tanggal Sen, 5 Jan 2026 pukul 10.00 Ann Lee <ann@example.org> menulis:",
    "El dl., 5 de gen. 2026, 10:00, Ann Lee <ann@example.org> va escriure:",
    "pon., 5. sij 2026. u 10:00 Ann Lee <ann@example.org> napisao je:",
    '26.01.2026, 14:41, "Ann Lee" <ann@example.org>:',
]


@pytest.mark.parametrize("announcement", ANNOUNCEMENTS)
@pytest.mark.parametrize("mark", ["> ", ""])
def test_what_an_announcement_introduces_is_quoted_in_every_language(
    announcement: str, mark: str
) -> None:
    parsed = read(f"My answer.\n\n{announcement}\n\n{mark}Old words\n{mark}more old words\n")

    assert of(parsed, Kind.PARAGRAPH) == "My answer."
    assert "Old words" in of(parsed, Kind.QUOTED)


BLOCKS = [
    ("From", "Sent", "To", "Subject"),
    ("Von", "Gesendet", "An", "Betreff"),
    ("De", "Envoyé", "À", "Objet"),
    ("De", "Enviado el", "Para", "Asunto"),
    ("Da", "Inviato", "A", "Oggetto"),
    ("De", "Enviada em", "Para", "Assunto"),
    ("Van", "Verzonden", "Aan", "Onderwerp"),
    ("Od", "Wysłano", "Do", "Temat"),
    ("Från", "Skickat", "Till", "Ämne"),
    ("Fra", "Sendt", "Til", "Emne"),
    ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    ("От", "Отправлено", "Кому", "Тема"),
    ("Від", "Надіслано", "Кому", "Тема"),
    ("Od", "Odesláno", "Komu", "Předmět"),
    ("Feladó", "Elküldve", "Címzett", "Tárgy"),
    ("De la", "Trimis", "Către", "Subiect"),
    ("Kimden", "Gönderildi", "Kime", "Konu"),
    ("Από", "Εστάλη", "Προς", "Θέμα"),
    ("差出人", "送信日時", "宛先", "件名"),
    ("发件人", "发送时间", "收件人", "主题"),
    ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
    ("Từ", "Đã gửi", "Đến", "Chủ đề"),
]


@pytest.mark.parametrize("labels", BLOCKS)
@pytest.mark.parametrize("form", ["{}: {}", "*{}:* {}", "{} : {}"])
def test_header_blocks_introduce_quotations_in_every_language(
    labels: tuple[str, ...], form: str
) -> None:
    values = ("Ann Lee", "Monday, 5 January 2026 10:00", "Bob", "Lamps")
    block = "\n".join(form.format(*pair) for pair in zip(labels, values, strict=True))

    parsed = read(f"My answer.\n\n________________________________\n{block}\n\nOld words\n")

    assert of(parsed, Kind.PARAGRAPH) == "My answer."
    assert "Old words" in of(parsed, Kind.QUOTED)


@pytest.mark.parametrize(
    "words",
    ["Original Message", "Ursprüngliche Nachricht", "Message d'origine", "Messaggio originale",
     "Oorspronkelijk bericht", "Исходное сообщение", "元のメッセージ", "原始邮件"],
)  # fmt: skip
def test_ruled_lines_introduce_quotations(words: str) -> None:
    parsed = read(f"My answer.\n\n-----{words}-----\nOld words\n")

    assert of(parsed, Kind.PARAGRAPH) == "My answer."


@pytest.mark.parametrize(
    "body",
    [
        "On reflection he wrote:\n\nThe plan stands.",
        "Schedule:\n\nDate: Monday\nTime: 10:00\nPlace: Room 5\n\nPlease come.",
        "Route\n\nFrom: Berlin\nTo: Munich\nDate: 5 January\n\nBook it.",
        "In Python:\n\n>>> print(1)\n1\n\nand so on.",
        "Please enter it below.\n\n----------- Enter it below -----------\n\nIt was good.",
        "We met on 5 January 2026 and he sent: two lamps.\n\nBoth work.",
        "Compare a\n> b in the table; it is more.",
    ],
)
def test_lines_that_only_look_like_announcements_are_read(body: str) -> None:
    parsed = read(body)

    assert " ".join(of(parsed, Kind.QUOTED).split()) in {"", "b in the table; it is more."}
    assert len(parsed.text) > len(body) * 0.8


def test_an_announcement_on_the_line_of_the_last_words_is_cut_off() -> None:
    parsed = read("Fine with me On Mon, Jan 5, 2026 at 10:00 AM, ann@example.org wrote:\n> When?\n")

    assert of(parsed, Kind.PARAGRAPH) == "Fine with me"


def test_the_question_right_above_an_answer_stays_visible() -> None:
    parsed = read(
        "On Mon, 5 Jan 2026 at 10:00, Ann <ann@example.org> wrote:\n"
        "> Hello Bob,\n>\n> How long is the\n> warranty?\n\nTwo years.\n\n"
        "> And for lamps?\n\nNone.\n\n> Ann\n"
    )

    assert of(parsed, Kind.PARAGRAPH) == "Two years.\nNone."
    assert of(parsed, Kind.BLOCKQUOTE) == "How long is the\nwarranty?\nAnd for lamps?"
    assert "Hello Bob," in of(parsed, Kind.QUOTED)
    kinds = [e.kind for e in parsed.elements if e.kind in {Kind.BLOCKQUOTE, Kind.PARAGRAPH}]
    assert kinds == [Kind.BLOCKQUOTE, Kind.PARAGRAPH] * 2


def test_a_signature_below_a_quotation_makes_no_question_of_it() -> None:
    parsed = read("Yes.\n\nOn 5 Jan 2026 at 10:00 Ann <a@x.org> wrote:\n> Well?\n\nRegards,\nBob\n")

    assert of(parsed, Kind.BLOCKQUOTE) == ""
    assert of(parsed, Kind.SIGNATURE) == "Regards,\nBob"


@pytest.mark.parametrize(
    "words",
    [
        "---------- Forwarded message ---------",
        "Begin forwarded message:",
        "-------- Weitergeleitete Nachricht --------",
        "---------- Message transféré ----------",
    ],
)
def test_what_is_forwarded_is_said_to_be_and_stays(words: str) -> None:
    parsed = read(
        f"For you.\n\n{words}\nFrom: Ann <ann@example.org>\nSubject: Lamps\n\nOld words\n"
    )

    assert of(parsed, Kind.PARAGRAPH) == "For you."
    assert "Old words" in of(parsed, Kind.BLOCKQUOTE)
    assert {e.detail for e in parsed.elements if e.kind is Kind.BLOCKQUOTE} == {"forwarded"}


def test_a_subject_can_call_a_header_block_forwarded() -> None:
    body = "For you.\n\nFrom: Ann\nSent: Monday\nTo: Bob\nSubject: Lamps\n\nOld words\n"

    assert "Old words" in of(read(body, subject="WG: Lamps"), Kind.BLOCKQUOTE)
    assert "Old words" in of(read(body, subject="AW: Lamps"), Kind.QUOTED)


HTML_QUOTES = {
    "gmail": """<div>Answer</div><div class="gmail_quote"><div class="gmail_attr">
        On Mon, 5 Jan 2026, Ann wrote:<br></div>
        <blockquote class="gmail_quote">Old words</blockquote></div>""",
    "outlook": """<p class=MsoNormal>Answer</p><div style="border-top:solid #E1E1E1 1pt">
        <p class=MsoNormal><b>From:</b> Ann<br><b>Sent:</b> Monday<br><b>To:</b> Bob<br>
        <b>Subject:</b> S</p></div><p>Old words</p>""",
    "outlook web": """<div>Answer</div><hr tabindex="-1"><div id="divRplyFwdMsg">
        <b>Desde:</b> Ann</div><div>Old words</div>""",
    "outlook mac": """<div>Answer</div><span id="OLK_SRC_BODY_SECTION"><div>Old words</div>
        </span>""",
    "thunderbird": """<p>Answer</p><div class="moz-cite-prefix">5 jan skribis Ann:<br></div>
        <blockquote type="cite">Old words</blockquote>""",
    "apple": """<div>Answer</div><blockquote type="cite"><div>On 5 Jan 2026, at 10:00, Ann wrote:
        </div><div>Old words</div></blockquote>""",
    "yahoo": """<div>Answer</div><div class="yahoo_quoted"><div>On Monday, Ann wrote:</div>
        Old words</div>""",
    "proton": """<div>Answer</div><div class="protonmail_quote">Ann:
        <blockquote>Old words</blockquote></div>""",
}


@pytest.mark.parametrize("client", HTML_QUOTES)
def test_quotations_are_known_by_the_marks_of_mail_programs(client: str) -> None:
    parsed = read(HTML_QUOTES[client], subtype="html")

    assert of(parsed, Kind.PARAGRAPH) == "Answer"
    assert "Old words" in of(parsed, Kind.QUOTED)


def test_an_answer_between_html_quotations_keeps_its_question() -> None:
    parsed = read(
        '<div class="moz-cite-prefix">On 5 Jan 2026 Ann wrote:</div><blockquote><p>Hello</p>'
        "<p>How long?</p></blockquote><p>Two years.</p><blockquote><p>Ann</p></blockquote>",
        subtype="html",
    )

    assert of(parsed, Kind.PARAGRAPH) == "Two years."
    assert of(parsed, Kind.BLOCKQUOTE) == "How long?"


@pytest.mark.parametrize(
    ("ending", "sender"),
    [
        ("-- \nAnn Lee\nSales, Paris\n+33 1 99 00 45 21", "x@y.example"),
        ("Best regards,\nAnn Lee\nSales", "x@y.example"),
        ("Mit freundlichen Grüßen\nAnn Lee", "x@y.example"),
        ("Cordialement,\n\nAnn", "x@y.example"),
        ("С уважением,\nАнна", "x@y.example"),
        ("Thanks,\nAnn", "x@y.example"),
        ("Ann", "Ann Lee <ann@example.org>"),
        ("Inès", "ines.roux@example.org"),
        ("Inès Roux\nby phone", "Inès Roux"),
        ("Ann Lee, Example Ltd, 020 7946 0182", "Ann Lee <x@example.org>"),
        ("Ann Lee\nann@example.org\n(555) 346-9947\nwww.example.org", "x@y.example"),
        ("Sent from my iPhone", "x@y.example"),
        ("Von meinem iPhone gesendet", "x@y.example"),
        ("Cheers, Ann", "x@y.example"),
    ],
)
def test_signatures_are_told_from_the_words_above(ending: str, sender: str) -> None:
    parsed = read(f"Please pay by Friday.\n\n{ending}\n", sender=sender)

    assert of(parsed, Kind.PARAGRAPH) == "Please pay by Friday."
    assert " ".join(of(parsed, Kind.SIGNATURE).split()) == " ".join(ending.split())


@pytest.mark.parametrize(
    "body",
    [
        "Thanks!",
        "Best regards,\nAnn",
        "Hello,\n\nthank you for your quick answer, it helped a lot.",
        "Cheers to the team, that was quick work.\n\nThe parcel is here.",
        "The list:\n\nBerlin\nMunich\nHamburg",
        "Should we ask Ann?\n\nI would rather ask Bob, who knows the lamps better than we do.",
    ],
)
def test_words_that_are_no_signature_stay(body: str) -> None:
    parsed = read(body)

    assert " ".join(of(parsed, Kind.PARAGRAPH).split()) == " ".join(body.split())


@pytest.mark.parametrize(
    "notice",
    [
        (
            "This e-mail is confidential and intended solely for the addressee. If you received "
            "this in error, please delete it and notify the sender."
        ),
        (
            "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat "
            "sind oder diese E-Mail irrtümlich erhalten haben, vernichten Sie sie bitte."
        ),
        (
            "Ce message est confidentiel et destiné au seul destinataire. Si vous l'avez reçu par "
            "erreur, merci de le supprimer."
        ),
        "Please consider the environment before printing this e-mail.",
        "CAUTION: This email originated from outside of the organization.",
    ],
)
def test_notices_are_told_from_the_words_above(notice: str) -> None:
    parsed = read(f"Please pay by Friday.\n\nBest regards,\nBob\n\n{notice}\n")

    assert of(parsed, Kind.PARAGRAPH) == "Please pay by Friday."
    assert of(parsed, Kind.SIGNATURE) == "Best regards,\nBob"
    assert of(parsed, Kind.DISCLAIMER) == notice


def test_talk_about_secrets_is_no_notice() -> None:
    body = "The draft is confidential until Monday. Please tell nobody but the board."

    assert of(read(body), Kind.PARAGRAPH) == body


LINES = [
    *("", "text", "> quoted", ">> deep", "On 5 Jan 2026 at 10:00 Ann <a@b.c> wrote:", "From: Ann"),
    *("Sent: Monday", "To: Bob", "Subject: x", "-- ", "Regards,", "Ann", "- item", "  hanging"),
    *("-----Original Message-----", "Begin forwarded message:", "(http://x.org", "tail)"),
]


@given(st.lists(st.sampled_from(LINES), max_size=25))
@settings(max_examples=200, deadline=None)
def test_no_line_is_lost_or_said_twice(lines: list[str]) -> None:
    parsed = read("\n".join(lines))

    words = " ".join(re.sub(r"^(> ?)+", "", line) for line in lines).split()
    kept = of_all(parsed).split()
    assert sorted(kept) == sorted(words)


def of_all(parsed: Parsed) -> str:
    return "\n".join(parsed.text[e.start : e.end] for e in parsed.elements if e.turn >= 0)


@pytest.mark.parametrize(
    "body",
    ["On 5 " * 20_000, "> " * 40_000, "From: a\n" * 10_000, "wrote:\n" * 8_000, "a" * 300_000,
     "(" * 50_000, "On 5 Jan, x <\n" * 8_000, "\n" * 90_000, "Regards,\n" * 10_000],
)  # fmt: skip
def test_hostile_lines_take_no_time(body: str) -> None:
    begin = time.perf_counter()

    read(body)

    assert time.perf_counter() - begin < 5


@pytest.mark.parametrize(
    "body",
    ["<div>" * 200_000, "<b>" * 100_000 + "x", "<table><tr><td>" * 30_000, "<blockquote>" * 30_000,
     "<p>" * 50_000, "<ul><li>x" * 30_000, "<" * 300_000, "<a href=x>" * 50_000, "<br>" * 40_000,
     "<div style='display:none'>x</div>" * 20_000, "<!--" * 100_000],
)  # fmt: skip
def test_hostile_markup_takes_no_time(body: str) -> None:
    begin = time.perf_counter()

    read(body, subtype="html")

    assert time.perf_counter() - begin < 5
