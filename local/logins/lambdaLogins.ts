import { rmSync } from "node:fs";
import { join } from "node:path";
import type { LoginRecord } from "../../access/loginRecord";
import { labelOf, resourcesOf, textOf } from "../../inventory/resources";
import type { DeployedResource } from "../../synth/deployment";
import { optionalTextOf } from "../delivery/deployed/values";
import { Gate } from "../delivery/gate";
import { deployedCode, guardedFunction, roleOfFunction, type FunctionPlace } from "../function/deployedFunction";
import { functionLogEvent } from "../function/functionLog";
import { FunctionProcess } from "../function/functionProcess";
import type { DeployedServer } from "../service/deployedServer";
import { NotServedError } from "../service/notServed";
import { mappedInTurns } from "../turns";
import { Answers } from "./answer";
import { authenticationMethods, type AuthenticationMethods } from "./identityProvider";
import { LambdaProvider } from "./lambdaProvider";
import { localTable } from "./localTable";
import type { Logins, LoginsOptions, ServedTenant } from "./logins";
import { recordsOf, writePackage } from "./runPackage";

const runtime = join(__dirname, "../function/handlerRuntime.mjs");

/** What AWS takes where the server does not say. */
const defaultMethods: AuthenticationMethods = "PUBLIC_KEY_OR_PASSWORD";

/**
 * Asks the deployed function about each login: its very code runs, in a process of its own, with a table on this machine.
 * @throws UnreadableDeploymentError for what cannot be reproduced faithfully.
 */
export async function lambdaLogins(options: LoginsOptions): Promise<Logins> {
  const { server, report } = options;
  const lambda = functionOf(options);
  const place = placeOf(options);
  const code = deployedCode(lambda, place);
  const admit = admission(lambda, server, place);
  const table = localTable(lambda, roleOfFunction(lambda, place), place, options.table.items);
  const methods = methodsOf(server.resource);
  const records = recordsOf(code.codeFile);
  const opened = await mappedInTurns(records, (record) => openedTenant(record, methods, options));
  const packageFolder = options.data.newLoginPackage();
  const codeFile = writePackage(
    code.codeFile,
    opened.map(({ record }) => record),
    packageFolder,
  );
  const tableEndpoint = await options.table.serveAs(table);
  const process = new FunctionProcess({
    ...code,
    runtime,
    codeFile,
    environment: { ...code.environment, ...reaching(tableEndpoint) },
    onLine: (line) => report(functionLogEvent(lambda.name, line)),
  });
  const tenantOf = new Map(records.map(({ userName, tenant }) => [userName, tenant]));
  const prepare = (userName: string) => options.passwords.store(tenantOf.get(userName) ?? "");
  const answers = new Answers(server.inventory, server);
  const provider = new LambdaProvider({ methods, serverId: server.id, process, answers, admit, prepare });
  return {
    provider,
    tenants: opened.map(({ tenant }) => tenant),
    tableEndpoint,
    retire: async () => {
      await provider.retire();
      rmSync(packageFolder, { recursive: true, force: true });
    },
    end: () => provider.end(),
  };
}

function placeOf({ deployment, server: { arn, inventory }, codeFolder }: LoginsOptions): FunctionPlace {
  const [, , , region = "", account = ""] = arn.split(":");
  return { deployment, region, account, roles: inventory.roles, codeFolder };
}

/** @returns What throws when the service may not invoke the function for this server. */
function admission(lambda: DeployedResource, { arn }: DeployedServer, place: FunctionPlace): () => void {
  const gate = new Gate(guardedFunction(lambda, place));
  const service = { service: "transfer.amazonaws.com", sourceArn: arn, sourceAccount: place.account };
  return () => gate.require("lambda:InvokeFunction", service);
}

/** Whoever reads the server's users has refused a server whose function is not in the deployment. */
function functionOf({ deployment, server: { resource } }: LoginsOptions): DeployedResource {
  const arn = textOf(resource, "function");
  return resourcesOf(deployment, "aws:lambda/function:Function").find((lambda) => textOf(lambda, "arn") === arn)!;
}

function methodsOf(server: DeployedResource): AuthenticationMethods {
  const given = optionalTextOf(server, "sftpAuthenticationMethods") ?? defaultMethods;
  const methods = authenticationMethods.find((known) => known === given);
  if (methods === undefined) {
    throw new NotServedError(labelOf(server), `"sftpAuthenticationMethods" ${given} is not known here`);
  }
  return methods;
}

/** A tenant with what opens its account in this run, and the record by which the function lets it in. */
function openedTenant(
  record: LoginRecord,
  methods: AuthenticationMethods,
  { data, passwords }: Pick<LoginsOptions, "data" | "passwords">,
): { readonly record: LoginRecord; readonly tenant: ServedTenant } {
  const { tenant: name, userName, allowedCidrs } = record;
  const { files, publicKeys } = methods === "PASSWORD" ? { files: {}, publicKeys: [] } : data.throwAwayKeysOf(name);
  const password = record.password && methods !== "PUBLIC_KEY" ? passwords.of(name) : undefined;
  return {
    record: { ...record, keys: [...record.keys, ...publicKeys.map((key) => ({ key }))] },
    tenant: {
      name,
      userName,
      ...files,
      publicKeys,
      ...(password !== undefined && { password }),
      ...(allowedCidrs && { allowedCidrs }),
    },
  };
}

/** What the function's environment has beside what is deployed. */
function reaching(endpoint: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    // DynamoDB's client signs what it sends; nobody looks at it here.
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    // What it has to say of an older Node is not about the deployment, which has a newer one.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
}
