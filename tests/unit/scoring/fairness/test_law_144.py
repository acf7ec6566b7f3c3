"""Tables of Local Law 144: every group stands in them."""

from datetime import date

from eiassess.domain.fairness import LAW_144, LAW_RACE, LAW_SEX, FairnessQuestions
from eiassess.scoring.samples.fairness.people import FairnessPerson
from eiassess.scoring.samples.fairness.sums import fairness_sums
from tests.unit.scoring.fairness.people import STAGES, sums


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
