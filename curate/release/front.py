"""The front matter of a card: what the Hugging Face hub and `datasets` read, without loading `datasets`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

_SIZES = ("1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T")


def front_matter(values: Mapping[str, Any]) -> str:
    """Return values as the YAML block that opens a card, in the order given."""
    import yaml

    text = yaml.safe_dump(dict(values), sort_keys=False, allow_unicode=True, width=100)
    return f"---\n{text}---\n"


def configs(data_files: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """Return how `datasets` finds the files of each configuration's splits."""
    return [
        {
            "config_name": name,
            "data_files": [{"split": split, "path": path} for split, path in files.items()],
        }
        for name, files in data_files.items()
    ]


def features(schema: pa.Schema) -> list[dict[str, Any]]:
    """Return a card's description of columns: strings, numbers, lists and structs of these."""
    return [{"name": field.name, **_feature(field.type)} for field in schema]


def _feature(kind: pa.DataType) -> dict[str, Any]:
    import pyarrow as pa

    if pa.types.is_list(kind):
        inner = _feature(kind.value_type)
        return {"list": inner.get("dtype") or inner["struct"]}
    if pa.types.is_struct(kind):
        nested = (kind.field(place) for place in range(kind.num_fields))
        return {"struct": [{"name": field.name, **_feature(field.type)} for field in nested]}
    return {"dtype": {"double": "float64", "float": "float32"}.get(str(kind), str(kind))}


def size_category(count: int) -> str:
    """Return the hub's name for a number of examples.

    >>> size_category(999), size_category(1_000)
    ('n<1K', '1K<n<10K')
    """
    above = len(str(count)) - len("999")  # powers of ten from a thousand on that it reaches
    if above <= 0:
        return f"n<{_SIZES[0]}"
    if above >= len(_SIZES):
        return f"n>{_SIZES[-1]}"
    return f"{_SIZES[above - 1]}<n<{_SIZES[above]}"
