from pathlib import Path

import eiassess.domain.forms
import eiassess.domain.scenarios
from eiassess.domain.competencies import Competency, CompetencyGroup, CompetencyModel


def test_what_a_candidate_sees_knows_of_no_key() -> None:
    for module in (eiassess.domain.forms, eiassess.domain.scenarios):
        assert "domain.keys" not in Path(str(module.__file__)).read_text(encoding="utf-8")


def test_competencies_come_group_after_group() -> None:
    groups = tuple(
        CompetencyGroup(name, name, "Text.", members) for name, members in (("g", ("b", "a")), ("h", ("c",)))
    )
    competencies = {name: Competency(name, name, name, "", "", "", "", ()) for name in "abc"}
    assert CompetencyModel(groups, competencies, {}).competency_ids == ("b", "a", "c")
