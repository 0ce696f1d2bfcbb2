"""The title: several sources give one, each with its own tails; the one that most of them mean is taken.

A tail such as " | The Valley Times" goes where it names the site, or where another source has the title without it.
What no source shows to be a tail stays: titles with a dash in them are real.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

import regex
from attrs import evolve, frozen

from scrapeclean.metadata.candidate import SHOWN, confidence
from scrapeclean.metadata.names import squeeze
from scrapeclean.metadata.vocabulary import vocabulary
from scrapeclean.model import Evidence

LONGEST: Final = 500
PARTIAL: Final = 0.3
REPEATED: Final = 0.5
CHAPTERS: Final = 5
"""So many first-level headings that no other title repeats are those of chapters."""
MAINS: Final = 6
"""How many headings can be the page's own."""
_BARS: Final = regex.compile(
    r"\s{1,4}[|\-–—―·•»«:/<>‹›~@]{1,2}\s{1,4}|\s{0,4}[|｜¦]\s{0,4}|\s{0,4}::\s{0,4}|--|_(?=[\p{Han}])|"
    r"[—–_-](?=[^\s_-]{2,12}+$)(?<=[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}）」』”][—–_-])"
)
_SIGNS: Final = frozenset("|-–—―·•»«:/<>‹›~@｜¦_")
"""What every bar begins with, or has behind its first blank."""
_SIGN: Final = re.compile(f"[{re.escape(''.join(sorted(_SIGNS)))}]")
_BAR: Final = re.compile(r"\s{0,3}[|｜]\s{0,3}")
_DATE: Final = regex.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}\.? \p{L}{3,12} \d{4}|\p{L}{3,12} \d{1,2}, \d{4}")


class Said(NamedTuple):
    """A title as one source gives it."""

    source: str
    text: str
    weight: float
    block: int = -1
    """The block it stands in, if it is visible."""


@frozen
class Site:
    """What the site is called, for telling tails: squeezed names, the host's main word, names of its sections."""

    names: frozenset[str] = frozenset()
    stem: str = ""
    sections: frozenset[str] = frozenset()
    path: str = ""
    """The last step of the page's address, squeezed: often made from the title."""

    def is_tail(self, part: str) -> bool:
        """Whether a part of a title names the site."""
        if len(part) > 60 or not (key := squeeze(part)):
            return False
        if (
            key in self.names
            or is_site_name(part)
            or (len(key) > 4 and any(_is_like(key, name) for name in self.names))
        ):
            return True
        stem = self.stem
        return len(stem) > 2 and (
            key == stem
            or (len(stem) > 3 and stem in key and len(key) < len(stem) + 18)
            or (len(key) > 3 and key in stem)
        )

    def is_banner(self, part: str) -> bool:
        """Whether a part of a title is the site's name with hardly a word more."""
        key = squeeze(part)
        return key in self.names or (len(self.stem) > 2 and self.stem in key and len(key) < len(self.stem) + 8)

    def is_section(self, part: str) -> bool:
        """Whether a part of a title is the label of a section."""
        return part.lower() in vocabulary().sections or squeeze(part) in self.sections


def is_site_name(part: str) -> bool:
    """Whether a short text in a script without blanks ends as names of sites do.

    >>> is_site_name("山谷晚报"), is_site_name("互联网"), is_site_name("Valley Times")
    (True, False, False)
    """
    part = part.strip()
    return (
        part[-1:] >= "\u2e80" and len(part) <= 12
        and part.endswith(vocabulary().sites) and not part.endswith(vocabulary().not_sites)
    )  # fmt: skip


def _is_like(key: str, name: str) -> bool:
    """Whether a squeezed part of a title is a piece of a name, or the name with a little more."""
    return key in name or (len(name) > 4 and name in key and len(key) < 2 * len(name) + 8)


def cut_tails(title: str, site: Site, whole: Iterable[str] = ()) -> str:
    """The title without what names the site.

    Args:
        title: as a source gives it.
        site: what the site is called.
        whole: squeezed titles that stand in the page without tails.

    Example:
        >>> site = Site(frozenset({"valleytimes"}))
        >>> cut_tails("Rain - a history | Culture | The Valley Times", site, {"rainahistory"})
        'Rain - a history'
        >>> cut_tails("Rain - a history", site)
        'Rain - a history'
    """
    if title.endswith(")") and squeeze(title[title.rfind("(") :]) in site.names:
        title = title[: title.rfind("(")].rstrip()
    cuts = _cuts(title)
    if not cuts:
        return title
    whole = set(whole)
    if squeeze(title) in whole:
        return title
    for start, _ in cuts[::-1]:
        if squeeze(title[:start]) in whole:
            return title[:start].strip()
    for start, end in cuts:
        head = title[:start]
        if squeeze(title[end:]) in whole and (
            title[start:end].strip() in "|｜¦" or site.is_tail(head) or site.is_section(head)
        ):
            return title[end:].strip()
    return _cut_names(title, cuts, site)


