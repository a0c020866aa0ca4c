"""The data files: catalogue and town; the policies have a test file of their own."""

from __future__ import annotations

from desktop.domain.identifiers import IdNumber
from desktop.sandbox.care_place.catalogue import read_catalogue
from desktop.sandbox.catalogue_model import ItemClass
from desktop.sandbox.control.town import town


def test_the_catalogue_is_large_and_varied() -> None:
    items = read_catalogue()
    assert len(items) >= 150
    assert len({item.code for item in items}) == len(items)
    assert {item.item_class for item in items} == set(ItemClass)
    assert {item.kind for item in items} == {f"{number:02d}" for number in range(1, 15)}
    assert any(item.limit for item in items)
    assert any(item.restricted for item in items)
    assert all(item.selfpay.value == 1 for item in items if item.item_class is ItemClass.C)


def test_the_town_is_invented_and_whole() -> None:
    people = town()
    assert len(people) >= 20
    for person in people:
        number = IdNumber.parse(person.certno)
        assert person.certno.startswith("990000")
        assert number.birth == person.brdy
        assert int(person.certno[16]) % 2 == int(person.gend) % 2
    assert len({person.certno for person in people}) == len(people)
    assert len({person.card_no for person in people}) == len(people)
    assert {person.gend for person in people} == {"1", "2"}


def test_the_town_has_every_name_that_is_hard() -> None:
    names = "".join(person.name for person in town())
    assert all(each in names for each in "䶮㼆彧龴𠮷𬀩𫖮·")
    assert any(0x2EBF0 <= ord(each) <= 0x2EE5D for each in names)
    assert max(len(person.name) for person in town()) == 30
