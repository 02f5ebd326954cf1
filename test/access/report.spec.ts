import { createHash } from "node:crypto";
import { createContext, runInContext } from "node:vm";
import { expect } from "chai";
import { spacePrefix, tenantPrefix } from "../../access/grant";
import { accessCsv } from "../../access/report/csv";
import { accessHtml } from "../../access/report/html";
import { accessMarkdown } from "../../access/report/markdown";
import { accessReport, type AccessReport } from "../../access/report/model";
import { searchScript } from "../../access/report/search";
import { accessTable } from "../../access/report/table";
import { deployedAccess } from "../../inventory/access";
import { inventoryOf } from "../../inventory/inventory";
import { gatewayStack } from "../components/gatewayStack";
import { publicKey } from "../publicKeys";
import { sshKey, tenant } from "../tenant";
import { reportOf } from "./sampleReport";

describe("the access report", () => {
  let report: AccessReport;
  before(async () => (report = await reportOf()));

  it("is a table on a terminal, in columns, with a line for each folder and each key", () => {
    const lines = accessTable(report).trimEnd().split("\n");
    const heading = lines.findIndex((line) => line.startsWith("TENANT"));
    const rows = lines.slice(heading + 1);
    expect(rows).to.have.length(3 + 1 + 1);
    const column = lines[heading]?.indexOf("IN THE BUCKET");
    const shown = rows.map((line) => line.slice(column).split(" ", 1)[0]);
    const [acme, , initech] = report.tenants.map(({ folders }) => folders.map(({ prefix }) => prefix));
    expect(shown).to.deep.equal([...(acme ?? []), "", ...(initech ?? [])]);
  });

  it("is a Markdown table with a row for each tenant", () => {
    const lines = accessMarkdown(report).trimEnd().split("\n");
    const [header = "", , ...rows] = lines.filter((line) => line.startsWith("|"));
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
      password: false,
      retentionDays: 30,
      listeners: [
        { kind: "own-queue", readers: ["arn:aws:iam::123456789012:role/billing"] },
        { kind: "email", endpoint: "ops@acme.example" },
      ],
    });
    expect({ ...report, tenants: [] }).to.deep.equal({
      stack: "dev",
      today: "2026-06-01",
      commit: "0123456789ab",
      servers: [
        {
          name: "project-test",
          endpointType: "PUBLIC",
          securityPolicy: "TransferSecurityPolicy-2025-03",
          authentication: "PUBLIC_KEY",
        },
      ],
      buckets: ["project-test-123456789012"],
      tenants: [],
    });
    expect(JSON.stringify(report)).not.to.include("AAAAC3Nza");
  });

  it("is a page of its own: nothing from elsewhere, and texts that cannot become markup", () => {
    const page = accessHtml(report);
    expect(page).not.to.match(/src=|https?:|@import|url\(/);
    expect(page).to.include('<meta name="viewport"').and.include("Acme &#60;b&#62;Corporation");
    expect(page).to.include('<a href="#tenant-acme">acme</a>').and.include('<details id="tenant-acme">');
  });

  it("runs its own script alone: the page's policy names it by its hash", () => {
    const page = accessHtml(report);
    const [[, script = ""] = [], second] = [...page.matchAll(/<script>([^]*?)<\/script>/g)];
    expect(second).to.equal(undefined);
    const hash = createHash("sha256").update(script).digest("base64");
    expect(page)
      .to.include(`script-src 'sha256-${hash}'"`)
      .and.not.to.match(/<script |\bon[a-z]+=/);
  });

  it("gives a space a column, and no column to own folders of several tenants", async () => {
    const invoices = [{ name: "invoices", access: "read-only" }] as const;
    const catalogue = [{ name: "catalogue", access: "read-write" }] as const;
    const tenants = [
      tenant("acme", { folders: invoices, spaces: catalogue }),
      tenant("globex", { folders: invoices }),
      tenant("initech", { spaces: catalogue }),
    ];
    const [head, ...rows] = tableOf(accessHtml(await reportOf(tenants)));
    expect(head).to.deep.equal(["tenant", "own folders, which no other tenant has", "space catalogue"]);
    expect(rows).to.deep.equal([
      ["acme", "/invoices R", "RW"],
      ["globex", "/invoices R", ""],
      ["initech", "/home RW", "RW"],
    ]);
  });

  it("finds tenants by any of their texts, says how many, and opens them to be printed", () => {
    const { rows, sections, found, type, print } = searching(["acme", "globex", "initech"]);
    const shown = () => rows.flatMap(({ textContent, hidden }) => (hidden ? [] : textContent));
    expect(found.textContent).to.equal("3 of 3 tenants");
    type(" Key of GLOB");
    expect(shown()).to.deep.equal(["globex"]);
    expect(sections.map(({ hidden }) => hidden)).to.deep.equal([true, false, true]);
    expect(found.textContent).to.equal("1 of 3 tenants");
    type("");
    expect(shown()).to.deep.equal(["acme", "globex", "initech"]);
    print();
    expect(sections.map(({ open }) => open)).to.deep.equal([true, true, true]);
  });

  it("is a file for spreadsheets: a line for each folder, key and listener, which a filter can tell apart", () => {
    const [head = [], ...rows] = cellsOf(accessCsv(report));
    const at = (row: readonly string[], ...names: string[]) => names.map((name) => row[head.indexOf(name)]);
    expect(rows.map((row) => at(row, "tenant", "what", "folder", "access"))).to.deep.equal([
      ["acme", "folder", "/Out/From Us", "read-only"],
      ["acme", "folder", "/catalogue", "read-only"],
      ["acme", "folder", "/inbox", "write-only"],
      ["acme", "key", "", ""],
      ["acme", "key", "", ""],
      ["acme", "listener", "", ""],
      ["acme", "listener", "", ""],
      ["globex", "", "", ""],
      ["initech", "folder", "/", "read-write"],
      ["initech", "key", "", ""],
    ]);
    expect(at(rows[3]!, "key type", "comment", "expires")).to.deep.equal(["ssh-ed25519", "laptop", "2027-06-30"]);
    expect(at(rows[5]!, "listener", "retention days", "commit")).to.deep.equal([
      "own queue, read by arn:aws:iam::123456789012:role/billing",
      "30",
      "0123456789ab",
    ]);
    expect(at(rows[7]!, "state")).to.deep.equal(["suspended: cannot log in"]);
  });

  it("lets no cell of a spreadsheet begin a formula, whatever separates cells there", () => {
    const [acme] = report.tenants;
    for (const text of ["=1+1", "+1", "-1", "@SUM(1)", " =1+1", "＝1+1", "a;=1+1", 'a";=1+1', "|calc"]) {
      const csv = accessCsv({ ...report, tenants: [{ ...acme!, description: text, contact: text }] });
      expect(csv, text).not.to.match(/["\t;]\s*[=+\-@＝|]/);
      expect(cellsOf(csv)[1]?.join(" ").replaceAll("'", ""), text).to.include(text);
    }
  });

  it("says of a tenant that cannot log in that it cannot", () => {
    const [acme] = report.tenants;
    const keyless = { ...report, tenants: [{ ...acme!, keys: [] }] };
    const suspended = { ...report, tenants: [{ ...acme!, state: "suspended" as const }] };
    for (const render of [accessTable, accessMarkdown, accessHtml, accessCsv]) {
      expect(render(keyless)).to.include("no key: cannot log in");
      expect(render(suspended)).to.include("suspended: cannot log in");
    }
  });

  it("says who may log in with a password, from where, what became of a key, and what becomes of files", () => {
    const [acme] = report.tenants;
    const keys = [{ ...acme!.keys[0]!, expires: "2026-05-31" }];
    const shown = { ...acme!, password: true, allowedCidrs: ["203.0.113.0/24"], keys };
    for (const render of [accessTable, accessHtml]) {
      const text = render({ ...report, tenants: [shown] });
      expect(text).to.include("with a password").and.include("only from 203.0.113.0/24");
      expect(text).to.include("ssh-ed25519 laptop, ended 2026-05-31");
      expect(text).to.include("expire after 30 days").and.include("uploads told to email ops@acme.example");
      expect(text).to.include("commit 0123456789ab").and.include("bucket project-test-123456789012");
    }
  });

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
      return accessReport(subject, [acme], deployed).tenants[0]?.folders.map(({ access }) => access);
    };
    expect(await reported("s3:GetObject", "s3:ListBucket")).to.deep.equal(["read-only"]);
    expect(await reported("s3:GetObject")).to.deep.equal(["read"]);
    expect(await reported()).to.deep.equal(["nothing"]);
  });

  it("has a row for a user of whom tenants.yaml knows nothing, and for its keys", async () => {
    const deployment = await gatewayStack({ tenants: [tenant("acme")] });
    const deployed = deployedAccess(inventoryOf(deployment));
    const users = deployed.users.map((user) => ({ ...user, keys: [key.text] }));
    const [stranger] = accessReport(subject, [], { ...deployed, users }).tenants;
    expect(stranger).to.include({ name: "acme", userName: "acme", state: "active" });
    expect(stranger?.keys).to.deep.equal([{ type: "ssh-ed25519", fingerprint: key.fingerprint, comment: "" }]);
  });
});