def title_parts(title: str) -> list[str]:
    """What a title is joined from.

    >>> title_parts("Rain - a history | The Valley Times")
    ['Rain', 'a history', 'The Valley Times']
    """
    cuts = _cuts(title)
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(title)]
    return [title[start:end] for start, end in zip(starts, ends, strict=True)]


def title_ends(title: str) -> list[str]:
    """A title, and what is left of it when parts are cut off behind or before.

    >>> title_ends("Rain - a history | Valley Times")
    ['Rain - a history | Valley Times', 'Rain - a history', 'Rain', 'a history | Valley Times', 'Valley Times']
    """
    cuts = _cuts(title)
    return [title, *(title[:start] for start, _ in cuts[::-1]), *(title[end:] for _, end in cuts)]


@lru_cache(maxsize=256)
def _cuts(title: str) -> tuple[tuple[int, int], ...]:
    """Where the parts of a title, in which blanks stand alone, are joined."""
    cuts: list[tuple[int, int]] = []
    end = 0
    for sign in _SIGN.finditer(title):
        at = sign.start()
        if at < end:
            continue
        found = _BARS.match(title, at - 1) if at > end and title[at - 1] == " " else None
        found = found or _BARS.match(title, at)
        if found is not None:
            end = found.end()
            cuts.append(found.span())
    return tuple(cuts[:12])


def _cut_names(title: str, cuts: tuple[tuple[int, int], ...], site: Site) -> str:
    """Cut parts at both ends that name the site; then sections and dates beside them."""
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(title)]
    parts = title_parts(title)
    first, last = 0, len(parts)
    named = ""
    while last - first > 1:
        part = parts[last - 1]
        before = parts[last - 2] if last - first > 2 else ""
        beyond = squeeze(before) in site.names or (before and _DATE.search(part) and site.is_tail(before))
        kin = named[:1] >= "\u2e80" and part[:2] == named[:2]  # a department of the site: 山谷房产, 山谷网
        if site.is_tail(part) or beyond or (named and (kin or site.is_section(part))):
            named, last = part, last - 1
        elif (
            site.is_tail(parts[first])
            and squeeze(parts[first]) in site.names
            and len(title[starts[first + 1] : ends[last - 1]].split()) > 1
        ):
            first += 1
        else:
            break
    return title[starts[first] : ends[last - 1]].strip()


def choose_title(said: list[Said], site: Site) -> tuple[str | None, Evidence | None, int]:
    """The title that most sources mean, its evidence, and the block where it stands (-1: none).

    Example:
        >>> said = [Said("h1", "Rain in May", 0.5, 3), Said("meta og:title", "Rain in May | Valley Times", 0.4)]
        >>> choose_title(said, Site(frozenset({"valleytimes"})))[0]
        'Rain in May'
    """
    said = [one for one in said if one.text.strip() and len(one.text) <= LONGEST]
    if banners := _banners(said, site):
        site = evolve(site, names=site.names | banners)
    said = _without_site(said, site)
    whole = {squeeze(one.text) for one in said if one.block >= 0 or one.source == "json-ld"}
    whole.discard("")
    pool: dict[str, list[Said]] = {}
    for one in said:
        elsewhere = whole - {squeeze(one.text)} if one.block < 0 else set()
        cut = _cut_sections(cut_tails(one.text, site, elsewhere), site)
        if key := squeeze(cut):
            pool.setdefault(key, []).append(Said(one.source, cut, one.weight, one.block))
    if not pool:
        return None, None, -1
    _join_kickers(pool)
    scores = {key: _score(key, pool) for key in pool}
    best = max(scores, key=lambda key: scores[key])
    group = sorted(pool[best], key=lambda one: -one.weight)
    others = tuple((one.source, one.text) for key, rest in pool.items() if key != best for one in rest)
    trust = min(0.97, 0.45 + 0.4 * scores[best])
    sure = confidence(trust, len(group) - 1, len({text for _, text in others}))
    block = next((one.block for one in group if one.block >= 0), -1)
    return group[0].text, Evidence(group[0].source, sure, others[:SHOWN]), block


