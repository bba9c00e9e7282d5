"use strict";
/* Follows a state of the server: by a stream where there is a place, otherwise by asking again and again. */
(() => {
  const QUIET = 40000; // The server shows every 15 seconds that it lives.
  const STREAM_AGAIN = 30000;

  function timeText() {
    return new Date().toLocaleTimeString("en-GB");
  }

  /* The mark that the line is lost; `texts` fills the gaps of its text. */
  function lineMark(texts = () => ({})) {
    const place = document.querySelector("[data-line]");
    let since = "";
    return {
      show(isLost) {
        if (!place) return;
        since = since || timeText();
        const filled = { time: since, ...texts() };
        place.textContent = (isLost ? place.dataset.lost : place.dataset.back).replace(/\{(\w+)\}/g, (_, name) => filled[name] ?? "");
        place.classList.toggle("lost", isLost);
        document.body.classList.toggle("is-lost", isLost);
        place.hidden = false;
        if (!isLost) {
          since = "";
          setTimeout(() => { if (!place.classList.contains("lost")) place.hidden = true; }, 5000);
        }
      },
    };
  }

  /* Calls `told` with each new state and `lined(isLost)` when the line is lost or comes back. */
  function follow(element, told, lined) {
    const every = Number(element.dataset.every) * 1000;
    let source = null, asking = null, heardAt = Date.now(), isLost = false, last = "";

    function heard() {
      heardAt = Date.now();
      if (isLost) { isLost = false; lined(false); }
    }
    function missed() {
      if (!isLost) { isLost = true; lined(true); }
    }
    function take(text) {
      heard();
      if (text !== last) { last = text; told(JSON.parse(text)); }
    }
    async function ask() {
      try {
        const answer = await fetch(element.dataset.poll, { signal: AbortSignal.timeout(8000) });
        if (answer.ok) take(await answer.text());
        else if (answer.status >= 500) missed();
      } catch { missed(); }
    }
    function askOn() {
      if (asking === null) asking = setInterval(ask, every);
      ask();
    }
    function askOff() {
      clearInterval(asking);
      asking = null;
    }
    function open() {
      if (source) return;
      if (!window.EventSource) { askOn(); return; }
      source = new EventSource(element.dataset.stream);
      source.addEventListener("state", (event) => { askOff(); take(event.data); });
      source.addEventListener("beat", () => { askOff(); heard(); });
      source.addEventListener("error", () => {
        // Closed: no place for this stream now. Otherwise the browser comes again by itself, with the last id.
        if (source.readyState === EventSource.CLOSED) { source = null; setTimeout(open, STREAM_AGAIN); }
        askOn();
      });
    }
    setInterval(() => {
      if (Date.now() - heardAt < QUIET || asking !== null) return;
      if (source) { source.close(); source = null; }
      open();
      askOn();
    }, 5000);
    addEventListener("offline", () => {
      if (source) { source.close(); source = null; }
      missed();
      askOn();
    });
    addEventListener("online", () => {
      ask();
      if (!source) open();
    });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
    addEventListener("pagehide", () => { if (source) source.close(); });
    open();
    return { isLost: () => isLost, missed, heard };
  }

  /* Fetches a part of a page; null where the line is lost, false where nobody is logged in, "" where it is refused. */
  async function part(address, options = {}) {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(10000), ...options });
      if ([502, 503, 504].includes(answer.status)) return null;
      if (answer.status === 401) return false;
      if (answer.ok || answer.status === 422) return await answer.text();
      return "";
    } catch { return null; }
  }

  window.queueing = { follow, lineMark, part, timeText };

  /* Parts that are fetched anew whenever the state has changed. */
  for (const element of document.querySelectorAll("[data-live]")) {
    const pause = Number(element.dataset.pause || 0) * 1000;
    const mark = lineMark();
    let due = null, lastAt = 0;
    const renew = async () => {
      due = null;
      lastAt = Date.now();
      const text = await part(element.dataset.part);
      if (!text) return;
      const before = element.querySelector("[data-ticket-state]")?.dataset.ticketState;
      element.innerHTML = text;
      const after = element.querySelector("[data-ticket-state]")?.dataset.ticketState;
      if (before === after) return;
      if (after === "CALLED" && navigator.vibrate) navigator.vibrate([300, 150, 300]);
      // What can be done changes with the state; whoever types just now is not disturbed.
      if (!document.activeElement || document.activeElement.tagName !== "INPUT") location.reload();
    };
    follow(element, () => { due = due ?? setTimeout(renew, Math.max(0, lastAt + pause - Date.now())); }, mark.show);
  }
})();
