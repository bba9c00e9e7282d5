// Written by codegen.mjs from the schema and .graphql files. Do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import { Operation } from "./operation.js";
/** What an indicator measures (kuantitas, kualitas, waktu, biaya). */
export type Aspect =
  /** At what cost (biaya). */
  | 'COST'
  /** How good (kualitas). */
  | 'QUALITY'
  /** How much (kuantitas). */
  | 'QUANTITY'
  /** How timely (waktu). */
  | 'TIME';

/** For good, or acting while the post is vacant (PLT) or its holder away (PLH). */
export type AssignmentKind =
  /** Holds the position for good (definitif). */
  | 'DEFINITIVE'
  /** Acts while the holder is away (pelaksana harian). */
  | 'PLH'
  /** Acts while the post is vacant (pelaksana tugas). */
  | 'PLT';

/** The seven core values BerAKHLAK (SE MenPANRB 20/2021). */
export type BehaviorValue =
  /** Accountable (akuntabel). */
  | 'ACCOUNTABLE'
  /** Adaptive (adaptif). */
  | 'ADAPTIVE'
  /** Collaborative (kolaboratif). */
  | 'COLLABORATIVE'
  /** Competent (kompeten). */
  | 'COMPETENT'
  /** Harmonious (harmonis). */
  | 'HARMONIOUS'
  /** Loyal (loyal). */
  | 'LOYAL'
  /** Oriented to service (berorientasi pelayanan). */
  | 'SERVICE_ORIENTED';

/** Why a distribution is not compared with the pattern. */
export type DistributionSkip =
  /** The plan does not count in this span. */
  | 'NOT_COUNTED'
  /** The unit's performance is not set. */
  | 'NO_ORGANIZATION_PERFORMANCE'
  /** No pattern was in force on the last day. */
  | 'NO_RULE_IN_FORCE'
  /** Percentages cannot be met by so few employees. */
  | 'TOO_FEW_EMPLOYEES';

/** In which way predicates differ from the pattern of distribution (pola distribusi). */
export type DistributionWarningCode =
  /** The share is above the maximum. */
  | 'ABOVE_MAXIMUM'
  /** The share is below the minimum. */
  | 'BELOW_MINIMUM'
  /** The pattern has at least some of these. */
  | 'MUST_EXIST'
  /** The pattern has none of these. */
  | 'NONE_ALLOWED'
  /** Another predicate is given more often. */
  | 'NOT_THE_MAJORITY';

/** Whether somebody serves. */
export type EmployeeState =
  /** Serves (aktif). */
  | 'ACTIVE'
  /** Serves no longer (berhenti atau pensiun). */
  | 'LEFT'
  /** Is on leave or delegated elsewhere for the time being (cuti). */
  | 'ON_LEAVE';

/** Kind of employment (status kepegawaian). */
export type EmploymentStatus =
  /** Civil servant on probation (calon PNS). */
  | 'CPNS'
  /** Permanent civil servant (pegawai negeri sipil). */
  | 'PNS'
  /** Government employee on contract (pegawai pemerintah dengan perjanjian kerja). */
  | 'PPPK';

/** What an evaluation is for. */
export type EvaluationKind =
  /** The whole period (evaluasi tahunan). */
  | 'ANNUAL'
  /** One window of a period (evaluasi periodik). */
  | 'PERIODIC';

/** Where an evaluation stands; the rated person sees it from FINAL on. */
export type EvaluationState =
  /** The employee took notice, or is deemed to have. */
  | 'ACKNOWLEDGED'
  /** An objection was decided for good. */
  | 'DECIDED'
  /** Not both ratings are given. */
  | 'DRAFT'
  /** The predicate is given and shown to the employee. */
  | 'FINAL'
  /** An objection (keberatan) waits for its decision. */
  | 'OBJECTED'
  /** Results and behaviour are rated. */
  | 'RATED';

/** Whether evidence is a link, a stored file, or a measured fact. */
export type EvidenceKind =
  /** A value that a plugin measured and the superior accepted. */
  | 'FACT'
  /** A file kept here. */
  | 'FILE'
  /** An address elsewhere. */
  | 'LINK';

/** Whether feedback confirms or asks for change (umpan balik). */
export type FeedbackTone =
  /** Asks for a change. */
  | 'CONSTRUCTIVE'
  /** Confirms what was done. */
  | 'POSITIVE';

