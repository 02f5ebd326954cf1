import { boundaryNotes } from "../inventory/role";
import { absolutePath, LogicalFolders, type PathTarget } from "../inventory/logicalFolders";
import { clientOperations, type ClientOperation, type ObjectPlace, type OperationName } from "../inventory/operations";
import { blockOf } from "../inventory/resources";
import { Sessions, type ExplainedStep, type S3Request } from "../inventory/session";
import { foldersOf, type DeployedUser } from "../inventory/user";
import type { Inventory } from "../inventory/inventory";
import type { DocumentAnswer, FileAnswer, PlaceAnswer, StepAnswer, Verdict } from "./answer";
import { grantsIn, placeIn, type Known, type Subject } from "./subject";

/** What somebody wants to do with a file or folder. */
export interface FileQuestion {
  readonly operation: OperationName;
  /** As the client writes it: relative to where it lands, or absolute. */
  readonly path: string;
  /** The new name, of a renaming. */
  readonly to?: string | undefined;
  /** Of a line of a log: what failed, in its own words. */
  readonly failure?: string | undefined;
}

/** What one request asks, step by step, and what is decided of it. */
export interface RequestJudgement {
  readonly request: S3Request;
  readonly steps: readonly ExplainedStep[];
  readonly verdict: Verdict;
}

/** What is decided of a question, before it is put into words or changed. */
export interface FileJudgement {
  readonly targets: readonly { readonly path: string; readonly target: PathTarget }[];
  readonly requests: readonly RequestJudgement[];
  readonly verdict: Verdict;
}

/**
 * Decides a question by the documents of a deployment, and nothing else.
 * @throws UnreadableDeploymentError where they cannot be read.
 */
export function judgeFile(inventory: Inventory, user: DeployedUser, question: FileQuestion): FileJudgement {
  const folders = new LogicalFolders(foldersOf(user));
  const targets = [question.path, question.to].flatMap((written) => {
    if (written === undefined) {
      return [];
    }
    const path = absolutePath(written, user.home);
    return [{ path, target: folders.place(path) }];
  });
  const asked = requestsOf(
    question.operation,
    targets.map(({ target }) => target),
    inventory,
    user,
  );
  if (typeof asked === "string") {
    return { targets, requests: [], verdict: asked };
  }
  const session = new Sessions(inventory).of(user);
  const requests = asked.map((request) => judged(request, session.explain(request)));
  return { targets, requests, verdict: together(clientOperations[question.operation], requests) };
}

/** What is asked of S3, or what comes of it without asking. */
function requestsOf(
  operation: OperationName,
  targets: readonly PathTarget[],
  inventory: Inventory,
  user: DeployedUser,
): readonly S3Request[] | Verdict {
  const { requests }: ClientOperation = clientOperations[operation];
  const places = targets.flatMap((target): ObjectPlace[] => (target.kind === "below" ? [target] : []));
  const [place, to] = places;
  if (place !== undefined && places.length === targets.length) {
    return requests(place, to);
  }
  const [target] = targets;
  if (operation !== "ls" && operation !== "stat") {
    return "denied";
  }
  if (target?.kind === "mapped") {
    const exists = operation === "stat" && createsFolders(inventory, user);
    return exists ? "allowed" : clientOperations.ls.requests({ bucket: target.bucket, key: target.prefix });
  }
  return target?.kind === "virtual" ? "allowed" : "denied";
}

/** Whether mapped folders are there before anything lies in them. */
function createsFolders({ servers }: Inventory, { serverId }: DeployedUser): boolean {
  const server = servers.find(({ id }) => id === serverId)?.resource;
  return server !== undefined && blockOf(server, "s3StorageOptions")["directoryListingOptimization"] === "ENABLED";
}

function judged(request: S3Request, steps: readonly ExplainedStep[]): RequestJudgement {
  const verdicts = steps.map(verdictOf);
  const verdict =
    steps.length === 0 || verdicts.includes("denied") ? "denied" : verdicts.includes("unknown") ? "unknown" : "allowed";
  return { request, steps, verdict };
}

export function verdictOf({ allowed, reason }: Pick<ExplainedStep, "allowed" | "reason">): Verdict {
  return allowed ? "allowed" : reason === "unknown" ? "unknown" : "denied";
}

function together({ needs }: ClientOperation, requests: readonly RequestJudgement[]): Verdict {
  const verdicts = requests.map(({ verdict }) => verdict);
  const [decisive, other] = needs === "every" ? (["denied", "allowed"] as const) : (["allowed", "denied"] as const);
  return verdicts.includes(decisive) ? decisive : verdicts.includes("unknown") ? "unknown" : other;
}

