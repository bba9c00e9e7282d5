"""Evidence and decrees as files: who adds, reads and removes them, in services, over HTTP and in GraphQL."""

from datetime import date
from io import BytesIO

import pytest

from core.database import utc_now
from core.errors import Refused
from core.identity import services as identity
from core.progress.services.evidence import sweep_files
from core.progress.services.keeping import SentFile, kept_file
from plugins.rewards.programmes.models import RewardFile
from plugins.rewards.programmes.services import awards, deciding, nominating, papers
from plugins.rewards.programmes.terms import AwardKind, FilePurpose, NominationBasis
from tests.support.apps import app_of
from tests.support.calls import system_context
from tests.support.office import Person, add_people

PDF = b"%PDF-1.7\n%%EOF\n"
LATER = date(2100, 1, 1)


def paper(content=PDF, name="bukti.pdf", declared="application/pdf", title="Bukti"):
    return SentFile(BytesIO(content), name, declared, title)


def codes(call, *args, **more):
    """Return the codes with which a call is refused."""
    with pytest.raises(Refused) as refused:
        call(*args, **more)
    return [problem.code for problem in refused.value.problems]


@pytest.fixture
def made(office):
    """A nomination of `officer`, made by the clerk."""
    round_ = office.round(office.plain())
    return nominating.nominate(
        office.as_("clerk"), round_id=round_.id, employee_id=office.city.officer.id, basis=NominationBasis.PEER,
        statement="Baik",
    )  # fmt: skip


def awarded(office, made):
    nominating.verify_nomination(office.system(), made.id, None, accepted=True)
    return deciding.award_nomination(office.system(), made.id, None, decree_number="7")


def readers(office, file_id, names=("officer", "clerk", "chief", "other", "other_chief")):
    """Return those of the city who get the file; nobody else learns that there is one."""
    refusals = {}
    for name in names:
        try:
            kept_file(office.as_(name), RewardFile, file_id)
        except Refused as refusal:
            refusals[name] = refusal.problems[0].code
    assert set(refusals.values()) <= {"NOT_FOUND"}
    return set(names) - set(refusals)


def test_evidence_is_for_those_who_work_on_the_nomination_until_it_is_verified(office, made):
    stored = papers.add_evidence(office.as_("clerk"), made.id, paper())
    assert (stored.title, stored.content_type, stored.size_bytes) == ("Bukti", "application/pdf", len(PDF))
    assert readers(office, stored.id) == {"clerk", "other_chief"}
    assert codes(papers.add_evidence, office.as_("other"), made.id, paper()) == ["NOT_FOUND"]
    assert codes(papers.add_evidence, office.as_("clerk"), made.id, paper(b"\x7fELF\x00")) == ["FILE_TYPE_NOT_ACCEPTED"]
    assert codes(papers.add_decree_of_nomination, office.system(), made.id, paper()) == ["NOMINATION_STEP"]

    nominating.verify_nomination(office.system(), made.id, None, accepted=True)

    assert codes(papers.add_evidence, office.as_("clerk"), made.id, paper()) == ["NOMINATION_STEP"]
    assert codes(papers.remove_file, office.as_("clerk"), stored.id, stored.version) == ["NOMINATION_STEP"]
    assert RewardFile.select().count() == 1


def test_evidence_can_be_removed_and_is_swept_only_then(office, made, monkeypatch):
    monkeypatch.setattr(papers, "MOST_FILES", 1)
    stored = papers.add_evidence(office.as_("clerk"), made.id, paper())
    assert codes(papers.add_evidence, office.as_("clerk"), made.id, paper()) == ["REWARD_FILES_FULL"]
    _, path = kept_file(office.as_("clerk"), RewardFile, stored.id)
    assert sweep_files(office.system(LATER)) == 0
    assert codes(papers.remove_file, office.as_("clerk"), stored.id, stored.version + 1) == ["STALE_VERSION"]

    assert papers.remove_file(office.as_("clerk"), stored.id, stored.version) == stored.id

    assert path.exists()
    assert sweep_files(office.system(LATER)) == 1
    assert not path.exists()


