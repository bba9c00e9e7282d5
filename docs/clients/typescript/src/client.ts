import { KinerjaError, Refused } from "./errors.js";
import type { ApiError } from "./errors.js";
import { eventsOf } from "./events.js";
import type { Operation, Page } from "./operation.js";
import { LogIn, LogOut, Refresh } from "./session.js";
import { backOff, pause, retryAfter } from "./waiting.js";

/** The tokens of a session; keep `refreshToken` safe, it works once and brings the next one. */
export interface Tokens {
  accessToken: string;
  refreshToken: string;
  /** When the access token ends, in milliseconds since 1970. */
  expiresAt: number;
}

export interface ClientOptions {
  /** Address of the API, such as https://kinerja.example.go.id/graphql. */
  url: string;
  /** Address for subscriptions where `kinerja live` answers elsewhere; by default `url`. */
  liveUrl?: string;
  /** An API token, for a program without a person. */
  apiToken?: string;
  /** Tokens kept from before, so that nobody has to log in again. */
  tokens?: Tokens;
  /** Called with each new pair of tokens, and with null after the session ended. */
  onTokens?: (tokens: Tokens | null) => void;
  /** Language of messages. */
  language?: "id" | "en";
  /** How often a request is sent before it is given up. */
  attempts?: number;
  /** Longest wait between two attempts, in seconds. */
  longestWait?: number;
  /** Seconds of silence after which a stream counts as broken. */
  silence?: number;
  fetch?: typeof fetch;
}

export interface RunOptions {
  signal?: AbortSignal;
  /** Whether a mutation may be sent again after a lost answer: only with an idempotency key. */
  isIdempotent?: boolean;
}

/** What an operation cost, of how much a request may cost, and what is left of the caller's budget. */
export interface Cost {
  requested: number;
  limit: number;
  remaining?: number;
}

export interface Answer<Data> {
  data: Data;
  extensions: { cost?: Cost; [key: string]: unknown };
  requestId: string | null;
}

export interface Delivery<Data> {
  data: Data;
  /** To continue after this event later: `subscribe(…, { lastEventId })`. */
  id: string;
  /** What could not be read although the rest was. */
  errors: readonly ApiError[];
  /** `live` names the event and its time. */
  extensions: { live?: { event: string; at: string }; [key: string]: unknown };
}

const EARLY = 30_000;

/** Return a key for a batch: keep it until the answer has come, and send the same one again. */
export function newIdempotencyKey(): string {
  return crypto.randomUUID();
}

