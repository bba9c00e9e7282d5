"""What the rule sets of discipline hold, as typed records; every fact carries its article and how sure it is."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core.organisation.terms import PositionGroup
from plugins.rewards.discipline.terms import (
    Authority,
    ClockKind,
    Impact,
    MemberElement,
    MemberRole,
    RemedyKind,
    SanctionLevel,
)

Confidence = Literal["H", "M", "L"]
Days = Annotated[int, Field(ge=1, le=366)]
Content = TypeVar("Content", bound="RuleContent")


class RuleContent(BaseModel):
    """The base of each: frozen, and what is unknown is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CatalogueItem(RuleContent):
    """A duty or prohibition. `levels` gives the level by impact, UNSTATED whatever the impact; none for absence."""

    code: str = Field(min_length=1, max_length=32)
    article: str = Field(min_length=1)
    kind: Literal["DUTY", "PROHIBITION"]
    text: str = Field(min_length=1)
    text_en: str = ""
    is_absence: bool = False
    levels: dict[Impact, SanctionLevel] = {}
    confidence: Confidence
    note: str = ""

    @model_validator(mode="after")
    def _has_levels(self) -> "CatalogueItem":
        if bool(self.levels) is self.is_absence:
            raise ValueError("levels: absence goes by days, everything else by levels")
        return self


class Catalogue(RuleContent):
    """The duties and prohibitions of one regulation for one kind of employment."""

    items: list[CatalogueItem] = Field(min_length=1)

    @model_validator(mode="after")
    def _codes_are_unique(self) -> "Catalogue":
        if len({item.code for item in self.items}) != len(self.items):
            raise ValueError("items: a code occurs twice")
        return self

    def item(self, code: str) -> CatalogueItem | None:
        """Return the item of a code, None without one."""
        return next((item for item in self.items if item.code == code), None)


class Substitute(RuleContent):
    """What is imposed instead while a transitional article lasts."""

    name: str = Field(min_length=1)
    name_en: str = ""
    months: Annotated[int, Field(ge=0, le=600)] | None
    article: str = Field(min_length=1)
    confidence: Confidence


class Sanction(RuleContent):
    """A kind of sanction; `months` 0: done with its delivery, None: without end.

    `awaits_judgment`: where a crime is suspected, not before a final judgment.
    """

    code: str = Field(min_length=1, max_length=16)
    level: SanctionLevel
    step: int = Field(ge=1)
    name: str = Field(min_length=1)
    name_en: str = ""
    months: Annotated[int, Field(ge=0, le=600)] | None
    remedy: RemedyKind = RemedyKind.OBJECTION
    awaits_judgment: bool = False
    substitute: Substitute | None = None
    confidence: Confidence


class Sanctions(RuleContent):
    """All sanctions, lightest first."""

    article: str
    sanctions: list[Sanction] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_a_ladder(self) -> "Sanctions":
        order = list(SanctionLevel)
        places = [(order.index(one.level), one.step) for one in self.sanctions]
        if places != sorted(set(places)) or len({one.code for one in self.sanctions}) != len(places):
            raise ValueError("sanctions: lightest first, each once")
        return self


class AbsenceBand(RuleContent):
    """From so many days on, until the next band begins, this sanction."""

    days_from: Days
    sanction: str = Field(min_length=1)


class InARow(RuleContent):
    """So many working days of absence in a row mean this sanction, and the stop of salary from the next month on."""

    days: Days
    sanction: str = Field(min_length=1)
    stops_salary: bool
    article: str
    confidence: Confidence


class AbsenceBands(RuleContent):
    """Working days without a valid reason in one calendar year, and the sanction."""

    article: str
    confidence: Confidence
    bands: list[AbsenceBand] = Field(min_length=1)
    in_a_row: InARow | None = None
    note: str = ""

    @model_validator(mode="after")
    def _rises(self) -> "AbsenceBands":
        first = [band.days_from for band in self.bands]
        if first != sorted(set(first)):
            raise ValueError("bands: fewest days first, each once")
        return self


class PercentBand(RuleContent):
    """Below `below` per cent, or up to `up_to` per cent, of the plan: a breach of this level."""

    below: Decimal | None = None
    up_to: Decimal | None = None
    level: SanctionLevel

    @model_validator(mode="after")
    def _has_one_limit(self) -> "PercentBand":
        if (self.below is None) is (self.up_to is None):
            raise ValueError("below or up_to, one of them")
        return self


class PlanBands(RuleContent):
    """Achievement of the yearly plan in per cent, and the level; lowest first."""

    article: str
    confidence: Confidence
    bands: list[PercentBand] = Field(min_length=1)


class Deadline(RuleContent):
    """A number of working days, with its article; `counted_from` says from where, the day itself never counts."""

    days: Days
    counted_from: str
    article: str
    confidence: Confidence
    note: str = ""


class Team(RuleContent):
    """Who examines, by suspected level, and what a team is made of."""

    need: dict[SanctionLevel, Literal["NONE", "MAY", "MUST"]]
    roles: list[MemberRole]
    elements: list[MemberElement]
    no_member_lower: bool
    article: str
    confidence: Confidence


class AuthorityRow(RuleContent):
    """Who imposes sanctions of a level on holders of posts of these groups; no groups: on everybody else."""

    level: SanctionLevel
    groups: list[PositionGroup] = []
    authority: Authority
    article: str
    confidence: Confidence


class Procedure(RuleContent):
    """How a case is handled: deadlines, team, authorities."""

    deadlines: dict[ClockKind, Deadline]
    effect: Deadline
    team: Team
    authorities: list[AuthorityRow] = Field(min_length=1)
    repeat_is_heavier_except_absence: bool
    repeat_article: str

    @model_validator(mode="after")
    def _is_whole(self) -> "Procedure":
        missing = set(ClockKind) - set(self.deadlines)
        if missing:
            raise ValueError(f"deadlines: without {', '.join(sorted(missing))}")
        for level in SanctionLevel:
            if level not in self.team.need:
                raise ValueError(f"team: without {level}")
            if not any(row.level is level and not row.groups for row in self.authorities):
                raise ValueError(f"authorities: nobody for {level}")
        return self


def fault_finder(model: type[RuleContent]) -> Callable[[Mapping[str, Any]], str | None]:
    """Return what says where a content does not fit `model`, as a dotted place."""

    def fault_of(content: Mapping[str, Any]) -> str | None:
        try:
            model.model_validate(content)
        except ValidationError as error:
            first = error.errors()[0]
            # A check over the whole names its place in its message.
            place = ".".join(str(step) for step in first["loc"])
            return place or str(first["msg"]).removeprefix("Value error, ").partition(":")[0]
        return None

    return fault_of