const key = publicKey(1);
const subject = { stack: "dev", today: "2026-06-01" };

/** The policy with these of its actions alone. */
function narrowed(policy: unknown, actions: readonly string[]): string {
  const document = JSON.parse(String(policy)) as { Statement: { Action: string | string[] }[] };
  const Statement = document.Statement.map((statement) => ({
    ...statement,
    Action: [statement.Action].flat().filter((action) => actions.includes(action)),
  })).filter(({ Action }) => Action.length > 0);
  return JSON.stringify({ ...document, Statement });
}

/** The cells of the page's table, without markup. */
function tableOf(page: string): string[][] {
  const rows = page.match(/<tr>[^]*?<\/tr>/g) ?? [];
  return rows.map((row) =>
    (row.match(/<t[hd][^>]*>[^]*?<\/t[hd]>/g) ?? []).map((cell) => cell.replaceAll(/<[^>]+>/g, "")),
  );
}

/** The cells of a CSV file whose every cell is quoted. */
function cellsOf(csv: string): string[][] {
  const lines = csv.split("\r\n").slice(0, -1);
  return lines.map((line) =>
    [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell = ""]) => cell.replaceAll('""', '"')),
  );
}

/** The page's script on a page with these tenants, each with a row and a section. */
function searching(names: readonly string[]) {
  const rows = names.map((textContent) => ({ textContent, hidden: false }));
  const sections = names.map((name) => ({ textContent: `key of ${name}`, hidden: false, id: name, open: false }));
  const found = { textContent: "" };
  const field = {
    value: "",
    parentElement: { hidden: true },
    addEventListener: (_: "input", heard: () => void) => (input = heard),
  };
  let input = () => {};
  const known = (elements: Record<string, unknown>) => (selector: string) => {
    if (!(selector in elements)) {
      throw new Error(`the page has no ${selector}`);
    }
    return elements[selector];
  };
  const document = {
    querySelector: known({ "#search": field, "#found": found }),
    querySelectorAll: known({ "tbody tr": rows, details: sections }),
  };
  const heard = new Map<string, () => void>();
  const addEventListener = (event: string, hear: () => void) => heard.set(event, hear);
  runInContext(searchScript, createContext({ document, location: { hash: "" }, addEventListener }));
  const type = (value: string) => {
    field.value = value;
    input();
  };
  return { rows, sections, found, type, print: () => heard.get("beforeprint")?.() };
}
