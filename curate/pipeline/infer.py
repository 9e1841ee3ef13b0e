"""The pipeline file that describes what a run on a folder would do, with comments that say why.

It is made by looking at names and sizes only. Written once and then read, so that one new file
changes no other file's result.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter
from typing import TYPE_CHECKING

import yaml

from curate.errors import ConfigError
from curate.sources.facts import is_sidecar
from curate.sources.walk import walk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from curate.sources.walk import Entry

_MOST_FORMATS = 12
_NOT_NAME = re.compile(r"[^A-Za-z0-9 ._-]+")

_TEMPLATE = """\
# A pipeline of curate: what becomes of {what}.
# Run it:  curate run {typed}      See first what it would do:  curate plan {typed}
# Every key may be left out; what stands here is what happens without it.

name: {name}

sources:
  # {found}
{formats}
  - path: {path}                # a folder, a file, or any fsspec address (s3://..., gs://..., sftp://...)
    name: {source}              # part of every document's address: keep it when the path changes
    include: ["**/*"]
    # exclude: ["**/drafts/**"]
    # access: {{groups: [staff]}}   # who may read; also from `_meta.yaml` or `FILE.meta.yaml`
    # patterns: ["{{department}}/{{document_type}}/*"]   # parts of the path that become labels
    # records: zendesk          # the shape of tickets and chats: a known name, or fields mapped one by one
    # records: {{like: tickets, messages.customers: [pilot], messages.agents: [crew]}}   # own words for roles
    # labels: [category]        # fields of records that are labels
    # tenant: default           # nothing is compared or shared across tenants
{sidecars}
# Who will use the tuned model: only what all of them may read is learnt.
audience: []

pii:
  # What is searched for and replaced; `keep` a type to leave it: by_type: {{IP_ADDRESS: keep}}
  corpus: mask                  # <EMAIL_ADDRESS>
  finetune: surrogate           # another value of the same form, never a real one, equal for equal values

risks:
  injection: quarantine         # a page that gives orders to machines stays out of both products; or: flag

duplicates:
  near: 0.8                     # texts this alike form a cluster, which no split divides
  keep: newest                  # of equal texts that the same people may read, one stays in the corpus

chunks:
  size: 250                     # tokens
  tokens: cl100k                # or o200k, or the path of a tokenizer.json
  split: heading                # no chunk crosses a heading

mining:
  extractors: [default]         # question headings, Q/A pairs, procedures, tables, tickets, mails

labels:
  doubted: flag                 # labels that look wrong go to review; or: leave_out

finetune:
  choose: {{max_examples: 50000, least_quality: 0.5}}
  splits: {{validation: 10%, test: 10%}}

gates:                          # a release that fails one is refused; shares only warn the first time
  # rejected: 5%                # unset: a warning above 5 %, and a refusal when it gets worse
  pii_found: 0
  leaks: 0

releases:
  keep: 10
"""


def inferred(folder: Path, *, path: str, file: str = "pipeline.yaml") -> str:
    """Return the text of a pipeline file for a folder.

    Args:
        folder: Where to look.
        path: How the file names the folder.
        file: The name that the file will have.

    Raises:
        ConfigError: if there is no file in the folder.
    """
    entries = [entry for entry in walk(str(folder), options={}) if not entry.problem]
    files = [entry for entry in entries if not is_sidecar(entry.path)]
    if not files:
        message = f"{folder}: there is no file here to read."
        raise ConfigError(message)
    name = _NOT_NAME.sub("-", folder.resolve().name).strip("-. ")[:64] or "documents"
    return _TEMPLATE.format(
        what=f"the folder {folder.name!r}",
        typed=shlex.quote(file),
        name=_quoted(name),
        found=_summary(files),
        formats=_formats(files),
        path=_quoted(path),
        source=_quoted(name),
        sidecars=_sidecars(len(entries) - len(files)),
    )


def _summary(files: Sequence[Entry]) -> str:
    size = sum(entry.size for entry in files)
    return f"found: {len(files):,} file{'s' * (len(files) != 1)}, {size / 1e6:,.1f} MB"


def _formats(files: Sequence[Entry]) -> str:
    counts: Counter[str] = Counter()
    for entry in files:
        name = entry.path.rsplit("/", 1)[-1]
        counts[name.rsplit(".", 1)[-1].lower() if "." in name else "no suffix"] += 1
    shown = [f"{count:,} {_NOT_NAME.sub('?', kind)}" for kind, count in _ranked(counts)]
    more = len(counts) - _MOST_FORMATS
    return f"  #   {', '.join(shown)}" + (f", {more} other formats" if more > 0 else "")


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_FORMATS]


def _sidecars(count: int) -> str:
    states = "file states" if count == 1 else "files state"
    return f"    # {count} sidecar {states} access, labels or dates here\n" if count else ""


def _quoted(text: str) -> str:
    """Return a string as YAML writes it on one line."""
    return yaml.safe_dump(text, default_style='"', width=10_000, allow_unicode=True).strip()
