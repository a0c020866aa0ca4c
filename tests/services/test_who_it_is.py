"""Credential against 1101, and the identity checks that the journal keeps (B06–B09, S1-24)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from msgspec import structs

from desktop.domain.credential import CertKind, Credential, CredentialKind
from desktop.domain.identifiers import AreaCode, PsnNo
from desktop.domain.identity import (
    CheckWay,
    Document,
    Doubt,
    Relation,
    StandIn,
    ToldOtherwise,
)
from desktop.domain.notes import IdentityChecked
from desktop.domain.person import Insurance, Person
from desktop.domain.problems import ProblemCode
from desktop.domain.visit import State
from desktop.ledger.journal import VisitId
from desktop.services.desk_visit import DeskVisit
from desktop.services.ending import Ending, Stopped
from desktop.services.identify import by_use, same_holder
from desktop.services.settle import Agreement
from desktop.services.whole_settlement import settle_bill
from tests.rig.town import named, townsman
from tests.services.counter import Counter, bill_of, codes, eligible, id_card

ORDINARY, OTHER = townsman(0), townsman(1)
BOTH_INSURANCES = townsman(5)
MOTHER = StandIn("曾小满", Document.ID_CARD, "990000199005201064", Relation.PARENT)
CHILD = townsman(19)


def card_of(person: Mapping[str, Any], **changes: Any) -> Credential:
    """A whole card: it tells name and number."""
    kind = CredentialKind.SOCIAL_SECURITY_CARD
    told = {"name": person["name"], "cert_no": person["certno"], **changes}
    return Credential(kind, person["card_no"], person["card_sn"], **told)


def whole(person: Mapping[str, Any]) -> Person:
    return Person(
        PsnNo("P"), person["name"], "01", person["certno"],
        person["gend"], None, "", "", (),
    )  # fmt: skip


@pytest.mark.req("S1-24")
@pytest.mark.parametrize(
    "changes",
    [
        {"cert_no": OTHER["certno"], "name": ORDINARY["name"]},
        {"cert_no": OTHER["certno"], "name": OTHER["name"]},
        {"cert_no": "", "name": OTHER["name"]},
    ],
)
def test_a_credential_of_somebody_else_stops(changes: Mapping[str, str]) -> None:
    """B08: another number, or another name where no numbers can be compared; both masked."""
    with pytest.raises(Stopped) as stop:
        same_holder(whole(ORDINARY), card_of(ORDINARY, **changes))
    (problem,) = stop.value.problems
    assert (stop.value.ending, problem.kind) == (
        Ending.NEEDS_PERSON, ProblemCode.CREDENTIAL_MISMATCH,
    )  # fmt: skip
    for hidden in (ORDINARY["name"], ORDINARY["certno"], OTHER["name"]):
        assert hidden not in problem.message


@pytest.mark.parametrize("written", ["赵\ue81e", "赵 龴", "赵龴"])
def test_a_rare_name_in_another_coding_is_no_remark(written: str) -> None:
    rare = named("龴")
    assert same_holder(whole(rare), card_of(rare, name=written)).remarks == ()


@pytest.mark.parametrize("written", ["赵?", "赵YAN", "赵\N{REPLACEMENT CHARACTER}"])
def test_a_number_that_is_the_same_outweighs_a_name_that_was_mangled(written: str) -> None:
    """Sixty million people: looked at, never refused."""
    rare = named("龴")
    told = same_holder(whole(rare), card_of(rare, name=written))
    assert [remark.kind for remark in told.remarks] == [ProblemCode.NAME_WRITTEN_DIFFERENTLY]
    assert told.name == written


def test_what_a_credential_does_not_tell_is_not_compared() -> None:
    nothing = ToldOtherwise()
    assert same_holder(whole(ORDINARY), card_of(ORDINARY, name="", cert_no="")) == nothing
    passport = replace(whole(ORDINARY), cert_no="E12345678")
    assert same_holder(passport, card_of(ORDINARY)) == nothing
    silent = replace(whole(ORDINARY), sex="", birth=None)
    card = card_of(ORDINARY, sex="2", birth=date(1930, 1, 1))
    assert same_holder(silent, card) == nothing
    assert same_holder(replace(silent, sex="9"), card) == nothing


@pytest.mark.req("S1-24")
def test_another_sex_or_birth_with_the_same_number_is_to_be_looked_at() -> None:
    """B08: a clerk's slip in the register, or not: the cashier decides, nothing is hidden."""
    person = replace(whole(ORDINARY), sex="1", birth=date(1970, 1, 1))
    alike = card_of(ORDINARY, sex="1", birth=date(1970, 1, 1))
    assert same_holder(person, alike).remarks == ()
    told = same_holder(person, replace(alike, sex="2", birth=date(1971, 1, 1)))
    assert (told.sex, told.birth) == ("2", date(1971, 1, 1))
    assert [remark.kind for remark in told.remarks] == [ProblemCode.SEX_OR_BIRTH_DIFFERS]
    assert "1971" not in repr(told)


