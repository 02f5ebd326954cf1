import { dollars, fixedCosts } from "../cost/fixed";
import { pricesAsOf, pricesRegion } from "../cost/prices";
import type { DeployedResource } from "../synth/deployment";
import { allSettings } from "../settings/bounds";
import { defaultTagsKey } from "../settings/defaultTags";
import { addressesOfEndpoint } from "../settings/endpoint";
import { declarationOf } from "../synth/resourceTypes";
import type { Owner } from "../uploads/owner";
import { isSettingKind, moved, type Change } from "./change";
import type { Detail } from "./details";
import type { OwnersOf } from "./owners";
import { alongOf, type Along } from "./sentences/changedEndpoint";
import type { Side } from "./side";

/** What changes for everybody in a stack that exists on both sides: its settings first. */
export function stackChanges(before: Side, after: Side, details: readonly Detail[]): Change[] {
  const changed = details.filter(({ kind }) => kind === "setting");
  const along = alongOf(changed);
  const settings = changed.flatMap((detail) => settingChange(detail, along));
  const regionMoves = settings.some(({ kind }) => kind === "aws:region");
  const output = (name: string) =>
    [before, after].map(({ deployment }) => String(deployment.outputs[name])) as [string, string];
  return [
    ...settings,
    ...(!regionMoves && details.some(isReplacedServer) ? [{ kind: "server-replaced" } as const] : []),
    // Another region makes another host name, which its sentence says.
    ...(regionMoves ? [] : moved("endpoint-moved", ...output("endpoint"))),
    ...moved("bucket-moved", ...output("bucketName")),
    ...once(details.flatMap(rewriting)),
    ...costChange(before, after),
  ];
}

/** By the prices of this version on both sides: what changes is what is deployed. */
function costChange(before: Side, after: Side): Change[] {
  const [from, to] = [before, after].map(({ deployment }) => dollars(fixedCosts(deployment).usd)) as [string, string];
  return from === to ? [] : [{ kind: "fixed-cost-changed", from, to, asOf: pricesAsOf, region: pricesRegion }];
}

/** A text that differs in several places is told once. */
function once(changes: readonly Change[]): Change[] {
  return [...new Map(changes.map((change) => [JSON.stringify(change), change])).values()];
}

/** That a stack is new, and with which settings; what every gateway has without being told is left out. */
export function newStack({ settings }: Side): Change {
  const told = Object.entries(settings).filter(
    ([name, value]) => !name.includes(",") && value !== "" && !isDefault(name, value),
  );
  const shown = ([name, value]: readonly [string, unknown]) =>
    `${name.slice(name.indexOf(":") + 1)} ${shownSetting(value)}`;
  const isWeak = ([name, value]: readonly [string, unknown]) =>
    (name.endsWith(":protect") && value !== "true") ||
    name.endsWith(":today") ||
    (name.endsWith(":roleLogging") && value !== "true");
  return { kind: "stack-added", settings: told.map(shown).sort(), weak: told.filter(isWeak).map(shown).sort() };
}

/**
 * Of each tenant and space, and by undefined of everybody, what is deleted with what it holds. That another region takes
 * everything along is one sentence.
 * @param before The names that things bear until then.
 */
export function losses(
  details: readonly Detail[],
  { deployment }: Side,
  ownersOf: OwnersOf,
): ReadonlyMap<Owner | undefined, readonly Change[]> {
  const lost = new Map<Owner | undefined, Change[]>();
  if (details.some(({ path }) => path[0] === "aws:region")) {
    return lost;
  }
  const before = new Map(deployment.resources.map((resource) => [resource.urn, resource]));
  // Of a server that is replaced, its own sentence says so.
  for (const detail of details.filter((one) => isEnd(one) && !isReplacedServer(one))) {
    const was = before.get(detail.resource?.urn ?? "");
    const holds = declarationOf(was?.type ?? "")?.holds;
    if (was !== undefined && holds !== undefined && !was.retainOnDelete) {
      const [owner] = ownersOf(detail);
      const change = { kind: "data-lost", urn: was.urn, name: nameOf(was), outcome: detail.kind, holds } as const;
      lost.set(owner, [...(lost.get(owner) ?? []), change]);
    }
  }
  return lost;
}

function settingChange({ path: [name = ""], ...detail }: Detail, along: Along | undefined): Change[] {
  const [from, to] = [shownSetting(detail.from), shownSetting(detail.to)];
  // A setting that only one side has tells of another project, and of nothing that it does, unless stacks may lack it.
  const isTold = name === defaultTagsKey || (from !== undefined && to !== undefined);
  const beside = along !== undefined && name.slice(name.indexOf(":") + 1) in addressesOfEndpoint ? { along } : {};
  return isTold && isSettingKind(name) ? [{ kind: name, from, to, ...beside } as Change] : [];
}

/** What is encrypted differs where it was encrypted anew; of what it says nothing is known. */
function shownSetting(value: unknown): string | undefined {
  return typeof value === "object" && value !== null ? "a secret" : (value as string | undefined);
}

function isEnd({ kind }: Detail): boolean {
  return kind === "deleted" || kind === "replaced";
}

function isReplacedServer({ kind, resource }: Detail): boolean {
  return kind === "replaced" && resource?.type === "aws:transfer/server:Server";
}

function rewriting({ kind, resource, path: [input] }: Detail): Change[] {
  if (kind !== "input" || resource === undefined) {
    return [];
  }
  if (resource.type === "aws:lambda/function:Function" && input === "code") {
    return [{ kind: "function-changed", name: resource.name }];
  }
  return input === "dashboardBody" ? [{ kind: "dashboard-changed" }] : [];
}

/** What AWS calls it. */
function nameOf({ name, inputs }: DeployedResource): string {
  const given = inputs["name"] ?? inputs["bucket"];
  return typeof given === "string" ? given : name;
}

function isDefault(name: string, value: unknown): boolean {
  const [, key = ""] = name.split(":");
  const setting = Object.entries(allSettings).find(([known]) => known === key)?.[1];
  return setting !== undefined && (Array.isArray(setting.default) ? "[]" : String(setting.default)) === value;
}
