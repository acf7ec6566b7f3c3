"""Answers to the standard form with a profile that is known beforehand."""

from collections.abc import Collection

from tests.hiring_story import standard_form


def following_the_key(against: Collection[str] = ()) -> list[int]:
    """Return the key's own ratings, turned round in some competencies; in the form's order, option by option."""
    loaded = standard_form()
    ratings = []
    for scenario in loaded.form.scenarios:
        for option in scenario.option_ids:
            keyed = min(6, max(1, round(loaded.key.credits[scenario.id][option].value)))
            ratings.append(7 - keyed if scenario.competency in against else keyed)
    return ratings
