import { additionOf, resumptionOf, retirementOf, suspensionOf } from "../../editing/tenantEdits";
import { tenantNamed } from "../../tenancy/tenantNamed";
import { accessNames } from "../../tenancy/access";
import { listed } from "../../tenancy/quote";
import { shellWord } from "../../shellWord";
import { UserError } from "../../userError";
import { UsageError } from "../arguments";
import { editing } from "./editing";
import { dayFlag, environmentsFlag, keyFlag, namesIn, readKey } from "./flags";

export const add = editing(
  {
    usage: "add NAME [FLAGS]\n\nAdds a tenant with a folder of its own, behind all others.",
    options: {
      key: keyFlag,
      login: { value: "LOGIN", description: "What it logs in with. Default: the name." },
      access: { value: "PROFILE", description: `${listed(accessNames, "or")}. Default: read-write.` },
      description: { value: "TEXT", description: "What the tenant is, for people." },
      contact: { value: "TEXT", description: "Whom to ask about the tenant." },
      environments: environmentsFlag,
      expires: dayFlag("Last day of the key. Default: it never expires."),
      suspended: { description: "It cannot log in yet; it needs no key then." },
      password: {
        description: "A password opens it (npm run password), where a function decides; it needs no key then.",
      },
    },
  },
  ({ tenants }, name, { key, login, suspended, password, expires, access, description, contact, environments }) => {
    if (tenants.some((tenant) => tenant.name === name)) {
      throw new UserError(`there is a tenant "${name}" already; add-key gives it a further key`);
    }
    const needsNoKey = (suspended || password) && key === "-";
    if (needsNoKey && expires !== undefined) {
      throw new UsageError("--expires is the last day of a key, and none is given: --key FILE");
    }
    const sshKeys = needsNoKey ? [] : [{ key: readKey(key), expires }];
    const tenant = {
      name,
      userName: login,
      description,
      contact,
      environments: namesIn(environments),
      state: suspended ? ("suspended" as const) : undefined,
      access,
      password: password ? (true as const) : undefined,
      sshKeys,
    };
    const further = password ? `${passwordOf(name)} # draws one, once this is deployed` : undefined;
    return { edits: additionOf(tenant), done: `tenant "${name}" is added`, commit: `Add tenant ${name}`, further };
  },
);

export const suspend = editing(
  { usage: "suspend NAME [FLAGS]\n\nRefuses a tenant's logins; its files and what is configured stay.", options: {} },
  (file, name) => {
    const tenant = tenantNamed(name, file);
    const done = `tenant "${name}" is suspended${tenant.isSuspended ? " already" : ", once it is deployed"}`;
    const further = "npm run stop -- --help # where open sessions have to end now";
    return { edits: suspensionOf(tenant), done, commit: `Suspend tenant ${name}`, further };
  },
);

export const resume = editing(
  { usage: "resume NAME [FLAGS]\n\nLets a suspended tenant log in again.", options: {} },
  (file, name) => {
    const tenant = tenantNamed(name, file);
    const done = `tenant "${name}" is active${tenant.isSuspended ? ", once it is deployed" : " already"}`;
    return { edits: resumptionOf(tenant), done, commit: `Resume tenant ${name}` };
  },
);

export const retire = editing(
  {
    usage:
      'retire NAME [FLAGS]\n\nTakes a tenant out, with the comment directly above it, and its name into "retired", so that nobody gets\nits files by its name. The files stay.',
    options: {},
  },
  (file, name) => {
    const tenant = tenantNamed(name, file);
    const done = `tenant "${name}" is retired; its files stay under tenants/${name}/`;
    const further = tenant.hasPassword ? `${passwordOf(name)} --delete # its passwords stay in the table` : undefined;
    return { edits: retirementOf(tenant, file), done, commit: `Retire tenant ${name}`, further };
  },
);

/** For each stack of its own. */
function passwordOf(name: string): string {
  return `npm run -s password -- ${shellWord(name)} --stack STACK`;
}
