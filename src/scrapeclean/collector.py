"""The cyclic garbage collector waits while a page is in work.

A page makes thousands of small objects that all live until it is done, so that the collector, which runs each time 700
more are there than before, looks at most of them several times and finds nothing: that took 5 % of the time of `clean`.
No page in work refers to itself in a circle, so what it was made of goes with it, collector or not; a test sees to it.
"""

from __future__ import annotations

import gc
import os
import threading
from types import TracebackType


class CollectorWaits:
    """While this is entered, the collector waits, if it was on and no other page makes it wait.

    Example:
        >>> with CollectorWaits():
        ...     gc.isenabled()
        False
        >>> gc.isenabled()
        True
    """

    __slots__ = ("_held",)
    turn = threading.Lock()
    """Held by the one page that makes the collector wait. Other threads leave it alone: were it to wait until all pages
    are done, it would wait for ever in a process that always has one in work."""

    def __enter__(self) -> None:
        self._held: threading.Lock | None = None
        if gc.isenabled() and (turn := self.turn).acquire(blocking=False):
            self._held = turn
            gc.disable()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._held is not None:
            gc.enable()
            self._held.release()


def _forked() -> None:
    """A process that began while another thread had a page in work has no such thread."""
    if CollectorWaits.turn.locked():
        CollectorWaits.turn = threading.Lock()
        gc.enable()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)
