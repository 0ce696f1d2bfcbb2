"""A body that stands only in embedded data: in JSON-LD (`articleBody`), or in the state that a script renders from.

Such data is read only on request, where the visible text has no body: parsing a megabyte of state costs more than
all the rest.
"""

from __future__ import annotations

from typing import Any, Final

import regex

from scrapeclean.metadata.loose_json import parse_json
from scrapeclean.model import Head

LEAST: Final = 200
VALUES: Final = 200_000
_TEXTS: Final = ("text", "content", "html", "value", "body", "paragraph", "children", "nodes", "spans")
"""The keys under which editors keep the text of a node, or its parts."""
_DEEPEST: Final = 8
"""So deep are the parts of a paragraph looked into: a link in an emphasis in a list item."""
_KEYS: Final = regex.compile(
    r"(?:article|story|post|content|page|full|main|rendered)?_?-?(?:body|text|content|html|raw|markdown|paragraphs?|cooked|selftext|rendered|contents|value|copy|elements?|children|blocks|components|document|nodes|data)(?:_?(?:html|text|raw|parsed|plain|md))?$",
    regex.IGNORECASE,
)
_TAGS: Final = regex.compile(r"<[a-zA-Z/!][^<>]{0,2000}+>")
_ENDS: Final = regex.compile(r"[.!?。！？…][\"'”’»)]?(?:\s|$|<)|[。！？]")
_PARSED: Final = regex.compile(r"\s{0,9}+JSON\.parse\(\s{0,9}+(?=[\"'`])")


def find_body(head: Head) -> tuple[str, str] | None:
    """The longest prose in the embedded state of a page: (the state's name, text or HTML); None if there is none.

    Example:
        >>> prose = "It rained in the valley all day. Nobody minded. " * 8
        >>> find_body(Head(states=(("__NEXT_DATA__", '{"props": {"article": {"body": "' + prose + '"}}}'),)))[0]
        '__NEXT_DATA__'
    """
    best: tuple[str, str] | None = None
    for name, source in head.states:
        for value in _values(source):
            found = _prose(value)
            if len(found) >= LEAST and (best is None or len(found) > len(best[1])):
                best = name, found
    return best


def _values(source: str) -> list[Any]:
    """The data of a script: JSON, or JSON in a string in a call of JSON.parse."""
    if match := _PARSED.match(source):
        strings = parse_json(source[match.end() :])
        return [value for string in strings[:1] if isinstance(string, str) for value in parse_json(string)]
    return parse_json(source)[:1]


def _prose(value: Any) -> str:
    """The best piece of prose in a tree of data: one long string, or the strings of one list joined."""
    best, seen = "", 0
    stack: list[Any] = [value]
    while stack and seen < VALUES:
        seen += 1
        item = stack.pop()
        if isinstance(item, dict):
            for key, inner in item.items():
                if isinstance(inner, str):
                    if len(inner) > len(best) and _KEYS.match(key) and _is_prose(inner):
                        best = inner
                elif isinstance(inner, (dict, list)):
                    stack.append(inner)
        elif isinstance(item, list):
            joined = "\n\n".join(string for inner in item[:2000] if len(string := _paragraph(inner)) > 40)
            if len(joined) > len(best) and _is_prose(joined):
                best = joined
            stack += [inner for inner in item if isinstance(inner, (dict, list))]
    return best


def _paragraph(value: Any, depth: int = 0) -> str:
    """The text of one paragraph of a body that is kept as a list: a string, or a node with the text in its children,
    as editors keep it ("content": [{"text": "It "}, {"type": "link", "content": [{"text": "rained"}]}])."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and depth:
        return "".join(_paragraph(inner, depth + 1) for inner in value[:500])
    if isinstance(value, dict) and depth < _DEEPEST:
        for key in _TEXTS:
            if inner := value.get(key):
                return _paragraph(inner, depth + 1)
    return ""


def _is_prose(string: str) -> bool:
    """Whether a string is sentences of some length, not code, markup or a list of keys."""
    if len(string) < LEAST:
        return False
    head = _TAGS.sub(" ", string[:6000])
    letters = sum(map(str.isalpha, head))
    return (
        letters > 0.55 * max(1, len(head.strip()))
        and len(_ENDS.findall(head)) >= 2
        and "function(" not in head
        and "{" not in head[:50]
    )
