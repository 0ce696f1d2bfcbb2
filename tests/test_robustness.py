"""Bad pages are results: hostile pages of every kind, small stacks, threads, and no way out of the process."""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import scrapeclean
from scrapeclean import Article, Document, Limits, Verdict

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import hostile  # noqa: E402

SMALL = 300
"""Every kind is tried at this part of its full size."""
FAMILIES = sorted({name.rpartition(".")[0] or name for name in hostile.KINDS})
KNOWN_LOST = frozenset({"repeat.article-text", "text.copyright"})
"""Known failures, as docs/limits.md says: the article ten times over has no end that a reader could name either, and
hundreds of notices that look like one hard-wrapped paragraph outweigh the article above them."""
LARGE = (
    "adoption.ark", "adoption.b-i.first", "adoption.p-font.first", "bytes.all.html", "bytes.gb4.html", "bytes.meta-flood", "cards.text",
    "deep.font-attr.after", "deep.mixed.inside", "deep.long-classes", "deep.table-cell.inside", "deep.wide-boxes", "deep.pre-marks", "hard-wrapped",
    "habit.card", "habit.list-nested", "habit.mojibake-each", "habit.paywall", "huge.table-spans", "json.news-graph", "many.html-attr", "nested.table-text", "odd.mixed-text",
    "repeat.distinct", "table.rows", "text.cc", "text.origin", "ld.cycle", "ld.deep-50000", "ld.integer", "ld.scopes", "ld.wrong-types", "line.age.h2", "line.almost-date.lines", "line.same.html",
    "line.table.lines", "long.attributes", "long.body-class-distinct", "long.script-escaped", "many.classes", "many.img-src", "many.lt", "many.p",
    "meta.keywords-long", "one-line", "repeat.article", "run.by-and.text", "run.combining-mixed.html", "run.copyright.text", "run.minutes.html",
    "run.mojibake-twice.text", "run.pipe-table.text", "run.stops.text", "sections.comments", "state.next-deep", "stories.article", "table.square",
)  # fmt: skip


def as_bytes(made: str | bytes) -> bytes:
    return made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")


def check(article: Article) -> None:
    """What holds for the Article of any page whatever."""
    assert isinstance(article, Article)
    article.text.encode()
    assert 0.0 <= article.confidence <= 1.0
    assert article.title is None or len(article.title) < 10_000
    for author in article.authors:
        assert len(author) < 1_000


