"""Phrase rules: kinds of text that are known by their wording, as data with evidence.

`book` holds rules and matches them against blocks; `patterns` makes their patterns; `needs` and `words` tell which of
them a block can match at all; `files` reads rule files, `checks` and `pattern_checks` refuse bad ones.
"""

from __future__ import annotations

from scrapeclean.rules.book import Match, Rule, RuleBook, default_rules

__all__ = ["Match", "Rule", "RuleBook", "default_rules"]
