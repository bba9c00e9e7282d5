"""The set-up of the queue through GraphQL: made, changed and refused, as a client does it."""

import pytest

from core.bin.models import BinEntry
from core.bin.services import restore_entry
from plugins.queueing.models import Counter, CounterService, OpeningHours, QueueService, ServicePoint, Ticket
from tests.support.calls import call_as


@pytest.fixture
def setup(staff, ask):
    """Make or change something as the manager of the office, or as somebody else."""

    def act(name, selection, who=staff.city.chief, /, **given):
        words = name[0].upper() + name[1:]
        field = "made" if name.startswith("create") else "changed"
        query = f"""mutation($input: {words}Input!) {{ {name}(input: $input) {{
          {field} {{ {selection} }} problems {{ code path }} }} }}"""
        answer = ask(query, who, input=given)
        assert "errors" not in answer, answer
        done = answer["data"][name]
        return done[field] or done["problems"]

    return act


def test_a_whole_service_point_is_set_up_and_corrected(staff, setup, ask):
    unit = f"WorkUnit:{staff.city.registry.id}"
    point = setup("createServicePoint", "id version code slotMinutes", unitId=unit, code="mpp", name="MPP Kota")
    assert point | {"id": ""} == {"id": "", "version": 1, "code": "mpp", "slotMinutes": 30}
    hours = setup(
        "createOpeningHours", "weekday kind startsAt", pointId=point["id"], weekday=5, startsAt="08:00", endsAt="12:00"
    )
    assert hours == {"weekday": 5, "kind": "OPEN", "startsAt": "08:00"}
    closure = setup("createClosure", "day name", pointId=point["id"], day="2026-03-09", name="Hari jadi kota")
    assert closure == {"day": "2026-03-09", "name": "Hari jadi kota"}
    paspor = setup("createQueueService", "id unit { code }", pointId=point["id"], code="p", name="Paspor", prefix="p")
    assert paspor["unit"] == {"code": "11"}
    quota = setup("createServiceQuota", "quota weekday slot", serviceId=paspor["id"], quota=40, weekday=5)
    assert quota == {"quota": 40, "weekday": 5, "slot": ""}
    counter = setup(
        "createCounter",
        "id version services { nodes { service { name } } }",
        pointId=point["id"],
        number=1,
        serviceIds=[paspor["id"]],
    )
    assert counter["services"]["nodes"] == [{"service": {"name": "Paspor"}}]
    clerk = f"Employee:{staff.city.clerk.id}"
    given = {"counterId": counter["id"], "employeeId": clerk, "day": "2026-03-07", "startsAt": "08:00"}
    shift = setup("createCounterShift", "employee { name } day", **given, endsAt="12:00")
    assert shift == {"employee": {"name": "Rina Wulandari"}, "day": "2026-03-07"}

    changed = setup(
        "updateServicePoint", "version priorityRule", id=point["id"], version=1, priorityRule="ONE_IN_N", isActive=None
    )
    assert changed == [{"code": "TEXT_MISSING", "path": ["input", "isActive"]}]
    changed = setup("updateServicePoint", "version priorityRule", id=point["id"], version=1, priorityRule="ONE_IN_N")
    assert changed == {"version": 2, "priorityRule": "ONE_IN_N"}
    stale = setup("updateServicePoint", "version", id=point["id"], version=1, name="Lain")
    assert stale[0]["code"] == "STALE_VERSION"
    assert setup("updateCounter", "version", id=counter["id"], version=1, serviceIds=[])["version"] == 2
    assert CounterService.select().where(CounterService.counter == int(counter["id"].split(":")[1])).count() == 0


def test_faults_are_told_at_their_places(staff, office, setup):
    point = f"ServicePoint:{office.point.id}"

    assert setup("createCounter", "id", pointId=point, number=1) == [
        {"code": "COUNTER_NUMBER_TAKEN", "path": ["input", "number"]}
    ]
    assert setup("createCounter", "id", pointId="Counter:1", number=9) == [
        {"code": "BAD_ID", "path": ["input", "pointId"]}
    ]
    assert setup("createCounter", "id", pointId=point, number=9, serviceIds=["x"]) == [
        {"code": "BAD_ID", "path": ["input", "serviceIds"]}
    ]
    assert Counter.select().count() == 2


