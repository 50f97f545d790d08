"""A pass of the watch: every feed and folder that is due, every page that waits, then the alerts.

Hosts take turns: while one is left alone for its delay, others are asked. Reports are read one by one, each kept before
the next, so a pass can end between any two of them.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from dateline.export.words import counted
from dateline.ledger import Ledger
from dateline.model import Hints, Issue
from dateline.pipeline import Reading, ingest_documents
from dateline.results import Summary
from dateline.watch import feeds, folders
from dateline.watch.alerts import Alerts
from dateline.watch.fetching import Answer, FetchError, Web, refusal
from dateline.watch.hosts import Hosts
from dateline.watch.pages import carried, is_carrier, readings
from dateline.watch.robots import Robots
from dateline.watch.sending import Sender
from dateline.watch.settings import Feed, Folder, Settings, Take
from dateline.watch.state import Source, State, Status, Waiting
from dateline.watch.timing import moment, pause
from dateline.watch.urls import Url, UrlError, checked_url

REVISIONS: Final = 3
"""Times that an entry is read again because the feed shows it changed."""
LONGEST_PAUSE: Final = 86400.0
_RETRY: Final = 300.0
_FEED: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)
_PAGE: Final = "text/html, application/xhtml+xml, */*;q=0.5"


class _StoppedError(Exception):
    """Somebody wants the watch to end while a host is waited for."""


@dataclass(slots=True)
class Pass:
    """What a pass did: feeds and folders polled, reports by outcome, errors of the web, alerts kept for later.

    `waiting` are pages that are still to be fetched, `known` counts entries, files and reports seen before. `at` and
    `next_at` are seconds since 1970, `next_at` None where nothing is due any more. `interrupted`: it ended before it
    was through.
    """

    at: float
    feeds: int = 0
    folders: int = 0
    new: int = 0
    known: int = 0
    refused: int = 0
    errors: int = 0
    waiting: int = 0
    sent: int = 0
    unsent: int = 0
    next_at: float | None = None
    interrupted: bool = False

    def line(self) -> str:
        """The pass in one line."""
        then = "" if self.next_at is None else f", next {moment(self.next_at)}"
        polled = f"{counted(self.feeds, 'feed')}, {counted(self.folders, 'folder')}"
        reports = f"{self.new} new, {self.known} known, {self.refused} refused, {counted(self.errors, 'error')}"
        alerts = f"alerts: {self.sent} sent, {self.unsent} waiting"
        return f"{moment(self.at)} {polled}: {reports}, {counted(self.waiting, 'page')} waiting; {alerts}{then}"


@dataclass(slots=True)
class Watch:
    """A ledger with the state of its watch, and how to reach the web.

    `tell` hears of everything that could not be read or asked; `stopped` says whether somebody wants the watch to end.
    """

    settings: Settings
    ledger: Ledger
    state: State
    web: Web
    alerts: Alerts
    sender: Sender
    tell: Callable[[Issue], None]
    stopped: Callable[[], bool]
    _hosts: Hosts = field(init=False)
    _robots: Robots = field(init=False)

    def __post_init__(self) -> None:
        self._hosts = Hosts(self.state, self.web.clock, self.web.limits.delay)
        self._robots = Robots(self.web, self.state, self._hosts)

    def once(self) -> Pass:
        """One pass over all that is due."""
        done = Pass(self.web.clock.now())
        self.alerts.begin()
        for folder in self.settings.folders:
            if not self.stopped() and self._due(_name(folder), done):
                self._look_through(folder, done)
        self._work(done)
        self.alerts.find()
        done.sent, done.unsent = self.sender.send(self.stopped)
        done.interrupted = self.stopped()
        waiting = self._waiting()
        done.waiting = len(waiting)
        done.next_at = self._next(waiting)
        return done

    def _due(self, name: str, done: Pass) -> bool:
        """Whether a feed or folder is to be looked at; a clock that was set back delays nothing for long."""
        source = self.state.source(name)
        return source.held is not None or source.next_at == 0 or not _is_ahead(source.next_at, done)

    def _next(self, waiting: Iterable[Waiting]) -> float | None:
        """When something is due again: a feed, a folder, a page or an alert that was not sent."""
        due = [self.state.source(_name(feed)).next_at for feed in self.settings.feeds]
        due += [self.state.source(_name(folder)).next_at for folder in self.settings.folders]
        due += [page.due_at for page in waiting]
        unsent = self.sender.next_at()
        return min([*due, *([] if unsent is None else [unsent])], default=None)

    def _waiting(self) -> list[Waiting]:
        return self.state.waiting(_name(feed) for feed in self.settings.feeds)

    def _work(self, done: Pass) -> None:
        """Feeds and pages in turns, always one whose host is ready before one that is to be waited for."""
        by_name = {_name(feed): feed for feed in self.settings.feeds}
        tasks: dict[str, deque[Feed | Waiting]] = defaultdict(deque)
        for feed in self.settings.feeds:
            if self._due(_name(feed), done):
                tasks[_host(feed.url)].append(feed)
        for page in self._waiting():
            if not _is_ahead(page.due_at, done):
                tasks[_where(page)].append(page)
        while tasks and not self.stopped():
            host = min(tasks, key=self._hosts.ready_in)
            task = tasks[host].popleft()
            if not tasks[host]:
                del tasks[host]
            try:
                if isinstance(task, Waiting):
                    self._take(by_name[task.source], task, done)
                else:
                    for page in self._poll(task, done):
                        tasks[_where(page)].append(page)
            except _StoppedError:
                return

    def _poll(self, feed: Feed, done: Pass) -> list[Waiting]:
        """Ask for a feed, and keep its new entries together with what makes the next request conditional."""
        source = self.state.source(_name(feed))
        done.feeds += 1
        if source.held is not None:
            self._carried(feed, source, source.held, done)
        try:
            answer = self._got(feed.url, {"Accept": _FEED, **_conditions(source)})
            return self._polled(feed, source, answer, done)
        except FetchError as error:
            self._failed(feed, source, error, done)
            return []

    def _polled(self, feed: Feed, source: Source, answer: Answer, done: Pass) -> list[Waiting]:
        """Keep what a poll gave; the entries whose pages are to be fetched."""
        now = self.web.clock.now()
        next_at = now + feed.every * (0.95 + 0.1 * self.web.clock.chance())
        fine = Source(source.name, source.etag, source.modified, next_at, 0, now)
        if answer.status == 304:
            if not _conditions(source):
                raise FetchError("bad_answer", "304 (not modified) to a request without conditions", again=True)
            self.state.keep_source(fine)
            return []
        validators = Source(source.name, answer.header("etag"), answer.header("last-modified"), next_at, 0, now)
        if feed.take is Take.FEED and is_carrier(answer):
            self._carried(feed, validators, answer, done)
            return []
        try:
            read = feeds.entries(answer)
        except feeds.NotAFeedError as error:
            raise FetchError("not_a_feed", str(error), again=True) from error
        if read.without_link:
            self._tell(Issue("no_link", f"{read.without_link} entries link to no page", path=feed.url), done, keep=True)
        some = read.entries[: feed.most]
        fresh = self.state.fresh(source.name, some, revisions=REVISIONS)
        done.known += len(some) - len(fresh)
        self.state.keep_source(validators, fresh, due_at=done.at)
        return [Waiting(source.name, entry, Status.QUEUED, 0, done.at) for entry in fresh]

    def _carried(self, feed: Feed, source: Source, answer: Answer, done: Pass) -> None:
        """Read what a feed carries itself: its answer is kept until all of it is read."""
        self.state.keep_source(replace(source, held=answer))
        self._add(carried(answer, outlet=feed.outlet, language=feed.language, most=feed.most), done)
        if not self.stopped():
            self.state.keep_source(replace(source, held=None))

    def _failed(self, feed: Feed, source: Source, error: FetchError, done: Pass) -> None:
        """A poll that gave nothing: the next comes later, the later the more polls failed in a row."""
        clock = self.web.clock
        if not error.asked:
            done.feeds -= 1
            self.state.keep_source(replace(source, next_at=clock.now() + (error.after or feed.every), held=None))
            return
        failures = source.failures + 1
        wait = pause(feed.every, failures, max(LONGEST_PAUSE, feed.every), clock.chance())
        if not error.again:
            wait = max(wait, min(LONGEST_PAUSE, feed.every * 8))
        wait = max(wait, min(error.after or 0.0, LONGEST_PAUSE))
        now = clock.now()
        self.state.keep_source(Source(source.name, source.etag, source.modified, now + wait, failures, now))
        done.errors += 1
        self._tell(Issue(error.code, str(error), path=feed.url), done, keep=not error.again)

    def _take(self, feed: Feed, waiting: Waiting, done: Pass) -> None:
        """Fetch the page of an entry, keep its bytes, read it, and be done with it."""
        try:
            if waiting.status is Status.HELD:
                waiting = self.state.held(waiting)
            else:
                answer = self._got(waiting.entry.link, {"Accept": _PAGE})
                if answer.status in (204, 304) or not answer.body.strip():
                    raise FetchError("empty", f"the server answered {answer.status} without a page")
                waiting = self.state.hold(waiting, answer)
        except FetchError as error:
            self._not_taken(waiting, error, done)
            return
        if self.stopped():
            return
        if waiting.held is None:
            self.state.later(waiting, done.at + _RETRY)
            return
        entry = waiting.entry
        kept = self._add(readings(waiting.held, entry, outlet=feed.outlet, language=feed.language), done)
        if not self.stopped():
            self.state.done(waiting, Status.DONE if kept else Status.REFUSED)

    def _not_taken(self, waiting: Waiting, error: FetchError, done: Pass) -> None:
        """A page that gave nothing: asked for again later, or refused and noted in the ledger."""
        limits, clock = self.web.limits, self.web.clock
        issue = Issue(error.code, str(error), path=waiting.entry.link)
        if not error.asked:
            self.state.later(waiting, clock.now() + (error.after or _RETRY), tried=False)
            return
        if error.again and waiting.attempts + 1 < limits.attempts:
            done.errors += 1
            wait = pause(_RETRY, waiting.attempts + 1, LONGEST_PAUSE, clock.chance())
            self.state.later(waiting, clock.now() + max(wait, min(error.after or 0.0, LONGEST_PAUSE)))
            self._tell(issue, done, keep=False)
            return
        self._add([Reading(None, issues=(issue,), refused=True, path=waiting.entry.link)], done)
        self.state.done(waiting, Status.REFUSED)

    def _look_through(self, folder: Folder, done: Pass) -> None:
        """Read the new and changed files of a folder."""
        now = self.web.clock.now()
        done.folders += 1
        try:
            for file in folders.files(folder, now):
                if self.stopped():
                    return
                if self.state.file_seen(_name(folder), file.name) == file.seen:
                    done.known += 1
                    continue
                hints = Hints(outlet=folder.outlet, language=folder.language)
                self._add(ingest_documents([file.path], hints), done)
                if not self.stopped():
                    self.state.see_file(_name(folder), file.name, file.seen)
        except OSError as error:
            done.errors += 1
            self._tell(Issue("unreadable", str(error), path=str(folder.path)), done, keep=False)
        self.state.keep_source(Source(_name(folder), next_at=now + folder.every, polled_at=now))

    def _got(self, url: str, headers: dict[str, str]) -> Answer:
        """The answer of an address after robots.txt and the host's turn; FetchError for what is of no use."""
        host = _host(url)
        try:
            answer = self.web.get(url, headers, self._turn)
        except FetchError as error:
            if error.code == "no_answer" and error.after is None:
                self._hosts.failed(host, None)
            raise
        wrong = refusal(answer, self.web.clock.now())
        host = _host(answer.final_url)
        if wrong is not None:
            if answer.status in (429, 503):
                wrong.after = self._hosts.failed(host, wrong.after)
            raise wrong
        self._hosts.answered(host)
        return answer

    def _turn(self, url: Url) -> None:
        self._robots.check(url)
        self._hosts.turn(url, self._robots)
        if self.stopped():
            raise _StoppedError

    def _add(self, some: Iterable[Reading], done: Pass) -> bool:
        """Keep reports in the ledger until somebody wants to end; whether any of them was kept or known."""

        def until_stopped() -> Iterator[Reading]:
            for reading in some:
                yield reading
                if self.stopped():
                    return

        def told(reading: Reading, _: Summary) -> None:
            for issue in reading.issues if reading.refused else ():
                self.tell(issue)

        summary = self.ledger.add_readings(until_stopped(), on_report=told)
        done.new += summary.new + summary.reread
        done.known += summary.known
        done.refused += summary.refused
        return summary.new + summary.reread + summary.known > 0

    def _tell(self, issue: Issue, done: Pass, *, keep: bool) -> None:
        """Tell of something that is wrong; with `keep` the ledger holds it as an issue."""
        if keep:
            self._add([Reading(None, issues=(issue,), refused=True, path=issue.path)], Pass(done.at))
        else:
            self.tell(issue)


def _name(one: Feed | Folder) -> str:
    """What the state knows a feed or folder by."""
    return one.url if isinstance(one, Feed) else str(one.path.resolve())


def _is_ahead(moment: float, done: Pass) -> bool:
    """Whether a moment is still to come; what is years ahead was set by a clock that was wrong."""
    return done.at < moment <= done.at + 8 * LONGEST_PAUSE


def _conditions(source: Source) -> dict[str, str]:
    """The headers that ask only for what changed."""
    found = {"If-None-Match": source.etag, "If-Modified-Since": source.modified}
    return {name: value for name, value in found.items() if value and value.isprintable() and len(value) <= 1000}


def _host(url: str) -> str:
    try:
        return checked_url(url).host
    except UrlError:
        return ""


def _where(waiting: Waiting) -> str:
    """The host to wait for, "" for none: the page is held already."""
    return "" if waiting.status is Status.HELD else _host(waiting.entry.link)
