"""The command: `scrapeclean PAGE...` prints the articles of pages, and why the rest was left out."""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import NoReturn, TextIO

from scrapeclean import Article, clean
from scrapeclean.api import PageKind
from scrapeclean.errors import ScrapecleanError
from scrapeclean.learned import explain
from scrapeclean.rules.book import default_rules

_FAILED = 1
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What steers a terminal: everything but tabs and the ends of lines."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit code: 0 all pages cleaned, 1 a page could not be read, 2 wrong usage."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.rules:
        return _list_rules(sys.stdout)
    if options.why is not None:
        return _explain_line(options.why, sys.stdout)
    if not options.page:
        parser.error("name a page: a file, or - for standard input")
    failed, printed = False, 0
    for name in options.page:
        try:
            article = _read(name, options)
        except _UnreadableError as problem:
            print(f"scrapeclean: {problem}", file=sys.stderr)
            failed = True
            continue
        if printed and options.format != "json":
            print("\n" + "=" * 80 + "\n")
        shown = "\n".join(_shown(article, options.format, options.explain))
        print(harmless(shown) if sys.stdout.isatty() else shown)
        printed += 1
    return _FAILED if failed else 0


def harmless(text: str) -> str:
    """A text for a terminal: what would steer it (colours, cursor, title) is shown as an escape.

    >>> harmless("The end\\x1b[2J")
    'The end\\\\x1b[2J'
    """
    return _CONTROLS.sub(lambda sign: f"\\x{ord(sign[0]):02x}", text)


class _UnreadableError(Exception):
    """A page that cannot be read, said in one line."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scrapeclean", description="Print the article of a scraped page.")
    parser.add_argument("page", nargs="*", metavar="PAGE", help="a file with HTML or plain text; - for standard input")
    parser.add_argument("--format", choices=["text", "markdown", "html", "json"], default="text")
    parser.add_argument("--explain", action="store_true", help="show every removed span in its place, with the reason")
    parser.add_argument("--kind", choices=["auto", "html", "text"], default="auto", help="what the pages are")
    parser.add_argument("--favor", choices=["balanced", "precision", "recall"], default="balanced")
    parser.add_argument("--url", help="where the page came from")
    parser.add_argument("--encoding", help="the encoding that the server named")
    parser.add_argument("--rules", action="store_true", help="list the phrase rules and leave")
    parser.add_argument("--why", metavar="LINE", help="tell which rules speak of a line, and leave")
    parser.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    return parser


def _version() -> str:
    from scrapeclean import __version__

    return __version__


def _read(name: str, options: argparse.Namespace) -> Article:
    """The article of one page.

    Raises:
        _UnreadableError: there is no such file, or it holds no page.
    """
    raw = _bytes(name)
    if not raw.strip():
        raise _UnreadableError(f"{name}: the page is empty")
    kind: PageKind = options.kind
    try:
        article = clean(raw, kind=kind, favor=options.favor, url=options.url, encoding=options.encoding)
    except ScrapecleanError as problem:
        raise _UnreadableError(f"{name}: {problem}") from problem
    if (content := article.evidence.get("content")) is not None:
        raise _UnreadableError(f"{name}: this is {content.source}, not a page of HTML or text")
    return article


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    path = Path(name)
    try:
        return path.read_bytes()
    except IsADirectoryError:
        raise _UnreadableError(f"{name}: is a directory; name its files") from None
    except FileNotFoundError:
        raise _UnreadableError(f"{name}: no such file") from None
    except OSError as problem:
        raise _UnreadableError(f"{name}: {problem.strerror or problem}") from None


def _shown(article: Article, form: str, explain: bool) -> Iterator[str]:
    if form == "json":
        yield article.to_json()
    elif explain:
        yield from explained(article)
    elif form == "markdown":
        yield article.to_markdown()
    elif form == "html":
        yield article.to_html()
    else:
        yield from _plain(article)


def _plain(article: Article) -> Iterator[str]:
    """An article as a person reads it."""
    yield from _head(article)
    yield article.text or "(no body found)"
    for caption in article.captions:
        yield f"\n[caption] {caption.text}"
    for notice in article.notices:
        yield f"\n[{notice.kind}] {notice.text}"
    for other in article.related:
        yield "\n" + "-" * 40 + "\n"
        yield from _plain(other)


def _head(article: Article) -> Iterator[str]:
    if article.title:
        yield article.title
        yield "=" * min(80, len(article.title))
    when = article.published.isoformat() if article.published else article.published_text
    facts = [", ".join(article.authors), article.source or "", when or ""]
    if any(facts):
        yield " | ".join(fact for fact in facts if fact)
    yield ""


def explained(article: Article) -> Iterator[str]:
    """The whole page in order: what was kept, and what was removed with who removed it and why."""
    lines: list[tuple[int, str]] = []
    for part in article.walk():
        label = "" if part is article else f" ({part.title})"
        lines += [(block.start, "  " + (block.text or f"[{block.kind}] {block.address}")) for block in part.blocks]
        lines += [(block.start, f"  [caption{label}] {block.text}") for block in part.captions]
        lines += [(notice.start, f"  [notice: {notice.kind}{label}] {notice.text}") for notice in part.notices]
        lines += [(one.start, f"  [comment by {one.author or 'somebody'}] {one.text}") for one in part.comments]
        lines += [(gone.start, f"- {gone.text}\n^ {gone.filter}/{gone.rule}: {gone.reason}") for gone in part.removed]
    yield from _head(article)
    for _, line in sorted(lines, key=itemgetter(0)):
        yield line.replace("\n", "\n  ")


def _list_rules(out: TextIO) -> int:
    for name, kind, _, reason in default_rules().listing():
        print(f"{name:<36} {kind:<12} {reason}", file=out)
    return 0


def _explain_line(line: str, out: TextIO) -> int:
    """Tell which rules speak of a line, and what it reads like; exit code 1 where none does, as grep does."""
    told = default_rules().explain(line) + explain(line)
    none = ["no phrase rule speaks of this line; the learned scorer may still leave it out on a page"]
    print("\n".join(told or none), file=out)
    return 0 if told else 1


def run() -> NoReturn:
    """The entry point of the installed command."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may not know the letters of a page
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    run()
