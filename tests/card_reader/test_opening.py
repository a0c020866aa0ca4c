"""Opening 3.0 cards by a security module: the dialogue, and all that can go wrong (cards.md A3, A6)."""

from __future__ import annotations

import threading
import time

import pytest

from card_reader.apdu import Channel, CountingChannel
from card_reader.atr import historical_bytes
from card_reader.connection import Connector, Patience
from card_reader.faults import CardError
from card_reader.hardware import Crew, Pulse
from card_reader.monitor import Monitor
from card_reader.network_module import NetworkModule, challenge_line, forwarded, proof_of
from card_reader.opening import Openings
from card_reader.psam import PsamAtHand, PsamSlot
from card_reader.recognise import recognise
from card_reader.security_module import Challenge, ChipId, ModuleFailed, Proof, SecurityModule
from card_reader.social_security import APPLICATION, SocialSecurityCard
from desktop.domain.problems import Problem, ProblemCode
from tests.card_reader.module import Keys, machine
from tests.card_reader.script import PERSON, SELECT, ChipChannel
from tests.card_reader.test_faulty_service import ServiceOfCards
from tests.rig.card_costs import VERSIONS, Version
from tests.rig.virtual_card import (
    ATR_CONTACTLESS,
    ATR_T0,
    ATR_T1,
    EXTERNAL_KEY,
    Chip,
    psam,
    social_security_card,
    third_generation_card,
)

HISTORICAL = bytes.fromhex("00815431008660110816000001")
RANDOM = [bytes((number,)) * 8 for number in (0xA1, 0xA2, 0xA3, 0xA4)]
CHALLENGE = Challenge(
    ChipId(bytes.fromhex("990000D15600000500BF7C7A48FB4966"), HISTORICAL), 3, *RANDOM
)


def opened(
    channel: Channel, module: SecurityModule, openings: Openings | None = None
) -> SocialSecurityCard:
    known = openings or Openings()

    def opening(channel: Channel, card_sn: bytes) -> Problem | None:
        return known.open(channel, APPLICATION, ChipId(card_sn, HISTORICAL), module)

    card = recognise(channel, opening).card
    assert card is not None
    return card


@pytest.mark.parametrize("behaviour", [{}, {"t0": False}, {"short_ids": False}])
@pytest.mark.req("S2-03")
def test_a_third_generation_card_is_read_whole(behaviour: dict[str, bool]) -> None:
    card = opened(ChipChannel(Chip(third_generation_card(**PERSON, **behaviour))), Keys())
    assert (card.version, card.name, card.id_number) == ("3.00", "张三", PERSON["id_number"])
    assert (card.partial, card.problems) == (False, ())


def test_the_dialogue() -> None:
    """Selected again, two random numbers, the card proves itself, two more, the module does."""
    channel = ChipChannel(Chip(third_generation_card(**PERSON)))
    module = Keys()
    opened(channel, module)
    (asked,) = module.asked
    random = f"{asked.internal_factor.hex()}{asked.internal_data.hex()}"
    key = module.answer(asked).external.hex()
    assert channel.sent[6:] == [
        SELECT, "00c000001b", "0084000008", "0084000008", f"0088000010{random}", "00c0000010",
        "0084000008", "0084000008", f"0082000a10{key}",
        "00b2083014", "00b2093020", "00b24e3016", "00b20a3003", "00b20d3006",
    ]  # fmt: skip
    assert (asked.algorithm, asked.chip.historical) == (3, HISTORICAL)


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.name)
def test_every_version_of_the_card_costs_a_tenth_more_than_the_least_at_most(
    version: Version,
) -> None:
    """Opening: only the second SELECT could be spared, by asking every 2.0 card for its FCI."""
    channel = CountingChannel(ChipChannel(Chip(version.card(**PERSON))))
    card = opened(channel, Keys()) if version.module else recognise(channel).card
    assert card is not None
    assert card.partial is version.name.startswith("3.0 alone")
    assert card.problems == ()
    assert version.least <= channel.round_trips <= 1.1 * version.least


