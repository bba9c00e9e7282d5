// GraphiQL on this server's own API, with a log-in that fills the Authorization header; the token stays in this tab.
"use strict";
(() => {
  const place = document.getElementById("graphiql");
  const texts = place.dataset;
  const state = document.getElementById("state");
  const logIn = document.getElementById("log-in");
  const second = document.getElementById("second");
  const logOut = document.getElementById("log-out");
  const KEY = "kinerja-token";

  const send = (body, extra) =>
    fetch(texts.endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", ...extra },
      body: JSON.stringify(body),
      credentials: "omit",
    }).then((response) => response.json());

  // A subscription is a stream of messages, each ended by an empty line.
  async function* messages(body, extra, signal) {
    try {
      const response = await fetch(`${texts.endpoint}/stream`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "text/event-stream", ...extra },
        body: JSON.stringify(body),
        credentials: "omit",
        signal,
      });
      if (!response.ok) {
        yield await response.json();
        return;
      }
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const blocks = (rest + part.value).split("\n\n");
        rest = blocks.pop();
        for (const block of blocks) {
          const data = block.split("\n").find((line) => line.startsWith("data: {"));
          if (data) yield JSON.parse(data.slice("data: ".length));
        }
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  const follow = (body, extra) => {
    const aborter = new AbortController();
    const told = messages(body, extra, aborter.signal);
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: () => told.next(),
      // At once, and not only when the next message has come.
      return() {
        aborter.abort();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  };

  const isSubscription = ({ query, operationName }) =>
    operationName
      ? new RegExp(`\\bsubscription\\s+${operationName}\\b`).test(query)
      : /^[\s,]*subscription\b/.test(query.replace(/#.*/g, ""));

  const token = () => sessionStorage.getItem(KEY);
  const authorization = () => (token() ? { Authorization: `Bearer ${token()}` } : {});

  const show = (message) => {
    state.textContent = message || (token() ? texts.loggedIn : texts.anonymous);
    logIn.hidden = Boolean(token());
    logOut.hidden = !token();
  };

  // Only accounts with a second factor need the code: it is asked for when the answer says so.
  const askForCode = (isNeeded) => {
    second.hidden = !isNeeded;
    logIn.elements.code.required = isNeeded;
    logIn.elements.code.value = "";
    if (isNeeded) logIn.elements.code.focus();
  };
  logIn.elements.username.addEventListener("input", () => askForCode(false));

  logIn.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { username, password, code } = logIn.elements;
    const input = { username: username.value, password: password.value, code: code.value.trim() || null };
    try {
      const answer = await send({
        query: "mutation ($input: LoginInput!) { login(input: $input) { accessToken problems { code message } } }",
        variables: { input },
      });
      const result = answer.data && answer.data.login;
      if (result && result.accessToken) {
        sessionStorage.setItem(KEY, result.accessToken);
        logIn.reset();
        askForCode(false);
        show();
        return;
      }
      const faults = result ? result.problems : answer.errors;
      if (faults.some((fault) => fault.code === "SECOND_FACTOR_NEEDED")) askForCode(true);
      else code.value = "";
      show(faults.map((fault) => fault.message).join(" "));
    } catch {
      show(texts.failed);
    }
  });

  logOut.addEventListener("click", () => {
    sessionStorage.removeItem(KEY);
    show();
  });

  // Short lines, so that a phone shows them whole.
  const comment = (text, indent) => text.replace(/(.{1,30})(\s+|$)/g, `${indent}# $1\n`);
  const query = `${comment(texts.hint, "")}query {
${comment(texts.hintMe, "  ")}  me {
    employee { name nip unit { name } }
    roles { title unit { name } }
  }

${comment(texts.hintPlans, "  ")}  performancePlans(
    first: 5
    orderBy: [{ startsOn: DESC }]
  ) {
    totalCount
    nodes {
      state
      employee { name }
      workResults(first: 3) {
        nodes { statement }
      }
    }
  }
}
`;

  // The editors' own input fields come without a name for those who cannot see them, and what scrolls without a key.
  const nameEditors = () => {
    const names = texts.editors.split("|");
    const fields = [
      ...place.querySelectorAll(".graphiql-query-editor textarea"),
      ...place.querySelectorAll(".graphiql-editor-tool textarea"),
      ...place.querySelectorAll(".graphiql-response textarea"),
    ];
    fields.forEach((field, index) => {
      if (!field.hasAttribute("aria-label")) field.setAttribute("aria-label", names[index] || names[0]);
    });
    place.querySelectorAll('.CodeMirror-scroll[tabindex="-1"]').forEach((scroller) => (scroller.tabIndex = 0));
  };
  new MutationObserver(nameEditors).observe(place, { childList: true, subtree: true });

  ReactDOM.createRoot(place).render(
    React.createElement(
      GraphiQL,
      {
        fetcher: (body, options) =>
          (isSubscription(body) ? follow : send)(body, { ...authorization(), ...(options && options.headers) }),
        defaultQuery: query,
        defaultEditorToolsVisibility: true,
      },
      // In place of a link to another host.
      React.createElement(GraphiQL.Logo, null, "GraphiQL"),
    ),
  );
  show();
})();
