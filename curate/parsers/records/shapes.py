"""The exports whose shape is known by name."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from curate.parsers.records.shape import Messages, Shape

if TYPE_CHECKING:
    from collections.abc import Mapping

_SOLVED = frozenset({"solved", "closed", "resolved", "done", "complete", "completed", "fixed"})
_VOID = frozenset(
    {
        "duplicate",
        "won't do",
        "won't fix",
        "wontfix",
        "cannot reproduce",
        "declined",
        "rejected",
        "incomplete",
        "canceled",
        "cancelled",
        "spam",
        "deleted",
    }
)


def _same(*names: str) -> tuple[tuple[str, str], ...]:
    """Return fields that are called as their path."""
    return tuple((name, name) for name in names)


ZENDESK = Shape(
    name="zendesk",
    key=("id", "ticket_id"),
    title=("subject", "raw_subject"),
    body=("description",),
    author=("requester_id", "requester.id", "requester.email"),
    author_name=("requester.name",),
    fields=(
        *_same("status", "priority", "type", "product", "category", "tags", "via.channel"),
        *_same("requester.name", "requester.email", "submitter.name", "assignee.name"),
        *_same("assignee.email", "organization.name", "group.name", "brand_id", "locale"),
        *_same("satisfaction_rating.score", "custom_fields", "recipient", "url"),
    ),
    created=("created_at",),
    modified=("updated_at",),
    solved=("solved_at", "metric_set.solved_at", "metrics.solved_at"),
    status=("status",),
    done=_SOLVED,
    rating=("satisfaction_rating.score", "satisfaction_rating", "rating"),
    thread=("ticket_id", "id"),
    messages=Messages(
        at=("comments", "comments.comments", "ticket_comments", "conversation"),
        body=("html_body", "plain_body", "body"),
        author=("author_id", "author.id", "author.email", "author"),
        name=("author.name",),
        role=("author.role", "author_role", "role"),
    ),
    mail_like=True,
    keys=(
        frozenset({"subject", "requester_id"}),
        frozenset({"subject", "requester", "comments"}),
        frozenset({"subject", "description", "comments", "tags"}),
    ),
)

JIRA = Shape(
    name="jira",
    key=("key", "Issue key", "id"),
    title=("fields.summary", "summary", "Summary"),
    body=("fields.description", "description", "Description"),
    author=("fields.reporter", "fields.creator", "Reporter"),
    author_name=("fields.reporter.displayName",),
    fields=(
        ("status", "fields.status.name"),
        ("type", "fields.issuetype.name"),
        ("priority", "fields.priority.name"),
        ("resolution", "fields.resolution.name"),
        ("project", "fields.project.name"),
        ("labels", "fields.labels"),
        ("components", "fields.components"),
        ("fix_versions", "fields.fixVersions"),
        ("reporter.name", "fields.reporter.displayName"),
        ("reporter.email", "fields.reporter.emailAddress"),
        ("assignee.name", "fields.assignee.displayName"),
        ("assignee.email", "fields.assignee.emailAddress"),
        *(
            (name.lower(), name)
            for name in ("Status", "Priority", "Resolution", "Labels", "Assignee")
        ),
    ),
    created=("fields.created", "Created"),
    modified=("fields.updated", "Updated"),
    solved=("fields.resolutiondate", "Resolved"),
    status=("fields.resolution.name", "fields.resolution", "Resolution"),
    done=_SOLVED,
    void=_VOID,
    thread=("key", "Issue key"),
    messages=Messages(
        at=("fields.comment.comments", "fields.comments", "comments", "Comment"),
        author=("author", "Author"),
        name=("author.displayName",),
        role=("author.accountType",),
        public=("jsdPublic",),
        private=("visibility",),
        date=("created",),
    ),
    mail_like=True,
    keys=(
        frozenset({"key", "fields"}),
        frozenset({"Issue key", "Summary"}),
    ),
)

SERVICENOW_INCIDENT = Shape(
    name="servicenow_incident",
    key=("number", "sys_id"),
    title=("short_description",),
    body=("description",),
    author=("caller_id", "opened_by"),
    author_name=("caller_id.display_value", "caller_id.name", "caller_id"),
    fields=(
        *_same("state", "category", "subcategory", "priority", "impact", "urgency", "close_code"),
        *_same("assignment_group", "business_service", "cmdb_ci", "contact_type", "location"),
        ("caller.name", "caller_id"),
        ("assignee.name", "assigned_to"),
    ),
    created=("opened_at", "sys_created_on"),
    modified=("sys_updated_on",),
    solved=("resolved_at", "closed_at"),
    status=("state", "incident_state"),
    done=_SOLVED | {"6", "7"},
    thread=("number",),
    journals=(("comments", True), ("work_notes", False), ("comments_and_work_notes", False)),
    resolution=("close_notes",),
    resolution_code=("close_code",),
    resolution_author=("resolved_by", "assigned_to", "closed_by"),
    mail_like=True,
    keys=(
        frozenset({"number", "short_description", "close_notes"}),
        frozenset({"number", "short_description", "work_notes"}),
        frozenset({"number", "short_description", "caller_id"}),
        frozenset({"number", "short_description", "description"}),
    ),
)

SERVICENOW_KB = Shape(
    name="servicenow_kb",
    key=("number", "sys_id"),
    title=("short_description",),
    body=("text", "wiki", "article_body"),
    fields=(
        *_same(
            "workflow_state", "valid_to", "kb_category", "kb_knowledge_base", "topic", "category"
        ),
        *_same("version", "language"),
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

INTERCOM = Shape(
    name="intercom",
    key=("id",),
    title=("title", "source.subject"),
    body=("source.body", "conversation_message.body"),
    format="html",
    author=("source.author", "conversation_message.author", "user"),
    author_name=("source.author.name",),
    author_role=("source.author.type",),
    fields=(
        *_same("state", "priority", "source.type", "tags.tags"),
        ("rating", "conversation_rating.rating"),
        ("requester.name", "source.author.name"),
        ("requester.email", "source.author.email"),
        ("assignee.name", "assignee.name"),
        ("topics", "topics.topics"),
    ),
    created=("created_at",),
    modified=("updated_at",),
    solved=("statistics.last_close_at",),
    status=("state",),
    done=_SOLVED,
    rating=("conversation_rating.rating", "rating"),
    messages=Messages(
        at=("conversation_parts.conversation_parts", "conversation_parts"),
        author=("author",),
        name=("author.name",),
        role=("author.type",),
        kind=("part_type",),
        note_kinds=frozenset({"note", "note_and_reopen"}),
        event_kinds=frozenset(
            {
                "assignment",
                "open",
                "close",
                "snoozed",
                "unsnoozed",
                "participant_added",
                "participant_removed",
                "away_mode_assignment",
                "conversation_attribute_updated_by_admin",
            }
        ),
    ),
    mail_like=True,
    keys=(
        frozenset({"conversation_parts"}),
        frozenset({"conversation_message"}),
    ),
)

TICKETS = Shape(
    name="tickets",
    key=("id", "ticket_id", "key", "number", "display_id"),
    title=("subject", "title", "summary", "name"),
    body=("description", "description_text", "body", "content", "text", "question", "message"),
    author=("requester_id", "requester", "customer", "customer_id", "reporter", "author", "user"),
    author_name=("requester.name", "customer.name", "requester", "customer"),
    fields=(
        *_same(
            "status", "state", "priority", "type", "category", "subcategory", "product", "queue"
        ),
        *_same("team", "department", "tags", "labels", "channel", "source", "language", "rating"),
        *_same("requester.name", "requester.email", "customer.name", "customer.email"),
        *_same("agent.name", "agent.email", "assignee.name", "assignee.email", "company", "url"),
    ),
    created=("created_at", "created", "opened_at", "date"),
    modified=("updated_at", "modified", "updated", "modified_at"),
    solved=("solved_at", "resolved_at", "closed_at", "stats.resolved_at"),
    status=("status", "state"),
    done=_SOLVED | {"4", "5"},
    void=_VOID,
    rating=("rating", "satisfaction", "satisfaction_rating.score"),
    thread=("thread_id", "thread", "ticket_id", "id", "key", "number"),
    messages=Messages(
        at=("conversations", "comments", "messages", "replies", "thread", "notes", "updates"),
        body=("body_text", "body", "text", "content", "message", "comment", "html_body"),
        author=("author_id", "author", "user_id", "from_email", "from", "user", "sender"),
        name=("author.name", "author_name", "user.name", "sender.name"),
        role=("role", "author_role", "author.role", "author.type", "sender_type", "from_type"),
        date=("created_at", "created", "date", "timestamp", "time", "sent_at"),
    ),
    resolution=("resolution", "solution", "answer"),
    mail_like=True,
    keys=(
        frozenset({"ticket_id"}),
        frozenset({"subject", "description"}),
        frozenset({"subject", "status"}),
        frozenset({"title", "description", "status"}),
        frozenset({"summary", "description"}),
        frozenset({"subject", "comments"}),
        frozenset({"subject", "messages"}),
        frozenset({"subject", "body"}),
    ),
)

SLACK = Shape(
    name="slack",
    key=("thread_ts", "client_msg_id", "ts"),
    format="slack",
    thread=("thread_ts", "ts"),
    fields=_same("channel", "channel_name", "team"),
    created=("thread_ts", "ts"),
    messages=Messages(
        at=("messages",),
        body=("text",),
        author=("user", "bot_id", "username"),
        name=("user_profile.real_name", "user_profile.display_name", "username"),
        date=("ts",),
        key=("ts",),
        reply_to=("thread_ts",),
        kind=("subtype",),
        reactions=("reactions",),
        event_kinds=frozenset(
            {
                "channel_join",
                "channel_leave",
                "channel_topic",
                "channel_purpose",
                "channel_name",
                "channel_archive",
                "channel_unarchive",
                "group_join",
                "group_leave",
                "group_topic",
                "pinned_item",
                "bot_add",
                "bot_remove",
                "bot_message",
                "reminder_add",
                "tombstone",
                "channel_posting_permissions",
                "sh_room_created",
                "huddle_thread",
            }
        ),
    ),
    group=("thread_ts", "ts"),
    keys=(
        frozenset({"ts", "text", "type"}),
        frozenset({"ts", "text", "user"}),
        frozenset({"thread_ts", "messages"}),
    ),
)

TEAMS = Shape(
    name="teams",
    key=("thread_id", "id"),
    title=("subject",),
    format="html",
    thread=("thread_id", "replyToId", "id"),
    fields=(("channel", "channelIdentity.channelId"), ("importance", "importance")),
    created=("createdDateTime",),
    messages=Messages(
        at=("messages",),
        body=("body.content", "body"),
        author=("from.user.id", "from.application.id", "from.user", "from.application", "from"),
        name=("from.user.displayName",),
        role=("from.role",),
        date=("createdDateTime",),
        reply_to=("replyToId",),
        kind=("messageType",),
        reactions=("reactions",),
        event_kinds=frozenset({"systemEventMessage", "unknownFutureValue", "chatEvent", "typing"}),
    ),
    group=("replyToId", "id"),
    keys=(
        frozenset({"messageType", "body", "from"}),
        frozenset({"replyToId", "body", "from"}),
        frozenset({"createdDateTime", "body", "from"}),
    ),
)

CHAT = Shape(
    name="chat",
    key=("id", "conversation_id", "thread_id"),
    title=("title", "subject", "topic"),
    fields=_same("category", "tags", "channel", "language", "rating", "source"),
    created=("created_at", "created", "date"),
    modified=("updated_at",),
    status=("status", "state"),
    done=_SOLVED,
    rating=("rating",),
    thread=("conversation_id", "thread_id", "id"),
    messages=Messages(
        at=(
            "messages",
            "conversations",
            "conversation",
            "turns",
            "dialog",
            "dialogue",
            "transcript",
        ),
        body=("content", "text", "value", "message", "body", "utterance"),
        author=("author", "user", "name", "sender", "speaker", "from"),
        name=("author.name", "name", "sender.name", "speaker"),
        role=("role", "author.role", "from", "speaker", "sender_type", "author"),
        date=("created_at", "date", "timestamp", "time", "ts", "create_time"),
        reply_to=("reply_to", "parent_id"),
        reactions=("reactions",),
    ),
    keys=(
        frozenset({"messages"}),
        frozenset({"conversations"}),
        frozenset({"turns"}),
        frozenset({"dialogue"}),
        frozenset({"role", "content"}),
        frozenset({"author", "text"}),
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
    fields=_same("category", "topic", "product", "tags", "language", "source", "url", "intent"),
    created=("created_at", "created", "date"),
    modified=("updated_at", "modified", "last_updated"),
    conversation=False,
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
        *_same("category", "section", "section_id", "tags", "labels", "label_names", "product"),
        *_same("state", "status", "locale", "language", "url", "html_url", "draft", "outdated"),
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

_KNOWN = (
    SLACK,
    TEAMS,
    INTERCOM,
    JIRA,
    SERVICENOW_KB,
    SERVICENOW_INCIDENT,
    ZENDESK,
    TICKETS,
    CHAT,
    FAQ,
    ARTICLE,
)
SHAPES: Mapping[str, Shape] = MappingProxyType({shape.name: shape for shape in _KNOWN})
