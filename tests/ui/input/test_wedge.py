"""A scanner told from a person by timing, prefix and shape (cards.md A8)."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.identifiers import id_check_digit
from desktop.domain.scanned import ScannedKind
from ui.input.wedge import (
    Key,
    KeyKind,
    Scan,
    Swallowed,
    Typing,
    Undecided,
    Verdict,
    WedgeDetector,
)

pytestmark = pytest.mark.windows

VOUCHER = "4241234567890123456789430000"
ID_NUMBER = "99000019900101001" + id_check_digit("99000019900101001")
ENTER = "\r"
MS = 0.001


def key(character: str, at: float) -> Key:
    names = {"\r": "Return", "\t": "Tab", "\b": "Backspace", "\f": "F9"}
    if character in "\r\t":
        return Key(KeyKind.SUFFIX, names[character], at)
    if character == "\b":
        return Key(KeyKind.OTHER, names[character], at)
    if character == "\f":
        return Key(KeyKind.FUNCTION, names[character], at)
    return Key(KeyKind.TEXT, character, at)


def keys(text: str, gaps_ms: Sequence[float] | float = 5, at: float = 0) -> list[Key]:
    gaps = [gaps_ms] * (len(text) - 1) if isinstance(gaps_ms, int | float) else gaps_ms
    times = accumulate((gap * MS for gap in gaps), initial=at)
    return [key(c, t) for c, t in zip(text, times, strict=True)]


def play(fed: Iterable[Key], detector: WedgeDetector | None = None) -> list[Verdict]:
    """Feed the keys with every tick between them, then silence; all that became clear."""
    detector = detector or WedgeDetector()
    told: list[Verdict] = []
    for pressed in fed:
        if told and isinstance(told[-1], Undecided):
            waiting = told.pop()
            assert isinstance(waiting, Undecided)
            if waiting.until <= pressed.at:
                told += detector.tick(waiting.until)
        told += detector.feed(pressed)
    while told and isinstance(told[-1], Undecided):
        waiting = told.pop()
        assert isinstance(waiting, Undecided)
        told += detector.tick(waiting.until)
    assert not any(isinstance(verdict, Undecided) for verdict in told)
    return told


def scans(told: Iterable[Verdict]) -> list[tuple[ScannedKind, str]]:
    return [(verdict.kind, verdict.text) for verdict in told if isinstance(verdict, Scan)]


def typed(told: Iterable[Verdict]) -> list[Key]:
    return [k for verdict in told if isinstance(verdict, Typing) for k in verdict.keys]


def everything(told: Iterable[Verdict]) -> list[Key]:
    return [k for verdict in told if not isinstance(verdict, Undecided) for k in verdict.keys]


id_numbers = st.builds(
    lambda day, order: (body := f"990000{day:%Y%m%d}{order:03d}") + id_check_digit(body),
    st.dates(min_value=date(1900, 1, 1)),
    st.integers(0, 999),
)
vouchers = st.one_of(
    st.text(string.digits, min_size=25, max_size=25).map("424".__add__),
    st.text(string.digits + string.ascii_letters, min_size=25, max_size=25).map("opc".__add__),
)
foreign = st.text(string.digits + string.ascii_letters + "/:-", min_size=6, max_size=60)
codes = st.one_of(vouchers, id_numbers, foreign)
suffixes = st.sampled_from(["", "\r", "\t"])


@st.composite
def scanner_keys(draw: st.DrawFn, text: str, pause: bool = True) -> list[Key]:
    gaps = draw(st.lists(st.integers(1, 35), min_size=len(text) - 1, max_size=len(text) - 1))
    if pause and draw(st.booleans()):
        gaps[draw(st.integers(0, len(gaps) - 1))] = draw(st.integers(35, 90))
    return keys(text, gaps, draw(st.floats(0, 1e6)))


@given(st.data(), codes, suffixes)
def test_a_scan_is_always_recognised(data: st.DataObject, code: str, suffix: str) -> None:
    """Also with one pause anywhere, before Enter too."""
    told = play(data.draw(scanner_keys(code + suffix)))
    assert [text for _, text in scans(told)] == [
        code if not code.startswith("OPC") else code.swapcase()
    ]
    assert typed(told) == []


@given(st.data(), st.text(string.digits + "xX\r\t\b甲", min_size=1, max_size=40))
def test_a_person_is_never_taken_for_a_scanner(data: st.DataObject, text: str) -> None:
    gaps = data.draw(st.lists(st.integers(80, 900), min_size=len(text) - 1, max_size=len(text) - 1))
    fed = keys(text, gaps)
    told = play(fed)
    assert scans(told) == []
    assert typed(told) == fed


@st.composite
def any_keys(draw: st.DrawFn) -> list[Key]:
    count = draw(st.integers(1, 60))
    gaps = draw(st.lists(st.integers(0, 300), min_size=count, max_size=count))
    times = accumulate(gap * MS for gap in gaps)
    texts = st.sampled_from([*string.digits, "x", "~", "粘贴", VOUCHER])
    kinds = st.sampled_from([KeyKind.TEXT] * 12 + [*KeyKind])
    return [
        Key(draw(kinds), draw(texts), at, draw(st.integers(0, 20)) == 20, origin=number)
        for number, at in enumerate(times)
    ]


@given(any_keys(), st.sampled_from(["", "~", "x"]))
def test_no_key_is_lost_or_doubled(fed: list[Key], prefix: str) -> None:
    told = play(fed, WedgeDetector(prefix))
    assert [k.origin for k in everything(told)] == [k.origin for k in fed]


@given(any_keys(), st.integers(0, 60))
def test_losing_the_focus_hands_everything_on(fed: list[Key], moment: int) -> None:
    detector = WedgeDetector()
    told = [verdict for pressed in fed[:moment] for verdict in detector.feed(pressed)]
    told += detector.flush()
    assert everything(told) == fed[:moment]
    assert detector.tick(1e9) == ()


@given(st.data(), codes, codes, st.integers(1, 2000))
def test_two_scans_back_to_back_are_two(
    data: st.DataObject, first: str, second: str, between: int
) -> None:
    one = data.draw(scanner_keys(first + ENTER))
    two = keys(second + ENTER, 3, one[-1].at + between * MS)
    told = play([*one, *two])
    assert len(scans(told)) == 2
    assert typed(told) == []


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (VOUCHER, ScannedKind.VOUCHER),
        ("opcAbCdEfGhIjKlMnOpQrStUvWxY", ScannedKind.VOUCHER),
        (ID_NUMBER, ScannedKind.ID_NUMBER),
        (ID_NUMBER[:-1] + ("0" if ID_NUMBER[-1] != "0" else "1"), ScannedKind.UNKNOWN),
        (VOUCHER + "0", ScannedKind.TORN_VOUCHER),
        ("134567890123456789", ScannedKind.WECHAT_PAY),
    ],
)
def test_what_was_scanned_is_told_by_its_content(code: str, kind: ScannedKind) -> None:
    assert scans(play(keys(code + ENTER))) == [(kind, code)]


def test_capslock_and_full_width_are_undone() -> None:
    """A8's traps: CapsLock turns letters round, an input method makes digits wide."""
    wide = "".join(chr(ord(c) + 0xFEE0) for c in VOUCHER)
    assert scans(play(keys(wide + ENTER))) == [(ScannedKind.VOUCHER, VOUCHER)]
    code = "opcAbCdEfGhIjKlMnOpQrStUvWxY"
    assert scans(play(keys(code.swapcase() + ENTER))) == [(ScannedKind.VOUCHER, code)]
    person = "99000019900101005"
    number = next(
        f"{person[:-1]}{last}X"
        for last in "0123456789"
        if id_check_digit(person[:-1] + last) == "X"
    )
    assert scans(play(keys(number.lower() + ENTER))) == [(ScannedKind.ID_NUMBER, number)]