/** The judgement as data, with the lines of tenants.yaml that it comes from. */
export function fileAnswer(
  known: Known,
  { entry }: Subject,
  user: DeployedUser,
  question: FileQuestion,
  judgement: FileJudgement,
): FileAnswer {
  const { operation, failure } = question;
  return {
    about: "file",
    stack: known.inventory.deployment.stack,
    userName: user.userName,
    ...(user.tenant === undefined ? {} : { tenant: user.tenant }),
    operation,
    places: judgement.targets.map(({ path, target }) => placeAnswer(path, target, user, known, entry)),
    verdict: judgement.verdict,
    ...(failure !== undefined && judgement.verdict === "allowed" ? { failure } : {}),
    needs: clientOperations[operation].needs,
    steps: unique(judgement.requests.flatMap(({ request, steps }) => steps.map((step) => stepAnswer(step, request)))),
    notKnown: notKnownOfFiles(known, user, operation, judgement),
  };
}

function placeAnswer(
  path: string,
  target: PathTarget,
  user: DeployedUser,
  { entries }: Known,
  entry: Subject["entry"],
): PlaceAnswer {
  if (target.kind === "virtual" || target.kind === "nowhere") {
    const inside = target.kind === "virtual" && path !== "/" ? `${path}/` : "/";
    const folders = foldersOf(user).map((folder) => folder.entry);
    return { path, kind: target.kind, folders: folders.filter((each) => each.startsWith(inside)) };
  }
  const { bucket } = target;
  const key = target.kind === "mapped" ? target.prefix : target.key;
  const folder = foldersOf(user)
    .filter((each) => each.bucket === bucket && key.startsWith(each.prefix))
    .sort((a, b) => b.prefix.length - a.prefix.length)[0];
  const placed = entry && folder && grantsIn(entry).find(({ grant }) => grant.prefix === folder.prefix);
  return {
    path,
    kind: target.kind,
    bucket,
    key,
    ...(placed && folder && entries && entry
      ? { grant: { ...placed.grant, entry: folder.entry, place: placeIn(entries, entry, placed.path) } }
      : {}),
  };
}

function stepAnswer(step: ExplainedStep, { prefix }: S3Request): StepAnswer {
  const { action, resource } = step;
  return {
    action,
    resource,
    ...(action.startsWith("s3:") && prefix !== undefined ? { prefix } : {}),
    verdict: verdictOf(step),
    documents: step.voices.map(({ document, source, says, statement, unanswered }): DocumentAnswer => ({
      document: document === "identity" ? "role policy" : document === "session" ? "session policy" : policyOn(action),
      ...(source === undefined ? {} : { source: source.label }),
      says,
      ...(statement === undefined ? {} : { statement: statement.name, index: statement.statement }),
      ...(unanswered === undefined ? {} : { unanswered }),
    })),
  };
}

/** What the policy of a resource is called, by the service that is asked. */
function policyOn(action: string): DocumentAnswer["document"] {
  return action.startsWith("sts:") ? "trust policy" : action.startsWith("kms:") ? "key policy" : "bucket policy";
}

/** Each request begins with the same steps. */
function unique(steps: readonly StepAnswer[]): StepAnswer[] {
  return [...new Map(steps.map((step) => [JSON.stringify(step), step])).values()];
}

/** Of operations on what has to be there. */
const needsObject: readonly OperationName[] = ["get", "rm", "rename", "rmdir", "stat"];
const makesObject: readonly OperationName[] = ["put", "mkdir", "rename"];

function notKnownOfFiles(
  { inventory }: Pick<Known, "inventory">,
  user: DeployedUser,
  operation: OperationName,
  { requests, targets }: FileJudgement,
): string[] {
  if (requests.length === 0) {
    return [];
  }
  const session = new Sessions(inventory).of(user);
  const isUnseen = targets.some(
    ({ target }) => target.kind === "below" && !session.decide(clientOperations.stat.requests(target)[0]).allowed,
  );
  // Source: Amazon S3 API reference, GetObject, "Permissions".
  const unseen = isUnseen ? "; who may not list a name is denied where S3 would say that" : "";
  const [from, to] = [targets[0]?.path, targets.at(-1)?.path];
  return [
    ...(needsObject.includes(operation) ? [`whether anything lies at ${from}${unseen}`] : []),
    ...(makesObject.includes(operation) ? [`whether something lies at ${to} already${unseen}`] : []),
    "what is not in the deployment: policies of an organisation, statements that a stop has added",
    ...boundaryNotes(inventory.deployment),
  ];
}
