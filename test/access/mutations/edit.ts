import type { Claim, Document, RoleClaim, UserClaim } from "../../../access/isolation";
import { policyDocument, type PolicyDocument, type Statement } from "../../../iam/policy";
import { asDocument } from "../asDocument";
import { roleArnOf } from "../claims";

/** Changes one user of the claim. */
export function editUser(tenant: string, change: (user: UserClaim) => UserClaim): (claim: Claim) => Claim {
  return (claim) => ({ ...claim, users: replaceOne(claim.users, (user) => user.tenant === tenant, change) });
}

/** Replaces a text wherever it stands in a user's session policy; that it stands there is part of the mutation. */
export function rewriteSession(tenant: string, from: string, to: string): (claim: Claim) => Claim {
  return editUser(tenant, (user) => ({ ...user, session: rewrite(user.session, from, to) }));
}

/** Adds a statement to a user's session policy. */
export function addToSession(tenant: string, statement: object): (claim: Claim) => Claim {
  return editUser(tenant, (user) => ({ ...user, session: withStatement(user.session, statement) }));
}

/** Adds an Allow to a user's session policy and to its role's, so that the role does not hide it. */
export function addToSessionAndRole(tenant: string, statement: object): (claim: Claim) => Claim {
  return (claim) => {
    const roleArn = claim.users.find((user) => user.tenant === tenant)?.roleArn ?? "";
    return editRole(roleArn, (role) => ({
      ...role,
      policies: [...role.policies, policyDocument(statement as Statement)],
    }))(addToSession(tenant, statement)(claim));
  };
}

/** Changes the statement of a session policy that lists. */
export function editListing(tenant: string, change: (statement: Statement) => object): (claim: Claim) => Claim {
  return editUser(tenant, (user) => {
    const document = asDocument(user.session);
    const statements = replaceOne(document.Statement, lists, (statement) => change(statement) as Statement);
    return { ...user, session: { ...document, Statement: statements } };
  });
}

/** The condition under which the sample claim lists, in another shape. */
export function listOnly(tenant: string, condition: object | undefined): (claim: Claim) => Claim {
  return editListing(tenant, ({ Condition: _, ...statement }) =>
    condition === undefined ? statement : { ...statement, Condition: condition },
  );
}

export function editRole(arn: string, change: (role: RoleClaim) => RoleClaim): (claim: Claim) => Claim {
  return (claim) => ({ ...claim, roles: replaceOne(claim.roles, (role) => role.arn === arn, change) });
}

/** Changes the policy of the role for readers and writers. */
export function editRolePolicy(change: (document: PolicyDocument) => Document): (claim: Claim) => Claim {
  return editRole(roleArnOf("read-write"), (role) => ({
    ...role,
    policies: role.policies.map((policy) => change(asDocument(policy))),
  }));
}

/** Changes the only statement of that role's trust. */
export function editTrust(change: (statement: Statement) => object): (claim: Claim) => Claim {
  return editRole(roleArnOf("read-write"), (role) => {
    const document = asDocument(role.trust);
    return { ...role, trust: { ...document, Statement: document.Statement.map((s) => change(s) as Statement) } };
  });
}

export function withStatement(document: Document | undefined, statement: object): PolicyDocument {
  const { Statement: statements, ...rest } = asDocument(document);
  return { ...rest, Statement: [...statements, statement as Statement] };
}

export function rewrite(document: Document | undefined, from: string, to: string): PolicyDocument {
  const text = JSON.stringify(asDocument(document));
  if (!text.includes(from)) {
    throw new Error(`nothing to mutate: ${from} is not in ${text}`);
  }
  return JSON.parse(text.replaceAll(from, to)) as PolicyDocument;
}

function lists({ Action }: Statement): boolean {
  return [Action].flat().includes("s3:ListBucket");
}

function replaceOne<T>(items: readonly T[], isIt: (item: T) => boolean, change: (item: T) => T): T[] {
  if (items.filter(isIt).length !== 1) {
    throw new Error("nothing to mutate, or too much");
  }
  return items.map((item) => (isIt(item) ? change(item) : item));
}
