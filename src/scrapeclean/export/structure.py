"""Articles as plain values and back, without loss.

The form is versioned: `"scrapeclean": 1` stands at the top, and a reader that meets a higher number says so. Fields
that have their default are left out below the top, so a paragraph is `{"kind": "paragraph", "text": "..."}` and little
more. Datetimes are ISO 8601 with their offset.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from operator import attrgetter
from typing import Any

from attrs import NOTHING, Factory, fields

from scrapeclean.errors import ArgumentError
from scrapeclean.model import Article, Block, Cell, Comment, Evidence, Item, Mark, Notice, Removed

VERSION = 1
"""The version of the form. It grows when a reader of the old form could not read the new one."""

_DEFAULTS: dict[type, dict[str, Any]] = {
    kind: {
        field.name: field.default.factory() if isinstance(field.default, Factory) else field.default  # type: ignore[arg-type]
        for field in fields(kind)
    }
    for kind in (Article, Block, Cell, Comment, Evidence, Item, Mark, Notice, Removed)
}
"""The fields of each class, with what stands in them if nobody says."""
_FIELDS: dict[type, tuple[Callable[[Any], tuple[Any, ...]], tuple[str, ...], tuple[Any, ...]]] = {
    kind: (attrgetter(*defaults), tuple(defaults), tuple(defaults.values())) for kind, defaults in _DEFAULTS.items()
}
"""The same for quick work: what gets all fields of a value at once, their names, their defaults."""
_PLAIN = frozenset({Mark, Removed})
"""The many: all their fields are strings and numbers, and only the last one has a default."""
_SCALARS = frozenset({str, int, float, bool, type(None)})
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NESTED: dict[tuple[type, str], type] = {
    (Article, "blocks"): Block, (Article, "captions"): Block, (Article, "notices"): Notice,
    (Article, "comments"): Comment, (Article, "related"): Article, (Article, "removed"): Removed,
    (Block, "items"): Item, (Block, "marks"): Mark, (Item, "marks"): Mark, (Item, "blocks"): Block,
    (Cell, "marks"): Mark,
}  # fmt: skip
_DATES = frozenset({(Article, "published"), (Article, "modified"), (Comment, "published")})


def to_dict(article: Article) -> dict[str, Any]:
    """An article as values that JSON knows: every field, also those that are empty.

    Example:
        >>> to_dict(Article(title="Low tide", blocks=(Block("paragraph", "Far out."),)))["blocks"]
        [{'kind': 'paragraph', 'text': 'Far out.'}]
    """
    return {"scrapeclean": VERSION, **_dump(article, whole=True)}


def to_json(article: Article, *, indent: int | None = None) -> str:
    """`to_dict` as JSON text. Letters of all scripts stand as they are.

    Example:
        >>> Article.from_dict(json.loads(to_json(Article(title="Žižkov")))).title
        'Žižkov'
    """
    text = json.dumps(to_dict(article), ensure_ascii=False, indent=indent)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return text


def from_dict(data: Mapping[str, Any]) -> Article:
    """The article that `to_dict` was called on.

    Raises:
        ArgumentError: the data is of a later version, or not what `to_dict` gives; the message names the place.

    Example:
        >>> from_dict({"scrapeclean": 1, "titel": "Low tide"})
        Traceback (most recent call last):
        scrapeclean.errors.ArgumentError: article: no field 'titel'
    """
    if not isinstance(data, Mapping):
        raise ArgumentError(f"an article comes from a mapping as to_dict gives it, not from {type(data).__name__}")
    version = data.get("scrapeclean")
    if version != VERSION:
        raise ArgumentError(f"the data is of version {version!r}; this package reads version {VERSION}")
    rest = {name: value for name, value in data.items() if name != "scrapeclean"}
    article: Article = _load(Article, rest, "article")
    return article


def _dump(value: Any, *, whole: bool = False) -> dict[str, Any]:
    kind = type(value)
    fields_of, names, defaults = _FIELDS[kind]
    if kind in _PLAIN:
        plain = dict(zip(names, fields_of(value), strict=True))
        if plain[names[-1]] == defaults[-1]:
            del plain[names[-1]]
        return plain
    dumped: dict[str, Any] = {}
    for name, default, inner in zip(names, defaults, fields_of(value), strict=True):
        if inner is not default and (whole or inner != default):
            dumped[name] = inner if type(inner) in _SCALARS else _plain(inner)
        elif whole:
            dumped[name] = _plain(inner)
    return dumped


def _plain(value: Any) -> Any:
    """One value of a field; strings, numbers, None and booleans stay."""
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind in _FIELDS:
        return _dump(value, whole=kind is Article)
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return value


def _load(kind: type[Any], data: Any, place: str) -> Any:
    """A value of one class from what was dumped of it."""
    if not isinstance(data, Mapping):
        raise ArgumentError(f"{place}: {kind.__name__} comes from a mapping, not from {type(data).__name__}")
    known = _DEFAULTS[kind]
    for name in data:
        if name not in known:
            raise ArgumentError(f"{place}: no field {name!r}")
    for name, default in known.items():
        if default is NOTHING and name not in data:
            raise ArgumentError(f"{place}: the field {name!r} is missing")
    return kind(**{name: _field(kind, name, value, f"{place}.{name}") for name, value in data.items()})


def _field(kind: type, name: str, value: Any, place: str) -> Any:
    """One field from what was dumped of it, in the type that the class has."""
    if (kind, name) in _DATES:
        return _date(value, place)
    if (kind, name) == (Block, "rows"):
        return tuple(_many(Cell, row, f"{place}[{at}]") for at, row in enumerate(_listed(value, place)))
    if (kind, name) == (Article, "evidence"):
        return {key: _load(Evidence, inner, f"{place}[{key!r}]") for key, inner in _mapped(value, place).items()}
    inner = _NESTED.get((kind, name))
    if inner is not None:
        return _many(inner, value, place)
    return _tuples(value, place) if isinstance(value, list | tuple) else _scalar(value, place)


def _many(kind: type, values: Any, place: str) -> tuple[Any, ...]:
    return tuple(_load(kind, value, f"{place}[{at}]") for at, value in enumerate(_listed(values, place)))


def _tuples(value: Any, place: str) -> Any:
    return tuple(_tuples(v, place) if isinstance(v, list | tuple) else _scalar(v, place) for v in value)


def _scalar(value: Any, place: str) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    raise ArgumentError(f"{place}: {type(value).__name__} is not expected here")


def _listed(value: Any, place: str) -> list[Any] | tuple[Any, ...]:
    if isinstance(value, list | tuple):
        return value
    raise ArgumentError(f"{place}: a list is expected, not {type(value).__name__}")


def _mapped(value: Any, place: str) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    raise ArgumentError(f"{place}: a mapping is expected, not {type(value).__name__}")


def _date(value: Any, place: str) -> datetime | None:
    if value is None:
        return None
    try:
        return datetime.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ArgumentError(f"{place}: {value!r} is no ISO 8601 datetime") from error
