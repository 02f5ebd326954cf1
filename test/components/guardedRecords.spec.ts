import { expect } from "chai";
import { ProvenAccess } from "../../access/proof";
import { requireProvenRecords } from "../../components/guard/provenRecords";
import type { GatewayPlan } from "../../plan";
import { goldenDeployments } from "../golden/golden";
import { registrationsOf } from "./registrations";

type Line = Record<string, unknown>;

describe("the guard of the records in the function's package", () => {
  let plan: GatewayPlan;
  before(async () => {
    plan = (await registrationsOf(goldenDeployments.find(({ name }) => name === "identity-provider")!)).plan;
  });

  const users = () => ProvenAccess.planOf(plan.access).users;
  const lines = () =>
    Object.values(plan.records)
      .flatMap((text) => text.trim().split("\n"))
      .map((line): Line => {
        const [rest = "", policy, mappings] = line.split("\t");
        return { ...(JSON.parse(rest) as Line), policy, mappings };
      });

  const written = ({ policy, mappings, ...rest }: Line) =>
    `${JSON.stringify(rest)}\t${String(policy)}\t${String(mappings)}\n`;

  function refusalOf(records: readonly Line[]): string {
    try {
      requireProvenRecords({ "records/00": records.map(written).join("") }, users());
    } catch (error) {
      return (error as Error).message;
    }
    return "";
  }

  /** All records, one of them changed. */
  const changed = (change: (record: Line, other: Line) => Line) =>
    lines().map((record, index, all) => (index === 0 ? change(record, all[1]!) : record));

  it("lets through what was proven, and what the plan made of it", () => {
    requireProvenRecords(plan.records, users());
    expect(refusalOf(lines())).to.equal("");
  });

  it("refuses another value in any field, and a field more or less", () => {
    const fields = [
      "tenant",
      "role",
      "policy",
      "mappings",
      "homeDirectory",
      "keys",
      "password",
      "allowedCidrs",
      "more",
    ];
    for (const field of fields) {
      for (const value of [undefined, "", "x", [], !lines()[0]![field]]) {
        if (JSON.stringify(value) !== JSON.stringify(lines()[0]![field])) {
          const said = refusalOf(changed((record) => ({ ...record, [field]: value })));
          const expected = `"${field}" in the record of the login "${String(lines()[0]!["userName"])}" is not what was proven`;
          expect(said, JSON.stringify(value)).to.equal(`nothing is deployed:\n${expected}`);
        }
      }
    }
  });

  it("refuses a record that answers a login with what is another tenant's", () => {
    expect(refusalOf(changed(({ userName }, other) => ({ ...other, userName })))).to.match(/"tenant" in the record of/);
  });

  it("refuses a key that goes on longer", () => {
    const longer = lines().map((record) => ({
      ...record,
      keys: (record["keys"] as readonly Line[]).map((key) => ({ ...key, expires: "2999-12-31" })),
    }));
    expect(refusalOf(longer)).to.match(/"keys" in the record of the login "[^"]+" is not what was proven/);
  });

  it("refuses a login that nobody planned, one that stands twice, and one that is missing", () => {
    const [first] = lines();
    const name = String(first!["userName"]);
    expect(refusalOf([...lines(), { ...first, userName: "mallory" }])).to.match(/login "mallory" is no part of/);
    expect(refusalOf([...lines(), first!])).to.match(new RegExp(`login "${name}" is no part of`));
    expect(refusalOf(lines().slice(1))).to.match(new RegExp(`login "${name}" was planned and has no record`));
  });
});
