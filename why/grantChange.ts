import { roleProfileOf, sessionPolicy, sessionPolicyLimit } from "../access/documents";
import { actionOfVerb, listAction } from "../access/actions";
import type { Grant } from "../access/grant";
import { inventoryOf } from "../inventory/inventory";
import { listOf, type Statement } from "../iam/policy";
import { accessNames, accessProfiles, narrowestHolding, type Access, type Verb } from "../tenancy/access";
import type { TenantEntry } from "../tenancy/entries";
import type { Edit as TextEdit } from "../editing/edit";
import type { Change, Written } from "./answer";
import type { Trial } from "./trial";
import { grantsIn, placeIn, type Entries, type PlacedGrant } from "./subject";

/** A change with what the tenant is granted then, and how it is written into the entry. */
export interface GrantChange {
  readonly change: Extract<Change, { kind: "tenants" | "deploy" }>;
  readonly grants: readonly Grant[];
  readonly edits: readonly TextEdit[];
}

/** What a deployment of tenants.yaml as it is would write, where that is not what is deployed. */
export function deployedAnew(trial: Trial, entry: TenantEntry): GrantChange[] {
  const granted = grantsIn(entry);
  const writes = documentsOf(trial, granted, granted);
  const { inputs } = trial.user.resource;
  const isNew = writes?.some(({ input, value }) => inputs[input] !== value) === true;
  return writes === undefined || !isNew
    ? []
    : [{ change: { kind: "deploy", writes }, grants: granted.map(({ grant }) => grant), edits: [] }];
}

/** Other accesses to the folders that are asked about, the smallest change first. */
export function grantChanges(trial: Trial, entry: TenantEntry, entries: Entries): GrantChange[] {
  const granted = grantsIn(entry);
  const asked = granted.filter(({ grant }) => needsAt(trial, grant).length > 0);
  const candidates =
    trial.wanted === "allowed"
      ? [new Map(asked.map((placed) => [placed, widened(placed, needsAt(trial, placed.grant))]))]
      : asked.flatMap((placed) =>
          narrowed(placed, needsAt(trial, placed.grant)).map((access) => new Map([[placed, access]])),
        );
  return candidates.flatMap((accesses): GrantChange[] => {
    const changed = granted.map((placed) => withAccess(placed, accesses.get(placed) ?? placed.grant.access));
    const edited = [...accesses].filter(([{ grant }, access]) => grant.access !== access);
    const writes = edited.length === 0 ? undefined : documentsOf(trial, granted, changed);
    const edits = edited.map(([{ grant, path, key }, access]) => ({
      place: placeIn(entries, entry, path),
      tenant: entry.tenant.name,
      key,
      ...(entry.says(path) ? { from: grant.access } : {}),
      to: access,
    }));
    const texts = edited.map(([{ path }, access]): TextEdit => {
      return { kind: "set", path: path.slice(0, -1), key: "access", value: access };
    });
    const grants = changed.map(({ grant }) => grant);
    return writes === undefined ? [] : [{ change: { kind: "tenants", edits, writes }, grants, edits: texts }];
  });
}

function withAccess(placed: PlacedGrant, access: Access): PlacedGrant {
  return { ...placed, grant: { ...placed.grant, access } };
}

const verbOfAction: ReadonlyMap<string, Verb> = new Map([
  [listAction, "list"],
  ...Object.entries(actionOfVerb).map(([verb, action]) => [action, verb as Verb] as const),
]);

/** The verbs that the requests on a grant's files take. */
function needsAt({ judgement }: Trial, { prefix }: Grant): Verb[] {
  return judgement.requests.flatMap(({ request }) => {
    const verb = verbOfAction.get(request.action);
    return verb !== undefined && (request.key ?? request.prefix ?? "").startsWith(prefix) ? [verb] : [];
  });
}

function widened({ grant }: PlacedGrant, needs: readonly Verb[]): Access {
  const verbs = new Set<Verb>([...accessProfiles[grant.access].verbs, ...needs]);
  const holding = accessNames.filter((name) => [...verbs].every((verb) => verbsOf(name).includes(verb)));
  return narrowestHolding([grant.access, ...holding.sort((a, b) => verbsOf(a).length - verbsOf(b).length).slice(0, 1)]);
}

/** What allows less than the access, without one of the verbs; the most first. */
function narrowed({ grant }: PlacedGrant, needs: readonly Verb[]): Access[] {
  const verbs = verbsOf(grant.access);
  return accessNames
    .filter((name) => verbsOf(name).every((verb) => verbs.includes(verb)))
    .filter((name) => needs.some((verb) => !verbsOf(name).includes(verb)))
    .sort((a, b) => verbsOf(b).length - verbsOf(a).length);
}

function verbsOf(access: Access): readonly Verb[] {
  return accessProfiles[access].verbs;
}

/** What the user would have with other grants; undefined where it cannot be told, or AWS would not take it. */
function documentsOf(
  { excerpt, user, judgement }: Trial,
  before: readonly PlacedGrant[],
  after: readonly PlacedGrant[],
): Written[] | undefined {
  const request = judgement.requests[0]?.request;
  const profiles = [before, after].map((grants) => roleProfileOf(grants.map(({ grant }) => grant)));
  const [was = "", is = ""] = profiles;
  const role = user.roleArn.endsWith(`-${was}`) ? `${user.roleArn.slice(0, -was.length)}${is}` : undefined;
  if (
    request === undefined ||
    role === undefined ||
    user.session === undefined ||
    !inventoryOf(excerpt).roles.has(role)
  ) {
    return undefined;
  }
  const [, partition = ""] = user.roleArn.split(":");
  const document = sessionPolicy({ partition, bucket: request.bucket }, ordered(after));
  const policy = JSON.stringify({
    ...document,
    Statement: [...document.Statement, ...user.session.content.Statement.filter(isOfKey)],
  });
  const { urn } = user.resource;
  return policy.length > sessionPolicyLimit
    ? undefined
    : [
        { urn, input: "policy", value: policy },
        { urn, input: "role", value: role },
      ];
}

/** What a bucket's key takes is no matter of a grant. */
function isOfKey({ Action }: Statement): boolean {
  return listOf(Action).length > 0 && listOf(Action).every((action) => action.startsWith("kms:"));
}

/** As `grantsOf` orders them, so that the same grants give the same text. */
function ordered(placed: readonly PlacedGrant[]): Grant[] {
  const name = ({ prefix, entry }: Grant) => prefix.split("/").at(-2) ?? entry;
  const own = (path: PlacedGrant) => (path.path[0] === "access" ? "home" : name(path.grant));
  return [...placed].sort((a, b) => (own(a) < own(b) ? -1 : own(a) > own(b) ? 1 : 0)).map(({ grant }) => grant);
}
