"""The inside of one block as Markdown: marks and text, escaped so that a CommonMark parser reads the same text back.

Escapes are few, so that people can read the source: a character is escaped only where it would mean something.
Emphasis that `*` cannot express at its place (inside words, next to punctuation) is written as HTML elements, which
CommonMark allows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from scrapeclean.addresses import safe_address
from scrapeclean.export.nest import ATOMS, Marked, Node, nest
from scrapeclean.model import Mark

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_NO_BLANKS = frozenset("\v\x1c\x1d\x1e\x1f\x85\u2028\u2029")
"""What Python calls a blank and CommonMark does not."""
_SPECIAL = re.compile(r"[\\`*_\[\]<&~$!|\x00]")
_NOT_PLAIN = re.compile(r"[\\`*_\[\]<&~$!|\x00\r\n]")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{0,40});")
_TAG_AFTER = re.compile(r"[A-Za-z/!?]")
_MATH = re.compile(r"\$[^\s$][^$]{0,200}\$|\$\$")
_LINE_START = re.compile(r"#{1,6}(?=\s|$)|>|[-+](?=\s|$)|=+\s*$|~{3}|[:|-][:| \t-]*$")
_STARTS = frozenset("#>-+=~:|[0123456789")
"""What a line begins with that may have to be escaped."""
_NUMBER_START = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")
_NOTE_START = re.compile(r"(\[\^[^\]]{0,100}\]):")
_TASK_START = re.compile(r"\[(?=[ xX]\\?\](?:\s|$))")
_TICKS = re.compile(r"`+")
_AUTOLINK = re.compile(r"https?://[!#-;=?-\[\]^_a-z~]{1,2000}$")
_PLAIN_TARGET = re.compile(r"[A-Za-z0-9:/?=.,_%+~#@!-]*")
_UNSAFE_IN_TARGET = re.compile(r"[\x00-\x20\x7f<>\"`\\^{|}\ud800-\udfff]")
_WRITTEN_OUT = {
    "underline": ("<u>", "</u>"), "highlight": ("<mark>", "</mark>"), "inserted": ("<ins>", "</ins>"),
    "superscript": ("<sup>", "</sup>"), "subscript": ("<sub>", "</sub>"), "keyboard": ("<kbd>", "</kbd>"),
    "quotation": ("“", "”"),
}  # fmt: skip
_DELIMITED = {
    "strong": ("**", "__", "strong"), "emphasis": ("*", "_", "em"), "strike": ("~~", "", "s"),
    "deleted": ("~~", "", "del"),
}  # fmt: skip


class Place(NamedTuple):
    """Where inline text stands."""

    heading: bool = False
    cell: bool = False


_OPEN = Place()


def inline(text: str, marks: tuple[Mark, ...] = (), place: Place = _OPEN) -> str:
    """One paragraph of Markdown, without line ends but those of hard breaks.

    Example:
        >>> inline("1. a*b", (Mark("emphasis", 3, 4),))
        '1\\\\. *a*\\\\*b'
    """
    for mark in marks:
        if mark.kind == "link" and not target(mark.value):
            marks = tuple(mark for mark in marks if mark.kind != "link" or target(mark.value))
            break
    if marks or _NOT_PLAIN.search(text):
        text = _Writer(text, marks, place.cell).write(nest(text, marks), 0)
    if "\n" not in text and "\r" not in text:
        line = text.strip()
        if place.cell or not line:
            return line
        return _heading_end(line) if place.heading else _line_start(line)
    lines = [line for line in (line.strip() for line in text.replace("\r", "\n").split("\n")) if line]
    if place.heading:
        return _heading_end(" ".join(lines))
    if place.cell:
        return "<br>".join(lines)
    return "\\\n".join(_line_start(line) for line in lines)


def label(sign: str) -> str:
    """The label of a footnote, without what would end it.

    Example:
        >>> label("[ 3 ]"), label("*")
        ('3', '\\\\*')
    """
    bare = re.sub(r"[\s\[\]^:.()]+", "", sign) or re.sub(r"[\s\[\]]+", "", sign)
    return re.sub(r"([\\`*_<&~$|!])", r"\\\1", bare.replace("\x00", "")[:60]) or "?"


@lru_cache(maxsize=1024)
def target(address: str, *, image: bool = False) -> str:
    """An address as the target of a link, or "" where it must not be one.

    Example:
        >>> target("/a b(c"), target("javascript:x()")
        ('/a%20b%28c', '')
    """
    address = safe_address(address, image=image)
    if _PLAIN_TARGET.fullmatch(address):
        return address
    address = _UNSAFE_IN_TARGET.sub(lambda found: "".join(f"%{byte:02X}" for byte in _bytes(found[0])), address)
    address = re.sub(r"\s", lambda found: "".join(f"%{byte:02X}" for byte in _bytes(found[0])), address)
    if "(" in address or ")" in address:
        depth = 0
        for character in address:
            depth += (character == "(") - (character == ")")
            if depth < 0:
                break
        if depth or address.count("(") > 20:
            address = address.replace("(", "%28").replace(")", "%29")
    return _ENTITY.sub(lambda found: "&amp;" + found[0][1:], address)


def _bytes(character: str) -> bytes:
    return character.encode("utf-8", "replace")


def code_span(text: str) -> str:
    """Code between backticks.

    Example:
        >>> code_span("a`b"), code_span("`")
        ('``a`b``', '`` ` ``')
    """
    text = re.sub(r"[\r\n]+", " ", text).replace("\x00", "")
    if not text.strip(" "):
        return text
    runs = {len(run) for run in _TICKS.findall(text)}
    ticks = "`" * next(size for size in range(1, len(runs) + 2) if size not in runs)
    edge = " " if text[0] == "`" or text[-1] == "`" or (text[0] == " " and text[-1] == " ") else ""
    return f"{ticks}{edge}{text}{edge}{ticks}"


def math(source: str, fence: str = "$") -> str:
    """Math as one line: TeX reads a line end as a blank, and a comment ends with its line.

    Example:
        >>> math("a^2 % square\\n + b")
        '$a^2 + b$'
    """
    lines = [re.sub(r"(?<!\\)%[^\n]*", "", line).strip() for line in re.split(r"[\r\n]+", source)]
    joined = " ".join(" ".join(lines).replace("\x00", "").split())
    joined = re.sub(r"(?<!\\)\$", "", joined)
    return f"{fence}{joined}{fence}" if joined else ""


class _Writer:
    """Writes the nodes of one block."""

    def __init__(self, text: str, marks: tuple[Mark, ...], cell: bool) -> None:
        self.cell = cell
        self.dollars = "$" in text and (_MATH.search(text) is not None or any(mark.kind == "math" for mark in marks))
        self.tildes = "~" in text and (text.count("~") > 1 or any(mark.kind in ("strike", "deleted") for mark in marks))
        self.in_link = False

    def write(self, nodes: list[Node], depth: int) -> str:
        """Siblings, one after the other. `depth` counts the emphasis around."""
        if len(nodes) == 1 and isinstance(only := nodes[0], str):
            return self.escape(only, depth > 0 or self.in_link) if _SPECIAL.search(only) else only
        out: list[str] = []
        before = ""
        last = len(nodes) - 1
        for i, node in enumerate(nodes):
            if isinstance(node, str):
                written = self.escape(node, i < last or depth > 0 or self.in_link) if _SPECIAL.search(node) else node
            else:
                following = nodes[i + 1] if i < last else ""
                after = following[:1] if isinstance(following, str) else None
                written = self.marked(node, depth, before, after)
                if not node.inside and node.mark.kind == "math":
                    written = f"{' ' * before.isalnum()}{written}{' ' * (after or '').isalnum()}"
            out.append(written)
            before = written[-1:] or before
        return "".join(out)

    def marked(self, node: Marked, depth: int, before: str, after: str | None) -> str:
        """One mark. `before` and `after` are the characters beside it, "" at an edge, None beside another mark."""
        kind = node.mark.kind
        if kind == "link":
            return self.link(node, depth)
        if kind == "code" or kind in ATOMS:
            return self.solid(kind, node.mark.value, "".join(piece for piece in node.inside if isinstance(piece, str)))
        inside = self.write(node.inside, depth + (kind in ("strong", "emphasis")))
        bare = inside.strip()
        if not bare:
            return inside
        at = 0 if len(bare) == len(inside) else inside.index(bare)
        lead, tail = inside[:at], inside[at + len(bare) :]
        opened, closed = _WRITTEN_OUT.get(kind, ("", ""))
        if kind in _DELIMITED:
            left = lead[-1:] or before
            right = tail[:1] or after
            opened, closed = _delimiters(kind, bare, (left, right), depth)
        return f"{lead}{opened}{bare}{closed}{tail}"

    def link(self, node: Marked, depth: int) -> str:
        """A link to where one may go; the others are no marks any more."""
        address = target(node.mark.value)
        plain = node.inside[0] if len(node.inside) == 1 else ""
        if (
            isinstance(plain, str) and address in plain and plain.strip() == address == node.mark.value
            and _AUTOLINK.match(address)
        ):  # fmt: skip
            return plain.replace(address, f"<{address}>")
        self.in_link = True
        inside = self.write(node.inside, depth)
        self.in_link = False
        bare = inside.strip()
        if not bare:
            return inside
        if len(bare) == len(inside):
            return f"[{bare}]({address})"
        at = inside.index(bare)
        return f"{inside[:at]}[{bare}]({address}){inside[at + len(bare) :]}"

    def solid(self, kind: str, value: str, plain: str) -> str:
        """Code, math, a reference to a footnote, a picture in the line: what has no markup inside."""
        if kind == "footnote":
            return f"[^{label(value or plain)}]"
        if kind == "math":
            source = value or plain
            if self.cell:
                source = source.replace("\\|", "\\Vert ").replace("|", "\\vert ")
            return math(source)
        if kind == "image":
            address = target(value, image=True)
            return image(address, plain) if address else self.escape(plain, True)
        if self.cell and "|" in plain:
            return self.escape(plain, True) if "\\|" in plain else code_span(plain).replace("|", "\\|")
        return code_span(plain)

    def escape(self, text: str, last: bool) -> str:
        """Plain text. `last` says that markup follows it at once."""
        out: list[str] = []
        at = 0
        for found in _SPECIAL.finditer(text):
            place = found.start()
            out.append(text[at:place])
            at = place + 1
            following = text[at : at + 1]
            out.append(self.character(found[0], text, place, (following, last and not following)))
        out.append(text[at:])
        return "".join(out)

    def character(self, character: str, text: str, place: int, after: tuple[str, bool]) -> str:
        """One character that may mean something. `after`: the next one, and whether markup comes instead."""
        following, markup = after
        if character in "`*":
            return "\\" + character
        if character == "\x00":
            return ""
        if character == "\\":
            return "\\\\" if not following.isalnum() else "\\"
        if character == "_":
            within = place > 0 and text[place - 1].isalnum() and following.isalnum()
            return "_" if within else "\\_"
        if character == "[":
            return "\\[" if self.in_link or following == "^" or text[place - 1 : place] == "!" else "["
        if character == "]":
            return "\\]" if self.in_link or markup or following in ("(", "[", ":") else "]"
        if character == "<":
            return "\\<" if _TAG_AFTER.match(following) or markup else "<"
        if character == "&":
            return "\\&" if _ENTITY.match(text, place) or markup else "&"
        if character == "~":
            return "\\~" if self.tildes else "~"
        if character == "$":
            return "\\$" if self.dollars else "$"
        if character == "!":
            return "\\!" if markup else "!"
        if not self.cell:
            return "|"
        return "\\|" if not (place and text[place - 1] == "\\") else "&#124;"


def image(address: str, alt: str) -> str:
    """A picture; the address is a `target`."""
    words = " ".join(alt.replace("\x00", "").split())
    words = re.sub(r"([\\`*_\[\]<~$|])", r"\\\1", words)
    return f"![{_ENTITY.sub(lambda found: chr(92) + found[0], words)}]({address})"


def _delimiters(kind: str, inside: str, beside: tuple[str, str | None], depth: int) -> tuple[str, str]:
    """What to put around emphasis so that it is read as such at its place."""
    first, second, tag = _DELIMITED[kind]
    left, right = beside
    html = f"<{tag}>", f"</{tag}>"
    sign = first if depth == 0 or not second else second if depth == 1 else ""
    if not sign or right is None or (left and left in "*_~") or inside[0] == sign[0] or inside[-1] == sign[0]:
        return html
    word_inside = inside[0].isalnum() and inside[-1].isalnum()
    if _open_at(left) and _open_at(right):
        return sign, sign
    if word_inside and depth == 0 and sign == first and kind in ("strong", "emphasis"):
        return sign, sign
    return html


def _open_at(character: str) -> bool:
    """Whether a mark can begin or end beside this character, whatever stands inside it."""
    return not character or character in _PUNCTUATION or (character.isspace() and character not in _NO_BLANKS)


def _line_start(line: str) -> str:
    """A line that would begin a heading, a list, a quote, a table, ... begins with an escape instead."""
    if line[0] not in _STARTS:
        return line
    if _LINE_START.match(line) or _TASK_START.match(line):
        return "\\" + line
    if found := _NUMBER_START.match(line):
        return f"{found[1]}\\{line[found.end(1) :]}"
    if found := _NOTE_START.match(line):
        return f"{found[1]}\\{line[found.end(1) :]}"
    return line


def _heading_end(line: str) -> str:
    """A heading may end in number signs, but not in those that close it."""
    bare = line.rstrip("#")
    if bare != line and (not bare or bare[-1].isspace()):
        return f"{bare}\\{line[len(bare) :]}"
    return line
