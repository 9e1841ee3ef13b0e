"""What a pipeline file says of one source."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from curate.config import Settings

EVERYONE = "everyone"
# What always lies in passing and is nobody's document.
SKIPPED = ("**/.git/**", "**/.svn/**", "**/.hg/**", "**/__pycache__/**", "**/node_modules/**")


class Access(Settings):
    """Who may read: groups and single users."""

    groups: tuple[str, ...] = ()
    users: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _is_mapping(cls, said: Any) -> Any:  # noqa: ANN401 - whatever the YAML holds
        names = [said] if isinstance(said, str) else said
        if isinstance(names, list) and all(isinstance(name, str) for name in names):
            message = (
                f"{said!r} does not say whether groups or users may read. "
                f"Write access: {{groups: [{', '.join(names)}]}}"
            )
            raise ValueError(message)
        return said

    def names(self) -> tuple[str, ...]:
        """Return one sorted list without outer blanks; users are written `user:NAME`."""
        groups = {group.strip() for group in self.groups} - {""}
        users = {user.strip() for user in self.users} - {""}
        return tuple(sorted({*groups, *(f"user:{user}" for user in users)}))


def listed_names(text: str) -> tuple[str, ...]:
    """Return the names that a column lists, parted by commas or semicolons.

    >>> listed_names("hr, everyone;user:jo;")
    ('everyone', 'hr', 'user:jo')
    """
    names = {name.strip() for name in text.replace(";", ",").split(",")}
    return tuple(sorted(names - {""}))


def narrowed(outer: Collection[str], inner: Collection[str]) -> tuple[str, ...]:
    """Return who is named by both.

    >>> narrowed(("everyone",), ("hr",)), narrowed(("hr", "law"), ("hr", "it")), narrowed((), ("hr",))
    (('hr',), ('hr',), ())
    """
    if EVERYONE in outer:
        return tuple(sorted(inner))
    if EVERYONE in inner:
        return tuple(sorted(outer))
    return tuple(sorted(set(outer) & set(inner)))


def _glob(pattern: str) -> str:
    """Refuse what a glob cannot mean: it would silently fit nothing."""
    if not pattern:
        message = "a pattern is empty. '**/*' fits all files"
        raise ValueError(message)
    if pattern.startswith(("/", "./", "../")):
        message = f"{pattern!r} begins outside. Patterns are relative to the source's path: '**/*'"
        raise ValueError(message)
    rest = _NAME.sub("", pattern)
    if "," in rest and _ALTERNATIVES.search(rest):
        message = (
            f"{pattern!r}: braces name a part of the path. Write one pattern for each of these"
        )
        raise ValueError(message)
    if "{" in rest or "}" in rest:
        message = (
            f"{pattern!r}: a brace is not closed, or holds no name of small letters, digits and _. "
            "Write {department}"
        )
        raise ValueError(message)
    names = _NAME.findall(pattern)
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        message = f"{pattern!r} names {twice} twice. Use another name for one of them"
        raise ValueError(message)
    return pattern


def _known_names(pattern: str) -> str:
    if not _NAME.search(pattern):
        message = "a pattern names parts of the path, such as '{department}/{document_type}/*'"
        raise ValueError(message)
    return pattern


_NAME = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_ALTERNATIVES = re.compile(r"\{[^{}]*,[^{}]*\}")

Glob = Annotated[str, AfterValidator(_glob)]
Pattern = Annotated[str, AfterValidator(_glob), AfterValidator(_known_names)]


class SourceSettings(Settings):
    """One place that documents come from.

    `path` is a folder, a file or any fsspec address; a relative one starts at the pipeline file.
    """

    path: str
    name: str = ""
    include: tuple[Glob, ...] = ("**/*",)
    exclude: tuple[Glob, ...] = SKIPPED
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

    def passed_over(self) -> tuple[str, ...]:
        """Return the patterns of all that is left out: what `exclude` says, and what always is.

        Only a pattern of `include` that names such a folder opens it.

        >>> SourceSettings(path=".", exclude=["old/*"], include=[".git/*"]).passed_over()[:2]
        ('old/*', '**/.svn/**')
        """
        named = {part for pattern in self.include for part in pattern.split("/")}
        always = tuple(pattern for pattern in SKIPPED if pattern.split("/")[1] not in named)
        said = () if self.exclude == SKIPPED else self.exclude
        return (*said, *always)

    def title(self) -> str:
        """Return the source's name: as given, else its path as written."""
        return self.name or self.path