@pytest.mark.parametrize(
    ("is_published", "seen_by"),
    [(True, {"officer", "clerk", "chief", "other_chief"}), (False, {"officer", "chief", "other_chief"})],
)
def test_a_decree_goes_over_to_the_award_and_is_as_private_as_it(office, made, is_published, seen_by):
    awarded(office, made)
    assert codes(papers.add_decree_of_nomination, office.as_("clerk"), made.id, paper()) == ["FORBIDDEN"]
    stored = papers.add_decree_of_nomination(office.officer(), made.id, paper())
    assert readers(office, stored.id) == {"officer", "other_chief"}

    award = deciding.grant_award(office.officer(), made.id, None, published=is_published)

    kept = RewardFile.get_by_id(stored.id)
    assert (kept.award_id, kept.nomination_id, kept.purpose) == (award.id, None, FilePurpose.DECREE)
    assert readers(office, stored.id) == seen_by
    assert codes(papers.add_decree_of_nomination, office.officer(), made.id, paper()) == ["NOMINATION_STEP"]


def test_the_decree_of_a_decision_that_falls_goes_with_it_and_the_evidence_stays(office):
    round_ = office.round(office.plain(objection_days=14))
    made = nominating.nominate(
        office.as_("clerk"), round_id=round_.id, employee_id=office.city.officer.id, basis=NominationBasis.PEER,
        statement="Baik",
    )  # fmt: skip
    proof = papers.add_evidence(office.as_("clerk"), made.id, paper())
    awarded(office, made)
    papers.add_decree_of_nomination(office.officer(), made.id, paper())
    objection = deciding.object_to_decision(office.as_("chief"), nomination_id=made.id, reason="Keliru")

    deciding.decide_objection(office.officer(), objection.id, None, upheld=True, decision="Benar")

    assert [row.id for row in RewardFile.select()] == [proof.id]


def test_an_award_of_former_years_takes_its_decree_until_it_is_revoked(office):
    award = awards.record_award(
        office.officer(), employee_id=office.city.officer.id, kind=AwardKind.APPRECIATION, title="Lama",
        awarded_on=date(2026, 1, 2), decree_number="3", is_published=False,
    )  # fmt: skip
    assert codes(papers.add_decree_of_award, office.as_("clerk"), award.id, paper()) == ["NOT_FOUND"]
    assert codes(papers.add_decree_of_award, office.as_("officer"), award.id, paper()) == ["FORBIDDEN"]
    stored = papers.add_decree_of_award(office.officer(), award.id, paper())

    awards.revoke_award(office.officer(), award.id, None, "Keliru")

    assert codes(papers.remove_file, office.officer(), stored.id, None) == ["AWARD_REVOKED"]
    assert codes(papers.add_decree_of_award, office.officer(), award.id, paper()) == ["AWARD_REVOKED"]
    assert readers(office, stored.id) == {"officer", "chief", "other_chief"}


FILES = """query($id: ID!) { node(id: $id) { ... on Nomination {
  files { nodes { purpose fileName contentType sizeBytes downloadPath } } } } rewardFiles { totalCount } }"""


def test_the_schema_gives_the_address_to_those_who_may_read(office, made, ask):
    stored = papers.add_evidence(office.as_("clerk"), made.id, paper())
    nomination = ask(FILES, "clerk", id=f"Nomination:{made.id}")["data"]["node"]
    assert nomination["files"]["nodes"] == [
        {
            "purpose": "EVIDENCE", "fileName": "bukti.pdf", "contentType": "application/pdf", "sizeBytes": len(PDF),
            "downloadPath": f"/-/rewards/files/{stored.id}",
        }
    ]  # fmt: skip
    assert ask(FILES, "other", id=f"Nomination:{made.id}")["data"]["rewardFiles"]["totalCount"] == 0
    removal = (
        """mutation($id: ID!) { removeRewardFile(input: {id: $id, version: 1}) { isRemoved problems { code } } }"""
    )
    file_id = f"RewardFile:{stored.id}"
    refused = ask(removal, "other", id=file_id)["data"]["removeRewardFile"]
    assert (refused["isRemoved"], refused["problems"][0]["code"]) == (None, "NOT_FOUND")
    assert ask(removal, "clerk", id=file_id)["data"]["removeRewardFile"] == {"isRemoved": True, "problems": []}


@pytest.fixture
def site(office, made):
    """The site, and browsers of those who are about it and of somebody elsewhere."""
    app = app_of(office.settings, ["rewards"])
    add_people(office.city, {"clerk": "", "other": "", "officer": "", "boss": "rewards.officer"})

    class Site:
        pass

    found = Site()
    found.app = app
    found.page = f"/-/rewards/nominations/{made.id}/files"
    for name in ("clerk", "other", "officer", "boss"):
        setattr(found, name, Person(app, name))
    return found


