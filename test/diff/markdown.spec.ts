import { expect } from "chai";
import { tenantPrefix } from "../../access/grant";
import { markdownCode, markdownText } from "../../access/report/escape";
import type { Difference } from "../../diff/difference";
import { differenceJson } from "../../diff/json";
import { differenceMarkdown } from "../../diff/markdown";
import type { TenantDifference } from "../../diff/tenants";
import { publicKey } from "../publicKeys";
import { differenceOf, today } from "./comparing";

const one = `  - { name: acme, sshKeys: ["${publicKey(1).text}"] }\n`;
const noResources = { created: [], changed: [], replaced: [], deleted: [] };

/** A difference in which these tenants change in dev. */
function of(...tenants: TenantDifference[]): Difference {
  const stack = { stack: "dev", changes: [], tenants, resources: noResources, otherFileUnread: false };
  return { from: "main", today, stacks: [stack] };
}

function added(name: string, description: string): TenantDifference {
  return { name, changes: [{ kind: "tenant-added", userName: name, description }], notices: [] };
}

describe("the difference as Markdown", () => {
  it("is what reviewers read: tenants first, resources folded away", async () => {
    const after = one.replace("name: acme", "name: acme, access: read-only");
    const difference = await differenceOf({ tenants: `tenants:\n${one}` }, { tenants: `tenants:\n${after}` });
    expect(differenceMarkdown(difference)).to.equal(`## What changes for whom

Compared with \`main\` on 2026-11-23.

### \`dev\`: 1 tenant changes, 1 breaking change

- \`acme\`
  - **breaking:** can no longer write and delete in \`/\` (\`${tenantPrefix("acme")}\`)

<details><summary>Resources: 0 created, 1 changed, 0 replaced, 0 deleted</summary>

\`\`\`text
~ aws:transfer/user:User gateway-acme (policy, role)
\`\`\`

</details>
`);
  });

  const attacks = {
    "a backtick that ends the code": "`<img src=x>`",
    "a mention": "@everyone please approve",
    "an issue's number": "fixes #1",
    HTML: "</details><script>alert(1)</script>",
    "a table's bar": "a | b",
    "a line end": "x\n\n# approved\n- **breaking:** nothing",
    "a link": "[approved](https://example.com) https://example.com",
    "marks that reorder text": "a\u202Eb\u2066c",
  };
  for (const [what, description] of Object.entries(attacks)) {
    it(`lets ${what} in a description mean nothing`, () => {
      const lines = differenceMarkdown(of(added("acme", description))).split("\n");
      const line = lines.find((text) => text.includes("is new and logs in as")) ?? "";
      const outside = line.replace(/`[^`]*`/g, "CODE");
      expect(outside).to.equal("  - is new and logs in as CODE: CODE");
      expect(lines).to.deep.equal(
        differenceMarkdown(of(added("acme", "harmless")))
          .split("\n")
          .with(lines.indexOf(line), line),
      );
      expect(line).not.to.match(/[\u202a-\u202e\u2066-\u2069]/);
    });
  }

  it("keeps the name of a resource from ending the block it stands in", () => {
    const resources = { ...noResources, created: ["urn:pulumi:dev::p::t::```\n# approved"] };
    const [stack] = of().stacks;
    const markdown = differenceMarkdown({ from: "main", today, stacks: [{ ...stack!, resources }] });
    expect(markdown).to.include("\n````text\n+ t ```\\u{a}# approved\n````\n");
  });

  it("fits into a comment with the breaking changes first, and says how many tenants it leaves out", () => {
    const many = Array.from({ length: 2000 }, (_, number) => added(`tenant-${number}`, "one of many"));
    const breaking: TenantDifference = {
      name: "zulu",
      changes: [{ kind: "user-recreated", from: "a", to: "b" }],
      notices: [],
    };
    const markdown = differenceMarkdown(of(...many, breaking));
    expect(markdown.length).to.be.lessThan(60_000);
    expect(markdown).to.include("- `zulu`\n");
    expect(markdown).to.match(
      /\n- and \d+ more tenants, none of them with a breaking change: `npm run diff` shows all\n/,
    );
    const allBreak = many.map(({ name }) => ({ ...breaking, name }));
    expect(differenceMarkdown(of(...allBreak))).to.match(/more tenants, \*\*\d+ with breaking changes\*\*/);
  });

  it("shows running text so that nobody is called by it", () => {
    expect(markdownText("@acme #1 <b>")).to.equal("&#64;&#8203;acme &#35;&#8203;1 &#60;b&#62;");
    expect(markdownCode("")).to.equal("` `");
  });
});

describe("the difference as JSON", () => {
  it("has every change with its kind and whether it breaks something", () => {
    expect(JSON.parse(differenceJson(of(added("acme", "x"))))).to.deep.equal({
      from: "main",
      today,
      changed: true,
      stacks: [
        {
          stack: "dev",
          counts: { tenants: 1, breaking: 0, created: 0, changed: 0, replaced: 0, deleted: 0 },
          otherFileUnread: false,
          changes: [],
          tenants: [
            {
              name: "acme",
              changes: [{ kind: "tenant-added", userName: "acme", description: "x", breaking: false }],
              notices: [],
            },
          ],
          resources: noResources,
        },
      ],
    });
  });
});
