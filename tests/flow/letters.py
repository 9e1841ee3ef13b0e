"""Conversations by mail: a question, its answer, a further question, its answer."""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

_HOST = "wetherlund.example.com"
_PEOPLE = ("Jo", "Sam")


@dataclass(frozen=True, slots=True)
class Thread:
    """Four letters of two people, the first of which asks the second."""

    subject: str
    words: tuple[str, str, str, str]

    def key(self, number: int) -> str:
        """Return the Message-ID of a letter, without its brackets."""
        return f"{self.subject.replace(' ', '-')}-{number}@{_HOST}"

    def letter(self, number: int) -> bytes:
        """Return a letter as it lies in a file."""
        made = EmailMessage(policy=SMTP.clone(linesep="\n"))
        asks = number % 2
        made["From"], made["To"] = (
            f"{name} <{name.lower()}@{_HOST}>" for name in (_PEOPLE if asks else _PEOPLE[::-1])
        )
        made["Subject"] = self.subject if number == 1 else f"Re: {self.subject}"
        made["Date"] = f"Mon, 2 Mar 2026 {8 + number:02}:00:00 +0000"
        made["Message-ID"] = f"<{self.key(number)}>"
        if number > 1:
            made["In-Reply-To"] = f"<{self.key(number - 1)}>"
            before = (f"<{self.key(earlier)}>" for earlier in range(1, number))
            made["References"] = " ".join(before)
        made.set_content(self.words[number - 1] + "\n")
        return made.as_bytes()


def mbox(letters: list[bytes]) -> bytes:
    """Return letters as one mailbox."""
    return b"".join(b"From MAILER Mon Mar  2 09:00:00 2026\n" + one + b"\n" for one in letters)


THREADS = (
    Thread(
        "Second key",
        (
            "Could you tell me where the second key to the cold room is kept at the weekend?",
            "The second key hangs in the guard's office; sign the book there and bring it back.",
            "How can I open the sample cabinet when the badge reader has no power?",
            "Turn the red lever beneath the cabinet to the left, and its door opens by its own weight.",
        ),
    ),
    Thread(
        "Spare filters",
        (
            "Can you tell me which filters fit the large compressor in hall three?",
            "Filters of class seven fit the large compressor; the shelf by the lathe holds a dozen.",
            "How do I throw away an old filter that is soaked with oil?",
            "Put the filter into the steel drum marked with a flame, close the lid, and note the day.",
        ),
    ),
    Thread(
        "Visitors on Friday",
        (
            "Do you know who has to be told before a visitor may enter the laboratory?",
            "Tell the reception the name of the visitor a day ahead, and they print a yellow pass.",
            "Can a visitor take photographs of the new coating line?",
            "Nobody takes photographs there unless the head of research has signed the pink form.",
        ),
    ),
    Thread(
        "Calibration",
        (
            "How can I tell whether a scale was calibrated this quarter?",
            "Look at the round seal beneath the pan: its colour changes with every quarter.",
            "Could you explain what to do when a scale drifts between two calibrations?",
            "Take the scale out of use, hang the orange tag on it, and open a request for metrology.",
        ),
    ),
    Thread(
        "Night shift meals",
        (
            "Does anyone know where the night shift gets a warm meal after eleven?",
            "A warm meal waits in the vending room beside gate two, which the canteen fills at nine.",
            "How do I pay there without a badge of my own?",
            "Without a badge you pay with a paper voucher of the foreman, pushed under the scanner.",
        ),
    ),
    Thread(
        "Pallets",
        (
            "Could you tell me how high pallets may be stacked along the western wall?",
            "Pallets are stacked four high at most, for the sprinklers need a free metre below them.",
            "How can I get broken pallets collected?",
            "Lean broken pallets against the blue fence on Thursdays; the carpenter takes them away.",
        ),
    ),
)