/** What the giver of feedback is to the person. */
export type GiverRelation =
  /** Peer (rekan sejawat). */
  | 'PEER'
  /** Subordinate (bawahan). */
  | 'SUBORDINATE'
  /** Superior (atasan). */
  | 'SUPERIOR';

/** Whether an indicator has a value on a day; without one it is neither 0 nor 100. */
export type MeasuringState =
  /** There is a value. */
  | 'MEASURED'
  /** The value is not due yet; it counts neither as 0 nor as 100. */
  | 'NOT_YET_RELEASED'
  /** No value was reported. */
  | 'NO_VALUE';

/** Where an objection (keberatan) stands. */
export type ObjectionState =
  /** The evaluation was given other ratings. */
  | 'CHANGED'
  /** It waits for its decision. */
  | 'FILED'
  /** The evaluation stands as it is. */
  | 'UPHELD';

/** The performance of a unit (capaian kinerja organisasi). */
export type OrganizationRating =
  /** Baik. */
  | 'GOOD'
  /** Butuh Perbaikan. */
  | 'NEEDS_IMPROVEMENT'
  /** Istimewa. */
  | 'OUTSTANDING'
  /** Kurang. */
  | 'POOR'
  /** Sangat Kurang. */
  | 'VERY_POOR';

/** Where a plan (SKP) stands; ENDED: its holder moved on and it is evaluated for its own span. */
export type PlanState =
  /** Is in force (ditetapkan). */
  | 'APPROVED'
  /** Is being written (rancangan). */
  | 'DRAFT'
  /** Its holder moved on; it is evaluated for its own span. */
  | 'ENDED'
  /** Was returned for changes (dikembalikan). */
  | 'RETURNED'
  /** Waits for the evaluator (diajukan). */
  | 'SUBMITTED';

/** The performance predicate (predikat kinerja). */
export type Predicate =
  /** Baik. */
  | 'GOOD'
  /** Butuh Perbaikan. */
  | 'NEEDS_IMPROVEMENT'
  /** Kurang (misconduct). */
  | 'POOR'
  /** Sangat Baik. */
  | 'VERY_GOOD'
  /** Sangat Kurang. */
  | 'VERY_POOR';

/** A rating of results or behaviour against the leader's expectation (rating hasil kerja, rating perilaku). */
export type Rating =
  /** Above expectation (di atas ekspektasi). */
  | 'ABOVE'
  /** Below expectation (di bawah ekspektasi). */
  | 'BELOW'
  /** As expected (sesuai ekspektasi). */
  | 'MEETS';

/** Progress to be recorded; name the indicator, or the work result without one. */
export type RecordProgressInput = {
  /** The day on which it was done. */
  happenedOn: string;
  /** The indicator (IKI). */
  indicatorId?: string | null | undefined;
  /** What was done, in words. */
  note?: string | null | undefined;
  /** The plan (SKP), checked where it is given. */
  planId?: string | null | undefined;
  /** How much, in the indicator's unit. */
  quantity?: string | null | undefined;
  /** The work result (RHK); may be left out beside an indicator. */
  workResultId?: string | null | undefined;
};

/** Why nobody supervises somebody on a day. */
export type SupervisionGap =
  /** The person holds no assignment on the day. */
  | 'NO_ASSIGNMENT'
  /** Nobody heads the unit or acts as its head on the day. */
  | 'NO_HEAD'
  /** Several people head the unit on the day, so that none of them can be said to supervise. */
  | 'SEVERAL_HEADS'
  /** Nobody stands above the person in this institution. */
  | 'TOP_OF_INSTITUTION';

/** Where a value stands to its target range. */
export type TargetStanding =
  /** Better than the target range. */
  | 'BETTER'
  /** Within the target range. */
  | 'WITHIN'
  /** Worse than the target range. */
  | 'WORSE';

/** Main or additional work result (hasil kerja utama, tambahan). */
export type WorkResultKind =
  /** Additional work result (hasil kerja tambahan). */
  | 'ADDITIONAL'
  /** Main work result (hasil kerja utama). */
  | 'MAIN';

export type ChangesOfRowQueryVariables = Exact<{
  type: string;
  number: number;
}>;


export type ChangesOfRowQuery = { history: { totalCount: number, nodes: Array<{ id: string, at: string, action: string, actorName: string, reason: string | null, changedFields: Array<string>, before: unknown, after: unknown }> } };

