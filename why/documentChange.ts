import { accessRoleTrust } from "../access/documents";
import { policyDocument, policyText, type Statement } from "../iam/policy";
import type { DeployedDocument } from "../inventory/document";
import { inventoryOf } from "../inventory/inventory";
import type { ExplainedStep } from "../inventory/session";
import { listingContext } from "../access/sessionContext";
import type { Change, DocumentEdit, Written } from "./answer";
import { judgementAfter, type Trial } from "./trial";
import { verdictOf, type RequestJudgement } from "./file";

type DocumentsChange = Extract<Change, { kind: "documents" }>;

/** One edit of one document. */
interface Edited {
  readonly document: DeployedDocument;
  readonly edit: DocumentEdit;
}

/** A denial stands behind another; more of them than this are no accident of one document. */
const rounds = 12;

/** Statements to add or remove until the documents give the other answer. */
export function documentChange(trial: Trial): DocumentsChange | undefined {
  const edits: DocumentEdit[] = [];
  let writes: readonly Written[] = [];
  let { judgement } = trial;
  for (let round = 0; round < rounds && judgement.verdict !== trial.wanted; round += 1) {
    const edited = editsOf(trial, judgement.requests);
    if (edited.length === 0) {
      return undefined;
    }
    edits.push(...edited.map(({ edit }) => edit));
    writes = merged(writes, written(edited));
    judgement = judgementAfter(trial, writes);
  }
  return judgement.verdict === trial.wanted ? { kind: "documents", edits, writes } : undefined;
}

function merged(before: readonly Written[], now: readonly Written[]): Written[] {
  return [...new Map([...before, ...now].map((each) => [`${each.urn} ${each.input}`, each])).values()];
}

/** What the next round changes: of requests of which one is enough, the first is enough. */
function editsOf(trial: Trial, requests: readonly RequestJudgement[]): Edited[] {
  const { judgement, wanted } = trial;
  if (wanted === "denied") {
    const allowed = requests.filter(({ verdict }) => verdict === "allowed");
    const some = allowed.length === requests.length && judgement.requests.length > 1 ? allowed : allowed.slice(0, 1);
    return some.flatMap(({ steps, request }) =>
      steps.filter(({ action }) => action === request.action).flatMap((step) => refusal(step, request.prefix)),
    );
  }
  const failing = requests.find(({ verdict }) => verdict !== "allowed");
  return (failing?.steps ?? [])
    .filter((step) => verdictOf(step) !== "allowed")
    .flatMap((step) => admissions(step, failing?.request.prefix, trial));
}

function regionOf(excerpt: Trial["excerpt"], { serverId }: Trial["user"]): string {
  return (
    inventoryOf(excerpt)
      .servers.find(({ id }) => id === serverId)
      ?.arn.split(":")[3] ?? ""
  );
}

/** A Deny where it concerns this user alone, if it has a document of its own. */
function refusal(step: ExplainedStep, prefix: string | undefined): Edited[] {
  const document = step.voices.find(({ document, source }) => document === "session" && source !== undefined)?.source;
  const instead = step.voices.find(({ document }) => document === "identity")?.source;
  return added(document ?? instead, { Effect: "Deny", ...onWhat(step, prefix) });
}

/** What stands against the step taken away, and what is missing added. */
function admissions(
  step: ExplainedStep,
  prefix: string | undefined,
  { excerpt, user, identityProvider }: Trial,
): Edited[] {
  const { roleArn, serverId } = user;
  const isTrust = step.action.startsWith("sts:");
  const alone = !step.voices.some(({ document }) => document === "identity");
  return step.voices.flatMap(({ document, source, says, statement }): Edited[] => {
    if (says === "denies" || (says === "unknown" && statement?.effect === "Deny")) {
      return source === undefined || statement === undefined
        ? []
        : [{ document: source, edit: { source: source.label, remove: statement.name, index: statement.statement } }];
    }
    if (says === "allows" || (document === "resource" && !alone)) {
      return [];
    }
    if (isTrust) {
      const [, partition = "", , , account = ""] = roleArn.split(":");
      const scope = { partition, region: regionOf(excerpt, user), account };
      return added(source, accessRoleTrust(scope, serverId, identityProvider).Statement[0]);
    }
    const bearer = document === "resource" ? { Principal: { AWS: roleArn } } : {};
    return added(source, { Effect: "Allow", ...bearer, ...onWhat(step, prefix) });
  });
}

function added(source: DeployedDocument | undefined, statement: Statement | undefined): Edited[] {
  return source === undefined || statement === undefined
    ? []
    : [{ document: source, edit: { source: source.label, add: statement } }];
}

/** The very request, and nothing beside it. */
function onWhat(
  { action, resource }: ExplainedStep,
  prefix: string | undefined,
): Pick<Statement, "Action" | "Resource" | "Condition"> {
  const listing = prefix === undefined || !action.startsWith("s3:") ? undefined : listingContext(prefix)["s3:prefix"];
  return {
    Action: action,
    Resource: literal(resource),
    ...(typeof listing === "string" ? { Condition: { StringEquals: { "s3:prefix": literal(listing) } } } : {}),
  };
}

/** Text that stands for itself in a policy. Source: IAM User Guide, "IAM policy elements: Variables and tags". */
function literal(text: string): string {
  return text.replaceAll(/[*?$]/g, "${$&}");
}

/** The documents with all of their edits. */
function written(edited: readonly Edited[]): Written[] {
  const documents = [...new Set(edited.map(({ document }) => document))];
  return documents.map((document) => {
    const own = edited.filter((each) => each.document === document).map(({ edit }) => edit);
    const removed = new Set(own.map((edit) => (edit.remove === undefined ? undefined : edit.index)));
    const more = own.flatMap(({ add }) => (add === undefined ? [] : [add]));
    const kept = document.content.Statement.filter((_, index) => !removed.has(index));
    return { ...document.place, value: policyText({ ...policyDocument(...kept, ...more) }) };
  });
}
