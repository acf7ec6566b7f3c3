"""Every route with everybody: who gets in, who is sent where, and that looking changes nothing.

Alice recruits for the opening, charlie for another; dana manages the opening, erin another; avery is an analyst,
grace an administrator; the candidate is in the midst of it, the other one has finished. A route without a row fails.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from eiassess.web.shell.access import PUBLIC_ENDPOINTS, permission_of
from tests.hiring_story import rows, standard_form
from tests.house.answers import check_answer
from tests.house.conftest import HOST, House, people

EVERYBODY = ("anonymous", "candidate", "finished", "expert", *people())
SIGN_IN, NO_LINK, NO_EXPERT, ELSEWHERE = "/sign-in", "/sit/no-link", "/rate/no-link", "303"
TURNED_AWAY = frozenset({401, 404, SIGN_IN, NO_LINK, NO_EXPERT})
"""What somebody gets for whom a route is not."""


@dataclass(frozen=True)
class Row:
    """A route, an address of it, and what everybody gets: a code, or where they are sent."""

    endpoint: str
    method: str
    path: str
    gets: Mapping[str, int | str]
    body: Mapping[str, Any] | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint}"


def row(endpoint: str, method: str, path: str, gets: Mapping[str, int | str], **body: Any) -> Row:
    return Row(endpoint, method, path, gets, body or None)


def public(code: int, **others: int | str) -> dict[str, int | str]:
    return dict.fromkeys(EVERYBODY, code) | others


def staff(**who: int | str) -> dict[str, int | str]:
    """Who is not signed in is sent to do so; what is not one's own does not exist."""
    away = dict.fromkeys(("anonymous", "candidate", "finished", "expert"), SIGN_IN)
    return away | dict.fromkeys(people(), 404) | who


def all_staff(code: int | str) -> dict[str, int | str]:
    return staff(**dict.fromkeys(people(), code))


def candidates(candidate: int | str, finished: int | str, others: int | str = NO_LINK) -> dict[str, int | str]:
    return dict.fromkeys(EVERYBODY, others) | {"candidate": candidate, "finished": finished}


HOMES = {
    "alice": "/openings",
    "charlie": "/openings",
    "dana": "/hiring",
    "erin": "/hiring",
    "avery": "/analysis",
    "grace": "/openings",
}


def experts(expert: int | str, others: int | str = NO_EXPERT) -> dict[str, int | str]:
    return dict.fromkeys(EVERYBODY, others) | {"expert": expert}


