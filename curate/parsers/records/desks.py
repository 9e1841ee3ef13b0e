"""The exports of help desks and issue trackers."""

from __future__ import annotations

from curate.parsers.records.shape import SOLVED, UNANSWERED, Messages, Shape, same

ZENDESK = Shape(
    name="zendesk",
    key=("id", "ticket_id"),
    title=("subject", "raw_subject"),
    body=("description",),
    author=("requester_id", "requester.id", "requester.email"),
    author_name=("requester.name",),
    fields=(
        *same("status", "priority", "type", "product", "category", "tags", "via.channel"),
        *same("requester.name", "requester.email", "submitter.name", "assignee.name"),
        *same("assignee.email", "organization.name", "group.name", "brand_id", "locale"),
        *same("satisfaction_rating.score", "custom_fields", "recipient", "url"),
    ),
    created=("created_at",),
    modified=("updated_at",),
    solved=("solved_at", "metric_set.solved_at", "metrics.solved_at"),
    status=("status",),
    done=SOLVED,
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
        *same("state", "priority", "source.type", "tags.tags"),
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
    done=SOLVED,
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
        *same("status", "state", "priority", "type", "category", "subcategory", "product", "queue"),
        *same("team", "department", "tags", "labels", "channel", "source", "language", "rating"),
        *same("requester.name", "requester.email", "customer.name", "customer.email"),
        *same("agent.name", "agent.email", "assignee.name", "assignee.email", "company", "url"),
    ),
    created=("created_at", "created", "opened_at", "date"),
    modified=("updated_at", "modified", "updated", "modified_at"),
    solved=("solved_at", "resolved_at", "closed_at", "stats.resolved_at"),
    status=("status", "state"),
    done=SOLVED | {"4", "5"},
    void=UNANSWERED,
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
