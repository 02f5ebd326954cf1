import { runSimulation } from "@cloud-copilot/iam-simulate";
import { absent, compilePolicies, decide, unknownText, type AccessRequest } from "../../iam/evaluate";
import { policyDocument, type PolicyDocument } from "../../iam/policy";
import { syntheticAccount } from "../../synth/computed";

export interface Question {
  readonly action: string;
  /** `*` where IAM knows no resource for the action. */
  readonly at: string;
  readonly context?: AccessRequest["context"];
}

/** What a request does not carry unless the question says so. */
const bareRequest = {
  "iam:PermissionsBoundary": absent,
  "kms:GrantIsForAWSResource": absent,
  "kms:ResourceAliases": absent,
  "kms:ViaService": absent,
  "s3:prefix": absent,
  "transfer:RequestServerProtocols": absent,
  "aws:RequestTag/sftp-gateway": absent,
  "aws:ResourceTag/sftp-gateway": absent,
  "ec2:CreateAction": absent,
  "route53:ChangeResourceRecordSetsNormalizedRecordNames": absent,
};

export interface Documents {
  readonly identity: readonly PolicyDocument[];
  readonly boundary?: PolicyDocument;
}

/**
 * All that any of several roles is allowed. Without what they deny, which could only make it less: what this may not do, none
 * of them may.
 */
export function allowedTogether(...roles: readonly (readonly PolicyDocument[])[]): Documents {
  const documents = new Map(roles.flat().map((document) => [JSON.stringify(document), document]));
  const identity = [...documents.values()].map(({ Statement: statements }) =>
    policyDocument(...statements.filter(({ Effect }) => Effect === "Allow")),
  );
  return { identity };
}

/**
 * Whether a role with these policies may do something, as this project's evaluator and an independent one decide it.
 * @throws Error when they disagree, and when the independent one, which knows AWS's Service Authorization Reference, says
 * that the action does not exist, or is not decided on such a resource. Also when the question leaves out what a document
 * asks for.
 */
export async function may(documents: Documents, question: Question): Promise<boolean> {
  const [ours, theirs] = [mayByOurs(documents, question), await mayByTheirs(documents, question)];
  if (ours !== theirs) {
    throw new Error(`the evaluators disagree on ${JSON.stringify(question)}: ours ${ours}, theirs ${theirs}`);
  }
  return ours;
}

/** Those questions that are answered with yes, as `ACTION RESOURCE`. */
export function allowed(documents: Documents, questions: readonly Question[]): Promise<string[]> {
  return answered(true, documents, questions);
}

/** Those that are answered with no. */
export function denied(documents: Documents, questions: readonly Question[]): Promise<string[]> {
  return answered(false, documents, questions);
}

export function textOf({ action, at }: Question): string {
  return `${action} ${at}`;
}

async function answered(answer: boolean, documents: Documents, questions: readonly Question[]): Promise<string[]> {
  const found: string[] = [];
  for (const question of questions) {
    if ((await may(documents, question)) === answer) {
      found.push(textOf(question));
    }
  }
  return found;
}

function mayByOurs(documents: Documents, { action, at: resource, context = {} }: Question): boolean {
  const principal = {
    kind: "role-session",
    account: syntheticAccount,
    roleArn: `arn:aws:iam::${syntheticAccount}:role/github`,
    sessionName: "workflow",
  } as const;
  return policiesOf(documents).every((policies) => {
    const decision = decide(policies, { principal, action, resource, context: { ...bareRequest, ...context } });
    const unknown = unknownText(decision);
    if (unknown !== undefined) {
      throw new Error(`${action} ${resource}: ${unknown}; the question has to say it`);
    }
    return decision.allowed;
  });
}

type Policies = ReturnType<typeof compilePolicies>;

/** Hundreds of questions are asked of the same documents. */
const compiled = new WeakMap<Documents, readonly Policies[]>();

/** Each of them has to allow a request. */
function policiesOf(documents: Documents): readonly Policies[] {
  const { identity, boundary } = documents;
  const known = compiled.get(documents);
  const policies =
    known ??
    [identity, ...(boundary === undefined ? [] : [[boundary]])].map((each) => compilePolicies({ identity: each }));
  compiled.set(documents, policies);
  return policies;
}

/** A key's own policy has to let in the account, whose IAM policies decide then, as that of every key here does. */
const policyOfKeys = policyDocument({
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${syntheticAccount}:root` },
  Action: "kms:*",
  Resource: "*",
});

async function mayByTheirs({ identity, boundary }: Documents, { action, at, context = {} }: Question) {
  const outcome = await runSimulation(
    {
      request: {
        principal: `arn:aws:sts::${syntheticAccount}:assumed-role/github/workflow`,
        action,
        resource: { resource: at, accountId: syntheticAccount },
        contextVariables: Object.fromEntries(
          Object.entries(context).map(([key, value]) => [key, typeof value === "string" ? value : [...value]]),
        ),
      },
      identityPolicies: identity.map((policy, index) => ({ name: String(index), policy })),
      ...(at.includes(":key/") ? { resourcePolicy: policyOfKeys } : {}),
      ...(boundary === undefined ? {} : { permissionBoundaryPolicies: [{ name: "boundary", policy: boundary }] }),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (outcome.resultType === "error") {
    throw new Error(`${action} ${at}: ${JSON.stringify(outcome.errors)}`);
  }
  return outcome.overallResult === "Allowed";
}
