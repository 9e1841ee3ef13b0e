"""The exports of knowledge bases and lists of questions."""

from __future__ import annotations

from curate.parsers.records.shape import Shape, same

SERVICENOW_KB = Shape(
    name="servicenow_kb",
    key=("number", "sys_id"),
    title=("short_description",),
    body=("text", "wiki", "article_body"),
    fields=(
        *same(
            "workflow_state", "valid_to", "kb_category", "kb_knowledge_base", "topic", "category"
        ),
        *same("version", "language"),
        ("author.name", "author"),
    ),
    created=("published", "sys_created_on"),
    modified=("sys_updated_on",),
    status=("workflow_state",),
    conversation=False,
    keys=(
        frozenset({"short_description", "text"}),
        frozenset({"short_description", "workflow_state"}),
    ),
)


FAQ = Shape(
    name="faq",
    key=("id", "key", "faq_id"),
    title=("question", "Question", "query", "prompt", "instruction", "frage", "Frage", "pregunta"),
    body=(
        "answer",
        "Answer",
        "response",
        "completion",
        "output",
        "antwort",
        "Antwort",
        "respuesta",
    ),
    fields=same("category", "topic", "product", "tags", "language", "source", "url", "intent"),
    created=("created_at", "created", "date"),
    modified=("updated_at", "modified", "last_updated"),
    conversation=False,
    pairs=True,
    keys=(
        frozenset({"question", "answer"}),
        frozenset({"Question", "Answer"}),
        frozenset({"query", "answer"}),
        frozenset({"prompt", "completion"}),
        frozenset({"prompt", "response"}),
        frozenset({"instruction", "output"}),
        frozenset({"instruction", "response"}),
        frozenset({"frage", "antwort"}),
        frozenset({"Frage", "Antwort"}),
    ),
)


ARTICLE = Shape(
    name="article",
    key=("id", "article_id", "key", "number"),
    title=("title", "name", "headline", "subject"),
    body=("body", "content", "html", "text", "article", "description", "answer"),
    fields=(
        *same("category", "section", "section_id", "tags", "labels", "label_names", "product"),
        *same("state", "status", "locale", "language", "url", "html_url", "draft", "outdated"),
        ("author.name", "author.name"),
        ("author", "author"),
    ),
    created=("created_at", "created", "published_at", "published", "date"),
    modified=("updated_at", "edited_at", "modified", "updated"),
    status=("state", "status"),
    conversation=False,
    keys=(
        frozenset({"title", "body"}),
        frozenset({"title", "content"}),
        frozenset({"title", "text"}),
        frozenset({"title", "html"}),
        frozenset({"name", "body"}),
    ),
)
