"""Every step of a case as a form: what is asked for, and the service that does it.

Pages and GraphQL are both made of these, so that neither knows a step that the other does not.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.organisation.models import Employee
from core.plugin_api import N_, FieldKind, VerbField
from core.verbs.calling import REASON
from core.verbs.declare import NO_COLUMN
from plugins.rewards.discipline import services
from plugins.rewards.discipline.models import Breach
from plugins.rewards.discipline.terms import Authority, ExaminationMode, Impact, RemedyOutcome, Step


@dataclass(frozen=True)
class StepForm:
    """A step: its title, its service (`run(ctx, case_id, version, **values)`), its fields, and what it may stand for.

    `steps` are all steps that the service may do; which of them, the state of the case says.
    """

    name: str
    title: str
    help: str
    steps: tuple[Step, ...]
    run: Callable[..., object]
    fields: tuple[VerbField, ...] = ()
    is_grave: bool = False


def _text(name: str, title: str, *, is_required: bool = False, help: str = "", is_long: bool = False) -> VerbField:
    kind = FieldKind.LONG_TEXT if is_long else FieldKind.TEXT
    return VerbField(name, title, kind, is_required=is_required, column=NO_COLUMN, help=help)


def _day(name: str, title: str, *, is_required: bool = False, help: str = "") -> VerbField:
    return VerbField(name, title, FieldKind.DATE, is_required=is_required, column=NO_COLUMN, help=help)


ON = _day("on", N_("Day of the step"), help=N_("Today when left empty."))
LATE = _text(
    "late_reason", N_("Why it is late"), is_long=True, help=N_("Needed where a deadline is over; the case keeps it.")
)
_DECREE = _text("decree_number", N_("Number of the decree"), is_required=True)
_NOTE = _text("note", N_("Note"), is_long=True)
_PLACE = _text("place", N_("Place"))
_SANCTION = _text(
    "sanction", N_("Sanction"), is_required=True, help=N_("Its code, such as LIGHT_1; the case names what follows.")
)
_SUPERIOR = VerbField(
    "superior_id",
    N_("Who acts instead"),
    FieldKind.REFERENCE,
    refers_to=Employee,
    column=NO_COLUMN,
    help=N_("Only where nobody supervises."),
)
_ACT = (
    VerbField("act_first_on", N_("First day of the act"), FieldKind.DATE),
    VerbField("act_last_on", N_("Last day of the act"), FieldKind.DATE),
)
REPORT_FIELDS = (
    VerbField("employee_id", N_("Employee"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
    VerbField("act_first_on", N_("First day of the act"), FieldKind.DATE, is_required=True),
    VerbField("act_last_on", N_("Last day of the act"), FieldKind.DATE),
    _text("text", N_("Text"), is_required=True, is_long=True),
    _text("source", N_("Source"), help=N_("Such as a complaint or an audit; hidden as your name is.")),
    VerbField("is_protected", N_("Hide who reports"), FieldKind.BOOLEAN, column=NO_COLUMN),
    VerbField("is_suspected_crime", N_("May be a crime"), FieldKind.BOOLEAN),
    VerbField("superior_is_involved", N_("The direct superior is involved"), FieldKind.BOOLEAN, column=NO_COLUMN),
    _SUPERIOR,
)
"""What a report of a suspected breach says."""

FORMS: tuple[StepForm, ...] = (
    StepForm(
        "take_up_case", N_("Take up"), N_("The superior takes the report up (Pasal 26)."), (Step.TAKE_UP,),
        services.take_up, (*_ACT, ON, LATE),
    ),
    StepForm(
        "hand_up_case", N_("Hand to the next superior"), N_("The superior is involved himself, or does not act."),
        (Step.HAND_UP,), services.hand_up, (REASON, _SUPERIOR, ON),
    ),
    StepForm(
        "assign_report", N_("Assign the report"),
        N_("An HR officer for discipline sees report and case from then on; whoever had them before does not."),
        (Step.ASSIGN,), services.assign_report,
        (_text("officer_number", N_("HR officer for discipline (NIP)"), is_required=True,
               help=N_("The civil-service number (NIP).")),),
    ),
    StepForm(
        "dismiss_case", N_("Dismiss"), N_("There is nothing in the report."), (Step.DISMISS,), services.dismiss,
        (REASON, ON, LATE), is_grave=True,
    ),
    StepForm(
        "charge_with_breach", N_("Charge"), N_("What the person is charged with: an item of the catalogue."),
        (Step.CHARGE,), services.charge,
        (
            _text("item_code", N_("Item of the catalogue"), is_required=True, help=N_("Its code, such as 4.f.")),
            VerbField("impact", N_("Impact"), FieldKind.CHOICE, choices=Impact, column=NO_COLUMN),
            _day("first_on", N_("First day of the breach")),
            _day("last_on", N_("Last day of the breach")),
            VerbField(
                "absent_days", N_("Days of absence"), FieldKind.TEXTS, column=NO_COLUMN,
                help=N_("Only for absence: each day in a line of its own, such as 2026-01-31."),
            ),
            VerbField(
                "earlier_absent_days", N_("Earlier days of absence"), FieldKind.TEXTS, column=NO_COLUMN,
                help=N_("Other days of the same year, which count and may have been punished."),
            ),
            _text("description", N_("Description"), is_long=True),
            VerbField(
                "repeats_id", N_("Repeats"), FieldKind.REFERENCE, refers_to=Breach, column=NO_COLUMN,
                help=N_("An earlier breach of the same item that was sanctioned."),
            ),
        ),
    ),
    StepForm(
        "release_from_post", N_("Release from the post"), N_("For the time of the examination of a heavy breach."),
        (Step.RELEASE,), services.release_from_post, (_DECREE, REASON, ON), is_grave=True,
    ),
    StepForm(
        "summon_to_examination", N_("Summon"), N_("In writing; a second time after an absence."),
        (Step.SUMMON, Step.SUMMON_AGAIN), services.summon,
        (
            _day("examine_on", N_("Day of examination"), is_required=True),
            _text("letter_number", N_("Number of the letter")),
            _PLACE, ON, LATE,
        ),
    ),
    StepForm(
        "note_absence_at_examination", N_("Did not come"), N_("The person did not come to the examination."),
        (Step.NOTE_ABSENCE, Step.NOTE_SECOND_ABSENCE), services.note_absence, (ON, _NOTE),
    ),
    StepForm(
        "note_appearance_at_examination", N_("Came"), N_("The person came to the examination."),
        (Step.NOTE_APPEARANCE,), services.note_appearance, (ON, _NOTE),
    ),
    StepForm(
        "record_examination", N_("Record the examination"), N_("Minutes (BAP) of the closed examination."),
        (Step.EXAMINE,), services.examine,
        (
            _text("minutes", N_("Minutes (BAP)"), is_required=True, is_long=True),
            _text("statement", N_("What the person says"), is_long=True),
            VerbField("is_signed_by_examiner", N_("Signed by the examiner"), FieldKind.BOOLEAN, column=NO_COLUMN),
            VerbField("is_signed_by_examined", N_("Signed by the person"), FieldKind.BOOLEAN, column=NO_COLUMN),
            _text("refusal_reason", N_("Why the person did not sign"), is_long=True),
            VerbField("mode", N_("How it was held"), FieldKind.CHOICE, choices=ExaminationMode, column=NO_COLUMN),
            _PLACE,
            _day("held_on", N_("Held on"), help=N_("Today when left empty.")),
            LATE,
        ),
    ),
    StepForm(
        "propose_sanction", N_("Propose a sanction"), N_("With the report of the examination."), (Step.PROPOSE,),
        services.propose,
        (_SANCTION, _text("report", N_("Report of the examination"), is_required=True, is_long=True),
         _text("reason", N_("Reason"), is_long=True, help=N_("Needed where it differs from the rules.")), ON),
    ),
    StepForm(
        "clear_person", N_("Nothing proved"), N_("No breach was proved; the case ends."), (Step.CLEAR,),
        services.clear, (REASON, _text("decree_number", N_("Number of the decree")), ON), is_grave=True,
    ),
    StepForm(
        "decide_sanction", N_("Decide"), N_("One sanction for all breaches of the case."), (Step.DECIDE,),
        services.decide,
        (
            _SANCTION, _DECREE,
            VerbField("authority", N_("Who decides, by the table"), FieldKind.CHOICE, choices=Authority,
                      column=NO_COLUMN, help=N_("Only where a higher one decides than the table says.")),
            VerbField("decided_by_id", N_("Who decides"), FieldKind.REFERENCE, refers_to=Employee, column=NO_COLUMN),
            _text("decider_title", N_("Title of who decides")),
            _text("differs_reason", N_("Why it differs"), is_long=True,
                  help=N_("Needed where it differs from the rules or the proposal.")),
            VerbField("not_proved", N_("Breaches not proved"), FieldKind.REFERENCES, refers_to=Breach,
                      column=NO_COLUMN),
            _text("judgment", N_("Final judgment"), help=N_("Where the sanction waits for one.")),
            _day("set_on", N_("Set on"), help=N_("Today when left empty.")),
        ),
        is_grave=True,
    ),
    StepForm(
        "deliver_decision", N_("Hand over"), N_("The person takes the decision in person."), (Step.DELIVER,),
        services.deliver, (ON, _NOTE, LATE),
    ),
    StepForm(
        "note_not_present_at_delivery", N_("Was not there"), N_("The decision could not be handed over."),
        (Step.NOTE_NOT_PRESENT,), services.note_not_present, (ON, _NOTE, LATE),
    ),
    StepForm(
        "dispatch_decision", N_("Send"), N_("The decision is sent to the person."), (Step.DISPATCH,),
        services.dispatch, (_text("sent_by", N_("Sent by"), is_required=True), ON, LATE),
    ),
    StepForm(
        "note_receipt_of_decision", N_("Was received"), N_("The person has received what was sent."),
        (Step.NOTE_RECEIPT,), services.note_receipt, (ON, _NOTE),
    ),
    StepForm(
        "put_sanction_in_effect", N_("Put in effect"), N_("On the day that follows from the receipt."),
        (Step.PUT_IN_EFFECT,), services.put_in_effect,
    ),
    StepForm(
        "file_discipline_remedy", N_("File a remedy"), N_("Objection or appeal, as the decision allows (PP 79/2021)."),
        (Step.FILE_REMEDY,), services.file_remedy,
        (_text("grounds", N_("Grounds"), is_required=True, is_long=True), ON, LATE),
    ),
    StepForm(
        "answer_discipline_remedy", N_("Answer the remedy"), N_("What whoever decided says to it."),
        (Step.ANSWER_REMEDY,), services.answer_remedy,
        (_text("answer", N_("Answer"), is_required=True, is_long=True), ON, LATE),
    ),
    StepForm(
        "decide_discipline_remedy", N_("Note the outcome of the remedy"), N_("What became of objection or appeal."),
        (Step.DECIDE_REMEDY,), services.decide_remedy,
        (
            VerbField("outcome", N_("Outcome"), FieldKind.CHOICE, is_required=True, choices=RemedyOutcome,
                      column=NO_COLUMN),
            _DECREE,
            _text("text", N_("Text"), is_required=True, is_long=True),
            _text("sanction", N_("Sanction"), help=N_("The new one, where the outcome changes it.")),
            ON, LATE,
        ),
    ),
    StepForm(
        "annul_decision", N_("Annul the decision"), N_("It never had any effect, and the case ends."), (Step.ANNUL,),
        services.annul, (REASON, _DECREE, ON), is_grave=True,
    ),
    StepForm(
        "close_case", N_("Close"), N_("Once no remedy can be filed any more."), (Step.CLOSE,), services.close,
        (_NOTE, ON),
    ),
)  # fmt: skip
"""Every step but the report and the team, which have forms of their own."""