@pytest.mark.parametrize("other", [{"sex": "2"}, {"birth": date(1971, 1, 1)}])
def test_another_sex_or_birth_where_no_numbers_tell_is_somebody_else(other: dict[str, Any]) -> None:
    """B08."""
    person = replace(whole(ORDINARY), sex="1", birth=date(1970, 1, 1), cert_no="E12345678")
    with pytest.raises(Stopped) as stop:
        same_holder(person, replace(card_of(ORDINARY, sex="1", birth=date(1970, 1, 1)), **other))
    assert stop.value.problems[0].kind is ProblemCode.CREDENTIAL_MISMATCH


@pytest.mark.req("S1-24")
@pytest.mark.parametrize(
    ("cert_type", "cert_no", "same"),
    [
        ("07", "911124199001011", True),
        ("07", "911124199001012", False),
        ("17", "911124199001011", False),
    ],
)
def test_one_document_that_is_no_id_number_outweighs_a_name_too(
    cert_type: str, cert_no: str, same: bool
) -> None:
    """B08: of one kind and alike, they are one document; otherwise the name has to tell."""
    register = replace(whole(ORDINARY), cert_type="07", cert_no="911124199001011")
    card = card_of(ORDINARY, name="另写", cert_no=cert_no, cert_kind=CertKind(cert_type))
    if same:
        remarks = same_holder(register, card).remarks
        assert [remark.kind for remark in remarks] == [ProblemCode.NAME_WRITTEN_DIFFERENTLY]
    else:
        with pytest.raises(Stopped):
            same_holder(register, card)


def test_another_persons_card_is_refused_and_the_suspicion_is_on_disk(counter: Counter) -> None:
    """S4-18: nothing but 1101 is asked."""
    visit = DeskVisit(counter.desk)
    with pytest.raises(Stopped) as stop:
        visit.show(card_of(ORDINARY, name=OTHER["name"], cert_no=OTHER["certno"]))
    assert stop.value.problems[0].kind in (
        ProblemCode.CREDENTIAL_MISMATCH, ProblemCode.PERSON_UNKNOWN,
        ProblemCode.OTHER_CREDENTIAL_NEEDED,
    )  # fmt: skip
    assert counter.wire.infnos == ["1101"]


def test_a_mangled_name_settles_with_a_remark(counter: Counter) -> None:
    rare = named("龴")
    finished = counter.settle(bill_of(rare), card_of(rare, name="赵YAN"))
    assert (finished.ending, codes(finished)) == (Ending.SETTLED, ["name-written-differently"])


def test_another_birth_on_the_card_settles_with_a_remark(counter: Counter) -> None:
    card = card_of(ORDINARY, birth=date(1930, 1, 1))
    finished = counter.settle(bill_of(ORDINARY), card)
    assert (finished.ending, codes(finished)) == (Ending.SETTLED, ["sex-or-birth-differs"])


def test_the_bytes_of_a_name_are_kept_beside_the_text(counter: Counter) -> None:
    """Evidence when a character is disputed (names and fonts)."""
    rare = named("龴")
    raw = bytes.fromhex("d5d4fe59")
    finished = counter.settle(bill_of(rare), card_of(rare, name_bytes=raw))
    kept = counter.on_disk(finished).credential
    assert kept is not None
    assert bytes.fromhex(kept.name_hex) == raw


@pytest.mark.req("S1-24")
def test_who_looked_when_and_how_is_in_the_journal(counter: Counter) -> None:
    finished = counter.settle(bill_of(ORDINARY))
    checked = counter.on_disk(finished).checked
    assert checked is not None
    assert (checked.by, checked.way, checked.passed) == ("0001", CheckWay.LOOKED, True)
    assert abs((counter.desk.clock() - checked.at).total_seconds()) < 60


def test_where_nobody_said_who_looked_nothing_is_claimed(counter: Counter) -> None:
    """Practice alone allows it."""
    order = counter.order(bill_of(ORDINARY))
    unsaid = structs.replace(order.agreement, identity_checked_by="")
    finished = settle_bill(counter.desk, structs.replace(order, agreement=unsaid))
    assert finished.ending is Ending.SETTLED
    assert counter.on_disk(finished).checked is None


