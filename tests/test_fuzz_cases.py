"""What the fuzzer starts from, and what it has found: each keeps every promise."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "fuzz"
sys.path.insert(0, str(FOLDER))

from fuzz_clean import OPTIONS, check_one  # noqa: E402

FILES = sorted(path for folder in ("corpus", "cases") for path in (FOLDER / folder).glob("*") if path.is_file())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_case(path: Path) -> None:
    data = path.read_bytes()
    check_one(data)
    for first in range(len(OPTIONS)):
        check_one(bytes([first]) + data[1:])
        check_one(bytes([121 + first + 11]) + data[1:])


def test_there_are_cases() -> None:
    assert len(FILES) > 30