export type DashboardChangesSubscriptionVariables = Exact<{
  unit: string;
  period: string;
}>;


export type DashboardChangesSubscription = { unitDashboardChanged: { headCount: number, planCount: number, withoutPlan: number, lateReporterCount: number, plansByState: Array<{ state: PlanState, count: number }> } | null };

export type DistributionQueryVariables = Exact<{
  unit: string;
  period: string;
  window?: string | null | undefined;
}>;


export type DistributionQuery = { distributionCheck: { headCount: number, unrated: number, organizationRating: OrganizationRating | null, skipped: DistributionSkip | null, counts: Array<{ predicate: Predicate, term: string, count: number }>, warnings: Array<{ code: DistributionWarningCode, message: string, share: string, limit: string | null }>, rule: { regulation: string, revision: number } | null } };

export type EmployeesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type EmployeesQuery = { employees: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, nip: string | null, fullName: string, status: EmploymentStatus, grade: { code: string } | null, position: { title: string } | null, unit: { code: string, name: string } | null }> } };

export type FeedbackOnMeQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type FeedbackOnMeQuery = { me: { employee: { id: string, plans: { nodes: Array<{ id: string, feedback: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, tone: FeedbackTone, text: string, relation: GiverRelation, behaviorValue: BehaviorValue | null, givenOn: string | null, giver: { fullName: string } | null, workResult: { statement: string } | null }> } }> } } | null } | null };

export type FileObjectionMutationVariables = Exact<{
  evaluation: string;
  reason: string;
}>;


export type FileObjectionMutation = { fileObjection: { objection: { id: string, version: number, state: ObjectionState, dueOn: string, deciderName: string | null } | null, problems: Array<{ path: Array<string>, code: string, message: string }> } };

export type FindPeopleQueryVariables = Exact<{
  name: string;
  unit: string;
}>;


export type FindPeopleQuery = { employees: { totalCount: number, nodes: Array<{ id: string, fullName: string, position: { title: string } | null, unit: { name: string } | null }> } };

export type ImportStatusQueryVariables = Exact<{ [key: string]: never; }>;


export type ImportStatusQuery = { history: { totalCount: number, nodes: Array<{ id: string, at: string, actorName: string, batch: string, after: unknown }> } };

export type LateReportersQueryVariables = Exact<{
  unit: string;
  period: string;
}>;


export type LateReportersQuery = { unitDashboard: { lateSince: string | null, lateUntil: string | null, lateReporterCount: number, lateReporters: Array<{ lastReportedOn: string | null, employee: { id: string, fullName: string, phone: string | null, unit: { name: string } | null, superior: { fullName: string } | null } | null, plan: { id: string } | null }> } };

export type MyPlanQueryVariables = Exact<{
  period: string;
}>;


export type MyPlanQuery = { me: { employee: { id: string, plans: { nodes: Array<{ id: string, version: number, state: PlanState, startsOn: string, endsOn: string, returnNote: string, evaluator: { fullName: string } | null, warnings: Array<{ code: string, message: string }>, workResults: { nodes: Array<{ id: string, statement: string, kind: WorkResultKind, parent: { statement: string } | null, indicators: { nodes: Array<{ id: string, statement: string, aspect: Aspect | null, targetMin: string | null, targetMax: string | null, unitOfMeasure: string, actual: { value: string | null, standing: TargetStanding | null, state: MeasuringState, achievementPercent: string | null } | null }> } }> } }> } } | null } | null };

export type MyTeamQueryVariables = Exact<{
  period: string;
}>;


export type MyTeamQuery = { me: { employee: { id: string, subordinates: Array<{ id: string, fullName: string, nip: string | null, position: { title: string } | null, plans: { nodes: Array<{ id: string, version: number, state: PlanState, submittedAt: string | null }> }, evaluations: { nodes: Array<{ id: string, version: number, state: EvaluationState, resultRating: Rating | null, behaviorRating: Rating | null, predicate: Predicate | null, window: { number: number, name: string } | null }> } }> } | null } | null };

export type OpenObjectionsQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type OpenObjectionsQuery = { objections: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, version: number, filedOn: string, dueOn: string, reason: string, evaluatorStatement: string, deciderName: string | null, employee: { fullName: string, unit: { name: string } | null } | null, evaluation: { id: string, predicate: Predicate | null, resultRating: Rating | null, behaviorRating: Rating | null, window: { name: string } | null } | null }> } };

