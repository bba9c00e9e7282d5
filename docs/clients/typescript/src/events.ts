/** One server-sent event. */
export interface ServerEvent {
  event: string;
  data: string;
  /** Id for `Last-Event-ID`; empty without one. */
  id: string;
  /** Seconds to wait before connecting again, where the server names them. */
  retry: number | null;
}

/** Read the events of a `text/event-stream` body; null stands for a sign of life (a comment). */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent | null> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let waiting = "";
  let event = fresh();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      // An event without its empty line is not whole: the connection broke in its middle.
      if (done) return;
      waiting += decoder.decode(value, { stream: true });
      // A lone \r at the end may be the first half of \r\n.
      const lines = waiting.split(/\r\n|\n|\r(?!$)/);
      waiting = lines.pop() ?? "";
      for (const line of lines) {
        if (line === "") {
          if (event.touched) yield event.made;
          event = fresh();
        } else if (line.startsWith(":")) {
          yield null;
        } else {
          take(event, line);
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

interface Growing {
  made: ServerEvent;
  touched: boolean;
}

function fresh(): Growing {
  return { made: { event: "message", data: "", id: "", retry: null }, touched: false };
}

function take(event: Growing, line: string): void {
  const colon = line.indexOf(":");
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
  event.touched = true;
  if (name === "data") event.made.data += event.made.data === "" ? value : `\n${value}`;
  else if (name === "event") event.made.event = value;
  else if (name === "id") event.made.id = value;
  else if (name === "retry" && /^\d+$/.test(value)) event.made.retry = Number(value) / 1000;
}
