import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { Service } from "../aws/service";
import { installedCli, type Cli } from "../cli";
import { Stack } from "./stack";

/** The project whose copies the tests run. */
const projectDirectory = resolve(__dirname, "../../..");

/** What the program does not need to run, or must not have to. */
const notCopied = new Set(["node_modules", ".git", ".github", ".cache", ".ci", "data", "test", "docs", "bench"]);

/**
 * A copy of the project with an account of its own at the stand-in for AWS, in a temporary folder. The CLI rewrites stack
 * files, so it never sees the real ones. Only Pulumi.yaml differs: it tells the CLI where the stand-in is.
 */
export class Project {
  readonly directory: string;
  /** Folder of the service's state. */
  readonly serviceDirectory: string;

  private constructor(
    private readonly root: string,
    private readonly cli: Cli,
    private readonly furtherEnvironment: Readonly<Record<string, string>>,
  ) {
    this.directory = join(root, "project");
    this.serviceDirectory = join(root, "service");
  }

  /**
   * @param environment What the CLI gets beside the usual.
   * @throws Error where there is no CLI; `npm run test:engine` has made sure that there is one.
   */
  static create(environment: Readonly<Record<string, string>> = {}): Project {
    const cli = installedCli();
    if (cli === undefined) {
      throw new Error("there is no Pulumi CLI: `npm run test:engine` builds it");
    }
    const project = new Project(mkdtempSync(join(tmpdir(), "sftp-gateway-engine-")), cli, environment);
    project.copyProgram();
    project.writePlugins();
    mkdirSync(join(project.root, "state"));
    mkdirSync(project.serviceDirectory);
    Service.create(project.serviceDirectory);
    return project;
  }

  /** AWS's side as it stands now. */
  get service(): Service {
    return Service.open(this.serviceDirectory);
  }

  /** A stack of the program; `init` makes it known to the CLI. */
  stack(name: string): Stack {
    return this.stackIn(this.directory, name);
  }

  /** A stack of another program, written into a folder of its own beside the project, on the same backend. */
  async otherProgram(name: string, program: string): Promise<Stack> {
    const directory = join(this.root, name);
    mkdirSync(directory);
    symlinkSync(join(projectDirectory, "node_modules"), join(directory, "node_modules"));
    const settings = { name, runtime: "nodejs", main: "index.ts", plugins: this.plugins };
    writeFileSync(join(directory, "Pulumi.yaml"), JSON.stringify(settings));
    writeFileSync(join(directory, "tsconfig.json"), readFileSync(join(projectDirectory, "tsconfig.json")));
    writeFileSync(join(directory, "package.json"), JSON.stringify({ name, private: true }));
    writeFileSync(join(directory, "index.ts"), program);
    const stack = this.stackIn(directory, "dev");
    await stack.init();
    return stack;
  }

  /** Runs a command as somebody types it into a shell in the project's folder, and says yes to whatever it asks. */
  type(command: string): { readonly code: number | null; readonly output: string } {
    const bin = join(this.root, "bin");
    mkdirSync(bin, { recursive: true });
    // `npx` would ask the registry for the CLI's launcher.
    writeFileSync(join(bin, "npx"), '#!/bin/sh\nexec "$@"\n', { mode: 0o755 });
    writeFileSync(join(bin, "pulumi"), `#!/bin/sh\nexec "${this.cli.executable}" "$@"\n`, { mode: 0o755 });
    const { status, stdout, stderr } = spawnSync("bash", ["-c", command], {
      cwd: this.directory,
      env: {
        ...this.environment,
        PATH: `${bin}:${String(this.environment["PATH"])}`,
        PULUMI_SKIP_CONFIRMATIONS: "true",
      },
      encoding: "utf8",
    });
    return { code: status, output: `${stdout}${stderr}` };
  }

  /** Writes a file of the copy. */
  write(path: string, text: string): void {
    writeFileSync(join(this.directory, path), text);
  }

  /** Replaces a text in a file of the copy. @throws Error when the file does not hold it. */
  patch(path: string, from: string, to: string): void {
    const before = readFileSync(join(this.directory, path), "utf8");
    if (!before.includes(from)) {
      throw new Error(`${path} does not hold ${from}`);
    }
    this.write(path, before.replace(from, to));
  }

  /** Keeps state and service as they are now; the result brings them back. */
  snapshot(): () => void {
    const kept = mkdtempSync(join(this.root, "snapshot-"));
    const parts = ["state", "service", "project"];
    const copy = (from: string, to: string) => {
      for (const part of parts) {
        rmSync(join(to, part), { recursive: true, force: true });
        cpSync(join(from, part), join(to, part), { recursive: true, verbatimSymlinks: true });
      }
    };
    copy(this.root, kept);
    return () => copy(kept, this.root);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private stackIn(directory: string, name: string): Stack {
    const { environment, serviceDirectory } = this;
    return new Stack({ name, directory, cli: this.cli.executable, serviceDirectory, environment });
  }

  private get environment(): Readonly<Record<string, string>> {
    const plugins = this.cli.languageHost ? [] : [join(this.root, "plugins")];
    return {
      PATH: [...plugins, process.env["PATH"]].join(":"),
      HOME: this.root,
      PULUMI_HOME: join(this.root, "home"),
      // Else the backend keeps a second file beside each state, which a killed CLI leaves empty and unreadable.
      PULUMI_BACKEND_URL: `file://${join(this.root, "state")}?metadata=skip`,
      PULUMI_CONFIG_PASSPHRASE: "engine-tests",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      // Without it the CLI has no --event-log.
      PULUMI_DEBUG_COMMANDS: "true",
      SERVICE_DIRECTORY: this.serviceDirectory,
      ...this.furtherEnvironment,
    };
  }

  private get plugins() {
    return { providers: [{ name: "aws", path: join(this.root, "plugins") }] };
  }

  private copyProgram(): void {
    cpSync(projectDirectory, this.directory, {
      recursive: true,
      filter: (path) => !notCopied.has(relative(projectDirectory, path).split(sep)[0] ?? ""),
    });
    symlinkSync(join(projectDirectory, "node_modules"), join(this.directory, "node_modules"));
    const settings = readFileSync(join(this.directory, "Pulumi.yaml"), "utf8");
    this.write("Pulumi.yaml", `${settings}\nplugins: ${JSON.stringify(this.plugins)}\n`);
  }

  private writePlugins(): void {
    const plugins = join(this.root, "plugins");
    mkdirSync(plugins);
    writePlugin(join(plugins, "pulumi-resource-aws"), resolve(__dirname, "../aws/provider.ts"));
    writePlugin(join(plugins, "pulumi-language-nodejs"), resolve(__dirname, "../plugins/languageHost.ts"));
  }
}

/** The CLI starts executables; this one becomes the plugin's process, so that the engine is its parent. */
function writePlugin(file: string, script: string): void {
  const loader = join(projectDirectory, "cli/typescript.cjs");
  writeFileSync(file, `#!/bin/sh\nexec "${process.execPath}" -r "${loader}" "${script}" "$@"\n`);
  chmodSync(file, 0o755);
}
