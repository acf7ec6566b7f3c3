"""Sums of voluntary answers: what they show, and what of a few people they never do."""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest

from eiassess.domain.fairness import LAW_144, LAW_RACE, LAW_SEX, FairnessQuestion, FairnessQuestions
from eiassess.scoring.samples.fairness import (
    TOO_FEW_FOR_DIF,
    FairnessPerson,
    FairnessSums,
    GroupDifference,
    ImpactChance,
    fairness_sums,
    impact_chance,
    overall_differences,
    seen_to_differ,
)

STAGES = ("interview", "offer", "hired")
GENDER = FairnessQuestion("q1", "Gender?", ("Woman", "Man", "Another"))
ASKED = FairnessQuestions((GENDER,))


def people(
    n: int, category: str = "", *, at: float = 50, reached: int = 0, **more: Mapping[str, float]
) -> list[FairnessPerson]:
    """People of a category with scores around a middle, who came to so many stages."""
    return [
        FairnessPerson(
            {"q1": category} if category else {},
            {"Overall": at + number % 5},
            more.get("scenarios", {}),
            frozenset(STAGES[:reached]),
        )
        for number in range(n)
    ]


def sums(counted: list[FairnessPerson], before: FairnessSums | None = None) -> FairnessSums:
    return fairness_sums(ASKED, counted, [], STAGES, before)


def counts(found: FairnessSums) -> list[tuple[str, int | None]]:
    return [(each.category, each.n) for each in found.questions[0].counts]


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((20, 10, 0, 0), (20, 10, None)),
        ((20, 10, 9, 0), (20, 10, None)),
        ((20, 9, 9, 1), (20, None, None)),
        ((9, 9, 9, 9), (None, None, None)),
        ((20, 15, 12, 30), (20, 15, 12)),
    ],
)
def test_nobody_reads_how_many_of_a_small_group_there_are(
    sizes: tuple[int, ...], shown: tuple[int | None, ...]
) -> None:
    """With the total known, what is hidden is at least two rows: who would rather not say is always one of them."""
    counted = [each for n, name in zip(sizes, (*GENDER.categories, ""), strict=True) for each in people(n, name)]
    assert tuple(n for _, n in counts(sums(counted))) == shown


def test_groups_are_compared_with_the_largest_in_standard_deviations() -> None:
    found = sums([*people(20, "Woman", at=50), *people(12, "Man", at=52), *people(3, "Another")])
    (difference,) = found.questions[0].differences
    assert (difference.category, difference.reference, difference.what) == ("Man", "Woman", "Overall")
    assert difference.d == pytest.approx(1.3, abs=0.2)
    assert difference.low < difference.d < difference.high
    assert [each.why_not for each in found.questions[0].dif] == [TOO_FEW_FOR_DIF]


def test_a_group_of_whom_too_few_have_a_score_is_not_compared() -> None:
    without = [FairnessPerson(each.answers, {}, {}, each.reached) for each in people(5, "Man")]
    found = sums([*people(20, "Woman"), *people(9, "Man"), *without])
    assert counts(found)[1] == ("Man", 14)
    assert found.questions[0].differences == ()


class TestImpactByStage:
    def test_shares_are_compared_where_every_step_is_of_ten(self) -> None:
        found = sums([
            *people(10, "Woman"), *people(15, "Woman", reached=1), *people(15, "Woman", reached=2),
            *people(30, "Man"), *people(10, "Man", reached=1), *people(10, "Man", reached=2),
        ])  # fmt: skip
        interview, offer, hired = found.stages
        rows = {row.category: row for row in interview.rows["q1"]}
        assert (rows["Woman"].n, rows["Woman"].reached, rows["Woman"].ratio) == (40, 30, 1.0)
        assert rows["Man"].reached == 20
        assert rows["Man"].ratio == pytest.approx(20 / 50 / (30 / 40))
        assert rows["Man"].below_four_fifths
        assert rows["Man"].interval
        assert impact_chance(found, "q1") == ImpactChance(2, frozenset({("interview", "Man")}))
        assert [row.reached for row in offer.rows["q1"]] == [15, 10]
        assert [row.reached for row in hired.rows["q1"]] == [None, None], "nobody was hired"
        assert all(row.ratio is None for row in hired.rows["q1"])

    def test_one_small_number_hides_another(self) -> None:
        found = sums(
            [*people(20, "Woman"), *people(20, "Woman", reached=1), *people(20, "Man"), *people(9, "Man", reached=1)]
        )
        assert [(row.n, row.reached) for row in found.stages[0].rows["q1"]] == [(40, None), (29, None)]

    def test_a_small_step_from_one_stage_to_the_next_is_hidden(self) -> None:
        counted = [
            *people(20, "Woman"), *people(9, "Woman", reached=1), *people(20, "Woman", reached=2),
            *people(20, "Man"), *people(20, "Man", reached=1), *people(20, "Man", reached=2),
        ]  # fmt: skip
        interview, offer, _ = sums(counted).stages
        assert [row.reached for row in interview.rows["q1"]] == [29, 40]
        assert [row.reached for row in offer.rows["q1"]] == [None, None]

    def test_of_three_groups_one_that_is_left_alone_has_no_ratio(self) -> None:
        found = sums([
            *people(20, "Woman"), *people(20, "Woman", reached=1), *people(20, "Man"), *people(9, "Man", reached=1),
            *people(20, "Another"), *people(9, "Another", reached=1),
        ])  # fmt: skip
        rows = {row.category: row for row in found.stages[0].rows["q1"]}
        assert (rows["Woman"].reached, rows["Woman"].ratio) == (20, None)
        assert rows["Man"].reached is None

    def test_without_a_group_that_is_shown_there_are_no_rows(self) -> None:
        assert sums([*people(9, "Woman"), *people(9, "Man")]).stages[0].rows["q1"] == ()

    def test_a_table_is_made_anew_only_after_ten_more_have_come_there(self) -> None:
        def counted(more: int) -> list[FairnessPerson]:
            return [
                *people(30 - more, "Woman"), *people(20 + more, "Woman", reached=1),
                *people(30, "Man"), *people(20, "Man", reached=1),
            ]  # fmt: skip

        first = sums(counted(0))
        assert sums(counted(9), first).stages == first.stages
        later = sums(counted(10), first)
        assert [row.reached for row in later.stages[0].rows["q1"]] == [30, 20]


