/** One operation of the API: its text, and the types of its answer and of its variables. */
export class Operation<Data, Variables> {
  /** Only for the compiler: what the operation takes and gives. */
  declare readonly types: (variables: Variables) => Data;

  constructor(
    readonly name: string,
    readonly kind: "query" | "mutation" | "subscription",
    readonly text: string,
  ) {}
}

/** What a page of a connection has to select, so that `pages` can go on. */
export interface Page<Row> {
  nodes: readonly Row[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
