"""A recruiter's pages: a folder for each room, whose views hang on the area as soon as they are named here."""

from eiassess.web.recruiter import blind
from eiassess.web.recruiter.area import area
from eiassess.web.recruiter.asked import views as asked
from eiassess.web.recruiter.candidate import views as candidate
from eiassess.web.recruiter.comparing import views as comparing
from eiassess.web.recruiter.deciding import file, uses
from eiassess.web.recruiter.deciding import views as deciding
from eiassess.web.recruiter.downloads import views as downloads
from eiassess.web.recruiter.fairness import views as fairness
from eiassess.web.recruiter.interviews import planning
from eiassess.web.recruiter.interviews import views as interviews
from eiassess.web.recruiter.invitations import views as invitations
from eiassess.web.recruiter.mail import views as mail
from eiassess.web.recruiter.openings import views as openings
from eiassess.web.recruiter.outcomes import views as outcomes
from eiassess.web.recruiter.privacy import views as privacy
from eiassess.web.recruiter.progress import reminders
from eiassess.web.recruiter.progress import views as progress
from eiassess.web.recruiter.settings import closing, members
from eiassess.web.recruiter.settings import views as settings
from eiassess.web.recruiter.sharing import views as sharing
from eiassess.web.recruiter.what_if import views as what_if
from eiassess.web.recruiter.work import views as work

ROOMS = (
    blind, openings, candidate, comparing, invitations, mail, work, progress, reminders, asked, settings,
    members, closing, uses, deciding, file, sharing, downloads, interviews, planning, outcomes,
    what_if, fairness, privacy,
)  # fmt: skip
"""A new room is added here: a view that nobody imports has no address."""

__all__ = ["ROOMS", "area"]
