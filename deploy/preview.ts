import * as z from "zod";
import { UserError } from "../userError";

/** One step of a preview, as far as it matters here. Source: the JSON that `pulumi preview --json` prints, CLI 3.259. */
export type PreviewStep = z.output<typeof stepSchema>;

const stepSchema = z.object({
  /** `same`, `create`, `update`, `delete`, `replace`, ... */
  op: z.string(),
  urn: z.string(),
  newState: z.object({ inputs: z.unknown().optional() }).nullish(),
});

/**
 * The steps of a preview.
 * @throws UserError when the text is not what `pulumi preview --json` prints: nothing may be concluded from it then.
 */
export function readPreview(text: string): PreviewStep[] {
  try {
    return z.object({ steps: z.array(stepSchema) }).parse(JSON.parse(text)).steps;
  } catch {
    throw new UserError("this is not what `pulumi preview --json` prints");
  }
}
