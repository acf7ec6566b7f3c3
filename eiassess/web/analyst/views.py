"""An analyst's pages: forms in use, their scenarios and options, two ways to score. No names anywhere."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from eiassess.errors import InvalidInputError
from eiassess.services.differences.g_studies import get_form_errors, renew_form_estimate
from eiassess.services.outcomes.validity import get_form_outcomes
from eiassess.services.own_page.experience import list_complaints
from eiassess.services.statistics.exposure import list_exposure
from eiassess.services.statistics.forms import compare_ways, get_form_statistics, get_scenario_statistics
from eiassess.services.statistics.samples import list_forms_in_use
from eiassess.web.analyst.fairness import add_fairness
from eiassess.web.analyst.presenters.errors import present_errors
from eiassess.web.analyst.presenters.form import present_form
from eiassess.web.analyst.presenters.keys import present_keys, read_way
from eiassess.web.analyst.presenters.outcomes import present_outcomes, read_sd
from eiassess.web.analyst.presenters.scenario import present_scenario
from eiassess.web.shell.access import Permission, requires
from eiassess.web.shell.context import database, now
from eiassess.web.shell.costly import is_costly

area = Blueprint("analyst", __name__)
add_fairness(area)

SIMULATED = "simulated"
SAID = {
    "made": "A new estimate was made. Comparisons lean on it from now on; each earlier one can still be asked for.",
    "same": "Nothing was made: the same people would shape it as before, or fewer than ten could.",
}


def _asks_for_simulated() -> bool:
    """Whether the address asks for simulated people; real ones otherwise, and never both."""
    return request.args.get("people") == SIMULATED


@area.get("/analysis")
@requires(Permission.ANALYSE)
def forms() -> ResponseReturnValue:
    """List the forms that openings use."""
    return render_template("analyst/forms.html", forms=list_forms_in_use(database()))


@area.get("/analysis/forms/<digest>")
@requires(Permission.ANALYSE)
@is_costly
def form(digest: str) -> ResponseReturnValue:
    """Show the statistics of a form's scenarios."""
    statistics = get_form_statistics(database(), digest, simulated=_asks_for_simulated())
    return render_template("analyst/form.html", page=present_form(statistics))


@area.get("/analysis/forms/<digest>/scenarios/<scenario_id>")
@requires(Permission.ANALYSE)
@is_costly
def scenario(digest: str, scenario_id: str) -> ResponseReturnValue:
    """Show what was done with each option of a scenario."""
    statistics = get_scenario_statistics(database(), digest, scenario_id, simulated=_asks_for_simulated())
    return render_template("analyst/scenario.html", page=present_scenario(statistics))


@area.get("/analysis/forms/<digest>/keys")
@requires(Permission.ANALYSE)
@is_costly
def keys(digest: str) -> ResponseReturnValue:
    """Put two ways to score side by side; a choice that cannot be used is said, and the page shown without it."""
    first, second = (read_way(request.args.get(name)) for name in ("first", "second"))
    simulated, problem = _asks_for_simulated(), ""
    try:
        ways = compare_ways(database(), digest, first, second, simulated=simulated)
    except InvalidInputError as error:
        problem = str(error)
        ways = compare_ways(database(), digest, None, None, simulated=simulated)
    page = render_template("analyst/keys.html", page=present_keys(ways), error_summary=problem)
    return page, 400 if problem else 200


@area.get("/analysis/forms/<digest>/errors")
@requires(Permission.ANALYSE)
@is_costly
def errors(digest: str) -> ResponseReturnValue:
    """Show where a form's scores vary, and what the errors of scores lean on."""
    found = get_form_errors(database(), digest, simulated=_asks_for_simulated())
    said = SAID.get(request.args.get("said", ""), "")
    return render_template("analyst/errors.html", page=present_errors(found, said))


@area.post("/analysis/forms/<digest>/errors")
@requires(Permission.ANALYSE)
@is_costly
def renew_errors(digest: str) -> ResponseReturnValue:
    """Make a new estimate of a form's errors."""
    simulated = _asks_for_simulated()
    made = renew_form_estimate(database(), digest, current_user.id, now(), simulated=simulated)
    people, said = SIMULATED if simulated else None, "made" if made else "same"
    return redirect(url_for("analyst.errors", digest=digest, people=people, said=said), 303)


@area.get("/analysis/forms/<digest>/outcomes")
@requires(Permission.ANALYSE)
@is_costly
def outcomes(digest: str) -> ResponseReturnValue:
    """Show what a form's scores foretold of the work of those who were hired."""
    given, simulated = request.args.get("sd", "").strip(), _asks_for_simulated()
    sd, problem = read_sd(given)
    found = get_form_outcomes(database(), digest, simulated=simulated, applicant_sd=sd)
    page = render_template("analyst/outcomes.html", page=present_outcomes(found, given, problem))
    return page, 400 if problem else 200


@area.get("/analysis/complaints")
@requires(Permission.ANALYSE)
def complaints() -> ResponseReturnValue:
    """List the scenarios that candidates found unclear or unfair, with what they wrote and without their names."""
    return render_template("analyst/complaints.html", complaints=list_complaints(database()))


@area.get("/analysis/exposure")
@requires(Permission.ANALYSE)
def exposure() -> ResponseReturnValue:
    """Say to how many candidates each scenario was shown, bank by bank."""
    return render_template("analyst/exposure.html", banks=list_exposure(database()))
