import fc from "fast-check";
import { listOf, type Statement } from "../../iam/policy";
import type { Deployment } from "../../synth/deployment";
import type { Written } from "../../why/answer";

/** A document of a deployment with one of its statements changed, or with one more. */
export interface Mutated extends Written {
  /** `RolePolicy "gateway-read-only", "policy"`. */
  readonly source: string;
  /** The statement that is another one now, from 0; of those that stood there before where it is gone. */
  readonly index: number;
  readonly kind: Kind;
}

const inputOf: Readonly<Record<string, string>> = {
  "aws:transfer/user:User": "policy",
  "aws:iam/rolePolicy:RolePolicy": "policy",
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
  "aws:iam/role:Role": "assumeRolePolicy",
};

/** What becomes of the statements when the one at a place is changed; `denied` is an action that some client needs. */
const kinds = {
  removed: (statements, at) => statements.filter((_, index) => index !== at),
  "one that denies, whatever is asked": (statements, at) =>
    replaced(statements, at, ({ Condition: _, ...each }) => ({ ...each, Effect: "Deny" })),
  "an action less": (statements, at) =>
    replaced(statements, at, (each) => ({ ...each, Action: [...listOf(each.Action).slice(1), otherAction(each)] })),
  "of something else": (statements, at) =>
    replaced(statements, at, (each) =>
      isTrust(each)
        ? { ...each, Principal: { Service: "ec2.amazonaws.com" } }
        : { ...each, Resource: "arn:aws:s3:::elsewhere/*" },
    ),
  "a condition nobody meets": (statements, at) =>
    replaced(statements, at, (each) => ({
      ...each,
      Condition: { ...each.Condition, StringEquals: { "aws:PrincipalAccount": "999999999999" } },
    })),
  "one more that denies": (statements, at, action) => {
    const principal = statements[0]?.Principal && ({ Principal: "*" } as const);
    const on = isTrust(statements[0]) ? { Action: "sts:AssumeRole" } : { Action: action, Resource: "*" };
    const denial = { ...principal, Effect: "Deny" as const, ...on };
    return [...statements.slice(0, at), denial, ...statements.slice(at)];
  },
} as const satisfies Readonly<
  Record<string, (statements: readonly Statement[], at: number, action: string) => readonly Statement[]>
>;

/** The document of a role that somebody takes on, which is of no resource. */
function isTrust(statement: Statement | undefined): boolean {
  return listOf(statement?.Action).some((action) => action.startsWith("sts:"));
}

function otherAction(statement: Statement): string {
  return isTrust(statement) ? "sts:TagSession" : "s3:GetObjectAcl";
}

type Kind = keyof typeof kinds;

function replaced(statements: readonly Statement[], at: number, change: (each: Statement) => Statement): Statement[] {
  return statements.map((each, index) => (index === at ? change(each) : each));
}

const actions = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:ListBucket"];

/** Ways of changing one statement of one document that is in the deployment, whichever. */
export function mutationsOf({ resources }: Deployment): fc.Arbitrary<Mutated> {
  const places = resources.flatMap((resource) => {
    const input = inputOf[resource.type];
    const text = input === undefined ? undefined : resource.inputs[input];
    if (input === undefined || typeof text !== "string" || !/s3:|"transfer\./.test(text)) {
      return [];
    }
    const { Version, Statement: statements } = JSON.parse(text) as { Version: string; Statement: Statement[] };
    const source = `${resource.type.slice(resource.type.lastIndexOf(":") + 1)} "${resource.name}", "${input}"`;
    return statements.map((_, index) => ({ urn: resource.urn, input, source, index, Version, statements }));
  });
  const which = fc.constantFrom(...(Object.keys(kinds) as Kind[]));
  return fc.tuple(fc.constantFrom(...places), which, fc.constantFrom(...actions)).map(([place, kind, action]) => {
    const { Version, statements, ...rest } = place;
    const value = JSON.stringify({ Version, Statement: kinds[kind](statements, place.index, action) });
    return { ...rest, kind, value };
  });
}
