"""Who stands in for somebody, and what documents they show (B08, S1-24)."""

from __future__ import annotations

import pytest

from desktop.domain.identifiers import BadIdentifier
from desktop.domain.identity import CheckWay, Document, Doubt, Relation, StandIn, document_of

MOTHER = "990000199005201064"


@pytest.mark.parametrize(
    ("typed", "document", "number"),
    [
        (MOTHER, Document.ID_CARD, MOTHER),
        (" ９９００００ 19920321 144x ", Document.ID_CARD, "99000019920321144X"),
        ("e37080001", Document.OTHER, "E37080001"),
        ("Ｅ３７０８０００１", Document.OTHER, "E37080001"),
        ("H1234567802", Document.OTHER, "H1234567802"),
    ],
)
def test_what_was_typed_is_recognised(typed: str, document: Document, number: str) -> None:
    assert document_of(typed) == (document, number)


@pytest.mark.parametrize(
    "typed", ["", "1234", MOTHER[:-1] + "5", MOTHER[:-1], "99000019900520", "母亲的证", "A" * 21]
)
def test_an_id_number_with_a_slip_in_it_is_no_other_document(typed: str) -> None:
    with pytest.raises(BadIdentifier):
        document_of(typed)


def test_a_stand_in_shows_no_name_and_no_number() -> None:
    """House rule 8."""
    someone = StandIn("曾小满", Document.ID_CARD, MOTHER, Relation.PARENT)
    assert "曾小满" not in repr(someone)
    assert MOTHER not in repr(someone)
    assert someone.masked == "990000********1064"


@pytest.mark.parametrize("kind", [CheckWay, Doubt, Relation, Document])
def test_everything_has_words(kind: type[CheckWay | Doubt | Relation | Document]) -> None:
    words = [member.words for member in kind]
    assert all(words)
    assert len(set(words)) == len(words)
