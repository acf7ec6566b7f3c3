"""The example of a key in the guide keeps the rules that the guide is about."""

import tomllib
from pathlib import Path

from eiassess.banks.checks.checking import check_bank
from tests.banks.pairs import IRRITANTS
from tests.banks.small_bank import KEY, edit, write_small_bank

GUIDE = Path(__file__).parents[3] / "docs" / "question-banks.md"


def test_the_guides_key_passes_the_check(tmp_path: Path) -> None:
    blocks = (each.partition("\n```")[0] for each in GUIDE.read_text(encoding="utf-8").split("```toml\n"))
    (example,) = (each for each in blocks if "\nvalue" in each)
    tagged = tomllib.loads(example)["scenarios"]["late-repair"]
    assert [bool(each.get("irritant")) for each in tagged.values()] == [False, True]
    bank = write_small_bank(tmp_path / "banks" / "small")
    model = bank / "competencies.toml"
    model.write_text(model.read_text(encoding="utf-8") + IRRITANTS, encoding="utf-8")
    for option in tagged:
        of_option = example.partition(f"[scenarios.late-repair.{option}]")[2].partition("\n[")[0]
        edit(
            bank,
            KEY,
            rf"(?s)\[scenarios\.lost-key\.{option}\].*?\n(?=\[|\n\[)",
            f"[scenarios.lost-key.{option}]{of_option}\n",
        )
    found = check_bank(bank)
    assert tomllib.loads((bank / KEY).read_text(encoding="utf-8"))["scenarios"]["lost-key"]["b"]["irritant"] == "script"
    assert not [each for each in (*found.errors, *found.advice) if each.file == KEY and ".lost-key." in each.field]
