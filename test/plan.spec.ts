import { expect } from "chai";
import fc from "fast-check";
import { sessionPolicy } from "../access/documents";
import { grantsOf, tenantPrefix } from "../access/grant";
import { policyText } from "../iam/policy";
import { gatewayNames } from "../names";
import { planGateway } from "../plan";
import type { DeployedTenant } from "../tenancy/deployed";
import type { Problem } from "../tenancy/problem";
import type { SignIn } from "../tenancy/signIn";
import { sshKey, tenant } from "./tenant";
import { tenants } from "./access/tenants";

const scope = { partition: "aws", region: "eu-central-1", account: "123456789012" };

const names = gatewayNames("sftp-gateway-dev", scope.account);

/** What keeps a gateway of these tenants from being deployed. */
function verify(list: readonly DeployedTenant[], signIn?: SignIn): readonly Problem[] {
  const tenancy = { tenants: list, spaces: [], retired: [], retiredSpaces: [] };
  const options = { tenancy, stack: "dev", today: "2026-06-01", scope, names, file: "tenants.yaml" };
  return planGateway({ ...options, ...(signIn && { signIn }) }).problems ?? [];
}

/** Where a function decides logins, whose package has the tenants. */
const byFunction: SignIn = { identityProvider: "lambda", authentication: "PUBLIC_KEY_OR_PASSWORD" };

const spaces = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `space-${index + 10}`, access: "read-only" as const }));

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Characters of a tenant's session policy. */
function lengthOf(one: DeployedTenant): number {
  return policyText(sessionPolicy({ partition: "aws", bucket: names.bucket }, grantsOf(one))).length;
}

describe("the plan of a gateway", () => {
  it("passes every valid list of tenants", () => {
    fc.assert(
      fc.property(tenants, (list) => {
        expect(verify(list)).to.deep.equal([]);
      }),
    );
  });

  it("names the tenant whose session policy Transfer would not store, the length, and what to shorten", () => {
    const wide = tenant("acme", { spaces: spaces(18), position: { line: 7, column: 5 } });
    const { length } = policyText(sessionPolicy({ partition: "aws", bucket: names.bucket }, grantsOf(wide)));
    expect(verify([wide, tenant("globex", { spaces: spaces(12) })])).to.deep.equal([
      {
        severity: "error",
        file: "tenants.yaml",
        line: 7,
        column: 5,
        tenant: "acme",
        message:
          `in stack "dev": the session policy of "acme" has ${length} characters and Transfer stores 2048; ` +
          "it names 19 folders and spaces: use fewer of them, or shorter names",
      },
    ]);
  });

  it("names listeners and readers in another partition of AWS, where nothing of this one arrives", () => {
    const notify = [
      {
        kind: "queue" as const,
        endpoint: "arn:aws-us-gov:sqs:us-gov-west-1:123456789012:orders",
        environments: ["dev"],
      },
      { kind: "own-queue" as const, readers: ["arn:aws-cn:iam::123456789012:role/orders"], environments: ["dev"] },
      { kind: "queue" as const, endpoint: "arn:aws:sqs:eu-west-1:123456789012:orders", environments: ["dev"] },
    ];
    const problems = verify([tenant("acme", { notify, position: { line: 7, column: 5 } })]);
    expect(problems.map(({ line, message }) => `${line}: ${message}`)).to.deep.equal([
      '7: in stack "dev": "arn:aws-us-gov:sqs:us-gov-west-1:123456789012:orders" lies in the partition aws-us-gov, the region ' +
        "eu-central-1 in aws; nothing is sent between the two",
      '7: in stack "dev": "arn:aws-cn:iam::123456789012:role/orders" lies in the partition aws-cn, the region eu-central-1 in aws; ' +
        "nothing is sent between the two",
    ]);
  });

  it("takes a session policy of 2,048 characters, and none of 2,049", () => {
    const byLength = new Map<number, DeployedTenant>();
    for (const count of numbers(1, 20)) {
      for (const own of numbers(3, 6)) {
        for (const other of numbers(1, 40)) {
          const exchange = { name: "x".repeat(other), access: "write-only" as const };
          const candidate = tenant("a".repeat(own), { spaces: [...spaces(count), exchange] });
          byLength.set(lengthOf(candidate), candidate);
        }
      }
    }
    const outcomes = [2047, 2048, 2049].map((length) => verify([byLength.get(length) as DeployedTenant]).length);
    expect(outcomes).to.deep.equal([0, 0, 1]);
  });

  it("names the first tenant whose retention rule no longer fits, whoever decides logins", () => {
    const list = Array.from({ length: 1000 }, (_, index) =>
      tenant(`t-${String(index).padStart(4, "0")}`, { retentionDays: 1, position: { line: index + 1, column: 5 } }),
    );
    expect(verify(list.slice(1))).to.deep.equal([]);
    expect(verify(list.slice(1), byFunction)).to.deep.equal([]);
    expect(verify(list, byFunction)).to.deep.equal(verify(list));
    expect(verify(list)).to.deep.equal([
      {
        severity: "error",
        file: "tenants.yaml",
        line: 1000,
        column: 5,
        tenant: "t-0999",
        message:
          'in stack "dev": 1000 tenants have "retentionDays" and a bucket has room for 999: leave it out where files ' +
          "may stay, or deploy some of the tenants as a stack of their own",
      },
    ]);
  });

  it("names the size of a package that Lambda would not take, where the tenants are in one", () => {
    const key = { ...sshKey("acme"), body: "A".repeat(200 * 1024 * 1024) };
    const large = [tenant("acme", { sshKeys: [key], deployedKeys: [key] })];
    expect(verify(large)).to.deep.equal([]);
    const [problem, ...others] = verify(large, byFunction);
    expect(others).to.deep.equal([]);
    expect(problem).to.include({ severity: "error", file: "tenants.yaml", line: 1, column: 1 });
    expect(problem?.message).to.match(
      /^in stack "dev": the package of the function that decides logins has 201\.0 MB unpacked, and at most 200 are deployed: /,
    );
  });

  it("refuses a tenant whose place lies within another's", () => {
    const inside = tenant("acme/inner", { position: { line: 3, column: 5 } });
    const [problem] = verify([tenant("acme"), inside]);
    expect(problem?.message)
      .to.include(`"${tenantPrefix("acme")}" of tenant "acme" holds "${tenantPrefix("acme/inner")}"`)
      .and.to.include("for example s3:");
  });
});
