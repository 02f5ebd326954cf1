import * as pulumi from "@pulumi/pulumi";
import { trustForServer, type AccessRolePlan } from "../access/plan";
import { ProvenAccess } from "../access/proof";
import { GatewayPlan } from "../plan";
import { functionCode } from "./functionCode";
import { OutputOf, RecordsInCode, TrustOf, type ExpectedResource } from "./guard/expectedResource";
import { expectedResources, type GuardedSettings } from "./guard/expectedResources";
import { freeTypes, guardedInputs } from "./guard/guardedInputs";
import { requireProvenRecords } from "./guard/provenRecords";
import { refusal } from "./refusal";

/**
 * Compares each resource of a gateway, while it is registered, with what was proven. It stands as the last of the gateway's
 * own transformations, so it sees what the components and their other transformations made of the plan; what the program's
 * stack transformations and the engine's transforms change after it, it cannot see.
 */
export class AccessGuard {
  private plan: GatewayPlan | undefined;
  private expected: ReadonlyMap<string, ExpectedResource> = new Map();
  /** The guarded resources that were registered, whose Outputs others may bear. */
  private readonly seen = new Map<string, pulumi.Resource>();
  private readonly trusts = new Map<string, pulumi.Output<string>>();
  private code: Promise<pulumi.asset.AssetArchive> | undefined;
  /** The gateway itself, whose providers its children have. */
  private gateway: pulumi.Resource | undefined;

  constructor(private readonly gatewayName: string) {}

  /** From here on what was planned may be registered. @throws Error for access that was not proven. */
  expect(plan: GatewayPlan, settings: GuardedSettings): void {
    this.plan = GatewayPlan.require(plan);
    const { identityProviderRole, users } = ProvenAccess.planOf(plan.access);
    requireProvenRecords(plan.records, identityProviderRole === undefined ? [] : users);
    const expected = expectedResources(this.gatewayName, plan, settings);
    this.expected = new Map(expected.map((resource) => [identity(resource.type, resource.name), resource]));
  }

  /** @throws pulumi.RunError naming what was planned and has not been registered. */
  complete(): void {
    const missing = [...this.expected.keys()].find((each) => !this.seen.has(each));
    if (missing !== undefined) {
      throw refusal(`${missing} was planned and is not registered`);
    }
  }

  /** The trust of an access role: the proven text, for the server that this guard has seen. */
  trustOf({ name }: Pick<AccessRolePlan, "name">): pulumi.Output<string> {
    const role = this.plan && ProvenAccess.planOf(this.plan.access).roles.find((each) => each.name === name);
    const server = this.seen.get(identity("aws:transfer/server:Server", this.gatewayName));
    if (role === undefined || !pulumi.CustomResource.isInstance(server)) {
      throw new Error("the trust of an access role is made once the server is registered");
    }
    const trust = server.id.apply((serverId) => trustForServer(role.trust, serverId));
    this.trusts.set(role.name, trust);
    return trust;
  }

  /** The package of the function that answers logins: its bundle, and the records of the users that were proven. */
  identityProviderCode(): Promise<pulumi.asset.AssetArchive> {
    if (this.plan === undefined) {
      throw new Error("the records are made once access is proven");
    }
    this.code = functionCode("identity-provider", this.plan.records);
    return this.code;
  }

  /**
   * What was proven is handed on as the plan has it, so that nothing can change between this and the registration.
   * @throws pulumi.RunError naming the resource, and the input that is not what was proven.
   */
  readonly transformation: pulumi.ResourceTransformation = ({ resource, type, name, props, opts: given }) => {
    if (type.startsWith("sftp-gateway:components:")) {
      this.gateway ??= resource;
      return undefined;
    }
    const opts = asTheyAre(given);
    const guarded = guardedInputs[type];
    if (guarded === undefined && !freeTypes.has(type)) {
      throw refusal(`${type} "${name}" is of a type that no gateway consists of`);
    }
    const proven = guarded === undefined ? {} : this.checked({ type, name, props, opts }, guarded);
    this.seen.set(identity(type, name), resource);
    return { props: { ...props, ...proven }, opts };
  };

