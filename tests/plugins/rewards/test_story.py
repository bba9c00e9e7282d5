"""A story through GraphQL: waiting falls at a counter, which is an innovation with a measured effect, and an award."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.certificates.reading import check_certificate
from core.migrating import migrate_everything
from core.plugin_host import build_registry, start
from plugins.queueing.models import QueueService, ServicePoint, Ticket
from plugins.queueing.terms import Channel, TicketState
from plugins.rewards.points.models import PointAccount, PointEntry
from schema.application import application_schema
from schema.execution import execute
from tests.support.calls import call_as, on
from tests.support.city import build_city
from tests.support.grants import give_role

PLUGINS = ["queueing", "rewards"]


@pytest.fixture
def town(db):
    """The small city with both plugins on, and a way to ask as somebody on a day."""
    migrate_everything(build_registry(db, PLUGINS, web=False).migration_sources)
    schema = application_schema(start(db, PLUGINS, web=True))
    city = build_city()

    class Town:
        def ask(self, query, who, day, **variables):
            found = execute(schema, call_as(db, getattr(city, who).id, on(day)), query, variables)
            assert "errors" not in found, found
            return found["data"]

        def do(self, name, who, day, selection, /, **given):
            kind = f"{name[0].upper()}{name[1:]}"
            payload = f"{selection} problems {{ code message }}"
            query = f"mutation($input: {kind}Input!) {{ {name}(input: $input) {{ {payload} }} }}"
            answer = self.ask(query, who, day, input=given)[name]
            assert answer.pop("problems") == [], answer
            (row,) = answer.values()
            return row

    found = Town()
    found.city, found.settings = city, db
    point = ServicePoint.create(unit=city.registry, code="dukcapil", name="Dukcapil", time_zone="Asia/Jakarta")
    found.service = QueueService.create(point=point, unit=city.registry, code="ktp", name="KTP-el", prefix="A")
    return found


def waits(town, first, days, minutes):
    """Serve two people on each of so many days, each after so many minutes of waiting."""
    for number in range(days):
        day = first + timedelta(days=number)
        for place in (1, 2):
            queued = datetime(day.year, day.month, day.day, 2, place, tzinfo=UTC)
            called = queued + timedelta(minutes=minutes)
            Ticket.create(
                service=town.service, day=day, number=place, token=f"{day}{place}", code_hash="-",
                state=TicketState.DONE, channel=Channel.KIOSK, queued_at=queued, called_at=called, serving_at=called,
                ended_at=called + timedelta(minutes=5), wait_seconds=60 * minutes, serve_seconds=300,
            )  # fmt: skip


def ref(row):
    return {"id": row["id"], "version": row["version"]}


def test_from_shorter_queues_to_an_award_with_its_certificate(town):
    city = town.city
    waits(town, date(2026, 2, 2), 20, 42)
    waits(town, date(2026, 6, 1), 20, 18)
    give_role(city.head, "rewards.officer")
    give_role(city.head, "hr_officer")

    # The officer proposes, the chief tries and adopts.
    made = town.do(
        "proposeInnovation", "officer", date(2026, 3, 2), "innovation { id version }",
        unitId=f"WorkUnit:{city.registry.id}", title="Antrean daring KTP-el", problem="Antre 42 menit",
        description="Nomor diambil dari rumah", category="TATA_KELOLA", group="UMUM",
    )  # fmt: skip
    tried = town.do("tryInnovation", "chief", date(2026, 3, 9), "innovation { id version }", **ref(made))
    adopted = town.do("adoptInnovation", "chief", date(2026, 5, 4), "innovation { id version stage }", **ref(tried))
    assert adopted["stage"] == "ADOPTED"

    # The fact of the queue shows what came of it.
    effect = town.do(
        "measureInnovationEffect", "officer", date(2026, 6, 22),
        "effect { beforeValue afterValue beforeCases afterCases changePercent isBetter cautions beforeEvidence }",
        innovationId=made["id"], fact="queueing.wait_median_minutes", direction="LOWER", beforeFirst="2026-02-02",
        beforeLast="2026-02-21", afterFirst="2026-06-01", afterLast="2026-06-20",
    )  # fmt: skip
    evidence = effect.pop("beforeEvidence")
    assert effect == {
        "beforeValue": "42", "afterValue": "18", "beforeCases": 40, "afterCases": 40, "changePercent": "-57.14",
        "isBetter": True, "cautions": [],
    }  # fmt: skip
    # Whoever reads the queue asks the kept query again and finds the same cases.
    again = town.ask(evidence["query"], "head", date(2026, 6, 22), **evidence["variables"])
    assert again["queueMetrics"] == [{"waitCases": 40, "waitMedian": "42"}]

    # The award for innovations: a run says who is eligible and why, the superior nominates, the panel scores.
    programme = town.do(
        "createRewardProgramme", "head", date(2026, 6, 23), "programme { id }", code="inovasi-2026",
        template="innovation_award", minScores=1, objectionDays=3,
    )  # fmt: skip
    round_ = town.do(
        "createRewardRound", "head", date(2026, 6, 23), "round { id }", programmeId=programme["id"], name="2026",
        startsOn="2026-01-01", endsOn="2026-12-31",
    )  # fmt: skip
    town.do(
        "addPanelMember", "head", date(2026, 6, 23), "member { id }", roundId=round_["id"],
        employeeId=f"Employee:{city.other_chief.id}",
    )  # fmt: skip
    nomination = town.do(
        "nominate", "chief", date(2026, 6, 24), "nomination { id version }", roundId=round_["id"],
        employeeId=f"Employee:{city.officer.id}", basis="SUPERIOR", statement="Waktu tunggu turun 57 persen",
        evidence=[made["id"]],
    )  # fmt: skip
    verified = town.do(
        "verifyNomination", "head", date(2026, 6, 25), "nomination { id version }", **ref(nomination), accepted=True,
        checked=["in_use"],
    )  # fmt: skip
    town.do("scoreNomination", "other_chief", date(2026, 6, 26), "score { score }", id=verified["id"], score=91)
    decided = town.do(
        "awardNomination", "head", date(2026, 6, 29), "nomination { id version state }", **ref(verified),
        decreeNumber="800/12/2026",
    )  # fmt: skip
    award = town.do(
        "grantAward", "head", date(2026, 7, 6), "award { employee { name } certificate { code } }", **ref(decided)
    )
    assert award["employee"] == {"name": "Budi Santoso"}
    code = award["certificate"]["code"]
    checked = check_certificate(town.settings, code)
    assert (checked.holder_name, checked.revoked_on) == ("Budi Santoso", None)

    # Everybody of the institution sees both.
    seen = town.ask(
        "{ innovations { nodes { title effects { nodes { changePercent } } } } awards { nodes { decreeNumber } } }",
        "clerk", date(2026, 7, 7),
    )  # fmt: skip
    assert seen == {
        "innovations": {
            "nodes": [{"title": "Antrean daring KTP-el", "effects": {"nodes": [{"changePercent": "-57.14"}]}}]
        },
        "awards": {"nodes": [{"decreeNumber": "800/12/2026"}]},
    }


def test_somebody_without_an_adopted_innovation_is_not_awarded_one(town):
    city = town.city
    give_role(city.head, "rewards.officer")
    programme = town.do(
        "createRewardProgramme",
        "head",
        date(2026, 6, 23),
        "programme { id }",
        code="inovasi",
        template="innovation_award",
    )
    round_ = town.do(
        "createRewardRound", "head", date(2026, 6, 23), "round { id }", programmeId=programme["id"], name="2026",
        startsOn="2026-01-01", endsOn="2026-12-31",
    )  # fmt: skip

    answer = town.ask(
        """mutation($input: NominateInput!) { nominate(input: $input) { nomination { id } problems { code } } }""",
        "chief", date(2026, 6, 24),
        input={
            "roundId": round_["id"], "employeeId": f"Employee:{city.clerk.id}", "basis": "RULE", "statement": "Rajin",
        },
    )["nominate"]  # fmt: skip

    assert answer["nomination"] is None
    assert len(answer["problems"]) == 1
    assert not PointEntry.select().join(PointAccount).where(PointAccount.employee == city.clerk.id).exists()
