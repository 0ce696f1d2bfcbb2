"""Readers' comments: who wrote what and when; and the forms and buttons around them.

In HTML a comment section is an element named as one, in text a heading such as "12 Comments" with the shape of a
thread below: a name, an age, a text, again and again. Where the comments are what the page is about, as in a forum,
the scorer says so and they stay the body.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from scrapeclean.ages import find_age, resolve
from scrapeclean.document import Document
from scrapeclean.lines import is_name, is_prose
from scrapeclean.model import Box, Comment, PageBlock, Verdict

_SECTION = regex.compile(
    r"(?:^|[\s_-])(?:comments?|comment[_-]?(?:list|section|area|thread|container|wrap(?:per)?|form)s?|commentlist|respond|"
    r"disqus(?:_thread)?|livefyre|viafoura|coral|hyvor|remark42|isso|utterances|giscus|kommentare?|commentaires?|"
    r"comentarios?|commenti|reacties|komentarze|yorumlar|kommentarer)(?:$|[\s_-])", regex.I,
)  # fmt: skip
_ITEM = regex.compile(r"(?:^|[\s_-])(?:comment|reply|depth)(?:$|[\s_-])", regex.I)
_AUTHOR = regex.compile(r"(?:^|[\s_-])(?:author|fn|user(?:name)?|name|commenter|nickname|by|vcard)(?:$|[\s_-])", regex.I)
_MAIN_SHARE = 0.5
"""Where the scorer keeps more than this share of a section's text, the section is the body."""
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
        for section in _sections(document):
            yield from _section(document, section)
    else:
        yield from _thread(document)


def _sections(document: Document) -> list[Box]:
    """The outermost elements that are named as comment sections and are not the body."""
    found: list[Box] = []
    for box in document.boxes:
        if found and box.first < found[-1].last:
            continue
        if "o" in box.names and box.tag not in ("html", "body") and _SECTION.search(box.names) and box.first < box.last:
            if not _is_main(document, box):
                found.append(box)
    return found


def _is_main(document: Document, box: Box) -> bool:
    scores = document.scores
    size = kept = 0
    for block in document.blocks[box.first : box.last]:
        size += len(block.text)
        kept += len(block.text) * (scores[block.index] >= 0.5)
    return kept > _MAIN_SHARE * size


def _section(document: Document, section: Box) -> Iterator[Verdict]:
    """The comments of one section; what is left of it is dropped."""
    open_blocks = {block.index for block in document.kept}
    blocks = [block for block in document.blocks[section.first : section.last] if block.index in open_blocks and block.text]
    for item, own in _items(blocks, section):
        yield from _comment(document, own, _depth(item, section))
    for block in blocks:
        yield block.drop("part of the comment section", rule="section")


def _items(blocks: Sequence[PageBlock], section: Box) -> list[tuple[Box, list[PageBlock]]]:
    """The blocks of each comment: those whose nearest element named as a comment, or list item, is the same."""
    items: dict[int, tuple[Box, list[PageBlock]]] = {}
    for block in blocks:
        for box in block.box.ancestors():
            if box is section or box.index < section.index:
                break
            if box.tag in ("li", "article") or _ITEM.search(box.names):
                whole = box
                while whole.parent is not None and whole.parent is not section and whole.parent.first == box.first and whole.parent.last == box.last:
                    whole = whole.parent
                items.setdefault(whole.index, (whole, []))[1].append(block)
                break
    return list(items.values())


def _depth(item: Box, section: Box) -> int:
    depth = 0
    for box in item.ancestors():
        if box is section or box.index <= section.index:
            break
        depth += box is not item and (box.tag in ("li", "article") or _ITEM.search(box.names) is not None)
    return min(depth, 20)


def _comment(document: Document, blocks: Sequence[PageBlock], depth: int) -> Iterator[Verdict]:
    """One comment: its author and age from labels, its text from the rest."""
    author: PageBlock | None = None
    when: PageBlock | None = None
    text: list[PageBlock] = []
    labels = {block.index for block, _ in document.rule_matches.get("comments", ())}
    for block in blocks:
        if block.index in labels and len(block.text) < 60:
            continue
        if when is None and len(block.text) <= 80 and not text and find_age(block.text) is not None:
            when = block
        elif author is None and not text and is_name(block.text) and (_AUTHOR.search(block.box.names) or block.link_chars or when is None):
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
    age = find_age(when.text) if when is not None else None
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
    heads = {block.index for block, match in document.rule_matches.get("comments", ()) if match.end - match.start > 0.6 * len(block.text)}
    if not heads:
        return
    stops = {block.index for kind in ("related", "newsletter", "share", "navigation") for block, _ in document.rule_matches.get(kind, ())}
    lines = [block for block in document.kept if block.text]
    i = 0
    while i < len(lines):
        if lines[i].index in heads:
            i = yield from _posts(document, lines, i + 1, heads, stops)
        else:
            i += 1


def _posts(
    document: Document, lines: Sequence[PageBlock], i: int, heads: set[int], stops: set[int]
) -> Iterator[Verdict]:
    """The comments from line `i` on; gives the line where they end."""
    while i + 2 < len(lines) and lines[i].index not in stops:
        if lines[i].index in heads:
            i += 1
            continue
        name, when = (lines[i], lines[i + 1]) if is_name(lines[i].text) else (None, None)
        if name is None or when is None or len(when.text) > 60 or find_age(when.text) is None:
            break
        end = i + 2
        while end < len(lines) and lines[end].index not in heads and lines[end].index not in stops and not _begins(lines, end):
            end += 1
        text = lines[i + 2 : end]
        size = sum(len(line.text) for line in text)
        if not text or size > _LONGEST or _is_story(text):
            break
        yield from _said(document, name, when, text, 0)
        i = end
    return i


def _begins(lines: Sequence[PageBlock], at: int) -> bool:
    """Whether a comment begins in this line: a name, then an age."""
    return at + 1 < len(lines) and is_name(lines[at].text) and len(lines[at + 1].text) <= 60 and find_age(lines[at + 1].text) is not None


def _is_story(text: Sequence[PageBlock]) -> bool:
    """Whether what stands under a name and an age is an article below its card rather than a comment."""
    return len(text) > 3 and sum(is_prose(line.text) for line in text) >= 3 and sum(len(line.text) for line in text) > 1_200
