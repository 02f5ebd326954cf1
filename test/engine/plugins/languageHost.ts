import { spawn, type ChildProcess } from "node:child_process";
import { join, resolve } from "node:path";
import type { ServerWritableStream } from "@grpc/grpc-js";
import { LanguageRuntimeService } from "@pulumi/pulumi/proto/language_grpc_pb";
import {
  AboutResponse,
  GetProgramDependenciesResponse,
  GetRequiredPackagesResponse,
  GetRequiredPluginsResponse,
  LanguageHandshakeResponse,
  RunPluginResponse,
  RunResponse,
  type InstallDependenciesRequest,
  type InstallDependenciesResponse,
  type RunPluginRequest,
  type RunRequest,
} from "@pulumi/pulumi/proto/language_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { standBefore } from "./policyPack";
import { loaderVariable } from "./loader";
import { servePlugin, unary } from "./serve";

/**
 * `pulumi-language-nodejs`, for machines that lack the official one, which no registry offers: it starts the SDK's own
 * entry points as the official one does. It never installs anything: the project's packages are there.
 */

/** How a program says that it has told the user what is wrong. Source: `cmd/run/index.ts` of @pulumi/pulumi. */
const exitCodeOfReportedError = 32;

/**
 * The official host has programs loaded by ts-node, which takes a quarter of a run's time. So most tests have it done as
 * this project's commands do it; those that are about how users run the program do not.
 */
const loaderFlags =
  process.env[loaderVariable] === "ts-node" ? [] : ["-r", resolve(__dirname, "../../../cli/typescript.cjs")];

const engineAddress = process.argv.at(-1) ?? "";
const running = new Set<ChildProcess>();

function start(entryPoint: string, args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
  return startNode([require.resolve(entryPoint), ...args], options);
}

function startNode(args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }) {
  const child = spawn(process.execPath, args, {
    ...options,
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
}

async function run(request: RunRequest): Promise<RunResponse> {
  const entryPoint = require.resolve("@pulumi/pulumi/cmd/run");
  const program = startNode([...loaderFlags, entryPoint, ...runArguments(request)], {
    cwd: request.getPwd(),
    env: { ...process.env, ...runEnvironment(request) },
  });
  program.stdout.pipe(process.stdout, { end: false });
  program.stderr.pipe(process.stderr, { end: false });
  const code = await exitCode(program);
  const response = new RunResponse();
  if (code === exitCodeOfReportedError) {
    response.setBail(true);
  } else if (code !== 0) {
    response.setError(`the program ended with exit code ${code}`);
  }
  return response;
}

function runArguments(request: RunRequest): string[] {
  const info = request.getInfo();
  const options = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    project: request.getProject(),
    stack: request.getStack(),
    organization: request.getOrganization(),
    pwd: request.getPwd(),
    parallel: String(request.getParallel()),
    "root-directory": info?.getRootDirectory() ?? request.getPwd(),
    ...(request.getDryrun() ? { "dry-run": "true" } : {}),
  };
  const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  return [...flags, info?.getEntryPoint() || request.getProgram(), ...request.getArgsList()];
}

function runEnvironment(request: RunRequest): Record<string, string> {
  const root = request.getInfo()?.getRootDirectory() ?? request.getPwd();
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: String(loaderFlags.length === 0),
    PULUMI_NODEJS_TSCONFIG_PATH: join(root, "tsconfig.json"),
  };
}

/** Policy packs are the only plugins that this host runs; the stream carries the port to ask and what they print. */
async function runPlugin(call: ServerWritableStream<RunPluginRequest, RunPluginResponse>): Promise<void> {
  const { request } = call;
  if (request.getKind() !== "analyzer") {
    call.destroy(new Error(`plugins of the kind ${request.getKind()} are not run here`));
    return;
  }
  const packDirectory = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const environment = Object.fromEntries(request.getEnvList().map((entry) => splitOnce(entry, "=")));
  const send = (fill: (response: RunPluginResponse) => void) => {
    const response = new RunPluginResponse();
    fill(response);
    call.write(response);
  };
  const packs: ChildProcess[] = [];
  const proxy = await standBefore((ofStack) => {
    const pack = start("@pulumi/pulumi/cmd/run-policy-pack", [...request.getArgsList(), packDirectory], {
      cwd: request.getPwd(),
      env: { ...process.env, ...environment, ...ofStack },
    });
    packs.push(pack);
    pack.stderr.on("data", (chunk: Buffer) => send((response) => response.setStderr(chunk)));
    return pack;
  });
  call.on("cancelled", () => {
    proxy.close();
    packs.forEach((pack) => pack.kill());
  });
  send((response) => response.setStdout(Buffer.from(`${proxy.port}\n`)));
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.on("close", (code) => resolve(code ?? 1)));
}

function splitOnce(entry: string, separator: string): [string, string] {
  const at = entry.indexOf(separator);
  return [entry.slice(0, at), entry.slice(at + separator.length)];
}

function pluginInfo(): PluginInfo {
  const info = new PluginInfo();
  info.setVersion("0.0.0");
  return info;
}

servePlugin(
  LanguageRuntimeService,
  {
    handshake: unary(() => new LanguageHandshakeResponse()),
    getRequiredPlugins: unary(() => new GetRequiredPluginsResponse()),
    getRequiredPackages: unary(() => new GetRequiredPackagesResponse()),
    getPluginInfo: unary(pluginInfo),
    about: unary(() => new AboutResponse()),
    getProgramDependencies: unary(() => new GetProgramDependenciesResponse()),
    installDependencies: (call: ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>) =>
      call.end(),
    cancel: unary(() => {
      running.forEach((child) => child.kill());
      return new Empty();
    }),
    run: unary(run),
    runPlugin: (call: ServerWritableStream<RunPluginRequest, RunPluginResponse>) => void runPlugin(call),
  },
  () => running.forEach((child) => child.kill("SIGKILL")),
);
