import { readSessionPolicy } from "./document";
import { isOnEfs } from "./home";
import { userTypes, type UserType } from "./resourceTypes";
import type { Rule } from "./rule";

/** Without a session policy a user may do all that its role may, whatever its home shows it. */
export const userHasSessionPolicy: Rule<UserType> = {
  name: "transfer-user-has-session-policy",
  description: "Every Transfer user has a session policy, so that the role it shares with others opens no more to it.",
  subjects: userTypes,
  *check(user) {
    if (!isOnEfs(user) && readSessionPolicy(user) === undefined) {
      yield (
        `${user.label} has no session policy, so all that its role may do is open to it. ` +
        "Set `policy` to a document that allows its home folders and nothing else."
      );
    }
  },
};
