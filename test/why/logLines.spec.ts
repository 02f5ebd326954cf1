import { expect } from "chai";
import { inventoryOf } from "../../inventory/inventory";
import { UserError } from "../../userError";
import { questionsOfLog } from "../../why/logLine";
import { now, Sample } from "./setting";

describe("a line of the structured log", function () {
  this.timeout(60_000);
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
        address: "203.0.113.9",
        key: { fingerprint },
      })),
    );
  });

  for (const text of ["", "{", "[]", "3", '{"a":1}', '{"activity-type":"DISCONNECTED","user":"acme"}']) {
    it(`is refused when it is ${text || "empty"}`, () => {
      expect(() => questionsOfLog(text, inventoryOf(sample.deployment), now)).to.throw(UserError);
    });
  }
});
