"""Rule files: TOML read into rules.

The files of the package are read without their examples, by a scanner that knows how they are written, since a parser
of all of TOML takes ten times as long; whatever the scanner does not know goes to that parser. Files of users go to
`checks`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, Final

import regex

from scrapeclean.rules.book import Rule

_ENTRY: Final = regex.compile(
    r"""^(?:(\[\[rule\]\]|\[words\])
      |([a-z_]+)\ *=\ *(?:\'\'\'([^\n]*?)\'\'\'|'([^'\n]*)'|"((?:[^"\\\n]|\\[\\"])*)"|(\[[^\]\[]*\])))\ *$""",
    regex.MULTILINE | regex.VERBOSE,
)
_STRING: Final = regex.compile(r"'([^'\n]*)'|" + r'"([^"\\\n]*)"')
_TABLE: Final = regex.compile(r"^[ \t]*\[\[[ \t]*rule[ \t]*\]\]", regex.MULTILINE)
_SHOWN: Final = regex.compile(
    r"^(?:examples|near_misses) = \[\n(?:(?!\]).*\n)*+\]|^(?:examples|near_misses) = \[.*\] *$", regex.MULTILINE
)
_WORDS: Final = regex.compile(r"(?<!\\[pP])\{([a-z][a-z_]*)\}")


def packaged_files() -> Iterator[tuple[str, str]]:
    """The rule files of the package: name and text, in the order of their names."""
    folder = files("scrapeclean") / "data" / "rules"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            yield entry.name, entry.read_text(encoding="utf-8")


def packaged_rules() -> tuple[Rule, ...]:
    """All rules of the package, without their examples."""
    rules: list[Rule] = []
    for name, text in packaged_files():
        content = scan(text)
        rules += make_rules(tomllib.loads(text) if content is None else content, name, text)
    return tuple(rules)


def language_of(name: str) -> str:
    """The language that a file name stands for.

    >>> language_of("de-notices.toml")
    'de'
    """
    return name.split(".")[0].split("-")[0]


def rule_lines(text: str) -> list[int]:
    """The line on which each rule of a file begins."""
    return [text.count("\n", 0, table.start()) + 1 for table in _TABLE.finditer(text)]


def make_rules(content: Mapping[str, Any], name: str, text: str) -> Iterator[Rule]:
    """The rules of one file from its parsed content.

    Args:
        content: The tables `rule` and `words` of the file.
        name: The file's name, which gives the language.
        text: The file's text, for the line numbers.

    Raises:
        KeyError: a pattern names a word class that the file does not have.
    """
    language = language_of(name)
    words = content.get("words", {})
    for entry, line in zip(content.get("rule", ()), rule_lines(text), strict=False):
        yield Rule(
            id=f"{language}/{entry['id']}", kind=entry["kind"], scope=entry["scope"], reason=entry["reason"],
            language=language, anchors=tuple(entry["anchors"]), pattern=expand(entry["pattern"], words),
            examples=tuple(entry.get("examples", ())), near_misses=tuple(entry.get("near_misses", ())),
            file=name, line=line,
        )  # fmt: skip


def expand(pattern: str, words: Mapping[str, str]) -> str:
    """A pattern with the word classes of its file filled in; a class may name classes that stand above it.

    >>> expand("by {person}", {"name": "[A-Z][a-z]{1,20}", "person": "{name} {name}"})
    'by (?:(?:[A-Z][a-z]{1,20}) (?:[A-Z][a-z]{1,20}))'
    """
    for _ in range(8):
        if not _WORDS.search(pattern):
            break
        pattern = _WORDS.sub(lambda found: f"(?:{words[found[1]]})", pattern)
        if len(pattern) > 20_000:
            break
    return pattern


def scan(text: str) -> dict[str, Any] | None:
    """The content of a rule file without examples, or None where it is not written in the usual way.

    >>> scan("[[rule]]\\nid = 'a'\\nanchors = [\\"b\\", \\"c\\"]\\n")
    {'rule': [{'id': 'a', 'anchors': ['b', 'c']}], 'words': {}}
    >>> scan('[[rule]]\\nid = \"\"\"a\"\"\"') is None
    True
    """
    content: dict[str, Any] = {"rule": [], "words": {}}
    table: dict[str, Any] = {}
    rest = _SHOWN.sub("", text)
    entries = 0
    for head, key, long, literal, basic, array in _ENTRY.findall(rest):
        entries += 1
        if head:
            table = {} if head == "[[rule]]" else content["words"]
            if head == "[[rule]]":
                content["rule"].append(table)
        elif array:
            table[key] = [a or b for a, b in _STRING.findall(array)]
        else:
            table[key] = long or literal or basic.replace('\\"', '"').replace("\\\\", "\\")
    lines = sum(1 for line in rest.split("\n") if line and line[0] not in '# "]')
    return content if entries == lines and "\\" not in "".join(_arrays(content)) else None


def _arrays(content: dict[str, Any]) -> Iterator[str]:
    for rule in content["rule"]:
        yield from rule.get("anchors", ())
