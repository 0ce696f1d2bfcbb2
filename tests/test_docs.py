"""The documentation: every snippet runs, every link leads somewhere, every list is that of the code."""

from __future__ import annotations

import doctest
import re
import shutil
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

import scrapeclean

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXTS = (*PAGES, ROOT / "CHANGELOG.md", *ROOT.glob("SECURITY.md"))
FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
CHECKOUT = (".venv", "build", "dist", "node_modules")


def fences(page: Path, language: str) -> Iterator[tuple[int, str]]:
    """The fenced blocks of a language, each with the line on which it begins."""
    text = page.read_text(encoding="utf-8")
    for block in FENCE.finditer(text):
        if block[2] == language:
            yield text.count("\n", 0, block.start(3)), textwrap.dedent(block[3])


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_snippets_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a folder with the fixtures, and with each block of TOML that begins with `# NAME.toml` as a file."""
    shutil.copytree(ROOT / "tests" / "fixtures" / "pages", tmp_path / "tests" / "fixtures" / "pages")
    for _, block in fences(page, "toml"):
        if name := re.match(r"# ([\w-]+\.toml)\n", block):
            (tmp_path / name[1]).write_text(block, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    names: dict[str, object] = {"__name__": "__main__"}
    for line, block in fences(page, "python"):
        assert ">>> " in block, f"{named(page)}, line {line}: a snippet that does not run"
        test = doctest.DocTestParser().get_doctest(block, names, named(page), named(page), line)
        runner.run(test, clear_globs=False)
        names = test.globs
    assert runner.summarize(verbose=False).failed == 0


@pytest.mark.parametrize("page", TEXTS, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{named(page)} links to {target}"
        if anchor:
            assert anchor in anchors(file), f"{named(page)} links to {target}"


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#{1,6} (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_of_the_documentation_is_linked_from_the_readme() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES[2:] if f"(docs/{page.name})" not in text] == []


def test_ci_runs_the_commands_of_the_readme() -> None:
    lines = (ROOT / ".ci" / "run").read_text().splitlines()
    commands = [line for _, block in fences(ROOT / "README.md", "sh") for line in block.splitlines() if line]
    assert len(commands) == 2
    for command in commands:
        assert command in lines


def test_no_path_of_one_machine_stands_in_the_repository() -> None:
    machine = re.compile(r"(?<![\w.>/-])/(?:" + "|".join(("tm" + "p", "wor" + "k", "hom" + "e", "roo" + "t", "Users")) + r")/\w")
    found = []
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        hidden = any((part.startswith(".") and part != ".ci") or part in CHECKOUT for part in parts)
        if hidden or "fixtures" in parts or "fuzz" in parts or not path.is_file() or path.suffix in (".npz", ".pyc"):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if machine.search(line):
                found.append(f"{named(path)}, line {number}: {line.strip()[:80]}")
    assert not found


def test_the_list_of_filters_is_that_of_the_default_pipeline(request: pytest.FixtureRequest) -> None:
    page = ROOT / "docs" / "filters.md"
    text = page.read_text(encoding="utf-8")
    listed = f"```text\n{scrapeclean.DEFAULT}\n```"
    if {"filters", "all"} & set(request.config.getoption("--regen")):
        page.write_text(re.sub(r"```text\n1\. .*?```", lambda _: listed, text, flags=re.DOTALL), encoding="utf-8")
        pytest.skip("the list of filters is written anew: read its diff")
    assert listed in text, "pytest tests/test_docs.py --regen filters writes the list anew"


def test_the_list_of_public_names_is_that_of_the_package() -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)`? *\|", text.split("## Names")[1].split("\n## ")[0], re.MULTILINE)
    assert sorted(listed) == sorted(scrapeclean.__all__)


def test_the_arguments_of_clean_are_all_described() -> None:
    import inspect

    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8").split("## Arguments")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == list(inspect.signature(scrapeclean.clean).parameters)


def test_the_fields_of_an_article_are_all_described() -> None:
    from attrs import fields

    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8").split("## Article")[1].split("\n## ")[0]
    listed = {name for row in re.findall(r"^\| (`.+?) \|", text, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert listed == {one.name for one in fields(scrapeclean.Article)}


def test_kinds_and_scopes_of_rules_are_all_described() -> None:
    from scrapeclean.rules.book import KINDS, SCOPES

    text = (ROOT / "docs" / "filters.md").read_text(encoding="utf-8")
    assert all(f"`{word}`" in text for word in (*KINDS, *SCOPES))


def test_the_roles_of_verdicts_are_all_described() -> None:
    from typing import get_args

    from scrapeclean.model import Role

    text = (ROOT / "docs" / "pipeline.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", text.split("## Roles")[1].split("\n## ")[0], re.MULTILINE) == list(get_args(Role))
