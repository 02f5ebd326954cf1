import { readSecurityPolicy } from "../settings/securityPolicy";
import { serverTypes, type ServerType } from "./resourceTypes";
import type { Rule } from "./rule";

/** An old set lets clients choose algorithms that are broken by now. */
export const serverSecurityPolicy: Rule<ServerType> = {
  name: "transfer-server-has-current-security-policy",
  description: "Every Transfer server names a security policy that is not older than the floor, 2024-01 by default.",
  subjects: serverTypes,
  configSchema: {
    properties: {
      floor: {
        type: "string",
        pattern: "^20\\d\\d-\\d\\d$",
        // The first set of SSH algorithms that Transfer made after SHA-1 had left its default.
        default: "2024-01",
        description: "The oldest month, YYYY-MM, that the name of a security policy may end in.",
      },
    },
  },
  *check(server, { config }) {
    const floor = String(config["floor"]);
    const month = readSecurityPolicy(String(server.at("securityPolicyName").known()))?.month;
    if (month === undefined || month < floor) {
      yield (
        `${server.label} ${month === undefined ? "names no dated security policy" : "has a security policy that is too old"}. ` +
        `Set \`securityPolicyName\` to a TransferSecurityPolicy of ${floor} or later; left out, it is the one of 2018-11.`
      );
    }
  },
};
