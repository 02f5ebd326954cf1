import { expect } from "chai";
import { inventoryOf } from "../../inventory/inventory";
import { UnreadableDeploymentError } from "../../inventory/resources";
import { deploymentIn } from "../../inventory/stackExport";
import { Sessions } from "../../inventory/session";
import type { Deployment } from "../../synth/deployment";
import { UserError } from "../../userError";
import { markKey, marks } from "../../wireMarks";
import { bucket, deploymentOf } from "../local/setting/deployment";
import { inLambdaMode } from "../local/setting/lambdaMode";

/** What `pulumi stack export` would write of a deployment. */
function exportOf({ resources, outputs }: Deployment, change: (value: unknown) => unknown = (value) => value): string {
  const stack = {
    urn: "urn:pulumi:test::p::pulumi:pulumi:Stack::p-test",
    type: "pulumi:pulumi:Stack",
    custom: false,
    outputs,
  };
  const all = resources.map(({ urn, type, custom, id, inputs, outputs: out }) => ({
    urn,
    type,
    custom,
    id,
    inputs: change(inputs),
    outputs: change(out),
  }));
  return JSON.stringify({ version: 3, deployment: { manifest: {}, resources: [stack, ...all] } });
}

/** Archives and assets as a state has them. */
function asState(value: unknown): unknown {
  if (Array.isArray(value) || typeof value !== "object" || value === null) {
    return value;
  }
  const { asset, archive, ...rest } = value as Record<string, unknown>;
  const mark =
    asset !== undefined
      ? { [markKey]: marks.asset, hash: asset }
      : archive !== undefined
        ? { [markKey]: marks.archive, hash: archive }
        : {};
  return { ...mark, ...Object.fromEntries(Object.entries(rest).map(([name, one]) => [name, asState(one)])) };
}

const get = { action: "s3:GetObject", bucket, key: "tenants/acme/a" };

function decided(deployment: Deployment) {
  const inventory = inventoryOf(deployment);
  return new Sessions(inventory).of(inventory.users[0]!).decide(get);
}

describe("a deployment in a file", () => {
  const deployment = deploymentOf({ tenant: "acme" });

  it("is what a synthesis prints", () => {
    expect(deploymentIn(JSON.stringify(deployment), "d.json")).to.deep.equal(JSON.parse(JSON.stringify(deployment)));
  });

  it("is what an export of the stack holds, which decides the same", () => {
    const read = deploymentIn(exportOf(deployment), "d.json");
    expect(read.stack).to.equal("test");
    expect(decided(read)).to.deep.equal(decided(deployment));
    expect(decided(read).allowed).to.equal(true);
  });

  it("is an export of a stack whose logins a function decides, by the records in its package", async () => {
    const asked = await inLambdaMode(deployment);
    const read = deploymentIn(exportOf(asked, asState), "d.json");
    expect(inventoryOf(read).users.map(({ userName }) => userName)).to.deep.equal(["acme"]);
    expect(decided(read).allowed).to.equal(true);
  });

  it("says which resource lacks what it needs: a document that the export holds encrypted", () => {
    const hidden = JSON.stringify(
      JSON.parse(exportOf(deployment), (key, value: unknown) =>
        key === "policy" ? { [markKey]: marks.secret, ciphertext: "x" } : value,
      ),
    );
    expect(() => decided(deploymentIn(hidden, "d.json"))).to.throw(
      UnreadableDeploymentError,
      /RolePolicy "read-write", "policy"/,
    );
  });

  it("leaves out what an update that broke off has left to be deleted", () => {
    const parsed = JSON.parse(exportOf(deployment)) as {
      deployment: { resources: { type: string; delete?: boolean }[] };
    };
    parsed.deployment.resources.filter(({ type }) => type.endsWith(":User")).forEach((each) => (each.delete = true));
    expect(inventoryOf(deploymentIn(JSON.stringify(parsed), "d.json")).users).to.deep.equal([]);
  });

  for (const text of ["", "{", "3", "null", "{}", '{"deployment":null}', '{"deployment":{"resources":[]}}']) {
    it(`is refused when it is ${text || "empty"}`, () => {
      expect(() => deploymentIn(text, "d.json")).to.throw(UserError, /^d\.json: /);
    });
  }
});