REASON = "Advisers here meet upset customers every hour."
ROWS = (
    row("auth.home", "GET", "/", public(200, **HOMES)),
    row("security.login", "GET", "/sign-in", public(200, **dict.fromkeys(people(), "302"))),
    row("security.login", "POST", "/sign-in", public(200, **dict.fromkeys(people(), "302")), email="x@example.org"),
    row("by_provider.begin", "GET", "/sign-in/provider", public(404)),  # with one: tests/web/auth/test_by_provider.py
    row("by_provider.come_back", "GET", "/sign-in/callback?state=x&code=y", public(404)),
    row("auth.ask_password", "GET", "/reset", public(200)),
    row("auth.send_reset", "POST", "/reset", public(409), email="x@example.org"),
    row("auth.reset_sent", "GET", "/reset/sent", public(200)),
    row("auth.new_password", "GET", "/reset/new", public("/reset")),
    row("auth.set_new_password", "POST", "/reset/new", public("/reset"), password="short"),
    row("auth.password_is_new", "GET", "/reset/done", public(200)),
    row("auth.second_step", "GET", "/sign-in/code", public("/sign-in")),
    row("auth.take_step", "POST", "/sign-in/code", public("/sign-in"), code="123456"),
    row("auth.again", "GET", "/sign-in/again", all_staff(200)),
    row("auth.say_who", "POST", "/sign-in/again", all_staff(400)),
    row("auth.two_steps", "GET", "/account/two-steps", all_staff(200)),
    row("auth.set_up", "GET", "/account/two-steps/set-up", all_staff("/account/two-steps")),
    row("auth.renew_codes", "POST", "/account/two-steps/codes", all_staff(409)),
    row("auth.turn_off", "POST", "/account/two-steps/off", all_staff("/account/two-steps")),
    row("auth.begin", "POST", "/account/two-steps/begin", all_staff("/account/two-steps/set-up")),
    row("auth.set_up", "GET", "/account/two-steps/set-up", all_staff(200)),
    row("auth.turn_on", "POST", "/account/two-steps/set-up", all_staff(400), code="0"),
    row("security.verify", "GET", "/verify", public(403)),
    row("security.verify", "POST", "/verify", public(403)),
    row("security.static", "GET", "/fs-static/base.css", public(403)),
    row("static", "GET", "/static/{style}", public(200)),
    row("candidate.no_link", "GET", "/sit/no-link", public(200)),
    row("candidate.resume", "GET", "/sit", candidates(ELSEWHERE, "/sit/done")),
    row("candidate.notice", "GET", "/sit/notice", candidates(200, "/sit/done")),
    row("candidate.consent", "POST", "/sit/notice", candidates("/sit/practice", 400, 400), agree="y"),
    row("candidate.practice", "GET", "/sit/practice", candidates(200, "/sit/done")),
    row("candidate.try_practice", "POST", "/sit/practice", candidates(200, 400, 400)),
    row("candidate.practice", "GET", "/sit/practice/2", candidates(404, "/sit/done")),
    row("candidate.try_out", "GET", "/practice", public(200)),
    row("candidate.try_out", "GET", "/practice/2?check=yes&rating-a=2", public(200)),
    row("candidate.try_out", "GET", "/practice/0", public(404)),
    row("candidate.scenario", "GET", "/sit/scenario/1", candidates(200, "/sit/done")),
    row("candidate.answer", "POST", "/sit/scenario/1", candidates(ELSEWHERE, 400, 400), revision="0"),
    row("candidate.save", "POST", "/sit/scenario/1/save", candidates(400, 401, 401), revision="0"),
    row("candidate.review", "GET", "/sit/review", candidates(200, "/sit/done")),
    row("candidate.hand_in", "GET", "/sit/hand-in", candidates(200, "/sit/done")),
    row("candidate.done", "GET", "/sit/done", candidates("/sit", 200)),
    row("candidate.own", "GET", "/sit/own", candidates(200, 200)),
    row("candidate.ask", "GET", "/sit/ask", candidates(200, 200)),
    row("candidate.send_request", "POST", "/sit/ask", candidates("/sit/own", 400, 400), kind="call"),
    row("candidate.question", "GET", "/sit/question", candidates(200, 200)),
    row("candidate.send_question", "POST", "/sit/question", candidates("/sit/own", 400, 400), kind="explain"),
    row("candidate.withdraw", "GET", "/sit/withdraw", candidates(200, 200)),
    row("candidate.withdraw_now", "POST", "/sit/withdraw", candidates(400, 400, 400)),
    row("candidate.experience", "GET", "/sit/experience", candidates(200, 200)),
    row("candidate.send_experience", "POST", "/sit/experience", candidates("/sit/own", 400, 400), rating="4"),
    row("candidate.fairness", "GET", "/sit/voluntary", candidates("/sit", 200)),
    row("candidate.send_fairness", "POST", "/sit/voluntary", candidates(409, 400, 400), **{"answer-q1": "1"}),
    row("candidate.data", "GET", "/sit/data", candidates(200, 200)),
    row("candidate.send_data_code", "POST", "/sit/data/code", candidates(200, 400, 400)),
    row("candidate.show_data", "POST", "/sit/data", candidates(400, 400, 400), code="0"),
    row("candidate.data_file", "GET", "/sit/data/file", candidates("/sit/data", "/sit/data")),
    row("candidate.erase", "GET", "/sit/erase", candidates(200, 200)),
    row("candidate.send_erasure_code", "POST", "/sit/erase/code", candidates(200, 400, 400)),
    row("candidate.erase_now", "POST", "/sit/erase", candidates(400, 400, 400), code="0"),
    row("adjustments.requests", "GET", "/adjustments", staff(**dict.fromkeys(people(), 200))),
    row("adjustments.request_", "GET", "/adjustments/{request}", staff(erin=200)),
    row("adjustments.answer", "POST", "/adjustments/{request}", staff(erin="/adjustments"), words="Yes."),
    row("recruiter.openings", "GET", "/openings", staff(alice=200, charlie=200, grace=200)),
    row("recruiter.new_opening", "GET", "/openings/new", staff(alice=200, charlie=200, grace=200)),
    row("recruiter.new_opening", "GET", "/openings/new?from={opening}", staff(alice=200)),
    row(
        "recruiter.add_opening", "POST", "/openings/new",
        staff(alice="/openings/", charlie="/openings/", grace="/openings/"), title="New", form="screening",
    ),
    row("recruiter.progress", "GET", "/openings/{opening}/progress", staff(alice=200)),
    row("recruiter.progress_now", "GET", "/openings/{opening}/progress/now", staff(alice=200)),
    row("recruiter.ask_for_many", "GET", "/openings/{opening}/progress/remind", staff(alice=200)),
    row(
        "recruiter.do_for_many", "POST", "/openings/{opening}/progress/remind", staff(alice="/openings/"),
        people="nobody-here",
    ),
    row("recruiter.reminders", "GET", "/openings/{opening}/reminders", staff(alice=200)),
    row("recruiter.add_reminder", "POST", "/openings/{opening}/reminders", staff(alice=409), days="3"),
    row("recruiter.drop_reminder", "POST", "/openings/{opening}/reminders/nothing/cancel", staff()),
    row("recruiter.settings", "GET", "/openings/{opening}/settings", staff(alice=200)),
    row(
        "recruiter.save_settings", "POST", "/openings/{third}/settings", staff(alice="/openings/"),
        title="Third", keep_days="180", time_zone="UTC",
    ),
    row("recruiter.opening_form", "GET", "/openings/{opening}/form", staff(alice=200)),
    row("recruiter.change_form", "POST", "/openings/{third}/form", staff(alice="/openings/"), form="short"),
    row("recruiter.change_form", "POST", "/openings/{opening}/form", staff(alice=409), form="short"),
    row("recruiter.download", "GET", "/openings/{opening}/download?c={sam}", staff(alice=200)),
    row("recruiter.download_file", "GET", "/openings/{opening}/download/file?format=csv&names=yes", staff(alice=200)),
    row("recruiter.decisions", "GET", "/openings/{opening}/decisions?stage=offer&page=2", staff(alice=200)),
    row("recruiter.ask_decision", "GET", "/openings/{opening}/decisions/ask?c={sam}&do=tell", staff(alice=200)),
    row("recruiter.decide", "POST", "/openings/{opening}/decisions/ask", staff(alice=400), do="offer", people="x"),
    row("recruiter.add_stage", "POST", "/openings/{opening}/stages", staff(alice="/openings/"), stage_name="Trial day"),
    row("recruiter.file", "GET", "/candidates/{robin}/file", staff(alice=200)),
    row("recruiter.write_note", "POST", "/candidates/{robin}/notes", staff(alice="/candidates/"), words="Nights?"),
    row("recruiter.outcomes", "GET", "/openings/{opening}/outcomes", staff(alice=200)),
    row("recruiter.ask_outcomes", "POST", "/openings/{opening}/outcomes", staff(alice=409), days="90"),
    row("recruiter.work_rating", "GET", "/candidates/{robin}/work", staff(alice=409)),
    row("recruiter.rate_this_work", "POST", "/candidates/{robin}/work", staff(alice=409), ownership="4"),
    row("recruiter.fairness", "GET", "/openings/{opening}/fairness", staff(alice=200)),
    row("recruiter.ask_fairness", "POST", "/openings/{opening}/fairness", staff(alice=400), person="Alice"),
    row("recruiter.use", "GET", "/openings/{opening}/use", staff(alice=200)),
    row("recruiter.switch_use_on", "POST", "/openings/{opening}/use", staff(alice=409), person="Alice", reason="So."),
    row("recruiter.switch_use_off", "POST", "/openings/{opening}/use/off", staff(alice=409)),
    row("recruiter.members", "GET", "/openings/{opening}/members", staff(alice=200)),
    row(
        "recruiter.add_member", "POST", "/openings/{third}/members", staff(alice="/openings/"),
        email="erin@example.org", part="manages",
    ),
    row(
        "recruiter.change_member", "POST", "/openings/{third}/members/{dana}", staff(alice="/openings/"),
        part="interviews",
    ),
    row("recruiter.close", "GET", "/openings/{third}/close", staff(alice=200)),
    row("recruiter.close_now", "POST", "/openings/{third}/close", staff(alice="/openings/")),
    row("recruiter.archive", "POST", "/openings/{third}/archive", staff(alice="/openings?show=archived")),
    row("recruiter.unarchive", "POST", "/openings/{third}/unarchive", staff(alice="/openings/")),
    row("recruiter.reopen", "POST", "/openings/{third}/reopen", staff(alice="/openings/")),
    row("recruiter.asked", "GET", "/openings/{opening}/asked", staff(alice=200)),
    row("recruiter.question", "GET", "/asked/{question}", staff(alice=200)),
    row("recruiter.reply", "POST", "/asked/{question}", staff(alice="/openings/"), words="Because."),
    row("recruiter.opening", "GET", "/openings/{opening}", staff(alice=200)),
    row("recruiter.save_view", "POST", "/openings/{opening}/views?sort=name", staff(alice="/openings/"), view="Names"),
    row("recruiter.forget_view", "POST", "/openings/{opening}/views/none/forget", staff(alice="/openings/")),
    row("recruiter.what_if", "GET", "/openings/{opening}/what-if?weight-recovery=3", staff(alice=200)),
    row("recruiter.what_if_now", "GET", "/openings/{opening}/what-if/now?weight-recovery=3", staff(alice=200)),
    row("recruiter.saved_what_if", "GET", "/openings/{opening}/what-if/none", staff()),
    row("recruiter.save_what_if", "POST", "/openings/{opening}/what-if", staff(alice=409), name="A", reason="Why."),
    row("recruiter.delete_what_if", "POST", "/openings/{opening}/what-if/none/delete", staff(alice="/openings/")),
    row("recruiter.compare", "GET", "/openings/{opening}/compare?c={robin}&c={sam}", staff(alice=200)),
    row("recruiter.compare_on_paper", "GET", "/openings/{opening}/compare.pdf?c={robin}&c={sam}", staff(alice=200)),
    row("recruiter.candidate", "GET", "/candidates/{robin}", staff(alice=200)),
    row("recruiter.guide", "GET", "/candidates/{robin}/guide", staff(alice=200)),
    row("recruiter.stored", "GET", "/candidates/{robin}/data", staff(alice=200)),
    row("recruiter.stored_file", "GET", "/candidates/{robin}/data.json", staff(alice=200)),
    row("recruiter.correct", "GET", "/candidates/{robin}/correct", staff(alice=200)),
    row(
        "recruiter.correct_now", "POST", "/candidates/{robin}/correct", staff(alice="/candidates/"),
        name="Robin", email="robin@example.org",
    ),
    row("recruiter.erase", "GET", "/candidates/{robin}/erase", staff(alice=200)),
    row("recruiter.erase_now", "POST", "/candidates/{robin}/erase", staff(alice=400), number=" ", why="asked"),
    row("recruiter.hold", "GET", "/candidates/{robin}/hold", staff(alice=200)),
    row("recruiter.hold_now", "POST", "/candidates/{robin}/hold", staff(alice=400), person="Alice"),
    row("recruiter.end_hold_now", "POST", "/candidates/{robin}/hold/end", staff(alice="/candidates/")),
    row("recruiter.interviews", "GET", "/candidates/{robin}/interviews", staff(alice=200)),
    row("recruiter.plan", "POST", "/candidates/{robin}/interviews", staff(alice=400), day="2026-12-04"),
    row("recruiter.replan", "POST", "/candidates/{robin}/interviews/{interview}", staff(alice=400)),
    row("recruiter.read_ratings", "POST", "/candidates/{robin}/ratings", staff(alice=409)),
    row("interviewer.own", "GET", "/interviews", staff(**dict.fromkeys(people(), 200))),
    row("interviewer.sheet", "GET", "/interviews/{interview}", staff(dana=200)),
    row("interviewer.rate", "POST", "/interviews/{interview}", staff(dana=400), note="Nothing chosen."),
    row("interviewer.read_others", "POST", "/interviews/{interview}/others", staff(dana=409)),
    row("recruiter.call_off", "POST", "/candidates/{robin}/interviews/{interview}/off", staff(alice="/candidates/")),
    row("recruiter.release", "POST", "/candidates/{robin}/release", staff(alice="/candidates/")),
    row("recruiter.withdraw", "POST", "/candidates/{robin}/withdraw", staff(alice="/candidates/")),
    row("recruiter.invite", "GET", "/openings/{opening}/invite", staff(alice=200)),
    row("recruiter.invite_person", "POST", "/openings/{opening}/invite/person", staff(alice=400)),
    row("recruiter.paste_list", "POST", "/openings/{opening}/invite/pasted", staff(alice=400)),
    row("recruiter.upload_list", "POST", "/openings/{opening}/invite/upload", staff(alice=400)),
    row("recruiter.invitation_list", "GET", "/invitation-lists/{list}", staff(alice=200)),
    row("recruiter.list_columns", "GET", "/invitation-lists/{list}/columns", staff(alice=200)),
    row("recruiter.set_columns", "POST", "/invitation-lists/{list}/columns", staff(alice=400)),
    row("recruiter.refused_rows", "GET", "/invitation-lists/{list}/refused.xlsx", staff(alice=200)),
    row("recruiter.confirm", "POST", "/invitation-lists/{list}/confirm", staff(alice="/invitation-lists/")),
    row("recruiter.discard", "POST", "/invitation-lists/{list}/discard", staff(alice="/openings/")),
    row("recruiter.outbox", "GET", "/openings/{opening}/mail?state=sent&page=2", staff(alice=200)),
    row("recruiter.retry_mails", "POST", "/openings/{opening}/mail/retry", staff(alice="/openings/")),
    row("recruiter.work", "GET", "/openings/{opening}/work", staff(alice=200)),
    row("recruiter.retry_work", "POST", "/openings/{opening}/work/{job}/retry", staff(alice="/openings/")),
    row("recruiter.mail", "GET", "/openings/{opening}/mail/{mail}", staff(alice=200)),
    row("recruiter.mail_again", "POST", "/openings/{opening}/mail/{mail}/again", staff(alice=409)),
    row("recruiter.mail_bounced", "POST", "/openings/{opening}/mail/{mail}/bounced", staff(alice=409)),
    row("recruiter.wordings", "GET", "/openings/{opening}/wording", staff(alice=200)),
    row("recruiter.wording", "GET", "/openings/{opening}/wording/reminder", staff(alice=200)),
    row("recruiter.change_wording", "POST", "/openings/{opening}/wording/reminder", staff(alice=400)),
    row("recruiter.reset_wording", "POST", "/openings/{opening}/wording/reminder/reset", staff(alice="/openings/")),
    row("recruiter.blind", "POST", "/blind", staff(alice="/openings", charlie="/openings"), hide="no"),
    row("manager.released", "GET", "/hiring", staff(dana=200, erin=200)),
    row("manager.candidate", "GET", "/hiring/{sam}", staff(dana=200)),
    row("manager.follow_shared", "GET", "/s/{link_token}", staff(dana="/shared/")),
    row("manager.follow_shared", "GET", "/s/made-up", staff()),
    row("manager.shared", "GET", "/shared/{share}", staff(dana=200)),
    row("manager.shared_candidate", "GET", "/shared/{share}/{sam}", staff(dana=200)),
    row("manager.shared_candidate", "GET", "/shared/{share}/{robin}", staff()),
    row("manager.shared_report", "GET", "/shared/{share}/{sam}.pdf", staff(dana=200)),
    row("recruiter.sharing", "GET", "/openings/{opening}/sharing", staff(alice=200)),
    row("recruiter.revoke_shared", "POST", "/openings/{opening}/sharing/nothing/revoke", staff()),
    row("manager.report", "GET", "/hiring/{sam}.pdf", staff(dana=200)),
    row("manager.report", "GET", "/hiring/{robin}.pdf", staff()),
    row("worth.worth", "GET", "/worth?hired=5", staff(alice=400, charlie=400, avery=400)),
    row("audit.entries", "GET", "/audit?who=terminal", staff(grace=200)),
    row("audit.entries", "GET", "/audit?from=yesterday", staff(grace=400)),
    row("audit.file", "GET", "/audit/file?format=jsonl", staff(grace=200)),
    row("worth.worth", "GET", "/worth", staff(alice=200, charlie=200, avery=200)),
    row("analyst.forms", "GET", "/analysis", staff(avery=200)),
    row("analyst.complaints", "GET", "/analysis/complaints", staff(avery=200)),
    row("analyst.exposure", "GET", "/analysis/exposure", staff(avery=200)),
    row("analyst.fairness", "GET", "/analysis/fairness", staff(avery=200)),
    row("analyst.opening_fairness", "GET", "/analysis/fairness/{opening}", staff(avery=200)),
    row("analyst.law_144", "GET", "/analysis/fairness/{opening}/law-144", staff(avery=404)),
    row("analyst.form", "GET", "/analysis/forms/{form}", staff(avery=200)),
    row("analyst.scenario", "GET", "/analysis/forms/{form}/scenarios/{scenario}", staff(avery=200)),
    row("analyst.errors", "GET", "/analysis/forms/{form}/errors", staff(avery=200)),
    row("analyst.outcomes", "GET", "/analysis/forms/{form}/outcomes", staff(avery=200)),
    row("analyst.renew_errors", "POST", "/analysis/forms/{form}/errors", staff(avery="/analysis/forms/")),
    row("analyst.keys", "GET", "/analysis/forms/{form}/keys", staff(avery=200)),
    row("keying.panels", "GET", "/panels", staff(avery=200)),
    row("keying.new", "GET", "/panels/new", staff(avery=200)),
    row("keying.add", "POST", "/panels/new", staff(avery="/panels/"), title="Panel", form="standard-a"),
    row("keying.panel", "GET", "/panels/{panel}", staff(avery=200)),
    row("keying.invite", "GET", "/panels/{panel}/invite", staff(avery=200)),
    row("keying.send", "POST", "/panels/{panel}/invite", staff(avery=200), people="Zoe <z@example.org>"),
    row("keying.replace", "POST", "/panels/{panel}/experts/{invited}/replace", staff(avery=200)),
    row("keying.withdraw", "POST", "/panels/{panel}/experts/{invited}/withdraw", staff(avery="/panels/")),
    row("keying.results", "GET", "/panels/{panel}/results", staff(avery=409)),
    row("keying.results", "GET", "/panels/{closed}/results", staff(avery=200)),
    row("keying.ratings", "GET", "/panels/{closed}/ratings.csv", staff(avery=200)),
    row("keying.publish", "GET", "/panels/{closed}/publish", staff(avery=200)),
    row("keying.key_file", "GET", "/keys/{key}.toml", staff(avery=200)),
    row("keying.forget", "GET", "/panels/{closed}/forget", staff(avery=200)),
    row(
        "keying.publish_now", "POST", "/panels/{closed}/publish", staff(avery="/panels/"),
        relevance=REASON, named_person="Avery",
    ),
    row("keying.close", "POST", "/panels/{closed}/close", staff(avery="/panels/")),
    row("keying.reopen", "POST", "/panels/{closed}/open", staff(avery="/panels/")),
    row("keying.forget_for_good", "POST", "/panels/{closed}/forget", staff(avery=409), sure="y"),
    row("joining.form", "GET", "/join", public(410)),
    row("joining.take", "POST", "/join", public(410), name="Nobody", password="violet engine under snow"),
    row("joining.done", "GET", "/joined", public(200)),
    row("account.own", "GET", "/account", staff(**dict.fromkeys(people(), 200))),
    row("account.change_name", "POST", "/account/name", staff(**dict.fromkeys(people(), 400)), name=" "),
    row("account.change_password", "POST", "/account/password", staff(**dict.fromkeys(people(), 400)), present="no"),
    row("account.end_session", "POST", "/account/sessions/nothing/end", staff()),
    row(
        "account.end_other_sessions", "POST", "/account/sessions/end-others",
        staff(**dict.fromkeys(people(), "/account")),
    ),
    row("admin.people", "GET", "/people?q=a&show=active&role=recruiter&page=2", staff(grace=200)),
    row("admin.invite", "GET", "/people/invite", staff(grace=200)),
    row(
        "admin.send_invitation", "POST", "/people/invite", staff(grace=200),
        name="Petra", email="petra@example.org", roles="analyst",
    ),
    row("admin.person", "GET", "/people/{nora}", staff(grace=200)),
    row("admin.person", "GET", "/people/{dana}", staff(grace=200)),
    row("admin.change_roles", "POST", "/people/{nora}/roles", staff(grace="/people/"), roles="recruiter"),
    row("admin.send_again", "POST", "/people/{olga}/invite-again", staff(grace=200)),
    row("admin.take_back", "POST", "/people/{olga}/take-back", staff(grace="/people")),
    row("admin.take_back", "POST", "/people/{hugo}/take-back", staff(grace=409)),
    row("admin.switch_off", "POST", "/people/{hugo}/deactivate", staff(grace="/people/")),
    row("admin.switch_on", "POST", "/people/{hugo}/reactivate", staff(grace="/people/")),
    row("admin.end_sessions", "POST", "/people/{hugo}/sign-out", staff(grace="/people/")),
    row("expert.no_link", "GET", "/rate/no-link", public(200)),
    row("expert.resume", "GET", "/rate", experts("/rate/scenario/1")),
    row("expert.notice", "GET", "/rate/notice", experts(200)),
    row("expert.agree", "POST", "/rate/notice", experts("/rate", 400), agree="y"),
    row("expert.scenario", "GET", "/rate/scenario/1", experts(200)),
    row("expert.rate", "POST", "/rate/scenario/1", experts("/rate/scenario/1", 400), revision="0"),
    row("expert.save", "POST", "/rate/scenario/1/save", experts(400, 401), revision="0"),
    row("expert.review", "GET", "/rate/review", experts(200)),
    row("expert.hand_in", "POST", "/rate/hand-in", experts(409, 400)),
    row("expert.done", "GET", "/rate/done", experts("/rate")),
)  # fmt: skip
LEAVING = (
    row("candidate.submit", "POST", "/sit/submit", candidates("/sit/hand-in", 400, 400)),
    row("candidate.follow_link", "GET", "/i/{token}", public(303)),
    row("candidate.follow_link", "GET", "/i/guess", public(410)),
    row("expert.follow_link", "GET", "/e/{expert_token}", public(303)),
    row("expert.follow_link", "GET", "/e/guess", public(410)),
    row("joining.follow_link", "GET", "/join/{join_token}", public(303)),
    row("joining.follow_link", "GET", "/join/guess", public(410)),
    row("auth.follow_reset", "GET", "/reset/{reset_token}", public("/reset/new")),
    row("auth.new_password", "GET", "/reset/new", public(200)),
    row("auth.set_new_password", "POST", "/reset/new", public(400), password="short"),
    row("auth.follow_reset", "GET", "/reset/guess", public(410)),
    row("security.logout", "POST", "/sign-out", public(302)),
)
"""Rows that end somebody's browser session or way; they come last."""


