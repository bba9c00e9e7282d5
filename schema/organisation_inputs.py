"""What clients give to change units, positions, people, assignments and delegations."""

from datetime import date

import strawberry

from schema.organisation_terms import AssignmentKind, EmployeeState, EmploymentStatus, Sex


@strawberry.input(description="A new unit.")
class CreateUnitInput:
    """A new unit."""

    code: str = strawberry.field(description="Code, unique.")
    name: str = strawberry.field(description="Name.")
    valid_from: date = strawberry.field(description="First day of the unit.")
    parent_id: strawberry.ID | None = strawberry.field(
        description="Unit above; without it the new unit is a root.", default=None
    )
    short_name: str = strawberry.field(description="Short name.", default="")
    kind: str = strawberry.field(description='Kind in your own words, such as "Dinas".', default="")
    valid_to: date | None = strawberry.field(description="Last day, if known.", default=None)


@strawberry.input(description="Corrections of a unit; what is left out stays.")
class UpdateUnitInput:
    """Corrections of a unit; what is left out stays."""

    id: strawberry.ID = strawberry.field(description="The unit.")
    version: int = strawberry.field(description="Version that you saw.")
    code: str | None = strawberry.field(description="Code.", default=strawberry.UNSET)
    kind: str | None = strawberry.field(description="Kind.", default=strawberry.UNSET)


@strawberry.input(description="A new name of a unit from a day on.")
class RenameUnitInput:
    """A new name of a unit from a day on."""

    id: strawberry.ID = strawberry.field(description="The unit.")
    version: int = strawberry.field(description="Version that you saw.")
    name: str = strawberry.field(description="New name.")
    valid_from: date = strawberry.field(description="First day of the new name; today or earlier.")
    short_name: str | None = strawberry.field(description="New short name; left out, it stays.", default=None)


@strawberry.input(description="A new place of a unit in the tree.")
class MoveUnitInput:
    """A new place of a unit in the tree."""

    id: strawberry.ID = strawberry.field(description="The unit.")
    version: int = strawberry.field(description="Version that you saw.")
    parent_id: strawberry.ID | None = strawberry.field(
        description="New unit above; without it the unit becomes a root.", default=None
    )
    valid_from: date = strawberry.field(description="First day there; today or earlier.")


@strawberry.input(description="A merger of a unit into another.")
class MergeUnitInput:
    """A merger of a unit into another."""

    id: strawberry.ID = strawberry.field(description="The unit that ends.")
    version: int = strawberry.field(description="Version that you saw.")
    successor_id: strawberry.ID = strawberry.field(description="The unit that goes on.")
    valid_from: date = strawberry.field(description="First day of everything in the successor; today or earlier.")


@strawberry.input(description="The end of an empty unit.")
class CloseUnitInput:
    """The end of an empty unit."""

    id: strawberry.ID = strawberry.field(description="The unit.")
    version: int = strawberry.field(description="Version that you saw.")
    last_day: date = strawberry.field(description="Its last day; today or earlier.")


@strawberry.input(description="A new position.")
class CreatePositionInput:
    """A new position."""

    code: str = strawberry.field(description="Code, unique.")
    title: str = strawberry.field(description="Title.")
    kind_id: strawberry.ID = strawberry.field(description="Kind and level.")
    unit_id: strawberry.ID = strawberry.field(description="Its unit.")
    valid_from: date = strawberry.field(description="First day.")
    is_head: bool = strawberry.field(description="Whether its holder heads the unit.", default=False)
    job_class: int | None = strawberry.field(description="Job class, 1-17.", default=None)
    echelon: str = strawberry.field(description="Echelon.", default="")
    valid_to: date | None = strawberry.field(description="Last day, if known.", default=None)


@strawberry.input(description="Corrections of a position; what is left out stays.")
class UpdatePositionInput:
    """Corrections of a position; what is left out stays."""

    id: strawberry.ID = strawberry.field(description="The position.")
    version: int = strawberry.field(description="Version that you saw.")
    code: str | None = strawberry.field(description="Code.", default=strawberry.UNSET)
    title: str | None = strawberry.field(description="Title.", default=strawberry.UNSET)
    kind_id: strawberry.ID | None = strawberry.field(description="Kind and level.", default=strawberry.UNSET)
    unit_id: strawberry.ID | None = strawberry.field(
        description="Its unit, while nobody has held it.", default=strawberry.UNSET
    )
    is_head: bool | None = strawberry.field(
        description="Whether its holder heads the unit, while nobody has held it.", default=strawberry.UNSET
    )
    job_class: int | None = strawberry.field(description="Job class, 1-17; null for none.", default=strawberry.UNSET)
    echelon: str | None = strawberry.field(description="Echelon.", default=strawberry.UNSET)


@strawberry.input(description="The end of a position.")
class ClosePositionInput:
    """The end of a position."""

    id: strawberry.ID = strawberry.field(description="The position.")
    version: int = strawberry.field(description="Version that you saw.")
    last_day: date = strawberry.field(description="Its last day.")


