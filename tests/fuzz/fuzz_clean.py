"""The fuzz target: bytes in, and all that is promised of any bytes is checked.

    pip install atheris
    python tests/fuzz/fuzz_clean.py -max_total_time=7200 -timeout=20 -rss_limit_mb=2048 work/ tests/fuzz/corpus/

New finds go to the first folder. A crasher is made small (`-minimize_crash=1`), named for what it shows, put into
`tests/fuzz/cases/`, and from then on replayed by `tests/test_fuzz_cases.py`.
"""

from __future__ import annotations

import json
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any


def instrumented() -> AbstractContextManager[Any]:
    """As a script the package is imported under the fuzzer's eyes; the replaying test needs no fuzzer."""
    if __name__ != "__main__":
        return nullcontext()
    import atheris  # type: ignore[import-not-found]

    found: AbstractContextManager[Any] = atheris.instrument_imports(include=["scrapeclean"])
    return found


with instrumented():
    import scrapeclean
    from scrapeclean.assemble import assemble, segments

OPTIONS: tuple[dict[str, Any], ...] = (
    {}, {"kind": "html"}, {"kind": "text"}, {"encoding": "shift_jis"}, {"encoding": "utf-16"}, {"favor": "precision"},
    {"favor": "recall", "url": "https://example.org/a/b?c#d"}, {"limits": scrapeclean.Limits(bytes=300, blocks=4, nesting=3)},
    {"title": "Quillmere drawbridge opens again"}, {"encoding": "no such encoding", "kind": "html"}, {"url": "http://["},
)  # fmt: skip


def check_one(data: bytes) -> None:
    """Clean one page, the options drawn from its first byte, and check what must hold."""
    options = OPTIONS[data[0] % len(OPTIONS)] if data else {}
    raw: bytes | str = data[1:]
    if data and data[0] >= 128:
        raw = bytes(raw).decode("utf-8", "surrogatepass" if data[0] & 1 else "replace") if _is_utf8(bytes(raw)) else bytes(raw)
    document = scrapeclean.read_page(raw, **options)
    scrapeclean.DEFAULT.run(document)
    found = segments(document)
    assert "".join(document.text[s.start : s.end] for s in found) == "".join(block.text for block in document.blocks), "text lost"
    article = assemble(document)
    for part in article.walk():
        for removed in part.removed:
            assert document.text[removed.start : removed.end] == removed.text, "a removed span is not where it says"
    assert scrapeclean.Article.from_dict(json.loads(article.to_json())) == article, "not the same after JSON"
    markup = article.to_html()
    for text in (article.text, article.to_markdown(), markup):
        text.encode()
    lowered = markup.lower()
    assert "<script" not in lowered and "javascript:" not in lowered.replace("&", "").split("href=", 1)[-1][:11], "unsafe HTML"


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def main() -> None:
    import atheris

    for seed in sorted((Path(__file__).parent / "corpus").iterdir()):
        check_one(seed.read_bytes())  # what is loaded once is loaded before the first trial
    atheris.Setup(sys.argv, check_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
