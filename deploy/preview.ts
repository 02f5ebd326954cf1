import * as z from "zod";
import { UserError } from "../userError";

const state = z.record(z.string(), z.unknown());

const stepSchema = z.object({
  /** `same`, `create`, `update`, `delete`, `replace`, ... */
  op: z.string(),
  urn: z.string(),
  /** Options and inputs as they are in the stack's state; secrets read "[secret]". */
  oldState: state.nullish(),
  /** The same as they would become. */
  newState: state.nullish(),
  /** Inputs that the provider finds changed, and those of them that replace the resource. */
  diffReasons: z.array(z.string()).nullish(),
  replaceReasons: z.array(z.string()).nullish(),
});

const differenceSchema = z
  .object({ adds: state, updates: state, deletes: z.array(z.string()) })
  .partial()
  .nullish();

const resourcePlanSchema = z.object({
  /** All that the program asks for, secrets in plain text. */
  goal: z.looseObject({ inputDiff: differenceSchema, outputDiff: differenceSchema }).nullish(),
  /** Every single operation, where a step is a summary: `create-replacement`, `delete-replaced`, ... */
  steps: z.array(z.string()).nullish(),
});

/** One step of a preview. Source: the JSON that `pulumi preview --json` prints, CLI 3.259. */
export type PreviewStep = z.output<typeof stepSchema>;

/** What an update may do to one resource. Source: what `pulumi preview --save-plan --show-secrets` writes, CLI 3.259. */
export type ResourcePlan = z.output<typeof resourcePlanSchema>;

/**
 * The steps of a preview.
 * @throws UserError when the text is not what `pulumi preview --json` prints: nothing may be concluded from it then.
 */
export function readPreview(text: string): PreviewStep[] {
  return read(text, z.object({ steps: z.array(stepSchema) }), "`pulumi preview --json` prints").steps;
}

/**
 * The plans of a saved plan, by urn.
 * @throws UserError when the text is not what `pulumi preview --save-plan` writes.
 */
export function readSavedPlan(text: string): Readonly<Record<string, ResourcePlan>> {
  const schema = z.object({ resourcePlans: z.record(z.string(), resourcePlanSchema) });
  return read(text, schema, "`pulumi preview --save-plan` writes").resourcePlans;
}

function read<Schema extends z.ZodType>(text: string, schema: Schema, origin: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new UserError(`this is not what ${origin}`);
  }
}
