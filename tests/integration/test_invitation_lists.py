"""Lists of people: kept aside, shown as things stand, and invited once."""

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from eiassess._resources import data_folder
from eiassess.banks.catalog import load_form
from eiassess.domain.mail_kinds import INVITATION
from eiassess.errors import InvalidInputError, NotFoundError, RefusedError
from eiassess.people_lists.columns import Field
from eiassess.people_lists.reading import file_sheets, text_sheets
from eiassess.persistence.tables import OpeningRecord
from eiassess.services.hiring.closing import close_opening
from eiassess.services.hiring.invitation_lists import (
    KEPT_FOR,
    Confirmed,
    choose_columns,
    confirm_list,
    discard_list,
    get_invitation_list,
    list_waiting,
    refused_file,
    stage_list,
)
from eiassess.services.hiring.invitations import invite_candidate, locked_opening, open_invitation, revoke_invitation
from eiassess.services.hiring.inviting import Invitee, invite_all
from eiassess.services.hiring.inviting_one import SatLatelyError, invite_by_mail
from eiassess.services.hiring.known_addresses import SAT_LATELY
from eiassess.services.hiring.list_records import InvitationList
from eiassess.services.hiring.openings import add_opening, assign_member, use_form
from eiassess.services.links import LinkPurpose
from eiassess.services.upkeep.retention import delete_expired
from tests.hiring_story import LINKS, NOON, Story, after, at_once, everything_stored, rows
from tests.people_lists.lists import workbook_of

HEAD = "Name;E-mail;Phone\n"
KARI, OLA = "Kari;kari@example.org;1\n", "Ola;ola@example.org;2\n"
TABLES = ("invitation_list", "invitation_list_row")


def stage(story: Story, text: str, **chosen: str) -> str:
    columns = {Field(name.replace("_", "-")): column for name, column in chosen.items()}
    sheets = text_sheets(text)
    return stage_list(story.database, story.alice, story.opening, sheets, "pasted", NOON, chosen=columns)


def show(story: Story, list_id: str, **how: object) -> InvitationList:
    return get_invitation_list(story.database, story.alice, list_id, NOON, **how)  # type: ignore[arg-type]


def confirm(story: Story, list_id: str, **how: object) -> Confirmed:
    return confirm_list(story.database, LINKS, story.alice, list_id, NOON, **how)  # type: ignore[arg-type]


def problems(story: Story, text: str) -> tuple[str, ...]:
    return show(story, stage(story, text)).problems


def names(story: Story) -> list[tuple[int, str]]:
    return sorted((row["number"], row["name"]) for row in rows(story.database, "candidate"))


def test_a_list_is_kept_aside_and_nobody_is_invited(story: Story) -> None:
    shown = show(story, stage(story, HEAD + KARI + "Ola;ola@;\n"))
    assert [(row.name, row.email, row.phone) for row in shown.good] == [("Kari", "kari@example.org", "1")]
    assert [(row.row, row.email) for row in shown.refused] == [(3, "ola@")]
    assert (shown.source, shown.opening_title, shown.ends_at) == (
        "pasted",
        "Customer service adviser",
        NOON + KEPT_FOR,
    )
    assert [rows(story.database, table) for table in ("candidate", "invitation", "message")] == [[], [], []]


def test_problems_of_rows_name_the_place_and_what_to_do(story: Story) -> None:
    text = (
        HEAD
        + "Kari;kari@example\nOla;ola@example\nLiv;LIV@example.org\nLiv;liv@Example.org\n"
        + "\u200b;per@example.org\n"
    )
    assert problems(story, text) == (
        (
            "lines 2 and 3 (2 rows), column E-mail: 'kari@example', 'ola@example' is not an e-mail address: what "
            "follows the @ is not a full domain, such as example.org"
        ),
        (
            "line 5, column E-mail: 'liv@Example.org (as in line 4)' has the address of a row above; one person is "
            "invited once, so only the first is taken"
        ),
        "line 6, column Name: '\\u200b' has nothing that can be seen",
    )


