import { createRequire } from "node:module";
import { grantsOf } from "../access/grant";
import type Program from "../index";
import { requireProven, type GrantedLogin } from "../inventory/proven";
import { requireSettings } from "../settings/stackSettings";
import { synthesise } from "../synth/synthesise";
import { isoToday } from "../tenancy/date";
import { deployedTenants } from "../tenancy/deployed";
import { loadTenancy } from "../tenancy/load";
import type { Tenancy } from "../tenancy/model";
import { stackNames } from "../tenancy/stacks";
import { absentTenants } from "./absentTenants";
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
    absent: { description: "Name the tenants that the stack does not let in, too, and why." },
    pretty: { description: "Indent the JSON." },
  },
};

/** Loaded within the synthesis, as the engine does: what the files register outside of any function is deployed as well. */
function program(): ReturnType<typeof Program> {
  const loaded = createRequire(__filename)("../index") as typeof Program & { readonly default?: typeof Program };
  return (loaded.default ?? loaded)();
}

async function main(values: Values<typeof command.options>): Promise<number> {
  const { stack, tenants, today, pretty } = values;
  requireStack(stack, stackNames(projectDirectory));
  const overrides = {
    ...(tenants === undefined ? {} : { "sftp-gateway:tenantsFile": tenants }),
    ...(today === undefined ? {} : { "sftp-gateway:today": today }),
  };
  const settings = requireSettings(projectDirectory, stack, overrides);
  const synthesis = await withProgress(`synthesising stack ${stack}`, async () => {
    const deployment = await synthesise({ directory: projectDirectory, stack, overrides, program });
    const tenancy = tenancyOf(stack, settings);
    requireProven(deployment, tenancy === undefined ? [] : grantedUsers(tenancy, stack, settings));
    const absent = values.absent ? { absent: tenancy === undefined ? [] : absentTenants(tenancy, stack) } : {};
    return { ...deployment, ...absent };
  });
  process.stdout.write(`${JSON.stringify(synthesis, null, pretty ? 2 : undefined)}\n`);
  return 0;
}

type ProgramSettings = ReturnType<typeof requireSettings>;

/** What the tenants file says. Asked as the program asks, which spares a second reading. */
function tenancyOf(stack: string, settings: ProgramSettings): Tenancy | undefined {
  const { tenantsFile, signIn } = settings;
  return loadTenancy(tenantsFile, {
    stacks: stackNames(projectDirectory),
    stack,
    today: todayOf(settings),
    ...(signIn && { signIn: { [stack]: signIn } }),
  }).tenancy;
}

function todayOf(settings: ProgramSettings): string {
  return settings.today || isoToday(new Date());
}

/** Whom it grants something in the stack. */
function grantedUsers(tenancy: Tenancy, stack: string, settings: ProgramSettings): GrantedLogin[] {
  const day = settings.identityProvider === "lambda" ? undefined : todayOf(settings);
  return deployedTenants(tenancy, stack, day)
    .filter(({ state }) => state === "active")
    .map((tenant) => ({
      tenant: tenant.name,
      userName: tenant.userName,
      grants: grantsOf(tenant),
      keys: tenant.deployedKeys.map(({ type, body, expires }) => ({
        body: `${type} ${body}`,
        expires: day === undefined ? expires : undefined,
      })),
      password: tenant.password,
      allowedCidrs: tenant.allowedCidrs,
    }));
}

runCommand(withFlags(command, main));
