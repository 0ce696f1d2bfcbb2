"""What a notice says: who holds the rights, since when, and where a story came from."""

from __future__ import annotations

from typing import Final

import regex

from scrapeclean.rights.names import name_at

_YEAR: Final = regex.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_YEARS: Final = regex.compile(
    r"[\s,:]{0,3}(?:1[5-9]|20)\d\d"
    r"(?:\s?(?:[-–—/,&~]|to|and|bis|à|a|until)\s?(?:(?:1[5-9]|20)?\d\d(?!\d)"
    r"|present|now|today|heute)){0,6}+"
)
MARK: Final = regex.compile(
    r"(?:©|℗|\(c\)|&copy;|\bcopyright(?:ed)?\b|\bcopr\b\.?|版权所有|版權所有|著作权|著作權|저작권"
    r"|авторские права|авторське право)",
    regex.IGNORECASE,
)
_MARKS: Final = regex.compile(
    rf"(?:[\s:,]{{0,3}}(?:{MARK.pattern}|notice\b|\d{{1,2}}/\d{{1,2}}/(?=\d{{4}})|(?:{_YEARS.pattern})"
    rf"|\b(?-i:is|are|held|owned|remains|by|with|of|belongs? to|par|por|von|bei)\b)){{1,8}}+[\s:,.–—|-]{{0,4}}+",
    regex.IGNORECASE,
)
_HELD: Final = regex.compile(
    r"\s(?:of|in|for|to|on) (?:this|these|all|the|our|each|any) [\p{L} ]{3,40}?\s(?:is|are|remains?|belongs?"
    r"|rests?|lies?|vests?)"
    r"(?: (?:held|owned|retained|reserved))? (?:by|with|to|in) ",
    regex.IGNORECASE,
)
_STOP: Final = regex.compile(
    r"(?:[\s,;.]{1,3}|^)(?:all (?:other )?rights|alle (?:rechte|rettigheter)|tous (?:les )?droits"
    r"|todos os direitos|todos los derechos|"
    r"tutti i diritti|wszelkie prawa|все права|усі права|всі права|some rights|reproduction|republication"
    r"|unauthori[sz]ed|used (?:by|with|under)|"
    r"distributed (?:by|under)|licensed|licen[cs]ee|published under|this (?:\p{L}+ ){1,3}(?:is|may|was|can)"
    r"|no part|visit|to see more|reprinted|may not|"
    r"powered by|terms|privacy|unless|except|or (?:its|their) affiliat|and (?:may|is|are|must|cannot|used"
    r"|its licensors)|is |are |an? (?-i:\p{Lu}|open)|under )"
    r"|\s[|•·–—]|[|•·;\n]|\s-\s|\s?[([]|。|，保留|,? ?\b20\d\d\b|, \p{L}{2,9}:\d"
    r"|\. (?=(?-i:\p{Lu}\p{L}{3,}\s\p{Ll}))|\bcopyright",
    regex.IGNORECASE,
)
_END: Final = regex.compile(r"[.!?][\"'”’)]?(?=\s|$)")
_SHORT: Final = regex.compile(
    r"(?:\b(?:Inc|Ltd|Co|Corp|St|Dr|Jr|Sr|Bros|Univ|Mr|Mrs|Ms|Assn|Dept|Pty|Pvt|Gmbh)"
    r"|\b\p{Lu}|\b\p{L}\.\p{L})\Z",
    regex.IGNORECASE,
)
_COMPANY: Final = regex.compile(r"(?:Inc|Ltd|Co|Corp|S\.A|B\.V|N\.V|S\.p\.A|S\.r\.l|A\.S|A\.Ş|L\.P|L\.L\.C|Jr|Sr)\Z")
_PREPOSITION: Final = regex.compile(
    r"\b(?:by|on|in|at|from|via|with|between|to|of|for|bei|beim|auf|im|in der|in dem|von|vom|aus|dans|par|sur"
    r"|chez|avec|en|por|su|sul|sulla|nel|nella|da|dal|"
    r"dalla|em|no|na|pela|pelo|op|door|uit|w|we|przez|z|в|во|на|из|від|у|av|i|fra|af|på"
    r"|från)\b[\s:]{1,3}(?:the website of |the site |la web de )?"
    r"|(?:source|quelle|fuente|fonte|bron|źródło|источник|джерело|källa|kilde|kaynak|来源|來源|出典|출처|المصدر|via"
    r"|h/t)\s?[:：]\s{0,2}|(?<=published|appeared)\s?:\s|(?<=刊于|载于|發表於|原载|原載)",
    regex.IGNORECASE,
)
_FROM: Final = regex.compile(
    r"\b(?:permission (?:from|of)|courtesy of|republished (?:here )?from"
    r"|reprinted from|cross-?posted (?:from|on))\s",
    regex.IGNORECASE,
)
_AFTER_VERB: Final = regex.compile(
    r"\b(?:published|republished|appeared|posted|ran|aired|printed|reported|produced|reprinted|syndicated"
    r"|adapted|excerpted|distributed|provided|"
    r"supplied|created|commissioned|shared|broadcast|written|collaboration|partnership|erschien\w*"
    r"|veröffentlicht|publié\w*|paru|publicad\w+|pubblicat\w+|"
    r"gepubliceerd|verschenen|opublikowan\w+|опубликован\w*|опублікован\w*|publicerad\w*|publisert|udgivet)\b",
    regex.IGNORECASE,
)
_RIGHTS: Final = regex.compile(r"(?:all|some|no|any)\b.{0,20}right", regex.IGNORECASE)
_LICENCE: Final = regex.compile(r"(?:an? |the )?(?:creative commons|cc[ -]|attribution|permission)", regex.IGNORECASE)
_LENGTH: Final = 90


