"""Options and faults of the control surface: what the platform is told to do wrong; pure."""

from __future__ import annotations

from typing import Final

import msgspec
from msgspec import UNSET

from desktop.sandbox.control import bodies
from desktop.sandbox.control.bodies import Malformed
from desktop.sandbox.exchange.voucher_calls import VOUCHER_CALLS
from desktop.sandbox.model import Fault, RandomFaults, Settings
from desktop.sandbox.offered import NUMBERS
from desktop.sandbox.state import State

EVERY: Final = "*"
"""A fault for whatever comes."""
KINDS: Final = NUMBERS | VOUCHER_CALLS.keys() | {EVERY}
"""What a fault may name: every number of the interface, and the e-voucher desk's calls."""


def change_options(state: State, body: bodies.OptionsBody) -> bodies.OptionsBody:
    """Returns all options as they are now; a seed that is told begins its row of chances anew.

    Raises :class:`Malformed`.
    """
    told = {key: v for key, v in msgspec.structs.asdict(body).items() if v is not UNSET}
    if isinstance(body.random_faults, bodies.RandomFaultsBody):
        told["random_faults"] = _random_faults(body.random_faults)
    if "seed" in told:
        told["drawn"] = 0
    return _shown(state.change_settings(**told))


def _random_faults(body: bodies.RandomFaultsBody) -> RandomFaults:
    for number, infno in enumerate(body.infno):
        if infno not in KINDS:
            raise Malformed(f"random_faults.infno[{number}]", "no such transaction")
    if set(body.what) == {"late"} and "before" not in body.when:
        raise Malformed("random_faults.when", "late is a fault before booking")
    return RandomFaults(**msgspec.structs.asdict(body))


def _shown(now: Settings) -> bodies.OptionsBody:
    chance = now.random_faults
    return bodies.OptionsBody(
        require_sign_in=now.require_sign_in,
        repeat_2207=now.repeat_2207,
        voucher_data_as_text=now.voucher_data_as_text,
        seed=now.seed,
        random_faults=bodies.RandomFaultsBody(**msgspec.structs.asdict(chance)) if chance else None,
    )


def add_fault(state: State, body: bodies.FaultBody) -> list[Fault]:
    """Queue a fault; first in, first used. Raises :class:`Malformed`."""
    if body.infno not in KINDS:
        raise Malformed("infno", "no such transaction")
    if body.what == "late" and body.when != "before":
        raise Malformed("when", "late is a fault before booking")
    state.faults.put(f"{state.next_serial():010d}", Fault(**msgspec.structs.asdict(body)))
    return waiting_faults(state)


def waiting_faults(state: State) -> list[Fault]:
    return [fault for _, fault in sorted(state.faults.items())]


def take_fault(state: State, infno: str) -> Fault | None:
    """The first fault waiting for this transaction, used once more; else perhaps one by chance."""
    for key, fault in sorted(state.faults.items()):
        if fault.infno in (EVERY, infno):
            _use_fault(state, key, fault)
            return fault
    return _fault_by_chance(state, infno)


def _use_fault(state: State, key: str, fault: Fault) -> None:
    if fault.times == 1:
        state.faults.drop(key)
    else:
        state.faults.put(key, msgspec.structs.replace(fault, times=fault.times - 1))


def _fault_by_chance(state: State, infno: str) -> Fault | None:
    """One chance for each message that it may befall: same seed, same messages, same faults."""
    by_chance = state.options.random_faults
    if by_chance is None or not {EVERY, infno}.intersection(by_chance.infno):
        return None
    source = state.draw()
    if source.random() >= by_chance.share:
        return None
    what, when = source.choice(by_chance.what), source.choice(by_chance.when)
    when = "before" if what == "late" else when
    return Fault(infno=infno, when=when, what=what, seconds=by_chance.seconds)