def test_a_refused_row_does_not_hide_a_good_one_with_its_address(story: Story) -> None:
    shown = show(story, stage(story, HEAD + ";kari@example.org\n" + KARI))
    assert [row.row for row in shown.good] == [3]


def test_confirming_invites_each_with_number_link_and_mail(story: Story) -> None:
    story.invite("Casey")
    list_id = stage(story, HEAD + KARI + "Nobody;\n" + OLA)
    assert confirm(story, list_id) == Confirmed(2, 1)
    assert names(story) == [(1, "Casey"), (2, "Kari"), (3, "Ola")]
    invitations = {row["session_id"]: row for row in rows(story.database, "invitation")}
    mails = rows(story.database, "message")
    assert [(mail["kind"], mail["recipient_email"], mail["state"]) for mail in mails] == [
        (INVITATION.name, "kari@example.org", "waiting"),
        (INVITATION.name, "ola@example.org", "waiting"),
    ]
    for mail in mails:
        invitation = invitations[mail["session_id"]]
        token = LINKS.token(LinkPurpose.CANDIDATE, invitation["id"])
        assert open_invitation(story.database, token) == invitation["id"]


def test_a_second_confirm_invites_nobody(story: Story) -> None:
    list_id = stage(story, HEAD + KARI + "Nobody;\n")
    assert confirm(story, list_id) == Confirmed(1, 1)
    assert confirm(story, list_id) == Confirmed(1, 1, was_confirmed=True)
    assert len(rows(story.database, "message")) == 1
    shown = show(story, list_id)
    assert (shown.n_invited, shown.confirmed_at, len(shown.good), len(shown.refused)) == (1, NOON, 0, 1)
    with pytest.raises(RefusedError, match="cannot be read anew"):
        choose_columns(story.database, story.alice, list_id, {}, NOON)


def test_of_confirms_at_once_one_invites(story: Story) -> None:
    list_id = stage(story, HEAD + KARI + OLA)
    done = at_once(4, lambda _: confirm(story, list_id))
    assert sorted(each.was_confirmed for each in done if isinstance(each, Confirmed)) == [False, True, True, True]
    assert names(story) == [(1, "Kari"), (2, "Ola")]


def test_lists_and_single_invitations_at_once_give_each_person_one_number(story: Story) -> None:
    texts = [HEAD + "".join(f"P{n}{k};p{n}{k}@example.org;\n" for k in range(20)) for n in range(3)]
    lists = [stage(story, text) for text in texts]

    def work(n: int) -> object:
        return confirm(story, lists[n]) if n < 3 else story.invite(f"Single{n}")

    assert not [each for each in at_once(6, work) if isinstance(each, Exception)]
    assert [number for number, _ in names(story)] == list(range(1, 64))


def test_who_was_invited_after_the_list_was_read_is_left(story: Story) -> None:
    list_id = stage(story, HEAD + KARI + OLA)
    invite_candidate(story.database, LINKS, story.opening, "Kari", "KARI@example.org", NOON)
    assert [row.name for row in show(story, list_id).good] == ["Ola"]
    assert confirm(story, list_id) == Confirmed(1, 1)
    assert [name for _, name in names(story)] == ["Kari", "Ola"]


def test_who_is_known_here_is_said_with_what_to_do(story: Story) -> None:
    story.submitted("Casey")
    story.invite("Robin")
    revoke_invitation(story.database, story.invite("Mika").session_id, NOON)
    gone = story.invite("Tess")
    with story.database.writing() as db:
        db.connection().exec_driver_sql(
            f"UPDATE assessment_session SET withdrawn_at = '2026-11-02' WHERE id = '{gone.session_id}'"  # noqa: S608 - our own id
        )
    text = HEAD + "".join(f"{name};{name}@example.org\n" for name in ("casey", "robin", "mika", "tess"))
    assert problems(story, text) == (
        "line 2: 'casey@example.org (candidate 1)' has handed in here already; take the row out",
        "line 3: 'robin@example.org (candidate 2)' is invited here already; take the row out",
        (
            "line 4: 'mika@example.org (candidate 3)' was invited here and the link has ended; invite them alone for a "
            "new link to what they have"
        ),
        (
            "line 5: 'tess@example.org (candidate 4)' was invited here and is withdrawn; if they are to come back, "
            "invite them alone"
        ),
    )


