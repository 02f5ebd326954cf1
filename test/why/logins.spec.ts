import { expect } from "chai";
import type { LoginAnswer } from "../../why/answer";
import { whyLine, whyText } from "../../why/text";
import { publicKey } from "../publicKeys";
import { keyOf, now, Sample, sampleText } from "./setting";

const keyIn = (name: string) => new RegExp(`name: ${name}\\n[^]*?(ssh-ed25519 \\S+)`).exec(sampleText)![1]!;
const expired = /ecdsa-sha2-nistp256 \S+/.exec(sampleText)![0];

type Row = readonly [what: string, login: () => LoginAnswer, verdict: string, cause: string | undefined, line?: string];

function table(sample: () => Sample, rows: readonly Row[]): void {
  for (const [what, login, verdict, cause, line] of rows) {
    it(`${what}: ${verdict}${cause === undefined ? "" : `, ${cause}`}`, () => {
      const answer = login();
      expect([answer.verdict, answer.cause]).to.deep.equal([verdict, cause]);
      expect(answer.place && sample().at(answer.place)).to.equal(line);
      expect(whyLine(answer) === undefined).to.equal(verdict === "allowed");
    });
  }
}

describe("why a login is let in or not, where the service knows the users", () => {
  let sample: Sample;
  before(async () => (sample = await Sample.of()));

  table(
    () => sample,
    [
      ["its own key", () => sample.login("acme", { key: keyIn("acme") }), "allowed", undefined, keyLine("acme")],
      ["nobody's name", () => sample.login("nobody"), "denied", "unknown"],
      ["a suspended tenant", () => sample.login("initech"), "denied", "suspended", "suspended"],
      ["a tenant of another stack", () => sample.login("umbrella"), "denied", "other-stack", "[prod]"],
      [
        "a tenant's name that is not its login",
        () => sample.login("acme-corp"),
        "denied",
        "tenants-name",
        "ACME_Corp.batch",
      ],
      [
        "a key that has expired",
        () => sample.login("ACME_Corp.batch", { key: expired }),
        "denied",
        "expired-key",
        `key: ${expired} new-host`,
      ],
      [
        "another tenant's key",
        () => sample.login("acme", { key: keyIn("northwind") }),
        "denied",
        "wrong-key",
        keyLine("northwind"),
      ],
      [
        "a key of a tenant of another stack",
        () => sample.login("acme", { key: keyIn("umbrella") }),
        "denied",
        "wrong-key",
        keyLine("umbrella"),
      ],
      ["nobody's key", () => sample.login("acme", { key: publicKey("new").text }), "denied", "wrong-key"],
      ["no key", () => sample.login("acme"), "unknown", "no-key"],
      ["nothing, as the log says", () => sample.login("acme", { showsNothing: true }), "denied", "no-key"],
    ],
  );

  it("tells whose key it is, and proposes one that is nobody's", () => {
    expect(sample.login("acme", { key: keyIn("northwind") }))
      .to.include({ keyOf: "northwind" })
      .and.not.to.have.property("change");
    const { change } = sample.login("acme", { key: publicKey("new").text });
    expect(change?.kind === "tenants" && change.edits[0]).to.deep.include({
      key: "sshKeys[1]",
      to: publicKey("new").text,
    });
  });

  it("of a key of which a log tells the fingerprint alone says that there is more to ask", () => {
    const { fingerprint } = keyOf(publicKey("new").text);
    const answer = sample.ask({ about: "login", name: "acme", key: { fingerprint }, now });
    expect(answer.notKnown).to.include(
      "the key itself; asked with it, as by --key FILE, the answer has the line to add",
    );
    expect(sample.login("acme", { key: publicKey("new").text }).notKnown.join()).not.to.include("the key itself");
  });

  it("says how to say which key is shown", () => {
    const which = "which key is shown; --key FILE says it";
    expect(sample.login("acme").notKnown).to.include(which);
    expect(sample.login("acme", { showsNothing: true }).notKnown).not.to.include(which);
    expect(sample.login("acme", { key: keyIn("acme") }).notKnown).not.to.include(which);
  });

  it("is text", () => {
    const line = sample.text.split("\n").indexOf("    state: suspended") + 1;
    expect(whyText(sample.login("initech"))).to.equal(`initech login: denied
  asked     whether the tenant is active
  found     state: suspended
  found     with state: active tenants.yaml would be refused: tenant "initech" has no SSH key and could not log in; add one under sshKeys, or say "state: suspended"
  in        ${sample.file}:${line}:12
`);
  });

  function keyLine(name: string): string {
    return new RegExp(`name: ${name}\\n[^]*?(ssh-ed25519 .*)`).exec(sampleText)![1]!;
  }
});

