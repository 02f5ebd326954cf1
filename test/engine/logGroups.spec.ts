import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "chai";
import { Rehearsal } from "../fixtures/driver/rehearsal";
import { tenantEntry, tenantsFile } from "../fixtures/driver/tenants";

const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const page = readFileSync(resolve(__dirname, "../../docs/OPERATIONS.md"), "utf8");
const section = /^## A log group that is there already$(.*?)^## /ms.exec(page)?.[1] ?? "";
const commands = [...section.matchAll(/^```sh\n(.*)\n```/gm)].map(([, command = ""]) => command);

describe("a log group that is there before the stack", () => {
  let rehearsal: Rehearsal;

  before(async () => {
    rehearsal = await Rehearsal.of(tenantsFile([tenantEntry("acme")]));
  });

  beforeEach(() => rehearsal.restart());
  after(() => rehearsal.project.remove());

  for (const [what, command, example] of [
    ["of the service's role-based log", commands[0], "/aws/transfer/s-1234567890abcdef0"],
    ["of the function", commands[1], "/aws/lambda/sftp-gateway-dev-on-upload"],
  ] as const) {
    it(`${what}, is taken in by the command of docs/OPERATIONS.md`, async () => {
      const { stack, project } = rehearsal;
      const id = await unknownGroup(rehearsal, example.slice(0, example.lastIndexOf("/")));
      expect((await stack.up()).errors.join()).to.include("ResourceAlreadyExistsException");
      expect(command).to.include(` ${example} `);
      const { code, output } = project.type(command?.replace(example, id) ?? "");
      expect(code, output).to.equal(0);
      expect((await stack.up()).errors).to.deep.equal([]);
      rehearsal.expectConvergence();
    });
  }
});

/** Breaks the deployment off so that AWS has a log group below this name, and the state does not know of it. */
async function unknownGroup({ restart, stack, project }: Rehearsal, below: string): Promise<string> {
  for (const change of [1, 2, 3]) {
    restart();
    await stack.upWith({ kind: "lostResponse", change, type: logGroup });
    const { resources } = stack.state();
    const known = resources.filter(({ type }) => type === logGroup).map(({ id }) => id);
    const orphan = project.service.all(logGroup).find(({ id }) => !known.includes(id));
    if (orphan?.id.startsWith(`${below}/`)) {
      return orphan.id;
    }
  }
  throw new Error(`no log group ${below}/...`);
}