def test_who_sat_the_form_lately_is_held_back_where_the_recruiter_may_see_it(story: Story) -> None:
    story.submitted("Kari", opening=story.other_opening)
    list_id = stage(story, HEAD + KARI + OLA)
    assert [row.name for row in show(story, list_id).good] == ["Kari", "Ola"], "of others nothing is said"
    assign_member(story.database, story.other_opening, "alice@example.org")
    shown = show(story, list_id)
    assert [row.name for row in shown.good] == ["Ola"]
    assert shown.practised == (
        (
            "line 2: 'kari@example.org (Night shift, 2026-11-02)' sat the same form less than six months ago and has "
            "practised; take the row out, or say that it counts"
        ),
    )
    operator = get_invitation_list(story.database, None, list_id, NOON)
    assert [row.name for row in operator.sat] == ["Kari"]
    assert confirm(story, list_id) == Confirmed(1, 1)


def test_who_sat_another_form_with_the_same_scenarios_or_their_twins_is_held_back_too(story: Story) -> None:
    short = add_opening(story.database, "Day shift", load_form("short", (data_folder("question_banks"),)), NOON)
    story.submitted("Kari", opening=story.other_opening)
    list_id = stage_list(story.database, None, short, text_sheets(HEAD + KARI + OLA), "pasted", NOON)
    shown = get_invitation_list(story.database, None, list_id, NOON)
    assert [row.name for row in shown.good] == ["Ola"]
    assert "shares scenarios or their options with this one" in shown.practised[0]


def test_who_sat_lately_is_invited_if_somebody_says_that_it_counts(story: Story) -> None:
    story.submitted("Kari", opening=story.other_opening)
    assign_member(story.database, story.other_opening, "alice@example.org")
    assert confirm(story, stage(story, HEAD + KARI), also_sat=True) == Confirmed(1, 0)


@pytest.mark.parametrize(("days", "is_held"), [(-1, True), (0, False)])
def test_six_months_later_the_same_form_may_be_sat(story: Story, days: int, is_held: bool) -> None:  # noqa: FBT001
    story.submitted("Kari", opening=story.other_opening)
    then = after(hours=1) + SAT_LATELY + timedelta(days=days)
    list_id = stage_list(story.database, None, story.opening, text_sheets(HEAD + KARI), "pasted", then)
    assert bool(get_invitation_list(story.database, None, list_id, then).sat) == is_held


def test_another_form_is_no_practice(story: Story) -> None:
    story.submitted("Kari", opening=story.other_opening)
    use_form(story.database, story.opening, load_form("standard-a", (data_folder("question_banks"),)), NOON)
    list_id = stage_list(story.database, None, story.opening, text_sheets(HEAD + KARI), "pasted", NOON)
    assert get_invitation_list(story.database, None, list_id, NOON).sat == ()


def test_international_addresses_are_named_where_the_server_takes_none(story: Story) -> None:
    list_id = stage(story, HEAD + "Jørn;jørn@example.org\nÅse;ase@bøker.example\n")
    assert len(show(story, list_id).good) == 2
    shown = show(story, list_id, takes_international=False)
    assert [row.name for row in shown.good] == ["Åse"]
    assert "it does not speak SMTPUTF8); ask for another address" in shown.problems[0]
    assert confirm(story, list_id, takes_international=False) == Confirmed(1, 1)


