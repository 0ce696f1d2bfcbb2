"""How well the shape of a page's body survives: exact blocks of Markdown against what a careful person wrote.

Each fixture in tests/fixtures/structure is a whole page, NAME.html, and NAME.md, the Markdown of its body written by
hand. Both Markdowns are parsed by a CommonMark parser into blocks; a block counts where kind, level and text are
exactly those of the gold, in order. The figure is the F1 of exact blocks, averaged over pages.

    python benchmarks/structure.py                         # scrapeclean, all pages
    python benchmarks/structure.py --tool trafilatura      # a peer: trafilatura, turbohtml, markdownify
    python benchmarks/structure.py --show recipe           # where a page differs
"""

from __future__ import annotations

import argparse
import difflib
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from markdown_it import MarkdownIt
from markdown_it.token import Token

FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures" / "structure"
_FOOTNOTE = re.compile(r"\[\^([^\]\s]{1,60})\]:\s*")
_WORD = r"[^\W\d_]+|\d+"
_MATH = re.compile(r"\$\$\s*(.+?)\s*\$\$", re.DOTALL)


Marks = tuple[tuple[str, str, str], ...]
"""(element, text, address) of each piece of inline markup."""


class Read(NamedTuple):
    """One block as a parser read it: heading, paragraph, item (of a list), number (of an ordered list), row, header,
    code, image, footnote, math, rule."""

    kind: str
    level: int
    quotes: int
    text: str
    detail: str = ""
    inline: tuple[tuple[str, str, str], ...] = ()

    @property
    def block(self) -> tuple[str, int, int, str, str]:
        """What the exact score compares: everything but the inline marks."""
        return self[:5]


