"use strict";
/* Kiosk and booking: nothing is sent twice, a number is printed, and the kiosk returns to its start. */
(() => {
  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "yes";
      form.setAttribute("aria-busy", "true");
    });
  }
  // A press whose answer got lost is sent again under its own key for a while, and takes no second number.
  const AGAIN = 120000, PRESSED = "kinerja.queueing.pressed";
  const key = document.querySelector(".kiosk input[name=key]");
  const pressed = JSON.parse(sessionStorage.getItem(PRESSED) || "null");
  if (!key || document.querySelector(".problem") || !pressed || Date.now() - pressed.at > AGAIN) {
    sessionStorage.removeItem(PRESSED);
  } else {
    key.value = pressed.key;
  }
  if (key) {
    key.form.addEventListener("submit", () => {
      sessionStorage.setItem(PRESSED, JSON.stringify({ key: key.value, at: Date.now() }));
    });
  }
  // A page that comes back by the button "back" may be sent again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  const print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }

  const back = document.querySelector("[data-return]");
  if (back) {
    const start = document.querySelector("[data-start]").href, text = back.querySelector("span");
    let left = Number(back.dataset.return);
    const step = () => {
      text.textContent = back.dataset.text.replace("{seconds}", left);
      if (left <= 0) location.replace(start);
      left -= 1;
    };
    back.hidden = false;
    step();
    const ticking = setInterval(step, 1000);
    back.querySelector("[data-stay]").addEventListener("click", () => {
      clearInterval(ticking);
      back.hidden = true;
    });
  } else if (document.body.classList.contains("kiosk")) {
    // What somebody typed and left does not wait for the next person.
    let idle = null;
    const touched = () => {
      clearTimeout(idle);
      idle = setTimeout(() => location.replace(location.pathname.replace(/\/check-in$/, "")), 90000);
    };
    for (const kind of ["input", "keydown", "pointerdown"]) addEventListener(kind, touched);
    touched();
  }
})();
