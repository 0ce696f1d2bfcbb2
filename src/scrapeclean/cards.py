"""What the short lines of a card say: who brought it, who wrote it, how long it takes to read."""

from __future__ import annotations

import re
from typing import NamedTuple

from scrapeclean.lines import is_name, word_count

EDGES = "·•|,–—-/:;()[]●▪‧・∙ \t\u00a0"
_PARTS = re.compile(r"\s+[|·•–—/-]\s+|\s*[|·•●▪‧・∙]\s*|[()\[\]]|\s{2,}|,\s+(?=\S)|\n")
_LEAD = re.compile(
    r"(?:[-–—•·|]\s*|©\s*|(?:via|from|source|published by|posted by|provided by|quelle|fuente|fonte|bron|källa|kilde|par|"  # noqa: E501
    r"источник|джерело|źródło|kaynak|来源|來源|出典|출처)(?:\s*[:：]\s*|\s+|(?<=[源典처])))", re.IGNORECASE,
)  # fmt: skip
_BY = re.compile(
    r"(?:by|von|por|di|door|av|af|autore?s?|autor(?:a|es)?|texte?|text|escrito por|written by|words by|tekst|yazan|"
    r"от|автор|autorzy|作者|文|記者|기자)(?:\s*[:：/]\s*|\s+)(?=\S)", re.IGNORECASE,
)  # fmt: skip
_READING = re.compile(
    r"\d{1,3}\s*-?\s*(?:min(?:ute)?s?|minuten?|minutos?|minuti|мин(?:ут)?\w{0,2}|dk|dakika|分钟?|분)\b\.?"
    r"(?:\s*(?:to |de |di )?(?:read|reading|lesezeit|lesedauer|lectura|lecture|leitura|lettura|leestijd|lezen|läsning|"
    r"чтения|okuma|阅读|watch|listen))?$", re.IGNORECASE,
)  # fmt: skip
_LABEL = re.compile(
    r"(?:published|posted|updated|date|veröffentlicht|publié|publicado|pubblicato|geplaatst|fecha|datum|le|am|op|on)"
    r"\s*[:：]?$", re.IGNORECASE,
)  # fmt: skip


class Credit(NamedTuple):
    """Who a line names."""

    source: str
    author: str


def read_credit(text: str) -> Credit:
    """Source and author that the line of a card names, without what leads up to them.

    Example:
        >>> read_credit("via Reuters"), read_credit("By Ann Lee | The Courier | 4 min read")
        (Credit(source='Reuters', author=''), Credit(source='The Courier', author='Ann Lee'))
    """
    source = author = ""
    for part in _PARTS.split(text):
        part = part.strip(EDGES)
        if not part or _READING.match(part) or _LABEL.match(part):
            continue
        if (by := _BY.match(part)) is not None:
            author = author or part[by.end() :].strip(EDGES)
        elif not source:
            source = _LEAD.sub("", part, count=1).strip(EDGES) if _LEAD.match(part) else part
    return Credit(source, author)


def is_byline(text: str) -> bool:
    """Whether a short line only names an author, or how long something takes to read.

    Example:
        >>> is_byline("By Hannah Osei"), is_byline("4 min read"), is_byline("By the river, a town forgets its flood")
        (True, True, False)
    """
    if _READING.match(text.strip(EDGES)):
        return True
    by = _BY.match(text)
    return by is not None and is_name(text[by.end() :]) and word_count(text) <= 6
