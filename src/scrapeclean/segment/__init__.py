"""Pages to blocks: HTML, plain text, and what the head of a page says."""
