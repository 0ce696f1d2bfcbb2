"""The authors: every source is asked, the most trusted that names people is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

import regex

from scrapeclean.metadata.candidate import SHOWN, Candidate, confidence
from scrapeclean.metadata.names import Names, first_part, is_site, read_names, squeeze
from scrapeclean.metadata.structured import Structured
from scrapeclean.metadata.visible import AFTER, by_lines, far_by_lines, name_lines
from scrapeclean.metadata.vocabulary import meta_trusts, vocabulary
from scrapeclean.model import Evidence

if TYPE_CHECKING:
    from scrapeclean.document import Document
    from scrapeclean.metadata.visible import Window

_FULLER: Final = ("by-line", "meta author", "meta parsely-author", "meta sailthru.author")
"""Sources that can name more authors than a more trusted one: each gives all of them in one string."""
_WORD: Final = regex.compile(r"\p{L}{4,30}+")
_LINES: Final = ("by-line", "author link", "class author", "name line")
FORUMS: Final = frozenset(("DiscussionForumPosting", "QAPage", "Question", "SocialMediaPosting"))
_WEAK: Final = ("class author", "name line")
_ORGANISATION: Final = "json-ld organisation"
Source = tuple[str, list[str], float, str]
_LABEL: Final = ("twitter:label1", "twitter:label2", "twitter:label3")
_MINUTES: Final = ("min", "мин", "хв", "分", "분", "dk", "daqiqa", "דק")


def settle_people(
    document: Document, said: Structured, window: Window, outlets: frozenset[str], section: str = ""
) -> tuple[tuple[str, ...], Evidence | None]:
    """The authors' names, people where there are any, and where they come from."""
    topic = partial(_topic, document, window, section)
    candidates = _read(_stated(document, said), outlets, topic)
    forum = said.kind in FORUMS
    if not _agree(candidates, forum):
        candidates += _read(_shown(document, said, window), outlets, topic)
    if not any(candidate.value.people for candidate in candidates) and not _is_wire(candidates):
        candidates += _read(_last(document, window, bool(candidates)), outlets, topic)
    candidates.sort(key=lambda candidate: -candidate.trust)
    for group in range(3):
        ranked = [candidate for candidate in candidates if candidate.value[group]]
        if ranked:
            if group == 2:
                ranked = _shown_first(ranked, outlets)
            return _settled(ranked if group or forum else _named_first(ranked), candidates, group)
    return (), None


def _read(
    sources: Iterable[Source], outlets: frozenset[str], topic: Callable[[], frozenset[str]]
) -> list[Candidate[Names]]:
    """What the sources name. Of lines of one sort only the first that names anyone counts: the next are of others."""
    candidates = []
    seen: set[str] = set()
    known: dict[tuple[tuple[str, ...], bool, bool], Names] = {}
    for source, texts, trust, found in sources:
        if source in seen:
            continue
        if source == "by-line":
            texts = [first_part(text) for text in texts]
        form = (tuple(texts), source.startswith(("meta citation", "meta dc")), source == _ORGANISATION)
        names = known.get(form) or read_names(texts, outlets, inverted=form[1], whole=form[2])
        known[form] = names
        if source in _WEAK:
            names = _likely(names, found, topic())
        if not any(names):
            continue
        if source in ("json-ld", "itemprop author", "rel author", "property author"):
            names = Names(names.people + names.handles, (), names.outlets)
        if source in _LINES:
            seen.add(source)
        candidates.append(Candidate(source, names, trust, found))
    return candidates


def _topic(document: Document, window: Window, section: str) -> frozenset[str]:
    """Words of the title, of the address and of the section."""
    title = document.blocks[window.title].text if 0 <= window.title < len(document.blocks) else ""
    path = (document.url or "").partition("://")[2].partition("/")[2]
    return frozenset(_WORD.findall(f"{title[:300]} {path[:300]} {section}".casefold()))


def _likely(names: Names, found: str, topic: frozenset[str]) -> Names:
    """Of a line that only its place makes a by-line: the first name, unless it speaks of the topic."""
    names = names._replace(outlets=tuple(o for o in names.outlets if not topic.issuperset(o.casefold().split())))
    if not names.people:
        return names._replace(handles=tuple(handle for handle in names.handles if squeeze(handle) not in topic))
    name = names.people[0]
    tokens = name.split()
    shared = topic.intersection(map(squeeze, tokens))
    if (
        shared
        or (len(tokens) == 1 and len(found) > len(name) + 8)
        or any(token.islower() and len(token) > 3 for token in tokens)
    ):
        return Names((), names.handles, names.outlets)
    return Names(names.people[:1], names.handles, names.outlets)


def _settled(
    ranked: list[Candidate[Names]], candidates: list[Candidate[Names]], group: int
) -> tuple[tuple[str, ...], Evidence]:
    """The first that names someone; a source that names the same people and more is taken in its place."""
    best = ranked[0]
    if group == 0:
        mine = keys(best.value.people)
        for other in ranked[1:]:
            theirs = keys(other.value.people)
            if other.source in _FULLER and mine < theirs and len(theirs) <= len(mine) + 3:
                best, mine = other, theirs
    names = best.value[group]
    mine = keys(names)
    agreeing = sum(keys(other.value[group]) == mine for other in candidates if other is not best)
    others = [
        (other.source, other.found) for other in candidates if other is not best and keys(other.value[group]) != mine
    ]
    sure = confidence(max(0.2, best.trust - 0.2 * group), agreeing, len(others))
    return names, Evidence(best.source, sure, tuple(dict.fromkeys(others))[:SHOWN])