describe("why a login is let in or not, where a function decides", () => {
  const text = `tenants:
  - name: acme
    sshKeys:
      - { key: "${publicKey(1).text}", expires: 2026-05-31 }
  - name: globex
    password: true
    sshKeys: ["${publicKey(2).text}"]
    allowedCidrs: [203.0.113.0/24]
`;
  let sample: Sample;
  before(async () => (sample = await Sample.of({ "sftp-gateway:identityProvider": "lambda" }, text)));

  table(
    () => sample,
    [
      [
        "a key, from its range",
        () => sample.login("globex", { key: publicKey(2).text, address: "203.0.113.9" }),
        "allowed",
        undefined,
        `"${publicKey(2).text}"]`,
      ],
      [
        "from elsewhere",
        () => sample.login("globex", { key: publicKey(2).text, address: "198.51.100.1" }),
        "denied",
        "address",
        "[203.0.113.0/24]",
      ],
      ["a password", () => sample.login("globex", { address: "203.0.113.9" }), "unknown", "password"],
      [
        "a password where it has none",
        () => sample.login("acme", { way: "password" }),
        "denied",
        "no-password",
        "acme",
      ],
      [
        "nothing, where it has no password and no key is left",
        () => sample.login("acme"),
        "denied",
        "key-expired",
        `- { key: "${publicKey(1).text}", expires: 2026-05-31 }`,
      ],
      [
        "the one key that has expired",
        () => sample.login("acme", { key: publicKey(1).text }),
        "denied",
        "expired-key",
        `{ key: "${publicKey(1).text}", expires: 2026-05-31 }`,
      ],
      [
        "the same before",
        () => sample.login("acme", { key: publicKey(1).text, now: new Date("2026-05-31T23:00:00Z") }),
        "allowed",
        undefined,
        `{ key: "${publicKey(1).text}", expires: 2026-05-31 }`,
      ],
    ],
  );

  it("never guesses what stands in the table", () => {
    expect(sample.login("globex", { key: publicKey(2).text }).notKnown).to.deep.equal([
      "whether the tenant is stopped, which stands in the table",
      "whether the client has the private half of the key",
      "where the client comes from; --from ADDRESS says it",
    ]);
  });

  it("says what the address would have to be in, and that the key is left to ask about, where it is nobody's", () => {
    const key = { fingerprint: keyOf(publicKey("new").text).fingerprint };
    const answer = sample.ask({ about: "login", name: "globex", key, address: "198.51.100.1", now }) as LoginAnswer;
    expect(answer).to.include({ cause: "address" }).and.not.to.have.property("change");
    expect(answer.found.at(-1)).to.equal(
      "with allowedCidrs: [203.0.113.0/24, 198.51.100.1/32] it is left to ask whether the key that is shown is one of the tenant's",
    );
  });

  it("proposes the address", () => {
    const { change } = sample.login("globex", { key: publicKey(2).text, address: "198.51.100.1" });
    expect(change?.kind === "tenants" && change.edits[0]?.to).to.equal("[203.0.113.0/24, 198.51.100.1/32]");
  });
});

for (const [authentication, byKey, byPassword] of [
  ["PASSWORD", ["denied", "not-offered"], ["unknown", "password"]],
  ["PUBLIC_KEY_AND_PASSWORD", ["unknown", "password"], ["unknown", "password"]],
] as const) {
  it(`where authentication is ${authentication}, a key alone is ${byKey.join(", ")}`, async () => {
    const text = `tenants:\n  - { name: globex, password: true, sshKeys: ["${publicKey(2).text}"] }\n`;
    const settings = { "sftp-gateway:identityProvider": "lambda", "sftp-gateway:authentication": authentication };
    const sample = await Sample.of(settings, text);
    const told = [sample.login("globex", { key: publicKey(2).text }), sample.login("globex")];
    expect(whyLine(told[1]!)).to.equal(
      "it is not known whether the password is the tenant's, and its end has not come: passwords stand in the table, as hashes; " +
        "the log of the identity provider has the cause; nor whether the tenant is stopped, which stands in the table",
    );
    expect(told.map(({ verdict, cause }) => [verdict, cause])).to.deep.equal([byKey, byPassword]);
  });
}

describe("why a login is let in or not, where the server is within a VPC", () => {
  const settings = {
    "sftp-gateway:endpoint": "vpc",
    "sftp-gateway:allowedCidrs": '["203.0.113.0/24","2001:db8::/32"]',
  };
  let sample: Sample;
  before(async () => (sample = await Sample.of(settings)));

  for (const [address, cause] of [
    ["203.0.113.9", undefined],
    ["2001:db8::9", undefined],
    ["198.51.100.1", "network"],
  ] as const) {
    it(`from ${address}: ${cause ?? "as from elsewhere"}`, () => {
      const answer = sample.login("acme", { key: keyIn("acme"), address });
      expect(answer.cause).to.equal(cause);
      expect(answer.found.some((each) => each === "the security group lets in 2001:db8::/32, 203.0.113.0/24")).to.equal(
        cause === "network",
      );
      expect(answer).not.to.have.property("change");
    });
  }

  it("is not asked of a client that the server has heard of", () => {
    const answer = sample.login("acme", { key: keyIn("acme"), address: "127.0.0.1", hasArrived: true });
    expect(answer.verdict).to.equal("allowed");
  });
});
