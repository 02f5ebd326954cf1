import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient, AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerHandshakeResponse, type AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { channelOptions, listen, unary } from "./serve";

/** Starts the pack's process with these variables beside the others. */
type StartPack = (environment: Readonly<Record<string, string>>) => ChildProcess;

/**
 * Stands before a policy pack as the official language host does: the engine tells the stack's configuration in a call,
 * packs for Node.js read it from their environment, so the pack's process starts only once it is told.
 * @returns The port on which the engine reaches the pack, and what ends the stand-in; the process is the caller's.
 */
export async function standBefore(start: StartPack): Promise<{ readonly port: number; close(): void }> {
  let pack: Promise<Forward> | undefined;
  const forwarding = (method: string) =>
    unary(async (request: object) => (await (pack ??= connected(start({}))))(method, request));
  const { server, port } = await listen(AnalyzerService, {
    ...Object.fromEntries(Object.keys(AnalyzerService).map((method) => [method, forwarding(method)] as const)),
    handshake: unary(() => new AnalyzerHandshakeResponse()),
    configureStack: unary(async (request: AnalyzerStackConfigureRequest) => {
      pack = connected(start(environmentOf(request)));
      return (await pack)("configureStack", request);
    }),
  });
  return { port, close: () => server.forceShutdown() };
}

type Forward = (method: string, request: object) => Promise<object>;
type Method = (request: object, callback: (error: grpc.ServiceError | null, response: object) => void) => void;

/** The pack prints its port before anything else. */
async function connected(pack: ChildProcess): Promise<Forward> {
  const port = await new Promise<string>((resolve, reject) => {
    createInterface({ input: pack.stdout! }).once("line", resolve);
    pack.once("close", () => reject(new Error("the policy pack ended before it could be asked")));
  });
  const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), channelOptions);
  return (method, request) =>
    new Promise((resolve, reject) => {
      const call = (client as unknown as Readonly<Record<string, Method>>)[method]!;
      call.call(client, request, (error, response) => (error ? reject(error) : resolve(response)));
    });
}

/** Where @pulumi/pulumi looks for the stack, its project and its configuration. Source: its `runtime/state.ts`. */
function environmentOf(request: AnalyzerStackConfigureRequest): Record<string, string> {
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigSecretKeysList()),
    PULUMI_NODEJS_ORGANIZATION: request.getOrganization(),
    PULUMI_NODEJS_PROJECT: request.getProject(),
    PULUMI_NODEJS_STACK: request.getStack(),
    PULUMI_NODEJS_DRY_RUN: String(request.getDryRun()),
  };
}
