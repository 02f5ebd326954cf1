import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import * as policyProxy from "@pulumi/policy/proxy";
import { policies } from "../../policy/rules";
import type { ExampleResource, ExampleStack } from "./exampleStack";

/** The proxy through which @pulumi/policy shows properties; its types leave it out. */
const { unknownCheckingProxy } = policyProxy as unknown as {
  unknownCheckingProxy: (props: object) => Record<string, unknown>;
};

/** How the pack is run. */
export interface Run {
  /** Configuration of the policies, by policy. */
  readonly config?: Readonly<Record<string, object>>;
  /** What the stack's own configuration says. Default: true. */
  readonly protect?: boolean;
}

/** What the whole pack finds in a stack, as CrossGuard would run it: `POLICY: MESSAGE` each, in the pack's order. */
export async function findings(stack: ExampleStack, { config = {}, protect = true }: Run = {}): Promise<string[]> {
  const found: string[] = [];
  const { inStack, byThemselves } = seenOnce(stack);
  for (const policy of policies(() => protect)) {
    const shared = { getConfig: <T extends object>() => (config[policy.name] ?? {}) as T, notApplicable };
    const report = (message: string) => void found.push(`${policy.name}: ${message}`);
    if ("validateStack" in policy) {
      await policy.validateStack({ ...shared, resources: inStack, stackTags }, report);
    } else {
      for (const resource of byThemselves) {
        for (const validate of [policy.validateResource ?? []].flat()) {
          await validate({ ...resource, ...shared }, report);
        }
      }
    }
  }
  return found;
}

/** A stack as CrossGuard hands it to policies. */
interface SeenStack {
  readonly inStack: PolicyResource[];
  /** Each as it is before it is registered: without what is computed. */
  readonly byThemselves: readonly Omit<ResourceValidationArgs, "getConfig" | "notApplicable">[];
}

const stackTags = new Map<string, string>();
const seen = new WeakMap<ExampleStack, SeenStack>();

/** No policy changes what it is shown, so that many packs may see the same. */
export function seenOnce(stack: ExampleStack): SeenStack {
  const before = seen.get(stack);
  if (before !== undefined) {
    return before;
  }
  const inStack = seenBy(stack);
  const examples = Object.values(stack);
  const byThemselves = inStack.map((resource, index) => ({
    ...resource,
    props: unknownCheckingProxy(examples[index]?.props ?? {}),
    asType: () => undefined,
    stackTags,
  }));
  seen.set(stack, { inStack, byThemselves });
  return { inStack, byThemselves };
}

function seenBy(stack: ExampleStack): PolicyResource[] {
  const resources = new Map(Object.entries(stack).map(([name, resource]) => [name, asSeen(name, resource)]));
  for (const [name, { from = {} }] of Object.entries(stack)) {
    for (const [property, sources] of Object.entries(from)) {
      const seen = resources.get(name)?.propertyDependencies ?? {};
      seen[property] = sources.flatMap((source) => resources.get(source) ?? []);
    }
  }
  return [...resources.values()];
}

function asSeen(
  key: string,
  { type, props, name = key, computed = {}, protect = false, provider = "aws" }: ExampleResource,
): PolicyResource {
  return {
    type,
    name,
    urn: `urn:pulumi:test::example::${type}::${key}`,
    props: unknownCheckingProxy({ ...computed, ...props }),
    provider: { type: "pulumi:providers:aws", name: provider, urn: provider, props: {} },
    opts: {
      protect,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
    },
    dependencies: [],
    // Every property that the program gives has an entry, whether its value comes from a resource or not.
    propertyDependencies: Object.fromEntries(Object.keys(props).map((property) => [property, []])),
    isType: () => false,
    asType: () => undefined,
  };
}

function notApplicable(): never {
  throw new Error("no policy of this pack needs that");
}

/** The stack with some properties of one resource replaced; undefined takes a property away. */
export function changed<Stack extends ExampleStack, Name extends keyof Stack & string>(
  stack: Stack,
  name: Name,
  changes: Partial<Stack[Name]["props"]>,
): Stack {
  const props = Object.entries({ ...stack[name]?.props, ...changes }).filter(([, value]) => value !== undefined);
  return { ...stack, [name]: { ...stack[name], props: Object.fromEntries(props) } };
}

/** The stack with something else than the properties of one resource replaced. */
export function marked<Stack extends ExampleStack, Name extends keyof Stack & string>(
  stack: Stack,
  name: Name,
  marks: Marks<Stack[Name]["props"]>,
): Stack {
  return { ...stack, [name]: { ...stack[name], ...marks } };
}

type Marks<Props> = Pick<ExampleResource, "protect" | "provider"> & {
  readonly computed?: Partial<Props>;
  readonly from?: { readonly [Property in keyof Props]?: readonly string[] };
};

/** The stack without some resources. */
export function without<Stack extends ExampleStack, Name extends keyof Stack & string>(
  stack: Stack,
  ...names: Name[]
): Omit<Stack, Name> {
  return Object.fromEntries(Object.entries(stack).filter(([name]) => !names.some((gone) => gone === name))) as Omit<
    Stack,
    Name
  >;
}

/** The remark that a preview makes instead of checking a property that is not known yet. */
export function notChecked(property: string, label: string, ...policies: string[]): string {
  return (
    `transfer-not-checked-until-update: \`${property}\` of ${label} is not known yet; until the update it is not checked ` +
    `by ${policies.join(", ")}. Build it from names that the program knows, and a preview checks it.`
  );
}
