import { expect } from "chai";
import { spacePrefix, tenantPrefix } from "../../access/grant";
import { temporaryNames } from "../../functions/on-upload/hook/temporaryNames";
import { readArrivals } from "../../functions/on-upload/readArrivals";
import { arrivalOf, transferEvent } from "./invocations";

/** What a client called `a.csv` until it was whole, by the client. */
const leftovers: Readonly<Record<string, string>> = {
  WinSCP: "a.csv.filepart",
  "rclone since 1.63": "a.csv.1a2b3c4d.partial",
  "Spring Integration": "a.csv.writing",
  KDE: "a.csv.part",
  "GNOME Files": ".giosaveK3XQ2Z",
};

describe("a file under a client's temporary name", () => {
  it("has an example here for every client that is known", () => {
    expect(Object.keys(leftovers)).to.deep.equal(temporaryNames.map(({ client }) => client));
  });

  for (const [client, name] of Object.entries(leftovers)) {
    for (const folder of [tenantPrefix("acme"), `${tenantPrefix("acme")}inbox/`, spacePrefix("catalogue")]) {
      const key = folder + name;

      it(`is announced neither when written nor when cut short, nor taken for a fault: ${client}, ${key}`, () => {
        const ignored = [{ kind: "ignored", expected: true, reason: "a client's temporary file", key }];
        expect(readArrivals(arrivalOf({ key }))).to.deep.equal(ignored);
        expect(readArrivals(transferEvent({ key }))).to.deep.equal(ignored);
      });
    }
  }

  for (const name of [
    "a.csv",
    "filepart",
    "a.filepart.csv",
    "a.partial",
    "a.part1.rar",
    "part",
    "a.1a2b3c4.partial",
    "a.1a2b3c4d.partial.csv",
    "writing",
    "a.writing.txt",
    "giosave.csv",
    "a.giosaveK3XQ2Z",
    ".giosaveK3XQ2Z/a.csv",
  ]) {
    it(`is not one with another name: ${name}`, () => {
      const [arrival] = readArrivals(arrivalOf({ key: tenantPrefix("acme") + name }));
      expect(arrival).to.have.nested.property("event.path", name);
    });
  }
});
