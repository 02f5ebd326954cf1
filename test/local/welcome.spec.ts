import { expect } from "chai";
import type { Gateway } from "../../local/gateway";
import type { ServedTenant } from "../../local/logins/logins";
import { changed } from "../../local/welcome";

const tenant = (name: string, more: Partial<ServedTenant> = {}): ServedTenant => ({
  ...{ name, userName: name, privateKey: `/data/.gateway/keys/${name}`, publicKeys: [] },
  ...more,
});

type Served = Pick<Gateway, "tenants" | "methods" | "tableEndpoint" | "absent" | "host">;

const byKey: Served = {
  ...{ host: "127.0.0.1", absent: [], methods: "PUBLIC_KEY", tableEndpoint: undefined },
  tenants: [tenant("acme"), tenant("globex")],
};

const data = { path: "/data", sshConfig: "/data/ssh_config", queues: "/data/queues", log: "/data/log.jsonl" };

const told = (now: Served, before: Served) => changed(now as Gateway, before, { data, width: 80 });

describe("what a person reads of a change that is served", () => {
  it("is nothing where everybody logs in as before", () => {
    const others = byKey.tenants.map((each) => ({ ...each, userName: `${each.name}.eu` }));
    expect(told({ ...byKey, tenants: others }, byKey)).to.deep.equal([]);
  });

  it("is who logs in otherwise now: by a password, and from where alone", () => {
    const [acme, globex] = [
      tenant("acme", { password: "p4ss" }),
      tenant("globex", { allowedCidrs: ["203.0.113.0/24"] }),
    ];
    const now: Served = { ...byKey, methods: "PUBLIC_KEY_OR_PASSWORD", tenants: [acme, globex] };
    expect(told({ ...now, tableEndpoint: "http://127.0.0.1:4000" }, byKey)).to.deep.equal([
      "Passwords and stops are read in a table at",
      "AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:4000",
      "  acme    sftp -F /data/ssh_config acme",
      "          or with the password p4ss",
      "          by sftp -F /data/ssh_config -o PubkeyAuthentication=no acme",
      "  globex  sftp -F /data/ssh_config globex",
      "          from 203.0.113.0/24 alone; whoever logs in here comes from 127.0.0.1",
    ]);
    expect(told(byKey, now)).to.deep.equal([
      "  acme    sftp -F /data/ssh_config acme",
      "  globex  sftp -F /data/ssh_config globex",
    ]);
  });

  it("is who is new and who is gone, and why", () => {
    const absent = [{ name: "globex", userName: "globex", why: "suspended" }];
    expect(told({ ...byKey, tenants: [tenant("acme"), tenant("stark")], absent }, byKey)).to.deep.equal([
      "  stark  sftp -F /data/ssh_config stark",
      "  globex  is not served any more",
      "",
      "Not served:",
      "  globex  suspended",
    ]);
  });
});
