"""Which line of a page is its headline, where no markup says so: what a line looks like, and what stands around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex

from scrapeclean.ages.find import find_age
from scrapeclean.lines import folded, is_prose, title_likeness, word_count
from scrapeclean.metadata.names import may_begin
from scrapeclean.metadata.vocabulary import vocabulary
from scrapeclean.model import ASIDE, FOOTER, FORM, HIDDEN, NAV, PageBlock

if TYPE_CHECKING:
    from scrapeclean.document import Document

LOOKED_AT = 2_000
_REACH = 15
"""How many short lines above the body are looked at."""
_LEAST, _NEAR = 0.35, 0.6
_OVERLAP_CHARS = 6_000
_BODY_LINES = 12
_TRIED = 400
_BODY = 200
_MOST = 0.6
"""Rules that speak of more of a line than this speak of the line."""
_ALIKE, _SAME = 0.3, 0.6
"""A line that has so many of its words in common with the title of the window is a rival of it further up if a date or
a by-line follows, and where none does."""
_BESIDE = 5
"""A line so near to the first one is no second headline but what stands below it, unless it is there twice."""
_LABEL = 5
"""Of fewer words a first line of which the body does not speak is a label."""
_PAST = 30
"""So far below the beginning of the body no line is a rival."""
_AWAY = HIDDEN | NAV | FOOTER | ASIDE | FORM
_WORD = regex.compile(r"[\p{L}\p{N}]{2,}+")
_SPACELESS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")


def is_data(document: Document) -> bool:
    """Whether the page is a feed, JSON or other XML, named as such: its first line is markup."""
    return document.decoded is not None and document.decoded.content is not None


def likely_title(document: Document) -> PageBlock | None:
    """The block of a page of HTML that looks like its title: where nothing says one, or only the site's name."""
    if is_data(document):
        return None
    blocks = [
        block for block in document.blocks[:_TRIED]
        if block.kind in ("paragraph", "heading") and not block.regions & _AWAY and ">" not in block.text
    ]  # fmt: skip
    return headline(blocks, furniture_of(document)) if sum(len(block.text) for block in blocks) > _BODY else None


def furniture_of(document: Document) -> set[int]:
    """Blocks that phrase rules take for something else than text, as a whole."""
    told: dict[int, set[tuple[int, int]]] = {}
    for matches in document.rule_matches.values():
        for block, match in matches:
            told.setdefault(block.index, set()).add((match.start, match.end))
    return {
        index for index, spans in told.items()
        if sum(end - start for start, end in spans) > _MOST * len(document.blocks[index].text)
    }  # fmt: skip


def headline(
    lines: Sequence[PageBlock], furniture: Set[int] = frozenset(), body: int | None = None
) -> PageBlock | None:
    """The line that is the title of the text, or None.

    A title stands above the body, has several words and no full stop, shares words with what follows, and often
    stands twice.

    Args:
        lines: the blocks of a plain text.
        furniture: indices of lines known to be something else: navigation, cookie notices, by-lines.
        body: where the body begins; by default at the first prose that is soon followed by more.

    Example:
        >>> import scrapeclean
        >>> page = scrapeclean.read_page("Home\\nNews\\nFloods close the old bridge\\nBy Ann Lee\\n"
        ...     "The old bridge was closed after floods rose overnight, and nobody knows when it will open again.")
        >>> headline(page.blocks).text
        'Floods close the old bridge'
    """
    lines = [line for line in lines if line.text]
    body = body_start(lines, furniture) if body is None else body
    if body is None:
        return next((line for line in lines if title_likeness(line.text) >= 0.7 and line.index not in furniture), None)
    above = lines[max(0, body - _REACH) : body]
    following = terms(" ".join(line.text for line in lines[body : body + _BODY_LINES])[:_OVERLAP_CHARS])
    counts = Counter(folded(line.text) for line in lines[: body + 1])
    scored: list[tuple[float, PageBlock]] = []
    for line in above:
        if line.index in furniture or "{{" in line.text:
            continue
        score = title_likeness(line.text) - 0.03 * max(0, word_count(line.text) - 18)
        if score <= 0 or (len(line.text) <= 60 and find_age(line.text) is not None and score < 1):
            continue
        own = terms(line.text)
        score *= 0.5 + (len(own & following) / max(4, len(own)) if own else 0)
        score += 0.2 * (counts[folded(line.text)] > 1) + 0.1 * (line.kind == "heading")
        scored.append((score, line))
    best = max((score for score, _ in scored), default=0.0)
    # The standfirst below a title looks like one too, so the first line that comes near the best is the title.
    return next((line for score, line in scored if score >= max(_LEAST, _NEAR * best)), None)


