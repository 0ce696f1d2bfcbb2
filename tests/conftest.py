"""`pytest --regen NAME` writes a golden page anew: read the diff before you commit it."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regen", action="append", default=[], metavar="NAME",
        help="write the golden file of this page anew (tests/fixtures/pages/NAME), or the list of `filters` in docs; or `all`",
    )  # fmt: skip