def at_most(n: int) -> float:
    """The share of n pages that may be wrong: 5 %, and two standard errors of it."""
    return 0.05 + 2 * float(np.sqrt(0.05 * 0.95 / n))


class TestHowManyComparisonsThereAre:
    """Where nothing differs, about one page in twenty may claim that something does."""

    @pytest.mark.parametrize(("n_questions", "n_groups", "n_pages"), [(2, 3, 120), (5, 4, 40)])
    def test_overall_scores_that_do_not_differ_are_seldom_said_to(
        self, n_questions: int, n_groups: int, n_pages: int
    ) -> None:
        drawn = np.random.default_rng(4)
        names = tuple(f"g{place}" for place in range(n_groups))
        asked = FairnessQuestions(tuple(FairnessQuestion(f"q{k}", f"{k}?", names) for k in range(n_questions)))

        def page() -> FairnessSums:
            groups, scores = drawn.integers(0, n_groups, (400, n_questions)), drawn.normal(75, 10, 400)
            counted = [
                FairnessPerson(
                    {f"q{k}": names[place] for k, place in enumerate(own)}, {"Overall": float(score)}, {}, frozenset()
                )
                for own, score in zip(groups.tolist(), scores.tolist(), strict=True)
            ]
            return fairness_sums(asked, counted, [], (), None)

        compared = [overall_differences(page()) for _ in range(n_pages)]
        assert {len(each) for each in compared} == {n_questions * (n_groups - 1)}
        alone = [any(not each.low <= 0 <= each.high for each in own) for own in compared]
        assert np.mean([bool(seen_to_differ(own)) for own in compared]) <= at_most(n_pages) < np.mean(alone)

    def test_shares_that_do_not_differ_are_seldom_more_than_chance(self) -> None:
        drawn = np.random.default_rng(5)
        names = GENDER.categories

        def table() -> bool:
            groups, chance = drawn.integers(0, 3, 400).tolist(), drawn.uniform(size=400).tolist()
            counted = [
                FairnessPerson({"q1": names[place]}, {}, {}, frozenset(STAGES[: (x < 0.6) + (x < 0.4) + (x < 0.2)]))
                for place, x in zip(groups, chance, strict=True)
            ]
            found = impact_chance(sums(counted), "q1")
            assert found.n_compared == 9
            return bool(found.beyond)

        assert np.mean([table() for _ in range(100)]) <= at_most(100)

    def test_what_differs_much_is_named_among_many(self) -> None:
        compared = [GroupDifference("Overall", str(p), "r", -1, -2, 0, p) for p in (0.001, 0.02, 0.03, 0.04)]
        assert [each.category for each in seen_to_differ(compared)] == ["0.001"]
        assert seen_to_differ([]) == ()


