// mercurius with its just-in-time compiler and loaders, on the tables as they are. It checks no authorisation, and
// takes the one assignment and the one reporting line of an employee without looking at their days.
import Fastify from "fastify";
import mercurius from "mercurius";
import pg from "pg";

const [url, port] = process.argv.slice(2);
pg.types.setTypeParser(1082, (day) => day);
const pool = new pg.Pool({ connectionString: url, max: 8 });

const schema = `
  type Query { employees(first: Int!, after: String): Employees! }
  type Employees { nodes: [Employee!]! }
  type Employee {
    id: ID!
    name: String!
    backTitle: String!
    status: String!
    state: String!
    sex: String!
    nip: String
    unit: Unit
    superior: Superior
    plans(first: Int!): Plans!
    evaluations(first: Int!): Evaluations!
  }
  type Unit { code: String!, name: String! }
  type Superior { name: String!, backTitle: String! }
  type Plans { nodes: [Plan!]! }
  type Plan { id: ID!, state: String!, approach: String!, workResults(first: Int!): WorkResults! }
  type WorkResults { nodes: [WorkResult!]! }
  type WorkResult { sequence: Int!, kind: String!, statement: String!, successMeasure: String! }
  type Evaluations { nodes: [Evaluation!]! }
  type Evaluation {
    kind: String!
    state: String!
    resultRating: String
    behaviorRating: String
    predicate: String
    resultNote: String!
    receivedOn: String
  }`;

const EMPLOYEE = `id, name, back_title AS "backTitle", status, state, sex, nip`;

const resolvers = {
  Query: {
    async employees(_, { first, after }) {
      const [name, id] = after ? JSON.parse(after) : ["", 0];
      const { rows } = await pool.query({
        name: "employees",
        text: `SELECT ${EMPLOYEE} FROM employee WHERE (name, id) > ($1, $2) ORDER BY name, id LIMIT $3`,
        values: [name, id, first],
      });
      return { nodes: rows };
    },
  },
};

async function byParent(name, text, queries, more = []) {
  const ids = queries.map(({ obj }) => obj.id);
  const { rows } = await pool.query({ name, text, values: [ids, ...more] });
  const found = new Map(ids.map((id) => [id, []]));
  for (const row of rows) found.get(row.parent).push(row);
  return ids.map((id) => found.get(id));
}

// The first n of each parent, by a lateral join.
function pages(columns, table, key, order) {
  return `SELECT p.id AS parent, r.* FROM unnest($1::int[]) AS p(id) CROSS JOIN LATERAL (
    SELECT ${columns} FROM ${table} WHERE ${key} = p.id ORDER BY ${order} LIMIT $2) AS r`;
}

const loaders = {
  Employee: {
    async unit(queries) {
      const found = await byParent(
        "unit",
        `SELECT a.employee_id AS parent, u.code, u.name FROM assignment a JOIN work_unit u ON u.id = a.unit_id
         WHERE a.employee_id = ANY($1) AND a.is_primary`,
        queries,
      );
      return found.map((rows) => rows[0]);
    },
    async superior(queries) {
      const found = await byParent(
        "superior",
        `SELECT l.employee_id AS parent, e.name, e.back_title AS "backTitle" FROM reporting_line l
         JOIN employee e ON e.id = l.superior_id WHERE l.employee_id = ANY($1)`,
        queries,
      );
      return found.map((rows) => rows[0]);
    },
    async plans(queries) {
      const text = pages("id, state, approach", "performance_plan", "employee_id", "id");
      return (await byParent("plans", text, queries, [queries[0].params.first])).map((nodes) => ({ nodes }));
    },
    async evaluations(queries) {
      const columns = `kind, state, result_rating AS "resultRating", behavior_rating AS "behaviorRating", predicate,
        result_note AS "resultNote", received_on AS "receivedOn"`;
      const text = pages(columns, "evaluation", "employee_id", "id DESC");
      return (await byParent("evaluations", text, queries, [queries[0].params.first])).map((nodes) => ({ nodes }));
    },
  },
  Plan: {
    async workResults(queries) {
      const columns = `sequence, kind, statement, success_measure AS "successMeasure"`;
      const text = pages(columns, "work_result", "plan_id", "sequence, id");
      return (await byParent("results", text, queries, [queries[0].params.first])).map((nodes) => ({ nodes }));
    },
  },
};

const app = Fastify();
app.register(mercurius, { schema, resolvers, loaders, jit: 1 });
await app.listen({ port: Number(port), host: "127.0.0.1" });
