/**
 * Writes typed operations from the SDL and from .graphql files.
 *
 *   node codegen.mjs SCHEMA OUTPUT FILE_OR_FOLDER…
 *
 * The types are made by GraphQL Code Generator's own core and plugin; its command line, with hundreds of packages, is not
 * needed. The documents are written as `Operation`, which needs nothing at run time.
 */
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { codegen } from "@graphql-codegen/core";
import * as typescriptOperations from "@graphql-codegen/typescript-operations";
import { Kind, parse, print } from "graphql";

const [schemaFile, output, ...sources] = process.argv.slice(2);
const files = sources
  .flatMap((path) => (statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path]))
  .filter((path) => path.endsWith(".graphql"))
  .sort((one, other) => (basename(one) < basename(other) ? -1 : 1));

const capital = (word) => word[0].toUpperCase() + word.slice(1);

const operations = {
  plugin: (_schema, documents) => {
    const nodes = documents.flatMap(({ document }) => document.definitions);
    const fragments = nodes.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
    const made = nodes
      .filter((node) => node.kind === Kind.OPERATION_DEFINITION)
      .map((node) => {
        const name = node.name.value;
        const types = `${capital(name)}${capital(node.operation)}`;
        const text = [node, ...fragments.filter((fragment) => print(node).includes(`...${fragment.name.value}`))];
        return (
          `export const ${capital(name)} = new Operation<${types}, ${types}Variables>(\n` +
          `  ${JSON.stringify(name)},\n  ${JSON.stringify(node.operation)},\n  \`${text.map(print).join("\n\n")}\`,\n);`
        );
      });
    return { prepend: ['import { Operation } from "./operation.js";'], content: made.join("\n\n") };
  },
};

const written = await codegen({
  filename: output,
  schema: parse(readFileSync(schemaFile, "utf8")),
  documents: files.map((location) => ({ location, document: parse(readFileSync(location, "utf8")) })),
  config: {
    // Dates are days or moments as text, and amounts are exact decimals as text: neither survives as a number.
    scalars: { Date: "string", DateTime: "string", Decimal: "string", JSON: "unknown", ID: "string" },
    strictScalars: true,
    enumType: "string-literal",
    skipTypename: true,
  },
  pluginMap: { typescriptOperations, operations },
  plugins: [{ typescriptOperations: {} }, { operations: {} }],
});
writeFileSync(output, `// Written by codegen.mjs from the schema and .graphql files. Do not edit.\n${written.trimEnd()}\n`);
