// PostGraphile with its recommended preset, on the tables as they are. It checks no authorisation, and takes the one
// assignment and the one reporting line of an employee without looking at their days.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const [url, port] = process.argv.slice(2);
const preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: url, schemas: ["public"], poolConfig: { max: 8 } })],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false },
  grafast: { explain: false },
};
const server = createServer();
const serving = postgraphile(preset).createServ(grafserv);
await serving.addTo(server);
server.listen(Number(port), "127.0.0.1");
