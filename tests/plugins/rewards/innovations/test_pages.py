"""The page of an innovation, the picture of its effect, and its evidence as files, in a browser and by a program."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from core.facts.terms import FactSubject
from plugins.rewards.innovations.models import Innovation, InnovationAuthor, InnovationEffect, InnovationEvidence
from plugins.rewards.innovations.terms import EffectDirection, InnovationStage
from tests.support.apps import app_of
from tests.support.calls import NOON
from tests.support.office import Person, add_people

FIRST = date(2026, 1, 5)


@pytest.fixture
def town(city, db):
    """An innovation with its effect, and browsers of author, superior and somebody elsewhere."""
    app = app_of(db, ["rewards"])
    add_people(city, dict.fromkeys(("officer", "chief", "other")))

    class Town:
        pass

    found = Town()
    found.app, found.city = app, city
    found.row = Innovation.create(
        unit=city.registry, title="Antrean <b>daring</b>", problem="Lama", description="Cepat", category="K", group="G",
        proposed_on=FIRST, stage=InnovationStage.PROPOSED, rule={},
    )  # fmt: skip
    InnovationAuthor.create(innovation=found.row, employee=city.officer, share=Decimal("60.5"))
    found.effect = InnovationEffect.create(
        innovation=found.row, fact="queueing.wait", subject=FactSubject.UNIT, unit=city.registry, title="Tunggu",
        unit_of_measure="menit", direction=EffectDirection.LOWER, before_first=FIRST, before_last=FIRST,
        after_first=date(2026, 1, 6), after_last=date(2026, 1, 6), before_value=40, before_cases=12,
        before_evidence={}, after_value=25, after_cases=50, after_evidence={}, fewest_cases=30, measured_at=NOON,
    )  # fmt: skip
    found.officer, found.chief, found.other = (Person(app, name) for name in ("officer", "chief", "other"))
    return found


def page(town):
    return f"/-/rewards/innovations/{town.row.id}"


def test_the_page_tells_what_it_is_and_what_came_of_it(town):
    shown = town.chief.get(page(town))

    assert shown.status_code == 200
    assert "Antrean &lt;b&gt;daring&lt;/b&gt;" in shown.text
    for words in ("Budi Santoso (member, 60.5 %)", "-37.5 %", "There are few cases.", "The plugin of this fact is off"):
        assert words in shown.text, words
    assert "<script" not in shown.text
    assert "Add the file" not in shown.text
    assert "Add the file" in town.officer.get(page(town)).text


def test_strangers_are_sent_to_the_log_in_and_others_find_nothing(town):
    stranger = town.app.test_client().get(page(town))
    assert (stranger.status_code, stranger.location.startswith("/admin/login?next=")) == (302, True)
    picture = f"/-/rewards/innovation-effects/{town.effect.id}.svg"
    assert [town.other.get(path).status_code for path in (page(town), picture)] == [404, 404]
    assert [town.chief.get(f"/-/rewards/innovations/{key}").status_code for key in (0, 2**31, 10**30)] == [404] * 3


def test_the_effect_is_drawn_with_its_figures_in_words(town):
    picture = town.chief.get(f"/-/rewards/innovation-effects/{town.effect.id}.svg", theme="dark")

    assert (picture.status_code, picture.content_type) == (200, "image/svg+xml")
    assert "25 (50 cases)" in picture.text
    tag = picture.headers["ETag"]
    again = town.chief.client.get(
        f"/-/rewards/innovation-effects/{town.effect.id}.svg?theme=dark", headers={"If-None-Match": tag}
    )
    assert again.status_code == 304


def send(town, person, **more):
    form = {
        "innovationId": f"Innovation:{town.row.id}", "title": "Ukuran",
        "file": (BytesIO(b"tanggal;tunggu\n2026-01-02;12\n"), "ukur.csv", "text/csv"), **more,
    }  # fmt: skip
    return person.post("/-/rewards/innovation-evidence", **form)


def test_a_file_is_added_in_the_browser_and_given_to_those_who_see_the_innovation(town):
    assert send(town, town.officer).status_code == 303
    (row,) = InnovationEvidence.select()
    path = f"/-/rewards/innovation-evidence/{row.id}"

    given = town.chief.get(path)

    assert (given.status_code, given.data[:7]) == (200, b"tanggal")
    given.close()
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert town.other.get(path).status_code == 404
    assert town.app.test_client().get(path).status_code == 401


@pytest.mark.parametrize(
    ("who", "changes", "status"),
    [
        ("officer", {"token": "wrong"}, 401),
        ("chief", {}, 403),
        ("other", {}, 404),
        ("officer", {"file": b"\x7fELF\x00"}, 422),
        ("officer", {"file": ""}, 422),
    ],
)
def test_what_may_not_be_sent_leaves_nothing(town, who, changes, status):
    if isinstance(changes.get("file"), bytes):
        changes = {"file": (BytesIO(changes["file"]), "a.pdf", "application/pdf")}
    assert send(town, getattr(town, who), **changes).status_code == status

    assert not InnovationEvidence.select().exists()
