// Pulumi's runner of packs loads TypeScript by ts-node and checks all types at each start; JavaScript it simply requires.
require("../cli/typescript.cjs");
require("./index.ts");
