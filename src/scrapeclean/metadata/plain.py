"""The title of a page that has lost its markup: the title of the window in its first line, or a line above the body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

import regex
from attrs import evolve

from scrapeclean.ages.find import find_age
from scrapeclean.lines import folded, is_prose, title_likeness, word_count
from scrapeclean.metadata.names import squeeze
from scrapeclean.metadata.titles import Site, cut_tails, title_ends, title_parts
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
_MOST = 0.6
"""Rules that speak of more of a line than this speak of the line."""
_BODY_SCORE = 0.5
_TITLED = 0.4
_TOLD, _CUT, _UNTOLD = 0.9, 0.6, 0.5
"""How sure a title of the window is that a line below says again; one with the site's name behind it; another one."""
_BESIDE = 5
"""A line so near to the first one, with no menu between the two, is no second headline but what stands below it."""
_CLOSE = 10
"""A headline that says the title of the window in other words is not further above the body, ..."""
_ALIKE = 0.5
"""... and has so many words in common with it."""
_ON_TOPIC = 0.4
"""The title of the window has so many of its words in common with the body."""
_WORDS = 3
"""Of fewer words a part of a title can as well be a label of the page's menu."""
_NAME, _RIGHTS = 40, 300
"""How long the name of a site is, and how far behind a © it is looked for."""
_INVISIBLE = " \t\u200b\u200c\u200d\u2060\ufeff"
_BAR = "|｜"
_JOINTS = " -–—|｜•·:»"
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
    marked = [block for block in lines if block.kind == "heading" and block.level == 1 and title_likeness(block.text)]
    if len(marked) == 1 or (marked and marked[0] is lines[0]):
        return _shown(marked[0])
    # Several further down are the tags of a story sooner than headings of Markdown: "# Floods", "# Bridges".
    furniture = _furniture(document)
    body = _judged_start(document, lines, furniture)
    window = _window_title(lines, furniture, body, site)
    others, start = (lines[1:], body - 1 if body else None) if window else (lines, body)
    line = headline(others, furniture, start) or headline(others, furniture)
    if window is None or (line is not None and _is_better(line, window, lines, body)):
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
    """What the first line says if it is the title of the window: the part of it that a line below says again, else all
    but what names the site."""
    first = lines[0] if lines else None
    if first is None or body == 0 or first.index in furniture or is_prose(first.text):
        return None
    if title_likeness(first.text) < _TITLED or first.text.endswith((".", "。")):
        return None
    start = lines[body].index if body is not None else first.index
    text = first.text.lstrip("# ")
    parts = title_parts(text)
    below = _said_below(parts, lines[1:], start)
    named = evolve(site, names=site.names | _outlets(text, below, lines))
    whole = squeeze(text)
    said = [key for end in title_ends(text) if (key := squeeze(end)) in below and _is_headline(text, end, named)]
    said += [key for key in below if whole.startswith(key) and _ends_at_sign(text, key)]
    if said:
        line = below[max(said, key=len)]
        return Headline(line.text.strip(_INVISIBLE), line.index, "first line", _TOLD)
    title = cut_tails(text, named)
    return Headline(title, start, "first line", _CUT if title != text else _UNTOLD)


def _is_headline(text: str, part: str, site: Site) -> bool:
    """Whether the beginning or the end of a title is the headline, and the rest of it names the site or a section."""
    if text == part:
        return True
    words = word_count(part)
    if text.startswith(part):
        rest = text[len(part) :].strip()
        return words >= _WORDS or (rest[0] in _BAR and not site.is_tail(part)) or site.is_tail(rest.lstrip(_JOINTS))
    before = text[: -len(part)].rstrip()
    labels = before[-1:] in _BAR and word_count(before) < words
    before = before.rstrip(_JOINTS)
    return words >= _WORDS and not site.is_tail(part) and (labels or site.is_tail(before))


def _ends_at_sign(text: str, key: str) -> bool:
    """Whether the beginning of a title that a line says again, of several words, ends before a comma, a bracket or the
    like."""
    letters = accumulate(map(str.isalnum, text))
    end = next((i for i, count in enumerate(letters, 1) if count == len(key)), 0)
    return word_count(text[:end]) >= _WORDS and not text[end:].lstrip()[:1].isalnum()


def _said_below(parts: Sequence[str], lines: Sequence[PageBlock], start: int) -> dict[str, PageBlock]:
    """The lines that can say a part of a title again; of several alike the last one above the body."""
    begins = {part[:1].casefold() for part in parts}
    longest = sum(map(len, parts)) + 3 * len(parts)
    below: dict[str, PageBlock] = {}
    for line in lines:
        if line.text[:1].casefold() in begins and len(line.text) <= longest:
            key = squeeze(line.text)
            if key and (key not in below or line.index <= start):
                below[key] = line
    return below


def _outlets(text: str, below: Mapping[str, PageBlock], lines: Sequence[PageBlock]) -> set[str]:
    """Short parts at the end of a title that name the site: they stand in a line of their own or behind a ©, or behind
    the bar that parts nothing else."""
    parts = title_parts(text)
    if len(parts) < 2:
        return set()
    rights = squeeze(" ".join(line.text[:_RIGHTS] for line in lines if "©" in line.text))
    names, words = set(), word_count(parts[0])
    for part in parts[:0:-1]:
        key, size = squeeze(part), word_count(part)
        alone = text[: text.rindex(part)].rstrip()[-1:] in _BAR and size < words
        if len(part) > _NAME or not (key in rights or (key in below and size <= max(words, 2)) or alone):
            break
        names.add(key)
    return names


def _is_better(line: PageBlock, window: Headline, lines: Sequence[PageBlock], body: int | None) -> bool:
    """Whether a line above the body is the headline: it says the title of the window in other words, or the first line
    has less to do with the body, so that it is no title."""
    if window.trust == _TOLD or body is None:
        return False
    own, other = _terms(line.text), _terms(window.title)
    if window.trust == _UNTOLD:
        said = _terms(" ".join(one.text for one in lines[body : body + 12])[:_OVERLAP_CHARS])
        label = word_count(window.title) <= _WORDS
        doubtful = label or (len(other & said) < _ON_TOPIC * len(other) and line.index > lines[0].index + 2)
        if doubtful and len(own & said) > len(other & said):
            return True
    near = max(lines[0].index + _BESIDE + 1, lines[max(0, body - _CLOSE)].index) <= line.index
    return near and len(own & other) >= _ALIKE * min(len(own), len(other))


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
    for i, after in pairwise(prose):
        if after - i <= 3:
            return i
    return prose[0] if prose else None


def _terms(text: str) -> set[str]:
    """Words that can be compared: of alphabets the words cut to a stem of five letters, else pairs of characters."""
    text = text.casefold()
    terms = {word[:5] for word in _WORD.findall(text) if len(word) > 3 and not _SPACELESS.match(word)}
    if not text.isascii():
        runs = _SPACELESS.findall(text)
        terms |= {a + b for a, b in pairwise(runs)}
    return terms
