import { isDeepStrictEqual } from "node:util";
import type { DeployedResource, Deployment } from "../synth/deployment";
import type { ResourceDifference } from "./resources";
import type { Side } from "./side";
import { leavesOf } from "./structure";

/**
 * One thing that is different on the two sides of a stack. All of them together are the difference: a sentence explains
 * some, and what no sentence explains is shown as it is.
 */
export interface Detail {
  readonly kind: "setting" | "created" | "deleted" | "replaced" | "input" | "option" | "output";
  /** The resource: as it was when it is deleted, else as it will be. Undefined for settings and stack outputs. */
  readonly resource: DeployedResource | undefined;
  /** The setting, the option, or the way to the value: `policy`, `Statement`, `Readers`. Empty for a whole resource. */
  readonly path: readonly string[];
  /** Undefined where there was nothing. A whole resource has its inputs here. */
  readonly from: unknown;
  readonly to: unknown;
}

/** Options that decide what the engine does with a resource. */
const options = ["parent", "protect", "provider", "retainOnDelete"] as const;

/**
 * Everything that differs between two sides of one stack that both exist. Where the region or the bucket is another one,
 * which nearly every ARN holds, that is not counted again wherever it shows.
 */
export function detailsOf(before: Side, after: Side, { replaced }: ResourceDifference): Detail[] {
  const renamed = withNamesOf(after, before);
  const [old, now] = [renamed, after.deployment].map(byUrn) as [Resources, Resources];
  const changed = new Set(replaced.map(({ urn }) => urn));
  return [
    ...settingDetails(before, after),
    ...[...old.values()].filter(({ urn }) => !now.has(urn)).map((resource) => whole("deleted", resource)),
    ...[...now.values()].flatMap((resource) => {
      const previous = old.get(resource.urn);
      return previous === undefined
        ? [whole("created", resource)]
        : [
            ...(changed.has(resource.urn) ? [whole("replaced", resource)] : []),
            ...inputDetails(previous, resource),
            ...optionDetails(previous, resource),
          ];
    }),
    ...outputDetails(renamed, after.deployment),
  ];
}

type Resources = ReadonlyMap<string, DeployedResource>;

function byUrn({ resources }: Deployment): Resources {
  return new Map(resources.map((resource) => [resource.urn, resource]));
}

/** The old deployment with the new one's region and bucket. */
function withNamesOf(after: Side, { deployment, settings }: Side): Deployment {
  const pairs = [
    [settings["aws:region"], after.settings["aws:region"]],
    [deployment.outputs["bucketName"], after.deployment.outputs["bucketName"]],
  ].filter((pair): pair is [string, string] => pair.every((name) => typeof name === "string") && pair[0] !== pair[1]);
  const renamed = <T>(value: T): T =>
    JSON.parse(pairs.reduce((text, [from, to]) => text.replaceAll(from, to), JSON.stringify(value))) as T;
  return pairs.length === 0
    ? deployment
    : {
        ...deployment,
        resources: deployment.resources.map((resource) => ({ ...resource, inputs: renamed(resource.inputs) })),
        outputs: renamed(deployment.outputs),
      };
}

function settingDetails({ settings: old }: Side, { settings: now }: Side): Detail[] {
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].sort().flatMap((name) => {
    const [from, to] = [old[name], now[name]];
    return isDeepStrictEqual(from, to)
      ? []
      : [{ kind: "setting", resource: undefined, path: [name], from, to } as const];
  });
}

function whole(kind: "created" | "deleted" | "replaced", resource: DeployedResource): Detail {
  const { inputs } = resource;
  const [from, to] = [kind === "created" ? undefined : inputs, kind === "deleted" ? undefined : inputs];
  return { kind, resource, path: [], from, to };
}

function inputDetails(before: DeployedResource, resource: DeployedResource): Detail[] {
  return leavesOf(before.inputs, resource.inputs).map((leaf) => ({ kind: "input", resource, ...leaf }));
}

function optionDetails(before: DeployedResource, resource: DeployedResource): Detail[] {
  const further = leavesOf(before.options ?? {}, resource.options ?? {});
  return [
    ...options
      .filter((option) => before[option] !== resource[option])
      .map((option) => ({ path: [option], from: before[option], to: resource[option] })),
    ...further,
  ].map((leaf) => ({ kind: "option", resource, ...leaf }));
}

function outputDetails(before: Deployment, after: Deployment): Detail[] {
  return leavesOf(before.outputs, after.outputs).map((leaf) => ({ kind: "output", resource: undefined, ...leaf }));
}