class TestDif:
    def test_scenarios_are_looked_at_from_500_people_on(self) -> None:
        drawn = np.random.default_rng(1)

        def answered(n: int, category: str, lower: float) -> list[FairnessPerson]:
            standing = drawn.normal(size=(n, 1))
            scores = np.clip(np.round(2 + standing + drawn.normal(size=(n, 12))), 0, 4)
            scores[:, 3] = np.clip(scores[:, 3] - lower, 0, 4)
            return [
                FairnessPerson(
                    {"q1": category}, {}, {f"s{place:02}": float(x) for place, x in enumerate(row)}, frozenset()
                )
                for row in 60 + 10 * scores
            ]

        found = sums([*answered(600, "Woman", 0), *answered(500, "Man", 1)]).questions[0].dif[0]
        assert (found.category, found.reference, found.why_not) == ("Man", "Woman", "")
        assert found.large == ("s03",)
        missing = [FairnessPerson(each.answers, {}, {"s0": 1.0}, each.reached) for each in answered(250, "Man", 0)]
        again = sums([*answered(300, "Woman", 0), *missing]).questions[0].dif[0]
        assert again.why_not == TOO_FEW_FOR_DIF

    def test_of_scores_with_many_decimals_as_they_are_stored_the_one_that_differs_is_named(self) -> None:
        drawn = np.random.default_rng(2)
        women, men = (answered_apart(drawn, category, lower) for category, lower in (("Woman", 25), ("Man", 0)))
        found = sums([*women, *men]).questions[0].dif[0]
        assert (found.category, found.reference) == ("Man", "Woman")
        assert (found.large, found.not_classed, found.why_not) == (("s07",), (), "")

    def test_what_is_not_for_lack_of_people_is_said_in_its_own_words(self) -> None:
        drawn = np.random.default_rng(3)
        one = [
            FairnessPerson({"q1": category}, {}, {"s00": float(x)}, frozenset())
            for category in ("Woman", "Man")
            for x in drawn.uniform(0, 100, 300)
        ]
        assert sums(one).questions[0].dif[0].why_not == (
            "Not assessable: matching needs 2 items that are free of differences, and there are 1"
        )


def answered_apart(drawn: np.random.Generator, category: str, lower: float) -> list[FairnessPerson]:
    """1,500 people with 24 scores between -50 and 100, one of them lower for these."""
    scores = 82 + 16 * (0.45 * drawn.normal(size=(1500, 1)) + 0.9 * drawn.normal(size=(1500, 24)))
    scores[:, 7] -= lower
    return [
        FairnessPerson({"q1": category}, {}, {f"s{place:02}": float(x) for place, x in enumerate(row)}, frozenset())
        for row in np.clip(scores, -50, 100)
    ]


class TestLocalLaw144:
    def law(self, n: int, sex: str, race: str, *, at: float = 50, reached: int = 0) -> list[FairnessPerson]:
        answers = {name: value for name, value in ((LAW_SEX, sex), (LAW_RACE, race)) if value}
        stages = frozenset(STAGES[:reached])
        return [FairnessPerson(answers, {"Overall": at + number}, {}, stages) for number in range(n)]

    def test_small_groups_stand_in_it_and_unknown_ones_are_counted(self) -> None:
        counted = [*self.law(10, "Female", "White", reached=1), *self.law(2, "Male", "Asian", at=80)]
        others = self.law(4, "", "", at=10)
        found = fairness_sums(FairnessQuestions(LAW_144), counted, others, STAGES, None)
        by_sex = found.law_144[0]
        assert (by_sex.by, by_sex.stage, by_sex.unknown) == ((LAW_SEX,), "", 4)
        assert [(row.category, row.n, row.favourable, row.ratio) for row in by_sex.rows] == [
            ("Female", 10, 6, 0.6), ("Male", 2, 2, 1.0)
        ]  # fmt: skip
        assert [(each.by, each.stage) for each in found.law_144[3:]] == [
            ((LAW_SEX,), "interview"), ((LAW_RACE,), "interview"), ((LAW_SEX, LAW_RACE), "interview")
        ]  # fmt: skip
        assert found.law_144[2].rows[0].category == "Female / White"

    def test_its_tables_of_a_stage_change_with_the_stage_and_not_before(self) -> None:
        counted = [*self.law(10, "Female", "White", reached=1), *self.law(12, "Male", "White")]
        asked = FairnessQuestions(LAW_144)
        first = fairness_sums(asked, counted, [], STAGES, None, date(2026, 11, 2))
        moved = [*counted, *self.law(9, "Male", "White", reached=1)]
        found = fairness_sums(asked, moved, [], STAGES, first, date(2026, 11, 9)).law_144
        assert found[3:] == first.law_144[3:]
        assert [each.made_on for each in found] == [date(2026, 11, 9)] * 3 + [date(2026, 11, 2)] * 3
        more = [*moved, *self.law(1, "Male", "White", reached=1)]
        assert fairness_sums(asked, more, [], STAGES, first).law_144[3:] != first.law_144[3:]

    def test_without_scores_and_answers_there_are_no_tables(self) -> None:
        nobody = [FairnessPerson({}, {}, {}, frozenset())] * 10
        assert fairness_sums(FairnessQuestions(LAW_144), nobody, [], STAGES, None).law_144 == ()
        silent = self.law(10, "", "", reached=1)
        assert fairness_sums(FairnessQuestions(LAW_144), silent, [], STAGES, None).law_144 == ()
        assert sums(self.law(10, "Female", "White")).law_144 == ()
