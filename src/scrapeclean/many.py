"""`clean_many`: a stream of pages in, their Articles out in the same order, in as many processes as asked for.

Each worker process has one page at a time, so that when one dies or overruns it is known over which page; it is
replaced and the stream goes on. No more than a few pages a worker are in memory, however long the stream is.
"""

from __future__ import annotations

import gc
import inspect
import multiprocessing
import pickle
import signal
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from multiprocessing import connection
from typing import TYPE_CHECKING, Any, Literal, get_args

from attrs import define, field, frozen

from scrapeclean.api import clean
from scrapeclean.errors import ArgumentError, PageError
from scrapeclean.model import Article

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

Page = bytes | str | tuple[bytes | str, Mapping[str, Any]]
Errors = Literal["raise", "record"]
_OPTIONS = frozenset(inspect.signature(clean).parameters) - {"raw"}
_AHEAD = 4
"""How many pages a worker may be taken in before the oldest is handed over."""


@frozen
class PageFailure:
    """A page that could not be cleaned, in the place where its Article would stand.

    `index` is its place in the stream, from 0; `error` says in words what happened. `kind` is "error" (an exception,
    mostly a FilterError), "timeout" or "crash" (the worker process died).
    """

    index: int
    url: str | None
    kind: Literal["error", "timeout", "crash"]
    error: str
    raw: bytes | str = field(repr=False)


def clean_many(
    pages: Iterable[Page], *, workers: int = 1, errors: Errors = "raise", timeout: float | None = None, **options: Any
) -> Iterator[Article | PageFailure]:
    """Clean a stream of pages.

    Args:
        pages: any iterable, also an endless one, of pages or of (page, options) with options for `clean` of that page
            alone, such as its url.
        workers: how many processes; 1 cleans in this one.
        errors: "raise" stops at the first page that fails; "record" puts a PageFailure in its place and goes on.
        timeout: seconds a page may take; one that overruns is stopped, which takes a process even with one worker.
        options: what `clean` takes, for all pages.

    Returns:
        Articles, in the order of the pages, as they are ready.

    Raises:
        ArgumentError: an argument is wrong, or a filter cannot be sent to another process. Said at once.
        FilterError: a filter failed on a page.
        PageError: a worker died over a page, or overran.

    Example:
        >>> rain = "<p>It rained in the valley all day.", {"url": "https://example.org/rain"}
        >>> pages = [rain, b"Plain text, and nothing else."]
        >>> for article in clean_many(pages, errors="record"):
        ...     print(type(article).__name__, len(article.blocks) + len(article.removed))
        Article 1
        Article 1
    """
    if errors not in get_args(Errors):
        raise ArgumentError(f"errors={errors!r}; choose from {', '.join(map(repr, get_args(Errors)))}")
    if not isinstance(workers, int) or workers < 1:
        raise ArgumentError(f"workers={workers!r}; a number of processes, 1 or more")
    if timeout is not None and not (isinstance(timeout, int | float) and timeout > 0):
        raise ArgumentError(f"timeout={timeout!r}; seconds a page may take, or None")
    if unknown := sorted(set(options) - _OPTIONS):
        raise ArgumentError(f"clean has no option {unknown[0]!r}; it has {', '.join(sorted(_OPTIONS))}")
    clean(b"", **options)  # an option that no page can be cleaned with is an error of the call, not of every page
    jobs = (_job(index, page) for index, page in enumerate(pages))
    if workers == 1 and timeout is None:
        return _handed(_here(jobs, options), errors)
    return _handed(_Crew(workers, timeout, _pickled(options)).stream(jobs), errors)


@frozen
class _Job:
    index: int
    raw: Any
    options: Mapping[str, Any]

    def failed(self, kind: Literal["error", "timeout", "crash"], error: BaseException) -> _Failed:
        text = str(error) if isinstance(error, PageError) else f"{type(error).__name__}: {error}"
        return _Failed(PageFailure(self.index, self.options.get("url"), kind, text, self.raw), error)

    @property
    def called(self) -> str:
        url = self.options.get("url")
        return f"page {self.index}" + (f" ({url})" if url else "")


@frozen
class _Failed:
    failure: PageFailure
    error: BaseException


def _job(index: int, page: Page) -> _Job:
    if isinstance(page, tuple) and len(page) == 2 and isinstance(page[1], Mapping):
        return _Job(index, page[0], page[1])
    return _Job(index, page, {})


def _handed(results: Iterator[Article | _Failed], errors: Errors) -> Iterator[Article | PageFailure]:
    for result in results:
        if not isinstance(result, _Failed):
            yield result
        elif errors == "record":
            yield result.failure
        else:
            raise result.error


def _cleaned(job: _Job, options: Mapping[str, Any]) -> Article | BaseException:
    try:
        if unknown := sorted(set(job.options) - _OPTIONS):
            raise ArgumentError(f"clean has no option {unknown[0]!r}; it has {', '.join(sorted(_OPTIONS))}")
        return clean(job.raw, **{**options, **job.options})
    except Exception as error:  # whatever it is, it goes into the stream: raised there, or recorded
        return error


def _here(jobs: Iterator[_Job], options: Mapping[str, Any]) -> Iterator[Article | _Failed]:
    for job in jobs:
        result = _cleaned(job, options)
        yield job.failed("error", result) if isinstance(result, BaseException) else result


def _pickled(options: Mapping[str, Any]) -> bytes:
    """The options as they go to the workers."""
    try:
        return pickle.dumps(dict(options))
    except Exception as error:
        for function in options.get("pipeline", ()):
            try:
                pickle.dumps(function)
            except Exception as reason:
                raise ArgumentError(
                    f"filter {getattr(function, '__qualname__', function)!r} cannot be sent to another process ({reason}): "  # noqa: E501
                    "write it with def at the top of a module, or use workers=1 without timeout"
                ) from error
        raise ArgumentError(f"the options cannot be sent to another process: {error}") from error


