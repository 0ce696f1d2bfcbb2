"""Corpora to examples: the package's own decoding, segmentation and features, and the gold aligned. Kept on disk."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Sequence
from pathlib import Path

import html_text

import scrapeclean
from scrapeclean import read_page
from scrapeclean.decode import decode
from scrapeclean.features import html, text
from training import corpus
from training.examples import Example, label

Form = tuple[Example, ...]
"""One page: as it is, and a text also without its title line."""


def prepare(folder: Path, kind: str, cache: Path | None = None) -> list[Form]:
    """The pages of all corpora that the folder has, as examples.

    Args:
        folder: the folder with NAME.jsonl.xz.
        kind: "html", or "text" for the visible text of the same pages, as a crawl of texts holds it.
        cache: where examples are kept; those made from other corpora, or by other code, are made anew.
    """
    digest = corpus.digest(folder) + _code()
    if cache is not None and cache.exists():
        known, forms = pickle.loads(cache.read_bytes())
        if known == digest:
            return list(forms)
    make = html_form if kind == "html" else text_form
    forms = [
        make(page)
        for name in corpus.CORPORA
        if (folder / f"{name}.jsonl.xz").exists()
        for page in corpus.read(folder, name)
    ]
    forms = [form for form in forms if all(example.texts for example in form)]
    if cache is not None:
        cache.write_bytes(pickle.dumps((digest, forms), 5))
    return forms


def _code() -> str:
    """A digest of the code that makes examples."""
    package = Path(scrapeclean.__file__).parent
    rooms = ("decode", "segment", "features")
    paths = [path for room in rooms for path in sorted((package / room).rglob("*.py"))]
    paths += [package / "model.py", Path(__file__), Path(__file__).with_name("labels.py")]
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def html_form(page: corpus.Page) -> Form:
    """A page with its markup."""
    document = read_page(page.raw, kind="html")
    rows = html.html_rows(document)
    blocks = [document.blocks[index] for index in rows.blocks]
    share = label(blocks, page.body, page.required, page.forbidden)
    return (_example(page, rows, [block.text for block in blocks], share),)


def text_form(page: corpus.Page) -> Form:
    """The visible text of a page, with and without its first line, which is the title."""
    document = read_page(flat(page.raw), kind="text")
    rows = text.text_rows(document)
    blocks = [document.blocks[index] for index in rows.blocks]
    share = label(blocks, page.body, page.required, page.forbidden)
    texts = [block.text for block in blocks]
    whole = _example(page, rows, texts, share)
    if len(blocks) < 2:
        return (whole,)
    return whole, _example(page, text.rows_of(blocks[1:], ""), texts[1:], share[1:])


def flat(raw: bytes) -> str:
    """The visible text of a page, as a crawl of texts holds it."""
    return str(html_text.extract_text(decode(raw).text))


def _example(page: corpus.Page, rows: html.Rows, texts: Sequence[str], share: object) -> Example:
    return Example(
        page.id, page.corpus, page.site, page.fold, page.page_type, page.language, rows, list(texts), share,
        page.body, page.required, page.forbidden,
    )  # fmt: skip
