import { homeDirectoryType, isOnEfs } from "./home";
import { userTypes, type UserType } from "./resourceTypes";
import type { ResourceRule } from "./rule";
import { notKnownYet } from "./seenResource";

/** With a PATH home the client sees bucket names and every folder above its own. */
export const homeIsLogical: ResourceRule<UserType> = {
  name: "transfer-home-is-logical",
  description: "Every Transfer user has a logical home directory, which shows it its own folders and nothing above.",
  level: "mandatory",
  types: userTypes,
  check(user, { violation, notChecked }) {
    const type = homeDirectoryType(user);
    if (type === notKnownYet) {
      notChecked(user, "homeDirectoryType");
    } else if (type !== "LOGICAL" && !isOnEfs(user)) {
      violation(
        user,
        `${user.label} has a PATH home directory, which shows the bucket and the folders above its own. ` +
          "Set `homeDirectoryType` to LOGICAL and name its folders in `homeDirectoryMappings`.",
      );
    }
  },
};
