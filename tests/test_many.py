"""Many pages: order, failures, time-outs, dead workers, endless streams."""

from __future__ import annotations

import itertools
import os
import pickle
import signal
import time
from collections.abc import Iterator
from typing import Any

import pytest

import scrapeclean
from scrapeclean import ArgumentError, Article, Document, FilterError, Pipeline
from scrapeclean.errors import PageError
from scrapeclean.many import PageFailure, clean_many

PAGES = [f"<h1>Story {n}</h1><p>It rained for {n} days in the valley, and the river rose by two metres.</p>" for n in range(12)]


def mischief(document: Document) -> Iterator[Any]:
    """Does to this process what the page asks for."""
    if "raise" in document.text:
        raise ValueError("asked to")
    if "die" in document.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "leave" in document.text:
        os._exit(7)
    if "hang" in document.text:
        time.sleep(60)
    return iter(())


def unpicklable_value(document: Document) -> Iterator[Any]:
    for block in document.blocks:
        yield block.verdict("byline", "test", value=[lambda: 0])


NAUGHTY = scrapeclean.DEFAULT.add(mischief)


@pytest.mark.parametrize("workers", [1, 3])
def test_results_are_those_of_clean_in_order(workers: int) -> None:
    assert list(clean_many(PAGES, workers=workers)) == [scrapeclean.clean(page) for page in PAGES]


@pytest.mark.parametrize("workers", [1, 2])
def test_options_of_all_pages_and_of_one(workers: int) -> None:
    pages = [(PAGES[0], {"url": "https://example.org/a"}), (PAGES[1], {"kind": "text"}), PAGES[2]]
    results = list(clean_many(pages, workers=workers, url="https://example.org/b"))
    wanted = [
        scrapeclean.clean(PAGES[0], url="https://example.org/a"),
        scrapeclean.clean(PAGES[1], url="https://example.org/b", kind="text"),
        scrapeclean.clean(PAGES[2], url="https://example.org/b"),
    ]
    assert results == wanted


@pytest.mark.parametrize("workers", [1, 2])
def test_an_endless_stream_is_taken_in_only_as_it_is_used(workers: int) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        for n in itertools.count():
            taken = n + 1
            yield PAGES[n % len(PAGES)]

    stream = clean_many(endless(), workers=workers)
    assert len(list(itertools.islice(stream, 20))) == 20
    assert taken <= 20 + 4 * workers
    stream.close()  # type: ignore[attr-defined]


def test_no_process_is_left_behind() -> None:
    import multiprocessing

    stream = clean_many(itertools.repeat(PAGES[0]), workers=2)
    next(stream)
    assert multiprocessing.active_children()
    stream.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failing_filter_is_recorded_with_its_page(workers: int) -> None:
    pages = [PAGES[0], (b"<p>raise</p>", {"url": "https://example.org/x"}), PAGES[2]]
    first, failure, last = clean_many(pages, workers=workers, errors="record", pipeline=NAUGHTY)
    assert isinstance(first, Article) and isinstance(last, Article)
    assert isinstance(failure, PageFailure)
    assert (failure.index, failure.url, failure.kind) == (1, "https://example.org/x", "error")
    assert failure.raw == b"<p>raise</p>"
    assert "mischief" in failure.error and "asked to" in failure.error
    assert pickle.loads(pickle.dumps(failure)) == failure


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failing_filter_is_raised_in_its_turn(workers: int) -> None:
    stream = clean_many([PAGES[0], "<p>raise</p>", PAGES[2]], workers=workers, pipeline=NAUGHTY)
    assert isinstance(next(stream), Article)
    with pytest.raises(FilterError, match="mischief"):
        next(stream)


@pytest.mark.parametrize(("word", "ending"), [("die", "SIGKILL"), ("leave", "exit code 7")])
def test_a_dead_worker_is_recorded_and_replaced(word: str, ending: str) -> None:
    pages = [*PAGES[:3], f"<p>{word}</p>", f"<p>{word}</p>", *PAGES[3:6]]
    results = list(clean_many(pages, workers=2, errors="record", pipeline=NAUGHTY))
    failures = [result for result in results if isinstance(result, PageFailure)]
    assert [failure.index for failure in failures] == [3, 4]
    assert all(failure.kind == "crash" and ending in failure.error for failure in failures)
    assert [r for r in results if isinstance(r, Article)] == [scrapeclean.clean(page, pipeline=NAUGHTY) for page in PAGES[:6]]


