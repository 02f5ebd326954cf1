import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { faultOfValue, type AnySetting } from "../../settings/bounds";
import { settings } from "../../settings/table";

const project = resolve(__dirname, "../..");
const { config } = parse(readFileSync(resolve(project, "Pulumi.yaml"), "utf8")) as {
  config: Record<string, { type: string; default?: unknown; description: string }>;
};

/** Pulumi's words for the types. */
const types = { text: "string", boolean: "boolean", "whole number": "integer", "list of texts": "array" };

describe("the table of settings", () => {
  it("is what Pulumi.yaml declares", () => {
    const expected = Object.entries<AnySetting>(settings).map(([name, { type, description }]) => {
      const declared = config[`sftp-gateway:${name}`];
      const fallback =
        declared?.default === undefined ? {} : { default: settings[name as keyof typeof settings].default };
      const items = type === "list of texts" ? { items: { type: "string" } } : {};
      return [`sftp-gateway:${name}`, { type: types[type], ...items, ...fallback, description }];
    });
    expect(config).to.deep.equal(Object.fromEntries(expected));
  });

  it("leaves to each stack file what suits no two environments", () => {
    const required = Object.entries(config).filter(([, declared]) => declared.default === undefined);
    expect(required.map(([key]) => key)).to.deep.equal([
      "sftp-gateway:protect",
      "sftp-gateway:logRetentionDays",
      "sftp-gateway:noncurrentVersionDays",
    ]);
  });

  it("takes one visible line as whom partners ask", () => {
    const { fault } = settings.supportContact;
    expect(fault("EDI team, +49 30 1234")).to.equal(undefined);
    for (const contact of ["a\nb", "\u200b", "x".repeat(257)]) {
      expect(fault(contact)).to.equal("it is one line of 256 characters at most, none of them invisible");
    }
  });

  it("has defaults that are within its own bounds", () => {
    for (const [name, setting] of Object.entries(settings)) {
      expect(faultOfValue(setting, setting.default), name).to.equal(undefined);
    }
  });
});
