// Runs TypeScript as `-r tsx/cjs` does, for this project's files alone. tsx also looks through every file of every package
// for what it might have to translate, which doubles the time that Pulumi takes to load; packages are plain JavaScript.
const { existsSync } = require("node:fs");
const Module = require("node:module");
const { join, sep } = require("node:path");

if (!existsSync(join(__dirname, "../node_modules/tsx"))) {
  process.stderr.write("error: the packages that this needs are not installed: run `npm ci` in the project's folder\n");
  process.exit(1);
}

const loadPackage = Module._extensions[".js"];
require("tsx/cjs");
const loadTypeScript = Module._extensions[".js"];

// Pulumi loads the TypeScript compiler and npm's installer for programs that turn functions of theirs into Lambdas, which
// takes a fifth of the time of a synthesis; zod loads its messages in sixty languages. Nothing here needs them; whatever
// does gets them then.
const loadedWhenUsed = [
  join("@pulumi", "pulumi", "typescript-shim.js"),
  join("@npmcli", "arborist", "lib", "index.js"),
  join("zod", "v4", "locales", "index.cjs"),
];

Module._extensions[".js"] = (module, file) => {
  if (!file.includes(`${sep}node_modules${sep}`)) {
    loadTypeScript(module, file);
  } else if (loadedWhenUsed.some((late) => file.endsWith(`${sep}node_modules${sep}${late}`))) {
    module.exports = whenUsed(module, file);
  } else {
    loadPackage(module, file);
  }
};

/** Stands for what a file exports, and loads it once something of that is read. */
function whenUsed({ paths }, file) {
  let real;
  const load = () => {
    real = Object.assign(new Module(file), { filename: file, paths });
    loadPackage(real, file);
    return real;
  };
  // As an ES module it is taken as it is; of any other, compiled `import * as` copies all that it exports at once.
  return new Proxy({}, { get: (_, name) => name === "__esModule" || (real ?? load()).exports[name] });
}

// tsx switches source maps on, for packages as well, which takes time. They are for whoever asks for them.
if (!process.execArgv.includes("--enable-source-maps")) {
  process.setSourceMapsEnabled(false);
}
