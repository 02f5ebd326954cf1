import { asciiLowerCase } from "../iam/asciiCase";
import { keyActions, overreachingStatements } from "./confinement";
import { readSessionPolicy } from "./document";
import { homeFolders, isOnEfs } from "./home";
import { userTypes, type UserType } from "./resourceTypes";
import type { Rule } from "./rule";
import { elements } from "./seenResource";

/** The isolation proof's reasoning for users of whom nobody declared what they may touch: their home says it. */
export const sessionPolicyIsConfined: Rule<UserType> = {
  name: "transfer-session-policy-is-confined",
  description:
    "Every statement of a session policy is confined to the user's home folders by plain text: " +
    "no NotAction, NotResource, policy variable, wildcard action, or wildcard before the folder's own slash.",
  subjects: userTypes,
  configSchema: {
    properties: {
      furtherActions: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: "Actions on objects that are fine within the home folders, for example s3:GetObjectTagging.",
      },
    },
  },
  *check(user, { config }) {
    const document = isOnEfs(user) ? undefined : readSessionPolicy(user);
    if (document === undefined) {
      return;
    }
    const homes = homeFolders(user);
    if (document === "unreadable") {
      yield (
        `The session policy of ${user.label} cannot be checked: it is not a policy document of version 2012-10-17, or ` +
        "uses an element, condition key or policy variable that this policy pack does not know. Write it with " +
        "`Action`, `Resource` and a condition on `s3:prefix` in plain text; with logical home directories Transfer " +
        "does not expand its home variables."
      );
      return;
    }
    const furtherActions = elements(config["furtherActions"]).map((action) => asciiLowerCase(String(action)));
    for (const { name, isOnKeys } of overreachingStatements(document, homes, new Set(furtherActions))) {
      yield isOnKeys
        ? `In the session policy of ${user.label}, ${name} allows more on keys than Transfer needs, or on more than one ` +
          `named key. Allow ${keyActions.join(", ")} at most, on \`arn:aws:kms:REGION:ACCOUNT:key/ID\`.`
        : `In the session policy of ${user.label}, ${name} reaches beyond the user's home folders. Allow named ` +
          "actions on `arn:aws:s3:::BUCKET/FOLDER/*` only, list only where `s3:prefix` is `FOLDER/` or `FOLDER/*`, " +
          "and use no NotAction, NotResource, policy variable or wildcard before the folder's own slash.";
    }
  },
};
