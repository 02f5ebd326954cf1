import type { DeployedResource, Deployment } from "../synth/deployment";
import { UserError } from "../userError";
import { markKey, marks } from "../wireMarks";

/** A resource as `pulumi stack export` writes it. */
interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly dependencies?: readonly string[];
  /** Set while an update that broke off has left it to be deleted. */
  readonly delete?: boolean;
}

/**
 * A deployment from a file: what `npm run synth` prints, or what `pulumi stack export` writes of a stack that is deployed.
 * What an export holds encrypted reads as a secret, so that whoever needs it says that it is missing.
 * @throws UserError for a text that is neither.
 */
export function deploymentIn(text: string, file: string): Deployment {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError(`${file}: this is not JSON; give what "npm run synth" or "pulumi stack export" prints`);
  }
  const { stack, resources, deployment } = (value ?? {}) as {
    readonly stack?: unknown;
    readonly resources?: unknown;
    readonly deployment?: { readonly resources?: unknown } | null;
  };
  if (typeof stack === "string" && areResources(resources)) {
    return value as Deployment;
  }
  if (areResources(deployment?.resources)) {
    return exported(deployment.resources, file);
  }
  throw new UserError(`${file}: this is no deployment; give what "npm run synth" or "pulumi stack export" prints`);
}

function areResources(value: unknown): value is readonly ExportedResource[] {
  const isResource = (each: Partial<ExportedResource> | null) =>
    typeof each === "object" && typeof each?.type === "string" && typeof each.urn === "string";
  return Array.isArray(value) && value.every(isResource);
}

function exported(all: readonly ExportedResource[], file: string): Deployment {
  const resources = all.filter((each) => each.delete !== true).map(deployedResource);
  const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  if (stack === undefined) {
    throw new UserError(`${file}: the export has no stack resource, so nothing is deployed by it`);
  }
  const [, name = ""] = /^urn:pulumi:([^:]+)::/.exec(stack.urn) ?? [];
  return { stack: name, resources: resources.sort((a, b) => (a.urn < b.urn ? -1 : 1)), outputs: stack.outputs };
}

function deployedResource(each: ExportedResource): DeployedResource {
  return {
    urn: each.urn,
    type: each.type,
    name: each.urn.slice(each.urn.lastIndexOf("::") + 2),
    parent: each.parent ?? null,
    custom: each.custom ?? false,
    id: each.id ?? null,
    inputs: plain(each.inputs ?? {}) as DeployedResource["inputs"],
    outputs: plain(each.outputs ?? {}) as DeployedResource["outputs"],
    protect: each.protect ?? false,
    retainOnDelete: each.retainOnDelete ?? false,
    dependsOn: each.dependencies ?? [],
  };
}

/** Values as a synthesis shows them. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const record = value as Readonly<Record<string, unknown>>;
  const rest = Object.fromEntries(
    Object.entries(record).flatMap(([name, one]) => (name === markKey ? [] : [[name, plain(one)]])),
  );
  switch (record[markKey]) {
    case marks.secret:
      return { secret: true };
    case marks.asset:
      return { asset: rest["hash"], ...(typeof rest["text"] === "string" ? { text: rest["text"] } : {}) };
    case marks.archive:
      return { archive: rest["hash"], assets: rest["assets"] };
    default:
      return rest;
  }
}
