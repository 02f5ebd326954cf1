import { isOnEfs } from "./home";
import { readSessionPolicy } from "./sessionPolicy";
import { userTypes, type UserType } from "./resourceTypes";
import type { ResourceRule } from "./rule";

/** Without a session policy a user may do all that its role may, whatever its home shows it. */
export const userHasSessionPolicy: ResourceRule<UserType> = {
  name: "transfer-user-has-session-policy",
  description: "Every Transfer user has a session policy, so that the role it shares with others opens no more to it.",
  level: "mandatory",
  types: userTypes,
  check(user, { violation, notChecked }) {
    const reading = readSessionPolicy(user);
    if (isOnEfs(user) || reading.kind === "document" || reading.kind === "unreadable") {
      return;
    }
    if (reading.kind === "not-known-yet") {
      notChecked(user, "policy");
      return;
    }
    violation(
      user,
      `${user.label} has no session policy, so all that its role may do is open to it. ` +
        "Set `policy` to a document that allows its home folders and nothing else.",
    );
  },
};
