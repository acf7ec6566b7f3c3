"""How sums of voluntary answers are put into words."""

from dataclasses import replace
from datetime import date

from eiassess.domain.fairness import FairnessQuestion, FairnessQuestions
from eiassess.scoring.samples.fairness.counting import GroupCount
from eiassess.scoring.samples.fairness.dif import GroupDif
from eiassess.scoring.samples.fairness.differences import GroupDifference
from eiassess.scoring.samples.fairness.impact import ImpactRow, StageSums
from eiassess.scoring.samples.fairness.sums import FairnessSums, QuestionSums
from eiassess.services.fairness.reading import OpeningSums
from eiassess.web.analyst.presenters.fairness import present_fairness
from tests.hiring_story import standard_form

QUESTION = FairnessQuestion("q1", "Gender?", ("Woman", "Man"))
COUNTS = (GroupCount("Woman", 60), GroupCount("Man", 40))
WOMEN = ImpactRow("Woman", 60, 40, 1.0, (1.0, 1.0), below_four_fifths=False)
MEN = ImpactRow("Man", 40, 16, 0.6, (0.4, 0.9), below_four_fifths=True)
HIDDEN = ImpactRow("Man", 40, None, None, None, None)


def found(question: QuestionSums, *rows: ImpactRow) -> OpeningSums:
    stages = (StageSums("interview", 56, {"q1": rows}), StageSums("offer", 3, {"q1": (HIDDEN,)}))
    sums = FairnessSums(100, (question,), stages, ())
    asked = FairnessQuestions((QUESTION,))
    return OpeningSums("id", "Adviser", False, True, "Sue", standard_form().form, asked, sums, date(2026, 11, 2))  # noqa: FBT003 - two of nine


def difference(d: float, low: float, high: float) -> QuestionSums:
    p = 0.5 if low <= 0 <= high else 0.01
    return QuestionSums("q1", COUNTS, (GroupDifference("Overall", "Man", "Woman", d, low, high, p),), ())


def test_the_first_sentence_says_whether_a_difference_is_seen() -> None:
    assert present_fairness(found(difference(-0.6, -1.0, -0.2))).lead == (
        "Overall scores are seen to differ: Man lower than Woman."
    )
    assert "Man higher than Woman" in present_fairness(found(difference(0.6, 0.2, 1.0))).lead
    assert "No group's overall score is seen to differ" in present_fairness(found(difference(0.2, -0.2, 0.6))).lead


def test_of_several_comparisons_each_alone_is_not_enough() -> None:
    one = GroupDifference("Overall", "Man", "Woman", -0.4, -0.7, -0.1, 0.03)
    page = present_fairness(found(QuestionSums("q1", COUNTS, (one, replace(one, category="Another")), ())))
    assert "No group's overall score is seen to differ" in page.lead
    assert page.questions[0].overall_note.startswith("2 comparisons stand here. Each interval is for one alone")


def test_impact_is_said_with_its_ratio_and_what_chance_can_do() -> None:
    (block,) = present_fairness(found(difference(0, -1, 1), WOMEN, MEN)).questions
    women, men = block.impact
    assert (women.reached, women.share, women.said) == ("40", "67 %", "highest")
    assert (men.ratio, men.interval, men.said) == ("0.60", "0.40 to 0.90", "below four fifths; more than chance")
    assert block.impact_hidden == "Not shown, since parts are of fewer than 10 people: offer."
    assert block.impact_note.startswith("1 comparison stands here: all pairs of groups at all stages.")
    lucky = replace(MEN, reached=24, ratio=0.9, below_four_fifths=False)
    (block,) = present_fairness(found(difference(0, -1, 1), WOMEN, lucky, HIDDEN)).questions
    assert block.impact[1].said == "not below four fifths; chance can do this"
    assert (block.impact[2].reached, block.impact[2].said) == ("not shown", "-")


def test_scenarios_that_work_differently_are_named() -> None:
    first = standard_form().form.scenarios[0]
    large = GroupDif("Man", "Woman", (first.id,), ("x", "y"), "")
    none = replace(large, large=(), not_classed=())
    (block,) = present_fairness(found(QuestionSums("q1", COUNTS, (), (large, none)))).questions
    assert block.dif == (
        (
            f"Man beside Woman: large differences (class C) in no. 1, {first.title}. Have people review them; "
            "nothing is dropped by itself. 2 cannot be classed."
        ),
        "Man beside Woman: no scenario that could be classed has a large difference (class C).",
    )