def read(markdown: str) -> list[Read]:
    """Markdown as a list of blocks."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return _Reader().take(parser.parse(markdown))


class _Reader:
    """Walks the tokens of a document and notes its blocks."""

    def __init__(self) -> None:
        self.found: list[Read] = []
        self.quotes = 0
        self.lists: list[str] = []
        self.pending: str | None = None
        self.row: list[str] | None = None
        self.row_marks: list[tuple[str, str, str]] = []
        self.header = False
        self.heading = 0

    def take(self, tokens: list[Token]) -> list[Read]:
        for token in tokens:
            handler = getattr(self, token.type, None)
            if handler is not None:
                handler(token)
        return self.found

    def note(self, kind: str, level: int, text: str, detail: str = "", inline: Marks = ()) -> None:
        self.found.append(Read(kind, level, self.quotes, text, detail, inline))

    def blockquote_open(self, _: Token) -> None:
        self.quotes += 1

    def blockquote_close(self, _: Token) -> None:
        self.quotes -= 1

    def bullet_list_open(self, _: Token) -> None:
        self.open_item()
        self.lists.append("item")

    def ordered_list_open(self, _: Token) -> None:
        self.open_item()
        self.lists.append("number")

    def bullet_list_close(self, _: Token) -> None:
        self.lists.pop()

    ordered_list_close = bullet_list_close

    def list_item_open(self, token: Token) -> None:
        self.pending = self.lists[-1]

    def list_item_close(self, _: Token) -> None:
        self.pending = None

    def open_item(self) -> None:
        """An item that holds nothing but a list."""
        if self.pending:
            self.note(self.pending, len(self.lists), "")
            self.pending = None

    def heading_open(self, token: Token) -> None:
        self.heading = int(token.tag[1])

    def heading_close(self, _: Token) -> None:
        self.heading = 0

    def hr(self, _: Token) -> None:
        self.note("rule", 0, "")

    def thead_open(self, _: Token) -> None:
        self.header = True

    def thead_close(self, _: Token) -> None:
        self.header = False

    def tr_open(self, _: Token) -> None:
        self.row, self.row_marks = [], []

    def tr_close(self, _: Token) -> None:
        assert self.row is not None
        text = "\t".join(self.row)
        if text.strip() or not self.header:
            self.note("header" if self.header else "row", len(self.lists), text, "", tuple(self.row_marks))
        self.row = None

    def fence(self, token: Token) -> None:
        self.open_item()
        self.note("code", len(self.lists), token.content.rstrip("\n"), token.info.strip())

    code_block = fence

    def html_block(self, token: Token) -> None:
        self.note("html", len(self.lists), token.content.strip())

    def inline(self, token: Token) -> None:
        text, marks = _inline(token.children or [])
        if self.row is not None:
            self.row.append(text)
            self.row_marks += marks
        elif self.heading:
            self.note("heading", self.heading, text, "", marks)
        elif text.startswith("!\x01") and text.count("\x01") == 2 and text.endswith("\x01"):
            self.open_item()
            self.note("image", len(self.lists), text[2:-1])
        elif self.pending:
            self.note(self.pending, len(self.lists), text, "", marks)
            self.pending = None
        elif note := _FOOTNOTE.match(token.content):
            self.note("footnote", 0, _FOOTNOTE.sub("", text, count=1), note[1].replace("\\", ""), marks)
        elif math := _MATH.fullmatch(token.content):
            self.note("math", len(self.lists), " ".join(math[1].split()))
        elif text:
            self.note("paragraph", len(self.lists), text, "", marks)


def _inline(tokens: list[Token]) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    """The text of a block, blanks collapsed, hard breaks kept; and its marks as (kind, text, address)."""
    pieces: list[str] = []
    opened: list[tuple[str, int, str]] = []
    marks: list[tuple[str, str, str]] = []
    for token in tokens:
        if token.type in ("text", "softbreak", "hardbreak", "code_inline", "html_inline"):
            tag = re.fullmatch(r"<(/?)([a-z]+)\s*/?>", token.content) if token.type == "html_inline" else None
            if token.type == "hardbreak" or (tag and tag[2] == "br"):
                pieces.append("\n")
            elif tag and not tag[1]:
                opened.append(("s" if tag[2] == "del" else tag[2], len(pieces), ""))
            elif tag:
                _close(opened, pieces, marks)
            elif token.type != "html_inline":
                pieces.append(" " if token.type == "softbreak" else token.content)
                if token.type == "code_inline":
                    marks.append(("code", token.content, ""))
        elif token.type == "image":
            pieces.append(f"!\x01{token.attrGet('src')} {token.content}\x01")
        elif token.type.endswith("_open"):
            opened.append((token.tag, len(pieces), str(token.attrGet("href") or "")))
        elif token.type.endswith("_close"):
            _close(opened, pieces, marks)
    return _normal("".join(pieces)), tuple(marks)


def _close(opened: list[tuple[str, int, str]], pieces: list[str], marks: list[tuple[str, str, str]]) -> None:
    if opened:
        kind, at, address = opened.pop()
        marks.append((kind, _normal("".join(pieces[at:])), address))


def _normal(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


# --- scoring --------------------------------------------------------------------------------------------------------


class Score(NamedTuple):
    """F1 of exact blocks, and F1 where the inline marks of the block must be the same too."""

    blocks: float
    inline: float


def score(markdown: str, page: Page) -> Score:
    """How much of a page's gold a Markdown has, in order."""
    got, gold = page.blocks(markdown), page.blocks(page.gold)
    matcher = difflib.SequenceMatcher(None, [b.block for b in got], [b.block for b in gold], autojunk=False)
    same = marked = 0
    for match in matcher.get_matching_blocks():
        same += match.size
        marked += sum(got[match.a + i].inline == gold[match.b + i].inline for i in range(match.size))
    total = len(got) + len(gold)
    return Score(2 * same / total, 2 * marked / total) if total else Score(1.0, 1.0)


class Page(NamedTuple):
    """One fixture."""

    name: str
    html: str
    gold: str
    url: str
    title: str

    def blocks(self, markdown: str) -> list[Read]:
        """The blocks of a Markdown of this page: addresses absolute; a heading that only repeats the title left out,
        and rulers, which the gold does not have."""
        found = [self.absolute(block) for block in read(markdown) if block.kind != "rule"]
        if found and found[0].kind == "heading" and found[0].text == self.title:
            del found[0]
        return found

    def absolute(self, block: Read) -> Read:
        """The same block, its addresses resolved."""
        if block.kind == "image":
            address, _, alt = block.text.partition(" ")
            block = block._replace(text=f"{urljoin(self.url, address)} {alt}".strip())
        if any(address for _, _, address in block.inline):
            marks = ((kind, text, urljoin(self.url, address) if address else "") for kind, text, address in block.inline)
            block = block._replace(inline=tuple(marks))
        return block


