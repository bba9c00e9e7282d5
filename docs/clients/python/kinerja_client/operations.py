"""Typed operations, written by kinerja_client.generate; not to be edited."""

# ruff: noqa: D101
# fmt: off

from typing import Literal, NotRequired, TypedDict

from kinerja_client.operation import Call

Aspect = Literal[
    "COST",
    "QUALITY",
    "QUANTITY",
    "TIME",
]


AssignmentKind = Literal[
    "DEFINITIVE",
    "PLH",
    "PLT",
]


BehaviorValue = Literal[
    "ACCOUNTABLE",
    "ADAPTIVE",
    "COLLABORATIVE",
    "COMPETENT",
    "HARMONIOUS",
    "LOYAL",
    "SERVICE_ORIENTED",
]


DistributionSkip = Literal[
    "NOT_COUNTED",
    "NO_ORGANIZATION_PERFORMANCE",
    "NO_RULE_IN_FORCE",
    "TOO_FEW_EMPLOYEES",
]


DistributionWarningCode = Literal[
    "ABOVE_MAXIMUM",
    "BELOW_MINIMUM",
    "MUST_EXIST",
    "NONE_ALLOWED",
    "NOT_THE_MAJORITY",
]


EmployeeState = Literal[
    "ACTIVE",
    "LEFT",
    "ON_LEAVE",
]


EmploymentStatus = Literal[
    "CPNS",
    "PNS",
    "PPPK",
]


EvaluationKind = Literal[
    "ANNUAL",
    "PERIODIC",
]


EvaluationState = Literal[
    "ACKNOWLEDGED",
    "DECIDED",
    "DRAFT",
    "FINAL",
    "OBJECTED",
    "RATED",
]


EvidenceKind = Literal[
    "FACT",
    "FILE",
    "LINK",
]


FeedbackTone = Literal[
    "CONSTRUCTIVE",
    "POSITIVE",
]


GiverRelation = Literal[
    "PEER",
    "SUBORDINATE",
    "SUPERIOR",
]


MeasuringState = Literal[
    "MEASURED",
    "NOT_YET_RELEASED",
    "NO_VALUE",
]


ObjectionState = Literal[
    "CHANGED",
    "FILED",
    "UPHELD",
]


OrganizationRating = Literal[
    "GOOD",
    "NEEDS_IMPROVEMENT",
    "OUTSTANDING",
    "POOR",
    "VERY_POOR",
]


PlanState = Literal[
    "APPROVED",
    "DRAFT",
    "ENDED",
    "RETURNED",
    "SUBMITTED",
]


Predicate = Literal[
    "GOOD",
    "NEEDS_IMPROVEMENT",
    "POOR",
    "VERY_GOOD",
    "VERY_POOR",
]


Rating = Literal[
    "ABOVE",
    "BELOW",
    "MEETS",
]


class RecordProgressInput(TypedDict):
    happenedOn: "str"
    indicatorId: NotRequired["str | None"]
    note: NotRequired["str | None"]
    planId: NotRequired["str | None"]
    quantity: NotRequired["str | None"]
    workResultId: NotRequired["str | None"]


SupervisionGap = Literal[
    "NO_ASSIGNMENT",
    "NO_HEAD",
    "SEVERAL_HEADS",
    "TOP_OF_INSTITUTION",
]


TargetStanding = Literal[
    "BETTER",
    "WITHIN",
    "WORSE",
]


WorkResultKind = Literal[
    "ADDITIONAL",
    "MAIN",
]


class ChangesOfRowHistoryNodes(TypedDict):
    id: str
    at: str
    action: str
    actorName: str
    reason: str | None
    changedFields: list[str]
    before: object | None
    after: object | None


class ChangesOfRowHistory(TypedDict):
    totalCount: int
    nodes: list[ChangesOfRowHistoryNodes]


class ChangesOfRowData(TypedDict):
    history: ChangesOfRowHistory


class DashboardChangesUnitDashboardChangedPlansByState(TypedDict):
    state: PlanState
    count: int


class DashboardChangesUnitDashboardChanged(TypedDict):
    headCount: int
    planCount: int
    withoutPlan: int
    lateReporterCount: int
    plansByState: list[DashboardChangesUnitDashboardChangedPlansByState]


class DashboardChangesData(TypedDict):
    unitDashboardChanged: DashboardChangesUnitDashboardChanged | None


class DistributionDistributionCheckCounts(TypedDict):
    predicate: Predicate
    term: str
    count: int


class DistributionDistributionCheckWarnings(TypedDict):
    code: DistributionWarningCode
    message: str
    share: str
    limit: str | None


class DistributionDistributionCheckRule(TypedDict):
    regulation: str
    revision: int


class DistributionDistributionCheck(TypedDict):
    headCount: int
    unrated: int
    organizationRating: OrganizationRating | None
    skipped: DistributionSkip | None
    counts: list[DistributionDistributionCheckCounts]
    warnings: list[DistributionDistributionCheckWarnings]
    rule: DistributionDistributionCheckRule | None


class DistributionData(TypedDict):
    distributionCheck: DistributionDistributionCheck


class EmployeesEmployeesPageInfo(TypedDict):
    hasNextPage: bool
    endCursor: str | None


class EmployeesEmployeesNodesGrade(TypedDict):
    code: str


class EmployeesEmployeesNodesPosition(TypedDict):
    title: str


class EmployeesEmployeesNodesUnit(TypedDict):
    code: str
    name: str


class EmployeesEmployeesNodes(TypedDict):
    id: str
    nip: str | None
    fullName: str
    status: EmploymentStatus
    grade: EmployeesEmployeesNodesGrade | None
    position: EmployeesEmployeesNodesPosition | None
    unit: EmployeesEmployeesNodesUnit | None


