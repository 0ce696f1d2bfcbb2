"""What hostile pages are made of: the article that stands in each of them, and the register of kinds.

Only the standard library is used, so that other extractors' environments can run it too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

TITLE = "Quillmere drawbridge opens again after eleven years of rust"
PARAGRAPHS = (
    "The old drawbridge at Quillmere lifted its two iron leaves on Thursday morning, for the first time since a winter "
    "storm jammed the counterweights eleven years ago, and some nine hundred people stood in the rain to watch it move.",
    "Engineers had taken the gearbox apart in the spring and found that salt had eaten through most of the teeth of the "
    "main wheel, so a foundry inland cast a new one from drawings that the harbour museum had kept in a flat file.",
    "The town council paid a third of the cost, which came to four million, and fishing families along the estuary raised "
    "almost as much by selling smoked eel, knitted hats and a calendar that soon had to be printed a second time.",
    "Ida Marrowby, who steered a mail boat under the bridge for thirty years, said that the sound of the chains was the "
    "one she remembered best from her childhood, and that she had not expected to hear it again before she died.",
    "Lorries will go on using the concrete crossing upstream, because the restored deck carries no more than seven tonnes, "
    "but cyclists and walkers save almost four kilometres on the way from the station to the western quay.",
    "The bridge is to open for tall ships on the second Sunday of every month until October, after which divers will look "
    "at the footings and the council decides whether it can stay in use throughout the stormy half of the year.",
)  # fmt: skip
MARKS = tuple(" ".join(paragraph.split()[3:12]) for paragraph in PARAGRAPHS)
HTML_ARTICLE = f"<article><h1>{TITLE}</h1>" + "".join(f"<p>{p}</p>\n" for p in PARAGRAPHS) + "</article>"
TEXT_ARTICLE = f"{TITLE}\n\n" + "\n\n".join(PARAGRAPHS) + "\n"


def found(text: str, *, least: int = 5) -> bool:
    """Whether at least `least` of the six paragraphs of the article stand in `text`."""
    flat = " ".join(text.split())
    return sum(mark in flat for mark in MARKS) >= least


class HostileKind(NamedTuple):
    """One way to be hostile: `make(n)` gives the page, `full` is the largest `n` tried, `lost` says that a correct
    parser cannot find the article (it stands in a comment, say)."""

    name: str
    make: Callable[[int], str | bytes]
    full: int
    lost: bool = False


KINDS: dict[str, HostileKind] = {}


def add(name: str, make: Callable[[int], str | bytes], full: int, *, lost: bool = False) -> None:
    """Register a kind."""
    if name in KINDS:
        raise ValueError(f"two kinds are called {name!r}")
    KINDS[name] = HostileKind(name, make, full, lost)


def page(before: str = "", after: str = "", *, head: str = "", article: str = HTML_ARTICLE) -> str:
    """A whole HTML page with the article between `before` and `after`."""
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title>{head}</head>\n'
        f"<body>{before}\n{article}\n{after}</body></html>\n"
    )


def numbered(form: str, n: int) -> str:
    """`form` n times, with each # replaced by a running number."""
    return "".join([form.replace("#", str(i)) for i in range(n)])


def full_for(unit: str, size: int = 5_000_000, most: int = 1_000_000) -> int:
    return max(8, min(most, size // max(1, len(unit.encode("utf-8", "surrogatepass")))))
