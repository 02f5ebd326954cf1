import { expect } from "chai";
import type { policies } from "../../policy/rules";
import { findings } from "./findings";
import { bucketPolicies } from "./foreignStacks/bucketPolicies";
import type { ForeignStack } from "./foreignStacks/foreignStack";
import { invocations } from "./foreignStacks/invocations";
import { messaging } from "./foreignStacks/messaging";
import { roles } from "./foreignStacks/roles";
import { settings } from "./foreignStacks/settings";
import { trust } from "./foreignStacks/trust";
import { users } from "./foreignStacks/users";
import { mutatedPack } from "./mutatedPack";

const table: readonly ForeignStack[] = [
  ...trust,
  ...roles,
  ...bucketPolicies,
  ...settings,
  ...users,
  ...messaging,
  ...invocations,
];

/** The policies that find something in a stack. */
async function findersOf({ stack }: ForeignStack, pack?: typeof policies): Promise<string[]> {
  const found = await findings(stack, pack === undefined ? {} : { pack });
  return [...new Set(found.map((line) => line.split(":", 1).join()))];
}

function isWrong(stack: ForeignStack): boolean {
  return stack.finds !== undefined;
}

/** The stacks that some policies of a pack judge otherwise than the table. */
async function noticing(pack: typeof policies): Promise<string[]> {
  const made = pack(() => true);
  const names = made.map(({ name }) => name);
  const noticed: string[] = [];
  for (const stack of table) {
    const expected = names.filter((name) => name === stack.finds);
    if ((await findersOf(stack, () => made)).join() !== expected.join()) {
      noticed.push(stack.what);
    }
  }
  return noticed;
}

describe("a stack of somebody else", () => {
  for (const stack of table.filter(isWrong)) {
    it(`is stopped with ${stack.what}`, async () => {
      expect(await findersOf(stack)).to.deep.equal([stack.finds]);
    });
  }

  for (const stack of table.filter((one) => !isWrong(one))) {
    it(`passes with ${stack.what}`, async () => {
      expect(await findersOf(stack)).to.deep.equal([]);
    });
  }
});

describe("the table of stacks of somebody else", () => {
  it("has as many that pass as that are stopped", () => {
    expect(table.filter((one) => !isWrong(one))).to.have.length(table.filter(isWrong).length);
  });

  for (const { what, fault } of table) {
    it(`alone notices a fault of the pack with ${what}`, async () => {
      expect(await noticing(await mutatedPack(fault))).to.deep.equal([what]);
    });
  }
});