def test_a_reader_that_calls_a_card_of_t1_one_of_t0_opens_it_all_the_same() -> None:
    channel = ChipChannel(Chip(third_generation_card(**PERSON, t0=False)))
    channel.is_t1 = False
    assert opened(channel, Keys()).name == "张三"


def test_a_card_in_t1_proves_itself_once() -> None:
    """Asked again for its answer it would use up its random number (cards.md A3)."""
    channel = ChipChannel(Chip(third_generation_card(**PERSON, t0=False)))
    opened(channel, Keys())
    assert [apdu[:4] for apdu in channel.sent].count("0088") == 1


def test_a_card_that_names_no_algorithm_is_of_3des() -> None:
    module = Keys()
    opened(ChipChannel(Chip(third_generation_card(**PERSON, algorithm=0))), module)
    assert module.asked[0].algorithm == 1


@pytest.mark.parametrize("version", ["1.00", "2.00"])
def test_an_older_card_needs_no_module(version: str) -> None:
    module = Keys()
    card = opened(ChipChannel(Chip(social_security_card(**PERSON, version=version))), module)
    assert (card.name, module.asked) == ("张三", [])


def test_a_card_without_a_sound_identifier_is_not_opened() -> None:
    module = Keys()
    chip = Chip(third_generation_card(**PERSON, said_lengths={"01": 9}))
    card = opened(ChipChannel(chip), module)
    assert (card.partial, card.card_no, module.asked) == (True, "X00000019", [])


def test_a_card_that_fails_its_proof_is_not_read_at_all() -> None:
    """Forged, or the module has other keys: in both cases nobody is taken from it."""
    chip = ChipChannel(Chip(third_generation_card(**PERSON, keys=("33" * 16, EXTERNAL_KEY))))
    with pytest.raises(CardError) as error:
        opened(chip, Keys())
    assert error.value.kind is ProblemCode.CARD_NOT_GENUINE
    assert not [apdu for apdu in chip.sent if apdu.startswith("0082")], "no try is spent"


def test_a_card_that_refused_the_module_is_not_asked_again() -> None:
    """Each refusal brings the card's own key nearer to its lock."""
    chip = Chip(third_generation_card(**PERSON))
    module, openings = Keys(external="33" * 16), Openings()
    first = opened(ChipChannel(chip), module, openings)
    chip.reset()
    second = opened(ChipChannel(chip), module, openings)
    told = [(card.partial, [p.kind for p in card.problems]) for card in (first, second)]
    assert told == [(True, [ProblemCode.CARD_NOT_OPENED])] * 2
    assert first.problems[0].detail == "外部认证 63C2"
    assert (first.card_no, second.name, len(module.asked)) == ("X00000019", "", 1)


class Answering:
    def __init__(self, proof: Proof | None) -> None:
        self._proof = proof

    def answer(self, _: Challenge, /) -> Proof:
        if self._proof is None:
            raise ModuleFailed("密码机没有回答")
        return self._proof


@pytest.mark.parametrize(
    ("proof", "why"),
    [
        (None, "密码机没有回答"),
        (Proof(bytes(7), bytes(16)), "安全模块的回答长度不对"),
        (Proof(bytes(8), bytes(15)), "安全模块的回答长度不对"),
    ],
)
def test_a_module_that_fails_leaves_the_card_partial(proof: Proof | None, why: str) -> None:
    card = opened(ChipChannel(Chip(third_generation_card(**PERSON))), Answering(proof))
    assert (card.partial, card.card_no) == (True, "X00000019")
    assert card.problems == (Problem(ProblemCode.CARD_NOT_OPENED, why),)


class Disturbed(ChipChannel):
    """The chip, but what it says to one command is another thing."""

    def __init__(self, command: str, says: str, after: int = 0) -> None:
        super().__init__(Chip(third_generation_card(**PERSON)))
        self._command = command
        self._says = says
        self._after = after

    def transmit(self, apdu: bytes) -> bytes:
        answer = super().transmit(apdu)
        if not apdu.hex().startswith(self._command):
            return answer
        self._after -= 1
        return bytes.fromhex(self._says) if self._after < 0 else answer


