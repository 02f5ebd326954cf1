import { expect } from "chai";
import { spacePrefix, tenantPrefix } from "../../access/grant";
import { accessHtml } from "../../access/report/html";
import { accessMarkdown } from "../../access/report/markdown";
import { accessReport } from "../../access/report/model";
import { accessTable } from "../../access/report/table";
import { sshKey, tenant } from "../tenant";
import { sampleReport as report } from "./sampleReport";

describe("the access report", () => {
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
        { entry: "/catalogue", prefix: spacePrefix("catalogue"), access: "read-only", space: "catalogue" },
        { entry: "/inbox", prefix: `${tenantPrefix("acme")}inbox/`, access: "write-only" },
        { entry: "/outbox", prefix: `${tenantPrefix("acme")}outbox/`, access: "read-only" },
      ],
      keys: [
        { type: "ssh-ed25519", fingerprint: sshKey("a").fingerprint, comment: "laptop", expires: "2027-06-30" },
        { type: "ssh-ed25519", fingerprint: sshKey("b").fingerprint, comment: "laptop" },
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
