import { serverTypes, type ServerType } from "./resourceTypes";
import type { ResourceRule } from "./rule";
import { elements, notKnownYet } from "./seenResource";

/** Without either log nobody can say who logged in and what became of a file. */
export const serverLogs: ResourceRule<ServerType> = {
  name: "transfer-server-logs",
  description: "Every Transfer server writes a log, structured or with a logging role.",
  level: "mandatory",
  types: serverTypes,
  check(server, { violation, notChecked }) {
    const destinations = server.get("structuredLogDestinations");
    const role = server.get("loggingRole");
    if ((destinations !== notKnownYet && elements(destinations).length > 0) || isText(role)) {
      return;
    }
    if (destinations === notKnownYet || role === notKnownYet) {
      notChecked(server, destinations === notKnownYet ? "structuredLogDestinations" : "loggingRole");
      return;
    }
    violation(
      server,
      `${server.label} writes no log. Set \`structuredLogDestinations\` to a log group's ARN followed by \`:*\`, ` +
        "or `loggingRole` to a role that may write logs.",
    );
  },
};

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
