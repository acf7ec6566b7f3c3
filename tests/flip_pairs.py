"""Two small parallel forms with the halves of two flip pairs, and people who rate near the key."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from eiassess.banks.catalog import LoadedForm, load_form
from tests.banks.pairs import BUS, DESK, SCALES, SEWING, add_pairs, put_into_form
from tests.banks.small_bank import FORM, FORM_TEXT, edit, write, write_small_bank
from tests.sittings import Answers
from tests.unit.scoring.samples import near_the_key

PARALLEL = "small-b"


@cache
def parallel_forms(*, more: str = "", version: int = 1) -> tuple[LoadedForm, LoadedForm]:
    """Form A with one half of each pair, a single and ``more`` lines in its file; a version of form B with the rest."""
    with TemporaryDirectory() as folder:
        bank = add_pairs(write_small_bank(Path(folder) / "small"))
        text = FORM_TEXT.replace(FORM, PARALLEL).replace("form A", "form B").replace("n = 1", f"n = {version}")
        write(bank, f"forms/{PARALLEL}.toml", text)
        put_into_form(bank, SEWING, "late-bus", DESK, more=more)
        scenarios = f'scenarios = ["{SCALES}", "quiet-caller", "{BUS}"]'
        edit(bank, f"forms/{PARALLEL}.toml", r"^scenarios = .*", scenarios)
        first, second = (load_form(name, (Path(folder),)) for name in (FORM, PARALLEL))
        return first, second


def reading(loaded: LoadedForm, n: int, *, seed: int = 1, turned: str = "") -> list[Answers]:
    """People who rate near the key, and one scenario the other way round."""
    return [person.answers for person in near_the_key(loaded.form, loaded.key, n, seed=seed, turned={turned: True})]
