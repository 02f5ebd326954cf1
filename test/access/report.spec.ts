import { expect } from "chai";
import { spacePrefix, tenantPrefix } from "../../access/grant";
import { accessHtml } from "../../access/report/html";
import { accessMarkdown } from "../../access/report/markdown";
import { accessReport, type AccessReport } from "../../access/report/model";
import { accessTable } from "../../access/report/table";
import { deployedAccess } from "../../inventory/access";
import { inventoryOf } from "../../inventory/inventory";
import { gatewayStack } from "../components/gatewayStack";
import { publicKey } from "../publicKeys";
import { sshKey, tenant } from "../tenant";
import { reportOf } from "./sampleReport";

const formats = { table: accessTable, Markdown: accessMarkdown, HTML: accessHtml };

describe("the access report", () => {
  let report: AccessReport;
  before(async () => (report = await reportOf()));

  it("is a table on a terminal, in columns, with a line for each folder and each key", () => {
    const [, , heading = "", ...lines] = accessTable(report).trimEnd().split("\n");
    expect(lines).to.have.length(3 + 1 + 1);
    const column = heading.indexOf("IN THE BUCKET");
    const shown = lines.map((line) => line.slice(column).split(" ", 1)[0]);
    const [acme, , initech] = report.tenants.map(({ folders }) => folders.map(({ prefix }) => prefix));
    expect(shown).to.deep.equal([...(acme ?? []), "-", ...(initech ?? [])]);
  });

  it("is a Markdown table with a row for each tenant", () => {
    const [header = "", , ...rows] = accessMarkdown(report).trimEnd().split("\n").slice(2);
    expect(rows.map((row) => row.split("|")[1]?.trim())).to.deep.equal(["acme", "globex", "initech"]);
    for (const row of rows) {
      expect(row.split("|")).to.have.length(header.split("|").length);
    }
  });

  it("is data: what the other formats show, and no key material", () => {
    expect(report.tenants[0]).to.deep.equal({
      name: "acme",
      userName: "ACME_batch",
      description: "Acme <b>Corporation</b>",
      state: "active",
      landingFolder: "/",
      folders: [
        { entry: "/Out/From Us", prefix: `${tenantPrefix("acme")}outbox/`, access: "read-only" },
        { entry: "/catalogue", prefix: spacePrefix("catalogue"), access: "read-only", space: "catalogue" },
        { entry: "/inbox", prefix: `${tenantPrefix("acme")}inbox/`, access: "write-only" },
      ],
      keys: [
        { type: "ssh-ed25519", fingerprint: sshKey("b").fingerprint, comment: "laptop", expires: "2027-06-30" },
        { type: "ssh-ed25519", fingerprint: sshKey("a").fingerprint, comment: "laptop" },
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
    expect(header).to.deep.equal(["tenant", "/Out/From Us", "/inbox", "own files", "space catalogue"]);
    const row = /<tr><th scope="row"><a href="#acme">.*<\/tr>/.exec(page)?.[0];
    expect(row?.match(/<td[^/]*\/td>/g)?.map((cell) => cell.replaceAll(/<[^>]+>/g, ""))).to.deep.equal([
      "R",
      "W",
      "",
      "R",
    ]);
  });

  for (const [format, render] of Object.entries(formats)) {
    it(`says of a tenant that cannot log in that it cannot, as ${format}`, () => {
      const [acme] = report.tenants;
      expect(render({ ...report, tenants: [{ ...acme!, keys: [] }] })).to.include("nothing: cannot log in");
      expect(render({ ...report, tenants: [acme!] })).not.to.include("cannot log in");
    });

    it(`says where a function decides that a password opens it, and the addresses it comes from, as ${format}`, async () => {
      const allowedCidrs = ["203.0.113.0/24", "2001:db8:1::/48"];
      const acme = tenant("acme", { password: true, allowedCidrs, sshKeys: [], deployedKeys: [] });
      const text = render(await reportOf([acme], "lambda"));
      expect(text).to.include("a password").and.include("only from 203.0.113.0/24, 2001:db8:1::/48");
      expect(text).not.to.include("cannot log in");
      expect(render(await reportOf([tenant("acme")], "lambda"))).not.to.match(/password|only from/);
    });
  }

  it("shows what the deployed documents allow, where that is another access than the file's", async () => {
    const acme = tenant("acme", { access: "read-only" });
    const reported = async (...actions: string[]) => {
      const deployment = await gatewayStack({ tenants: [acme] });
      const resources = deployment.resources.map((resource) =>
        resource.type === "aws:transfer/user:User"
          ? { ...resource, inputs: { ...resource.inputs, policy: narrowed(resource.inputs["policy"], actions) } }
          : resource,
      );
      const deployed = deployedAccess(inventoryOf({ ...deployment, resources }));
      return accessReport("dev", "2026-06-01", [acme], deployed).tenants[0]?.folders.map(({ access }) => access);
    };
    expect(await reported("s3:GetObject", "s3:ListBucket")).to.deep.equal(["read-only"]);
    expect(await reported("s3:GetObject")).to.deep.equal(["read"]);
    expect(await reported()).to.deep.equal(["nothing"]);
  });

  it("has a row for a user of whom tenants.yaml knows nothing, and for its keys", async () => {
    const deployment = await gatewayStack({ tenants: [tenant("acme")] });
    const deployed = deployedAccess(inventoryOf(deployment)).map((access) => ({ ...access, keys: [key.text] }));
    const [stranger] = accessReport("dev", "2026-06-01", [], deployed).tenants;
    expect(stranger).to.include({ name: "acme", userName: "acme", state: "active" });
    expect(stranger?.keys).to.deep.equal([{ type: "ssh-ed25519", fingerprint: key.fingerprint, comment: "" }]);
  });
});

const key = publicKey(1);

/** The policy with these of its actions alone. */
function narrowed(policy: unknown, actions: readonly string[]): string {
  const document = JSON.parse(String(policy)) as { Statement: { Action: string | string[] }[] };
  const Statement = document.Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((action) => actions.includes(action)),
  })).filter(({ Action }) => Action.length > 0);
  return JSON.stringify({ ...document, Statement });
}
