import { expect } from "chai";
import { accessHtml } from "../../access/report/html";
import { accessMarkdown } from "../../access/report/markdown";
import { accessReport } from "../../access/report/model";
import { accessTable } from "../../access/report/table";
import { sshKey, tenant } from "../tenant";

const keyCalled = (fingerprint: string) => ({ ...sshKey(fingerprint), fingerprint });

const report = accessReport("dev", "2026-06-01", [
  tenant("acme", {
    userName: "ACME_batch",
    description: "Acme <b>Corporation</b>",
    folders: [
      { name: "inbox", access: "write-only" },
      { name: "outbox", access: "read-only" },
    ],
    spaces: [{ name: "catalogue", access: "read-only" }],
    deployedKeys: [{ ...keyCalled("SHA256:aaa"), expires: "2027-06-30" }, keyCalled("SHA256:bbb")],
  }),
  tenant("globex", { state: "suspended", deployedKeys: [] }),
  tenant("initech", { deployedKeys: [keyCalled("SHA256:key-of-initech")] }),
]);

describe("the access report", () => {
  it("is a table on a terminal", () => {
    expect(accessTable(report)).to.equal(`Access of stack dev on 2026-06-01

TENANT   LOGIN       FOLDER      ACCESS      IN THE BUCKET         KEYS
acme     ACME_batch  /catalogue  read-only   shared/catalogue/     SHA256:aaa until 2027-06-30
                     /inbox      write-only  tenants/acme/inbox/   SHA256:bbb no end
                     /outbox     read-only   tenants/acme/outbox/
globex   globex      -           suspended   -                     -
initech  initech     /           read-write  tenants/initech/      SHA256:key-of-initech no end
`);
  });

  it("is a Markdown table with a row for each tenant", () => {
    expect(accessMarkdown(report).split("\n").slice(2, 6)).to.deep.equal([
      "| tenant | login | folders | keys |",
      "|---|---|---|---|",
      "| acme | ACME&#95;batch | `/catalogue` read-only (`shared/catalogue/`)<br>`/inbox` write-only " +
        "(`tenants/acme/inbox/`)<br>`/outbox` read-only (`tenants/acme/outbox/`) | `SHA256:aaa` until 2027-06-30" +
        "<br>`SHA256:bbb` no end |",
      "| globex | globex | suspended | - |",
    ]);
  });

  it("is data: what the other formats show, and no key material", () => {
    expect(report.tenants[0]).to.deep.equal({
      name: "acme",
      userName: "ACME_batch",
      description: "Acme <b>Corporation</b>",
      state: "active",
      landingFolder: "/",
      folders: [
        { entry: "/catalogue", prefix: "shared/catalogue/", access: "read-only", space: "catalogue" },
        { entry: "/inbox", prefix: "tenants/acme/inbox/", access: "write-only" },
        { entry: "/outbox", prefix: "tenants/acme/outbox/", access: "read-only" },
      ],
      keys: [
        { type: "ssh-ed25519", fingerprint: "SHA256:aaa", comment: "laptop", expires: "2027-06-30" },
        { type: "ssh-ed25519", fingerprint: "SHA256:bbb", comment: "laptop" },
      ],
    });
    expect(JSON.stringify(report)).not.to.include("AAAAC3Nza");
  });

  it("is a page of its own: nothing from elsewhere, no script, a matrix, and texts that cannot become markup", () => {
    const page = accessHtml(report);
    expect(page).not.to.match(/<script|src=|https?:/);
    expect(page).to.include('<meta name="viewport"').and.include("Acme &#60;b&#62;Corporation");
    const header = /<thead>.*<\/thead>/
      .exec(page)?.[0]
      .replaceAll(/<[^>]+>/g, " ")
      .trim()
      .split(/ {2,}/);
    expect(header).to.deep.equal(["tenant", "inbox", "outbox", "own files", "space catalogue"]);
    const row = /<tr><th scope="row"><a href="#acme">.*<\/tr>/.exec(page)?.[0];
    expect(row?.match(/<td[^/]*\/td>/g)?.map((cell) => cell.replaceAll(/<[^>]+>/g, ""))).to.deep.equal([
      "W",
      "R",
      "",
      "R",
    ]);
  });

  it("says of a tenant without a deployed key that it cannot log in", () => {
    const keyless = accessReport("dev", "2026-06-01", [tenant("acme", { deployedKeys: [] })]);
    for (const render of [accessTable, accessMarkdown, accessHtml]) {
      expect(render(keyless)).to.include("cannot log in");
    }
  });
});