@pytest.mark.parametrize("text", [VOUCHER, ID_NUMBER, "社保"])
def test_a_paste_and_an_input_method_are_no_scanner(text: str) -> None:
    pasted = [Key(KeyKind.TEXT, text, 1.0), key(ENTER, 1.001)]
    told = play(pasted)
    assert scans(told) == []
    assert typed(told) == pasted


def test_a_key_that_is_held_down_is_no_scanner() -> None:
    held = [Key(KeyKind.TEXT, "1", n * 0.033, repeated=n > 0) for n in range(20)]
    told = play(held)
    assert scans(told) == []
    assert typed(told) == held


def test_five_quick_keys_are_no_scan() -> None:
    fed = keys("12345" + ENTER)
    assert typed(play(fed)) == fed


def test_enter_alone_is_handed_on_at_once() -> None:
    enter = key(ENTER, 1.0)
    assert WedgeDetector().feed(enter) == (Typing((enter,)),)


@pytest.mark.parametrize("late", [101, 200, 249])
def test_the_scanners_late_enter_presses_no_button(late: int) -> None:
    code = keys(VOUCHER)
    told = play([*code, key(ENTER, code[-1].at + late * MS)])
    assert scans(told) == [(ScannedKind.VOUCHER, VOUCHER)]
    assert isinstance(told[-1], Swallowed)


