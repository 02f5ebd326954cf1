import { serverTypes, userTypes, type ServerType, type UserType } from "./resourceTypes";
import type { Rule } from "./rule";
import type { SeenResource } from "./seenResource";
import type { Stack } from "./stack";

/** A POSIX profile makes a user look like one of EFS, whom the rules on S3 leave alone; the server says what it is. */
export const posixProfileIsForEfs: Rule<UserType> = {
  name: "transfer-posix-profile-is-for-efs",
  description: "Only users of a server for EFS have a POSIX profile.",
  subjects: (stack) => stack.ofType(userTypes).filter((user) => user.get("posixProfile") !== undefined),
  *check(user, { stack }) {
    for (const server of serversOf(user, stack)) {
      if (server.at("domain").known() !== "EFS") {
        yield (
          `${user.label} has a POSIX profile, which means nothing on ${server.label}: its domain is S3. ` +
          "Take `posixProfile` away, or set the server's `domain` to EFS."
        );
      }
    }
  },
};

/** By the resource that the id comes from, or by the id, which is the end of a server's ARN. */
function serversOf(user: SeenResource<UserType>, stack: Stack): SeenResource<ServerType>[] {
  const id = user.get("serverId");
  const sources = user.dependenciesOf("serverId");
  return stack.ofType(serverTypes).filter((server) => {
    const arn = server.get("arn");
    return (
      sources.includes(server.urn) || (typeof id === "string" && typeof arn === "string" && arn.endsWith(`/${id}`))
    );
  });
}