@pytest.mark.parametrize(
    ("command", "says", "after", "why"),
    [
        (SELECT, "6985", 1, "选择应用 6985"),
        ("0084", "6d00", 0, "取随机数 6D00"),
        ("0084", "a1a29000", 0, "取随机数长度不对"),
        ("0084", "6985", 3, "取随机数 6985"),
        ("0088", "6a88", 0, "内部认证 6A88"),
        ("00c0000010", "a1a29000", 0, "内部认证没有结果"),
        ("0082", "6983", 0, "外部认证 6983"),
        ("0082", "6988", 0, "外部认证 6988"),
    ],
)
def test_a_card_that_does_not_play_along_stays_partial(
    command: str, says: str, after: int, why: str
) -> None:
    card = opened(Disturbed(command, says, after), Keys())
    assert (card.partial, card.name, card.card_no) == (True, "", "X00000019")
    assert card.problems == (Problem(ProblemCode.CARD_NOT_OPENED, why),)


def test_nothing_of_a_challenge_is_shown() -> None:
    shown = repr((CHALLENGE, CHALLENGE.chip, Proof(RANDOM[0], RANDOM[1] * 2)))
    assert shown == "(Challenge(algorithm=3), ChipId(), Proof())"


# --- the machine on the network ---------------------------------------------------------------


def at_hand(service: ServiceOfCards | None = None, **patience: float) -> Connector:
    pulse = Pulse(time.monotonic)
    scard = service or ServiceOfCards()
    return Connector(scard, pulse, Patience(**patience), time.monotonic, time.sleep)


def monitor_of(service: ServiceOfCards) -> Monitor:
    monitor = Monitor(service, time.sleep)
    monitor.poll(0)
    return monitor


def ask_machine(place: NetworkModule) -> Proof:
    service = ServiceOfCards()
    return place.at(at_hand(service), monitor_of(service), Crew()).answer(CHALLENGE)


def test_the_line_is_that_of_the_vendors_libraries() -> None:
    assert challenge_line(CHALLENGE).decode() == (
        "990000|00815431008660110816000001|03|990000D15600000500BF7C7A48FB4966|"
        "A1A1A1A1A1A1A1A1|A2A2A2A2A2A2A2A2|A3A3A3A3A3A3A3A3|A4A4A4A4A4A4A4A4||"
    )


@pytest.mark.parametrize("end", ["", "|", "|\r\n"])
def test_an_answer_of_the_machine(end: str) -> None:
    proof = proof_of(f"{'aB' * 16}|{'01' * 16}{end}".encode())
    assert (proof.internal, proof.external) == (b"\xab" * 16, b"\x01" * 16)


@pytest.mark.parametrize("line", ["", "AB|01|", "zz" * 16 + "|" + "01" * 16, "01" * 16, "01" * 64])
def test_any_other_line_is_no_answer(line: str) -> None:
    with pytest.raises(ModuleFailed):
        proof_of(line.encode())


def test_the_machine_answers_over_http() -> None:
    with machine() as central:
        proof = ask_machine(NetworkModule(central.url))
        assert proof == Proof(
            Keys().answer(CHALLENGE).internal + RANDOM[1], Keys().answer(CHALLENGE).external
        )
        assert central.lines == [challenge_line(CHALLENGE).decode()]


def test_a_machine_that_says_something_else() -> None:
    with machine() as central:
        central.status = 503
        with pytest.raises(ModuleFailed, match="503"):
            ask_machine(NetworkModule(central.url))
        central.status, central.body = 200, b"<html>"
        with pytest.raises(ModuleFailed, match="不合格式"):
            ask_machine(NetworkModule(central.url))
        central.body = b"1" * 5000
        with pytest.raises(ModuleFailed, match="太长"):
            ask_machine(NetworkModule(central.url))