class EmployeesEmployees(TypedDict):
    totalCount: int
    pageInfo: EmployeesEmployeesPageInfo
    nodes: list[EmployeesEmployeesNodes]


class EmployeesData(TypedDict):
    employees: EmployeesEmployees


class FeedbackOnMeMeEmployeePlansNodesFeedbackPageInfo(TypedDict):
    hasNextPage: bool
    endCursor: str | None


class FeedbackOnMeMeEmployeePlansNodesFeedbackNodesGiver(TypedDict):
    fullName: str


class FeedbackOnMeMeEmployeePlansNodesFeedbackNodesWorkResult(TypedDict):
    statement: str


class FeedbackOnMeMeEmployeePlansNodesFeedbackNodes(TypedDict):
    id: str
    tone: FeedbackTone
    text: str
    relation: GiverRelation
    behaviorValue: BehaviorValue | None
    givenOn: str | None
    giver: FeedbackOnMeMeEmployeePlansNodesFeedbackNodesGiver | None
    workResult: FeedbackOnMeMeEmployeePlansNodesFeedbackNodesWorkResult | None


class FeedbackOnMeMeEmployeePlansNodesFeedback(TypedDict):
    totalCount: int
    pageInfo: FeedbackOnMeMeEmployeePlansNodesFeedbackPageInfo
    nodes: list[FeedbackOnMeMeEmployeePlansNodesFeedbackNodes]


class FeedbackOnMeMeEmployeePlansNodes(TypedDict):
    id: str
    feedback: FeedbackOnMeMeEmployeePlansNodesFeedback


class FeedbackOnMeMeEmployeePlans(TypedDict):
    nodes: list[FeedbackOnMeMeEmployeePlansNodes]


class FeedbackOnMeMeEmployee(TypedDict):
    id: str
    plans: FeedbackOnMeMeEmployeePlans


class FeedbackOnMeMe(TypedDict):
    employee: FeedbackOnMeMeEmployee | None


class FeedbackOnMeData(TypedDict):
    me: FeedbackOnMeMe | None


class FileObjectionFileObjectionObjection(TypedDict):
    id: str
    version: int
    state: ObjectionState
    dueOn: str
    deciderName: str | None


class FileObjectionFileObjectionProblems(TypedDict):
    path: list[str]
    code: str
    message: str


class FileObjectionFileObjection(TypedDict):
    objection: FileObjectionFileObjectionObjection | None
    problems: list[FileObjectionFileObjectionProblems]


class FileObjectionData(TypedDict):
    fileObjection: FileObjectionFileObjection


class FindPeopleEmployeesNodesPosition(TypedDict):
    title: str


class FindPeopleEmployeesNodesUnit(TypedDict):
    name: str


class FindPeopleEmployeesNodes(TypedDict):
    id: str
    fullName: str
    position: FindPeopleEmployeesNodesPosition | None
    unit: FindPeopleEmployeesNodesUnit | None


class FindPeopleEmployees(TypedDict):
    totalCount: int
    nodes: list[FindPeopleEmployeesNodes]


class FindPeopleData(TypedDict):
    employees: FindPeopleEmployees


class ImportStatusHistoryNodes(TypedDict):
    id: str
    at: str
    actorName: str
    batch: str
    after: object | None


class ImportStatusHistory(TypedDict):
    totalCount: int
    nodes: list[ImportStatusHistoryNodes]


class ImportStatusData(TypedDict):
    history: ImportStatusHistory


class LateReportersUnitDashboardLateReportersEmployeeUnit(TypedDict):
    name: str


class LateReportersUnitDashboardLateReportersEmployeeSuperior(TypedDict):
    fullName: str


class LateReportersUnitDashboardLateReportersEmployee(TypedDict):
    id: str
    fullName: str
    phone: str | None
    unit: LateReportersUnitDashboardLateReportersEmployeeUnit | None
    superior: LateReportersUnitDashboardLateReportersEmployeeSuperior | None


class LateReportersUnitDashboardLateReportersPlan(TypedDict):
    id: str


class LateReportersUnitDashboardLateReporters(TypedDict):
    employee: LateReportersUnitDashboardLateReportersEmployee | None
    plan: LateReportersUnitDashboardLateReportersPlan | None
    lastReportedOn: str | None


class LateReportersUnitDashboard(TypedDict):
    lateSince: str | None
    lateUntil: str | None
    lateReporterCount: int
    lateReporters: list[LateReportersUnitDashboardLateReporters]


class LateReportersData(TypedDict):
    unitDashboard: LateReportersUnitDashboard


class MyPlanMeEmployeePlansNodesEvaluator(TypedDict):
    fullName: str


class MyPlanMeEmployeePlansNodesWarnings(TypedDict):
    code: str
    message: str


class MyPlanMeEmployeePlansNodesWorkResultsNodesParent(TypedDict):
    statement: str


class MyPlanMeEmployeePlansNodesWorkResultsNodesIndicatorsNodesActual(TypedDict):
    value: str | None
    standing: TargetStanding | None
    state: MeasuringState
    achievementPercent: str | None


class MyPlanMeEmployeePlansNodesWorkResultsNodesIndicatorsNodes(TypedDict):
    id: str
    statement: str
    aspect: Aspect | None
    targetMin: str | None
    targetMax: str | None
    unitOfMeasure: str
    actual: MyPlanMeEmployeePlansNodesWorkResultsNodesIndicatorsNodesActual | None


class MyPlanMeEmployeePlansNodesWorkResultsNodesIndicators(TypedDict):
    nodes: list[MyPlanMeEmployeePlansNodesWorkResultsNodesIndicatorsNodes]


