"""Pages with gold, from a folder of corpora: one page a line of JSON, xz-compressed."""

from __future__ import annotations

import hashlib
import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from attrs import frozen

FOLDS = 5
CORPORA = ("wcxb-dev", "news4k-dev", "fundus-dev", "traf-dev", "zh-dev")
_HOST = re.compile(r"https?://([\w.-]{4,80})")
_SECOND = frozenset(["co", "com", "org", "net", "gov", "edu", "ac", "go", "or", "ne", "gob", "gov"])


@frozen
class Page:
    corpus: str
    id: str
    url: str
    raw: bytes
    body: str
    required: tuple[str, ...]
    forbidden: tuple[str, ...]
    page_type: str
    language: str
    title: str = ""

    @property
    def site(self) -> str:
        """The site that the page is of; without an address the one that it refers to most."""
        if self.url:
            return site_of(self.url)
        hosts = Counter(site_of(host) for host in _HOST.findall(self.raw.decode("latin-1")))
        return hosts.most_common(1)[0][0] if hosts else self.id

    @property
    def fold(self) -> int:
        return fold_of(self.site)


def read(folder: Path, corpus: str) -> Iterator[Page]:
    """The pages of one corpus."""
    with lzma.open(folder / f"{corpus}.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Page(
                corpus, str(row["id"]), row.get("url") or "", row["html"].encode("latin-1"), row.get("body") or "",
                tuple(row.get("required") or ()), tuple(row.get("forbidden") or ()), row.get("page_type") or "",
                row.get("lang") or "", " ".join((row.get("title") or "").split()),
            )  # fmt: skip


def site_of(url: str) -> str:
    """The registered domain of an address, near enough to keep the pages of one publisher together.

    Example:
        >>> site_of("https://news.example.co.uk/a"), site_of("http://www.example.com:80/")
        ('example.co.uk', 'example.com')
    """
    host = (urlsplit(url if "//" in url else "//" + url).hostname or url).lower()
    parts = host.split(".")
    size = 3 if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SECOND else 2
    return ".".join(parts[-size:])


def fold_of(site: str) -> int:
    """Which of the five folds the pages of a site are in."""
    return int(hashlib.sha1(site.encode()).hexdigest(), 16) % FOLDS


def digest(folder: Path, corpora: tuple[str, ...] = CORPORA) -> str:
    """A digest of the corpora that figures were measured on."""
    total = hashlib.sha256()
    for corpus in corpora:
        path = folder / f"{corpus}.jsonl.xz"
        total.update(corpus.encode() + hashlib.sha256(path.read_bytes()).digest() if path.exists() else b"-")
    return total.hexdigest()[:16]