def _join_kickers(pool: dict[str, list[Said]]) -> None:
    """Headings that begin with a kicker join the headline without it, where at least two sources give that one and none
    but the mark on the heading itself gives both: "Weather  River rises by two metres"."""
    for key in [key for key, group in pool.items() if len(pool) > 1 and group[0].block >= 0]:
        heading = pool[key][0].text.lower()
        if any(one.block < 0 and not one.source.startswith(("itemprop", "property")) for one in pool[key]):
            continue
        for other, group in pool.items():
            headline = group[0].text
            if (
                len(key) > len(other) > 10 and key.endswith(other) and sum(one.block < 0 for one in group) > 1
                and heading.endswith(headline.lower()) and not heading[-len(headline) - 1].isalnum()
            ):  # fmt: skip
                group += [one._replace(text=headline) for one in pool.pop(key)]
                break


def _cut_sections(title: str, site: Site) -> str:
    """Without "Opinion | " before or " | Editorial" behind it: labels behind a bar."""
    for _ in range(2):
        parts = _BAR.split(title, maxsplit=8) if "|" in title or "｜" in title else []
        if len(parts) > 1 and site.is_section(parts[0]):
            title = title[title.index(parts[1], len(parts[0])) :]
        elif len(parts) > 1 and site.is_section(parts[-1]):
            title = title[: title.rindex(parts[-1])].rstrip(" |｜")
    return title


def _banners(said: list[Said], site: Site) -> frozenset[str]:
    """Headings that are the tail of another title, where the address is made from what stands before that tail, or
    where the heading is not of the first level: they name the site or the book."""
    shown = {squeeze(one.text): one.source for one in said if one.block >= 0}
    found = set()
    for one in said:
        cuts = _cuts(one.text) if one.block < 0 else ()
        for start, end in cuts:
            tail, before = squeeze(one.text[end:]), squeeze(one.text[:start])
            made = (len(before) > 5 and before in site.path) or (len(site.path) > 5 and site.path in before)
            if tail in shown and (made or (shown[tail] != "h1" and not site.is_tail(one.text[: cuts[0][0]]))):
                found.add(tail)
    return frozenset(found)


def _without_site(said: list[Said], site: Site) -> list[Said]:
    """Without headings that name the site: its name, or the tail of the page's other titles. Of the others the first
    that another source repeats is the heading of the page, else the first; one of many chapters weighs little."""
    stated = [one for one in said if one.block < 0]
    tails = {
        squeeze(one.text[cuts[-1][1] :]) for one in stated
        if (cuts := _cuts(one.text)) and not site.is_banner(one.text[: cuts[0][0]])
    }  # fmt: skip
    shown = [one for one in said if one.block >= 0]
    own = [one for one in shown if squeeze(one.text) not in site.names and not is_site_name(one.text)]
    own = [one for one in own if squeeze(one.text) not in tails] or [one for one in own if not site.is_tail(one.text)]
    main = max((one.weight for one in shown), default=0.0)
    for banner in [one.text for one in shown if one not in own and ("." in one.text or is_site_name(one.text))]:
        stated = [one._replace(text=_without(one.text, banner)) for one in stated]
    whole = [squeeze(one.text) for one in stated]
    first = next((i for i, one in enumerate(own[:MAINS]) if _is_repeated(squeeze(one.text), whole)), -1)
    if first < 0:
        first = 0
        main = min(main, 0.2) if len(own) >= CHAPTERS and stated else main
    firsts = [
        Said(one.source, one.text, main if i == first else min(one.weight, 0.12), one.block)
        for i, one in enumerate(own)
    ]
    return [*firsts, *stated]


def _without(title: str, name: str) -> str:
    """A title without the site's name at one end, where only a blank parts them."""
    rest = title.removeprefix(f"{name} ").removesuffix(f" {name}")
    return rest if _SIGNS.isdisjoint(rest[:1] + rest[-1:]) else title


def _is_repeated(key: str, whole: list[str]) -> bool:
    """Whether a heading stands in another title of the page."""
    return len(key) > 8 and any(key in other or (len(other) > 12 and other in key) for other in whole)


def _score(key: str, pool: dict[str, list[Said]]) -> float:
    """The weight of all that say it, and a part of the weight of those that say it with more or less around it."""
    score = 0.0
    for other, group in pool.items():
        if other == key:
            score += _weight(group)
        elif len(key) > 12 and len(other) > 12 and (key in other or other in key):
            score += PARTIAL * _weight(group)
    return score


def _weight(group: list[Said]) -> float:
    """Sources of one sort repeat each other: of the head only the most trusted counts in full."""
    total = 0.0
    for sort in ("head", "data", "shown"):
        weights = sorted((one.weight for one in group if _sort(one) == sort), reverse=True)
        total += sum(weights[:1]) + REPEATED * sum(weights[1:])
    return total


def _sort(one: Said) -> str:
    if one.block >= 0:
        return "shown"
    return "data" if one.source.startswith(("json-ld", "itemprop", "property", "meta citation")) else "head"
