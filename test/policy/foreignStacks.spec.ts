import { expect } from "chai";
import type { Rule } from "../../policy/rule";
import type { ShownResource } from "../../policy/seenResource";
import type { Stack } from "../../policy/stack";
import { findings, seenOnce } from "./findings";
import { bucketPolicies } from "./foreignStacks/bucketPolicies";
import type { ForeignStack } from "./foreignStacks/foreignStack";
import { invocations } from "./foreignStacks/invocations";
import { messaging } from "./foreignStacks/messaging";
import { roles } from "./foreignStacks/roles";
import { settings } from "./foreignStacks/settings";
import { trust } from "./foreignStacks/trust";
import { users } from "./foreignStacks/users";
import { mutatedPack, type MutatedPack } from "./mutatedPack";

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
async function findersOf({ stack }: ForeignStack): Promise<string[]> {
  const found = await findings(stack);
  return [...new Set(found.map((line) => line.split(":", 1).join()))];
}

function isWrong(stack: ForeignStack): boolean {
  return stack.finds !== undefined;
}

/** The stacks that some rules of a pack judge otherwise than the table. */
function noticing(pack: MutatedPack): string[] {
  const isNoticed = (foreign: ForeignStack) =>
    pack.rules.some((rule) => findsIn(foreign, rule, pack) !== (rule.name === foreign.finds));
  return table.filter(isNoticed).map(({ what }) => what);
}

function findsIn(foreign: ForeignStack, rule: Rule, pack: MutatedPack): boolean {
  const { whole, alone } = readOnce(foreign, pack);
  const places = typeof rule.subjects === "function" ? [whole] : alone;
  return places.some((place) => pack.violationsIn(place, rule).length > 0);
}

/** What rules are shown of a stack: all of it, and each resource by itself. */
interface Shown {
  readonly whole: Stack;
  readonly alone: readonly Stack[];
}

const shown = new WeakMap<MutatedPack["Stack"], Map<ForeignStack, Shown>>();

/** Most packs share the class that reads a stack, which reads each property once. */
function readOnce(foreign: ForeignStack, pack: MutatedPack): Shown {
  const ofClass = shown.get(pack.Stack) ?? new Map<ForeignStack, Shown>();
  shown.set(pack.Stack, ofClass);
  const before = ofClass.get(foreign);
  if (before !== undefined) {
    return before;
  }
  const { inStack, byThemselves } = seenOnce(foreign.stack);
  const made = {
    whole: new pack.Stack(inStack),
    alone: byThemselves.map((each) => new pack.Stack([each as ShownResource])),
  };
  ofClass.set(foreign, made);
  return made;
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
      expect(noticing(await mutatedPack(fault))).to.deep.equal([what]);
    });
  }
});