def test_a_machine_that_dribbles_is_left_in_time() -> None:
    with machine() as central:
        central.pause = 0.05
        began = time.monotonic()
        with pytest.raises(ModuleFailed, match="太慢"):
            ask_machine(NetworkModule(central.url, seconds=0.2))
        assert time.monotonic() - began < 2


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://[::1/", "nonsense"])
def test_a_machine_that_is_not_there(url: str) -> None:
    with pytest.raises(ModuleFailed, match="没有回答"):
        ask_machine(NetworkModule(url))


# --- the PSAM ----------------------------------------------------------------------------------

SLOT = PsamSlot("sam", b"\x48\x01", b"\x48\x0a")


def psam_service(card: Chip) -> ServiceOfCards:
    return ServiceOfCards(("R", "SAM slot"), chip=card)


def ask_psam(service: ServiceOfCards, slot: PsamSlot = SLOT) -> Proof:
    crew = Crew()
    module = slot.at(at_hand(service, busy=0), monitor_of(service), crew)
    assert isinstance(module, PsamAtHand)
    try:
        return module.answer(CHALLENGE)
    finally:
        crew.close()
        assert service.open_links == 0, "the PSAM is given back"


@pytest.mark.parametrize("directory", ["", "df01"])
def test_a_psam_answers_as_the_card_expects(directory: str) -> None:
    slot = PsamSlot("sam", b"\x48\x01", b"\x48\x0a", bytes.fromhex(directory))
    assert ask_psam(psam_service(Chip(psam(directory))), slot) == Keys().answer(CHALLENGE)


@pytest.mark.parametrize(
    ("card", "why"),
    [
        (psam("df01"), "PSAM 选密钥 6A88"),
        (psam(psam={}), "PSAM 选密钥 6D00"),
    ],
)
def test_a_psam_without_the_key(card: object, why: str) -> None:
    with pytest.raises(ModuleFailed, match=why):
        ask_psam(psam_service(Chip(card)))  # type: ignore[arg-type]


def test_a_psam_without_the_directory() -> None:
    slot = PsamSlot("sam", b"\x48\x01", b"\x48\x0a", b"\xdf\x07")
    with pytest.raises(ModuleFailed, match="PSAM 选择目录 6A82"):
        ask_psam(psam_service(Chip(psam("df01"))), slot)


def test_no_psam_in_its_slot() -> None:
    with pytest.raises(ModuleFailed, match="sam 里没有 PSAM"):
        ask_psam(ServiceOfCards())


def test_a_psam_that_another_program_keeps() -> None:
    service = psam_service(Chip(psam()))
    service.for_ever = {f"{share} SAM slot": 0x8010000B for share in ("exclusive", "shared")}
    with pytest.raises(ModuleFailed, match="PSAM：读卡器正被别的程序占用"):
        ask_psam(service)


def test_a_psam_that_is_pulled() -> None:
    class Pulled(Chip):
        def answer(self, _: bytes, /) -> bytes:
            return b""

    with pytest.raises(ModuleFailed, match="被取走"):
        ask_psam(psam_service(Pulled(psam())))


# --- historical bytes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("atr", "historical"),
    [
        (ATR_T0, HISTORICAL.hex()),
        (ATR_T1, ""),
        (ATR_CONTACTLESS, "0073c84000009000"),
        ("3b6d0000", ""),
        ("3bf0", ""),
        ("3b", ""),
        ("", ""),
    ],
)
def test_the_historical_bytes_of_an_atr(atr: str, historical: str) -> None:
    assert historical_bytes(bytes.fromhex(atr)).hex() == historical


def test_a_name_server_that_keeps_silent_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """No limit of ours reaches the system's name lookup: the thread that asks is left behind."""
    asked, ended = threading.Event(), threading.Event()

    def silent(*_: object, **__: object) -> list[object]:
        asked.set()
        ended.wait()
        raise OSError

    monkeypatch.setattr("socket.getaddrinfo", silent)
    place = NetworkModule("http://module.invalid/", seconds=0.05)
    try:
        with pytest.raises(ModuleFailed, match="太慢"):
            forwarded(place, b"line", time.monotonic)
        assert asked.wait(10)
    finally:
        ended.set()
