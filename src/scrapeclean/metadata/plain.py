"""The title of a page that has lost its markup: the title of the window in its first line, or a line above the body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from scrapeclean.lines import is_prose, title_likeness, word_count
from scrapeclean.metadata.headline import LOOKED_AT, body_start, furniture_of, headline, is_data, rival
from scrapeclean.metadata.names import squeeze
from scrapeclean.metadata.titles import Site, cut_tails, title_ends, title_parts
from scrapeclean.model import PageBlock

if TYPE_CHECKING:
    from scrapeclean.document import Document

_BODY_SCORE = 0.5
_TITLED = 0.4
_TOLD, _CUT, _UNTOLD = 0.9, 0.6, 0.5
"""How sure a title of the window is that a line below says again; one with the site's name behind it; another one."""
_WORDS = 3
"""Of fewer words a part of a title can as well be a label of the page's menu."""
_LABEL = 4
"""A line of no more words can be a label of the page's foot."""
_NAME, _RIGHTS = 40, 300
"""How long the name of a site is, and how far behind a © it is looked for."""
_INVISIBLE = " \t\u200b\u200c\u200d\u2060\ufeff"
_BAR = "|｜"
_JOINTS = " -–—|｜•·:»"


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
    if is_data(document):
        return None
    lines = [block for block in document.blocks[:LOOKED_AT] if block.text]
    furniture = furniture_of(document)
    body = _judged_start(document, lines, furniture)
    window = _window_title(lines, furniture, body, site)
    if (marked := _marked(lines, body, window)) is not None:
        return _shown(marked)
    if window is None:
        line = headline(lines, furniture, body) or headline(lines, furniture)
    elif window.trust == _TOLD or (start := body or body_start(lines, furniture)) is None:
        return window
    else:
        line = rival(document, lines, furniture, window.title, start)
    return _shown(line) if line is not None else window


def _marked(lines: Sequence[PageBlock], body: int | None, window: Headline | None) -> PageBlock | None:
    """The first heading of Markdown: the first line, or the only one if it stands above the body. Several further down
    are the tags of a story ("# Floods", "# Bridges"), and in the body they are the comments of a program."""
    headings = ((i, line) for i, line in enumerate(lines) if line.kind == "heading" and line.level == 1)
    found = [i for i, line in headings if title_likeness(line.text)]
    if not found or (window is not None and window.trust == _TOLD and found[0]):
        return None
    alone = len(found) == 1 and (body is None or found[0] <= body)
    return lines[found[0]] if found[0] == 0 or alone else None


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
    if first is None or body == 0 or first.index in furniture or title_likeness(first.text) < _TITLED:
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
        # Below the body a few words are a label of the page's foot, or a caption that names the subject.
        trust = _TOLD if body is None or line.index < start or word_count(line.text) > _LABEL else _CUT
        return Headline(line.text.strip(_INVISIBLE), line.index if trust == _TOLD else start, "first line", trust)
    if is_prose(first.text) or first.text.endswith((".", "。")):
        return None
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
