"""What one source says of one field, and how the sayings are settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Generic, NamedTuple, TypeVar

from scrapeclean.model import Evidence

T = TypeVar("T")
SHOWN: Final = 8
"""How many other sayings are shown in the evidence."""


class Candidate(NamedTuple, Generic[T]):
    """One source's saying: its value, how far the source is trusted (0 to 1), and the value as the page has it."""

    source: str
    value: T
    trust: float
    found: str = ""


def settle(
    candidates: Iterable[Candidate[T]], key: Callable[[T], object] = lambda value: value
) -> tuple[Candidate[T] | None, Evidence | None]:
    """The best candidate and the evidence for it: trust counts, and so does agreement.

    Args:
        candidates: what the sources say.
        key: what makes two values the same.

    Example:
        >>> said = [Candidate("meta", 1, 0.6), Candidate("json-ld", 2, 0.8), Candidate("time", 2, 0.5)]
        >>> best, evidence = settle(said)
        >>> best.value, evidence.source, evidence.others
        (2, 'json-ld', (('meta', '1'),))
    """
    ordered = sorted(candidates, key=lambda candidate: -candidate.trust)
    if not ordered:
        return None, None
    best = ordered[0]
    same = key(best.value)
    others = [(c.source, c.found or str(c.value)) for c in ordered[1:] if key(c.value) != same]
    agreeing = sum(key(c.value) == same for c in ordered[1:])
    return best, Evidence(best.source, confidence(best.trust, agreeing, len(others)), tuple(others[:SHOWN]))


def confidence(trust: float, agreeing: int, differing: int) -> float:
    """How sure a field is: its source's trust, raised by each source that agrees, lowered by each that does not.

    >>> confidence(0.8, 0, 0), confidence(0.8, 2, 0), confidence(0.8, 0, 2)
    (0.8, 0.93, 0.68)
    """
    doubt = (1 - trust) * 0.6 ** min(agreeing, 4)
    return round((1 - doubt) * 0.92 ** min(differing, 3), 2)
