"""Interventions are noted, corrected and withdrawn by who manages the point or the service, each change in history."""

from datetime import date

import pytest

from core.errors import Refused
from core.history.models import HistoryRecord
from core.identity.models import Account, RoleGrant
from core.registry import active_registry
from core.verbs.declare import Target
from plugins.queueing.models import Intervention, QueueService, ServicePoint
from plugins.queueing.services.interventions import (
    correct_intervention,
    record_intervention,
    withdraw_intervention,
)
from plugins.queueing.terms import InterventionKind
from tests.support.calls import call_as

DAY = date(2026, 4, 1)


@pytest.fixture
def manager(office, db):
    """The chief of the registry, who manages its queues."""
    chief = office.city.chief
    account = Account.create(username="chief", employee=chief)
    RoleGrant.create(account=account, role="queueing.manager", unit=office.city.registry, valid_from=date(2026, 1, 1))
    return call_as(db, chief.id)


def note(ctx, office, **values):
    values = {"kind": InterventionKind.TRAINING, "name": " Pelatihan petugas ", "day": DAY, **values}
    return record_intervention(ctx, point_id=office.point.id, **values)


def refused(run, code):
    rows, kept = Intervention.select().count(), HistoryRecord.select().count()
    with pytest.raises(Refused, match=code):
        run()
    assert (Intervention.select().count(), HistoryRecord.select().count()) == (rows, kept)


def test_noted_corrected_withdrawn(office, manager):
    row = note(manager, office, service_id=office.ktp.id)
    assert (row.name, row.point_id, row.service_id) == ("Pelatihan petugas", office.point.id, office.ktp.id)

    row = correct_intervention(manager, row.id, row.version, {"name": "Pelatihan", "service_id": None})
    assert (Intervention.get().name, Intervention.get().service_id) == ("Pelatihan", None)

    withdraw_intervention(manager, row.id, row.version, "Salah catat")
    assert Intervention.select().count() == 0
    acts = [one.action for one in HistoryRecord.select().where(HistoryRecord.subject_type == "Intervention")]
    assert acts == ["create", "update", "delete"]


def test_what_cannot_be_noted(office, manager, db):
    elsewhere = ServicePoint.create(unit=office.city.registry, code="lain", name="Lain")
    other = QueueService.create(point=elsewhere, unit=office.city.registry, code="x", name="Lain", prefix="X")

    refused(lambda: note(manager, office, service_id=other.id), "SERVICE_ELSEWHERE")
    refused(lambda: note(manager, office, name=" "), "TEXT_MISSING")
    refused(lambda: note(manager, office, day=date(1800, 1, 1)), "DATE_OUT_OF_RANGE")
    refused(lambda: note(manager, office, note="x" * 4001), "TEXT_TOO_LONG")
    refused(lambda: note(call_as(db, office.city.officer.id), office), "FORBIDDEN")
    row = note(manager, office)
    refused(lambda: correct_intervention(call_as(db, office.city.other.id), row.id, 1, {"name": "x"}), "NOT_FOUND")
    refused(lambda: correct_intervention(manager, row.id, 7, {"name": "x"}), "STALE_VERSION")
    refused(lambda: correct_intervention(manager, row.id, 1, {"name": None}), "TEXT_MISSING")


def test_verbs_do_the_same(office, manager):
    verbs = {verb.name: verb for verb in active_registry().verbs if verb.model is Intervention}
    assert set(verbs) == {
        "queueing.record_intervention", "queueing.correct_intervention", "queueing.archive_intervention",
    }  # fmt: skip
    values = {"point_id": office.point.id, "service_id": None, "kind": InterventionKind.COUNTERS, "name": "Loket 3",
              "day": DAY, "note": None}  # fmt: skip

    made = verbs["queueing.record_intervention"].run(manager, Target(0), values)
    verbs["queueing.correct_intervention"].run(manager, Target(made.id, 1), {"note": "Sejak pagi"})

    row = Intervention.get()
    assert (row.kind, row.name, row.note, row.version) == (InterventionKind.COUNTERS, "Loket 3", "Sejak pagi", 2)
