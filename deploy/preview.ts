import { UserError } from "../userError";

/** One step of a preview, as far as it matters here. Source: the JSON that `pulumi preview --json` prints, CLI 3.259. */
export interface PreviewStep {
  /** `same`, `create`, `update`, `delete`, `replace`, ... */
  readonly op: string;
  readonly urn: string;
  readonly newState?: { readonly inputs?: Readonly<Record<string, unknown>> };
}

/**
 * The steps of a preview.
 * @throws UserError when the text is not what `pulumi preview --json` prints: nothing may be concluded from it then.
 */
export function readPreview(text: string): PreviewStep[] {
  const steps = stepsIn(text);
  if (!Array.isArray(steps) || !steps.every(isStep)) {
    throw new UserError("this is not what `pulumi preview --json` prints");
  }
  return steps;
}

function stepsIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { steps?: unknown } | null)?.steps;
  } catch {
    return undefined;
  }
}

function isStep(value: unknown): value is PreviewStep {
  const { op, urn } = (value ?? {}) as Partial<PreviewStep>;
  return typeof op === "string" && typeof urn === "string";
}