# --- the worker's side ----------------------------------------------------------------------------------------------


def _work(pipe: connection.Connection, pickled: bytes) -> None:
    """What a worker process does: clean what comes, until the other side goes away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the process that reads the results
    options = pickle.loads(pickled)
    parent = multiprocessing.parent_process()
    doors: list[Any] = [pipe] if parent is None else [pipe, parent.sentinel]
    with suppress(Exception):  # if it fails, the first page will say so
        clean("<p>What is loaded once is not on the first page's time.")
    gc.collect()
    gc.freeze()  # rules and weights stay as long as the process: no collection need look at them again
    pipe.send(None)
    while pipe in connection.wait(doors):
        try:
            job = pipe.recv()
        except EOFError:
            return
        pipe.send_bytes(_packed(_cleaned(job, options)))


def _packed(result: Article | BaseException) -> bytes:
    """A result as bytes; what does not survive that is told in words."""
    try:
        packed = pickle.dumps(result)
        if isinstance(result, BaseException):
            pickle.loads(packed)
        return packed
    except Exception as error:
        told = result if isinstance(result, BaseException) else error
        return pickle.dumps(PageError(f"{type(told).__name__}: {told}"))


# --- this side ------------------------------------------------------------------------------------------------------


@define
class _Worker:
    process: Any
    pipe: connection.Connection
    job: _Job | None = None
    deadline: float = float("inf")
    started: bool = False


class _Crew:
    """The worker processes, and what each of them has in hand."""

    def __init__(self, workers: int, timeout: float | None, pickled: bytes) -> None:
        self.size = workers
        self.timeout = timeout
        self.pickled = pickled
        self.context: BaseContext = multiprocessing.get_context()
        self.workers: list[_Worker] = []
        self.done: dict[int, Article | _Failed] = {}

    def stream(self, jobs: Iterator[_Job]) -> Iterator[Article | _Failed]:
        """Results in the order of the jobs."""
        taken = handed = 0
        trouble: Exception | None = None
        more = True
        try:
            while True:
                while more and taken - handed < self.size * _AHEAD and (worker := self.idle()) is not None:
                    try:
                        job = next(jobs)
                    except StopIteration:
                        more = False
                    except Exception as error:  # the caller's iterable failed: first what was there before
                        more, trouble = False, error
                    else:
                        taken += 1
                        self.give(worker, job)
                if handed in self.done:
                    handed += 1
                    yield self.done.pop(handed - 1)
                elif handed == taken and not more:
                    break
                else:
                    self.collect()
            if trouble is not None:
                raise trouble
        finally:
            for worker in self.workers:
                self.stop(worker)

    def idle(self) -> _Worker | None:
        """A worker with nothing to do; a new one where there may be one more."""
        for worker in self.workers:
            if worker.job is None:
                return worker
        if len(self.workers) >= self.size:
            return None
        mine, theirs = self.context.Pipe()
        process = self.context.Process(target=_work, args=(theirs, self.pickled), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        self.workers.append(_Worker(process, mine))
        return self.workers[-1]

    def give(self, worker: _Worker, job: _Job) -> None:
        """Hand a page to an idle worker."""
        if not worker.started:
            try:
                worker.pipe.recv()
            except EOFError:
                raise PageError(
                    "worker processes cannot start; a script that uses workers needs `if __name__ == '__main__':`"
                ) from None
            worker.started = True
        worker.job = job
        worker.deadline = time.monotonic() + (self.timeout or float("inf"))
        try:
            worker.pipe.send(job)
        except OSError:
            self.lose(worker)
        except Exception as error:  # a page that cannot be sent: nothing has been written yet
            worker.job = None
            self.done[job.index] = job.failed(
                "error", ArgumentError(f"{job.called} cannot be sent to a worker: {error}")
            )

    def collect(self) -> None:
        """Wait until a worker has finished, died or overrun."""
        busy = [worker for worker in self.workers if worker.job is not None]
        first = min(worker.deadline for worker in busy)
        wait = None if first == float("inf") else max(0.0, first - time.monotonic())
        ready = connection.wait([worker.pipe for worker in busy], wait)
        now = time.monotonic()
        for worker in busy:
            if worker.pipe in ready:
                self.receive(worker)
            elif now >= worker.deadline:
                self.lose(worker, overran=True)

    def receive(self, worker: _Worker) -> None:
        """Take what a worker has sent, if it lived to send it."""
        try:
            result = pickle.loads(worker.pipe.recv_bytes())
        except (EOFError, OSError):
            self.lose(worker)
            return
        job, worker.job = worker.job, None
        assert job is not None
        self.done[job.index] = job.failed("error", result) if isinstance(result, BaseException) else result

    def lose(self, worker: _Worker, *, overran: bool = False) -> None:
        """Give up a worker, and say of its page what happened."""
        job = worker.job
        assert job is not None
        self.workers.remove(worker)
        self.stop(worker, dying=not overran)
        if overran:
            self.done[job.index] = job.failed(
                "timeout", PageError(f"{job.called} took more than {self.timeout:g} s and was stopped")
            )
        else:
            self.done[job.index] = job.failed(
                "crash", PageError(f"the worker died over {job.called}: {_ending(worker.process.exitcode)}")
            )

    def stop(self, worker: _Worker, *, dying: bool = False) -> None:
        """End a worker process. One that is dying is given a moment, so that its own exit code is seen."""
        worker.pipe.close()
        if dying:
            worker.process.join(1)
        worker.process.kill()
        worker.process.join()


def _ending(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
