"""What a page says about its article: title, authors, dates, source, language and the rest, each with its evidence.

Head, structured data, visible text and the address are asked in turn. Conflicts are settled by rule and shown in
`evidence`; nothing is taken from anywhere but the page, its address and the time it was fetched.
"""

from __future__ import annotations

from scrapeclean.metadata.embedded import find_body
from scrapeclean.metadata.reader import Metadata, read

__all__ = ["Metadata", "find_body", "read"]