def pages(*, blind: bool | None = None) -> list[Page]:
    """The fixtures: all, or only those that are blind, or only those that are not."""
    found = []
    for path in sorted(FIXTURES.glob("*.html")):
        if blind is not None and path.name.startswith("blind-") != blind:
            continue
        html = path.read_text(encoding="utf-8")
        url, title = re.search(r'rel="canonical" href="([^"]+)"', html), re.search(r"<h1[^>]*>(.*?)(?:<a|</h1>)", html)
        gold = path.with_suffix(".md").read_text(encoding="utf-8")
        assert url and title, path
        found.append(Page(path.stem, html, gold, url[1], title[1]))
    return found


def scrapeclean(page: Page) -> str:
    """This package."""
    from scrapeclean import clean

    return clean(page.html, url=page.url).to_markdown()


def oracle(page: Page) -> str:
    """This package, the choice of blocks made by the gold: what is left is the shape alone."""
    from scrapeclean import Document, Pipeline, Verdict, clean
    from scrapeclean.filters import apparatus, captions, hidden, title

    gold = f" {' '.join(re.findall(_WORD, _plain(page.gold)))} "
    words = set(gold.split())

    def chosen(document: Document) -> Iterator[Verdict]:
        for block in document.kept:
            said = re.findall(_WORD, "".join(document.text[a:b] for a, b in document.ledger.open_spans(block)))
            strange = sum(word not in words for word in said)
            if said and (strange > len(said) // 10 or (len(said) < 4 and f" {' '.join(said)} " not in gold)):
                yield block.drop("not in the gold")

    return clean(page.html, url=page.url, pipeline=Pipeline((apparatus, hidden, title, chosen, captions))).to_markdown()


def _plain(markdown: str) -> str:
    return " ".join(block.text for block in read(markdown))


def trafilatura(page: Page) -> str:
    """trafilatura's Markdown, links, pictures and tables asked for."""
    from trafilatura import extract

    found = extract(
        page.html, url=page.url, output_format="markdown", include_links=True, include_images=True, include_tables=True,
        include_formatting=True, include_comments=False,
    )  # fmt: skip
    return found or ""


def turbohtml(page: Page) -> str:
    """turbohtml's Markdown of the element that it takes for the article."""
    import turbohtml

    found = turbohtml.parse(page.html).main_content()
    return found.to_markdown() if found is not None else ""


def markdownify(page: Page) -> str:
    """markdownify over what readability-lxml keeps."""
    import markdownify
    from readability import Document

    return markdownify.markdownify(Document(page.html, url=page.url).summary(html_partial=True), heading_style="ATX")


TOOLS: dict[str, Callable[[Page], str]] = {
    tool.__name__: tool for tool in (scrapeclean, oracle, trafilatura, turbohtml, markdownify)
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", choices=TOOLS, default="scrapeclean")
    parser.add_argument("--show", metavar="NAME", help="the differences of one page")
    arguments = parser.parse_args()
    tool = TOOLS[arguments.tool]
    if arguments.show:
        page = next(page for page in pages() if page.name == arguments.show)
        got, gold = page.blocks(tool(page)), page.blocks(page.gold)
        shown = [[str(tuple(block)) for block in blocks] for blocks in (gold, got)]
        lines = difflib.unified_diff(*shown, "gold", arguments.tool, lineterm="", n=0)
        print("\n".join(lines))
        return
    for blind in (False, True):
        scores = {page.name: score(tool(page), page) for page in pages(blind=blind)}
        if not blind:
            for name, found in sorted(scores.items(), key=lambda item: item[1].blocks):
                print(f"{found.blocks:6.3f} {found.inline:6.3f}  {name}")
        mean = [sum(values) / len(scores) for values in zip(*scores.values(), strict=True)]
        what = f"{arguments.tool}: {len(scores)} {'blind' if blind else 'known'} pages"
        print(f"{what}, exact blocks {mean[0]:.3f}, with inline marks {mean[1]:.3f}")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
    main()