export type PersonQueryVariables = Exact<{
  id: string;
}>;


export type PersonQuery = { node:
    | { id: string, version: number, fullName: string, nip: string | null, birthDate: string | null, phone: string | null, email: string | null, status: EmploymentStatus, state: EmployeeState, supervisionGap: SupervisionGap | null, grade: { code: string, rankTitle: string } | null, position: { title: string, kind: { name: string } | null } | null, unit: { id: string, name: string } | null, superior: { id: string, fullName: string } | null, assignments: { nodes: Array<{ id: string, kind: AssignmentKind, isPrimary: boolean, validFrom: string, validTo: string | null, position: { title: string } | null, unit: { name: string } | null }> }, plans: { nodes: Array<{ id: string, state: PlanState, period: { code: string } | null }> } }
    | Record<PropertyKey, never>
   | null };

export type PlanChangesSubscriptionVariables = Exact<{
  unit?: string | null | undefined;
}>;


export type PlanChangesSubscription = { planStateChanged: { id: string, version: number, state: PlanState, employee: { fullName: string } | null } | null };

export type PlansByStateQueryVariables = Exact<{
  period: string;
}>;


export type PlansByStateQuery = { performancePlansAggregate: { groupCount: number, withheldGroups: number, groups: Array<{ count: number, keys: { state: PlanState | null, unit: { id: string, name: string } | null } }> } };

export type PredicatesChartQueryVariables = Exact<{
  period: string;
}>;


export type PredicatesChartQuery = { evaluationsAggregate: { groups: Array<{ count: number, keys: { predicate: Predicate | null } }>, chart: { spec: unknown, svgUrl: string } } };

export type ProgressWithEvidenceQueryVariables = Exact<{
  plan: string;
  after?: string | null | undefined;
}>;


export type ProgressWithEvidenceQuery = { progressRecords: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, version: number, happenedOn: string, quantity: string | null, note: string, indicator: { statement: string, unitOfMeasure: string } | null, recordedBy: { fullName: string } | null, evidence: { nodes: Array<{ id: string, kind: EvidenceKind, title: string, url: string, fileName: string, contentType: string, sizeBytes: number | null, downloadPath: string | null }> } }> } };

export type RecordProgressMutationVariables = Exact<{
  key: string;
  rows: Array<RecordProgressInput> | RecordProgressInput;
}>;


export type RecordProgressMutation = { recordProgressBatch: { recorded: number | null, rows: Array<{ index: number, record: { id: string, version: number } | null, problems: Array<{ path: Array<string>, code: string, message: string }> }> | null, problems: Array<{ path: Array<string>, code: string, message: string }> } };

export type SubmitPlanMutationVariables = Exact<{
  plan: string;
  version: number;
}>;


export type SubmitPlanMutation = { submitPlan: { plan: { id: string, version: number, state: PlanState, submittedAt: string | null } | null, problems: Array<{ path: Array<string>, code: string, message: string }> } };

export type TeamOnADayQueryVariables = Exact<{
  day: string;
  unit: string;
  after?: string | null | undefined;
}>;


export type TeamOnADayQuery = { employees: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, fullName: string, position: { title: string } | null, unit: { name: string } | null, superior: { fullName: string } | null }> } };

export type UnitDashboardQueryVariables = Exact<{
  unit: string;
  period: string;
}>;


export type UnitDashboardQuery = { unitDashboard: { headCount: number, planCount: number, withoutPlan: number, lateReporterCount: number, unit: { id: string, name: string, head: { fullName: string } | null } | null, plansByState: Array<{ state: PlanState, count: number }>, progress: { employees: number, employeesReporting: number, employeesPercent: string | null, indicators: number, indicatorsWithProgress: number, indicatorsPercent: string | null }, predicates: Array<{ windowNumber: number, predicate: Predicate, count: number }>, children: Array<{ headCount: number, planCount: number, withoutPlan: number, lateReporterCount: number, unit: { id: string, name: string } | null, plansByState: Array<{ state: PlanState, count: number }> }> } };

export type WaitingForMeQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type WaitingForMeQuery = { me: { employee: { id: string, evaluatedPlans: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, version: number, submittedAt: string | null, employee: { fullName: string, position: { title: string } | null } | null }> } } | null } | null };

export type WhoAmIQueryVariables = Exact<{ [key: string]: never; }>;


