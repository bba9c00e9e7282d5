// Choosing rows of a list; without this, each is ticked by hand.
"use strict";

for (const form of document.querySelectorAll("form[data-bulk]")) {
  const whole = form.querySelector("[data-choose-page]");
  const text = form.querySelector("[data-choose-text]");
  const told = form.querySelector("[data-chosen]");
  const everything = form.querySelector('input[name="all"]');
  const boxes = [...form.querySelectorAll('input[name="id"]')];
  let last = -1;

  const tell = () => {
    const count = boxes.filter((box) => box.checked).length;
    whole.checked = count === boxes.length;
    whole.indeterminate = count > 0 && count < boxes.length;
    told.textContent = everything.checked ? "" : told.dataset.text.replace("{count}", count.toLocaleString(document.documentElement.lang));
    for (const box of boxes) box.disabled = everything.checked;
    whole.disabled = everything.checked;
  };
  whole.hidden = text.hidden = false;
  whole.addEventListener("change", () => {
    for (const box of boxes) box.checked = whole.checked;
    tell();
  });
  everything.addEventListener("change", tell);
  boxes.forEach((box, at) => box.addEventListener("click", (event) => {
    // With the shift key, all rows between this one and the last one.
    if (event.shiftKey && last >= 0)
      for (const between of boxes.slice(Math.min(at, last), Math.max(at, last) + 1)) between.checked = box.checked;
    last = at;
    tell();
  }));
  tell();
}

// An address without the inputs that were left empty is short enough to be sent to others.
for (const form of document.querySelectorAll(".filters form"))
  form.addEventListener("submit", () => {
    for (const input of form.querySelectorAll("input, select")) if (input.name && input.value === "") input.disabled = true;
  });
window.addEventListener("pageshow", () => {
  for (const input of document.querySelectorAll(".filters form :disabled")) input.disabled = false;
});
