import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { labelOfUrn } from "../diff/resources";
import { printable } from "../invisible";
import { declarationOf } from "../synth/resourceTypes";
import { UserError } from "../userError";
import { content } from "./content";
import type { PreviewStep, ResourcePlan } from "./preview";

/** Operations after which a resource is still the one it was. Any other, known or not, counts as its end. */
const keeping = new Set(["same", "create", "update", "read", "refresh", "import"]);

/**
 * When and where a resource was last written, what AWS computes, and the engine's mark on what its successor replaces:
 * nothing that somebody approves.
 */
const incidental = new Set(["created", "modified", "sourcePosition", "stackTrace", "id", "outputs", "delete"]);

/** A value is shown when it is as short as this; a longer one is named, and counts by the hash. */
const shownLength = 40;

/**
 * The line of a plan for what an update would do to one resource: a mark where data is in danger, which resource, what
 * happens to it, which of its options, inputs and outputs change, and a hash of all that, old and new. Undefined when
 * nothing would be done.
 * @param key For the hashes of secrets; undefined where the stack has none.
 * @throws UserError when the step has a secret and there is no key, or no plan that shows it.
 */
export function plannedLine(
  step: PreviewStep,
  plan: ResourcePlan | undefined,
  key: string | undefined,
): string | undefined {
  const before = lasting(step.oldState);
  const after = lasting(step.newState);
  const changes = step.oldState && step.newState ? changesOf(step, plan, before, after) : [];
  if (step.op === "same" && changes.length === 0) {
    return undefined;
  }
  if (!plan?.goal && JSON.stringify(after).includes('"[secret]"')) {
    throw new UserError(`${labelOfUrn(step.urn)} has a secret that the saved plan does not show`);
  }
  const hashed = content({ step: { op: step.op, urn: step.urn, before, after }, plan }, key);
  const hash = createHash("sha256").update(JSON.stringify(hashed)).digest("hex").slice(0, 16);
  const dangers = dangersOf(step);
  const words = [
    ...(dangers.length > 0 ? ["!"] : []),
    labelOfUrn(step.urn),
    step.op,
    ...(changes.length > 0 ? [`[${changes.join(", ")}]`] : []),
    ...(dangers.length > 0 ? [`(${dangers.join(", ")})`] : []),
    hash,
  ];
  return `${printable(words.join(" "))}\n`;
}

type Fields = Readonly<Record<string, unknown>>;

function lasting(state: Fields | null | undefined): Fields {
  return Object.fromEntries(Object.entries(state ?? {}).filter(([name]) => !incidental.has(name)));
}

/** What differs, sorted: options and inputs by their names, outputs as `outputs.name`. */
function changesOf(step: PreviewStep, plan: ResourcePlan | undefined, before: Fields, after: Fields): string[] {
  const { inputs: inputsBefore, ...optionsBefore } = before;
  const { inputs: inputsAfter, ...optionsAfter } = after;
  const changes = new Map<string, string>([
    ...[...named(plan?.goal?.inputDiff), ...(step.diffReasons ?? []), ...(step.replaceReasons ?? [])].map(itself),
    ...named(plan?.goal?.outputDiff).map((name) => itself(`outputs.${name}`)),
    ...differences((inputsBefore ?? {}) as Fields, (inputsAfter ?? {}) as Fields),
    ...differences(optionsBefore, optionsAfter),
  ]);
  return [...changes.values()].sort();
}

function itself(name: string): readonly [string, string] {
  return [name, name];
}

type PlanDifference = NonNullable<ResourcePlan["goal"]>["inputDiff"];

function named(difference: PlanDifference): string[] {
  const { adds = {}, updates = {}, deletes = [] } = difference ?? {};
  return [...Object.keys(adds), ...Object.keys(updates), ...deletes];
}

function differences(before: Fields, after: Fields): [string, string][] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .map((name) => [name, plain(name, before), plain(name, after)] as const)
    .filter(([, from, to]) => !isDeepStrictEqual(from, to))
    .map(([name, from, to]) => [name, shown(name, from, to)]);
}

/** Secrets read alike in a state, so none is sealed here and no key is needed. */
function plain(name: string, fields: Fields): unknown {
  return (content({ [name]: fields[name] }, undefined) as Fields)[name];
}

function shown(name: string, from: unknown, to: unknown): string {
  const [before, after] = [from, to].map((value) => JSON.stringify(value) ?? "none");
  const isShort = Math.max(before!.length, after!.length) <= shownLength;
  return isShort ? `${name}: ${before} -> ${after}` : name;
}

function dangersOf({ op, urn, oldState, newState }: PreviewStep): string[] {
  const [type = ""] = labelOfUrn(urn).split(" ");
  const isEnd = declarationOf(type)?.holds !== undefined && !keeping.has(op);
  const loses = (option: string) => Boolean(oldState?.[option] && newState && !newState[option]);
  return [
    ...(isEnd ? [oldState?.["retainOnDelete"] ? "stays in AWS, forgotten by Pulumi" : "what it holds is lost"] : []),
    ...(loses("protect") ? ["is no longer protected"] : []),
    ...(loses("retainOnDelete") ? ["is no longer kept when it is deleted"] : []),
  ];
}
