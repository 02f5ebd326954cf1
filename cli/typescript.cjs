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

Module._extensions[".js"] = (module, file) =>
  (file.includes(`${sep}node_modules${sep}`) ? loadPackage : loadTypeScript)(module, file);

// tsx switches source maps on, for packages as well, which takes time. They are for whoever asks for them.
if (!process.execArgv.includes("--enable-source-maps")) {
  process.setSourceMapsEnabled(false);
}
