// Small comforts; every page does without.
"use strict";

// Buttons that copy the text of another element.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.value || source.textContent.trim());
    button.textContent = button.dataset.copied;
  } catch {
    getSelection().selectAllChildren(source);
  }
});
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.target) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
  // An answer that is a file leaves this page as it is: it may be asked for again.
  setTimeout(() => delete form.dataset.sent, 3000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Inputs that hold the number of a record become a search by name with a list of what is found.
let made = 0;
function lookUp(box) {
  const held = box.querySelector("input");
  const url = box.dataset.lookup;
  if (!held || !url) return;
  const typed = held.cloneNode();
  const list = document.createElement("ul");
  const state = document.createElement("span");
  const isMany = "many" in box.dataset;
  const name = held.name;
  const key = `lookup-${++made}`;
  let found = [], chosen = -1, timer = 0, asked = 0;

  typed.removeAttribute("name");
  typed.removeAttribute("inputmode");
  typed.value = isMany ? "" : box.dataset.label || "";
  typed.placeholder = box.dataset.hint;
  for (const [attribute, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", key], ["aria-autocomplete", "list"]])
    typed.setAttribute(attribute, value);
  list.id = key;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.hint);
  state.className = "visually-hidden";
  state.setAttribute("role", "status");
  held.type = "hidden";
  for (const attribute of ["id", "required", "aria-describedby", "aria-invalid"]) held.removeAttribute(attribute);
  if (isMany) held.removeAttribute("name");
  box.append(typed, list, state);

  const close = () => {
    list.hidden = true;
    chosen = -1;
    typed.setAttribute("aria-expanded", "false");
    typed.removeAttribute("aria-activedescendant");
  };
  const say = (text) => {
    state.textContent = text;
    list.replaceChildren();
    const item = document.createElement("li");
    item.textContent = text;
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    list.append(item);
    list.hidden = false;
  };
  const mark = (index) => {
    chosen = index;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    if (index >= 0) {
      typed.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }
  };
  const take = (entry) => {
    if (isMany) {
      const label = document.createElement("label");
      const tick = document.createElement("input");
      Object.assign(tick, { type: "checkbox", name, value: entry.id, checked: true });
      label.append(tick, " " + entry.text);
      box.parentElement.querySelector(".choices").append(label);
      typed.value = "";
    } else {
      held.value = entry.id;
      typed.value = entry.text;
      typed.setCustomValidity("");
    }
    close();
  };
  const show = (entries) => {
    found = entries;
    if (!entries.length) return say(box.dataset.none);
    list.replaceChildren(...entries.map((entry, at) => {
      const item = document.createElement("li");
      item.id = `${key}-${at}`;
      item.textContent = entry.text;
      item.setAttribute("role", "option");
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(entry); });
      return item;
    }));
    list.hidden = false;
    state.textContent = String(entries.length);
    typed.setAttribute("aria-expanded", "true");
    mark(-1);
  };
  const ask = async () => {
    const number = ++asked;
    try {
      const address = new URL(url, location.href);
      address.searchParams.set("q", typed.value.trim());
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const entries = await answer.json();
      if (number === asked) show(entries);
    } catch {
      if (number === asked) { found = []; say(box.dataset.failed); }
    }
  };

  typed.addEventListener("input", () => {
    if (!isMany) {
      held.value = "";
      typed.setCustomValidity(typed.value.trim() ? box.dataset.hint : "");
    }
    clearTimeout(timer);
    timer = setTimeout(ask, 200);
  });
  typed.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden) ask();
    else if (event.key === "ArrowDown" && found.length) mark((chosen + 1) % found.length);
    else if (event.key === "ArrowUp" && found.length) mark((chosen - 1 + found.length) % found.length);
    else if (event.key === "Enter" && !list.hidden && chosen >= 0) take(found[chosen]);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
  typed.addEventListener("blur", () => { clearTimeout(timer); asked++; close(); });
}
for (const box of document.querySelectorAll(".lookup[data-lookup]")) lookUp(box);
