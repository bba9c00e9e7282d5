/** One problem of a mutation, as every payload lists them. */
export interface Problem {
  /** Stable, for programs. */
  code: string;
  /** For people: the fault and the remedy, in the language that was asked for. */
  message: string;
  /** Place in the input; empty for the whole request. */
  path?: readonly string[];
}

/** One entry of `errors` in an answer. */
export interface ApiError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: { code?: string; requestId?: string; [key: string]: unknown };
}

/** The API did not answer the operation: the first error's code and message, the request's number, all errors. */
export class KinerjaError extends Error {
  override readonly name: string = "KinerjaError";

  constructor(
    readonly code: string,
    message: string,
    /** HTTP status; 0 where no answer came. */
    readonly status: number = 0,
    readonly requestId: string | null = null,
    readonly errors: readonly ApiError[] = [],
    /** What was read in spite of the errors. */
    readonly data: unknown = null,
  ) {
    super(message);
  }

  /** Whether the same may work a little later: no answer, too much at once, or a fault of the server. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** A mutation was refused and wrote nothing; `problems` say why. */
export class Refused extends Error {
  override readonly name: string = "Refused";

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => `${problem.code}: ${problem.message}`).join("\n"));
  }
}

/** Return the payload of a mutation that was done; throw `Refused` with its problems otherwise. */
export function done<Payload extends { problems: readonly Problem[] }>(payload: Payload): Payload {
  if (payload.problems.length > 0) throw new Refused(payload.problems);
  return payload;
}
