"""Blocks to number rows: what the learned scorer sees of a page."""

from __future__ import annotations
