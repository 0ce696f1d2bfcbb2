"""Golden pages: what the command's --explain says of each page in tests/fixtures/pages, line by line.

`pytest tests/test_golden.py --regen news.html` writes tests/fixtures/pages/news.html.golden anew; its diff shows which
filter changed its mind.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import scrapeclean
from scrapeclean.cli import explained

FOLDER = Path(__file__).parent / "fixtures" / "pages"
PAGES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".html", ".txt", ".md"))


@pytest.mark.parametrize("name", PAGES)
def test_golden(name: str, request: pytest.FixtureRequest) -> None:
    article = scrapeclean.clean((FOLDER / name).read_bytes(), url=f"https://example.org/{name}")
    got = re.sub(r" \(score [\d.]+\)", "", "\n".join(explained(article))) + "\n"
    golden = FOLDER / f"{name}.golden"
    wanted = request.config.getoption("--regen")
    if name in wanted or "all" in wanted:
        golden.write_text(got, encoding="utf-8")
        pytest.skip(f"{golden.name} is written anew: read its diff")
    assert golden.exists(), f"there is no golden file yet: pytest tests/test_golden.py --regen {name}"
    assert got == golden.read_text(encoding="utf-8")
