"""What is said about a file from outside: by its source, by patterns on its path, by sidecar files.

A sidecar is `NAME.meta.yaml` beside a file, or `_meta.yaml` in a folder for everything below it;
`.yml` and other letter cases of `meta.yaml` are as good.
The nearest statement wins, key by key: file, folder, folders above, pattern, source.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from posixpath import dirname
from typing import TYPE_CHECKING, Annotated

import yaml
from pydantic import AfterValidator, Field

from curate.config import Settings, parse
from curate.errors import ConfigError
from curate.sources.settings import Access, narrowed
from curate.tables.sources import Label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from curate.sources.settings import SourceSettings

FOLDER_SIDECAR = "_meta.yaml"
FILE_SIDECAR = ".meta.yaml"
_MOST_SIDECAR_BYTES = 64 << 10
_MOST_DEPTH = 8
_SIDECAR = re.compile(r"(?:^_|(?<=.)\.)meta\.ya?ml$", re.IGNORECASE)
_NEARLY_SIDECAR = re.compile(r"(?:^|\W)_*meta\.ya?m[l1i|]")
_LOOK_ALIKES = str.maketrans("асеорхутмкԁіӏМТАЕУаεοατ", "aceopxytmkdilMTAEYaeoat")
_OF_OTHERS = ("meta.yaml", "meta.yml")  # recipes and the like: read as a sidecar to be told
OF_THE_SYSTEM = "._"  # what macOS writes beside each file on a foreign disk
_TOP_KEY = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:", re.MULTILINE)
_SOURCE_PATH = re.compile(r"[-{,\s]path[ \t]*:")
ACCESS, TENANT = "access", "tenant"
_RESERVED = {TENANT, "owner", ACCESS}
_FIRM = frozenset({TENANT, ACCESS})


def _iso(said: str) -> str:
    """Return a day, or a moment in UTC, as ISO 8601 writes it."""
    text = said.strip()
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        message = "is no date of ISO 8601. Write 2026-03-01 or 2026-03-01T09:30:00Z"
        raise ValueError(message) from None


Day = Annotated[str, AfterValidator(_iso)]


class Dates(Settings):
    """Dates of a document, ISO 8601."""

    created: Day = ""
    modified: Day = ""
    effective: Day = ""


class Sidecar(Settings):
    """What a sidecar file may say."""

    tenant: str | None = None
    owner: str | None = None
    access: Access | None = None
    labels: dict[str, str] = Field(default_factory=dict)
    dates: Dates = Dates()
    authority: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything said about a file; `access` is None where nobody stated it.

    `firm` names what of access and tenant is said nearer than by the source itself.
    """

    tenant: str = "default"
    owner: str = ""
    access: tuple[str, ...] | None = None
    labels: tuple[Label, ...] = ()
    authority: int = 1
    created: str = ""
    modified: str = ""
    effective: str = ""
    firm: frozenset[str] = frozenset()


def is_sidecar(path: str) -> bool:
    """Tell whether a file is a sidecar, which is no document.

    >>> is_sidecar("hr/_META.yml"), is_sidecar("a.pdf.meta.yaml"), is_sidecar("hr/.meta.yaml")
    (True, True, False)
    """
    return _SIDECAR.search(path.rsplit("/", 1)[-1]) is not None


def is_stray(path: str) -> bool:
    """Tell whether a file is called nearly as a sidecar, so that somebody may believe it is one.

    >>> is_stray("hr/_meta.yaml.txt"), is_stray("a.pdf.meta.yaml.bak"), is_stray("_meta.yml")
    (True, True, False)
    """
    name = folded(plain(path.rsplit("/", 1)[-1]))
    if is_sidecar(path) or name in _OF_OTHERS or name.startswith(OF_THE_SYSTEM):
        return False
    return _NEARLY_SIDECAR.search(name) is not None


def plain(name: str) -> str:
    r"""Return a name without signs that nobody sees, its letters as those of Latin that look like them.

    >>> plain("_m\u0435ta\u200b.yaml")
    '_meta.yaml'
    """
    if name.isascii():  # none of them is there
        return name
    shown = (
        sign for sign in unicodedata.normalize("NFKC", name) if unicodedata.category(sign) != "Cf"
    )
    return "".join(shown).translate(_LOOK_ALIKES)


def folded(text: str) -> str:
    """Return a name in the form in which names that look alike are equal."""
    return unicodedata.normalize("NFKC", text).casefold()


def is_pipeline(text: str, sections: Collection[str]) -> bool:
    r"""Tell whether a YAML text is a pipeline file: its sections, and no others.

    >>> is_pipeline("name: a\nsources:\n  - path: b\n", ("name", "sources"))
    True
    """
    keys = set(_TOP_KEY.findall(text))
    return "sources" in keys and keys <= set(sections) and _SOURCE_PATH.search(text) is not None


def read_sidecar(data: bytes, *, name: str) -> Sidecar:
    """Return what a sidecar file says.

    Raises:
        ConfigError: if it is too large, uses YAML's references, has unknown keys, or leaves its
            `access:` empty, which somebody began to write in order to restrict.
    """
    if len(data) > _MOST_SIDECAR_BYTES:
        message = f"{name}: a sidecar file has at most {_MOST_SIDECAR_BYTES >> 10} KiB."
        raise ConfigError(message)
    text = data.decode("utf-8", "replace")
    _refuse_tricks(text, name)
    said = parse(text, Sidecar, name=name)
    if said.access is None and "access" in said.model_fields_set:
        message = (
            f"{name}: `access:` is empty. Write access: {{groups: [NAME]}}, or {{}} for nobody."
        )
        raise ConfigError(message)
    return said


