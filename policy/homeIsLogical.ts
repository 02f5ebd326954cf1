import { isOnEfs } from "./home";
import { userTypes, type UserType } from "./resourceTypes";
import type { Rule } from "./rule";

/** With a PATH home the client sees bucket names and every folder above its own. */
export const homeIsLogical: Rule<UserType> = {
  name: "transfer-home-is-logical",
  description: "Every Transfer user has a logical home directory, which shows it its own folders and nothing above.",
  subjects: userTypes,
  *check(user) {
    if (user.at("homeDirectoryType").known() !== "LOGICAL" && !isOnEfs(user)) {
      yield (
        `${user.label} has a PATH home directory, which shows the bucket and the folders above its own. ` +
        "Set `homeDirectoryType` to LOGICAL and name its folders in `homeDirectoryMappings`."
      );
    }
  },
};
