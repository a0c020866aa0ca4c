"""msgid: never twice, never back, whatever the clock and the power do (what-the-desk-knows)."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import Msgid
from desktop.nhsa.msgid import LEASE, Mark, MsgidSource, NotAMark, Station, mark_after
from tests.nhsa.samples import NOW

STATION = Station("H43010000001", 7)


@dataclass
class Disk:
    """A store that remembers what was reserved before each answer."""

    mark: str | None = None
    written: int = 0

    def high_water(self) -> str | None:
        return self.mark

    def reserve(self, up_to: str) -> None:
        self.mark = up_to
        self.written += 1


@dataclass
class Watch:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Desk:
    """A window whose power may fail: only the disk survives."""

    disk: Disk = field(default_factory=Disk)
    watch: Watch = field(default_factory=Watch)
    station: Station = STATION

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.source = MsgidSource(self.station, self.disk, self.watch)


def test_the_parts_of_a_msgid() -> None:
    desk = Desk()
    assert desk.source.next() == "H43010000001" + "20230502093000" + "07" + "00"
    assert desk.source.next() == "H43010000001" + "20230502093000" + "07" + "01"
    desk.watch.now += timedelta(seconds=1)
    assert desk.source.next() == "H43010000001" + "20230502093001" + "07" + "00"


def test_a_large_hospital_has_three_digits_for_stations() -> None:
    desk = Desk(station=Station("H43010000001", 123, digits=3))
    found = [desk.source.next() for _ in range(11)]
    assert found[9].endswith("20230502093000" + "123" + "9")
    assert found[10].endswith("20230502093001" + "123" + "0")


def test_a_full_second_goes_on_in_the_next() -> None:
    desk = Desk()
    found = [desk.source.next() for _ in range(201)]
    assert len(set(found)) == 201
    assert found[100].endswith("20230502093001" + "07" + "00")
    assert found[200].endswith("20230502093002" + "07" + "00")


def test_a_clock_set_back_does_not_take_the_time_back() -> None:
    desk = Desk()
    first = desk.source.next()
    desk.watch.now -= timedelta(days=1)
    assert desk.source.next() == first[:-2] + "01"


def test_after_a_crash_the_lease_is_stepped_over() -> None:
    desk = Desk()
    desk.source.next()
    desk.start()
    beyond = f"{NOW + LEASE + timedelta(seconds=1):%Y%m%d%H%M%S}"
    assert desk.source.next() == f"H43010000001{beyond}0700"


def test_an_orderly_end_gives_the_lease_back() -> None:
    desk = Desk()
    desk.source.next()
    desk.source.release()
    desk.source.release()
    desk.start()
    assert desk.source.next().endswith("20230502093000" + "07" + "01")
    assert desk.disk.written == 3


def test_releasing_what_was_never_used_writes_nothing() -> None:
    desk = Desk()
    desk.source.release()
    assert desk.disk.written == 0


def test_a_minute_of_queries_costs_one_write() -> None:
    desk = Desk()
    for _ in range(60):
        desk.source.next()
        desk.watch.now += timedelta(seconds=1)
    assert desk.disk.written == 1


def test_the_mark_is_kept_before_a_msgid_is_given_out() -> None:
    """A disk that fails gives no msgid, and the next one is none that was promised."""

    class FullDisk(Disk):
        def reserve(self, up_to: str) -> None:
            raise OSError(up_to)

    source = MsgidSource(STATION, FullDisk(), Watch())
    for _ in range(2):
        with pytest.raises(OSError, match="202305020931"):
            source.next()


_events = st.lists(
    st.one_of(
        st.just("ask"),
        st.just("crash"),
        st.just("end"),
        st.integers(-100_000, 100_000).map(lambda seconds: timedelta(seconds=seconds)),
        st.floats(0, 2).map(lambda seconds: timedelta(seconds=seconds)),
    ),
    max_size=120,
)


@given(_events, st.sampled_from((2, 3)))
def test_never_twice_and_never_back(events: list[str | timedelta], digits: int) -> None:
    desk = Desk(station=Station("H43010000001", 7, digits=digits))
    given_out: list[Msgid] = []
    for event in events:
        if event == "ask":
            given_out += [desk.source.next() for _ in range(7)]
        elif isinstance(event, timedelta):
            desk.watch.now += event
        else:
            if event == "end":
                desk.source.release()
            desk.start()
    assert given_out == sorted(set(given_out))
    assert all(len(msgid) == 30 for msgid in given_out)


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_a_mark_survives_the_disk(seconds: int, count: int) -> None:
    mark = Mark(NOW + timedelta(seconds=seconds), count)
    assert Mark.parse(mark.text(2)) == mark


@given(st.integers(-100, 100), st.integers(0, 99))
def test_the_next_mark_is_always_later(seconds: int, count: int) -> None:
    last = Mark(NOW, count)
    assert mark_after(last, NOW + timedelta(seconds=seconds), 100) > last


@pytest.mark.parametrize("text", ["", "2023", "20231302093000" + "00", "20230502093000"])
def test_a_spoilt_mark_is_an_error_not_a_new_start(text: str) -> None:
    """Starting afresh could use a msgid twice."""
    with pytest.raises(NotAMark):
        MsgidSource(STATION, Disk(text), Watch())


def test_threads_share_one_sequence() -> None:
    desk = Desk()
    found: list[Msgid] = []
    threads = [
        threading.Thread(target=lambda: found.extend(desk.source.next() for _ in range(50)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 200


@pytest.mark.parametrize(
    ("code", "number", "digits"),
    [("H43010000001", 100, 2), ("H43010000001", -1, 2), ("H43010000001", 1, 4), ("H1", 1, 2)],
)
def test_a_station_that_would_break_the_length_is_no_station(
    code: str, number: int, digits: int
) -> None:
    with pytest.raises(ValueError):
        Station(code, number, digits)
