import * as z from "zod";

import { explain, explainUnknownKey } from "./explain";
import { privateKeyFault, privateKeysIn } from "./publicKey";
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
  tenants: tenantSchema.in,
  "tenants.sshKeys": sshKeySchema,
  "tenants.folders": folderSchema,
  "tenants.spaces": memberSchema,
  "tenants.notify": listenerSchema,
  spaces: spaceSchema,
  "spaces.notify": listenerSchema,
};

/**
 * What the file says. Reports everything that is not of the schema's shape; then all the rest of the file is given, so that
 * the rules which span tenants look at it in the same run.
 */
export function readShape(value: unknown, places: Places, report: Report): Draft<TenantsFile> {
  const { success, data, error } = fileSchema.safeParse(value);
  if (success) {
    return data;
  }
  const seen = new Set<string>();
  for (const issue of error.issues.flatMap(resolveUnion)) {
    const path = issue.path as Path;
    const tenant = tenantAt(value, path);
    const place = JSON.stringify(path);
    if (issue.code === "unrecognized_keys") {
      reportUnknownKeys(issue.keys, path, places, report, tenant);
    } else if (!seen.has(place) && !isReportedAlready(issue, report)) {
      seen.add(place);
      report.error(
        () => (issue.code === "invalid_key" ? places.ofKey(path.slice(0, -1), String(path.at(-1))) : places.of(path)),
        () => explain(issue, path, valueAt(value, path)),
        tenant,
      );
    }
  }
  return tolerant(fileSchema).parse(value) ?? {};
}

/** Private keys have been looked for in the whole text, and are reported where they begin. */
function isReportedAlready({ message }: z.core.$ZodIssue, { text }: Report): boolean {
  return message === privateKeyFault && privateKeysIn(text).length > 0;
}

/** The schema without its errors: whatever is wrong becomes undefined by itself, and leaves all around it. */
function tolerant(schema: z.core.$ZodType): z.ZodType {
  return tolerantWithin(schema).catch(undefined);
}

function tolerantWithin(schema: z.core.$ZodType): z.ZodType {
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries<z.core.$ZodType>(schema.shape).map(([key, inner]) => [key, tolerant(inner)]);
    return z.looseObject(Object.fromEntries(shape) as z.ZodRawShape);
  }
  if (schema instanceof z.ZodArray) {
    return schema.clone({ ...schema.def, element: tolerant(schema.element) });
  }
  if (schema instanceof z.ZodRecord) {
    return z.record(z.string(), tolerant(schema.valueType));
  }
  if (schema instanceof z.ZodUnion) {
    return z.union(schema.options.map(tolerantWithin));
  }
  if (schema instanceof z.ZodPipe) {
    return tolerantWithin(schema.in).pipe(schema.out as z.ZodType);
  }
  if (schema instanceof z.ZodOptional) {
    return tolerantWithin(schema.unwrap()).optional();
  }
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return tolerantWithin(schema.unwrap()).default(schema.def.defaultValue);
  }
  return schema as z.ZodType;
}

/** Of a union's issues, those of the alternative that the writer meant: the one for values of this kind. */
function resolveUnion(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") {
    return [issue];
  }
  const meant = issue.errors.find((issues) =>
    issues.every(({ path, code }) => path.length > 0 || (code !== "invalid_type" && code !== "invalid_value")),
  );
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