class MyPlanMeEmployeePlansNodesWorkResultsNodes(TypedDict):
    id: str
    statement: str
    kind: WorkResultKind
    parent: MyPlanMeEmployeePlansNodesWorkResultsNodesParent | None
    indicators: MyPlanMeEmployeePlansNodesWorkResultsNodesIndicators


class MyPlanMeEmployeePlansNodesWorkResults(TypedDict):
    nodes: list[MyPlanMeEmployeePlansNodesWorkResultsNodes]


class MyPlanMeEmployeePlansNodes(TypedDict):
    id: str
    version: int
    state: PlanState
    startsOn: str
    endsOn: str
    returnNote: str
    evaluator: MyPlanMeEmployeePlansNodesEvaluator | None
    warnings: list[MyPlanMeEmployeePlansNodesWarnings]
    workResults: MyPlanMeEmployeePlansNodesWorkResults


class MyPlanMeEmployeePlans(TypedDict):
    nodes: list[MyPlanMeEmployeePlansNodes]


class MyPlanMeEmployee(TypedDict):
    id: str
    plans: MyPlanMeEmployeePlans


class MyPlanMe(TypedDict):
    employee: MyPlanMeEmployee | None


class MyPlanData(TypedDict):
    me: MyPlanMe | None


class MyTeamMeEmployeeSubordinatesPosition(TypedDict):
    title: str


class MyTeamMeEmployeeSubordinatesPlansNodes(TypedDict):
    id: str
    version: int
    state: PlanState
    submittedAt: str | None


class MyTeamMeEmployeeSubordinatesPlans(TypedDict):
    nodes: list[MyTeamMeEmployeeSubordinatesPlansNodes]


class MyTeamMeEmployeeSubordinatesEvaluationsNodesWindow(TypedDict):
    number: int
    name: str


class MyTeamMeEmployeeSubordinatesEvaluationsNodes(TypedDict):
    id: str
    version: int
    state: EvaluationState
    resultRating: Rating | None
    behaviorRating: Rating | None
    predicate: Predicate | None
    window: MyTeamMeEmployeeSubordinatesEvaluationsNodesWindow | None


class MyTeamMeEmployeeSubordinatesEvaluations(TypedDict):
    nodes: list[MyTeamMeEmployeeSubordinatesEvaluationsNodes]


class MyTeamMeEmployeeSubordinates(TypedDict):
    id: str
    fullName: str
    nip: str | None
    position: MyTeamMeEmployeeSubordinatesPosition | None
    plans: MyTeamMeEmployeeSubordinatesPlans
    evaluations: MyTeamMeEmployeeSubordinatesEvaluations


class MyTeamMeEmployee(TypedDict):
    id: str
    subordinates: list[MyTeamMeEmployeeSubordinates]


class MyTeamMe(TypedDict):
    employee: MyTeamMeEmployee | None


class MyTeamData(TypedDict):
    me: MyTeamMe | None


class OpenObjectionsObjectionsPageInfo(TypedDict):
    hasNextPage: bool
    endCursor: str | None


class OpenObjectionsObjectionsNodesEmployeeUnit(TypedDict):
    name: str


class OpenObjectionsObjectionsNodesEmployee(TypedDict):
    fullName: str
    unit: OpenObjectionsObjectionsNodesEmployeeUnit | None


class OpenObjectionsObjectionsNodesEvaluationWindow(TypedDict):
    name: str


class OpenObjectionsObjectionsNodesEvaluation(TypedDict):
    id: str
    predicate: Predicate | None
    resultRating: Rating | None
    behaviorRating: Rating | None
    window: OpenObjectionsObjectionsNodesEvaluationWindow | None


class OpenObjectionsObjectionsNodes(TypedDict):
    id: str
    version: int
    filedOn: str
    dueOn: str
    reason: str
    evaluatorStatement: str
    employee: OpenObjectionsObjectionsNodesEmployee | None
    deciderName: str | None
    evaluation: OpenObjectionsObjectionsNodesEvaluation | None


class OpenObjectionsObjections(TypedDict):
    totalCount: int
    pageInfo: OpenObjectionsObjectionsPageInfo
    nodes: list[OpenObjectionsObjectionsNodes]


class OpenObjectionsData(TypedDict):
    objections: OpenObjectionsObjections


class PersonNodeEmployeeGrade(TypedDict):
    code: str
    rankTitle: str


class PersonNodeEmployeePositionKind(TypedDict):
    name: str


class PersonNodeEmployeePosition(TypedDict):
    title: str
    kind: PersonNodeEmployeePositionKind | None


class PersonNodeEmployeeUnit(TypedDict):
    id: str
    name: str


class PersonNodeEmployeeSuperior(TypedDict):
    id: str
    fullName: str


class PersonNodeEmployeeAssignmentsNodesPosition(TypedDict):
    title: str


class PersonNodeEmployeeAssignmentsNodesUnit(TypedDict):
    name: str


class PersonNodeEmployeeAssignmentsNodes(TypedDict):
    id: str
    kind: AssignmentKind
    isPrimary: bool
    validFrom: str
    validTo: str | None
    position: PersonNodeEmployeeAssignmentsNodesPosition | None
    unit: PersonNodeEmployeeAssignmentsNodesUnit | None


class PersonNodeEmployeeAssignments(TypedDict):
    nodes: list[PersonNodeEmployeeAssignmentsNodes]


class PersonNodeEmployeePlansNodesPeriod(TypedDict):
    code: str


class PersonNodeEmployeePlansNodes(TypedDict):
    id: str
    state: PlanState
    period: PersonNodeEmployeePlansNodesPeriod | None


class PersonNodeEmployeePlans(TypedDict):
    nodes: list[PersonNodeEmployeePlansNodes]


