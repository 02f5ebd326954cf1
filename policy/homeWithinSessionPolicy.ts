import { absent, compilePolicies, decide, mayBeAllowed, type AccessRequest } from "../iam/evaluate";
import { listOf, policyDocument, type PolicyDocument } from "../iam/policy";
import { asFarAsUnderstood, readSessionPolicy } from "./document";
import { homeFolders, homeOf, isOnEfs, type HomeFolder } from "./home";
import { userTypes, type UserType } from "./resourceTypes";
import type { Rule } from "./rule";
import type { SeenResource } from "./seenResource";

/** A user sees a folder there and is refused whatever it tries: one of the two documents is wrong. */
export const homeWithinSessionPolicy: Rule<UserType> = {
  name: "transfer-home-within-session-policy",
  description: "Every folder that a user's home leads to is one in which its session policy allows something.",
  subjects: userTypes,
  *check(user) {
    const document = isOnEfs(user) ? undefined : readSessionPolicy(user);
    if (typeof document !== "object") {
      return; // checked by the rules on session policies
    }
    const homes = homeFolders(user);
    const policies = compilePolicies({ identity: [everything], session: asFarAsUnderstood(document) });
    // Conditions on what only a real request knows leave the question open; that is no reason to complain.
    const isAllowed = (request: AccessRequest) => mayBeAllowed(decide(policies, request));
    for (const [index, home] of homes.entries()) {
      if (!requestsIn(home, user, document).some(isAllowed)) {
        yield (
          `${called(user, index)} leads to a folder in which the session policy allows nothing. ` +
          "Allow the folder in `policy`, or let the home lead to a folder that it allows."
        );
      }
    }
  },
};

function called(user: SeenResource<UserType>, index: number): string {
  return homeOf(user).property === "homeDirectory"
    ? `The home directory of ${user.label}`
    : `Home directory mapping ${index} of ${user.label}`;
}

/** What the role allows is not this rule's question. */
const everything = policyDocument({ Effect: "Allow", Action: "*", Resource: "*" });

/** The user's ARNs are in the partition that its document speaks of. */
function partitionsIn({ Statement: statements }: PolicyDocument): string[] {
  const found = JSON.stringify(statements).matchAll(/"arn:([a-z-]+):s3:/g);
  return [...new Set(["aws", ...[...found].map(([, partition = ""]) => partition)])];
}

/** What a client may ask for in the folder: see it, read, write, and what the document itself speaks of there. */
function requestsIn(home: HomeFolder, user: SeenResource<UserType>, document: PolicyDocument): AccessRequest[] {
  const principal = { kind: "any-session" } as const;
  const userName = user.get("userName");
  const context: AccessRequest["context"] = {
    "aws:SecureTransport": "true",
    "s3:prefix": absent,
    ...(typeof userName === "string" ? { "transfer:UserName": userName } : {}),
  };
  const usual = partitionsIn(document).flatMap((partition): AccessRequest[] => {
    const resource = `arn:${partition}:s3:::${home.bucket}`;
    return [
      { principal, action: "s3:ListBucket", resource, context: { ...context, "s3:prefix": home.prefix } },
      ...[`${resource}/${home.prefix}`, `${resource}/${home.prefix}file.txt`].flatMap((object) =>
        ["s3:GetObject", "s3:PutObject"].map((action) => ({ principal, action, resource: object, context })),
      ),
    ];
  });
  return [...usual, ...namedIn(home, document).map((named) => ({ principal, context, ...named }))];
}

/**
 * What the statements name in the folder: files of one kind, or nothing but deletions. A pattern is one of the texts that it
 * matches.
 */
function namedIn({ bucket, prefix }: HomeFolder, { Statement: statements }: PolicyDocument) {
  return statements.flatMap(({ Action, Resource }) => {
    const objects = listOf(Resource).filter((resource) => resource.includes(`:::${bucket}/${prefix}`));
    return objects.flatMap((resource) => listOf(Action).map((action) => ({ action, resource })));
  });
}
