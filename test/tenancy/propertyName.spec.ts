import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { expect } from "chai";
import { stringify } from "yaml";

import { SftpGateway } from "../../components/gateway";
import { synthesised } from "../fixtures/synthesised";
import type { Deployment } from "../../synth/deployment";
import { publicKey } from "../publicKeys";
import { problemsOf } from "./loading";

/** What code of others asks objects for. */
const names = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...["prototype", "then", "toJSON", "length", "name", "apply", "id", "urn", "__pulumiOutput", "__pulumiUnknown"],
  ...["4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270"],
];

type File = Readonly<Record<"tenants" | "spaces", readonly unknown[]>>;

/** Where a name can stand, each by itself; the number makes all else unique. */
const places: Readonly<Record<string, (name: string, number: number) => File>> = {
  tenant: (name, number) => ({ tenants: [{ ...bearer(number), name, userName: `user-${number}` }], spaces: [] }),
  "user name": (userName, number) => ({ tenants: [{ ...bearer(number), userName }], spaces: [] }),
  folder: (name, number) => ({
    tenants: [{ ...bearer(number), folders: [{ name, access: "read-only" }] }],
    spaces: [],
  }),
  path: (name, number) => ({
    tenants: [{ ...bearer(number), folders: [{ name: "in", path: `/${name}`, access: "read-only" }] }],
    spaces: [],
  }),
  space: (name, number) => ({
    tenants: [{ ...bearer(number), spaces: [{ name, access: "read-only" }] }],
    spaces: [{ name, notify: [{ queue: true }] }],
  }),
  tag: (name, number) => ({ tenants: [{ ...bearer(number), tags: { [name]: "x" } }], spaces: [] }),
  queue: (name, number) => ({
    tenants: [{ ...bearer(number), notify: [{ queue: `arn:aws:sqs:eu-central-1:111122223333:${name}` }] }],
    spaces: [],
  }),
};

function bearer(number: number): object {
  return { name: `tenant-${number}`, sshKeys: [publicKey(number).text] };
}

describe("a name from tenants.yaml that JavaScript or Pulumi has for something", () => {
  const files = Object.values(places).flatMap((place, row) =>
    names.map((name, column) => place(name, row * names.length + column)),
  );
  const taken = files.filter((file) => problemsOf(stringify(file)).length === 0);

  it("is refused as a tag, since Pulumi is given an object with it", () => {
    const refused = names.filter((name) => problemsOf(stringify(places["tag"]?.(name, 1))).length > 0);
    expect(refused).to.deep.equal([
      ...Object.getOwnPropertyNames(Object.prototype),
      "__pulumiOutput",
      "__pulumiUnknown",
      "4dabf18193072939515e22adb298388d",
    ]);
  });

  it("is deployed wherever it is not refused", async () => {
    const deployment = await deploymentOf({
      tenants: taken.flatMap(({ tenants }) => tenants),
      spaces: taken.flatMap(({ spaces }) => spaces),
    });
    const tenants = taken.flatMap((file) => file.tenants as readonly { readonly name: string }[]);
    expect(tenants).to.have.length.above(names.length * 3);
    expect(Object.keys(deployment.outputs["tenants"] as object)).to.have.members(tenants.map(({ name }) => name));
  });
});

/** The deployment of a gateway with this file. */
async function deploymentOf(file: File): Promise<Deployment> {
  const folder = mkdtempSync(join(tmpdir(), "property-names-"));
  const tenantsFile = join(folder, "tenants.yaml");
  writeFileSync(tenantsFile, stringify(file));
  const program = () => {
    const gateway = new SftpGateway("gateway", { namePrefix: "names", tenantsFile, today: "2026-11-23" });
    return Promise.resolve({ tenants: gateway.tenants });
  };
  try {
    return await synthesised({ directory: resolve(__dirname, "../.."), stack: "dev", program });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
