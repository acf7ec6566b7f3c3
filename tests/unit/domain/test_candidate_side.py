from dataclasses import replace
from pathlib import Path

import eiassess.domain.forms
import eiassess.domain.scenarios
from eiassess.domain.competencies import Competency, CompetencyGroup, CompetencyModel
from tests.builders import make_scenario


def test_what_a_candidate_sees_knows_of_no_key() -> None:
    for module in (eiassess.domain.forms, eiassess.domain.scenarios):
        assert "domain.keys" not in Path(str(module.__file__)).read_text(encoding="utf-8")


def test_competencies_come_group_after_group() -> None:
    groups = tuple(
        CompetencyGroup(name, name, "Text.", members) for name, members in (("g", ("b", "a")), ("h", ("c",)))
    )
    competencies = {name: Competency(name, name, name, "", "", "", "", ()) for name in "abc"}
    assert CompetencyModel(groups, competencies, {}).competency_ids == ("b", "a", "c")


def test_a_situation_is_split_where_a_line_is_empty() -> None:
    scenario = replace(make_scenario(), situation="\nA man waits.\nHe sighs.\n\n  You are alone.\n")
    assert scenario.paragraphs == ("A man waits.\nHe sighs.", "You are alone.")
