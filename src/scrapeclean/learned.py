"""Sentences of a plain text that no rule knows, told by what they read like, as matches of rules that were learned.

The filters take them as they take what the rules find: notices go to the article they stand in, pleas are left out. How
sure it must be depends on the place: at the end of a line or on a line of its own a plea is what one expects, in the
middle of a story it is not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import regex

from scrapeclean.model import PageBlock
from scrapeclean.rules.book import RIGHTS, Match, Rule
from scrapeclean.sentence_kinds import KINDS, NOTICES, PLEAS, UNSPACED, Weights, chances, telling_words
from scrapeclean.sentences import sentence_spans

LEARNED: Final = "learned"
"""What stands in the place of the language in what was learned."""
_READ: Final = frozenset(("paragraph", "item", "quote"))
_WORDS: Final = 4
"""Fewer words are a label; those the scorer knows by their neighbours."""
_LETTERS: Final = range(10, 90)
"""In scripts without spaces fewer letters are, and more than these are a story."""
_TAIL: Final = 3
"""So many sentences at the end of a block are its tail."""
_SURE: Final = {
    "notice": {"own": 0.7, "tail": 0.7, "head": 0.9, "middle": 0.9, "quoted": 0.98, "beside": 0.4},
    "plea": {"own": 0.85, "tail": 0.8, "head": 0.9, "middle": 0.95, "quoted": 0.98, "beside": 0.5, "told": 0.5},
}
"""What must be reached: on a line of its own, at the tail or head of a block, in its middle, with words that somebody
said, beside another one of its kind, where a rule says the same."""
_HOPELESS: Final = min(least for places in _SURE.values() for least in places.values())
_NOTICES: Final = [KINDS.index(kind) for kind in NOTICES]
_PLEAS: Final = [KINDS.index(kind) for kind in PLEAS]
_OF_GROUP: Final = {"notice": _NOTICES, "plea": _PLEAS}
_SAID: Final = regex.compile(r"[\"“”„«»「」『』]|(?<!\p{L})['‘’]|['’](?!\p{L})")
_RUN: Final = 400
_RUNS: Final = 200
"""A line of so many letters may be several that lost their breaks; so many such lines of a page are looked at, ..."""
_GLUED: Final = 240
_CUTS: Final = 24
"""... and at the end of each so many letters, and cuts before a capital."""
_CUT: Final = regex.compile(r"(?<=[^\s,;:(\[«„–—-] )(?=[\p{Lu}©])")
_SURE_GLUED: Final = 0.9
_SLACK: Final = 0.03
"""Of cuts that are nearly as good the first one counts."""
_MEANT: Final = {
    "copyright": "a copyright notice", "license": "a licence", "origin": "a notice of origin", "credit": "a credit",
    "agency": "the name of an agency", "newsletter": "an offer of a newsletter", "share": "a plea to follow or share",
    "membership": "a plea to subscribe or give", "comments": "a plea to comment", "related": "a pointer elsewhere",
    "advert": "an advert", "assistant": "a widget", "cookie": "a cookie notice", "author": "a note on the author",
    "navigation": "a sign of the page",
}  # fmt: skip


class _Line(NamedTuple):
    """A block, its sentences, and for each the group of what a rule says of it: "notice", "plea" or nothing."""

    block: PageBlock
    spans: Sequence[tuple[int, int]]
    groups: list[str]
    first: int
    """The number of its first sentence among those of the page."""


def learned_matches(
    blocks: Sequence[PageBlock], told: Mapping[str, list[tuple[PageBlock, Match]]], weights: Weights | None = None
) -> Iterator[tuple[PageBlock, Match]]:
    """What reads like a notice or a plea: of the sentences that no rule speaks of, and of those in which a rule found a
    plea, which is so confirmed.

    Args:
        blocks: the blocks of a plain text.
        told: what the rules found, by kind.
        weights: other weights than those that come with the package.
    """
    ruled = _ruled(told)
    lines: list[_Line] = []
    said: list[str] = []
    for block in blocks:
        if block.kind in _READ and (len(block.text) >= _RUN or _is_sentence(block.text)):
            spans = sentence_spans(block.text)
            lines.append(_Line(block, spans, _groups(spans, ruled.get(block.index, ())), len(said)))
            said += [block.text[start:end] for start, end in spans]
    found = chances(said, weights)
    sums = {group: found[:, places].sum(1).tolist() for group, places in _OF_GROUP.items()}
    hope = (1 - found[:, 0] >= _HOPELESS).tolist()
    for line in lines:
        if any(hope[line.first : line.first + len(line.spans)]):
            for n, group in sorted(_taken(line, sums).items()):
                places = _OF_GROUP[group]
                kind = KINDS[places[int(found[line.first + n][places].argmax())]]
                start, end = line.spans[n]
                rule = _rule(kind, line.block.text[start:end], follows=n > 0 and line.groups[n - 1] == group)
                yield line.block, Match(rule, start, end)
    runs = [line for line in lines if len(line.block.text) >= _RUN]
    for line in runs[:_RUNS]:
        yield from _glued(line, weights)


def explain(line: str) -> list[str]:
    """What each sentence of a line reads like, for those that do not read like a story, with how sure that is.

    >>> explain("Some notices are written in words that no rule knows.")
    []
    """
    said = [line[start:end] for start, end in sentence_spans(line)]
    found = []
    for one, chance in zip(said, chances(said), strict=True):
        kind = KINDS[int(chance.argmax())]
        if kind in _MEANT and _is_sentence(one):
            rule = _rule(kind, one, follows=False)
            found.append(f"{LEARNED}/{kind} ({chance.max():.2f}, in plain text): {rule.reason}: {one}")
    return found


def _is_sentence(text: str) -> bool:
    if text.count(" ") >= _WORDS - 1:
        return True
    return len(text) in _LETTERS and not text.isascii() and UNSPACED.search(text) is not None


def _ruled(told: Mapping[str, list[tuple[PageBlock, Match]]]) -> dict[int, list[tuple[int, int, str]]]:
    """What rules say of each block, as groups."""
    ruled: dict[int, list[tuple[int, int, str]]] = {}
    for kind, matches in told.items():
        if kind not in ("age", "byline"):
            group = "notice" if kind in RIGHTS else "plea"
            for block, match in matches:
                ruled.setdefault(block.index, []).append((match.start, match.end, group))
    return ruled


def _groups(spans: Sequence[tuple[int, int]], ruled: Sequence[tuple[int, int, str]]) -> list[str]:
    groups = [""] * len(spans)
    ends = [end for _, end in spans]
    for begin, stop, group in ruled:
        n = bisect_right(ends, begin)
        while n < len(spans) and spans[n][0] < stop:
            groups[n] = groups[n] or group
            n += 1
    return groups


def _taken(line: _Line, sums: Mapping[str, Sequence[float]]) -> dict[int, str]:
    """The sentences of a line that are sure enough where they stand, and of which group they are. Each lends its
    neighbours belief."""
    groups, free = line.groups, [n for n, group in enumerate(line.groups) if not group]
    last, taken = free[-1] if free else -1, {}
    numbers = range(len(line.spans))
    for n in (*numbers, *reversed(numbers)):
        group = max(sums, key=lambda one: sums[one][line.first + n])
        chance = sums[group][line.first + n]
        if n in taken or chance < _HOPELESS or groups[n] not in ("", group) or groups[n] == "notice":
            continue
        text = line.block.text[slice(*line.spans[n])]
        place = "own" if len(free) < 2 else "tail" if last - n < _TAIL else "head" if n == 0 else "middle"
        if _SAID.search(text):
            place = "quoted"
        elif group in groups[max(0, n - 1) : n] + groups[n + 1 : n + 2]:
            place = "beside"
        elif groups[n]:
            place = "told"
        if chance >= _SURE[group][place] and (groups[n] or _is_sentence(text)):
            groups[n] = taken[n] = group
    return taken


def _glued(line: _Line, weights: Weights | None) -> Iterator[tuple[PageBlock, Match]]:
    """Notices and pleas at the tail of a line that lost its breaks, behind a sentence without a stop: what begins with
    a capital there and reads like one."""
    text = line.block.text
    for n in range(max(0, len(line.spans) - 2), len(line.spans)):
        start, end = line.spans[n]
        cuts = [cut.start() for cut in _CUT.finditer(text, max(start + 1, end - _GLUED), end)][-_CUTS:]
        if line.groups[n] == "notice" or not cuts:
            continue
        pieces = [(start, cut) for cut in cuts] + [(cut, end) for cut in cuts]
        found = chances([text[begin:stop].strip() for begin, stop in pieces], weights)
        sums = {group: found[:, places].sum(1).tolist() for group, places in _OF_GROUP.items()}
        surest = list(map(max, sums["notice"], sums["plea"]))
        behind = surest[len(cuts) :]
        cut = next(n for n, chance in enumerate(behind) if chance >= max(behind) - _SLACK)
        for at in (len(cuts) + cut, cut):
            begin, stop = pieces[at]
            said = text[begin:stop].rstrip()
            group = "notice" if sums["notice"][at] == surest[at] else "plea"
            if surest[at] < _SURE_GLUED or not _is_sentence(said):
                break
            kind = KINDS[_OF_GROUP[group][int(found[at][_OF_GROUP[group]].argmax())]]
            yield line.block, Match(_rule(kind, said, follows=False), begin, begin + len(said))


def _rule(kind: str, said: str, *, follows: bool) -> Rule:
    """A rule that says what was learned of one sentence; a notice behind another one belongs to it."""
    standing = ("next" if follows else "part") if kind in NOTICES else "plea"
    reason = f"reads like {_MEANT[kind]}: " + ", ".join(map(repr, telling_words(said, kind)))
    return Rule(f"{LEARNED}/{kind}.{standing}", kind, "sentence", reason, LEARNED, (), "")
