"""How many people rated as effective what a key tags: from thirty people on, of those who rated all of it."""

from dataclasses import replace

from eiassess.scoring.samples.answers import PersonAnswers
from eiassess.scoring.samples.irritants import IrritantFigures, irritant_figures
from tests.builders import digest, make_form, make_key, make_scenario

FORM = make_form([make_scenario("first"), make_scenario("second")], id="irritating")
PLAIN = make_key(FORM, {"first": [6, 5, 2, 1], "second": [1, 6, 5, 2]})
TAGS = {("first", "d"): "told-no", ("second", "a"): "script", ("second", "d"): "script"}
KEY = replace(
    PLAIN,
    credits={
        scenario: {
            option: replace(credit, irritant=TAGS.get((scenario, option), "")) for option, credit in options.items()
        }
        for scenario, options in PLAIN.credits.items()
    },
    digest=digest(TAGS),
)


def person(no: int, first: int | None, second: int) -> PersonAnswers:
    given = {} if first is None else {"a": first}
    answers = {"first": {"a": 6, "b": 5, "c": 2, "d": no}, "second": {**given, "b": 6, "c": 5, "d": second}}
    return PersonAnswers(answers, {})


def test_people_are_counted_who_rated_one_or_all_above_the_middle() -> None:
    people = [person(4, 4, 3)] * 10 + [person(3, 5, 6)] * 7 + [person(1, 1, 1)] * 13
    assert irritant_figures(FORM, KEY, people) == (
        IrritantFigures("script", 2, 30, 17, 7),
        IrritantFigures("told-no", 1, 30, 10, 10),
    )


def test_who_left_one_out_is_not_counted_and_below_thirty_nothing_is() -> None:
    people = [person(6, 6, 6)] * 29 + [person(6, None, 6)]
    script, told_no = irritant_figures(FORM, KEY, people)
    assert script == IrritantFigures("script", 2, 29, None, None)
    assert told_no == IrritantFigures("told-no", 1, 30, 30, 30)
    assert irritant_figures(FORM, PLAIN, people) == ()