def test_columns_are_chosen_after_the_list_was_read(story: Story) -> None:
    list_id = stage(story, "Wer;Kontakt\nKari;kari@example.org\n")
    shown = show(story, list_id)
    assert (shown.rows, len(shown.unread), [each.letter for each in shown.columns]) == ((), 1, ["A", "B"])
    with pytest.raises(RefusedError, match="Nobody on this list can be invited"):
        confirm(story, list_id)
    with pytest.raises(InvalidInputError, match="No column is called 'Mail'"):
        choose_columns(story.database, story.alice, list_id, {Field.EMAIL: "Mail"}, NOON)
    choose_columns(story.database, story.alice, list_id, {Field.NAME: "A", Field.EMAIL: "Kontakt"}, NOON)
    shown = show(story, list_id)
    assert [row.name for row in shown.good] == ["Kari"]
    assert (shown.unread, shown.chosen) == ((), {Field.NAME: "A", Field.EMAIL: "Kontakt"})


def test_refused_rows_come_as_a_file_and_nobody_else(story: Story) -> None:
    story.submitted("Ola", opening=story.other_opening)
    list_id = stage_list(story.database, None, story.opening, text_sheets(HEAD + KARI + OLA + "Liv;x\n"), "p", NOON)
    assert refused_file(get_invitation_list(story.database, None, list_id, NOON))[:2] == b"PK"


