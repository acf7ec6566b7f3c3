"""An opening's page on voluntary questions after handing in."""

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.domain.fairness import LAW_144, QUESTIONS_AT_MOST, USUAL, FairnessQuestion, fairness_words
from eiassess.errors import InvalidInputError, RefusedError
from eiassess.services.fairness.switching import get_fairness, switch_off, switch_on
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.blind import is_blind
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, installation, now
from eiassess.web.shell.moments import short_day

PLACES = range(1, QUESTIONS_AT_MOST + 1)
STARTS: Mapping[str, tuple[FairnessQuestion, ...]] = {"usual": USUAL}
"""Questions that fill the page for a start, by what the address says."""


@area.get("/openings/<opening_id>/fairness")
@requires(Permission.RECRUIT)
def fairness(opening_id: str) -> ResponseReturnValue:
    """Say whether this opening asks, and what; or offer it."""
    fields = _filled(STARTS.get(request.args.get("start", ""), ()))
    if request.args.get("start") == "law":
        fields["law_144"] = "yes"
    return _page(opening_id, fields | {"person": current_user.name}, {})


@area.post("/openings/<opening_id>/fairness")
@requires(Permission.RECRUIT)
def ask_fairness(opening_id: str) -> ResponseReturnValue:
    """Switch asking on, change what is asked, or switch it off."""
    fields = {name: request.form.get(name, "") for name in _names()}
    try:
        if "off" in request.form:
            switch_off(database(), current_user.id, opening_id)
        else:
            _switch_on(opening_id, fields)
    except InvalidInputError as error:
        return _page(opening_id, fields, {error.field: f"{error}."}), 400
    except RefusedError as error:
        return _page(opening_id, fields, {"switch": f"{error}."}), 409
    return redirect(url_for("recruiter.fairness", opening_id=opening_id), 303)


def _switch_on(opening_id: str, fields: Mapping[str, str]) -> None:
    own = [(fields[f"question-{place}"], fields[f"categories-{place}"].splitlines()) for place in PLACES]
    law = bool(fields["law_144"])
    switch_on(database(), current_user.id, opening_id, own, fields["person"], now(), law_144=law)


def _names() -> tuple[str, ...]:
    return ("person", "law_144", *(f"{what}-{place}" for place in PLACES for what in ("question", "categories")))


def _filled(questions: tuple[FairnessQuestion, ...]) -> dict[str, str]:
    fields = {}
    for place, each in enumerate(questions, 1):
        fields[f"question-{place}"] = each.words
        fields[f"categories-{place}"] = "\n".join(each.categories)
    return fields


def _page(opening_id: str, fields: Mapping[str, str], errors: Mapping[str, str]) -> str:
    page = get_fairness(database(), current_user.id, opening_id)
    if page.asked is not None and not errors and page.asks:
        own = tuple(each for each in page.asked.questions if each not in LAW_144)
        fields = _filled(own) | {"person": page.person, "law_144": "yes" if page.asked.law_144 else ""}
    return render_template(
        "recruiter/fairness/fairness.html",
        page=page,
        notice=fairness_words(page.asked) if page.asked else "",
        places=PLACES,
        law=LAW_144,
        by_hand=installation().settings.mail is None,
        fields=fields,
        errors=errors,
        blind=is_blind(),
        short_day=short_day,
    )
