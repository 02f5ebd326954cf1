import { randomBytes } from "node:crypto";
import { expect } from "chai";
import { faultOfPackage } from "../../../functions/identity-provider/packageSize";

const megabyte = 1024 * 1024;

/** Text that zipping makes a quarter smaller, as keys are. */
const keysOf = (megabytes: number) => randomBytes(megabytes * megabyte * 0.75).toString("base64");

describe("the package of the function that decides logins", () => {
  it("may have as much as Lambda takes, with room for more tenants", () => {
    expect(faultOfPackage({})).to.equal(undefined);
    expect(faultOfPackage({ "records/00": keysOf(40) })).to.equal(undefined);
    expect(faultOfPackage({ "records/00": "a".repeat(100 * megabyte) })).to.equal(undefined);
  });

  it("is refused with its size when it would be too large zipped", () => {
    expect(faultOfPackage({ "records/00": keysOf(64) })).to.match(
      /^the package of the function that decides logins has 49\.\d MB zipped, and at most 45 are deployed: give tenants fewer keys /,
    );
  });

  it("is refused with its size when it would be too large unpacked", () => {
    expect(faultOfPackage({ "records/00": "a".repeat(200 * megabyte) })).to.match(
      /has 201\.0 MB unpacked, and at most 200 are deployed/,
    );
  });
});
