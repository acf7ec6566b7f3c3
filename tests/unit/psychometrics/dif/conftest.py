"""What the tests of DIF share."""

import pytest

from eiassess.psychometrics import DifAnalysis, differential_item_functioning
from tests.unit.psychometrics.dif.data import GROUP, SCORES


@pytest.fixture(scope="module")
def analysis() -> DifAnalysis:
    return differential_item_functioning(SCORES, GROUP)
