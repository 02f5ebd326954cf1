import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { withFlags, type Values } from "../cli/arguments";
import { projectDirectory, runCommand } from "../cli/command";
import { requireStack, stackFlag } from "../cli/flags";
import { requireSettings } from "../settings/stackSettings";
import { isoToday } from "../tenancy/date";
import { isExpired } from "../tenancy/deployed";
import { loadTenancy } from "../tenancy/load";
import { formatProblem } from "../tenancy/problem";
import { stackNames } from "../tenancy/stacks";
import { readPreview } from "./preview";
import { UserError } from "../userError";

const command = {
  usage: `node -r ./cli/typescript.cjs deploy/expiredKeys.ts --stack STACK < PREVIEW

Reads the JSON of \`pulumi preview\` and prints the urns of those keys it would delete because their last day has passed,
one a line. Everything else that the preview would do is left out.
Exits with 0, 1 when the tenants file has errors, 2 when called wrongly.`,
  options: { stack: stackFlag },
};

async function main({ stack }: Values<typeof command.options>): Promise<number> {
  const stacks = stackNames(projectDirectory);
  requireStack(stack, stacks);
  const settings = requireSettings(projectDirectory, stack);
  const today = settings.today || isoToday(new Date());
  const file = resolve(projectDirectory, settings.tenantsFile);
  const { tenancy, problems } = loadTenancy(file, { stacks, stack, today });
  if (tenancy === undefined) {
    throw new UserError(problems.map(formatProblem).join("\n"));
  }
  // Keys have `<name of the gateway>-<login name>-<fingerprint>` for their logical name.
  const expired = tenancy.tenants.flatMap(({ userName, sshKeys }) =>
    sshKeys.filter((key) => isExpired(key, today)).map(({ fingerprint }) => `-${userName}-${fingerprint}`),
  );
  const urns = readPreview(await text(process.stdin))
    .filter(({ op, urn }) => op === "delete" && urn.includes("aws:transfer/sshKey:SshKey::"))
    .map(({ urn }) => urn)
    .filter((urn) => expired.some((name) => urn.endsWith(name)));
  process.stdout.write(urns.map((urn) => `${urn}\n`).join(""));
  return 0;
}

runCommand(withFlags(command, main));
