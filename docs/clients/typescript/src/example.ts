/** Prints a unit head's team with the state of each plan: `node example.js URL USER PASSWORD PERIOD`. */
import { Client, MyTeam, Refused, WaitingForMe } from "./index.js";

declare const process: { argv: string[]; exitCode?: number };

const [url = "", username = "", password = "", period = ""] = process.argv.slice(2);
const client = new Client({ url, language: "id" });
try {
  await client.login(username, password);
  const { me } = await client.run(MyTeam, { period });
  for (const person of me?.employee?.subordinates ?? []) {
    const states = person.plans.nodes.map((plan) => plan.state);
    console.log([person.fullName, person.nip ?? "", states.join(", ") || "-"].join("; "));
  }
  for await (const plan of client.pages(WaitingForMe, {}, (data) => data.me?.employee?.evaluatedPlans)) {
    console.log(["Menunggu", plan.employee?.fullName ?? "", plan.submittedAt ?? ""].join("; "));
  }
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