@pytest.mark.parametrize("family", FAMILIES)
def test_every_hostile_kind(family: str) -> None:
    lost = []
    for kind in hostile.KINDS.values():
        if (kind.name.rpartition(".")[0] or kind.name) == family:
            made = kind.make(max(1, kind.full // SMALL))
            article = scrapeclean.clean(made if len(kind.name) % 2 else as_bytes(made))
            check(article)
            if not kind.lost and kind.name not in KNOWN_LOST and not hostile.found(article.text):
                lost.append(kind.name)
    assert not lost


@pytest.mark.parametrize("name", LARGE)
def test_large_ones_in_bounded_time(name: str) -> None:
    kind = hostile.KINDS[name]
    raw = as_bytes(kind.make(max(1, kind.full // 4)))
    begin = time.process_time()
    article = scrapeclean.clean(raw)
    assert time.process_time() - begin < 15
    check(article)


@pytest.mark.parametrize("name", ["deep.div.inside", "many.p", "run.copyright.text", "line.by.html", "ld.cycle", "adoption.p-font.first", "cards.text"])
def test_eight_times_the_page_takes_at_most_some_eight_times_the_time(name: str) -> None:
    kind = hostile.KINDS[name]

    def seconds(n: int) -> float:
        raw, best = as_bytes(kind.make(n)), float("inf")
        for _ in range(2):
            begin = time.process_time()
            scrapeclean.clean(raw)
            best = min(best, time.process_time() - begin)
        return best

    small, large = kind.full // 40, kind.full // 5
    assert seconds(large) < 0.3 + 8 * 2.5 * seconds(small)


def test_the_article_comes_out_of_a_text_without_end() -> None:
    for name in ("text.origin", "text.caption", "line.sentence.lines"):
        kind = hostile.KINDS[name]
        assert hostile.found(scrapeclean.clean(kind.make(kind.full // 4)).text), name


def test_thousands_of_broken_paragraphs_are_mended_alike() -> None:
    article = scrapeclean.clean("".join(f"<p>Ã¼ber die BrÃ¼cke, number {i}, gingâ€™s</p>" for i in range(4_000)), pipeline=scrapeclean.Pipeline())
    assert article.text.count("über die Brücke") == 4_000
    assert "Ã" not in article.text


@pytest.mark.parametrize("name", ["file.rss", "file.rss-bare", "file.atom", "file.sitemap", "file.opml", "json.page"])
def test_feeds_and_data_are_named_and_markup_is_no_title(name: str) -> None:
    article = scrapeclean.clean(hostile.KINDS[name].make(20))
    assert article.evidence["content"].source in ("rss", "atom", "xml", "json")
    assert not article.title or article.title[0] not in "<{["


def test_a_page_that_begins_well_is_what_its_mark_says() -> None:
    raw = b"\xff\xfe" + (hostile.page() + "\ud800" * 9_000).encode("utf-16-le", "surrogatepass")
    article = scrapeclean.clean(raw)
    assert hostile.found(article.text)
    assert article.evidence["encoding"].others == (("undecodable", "9000"),)


# --- values ---------------------------------------------------------------------------------------------------------


def some_pages() -> Iterator[bytes]:
    for name in ("deep.div.inside", "cards.text", "sections.comments", "ld.wrong-types", "bytes.codec-koi8-r", "run.mojibake.html", "table.square", "stories.article"):
        kind = hostile.KINDS[name]
        yield as_bytes(kind.make(max(2, kind.full // 300)))


def test_threads_give_the_same_bytes() -> None:
    raws = list(some_pages()) * 8
    wanted = [scrapeclean.clean(raw).to_json() for raw in raws[: len(raws) // 8]] * 8
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(lambda raw: scrapeclean.clean(raw).to_json(), raws)) == wanted


def test_processes_give_the_same_bytes() -> None:
    raws = list(some_pages())
    wanted = [scrapeclean.clean(raw).to_json() for raw in raws]
    assert [result.to_json() for result in scrapeclean.clean_many(raws, workers=2) if isinstance(result, Article)] == wanted


def test_hash_seeds_give_the_same_bytes() -> None:
    script = (
        "import sys, hashlib; sys.path.insert(0, 'tests')\nimport scrapeclean, test_robustness\n"
        "print(hashlib.sha256(''.join(scrapeclean.clean(raw).to_json() for raw in test_robustness.some_pages()).encode()).hexdigest())"
    )
    got = {run(script, PYTHONHASHSEED=str(seed)) for seed in (0, 1, 77)}
    assert len(got) == 1


def test_articles_pickle() -> None:
    for raw in some_pages():
        article = scrapeclean.clean(raw)
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(article, protocol)) == article
    assert pickle.loads(pickle.dumps(scrapeclean.DEFAULT)).names == scrapeclean.DEFAULT.names


def test_limits_are_said() -> None:
    assert "limits" not in scrapeclean.clean(hostile.page()).evidence
    for limits, name in ((Limits(bytes=500), "bytes"), (Limits(blocks=3), "blocks"), (Limits(nesting=3), "nesting")):
        assert name in scrapeclean.clean(hostile.page("<div><div><div>"), limits=limits).evidence["limits"].source


def test_an_article_behind_more_scraps_than_there_are_places_comes_out() -> None:
    for raw in (hostile.page("<p>x</p>" * 30_000), "x\n\n" * 30_000 + hostile.TEXT_ARTICLE):
        article = scrapeclean.clean(raw)
        assert hostile.found(article.text)
        assert article.evidence["limits"].source.startswith("blocks")
        assert len(article.blocks) < 40


# --- what only a process of its own can show --------------------------------------------------------------------------


def run(script: str, **environment: str) -> str:
    """What a Python process with this script prints; it must end well."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "benchmarks"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env={**os.environ, "PYTHONPATH": path, **environment}, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, (done.returncode, done.stderr[-2000:])
    return done.stdout


@pytest.mark.parametrize("kilobytes", [64, 256])
def test_small_stacks(kilobytes: int) -> None:
    """Deep pages in threads whose stack is far smaller than a main thread's."""
    script = f"""
import threading, hostile, scrapeclean
threading.stack_size({max(kilobytes, 64)} * 1024)
names = [name for name in hostile.KINDS if name.startswith(("deep.", "ld.deep", "state.", "adoption."))]
wrong = []
def work():
    for name in names:
        kind = hostile.KINDS[name]
        try:
            scrapeclean.clean(kind.make(max(1, kind.full // 25)))
        except BaseException as error:
            wrong.append((name, error))
scrapeclean.clean(hostile.page())
thread = threading.Thread(target=work)
thread.start()
thread.join()
assert not wrong, wrong
print("done")
"""
    assert run(script) == "done\n"


def test_no_file_no_network_no_process() -> None:
    """The first pages may load what belongs to Python and the package: modules, rules, weights. Nothing else is ever opened,
    and after them nothing at all."""
    script = """
import os, sys, hostile, scrapeclean
own = tuple(os.path.realpath(path) + os.sep for path in (sys.prefix, sys.base_prefix, os.path.dirname(scrapeclean.__file__)))
harmless = ("object.__", "compile", "code.__new__", "import", "marshal.", "sys._getframe", "exec", "gc.", "builtins.id", "pickle.find_class")
bad, warm = [], False
def hook(event, arguments):
    if event.startswith(harmless):
        return
    if not warm and event in ("open", "os.listdir", "os.scandir") and os.path.realpath(str(arguments[0])).startswith(own):
        if event != "open" or arguments[1] in ("r", "rb", None):
            return
    bad.append((event, repr(arguments)[:200]))
def everything(raw, **options):
    article = scrapeclean.clean(raw, **options)
    article.to_json(), article.to_markdown(), article.to_html(), article.to_dict(), article.chunks()
nasty = '''<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><head><base href="http://evil.example/">
<link rel=stylesheet href="http://evil.example/a.css"><script src="http://evil.example/a.js"></script>
<meta http-equiv=refresh content="0;url=http://evil.example/"></head><body>&e;<img src="http://evil.example/a.png">
<iframe src="file:///etc/passwd"></iframe><object data="http://evil.example/"></object><svg><use href="http://evil.example/#x"/></svg></body></html>'''
pages = [(made, {}) for kind, n, made in hostile.pages(scale=0.001)]
pages += [(nasty, {"url": "http://evil.example/page"}), (nasty.encode("utf-16"), {"encoding": "utf-16", "url": "file:///etc/passwd"})]
pages += [(hostile.page().replace('lang="en"', f'lang="{x}"'), {}) for x in ("de", "fr", "ru", "ja", "ar", "xx", "../../etc/passwd")]
sys.addaudithook(hook)
for warm in (False, True):
    for raw, options in pages:
        everything(raw, **options)
print(bad[:5] or "done")
"""
    assert run(script) == "done\n"


def test_the_audit_hook_sees_what_it_must() -> None:
    script = """
import sys, socket
seen = []
sys.addaudithook(lambda event, arguments: seen.append(event))
open("/dev/null").close()
socket.socket().close()
print("open" in seen and "socket.__new__" in seen)
"""
    assert run(script) == "True\n"


def test_memory_stays_flat() -> None:
    script = """
import gc, hostile, scrapeclean
from pathlib import Path
def resident():
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
raws = [made for kind, n, made in hostile.pages(("deep.div", "cards", "ld.", "stories", "bytes.codec", "run.mojibake"), scale=0.002)]
for raw in raws * 2:
    scrapeclean.clean(raw)
before = resident()
for raw in raws * 6:
    scrapeclean.clean(raw)
print(resident() - before)
"""
    if not Path("/proc/self/statm").exists():
        pytest.skip("no /proc")
    assert int(run(script)) < 12_000_000


def test_a_page_leaves_nothing_to_the_garbage_collector() -> None:
    """Nothing of a page refers to itself in a circle, so that the page goes when it is done."""
    script = """
import gc, pathlib, scrapeclean
raws = [path.read_bytes() for path in pathlib.Path("tests/fixtures/pages").iterdir() if path.is_file()]
for raw in raws:
    scrapeclean.clean(raw)
gc.collect()
gc.disable()
for raw in raws:
    scrapeclean.clean(raw)
print(len(raws) > 5 and gc.collect())
"""
    assert run(script) == "0\n"


def test_the_garbage_collector_waits_for_a_page_and_goes_on() -> None:
    seen = []

    def on_inside(document: Document) -> Iterator[Verdict]:
        seen.append(gc.isenabled())
        if "inner" not in document.text:
            scrapeclean.clean("<p>The inner page.", pipeline=watched)
            seen.append(gc.isenabled())
        elif "fails" in document.text:
            raise ValueError("asked to")
        return iter(())

    watched = scrapeclean.Pipeline((on_inside,))
    watched.clean("<p>The page.")
    assert (seen, gc.isenabled()) == ([False, False, False], True)
    with pytest.raises(scrapeclean.FilterError):
        watched.clean("<p>The inner page fails.")
    assert gc.isenabled()
    gc.disable()
    try:
        watched.clean("<p>The page.")
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_threads_do_not_stop_the_garbage_collector_for_good() -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(scrapeclean.clean, list(some_pages()) * 4))
    assert gc.isenabled()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_process_that_begins_in_the_middle_of_a_page_collects_its_garbage() -> None:
    script = """
import os, threading, gc
from scrapeclean.collector import CollectorWaits
inside, done = threading.Event(), threading.Event()
def page():
    with CollectorWaits():
        inside.set()
        done.wait()
thread = threading.Thread(target=page)
thread.start()
inside.wait()
child = os.fork()
if not child:
    os._exit(0 if gc.isenabled() else 1)
done.set()
thread.join()
print(os.waitpid(child, 0)[1], gc.isenabled())
"""
    assert run(script) == "0 True\n"


def test_a_warm_up_in_a_thread_is_enough() -> None:
    """The first page of a process may be cleaned by many threads at once."""
    script = """
import hostile, scrapeclean
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(16) as pool:
    got = set(pool.map(lambda raw: scrapeclean.clean(raw).to_json(), [hostile.page()] * 48))
assert len(got) == 1
print("done")
"""
    assert run(script) == "done\n"


def test_sizes_of_input_kinds() -> None:
    for raw in (b"", "", b"\0", "\0", b"\xff\xfe", b"\xef\xbb\xbf", "<", "&", "<!--", bytearray(b"<p>x"), memoryview(b"<p>x")):
        odd: Any = raw
        check(scrapeclean.clean(odd))
