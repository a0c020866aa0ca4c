"""The hospital's drop folder: what is new, what moves, what is broken, what wins."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.identifiers import PsnNo
from desktop.domain.person import Person
from desktop.hospital.drop_folder import Changes, DropFolder, FolderSeen, Name, Patience
from tests.hospital.samples import as_json, example, tree
from tests.rig.still_clock import StillClock

STEP = 0.4


class Place:
    """A drop folder on the real disk, looked at every ``STEP`` seconds."""

    def __init__(self, folder: Path, patience: Patience | None = None) -> None:
        self.path = folder
        self.clock = StillClock()
        self.folder = DropFolder(folder, self.clock, patience)

    def write(self, file: str, data: bytes, modified: float = 1_700_000_000) -> None:
        path = self.path / file
        path.write_bytes(data)
        os.utime(path, (modified, modified))

    def poll(self, seconds: float = STEP) -> Changes:
        changes = self.folder.poll()
        self.clock.now += seconds
        return changes

    def settle(self) -> Changes:
        """The first poll sees what is there, the second takes it over."""
        assert not self.poll()
        return self.poll()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def bill(**facts: Any) -> bytes:
    """The documented example under other numbers: ``bill_no``, ``revision``, ``patient_no`` …"""
    root = tree()
    for section in ("patient", "visit", "bill"):
        root[section].update({k: v for k, v in facts.items() if k in root[section]})
    return as_json(root)


def keys(place: Place) -> list[str]:
    return [str(found.key) for found in place.folder.bills()]


def test_a_file_is_taken_over_when_it_stands_still(place: Place) -> None:
    place.write("a.json", bill(bill_no="B1"))
    assert place.poll() == Changes(pending=1)
    changes = place.poll()
    assert [(d.file, d.bill.key.bill_no) for d in changes.new] == [("a.json", "B1")]
    assert changes.pending == 0
    assert place.poll() == Changes()


def test_json_and_csv_in_any_case_of_letters(place: Place) -> None:
    place.write("A.JSON", bill(bill_no="B1"))
    place.write("b.Csv", example("csv").encode())
    assert [d.file for d in place.settle().new] == ["A.JSON", "b.Csv"]


@pytest.mark.parametrize("file", ["a.json.tmp", "a.json.part", ".a.json", "~$a.csv", "a.txt"])
def test_what_is_no_charges_file_is_left_alone(place: Place, file: str) -> None:
    place.write(file, bill())
    (place.path / "folder.json").mkdir()
    assert not place.settle()
    assert place.folder.bills() == ()


def test_half_a_csv_is_never_a_bill(place: Place) -> None:
    """A CSV that is cut after a line is a good one with fewer lines: only waiting helps."""
    whole = example("csv").encode()
    cut = whole[: whole.rstrip().rfind(b"\n") + 1]
    place.write("a.csv", cut, 1)
    assert not place.poll()
    place.write("a.csv", whole, 2)
    assert not place.poll()
    (found,) = place.poll().new
    place.write("cut.csv", cut, 3)
    (half,) = place.settle().new
    assert len(half.bill.lines) < len(found.bill.lines), "the cut file must be readable"


def test_a_file_that_grows_is_waited_for(place: Place) -> None:
    data = bill(bill_no="B1")
    for size in range(0, len(data), 100):
        place.write("a.json", data[:size], size + 1)
        assert place.poll() == Changes(pending=1)
    place.write("a.json", data, 10**6)
    assert [d.file for d in place.settle().new] == ["a.json"]


def test_an_unreadable_file_is_given_time_and_then_blamed(place: Place) -> None:
    data = bill(bill_no="B1", revision="one")
    place.write("a.json", data[: len(data) // 2])
    assert all(not place.poll(0.5) for _ in range(6))
    (broken,) = place.poll().broken
    assert broken.file == "a.json"
    assert place.folder.broken() == (broken,)
    assert place.poll() == Changes()


def test_every_fault_of_a_bad_file_at_once(place: Place) -> None:
    root = tree()
    root["patient"]["sex"] = "x"
    root["lines"][0]["amount"] = "0.01"
    place.write("a.json", as_json(root))
    place.settle()
    (broken,) = place.poll(3).broken or place.poll().broken
    assert [fault.field for fault in broken.faults] == ["patient.sex", "amount"]
    assert place.folder.bills() == ()


def test_a_stalled_writer_who_goes_on_in_time_is_no_fault(place: Place) -> None:
    data = bill(bill_no="B1")
    place.write("a.json", data[:200], 1)
    for _ in range(5):
        assert not place.poll()
    place.write("a.json", data, 2)
    assert [d.bill.key.bill_no for d in place.settle().new] == ["B1"]


def test_a_changed_file_counts_from_when_it_stands_still(place: Place) -> None:
    place.write("a.json", bill(bill_no="B1", revision=1), 1)
    place.settle()
    place.write("a.json", bill(bill_no="B1", revision=2), 2)
    assert not place.poll()
    assert keys(place) == ["B1#1"]
    assert [d.bill.key.revision for d in place.poll().changed] == [2]
    assert keys(place) == ["B1#2"]


def test_a_good_file_that_becomes_bad_is_withdrawn(place: Place) -> None:
    place.write("a.json", bill(bill_no="B1"), 1)
    place.settle()
    place.write("a.json", b"{}", 2)
    place.settle()
    assert [broken.file for broken in place.poll(3).broken or place.poll().broken] == ["a.json"]
    assert keys(place) == []
    place.write("a.json", bill(bill_no="B1"), 3)
    assert [d.file for d in place.settle().changed] == ["a.json"]
    assert place.folder.broken() == ()


def test_a_removed_file_takes_its_bill_along(place: Place) -> None:
    place.write("a.json", bill(bill_no="B1"))
    place.settle()
    (place.path / "a.json").unlink()
    assert place.poll() == Changes(removed=("a.json",))
    assert place.folder.bills() == ()
    assert place.poll() == Changes()


def test_a_file_that_leaves_before_it_was_taken_over(place: Place) -> None:
    place.write("a.json", bill())
    assert place.poll().pending == 1
    (place.path / "a.json").unlink()
    assert place.poll() == Changes()


@pytest.mark.parametrize("and_then", ["written", "gone"])
def test_a_file_that_moves_between_listing_and_reading(place: Place, and_then: str) -> None:
    """The clock is asked between the two: there the hospital's system is quick."""
    place.write("a.json", bill(bill_no="B1"), 1)
    assert place.poll().pending == 1
    plain = place.clock

    def quick() -> float:
        if and_then == "gone":
            (place.path / "a.json").unlink(missing_ok=True)
        else:
            place.write("a.json", bill(bill_no="B2", revision=9), 2)
        return plain()

    place.folder._clock = quick
    assert not place.poll()
    place.folder._clock = plain
    place.poll()
    found = [d.bill.key.bill_no for d in place.poll().new]
    assert found == ([] if and_then == "gone" else ["B2"])


