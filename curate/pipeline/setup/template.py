"""The text of a pipeline file that names every key: those that most people change, others as comments.

What stands there is what happens without it; behind a `#` stands the default, or an example where
there is none.
"""

from __future__ import annotations

from curate.pii.settings import DEFAULT_ENTITIES, DEFAULT_REGIONS
from curate.sources.settings import SKIPPED

_SKIPPED = ", ".join(pattern.split("/")[1] for pattern in SKIPPED)

_SOURCES = """\
# A pipeline of curate: what becomes of {what}.
# Run it:  curate run {typed}      See first what it would do:  curate plan {typed}
# Every key may be left out; what stands here is what happens without it. Behind a # stand further
# keys with their default, or with an example where there is none.

name: {name}

sources:
  # {found}
{formats}
  # Never read, unless `include` names it: {skipped}
  - path: {path}                # a folder, a file, or any fsspec address (s3://..., gs://..., sftp://...)
    name: {source}              # part of every document's address: keep it when the path changes
    include: ["**/*"]
    # exclude: ["**/drafts/**"]   # what else is not read
    # access: {{groups: [staff]}}   # who may read; also from `_meta.yaml` or `FILE.meta.yaml`
    # patterns: ["{{department}}/{{document_type}}/*"]   # parts of the path that become labels
    # records: zendesk          # the shape of tickets and chats: a known name, or fields mapped one by one
    # records: {{like: tickets, messages.customers: [pilot], messages.agents: [crew]}}   # own words for roles
    # labels: [category]        # fields of records that are labels
    # columns: {{access: team, owner: agent.mail}}   # fields of records that say who may read it, whose it is
    # owner: it@example.com
    # tenant: default           # nothing is compared or shared across tenants
    # authority: 1              # the higher one wins when documents disagree
    # use: both                 # or corpus (searched only), or finetune (learnt only)
    # options: {{}}               # for the file system of an fsspec address
{sidecars}
# Who will use the tuned model: only what all of them may read is learnt.
audience: []

# limits: {{cpu_seconds: 60, wall_seconds: 300, memory_mb: 2048, file_mb: 512}}   # what one document may cost
# parse: {{unstructured: []}}     # media types that `unstructured` reads first, such as text/html
"""

_TEXTS = """
pii:
  # What is searched for and replaced; `keep` a type to leave it: by_type: {{IP_ADDRESS: keep}}
  corpus: mask                  # <EMAIL_ADDRESS>
  finetune: surrogate           # another value of the same form, never a real one, equal for equal values
  # by_type: {{IP_ADDRESS: hash}}   # mask, redact, surrogate, hash or keep
  # entities: [{entities}]   # also DATE_TIME and URL
  # phone_regions: [{regions}]   # countries whose telephone numbers may stand without +
  # recognisers: [{{type: PROJECT, words: [Project Aurora]}}]   # types of your own: `words` or `patterns`
  # context: {{PHONE_NUMBER: [extension]}}   # words that make what follows likelier

# edits: {{show: [footnote], hidden: drop, encoding: drop}}   # show: also note and comment

risks:
  injection: quarantine         # a page that gives orders to machines stays out of both products; or: flag
  # threshold: 0.6              # from which score on
  # report: 0.5                 # from which score on a person should look

duplicates:
  near: 0.8                     # texts this alike form a cluster, which no split divides
  keep: authority               # of equal texts the most authoritative one stays; or: newest, oldest
  # corpus: exact               # which copies leave the corpus: exact, near or none
  # least_words: 20             # shorter texts are no near copies

chunks:
  size: 250                     # tokens
  tokens: cl100k                # or o200k, or the path of a tokenizer.json, from where sources start
  split: heading                # no chunk crosses a heading; or: nothing
  # strategy: balanced          # recursive, fixed, page or element
  # heading_level: 6            # the deepest heading that parts chunks
  # runt: 40                    # tokens; smaller rests join their neighbour
  # whole: 1.5                  # what is at most this many times `size` stays in one piece
"""

_PRODUCTS = """
mining:
  extractors: [default]         # question headings, Q/A pairs, procedures, tables, tickets, mails
  # threads: true               # also across the mails of a conversation

labels:
  doubted: flag                 # labels that look wrong go to review; or: leave_out
  # judge: [category]           # unset: all labels
  # least: 30                   # fewer documents with a label are not judged

finetune:
  choose:
    max_examples: 50000
    least_quality: 0.5
    # per_document: 200
    # shares: {{acronyms: 10%, glossaries: 20%, table_rows: 30%}}   # at most, by extractor
    # flawed: false             # true: drafts with a flaw as well
  splits: {{validation: 10%, test: 10%}}
  # max_changes_per_quarter: 6   # what changes more often is searched, not learnt

gates:                          # a release that fails one is refused; shares only warn the first time
  # rejected: 5%                # unset: a warning above 5 %, and a refusal when it gets worse
  # flagged: 50%                # unset: in the same way above 50 %
  # yield_drop: 20%             # fewer chunks or examples than in the release before
  pii_found: 0
  leaks: 0
  # empty_corpus: true          # refuse a release without chunks
  # empty_finetune: false       # refuse one without examples

releases:
  keep: 10
  # days: 90                    # and of these only those of the last days
"""


def filled_in(**values: str) -> str:
    """Return the file's text.

    Args:
        values: `what` it describes, how a shell is `typed` its name, the pipeline's `name`, what was
            `found` there in which `formats`, the `path` and the `source` name, and its `sidecars`.
    """
    return (_SOURCES + _TEXTS + _PRODUCTS).format(
        skipped=_SKIPPED,
        entities=", ".join(DEFAULT_ENTITIES),
        regions=", ".join(DEFAULT_REGIONS),
        **values,
    )
