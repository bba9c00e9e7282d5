"""Back office of programmes: open rules, runs with their reasons, nominations step by step, awards."""

from collections.abc import Sequence
from typing import Any

from flask import g

from admin.blocks import Block, Links, Table
from admin.columns import STAMPS
from admin.readable import content_of, json_blocks, listed
from admin.related import Related
from admin.views import ScopedView, Shown
from core.certificates.codes import grouped
from core.certificates.models import Certificate
from core.organisation.models import Employee, WorkUnit
from core.plugin_api import N_, AdminView, translate
from plugins.rewards.programmes.models import (
    Award,
    AwardObjection,
    EligibilityResult,
    EligibilityRun,
    Nomination,
    PanelMember,
    PanelScore,
    RewardCriteria,
    RewardFile,
    RewardProgramme,
    RewardRound,
)
from plugins.rewards.programmes.rules.texts import sentence
from plugins.rewards.programmes.terms import Outcome

_GROUP = N_("Rewards")
_OUTCOMES = {
    Outcome.MET: N_("fulfilled"),
    Outcome.NOT_MET: N_("not fulfilled"),
    Outcome.UNKNOWN: N_("cannot be told"),
}


def finding_blocks(value: Any) -> tuple[Block, ...]:
    """Return a table of stored findings: the criterion in a sentence, and whether it is fulfilled."""
    rows = [
        (sentence(one, g.language), translate(_OUTCOMES[Outcome(one["outcome"])])) for one in content_of(value) or ()
    ]
    headings = (translate(N_("Criterion and evidence")), translate(N_("Outcome")))
    return (Table(translate(N_("Criteria")), headings, rows),) if rows else ()


def _files_page(kind: str, key: int) -> Links:
    return Links(translate(N_("Files")), ((translate(N_("Read and add files")), f"/-/rewards/{kind}/{key}/files"),))


class RewardProgrammeView(ScopedView):
    """Programmes of recognition."""

    group = _GROUP
    order = ("name", False)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("code", N_("Code"), is_searched=True),
        Shown("kind", N_("Kind")),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("is_active", N_("In use")),
        Shown("description", N_("Description"), is_listed=False),
        Shown("legal_basis", N_("Legal basis"), is_listed=False),
        Shown("source", N_("Source"), is_listed=False),
        Shown("confidence", N_("Confidence"), is_listed=False),
        Shown("template", N_("Template"), is_listed=False),
        Shown("quota_per_unit", N_("Awards for each unit in a round"), is_listed=False),
        Shown("quota_depth", N_("Depth of the units of the quota"), is_listed=False),
        Shown("nominators", N_("Who nominates"), is_listed=False, write=listed),
        Shown("min_scores", N_("Scores needed"), is_listed=False),
        Shown("excludes_own_unit", N_("Nobody scores their own unit"), is_listed=False),
        Shown("shows_scorers", N_("Scores are shown with names"), is_listed=False),
        Shown("objection_days", N_("Working days for objections"), is_listed=False),
        Shown("checklist", N_("Checklist"), is_listed=False, is_raw=True),
        *STAMPS,
    )
    related = (
        Related(N_("Criteria"), RewardCriteria, "programme", "rewards_criteria"),
        Related(N_("Rounds"), RewardRound, "programme", "rewards_round"),
        Related(N_("Awards"), Award, "programme", "rewards_award"),
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show what verification ticks off."""
        rows = [(item["code"], item.get(g.language, item["id"])) for item in content_of(row.checklist) or ()]
        headings = (translate(N_("Code")), translate(N_("What is checked")))
        return (Table(translate(N_("Checklist")), headings, rows),) if rows else ()


class RewardCriteriaView(ScopedView):
    """Versions of criteria."""

    group = _GROUP
    is_listed_in_menu = False
    stands = ("programme", "revision")
    order = ("id", True)
    columns = (
        Shown("programme", N_("Programme"), label=RewardProgramme.name, is_searched=True),
        Shown("revision", N_("Revision")),
        Shown("note", N_("Note")),
        Shown("criteria", N_("Criteria"), is_listed=False, is_raw=True),
        *STAMPS,
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show the criteria themselves."""
        return json_blocks(N_("Criteria"), row.criteria)


class RewardRoundView(ScopedView):
    """Periods for which awards are given."""

    group = _GROUP
    order = ("starts_on", True)
    stands = ("name", "programme")
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("programme", N_("Programme"), label=RewardProgramme.name, is_searched=True),
        Shown("starts_on", N_("From")),
        Shown("ends_on", N_("Until")),
        Shown("nominations_until", N_("Nominations until")),
        Shown("state", N_("State")),
        *STAMPS,
    )
    related = (
        Related(N_("Nominations"), Nomination, "round", "rewards_nomination"),
        Related(N_("Eligibility runs"), EligibilityRun, "round", "rewards_run"),
        Related(N_("Panel"), PanelMember, "round", "rewards_panel_member"),
    )


