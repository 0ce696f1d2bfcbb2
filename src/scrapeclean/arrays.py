"""Files of learned weights: named arrays and a version, and nothing that could run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scrapeclean.errors import ArgumentError


def read_arrays(path: Path, version: int) -> dict[str, NDArray[Any]]:
    """The arrays of a weights file, without its version.

    Raises:
        ArgumentError: the file is not one of this version.
    """
    with path.open("rb") as source, np.load(source, allow_pickle=False) as stored:
        if int(stored.get("version", 0)) != version:
            raise ArgumentError(f"{path} is no weights file of version {version}")
        return {name: stored[name] for name in stored.files if name != "version"}


def words_in(array: NDArray[Any]) -> list[str]:
    """The words of a vocabulary, which is kept as bytes."""
    return bytes(array).decode().split("\n")