class PersonNodeEmployee(TypedDict):
    id: str
    version: int
    fullName: str
    nip: str | None
    birthDate: str | None
    phone: str | None
    email: str | None
    status: EmploymentStatus
    state: EmployeeState
    grade: PersonNodeEmployeeGrade | None
    position: PersonNodeEmployeePosition | None
    unit: PersonNodeEmployeeUnit | None
    superior: PersonNodeEmployeeSuperior | None
    supervisionGap: SupervisionGap | None
    assignments: PersonNodeEmployeeAssignments
    plans: PersonNodeEmployeePlans


class PersonNodeOther(TypedDict):
    pass


class PersonData(TypedDict):
    node: PersonNodeEmployee | PersonNodeOther | None


class PlanChangesPlanStateChangedEmployee(TypedDict):
    fullName: str


class PlanChangesPlanStateChanged(TypedDict):
    id: str
    version: int
    state: PlanState
    employee: PlanChangesPlanStateChangedEmployee | None


class PlanChangesData(TypedDict):
    planStateChanged: PlanChangesPlanStateChanged | None


class PlansByStatePerformancePlansAggregateGroupsKeysUnit(TypedDict):
    id: str
    name: str


class PlansByStatePerformancePlansAggregateGroupsKeys(TypedDict):
    state: PlanState | None
    unit: PlansByStatePerformancePlansAggregateGroupsKeysUnit | None


class PlansByStatePerformancePlansAggregateGroups(TypedDict):
    count: int
    keys: PlansByStatePerformancePlansAggregateGroupsKeys


class PlansByStatePerformancePlansAggregate(TypedDict):
    groupCount: int
    withheldGroups: int
    groups: list[PlansByStatePerformancePlansAggregateGroups]


class PlansByStateData(TypedDict):
    performancePlansAggregate: PlansByStatePerformancePlansAggregate


class PredicatesChartEvaluationsAggregateGroupsKeys(TypedDict):
    predicate: Predicate | None


class PredicatesChartEvaluationsAggregateGroups(TypedDict):
    count: int
    keys: PredicatesChartEvaluationsAggregateGroupsKeys


class PredicatesChartEvaluationsAggregateChart(TypedDict):
    spec: object
    svgUrl: str


class PredicatesChartEvaluationsAggregate(TypedDict):
    groups: list[PredicatesChartEvaluationsAggregateGroups]
    chart: PredicatesChartEvaluationsAggregateChart


class PredicatesChartData(TypedDict):
    evaluationsAggregate: PredicatesChartEvaluationsAggregate


class ProgressWithEvidenceProgressRecordsPageInfo(TypedDict):
    hasNextPage: bool
    endCursor: str | None


class ProgressWithEvidenceProgressRecordsNodesIndicator(TypedDict):
    statement: str
    unitOfMeasure: str


class ProgressWithEvidenceProgressRecordsNodesRecordedBy(TypedDict):
    fullName: str


class ProgressWithEvidenceProgressRecordsNodesEvidenceNodes(TypedDict):
    id: str
    kind: EvidenceKind
    title: str
    url: str
    fileName: str
    contentType: str
    sizeBytes: int | None
    downloadPath: str | None


class ProgressWithEvidenceProgressRecordsNodesEvidence(TypedDict):
    nodes: list[ProgressWithEvidenceProgressRecordsNodesEvidenceNodes]


class ProgressWithEvidenceProgressRecordsNodes(TypedDict):
    id: str
    version: int
    happenedOn: str
    quantity: str | None
    note: str
    indicator: ProgressWithEvidenceProgressRecordsNodesIndicator | None
    recordedBy: ProgressWithEvidenceProgressRecordsNodesRecordedBy | None
    evidence: ProgressWithEvidenceProgressRecordsNodesEvidence


class ProgressWithEvidenceProgressRecords(TypedDict):
    totalCount: int
    pageInfo: ProgressWithEvidenceProgressRecordsPageInfo
    nodes: list[ProgressWithEvidenceProgressRecordsNodes]


class ProgressWithEvidenceData(TypedDict):
    progressRecords: ProgressWithEvidenceProgressRecords


class RecordProgressRecordProgressBatchRowsRecord(TypedDict):
    id: str
    version: int


class RecordProgressRecordProgressBatchRowsProblems(TypedDict):
    path: list[str]
    code: str
    message: str


class RecordProgressRecordProgressBatchRows(TypedDict):
    index: int
    record: RecordProgressRecordProgressBatchRowsRecord | None
    problems: list[RecordProgressRecordProgressBatchRowsProblems]


class RecordProgressRecordProgressBatchProblems(TypedDict):
    path: list[str]
    code: str
    message: str


class RecordProgressRecordProgressBatch(TypedDict):
    recorded: int | None
    rows: list[RecordProgressRecordProgressBatchRows] | None
    problems: list[RecordProgressRecordProgressBatchProblems]


class RecordProgressData(TypedDict):
    recordProgressBatch: RecordProgressRecordProgressBatch


class SubmitPlanSubmitPlanPlan(TypedDict):
    id: str
    version: int
    state: PlanState
    submittedAt: str | None


class SubmitPlanSubmitPlanProblems(TypedDict):
    path: list[str]
    code: str
    message: str


class SubmitPlanSubmitPlan(TypedDict):
    plan: SubmitPlanSubmitPlanPlan | None
    problems: list[SubmitPlanSubmitPlanProblems]


class SubmitPlanData(TypedDict):
    submitPlan: SubmitPlanSubmitPlan


class TeamOnADayEmployeesPageInfo(TypedDict):
    hasNextPage: bool
    endCursor: str | None


class TeamOnADayEmployeesNodesPosition(TypedDict):
    title: str


class TeamOnADayEmployeesNodesUnit(TypedDict):
    name: str