export type WhoAmIQuery = { me: { permissions: Array<string>, account: { id: string, displayName: string, language: string } | null, employee: { id: string, fullName: string, nip: string | null, position: { title: string } | null, unit: { id: string, name: string } | null, superior: { fullName: string } | null } | null, roles: Array<{ role: string, title: string, unit: { id: string, name: string } | null }>, unitsHeaded: Array<{ id: string, code: string, name: string }> } | null };

export type YearsEvaluationQueryVariables = Exact<{
  period: string;
}>;


export type YearsEvaluationQuery = { me: { employee: { id: string, evaluations: { nodes: Array<{ id: string, version: number, kind: EvaluationKind, state: EvaluationState, resultRating: Rating | null, resultNote: string, behaviorRating: Rating | null, behaviorNote: string, predicate: Predicate | null, predicateTerm: string | null, explanation: unknown, receivedOn: string | null, objectionDueOn: string | null, window: { number: number, name: string } | null, evaluator: { fullName: string } | null, organizationPerformance: { rating: OrganizationRating } | null, creditPoints: { points: string } | null }> } } | null } | null };

export const ChangesOfRow = new Operation<ChangesOfRowQuery, ChangesOfRowQueryVariables>(
  "ChangesOfRow",
  "query",
  `query ChangesOfRow($type: String!, $number: Int!) {
  history(first: 20, filter: {subjectType: {eq: $type}, subjectId: {eq: $number}}) {
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
}`,
);

export const DashboardChanges = new Operation<DashboardChangesSubscription, DashboardChangesSubscriptionVariables>(
  "DashboardChanges",
  "subscription",
  `subscription DashboardChanges($unit: ID!, $period: ID!) {
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
}`,
);

export const Distribution = new Operation<DistributionQuery, DistributionQueryVariables>(
  "Distribution",
  "query",
  `query Distribution($unit: ID!, $period: ID!, $window: ID) {
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
}`,
);

export const Employees = new Operation<EmployeesQuery, EmployeesQueryVariables>(
  "Employees",
  "query",
  `query Employees($first: Int!, $after: String) {
  employees(first: $first, after: $after, orderBy: [{name: ASC}]) {
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
}`,
);

export const FeedbackOnMe = new Operation<FeedbackOnMeQuery, FeedbackOnMeQueryVariables>(
  "FeedbackOnMe",
  "query",
  `query FeedbackOnMe($after: String) {
  me {
    employee {
      id
      plans(first: 2, filter: {state: {eq: APPROVED}}) {
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
}`,
);

export const FileObjection = new Operation<FileObjectionMutation, FileObjectionMutationVariables>(
  "FileObjection",
  "mutation",
  `mutation FileObjection($evaluation: ID!, $reason: String!) {
  fileObjection(input: {evaluationId: $evaluation, reason: $reason}) {
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
}`,
);

export const FindPeople = new Operation<FindPeopleQuery, FindPeopleQueryVariables>(
  "FindPeople",
  "query",
  `query FindPeople($name: String!, $unit: String!) {
  employees(
    first: 10
    filter: {and: [{name: {contains: $name}}, {assignments: {some: {unit: {code: {eq: $unit}}}}}], state: {eq: ACTIVE}}
    orderBy: [{name: ASC}]
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
}`,
);

export const ImportStatus = new Operation<ImportStatusQuery, ImportStatusQueryVariables>(
  "ImportStatus",
  "query",
  `query ImportStatus {
  history(
    first: 10
    filter: {subjectType: {eq: "ImportRun"}, action: {eq: "create"}}
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
}`,
);

export const LateReporters = new Operation<LateReportersQuery, LateReportersQueryVariables>(
  "LateReporters",
  "query",
  `query LateReporters($unit: ID!, $period: ID!) {
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
}`,
);

export const MyPlan = new Operation<MyPlanQuery, MyPlanQueryVariables>(
  "MyPlan",
  "query",
  `query MyPlan($period: String!) {
  me {
    employee {
      id
      plans(first: 5, filter: {period: {code: {eq: $period}}}) {
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
}`,
);

export const MyTeam = new Operation<MyTeamQuery, MyTeamQueryVariables>(
  "MyTeam",
  "query",
  `query MyTeam($period: String!) {
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
        plans(first: 2, filter: {period: {code: {eq: $period}}}) {
          nodes {
            id
            version
            state
            submittedAt
          }
        }
        evaluations(
          first: 4
          filter: {period: {code: {eq: $period}}}
          orderBy: [{createdAt: DESC}]
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
}`,
);

