export * from "./client.js";
export * from "./errors.js";
export * from "./operation.js";
export * from "./operations.js";
