"""Finding the form that a command names."""

import os
from pathlib import Path

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.config import settings_from_environment
from eiassess.scoring.person.plan import ScoringPlan, scoring_plan


def load_plan(form: str) -> ScoringPlan:
    """Load a form by its file's stem, in the folders of ``EIASSESS_BANKS`` and then the shipped ones, or by path.

    Raises
    ------
    EIAssessError
        There is no such form, or a file of its bank cannot be used.
    """
    settings = settings_from_environment(os.environ, Path.cwd(), data_folder("question_banks"))
    loaded = load_form(form, settings.bank_folders, key_folders=settings.key_folders)
    return scoring_plan(loaded.form, loaded.key)