class TeamOnADayEmployeesNodesSuperior(TypedDict):
    fullName: str


class TeamOnADayEmployeesNodes(TypedDict):
    id: str
    fullName: str
    position: TeamOnADayEmployeesNodesPosition | None
    unit: TeamOnADayEmployeesNodesUnit | None
    superior: TeamOnADayEmployeesNodesSuperior | None


class TeamOnADayEmployees(TypedDict):
    totalCount: int
    pageInfo: TeamOnADayEmployeesPageInfo
    nodes: list[TeamOnADayEmployeesNodes]


class TeamOnADayData(TypedDict):
    employees: TeamOnADayEmployees


class UnitDashboardUnitDashboardUnitHead(TypedDict):
    fullName: str


class UnitDashboardUnitDashboardUnit(TypedDict):
    id: str
    name: str
    head: UnitDashboardUnitDashboardUnitHead | None


class UnitDashboardUnitDashboardPlansByState(TypedDict):
    state: PlanState
    count: int


class UnitDashboardUnitDashboardProgress(TypedDict):
    employees: int
    employeesReporting: int
    employeesPercent: str | None
    indicators: int
    indicatorsWithProgress: int
    indicatorsPercent: str | None


class UnitDashboardUnitDashboardPredicates(TypedDict):
    windowNumber: int
    predicate: Predicate
    count: int


class UnitDashboardUnitDashboardChildrenUnit(TypedDict):
    id: str
    name: str


class UnitDashboardUnitDashboardChildrenPlansByState(TypedDict):
    state: PlanState
    count: int


class UnitDashboardUnitDashboardChildren(TypedDict):
    unit: UnitDashboardUnitDashboardChildrenUnit | None
    headCount: int
    planCount: int
    withoutPlan: int
    lateReporterCount: int
    plansByState: list[UnitDashboardUnitDashboardChildrenPlansByState]


class UnitDashboardUnitDashboard(TypedDict):
    unit: UnitDashboardUnitDashboardUnit | None
    headCount: int
    planCount: int
    withoutPlan: int
    lateReporterCount: int
    plansByState: list[UnitDashboardUnitDashboardPlansByState]
    progress: UnitDashboardUnitDashboardProgress
    predicates: list[UnitDashboardUnitDashboardPredicates]
    children: list[UnitDashboardUnitDashboardChildren]


class UnitDashboardData(TypedDict):
    unitDashboard: UnitDashboardUnitDashboard


class WaitingForMeMeEmployeeEvaluatedPlansPageInfo(TypedDict):
    hasNextPage: bool
    endCursor: str | None


class WaitingForMeMeEmployeeEvaluatedPlansNodesEmployeePosition(TypedDict):
    title: str


class WaitingForMeMeEmployeeEvaluatedPlansNodesEmployee(TypedDict):
    fullName: str
    position: WaitingForMeMeEmployeeEvaluatedPlansNodesEmployeePosition | None


class WaitingForMeMeEmployeeEvaluatedPlansNodes(TypedDict):
    id: str
    version: int
    submittedAt: str | None
    employee: WaitingForMeMeEmployeeEvaluatedPlansNodesEmployee | None


class WaitingForMeMeEmployeeEvaluatedPlans(TypedDict):
    totalCount: int
    pageInfo: WaitingForMeMeEmployeeEvaluatedPlansPageInfo
    nodes: list[WaitingForMeMeEmployeeEvaluatedPlansNodes]


class WaitingForMeMeEmployee(TypedDict):
    id: str
    evaluatedPlans: WaitingForMeMeEmployeeEvaluatedPlans


class WaitingForMeMe(TypedDict):
    employee: WaitingForMeMeEmployee | None


class WaitingForMeData(TypedDict):
    me: WaitingForMeMe | None


class WhoAmIMeAccount(TypedDict):
    id: str
    displayName: str
    language: str


class WhoAmIMeEmployeePosition(TypedDict):
    title: str


class WhoAmIMeEmployeeUnit(TypedDict):
    id: str
    name: str


class WhoAmIMeEmployeeSuperior(TypedDict):
    fullName: str


class WhoAmIMeEmployee(TypedDict):
    id: str
    fullName: str
    nip: str | None
    position: WhoAmIMeEmployeePosition | None
    unit: WhoAmIMeEmployeeUnit | None
    superior: WhoAmIMeEmployeeSuperior | None


class WhoAmIMeRolesUnit(TypedDict):
    id: str
    name: str


class WhoAmIMeRoles(TypedDict):
    role: str
    title: str
    unit: WhoAmIMeRolesUnit | None


class WhoAmIMeUnitsHeaded(TypedDict):
    id: str
    code: str
    name: str


class WhoAmIMe(TypedDict):
    account: WhoAmIMeAccount | None
    employee: WhoAmIMeEmployee | None
    roles: list[WhoAmIMeRoles]
    permissions: list[str]
    unitsHeaded: list[WhoAmIMeUnitsHeaded]


class WhoAmIData(TypedDict):
    me: WhoAmIMe | None


class YearsEvaluationMeEmployeeEvaluationsNodesWindow(TypedDict):
    number: int
    name: str


class YearsEvaluationMeEmployeeEvaluationsNodesEvaluator(TypedDict):
    fullName: str


class YearsEvaluationMeEmployeeEvaluationsNodesOrganizationPerformance(TypedDict):
    rating: OrganizationRating


class YearsEvaluationMeEmployeeEvaluationsNodesCreditPoints(TypedDict):
    points: str


