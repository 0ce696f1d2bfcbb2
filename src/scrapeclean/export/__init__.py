"""Articles rendered: Markdown, HTML, dict and JSON. The text is `article.text`."""