def test_a_second_suffix_presses_no_button() -> None:
    told = play(keys(VOUCHER + "\r\r"))
    assert [type(verdict) for verdict in told] == [Scan, Swallowed]


def test_a_persons_enter_after_a_scan_is_theirs() -> None:
    code = keys(VOUCHER + ENTER)
    confirmed = key(ENTER, code[-1].at + 0.4)
    assert typed(play([*code, confirmed])) == [confirmed]


@pytest.mark.parametrize("between", [60, 99, 101, 400])
def test_a_key_that_a_person_pressed_just_before_the_scan(between: int) -> None:
    own = key("7", 0)
    told = play([own, *keys(VOUCHER + ENTER, 5, between * MS)])
    assert typed(told) == [own]
    assert scans(told) == [(ScannedKind.VOUCHER, VOUCHER)]


def test_a_persons_keys_before_a_scan_that_pauses_itself() -> None:
    own = keys("12", 90)
    gaps = [5.0] * 28
    gaps[9] = 70
    told = play([*own, *keys(VOUCHER + ENTER, gaps, own[-1].at + 0.09)])
    assert typed(told) == own
    assert scans(told) == [(ScannedKind.VOUCHER, VOUCHER)]


def test_a_shortcut_after_a_scan_without_suffix() -> None:
    code = keys(VOUCHER)
    backspace = key("\b", code[-1].at + 0.08)
    told = play([*code, backspace])
    assert scans(told) == [(ScannedKind.VOUCHER, VOUCHER)]
    assert typed(told) == [backspace]


@pytest.mark.parametrize("prefix", ["~", "\f"])
def test_a_prefix_makes_it_certain(prefix: str) -> None:
    """Then every gap may be a pause, but not after a function key: a person's acts by then."""
    name = key(prefix, 0).text
    gaps = [49.0] + [95.0] * len(VOUCHER)
    told = play(keys(prefix + VOUCHER + ENTER, gaps), WedgeDetector(name))
    assert scans(told) == [(ScannedKind.VOUCHER, VOUCHER)]
    assert typed(told) == []


def test_a_prefix_pressed_by_a_person_is_theirs() -> None:
    fed = keys("~12", 300)
    assert typed(play(fed, WedgeDetector("~"))) == fed
    short = keys("~12" + ENTER, 20)
    assert typed(play(short, WedgeDetector("~"))) == short


def test_two_prefixed_scans_without_suffix() -> None:
    fed = keys("~" + VOUCHER + "~" + ID_NUMBER)
    told = play(fed, WedgeDetector("~"))
    assert scans(told) == [(ScannedKind.VOUCHER, VOUCHER), (ScannedKind.ID_NUMBER, ID_NUMBER)]


F9 = "\f"
"""Stands for the key in what is fed."""


