"""A name in the running footer: whole up to a limit, cut beyond it, and whole in the title all the same."""

from dataclasses import replace

import pytest

from eiassess.reporting.kinds.hiring.sample import sample_hiring_report
from eiassess.reporting.setting.renderer import hiring_report_html


@pytest.mark.parametrize(("letters", "is_cut"), [(60, False), (61, True)])
def test_a_name_of_sixty_letters_is_whole_and_a_longer_one_ends_in_dots(letters: int, *, is_cut: bool) -> None:
    html = hiring_report_html(replace(sample_hiring_report(), candidate="N" * letters))
    assert ("N…" in html) == is_cut
    assert (f"{'N' * 59}…" in html) == is_cut
    assert "N" * letters in html
