"""Who may be the same as whom across articles: what is proposed and why, and what is never proposed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from averment.identity import Named, Reason, Sort
from averment.identity import names as folding
from averment.identity.candidates import candidates
from averment.identity.decided import Decided

FULL, ROLE, SURNAME, INITIAL = (
    Reason.SAME_FULL_NAME,
    Reason.SAME_ROLE,
    Reason.SAME_SURNAME,
    Reason.FITTING_INITIAL,
)


def entity(number: int, label: str, *roles: str, sort: Sort = Sort.PERSON, source: str | None = None) -> Named:
    return Named(iri=f"e:{number:05}", source=source or f"s:{number}", sort=sort, label=label, described_as=roles)


def reasons(one: Named, other: Named) -> set[Reason]:
    """Give why two entities are proposed to be the same, nothing where they are not."""
    return {reason for proposal in candidates([one, other]) for reason in proposal.reasons}


def pairs(entities: list[Named], decided: Decided | None = None) -> set[tuple[int, int]]:
    """Give what is proposed by the numbers of the entities."""
    return {(int(p.one[2:]), int(p.other[2:])) for p in candidates(entities, decided)}


# ---- People ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("Jo Lind",), ("Jo Lind",), {FULL}),
        (("Jo Lind",), ("JO LIND",), {FULL}),
        (("José Núñez",), ("Jose Nunez",), {FULL}),
        (("Łukasz Øst",), ("Lukasz Ost",), {FULL}),
        (("Conor O’Brien",), ("Conor O'Brien",), {FULL}),
        (("Ana Ruiz–Vale",), ("Ana Ruiz-Vale",), {FULL}),
        (("Mayor Jo Lind",), ("Jo Lind",), {FULL}),
        (("Dr. Jo Lind",), ("Jo Lind, PhD",), {FULL}),
        (("Jo A. Lind",), ("Jo Lind",), {FULL}),
        (("Jo A. Lind",), ("Jo Anne Lind",), {FULL}),
        (("J.B. Vale",), ("JB Vale",), {FULL}),
        (("J. B. Vale",), ("J.B. Vale",), {FULL}),
        (("Bill de Hoorn",), ("Bill De Hoorn",), {FULL}),
        (("Jo Lind", "Mayor"), ("Jo Lind", "the Ostport mayor"), {FULL, ROLE}),
        (("Gov. Jo Lind",), ("Jo Lind", "governor"), {FULL, ROLE}),
        (("Mayor Lind",), ("Jo Lind", "Mayor"), {SURNAME, ROLE}),
        (("Lind", "Sen."), ("Lind", "Senator"), {SURNAME, ROLE}),
        (("J. Lind", "mayor"), ("Jo Lind", "Mayor"), {SURNAME, ROLE, INITIAL}),
        (("Congresswoman Lind",), ("Jo Lind", "Rep."), {SURNAME, ROLE}),
    ],
)
def test_people_are_candidates_for_these_reasons(
    one: tuple[str, ...], other: tuple[str, ...], expected: set[Reason]
) -> None:
    assert reasons(entity(1, *one), entity(2, *other)) == expected
    assert reasons(entity(1, *other), entity(2, *one)) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Lind",), ("Lind",)),
        (("Lind",), ("Jo Lind", "Mayor")),
        (("Mr. Lind",), ("Jo Lind", "Mr.")),
        (("Jo Lind", "Mayor"), ("Kim Lind", "Mayor")),
        (("K. Lind", "Mayor"), ("Jo Lind", "Mayor")),
        (("J. Lind",), ("Jo Lind",)),
        (("George H.W. Vale",), ("George W. Vale",)),
        (("Jo Lind Jr.",), ("Jo Lind Sr.",)),
        (("J.B. Vale", "Gov."), ("J.R. Vale", "Gov.")),
        (("Deputy Mayor Lind",), ("Jo Lind", "Mayor")),
        (("Attorney General Lind",), ("Lind", "attorney")),
        (("Attorney General Lind",), ("General Lind",)),
        (("Mayor Lind",), ("Jo Lindt", "Mayor")),
        (("…",), ("…",)),
        (("",), ("",)),
    ],
)
def test_people_are_no_candidates_on_a_surname_or_against_a_first_name(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert reasons(entity(1, *one), entity(2, *other)) == set()


def test_a_name_between_two_is_proposed_with_each_and_they_not_with_each_other() -> None:
    vales = [entity(1, "George W. Vale"), entity(2, "George H. Vale"), entity(3, "George Vale")]
    assert pairs(vales) == {(1, 3), (2, 3)}


def test_entities_of_one_article_are_never_proposed() -> None:
    assert candidates([entity(1, "Jo Lind", source="s"), entity(2, "Jo Lind", source="s")]) == []


def test_a_person_is_no_organization() -> None:
    assert reasons(entity(1, "Jo Lind"), entity(2, "Jo Lind", sort=Sort.BODY)) == set()


# ---- Organizations, offices and documents ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "sort"),
    [
        ("Harbour Gazette", "The Harbour Gazette", Sort.BODY),
        ("Acme Widgets, Inc.", "ACME Widgets", Sort.BODY),
        ("Vale & Sons", "Vale and Sons Ltd", Sort.BODY),
        ("Ostport Sun-Times", "Ostport Sun Times", Sort.BODY),
        ("city of Ostport", "the City of Ostport", Sort.BODY),
        ("Jo Lind’s office", "Jo Lind's Office", Sort.OFFICE),
        ("House Bill 12", "house bill 12", Sort.DOCUMENT),
        ("the SAFE-T Act", "SAFE-T Act", Sort.DOCUMENT),
    ],
)
def test_the_same_name_makes_candidates(one: str, other: str, sort: Sort) -> None:
    assert reasons(entity(1, one, sort=sort), entity(2, other, sort=sort)) == {Reason.SAME_NAME}


@pytest.mark.parametrize(
    ("label", "sort"),
    [
        ("police department", Sort.BODY),
        ("the office", Sort.OFFICE),
        ("emails", Sort.DOCUMENT),
        ("The spreadsheet", Sort.DOCUMENT),
        ("Ostport", Sort.PLACE),
    ],
)
def test_what_is_no_name_of_one_thing_makes_none(label: str, sort: Sort) -> None:
    assert reasons(entity(1, label, sort=sort), entity(2, label, sort=sort)) == set()


POLICE = [entity(1, "OPD", sort=Sort.BODY), entity(2, "Ostport Police Department", sort=Sort.BODY)]
PLACES = [entity(3, "Ostport", sort=Sort.PLACE, source="s:1"), entity(4, "Ostport", sort=Sort.PLACE, source="s:2")]


def test_an_acronym_needs_common_ground() -> None:
    assert candidates(POLICE) == []
    (found,) = candidates(POLICE + PLACES)
    assert set(found.reasons) == {Reason.ACRONYM, Reason.COMMON_GROUND}
    assert (found.one, found.other) == (POLICE[0].iri, POLICE[1].iri)


def test_the_two_names_themselves_are_no_common_ground() -> None:
    both = [entity(5, "OPD", sort=Sort.BODY, source="s:2"), *POLICE]
    assert pairs(both) == {(1, 5)}


# ---- What was decided ------------------------------------------------------------------------------------------------


def test_as_many_questions_as_there_are_further_namesakes() -> None:
    assert len(candidates([entity(number, "Jo Lind") for number in range(200)])) == 199
    mixed = [entity(n, f"{'Jo' if n % 2 else 'J.'} Lind{n % 50}", "mayor") for n in range(10_000)]
    assert len(candidates(mixed)) <= len(mixed)


def test_who_is_confirmed_is_not_asked_about_again_by_way_of_others() -> None:
    linds = [entity(number, "Jo Lind") for number in (1, 2, 3)]
    assert pairs(linds, Decided(confirmed=[("e:00001", "e:00002")])) == {(1, 3)}
    assert pairs(linds, Decided(confirmed=[("e:00002", "e:00003")])) == {(1, 2)}
    assert pairs(linds, Decided(confirmed=[("e:00002", "e:00003"), ("e:00003", "e:00001")])) == set()


def test_who_is_rejected_by_one_is_asked_about_with_another() -> None:
    linds = [entity(number, "Jo Lind") for number in (1, 2, 3)]
    assert pairs(linds, Decided(rejected=[("e:00001", "e:00003")])) == {(1, 2)}
    assert pairs(linds, Decided(rejected=[("e:00001", "e:00002")])) == {(1, 3)}
    assert pairs(linds, Decided([("e:00001", "e:00002")], [("e:00001", "e:00003")])) == set()


def test_another_first_name_is_asked_about_where_one_is_rejected() -> None:
    linds = [entity(1, "Mayor Lind"), entity(2, "Jo Lind", "Mayor"), entity(3, "Kim Lind", "Mayor")]
    assert pairs(linds) == {(1, 2), (1, 3)}
    assert pairs(linds, Decided(rejected=[("e:00001", "e:00002")])) == {(1, 3)}


# ---- Any text whatever -----------------------------------------------------------------------------------------------

LABELS = st.one_of(
    st.text(max_size=30), st.from_regex(r"(Mayor |Dr\. )?([A-J]\.? ){0,2}(Lind|Vale|van der Öst)( Jr\.)?")
)


@given(st.text())
def test_folding_is_stable(text: str) -> None:
    assert folding.fold(folding.fold(text)) == folding.fold(text)


@given(st.text())
def test_folding_leaves_single_spaces_and_no_capitals(text: str) -> None:
    folded = folding.fold(text)
    assert folded == " ".join(folded.split())
    assert folded == folded.casefold()


@given(LABELS)
def test_whoever_has_a_full_name_may_be_who_has_the_same(label: str) -> None:
    name = folding.person(label)
    expected = {FULL} if name is not None and name.is_full else set()
    assert expected <= reasons(entity(1, label), entity(2, label))


@given(LABELS, LABELS, st.sampled_from(Sort))
def test_reasons_do_not_depend_on_which_comes_first(one: str, other: str, sort: Sort) -> None:
    forth, back = (
        reasons(entity(1, a, "mayor", sort=sort), entity(2, b, "mayor", sort=sort))
        for a, b in ((one, other), (other, one))
    )
    assert forth == back


@given(st.data())
def test_candidates_do_not_depend_on_the_order_of_entities(data: st.DataObject) -> None:
    found = data.draw(st.lists(st.tuples(LABELS, st.sampled_from(Sort)), max_size=8))
    entities = [entity(n, label, "mayor", sort=sort) for n, (label, sort) in enumerate(found)]
    assert candidates(data.draw(st.permutations(entities))) == candidates(entities)