def test_a_dead_worker_raises_by_default() -> None:
    with pytest.raises(PageError, match=r"page 1.*SIGKILL"):
        list(clean_many([PAGES[0], "<p>die</p>"], workers=2, pipeline=NAUGHTY))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_page_that_overruns_is_stopped_and_the_rest_goes_on(workers: int) -> None:
    pages = [PAGES[0], ("<p>hang</p>", {"url": "u"}), *PAGES[2:5]]
    begin = time.monotonic()
    results = list(clean_many(pages, workers=workers, timeout=1.5, errors="record", pipeline=NAUGHTY))
    assert time.monotonic() - begin < 30
    assert [type(result) for result in results] == [Article, PageFailure, Article, Article, Article]
    failure = results[1]
    assert isinstance(failure, PageFailure) and failure.kind == "timeout" and "1.5 s" in failure.error


def test_a_slow_reader_does_not_make_pages_overrun() -> None:
    results = []
    for result in clean_many(PAGES[:6], workers=2, timeout=1.0, errors="record"):
        results.append(type(result))
        time.sleep(0.6)
    assert results == [Article] * 6


def test_a_broken_stream_gives_what_came_before() -> None:
    def breaking() -> Iterator[str]:
        yield from PAGES[:3]
        raise OSError("the disk is gone")

    for workers in (1, 2):
        got = []
        with pytest.raises(OSError, match="disk"):
            for article in clean_many(breaking(), workers=workers):
                got.append(article)
        assert got == [scrapeclean.clean(page) for page in PAGES[:3]]


def test_what_is_no_page_is_recorded() -> None:
    for workers in (1, 2):
        results = list(clean_many([PAGES[0], 17, (PAGES[1], {"colour": 1})], workers=workers, errors="record"))  # type: ignore[list-item]
        assert [type(result) for result in results] == [Article, PageFailure, PageFailure]
        assert "int" in results[1].error and "colour" in results[2].error  # type: ignore[union-attr]


def test_a_page_that_cannot_be_sent_is_recorded() -> None:
    pages = [PAGES[0], (PAGES[1], {"url": (n for n in ())}), PAGES[2]]
    results = list(clean_many(pages, workers=2, errors="record"))
    assert [type(result) for result in results] == [Article, PageFailure, Article]


def test_a_result_that_cannot_be_sent_back_is_recorded() -> None:
    pipeline = Pipeline((unpicklable_value,))
    results = list(clean_many(["A line of text that is long enough."], workers=2, errors="record", pipeline=pipeline))
    assert len(results) == 1


def test_wrong_arguments_are_errors_at_once() -> None:
    for options in ({"errors": "ignore"}, {"workers": 0}, {"timeout": -1}, {"kind": "pdf"}, {"colour": 1}, {"timeout": "x"}):
        with pytest.raises(ArgumentError, match=next(iter(options))):
            clean_many([], **options)  # type: ignore[arg-type]


def test_a_lambda_as_a_filter_works_here_and_is_refused_for_other_processes() -> None:
    pipeline = Pipeline((lambda document: (),))
    assert len(list(clean_many(PAGES[:2], pipeline=pipeline))) == 2
    with pytest.raises(ArgumentError, match=r"lambda.*cannot be sent"):
        clean_many(PAGES, pipeline=pipeline, workers=2)
    with pytest.raises(ArgumentError, match=r"lambda.*cannot be sent"):
        clean_many(PAGES, pipeline=pipeline, timeout=1)


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_other_ways_to_start_processes(method: str, tmp_path: Any) -> None:
    import subprocess
    import sys

    script = tmp_path / "script.py"
    script.write_text(
        "import multiprocessing, scrapeclean\nfrom scrapeclean.many import clean_many\n"
        "def mine(document):\n    return [b.drop('mine') for b in document.blocks]\n"
        "if __name__ == '__main__':\n"
        f"    multiprocessing.set_start_method({method!r})\n"
        "    pages = ['<p>It rained all day in the valley.</p>'] * 5\n"
        "    for article in clean_many(pages, workers=2, pipeline=scrapeclean.Pipeline((mine,))):\n"
        "        print(len(article.removed), article.removed[0].filter)\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.splitlines() == ["1 mine"] * 5, done.stderr


def test_a_script_without_its_guard_is_told_so(tmp_path: Any) -> None:
    import subprocess
    import sys

    script = tmp_path / "script.py"
    script.write_text(
        "import multiprocessing\nfrom scrapeclean.many import clean_many\n"
        "multiprocessing.set_start_method('spawn', force=True)\nprint(list(clean_many(['<p>x</p>'], workers=2)))\n"
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert "__name__ == '__main__'" in done.stderr
