import type { DeployedResource, Deployment } from "../synth/deployment";
import { declarationOf } from "../synth/resourceTypes";
import { replacingInputs, valueAt } from "../synth/resourceTypes/resourceType";
import type { Side } from "./side";
import { isSameValue } from "./structure";

/** A resource that stays, with other inputs. */
export interface ChangedResource {
  readonly urn: string;
  /** Names of the inputs that differ, sorted; `protect` and `retainOnDelete` are options and named like inputs. */
  readonly inputs: readonly string[];
}

/** What becomes of the resources of one stack, each list sorted by urn. Components are left out: AWS has none. */
export type ResourceDifference = {
  readonly created: readonly string[];
  readonly changed: readonly ChangedResource[];
  /** Deleted and created again, because AWS cannot change one of these inputs. */
  readonly replaced: readonly ChangedResource[];
  readonly deleted: readonly string[];
};

/** Compares two sides of one stack; undefined is one that has nothing. In another region everything is made anew. */
export function resourceDifference(
  before: ComparedDeployment | undefined,
  after: ComparedDeployment | undefined,
): ResourceDifference {
  const old = customByUrn(before?.deployment);
  const now = customByUrn(after?.deployment);
  const isElsewhere = before !== undefined && before.settings["aws:region"] !== after?.settings["aws:region"];
  const differing = [...now.values()].flatMap((resource) => {
    const previous = old.get(resource.urn);
    const inputs = previous === undefined ? [] : differingInputs(previous, resource);
    return previous === undefined || (inputs.length === 0 && !isElsewhere) ? [] : [{ urn: resource.urn, inputs }];
  });
  const replaced = isElsewhere ? new Map(differing.map((one) => [one.urn, one])) : replacements(differing, old, now);
  return {
    created: [...now.keys()].filter((urn) => !old.has(urn)),
    changed: differing.filter(({ urn }) => !replaced.has(urn)),
    replaced: [...replaced.values()].sort((a, b) => (a.urn < b.urn ? -1 : 1)),
    deleted: [...old.keys()].filter((urn) => !now.has(urn)),
  };
}

type ComparedDeployment = Pick<Side, "deployment" | "settings">;

/** The name of a resource as a reader looks for it: type and logical name. */
export function labelOfUrn(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  return `${types.slice(types.lastIndexOf("$") + 1)} ${name.join("::")}`;
}

function customByUrn(deployment: Deployment | undefined): Map<string, DeployedResource> {
  const custom = (deployment?.resources ?? []).filter((resource) => resource.custom);
  return new Map(custom.map((resource) => [resource.urn, resource]));
}

function differingInputs(before: DeployedResource, after: DeployedResource): string[] {
  const keys = new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)]);
  const differing = [...keys].filter((key) => !isSameValue(before.inputs[key], after.inputs[key]));
  return [
    ...differing,
    ...(["protect", "retainOnDelete"] as const).filter((option) => before[option] !== after[option]),
  ].sort();
}

/**
 * Those whose replacing inputs differ, and those whose replacing inputs name one that is replaced: its id will be another
 * one, which a synthesis, where ids follow from names, does not show.
 */
function replacements(
  differing: readonly ChangedResource[],
  old: ReadonlyMap<string, DeployedResource>,
  now: ReadonlyMap<string, DeployedResource>,
): Map<string, ChangedResource> {
  const replaced = new Map<string, ChangedResource>();
  let found = differing.filter(({ urn, inputs }) => {
    const [before, after] = [old.get(urn)?.inputs ?? {}, now.get(urn)?.inputs ?? {}];
    const declared = declarationOf(now.get(urn)?.type ?? "");
    const replacing = declared === undefined ? [] : replacingInputs(declared, before, after, isSameValue);
    return inputs.some((input) => replacing.includes(input));
  });
  while (found.length > 0) {
    found.forEach((change) => replaced.set(change.urn, change));
    const ids = new Set<unknown>([...replaced.keys()].map((urn) => now.get(urn)?.id));
    found = [...now.values()]
      .filter(({ urn }) => !replaced.has(urn))
      .map(({ urn, type, inputs }) => ({
        urn,
        inputs: (declarationOf(type)?.replacedBy ?? []).filter((path) => ids.has(valueAt(inputs, path))),
      }))
      .filter(({ inputs }) => inputs.length > 0);
  }
  return replaced;
}
