import type * as z from "zod";

import { explain, explainUnknownKey } from "./explain";
import type { Report } from "./report";
import {
  fileSchema,
  folderSchema,
  listenerSchema,
  memberSchema,
  spaceSchema,
  sshKeySchema,
  tenantName,
  tenantSchema,
  type TenantsFile,
} from "./schema";
import type { Path, Places } from "./tree";

/** A value of which any part may be missing because it was wrong; list entries keep their positions. */
export type Draft<T> = T extends readonly (infer Entry)[]
  ? readonly (Draft<Entry> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> | undefined }
    : T;

/** The mappings of the file by the keys that lead to them. */
const mappings: Readonly<Record<string, { readonly shape: object }>> = {
  "": fileSchema,
  tenants: tenantSchema,
  "tenants.sshKeys": sshKeySchema,
  "tenants.folders": folderSchema,
  "tenants.spaces": memberSchema,
  "tenants.notify": listenerSchema,
  spaces: spaceSchema,
  "spaces.notify": listenerSchema,
};

/**
 * Reports everything that is not of the schema's shape, and cuts it out of the value, so that the rules which span
 * tenants can look at all the rest in the same run.
 */
export function checkShape(value: unknown, places: Places, report: Report): Draft<TenantsFile> {
  const { error } = fileSchema.safeParse(value);
  const seen = new Set<string>();
  for (const issue of (error?.issues ?? []).flatMap((one) => resolveUnion(one, value))) {
    const path = issue.path as Path;
    const tenant = tenantAt(value, path);
    if (issue.code === "unrecognized_keys") {
      reportUnknownKeys(issue.keys, path, places, report, tenant);
      continue;
    }
    const place = JSON.stringify(path);
    if (!seen.has(place)) {
      seen.add(place);
      report.error(
        () => (issue.code === "invalid_key" ? places.ofKey(path.slice(0, -1), String(path.at(-1))) : places.of(path)),
        () => explain(issue, path, valueAt(value, path)),
        tenant,
      );
    }
  }
  for (const place of seen) {
    cut(value, JSON.parse(place) as Path);
  }
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** Of a union's issues, those of the alternative that the writer meant: the mapping, if a mapping was written. */
function resolveUnion(issue: z.core.$ZodIssue, root: unknown): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") {
    return [issue];
  }
  const value = valueAt(root, issue.path as Path);
  const meant =
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? issue.errors.find((issues) => issues.every(({ path, code }) => path.length > 0 || code === "unrecognized_keys"))
      : undefined;
  return meant?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) ?? [issue];
}

function reportUnknownKeys(
  keys: readonly string[],
  path: Path,
  places: Places,
  report: Report,
  tenant: string | undefined,
): void {
  const schema = mappings[path.filter((step) => typeof step === "string").join(".")];
  const known = Object.keys(schema?.shape ?? {});
  for (const key of keys) {
    report.error(
      () => places.ofKey(path, key),
      () => explainUnknownKey(key, known),
      tenant,
    );
  }
}

/** The name of the tenant that a path leads into, when it has a proper one. */
function tenantAt(root: unknown, path: Path): string | undefined {
  const name = path[0] === "tenants" ? valueAt(root, [...path.slice(0, 2), "name"]) : undefined;
  return typeof name === "string" && tenantName.test(name) ? name : undefined;
}

function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[step] : undefined,
    root,
  );
}

function cut(root: unknown, path: Path): void {
  const parent = valueAt(root, path.slice(0, -1));
  const last = path.at(-1);
  if (typeof parent === "object" && parent !== null && last !== undefined) {
    (parent as Record<string | number, unknown>)[last] = undefined;
  }
}
