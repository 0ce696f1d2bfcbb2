"""How the package is built: who may import whom, how large a room may grow, what is documented and shipped."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest

import scrapeclean

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "scrapeclean"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 350
"""Lines of one module, blank ones not counted."""

ROOMS = (
    "__main__", "cli", "__init__", "many", "api", "filters", "cards", "pipeline", "assemble", "embedded", "document", "metadata",
    "rights", "ages", "score", "network", "features", "shape", "segment", "export", "chunks", "learned", "sentence_kinds", "rules",
    "sentences", "lines", "decode", "addresses", "collector", "arrays", "model", "errors",
)  # fmt: skip
"""The rooms from top to bottom. A module imports only from rooms below its own."""

UPWARD = {
    ("model", "export"), ("model", "chunks"),  # methods of Article
    ("pipeline", "api"),  # Pipeline.clean
    ("filters", "api"),  # SiteTemplate.learn
}  # fmt: skip
"""What is imported upward, inside of a function, when it is called."""


class Import(NamedTuple):
    module: str
    name: str
    inside: bool
    """Whether it stands in a function."""


def room(module: str) -> str:
    """`scrapeclean.filters.share` stands in the room `filters`, `scrapeclean` itself in `__init__`."""
    return [*module.split("."), "__init__"][1]


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[Import]:
    """What a module imports from the package, but for type checking."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        inner for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }  # fmt: skip
    outside = {inner for node in tree.body if not isinstance(node, ast.FunctionDef | ast.ClassDef) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "scrapeclean":
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                deeper = (PACKAGE.parent / Path(*whole.split("."))).with_suffix(".py").exists()
                yield Import(module_name(path), whole if deeper else node.module or "", node not in outside)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "scrapeclean":
                    yield Import(module_name(path), alias.name, node not in outside)


def test_every_room_has_its_place() -> None:
    here = {room(module_name(path)) for path in MODULES}
    assert here == set(ROOMS)


def test_imports_go_downward() -> None:
    place = {name: n for n, name in enumerate(ROOMS)}
    upward, used = [], set()
    for path in MODULES:
        for module, name, inside in imports(path):
            above, below = room(module), room(name)
            if above == below or place[above] < place[below]:
                continue
            if inside and (above, below) in UPWARD:
                used.add((above, below))
            else:
                upward.append(f"{module} imports {name}")
    assert not upward
    assert used == UPWARD


def test_nothing_outside_the_package_is_imported_by_it() -> None:
    """Only the base dependencies and the standard library; numpy only where numbers are made and read."""
    found: dict[str, set[str]] = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            for name in names:
                found.setdefault(name.split(".")[0], set()).add(room(module_name(path)))
    import sys

    others = found.keys() - sys.stdlib_module_names - {"scrapeclean"}
    assert others == base_dependencies()
    assert found["numpy"] <= {"arrays", "features", "score", "network", "sentence_kinds"}


def base_dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {re.split(r"[<>=!~ ]", one, maxsplit=1)[0] for one in project["dependencies"]}


def test_the_readme_names_the_base_dependencies() -> None:
    table = (ROOT / "README.md").read_text().split("## What it brings along")[1].split("\n\n## ")[0]
    assert set(re.findall(r"^\| ([a-z]+) \|", table, re.MULTILINE)) - {"package"} == base_dependencies()


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_no_module_grows_too_long(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert sum(1 for line in text.splitlines() if line.strip()) <= LONGEST
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "a module says what it is for"
    assert len(tree.body) == 1 or "from __future__ import annotations" in text


def test_public_names_are_documented() -> None:
    for name in scrapeclean.__all__:
        value = getattr(scrapeclean, name)
        if name not in ("DEFAULT", "Filter"):
            assert (value.__doc__ or "").strip(), name
        if isinstance(value, type) and value.__module__.startswith("scrapeclean"):
            for method, function in vars(value).items():
                if not method.startswith("_") and callable(function):
                    assert (function.__doc__ or "").strip(), f"{name}.{method}"
    assert list(scrapeclean.__all__) == sorted(scrapeclean.__all__, key=lambda name: (not name.isupper(), name[0].islower(), name))


def test_the_package_is_typed_and_brings_its_data() -> None:
    package = files("scrapeclean")
    assert package.joinpath("py.typed").is_file()
    assert package.joinpath("data", "rules", "en.toml").is_file()
    assert package.joinpath("data", "score-html.npz").is_file()
    weights = [one for one in (PACKAGE / "data").iterdir() if one.suffix == ".npz"]
    assert sum(one.stat().st_size for one in weights) <= 1_048_576


def test_one_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+(?:[a-z]+\d+)?", scrapeclean.__version__)
    assert f"## {scrapeclean.__version__}" in (ROOT / "CHANGELOG.md").read_text()
