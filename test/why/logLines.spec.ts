import { expect } from "chai";
import { inventoryOf } from "../../inventory/inventory";
import { UserError } from "../../userError";
import { questionsOfLog } from "../../why/logLine";
import { now, Sample } from "./setting";

describe("a line of the structured log", () => {
  let sample: Sample;
  before(async () => (sample = await Sample.of()));

  const bucket = "sftp-gateway-dev-123456789012";
  const asked = (...lines: object[]) =>
    questionsOfLog(lines.map((line) => JSON.stringify(line)).join("\n"), inventoryOf(sample.deployment), now);
  const line = (fields: object) => ({
    "activity-type": "ERROR",
    user: "northwind",
    path: `/${bucket}/tenants/northwind/in/a.csv`,
    ...fields,
  });

  const rows: readonly (readonly [fields: object, operations: string[]])[] = [
    [{ operation: "OPEN", mode: "CREATE|TRUNCATE|WRITE" }, ["put"]],
    [{ operation: "OPEN", mode: "READ" }, ["get"]],
    [{ operation: "OPEN" }, ["get", "put"]],
    [{ operation: "OPENDIR" }, ["ls"]],
    [{ operation: "REMOVE" }, ["rm"]],
    [{ operation: "MKDIR" }, ["mkdir"]],
    [{ operation: "RMDIR" }, ["rmdir"]],
    [{ operation: "STAT" }, ["stat"]],
    [{ "activity-type": "CLOSE", "bytes-in": "3" }, ["put"]],
    [{ "activity-type": "DELETE" }, ["rm"]],
  ];
  for (const [fields, operations] of rows) {
    it(`asks for ${operations.join(" and ")}: ${JSON.stringify(fields)}`, () => {
      const [first, ...others] = asked(line(fields));
      expect([first, ...others].map((each) => each?.about === "file" && each.operation)).to.deep.equal(operations);
      expect(first).to.include({ name: "northwind", path: "/home/in/a.csv" });
    });
  }

  it("of a renaming asks for both paths", () => {
    const [question] = asked(line({ operation: "RENAME", "new-path": `/${bucket}/shared/catalogue/a.csv` }));
    expect(question).to.include({ path: "/home/in/a.csv", to: "/Catalogue/a.csv" });
  });

  it("keeps the client's path where it stands for nothing in S3", () => {
    expect(asked(line({ operation: "OPEN", mode: "READ", path: "/elsewhere/a" }))[0]).to.include({
      path: "/elsewhere/a",
    });
  });

  it("without a user takes that of its session, from the line of the login", () => {
    const anonymous = line({ "activity-type": "OPEN", mode: "WRITE", "session-id": "1", user: undefined });
    expect(asked({ "activity-type": "CONNECTED", user: "northwind", "session-id": "1" }, anonymous)[0]).to.include({
      name: "northwind",
    });
    expect(() => asked(anonymous)).to.throw(
      UserError,
      /names no user; the line with activity-type CONNECTED of session "1" does/,
    );
  });

  it("of a failed login asks for each key that was offered", () => {
    const [one, two] = ["a", "b"].map((letter) => `SHA256:${letter.repeat(43)}`);
    const questions = asked({
      "activity-type": "AUTH_FAILURE",
      user: "acme",
      "source-ip": "203.0.113.9",
      message: `not its key: ${one}, ${two}`,
    });
    expect(questions).to.deep.equal(
      [one, two].map((fingerprint) => ({
        about: "login",
        name: "acme",
        now,
        hasArrived: true,
        address: "203.0.113.9",
        outcome: { letIn: false, reason: undefined },
        key: { fingerprint },
      })),
    );
  });

  const lineText = JSON.stringify(line({ operation: "MKDIR" }));
  const fetched: Readonly<Record<string, string>> = {
    "with `aws logs tail`": `2026-06-01T12:00:00.000000+00:00 ERRORS ${lineText}`,
    "with `filter-log-events`": JSON.stringify(
      { events: [{ timestamp: 1, message: lineText }], searchedLogStreams: [] },
      null,
      2,
    ),
    "as an event of that": JSON.stringify({ logStreamName: "ERRORS", message: lineText, eventId: "1" }),
    "with Logs Insights": JSON.stringify({
      results: [
        [
          { field: "@timestamp", value: "1" },
          { field: "@message", value: lineText },
        ],
      ],
    }),
    "from the console": JSON.stringify([{ "@timestamp": "1", "@message": lineText }]),
    "from the console, as an object": JSON.stringify({ "@message": JSON.parse(lineText) as object }),
    "over several lines": JSON.stringify(JSON.parse(lineText), null, 2),
    "with Windows' line ends": `${lineText}\r\n`,
    "with others behind it, of which none failed": `${lineText}\n${JSON.stringify({ "activity-type": "DISCONNECTED", user: "northwind" })}\n`,
    "with a broken one before it": `{"activity-type":"ERR\n${lineText}`,
  };
  for (const [how, text] of Object.entries(fetched)) {
    it(`is understood ${how}`, () => {
      const [question] = questionsOfLog(text, inventoryOf(sample.deployment), now);
      expect(question).to.include({ name: "northwind", operation: "mkdir", path: "/home/in/a.csv" });
    });
  }

  it("is not asked about where none failed and the last is none that documents decide", () => {
    const left = { "activity-type": "DISCONNECTED", user: "northwind" };
    const nothing = 'a line of activity-type "DISCONNECTED" says nothing that documents decide';
    expect(() => asked({ "activity-type": "CONNECTED", user: "northwind" }, left)).to.throw(
      UserError,
      `none of these 2 lines tells of a failure, and of the last there is nothing to tell: ${nothing}`,
    );
    expect(() => asked(left)).to.throw(UserError, new RegExp(`^${nothing}$`));
  });

  it("is of the stack whatever the account, which a synthesis does not know", () => {
    const path = "/sftp-gateway-dev-998877665544/tenants/northwind/a.csv";
    expect(asked(line({ operation: "MKDIR", path }))[0]).to.include({ path: "/home/a.csv" });
  });

  for (const [what, fields, message] of [
    [
      "a bucket",
      { path: "/sftp-gateway-prod-123456789012/tenants/northwind/a" },
      /of bucket "sftp-gateway-prod-\d+", which stack dev/,
    ],
    [
      "a role",
      { role: "arn:aws:iam::123456789012:role/other" },
      /of role "arn:aws:iam::123456789012:role\/other", which stack dev/,
    ],
    ["a path that was cut", { path: `/${"a".repeat(2048)}... (cut, 3,000 characters)` }, /has cut the path/],
    ["an operation that is hostile", { operation: "\u001b[2J" }, /operation "\\u\{1b\}\[2J" says nothing/],
    ["an operation of every object", { operation: "constructor" }, /operation "constructor" says nothing/],
  ] as const) {
    it(`is refused when it is of ${what} that is not known`, () => {
      expect(() => asked(line({ operation: "MKDIR", ...fields }))).to.throw(UserError, message);
    });
  }

  it("of a client that finds no algorithm asks for what it has", () => {
    const failed = { "activity-type": "KEX_FAILURE", "source-ip": "203.0.113.9" };
    const [local] = asked({
      ...failed,
      kex: "a",
      message: "no matching C->S cipher; the client has aes128-cbc,3des-cbc",
    });
    expect(local).to.deep.include({ about: "handshake", offered: ["aes128-cbc", "3des-cbc"] });
    const [service] = asked({ ...failed, kex: "a,b", message: "no matching key exchange method found" });
    expect(service).to.deep.include({ about: "handshake", offered: ["a", "b"] });
    const [untold] = asked({ ...failed, kex: "a,b", message: "no matching MAC found" });
    expect(untold).to.deep.include({ about: "handshake", offered: undefined });
  });

  it("of a failed login says by what, where it tells no key", () => {
    const [one] = asked({ "activity-type": "AUTH_FAILURE", user: "acme", method: "password", message: "-" });
    expect(one).to.include({ about: "login", way: "password" });
    const [nothing] = asked({ "activity-type": "AUTH_FAILURE", user: "acme", method: "none", message: "-" });
    expect(nothing).to.include({ about: "login", showsNothing: true });
  });

  it("of an error says what failed there in its own words", () => {
    const [question] = asked(line({ operation: "RMDIR", message: "No such file or directory" }));
    expect(question).to.include({ operation: "rmdir", failure: "No such file or directory" });
  });

  for (const [operation, message, told] of [
    ["SYMLINK", "Operation unsupported", /operation "SYMLINK" says nothing that documents decide: S3 has no links$/],
    ["EXEC", "only SFTP is served", /says nothing that documents decide: the line itself says "only SFTP is served"$/],
  ] as const) {
    it(`of ${operation} is refused with what decides it instead`, () => {
      expect(() => asked(line({ operation, message }))).to.throw(UserError, told);
    });
  }

  it("as a terminal shows it is none, and it is told where the lines lie", () => {
    const shown = "04:25:54 acme MKDIR /new: Access denied: /new lies in none of the user's folders";
    expect(() => questionsOfLog(shown, inventoryOf(sample.deployment), now)).to.throw(
      UserError,
      /^this is no line of the log, or is cut off; .* \.gateway\/log\.jsonl of its data folder$/,
    );
  });

  for (const text of ["", "{", "[]", "3", '{"a":1}', '{"activity-type":"DISCONNECTED","user":"acme"}']) {
    it(`is refused when it is ${text || "empty"}`, () => {
      expect(() => questionsOfLog(text, inventoryOf(sample.deployment), now)).to.throw(UserError);
    });
  }
});
