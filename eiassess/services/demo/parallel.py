"""The demo's opening on the parallel form: the same texts, rated under the other situations of flip pairs."""

from datetime import datetime, timedelta

from eiassess.banks.catalog import LoadedForm
from eiassess.domain.sessions import SessionState
from eiassess.persistence.engine import Database
from eiassess.scoring.person.plan import scoring_plan
from eiassess.scoring.samples.weak_scenarios import PEOPLE_FOR_VERDICTS
from eiassess.scoring.simulating import simulate_people
from eiassess.services.deciding.notices import notice_for
from eiassess.services.demo.answering import answer_as
from eiassess.services.demo.fairness import LAW_ODDS, answer_some, ask_law
from eiassess.services.demo.names import NAMES
from eiassess.services.hiring.invitations import add_candidate
from eiassess.services.hiring.openings import create_opening
from eiassess.services.sitting.handing_in import hand_in

PARALLEL_TITLE = "Customer service adviser, spring"
SEED = 2028
PEOPLE = PEOPLE_FOR_VERDICTS
"""As few as the page of flip pairs says something of."""


def make_parallel(database: Database, loaded: LoadedForm, now: datetime, recruiter: str) -> str:
    """Make the opening with all its people, or, if that is interrupted, nothing; return its id."""
    plan = scoring_plan(loaded.form, loaded.key)
    people = simulate_people(plan, PEOPLE, SEED)
    with database.writing() as db:
        opening_id = create_opening(db, PARALLEL_TITLE, loaded, now, members=(recruiter,), simulated=True)
        ask_law(db, opening_id, recruiter, now)
        for number in range(PEOPLE):
            began = now - timedelta(days=20) + timedelta(hours=5 * number)
            name = f"{NAMES[number].partition(' ')[0]} {NAMES[(number + 2) % len(NAMES)].rpartition(' ')[2]}"
            email = f"parallel-{number + 1:02}@demo.example.org"
            session = add_candidate(db, opening_id, name, email, began - timedelta(days=1), simulated=True)
            session.state = SessionState.STARTED
            session.notice_digest = notice_for(db, session).digest
            session.consented_at = session.practised_at = began
            session.clock_at = answer_as(db, session, plan, people.answers[number], began)
            hand_in(db, session, session.clock_at)
            db.add(session)
        answer_some(db, opening_id, LAW_ODDS, now)
    return opening_id
