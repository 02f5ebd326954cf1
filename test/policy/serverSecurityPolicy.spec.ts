import { expect } from "chai";
import { exampleStack, unknownValue } from "./exampleStack";
import { changed, findings, notChecked } from "./findings";

const policy = "transfer-server-has-current-security-policy";

function withPolicy(securityPolicyName: string | undefined) {
  return changed(exampleStack(), "door", { securityPolicyName });
}

function tooOld(floor: string): string {
  return (
    `${policy}: Server "door" has a security policy that is too old. ` +
    `Set \`securityPolicyName\` to a TransferSecurityPolicy of ${floor} or later; left out, it is the one of 2018-11.`
  );
}

const undated =
  `${policy}: Server "door" names no dated security policy. ` +
  "Set `securityPolicyName` to a TransferSecurityPolicy of 2024-01 or later; left out, it is the one of 2018-11.";

describe("the policy that servers have a current security policy", () => {
  it("accepts every variant that is not older than 2024-01", async () => {
    for (const name of [
      "2024-01",
      "2025-03",
      "FIPS-2024-05",
      "SshAuditCompliant-2025-02",
      "Restricted-2024-06",
      "AS2Restricted-2025-07",
      "2030-12",
    ]) {
      expect(await findings(withPolicy(`TransferSecurityPolicy-${name}`)), name).to.deep.equal([]);
    }
  });

  it("finds older ones", async () => {
    for (const name of ["2018-11", "2023-05", "FIPS-2023-05", "Restricted-2020-06"]) {
      expect(await findings(withPolicy(`TransferSecurityPolicy-${name}`)), name).to.deep.equal([tooOld("2024-01")]);
    }
  });

  it("finds a server that names none, an experiment, or something else", async () => {
    const experiment = "TransferSecurityPolicy-PQ-SSH-Experimental-2025-04";
    for (const name of [
      undefined,
      experiment,
      "TransferSecurityPolicy-Latest",
      "TransferSecurityPolicy-2025-13",
      "TransferSecurityPolicy-FIPS-Restricted-2025-03",
    ]) {
      expect(await findings(withPolicy(name)), name).to.deep.equal([undated]);
    }
  });

  it("takes another floor from its configuration", async () => {
    const config = { [policy]: { floor: "2025-03" } };
    expect(await findings(withPolicy("TransferSecurityPolicy-2025-03"), { config })).to.deep.equal([]);
    const older = withPolicy("TransferSecurityPolicy-2024-01");
    expect(await findings(older, { config })).to.deep.equal([tooOld("2025-03")]);
  });

  it("says at a preview that a name which is not known yet is not checked", async () => {
    const expected = notChecked("securityPolicyName", 'Server "door"', policy);
    expect(await findings(withPolicy(unknownValue))).to.deep.equal([expected]);
  });
});
