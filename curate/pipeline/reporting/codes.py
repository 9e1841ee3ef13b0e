"""Every reason code in plain words, and what can be done about it.

Codes are stable and meant for machines; the page says each of them as a sentence a reader
understands, with the code beside it.
"""

from __future__ import annotations

Saying = tuple[str, str]

_WHOLE = "The rest of it stays; copy the file again from its origin."
_FLAGGED: dict[str, Saying] = {
    "access_column": (
        "Has a column or field called access, which nothing reads",
        "Set columns: {access: access} for its source if it says who may read each record.",
    ),
    "copy": ("The same words are there already", ""),
    "damage": ("The file is broken, and a part of it could not be read", _WHOLE),
    "damaged": ("The file is broken, and a part of it could not be read", _WHOLE),
    "embedded_part": ("A document inside it was not read", "Save that one as a file of its own."),
    "draft": ("Says that it is a draft", "It is not learnt from; it stays in the corpus."),
    "extractor_failed": (
        "An extractor of your own broke down on it",
        "It stays in the corpus; mend the extractor and run again.",
    ),
    "missing_chapters": ("Some of its chapters are not there", _WHOLE),
    "near_copy": ("Nearly the same words are learnt from already", ""),
    "quarantined": ("Holds an order meant for a machine", "Out until somebody has looked at it."),
    "noise": ("One sign or pattern again and again, or one endless run of signs", ""),
    "no_visible_text": ("Nothing in it that a reader would see", ""),
    "not_for_audience": ("The audience may not read it", ""),
    "scanned_pages": (
        "Some of its pages are pictures",
        "Recognise their words first, then run again.",
    ),
    "settings_file": (
        "Settings of curate, no document",
        "Move it away, or name it `_meta.yaml`; the ledger names it.",
    ),
    "tenant_column": (
        "Has a column or field called tenant, which nothing reads",
        "Set columns: {tenant: tenant} for its source if it says whose each record is.",
    ),
    "truncated": ("Longer than the limits, and read up to them", "Save it in parts."),
    "unknown_roles": (
        "Calls who asks and who answers by words that are not known",
        "Set messages.customers and messages.agents in `records:`.",
    ),
    "unreadable_pages": ("Some of its pages cannot be read", _WHOLE),
    "use_corpus_only": ("Its source is for the corpus alone", "`use: corpus` in the pipeline."),
    "use_finetune_only": ("Its source is for fine-tuning alone", "`use: finetune` says so."),
    "volatile": (
        "Changes too often to be learnt from",
        "finetune.max_changes_per_quarter; the corpus serves it.",
    ),
    "pii": ("A second scan found personal data in it", "The rows that held it are withheld."),
    "risk": ("Holds hidden text or a trick of encoding", "That text reaches no product."),
    "label": ("Its label does not fit its words", ""),
    "finding": ("Something in it wants a look", ""),
}
_REJECTED: dict[str, Saying] = {
    "bad_sidecar": ("Its sidecar file cannot be understood", "It may say who must not read this."),
    "bad_tenant": (
        "It names no tenant, or another than its file's",
        "Fill its column, or mend the sidecar.",
    ),
    "bad_json": ("Not the JSON it says it is", "Save it again from where it came."),
    "bomb": ("Unpacks to far more than it is", "Left packed: it would fill the disk."),
    "changed_while_reading": ("Changed while it was read", "Run again; it is read then."),
    "climbs_out": ("Its name leads out of its archive", "Left packed: it could overwrite files."),
    "corrupt": ("The file is cut or broken", "Copy it again from its origin."),
    "crashed": ("Its reader broke down twice", "The rest went on without it."),
    "cut_short": (
        "Its archive could not be read to its end",
        "What says who may read it may lie there: pack it again.",
    ),
    "empty": ("Nothing is in it", ""),
    "encrypted": ("Opens only with a password", "Save it without one."),
    "erased": ("Taken out by curate erase", "It is still there: delete the file as well."),
    "inline_image": ("A picture in the text of a mail", "Recognise its words first if it has any."),
    "link": ("A link, not a file", "Links are not followed: they may lead anywhere."),
    "memory_limit": ("Needed more memory than its limit", "Raise limits.memory_mb."),
    "name_too_long": ("Its name is too long to be one", ""),
    "no_reader": ("Its reader is not installed", "curate doctor says how to get it."),
    "no_text": ("No text in it", "A picture, or pages without words."),
    "not_a_record": ("Not a record like its neighbours", ""),
    "not_utf8_name": ("Its name is not written as its archive says", "Pack it again."),
    "not_run": ("Was not reached", "Run again."),
    "not_text": ("Bytes that are no text", ""),
    "scanned": ("Pictures of pages, no text", "Recognise its words first, then run again."),
    "special_file": ("A device or a pipe, not a file", ""),
    "system_file": ("A file of the operating system's", ""),
    "timeout": ("Took longer than its limit", "Raise limits.wall_seconds, or leave it out."),
    "too_deep": ("Nested too deep", ""),
    "too_large": ("Larger than the limit", "Raise limits.file_mb."),
    "too_many": ("Holds too many files", ""),
    "unreadable": ("May not be opened", "Give the user who runs this the right to read it."),
    "unreadable_folder": ("A folder that may not be opened", "Its files are not counted."),
    "unsupported": ("No reader for this format", "Save it as PDF, DOCX or text."),
    "vanished": ("Gone when it was to be read", "Run again."),
    "xml_entities": ("Hides text in XML entities", "Left unread: they can expand without end."),
}
_DRAFTS: dict[str, Saying] = {
    "ambiguous": ("One question, several answers in one document", ""),
    "asks_back": ("The answer asks back", ""),
    "budget": ("Enough of this kind already", "finetune.choose.max_examples is reached."),
    "checklist": ("Asks the reader, not the document", ""),
    "circular": ("Explains a word by itself", ""),
    "clarified": ("What was asked became clear in between", "The question alone says too little."),
    "complementary": ("The answer goes on from something before", ""),
    "dangling_colon": ("The answer stops at a colon", ""),
    "defined_again": ("Its term is better explained by another", ""),
    "deictic": ("Points to something above or below", ""),
    "few_steps": ("A procedure of too few steps", ""),
    "first_person": ("Says “I”: one person's words", ""),
    "fragment": ("A label described by half a sentence", ""),
    "hollow": ("Asked how, it does not say how", ""),
    "label_doubted": ("Its source's label is doubted", "labels.doubted is leave_out."),
    "leak_answer": ("Its answer stands in another split", "Left out of the smaller split."),
    "leak_ngram13": ("Shares 13 words in a row with another split", "Out of the smaller split."),
    "leak_question": ("Its question stands in another split", "Left out of the smaller split."),
    "link_only": ("The answer is a link", ""),
    "link_step": ("A step is nothing but a link", ""),
    "long_answer": ("An answer longer than anyone reads", ""),
    "low_quality": ("Scored below the cut", "finetune.choose.least_quality."),
    "many_codes": ("Lists codes instead of the one asked for", ""),
    "mentions": ("Sends to a person by name", ""),
    "multi_question": ("Asks several things at once", ""),
    "no_context": ("Means nothing outside its table or page", ""),
    "no_wording": ("Cannot be asked the way people ask", ""),
    "not_answered": ("Was never answered", ""),
    "off_topic": ("The answer is about something else", ""),
    "one_off": (
        "True of one case only",
        "Days, case numbers and deeds of one customer teach nothing.",
    ),
    "outranked": (
        "A newer document, or one of more authority, answers otherwise",
        "It is learnt from instead.",
    ),
    "partly_answered": ("Only a part of it is answered", ""),
    "per_document": ("Its document gives enough already", "finetune.choose.per_document."),
    "pii_left": ("A second scan found personal data in it", "Withheld."),
    "placeholder": ("Has a gap to fill in", ""),
    "pronoun_first": ("The answer begins with what it does not name", ""),
    "repeated": ("Says what a better one says", ""),
    "replaced_value": ("The answer is a value that was replaced", "It would teach a made-up one."),
    "short_answer": ("An answer of a few words", ""),
    "short_question": ("A question of a word or two", ""),
    "shortened": (
        "Without what was true of one case alone, a part of the answer is missing",
        "A step, or what was asked for, stood there.",
    ),
    "structural": ("Asks about the document, not its subject", ""),
    "tells_nothing": ("The answer tells nothing", ""),
    "todo": ("Is still to be written", ""),
    "truncated": ("Breaks off", ""),
    "truncated_list": ("The list breaks off", ""),
    "two_answers": ("One question, several answers", "It would teach a contradiction."),
    "unconfirmed": ("Nobody said that it helped", ""),
    "unnamed_we": ("Asks about a “we” that it does not name", ""),
    "unresolved": ("The ticket was never solved", ""),
    "yes_no_only": ("Only yes or no", ""),
}


def is_known(code: str) -> bool:
    """Tell whether a document or a draft may have this reason, whether or not one has it."""
    return any(code in known for known in (_FLAGGED, _REJECTED, _DRAFTS)) or code.startswith(
        "failed_"
    )


def flagged(code: str) -> Saying:
    """Return why a document is flagged, and what follows."""
    return _FLAGGED.get(code, (_plain(code), ""))


def rejected(code: str) -> Saying:
    """Return why a document could not be read, and what to do."""
    if code.startswith("failed_"):
        kind = code.removeprefix("failed_")
        return "Its reader failed", f"{kind}: worth a report to its makers."
    return _REJECTED.get(code, (_plain(code), ""))


def draft(code: str) -> Saying:
    """Return why a draft was not chosen, and what follows."""
    return _DRAFTS.get(code, (_plain(code), ""))


def _plain(code: str) -> str:
    """Return an unknown code as words."""
    return code.replace("_", " ").capitalize()
