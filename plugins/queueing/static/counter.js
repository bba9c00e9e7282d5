"use strict";
/* The counter: keys, and what is done while the line is lost is kept here and sent later under the same keys. */
(() => {
  const desk = document.querySelector("[data-counter]");
  const line = document.querySelector("[data-line]").dataset;
  const refusals = document.querySelector("[data-refusals]");
  const stateTexts = JSON.parse(desk.dataset.states);
  const place = `queueing.offline.${desk.dataset.counter}`;
  const AFTER = { CALLED: "CALLED", RECALLED: "CALLED", SERVING: "SERVING", RESUMED: "SERVING" };
  let busy = false, ahead = 0;

  const kept = () => JSON.parse(localStorage.getItem(place) || "[]");
  const keep = (events) => localStorage.setItem(place, JSON.stringify(events));
  const mark = queueing.lineMark(() => ({ count: kept().length }));
  const root = () => desk.firstElementChild;

  function newKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
  // The clock of this machine may be wrong; the server's counts.
  const now = () => new Date(Date.now() + ahead).toISOString();

  function refuse(text) {
    const row = document.createElement("li");
    row.className = "problem";
    row.textContent = text;
    refusals.append(row);
    setTimeout(() => row.remove(), 60000);
  }

  function show(html) {
    const focused = document.activeElement?.dataset?.key, isOpen = desk.querySelector("[data-booked]")?.open;
    desk.innerHTML = html;
    settle();
    if (isOpen) desk.querySelector("[data-booked]")?.setAttribute("open", "");
    if (focused) desk.querySelector(`[data-key="${focused}"]`)?.focus();
  }
  function settle() {
    const told = Date.parse(root()?.dataset.now || "");
    if (told) ahead = told - Date.now();
  }

  async function renew() {
    // Whoever chooses just now to whom somebody is passed on is not disturbed.
    if (busy || kept().length || follower.isLost() || document.activeElement?.tagName === "SELECT") return;
    const html = await queueing.part(desk.dataset.part);
    if (html && !busy && !kept().length) show(html);
  }

  /* ---- acts */
  async function act(form, button) {
    if (busy || button.disabled) return;
    const data = new FormData(form, button), key = newKey();
    data.set("key", key);
    const done = {
      act: data.get("act"), kind: button.dataset.kind, ticket: data.get("ticket"), key, at: now(),
      label: button.dataset.labelOf || root().querySelector("[data-label]").textContent.trim(),
    };
    if (kept().length || follower.isLost()) { offline(form, done); return; }
    busy = true;
    document.body.classList.add("is-busy");
    const address = new URL(form.action);
    address.searchParams.set("part", "live");
    const html = await queueing.part(address, { method: "POST", body: data });
    busy = false;
    document.body.classList.remove("is-busy");
    if (html === null) { follower.missed(); offline(form, done); return; }
    if (!html) { refuse(html === false ? line.login : line.failed); renew(); return; }
    show(html);
  }

  function offline(form, done) {
    const state = root();
    if ("online" in form.dataset || !done.kind) { refuse(line.failed); return; }
    if (done.act === "next") {
      const first = state.querySelector("[data-line-up] li");
      if (!first) { refuse(desk.dataset.empty); return; }
      done.ticket = first.dataset.ticket;
      done.label = first.dataset.label;
      first.remove();
      const count = state.querySelector("[data-waiting]");
      count.textContent = Math.max(0, Number(count.textContent) - 1);
    }
    if (!done.ticket) return;
    keep([...kept(), { ticket: Number(done.ticket), kind: done.kind, at: done.at, key: done.key, label: done.label }]);
    const isOther = "labelOf" in (form.querySelector("button")?.dataset || {});
    if (isOther) form.closest("li").remove();
    if (!isOther || done.kind === "RESUMED") present(done);
    mark.show(true);
  }

  /* Shows what follows from an act as far as it is known here. */
  function present(done) {
    const state = root(), after = AFTER[done.kind] || "NONE";
    state.dataset.state = after;
    state.querySelector("[data-label]").textContent = after === "NONE" ? "–" : done.label;
    state.querySelector("[data-state-text]").textContent = stateTexts[after];
    state.querySelector("[data-details]")?.remove();
    for (const form of state.querySelectorAll(".present form")) {
      form.querySelector("[name=ticket]").value = after === "NONE" ? "" : done.ticket;
      if ("online" in form.dataset) for (const one of form.elements) one.disabled = true;
    }
    for (const button of state.querySelectorAll("[data-from]")) {
      button.disabled = button.closest("[data-online]") !== null || !button.dataset.from.split(" ").includes(after);
    }
  }

  /* ---- the line is back */
  /* Whoever has logged in again meanwhile has another token; what is kept here goes with that. */
  async function takeToken() {
    const fresh = document.createElement("template");
    fresh.innerHTML = await queueing.part(desk.dataset.part) || "";
    const token = fresh.content.firstElementChild?.dataset.token;
    if (token) {
      root().dataset.token = token;
      for (const field of desk.querySelectorAll("[name=token]")) field.value = token;
    } else if (!refusals.children.length) refuse(line.login);
  }
  async function send() {
    const events = kept();
    if (!events.length || busy) return;
    busy = true;
    try {
      const answer = await fetch(desk.dataset.offline, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Form-Token": root().dataset.token },
        body: JSON.stringify({ events: events.slice(0, 500).map(({ ticket, kind, at, key }) => ({ ticket, kind, at, key })) }),
        signal: AbortSignal.timeout(20000),
      });
      if (answer.status === 401 || answer.status === 403) { await takeToken(); return; }
      if (!answer.ok) return;
      const outcomes = new Map((await answer.json()).outcomes.map((one) => [one.key, one.problem]));
      keep(kept().filter((event) => !outcomes.has(event.key)));
      for (const event of events) {
        const problem = outcomes.get(event.key);
        if (problem) refuse(line.refused.replace("{label}", event.label).replace("{problem}", problem));
      }
      if (!kept().length) { follower.heard(); mark.show(false); }
    } catch { /* still lost */ } finally { busy = false; }
    renew();
  }

  /* ---- keys: off by the box below, and never while something is typed or chosen */
  const keys = document.querySelector("[data-keys]");
  keys.checked = localStorage.getItem("queueing.keys") !== "off";
  keys.addEventListener("change", () => localStorage.setItem("queueing.keys", keys.checked ? "on" : "off"));
  addEventListener("keydown", (event) => {
    if (!keys.checked || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const focus = desk.querySelector(`[data-focus="${event.key}"]`);
    if (focus && !focus.disabled) { event.preventDefault(); focus.focus(); return; }
    const button = desk.querySelector(`button[data-key="${event.key}"]`);
    if (button) { event.preventDefault(); act(button.form, button); }
  });
  desk.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-act]")) return;
    event.preventDefault();
    act(event.target, event.submitter || event.target.querySelector("button"));
  });

  settle();
  let due = null;
  const follower = queueing.follow(desk, () => {
    send();
    due = due ?? setTimeout(() => { due = null; renew(); }, 150);
  }, (isLost) => {
    if (isLost) mark.show(true);
    else if (kept().length) send();
    else { mark.show(false); renew(); }
  });
  setInterval(send, 4000);
  if (kept().length) mark.show(true);
})();
