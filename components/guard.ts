import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { trustForServer, type AccessRolePlan } from "../access/plan";
import type { GatewayPlan } from "../plan";
import {
  expectedResources,
  OutputOf,
  TrustOf,
  type ExpectedResource,
  type GuardedSettings,
} from "./guard/expectedResources";
import { freeTypes, guardedInputs } from "./guard/guardedInputs";
import { refusal } from "./refusal";

/**
 * Compares each resource of a gateway, while it is registered, with what was proven. It stands as the last of the gateway's
 * own transformations, so it sees what the components and their other transformations made of the plan; what the program's
 * stack transformations and the engine's transforms change after it, it cannot see.
 */
export class AccessGuard {
  private expected: ReadonlyMap<string, ExpectedResource> | undefined;
  /** The guarded resources that were registered, whose Outputs others may bear. */
  private readonly seen = new Map<string, pulumi.Resource>();
  private readonly trusts = new Map<string, pulumi.Output<string>>();

  constructor(private readonly gatewayName: string) {}

  /** From here on what was planned may be registered. @throws Error for access that was not proven. */
  expect(plan: GatewayPlan, settings: GuardedSettings): void {
    const expected = expectedResources(this.gatewayName, plan, settings);
    this.expected = new Map(expected.map((resource) => [identity(resource.type, resource.name), resource]));
  }

  /** The trust of an access role: the proven text, for the server that this guard has seen. */
  trustOf(role: AccessRolePlan): pulumi.Output<string> {
    const server = this.seen.get(identity("aws:transfer/server:Server", this.gatewayName));
    if (!pulumi.CustomResource.isInstance(server)) {
      throw new Error("the trust of a role is made once the server is registered");
    }
    const trust = server.id.apply((serverId) => trustForServer(role.trust, serverId));
    this.trusts.set(role.name, trust);
    return trust;
  }

  /** @throws pulumi.RunError naming the resource, and the input that is not what was proven. */
  readonly transformation: pulumi.ResourceTransformation = ({ resource, type, name, props }) => {
    if (type.startsWith("sftp-gateway:components:")) {
      return undefined;
    }
    const inputs = guardedInputs[type];
    if (inputs !== undefined) {
      this.check(type, name, inputs, props);
    } else if (!freeTypes.has(type)) {
      throw refusal(`${type} "${name}" is of a type that no gateway consists of`);
    }
    this.seen.set(identity(type, name), resource);
    return undefined;
  };

  private check(type: string, name: string, inputs: readonly string[], props: Readonly<Record<string, unknown>>): void {
    const expected = this.expected?.get(identity(type, name));
    if (expected === undefined) {
      throw refusal(`${type} "${name}" is no part of the access that was proven`);
    }
    if (this.seen.has(identity(type, name))) {
      throw refusal(`${type} "${name}" is registered twice`);
    }
    const wrong = inputs.find((input) => !this.isExpected(props[input], expected.inputs[input]));
    if (wrong !== undefined) {
      throw refusal(`the input "${wrong}" of ${type} "${name}" is not what was proven`);
    }
  }

  private isExpected(found: unknown, expected: unknown): boolean {
    if (expected instanceof TrustOf) {
      return found !== undefined && found === this.trusts.get(expected.roleName);
    }
    if (expected instanceof OutputOf) {
      const resource = this.seen.get(identity(expected.type, expected.name)) as Record<string, unknown> | undefined;
      return found !== undefined && found === resource?.[expected.property];
    }
    if (Array.isArray(expected)) {
      const list: readonly unknown[] = expected;
      return (
        Array.isArray(found) &&
        found.length === list.length &&
        list.every((element, index) => this.isExpected((found as readonly unknown[])[index], element))
      );
    }
    if (typeof expected === "object" && expected !== null && !pulumi.Output.isInstance(found)) {
      return isRecord(found) && sameKeys(found, expected) && this.holdsExpected(found, expected);
    }
    return found === expected;
  }

  private holdsExpected(found: Readonly<Record<string, unknown>>, expected: object): boolean {
    return Object.entries(expected).every(([key, value]) => this.isExpected(found[key], value));
  }
}

function identity(type: string, name: string): string {
  return `${type} ${name}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function sameKeys(one: object, other: object): boolean {
  return isDeepStrictEqual(Object.keys(one).sort(), Object.keys(other).sort());
}
