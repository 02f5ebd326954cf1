import { readFileSync } from "node:fs";
import { join } from "node:path";

import Ajv from "ajv";
import { expect } from "chai";
import { parse } from "yaml";

import { jsonSchema } from "../../tenancy/schema";
import { loadTenancy } from "../../tenancy/load";
import { stackNames } from "../../tenancy/stacks";
import { publicKey } from "../publicKeys";

const project = join(__dirname, "..", "..");
const read = (file: string): string => readFileSync(join(project, file), "utf8");

describe("tenants.schema.json", () => {
  const schema = jsonSchema();
  const validate = new Ajv({ strictTypes: false, formats: { date: /^\d{4}-\d\d-\d\d$/ } }).compile(schema);
  const tenant = { name: "acme", sshKeys: [publicKey(1).text] };

  it("is what tenancy/schema.ts makes; npm run schema writes it", () => {
    expect(JSON.parse(read("tenants.schema.json"))).to.deep.equal(JSON.parse(JSON.stringify(schema)));
  });

  it("finds the sample valid", () => {
    expect(validate(parse(read("tenants.yaml"))), JSON.stringify(validate.errors)).to.equal(true);
  });

  it("describes every key", () => {
    const undescribed: string[] = [];
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== "object" || node === null) {
        return;
      }
      for (const [key, child] of Object.entries(node)) {
        if (path.endsWith("/properties") && !(child as { description?: string }).description) {
          undescribed.push(`${path}/${key}`);
        }
        visit(child, `${path}/${key}`);
      }
    };
    visit(schema, "");
    expect(undescribed).to.deep.equal([]);
  });

  const wrong: Readonly<Record<string, unknown>> = {
    "no tenants": { tenants: [] },
    "an unknown key": { tenants: [{ ...tenant, sshkeys: [] }] },
    "a wrong name": { tenants: [{ ...tenant, name: "Acme" }] },
    "an unknown access": { tenants: [{ ...tenant, access: "admin" }] },
    "a private key": { tenants: [{ ...tenant, sshKeys: ["-----BEGIN"] }] },
    "a DSA key": { tenants: [{ ...tenant, sshKeys: ["ssh-dss AAAA"] }] },
    "a folder without access": { tenants: [{ ...tenant, folders: [{ name: "inbox" }] }] },
    "a path without a slash": { tenants: [{ ...tenant, folders: [{ name: "in", path: "In", access: "read-only" }] }] },
    "a space's path that climbs out": { tenants: [tenant], spaces: [{ name: "x", path: "/x/.." }] },
    "a retired space that is no name": { tenants: [tenant], retiredSpaces: ["/Prices"] },
    "too many days": { tenants: [{ ...tenant, retentionDays: 36501 }] },
    "a tag of AWS": { tenants: [{ ...tenant, tags: { "aws:x": "y" } }] },
    "environments twice": { tenants: [{ ...tenant, environments: ["dev", "dev"] }] },
    "a key without a key": { tenants: [{ ...tenant, sshKeys: [{ expires: "2027-01-01" }] }] },
    "a later key": { tenants: [{ ...tenant, allowedCidrs: [] }] },
    "no listeners": { tenants: [{ ...tenant, notify: [] }] },
    "a listener who is nobody": { tenants: [{ ...tenant, notify: [{}] }] },
    "two listeners in one": { tenants: [{ ...tenant, notify: [{ email: "a@b.example", queue: true }] }] },
    "a queue that is false": { tenants: [{ ...tenant, notify: [{ queue: false }] }] },
    "a listener without TLS": { tenants: [tenant], spaces: [{ name: "x", notify: [{ https: "http://b.example" }] }] },
    "the account's root as reader": {
      tenants: [{ ...tenant, notify: [{ queue: true, readers: ["arn:aws:iam::111122223333:root"] }] }],
    },
    "silence without a unit": { tenants: [{ ...tenant, expectEvery: "24" }] },
  };
  for (const [title, file] of Object.entries(wrong)) {
    it(`finds ${title} invalid`, () => {
      expect(validate({ tenants: [tenant] })).to.equal(true);
      expect(validate(file)).to.equal(false);
    });
  }
});

describe("the sample tenants.yaml", () => {
  const stacks = stackNames(project);
  const { tenancy, problems } = loadTenancy(join(project, "tenants.yaml"), { stacks, today: "2026-11-23" });

  it("is for the stacks dev and prod, and has no problems", () => {
    expect(stacks).to.deep.equal(["dev", "prod"]);
    expect(problems).to.deep.equal([]);
  });

  it("shows four tenants, all of them in dev", () => {
    expect(tenancy?.tenants.map(({ name }) => name)).to.deep.equal([
      "acme",
      "acme-corp",
      "northwind",
      "meter-readings",
    ]);
    expect(
      tenancy?.tenants.every(({ state, environments }) => state === "active" && environments.includes("dev")),
    ).to.equal(true);
  });

  it("has no address outside the domains kept for examples", () => {
    const addresses = read("tenants.yaml").match(/\S+@\S+/g) ?? [];
    expect(addresses.filter((address) => !address.endsWith(".example"))).to.deep.equal([]);
  });
});
