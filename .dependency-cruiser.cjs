// Holds the code to the table of rooms in docs/ARCHITECTURE.md: what each room may import beside itself and packages.
// Paths are beginnings of regular expressions, from the project's folder.
// What every room may import.
const everywhere = ["invisible", "shellWord", "userError"];

const synthesisedData = ["synth/deployment", "synth/configuration"];

const rooms = {
  "invisible.ts": [],
  "shellWord.ts": [],
  "wireMarks.ts": [],
  "index.ts": ["settings", "components/gateway"],
  "settings.ts": ["settings/", "tenancy/(model|problem|signIn)"],
  "settings/": ["tenancy/", "iam/arn"],
  "names.ts": ["iam/arn"],
  "plan.ts": [
    "access/(plan|proof|loginRecord)",
    "uploads/(partition|plan|proof)",
    "tenancy/",
    "names",
    "iam/arn",
    "functions/identity-provider/",
  ],
  "tenancy/": ["wireMarks"],
  "access/": ["tenancy/", "iam/", "names"],
  "uploads/": ["access/", "iam/", "tenancy/", "names"],
  "iam/": [],
  "components/gateway.ts": ["components/", "plan", "access/(plan|proof)", "tenancy/", "names", "iam/arn"],
  "components/(?!gateway\\.ts)": [
    "settings/(bounds|endpoint|hostKey|secret|table|unknownKeys)",
    "tenancy/(date|encryption|signIn)",
    "plan",
    "access/(plan|proof|logins)",
    "uploads/",
    "tenancy/(access|model|publicKey)",
    "names",
    "functions/(bundle|codeFolder)",
  ],
  "functions/": ["access/", "uploads/", "iam/", "tenancy/"],
  "policy/": ["settings/securityPolicy", "iam/", "access/isolation", "cli/typescript"],
  "synth/": ["settings/files", "tenancy/problem", "iam/", "wireMarks"],
  "inventory/": [
    "synth/deployment",
    "iam/",
    "access/",
    "tenancy/(access|fingerprint)",
    "functions/identity-provider/readRecords",
    "wireMarks",
  ],
  "why/": [
    "inventory/",
    "synth/deployment",
    "settings/securityPolicy",
    "iam/",
    "access/",
    "tenancy/",
    "editing/",
    "functions/identity-provider/decision",
  ],
  "local/": [
    "inventory/",
    "why/",
    ...synthesisedData,
    "iam/",
    "settings/securityPolicy",
    "tenancy/fingerprint",
    "uploads/owner",
    "access/loginRecord",
    "functions/identity-provider/(credentials|recordFiles|readRecords)",
  ],
  "diff/": [
    "inventory/",
    "cost/",
    ...synthesisedData,
    "synth/(process|resourceTypes)",
    "uploads/(owner|silence)",
    "settings",
    "tenancy/",
    "access/",
    "iam/",
  ],
  "cost/": ["synth/deployment", "tenancy/date"],
  "sheet/": ["access/report/", "tenancy/"],
  "deploy/": ["cli/", "diff/", "settings/", ...synthesisedData, "synth/resourceTypes", "tenancy/", "wireMarks"],
  "adoption/": ["editing/", "tenancy/", "iam/", "access/(actions|sessionContext)"],
  "editing/": ["tenancy/"],
  "operator/": ["functions/identity-provider/credentials", "settings/", "access/", "iam/", "tenancy/", "names"],
  "bench/": ["(?!test/)", "test/fixtures/"],
};

const outside = { dependencyTypesNot: ["npm", "npm-dev", "npm-optional", "npm-peer", "npm-no-pkg", "core", "unknown"] };

const tableOfRooms = Object.entries(rooms).map(([room, imports]) => ({
  name: `imports-of-${room.replace(/\W/g, "")}`,
  severity: "error",
  from: { path: `^${room}` },
  to: { ...outside, pathNot: [room, ...everywhere, ...imports].map((path) => `^(${path})`) },
}));

module.exports = {
  forbidden: [
    ...tableOfRooms,
    { name: "no-circle", severity: "error", from: {}, to: { circular: true } },
    { name: "no-import-of-tests", severity: "error", from: { pathNot: "^test/" }, to: { path: "^test/(?!fixtures/)" } },
    {
      name: "packages-are-declared",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "unknown"], pathNot: "^aws-lambda$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(node_modules|data|\\.cache)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".cjs", ".mjs", ".js", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "types"],
    },
  },
};
