/**
 * What a program with the TypeScript client does, told as one line of JSON per step: `node story.mjs CLIENT GIVEN`.
 * GIVEN is JSON: the story's name and what it needs. The tests read the lines.
 */
const [path, text] = process.argv.slice(2);
const kit = await import(path);
const given = JSON.parse(text);
const tell = (name, what) => process.stdout.write(`${JSON.stringify({ [name]: what })}\n`);
const caught = async (act) => {
  try {
    await act();
    return null;
  } catch (error) {
    return { name: error.name, code: error.code ?? null, problems: (error.problems ?? []).map((problem) => problem.code) };
  }
};

const stories = {
  async life() {
    const kept = [];
    const client = new kit.Client({ url: given.url, language: "en", onTokens: (tokens) => kept.push(tokens) });
    tell("wrongPassword", await caught(() => client.login(given.username, "not this one")));
    await client.login(given.username, given.password);
    const { me } = await client.run(kit.WhoAmI, {});
    tell("me", me.account.displayName);

    const ids = new Set();
    for await (const row of client.pages(kit.Employees, { first: 200 }, (data) => data.employees)) ids.add(row.id);
    tell("employees", ids.size);

    const later = new kit.Client({
      url: given.url,
      tokens: { ...kept.at(-1), expiresAt: 0 },
      onTokens: (tokens) => kept.push(tokens),
    });
    await Promise.all([later.run(kit.WhoAmI, {}), later.run(kit.WhoAmI, {}), later.run(kit.WhoAmI, {})]);
    tell("refreshed", kept.length);

    const given1 = { plan: given.plan, version: 999 };
    const { submitPlan } = await later.run(kit.SubmitPlan, given1);
    tell("problems", submitPlan.problems.map((problem) => problem.code));
    tell("refused", await caught(async () => kit.done((await later.run(kit.SubmitPlan, given1)).submitPlan)));
    const wrong = new kit.Operation("Wrong", "query", "query Wrong { nothingOfThisKind }");
    tell("fault", await caught(() => later.run(wrong, {})));

    const rows = [{ indicatorId: given.indicator, happenedOn: "2026-02-10", quantity: "2.5" }];
    const key = kit.newIdempotencyKey();
    const records = [];
    for (let time = 0; time < 2; time += 1) {
      const { recordProgressBatch } = await later.run(kit.RecordProgress, { key, rows }, { isIdempotent: true });
      records.push(kit.done(recordProgressBatch).rows[0].record.id);
    }
    tell("records", records);

    await later.logout();
    tell("afterLogout", await caught(async () => kit.done((await later.run(kit.SubmitPlan, given1)).submitPlan)));
  },

  async busy() {
    const client = new kit.Client({ url: given.url, apiToken: "token", longestWait: 0.1 });
    tell("answer", (await client.run(kit.WhoAmI, {})).me);
    tell("mutation", await caught(() => client.run(kit.SubmitPlan, { plan: "PerformancePlan:1", version: 1 })));
  },

  async stream() {
    const client = new kit.Client({ url: given.url, language: "en", longestWait: 0.5 });
    await client.login(given.username, given.password);
    if (given.pages) {
      const ids = new Set();
      for await (const row of client.pages(kit.Employees, { first: 200 }, (data) => data.employees)) ids.add(row.id);
      tell("employees", ids.size);
    }
    const operation = kit[given.name] ?? new kit.Operation(given.name, "subscription", given.text);
    let left = given.count;
    for await (const delivery of client.subscribe(operation, given.variables ?? {}, given.options ?? {})) {
      tell("delivery", delivery);
      left -= 1;
      if (left === 0) break;
    }
    tell("end", left);
  },
};

await stories[given.story]();
