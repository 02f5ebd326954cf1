import { serverTypes, type ServerType } from "./resourceTypes";
import type { ResourceRule } from "./rule";
import { notKnownYet } from "./seenResource";

/** The first set of SSH algorithms that Transfer made after SHA-1 had left its default. */
const defaultFloor = "2024-01";

/**
 * What Transfer calls its sets of algorithms ends in the month they are from, whatever the variant (FIPS, Restricted,
 * SshAuditCompliant). Experimental ones were withdrawn when what they tried became standard.
 */
const datedName = /^TransferSecurityPolicy-(?!.*Experimental)(?:[A-Za-z0-9-]+-)?(20\d\d-\d\d)$/;

/** An old set lets clients choose algorithms that are broken by now. */
export const serverSecurityPolicy: ResourceRule<ServerType> = {
  name: "transfer-server-has-current-security-policy",
  description: "Every Transfer server names a security policy that is not older than the floor, 2024-01 by default.",
  level: "mandatory",
  types: serverTypes,
  configSchema: {
    properties: {
      floor: {
        type: "string",
        pattern: "^20\\d\\d-\\d\\d$",
        default: defaultFloor,
        description: "The oldest month, YYYY-MM, that the name of a security policy may end in.",
      },
    },
  },
  check(server, { config, violation, notChecked }) {
    const name = server.get("securityPolicyName");
    if (name === notKnownYet) {
      notChecked(server, "securityPolicyName");
      return;
    }
    const floor = typeof config["floor"] === "string" ? config["floor"] : defaultFloor;
    const [, month] = datedName.exec(typeof name === "string" ? name : "") ?? [];
    if (month === undefined || month < floor) {
      violation(
        server,
        `${server.label} ${month === undefined ? "names no dated security policy" : "has a security policy that is too old"}. ` +
          `Set \`securityPolicyName\` to a TransferSecurityPolicy of ${floor} or later; left out, it is the one of 2018-11.`,
      );
    }
  },
};