export const OpenObjections = new Operation<OpenObjectionsQuery, OpenObjectionsQueryVariables>(
  "OpenObjections",
  "query",
  `query OpenObjections($after: String) {
  objections(
    first: 20
    after: $after
    filter: {state: {eq: FILED}}
    orderBy: [{dueOn: ASC}]
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
}`,
);

export const Person = new Operation<PersonQuery, PersonQueryVariables>(
  "Person",
  "query",
  `query Person($id: ID!) {
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
      assignments(first: 10, orderBy: [{validFrom: DESC}]) {
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
}`,
);

export const PlanChanges = new Operation<PlanChangesSubscription, PlanChangesSubscriptionVariables>(
  "PlanChanges",
  "subscription",
  `subscription PlanChanges($unit: ID) {
  planStateChanged(unitId: $unit) {
    id
    version
    state
    employee {
      fullName
    }
  }
}`,
);

export const PlansByState = new Operation<PlansByStateQuery, PlansByStateQueryVariables>(
  "PlansByState",
  "query",
  `query PlansByState($period: String!) {
  performancePlansAggregate(
    filter: {period: {code: {eq: $period}}}
    groupBy: [{field: UNIT}, {field: STATE}]
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
}`,
);

export const PredicatesChart = new Operation<PredicatesChartQuery, PredicatesChartQueryVariables>(
  "PredicatesChart",
  "query",
  `query PredicatesChart($period: String!) {
  evaluationsAggregate(
    filter: {period: {code: {eq: $period}}, predicate: {isNull: false}}
    groupBy: [{field: PREDICATE}]
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
}`,
);

export const ProgressWithEvidence = new Operation<ProgressWithEvidenceQuery, ProgressWithEvidenceQueryVariables>(
  "ProgressWithEvidence",
  "query",
  `query ProgressWithEvidence($plan: ID!, $after: String) {
  progressRecords(
    first: 20
    after: $after
    filter: {plan: {id: {eq: $plan}}}
    orderBy: [{happenedOn: DESC}]
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
}`,
);

export const RecordProgress = new Operation<RecordProgressMutation, RecordProgressMutationVariables>(
  "RecordProgress",
  "mutation",
  `mutation RecordProgress($key: String!, $rows: [RecordProgressInput!]!) {
  recordProgressBatch(input: {idempotencyKey: $key, rows: $rows}) {
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
}`,
);

export const SubmitPlan = new Operation<SubmitPlanMutation, SubmitPlanMutationVariables>(
  "SubmitPlan",
  "mutation",
  `mutation SubmitPlan($plan: ID!, $version: Int!) {
  submitPlan(input: {planId: $plan, version: $version}) {
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
}`,
);

export const TeamOnADay = new Operation<TeamOnADayQuery, TeamOnADayQueryVariables>(
  "TeamOnADay",
  "query",
  `query TeamOnADay($day: Date!, $unit: String!, $after: String) {
  employees(
    first: 50
    after: $after
    asOf: $day
    filter: {unit: {code: {eq: $unit}}}
    orderBy: [{name: ASC}]
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
}`,
);

export const UnitDashboard = new Operation<UnitDashboardQuery, UnitDashboardQueryVariables>(
  "UnitDashboard",
  "query",
  `query UnitDashboard($unit: ID!, $period: ID!) {
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
}`,
);

export const WaitingForMe = new Operation<WaitingForMeQuery, WaitingForMeQueryVariables>(
  "WaitingForMe",
  "query",
  `query WaitingForMe($after: String) {
  me {
    employee {
      id
      evaluatedPlans(
        first: 20
        after: $after
        filter: {state: {eq: SUBMITTED}}
        orderBy: [{submittedAt: ASC}]
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
}`,
);

export const WhoAmI = new Operation<WhoAmIQuery, WhoAmIQueryVariables>(
  "WhoAmI",
  "query",
  `query WhoAmI {
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
}`,
);

export const YearsEvaluation = new Operation<YearsEvaluationQuery, YearsEvaluationQueryVariables>(
  "YearsEvaluation",
  "query",
  `query YearsEvaluation($period: String!) {
  me {
    employee {
      id
      evaluations(
        first: 20
        filter: {period: {code: {eq: $period}}}
        orderBy: [{createdAt: ASC}]
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
}`,
);
