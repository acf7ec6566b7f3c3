from pathlib import Path

import pytest

from eiassess.banks.tables.scenario_statistics import read_scenario_statistics
from eiassess.domain.specifications import ScenarioStatistics
from eiassess.errors import InvalidInputError

KNOWN = ("a", "b", "c")


def write(folder: Path, text: str) -> Path:
    path = folder / "s.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_difficulty_and_information(tmp_path: Path) -> None:
    path = write(tmp_path, "information;scenario;n;difficulty\n0.5;a;100; -1.25\nNA;b;90;0\n1;c;80;\n")
    assert read_scenario_statistics(path, KNOWN) == {"a": ScenarioStatistics(-1.25, 0.5)}


def test_discrimination_gives_the_most_information_of_a_two_parameter_item(tmp_path: Path) -> None:
    path = write(tmp_path, "scenario,difficulty,discrimination\na,0,1.2\n")
    assert read_scenario_statistics(path, KNOWN)["a"].information == pytest.approx(0.36)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "scenario,difficulty\n",
            "line 1: expected the columns scenario, difficulty and either information or discrim",
        ),
        ("scenario,difficulty,information,discrimination\n", "each once; found scenario, difficulty, information, "),
        ("scenario,difficulty,difficulty,information\n", "each once; found"),
        ("scenario,difficulty,information\na,1\n", "line 2: 2 cells; expected 3"),
        ("scenario,difficulty,information\nz,1,1\n", "line 2, column scenario: z is not in the bank"),
        ("scenario,difficulty,information\na,1,1\na,1,1\n", "line 3, column scenario: a stands in a row above"),
        ("scenario,difficulty,information\na,hard,1\n", "line 2, column difficulty: hard is not a number"),
        ("scenario,difficulty,information\na,1,inf\n", "line 2, column information: inf is not a number"),
        ("", "no header"),
    ],
)
def test_what_cannot_be_used(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_scenario_statistics(write(tmp_path, text), KNOWN)
    assert problem in str(caught.value)
