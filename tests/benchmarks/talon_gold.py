"""Score the reply extraction against talon's own asserts: texts, 12 mails, 9 HTML pages.

Run with the folder of the data as its argument. Each text or page becomes the body of a mail, is
read by `read_eml`, and what is left without quotations must be the expected reply, white space
folded. The asserts are read from the syntax tree of the test file and never executed; the texts
asserted through talon's inner functions alone (line markers, preprocessing) are no replies and not
scored.
"""

from __future__ import annotations

import ast
import json
import sys
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from curate.parsers.blob import Blob
from curate.parsers.mail import read_eml
from curate.tables.parsed import Kind, Parsed

_HTML_REPLY = "Hi. I am fine. Thanks, Alex"
_DEFAULT = Path("../shared/data")


@dataclass(frozen=True, slots=True)
class Case:
    """One assert: a whole mail and the reply that is in it."""

    name: str
    mail: bytes
    reply: str


def reply_of(parsed: Parsed) -> str:
    """Return the words of a mail that it does not quote, white space folded."""
    kept = (
        parsed.text[e.start : e.end]
        for e in parsed.elements
        if e.turn >= 0
        and e.kind is not Kind.QUOTED
        and not (e.kind is Kind.BLOCKQUOTE and e.detail == "quoted")
    )
    return " ".join(" ".join(kept).split())


def text_cases(source: str) -> list[Case]:
    """Return the asserts of a test file that compare `extract_from_plain` with a reply."""
    found: list[Case] = []
    for function in ast.parse(source).body:
        if isinstance(function, ast.FunctionDef) and not function.decorator_list:
            found.extend(_asserts(function))
    return found + _original_messages(source)


def _asserts(function: ast.FunctionDef) -> list[Case]:
    names: dict[str, str] = {}
    found = []
    bodies = [node for node in function.body if isinstance(node, ast.Assign | ast.Expr)]
    for node in bodies:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            _learn(names, node.targets[0].id, node.value)
        elif isinstance(node, ast.Expr) and (pair := _pair(node.value, names)):
            found.append(Case(f"{function.name}:{node.lineno}", _mail(pair[1]), pair[0]))
    return found


def _learn(names: dict[str, str], name: str, value: ast.expr) -> None:
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        names[name] = value.value
    elif isinstance(value, ast.Call) and ast.unparse(value.func).endswith("extract_from_plain"):
        text = _value(value.args[0], names)
        names[name] = f"\0{text}"


def _pair(call: ast.expr, names: dict[str, str]) -> tuple[str, str] | None:
    """Return the expected reply and the text of an `eq_`, None of any other."""
    if not (
        isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "eq_"
    ):
        return None
    wanted, got = call.args[:2]
    if isinstance(got, ast.Call) and ast.unparse(got.func).endswith("extract_from_plain"):
        reply, text = _value(wanted, names), _value(got.args[0], names)
        return (reply, text) if reply is not None and text is not None else None
    reply, text = _value(wanted, names), _value(got, names)
    return (reply, text[1:]) if reply is not None and text and text.startswith("\0") else None


def _value(node: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return names.get(node.id) if isinstance(node, ast.Name) else None


def _original_messages(source: str) -> list[Case]:
    """Return the cases of the one helper that takes the words of a ruled line."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    found = []
    for call in calls:
        if ast.unparse(call.func) == "_check_pattern_original_message":
            words = _value(call.args[0], {}) or ""
            text = f"Test reply\n\n-----{words}-----\n\nTest"
            found.append(Case(f"original:{words}", _mail(text), "Test reply"))
    return found


def _mail(text: str, subtype: str = "plain") -> bytes:
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"] = "Case"
    message.set_content(text, subtype=subtype, cte="base64")
    return message.as_bytes()


def mail_cases(folder: Path) -> list[Case]:
    """Return the replies of real mail programs: the first plain part of each file."""
    found = []
    for path in sorted(folder.glob("*.eml")):
        message = message_from_bytes(path.read_bytes())
        part = next(p for p in message.walk() if p.get_content_type() == "text/plain")
        payload = part.get_payload(decode=True)
        text = payload.decode() if isinstance(payload, bytes) else ""
        gold = path.with_name(f"{path.stem}_reply_text")
        reply = gold.read_text(encoding="utf-8") if gold.exists() else "Hello"
        found.append(Case(path.name, _mail(text), reply))
    return found


def html_cases(folder: Path) -> list[Case]:
    """Return the pages that all hold the same reply."""
    pages = sorted(folder.glob("*.html"))
    return [Case(p.name, _mail(p.read_text(encoding="utf-8"), "html"), _HTML_REPLY) for p in pages]


def score(cases: list[Case], *, spaced: bool) -> tuple[int, list[str]]:
    """Return how many replies are exact, and the names of the others.

    `spaced` says whether words must be parted as in the gold; talon's asserts on HTML ignore that.
    """
    glue = " " if spaced else ""
    wrong = []
    for case in cases:
        got = reply_of(read_eml(Blob(case.mail, "case.eml", "message/rfc822")))
        if glue.join(got.split()) != glue.join(case.reply.split()):
            wrong.append(case.name)
    return len(cases) - len(wrong), wrong


def main(data: Path) -> dict[str, float]:
    """Print the score of each group and return the figures."""
    folder = data / "talon_email"
    source = (folder / "asserts_text_quotations_test.py.txt").read_text(encoding="utf-8")
    groups = {
        "texts": text_cases(source),
        "mails": mail_cases(folder / "fixtures" / "standard_replies"),
        "pages": html_cases(folder / "fixtures" / "html_replies"),
    }
    right = total = 0
    for name, cases in groups.items():
        exact, wrong = score(cases, spaced=name != "pages")
        right, total = right + exact, total + len(cases)
        print(f"{name:6} {exact:3} of {len(cases):3}  {' '.join(wrong)}")
    print(f"exact  {right:3} of {total:3}  {right / total:.3f}")
    return {"talon.exact": right / total}


if __name__ == "__main__":
    figures = main(Path(sys.argv[1]) if len(sys.argv) > 1 else _DEFAULT)
    print(json.dumps(figures))