class EligibilityRunView(ScopedView):
    """Who fulfilled the criteria on a day."""

    group = _GROUP
    order = ("id", True)
    stands = ("round", "as_of")
    columns = (
        Shown("round", N_("Round"), label=RewardRound.name, is_searched=True),
        Shown("as_of", N_("As of")),
        Shown("state", N_("State")),
        Shown("people", N_("People")),
        Shown("eligible", N_("Eligible")),
        Shown("undecided", N_("Cannot be told")),
        Shown("account_name", N_("Started by"), is_listed=False),
        Shown("started_at", N_("Started at"), is_listed=False),
        Shown("finished_at", N_("Finished at"), is_listed=False),
        Shown("fault", N_("Fault"), is_listed=False),
        Shown("snapshot", N_("Rules as they were"), is_listed=False, is_raw=True),
        *STAMPS,
    )
    related = (Related(N_("Results"), EligibilityResult, "run", "rewards_result"),)

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show the rules by which the run was made."""
        return json_blocks(N_("Rules as they were"), row.snapshot)


class EligibilityResultView(ScopedView):
    """Results of runs; the page of one says why."""

    group = _GROUP
    is_listed_in_menu = False
    is_counted = False
    order = ("id", False)
    stands = ("employee", "run")
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("is_eligible", N_("Eligible")),
        Shown("is_undecided", N_("Cannot be told")),
        Shown("run", N_("Eligibility run")),
        Shown("findings", N_("Criteria"), is_listed=False, is_raw=True),
        Shown("confidential", N_("For the person alone"), is_listed=False, is_raw=True),
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show why somebody is eligible or not."""
        return (*finding_blocks(row.findings), *json_blocks(N_("For the person alone"), row.confidential))


