import { expect } from "chai";
import { faultOfSecurityPolicy, faultOfSecurityPolicyIn, readSecurityPolicy } from "../../settings/securityPolicy";

const names =
  "a security policy is called TransferSecurityPolicy-YYYY-MM, TransferSecurityPolicy-Restricted-YYYY-MM, " +
  "TransferSecurityPolicy-FIPS-YYYY-MM, TransferSecurityPolicy-SshAuditCompliant-YYYY-MM or " +
  "TransferSecurityPolicy-AS2Restricted-YYYY-MM: TransferSecurityPolicy-2025-03";

describe("the name of a security policy", () => {
  const known = ["2018-11", "2020-06", "2022-03", "2023-05", "2024-01", "2025-03"];
  const variants = ["FIPS-2020-06", "FIPS-2023-05", "FIPS-2024-01", "FIPS-2024-05", "FIPS-2025-03"];
  const restricted = ["Restricted-2018-11", "Restricted-2020-06", "Restricted-2024-06", "AS2Restricted-2025-07"];
  for (const name of [...known, ...variants, ...restricted, "SshAuditCompliant-2025-02", "2027-01", "FIPS-2031-12"]) {
    it(`is taken as ${name}`, () => {
      expect(faultOfSecurityPolicy(`TransferSecurityPolicy-${name}`)).to.equal(undefined);
      expect(readSecurityPolicy(`TransferSecurityPolicy-${name}`)?.month).to.equal(name.slice(-7));
    });
  }

  const refused: [name: string, fault: string][] = [
    [
      "TransferSecurityPolicy-2025-13",
      "there is no month 2025-13; a month is 01 to 12: TransferSecurityPolicy-2025-03",
    ],
    [
      "TransferSecurityPolicy-2025-00",
      "there is no month 2025-00; a month is 01 to 12: TransferSecurityPolicy-2025-03",
    ],
    ["TransferSecurityPolicy-2018-10", "the first of these security policies is TransferSecurityPolicy-2018-11"],
    [
      "TransferSecurityPolicy-FIPS-2018-11",
      "the first of these security policies is TransferSecurityPolicy-FIPS-2020-06",
    ],
    ["TransferSecurityPolicy-FIPS-Restricted-2025-03", names],
    ["TransferSecurityPolicy-PQ-SSH-Experimental-2023-04", names],
    ["TransferSecurityPolicy-PQ-SSH-FIPS-Experimental-2023-04", names],
    ["TransferSecurityPolicy-Latest", names],
    ["TransferSecurityPolicy-2025-3", names],
    ["transfersecuritypolicy-2025-03", names],
    ["2025-03", names],
    ["", names],
  ];
  for (const [name, fault] of refused) {
    it(`is refused as "${name}"`, () => {
      expect(faultOfSecurityPolicy(name)).to.equal(fault);
      expect(readSecurityPolicy(name)).to.equal(undefined);
    });
  }

  it("with FIPS in it is taken where Transfer has FIPS endpoints alone", () => {
    const fips = "TransferSecurityPolicy-FIPS-2025-03";
    for (const region of ["us-east-1", "us-west-2", "ca-central-1", "ca-west-1", "us-gov-west-1"]) {
      expect(faultOfSecurityPolicyIn(fips, region), region).to.equal(undefined);
    }
    for (const region of ["eu-central-1", "ap-south-1", "mx-central-1", "cn-north-1", "us-iso-east-1"]) {
      expect(faultOfSecurityPolicyIn(fips, region), region).to.match(/^Transfer has FIPS endpoints in us-east-1, /);
      expect(faultOfSecurityPolicyIn("TransferSecurityPolicy-2025-03", region), region).to.equal(undefined);
    }
  });
});