def test_a_whole_week_is_set_at_once(staff, office, ask):
    query = """mutation($input: SetOpeningHoursInput!) { setOpeningHours(input: $input) {
      point { version hours { nodes { weekday kind startsAt endsAt } } } problems { code path } } }"""
    hours = [
        {"weekday": 0, "startsAt": "08:00", "endsAt": "15:00"},
        {"weekday": 0, "startsAt": "12:00", "endsAt": "13:00", "kind": "BREAK"},
    ]
    given = {"id": f"ServicePoint:{office.point.id}", "version": 1, "hours": hours}

    done = ask(query, staff.city.chief, input=given)["data"]["setOpeningHours"]

    assert done["problems"] == []
    assert done["point"]["hours"]["nodes"] == [{"kind": "OPEN", **hours[0]}, hours[1]]
    given["hours"] = [{"weekday": 0, "startsAt": "15:00", "endsAt": "08:00"}]
    refused = ask(query, staff.city.chief, input={**given, "version": 2})["data"]["setOpeningHours"]
    assert refused["problems"] == [{"code": "HOURS_REVERSED", "path": ["input", "hours", "0", "endsAt"]}]
    assert OpeningHours.select().count() == 2


def test_shifts_of_many_days_are_planned_at_once(staff, office, ask):
    query = """mutation($input: PlanCounterShiftsInput!) { planCounterShifts(input: $input) {
      shifts { day } problems { code path } } }"""
    given = {
        "counterId": f"Counter:{office.two.id}",
        "employeeId": f"Employee:{staff.city.clerk.id}",
        "first": "2026-03-02",
        "last": "2026-03-08",
        "startsAt": "08:00",
        "endsAt": "12:00",
    }

    done = ask(query, staff.city.chief, input={**given, "weekdays": [0, 4]})["data"]["planCounterShifts"]
    again = ask(query, staff.city.chief, input=given)["data"]["planCounterShifts"]

    assert done == {"shifts": [{"day": "2026-03-02"}, {"day": "2026-03-06"}], "problems": []}
    assert (again["shifts"], again["problems"][0]["code"]) == (None, "SHIFT_OVERLAP")


def test_what_nobody_used_goes_into_the_bin_with_all_of_it(staff, office, setup, ask, db):
    def archive(name, row, who=staff.city.chief, **more):
        query = f"""mutation($input: Archive{name}Input!) {{ archive{name}(input: $input) {{
          archived rows problems {{ code path }} }} }}"""
        return ask(query, who, input={"id": row["id"], "version": row["version"], **more})["data"][f"archive{name}"]

    unit = f"WorkUnit:{staff.city.registry.id}"
    point = setup("createServicePoint", "id version", unitId=unit, code="salah", name="Salah")
    setup("createOpeningHours", "id", pointId=point["id"], weekday=5, startsAt="08:00", endsAt="12:00")

    for who in (staff.city.clerk, None):
        refused = archive("ServicePoint", point, who)
        assert (refused["archived"], refused["problems"]) == (None, [{"code": "FORBIDDEN", "path": ["input", "id"]}])
    stale = archive("ServicePoint", point | {"version": 9})
    assert stale["problems"] == [{"code": "STALE_VERSION", "path": ["input", "version"]}]
    assert ServicePoint.select().count() == 2
    done = archive("ServicePoint", point, reason="Salah catat")
    assert done == {"archived": point["id"], "rows": 2, "problems": []}
    assert [row.code for row in ServicePoint.select()] == ["dukcapil"]
    (entry,) = BinEntry.select()
    assert (entry.model, entry.reason, f"ServicePoint:{entry.subject_id}") == (
        "ServicePoint",
        "Salah catat",
        done["archived"],
    )
    restore_entry(call_as(db, staff.city.chief.id, ask.morning), entry.id, "Ternyata benar")
    assert OpeningHours.select().where(OpeningHours.point == entry.subject_id).count() == 1

    # What tickets point to is kept.
    Ticket.create(service=office.ktp, day=office.day, token="x", state="DONE", channel="KIOSK")
    for name, kept in (("ServicePoint", office.point), ("QueueService", office.ktp)):
        refused = archive(name, {"id": f"{name}:{kept.id}", "version": 1})
        assert [problem["code"] for problem in refused["problems"]] == ["NOT_ARCHIVABLE"]
    assert QueueService.select().count() == 2


def test_nobody_but_managers_of_the_unit_sets_anything_up(staff, office, setup):
    unit, point = f"WorkUnit:{staff.city.registry.id}", f"ServicePoint:{office.point.id}"
    service = f"QueueService:{office.ktp.id}"

    for who in (None, staff.city.clerk, staff.city.other):
        assert setup("createServicePoint", "id", who, unitId=unit, code="x", name="X")[0]["code"] in {
            "FORBIDDEN",
            "NOT_FOUND",
        }
        assert setup("updateServicePoint", "id", who, id=point, version=1, name="X")[0]["code"] == "FORBIDDEN"
        assert setup("updateQueueService", "id", who, id=service, version=1, name="X")[0]["code"] == "FORBIDDEN"
        assert setup("createPriorityGroup", "id", who, code="X", name="X")[0]["code"] == "FORBIDDEN"
    assert [row.name for row in ServicePoint.select()] == ["Dukcapil"]
    assert QueueService.get_by_id(office.ktp.id).name == "KTP-el"
