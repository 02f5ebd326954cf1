import { expect } from "chai";
import type { LoginAnswer } from "../../why/answer";
import { Sample } from "./setting";

describe("why a client finds no algorithm in common", () => {
  let sample: Sample;
  before(async () => (sample = await Sample.of()));

  const ask = (message: string, offered?: readonly string[]) =>
    sample.ask({ about: "handshake", name: "somebody", message, offered }) as LoginAnswer;
  const macs = ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com"];

  it("is what the security policy has, and what the client has", () => {
    const { verdict, cause, found, change } = ask("no matching MAC found", ["hmac-md5"]);
    expect([verdict, cause]).to.deep.equal(["denied", "handshake"]);
    expect(found).to.deep.equal([
      `TransferSecurityPolicy-2025-03 of Server "gateway" has the MACs ${macs.join(", ")}`,
      "the client has hmac-md5",
    ]);
    expect(change).to.deep.equal({ kind: "client", algorithms: macs });
  });

  it("proposes an algorithm with which the client is not refused, and never a weaker policy", () => {
    const { change } = ask("no matching cipher", ["aes128-cbc"]);
    for (const algorithm of change?.kind === "client" ? change.algorithms : ["none"]) {
      expect(ask("no matching cipher", ["aes128-cbc", algorithm]).verdict, algorithm).to.equal("unknown");
    }
  });

  it("is not known where the log does not tell what it is about, or it is about host keys", () => {
    for (const message of ["no matching host key type found", "something else", ""]) {
      const { verdict, change } = ask(message, ["ssh-dss"]);
      expect([verdict, change], message).to.deep.equal(["unknown", undefined]);
    }
  });

  it("says that the log does not tell what the client has", () => {
    expect(ask("no matching cipher").notKnown).to.deep.equal(["what the client has; its own verbose output tells"]);
  });
});
