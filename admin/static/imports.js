/* The upload becomes a place to drop a file, a file too large is told before it is sent, and progress is shown live. */
"use strict";

for (const zone of document.querySelectorAll("[data-import-drop]")) {
  const input = zone.querySelector("input[type=file]");
  const problem = zone.querySelector(".field__problem");
  const hint = document.createElement("p");
  hint.className = "field__help";
  hint.textContent = zone.dataset.hint;
  input.after(hint);

  const check = () => {
    const file = input.files[0];
    const isTooLarge = file && file.size > Number(zone.dataset.limit);
    const size = file ? Math.ceil(file.size / 1000000).toLocaleString(document.documentElement.lang) : "";
    problem.hidden = !isTooLarge;
    problem.textContent = isTooLarge ? zone.dataset.tooLarge.replace("{size}", size) : "";
    zone.classList.toggle("field--wrong", Boolean(isTooLarge));
    return !isTooLarge;
  };
  input.addEventListener("change", check);
  input.form.addEventListener("submit", (event) => {
    if (!check()) {
      event.preventDefault();
      input.focus();
    }
  });

  let depth = 0;
  const mark = (by) => {
    depth = Math.max(0, depth + by);
    zone.classList.toggle("import-drop--over", depth > 0);
  };
  zone.addEventListener("dragenter", () => mark(1));
  zone.addEventListener("dragleave", () => mark(-1));
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(-depth);
    if (event.dataTransfer.files.length > 0) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
    }
  });
}

for (const panel of document.querySelectorAll("[data-import-progress]")) {
  const bar = panel.querySelector("progress");
  const state = panel.querySelector("[data-import-state]");
  const rows = panel.querySelector("[data-import-rows]");
  const written = (number) => number.toLocaleString(document.documentElement.lang);

  const look = async () => {
    try {
      const answer = await fetch(panel.dataset.importProgress, { headers: { Accept: "application/json" } });
      const found = await answer.json();
      if (!answer.ok || found.over) {
        window.location.reload();
        return;
      }
      if (state.textContent !== found.text) {
        state.textContent = found.text;
      }
      if (found.total > 0) {
        bar.max = found.total;
        bar.value = found.done;
        rows.textContent = panel.dataset.rows
          .replace("{done}", written(found.done))
          .replace("{total}", written(found.total));
      }
    } catch {
      // The server does not answer for a moment: ask again.
    }
    window.setTimeout(look, 1500);
  };
  window.setTimeout(look, 800);
}