def test_a_check_that_was_noted_before_is_not_noted_twice(counter: Counter) -> None:
    """The window notes it when F8 is pressed; a way that failed before does not count."""
    visit = opened(counter)
    visit.check_identity(CheckWay.FACE, "0007", passed=False, evidence="face-refused")
    assert visit.record.checked is None
    visit.check_identity(CheckWay.PIN, "0007")
    agreement = Agreement(counter.order(bill_of(ORDINARY)).agreement.account_use, "0007")
    visit.upload()
    visit.offer(agreement.account_use)
    assert visit.commit(agreement).ending is Ending.SETTLED
    noted = [row.entry for row in counter.desk.journal.entries(visit.id)]
    ways = [entry.way for entry in noted if isinstance(entry, IdentityChecked)]
    assert ways == [CheckWay.FACE, CheckWay.PIN]


def opened(counter: Counter, person: Mapping[str, Any] = ORDINARY) -> DeskVisit:
    """The person eligible, the bill there, nothing at the platform."""
    return eligible(counter.desk, counter.order(bill_of(person)).bill)


@pytest.mark.req("S4-18", "S1-24")
@pytest.mark.parametrize("uploaded", [False, True])
def test_an_operator_who_doubts_stops_everything(counter: Counter, uploaded: bool) -> None:
    """B08: nothing is settled, nothing stays at the platform, the suspicion is on disk."""
    visit = opened(counter)
    if uploaded:
        visit.upload()
        visit.offer(counter.order(bill_of(ORDINARY)).agreement.account_use)
    assert visit.doubt(Doubt.PHOTO, "0007") == ()
    record = counter.desk.record(visit.id)
    assert record.state is State.REFUSED
    assert record.mdtrt_id is None
    assert counter.effective(bill_of(ORDINARY)) == []
    assert ("2202" in counter.wire.infnos) is uploaded


def test_a_doubt_while_the_line_is_down_leaves_its_traces_to_the_queue(counter: Counter) -> None:
    visit = opened(counter)
    visit.upload()
    counter.platform.fault("2205", "before", "reset")
    (problem,) = visit.doubt(Doubt.OF_ANOTHER, "0007")
    assert problem.kind is ProblemCode.UNDO_PENDING
    record = counter.desk.record(visit.id)
    assert record.state is State.REFUSED
    assert visit.id in counter.desk.journal.open_visits()
    assert record.mdtrt_id is not None


def test_a_doubt_before_anybody_was_named(counter: Counter) -> None:
    """The centre named nobody: the suspicion is about a credential alone."""
    visit = DeskVisit(counter.desk)
    with pytest.raises(Stopped):
        visit.show(id_card("990000197001010026"))
    assert visit.shown is None
    assert visit.doubt(Doubt.DOCUMENT, "0007") == ()
    assert counter.desk.record(visit.id).state is State.REFUSED


def test_a_relative_settles_for_a_child(counter: Counter) -> None:
    """代办: both are recorded, the insured one is settled, who came is the one looked at."""
    order = counter.order(bill_of(CHILD))
    agreement = structs.replace(order.agreement, identity_way=CheckWay.STAND_IN)
    finished = settle_bill(
        counter.desk, structs.replace(order, stand_in=MOTHER, agreement=agreement)
    )
    assert (finished.ending, codes(finished)) == (Ending.SETTLED, []), finished.problems
    record = counter.on_disk(finished)
    assert record.stand_in == MOTHER
    assert record.person is not None
    assert record.person.cert_no == CHILD["certno"]
    assert record.checked is not None
    assert record.checked.way is CheckWay.STAND_IN
    asked = counter.wire.of("2207")[0].input["data"]
    assert asked["mdtrt_cert_no"] == CHILD["certno"]


def test_who_stands_in_must_be_looked_at_anew(counter: Counter) -> None:
    visit = opened(counter, CHILD)
    visit.check_identity(CheckWay.LOOKED, "0007")
    visit.name_stand_in(MOTHER, "0007")
    assert visit.record.checked is None
    visit.name_stand_in(None, "0007")
    assert visit.record.stand_in is None
    assert counter.desk.record(VisitId(visit.id)).stand_in is None


def test_what_is_active_and_of_this_window_stands_first() -> None:
    """B06, B07."""
    here, there = AreaCode("430200"), AreaCode("370800")

    def row(kind: str, area: AreaCode, status: str) -> Insurance:
        return Insurance(kind, area, "11", status, None, civil_servant=False, employer="")

    ended, local, away = row("310", there, "4"), row("390", here, "1"), row("390", there, "1")
    assert by_use((ended, local, away), AreaCode("430100")) == (away, local, ended)


def test_the_choice_among_several_insurances_is_recorded(counter: Counter) -> None:
    """B06."""
    wanted = ("390", AreaCode("370800"))
    finished = counter.settle(bill_of(BOTH_INSURANCES), insurance=wanted)
    insurance = counter.on_disk(finished).insurance
    assert insurance is not None
    assert (insurance.kind, insurance.area) == wanted