@strawberry.input(description="A new employee, with a first primary assignment if a position is given.")
class CreateEmployeeInput:
    """A new employee, with a first primary assignment if a position is given."""

    nip: str = strawberry.field(description="NIP or NI PPPK; spaces do not matter.")
    name: str = strawberry.field(description="Name without titles.")
    status: EmploymentStatus = strawberry.field(description="Kind of employment.")
    sex: Sex = strawberry.field(description="Sex.")
    birth_date: date = strawberry.field(description="Date of birth.")
    front_title: str = strawberry.field(description="Titles before the name.", default="")
    back_title: str = strawberry.field(description="Titles after the name.", default="")
    grade_id: strawberry.ID | None = strawberry.field(description="Grade.", default=None)
    email: str = strawberry.field(description="E-mail address.", default="")
    phone: str = strawberry.field(description="Phone number.", default="")
    joined_on: date | None = strawberry.field(description="Day of joining.", default=None)
    position_id: strawberry.ID | None = strawberry.field(
        description="Position of the first assignment; needed unless you have rights over the whole institution.",
        default=None,
    )
    valid_from: date | None = strawberry.field(
        description="First day of that assignment; by default the day of joining, else today.", default=None
    )


@strawberry.input(description="Changes of an employee; what is left out stays.")
class UpdateEmployeeInput:
    """Changes of an employee; what is left out stays."""

    id: strawberry.ID = strawberry.field(description="The employee.")
    version: int = strawberry.field(description="Version that you saw.")
    nip: str | None = strawberry.field(
        description="New NIP or NI PPPK; the earlier one stays in the history of numbers.", default=strawberry.UNSET
    )
    name: str | None = strawberry.field(description="Name without titles.", default=strawberry.UNSET)
    front_title: str | None = strawberry.field(description="Titles before the name.", default=strawberry.UNSET)
    back_title: str | None = strawberry.field(description="Titles after the name.", default=strawberry.UNSET)
    status: EmploymentStatus | None = strawberry.field(description="Kind of employment.", default=strawberry.UNSET)
    state: EmployeeState | None = strawberry.field(description="Whether the employee serves.", default=strawberry.UNSET)
    sex: Sex | None = strawberry.field(description="Sex.", default=strawberry.UNSET)
    birth_date: date | None = strawberry.field(description="Date of birth.", default=strawberry.UNSET)
    grade_id: strawberry.ID | None = strawberry.field(description="Grade; null for none.", default=strawberry.UNSET)
    email: str | None = strawberry.field(description="E-mail address.", default=strawberry.UNSET)
    phone: str | None = strawberry.field(description="Phone number.", default=strawberry.UNSET)
    joined_on: date | None = strawberry.field(description="Day of joining; null if unknown.", default=strawberry.UNSET)
    left_on: date | None = strawberry.field(
        description="Last day of service, with state LEFT; null takes it back.", default=strawberry.UNSET
    )


@strawberry.input(description="A new assignment.")
class AssignEmployeeInput:
    """A new assignment."""

    employee_id: strawberry.ID = strawberry.field(description="The employee.")
    position_id: strawberry.ID = strawberry.field(description="The position.")
    valid_from: date = strawberry.field(description="First day.")
    valid_to: date | None = strawberry.field(description="Last day, if known.", default=None)
    kind: AssignmentKind = strawberry.field(description="For good or acting.", default=AssignmentKind.DEFINITIVE)
    is_primary: bool | None = strawberry.field(
        description="Whether the employee has targets in it; by default only if it is definitive.", default=None
    )
    named_superior_id: strawberry.ID | None = strawberry.field(
        description="Superior named by decree instead of the head of the unit.", default=None
    )
    decree_number: str = strawberry.field(description="Number of the decree.", default="")
    ends_previous: bool = strawberry.field(
        description="Whether it ends the present primary assignment the day before (a move).", default=False
    )


@strawberry.input(description="The end of an assignment.")
class EndAssignmentInput:
    """The end of an assignment."""

    id: strawberry.ID = strawberry.field(description="The assignment.")
    version: int = strawberry.field(description="Version that you saw.")
    last_day: date = strawberry.field(description="Its last day.")


@strawberry.input(description="An assignment that is not to begin.")
class WithdrawAssignmentInput:
    """An assignment that is not to begin."""

    id: strawberry.ID = strawberry.field(description="The assignment.")
    version: int = strawberry.field(description="Version that you saw.")


@strawberry.input(description="A new delegation.")
class CreateDelegationInput:
    """A new delegation."""

    delegator_id: strawberry.ID = strawberry.field(description="The superior.")
    delegate_id: strawberry.ID = strawberry.field(description="Who stands in.")
    valid_from: date = strawberry.field(description="First day.")
    valid_to: date | None = strawberry.field(description="Last day, if known.", default=None)
    unit_id: strawberry.ID | None = strawberry.field(description="Only for this unit and below.", default=None)
    decree_number: str = strawberry.field(description="Number of the decree.", default="")


@strawberry.input(description="The end of a delegation.")
class EndDelegationInput:
    """The end of a delegation."""

    id: strawberry.ID = strawberry.field(description="The delegation.")
    version: int = strawberry.field(description="Version that you saw.")
    last_day: date = strawberry.field(description="Its last day.")


@strawberry.input(description="A delegation that is not to begin.")
class WithdrawDelegationInput:
    """A delegation that is not to begin."""

    id: strawberry.ID = strawberry.field(description="The delegation.")
    version: int = strawberry.field(description="Version that you saw.")
