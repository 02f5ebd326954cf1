import { expect } from "chai";
import { tenantPrefix } from "../../access/grant";
import { markdownCode, markdownProse, markdownText } from "../../access/report/escape";
import type { Difference } from "../../diff/difference";
import { differenceJson } from "../../diff/json";
import { differenceMarkdown } from "../../diff/markdown";
import type { SubjectDifference } from "../../diff/subject";
import { publicKey } from "../publicKeys";
import { differenceOf, today } from "./comparing";

const one = `  - { name: acme, sshKeys: ["${publicKey(1).text}"] }\n`;
const noResources = { created: [], changed: [], replaced: [], deleted: [] };

/** A difference in which these tenants change in dev. */
function of(...tenants: SubjectDifference[]): Difference {
  const nothing = { changes: [], spaces: [], unexplained: [], resources: noResources, otherFileUnread: false };
  const stack = { stack: "dev", ...nothing, tenants };
  return { from: "main", today, stacks: [stack] };
}

function added(name: string, description: string): SubjectDifference {
  return { name, changes: [{ kind: "tenant-added", userName: name, description }], notices: [] };
}

describe("the difference as Markdown", () => {
  it("is what reviewers read: tenants first, resources folded away", async () => {
    const after = one.replace("name: acme", "name: acme, access: read-only");
    const difference = await differenceOf({ tenants: `tenants:\n${one}` }, { tenants: `tenants:\n${after}` });
    expect(differenceMarkdown(difference)).to.equal(`## What changes for whom

Compared with main on 2026-11-23. **breaking**: a client fails that worked before. **dangerous**: files, messages or logs may be lost, somebody new may read or hear, or a guard is weaker.

### dev: 1 tenant changes, 1 breaking change

- acme
  - **breaking:** can no longer write and delete in / (${tenantPrefix("acme")})

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
      expect(outside).to.equal('  - is new and logs in as acme: "CODE"');
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
    const breaking: SubjectDifference = {
      name: "zulu",
      changes: [{ kind: "user-recreated", from: "a", to: "b" }],
      notices: [],
    };
    const markdown = differenceMarkdown(of(...many, breaking));
    expect(markdown.length).to.be.lessThan(60_000);
    expect(markdown).to.include("- zulu\n");
    expect(markdown).to.match(
      /\n- and \d+ more of them, none with a breaking or dangerous change: `npm run diff` shows all\n/,
    );
    const allBreak = many.map(({ name }) => ({ ...breaking, name }));
    expect(differenceMarkdown(of(...allBreak))).to.match(
      /more of them, \*\*\d+ with breaking or dangerous changes\*\*/,
    );
  });

  it("cuts a tenant that has too much to tell, and shows every other one that has a mark", () => {
    const endpoint = (number: number) => `https://partner.example/${"x".repeat(200)}/${number}`;
    const listeners = Array.from(
      { length: 300 },
      (_, number) => ({ kind: "https", endpoint: endpoint(number) }) as const,
    );
    const long = {
      name: "aaa",
      changes: listeners.map((listener) => ({ kind: "listener-added", listener, isFirst: true }) as const),
    };
    const evil = {
      kind: "listener-added",
      listener: { kind: "https", endpoint: "https://evil.example/hook" },
      isFirst: true,
    } as const;
    const markdown = differenceMarkdown(of({ ...long, notices: [] }, { name: "acme", changes: [evil], notices: [] }));
    expect(markdown.length).to.be.lessThan(60_000);
    expect(markdown).to.match(/- aaa\n(.*\n){10}/);
    expect(markdown).to.match(
      / {2}- and \d+ more: `npm run diff` shows all\n- acme\n {2}- \*\*dangerous:\*\* .*evil\.example/,
    );
  });

  it("leaves plain words as they are, and puts into code what GitHub might read as more", () => {
    for (const plain of ["acme", "/inbox/2026", "New, Inc".replace(",", ""), "sftp-gateway-dev_tenant_acme"]) {
      expect(markdownProse(plain)).to.equal(plain);
    }
    for (const more of [
      "www.evil.example",
      "GH-12",
      "deadbeef",
      "_x_",
      "a *b*",
      "@acme",
      "https://x.example",
      "- x",
      "",
    ]) {
      expect(markdownProse(more)).to.equal(markdownCode(more));
    }
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
          counts: {
            tenants: 1,
            spaces: 0,
            breaking: 0,
            dangerous: 0,
            unexplained: 0,
            created: 0,
            changed: 0,
            replaced: 0,
            deleted: 0,
          },
          otherFileUnread: false,
          changes: [],
          tenants: [
            {
              name: "acme",
              changes: [
                { kind: "tenant-added", userName: "acme", description: "x", breaking: false, dangerous: false },
              ],
              notices: [],
            },
          ],
          spaces: [],
          unexplained: [],
          resources: noResources,
        },
      ],
    });
  });
});