def facts_of(
    path: str,
    source: SourceSettings,
    sidecars: Mapping[str, Sidecar],
    above: Sequence[Sequence[Sidecar]] = (),
) -> Facts:
    """Return what is said about a file, its own statement last.

    Args:
        path: Relative to the source.
        source: The section of the pipeline file.
        sidecars: By their paths.
        above: Those of the folders above the source, the farthest first, by each way that leads there.
            They narrow who the source and its patterns say may read, and name a tenant where those
            name none; where two ways name different ones, nobody may read.
    """
    access = source.access.names() if source.access else None
    facts = Facts(source.tenant, source.owner, access, _constants(source), source.authority)
    for pattern in source.patterns:
        facts = _with_names(facts, _match(pattern, path))
    facts = _with_above(facts, source, above)
    for sidecar in _chain(path, sidecars):
        facts = _with_sidecar(facts, sidecar)
    return facts


def with_labels(labels: Iterable[Label], changes: Mapping[str, str]) -> tuple[Label, ...]:
    """Return labels sorted by name, with some set anew."""
    merged = {label.name: label.value for label in labels} | dict(changes)
    return tuple(Label(name, value) for name, value in sorted(merged.items()))


def _refuse_tricks(text: str, name: str) -> None:
    """Refuse references, which multiply, and depth, which costs the parser its square."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent):
                message = f"{name}: YAML references (*name) are not accepted in a sidecar file."
                raise ConfigError(message)
            if depth > _MOST_DEPTH:
                message = (
                    f"{name}: nested too deeply; a sidecar file has at most {_MOST_DEPTH} levels."
                )
                raise ConfigError(message)
    except yaml.YAMLError:
        return  # reported with its line by whoever parses it


def _constants(source: SourceSettings) -> tuple[Label, ...]:
    constants = source.labels if isinstance(source.labels, dict) else {}
    return with_labels((), constants)


def sidecar_names(path: str) -> list[str]:
    """Return the sidecar files that speak of a file, the nearest last, whether or not they exist."""
    folders = []
    folder = dirname(path)
    while folder:
        folders.append(f"{folder}/{FOLDER_SIDECAR}")
        folder = dirname(folder)
    return [FOLDER_SIDECAR, *reversed(folders), path + FILE_SIDECAR]


def _chain(path: str, sidecars: Mapping[str, Sidecar]) -> list[Sidecar]:
    return [sidecars[name] for name in sidecar_names(path) if name in sidecars]


def _with_sidecar(facts: Facts, said: Sidecar) -> Facts:
    return replace(
        facts,
        tenant=said.tenant if said.tenant is not None else facts.tenant,
        owner=said.owner if said.owner is not None else facts.owner,
        access=said.access.names() if said.access is not None else facts.access,
        labels=with_labels(facts.labels, said.labels),
        authority=said.authority if said.authority is not None else facts.authority,
        created=said.dates.created or facts.created,
        modified=said.dates.modified or facts.modified,
        effective=said.dates.effective or facts.effective,
        firm=facts.firm | {name for name in _FIRM if getattr(said, name) is not None},
    )


def _with_above(facts: Facts, source: SourceSettings, above: Sequence[Sequence[Sidecar]]) -> Facts:
    """Return facts with what the nearest folder above says: of access the less, a tenant if none is set."""
    nearest = [one.access.names() for one in map(_with_access, above) if one and one.access]
    tenants = {one.tenant for one in map(_with_tenant, above) if one and one.tenant is not None}
    if tenants and not (TENANT in facts.firm or TENANT in source.model_fields_set):
        facts = replace(facts, tenant=min(tenants), firm=facts.firm | {TENANT})
        nearest += [()] * (len(tenants) > 1)
    for access in nearest:
        both = access if facts.access is None else narrowed(facts.access, access)
        facts = replace(facts, access=both, firm=facts.firm | {ACCESS})
    return facts


def _with_access(chain: Sequence[Sidecar]) -> Sidecar | None:
    return next((said for said in reversed(chain) if said.access is not None), None)


def _with_tenant(chain: Sequence[Sidecar]) -> Sidecar | None:
    return next((said for said in reversed(chain) if said.tenant is not None), None)


def _with_names(facts: Facts, names: Mapping[str, str]) -> Facts:
    access = (names["access"],) if "access" in names else facts.access
    labels = {name: value for name, value in names.items() if name not in _RESERVED}
    return replace(
        facts,
        tenant=names.get("tenant", facts.tenant),
        owner=names.get("owner", facts.owner),
        access=access,
        labels=with_labels(facts.labels, labels),
        firm=facts.firm | (_FIRM & names.keys()),
    )


def _match(pattern: str, path: str) -> dict[str, str]:
    found = compiled(pattern).fullmatch(path)
    return found.groupdict() if found else {}


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a glob (`*`, `?`, `**`, `{name}`) as an expression over whole relative paths.

    >>> compiled("{department}/**/*.pdf").fullmatch("hr/2026/a.pdf").groupdict()
    {'department': 'hr'}
    """
    expression = ""
    rest = pattern
    while rest:
        token = next((t for t in _GLOB if t.match(rest)), None)
        if token is None:
            expression += re.escape(rest[0])
            rest = rest[1:]
            continue
        found = token.match(rest)
        assert found is not None, "the token was chosen because it matches"
        expression += _GLOB[token].replace("NAME", found.groupdict().get("name", ""))
        rest = rest[found.end() :]
    return re.compile(expression)


_GLOB = {
    re.compile(r"\*\*/"): "(?:[^/]+/)*",
    re.compile(r"\*\*"): "(?s:.*)",
    re.compile(r"\*"): "[^/]*",
    re.compile(r"\?"): "[^/]",
    re.compile(r"\{(?P<name>[a-z_][a-z0-9_]*)\}"): "(?P<NAME>[^/]+)",
}
