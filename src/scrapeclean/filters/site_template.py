"""What a site repeats: text that stands on many of its pages belongs to none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from attrs import field, frozen

from scrapeclean.document import Document
from scrapeclean.model import Verdict


@frozen
class SiteTemplate:
    """A filter that knows what the pages of one site repeat. Made by `SiteTemplate.learn`; it can be pickled.

    What must be known across pages is an argument of the pipeline, so that cleaning one page stays repeatable.
    """

    repeated: frozenset[bytes] = field(repr=False)
    """Digests of the texts that the site repeats."""
    pages: int = 0
    """From how many pages it was learned."""
    name: str = "site_template"

    @classmethod
    def learn(cls, pages: Iterable[bytes | str], *, share: float = 0.3, least: int = 3, **options: Any) -> SiteTemplate:
        """Learn from pages of one site what they have in common.

        Args:
            pages: a few dozen pages of one site, as `clean` takes them.
            share: a text that stands on more than this share of the pages, 0 to 1, is the site's.
            least: and on so many pages at least.
            options: as of `read_page`: kind, url, encoding, limits.

        Example:
            >>> import scrapeclean
            >>> pages = [f"<p>Story {n}, told on a rainy day.</p><p>Our café is open all week.</p>" for n in "abcd"]
            >>> template = SiteTemplate.learn(pages)
            >>> article = scrapeclean.DEFAULT.add(template, before="score").clean(pages[0])
            >>> [removed.text for removed in article.removed if removed.filter == "site_template"]
            ['Our café is open all week.']
        """
        from scrapeclean.api import read_page

        seen: Counter[bytes] = Counter()
        count = 0
        for page in pages:
            count += 1
            seen.update({_digest(block.text) for block in read_page(page, **options).blocks if block.text})
        common = frozenset(digest for digest, times in seen.items() if times >= least and times > share * count)
        return cls(common, count)

    def __call__(self, document: Document) -> Iterator[Verdict]:
        """Drop what the site repeats."""
        for block in document.kept:
            if block.text and _digest(block.text) in self.repeated:
                yield block.drop(f"stands on many of {self.pages} pages of the site", rule="repeated")


def _digest(text: str) -> bytes:
    """Eight bytes that stand for a text: a template of a large site stays small."""
    return blake2b(" ".join(text.split()).encode("utf-8", "replace"), digest_size=8).digest()