class YearsEvaluationMeEmployeeEvaluationsNodes(TypedDict):
    id: str
    version: int
    kind: EvaluationKind
    state: EvaluationState
    window: YearsEvaluationMeEmployeeEvaluationsNodesWindow | None
    resultRating: Rating | None
    resultNote: str
    behaviorRating: Rating | None
    behaviorNote: str
    predicate: Predicate | None
    predicateTerm: str | None
    explanation: object | None
    receivedOn: str | None
    objectionDueOn: str | None
    evaluator: YearsEvaluationMeEmployeeEvaluationsNodesEvaluator | None
    organizationPerformance: YearsEvaluationMeEmployeeEvaluationsNodesOrganizationPerformance | None
    creditPoints: YearsEvaluationMeEmployeeEvaluationsNodesCreditPoints | None


class YearsEvaluationMeEmployeeEvaluations(TypedDict):
    nodes: list[YearsEvaluationMeEmployeeEvaluationsNodes]


class YearsEvaluationMeEmployee(TypedDict):
    id: str
    evaluations: YearsEvaluationMeEmployeeEvaluations


class YearsEvaluationMe(TypedDict):
    employee: YearsEvaluationMeEmployee | None


class YearsEvaluationData(TypedDict):
    me: YearsEvaluationMe | None


_CHANGES_OF_ROW = """query ChangesOfRow($type: String!, $number: Int!) {
  history(
    first: 20
    filter: { subjectType: { eq: $type }, subjectId: { eq: $number } }
  ) {
    totalCount
    nodes {
      id
      at
      action
      actorName
      reason
      changedFields
      before
      after
    }
  }
}"""


def changes_of_row(*, type: str, number: int) -> Call[ChangesOfRowData]:
    """Who changed this (riwayat perubahan)."""
    return Call("ChangesOfRow", "query", _CHANGES_OF_ROW, {"type": type, "number": number})


_DASHBOARD_CHANGES = """subscription DashboardChanges($unit: ID!, $period: ID!) {
  unitDashboardChanged(unitId: $unit, periodId: $period) {
    headCount
    planCount
    withoutPlan
    lateReporterCount
    plansByState {
      state
      count
    }
  }
}"""


def dashboard_changes(*, unit: str, period: str) -> Call[DashboardChangesData]:
    """A dashboard that lives (dasbor langsung)."""
    return Call("DashboardChanges", "subscription", _DASHBOARD_CHANGES, {"unit": unit, "period": period})


_DISTRIBUTION = """query Distribution($unit: ID!, $period: ID!, $window: ID) {
  distributionCheck(unitId: $unit, periodId: $period, windowId: $window) {
    headCount
    unrated
    organizationRating
    skipped
    counts {
      predicate
      term
      count
    }
    warnings {
      code
      message
      share
      limit
    }
    rule {
      regulation
      revision
    }
  }
}"""


def distribution(*, unit: str, period: str, window: str | None = None) -> Call[DistributionData]:
    """Distribution of predicates (pola distribusi predikat)."""
    return Call("Distribution", "query", _DISTRIBUTION, {"unit": unit, "period": period, "window": window})


_EMPLOYEES = """query Employees($first: Int!, $after: String) {
  employees(first: $first, after: $after, orderBy: [{ name: ASC }]) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      nip
      fullName
      status
      grade {
        code
      }
      position {
        title
      }
      unit {
        code
        name
      }
    }
  }
}"""


def employees(*, first: int, after: str | None = None) -> Call[EmployeesData]:
    """Employees, page by page (daftar pegawai)."""
    return Call("Employees", "query", _EMPLOYEES, {"first": first, "after": after})


_FEEDBACK_ON_ME = """query FeedbackOnMe($after: String) {
  me {
    employee {
      id
      plans(first: 2, filter: { state: { eq: APPROVED } }) {
        nodes {
          id
          feedback(first: 20, after: $after) {
            totalCount
            pageInfo {
              hasNextPage
              endCursor
            }
            nodes {
              id
              tone
              text
              relation
              behaviorValue
              givenOn
              giver {
                fullName
              }
              workResult {
                statement
              }
            }
          }
        }
      }
    }
  }
}"""


def feedback_on_me(*, after: str | None = None) -> Call[FeedbackOnMeData]:
    """Feedback on me (umpan balik)."""
    return Call("FeedbackOnMe", "query", _FEEDBACK_ON_ME, {"after": after})


_FILE_OBJECTION = """mutation FileObjection($evaluation: ID!, $reason: String!) {
  fileObjection(input: { evaluationId: $evaluation, reason: $reason }) {
    objection {
      id
      version
      state
      dueOn
      deciderName
    }
    problems {
      path
      code
      message
    }
  }
}"""


def file_objection(*, evaluation: str, reason: str) -> Call[FileObjectionData]:
    """Filing an objection (mengajukan keberatan)."""
    return Call("FileObjection", "mutation", _FILE_OBJECTION, {"evaluation": evaluation, "reason": reason})


_FIND_PEOPLE = """query FindPeople($name: String!, $unit: String!) {
  employees(
    first: 10
    filter: {
      and: [
        { name: { contains: $name } }
        { assignments: { some: { unit: { code: { eq: $unit } } } } }
      ]
      state: { eq: ACTIVE }
    }
    orderBy: [{ name: ASC }]
  ) {
    totalCount
    nodes {
      id
      fullName
      position {
        title
      }
      unit {
        name
      }
    }
  }
}"""


def find_people(*, name: str, unit: str) -> Call[FindPeopleData]:
    """Finding people (cari pegawai)."""
    return Call("FindPeople", "query", _FIND_PEOPLE, {"name": name, "unit": unit})


_IMPORT_STATUS = """query ImportStatus {
  history(
    first: 10
    filter: { subjectType: { eq: "ImportRun" }, action: { eq: "create" } }
  ) {
    totalCount
    nodes {
      id
      at
      actorName
      batch
      after
    }
  }
}"""


def import_status() -> Call[ImportStatusData]:
    """Imports (status impor)."""
    return Call("ImportStatus", "query", _IMPORT_STATUS, {})


