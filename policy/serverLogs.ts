import { serverTypes, type ServerType } from "./resourceTypes";
import type { Rule } from "./rule";
import { elements, notKnownYet } from "./seenResource";

/** Without either log nobody can say who logged in and what became of a file. */
export const serverLogs: Rule<ServerType> = {
  name: "transfer-server-logs",
  description: "Every Transfer server writes a log, structured or with a logging role.",
  subjects: serverTypes,
  *check(server) {
    const logs = [server.at("structuredLogDestinations"), server.at("loggingRole")];
    if (!logs.some(({ value }) => value !== notKnownYet && elements(value).some((log) => log !== ""))) {
      logs.forEach((log) => log.known());
      yield (
        `${server.label} writes no log. Set \`structuredLogDestinations\` to a log group's ARN followed by \`:*\`, ` +
        "or `loggingRole` to a role that may write logs."
      );
    }
  },
};
