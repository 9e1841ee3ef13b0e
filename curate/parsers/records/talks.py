"""The exports of chats."""

from __future__ import annotations

from curate.parsers.records.shape import SOLVED, Messages, Shape, same

SLACK = Shape(
    name="slack",
    key=("thread_ts", "client_msg_id", "ts"),
    format="slack",
    thread=("thread_ts", "ts"),
    fields=same("channel", "channel_name", "team"),
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
    fields=same("category", "tags", "channel", "language", "rating", "source"),
    created=("created_at", "created", "date"),
    modified=("updated_at",),
    status=("status", "state"),
    done=SOLVED,
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
        date=("created_at", "date", "at", "timestamp", "time", "ts", "create_time"),
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
