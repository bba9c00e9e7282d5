// Pages on which rows are changed: searching in large relations as one types, ticks beside fields, progress of a run.
"use strict";

// Without a script the first wrong field has the focus by its attribute; an anchor in the address would take it away.
document.querySelector("[aria-invalid=true]")?.focus();

for (const finder of document.querySelectorAll(".finder[data-finder]")) {
  const words = finder.querySelector("input");
  const button = finder.querySelector("button");
  const state = finder.querySelector("[role=status]");
  const list = finder.parentElement.querySelector("select");
  let asked = 0;
  let timer = 0;

  const show = (rows) => {
    // What is chosen stays, and so does the line for "none".
    for (const option of [...list.options]) if (option.value && !option.selected) option.remove();
    const held = new Set([...list.options].map((option) => option.value));
    const found = rows.filter((row) => !held.has(String(row.id)));
    list.append(...found.map((row) => new Option(row.text, row.id)));
    state.textContent = rows.length ? finder.dataset.choose : finder.dataset.none;
  };
  const ask = async () => {
    const number = ++asked;
    if (!words.value.trim()) return;
    const address = new URL(finder.dataset.finder, location.href);
    address.searchParams.set("q", words.value.trim());
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      const rows = answer.ok ? await answer.json() : [];
      if (number === asked) show(rows);
    } catch {
      // The button still asks the server for the whole form.
      button.type = "submit";
    }
  };
  if (!finder.dataset.finder) continue;
  // So that Enter in another field saves instead of searching.
  button.type = "button";
  button.addEventListener("click", ask);
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  });
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    ask();
  });
}

// Whoever writes into a field of a bulk change wants it changed.
for (const tick of document.querySelectorAll("[data-ticks]")) {
  const box = tick.closest(".change");
  box.addEventListener("input", (event) => {
    if (event.target !== tick) tick.checked = true;
  });
}

const progress = document.querySelector("[data-progress]");
if (progress) {
  const follow = async () => {
    try {
      const answer = await fetch(progress.dataset.progress, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const run = await answer.json();
      const bar = progress.querySelector("progress");
      bar.value = run.done;
      bar.max = run.total;
      progress.querySelector("[role=status]").textContent = run.text;
      // Results, and what can be done now, come with the whole page.
      if (run.isOver) return location.reload();
    } catch {
      // The next time, then; the link "refresh" works as well.
    }
    setTimeout(follow, 1500);
  };
  setTimeout(follow, 1000);
}
