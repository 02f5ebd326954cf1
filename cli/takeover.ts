import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Adoption } from "../adoption/adopted";
import { importFile, leftBehind } from "../adoption/importFile";
import type { Source } from "../adoption/source";
import { accessRoleName, gatewayNames } from "../names";
import { stackSettings } from "../settings/stackSettings";
import { UserError } from "../userError";
import { projectDirectory } from "./command";

/** What a stack takes over of a server that there is. */
export interface Takeover {
  /** For `pulumi import --file`. */
  readonly importText: string;
  /** Commands that delete what it does not take over. */
  readonly leftBehind: readonly string[];
}

/** The landing bucket of a stack, by the number of an account. */
export function bucketOf(stack: string): (account: string) => string {
  const { project } = stackSettings(projectDirectory, stack);
  return (account) => gatewayNames(`${project}-${stack}`, account).bucket;
}

/** @throws UserError where the stack can take over no users, or not these. */
export function takeoverOf(source: Source, adoption: Adoption, stack: string): Takeover {
  const { project, signIn } = stackSettings(projectDirectory, stack);
  if (signIn?.identityProvider === "lambda") {
    throw new UserError(
      `--pulumi-import: in the stack ${stack} a function decides logins (identityProvider: lambda), and a server has no users then`,
    );
  }
  const prefix = `${project}-${stack}`;
  const file = importFile(source, adoption, {
    bucket: bucketOf(stack),
    role: (profile) => accessRoleName({ prefix }, profile),
    providerVersion: providerVersion(),
  });
  return { importText: `${JSON.stringify(file, null, 2)}\n`, leftBehind: leftBehind(source, adoption) };
}

/** The version that the program is pinned to. */
function providerVersion(): string {
  const text = readFileSync(join(projectDirectory, "package.json"), "utf8");
  const { dependencies } = JSON.parse(text) as { readonly dependencies: Readonly<Record<string, string>> };
  return dependencies["@pulumi/aws"] ?? "";
}