def test_a_link_to_nowhere_is_no_file(place: Place) -> None:
    (place.path / "a.json").symlink_to(place.path / "nowhere")
    assert place.poll() == Changes()


def test_the_newest_revision_wins_in_whichever_file(place: Place) -> None:
    """Also over a file that came later, and the older one is back when the newest leaves."""
    place.write("new.json", bill(bill_no="B1", revision=3), 1)
    place.write("late.json", bill(bill_no="B1", revision=2), 2)
    place.settle()
    assert keys(place) == ["B1#3"]
    (place.path / "new.json").unlink()
    place.poll()
    assert keys(place) == ["B1#2"]


def test_of_one_revision_the_later_file_wins(place: Place) -> None:
    place.write("one.json", bill(bill_no="B1", patient_no="P1"), 2)
    place.write("two.json", bill(bill_no="B1", patient_no="P2"), 1)
    place.settle()
    assert [b.patient.patient_no for b in place.folder.bills()] == ["P1"]


def test_a_patients_bills(place: Place) -> None:
    """By each name alone: a visit's number may be another patient's."""
    place.write("1.json", bill(bill_no="B1", patient_no="P1", visit_no="7"), 1)
    place.write("2.json", bill(bill_no="B2", patient_no="P1", visit_no="8"), 2)
    place.write("3.json", bill(bill_no="B3", patient_no="7", visit_no="9", id_number=None), 3)
    place.settle()

    def found(name: Name, number: str) -> list[str]:
        return [b.key.bill_no for b in place.folder.bills_of(name, number)]

    assert found(Name.PATIENT_NO, "P1") == ["B2", "B1"]
    assert found(Name.PATIENT_NO, "7") == ["B3"]
    assert found(Name.VISIT_NO, "7") == ["B1"]
    assert found(Name.ID_NUMBER, tree()["patient"]["id_number"]) == ["B2", "B1"]
    assert found(Name.ID_NUMBER, "") == []


