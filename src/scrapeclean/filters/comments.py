"""Readers' comments: who wrote what and when; and the forms and buttons around them.

In HTML a comment section is an element named as one, in text a heading such as "12 Comments" with the shape of a
thread below: a name, an age, a text, again and again. Where the comments are what the page is about, as in a forum,
the scorer says so and they stay the body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

import regex

from scrapeclean.ages.find import resolve
from scrapeclean.document import Document
from scrapeclean.features.html import page_hints
from scrapeclean.filters.named import boxes_named
from scrapeclean.filters.phrases import told
from scrapeclean.lines import is_name, is_prose
from scrapeclean.model import Box, Comment, PageBlock, Verdict

_SECTION = regex.compile(
    r"(?:^|[\s_-])(?:comments?|comment[_-]?(?:list|section|area|thread|container|wrap(?:per)?|form)s?|commentlist|respond|"
    r"disqus(?:_thread)?|livefyre|viafoura|coral|hyvor|remark42|isso|utterances|giscus|kommentare?|commentaires?|"
    r"comentarios?|commenti|reacties|komentarze|yorumlar|kommentarer)(?:$|[\s_-])", regex.I,
)  # fmt: skip
_ITEM = regex.compile(
    r"(?:^|[\s_-])(?:comment|reply|depth)(?:$|\s|[_-]+(?!(?:actions?|author|avatar|button|content|copy|date|details|footer|"
    r"header|info|link|message|meta|name|paragraph|text|time|title|tools|user|votes?)(?:$|[\s_-])))", regex.I,
)  # fmt: skip
"""A comment, and not one of its parts: `comment`, `comment-12`, but not `comment-text`."""
_AUTHOR = regex.compile(
    r"(?:^|[\s_-])(?:author|fn|user(?:name)?|name|commenter|nickname|by|vcard)(?:$|[\s_-])", regex.I
)
_TALLY = regex.compile(r"[\d\s.,:+\-−–▲▼△▽↑↓▴▾♥❤👍👎]{1,12}")
"""How many readers liked a comment, as it stands before the name."""
_STEMS = (
    "comment", "respond", "disqus", "livefyre", "viafoura", "coral", "hyvor", "remark42", "isso", "utterances",
    "giscus", "kommentar", "comentario", "commenti", "reacties", "komentarze", "yorumlar",
)  # fmt: skip
"""Every name of a section has one of these in it: one look over all names of a page spares the others."""
_THREADS = frozenset({"ld=discussionforumposting", "ld=qapage"})
_STORIES = frozenset({"ld=article", "ld=newsarticle", "ld=blogposting", "ld=reportagenewsarticle", "ld=techarticle"})
_MAIN_SHARE, _STORY = 0.5, 1_500
"""Sections with more than this share of what the scorer keeps of the page are the body, unless as many characters
stand outside of them: those are a story, and the talk is about it."""
_REMARK = 300
"""Where the scorer keeps as many characters of what is named like comments, only sections with an age or a date in
them are: chapters and testimonials can be named so."""
_LONGEST = 4_000
"""Characters of one comment in plain text."""


def comments(document: Document) -> Iterator[Verdict]:
    """Comment sections: the comments themselves, and what stands around them.

    Example:
        >>> import scrapeclean
        >>> body = "<p>The old bridge was closed after the river rose in the night, the town council said.</p>" * 3
        >>> section = "<ol id=comments><li class=comment><b>Jo</b> <time>2 days ago</time><p>About time!</p></li></ol>"
        >>> [(comment.author, comment.text) for comment in scrapeclean.clean(body + section).comments]
        [('Jo', 'About time!')]
    """
    if document.kind == "html":
        open_blocks = {block.index for block in document.kept}
        labels = {block.index for block, _ in document.rule_matches.get("comments", ())}
        for section in _sections(document):
            blocks = [b for b in document.blocks[section.first : section.last] if b.index in open_blocks and b.text]
            yield from _section(document, section, blocks, labels)
    else:
        yield from _thread(document)
    yield from told(document, "comments")


def _sections(document: Document) -> list[Box]:
    """The outermost elements that are named as comment sections, where they are not the body, and no part of it."""
    found = boxes_named(document, _STEMS, _is_section)
    if not found:
        return []
    weights = (len(block.text) * (score >= 0.5) for block, score in zip(document.blocks, document.scores, strict=True))
    kept = list(accumulate(weights, initial=0))
    inside = sum(kept[box.last] - kept[box.first] for box in found)
    if inside and _is_discussion(document, inside, kept[-1]):
        return []
    ages = document.ages
    return found if inside < _REMARK else [box for box in found if any(i in ages for i in range(box.first, box.last))]


@lru_cache(maxsize=4096)
def _is_section(names: str) -> bool:
    return _SECTION.search(names) is not None


def _is_discussion(document: Document, inside: int, whole: int) -> bool:
    """Whether the posts of a thread are what the page is about: it says so, or nearly all that the scorer takes for
    the body stands in sections of comments."""
    if _is_body(inside, whole):
        return True
    hints = page_hints(document.head)
    return not _THREADS.isdisjoint(hints) and _STORIES.isdisjoint(hints)


def _is_body(inside: int, whole: int) -> bool:
    """Whether talk is what the page is about, going by how much of it and of the whole page the scorer keeps."""
    return inside > _MAIN_SHARE * whole and whole - inside < _STORY


def _section(document: Document, section: Box, blocks: Sequence[PageBlock], labels: set[int]) -> Iterator[Verdict]:
    """The comments of one section; what is left of it is dropped."""
    tree = _Items(section)
    comments: dict[int, tuple[Box, list[PageBlock]]] = {}
    for block in blocks:
        if (item := tree.around(block.box)) is not None:
            comments.setdefault(item.index, (item, []))[1].append(block)
    for item, own in comments.values():
        yield from _comment(document, own, labels, tree.depth(item))
    for block in blocks:
        yield block.drop("part of the comment section", rule="section")


class _Items:
    """The comments of a section as elements: the nearest one named as a comment, a list item or an article. What is
    found for an element is kept, so that deep nesting is not climbed over and over."""

    def __init__(self, section: Box) -> None:
        self.section = section
        self.items: dict[int, Box | None] = {}
        self.depths: dict[int, int] = {}

    def around(self, box: Box) -> Box | None:
        """The comment that an element stands in, as the outermost element that holds nothing else."""
        path: list[Box] = []
        item: Box | None = None
        for around in box.ancestors():
            if around.index <= self.section.index:
                break
            if around.index in self.items:
                item = self.items[around.index]
                break
            path.append(around)
            if self.is_item(around):
                item = self.whole(around)
                break
        for seen in path:
            self.items[seen.index] = item
        return item

    def whole(self, item: Box) -> Box:
        """The outermost element that holds just this one."""
        box = item
        while (
            (parent := box.parent) is not None
            and parent is not self.section
            and (parent.first, parent.last) == (item.first, item.last)
        ):
            box = parent
        return box

    def is_item(self, box: Box) -> bool:
        """Whether an element is a comment or a list item."""
        return box.tag in ("li", "article") or _ITEM.search(box.names) is not None

    def depth(self, item: Box) -> int:
        """How many comments a comment stands in."""
        path = []
        depth = 0
        box = item.parent
        while box is not None and box.index > self.section.index:
            if box.index in self.depths:
                depth = self.depths[box.index]
                break
            path.append(box)
            box = box.parent
        for box in reversed(path):
            depth += self.is_item(box)
            self.depths[box.index] = depth
        return min(depth, 20)


def _comment(document: Document, blocks: Sequence[PageBlock], labels: set[int], depth: int) -> Iterator[Verdict]:
    """One comment: its author and age from labels, its text from the rest."""
    author: PageBlock | None = None
    when: PageBlock | None = None
    text: list[PageBlock] = []
    for block in blocks:
        if block.index in labels and len(block.text) < 60:
            continue
        if not text and _TALLY.fullmatch(block.text):
            continue
        if when is None and len(block.text) <= 80 and not text and block.index in document.ages:
            when = block
        elif (
            author is None
            and not text
            and is_name(block.text)
            and (_AUTHOR.search(block.box.names) or block.link_chars or when is None)
        ):
            author = block
        else:
            text.append(block)
    if not text or (author is None and when is None):
        return
    yield from _said(document, author, when, text, depth)


def _said(
    document: Document, author: PageBlock | None, when: PageBlock | None, text: Sequence[PageBlock], depth: int
) -> Iterator[Verdict]:
    """The verdicts on the parts of one comment."""
    age = document.ages.get(when.index) if when is not None else None
    name = author.text if author is not None else None
    if name is None and when is not None and age is not None:
        name = (when.text[: age.start] + when.text[age.end :]).strip(" ·•|,–—-()") or None
    value = Comment(
        text="\n\n".join(block.text for block in text),
        author=name,
        published=resolve(age, document.fetched) if age is not None else None,
        published_text=age.text if age is not None else None,
        depth=depth,
        start=text[0].start,
        end=text[-1].end,
    )
    for block in (author, when):
        if block is not None:
            yield block.drop("author or time of a comment", rule="label")
    for block in text:
        yield block.verdict("comment", "a reader's comment", rule="comment", value=value)


def _thread(document: Document) -> Iterator[Verdict]:
    """Comments in plain text: below a heading of comments, a name, an age and a text, again and again."""
    found = document.rule_matches.get("comments", ())
    heads = {block.index for block, match in found if match.end - match.start > 0.6 * len(block.text)}
    if not heads:
        return
    others = ("related", "newsletter", "share", "navigation")
    stops = {block.index for kind in others for block, _ in document.rule_matches.get(kind, ())}
    lines = [block for block in document.kept if block.text]
    posts = list(_posts(document, lines, heads, stops))
    if not _is_body(_liked(document, (line for post in posts for line in post)), _liked(document, lines)):
        for name, when, *text in posts:
            yield from _said(document, name, when, text, 0)


def _liked(document: Document, blocks: Iterable[PageBlock]) -> int:
    """How much of these the scorer takes for the body."""
    return sum(len(block.text) for block in blocks if document.scores[block.index] >= 0.5)


def _posts(
    document: Document, lines: Sequence[PageBlock], heads: set[int], stops: set[int]
) -> Iterator[list[PageBlock]]:
    """The comments below each heading of comments: the line of the name, that of the age, those of the text."""
    over = heads | stops
    inside = False
    i = 0
    while i < len(lines):
        if lines[i].index in heads:
            inside = True
        elif inside and lines[i].index not in stops and _begins(document, lines, i):
            end = i + 2
            while end < len(lines) and lines[end].index not in over and not _begins(document, lines, end):
                end += 1
            text = lines[i + 2 : end]
            if inside := bool(text) and sum(len(line.text) for line in text) <= _LONGEST and not _is_story(text):
                yield list(lines[i:end])
                i = end
                continue
        else:
            inside = False
        i += 1


def _begins(document: Document, lines: Sequence[PageBlock], at: int) -> bool:
    """Whether a comment begins in this line: a name, then an age."""
    return (
        at + 1 < len(lines)
        and is_name(lines[at].text)
        and len(lines[at + 1].text) <= 60
        and lines[at + 1].index in document.ages
    )


def _is_story(text: Sequence[PageBlock]) -> bool:
    """Whether what stands under a name and an age is an article below its card rather than a comment."""
    return (
        len(text) > 3
        and sum(is_prose(line.text) for line in text) >= 3
        and sum(len(line.text) for line in text) > 1_200
    )
