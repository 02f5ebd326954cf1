// Runs TypeScript as `-r tsx/cjs` does, for this project's files alone. tsx also looks through every file of every package
// for what it might have to translate, which doubles the time that Pulumi takes to load; packages are plain JavaScript.
const Module = require("node:module");
const { sep } = require("node:path");

const loadPackage = Module._extensions[".js"];
require("tsx/cjs");
const loadTypeScript = Module._extensions[".js"];

Module._extensions[".js"] = (module, file) =>
  (file.includes(`${sep}node_modules${sep}`) ? loadPackage : loadTypeScript)(module, file);

// tsx switches them on for packages as well, whose maps nobody needs to read an error of ours.
process.setSourceMapsEnabled(false);
