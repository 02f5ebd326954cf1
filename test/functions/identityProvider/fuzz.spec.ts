import { expect } from "chai";
import fc from "fast-check";
import { loginRecords } from "../../../access/loginRecord";
import { planAccess } from "../../../access/plan";
import { createHandler } from "../../../functions/identity-provider/handler";
import { gatewayNames } from "../../../names";
import { authentications } from "../../../tenancy/signIn";
import { outputOf } from "../output";
import { tenant } from "../../tenant";
import { itemOf, password, portsOf, quickHash, requestOf } from "./provider";
import { anyCharacter } from "../../fixtures/anyCharacter";

const account = "123456789012";

/** Logins that there are, nearly are, and any text. */
const logins = fc.oneof(
  fc.constantFrom("acme", "globex"),
  fc.constantFrom("initech", "acm", "ACME", "__proto__", "constructor", ""),
  fc.string({ unit: anyCharacter, maxLength: 300 }),
);

const passwords = fc.oneof(
  fc.constantFrom(undefined, password),
  fc.constantFrom("", `${password} `),
  fc.string({ unit: anyCharacter, maxLength: 300 }),
);

const addresses = fc.oneof(
  fc.constantFrom("203.0.113.7", "::ffff:203.0.113.7", "10.1.2.3"),
  fc.oneof(fc.ipV4(), fc.ipV6()),
  fc.string({ maxLength: 50 }),
);

const anything = fc.tuple(fc.constantFrom("username", "password", "protocol", "serverId", "sourceIp"), fc.anything());

/** Transfer's shape, one in twenty with a field that is anything. */
const requests = fc
  .tuple(
    fc.record({ username: logins, password: passwords, sourceIp: addresses }),
    fc.oneof({ weight: 19, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: anything }),
  )
  .map(([fields, broken]) => requestOf({ ...fields, ...(broken && { [broken[0]]: broken[1] }) }));

const whole = ["HomeDirectoryDetails", "HomeDirectoryType", "Policy", "Role"];

describe("ten thousand requests of any kind", () => {
  it("are each answered with nothing or with all that a login needs, with one log line, and in time", async () => {
    const allowedCidrs = ["203.0.113.0/24"];
    const plan = planAccess({
      scope: { partition: "aws", region: "eu-central-1", account },
      names: gatewayNames("project-test", account),
      tenants: [
        tenant("acme", { password: true }),
        tenant("globex", { password: true, allowedCidrs }),
        tenant("initech", { sshKeys: [], deployedKeys: [], allowedCidrs }),
      ],
      serviceRoles: [],
    });
    const items = { acme: await itemOf("acme"), globex: { ...(await itemOf("acme")), tenant: "globex" }, initech: 7 };
    const handlers = authentications.map((authentication) =>
      createHandler(
        portsOf({
          records: loginRecords(plan),
          items,
          authentication,
          // Ten thousand runs of scrypt would take a quarter of an hour.
          hash: quickHash,
        }).ports,
      ),
    );
    const seen = { admitted: 0, denied: 0 };
    await fc.assert(
      fc.asyncProperty(requests, fc.constantFrom(...handlers), async (request, handler) => {
        let answer: object = {};
        const begun = process.cpuUsage();
        const { lines, error } = await outputOf(async () => {
          answer = await handler(request, { awsRequestId: "1" });
        });
        expect(process.cpuUsage(begun).user / 1000).to.be.below(1_000);
        expect(error).to.equal(undefined);
        expect(lines.filter(({ message }) => message !== undefined)).to.have.length(1);
        const fields = Object.keys(answer).filter((field) => field !== "HomeDirectory" && field !== "PublicKeys");
        expect(fields.sort()).to.deep.equal(fields.length === 0 ? [] : whole);
        // With keys exactly where no password was given.
        expect("PublicKeys" in answer).to.equal(fields.length > 0 && !request["password"]);
        seen[fields.length > 0 ? "admitted" : "denied"] += 1;
      }),
      { numRuns: 10_000 },
    );
    expect(seen.admitted).to.be.above(300);
    expect(seen.denied).to.be.above(300);
  });
});