def routes(house: House) -> set[tuple[str, str]]:
    """Name all routes with their methods, but for those that werkzeug answers itself."""
    return {
        (rule.endpoint, method)
        for rule in house.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def test_every_route_has_a_row(house: House) -> None:
    assert routes(house) == {(each.endpoint, each.method) for each in (*ROWS, *LEAVING)}


def test_every_route_names_its_permission_or_stands_in_the_public_list(house: House) -> None:
    unnamed = {endpoint for endpoint, _ in routes(house) if permission_of(house.app, endpoint) is None}
    assert unnamed == {"security.verify", "security.static"}, "these are refused to everybody"
    assert {"static", "security.login", "security.logout"} == PUBLIC_ENDPOINTS


def test_what_takes_data_away_or_changes_who_gets_in_asks_for_a_fresh_sign_in(house: House) -> None:
    asking = {endpoint for endpoint, _ in routes(house) if getattr(house.app.view_functions[endpoint], "fresh", False)}
    assert asking == {
        "recruiter.download_file", "recruiter.refused_rows", "keying.ratings",
        "auth.begin", "auth.set_up", "auth.turn_on", "auth.renew_codes", "auth.turn_off",
        "recruiter.stored_file", "recruiter.erase_now", "recruiter.end_hold_now", "recruiter.compare_on_paper",
        "recruiter.add_member", "recruiter.change_member", "keying.forget_for_good", "audit.file",
        "admin.send_invitation", "admin.send_again", "admin.take_back", "admin.change_roles",
        "admin.switch_off", "admin.switch_on", "admin.end_sessions",
    }  # fmt: skip


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_changes_nothing(house: House, method: str, who: str) -> None:
    before = house.stored()
    for each in (each for each in (*ROWS, *LEAVING[1:2]) if each.method == "GET"):
        if each.endpoint == "candidate.follow_link" and who != "candidate":
            continue  # it would make a candidate of them, see below
        answer = house.ask(who, method, house.path(each.path))
        check_answer(answer, static=each.endpoint == "static")
        assert house.stored() == before, f"{method} {each.path} by {who} changed the database"


def test_opening_a_link_changes_nothing_but_the_browser_session(house: House) -> None:
    before = house.stored()
    scanner = house.app.test_client()
    for _ in range(3):
        answer = scanner.get(house.path("/i/{token}"), base_url="https://hiring.example.org")
        assert (answer.status_code, answer.headers["Location"]) == (303, "/sit/scenario/1")
    assert house.stored() == before


@pytest.mark.parametrize("ahead", [{"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}])
def test_a_first_showing_is_kept_once_by_looking_and_not_by_asking_ahead(house: House, ahead: dict[str, str]) -> None:
    def showings() -> list[tuple[int, str]]:
        kept = rows(house.story.database, "scenario_showing")
        return sorted((each["position"], each["scenario_id"]) for each in kept if each["session_id"] == kim.session_id)

    kim = house.story.begun(f"Kim-{next(iter(ahead))}")
    browser, forms = house.app.test_client(), standard_form().form.scenario_ids
    browser.get(f"/i/{kim.token}", base_url=HOST)
    browser.head("/sit/scenario/2", base_url=HOST)
    browser.get("/sit/scenario/2", base_url=HOST, headers=ahead)
    assert showings() == []
    for number in (3, 1, 3, 1):
        assert browser.get(f"/sit/scenario/{number}", base_url=HOST).status_code == 200
    assert showings() == [(1, forms[2]), (2, forms[0])]


POSTS = [each for each in (*ROWS, *LEAVING) if each.method == "POST"]


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("each", POSTS, ids=str)
def test_a_forged_request_changes_nothing(house: House, each: Row, who: str) -> None:
    """Neither without a token nor with that of somebody else's browser session."""
    before = house.stored()
    other = house.token("erin" if who == "dana" else "dana", "/hiring")
    for forged in ({}, {"csrf_token": ""}, {"csrf_token": other}):
        answer = house.ask(who, "POST", house.path(each.path), data={**(each.body or {}), **forged})
        check_answer(answer)
        assert answer.status_code in {400, 401, 403}, f"{each} by {who} with {forged}"
    assert house.stored() == before
    assert house.ask("dana", "GET", "/hiring").status_code == 200


@pytest.mark.parametrize("each", [*ROWS, *LEAVING], ids=str)
def test_everybody_gets_what_the_table_says(house: House, each: Row) -> None:
    for who, expected in each.gets.items():
        path = house.path(each.path)
        data = None
        if each.method == "POST":
            data = {**(each.body or {}), "csrf_token": house.token(who, path)}
        answer = house.ask(who, each.method, path, data=data)
        check_answer(answer, static=each.endpoint == "static")
        if isinstance(expected, int):
            assert answer.status_code == expected, f"{each} by {who}"
        elif expected.isdigit():
            assert answer.status_code == int(expected), f"{each} by {who}"
        else:
            assert answer.status_code == 303, f"{each} by {who}"
            assert answer.headers["Location"].startswith(expected), f"{each} by {who}"
