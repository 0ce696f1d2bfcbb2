"""The title of a page that has lost its markup: which of the lines above the body it is."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

import regex

from attrs import evolve

from scrapeclean.ages.find import find_age
from scrapeclean.lines import folded, is_prose, title_likeness, word_count
from scrapeclean.metadata.names import squeeze
from scrapeclean.metadata.titles import Site, cut_tails, title_parts
from scrapeclean.model import ASIDE, FOOTER, FORM, HIDDEN, NAV, PageBlock

if TYPE_CHECKING:
    from scrapeclean.document import Document

_REACH = 15
"""How many short lines above the body are looked at."""
_LEAST, _NEAR = 0.35, 0.6
_OVERLAP_CHARS = 6_000
_LOOKED_AT = 2_000
_TRIED = 400
_BODY = 200
_BODY_SCORE = 0.5
_TITLED = 0.4
_NAME = 40
_SAID_AGAIN = 12
_ALIKE = 0.4
_AWAY = HIDDEN | NAV | FOOTER | ASIDE | FORM
_WORD = regex.compile(r"[\p{L}\p{N}]{2,}+")
_SPACELESS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")


class Headline(NamedTuple):
    """The title of a text without markup."""

    title: str
    block: int
    """The block where it stands, or where the article begins."""
    source: str
    trust: float


def plain_title(document: Document, site: Site) -> Headline | None:
    """The title of a plain text.

    A first heading of Markdown is one. Else crawlers of text write the title of the browser's window first, often with
    the site's name behind it, and the headline stands in a line of its own further down. Where no line below says the
    title of the window again, it is weighed against the likeliest line above the body.
    """
    if _is_data(document):
        return None
    lines = [block for block in document.blocks[:_LOOKED_AT] if block.text]
    marked = [block for block in lines if block.kind == "heading" and block.level == 1]
    if len(marked) == 1 or (marked and marked[0] is lines[0]):
        return _shown(marked[0])
    # Several further down are the tags of a story sooner than headings of Markdown: "# Floods", "# Bridges".
    furniture = _furniture(document)
    body = _judged_start(document, lines, furniture)
    line = headline(lines, furniture, body)
    window = _window_title(lines, furniture, body, site)
    if window is None or (line is not None and _is_better(line, window)):
        return _shown(line) if line is not None else None
    return window


def _shown(block: PageBlock) -> Headline:
    return Headline(block.text.lstrip("# ").strip(), block.index, "visible text", 0.6)


def _judged_start(document: Document, lines: Sequence[PageBlock], furniture: Set[int]) -> int | None:
    """Where the body begins, as the scorer sees it."""
    scores = document.scores
    return next(
        (
            i for i, line in enumerate(lines)
            if scores[line.index] >= _BODY_SCORE and line.index not in furniture and is_prose(line.text)
        ), None,
    )  # fmt: skip


def _window_title(lines: Sequence[PageBlock], furniture: Set[int], body: int | None, site: Site) -> Headline | None:
    """What the first line says if it is the title of the window: without the site's name, and without what the line
    of the headline leaves out."""
    first = lines[0] if lines else None
    if first is None or body == 0 or first.index in furniture or title_likeness(first.text) < _TITLED:
        return None
    start = lines[body].index if body is not None else first.index
    parts = title_parts(first.text)
    begins = {part[:1].casefold() for part in parts}
    below: dict[str, PageBlock] = {}
    for line in lines[1:]:
        if line.text[:1].casefold() in begins and len(line.text) <= len(first.text) + 2:
            key = squeeze(line.text)
            if key not in below or line.index <= start:  # of several lines the last one above the body
                below[key] = line
    names = {squeeze(part) for part in parts[1:] if len(part) <= _NAME} & below.keys()
    whole = {key for key in below if len(key) >= _SAID_AGAIN}
    title = cut_tails(first.text, evolve(site, names=site.names | names), whole)
    line_below = below.get(squeeze(title))
    if line_below is not None:
        return Headline(line_below.text, line_below.index, "first line", 0.9)
    return Headline(title, start, "first line", 0.6 if title != first.text else 0.5)


def _is_better(line: PageBlock, window: Headline) -> bool:
    """Whether a line above the body is the headline, and the title of the window says it in other words."""
    if window.trust > 0.8:
        return False
    own, other = _terms(line.text), _terms(window.title)
    return len(own & other) >= _ALIKE * min(len(own), len(other)) and not squeeze(line.text).endswith(squeeze(window.title))


def _is_data(document: Document) -> bool:
    """Whether the page is a feed, JSON or other XML, named as such: its first line is markup."""
    return document.decoded is not None and document.decoded.content is not None


def likely_title(document: Document) -> PageBlock | None:
    """The block of a page of HTML that looks like its title: where nothing says one, or only the site's name."""
    if _is_data(document):
        return None
    blocks = [
        block for block in document.blocks[:_TRIED]
        if block.kind in ("paragraph", "heading") and not block.regions & _AWAY and ">" not in block.text
    ]  # fmt: skip
    return headline(blocks, _furniture(document)) if sum(len(block.text) for block in blocks) > _BODY else None


def _furniture(document: Document) -> set[int]:
    """Blocks that phrase rules take for something else than text, as a whole."""
    return {
        block.index
        for matches in document.rule_matches.values()
        for block, match in matches
        if match.end - match.start > 0.6 * len(block.text)
    }


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
    body = _body_start(lines, furniture) if body is None else body
    if body is None:
        return next((line for line in lines if title_likeness(line.text) >= 0.7 and line.index not in furniture), None)
    above = lines[max(0, body - _REACH) : body]
    following = _terms(" ".join(line.text for line in lines[body : body + 12])[:_OVERLAP_CHARS])
    counts = Counter(folded(line.text) for line in lines[: body + 1])
    scored: list[tuple[float, PageBlock]] = []
    for line in above:
        if line.index in furniture or "{{" in line.text:
            continue
        score = title_likeness(line.text) - 0.03 * max(0, word_count(line.text) - 18)
        if score <= 0 or (len(line.text) <= 60 and find_age(line.text) is not None and score < 1):
            continue
        terms = _terms(line.text)
        score *= 0.5 + (len(terms & following) / max(4, len(terms)) if terms else 0)
        score += 0.2 * (counts[folded(line.text)] > 1) + 0.1 * (line.kind == "heading")
        scored.append((score, line))
    best = max((score for score, _ in scored), default=0.0)
    # The standfirst below a title looks like one too, so the first line that comes near the best is the title.
    return next((line for score, line in scored if score >= max(_LEAST, _NEAR * best)), None)


def _body_start(lines: Sequence[PageBlock], furniture: Set[int]) -> int | None:
    """The first line of the body: prose, soon followed by more of it."""
    prose = [i for i, line in enumerate(lines[:_LOOKED_AT]) if line.index not in furniture and is_prose(line.text)]
    # A lone sentence among labels is a cookie notice or a teaser rather than the beginning of a story.
    for i, after in itertools.pairwise(prose):
        if after - i <= 3:
            return i
    return prose[0] if prose else None


def _terms(text: str) -> set[str]:
    """Words that can be compared: of alphabets the words cut to a stem of five letters, else pairs of characters."""
    text = text.casefold()
    terms = {word[:5] for word in _WORD.findall(text) if len(word) > 3 and not _SPACELESS.match(word)}
    if not text.isascii():
        runs = _SPACELESS.findall(text)
        terms |= {a + b for a, b in itertools.pairwise(runs)}
    return terms
