import { expect } from "chai";
import fc from "fast-check";
import { edited } from "../../editing/edited";
import type { Edit } from "../../editing/edit";
import * as tenantEdits from "../../editing/tenantEdits";
import { type TenantsText, type WrittenTenant, tenantsTextOf } from "../../editing/tenantsText";
import type { Tenancy } from "../../tenancy/model";
import { tenantNamed } from "../../tenancy/tenantNamed";
import { loadTenancyText } from "../../tenancy/load";
import { parsePublicKey } from "../../tenancy/publicKey";
import { publicKey } from "../publicKeys";
import { defaults } from "../tenancy/loading";
import { type RandomFile, randomFiles } from "./randomFile";

const file = "tenants.yaml";
const newKey = parsePublicKey(`${publicKey("new").text} new-host`).key!;
const read = (text: string): TenantsText => tenantsTextOf(file, text);

/** Whether one text is the other with some pieces taken out. */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const character of whole) {
    at += part[at] === character ? 1 : 0;
  }
  return at === part.length;
}

/** A file, one of its tenants, and what an edit of it makes of the file. */
interface Change extends RandomFile {
  readonly name: string;
  readonly written: TenantsText;
  readonly after: string;
  readonly tenancy: Tenancy;
}

/** Makes an edit in many files, each of which has to load afterwards. */
function forEach(editsOf: (text: TenantsText, name: string) => readonly Edit[], check: (change: Change) => void): void {
  fc.assert(
    fc.property(randomFiles, fc.nat(), (before, which) => {
      const name = before.names[which % before.names.length]!;
      const written = read(before.text);
      const after = edited(file, before.text, editsOf(written, name));
      const { tenancy, problems } = loadTenancyText(file, after, defaults);
      expect(tenancy, JSON.stringify(problems)).to.not.equal(undefined);
      check({ ...before, name, written, after, tenancy: tenancy! });
    }),
    { numRuns: 100 },
  );
}

const commentsIn = (text: string) => [...text.matchAll(/# [^\r\n]*/g)].map(([comment]) => comment);
const edits = (make: (tenant: WrittenTenant) => Edit[]) => (text: TenantsText, name: string) =>
  make(tenantNamed(name, text));

describe("laws of edits", () => {
  it("a key that is added touches no byte, and the file is as before once it is removed", () => {
    forEach(
      edits((tenant) => tenantEdits.keyAdditionOf(tenant, { key: newKey })),
      ({ text, name, after }) => {
        expect(isWithin(text, after)).to.equal(true);
        const tenant = tenantNamed(name, read(after));
        expect(tenant.keys.at(-1)?.key).to.deep.equal(newKey);
        expect(edited(file, after, tenantEdits.keyRemovalOf(tenant, tenant.keys.at(-1)!))).to.equal(text);
      },
    );
  });

  it("a tenant that is suspended and resumed leaves the file as it was", () => {
    forEach(
      edits((tenant) => tenantEdits.suspensionOf(tenant)),
      ({ text, name, after }) => {
        expect(isWithin(text, after)).to.equal(true);
        const tenant = tenantNamed(name, read(after));
        expect(tenant.isSuspended).to.equal(true);
        if (after !== text) {
          expect(edited(file, after, tenantEdits.resumptionOf(tenant))).to.equal(text);
        }
      },
    );
  });

  it("a tenant that is added touches no byte of the others, stands below their comments, and lines end as the file's do", () => {
    const added = { name: "new-one", userName: "New.One", environments: ["dev"], sshKeys: [{ key: newKey }] };
    forEach(
      () => tenantEdits.additionOf(added),
      ({ text, names, after }) => {
        expect(isWithin(text, after)).to.equal(true);
        expect(read(after).tenants.map(({ name }) => name)).to.deep.equal([...names, "new-one"]);
        expect(after.indexOf("new-one")).to.be.above(after.lastIndexOf("# below"));
        expect(/(?<!\r)\n/.test(after)).to.equal(!text.includes("\r\n"));
        expect(after.endsWith("\n")).to.equal(text.endsWith("\n"));
      },
    );
  });

  it("a key that is followed by another keeps its text and comments, and has a last day", () => {
    forEach(
      edits((tenant) => tenantEdits.rotationOf(tenant, tenant.keys[0]!, newKey, "2030-01-01")),
      ({ text, name, written, after }) => {
        const [old] = tenantNamed(name, written).keys;
        const keys = tenantNamed(name, read(after)).keys;
        expect(keys[0]).to.deep.include({ key: old!.key, expires: "2030-01-01" });
        expect(keys.at(-1)?.key).to.deep.equal(newKey);
        expect(commentsIn(after).sort()).to.deep.equal(commentsIn(text).sort());
        expect(isWithin(text.replaceAll("2040", "20"), after)).to.equal(true);
      },
    );
  });

  it("a tenant that is retired takes its own lines and comments along, and nothing else", () => {
    forEach(
      (text, name) => tenantEdits.retirementOf(tenantNamed(name, text), text),
      ({ text, commentsOf, name, written, after, tenancy }) => {
        const own = commentsOf.get(name)!.map((comment) => `# ${comment}`);
        const others = commentsIn(text).filter((comment) => !own.includes(comment) && comment !== "# long");
        expect(commentsIn(after).filter((comment) => comment !== "# long")).to.deep.equal(others);
        const [removal, retirement] = tenantEdits.retirementOf(tenantNamed(name, written), written);
        const removed = edited(file, text, [removal!]);
        expect(isWithin(removed, text)).to.equal(true);
        expect(isWithin(removed, after)).to.equal(true);
        expect(after).to.equal(edited(file, removed, [retirement!]));
        expect(tenancy.retired.at(-1)).to.equal(name);
      },
    );
  });
});