/** A client of one Kinerja; safe for many calls at once. */
export class Client {
  #tokens: Tokens | null;
  #refreshing: Promise<void> | null = null;
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#tokens = options.tokens ?? null;
  }

  /** Log in; throw `Refused` when name and password do not fit, or a code is needed (SECOND_FACTOR_NEEDED). */
  async login(username: string, password: string, code: string | null = null): Promise<void> {
    const { login } = await this.#send(LogIn, { username, password, code }, {}, false).then((answer) => answer.data);
    this.#keep(login);
  }

  /** End the session on the server and forget its tokens. */
  async logout(): Promise<void> {
    if (this.#tokens !== null) await this.run(LogOut, {});
    this.#forget();
  }

  /** Run a query or a mutation and return its data; a mutation's problems are in its payload (see `done`). */
  async run<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    options: RunOptions = {},
  ): Promise<Data> {
    return (await this.execute(operation, variables, options)).data;
  }

  /** Like `run`, with the cost of the operation and the number of the request. */
  async execute<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    options: RunOptions = {},
  ): Promise<Answer<Data>> {
    return this.#send(operation, variables, options, true);
  }

  /** Read a connection row by row, page after page; the operation takes `after` and selects `pageInfo`. */
  async *pages<Data, Variables extends { after?: string | null | undefined }, Row>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    connection: (data: Data) => Page<Row> | null | undefined,
    options: RunOptions = {},
  ): AsyncGenerator<Row, void, undefined> {
    let after = variables.after;
    for (;;) {
      const page = connection(await this.run(operation, { ...variables, after }, options));
      if (page === null || page === undefined) return;
      yield* page.nodes;
      if (!page.pageInfo.hasNextPage || page.pageInfo.endCursor === null) return;
      after = page.pageInfo.endCursor;
    }
  }

  /**
   * Receive what happens, from now on or after the event `lastEventId`. A broken connection is made again and continues
   * after the last event, so that nothing is missed. Ends when the server completes the subscription, or with `signal`.
   */
  async *subscribe<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    options: { signal?: AbortSignal; lastEventId?: string } = {},
  ): AsyncGenerator<Delivery<Data>, void, undefined> {
    let last = options.lastEventId ?? "";
    let failures = 0;
    let named: number | null = null;
    let renewed = false;
    for (;;) {
      const broken = new AbortController();
      const signal = options.signal === undefined ? broken.signal : AbortSignal.any([options.signal, broken.signal]);
      let watch: ReturnType<typeof setTimeout> | undefined;
      const alive = (): void => {
        clearTimeout(watch);
        watch = setTimeout(() => broken.abort(new Error("silence")), (this.#options.silence ?? 60) * 1000);
      };
      let wait: number | null = null;
      let isOver = false;
      try {
        alive();
        const response = await this.#post(this.#options.liveUrl ?? this.#options.url, operation, variables, true, signal, {
          Accept: "text/event-stream",
          ...(last === "" ? {} : { "Last-Event-ID": last }),
        });
        if (response.ok && response.body !== null && isStream(response)) {
          for await (const event of eventsOf(response.body)) {
            alive();
            if (event === null) continue;
            named = event.retry ?? named;
            if (event.id !== "") last = event.id;
            if (event.event === "complete") return;
            if (event.event !== "next") continue;
            failures = 0;
            const answer = JSON.parse(event.data) as Content;
            if (answer.data == null) {
              const fault = faultOf(answer, response);
              // The access token has ended while the stream ran.
              isOver = fault.code === "UNAUTHENTICATED" && !renewed && this.#tokens !== null;
              if (!isOver) throw fault;
              break;
            }
            renewed = false;
            yield { data: answer.data as Data, id: last, errors: answer.errors ?? [], extensions: answer.extensions ?? {} };
          }
          if (isOver) {
            await this.#renew();
            renewed = true;
            continue;
          }
        } else if (response.status === 401 && !renewed && (await this.#renewAfter401())) {
          renewed = true;
          continue;
        } else if (response.status === 429 || response.status >= 500) {
          await response.body?.cancel();
          wait = retryAfter(response.headers.get("Retry-After"));
        } else {
          throw faultOf(await jsonOf(response), response);
        }
      } catch (error) {
        if (options.signal?.aborted === true) return;
        if (error instanceof Refused || (error instanceof KinerjaError && !error.mayPass)) throw error;
      } finally {
        clearTimeout(watch);
        broken.abort();
      }
      try {
        await pause(wait ?? Math.max(named ?? 0, backOff(failures, this.#options.longestWait ?? 30)), options.signal);
      } catch {
        return;
      }
      failures += 1;
    }
  }

  async #send<Data, Variables>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    options: RunOptions,
    isSigned: boolean,
  ): Promise<Answer<Data>> {
    const mayRepeat = operation.kind === "query" || options.isIdempotent === true;
    const attempts = this.#options.attempts ?? 5;
    let renewed = false;
    for (let number = 0; ; number += 1) {
      const isLast = number + 1 >= attempts;
      let response: Response;
      let content: Content;
      try {
        response = await this.#post(this.#options.url, operation, variables, isSigned, options.signal ?? null, {
          Accept: "application/graphql-response+json, application/json;q=0.9",
        });
        content = await jsonOf(response);
      } catch (error) {
        if (options.signal?.aborted === true || error instanceof KinerjaError || error instanceof Refused) throw error;
        if (isLast || !mayRepeat) throw new KinerjaError("NO_ANSWER", `No answer from ${this.#options.url}: ${String(error)}`);
        await pause(backOff(number, this.#options.longestWait ?? 30), options.signal);
        continue;
      }
      if (response.status === 401 && isSigned && !renewed && (await this.#renewAfter401())) {
        renewed = true;
        continue;
      }
      const asked = retryAfter(response.headers.get("Retry-After"));
      const isAway = content.errors?.[0]?.extensions?.code === "DATABASE_UNAVAILABLE";
      // 429 and a 503 that names a time were refused before anything ran; whoever has lost its database may have written.
      const wasRefused = response.status === 429 || (response.status === 503 && asked !== null && !isAway);
      if (!isLast && (wasRefused || (mayRepeat && (isAway || response.status === 503)))) {
        await pause(asked ?? backOff(number, this.#options.longestWait ?? 30), options.signal);
        continue;
      }
      if (!response.ok || content.errors !== undefined || content.data == null) throw faultOf(content, response);
      return {
        data: content.data as Data,
        extensions: content.extensions ?? {},
        requestId: response.headers.get("X-Request-Id"),
      };
    }
  }

  async #post<Data, Variables>(
    url: string,
    operation: Operation<Data, Variables>,
    variables: Variables,
    isSigned: boolean,
    signal: AbortSignal | null,
    headers: Record<string, string>,
  ): Promise<Response> {
    const token = isSigned ? await this.#accessToken() : null;
    return (this.#options.fetch ?? fetch)(url, {
      method: "POST",
      signal,
      headers: {
        "Content-Type": "application/json",
        "Accept-Language": this.#options.language ?? "id",
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify({ query: operation.text, operationName: operation.name, variables }),
    });
  }

  async #accessToken(): Promise<string | null> {
    if (this.#tokens !== null && this.#tokens.expiresAt - EARLY < Date.now()) await this.#renew();
    return this.#tokens?.accessToken ?? this.#options.apiToken ?? null;
  }

  async #renewAfter401(): Promise<boolean> {
    if (this.#tokens === null) return false;
    await this.#renew();
    return true;
  }

  /** Renew once, however many calls wait for it: a refresh token that is used twice ends the session. */
  #renew(): Promise<void> {
    this.#refreshing ??= this.#renewed().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #renewed(): Promise<void> {
    const token = this.#tokens?.refreshToken ?? "";
    const { refresh } = (await this.#send(Refresh, { token }, {}, false)).data;
    if (refresh.problems.length > 0) this.#forget();
    this.#keep(refresh);
  }

  #keep(given: {
    accessToken: string | null;
    refreshToken: string | null;
    expiresIn: number | null;
    problems: ReadonlyArray<{ code: string; message: string; path: readonly string[] }>;
  }): void {
    const { accessToken, refreshToken, expiresIn } = given;
    if (accessToken === null || refreshToken === null || expiresIn === null) throw new Refused(given.problems);
    this.#tokens = { accessToken, refreshToken, expiresAt: Date.now() + expiresIn * 1000 };
    this.#options.onTokens?.(this.#tokens);
  }

  #forget(): void {
    this.#tokens = null;
    this.#options.onTokens?.(null);
  }
}

interface Content {
  data?: unknown;
  errors?: ApiError[];
  extensions?: Record<string, unknown>;
}

function isStream(response: Response): boolean {
  return (response.headers.get("Content-Type") ?? "").startsWith("text/event-stream");
}

async function jsonOf(response: Response): Promise<Content> {
  const text = await response.text();
  try {
    const content: unknown = JSON.parse(text);
    if (typeof content === "object" && content !== null) return content;
  } catch {
    // A proxy's page, for instance.
  }
  return { errors: [{ message: `HTTP ${response.status}`, extensions: { code: `HTTP_${response.status}` } }] };
}

function faultOf(content: Content, response: Response): KinerjaError {
  const errors = content.errors ?? [];
  const first = errors[0];
  return new KinerjaError(
    first?.extensions?.code ?? "UNKNOWN",
    first?.message ?? `HTTP ${response.status}`,
    response.status,
    first?.extensions?.requestId ?? response.headers.get("X-Request-Id"),
    errors,
    content.data ?? null,
  );
}
