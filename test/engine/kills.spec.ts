import { expect } from "chai";
import { seededDraws } from "../fixtures/driver/random";
import { recover } from "../fixtures/driver/recovery";
import { Rehearsal } from "../fixtures/driver/rehearsal";
import { publicKey, tenantEntry, tenantsFile } from "../fixtures/driver/tenants";

/** Draws the points at which the CLI is killed; another seed tries others. */
const draw = seededDraws(20261123);

const tenantsBefore = tenantsFile([
  tenantEntry("acme"),
  tenantEntry("globex", { retentionDays: 30, access: "read-only" }),
]);
const tenantsAfter = tenantsFile([
  tenantEntry("acme", { sshKeys: [publicKey("acme"), publicKey("laptop")], access: "write-only" }),
  tenantEntry("initech", { retentionDays: 7 }),
]);

/** How many changes each deployment makes at least before its last ones, which a kill might come too late for. */
const deployments = [
  { what: "first deployment", tenants: [tenantsBefore], changes: 18 },
  { what: "deployment of changed tenants", tenants: [tenantsBefore, tenantsAfter], changes: 6 },
];

describe("an up whose CLI is killed", () => {
  for (const { what, tenants, changes } of deployments) {
    describe(`in the ${what}`, () => {
      let rehearsal: Rehearsal;

      before(async () => {
        rehearsal = await Rehearsal.of(...tenants);
      });

      after(() => rehearsal.project.remove());

      for (const change of [1 + draw(changes), 1 + draw(changes)]) {
        const delay = draw(80);
        it(`converges when that is ${delay} ms after change ${change}`, async () => {
          rehearsal.restart();
          expect((await rehearsal.stack.upWith({ kind: "kill", change, delay })).code).to.equal(null);
          expect((await recover(rehearsal.stack, rehearsal.project.service)).errors).to.deep.equal([]);
          rehearsal.expectConvergence();
        });
      }
    });
  }
});