def form(made, content=PDF, **more):
    file = (BytesIO(content), "bukti.pdf", "application/pdf")
    return {"nominationId": f"Nomination:{made.id}", "title": "<b>Bukti</b>", "file": file, **more}


def test_a_browser_sends_reads_and_fetches_a_file(site, made):
    page = site.clerk.get(site.page)
    assert 'enctype="multipart/form-data"' in page.text
    assert "<script" not in page.text
    sent = site.clerk.post("/-/rewards/files", **form(made))
    assert (sent.status_code, sent.location) == (303, site.page)
    (row,) = RewardFile.select()
    assert "&lt;b&gt;Bukti&lt;/b&gt;" in site.boss.get(site.page).text

    given = site.clerk.get(f"/-/rewards/files/{row.id}")

    assert (given.status_code, given.data, given.content_type) == (200, PDF, "application/pdf")
    given.close()
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    for person in (site.other, site.officer):
        assert person.get(f"/-/rewards/files/{row.id}").status_code == 404
        assert person.get(site.page).status_code == 404
    stranger = site.app.test_client()
    assert stranger.get(f"/-/rewards/files/{row.id}").status_code == 401
    assert stranger.get(site.page).location.startswith("/admin/login?next=")


def test_a_decree_is_sent_for_a_nomination_and_for_an_award(site, office, made):
    awarded(office, made)
    assert "Add the file" not in site.clerk.get(site.page).text
    assert "Add the file" in site.boss.get(site.page).text
    assert site.boss.post("/-/rewards/files", **form(made, purpose="DECREE")).location == site.page
    award = deciding.grant_award(office.system(), made.id, None, published=False)
    page = f"/-/rewards/awards/{award.id}/files"

    sent = site.boss.post("/-/rewards/files", **form(made, awardId=f"Award:{award.id}"))

    assert (sent.status_code, sent.location) == (303, page)
    assert site.boss.get(page).text.count("(bukti.pdf)") == 2
    assert "Add the file" not in site.officer.get(page).text
    assert {site.other.get(path).status_code for path in (page, "/-/rewards/awards/0/files")} == {404}
    for row in RewardFile.select():
        assert [who.get(f"/-/rewards/files/{row.id}").status_code for who in (site.other, site.clerk)] == [404, 404]


@pytest.mark.parametrize(
    ("who", "changes", "status"),
    [
        ("clerk", {"token": "wrong"}, 401),
        ("other", {}, 404),
        ("boss", {"purpose": "DECREE"}, 422),
        ("clerk", {"content": b"\x7fELF\x00"}, 422),
        ("clerk", {"file": ""}, 422),
        ("clerk", {"title": "a" * 256}, 422),
        ("clerk", {"nominationId": "Employee:1"}, 404),
    ],
)
def test_what_may_not_be_sent_leaves_nothing(site, office, made, who, changes, status):
    assert getattr(site, who).post("/-/rewards/files", **form(made, **changes)).status_code == status

    assert not RewardFile.select().exists()
    assert [path for path in office.settings.files_dir.rglob("*") if path.is_file()] == []


def test_a_program_sends_and_fetches_with_its_token(office, made):
    client = app_of(office.settings, ["rewards"]).test_client()
    headers = {}
    for who in ("clerk", "other"):
        ctx = system_context(office.settings, utc_now())
        identity.create_account(
            ctx, username=who, password="Sandi-yang-panjang-7", employee_id=getattr(office.city, who).id
        )
        found = identity.login(ctx, who, "Sandi-yang-panjang-7")
        headers[who] = {"Authorization": f"Bearer {found.access_token}"}

    sent = client.post("/-/rewards/files", data=form(made), headers=headers["clerk"])

    (row,) = RewardFile.select()
    assert (sent.status_code, sent.json) == (201, {"fileId": f"RewardFile:{row.id}", "problems": []})
    with client.get(f"/-/rewards/files/{row.id}", headers=headers["clerk"]) as given:
        assert (given.status_code, given.data) == (200, PDF)
    assert client.get(f"/-/rewards/files/{row.id}", headers=headers["other"]).status_code == 404
    assert client.post("/-/rewards/files", data=form(made), headers=headers["other"]).status_code == 404
