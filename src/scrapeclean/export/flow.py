"""Blocks and captions in the order of the page."""

from __future__ import annotations

from scrapeclean.model import Article, Block


def flow(article: Article) -> list[Block]:
    """The body with each caption where it stood: below its picture, or at its place in the text.

    Example:
        >>> tide = Block("image", "", start=10, end=10, address="/tide.jpg")
        >>> caption = Block("caption", "Low tide.", start=40, end=49, address="/tide.jpg")
        >>> body = (tide, Block("paragraph", "Then", start=11, end=15))
        >>> [block.kind for block in flow(Article(blocks=body, captions=(caption,)))]
        ['image', 'caption', 'paragraph']
    """
    if not article.captions:
        return list(article.blocks)
    pictures = {block.address for block in article.blocks if block.address}
    below: dict[str, list[Block]] = {}
    loose: list[Block] = []
    for caption in article.captions:
        if caption.address and caption.address in pictures:
            below.setdefault(caption.address, []).append(caption)
        else:
            loose.append(caption)
    loose.sort(key=lambda block: block.start)
    ordered: list[Block] = []
    at = 0
    for block in article.blocks:
        while at < len(loose) and loose[at].start < block.start:
            ordered.append(loose[at])
            at += 1
        ordered.append(block)
        if block.address:
            ordered += below.pop(block.address, [])
    return ordered + loose[at:]
