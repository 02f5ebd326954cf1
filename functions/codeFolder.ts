import { resolve } from "node:path";

/** Where bundles are written, each in a folder named by the hash that a synthesis shows for its archive. Old ones may go. */
export const codeFolder = resolve(__dirname, "..", ".cache", "functions");