class NominationView(ScopedView):
    """Nominations from the proposal to the grant."""

    group = _GROUP
    order = ("id", True)
    stands = ("employee", "round")
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("round", N_("Round"), label=RewardRound.name, is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("basis", N_("Nominated by")),
        Shown("state", N_("State")),
        Shown("nominated_on", N_("Nominated on")),
        Shown("nominator", N_("Nominator"), label=Employee.name, is_listed=False),
        Shown("statement", N_("Statement"), is_listed=False),
        Shown("evidence", N_("Evidence"), is_listed=False, write=listed),
        Shown("checked", N_("What is right"), is_listed=False, write=listed),
        Shown("verification_note", N_("Note of the verification"), is_listed=False),
        Shown("verified_on", N_("Verified on"), is_listed=False),
        Shown("reason", N_("Reason"), is_listed=False),
        Shown("decree_number", N_("Number of the decree"), is_listed=False),
        Shown("decree_document", N_("Address of the decree"), is_listed=False),
        Shown("decided_on", N_("Decided on"), is_listed=False),
        Shown("objection_until", N_("Objections until"), is_listed=False),
        Shown("result", N_("Result of the run"), is_listed=False),
        Shown("findings", N_("Criteria"), is_listed=False, is_raw=True),
        Shown("snapshot", N_("Rules as they were"), is_listed=False, is_raw=True),
        *STAMPS,
    )
    related = (
        Related(N_("Scores"), PanelScore, "nomination", "rewards_score"),
        Related(N_("Objections"), AwardObjection, "nomination", "rewards_objection"),
        Related(N_("Awards"), Award, "nomination", "rewards_award"),
        Related(N_("Files"), RewardFile, "nomination", "rewards_file"),
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show what was found at the decision, the rules of that day, and where its files are."""
        found = (*finding_blocks(row.findings), *json_blocks(N_("Rules as they were"), row.snapshot))
        return (*found, _files_page("nominations", row.id))


class PanelMemberView(ScopedView):
    """Who scores in which round."""

    group = _GROUP
    is_listed_in_menu = False
    stands = ("employee", "round")
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("round", N_("Round"), label=RewardRound.name, is_searched=True),
        *STAMPS,
    )


class PanelScoreView(ScopedView):
    """Scores of the panel."""

    group = _GROUP
    is_listed_in_menu = False
    stands = ("nomination", "score")
    columns = (
        Shown("nomination", N_("Nomination")),
        Shown("member", N_("Panel member"), label=Employee.name),
        Shown("score", N_("Score (0 to 100)")),
        Shown("has_conflict", N_("Conflict of interest")),
        Shown("note", N_("Note"), is_listed=False),
        *STAMPS,
    )


class AwardObjectionView(ScopedView):
    """Objections to decisions."""

    group = _GROUP
    is_listed_in_menu = False
    order = ("filed_on", True)
    stands = ("nomination", "filed_on")
    columns = (
        Shown("nomination", N_("Nomination")),
        Shown("employee", N_("Employee"), label=Employee.name),
        Shown("filed_on", N_("Filed on")),
        Shown("state", N_("State")),
        Shown("reason", N_("Reason"), is_listed=False),
        Shown("decision", N_("Answer"), is_listed=False),
        Shown("decided_on", N_("Decided on"), is_listed=False),
        *STAMPS,
    )


class AwardView(ScopedView):
    """Awards that employees have received."""

    group = _GROUP
    order = ("awarded_on", True)
    columns = (
        Shown("title", N_("Title"), is_searched=True),
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("kind", N_("Kind")),
        Shown("awarded_on", N_("Awarded on")),
        Shown("decree_number", N_("Number of the decree"), is_searched=True),
        Shown("state", N_("State")),
        Shown("is_published", N_("Published"), is_listed=False),
        Shown("unit", N_("Unit"), label=WorkUnit.name, is_listed=False),
        Shown("programme", N_("Programme"), label=RewardProgramme.name, is_listed=False),
        Shown("nomination", N_("Nomination"), is_listed=False),
        Shown("certificate", N_("Certificate"), label=Certificate.code, is_listed=False, write=grouped),
        Shown("decree_document", N_("Address of the decree"), is_listed=False),
        Shown("revoked_on", N_("Revoked on"), is_listed=False),
        Shown("revoked_reason", N_("Reason for revoking"), is_listed=False),
        *STAMPS,
    )
    related = (Related(N_("Files"), RewardFile, "award", "rewards_file"),)

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show where its files are."""
        return (_files_page("awards", row.id),)


class RewardFileView(ScopedView):
    """Stored files of nominations and awards."""

    group = _GROUP
    is_listed_in_menu = False
    columns = (
        Shown("title", N_("Title"), is_searched=True),
        Shown("purpose", N_("Purpose")),
        Shown("nomination", N_("Nomination")),
        Shown("award", N_("Award"), label=Award.title),
        Shown("file_name", N_("File name")),
        Shown("content_type", N_("Content type"), is_listed=False),
        Shown("size_bytes", N_("Size in bytes"), is_listed=False),
        Shown("sha256", N_("SHA-256"), is_listed=False),
        *STAMPS,
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show where the file itself is."""
        return (Links(translate(N_("File")), ((row.file_name, f"/-/rewards/files/{row.id}"),)),)


VIEWS = [
    AdminView("rewards_programme", lambda: RewardProgrammeView(RewardProgramme, N_("Programmes"), "rewards_programme")),
    AdminView("rewards_round", lambda: RewardRoundView(RewardRound, N_("Rounds"), "rewards_round")),
    AdminView("rewards_run", lambda: EligibilityRunView(EligibilityRun, N_("Eligibility runs"), "rewards_run")),
    AdminView("rewards_nomination", lambda: NominationView(Nomination, N_("Nominations"), "rewards_nomination")),
    AdminView("rewards_award", lambda: AwardView(Award, N_("Awards"), "rewards_award")),
    AdminView("rewards_criteria", lambda: RewardCriteriaView(RewardCriteria, N_("Criteria"), "rewards_criteria")),
    AdminView("rewards_result", lambda: EligibilityResultView(EligibilityResult, N_("Results"), "rewards_result")),
    AdminView("rewards_panel_member", lambda: PanelMemberView(PanelMember, N_("Panel"), "rewards_panel_member")),
    AdminView("rewards_score", lambda: PanelScoreView(PanelScore, N_("Scores"), "rewards_score")),
    AdminView("rewards_objection", lambda: AwardObjectionView(AwardObjection, N_("Objections"), "rewards_objection")),
    AdminView("rewards_file", lambda: RewardFileView(RewardFile, N_("Files of recognition"), "rewards_file")),
]
"""The views of the area."""
