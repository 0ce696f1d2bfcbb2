"""What can go wrong, under one root."""

from __future__ import annotations


class ScrapecleanError(Exception):
    """The root of all errors of this package."""


class ArgumentError(ScrapecleanError, ValueError):
    """An argument that the package cannot work with; the message lists the choices."""


class FilterError(ScrapecleanError):
    """A user's filter that raised, or gave something that is no verdict; names the filter and the page."""


class RuleError(ScrapecleanError, ValueError):
    """A rule file that is refused: file, line and reason."""


class PageError(ScrapecleanError, RuntimeError):
    """A page over which a worker process died or overran its time; names the page."""