def year_of(text: str) -> int | None:
    """The year of a copyright notice; of a range the last.

    >>> year_of("Copyright 2010-2024 Acme"), year_of("© Acme")
    (2024, None)
    """
    mark = MARK.search(text)
    found = _YEAR.findall(text, mark.start(), mark.end() + _LENGTH) if mark else []
    if not found:
        found = _YEAR.findall(text[:200])
    return max(map(int, found)) if found else None


def holder_of(text: str) -> str | None:
    """Who holds the rights, by the words behind the copyright sign, or before it where nothing follows.

    >>> holder_of("Copyright 2025 Nexstar Media, Inc. All rights reserved.")
    'Nexstar Media, Inc.'
    >>> holder_of("The Daily Planet © 2024")
    'The Daily Planet'
    >>> holder_of("All rights reserved.")
    """
    mark = MARK.search(text)
    if mark is None:
        return None
    marks = _MARKS.match(text, mark.start())
    if marks is None:
        return None
    held = _HELD.match(text, mark.end())
    holder = _until_stop(text, held.end() if held else marks.end())
    if holder:
        return holder
    before = text[max(0, mark.start() - _LENGTH) : mark.start()].strip(" ,|•·–—-:\n\t")
    before = regex.split(r"[.!?]\s|[|•·\n]", before)[-1].strip()
    named = name_at(before, 0, len(before), company=True) if before else None
    return before if named and named[1] >= len(before) - 1 else None


def _until_stop(text: str, at: int) -> str | None:
    holder: str
    end = min(len(text), at + _LENGTH)
    if stop := _STOP.search(text, at, end):
        end = stop.start()
    for full in _END.finditer(text, at, end):
        if not _SHORT.search(text, max(at, full.start() - 12), full.start()):
            end = full.start()
            break
    holder = text[at:end].strip(' ,:|•·–—-\n\t"“”*')
    if holder.endswith(".") and not _COMPANY.search(holder[:-1]):
        holder = holder[:-1]
    elif end < len(text) and text[end] == "." and _COMPANY.search(holder):
        holder += "."
    holder = regex.sub(r"\A(?:by|to|the author:)\s", "", holder)
    if not any(c.isalpha() for c in holder) or _RIGHTS.match(holder):
        return None
    if len(holder.split()) > 9:
        named = name_at(holder, 0, len(holder), company=True)
        holder = holder[named[0] : named[1]] if named else holder
    return holder


def outlet_of(text: str, *, licensed: bool = False) -> str | None:
    """Where a story comes from: the name behind "published by", "on", "in", "from", ...; of a notice that is `licensed`
    only behind a word of publishing.

    >>> outlet_of("This story was originally published by CalMatters.")
    'CalMatters'
    >>> outlet_of("This article first appeared in the May issue of The Harbour Review and is used with permission.")
    'The Harbour Review'
    >>> outlet_of("Originally published on March 3, 2024 in Undark")
    'Undark'
    >>> outlet_of("First published: Harbour Mail, 3 May 2024")
    'Harbour Mail'
    """
    if strong := _FROM.search(text):
        named = name_at(text, strong.end(), min(len(text), strong.end() + _LENGTH))
        if named:
            return _clean(text[named[0] : named[1]])
    verb = _AFTER_VERB.search(text)
    begin = verb.end() if verb else 0
    for preposition in _PREPOSITION.finditer(text, begin, begin + 300) if verb or not licensed else ():
        named = name_at(text, preposition.end(), len(text))
        if named and not _is_licence(text[named[0] : named[1]]):
            return _clean(text[named[0] : named[1]])
    return None


def _is_licence(name: str) -> bool:
    return _LICENCE.match(name) is not None


def _clean(name: str) -> str | None:
    bare: str = regex.sub(r"\Athe (?=\p{Lu})|['’]s\Z", "", name.strip(" ,.;:"))
    return bare or None