def test_a_row_that_was_hidden_stays_refused_when_it_is_uploaded_again(story: Story, tmp_path: Path) -> None:
    rows = (("Name", "E-mail"), ("Kari", "kari@example.org"), ("Ola", "ola@example.org"))

    def hide(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True

    sheets = file_sheets(workbook_of(tmp_path / "list.xlsx", rows, hide))
    list_id = stage_list(story.database, story.alice, story.opening, sheets, "list.xlsx", NOON)
    (tmp_path / "refused.xlsx").write_bytes(refused_file(show(story, list_id)))
    again = file_sheets(tmp_path / "refused.xlsx")
    second = stage_list(story.database, story.alice, story.opening, again, "refused.xlsx", NOON)
    shown = show(story, second)
    assert shown.good == ()
    assert [(row.name, row.email) for row in shown.rows] == [("", "ola@example.org")]


def test_a_doubled_address_stays_refused_when_it_is_uploaded_again(story: Story, tmp_path: Path) -> None:
    list_id = stage(story, HEAD + KARI + "Bob;KARI@example.org\nLiv;x\n")
    (tmp_path / "refused.xlsx").write_bytes(refused_file(show(story, list_id)))
    again = file_sheets(tmp_path / "refused.xlsx")
    shown = show(story, stage_list(story.database, story.alice, story.opening, again, "refused.xlsx", NOON))
    assert shown.good == ()
    assert [(row.name, row.email) for row in shown.rows] == [("", "kari@example.org"), ("Liv", "x")]


def test_lists_are_for_those_who_work_on_the_opening(story: Story) -> None:
    list_id = stage(story, HEAD + KARI)
    sheets = text_sheets(HEAD + KARI)
    for refused in (
        lambda: stage_list(story.database, story.charlie, story.opening, sheets, "pasted", NOON),
        lambda: get_invitation_list(story.database, story.charlie, list_id, NOON),
        lambda: confirm_list(story.database, LINKS, story.charlie, list_id, NOON),
        lambda: choose_columns(story.database, story.charlie, list_id, {}, NOON),
        lambda: discard_list(story.database, story.charlie, list_id, NOON),
        lambda: list_waiting(story.database, story.charlie, story.opening, NOON),
        lambda: get_invitation_list(story.database, story.alice, "none", NOON),
        lambda: stage_list(story.database, None, "none", sheets, "pasted", NOON),
    ):
        with pytest.raises(NotFoundError):
            refused()
    assert names(story) == []


def test_lists_that_wait_are_listed_until_confirmed_discarded_or_over(story: Story) -> None:
    first, second, third = (stage(story, HEAD + row) for row in (KARI, OLA, "Liv;liv@example.org\n"))
    confirm(story, first)
    assert {each.id for each in list_waiting(story.database, story.alice, story.opening, NOON)} == {second, third}
    assert discard_list(story.database, story.alice, second, NOON) == story.opening
    assert [each.id for each in list_waiting(story.database, story.alice, story.opening, NOON)] == [third]
    assert list_waiting(story.database, story.alice, story.opening, NOON + KEPT_FOR) == ()
    with pytest.raises(NotFoundError, match="kept for seven days"):
        get_invitation_list(story.database, story.alice, third, NOON + KEPT_FOR)


def test_nothing_of_a_list_stays_after_its_days(story: Story) -> None:
    stage(story, HEAD + KARI + "Ola;ola@\n")
    delete_expired(story.database, NOON + KEPT_FOR - timedelta(seconds=1))
    assert [len(rows(story.database, table)) for table in TABLES] == [1, 2]
    delete_expired(story.database, NOON + KEPT_FOR)
    assert [rows(story.database, table) for table in TABLES] == [[], []]


def test_of_a_confirmed_list_only_what_was_refused_stays(story: Story) -> None:
    list_id = stage(story, HEAD + KARI + "Ola;ola@\n")
    confirm(story, list_id)
    assert [row["name"] for row in rows(story.database, "invitation_list_row")] == ["Ola"]
    assert [row["cells"] for row in rows(story.database, "invitation_list")] == [""]


def test_who_is_erased_is_taken_out_of_lists_too(story: Story) -> None:
    story.submitted("Kari")
    erased = after(days=181, hours=1)
    sheets = text_sheets(HEAD + KARI + OLA)
    list_id = stage_list(story.database, story.alice, story.opening, sheets, "pasted", erased)
    assert delete_expired(story.database, erased) == 1
    assert "kari" not in everything_stored(story.database).lower()
    shown = get_invitation_list(story.database, story.alice, list_id, erased)
    assert [row.name for row in shown.good] == ["Ola"]


def test_nobody_to_invite_is_nothing_done(story: Story) -> None:
    with story.database.writing() as db:
        opening = locked_opening(db, story.opening)
        assert invite_all(db, LINKS, opening, (), NOON, valid_days=3) == ()


def test_one_person_is_invited_with_a_mail(story: Story) -> None:
    who = Invitee(" Kari ", "KARI@example.org")
    issued = invite_by_mail(story.database, LINKS, story.alice, story.opening, who, NOON)
    (mail,) = rows(story.database, "message")
    assert (mail["kind"], mail["session_id"], mail["recipient_email"], mail["recipient_name"]) == (
        INVITATION.name,
        issued.session_id,
        "kari@example.org",
        "Kari",
    )
    with pytest.raises(RefusedError, match="is invited to this opening until"):
        invite_by_mail(story.database, LINKS, story.alice, story.opening, who, NOON)
    with pytest.raises(NotFoundError):
        invite_by_mail(story.database, LINKS, story.charlie, story.opening, who, NOON)
    assert len(rows(story.database, "message")) == 1


def test_one_person_who_sat_lately_is_invited_if_it_is_said_to_count(story: Story) -> None:
    story.submitted("Kari", opening=story.other_opening)
    who = Invitee("Kari", "kari@example.org")
    with pytest.raises(SatLatelyError, match=r"kari@example.org \(Night shift, 2026-11-02\) sat the same form"):
        invite_by_mail(story.database, LINKS, None, story.opening, who, NOON)
    assert invite_by_mail(story.database, LINKS, None, story.opening, who, NOON, also_sat=True).url


def test_a_closed_opening_takes_no_list(story: Story) -> None:
    list_id = stage(story, HEAD + KARI)
    close_opening(story.database, story.alice, story.opening, NOON, end_links=False)
    with pytest.raises(RefusedError, match="closed and takes no more invitations"):
        confirm(story, list_id)
    with pytest.raises(RefusedError, match="closed and takes no more invitations"):
        stage(story, HEAD + OLA)
    assert names(story) == []


def test_an_opening_past_its_deadline_takes_no_list(story: Story) -> None:
    list_id = stage(story, HEAD + KARI)
    with story.database.writing() as db:
        db.get_one(OpeningRecord, story.opening).deadline_at = NOON
    with pytest.raises(RefusedError, match="deadline of this opening has passed"):
        confirm(story, list_id)
    with pytest.raises(RefusedError, match="deadline of this opening has passed"):
        story.invite("Casey")
    assert names(story) == []
