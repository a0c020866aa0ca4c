"""A platform below HTTP: the pure core with the demonstration town and a clock of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from desktop.sandbox.control import bodies, people
from desktop.sandbox.control import surface as control
from desktop.sandbox.control.catalogue import put_item
from desktop.sandbox.insured_place.policy_files import read_policies
from desktop.sandbox.platform import Platform, read_envelope
from desktop.sandbox.state import State
from tests.rig.practice import Practice, practice
from tests.sandbox.asking import AREA, Desk, Patient, business

POLICIES = read_policies()
WORLD = control.demonstration()


@dataclass
class Bench:
    """The core, its clocks, and a desk that talks to it by bytes."""

    platform: Platform
    now: datetime = field(default_factory=business)
    real: datetime = field(default_factory=business)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = Desk(self.carry)

    @property
    def state(self) -> State:
        return self.platform.state

    def carry(self, _infno: str, body: bytes) -> Mapping[str, Any]:
        outcome = self.platform.handle(read_envelope(body), self.now, self.real)
        answer = self.platform.answer(outcome, self.real, self.real)
        told: Mapping[str, Any] = json.loads(answer, parse_float=Decimal)
        return told

    def put(self, certno: str = "990000198001010017", **facts: Any) -> bodies.PersonBody:
        """A filed employee of Jining, changed as told."""
        insured = {
            "insutype": "310",
            "area": AREA,
            "psn_type": "11",
            "account": "1500.00",
            "mutual_aid": "0.00",
            **facts.pop("insurance", {}),
        }
        filing = {"kind": "LONG_RESIDENT", "area": "430100", "from": "2021-04-01"}
        person = {
            "name": "孔试验",
            "gend": "1",
            "brdy": "1980-01-01",
            "insured": [insured],
            "filings": [filing],
            **facts,
        }
        body = bodies.read_body(bodies.PersonBody, json.dumps(person).encode())
        return people.put_person(self.state, certno, body)

    def patient(self, who: bodies.PersonBody | None = None, **facts: Any) -> Patient:
        who = who or self.put()
        return Patient(self.desk, who.psn_no, who.certno, **facts)

    def item(self, code: str, **facts: Any) -> str:
        item = {"name": code, "class": "01", "kind": "09", **facts}
        body = bodies.read_body(bodies.ItemBody, json.dumps(item).encode())
        put_item(self.state, code, body)
        return code

    def person(self, who: bodies.PersonBody) -> bodies.PersonBody:
        return people.show_person(self.state, who.certno)


def new_bench(world: control.World = WORLD) -> Bench:
    state = State()
    control.reset(state, world, seed=1)
    return Bench(Platform(state, POLICIES))


@pytest.fixture
def bench() -> Bench:
    return new_bench()


@pytest.fixture(scope="session")
def platform_process() -> Iterator[Practice]:
    """One platform of its own process for every file: a start takes a second."""
    with practice() as running:
        yield running


@pytest.fixture(scope="module")
def process(platform_process: Practice) -> Practice:
    """The same, having forgotten what other files did with it."""
    platform_process.reset()
    return platform_process


@pytest.fixture
def running(process: Practice) -> Practice:
    """The same as after its start, on an ordinary morning, with an item ``A``."""
    process.reset()
    process.clock("2023-05-02T09:30:00")
    process.catalogue("A", {"name": "甲", "class": "01", "kind": "09"})
    return process