@given(st.data(), codes, suffixes, st.sampled_from(["", "F9"]))
def test_a_function_key_before_a_code_is_the_scanners(
    data: st.DataObject, code: str, suffix: str, prefix: str
) -> None:
    """cards.md A8: it never acts, also where nobody has told of it."""
    told = play(data.draw(scanner_keys(F9 + code + suffix, pause=False)), WedgeDetector(prefix))
    assert len(scans(told)) == 1
    assert typed(told) == []


@pytest.mark.parametrize("prefix", ["", "F9"])
def test_a_function_key_of_a_person_is_kept_back_no_longer_than_the_gap(prefix: str) -> None:
    detector, pressed = WedgeDetector(prefix), key(F9, 1.0)
    (waiting,) = detector.feed(pressed)
    assert isinstance(waiting, Undecided)
    assert 1.050 < waiting.until < 1.055
    assert detector.tick(1.049) == (waiting,)
    assert detector.tick(waiting.until) == (Typing((pressed,)),)


@pytest.mark.parametrize("prefix", ["", "F9"])
@pytest.mark.parametrize("after", [51, 300])
def test_what_a_person_types_after_a_function_key_is_theirs(prefix: str, after: int) -> None:
    fed = [key(F9, 0), *keys("12", 300, after * MS)]
    assert typed(play(fed, WedgeDetector(prefix))) == fed


def test_a_function_key_that_a_person_holds_or_follows_with_another_is_theirs() -> None:
    held = [Key(KeyKind.FUNCTION, "F9", n * 0.033, repeated=n > 0) for n in range(5)]
    assert typed(play(held, WedgeDetector("F9"))) == held
    two = [Key(KeyKind.FUNCTION, "F8", 0), key(F9, 0.02), key(ENTER, 0.04)]
    assert typed(play(two, WedgeDetector("F9"))) == two


def test_a_short_code_after_the_told_function_key_is_no_typing() -> None:
    """What the office has told of is certain: else F9 would settle."""
    assert scans(play(keys(F9 + "12" + ENTER, 20), WedgeDetector("F9"))) == [
        (ScannedKind.UNKNOWN, "12")
    ]
    untold = keys(F9 + "12" + ENTER, 20)
    assert typed(play(untold)) == untold


def test_a_persons_function_key_and_figure_just_before_a_scan() -> None:
    own = keys(F9 + "5", 40)
    told = play([*own, *keys(VOUCHER + ENTER, 5, own[-1].at + 0.07)])
    assert typed(told) == own
    assert scans(told) == [(ScannedKind.VOUCHER, VOUCHER)]


@pytest.mark.parametrize("late", [5, 99])
def test_a_function_key_by_which_a_scanner_ends_its_code_does_nothing(late: int) -> None:
    """Some scanners end a code with one; nobody has read the screen yet."""
    code = keys(VOUCHER)
    told = play([*code, key(F9, code[-1].at + late * MS)])
    assert scans(told) == [(ScannedKind.VOUCHER, VOUCHER)]
    assert typed(told) == []


@pytest.mark.parametrize("suffix", ["", ENTER])
def test_a_persons_function_key_after_a_scan_is_theirs(suffix: str) -> None:
    """However quickly the screen has answered."""
    code = keys(VOUCHER + suffix)
    told = play([*code, key(F9, code[-1].at + (0.02 if suffix else 0.101))])
    assert [pressed.text for pressed in typed(told)] == ["F9"]


def test_two_scans_with_a_function_key_before_each() -> None:
    fed = keys(F9 + VOUCHER + F9 + ID_NUMBER + "\t")
    told = play(fed, WedgeDetector("F9"))
    assert scans(told) == [(ScannedKind.VOUCHER, VOUCHER), (ScannedKind.ID_NUMBER, ID_NUMBER)]
    assert typed(told) == []


def test_nothing_of_a_scan_is_shown_in_a_log() -> None:
    told = play(keys(ID_NUMBER + ENTER))
    assert ID_NUMBER not in repr(told)
    assert "9" not in repr(told)
