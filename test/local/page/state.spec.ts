import { expect } from "chai";
import { gatewayState, type Watched } from "../../../local/page/state";
import { StandInGateway } from "./setting";

const files = { path: "/data", sshConfig: "/data/.gateway/it's config", log: "/none", deliveries: "/none" };
const key = "/data/.gateway/keys/acme";

/** What is shown of the tenant of a gateway that is otherwise than usual. */
const stateOf = (otherwise: Partial<Watched>) => gatewayState({ ...new StandInGateway().watched, ...otherwise }, files);

describe("what the page says of a tenant", () => {
  const config = `'/data/.gateway/it'\\''s config'`;
  const tenant = { name: "acme", userName: "ACME_batch", privateKey: key, publicKeys: [], password: "p4ssw0rd" };

  it("has a command for the key and one for the password where either opens it", () => {
    const [shown] = stateOf({ tenants: [tenant], methods: "PUBLIC_KEY_OR_PASSWORD" }).tenants;
    expect(shown).to.deep.equal({
      name: "acme",
      userName: "ACME_batch",
      commands: [`sftp -F ${config} acme`, `sftp -F ${config} -o PubkeyAuthentication=no acme`],
      password: "p4ssw0rd",
    });
  });

  it("has one command where both are asked for, and the addresses it may come from", () => {
    const allowedCidrs = ["203.0.113.0/24", "2001:db8::/32"];
    const [shown] = stateOf({ tenants: [{ ...tenant, allowedCidrs }], methods: "PUBLIC_KEY_AND_PASSWORD" }).tenants;
    expect(shown!.commands).to.deep.equal([`sftp -F ${config} acme`]);
    expect(shown!.from).to.equal("203.0.113.0/24, 2001:db8::/32");
  });

  it("never has the key or its file", () => {
    expect(JSON.stringify(stateOf({ tenants: [tenant] }))).not.to.include(key);
  });

  it("is there for 500 tenants and as many that are not served, with the number of the others", () => {
    const names = Array.from({ length: 507 }, (_, index) => `t${index}`);
    const state = stateOf({
      tenants: names.map((name) => ({ name, userName: name, publicKeys: [] })),
      absent: names.slice(0, 501).map((name) => ({ name, userName: name, why: "suspended" })),
    });
    expect([state.tenants.length, state.absent.length, state.notShown]).to.deep.equal([500, 500, 8]);
  });
});