_LATE_REPORTERS = """query LateReporters($unit: ID!, $period: ID!) {
  unitDashboard(unitId: $unit, periodId: $period) {
    lateSince
    lateUntil
    lateReporterCount
    lateReporters {
      employee {
        id
        fullName
        phone
        unit {
          name
        }
        superior {
          fullName
        }
      }
      plan {
        id
      }
      lastReportedOn
    }
  }
}"""


def late_reporters(*, unit: str, period: str) -> Call[LateReportersData]:
    """Late reporters (belum melaporkan realisasi)."""
    return Call("LateReporters", "query", _LATE_REPORTERS, {"unit": unit, "period": period})


_MY_PLAN = """query MyPlan($period: String!) {
  me {
    employee {
      id
      plans(first: 5, filter: { period: { code: { eq: $period } } }) {
        nodes {
          id
          version
          state
          startsOn
          endsOn
          returnNote
          evaluator {
            fullName
          }
          warnings {
            code
            message
          }
          workResults(first: 20) {
            nodes {
              id
              statement
              kind
              parent {
                statement
              }
              indicators(first: 10) {
                nodes {
                  id
                  statement
                  aspect
                  targetMin
                  targetMax
                  unitOfMeasure
                  actual {
                    value
                    standing
                    state
                    achievementPercent
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}"""


def my_plan(*, period: str) -> Call[MyPlanData]:
    """My plan (SKP saya)."""
    return Call("MyPlan", "query", _MY_PLAN, {"period": period})


_MY_TEAM = """query MyTeam($period: String!) {
  me {
    employee {
      id
      subordinates {
        id
        fullName
        nip
        position {
          title
        }
        plans(first: 2, filter: { period: { code: { eq: $period } } }) {
          nodes {
            id
            version
            state
            submittedAt
          }
        }
        evaluations(
          first: 4
          filter: { period: { code: { eq: $period } } }
          orderBy: [{ createdAt: DESC }]
        ) {
          nodes {
            id
            version
            state
            resultRating
            behaviorRating
            predicate
            window {
              number
              name
            }
          }
        }
      }
    }
  }
}"""


def my_team(*, period: str) -> Call[MyTeamData]:
    """My team (tim saya)."""
    return Call("MyTeam", "query", _MY_TEAM, {"period": period})


_OPEN_OBJECTIONS = """query OpenObjections($after: String) {
  objections(
    first: 20
    after: $after
    filter: { state: { eq: FILED } }
    orderBy: [{ dueOn: ASC }]
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      version
      filedOn
      dueOn
      reason
      evaluatorStatement
      employee {
        fullName
        unit {
          name
        }
      }
      deciderName
      evaluation {
        id
        predicate
        resultRating
        behaviorRating
        window {
          name
        }
      }
    }
  }
}"""


def open_objections(*, after: str | None = None) -> Call[OpenObjectionsData]:
    """Objections (keberatan)."""
    return Call("OpenObjections", "query", _OPEN_OBJECTIONS, {"after": after})


_PERSON = """query Person($id: ID!) {
  node(id: $id) {
    ... on Employee {
      id
      version
      fullName
      nip
      birthDate
      phone
      email
      status
      state
      grade {
        code
        rankTitle
      }
      position {
        title
        kind {
          name
        }
      }
      unit {
        id
        name
      }
      superior {
        id
        fullName
      }
      supervisionGap
      assignments(first: 10, orderBy: [{ validFrom: DESC }]) {
        nodes {
          id
          kind
          isPrimary
          validFrom
          validTo
          position {
            title
          }
          unit {
            name
          }
        }
      }
      plans(first: 5) {
        nodes {
          id
          state
          period {
            code
          }
        }
      }
    }
  }
}"""


def person(*, id: str) -> Call[PersonData]:
    """A person's page (profil pegawai)."""
    return Call("Person", "query", _PERSON, {"id": id})


_PLAN_CHANGES = """subscription PlanChanges($unit: ID) {
  planStateChanged(unitId: $unit) {
    id
    version
    state
    employee {
      fullName
    }
  }
}"""


def plan_changes(*, unit: str | None = None) -> Call[PlanChangesData]:
    """Plans as they change (perubahan SKP, langsung)."""
    return Call("PlanChanges", "subscription", _PLAN_CHANGES, {"unit": unit})


_PLANS_BY_STATE = """query PlansByState($period: String!) {
  performancePlansAggregate(
    filter: { period: { code: { eq: $period } } }
    groupBy: [{ field: UNIT }, { field: STATE }]
  ) {
    groupCount
    withheldGroups
    groups {
      count
      keys {
        state
        unit {
          id
          name
        }
      }
    }
  }
}"""


def plans_by_state(*, period: str) -> Call[PlansByStateData]:
    """Plans by state, unit by unit (rekap SKP)."""
    return Call("PlansByState", "query", _PLANS_BY_STATE, {"period": period})


_PREDICATES_CHART = """query PredicatesChart($period: String!) {
  evaluationsAggregate(
    filter: { period: { code: { eq: $period } }, predicate: { isNull: false } }
    groupBy: [{ field: PREDICATE }]
  ) {
    groups {
      count
      keys {
        predicate
      }
    }
    chart(kind: SHARE, distributionFor: GOOD, title: "Predikat kinerja") {
      spec
      svgUrl
    }
  }
}"""


def predicates_chart(*, period: str) -> Call[PredicatesChartData]:
    """Predicates as a chart (grafik predikat kinerja)."""
    return Call("PredicatesChart", "query", _PREDICATES_CHART, {"period": period})


