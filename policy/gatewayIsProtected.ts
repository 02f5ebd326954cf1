import { landingBuckets } from "./landingBuckets";
import { serverTypes } from "./resourceTypes";
import type { StackRule } from "./rule";

/**
 * @param stackSaysProtect What the stack's own configuration says; the pack's configuration takes precedence.
 */
export function gatewayIsProtected(stackSaysProtect: () => boolean): StackRule {
  return {
    name: "transfer-gateway-is-protected",
    description:
      "Where a stack says protect, its Transfer servers and landing buckets are protected from deletion by Pulumi.",
    level: "mandatory",
    configSchema: {
      properties: {
        protect: {
          type: "boolean",
          description:
            "Whether protection is demanded. Default: the stack's own `protect`, in its project's namespace.",
        },
      },
    },
    checkStack(stack, { config, violation }) {
      const demanded = typeof config["protect"] === "boolean" ? config["protect"] : stackSaysProtect();
      for (const resource of demanded ? [...stack.ofType(serverTypes), ...landingBuckets(stack)] : []) {
        if (!resource.isProtected) {
          violation(
            resource,
            `${resource.label} can be deleted by any update, although the stack says protect. ` +
              "Set the resource option `protect: true`.",
          );
        }
      }
    },
  };
}
