"""Rights and provenance: notices and captions in a text, and what they say."""

from __future__ import annotations

from scrapeclean.rights.agencies import find_dateline
from scrapeclean.rights.captions import caption_class, credit_in, find_caption, find_credit
from scrapeclean.rights.licenses import license_name
from scrapeclean.rights.notices import KINDS, Found, find_notices, read_notice, read_notices

__all__ = [
    "KINDS", "Found", "caption_class", "credit_in", "find_caption", "find_credit", "find_dateline", "find_notices",
    "license_name", "read_notice", "read_notices",
]  # fmt: skip
