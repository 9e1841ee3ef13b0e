"""Chunks and examples to read, of the invented report."""

from curate.report.model import (
    ChunkSample,
    ExampleSample,
    Message,
    Passage,
    Piece,
    PieceKind,
    Quote,
    Samples,
    Voice,
    command,
)


def plain(text: str) -> Piece:
    return Piece(text)


def used(text: str) -> Piece:
    return Piece(text, PieceKind.USED)


def dropped(text: str) -> Piece:
    return Piece(text, PieceKind.DROPPED)


def masked(text: str) -> Piece:
    return Piece(text, PieceKind.MASKED)


def invented(text: str) -> Piece:
    return Piece(text, PieceKind.SURROGATE)


def quote(*pieces: Piece, voice: Voice = Voice.PROSE, lang: str = "") -> Quote:
    return Quote(pieces, voice, lang)


SEALS = (
    "Shaft seals up to 60 mm are sent from stock on the same day. Larger ones are made to order"
    " and need the shaft’s drawing, the medium and its temperature before the order is confirmed."
)
STEPS = ("1. Close the suction valve.\n2. Fill the casing until water stands in the funnel.\n"
         "3. Turn the shaft by hand, twice.\n")  # fmt: skip
MORE_STEPS = "4. Open the suction valve slowly.\n5. Start the motor and watch the gauge."
CODES = (
    "E04 | No flow for longer than 20 s | Close the drain; if it stays, check the float switch\n"
    "E07 | Bearing above 80 °C | Stop, let it cool, grease the bearing\n"
    "E09 | Phase missing | Check the fuses; never start it on two phases"
)
TICKET = "Our HP-20 shows “Err 3” since we moved it into the cellar. We filled it twice."

CHUNKS = Samples(
    (
        ChunkSample(
            "c_9f2k7m", 61, quote(plain(SEALS)),
            Passage(
                "help-centre/seals.html",
                quote(plain("Ask first which pump the seal is for.\n\n"), used(SEALS),
                      plain("\n\nDistributors have prices of their own, which come first.")),
                ("1,840–2,118",), "version 7 · in force since 2026-03-01", True, True,
            ),
            ("Seals", "Delivery"), facts=("everyone",),
        ),
        ChunkSample(
            "c_2v8q1d", 98, quote(plain(STEPS + MORE_STEPS)),
            Passage(
                "manuals/HP-20_operating_en.pdf",
                quote(plain("6.2 Priming by hand\n\n"), used(STEPS + "\n"),
                      dropped("HP-20 · Operating manual · Rev. F 34\n\n"), used(MORE_STEPS),
                      plain("\n\nIf the gauge stays at zero, see 9.1, Error codes.")),
                ("pages 34–35", "48,102–48,517"), "revision F · 2025-09-14", False, True,
                "runs over a page break; the page furniture between is dropped",
            ),
            ("Priming", "By hand"), facts=("everyone",),
        ),
        ChunkSample(
            "c_k41w0z", 104, quote(plain(CODES), voice=Voice.TABLE),
            Passage(
                "manuals/HP-80_service.pdf",
                quote(plain("Code | Meaning | What to do\nE01 | Mains low | Check it\n…\n\n"),
                      used(CODES), plain("\n\nE11 | Battery of the alarm low | …"),
                      voice=Voice.TABLE),
                ("page 71", "120,377–120,760"), "revision C · 2024-11-02",
                note="rows 4–6 of 18; the table’s header is repeated in the index text",
            ),
            ("Troubleshooting", "Error codes"), "Code | Meaning | What to do", ("everyone",),
        ),
        ChunkSample(
            "c_t6h3xr", 92,
            quote(plain(TICKET + " "), masked("PERSON"),
                  plain(" from your side asked for the serial number: it is on the plate under the"
                        " motor. Please call "), masked("PHONE_NUMBER"), plain(" before ten.")),
            Passage(
                "tickets.jsonl › 48213",
                quote(used(TICKET + " "), masked("PERSON"),
                      used(" from your side asked for the serial number: it is on the plate under"
                           " the motor. Please call "), masked("PHONE_NUMBER"),
                      used(" before ten."),
                      dropped("\n\nKind regards, "), masked("PERSON"), dropped(", "),
                      masked("ADDRESS"), dropped(" \n\n> On 28 Oct, the service desk wrote: …")),
                ("0–386", "closed 2026-10-30"),
                note="two values masked, signature and quoted mail dropped",
            ),
            facts=("everyone",),
        ),
        ChunkSample(
            "c_d2m6us", 79,
            quote(plain("Die Garantie beträgt 24 Monate ab Lieferung. Für Dichtungen der Reihe HP"
                        " verlängert sie sich auf 36 Monate, wenn die Pumpe innerhalb von 30 Tagen"
                        " angemeldet wird."), lang="de"),
            Passage(
                "help-centre/de/garantie.html",
                quote(plain("Dauer\n\n"),
                      used("Die Garantie beträgt 24 Monate ab Lieferung. Für Dichtungen der Reihe"
                           " HP verlängert sie sich auf 36 Monate, wenn die Pumpe innerhalb von 30"
                           " Tagen angemeldet wird."),
                      plain("\n\nWas die Garantie nicht deckt"), lang="de"),
                ("214–498",), "version 3 · in force since 2025-04-01", False, True,
            ),
            ("Garantie", "Dauer"), facts=("everyone",),
        ),
    ),
    "Drawn by a keyed hash, one of each source and kind.",
    (command("trace", "c_9f2k7m"),),
)  # fmt: skip

