import { printable } from "../../invisible";
import { loadTenancy } from "../../tenancy/load";
import type { Tenant } from "../../tenancy/model";
import { formatProblem } from "../../tenancy/problem";
import { UserError } from "../../userError";
import { withFlags } from "../arguments";
import { withProgress } from "../progress";
import { chosenTenantsFile } from "../tenantsFile";
import { fileFlags } from "./flags";

export const list = withFlags(
  {
    usage: `npm run tenant -- list [FLAGS]

Shows the tenants of the file with their logins, and the keys or passwords that open them. What they may reach in a stack is what npm run access shows.
Exits with 0, 1 when the file has errors, 2 when called wrongly.`,
    options: fileFlags,
  },
  async ({ tenants: given, json }) => {
    const { file, options } = chosenTenantsFile(given);
    const { tenancy, problems } = await withProgress(`reading ${printable(file)}`, () => loadTenancy(file, options));
    if (tenancy === undefined) {
      throw new UserError(problems.map(formatProblem).join("\n"));
    }
    process.stdout.write(
      json
        ? `${JSON.stringify({ file, tenants: tenancy.tenants.map(asJson) }, null, 2)}\n`
        : tenancy.tenants.map(asText).join(""),
    );
    return 0;
  },
);

function asJson({ name, userName, state, environments, access, folders, password, sshKeys }: Tenant): object {
  const keys = sshKeys.map((key) => ({
    type: key.type,
    fingerprint: key.fingerprint,
    comment: key.comment,
    expires: key.expires ?? null,
    environments: key.environments,
  }));
  return { name, userName, state, environments, access: access ?? null, folders, password, keys };
}

function asText({ name, userName, state, environments, access, password, sshKeys }: Tenant): string {
  const head = [
    name,
    ...(userName === name ? [] : [`login ${userName}`]),
    ...(state === "active" ? [] : [state]),
    access ?? "folders",
    environments.join(" "),
  ];
  const keys = sshKeys.map(({ type, fingerprint, comment, expires }) =>
    [fingerprint, type, comment, ...(expires === undefined ? [] : [`until ${expires}`])]
      .filter((part) => part !== "")
      .join("  "),
  );
  const opening = [...keys, ...(password ? ["with a password"] : [])];
  return [head.join("  "), ...opening.map((each) => `  ${each}`)].map((line) => `${printable(line)}\n`).join("");
}
