import * as z from "zod";

import { entryByKey, explain, explainUnknownKey } from "./explain";
import { elsewhere } from "./levels";
import { isOfPrivateKey, privateKeysIn } from "./publicKey";
import type { Report } from "./report";
import { fileSchema, type TenantsFile } from "./schema";
import { type Path, writtenAt } from "./tree";

/** A value of which any part may be missing because it was wrong; list entries keep their positions. */
export type Draft<T> = T extends readonly (infer Entry)[]
  ? readonly (Draft<Entry> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> | undefined }
    : T;

/**
 * What the file says. Reports everything that is not of the schema's shape; then all the rest of the file is given, so that
 * the rules which span tenants look at it in the same run.
 */
export function readShape(content: unknown, report: Report): Draft<TenantsFile> {
  const { success, data, error } = fileSchema.safeParse(content, { reportInput: true });
  if (success) {
    return data;
  }
  const seen = new Set<string>();
  // They have been looked for in the whole text, and are reported where they begin.
  const hasPrivateKey = privateKeysIn(report.text).length > 0;
  const issues = error.issues.flatMap(resolveUnion);
  // One mistake, one message: their name and their access, or their key, are there in another form.
  const meant = new Set(issues.filter(isOfEntryByKey).map(({ path }) => JSON.stringify(path)));
  for (const issue of issues) {
    const path = issue.path as Path;
    const place = JSON.stringify(path);
    if (issue.input === undefined && meant.has(JSON.stringify(path.slice(0, -1)))) {
      continue;
    }
    if (issue.code === "unrecognized_keys") {
      const known = knownKeys(issue);
      const instead = entryByKey(known, issue.input);
      issue.keys.forEach((key) =>
        report.error(path, () => explainUnknownKey(key, known, instead ?? elsewhere(key, known)), key),
      );
    } else if (!seen.has(place) && !(hasPrivateKey && isOfPrivateKey(issue.message))) {
      seen.add(place);
      const message = () => explain(issue, path, issue.input, writtenAt(report.root, path));
      if (issue.code === "invalid_key") {
        report.error(path.slice(0, -1), message, String(path.at(-1)));
      } else {
        report.error(path, message);
      }
    }
  }
  return tolerant(fileSchema).parse(content) ?? {};
}

/** What the schema says for its message. */
function knownKeys({ message }: z.core.$ZodIssueUnrecognizedKeys): string[] {
  return message.split(", ");
}

function isOfEntryByKey(issue: z.core.$ZodIssue): boolean {
  return issue.code === "unrecognized_keys" && entryByKey(knownKeys(issue), issue.input) !== undefined;
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
