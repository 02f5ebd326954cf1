import type { Rule, StackRule, Verdict } from "./rule";
import type { SeenResource } from "./seenResource";

interface Gap {
  readonly resource: SeenResource;
  readonly property: string;
  /** Names of the rules that wait for the property. */
  readonly rules: Set<string>;
}

/**
 * What the other rules could not judge in a preview. It is a rule of its own so that it can advise while they stop, and so
 * that one unknown document does not silence a rule about all the others.
 */
export function notCheckedUntilUpdate(rules: readonly Rule[]): StackRule {
  return {
    name: "transfer-not-checked-until-update",
    description: "Every value that the other policies judge is known at the preview already.",
    level: "advisory",
    judgeStack(stack, { violation }) {
      const gaps = new Map<string, Gap>();
      for (const rule of rules) {
        const verdict: Verdict = {
          config: {},
          violation: () => {},
          notChecked: (resource, property) => {
            const key = `${resource.urn}\0${property}`;
            const gap = gaps.get(key) ?? { resource, property, rules: new Set() };
            gap.rules.add(rule.name);
            gaps.set(key, gap);
          },
        };
        judgeAll(rule, stack, verdict);
      }
      for (const { resource, property, rules: waiting } of gaps.values()) {
        violation(
          resource,
          `\`${property}\` of ${resource.label} is not known yet; until the update it is not checked by ` +
            `${[...waiting].join(", ")}. Build it from names that the program knows, and a preview checks it.`,
        );
      }
    },
  };
}

function judgeAll(rule: Rule, stack: Parameters<StackRule["judgeStack"]>[0], verdict: Verdict): void {
  if ("judgeStack" in rule) {
    rule.judgeStack(stack, verdict);
    return;
  }
  for (const resource of stack.ofType(rule.types)) {
    rule.judge(resource, verdict);
  }
}
