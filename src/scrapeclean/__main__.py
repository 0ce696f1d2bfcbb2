"""`python -m scrapeclean` is the command."""

from __future__ import annotations

from scrapeclean.cli import run

if __name__ == "__main__":
    run()