def keys(names: tuple[str, ...]) -> frozenset[str]:
    """Names for comparing."""
    return frozenset(map(squeeze, names))


def _agree(candidates: list[Candidate[Names]], forum: bool) -> bool:
    """Whether structured data and a meta element name the same people: then the page need not be searched. Outside of
    forums a single word may be the name of an account, behind which the page shows a person."""
    people = [candidate.value.people for candidate in candidates if candidate.value.people]
    if len(people) < 2 or len(set(map(keys, people))) > 1:
        return False
    return forum or any(_is_full(name) for name in people[0])


def _is_wire(candidates: list[Candidate[Names]]) -> bool:
    """Whether the data names an agency: then the page has no by-line of its own, and one far away is another's."""
    agencies = vocabulary().agencies
    return any(c.trust >= 0.7 and any(name.lower() in agencies for name in c.value.outlets) for c in candidates)


def _shown_first(ranked: list[Candidate[Names]], outlets: frozenset[str]) -> list[Candidate[Names]]:
    """Of outlets one that a by-line names is better than the page's own."""
    if not any(is_site(key, outlets) for key in keys(ranked[0].value.outlets)):
        return ranked
    shown = [c for c in ranked if c.source == "by-line" and not any(is_site(k, outlets) for k in keys(c.value.outlets))]
    return [*shown, *(c for c in ranked if c not in shown)]


def _named_first(ranked: list[Candidate[Names]]) -> list[Candidate[Names]]:
    """Where the best source gives only names of accounts, a by-line near the title with a person's name is better."""
    if any(_is_full(name) for name in ranked[0].value.people):
        return ranked
    shown = [c for c in ranked if c.source in _LINES and c.trust >= 0.6 and all(map(_is_full, c.value.people))]
    return [*shown, *(c for c in ranked if c not in shown)]


def _is_full(name: str) -> bool:
    """Whether a name is more than one word, or in a script that writes without blanks."""
    return " " in name or name[:1] >= "\u2e80"


def _stated(document: Document, said: Structured) -> Iterator[Source]:
    """(source, strings, trust, as found) of what the head and the structured data name."""
    if said.authors:
        names = [agent.name for agent in said.authors]
        bodies = all(agent.kind.endswith("Organization") and len(agent.name.split()) > 3 for agent in said.authors)
        yield _ORGANISATION if bodies else "json-ld", names, 0.85, ", ".join(names)
    yield from _metas(document)


def _shown(document: Document, said: Structured, window: Window) -> Iterator[Source]:
    """What is marked or visible near the title."""
    if document.kind == "html":
        yield from _marked(document, window)
    for source, text, trust in by_lines(window, 8 if any(agent.kind == "Person" for agent in said.authors) else AFTER):
        yield source, [text], trust, text


def _last(document: Document, window: Window, known: bool) -> Iterator[Source]:
    """What is asked when nothing names people: by-lines further away; where not even an outlet is known, bare names
    below the title and marks far from it."""
    if known:
        for source, text, trust in far_by_lines(document):
            yield source, [text], trust, text
        return
    for source, text, trust in name_lines(window):
        yield source, [text], trust, text
    marked = {
        text for what, _, text, _, _ in document.head.marked
        if what in ("rel author", "itemprop author", "class author") and 1 < len(text) <= 60
    }  # fmt: skip
    if len(marked) == 1:
        yield "marked far", list(marked), 0.52, "".join(marked)
    for source, text, trust in far_by_lines(document):
        yield source, [text], trust, text


def _metas(document: Document) -> Iterator[Source]:
    trusts = meta_trusts("authors")
    found: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for name, value in document.head.metas:
        if name in trusts:
            found.setdefault(name, []).append(value)
        elif name.startswith(("twitter:label", "twitter:data")):
            labels.setdefault(name, value)
    for name, values in found.items():
        values = [value for value in values if "://" not in value and not value.startswith("//")]
        if values:
            yield f"meta {name}", values, trusts[name], ", ".join(values)
    for name in _LABEL:
        value = labels.get(name.replace("label", "data"), "")
        if not value:
            continue
        label = labels.get(name, "") + " "
        named = vocabulary().before.fullmatch(label) is not None or (name.endswith("1") and "twitter:label2" in labels)
        if named and not any(map(str.isdigit, value)) and not value.endswith(_MINUTES):
            yield f"meta {name}", [value], 0.66, value


def _marked(document: Document, window: Window) -> Iterator[Source]:
    """Elements that are marked as authors by microdata, RDFa, rel or class, near the title."""
    found: dict[str, list[str]] = {}
    for what, value, text, line, column in document.head.marked:
        kind, _, name = what.partition(" ")
        if name.split(":")[-1] not in ("author", "creator") or not window.has(line, column):
            continue
        string = text or (value if "://" not in value and not value.startswith("/") else "")
        if 1 < len(string) <= 200:
            found.setdefault(kind, []).append(string)
    trusts = {"itemprop": 0.74, "property": 0.7, "rel": 0.69, "class": 0.64}
    for kind, texts in found.items():
        texts = list(dict.fromkeys(texts))[: 1 if kind == "class" else 8]
        yield f"{kind} author", texts, trusts.get(kind, 0.6), ", ".join(texts)
