"""The command, as a shell sees it: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scrapeclean import Article, __version__, cli

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "tests" / "fixtures" / "pages" / "aggregator.txt"
TITLE = "Harbour towns agree to share the cost of a new lifeboat"
RAIN = "<h1>Rain</h1><p>It rained all day in the valley, and the river rose by two metres in the night.</p>"


def run(*arguments: str | Path, given: bytes = b"", **environment: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of the command."""
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", "scrapeclean", *map(str, arguments)], input=given, capture_output=True, timeout=300,
        env={**os.environ, "PYTHONPATH": path, **environment}, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_file() -> None:
    code, out, err = run(PAGE)
    assert (code, err) == (0, "")
    assert out.startswith(TITLE + "\n" + "=" * len(TITLE))
    assert "Four towns on the northern coast" in out
    assert "[copyright] Copyright (C) 2026, Northshore News Syndicate, LLC." in out
    assert "Old lighthouse to become a school for cooks" in out
    assert "Meet Our AI Tools" not in out


def test_explain_shows_what_was_removed_where_it_stood() -> None:
    code, out, _ = run("--explain", PAGE)
    assert code == 0
    lines = out.splitlines()
    at = lines.index("- Meet Our AI Tools")
    assert lines[at + 1].startswith("  ^ assistant/")
    assert lines[at - 1].startswith("  [notice: copyright]")
    assert any(line.startswith("  [caption") and "Ines Fjeld" in line for line in lines)


def test_standard_input() -> None:
    code, out, err = run("-", given=RAIN.encode())
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "Rain"


def test_formats() -> None:
    given = RAIN.encode()
    assert "It rained all day" in run("-", "--format", "markdown", given=given)[1]
    assert "<p>It rained all day" in run("-", "--format", "html", given=given)[1]
    code, out, _ = run("--format", "json", PAGE, PAGE)
    assert code == 0
    first, second = (Article.from_dict(json.loads(line)) for line in out.splitlines())
    assert first == second
    assert first.title == TITLE


def test_pages_that_are_none_get_one_line_each_and_the_others_are_printed(tmp_path: Path) -> None:
    empty, blank, pdf = (tmp_path / name for name in ("empty.html", "blank.html", "report.pdf"))
    empty.write_bytes(b"")
    blank.write_bytes(b" \n\t\n")
    pdf.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< >>\nendobj\n")
    missing = tmp_path / "missing.html"
    code, out, err = run(missing, tmp_path, empty, blank, pdf, PAGE)
    assert code == 1
    assert err.splitlines() == [
        f"scrapeclean: {missing}: no such file",
        f"scrapeclean: {tmp_path}: is a directory; name its files",
        f"scrapeclean: {empty}: the page is empty",
        f"scrapeclean: {blank}: the page is empty",
        f"scrapeclean: {pdf}: this is pdf, not a page of HTML or text",
    ]
    assert out.startswith(TITLE)


def test_a_page_without_a_body_says_so() -> None:
    code, out, _ = run("-", given=b"<nav><a href='/a'>Home</a></nav><p hidden>x</p>")
    assert code == 0
    assert "(no body found)" in out


@pytest.mark.parametrize("arguments", [(), ("--format", "pdf", "-"), ("--favor", "speed", "-"), ("--nonsense",)])
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("usage: scrapeclean")


def test_rules_are_listed() -> None:
    code, out, _ = run("--rules")
    assert code == 0
    assert any(line.split()[:2] == ["en/newsletter.sign-up", "newsletter"] for line in out.splitlines())


def test_why() -> None:
    code, out, _ = run("--why", "Sign up for our free newsletter.")
    assert code == 0
    assert "en/newsletter.sign-up (newsletter, sentence)" in out
    code, out, _ = run("--why", "The boat will be built in a yard at Skelby.")
    assert code == 1
    assert out.startswith("no phrase rule speaks of this line")


def test_version_and_help() -> None:
    assert run("--version") == (0, f"scrapeclean {__version__}\n", "")
    code, out, _ = run("--help")
    assert code == 0
    assert "--explain" in out


def test_the_options_of_clean_are_passed_on() -> None:
    code, out, _ = run("-", "--kind", "text", given=RAIN.encode())
    assert code == 0
    assert "<h1>Rain</h1>" in out
    given = RAIN.encode() + "<p>Die Brücke blieb gesperrt, wie der Bürgermeister am Abend mitteilte.".encode("cp1252")
    assert "Bürgermeister" in run("-", "--encoding", "windows-1252", given=given)[1]
    link = RAIN.replace("the valley", "<a href='/v'>the valley</a>").encode()
    assert "(https://example.org/v)" in run("-", "--url", "https://example.org/a", "--format", "markdown", given=link)[1]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes")
def test_a_reader_that_leaves_early_is_no_failure(tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("\n\n".join(f"It rained on day {n}, and the river rose by two metres in the night." for n in range(9000)))
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "scrapeclean", "--explain", str(long)], stdout=writer, stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path}, timeout=300, check=False,
        )  # fmt: skip
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_terminal_that_knows_few_letters() -> None:
    given = "<p>Der Bürgermeister sagte, die Brücke über die Ałd bleibe bis zum Frühjahr geschlossen.</p>".encode()
    code, out, err = run("-", given=given, PYTHONIOENCODING="ascii")
    assert (code, err) == (0, "")
    assert "B\\xfcrgermeister" in out


def test_a_page_cannot_steer_the_terminal() -> None:
    assert cli.harmless("a\x1b[2Jb\x07\x9bc\td\n") == "a\\x1b[2Jb\\x07\\x9bc\td\n"