_PROGRESS_WITH_EVIDENCE = """query ProgressWithEvidence($plan: ID!, $after: String) {
  progressRecords(
    first: 20
    after: $after
    filter: { plan: { id: { eq: $plan } } }
    orderBy: [{ happenedOn: DESC }]
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      version
      happenedOn
      quantity
      note
      indicator {
        statement
        unitOfMeasure
      }
      recordedBy {
        fullName
      }
      evidence(first: 5) {
        nodes {
          id
          kind
          title
          url
          fileName
          contentType
          sizeBytes
          downloadPath
        }
      }
    }
  }
}"""


def progress_with_evidence(*, plan: str, after: str | None = None) -> Call[ProgressWithEvidenceData]:
    """Progress with evidence (realisasi dan bukti dukung)."""
    return Call("ProgressWithEvidence", "query", _PROGRESS_WITH_EVIDENCE, {"plan": plan, "after": after})


_RECORD_PROGRESS = """mutation RecordProgress($key: String!, $rows: [RecordProgressInput!]!) {
  recordProgressBatch(input: { idempotencyKey: $key, rows: $rows }) {
    recorded
    rows {
      index
      record {
        id
        version
      }
      problems {
        path
        code
        message
      }
    }
    problems {
      path
      code
      message
    }
  }
}"""


def record_progress(*, key: str, rows: list[RecordProgressInput]) -> Call[RecordProgressData]:
    """Recording progress (melaporkan realisasi)."""
    return Call("RecordProgress", "mutation", _RECORD_PROGRESS, {"key": key, "rows": rows})


_SUBMIT_PLAN = """mutation SubmitPlan($plan: ID!, $version: Int!) {
  submitPlan(input: { planId: $plan, version: $version }) {
    plan {
      id
      version
      state
      submittedAt
    }
    problems {
      path
      code
      message
    }
  }
}"""


def submit_plan(*, plan: str, version: int) -> Call[SubmitPlanData]:
    """Submitting a plan (mengajukan SKP)."""
    return Call("SubmitPlan", "mutation", _SUBMIT_PLAN, {"plan": plan, "version": version})


_TEAM_ON_ADAY = """query TeamOnADay($day: Date!, $unit: String!, $after: String) {
  employees(
    first: 50
    after: $after
    asOf: $day
    filter: { unit: { code: { eq: $unit } } }
    orderBy: [{ name: ASC }]
  ) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      fullName
      position {
        title
      }
      unit {
        name
      }
      superior {
        fullName
      }
    }
  }
}"""


def team_on_aday(*, day: str, unit: str, after: str | None = None) -> Call[TeamOnADayData]:
    """Who was where on a day (pegawai per tanggal)."""
    return Call("TeamOnADay", "query", _TEAM_ON_ADAY, {"day": day, "unit": unit, "after": after})


_UNIT_DASHBOARD = """query UnitDashboard($unit: ID!, $period: ID!) {
  unitDashboard(unitId: $unit, periodId: $period) {
    unit {
      id
      name
      head {
        fullName
      }
    }
    headCount
    planCount
    withoutPlan
    lateReporterCount
    plansByState {
      state
      count
    }
    progress {
      employees
      employeesReporting
      employeesPercent
      indicators
      indicatorsWithProgress
      indicatorsPercent
    }
    predicates {
      windowNumber
      predicate
      count
    }
    children {
      unit {
        id
        name
      }
      headCount
      planCount
      withoutPlan
      lateReporterCount
      plansByState {
        state
        count
      }
    }
  }
}"""


def unit_dashboard(*, unit: str, period: str) -> Call[UnitDashboardData]:
    """Unit dashboard (dasbor unit)."""
    return Call("UnitDashboard", "query", _UNIT_DASHBOARD, {"unit": unit, "period": period})


_WAITING_FOR_ME = """query WaitingForMe($after: String) {
  me {
    employee {
      id
      evaluatedPlans(
        first: 20
        after: $after
        filter: { state: { eq: SUBMITTED } }
        orderBy: [{ submittedAt: ASC }]
      ) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          version
          submittedAt
          employee {
            fullName
            position {
              title
            }
          }
        }
      }
    }
  }
}"""


def waiting_for_me(*, after: str | None = None) -> Call[WaitingForMeData]:
    """Plans that wait for me (menunggu persetujuan)."""
    return Call("WaitingForMe", "query", _WAITING_FOR_ME, {"after": after})


_WHO_AM_I = """query WhoAmI {
  me {
    account {
      id
      displayName
      language
    }
    employee {
      id
      fullName
      nip
      position {
        title
      }
      unit {
        id
        name
      }
      superior {
        fullName
      }
    }
    roles {
      role
      title
      unit {
        id
        name
      }
    }
    permissions
    unitsHeaded {
      id
      code
      name
    }
  }
}"""


def who_am_i() -> Call[WhoAmIData]:
    """Who am I (siapa saya)."""
    return Call("WhoAmI", "query", _WHO_AM_I, {})


_YEARS_EVALUATION = """query YearsEvaluation($period: String!) {
  me {
    employee {
      id
      evaluations(
        first: 20
        filter: { period: { code: { eq: $period } } }
        orderBy: [{ createdAt: ASC }]
      ) {
        nodes {
          id
          version
          kind
          state
          window {
            number
            name
          }
          resultRating
          resultNote
          behaviorRating
          behaviorNote
          predicate
          predicateTerm
          explanation
          receivedOn
          objectionDueOn
          evaluator {
            fullName
          }
          organizationPerformance {
            rating
          }
          creditPoints {
            points
          }
        }
      }
    }
  }
}"""


def years_evaluation(*, period: str) -> Call[YearsEvaluationData]:
    """The year's evaluation (evaluasi kinerja tahunan)."""
    return Call("YearsEvaluation", "query", _YEARS_EVALUATION, {"period": period})