  private checked(
    { type, name, props, opts }: Omit<pulumi.ResourceTransformationArgs, "resource">,
    guarded: readonly string[],
  ): Record<string, unknown> {
    const expected = this.expected.get(identity(type, name));
    if (expected === undefined) {
      throw refusal(`${type} "${name}" is no part of the access that was proven`);
    }
    if (this.seen.has(identity(type, name))) {
      throw refusal(`${type} "${name}" is registered twice`);
    }
    const inputs = [...new Set([...guarded, ...Object.keys(expected.inputs)])];
    const option = optionAgainst(inputs, opts) ?? this.providerAgainst(type, opts);
    if (option !== undefined) {
      throw refusal(`the option "${option}" of ${type} "${name}" would keep what was proven from being deployed`);
    }
    const proven = Object.fromEntries(inputs.map((input) => [input, this.registered(expected.inputs[input])]));
    const wrong = inputs.find((input) => !isSame(props[input], proven[input]));
    if (wrong !== undefined) {
      throw refusal(`the input "${wrong}" of ${type} "${name}" is not what was proven`);
    }
    return proven;
  }

  /** An option by which another provider than the gateway's would deploy it, in another account or region. */
  private providerAgainst(
    type: string,
    { parent, provider = parent?.getProvider(type), providers }: GivenOptions,
  ): string | undefined {
    return provider === this.gateway?.getProvider(type) && providers === undefined ? undefined : "provider";
  }

  /** What was expected, with the Outputs of what this guard has seen. */
  private registered(expected: unknown): unknown {
    if (expected instanceof TrustOf) {
      return this.trusts.get(expected.roleName) ?? notThere;
    }
    if (expected instanceof RecordsInCode) {
      return this.code ?? notThere;
    }
    if (expected instanceof OutputOf) {
      const resource = this.seen.get(identity(expected.type, expected.name)) as Record<string, unknown> | undefined;
      return resource?.[expected.property] ?? notThere;
    }
    if (pulumi.Output.isInstance(expected)) {
      return expected;
    }
    if (Array.isArray(expected)) {
      return expected.map((element) => this.registered(element));
    }
    return typeof expected === "object" && expected !== null
      ? Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, this.registered(value)]))
      : expected;
  }
}

/** Equals nothing that a program could give. */
const notThere = Symbol("not registered");

/** What is yet to come is the same if it is one object; all else if it says the same. */
function isSame(found: unknown, proven: unknown): boolean {
  if (pulumi.Output.isInstance(proven) || proven instanceof Promise || typeof proven !== "object" || proven === null) {
    return found === proven;
  }
  if (typeof found !== "object" || found === null || Array.isArray(found) !== Array.isArray(proven)) {
    return false;
  }
  const entries = Object.entries(proven);
  return (
    Object.keys(found).length === entries.length &&
    entries.every(([key, value]) => Object.hasOwn(found, key) && isSame((found as Record<string, unknown>)[key], value))
  );
}

/** The options of a resource; those of a component can be given as well, and count. */
type GivenOptions = pulumi.CustomResourceOptions & pulumi.ComponentResourceOptions & { readonly urn?: string };

/** The options with what is in them now: the registration reads its lists later than the guard. */
function asTheyAre(opts: GivenOptions): GivenOptions {
  const { ignoreChanges } = opts;
  return ignoreChanges === undefined ? opts : { ...opts, ignoreChanges: [...ignoreChanges] };
}

/** With these the engine reads what is there already, lets others change what is registered, or runs another provider. */
const refusedOptions = ["id", "urn", "transforms", "hooks", "pluginDownloadURL"] as const;

/** An option with which the engine would keep another value, or keep what is taken away. */
function optionAgainst(inputs: readonly string[], opts: GivenOptions): string | undefined {
  const ignored = (opts.ignoreChanges ?? []).map((path) => path.split(/[.[]/, 1)[0] ?? "");
  if (ignored.some((path) => path === "*" || path === "" || inputs.includes(path))) {
    return "ignoreChanges";
  }
  return opts.retainOnDelete === true ? "retainOnDelete" : refusedOptions.find((option) => opts[option] !== undefined);
}

function identity(type: string, name: string): string {
  return `${type} ${name}`;
}
