"""Pictures and embedded things: which of several addresses, which are no content at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from scrapeclean.model import FIGURE, HIDDEN, NOSCRIPT, Block, Mark, PageBlock
from scrapeclean.shape.leaves import Leaf, Links

if TYPE_CHECKING:
    from scrapeclean.document import Document

_SMALL: Final = 48
"""Pictures that are not wider or not higher than this are icons, rulers and tracking pixels."""
_SIZE: Final = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)[wx],?")
_PIXELS: Final = re.compile(r"\s*(\d{1,6})(?:px)?\s*$")
_LONGEST_SOURCES: Final = 20_000
_STAND_IN: Final = ("blank", "placeholder", "spacer", "transparent", "pixel", "1x1", "empty", "lazyload")
"""What the last step of an address says if it only holds the place of a picture."""
_PLAYERS: Final = (
    (re.compile(r"(?:youtube(?:-nocookie)?\.com/embed|youtu\.be)/([\w-]{6,20})"), "https://www.youtube.com/watch?v={}"),
    (re.compile(r"player\.vimeo\.com/video/(\d{3,12})"), "https://vimeo.com/{}"),
    (re.compile(r"dailymotion\.com/embed/video/(\w{4,12})"), "https://www.dailymotion.com/video/{}"),
    (re.compile(r"open\.spotify\.com/embed/(\w{4,10}/\w{10,30})"), "https://open.spotify.com/{}"),
    (re.compile(r"twitter\.com/embed/Tweet\.html.{0,200}[?&]id=(\d{5,25})"), "https://twitter.com/i/status/{}"),
    (re.compile(r"tiktok\.com/embed/(?:v\d/)?(\d{5,25})"), "https://www.tiktok.com/embed/{}"),
)
"""Addresses of players, and the page on which the same thing stands."""
_NO_CONTENT: Final = re.compile(
    r"googletagmanager|doubleclick|googlesyndication|/ads?[/?.]|adserver|recaptcha|"
    r"facebook\.com/(?:plugins/(?:like|page)|tr)|platform\.twitter\.com/widgets/(?:tweet|follow)_button|newsletter|subscribe|/comments?[/?]|disqus|taboola|outbrain"
    r"|consent|cookie|login|/count(?:er)?[/?.]|pixel|analytics",
    re.IGNORECASE,
)
"""Frames that hold adverts, buttons, forms and counters."""
_PHOTO: Final = re.compile(r"\.(?:jpe?g|png|webp|avif)\b", re.IGNORECASE)
"""What stands in the address of a picture, but seldom in that of a counter."""
_POSTS: Final = ("twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "bluesky-embed", "mastodon-embed",
                 "fb-post", "fb-video", "reddit-embed-bq", "reddit-card", "imgur-embed-pub", "text-post-media")  # fmt: skip  # noqa: E501
"""Classes that sites' own embedding codes give to the quote that stands for a post."""


def picture(leaf: Leaf, links: Links) -> Block | None:
    """The block of a picture, or None for icons, pixels and stand-ins."""
    info = leaf.block.info
    if leaf.block.regions & HIDDEN or any(_pixels(side) <= _SMALL for side in info.get("size", ())):
        return None
    address = links.absolute(best_address(info))
    alt = " ".join(info.get("alt", "").split())
    counts = leaf.block.regions & (NOSCRIPT | FIGURE) == NOSCRIPT and not alt and not _PHOTO.search(address)
    if not address or counts or _is_stand_in(address):
        return None
    link = links.absolute(info["link"]) if info.get("link") else ""
    marks = (Mark("link", 0, 0, link),) if link else ()
    return Block("image", "", start=leaf.block.start, end=leaf.block.start, line=leaf.block.line, address=address,
                 alt=alt, marks=marks)  # fmt: skip


def _is_stand_in(address: str) -> bool:
    tail = address.rpartition("/")[2].lower()
    return any(map(tail.__contains__, _STAND_IN))


def best_address(info: Any) -> str:
    """The largest of the addresses that a picture has; those of other formats only where it has none itself.

    Example:
        >>> best_address({"address": "/a.jpg", "srcset": "/a-400.jpg 400w, /a-800.jpg 800w"})
        '/a-800.jpg'
    """
    address: str = info.get("address", "")
    best = 1.0 if address and not address.startswith("data:") and not _is_stand_in(address) else 0.0
    found = address if best else ""
    for sources in [info.get("srcset", ""), *([] if best else info.get("sources", ()))]:
        words = sources[:_LONGEST_SOURCES].split()
        for word, after in zip(words, [*words[1:], ""], strict=False):
            named = _SIZE.fullmatch(after)
            size = float(named[1]) if named else 1.0
            if size <= best or _SIZE.fullmatch(word) or word.startswith("data:") or _is_stand_in(word[-60:]):
                continue
            best, found = size, word.rstrip(",")
        if found:
            break
    return found


def _pixels(side: str) -> float:
    number = _PIXELS.match(side)
    return int(number[1]) if number else 1e9


def picture_of(document: Document, block: PageBlock, links: Links) -> tuple[str, str]:
    """Address and alternative text of the picture that a caption belongs to: the last one before it in the smallest
    element around it that has one."""
    for box in list(block.box.ancestors())[:5]:
        if box.last - box.first > 12:
            break
        inside = [other for other in document.blocks[box.first : box.last] if other.kind in ("image", "embed")]
        before = [other for other in inside if other.index < block.index]
        for other in [*reversed(before), *inside]:
            address = links.absolute(best_address(other.info)) if other.kind == "image" else _player(other.info, links)
            if address:
                return address, other.info.get("alt", "")
        if box.tag in ("figure", "body", "article", "main"):
            break
    return "", ""


def embed(leaf: Leaf, links: Links) -> Block | None:
    """The block of a player or frame, or None for those that are no content."""
    info = leaf.block.info
    address = _player(info, links)
    if not address:
        return None
    alt = " ".join(info.get("alt", "").split())
    start = leaf.block.start
    return Block("embed", "", start=start, end=start, line=leaf.block.line, address=address, alt=alt)


def _player(info: Any, links: Links) -> str:
    """Where an embedded thing can be seen, or "" where it is none."""
    address = links.absolute(info.get("address", ""))
    if not address or info.get("embed") == "canvas" or _NO_CONTENT.search(address[:500]):
        return ""
    for pattern, page in _PLAYERS:
        if found := pattern.search(address[:1000]):
            return page.format(found[1])
    return address


def is_post(names: str) -> bool:
    """Whether the class of a quote says that it stands for an embedded post."""
    return any(name in names for name in _POSTS)


def post(blocks: list[Block], start: int) -> Block | None:
    """The quote that stands for a post, as one embed: what it says, and the last address in it, which is its own."""
    text, marks, end = "", [], start
    for block in blocks:
        if block.text:
            text += "\n\n" if text else ""
            marks += [Mark(mark.kind, mark.start + len(text), mark.end + len(text), mark.value) for mark in block.marks]
            text += block.text
            end = block.end
    address = next((mark.value for mark in reversed(marks) if mark.kind == "link"), "")
    if not text:
        return None
    first = next(block for block in blocks if block.text)
    return Block("embed", text, start=first.start, end=end, line=first.line, address=address, marks=tuple(marks))