def test_a_bill_without_an_id_number_is_found_by_the_name(place: Place) -> None:
    """Somebody else's of the same name comes too: who it is, the cashier chooses and B09 checks."""
    patient = tree()["patient"]
    place.write("1.json", bill(bill_no="B1"), 1)
    place.write("2.json", bill(bill_no="B2", id_number=None), 2)
    place.write("3.json", bill(bill_no="B3", id_number=None, name="别人"), 3)
    place.settle()
    number = patient["id_number"]
    person = Person(PsnNo("1"), patient["name"], "01", number, "1", None, "01", "40", ())
    assert [b.key.bill_no for b in place.folder.bills_for(person)] == ["B1", "B2"]


def test_a_folder_out_of_reach_loses_nothing(tmp_path: Path) -> None:
    """A server that is away for a minute must not empty the list."""
    (tmp_path / "drop").mkdir()
    place = Place(tmp_path / "drop")
    place.write("a.json", bill(bill_no="B1"))
    place.settle()
    (tmp_path / "drop").rename(tmp_path / "away")
    assert place.poll() == Changes(reachable=False)
    assert keys(place) == ["B1#1"]
    (tmp_path / "away").rename(tmp_path / "drop")
    assert place.poll() == Changes()


def test_many_files_come_in_helpings_newest_first(tmp_path: Path) -> None:
    place = Place(tmp_path, Patience(at_most=2))
    for n in range(5):
        place.write(f"{n}.json", bill(bill_no=f"B{n}"), n + 1)
    assert place.poll().pending == 5
    helpings = [place.poll() for _ in range(3)]
    assert [[d.file for d in h.new] for h in helpings] == [
        ["4.json", "3.json"],
        ["2.json", "1.json"],
        ["0.json"],
    ]
    assert [h.pending for h in helpings] == [3, 1, 0]


def test_the_hospitals_files_stay_as_they_are(place: Place) -> None:
    place.write("a.json", bill())
    place.write("b.json", b"broken")
    before = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in place.path.iterdir()}
    for _ in range(12):
        place.poll()
    assert {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in place.path.iterdir()} == before


def test_two_thousand_files_cost_nothing_while_nothing_is_new(tmp_path: Path) -> None:
    place = Place(tmp_path, Patience(at_most=2000))
    data = bill(bill_no="NUMBER")
    for n in range(2000):
        place.write(f"{n}.json", data.replace(b"NUMBER", b"B%d" % n))
    assert len(place.settle().new) == 2000
    took = []
    for _ in range(5):
        began = time.thread_time()
        assert place.poll() == Changes()
        took.append(time.thread_time() - began)
    assert min(took) < 0.050


def test_one_look_tells_how_the_folder_is(tmp_path: Path) -> None:
    there, gone = (DropFolder(tmp_path / name, StillClock()) for name in ("there", "gone"))
    (tmp_path / "there").mkdir()
    assert there.look() == FolderSeen(tmp_path / "there", reachable=True, broken=())
    assert not gone.look().reachable
