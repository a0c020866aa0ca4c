"""A paper is the fold of its notes; what nobody knows is never taken for done."""

from __future__ import annotations

from desktop.domain.prints import (
    GIVEN_UP,
    Paper,
    PaperStanding,
    PrintDoubted,
    PrintEnded,
    PrintIntended,
    PrintNote,
    ReprintReason,
    paper_left,
    reprint_of,
    with_print,
)

MEANT = PrintIntended("j", "F1", 2, "ab", "S1")


def told(*notes: PrintNote) -> tuple[Paper, ...]:
    papers: tuple[Paper, ...] = ()
    for note in notes:
        papers = with_print(papers, note)
    return papers


def test_meant_is_doubted_until_it_ends() -> None:
    (paper,) = told(MEANT)
    assert (paper.standing, paper.missing, paper.may_be_in_hand) == (PaperStanding.DOUBTED, 0, True)
    (paper,) = told(MEANT, PrintEnded("j", 2))
    assert (paper.standing, paper.out) == (PaperStanding.OUT, 2)


def test_only_one_copy_is_in_doubt_where_the_printer_broke_off() -> None:
    (paper,) = told(MEANT, PrintDoubted("j", 0, "printer-jam"))
    assert (paper.sent, paper.missing, paper.trouble) == (1, 1, "printer-jam")
    (paper,) = told(MEANT, PrintDoubted("j", 1, "printer-jam"), PrintEnded("j", 0, "printer-jam"))
    assert (paper.standing, paper.out, paper.missing) == (PaperStanding.WAITING, 1, 1)
    (paper,) = told(MEANT, PrintEnded("j", 1, "printer-off"), PrintIntended("j", "F1", 1, "ab"))
    assert (paper.standing, paper.sent, paper.trouble) == (PaperStanding.DOUBTED, 1, "")


def test_an_end_without_a_beginning_tells_nothing() -> None:
    assert told(PrintEnded("j", 1)) == ()


def test_a_later_paper_of_its_kind_takes_the_place_of_what_waits() -> None:
    first = (MEANT, PrintEnded("j", 0, "printer-jam"))
    waiting = told(*first)
    assert paper_left(waiting) == waiting[0]
    both = told(*first, PrintIntended("k", "F1", 2, "cd", "S1"), PrintEnded("k", 2))
    assert paper_left(both) is None
    assert paper_left(told(MEANT, PrintEnded("j", 0, GIVEN_UP))) is None


def test_a_reprint_is_of_what_somebody_may_hold() -> None:
    """Of this form and settlement; a paper that surely never came out is no original."""
    assert reprint_of(told(MEANT), "F1", "S1") == 1
    assert reprint_of(told(MEANT, PrintEnded("j", 0, "printer-jam")), "F1", "S1") == 0
    assert reprint_of(told(MEANT), "F1", "S2") == reprint_of(told(MEANT), "F4", "S1") == 0


def test_every_reason_has_its_words() -> None:
    assert len({reason.words for reason in ReprintReason}) == len(ReprintReason)
