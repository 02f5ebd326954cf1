/** What one run of the CLI did, from its exit code, its output and the engine's event log. */
export interface Run {
  /** Null when it was killed. */
  readonly code: number | null;
  /** Everything a person would read, stdout and stderr. */
  readonly output: string;
  /** Number of resources by what was done to them, `same` among them; empty when the run did not get that far. */
  readonly counts: Readonly<Record<string, number>>;
  /** What was done, or would be: `update aws:transfer/user:User acme`, sorted; what stays the same is absent. */
  readonly steps: readonly string[];
  /** Messages of errors and mandatory policy violations. */
  readonly errors: readonly string[];
  /** Names of the policies that were broken, advisory ones too, once for each resource that breaks them. */
  readonly violations: readonly string[];
}

interface StepMetadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
}

interface EngineEvent {
  readonly resourcePreEvent?: { readonly metadata: StepMetadata };
  readonly resOutputsEvent?: { readonly metadata: StepMetadata };
  readonly diagnosticEvent?: { readonly severity: string; readonly message: string };
  readonly policyEvent?: { readonly enforcementLevel: string; readonly policyName: string; readonly message: string };
  readonly summaryEvent?: { readonly resourceChanges: Readonly<Record<string, number>> };
}

/** Steps that touch nothing outside the engine. */
const quietSteps = new Set(["same", "read", "refresh"]);

/** Reads a finished or killed run. */
export function readRun(run: { code: number | null; stdout: string; stderr: string; events: string }): Run {
  const events = run.events.split("\n").flatMap(readEvent);
  return {
    code: run.code,
    output: `${run.stdout}${run.stderr}`,
    counts: events.find(({ summaryEvent }) => summaryEvent)?.summaryEvent?.resourceChanges ?? {},
    steps: events.flatMap(({ resourcePreEvent }) => stepText(resourcePreEvent?.metadata)).sort(),
    errors: events.flatMap(errorText),
    violations: events.flatMap(({ policyEvent }) => policyEvent?.policyName ?? []),
  };
}

/** The last line of a killed run's log may be cut off. */
function readEvent(line: string): EngineEvent[] {
  try {
    return line === "" ? [] : [JSON.parse(line) as EngineEvent];
  } catch {
    return [];
  }
}

function stepText(metadata: StepMetadata | undefined): string[] {
  if (metadata === undefined || quietSteps.has(metadata.op)) {
    return [];
  }
  return [`${metadata.op} ${metadata.type} ${metadata.urn.split("::").slice(3).join("::")}`];
}

function errorText({ diagnosticEvent, policyEvent }: EngineEvent): string[] {
  if (diagnosticEvent?.severity === "error") {
    return [diagnosticEvent.message];
  }
  return policyEvent?.enforcementLevel === "mandatory" ? [`${policyEvent.policyName}: ${policyEvent.message}`] : [];
}
