import type { StackValidationPolicy } from "@pulumi/policy";
import { findingsOf, type Rule } from "./rule";
import { NotKnownYet } from "./seenResource";
import { Stack } from "./stack";

/**
 * What the other rules could not check in a preview. It is a policy of its own so that it can advise while they stop, and
 * so that one unknown document does not silence a rule about all the others.
 */
export function notCheckedUntilUpdate(rules: readonly Rule[]): StackValidationPolicy {
  return {
    name: "transfer-not-checked-until-update",
    description: "Every value that the other policies check is known at the preview already.",
    enforcementLevel: "advisory",
    validateStack({ resources }, report) {
      const stack = new Stack(resources);
      const gaps = new Map<string, { readonly gap: NotKnownYet; readonly waiting: Set<string> }>();
      for (const rule of rules) {
        for (const gap of findingsOf(rule, stack).filter((finding) => finding instanceof NotKnownYet)) {
          const key = `${gap.resource.urn}\0${gap.message}`;
          const { waiting } = gaps.get(key) ?? { waiting: new Set() };
          gaps.set(key, { gap, waiting: waiting.add(rule.name) });
        }
      }
      for (const { gap, waiting } of gaps.values()) {
        report(
          `${gap.message}; until the update it is not checked by ${[...waiting].join(", ")}. ` +
            "Build it from names that the program knows, and a preview checks it.",
          gap.resource.urn,
        );
      }
    },
  };
}