EXAMPLES = Samples(
    (
        ExampleSample(
            "e_2c9d4w", "answer", "train", 66, 0.96,
            (
                Message("user", quote(plain("What is needed for a shaft seal above 60 mm?"))),
                Message("assistant", quote(plain(
                    "The shaft’s drawing, the medium and its temperature, before the order is"
                    " confirmed."))),
            ),
            (
                Passage(
                    "help-centre/seals.html",
                    quote(plain("Shaft seals up to 60 mm are sent from stock on the same day. "),
                          used("Larger ones are made to order and need the shaft’s drawing, the"
                               " medium and its temperature before the order is confirmed.")),
                    ("1,895–2,027", "Seals › Delivery"),
                ),
            ),
            "faq_structured", "knowledge", ("c_9f2k7m",),
        ),
        ExampleSample(
            "e_j6v0m2", "reply", "train", 142, 0.88,
            (
                Message("user", quote(
                    plain("Our HP-20 draws air since it stands in the cellar. Is it broken? "),
                    invented("Sunniva Aas"))),
                Message("assistant", quote(
                    plain("Hello "), invented("Sunniva"),
                    plain(", most likely not: it stands lower than its tank now. Please fill the"
                          " casing once more and open the valve slowly. If it still draws air after"
                          " an hour, send us the log and we will exchange the seal."))),
            ),
            (
                Passage(
                    "tickets.jsonl › 47655",
                    quote(plain("Customer: "),
                          used("Our HP-20 draws air since it stands in the cellar. Is it broken?"),
                          plain(" "), masked("PERSON"),
                          plain("\n\nAgent, internal: "),
                          dropped("third one this month, look at the fittings"),
                          plain("\n\nAgent: Hello "), masked("PERSON"), plain(", "),
                          used("most likely not: it stands lower than its tank now. Please fill the"
                               " casing once more and open the valve slowly. If it still draws air"
                               " after an hour, send us the log and we will exchange the seal.")),
                    ("402–731", "last public reply before solved"),
                ),
            ),
            "ticket_resolution", "behaviour", ("c_f9s1w4",),
        ),
        ExampleSample(
            "e_n4b8f1", "extract", "validation", 132, 0.97,
            (
                Message("user", quote(plain("Give model, date and result of this test as JSON."))),
                Message("assistant", quote(
                    plain('{"model": "HP-20", "date": "2026-05-18",\n "passed": true}'),
                    voice=Voice.CODE)),
            ),
            (
                Passage(
                    "manuals/certificates/C-20931.pdf",
                    quote(plain("Test certificate C-20931\n\nPump: "), used("HP-20"),
                          plain(", 20 m³/h\n\nDate: "), used("18 May 2026"),
                          plain(" · Technician: "), masked("PERSON"), plain("\n\nResult: "),
                          used("within tolerance"), plain(" at 2, 4 and 6 bar")),
                    ("page 1", "0–318"), "Test certificate",
                ),
            ),
            "fields", "behaviour", ("c_e7q4k0",),
        ),
        ExampleSample(
            "e_y9a2x7", "answer", "train", 59, 0.9,
            (
                Message("system", quote(plain(CODES), voice=Voice.TABLE)),
                Message("user", quote(plain("HP-80, error codes: what is given for E07?"))),
                Message("assistant", quote(plain(
                    "Meaning: bearing above 80 °C. What to do: stop, let it cool, grease it."))),
            ),
            (
                Passage(
                    "manuals/HP-80_service.pdf",
                    quote(plain("Code | "), used("Meaning"), plain(" | "), used("What to do"),
                          plain("\nE04 | No flow for longer than 20 s | Close the drain\n"),
                          used("E07 | Bearing above 80 °C | Stop, let it cool, grease the bearing"),
                          plain("\nE09 | Phase missing | Check the fuses"), voice=Voice.TABLE),
                    ("page 71", "120,462–120,543"), "Troubleshooting › Error codes",
                ),
                Passage(
                    "manuals/HP-80_service.pdf",
                    quote(used("Stop means the red button, not the display.")),
                    ("page 12", "9,120–9,163"), "Safety",
                ),
            ),
            "table_rows", "knowledge", ("c_k41w0z", "c_h1b0aa"),
        ),
    ),
    "Every answer points at words in the corpus.",
    (command("trace", "e_2c9d4w"),),
)  # fmt: skip
