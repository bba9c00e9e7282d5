"use strict";
/* The display board: shows what the stream tells, and says new calls aloud where there is a voice. */
(() => {
  const board = document.querySelector("[data-follow]");
  const texts = board.dataset;
  const calls = board.querySelector("[data-calls]"), services = board.querySelector("[data-services]");
  const language = document.documentElement.lang;
  const mark = queueing.lineMark();
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const nameOf = (call) => `${call.label}|${call.counter}|${call.at}|${call.calls}`;
  let seen = new Set(JSON.parse(texts.board).calls.map(nameOf));

  function element(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.textContent = text;
    return made;
  }

  function show(state) {
    const fresh = state.calls.filter((call) => !seen.has(nameOf(call)));
    const names = new Set(fresh.map(nameOf));
    seen = new Set(state.calls.map(nameOf));
    calls.replaceChildren(...state.calls.map((call) => {
      const row = document.createElement("li");
      if (names.has(nameOf(call))) row.className = "fresh";
      row.append(element("span", "number", call.label), " ", element("span", "to", fill(texts.counter, { number: call.counter })));
      return row;
    }));
    if (!state.calls.length) calls.append(element("li", "nobody", texts.nobody));
    services.replaceChildren(...state.services.map((service) => {
      const row = document.createElement("li");
      row.append(element("strong", "", service.prefix), " ", element("span", "", service.name), " ",
        element("span", "count", fill(texts.waiting, { count: service.waiting })));
      return row;
    }));
    // Newest first on the board; spoken in the order of the calls.
    fresh.reverse().forEach(announce);
  }

  /* ---- voice and chime: browsers let them sound only after somebody touched the page. */
  const voiceButton = document.querySelector("[data-voice]"), chimeButton = document.querySelector("[data-chime]");
  let voice = null, sound = null, isSpoken = false;

  function findVoice() {
    voice = speechSynthesis.getVoices().find((one) => one.lang.toLowerCase().startsWith(language)) || null;
    voiceButton.hidden = voice === null;
  }
  if (window.speechSynthesis) {
    findVoice();
    speechSynthesis.addEventListener("voiceschanged", findVoice);
  }
  voiceButton.addEventListener("click", () => {
    isSpoken = !isSpoken;
    voiceButton.setAttribute("aria-pressed", isSpoken);
    if (!isSpoken) speechSynthesis.cancel();
  });
  chimeButton.hidden = !window.AudioContext;
  chimeButton.addEventListener("click", () => {
    if (sound) { sound.close(); sound = null; } else { sound = new AudioContext(); chime(); }
    chimeButton.setAttribute("aria-pressed", sound !== null);
  });

  function chime() {
    [[660, 0], [880, 0.25]].forEach(([pitch, after]) => {
      const tone = sound.createOscillator(), loudness = sound.createGain(), at = sound.currentTime + after;
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.2, at);
      loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.5);
      tone.connect(loudness).connect(sound.destination);
      tone.start(at);
      tone.stop(at + 0.5);
    });
  }

  function announce(call) {
    if (sound) chime();
    if (!isSpoken || !voice) return;
    // "A-012" is said as "A 12".
    const label = call.label.replace(/-0*/, " ");
    const saying = new SpeechSynthesisUtterance(fill(texts.spoken, { label, number: call.counter }));
    saying.voice = voice;
    saying.lang = voice.lang;
    saying.rate = 0.9;
    speechSynthesis.speak(saying);
  }

  /* ---- the rest */
  const full = document.querySelector("[data-full]");
  full.hidden = !document.fullscreenEnabled;
  full.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen();
  });
  const clock = document.querySelector("[data-clock]");
  const tick = () => {
    clock.textContent = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: texts.zone });
  };
  tick();
  setInterval(tick, 5000);
  queueing.follow(board, show, mark.show);
})();
