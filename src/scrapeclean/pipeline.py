"""Filters in a row, and what they say settled: the first verdict on a character stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, get_args

from attrs import evolve, field, frozen

from scrapeclean.document import Document
from scrapeclean.errors import ArgumentError, FilterError
from scrapeclean.model import Comment, Notice, Role, Verdict

if TYPE_CHECKING:
    from scrapeclean.model import Article

Filter = Callable[[Document], Iterable[Verdict]]
_ROLES = frozenset(get_args(Role))
_VALUES: dict[str, tuple[type, ...]] = {
    "title": (str,), "source": (str,), "byline": (tuple, list), "date": (datetime,), "notice": (Notice,), "comment": (Comment,),  # noqa: E501
}  # fmt: skip
"""What a verdict's value may be, by its role."""
_new = tuple.__new__
"""Makes a Verdict in half the time of its constructor: a page has hundreds."""


def filter_name(function: Filter) -> str:
    """What a filter is called in pipelines and in the audit: its `name`, or the name of the function or class."""
    name = getattr(function, "name", None) or getattr(function, "__name__", None)
    return name if isinstance(name, str) else type(function).__name__


def _row(filters: Iterable[Filter]) -> tuple[Filter, ...]:
    row = tuple(filters)
    for function in row:
        if not callable(function):
            raise ArgumentError(f"a filter is a callable (Document) -> Iterable[Verdict], not {function!r}")
    return row


@frozen
class Pipeline:
    """An immutable, ordered row of filters.

    Example:
        >>> def shouting(document):
        ...     '''Lines in capitals.'''
        ...     for block in document.kept:
        ...         if block.text.isupper():
        ...             yield block.drop("written in capitals")
        >>> print(Pipeline().add(shouting))
        1. shouting: Lines in capitals.
    """

    filters: tuple[Filter, ...] = field(default=(), converter=_row)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the filters, in order."""
        return tuple(map(filter_name, self.filters))

    def add(self, function: Filter, *, before: str | None = None, after: str | None = None) -> Pipeline:
        """A pipeline with one filter more: at the end, or before or after the one named.

        Raises:
            ArgumentError: no filter has that name, or both `before` and `after` are given.

        Example:
            >>> import scrapeclean
            >>> def adverts(document):
            ...     return [block.drop("advert") for block in document.kept if block.has_class("ad")]
            >>> scrapeclean.DEFAULT.add(adverts, before="score").names.index("adverts") > 0
            True
        """
        if before is not None and after is not None:
            raise ArgumentError("give before= or after=, not both")
        at = len(self.filters)
        if before is not None:
            at = self._index(before)
        elif after is not None:
            at = self._index(after) + 1
        return evolve(self, filters=(*self.filters[:at], function, *self.filters[at:]))

    def without(self, *names: str) -> Pipeline:
        """A pipeline without the filters named.

        Raises:
            ArgumentError: no filter has one of the names.

        Example:
            >>> import scrapeclean
            >>> "comments" in scrapeclean.DEFAULT.without("comments").names
            False
        """
        gone = {self._index(name) for name in names}
        return evolve(self, filters=tuple(f for i, f in enumerate(self.filters) if i not in gone))

    def replace(self, name: str, function: Filter) -> Pipeline:
        """A pipeline with another filter in the place of the one named.

        Raises:
            ArgumentError: no filter has that name.

        Example:
            >>> import scrapeclean
            >>> def nothing(document):
            ...     return ()
            >>> pipeline = scrapeclean.DEFAULT.replace("comments", nothing)
            >>> len(pipeline.filters) == len(scrapeclean.DEFAULT.filters)
            True
        """
        at = self._index(name)
        return evolve(self, filters=(*self.filters[:at], function, *self.filters[at + 1 :]))

    def clean(self, raw: bytes | str, **options: Any) -> Article:
        """`scrapeclean.clean` with this pipeline.

        Example:
            >>> import scrapeclean
            >>> scrapeclean.DEFAULT.clean("").blocks
            ()
        """
        from scrapeclean.api import clean

        return clean(raw, pipeline=self, **options)

    def run(self, document: Document) -> None:
        """Let every filter speak, in order, and settle what it says.

        Raises:
            FilterError: a filter raised, or gave something that is no verdict on this document.
        """
        for function in self.filters:
            name = filter_name(function)
            for verdict in _heard(function, name, document):
                document.ledger.claim(verdict)

    def _index(self, name: str) -> int:
        try:
            return self.names.index(name)
        except ValueError:
            raise ArgumentError(f"no filter {name!r} in this pipeline; it has {', '.join(self.names)}") from None

    def __iter__(self) -> Iterator[Filter]:
        return iter(self.filters)

    def __str__(self) -> str:
        return "\n".join(f"{n}. {filter_name(f)}: {_summary(f)}" for n, f in enumerate(self.filters, 1))


def _summary(function: Filter) -> str:
    return (getattr(function, "__doc__", None) or "").strip().split("\n")[0]


def _heard(function: Filter, name: str, document: Document) -> list[Verdict]:
    """All verdicts of one filter, checked. They are settled only when it has said everything, so that it sees the
    page as it was when it began."""
    page = document.url or "the page"
    most = 10_000 + 8 * len(document.blocks) + len(document.text) // 2
    try:
        given = function(document)
        verdicts = None if given is None else list(islice(given, most + 1))
    except (Exception, SystemExit) as error:
        raise FilterError(f"filter {name!r} failed on {page}: {type(error).__name__}: {error}") from error
    if verdicts is None:
        raise FilterError(
            f"filter {name!r} gave None on {page}: a filter yields its verdicts, or returns a list of them"
        )
    if len(verdicts) > most:
        raise FilterError(f"filter {name!r} gave more than {most} verdicts on {page}")
    for verdict in verdicts:
        if wrong := _wrong(verdict, document):
            raise FilterError(f"filter {name!r} on {page}: {wrong}")
    return [_signed(verdict, name) for verdict in verdicts]


def _signed(verdict: Verdict, name: str) -> Verdict:
    start, end, role, reason, rule, value, _, page = verdict
    return _new(Verdict, (start, end, role, reason, rule or name, value, name, page))


def _wrong(verdict: object, document: Document) -> str | None:
    """What is wrong with a verdict, in words."""
    if not isinstance(verdict, Verdict):
        return f"gave {type(verdict).__name__}, not a Verdict"
    start, end, role, reason, rule, value, _, page = verdict
    size = len(document.text)
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= size):
        return f"spoke of {start!r} to {end!r}, in a text of {size} characters"
    if page is not None and page is not document.page:
        return "spoke of a block of another document"
    if not isinstance(role, str) or role not in _ROLES:
        return f"gave the role {role!r}; there are {', '.join(sorted(_ROLES))}"
    if not isinstance(reason, str) or not isinstance(rule, str):
        return f"gave the reason {reason!r} and the rule {rule!r}, which are not both text"
    if value is None:
        return None
    if (kinds := _VALUES.get(role)) and not isinstance(value, kinds):
        return f"gave a {role} with a value of type {type(value).__name__}"
    if role == "byline" and not all(isinstance(author, str) for author in value):
        return "gave a byline whose value is not a tuple of names"
    return None
