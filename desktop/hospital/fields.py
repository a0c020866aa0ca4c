"""Reads the fields of one record and notes every fault instead of stopping at the first."""

from __future__ import annotations

from typing import TypeVar

from msgspec import Struct, field

from desktop.hospital.faults import Fault
from desktop.hospital.kinds import Kind, Wrong
from desktop.hospital.record import EMPTY, Record

T = TypeVar("T")
Absent = TypeVar("Absent")


class Fields(Struct, frozen=True):
    """One record under reading; ``faults`` is shared by every record of the file."""

    record: Record
    faults: list[Fault]
    unsound: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for name in self.record.repeated:
            self.fault(name, "写了两次，请只留一个")

    @property
    def place(self) -> str:
        return self.record.place

    def fault(self, name: str, message: str) -> None:
        self.unsound.add(name)
        place = self.record.place_of(name)
        self.faults.append(Fault(place, self.record.prefix + name, message))

    def sound(self, *names: str) -> bool:
        """True while none of the fields has a fault, so that they may be compared."""
        return self.unsound.isdisjoint(names)

    def required(self, name: str, kind: Kind[T]) -> T:
        value = self.record.values.get(name)
        if value is None:
            self.fault(name, "缺少这一项，请填写")
            return kind.stand_in
        return self._read(name, kind, value)

    def optional(self, name: str, kind: Kind[T], absent: Absent) -> T | Absent:
        """``absent`` when the field is missing, null or empty."""
        value = self.record.values.get(name)
        return absent if value is None or value == "" else self._read(name, kind, value)

    def texts(self, name: str, kind: Kind[str]) -> tuple[str, ...]:
        """A list of texts that may be missing."""
        value = self.record.values.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fault(name, "应为列表，例如 []")
            return ()
        return tuple(self._read(name, kind, item) for item in value)

    def section(self, name: str) -> Fields:
        """The object called ``name``."""
        return self._under(name, self.record.values.get(name))

    def sections(self, name: str, most: int) -> tuple[Fields, ...]:
        """The objects of the list called ``name``, of which there must be one at least."""
        value = self.record.values.get(name)
        if not isinstance(value, list) or not value:
            self.fault(name, "应为列表，至少要有一项")
            return ()
        if len(value) > most:
            self.fault(name, f"太多，最多 {most} 项，请分开结算")
            return ()
        return tuple(self._under(name, item) for item in value)

    def _under(self, name: str, value: object) -> Fields:
        if isinstance(value, Record):
            return Fields(value, self.faults)
        self.fault(name, "缺少这一段，应为对象 {…}")
        return Fields(EMPTY, faults=[])  # one fault names the whole: those of its fields are noise

    def _read(self, name: str, kind: Kind[T], value: object) -> T:
        try:
            return kind.read(value)
        except Wrong as wrong:
            self.fault(name, wrong.message)
            return kind.stand_in