def body_start(lines: Sequence[PageBlock], furniture: Set[int]) -> int | None:
    """The first line of the body: prose, soon followed by more of it."""
    prose = [i for i, line in enumerate(lines[:LOOKED_AT]) if line.index not in furniture and is_prose(line.text)]
    # A lone sentence among labels is a cookie notice or a teaser rather than the beginning of a story.
    for i, after in pairwise(prose):
        if after - i <= 3:
            return i
    return prose[0] if prose else None


def terms(text: str) -> set[str]:
    """Words that can be compared: of alphabets the words cut to a stem of five letters, else pairs of characters."""
    text = text.casefold()
    found = {word[:5] for word in _WORD.findall(text) if len(word) > 3 and not _SPACELESS.match(word)}
    if not text.isascii():
        runs = _SPACELESS.findall(text)
        found |= {a + b for a, b in pairwise(runs)}
    return found


class _Rivals(NamedTuple):
    """What the lines of a text are weighed by against the title of its window."""

    document: Document
    lines: Sequence[PageBlock]
    title: frozenset[str]
    body: frozenset[str]
    start: int
    counts: Counter[str]


def rival(
    document: Document, lines: Sequence[PageBlock], furniture: Set[int], window: str, start: int
) -> PageBlock | None:
    """The line of a text that is its headline rather than the title of the window, which says it in other words; None
    if no line is.

    What tells is added up: words in common with that title and with the body, a date or a by-line that follows, the
    body that begins soon. The weights are rounded from a choice between all lines and the title of the window, learned
    on half of the sites of three corpora.

    Args:
        document: the page.
        lines: its lines, without empty ones; the first is the title of the window.
        furniture: indices of blocks that are something else.
        window: that title, without the site's name.
        start: the line where the body begins.
    """
    own = frozenset(terms(window))
    said = frozenset(terms(" ".join(line.text for line in lines[start : start + _BODY_LINES])[:_OVERLAP_CHARS]))
    counts = Counter(folded(line.text) for line in lines[: start + 1])
    page = _Rivals(document, lines, own, said, start, counts)
    best, line = 6.0 + 0.7 * len(own & said) / max(1, len(own)), None
    if (words := word_count(window)) < _LABEL and 2 * len(own & said) <= len(own):
        best -= 3.0  # the name of the site, or the first label of the menu
    elif words < _LABEL - 1:
        best += 0.9
    for i in range(1, min(len(lines), start + _PAST)):
        if lines[i].index not in furniture and (weight := _weight(page, i)) > best:
            best, line = weight, lines[i]
    return line


def _weight(page: _Rivals, i: int) -> float:
    """How much speaks for a line."""
    text = page.lines[i].text
    likeness = title_likeness(text)
    if likeness <= 0.3 or "{{" in text or is_prose(text):
        return 0.0
    own = terms(text)
    alike = len(own & page.title) / max(1, min(len(own), len(page.title)))
    near = 0 < page.start - i <= _REACH
    if not near and alike < _ALIKE:
        return 0.0
    if likeness < 1 and len(text) <= 60 and page.lines[i].index in page.document.ages:
        return 0.0
    follows = _follows(page, i)
    again = page.counts[folded(text)] > 1
    if not follows and ((not near and alike < _SAME) or (i <= _BESIDE and not again and page.title & page.body)):
        return 0.0
    return (
        2 * alike + 1.1 * (alike > 0.75) + 2.5 * min(1.0, len(own & page.body) / max(4, len(own))) + 1.1 * likeness
        + (2.5 if 0 < follows <= 2 else 1.2 if follows else 0) + 0.6 * again
        + (1.0 if 0 < page.start - i <= 4 else -2.8 if i >= page.start else 0)
    )  # fmt: skip


def _follows(page: _Rivals, i: int) -> int:
    """How many lines below a line the first date or by-line stands, of the next four; 0 if none does."""
    words = vocabulary()
    for step, line in enumerate(page.lines[i + 1 : i + 5], 1):
        text = line.text
        if len(text) <= 160 and not is_prose(text):
            if line.index in page.document.ages:
                return step
            if len(text) <= 100 and may_begin(text, words) and words.before.match(f"{text} : "):
                return step
    return 0
