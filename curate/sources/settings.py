"""What a pipeline file says of one source."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from curate.config import Settings

SKIPPED = ("**/.git/**", "**/.svn/**", "**/.hg/**", "**/__pycache__/**", "**/node_modules/**")


class Access(Settings):
    """Who may read: groups and single users."""

    groups: tuple[str, ...] = ()
    users: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Return one sorted list; users are written `user:NAME`."""
        return tuple(sorted({*self.groups, *(f"user:{user}" for user in self.users)}))


def _known_names(pattern: str) -> str:
    if "{" not in pattern:
        message = "a pattern names parts of the path, such as '{department}/{document_type}/*'"
        raise ValueError(message)
    return pattern


Pattern = Annotated[str, AfterValidator(_known_names)]


class SourceSettings(Settings):
    """One place that documents come from.

    `path` is a folder, a file or any fsspec address; a relative one starts at the pipeline file.
    """

    path: str
    name: str = ""
    include: tuple[str, ...] = ("**/*",)
    exclude: tuple[str, ...] = SKIPPED
    tenant: str = "default"
    owner: str = ""
    access: Access | None = None
    labels: tuple[str, ...] | dict[str, str] = ()
    patterns: tuple[Pattern, ...] = ()
    records: str | dict[str, Any] | None = None
    columns: dict[Literal["tenant", "owner", "access", "created", "modified", "effective"], str] = (
        Field(default_factory=dict)
    )
    authority: int = 1
    use: Literal["both", "corpus", "finetune"] = "both"
    options: dict[str, Any] = Field(default_factory=dict)

    def title(self) -> str:
        """Return the source's name: as given, else its path as written."""
        return self.name or self.path
