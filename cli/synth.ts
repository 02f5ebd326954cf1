import { createRequire } from "node:module";
import { grantsOf } from "../access/grant";
import type Program from "../index";
import { requireProven, type GrantedLogin } from "../inventory/proven";
import { requireSettings } from "../settings/stackSettings";
import { synthesise } from "../synth/synthesise";
import { isoToday } from "../tenancy/date";
import { deployedTenants } from "../tenancy/deployed";
import { loadTenancy } from "../tenancy/load";
import { stackNames } from "../tenancy/stacks";
import { withFlags, type Values } from "./arguments";
import { projectDirectory, runCommand } from "./command";
import { otherTenantsFlag, requireStack, stackFlag, todayFlag } from "./flags";
import { withProgress } from "./progress";

const command = {
  usage: `npm run synth [-- FLAGS]

Prints what \`pulumi up\` would deploy for a stack, as JSON: resources, inputs, outputs. Needs no cloud.
Exits with 0, 1 when nothing could be deployed or the deployment would not keep its tenants apart, 2 when called wrongly.`,
  options: {
    stack: stackFlag,
    tenants: otherTenantsFlag,
    today: todayFlag("the stack's"),
    pretty: { description: "Indent the JSON." },
  },
};

/** Loaded within the synthesis, as the engine does: what the files register outside of any function is deployed as well. */
function program(): ReturnType<typeof Program> {
  const loaded = createRequire(__filename)("../index") as typeof Program & { readonly default?: typeof Program };
  return (loaded.default ?? loaded)();
}

async function main({ stack, tenants, today, pretty }: Values<typeof command.options>): Promise<number> {
  requireStack(stack, stackNames(projectDirectory));
  const overrides = {
    ...(tenants === undefined ? {} : { "sftp-gateway:tenantsFile": tenants }),
    ...(today === undefined ? {} : { "sftp-gateway:today": today }),
  };
  const settings = requireSettings(projectDirectory, stack, overrides);
  const deployment = await withProgress(`synthesising stack ${stack}`, async () => {
    const made = await synthesise({ directory: projectDirectory, stack, overrides, program });
    requireProven(made, grantedUsers(stack, settings));
    return made;
  });
  process.stdout.write(`${JSON.stringify(deployment, null, pretty ? 2 : undefined)}\n`);
  return 0;
}

/** Whom the tenants file grants something in the stack. Asked as the program asks, which spares a second reading. */
function grantedUsers(stack: string, settings: ReturnType<typeof requireSettings>): GrantedLogin[] {
  const today = settings.today || isoToday(new Date());
  const { tenancy } = loadTenancy(settings.tenantsFile, {
    stacks: stackNames(projectDirectory),
    stack,
    today,
    ...(settings.signIn && { signIn: { [stack]: settings.signIn } }),
  });
  const day = settings.identityProvider === "lambda" ? undefined : today;
  const tenants = tenancy === undefined ? [] : deployedTenants(tenancy, stack, day);
  return tenants
    .filter(({ state }) => state === "active")
    .map((tenant) => ({
      tenant: tenant.name,
      userName: tenant.userName,
      grants: grantsOf(tenant),
      keys: tenant.deployedKeys.map(({ type, body, expires }) => ({
        body: `${type} ${body}`,
        ...(day === undefined && { expires }),
      })),
      password: tenant.password,
      allowedCidrs: tenant.allowedCidrs,
    }));
}

runCommand(withFlags(command, main));
