"""A report is assigned to an HR officer for discipline, who sees it and its case from then on and does no step."""

from datetime import date

import pytest

from core.history.models import HistoryRecord
from core.identity.models import Account, RoleGrant
from plugins.rewards.discipline.models import DisciplineCase, DisciplineReport
from tests.plugins.rewards.discipline.doors.test_whole_way import day, employee, step, who_sees

SEEN = "{ disciplineCases { nodes { id mayDo reports { nodes { text reporter { name } officer { name } } } } } }"


def grant(town, who, until=None):
    """Let somebody keep discipline in the whole city."""
    person = getattr(town.city, who)
    account = Account.create(username=who, password_hash="-", employee=person, display_name=person.name)
    return RoleGrant.create(account=account, role="rewards.discipline", valid_from=date(2026, 1, 1), valid_to=until)


@pytest.fixture
def case(town):
    """The clerk has reported the officer; the chief is to act."""
    town.act(
        "clerk", day(22), "reportBreach", "isReported", employeeId=employee(town, "officer"), actFirstOn="2026-06-15",
        text="Terlambat",
    )  # fmt: skip
    (found,) = town.ask("chief", day(22), "{ disciplineCases { nodes { id version } } }")["disciplineCases"]["nodes"]
    return found


def test_the_officer_sees_report_and_case_from_then_on_and_does_no_step(town, case):
    grant(town, "other", until=day(25))
    assert who_sees(town, day(22)) == {"chief"}

    assert step(town, case, "chief", day(22), "assignReport", officerNumber=town.city.other.nip) == "REPORTED"

    assert who_sees(town, day(22)) == {"chief", "other"}
    (seen,) = town.ask("other", day(22), SEEN)["disciplineCases"]["nodes"]
    assert seen["mayDo"] == []
    assert seen["reports"]["nodes"] == [
        {"text": "Terlambat", "reporter": None, "officer": {"name": town.city.other.name}}
    ]
    refused = town.act("other", day(22), "takeUpCase", caseId=case["id"], version=case["version"])
    assert refused == ["FORBIDDEN"]
    changes = HistoryRecord.select().where(HistoryRecord.subject_type == "DisciplineReport")
    assert [row.action for row in changes.order_by(HistoryRecord.id)] == ["create", "update"]
    # The role ends, and with it what it let the officer see.
    assert who_sees(town, day(26)) == {"chief"}


def test_another_officer_takes_the_place_of_the_first(town, case):
    for who in ("other", "other_chief"):
        grant(town, who)
        step(town, case, "chief", day(22), "assignReport", officerNumber=getattr(town.city, who).nip)

    assert who_sees(town, day(22)) == {"chief", "other_chief"}


@pytest.mark.parametrize("who", ["other", "officer", None])
def test_only_who_keeps_discipline_where_the_person_works_is_named(town, case, who):
    """Not somebody without the role, the person itself even with it, or a number that nobody carries."""
    grant(town, "officer")
    number = getattr(town.city, who).nip if who else "199001012020011999"

    answer = town.act(
        "chief", day(22), "assignReport", caseId=case["id"], version=case["version"], officerNumber=number
    )

    assert answer == ["DISCIPLINE_OFFICER"]
    assert DisciplineReport.get().officer_id is None


def test_the_chair_assigns_and_other_members_do_not(town, case):
    grant(town, "other")
    step(town, case, "chief", day(23), "takeUpCase")
    step(town, case, "chief", day(23), "chargeWithBreach", itemCode="3.a")
    members = [
        {"nip": getattr(town.city, who).nip, "role": role, "element": element}
        for who, role, element in (
            ("head", "CHAIR", "HR"), ("secretary", "SECRETARY", "OVERSIGHT"), ("chief", "MEMBER", "SUPERIOR")
        )
    ]  # fmt: skip
    step(town, case, "chief", day(23), "formExaminationTeam", members=members)
    given = {"caseId": case["id"], "version": case["version"], "officerNumber": town.city.other.nip}

    assert town.act("secretary", day(24), "assignReport", **given) == ["FORBIDDEN"]
    assert step(town, case, "head", day(24), "assignReport", officerNumber=town.city.other.nip) == "TAKEN_UP"
    assert who_sees(town, day(24)) == {"chief", "head", "secretary", "other"}


def test_a_role_without_a_report_shows_nothing(town, case):
    grant(town, "other")

    assert who_sees(town, day(22)) == {"chief"}
    assert DisciplineCase.select().count() == 1
