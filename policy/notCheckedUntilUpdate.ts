import type { Rule, StackRule, Findings } from "./rule";
import type { SeenResource } from "./seenResource";

interface Gap {
  readonly resource: SeenResource;
  readonly property: string;
  /** Names of the rules that wait for the property. */
  readonly rules: Set<string>;
}

/**
 * What the other rules could not check in a preview. It is a rule of its own so that it can advise while they stop, and so
 * that one unknown document does not silence a rule about all the others.
 */
export function notCheckedUntilUpdate(rules: readonly Rule[]): StackRule {
  return {
    name: "transfer-not-checked-until-update",
    description: "Every value that the other policies check is known at the preview already.",
    level: "advisory",
    checkStack(stack, { violation }) {
      const gaps = new Map<string, Gap>();
      for (const rule of rules) {
        const findings: Findings = {
          config: {},
          violation: () => {},
          notChecked: (resource, property) => {
            const key = `${resource.urn}\0${property}`;
            const gap = gaps.get(key) ?? { resource, property, rules: new Set() };
            gap.rules.add(rule.name);
            gaps.set(key, gap);
          },
        };
        checkAll(rule, stack, findings);
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

function checkAll(rule: Rule, stack: Parameters<StackRule["checkStack"]>[0], findings: Findings): void {
  if ("checkStack" in rule) {
    rule.checkStack(stack, findings);
    return;
  }
  for (const resource of stack.ofType(rule.types)) {
    rule.check(resource, findings);
  }
}
