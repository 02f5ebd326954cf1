// Runs this project's TypeScript: Node finds the files by their extension, esbuild translates each when it is first required.
const { hash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { basename, join, sep } = require("node:path");

const packages = join(__dirname, "../node_modules");

/** What is wrong with the packages that package.json pins, the first of them alone. */
function faultOfPackages() {
  const { dependencies } = JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8"));
  for (const [name, wanted] of Object.entries(dependencies)) {
    const found = textOf(join(packages, name, "package.json"));
    // One package of Pulumi writes v1.2.3.
    const version = found === undefined ? undefined : JSON.parse(found).version.replace(/^v/, "");
    if (version !== wanted) {
      return version === undefined ? `${name} is missing` : `${name} is ${version} instead of ${wanted}`;
    }
  }
  return undefined;
}

const fault = faultOfPackages();
if (fault !== undefined) {
  process.stderr.write(
    `error: the packages that this needs are not installed (${fault}): run \`npm ci\` in the project's folder\n`,
  );
  process.exit(1);
}

const translation = {
  loader: "ts",
  format: "cjs",
  platform: "node",
  target: "node20.19",
  tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
  // Three quarters of a file, which are of use where somebody asks for them: --enable-source-maps.
  sourcemap: process.sourceMapsEnabled ? "inline" : false,
  sourcesContent: false,
};

/** What was translated, by its name and text and by what translates it, so that nothing in it grows old. `npm ci` empties it. */
const translated = join(packages, ".cache", "typescript");
const translator = JSON.stringify([require("esbuild/package.json").version, translation]);

Module._extensions[".ts"] = (module, file) => {
  const source = readFileSync(file, "utf8");
  const kept = join(translated, hash("sha256", [translator, basename(file), source].join("\0")));
  module._compile(textOf(kept) ?? translate(source, file, kept), file);
};

function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Another process may do the same at the same time, so a file is there with all of its text or not at all. */
function translate(source, file, kept) {
  const { code } = require("esbuild").transformSync(source, { ...translation, sourcefile: basename(file) });
  try {
    mkdirSync(translated, { recursive: true });
    const begun = `${kept}.${process.pid}`;
    writeFileSync(begun, code);
    renameSync(begun, kept);
  } catch {
    // Where nothing can be written, it is translated each time.
  }
  return code;
}

// Pulumi loads the TypeScript compiler, npm's installer and what finds a package's files for programs that turn functions of
// theirs into Lambdas, its automation of the CLI, what reports a trace of a run, and the source maps of its own files; its
// package for AWS loads all two hundred services, zod its messages in sixty languages. That is more than half the time of a
// start. Nothing here needs them, but for a dozen of the services; whatever does gets them then.
const loadedWhenUsed = [
  /^@pulumi\/pulumi\/(?:typescript-shim|automation\/index)\.js$/,
  /^@pulumi\/aws\/[^/]+\/index\.js$/,
  /^@npmcli\/arborist\/lib\/index\.js$/,
  /^(?:fdir\/dist\/index\.cjs|normalize-package-data\/lib\/normalize\.js|upath\/build\/code\/upath\.js)$/,
  /^@opentelemetry\/(?!api\/)[^/]+\/build\/src\/index\.js$/,
  /^source-map-support\/register\.js$/,
  /^zod\/v4\/locales\/index\.cjs$/,
];

// Each run of a program waits for the debugger, under which all of it is slower, before it knows of any such function.
const debuggerOfFunctions = "@pulumi/pulumi/runtime/closure/v8Hooks.js";

/** The debugger of functions, which is opened when the first of them is looked up. */
function openedWhenUsed(hooks) {
  let session;
  return Object.create(hooks, {
    isInitializedAsync: { value: () => Promise.resolve() },
    getSessionAsync: { value: () => (session ??= hooks.getSessionAsync().then(toldOfScripts)) },
  });
}

/** A debugger names each script when it is enabled; the SDK listens only after that, for those that the program has yet to load. */
function toldOfScripts(session) {
  session.post("Debugger.disable");
  session.post("Debugger.enable");
  return session;
}

const loadJavaScript = Module._extensions[".js"];

Module._extensions[".js"] = (module, file) => {
  const inPackages = file
    .split(sep)
    .join("/")
    .replace(/^.*\/node_modules\//, "");
  if (inPackages === debuggerOfFunctions) {
    module.exports = openedWhenUsed(whenUsed(module, file));
  } else if (loadedWhenUsed.some((late) => late.test(inPackages))) {
    module.exports = whenUsed(module, file);
  } else {
    loadJavaScript(module, file);
  }
};

/** Stands for what a file exports, and loads it once something of that is read or counted. */
function whenUsed({ paths }, file) {
  let real;
  const exported = () => {
    if (real === undefined) {
      real = Object.assign(new Module(file), { filename: file, paths });
      loadJavaScript(real, file);
    }
    return real.exports;
  };
  return new Proxy(
    {},
    {
      // As an ES module it is taken as it is; of any other, compiled `import * as` copies all that it exports at once. Its
      // default is all of a module that is none.
      get: (_, name) =>
        name === "__esModule" || (name === "default" && !exported().__esModule ? exported() : exported()[name]),
      has: (_, name) => name in exported(),
      ownKeys: () => Reflect.ownKeys(exported()),
      // What a proxy tells of must be changeable where its own object does not have it.
      getOwnPropertyDescriptor: (_, name) => {
        const described = Reflect.getOwnPropertyDescriptor(exported(), name);
        return described && { ...described, configurable: true };
      },
    },
  );
}
