import { expect } from "chai";
import { spacePrefix } from "../../access/grant";
import { publicKey } from "../publicKeys";
import { between, costs } from "./comparing";

const acme = `tenants:\n  - { name: acme, sshKeys: ["${publicKey(1).text}"] }\n`;
const prefix = spacePrefix("prices");

/** The lines when the entry of a space goes from one text to another; undefined: there is no such space. */
function ofPrices(before: string | undefined, after: string | undefined, retired = ""): Promise<string[]> {
  const file = (space: string | undefined) => `${space === undefined ? "" : `spaces:\n  - ${space}\n`}${acme}`;
  return between(file(before), `${file(after)}${retired}`);
}

describe("what changes for a space", () => {
  it("is who hears of its files from now on, with the whole address", async () => {
    const hook = "{ name: prices, notify: [{ https: https://evil.example/hook }] }";
    expect(await ofPrices("{ name: prices }", hook)).to.deep.equal([
      "dev: 1 space changes, 1 dangerous change",
      "  space prices",
      "    dangerous: its uploads are told to https https://evil.example/hook",
    ]);
    expect(await ofPrices(hook, "{ name: prices }")).to.deep.equal([
      "dev: 1 space changes",
      "  space prices",
      "    its uploads are no longer told to https https://evil.example/hook",
    ]);
  });

  it("is the function that hears of its files, with the permission that this takes", async () => {
    const listener = "arn:aws:lambda:eu-central-1:123456789012:function:scan:live";
    const scanned = `{ name: prices, notify: [{ function: "${listener}" }] }`;
    expect(await ofPrices("{ name: prices }", scanned)).to.deep.equal([
      "dev: 1 space changes, 1 dangerous change",
      "  space prices",
      `    dangerous: its uploads are told to function ${listener}; before it is merged, deploy/aws/roles.yaml takes it among ListenerFunctionArns`,
    ]);
    const both = (more: string) => `spaces:\n  - ${scanned}\n${acme.replace(" }\n", `${more} }\n`)}`;
    expect((await between(both(""), both(`, notify: [{ function: "${listener}" }]`))).slice(-1)).to.deep.equal([
      `    dangerous: its uploads are told to function ${listener}`,
    ]);
  });

  it("is that a listener of others hears of it as well", async () => {
    const heard = (more: string) =>
      `spaces:\n  - { name: prices${more} }\n${acme.replace(" }\n", ", notify: [{ email: a@b.example }] }\n")}`;
    expect(await between(heard(""), heard(", notify: [{ email: a@b.example }]"))).to.deep.equal([
      "dev: 1 space changes, 1 dangerous change",
      "  space prices",
      "    dangerous: its uploads are told to email a@b.example",
    ]);
  });

  it("is the queue that goes with the messages in it", async () => {
    expect(await ofPrices("{ name: prices, notify: [{ queue: true }] }", "{ name: prices }")).to.deep.equal([
      "dev: 1 space changes, 2 dangerous changes",
      costs("222.50", "222.60"),
      "  space prices",
      "    its uploads are no longer told to a queue of its own, sftp-gateway-dev_space_prices",
      "    dangerous: sftp-gateway-dev_space_prices_dlq is deleted, and with it the messages in the queue",
      "    dangerous: sftp-gateway-dev_space_prices is deleted, and with it the messages in the queue",
    ]);
  });

  it("is who may read its queue", async () => {
    const read = (by: string) => `{ name: prices, notify: [{ queue: true, readers: [${by}] }] }`;
    const [one, two] = ["arn:aws:iam::123456789012:role/one", "arn:aws:iam::123456789012:role/two"];
    expect(await ofPrices(read(one), read(two))).to.deep.equal([
      "dev: 1 space changes, 1 breaking change, 1 dangerous change",
      "  space prices",
      `    dangerous: ${two} may read the messages in its queue`,
      `    breaking: ${one} may no longer read the messages in its queue`,
    ]);
    expect((await ofPrices("{ name: prices, notify: [{ queue: true }] }", read(one))).slice(2)).to.deep.equal([
      `    dangerous: ${one} may read the messages in its queue`,
    ]);
  });

  it("is that its name can be given to others, who then get its files", async () => {
    const removed = `    is removed; its files stay in ${prefix}, where nobody reaches them`;
    expect(await ofPrices("{ name: prices }", undefined)).to.deep.equal([
      "dev: 1 space changes, 1 dangerous change",
      "  space prices",
      removed,
      `    dangerous: is not put into "retiredSpaces": the members of the next space of that name get the files in ${prefix}`,
    ]);
    expect(await ofPrices("{ name: prices }", undefined, "retiredSpaces: [prices]\n")).to.deep.equal([
      "dev: 1 space changes",
      "  space prices",
      removed,
      `    its name is retired: no space gets it again, nor the files in ${prefix}`,
    ]);
    expect(await between(`${acme}retiredSpaces: [prices]\n`, `spaces:\n  - { name: prices }\n${acme}`)).to.deep.equal([
      "dev: 1 space changes, 1 dangerous change",
      "  space prices",
      `    dangerous: is taken out of "retiredSpaces" and declared again: its members get the files that were left in ${prefix}`,
      `    is new; its files lie in ${prefix}`,
    ]);
  });
});
