"""From somebody's scores to what an interviewer asks, and what answers sound like."""

from dataclasses import dataclass

from eiassess.banks.anchors import anchors_of
from eiassess.domain.reports import ProbingArea
from eiassess.domain.scores import PersonScore
from eiassess.reporting.kinds.hiring.content import probing_areas
from eiassess.services.results.for_recruiters import CandidateResult
from eiassess.web.recruiter.words import shown_name


@dataclass(frozen=True)
class GuideArea:
    """What to ask about, why, and what is heard at each point, the highest first; no points where none are written."""

    area: ProbingArea
    anchors: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class GuidePage:
    """The guide for one candidate's interview."""

    session_id: str
    opening_id: str
    opening_title: str
    name: str
    simulated: bool
    areas: tuple[GuideArea, ...]


def present_guide(result: CandidateResult, score: PersonScore, *, blind: bool) -> GuidePage:
    """Choose what to ask as the hiring report does, and lay the points beside it."""
    model, anchors = result.bank.model, anchors_of(result.bank.id)
    by_name = {each.name: anchors.get(each.id, ()) for each in model.competencies.values()}
    return GuidePage(
        result.row.session_id,
        result.opening_id,
        result.opening_title,
        shown_name(result.row, blind=blind),
        result.row.simulated,
        tuple(
            GuideArea(area, tuple(reversed(tuple(enumerate(by_name.get(area.name, ()), 1)))))
            for area in probing_areas(model, score)
        ),
    )
