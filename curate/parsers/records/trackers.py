"""The exports of issue trackers and service managers."""

from __future__ import annotations

from curate.parsers.records.shape import SOLVED, UNANSWERED, Messages, Shape, same

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
    done=SOLVED,
    void=UNANSWERED,
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
        *same("state", "category", "subcategory", "priority", "impact", "urgency", "close_code"),
        *same("assignment_group", "business_service", "cmdb_ci", "contact_type", "location"),
        ("caller.name", "caller_id"),
        ("assignee.name", "assigned_to"),
    ),
    created=("opened_at", "sys_created_on"),
    modified=("sys_updated_on",),
    solved=("resolved_at", "closed_at"),
    status=("state", "incident_state"),
    done=SOLVED | {"6", "7"},
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
