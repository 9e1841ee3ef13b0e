"""The files that a mail carries, as members of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.parsers.containers.member import Intake, Member, failed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.parsers.containers.member import ContainerLimits
    from curate.parsers.mail import Attachment


def attachment_members(
    attachments: Iterator[Attachment], limits: ContainerLimits
) -> Iterator[Member]:
    """Yield attachments in their order; a picture shown in the text is `inline_image`.

    Raises:
        DocumentError: `corrupt`.
    """
    intake = Intake(limits)
    for attachment in attachments:
        yield _member(attachment, intake)


def _member(attachment: Attachment, intake: Intake) -> Member:
    path, problem, twin = intake.names.place(attachment.name)
    if attachment.inline:
        problem = problem or "inline_image"
    elif len(attachment.data) > intake.limits.member:
        problem = problem or "too_large"
    elif not attachment.data:
        problem = problem or "empty"
    if problem:
        return failed(problem, path, twin)
    kind = attachment.media_type.lower()
    media_type = "" if kind == "application/octet-stream" else kind
    return Member(path, "", attachment.data, media_type, twin=twin)
