import { expect } from "chai";
import fc from "fast-check";
import { roleProfileOf, sessionPolicy, sessionPolicyLimit } from "../../access/documents";
import { grantsOf } from "../../access/grant";
import { planAccess } from "../../access/plan";
import { gatewayNames } from "../../names";
import { policyText, type Statement } from "../../iam/policy";
import type { DeployedTenant } from "../../tenancy/deployed";
import type { Access, Folder } from "../../tenancy/model";
import { tenant } from "../tenant";
import { accesses, tenants } from "./tenants";

const landing = { partition: "aws", bucket: "sftp-gateway-dev-123456789012" };
const bucket = `arn:aws:s3:::${landing.bucket}`;
const scope = { partition: "aws", region: "eu-central-1", account: "123456789012" };
const names = gatewayNames("sftp-gateway-dev", scope.account);

function usersOf(list: readonly DeployedTenant[]) {
  return planAccess({ scope, names, tenants: list, serviceRoles: [] }).users;
}

function policyOf(changes: Parameters<typeof tenant>[1]) {
  return sessionPolicy(landing, grantsOf(tenant("acme", changes)));
}

function valuesOf(statements: readonly Statement[], pick: (statement: Statement) => unknown): string[] {
  return statements.flatMap(pick).filter((value): value is string => typeof value === "string");
}

const resources = (statements: readonly Statement[]) => valuesOf(statements, ({ Resource }) => Resource);
const listPrefixes = (statements: readonly Statement[]) =>
  valuesOf(statements, ({ Condition }) => Condition?.["StringLike"]?.["s3:prefix"]);

describe("a session policy", () => {
  it("of a read-only tenant lists and gets", () => {
    expect(policyOf({ access: "read-only" }).Statement.slice(2)).to.deep.equal([
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: [`${bucket}/tenants/acme/*`] },
    ]);
  });

  it("of a drop box puts and lists; it gets markers, and .filepart so that WinSCP can rename", () => {
    expect(policyOf({ access: "write-only" }).Statement.slice(2)).to.deep.equal([
      { Effect: "Allow", Action: ["s3:PutObject", "s3:AbortMultipartUpload"], Resource: [`${bucket}/tenants/acme/*`] },
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: [`${bucket}/tenants/acme/*/`] },
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:DeleteObject"],
        Resource: [`${bucket}/tenants/acme/*.filepart`],
      },
    ]);
  });

  it("of a drop box in a space gives nothing on .filepart: members would read each other's", () => {
    const text = policyText(policyOf({ access: "read-only", spaces: [{ name: "exchange", access: "write-only" }] }));
    expect(text).to.include(`${bucket}/shared/exchange/*/`).and.not.to.include("filepart");
  });

  it("of folders and spaces merges what has the same actions, and never opens the root", () => {
    const { Statement } = policyOf({
      folders: [
        { name: "inbox", access: "write-only" },
        { name: "outbox", access: "read-only" },
      ],
      spaces: [{ name: "catalogue", access: "read-only" }],
    });
    expect(listPrefixes(Statement)).to.deep.equal([
      "shared/catalogue/*",
      "tenants/acme/inbox/*",
      "tenants/acme/outbox/*",
    ]);
    expect(Statement[2]).to.deep.equal({
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: [`${bucket}/shared/catalogue/*`, `${bucket}/tenants/acme/inbox/*/`, `${bucket}/tenants/acme/outbox/*`],
    });
  });

  it("has its partition's ARNs", () => {
    const china = sessionPolicy({ ...landing, partition: "aws-cn" }, grantsOf(tenant("acme")));
    expect(resources(china.Statement)).to.satisfy((arns: string[]) =>
      arns.every((arn) => arn.startsWith("arn:aws-cn:")),
    );
  });

  it("has none of the three defects that are copied around", () => {
    fc.assert(
      fc.property(tenants, (deployed) => {
        for (const { grants } of usersOf(deployed)) {
          const { Statement } = sessionPolicy(landing, grants);
          for (const resource of resources(Statement)) {
            expect(resource, "bucket in the account field").to.match(/^arn:aws:s3:::[a-z]/);
            expect(resource, "fail-open object resource").to.match(/^[^*]*(\/\*(\/|\.filepart)?)?$/);
          }
          for (const prefix of listPrefixes(Statement)) {
            expect(prefix, "leading slash").to.match(/^(tenants|shared)\/.*\/\*$/);
          }
        }
      }),
    );
  });

  it("does not change when another tenant is added", () => {
    fc.assert(
      fc.property(tenants, (deployed) => {
        const [added, ...others] = usersOf(deployed);
        const alone = usersOf(deployed.filter(({ name }) => name !== added?.tenant));
        expect(alone).to.deep.equal(others);
      }),
    );
  });
});

describe("the role of a tenant", () => {
  it("is its profile's, and the widest where its grants differ", () => {
    fc.assert(
      fc.property(fc.array(accesses, { minLength: 1 }), (list) => {
        const expected: Access = new Set(list).size === 1 ? (list[0] as Access) : "read-write";
        expect(roleProfileOf(list.map((access) => ({ access })))).to.equal(expected);
      }),
    );
  });
});

describe("what fits into a session policy", () => {
  /** So many of names as long as `item-01`. */
  const list = (count: number, access: Access): Folder[] =>
    Array.from({ length: count }, (_, index) => ({ name: `item-${String(index + 1).padStart(2, "0")}`, access }));
  const length = (shape: Parameters<typeof tenant>[1]) => policyText(policyOf(shape)).length;

  /** The largest count whose policy is within the limit. */
  function most(lengthOf: (count: number) => number): number {
    let count = 0;
    while (lengthOf(count + 1) <= sessionPolicyLimit) {
      count += 1;
    }
    return count;
  }

  it("is documented: so many folders, drop boxes, spaces", () => {
    expect({
      folders: most((count) => length({ folders: list(count, "read-write") })),
      dropBoxes: most((count) => length({ folders: list(count, "write-only") })),
      spaces: most((count) => length({ access: "read-write", spaces: list(count, "read-only") })),
    }).to.deep.equal({ folders: 17, dropBoxes: 6, spaces: 18 });
  });
});
