"""Notices in a text: sentences about rights and provenance, told from sentences that merely speak of them.

What kind of sentence it is, the phrase rules know. Whether it is a notice, its place decides: see `Standing`. Sentences
that go on with a notice are put together with it, and the whole is read for holder, year, licence and outlet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple, cast

import regex
from attrs import evolve

from scrapeclean.model import Notice, NoticeKind
from scrapeclean.rights.agencies import find_sign_off
from scrapeclean.rights.captions import find_caption, find_credit
from scrapeclean.rights.fields import MARK, holder_of, outlet_of, year_of
from scrapeclean.rights.licenses import license_name
from scrapeclean.rules.book import Match, default_rules
from scrapeclean.sentences import sentence_spans

KINDS: Final[tuple[NoticeKind, ...]] = ("reservation", "copyright", "license", "origin", "credit", "agency")
"""Kinds of notices; where rules of several speak of one sentence, the first wins."""

Standing = Literal["full", "part", "edge", "own", "next"]
"""How much a sentence proves alone, said by the second word of a rule's id. `full` and `part` are notices wherever they
stand, `edge` at the head or tail of a block, `own` where the whole block is made of notices, `next` behind a notice.
`part`, `edge` and `next` belong to a notice of their kind right before them; `full` and `own` begin one. A rule that
does not say is an `edge`; one of scope block is an `own`."""

_STANDINGS: Final = frozenset(("full", "part", "edge", "own", "next"))
_BEFORE, _AFTER = 1, 2  # sentences that are no notices between an `edge` and the head or tail of its block
_LONGEST: Final = 700  # a sentence longer than this lost its stops; it is no notice
_BARE: Final = regex.compile(r"\W{0,4}(?i:copyright)\s(?=\p{Lu})")
_OF_RIGHTS: Final = frozenset(("copyright", "reservation"))
_GAPS: Final = " \t\n|·•–—-_*()[]"


class Found(NamedTuple):
    """A notice and the phrase rule that told it."""

    notice: Notice
    rule: str
    reason: str


class _Piece(NamedTuple):
    start: int
    end: int
    kind: NoticeKind
    standing: Standing
    rule: str
    reason: str
    sentence: int


def find_notices(text: str) -> list[Notice]:
    """The notices in the text of one block, in order and apart from each other.

    Args:
        text: one paragraph or line; it may hold a whole article that lost its line breaks.

    Returns:
        Notices whose start and end are offsets in `text`.

    >>> [(n.kind, n.holder, n.year) for n in find_notices("It rained. © 2025 Harbour Mail, Inc. All rights reserved.")]
    [('copyright', 'Harbour Mail, Inc.', 2025)]
    >>> find_notices("The court ruled that copyright law protects the form.")
    []
    """
    caption = find_caption(text)
    at = caption[1] if caption else 0
    rest = text[at:]
    found = read_notices(rest, default_rules().matches(rest, kinds=KINDS))
    return [evolve(one.notice, start=one.notice.start + at, end=one.notice.end + at) for one in found]


def read_notices(text: str, matches: Iterable[Match], *, behind: bool = False) -> list[Found]:
    """The notices in a block, from what the phrase rules found in it.

    Args:
        text: the text of the block.
        matches: what the rules of `KINDS` found in it.
        behind: whether the block before this one ends with a notice, so that this one may go on with it.
    """
    ranked = sorted((match for match in matches if not _foreign(text, match)), key=_rank)
    spans = sentence_spans(text) if ranked else ()
    pieces = _pieces(text, ranked, spans)
    if not pieces:
        return _without_rules(text)
    pieces = _standing(text, pieces, spans, behind)
    found = [_found(text, group) for group in _groups(text, pieces)]
    if (last := find_sign_off(text)) and not any(f.notice.end > last.start for f in found):
        found.append(Found(last, "agency.sign-off", "names the agency the story comes from"))
    return found


def _foreign(text: str, match: Match) -> bool:
    """Whether a rule of another language met the English "Copyright Office ...", which English rules know better."""
    if match.rule.kind != "copyright" or match.rule.language == "en" or not _BARE.match(text, match.start):
        return False
    again = default_rules().matches(text[match.start : match.end], kinds=("copyright",))
    return not any(other.rule.language == "en" for other in again)


def _rank(match: Match) -> tuple[int, bool, int, str]:
    """In the order of the text; in one sentence by kind, and what only goes on with another last."""
    return match.start, _standing_of(match) == "next", KINDS.index(match.rule.kind), match.rule.id


def _standing_of(match: Match) -> Standing:
    if match.rule.scope != "sentence":
        return "own"
    words = match.rule.id.rsplit("/", 1)[-1].split(".")
    return cast(Standing, words[1]) if len(words) > 1 and words[1] in _STANDINGS else "edge"


def _without_rules(text: str) -> list[Found]:
    """Notices that no phrase tells: a block that credits a picture, the agency behind a story."""
    if len(text) <= 150 and (credit := find_credit(text)):
        stripped = text.strip()
        start = text.find(stripped)
        notice = Notice("credit", stripped, holder=credit, start=start, end=start + len(stripped))
        return [Found(notice, "credit.picture", "says who made a picture")]
    if last := find_sign_off(text):
        return [Found(last, "agency.sign-off", "names the agency the story comes from")]
    return []


def _pieces(text: str, matches: Sequence[Match], spans: tuple[tuple[int, int], ...]) -> list[_Piece]:
    """One piece for each sentence that a rule speaks of."""
    pieces: list[_Piece] = []
    at = 0
    for match in matches:
        if pieces and match.start < pieces[-1].end:
            if match.rule.kind != "origin" or pieces[-1].kind != "license":
                continue
            if license_name(text[match.start : match.end]):
                continue
            pieces.pop()  # "republished from ... under a Creative Commons license": no licence is named, an outlet is
        while at < len(spans) - 1 and spans[at][1] <= match.start:
            at += 1
        start, end = _tightened(text, match)
        if end - start > _LONGEST:
            continue
        kind = cast(NoticeKind, match.rule.kind)
        pieces.append(_Piece(start, end, kind, _standing_of(match), match.rule.id, match.rule.reason, at))
    return pieces


def _tightened(text: str, match: Match) -> tuple[int, int]:
    """The span of a match without a sentence before a copyright sign that was not told apart from it."""
    if match.rule.kind != "copyright":
        return match.start, match.end
    mark = MARK.search(text, match.start, match.end)
    if mark is None or mark.start() - match.start < 12:
        return match.start, match.end
    before = text[match.start : mark.start()]
    cut = max(before.rfind(". "), before.rfind("! "), before.rfind("? "), before.rfind("\n"))
    if cut < 0:
        return match.start, match.end
    start = match.start + cut + 1
    return start + (text[start] == " "), match.end


def _standing(text: str, pieces: list[_Piece], spans: tuple[tuple[int, int], ...], behind: bool) -> list[_Piece]:
    """The pieces that are notices where they stand."""
    told = {piece.sentence for piece in pieces}
    free = [n for n in range(len(spans)) if n not in told]
    alone = not free
    kept: list[_Piece] = []
    for number, piece in enumerate(pieces):
        before = sum(1 for n in free[: _BEFORE + 1] if n < piece.sentence)
        after = sum(1 for n in free[-_AFTER - 1 :] if n > piece.sentence)
        if piece.standing == "edge" and before > _BEFORE and after > _AFTER:
            continue
        if piece.standing == "own" and not alone:
            continue
        if piece.kind == "origin" and _only_dated(text[piece.start : piece.end]):
            continue
        if piece.standing == "next":
            follows = kept and not text[kept[-1].end : piece.start].strip(_GAPS)
            if not follows and not (behind and not kept and not text[: piece.start].strip(_GAPS)):
                if piece.kind not in _OF_RIGHTS or not _leads(text, piece, pieces[number + 1 : number + 2]):
                    continue
        kept.append(piece)
    return kept


def _leads(text: str, piece: _Piece, following: Sequence[_Piece]) -> bool:
    """Whether a copyright notice stands right behind a sentence: "All rights reserved. © 2024 ..."."""
    return any(
        other.kind == "copyright"
        and not text[piece.end : other.start].strip(_GAPS)
        and MARK.search(text, other.start, other.end) is not None
        for other in following
    )


def _only_dated(said: str) -> bool:
    """Whether a sentence says when something was published, and not where: that is no origin."""
    return year_of(said) is not None and outlet_of(said) is None


def _groups(text: str, pieces: list[_Piece]) -> list[list[_Piece]]:
    """Pieces that are one notice."""
    groups: list[list[_Piece]] = []
    for piece in pieces:
        touches = bool(groups) and not text[groups[-1][-1].end : piece.start].strip(_GAPS)
        if touches and (_goes_on(groups[-1][0], piece) or _opens(text, groups[-1], piece)):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _opens(text: str, group: list[_Piece], piece: _Piece) -> bool:
    """Whether a notice says what is not allowed, and then who does not allow it."""
    return (
        piece.kind == "copyright"
        and all(one.kind in _OF_RIGHTS for one in group)
        and MARK.search(text, group[0].start, group[-1].end) is None
        and MARK.search(text, piece.start, piece.end) is not None
    )


def _goes_on(first: _Piece, piece: _Piece) -> bool:
    if piece.standing == "next":
        return True
    if piece.standing in ("full", "own"):
        return False
    if first.kind == "copyright":
        return piece.kind in ("copyright", "reservation", "license", "origin")
    return piece.kind == first.kind


def _found(text: str, group: list[_Piece]) -> Found:
    start, end = group[0].start, group[-1].end
    kind = "copyright" if group[0].kind == "reservation" and group[-1].kind == "copyright" else group[0].kind
    return Found(read_notice(text, start, end, kind), group[0].rule, group[0].reason)


def read_notice(text: str, start: int, end: int, kind: NoticeKind) -> Notice:
    """A Notice with what its text says of holder, year, licence and outlet.

    >>> read_notice("This story was first published by Undark.", 0, 41, "origin").outlet
    'Undark'
    """
    said = text[start:end]
    licence = license_name(said) if kind != "credit" else None
    if kind == "origin" and licence:
        kind = "license"
    elif kind == "license" and not licence and MARK.search(said) and year_of(said):
        kind = "copyright"
    marked = MARK.search(said) is not None
    return Notice(
        kind,
        said,
        holder=holder_of(said) if marked and kind in ("copyright", "license", "reservation") else None,
        year=year_of(said) if marked or kind == "copyright" else None,
        license=licence,
        outlet=outlet_of(said, licensed=kind == "license") if kind in ("origin", "license", "agency") else None,
        start=start,
        end=end,
    )
