import { landingBuckets } from "./landingBuckets";
import { serverTypes } from "./resourceTypes";
import type { Rule } from "./rule";

/**
 * @param stackSaysProtect What the stack's own configuration says; the pack's configuration takes precedence.
 */
export function gatewayIsProtected(stackSaysProtect: () => boolean): Rule {
  return {
    name: "transfer-gateway-is-protected",
    description:
      "Where a stack says protect, its Transfer servers and landing buckets are protected from deletion by Pulumi.",
    configSchema: {
      properties: {
        protect: {
          type: "boolean",
          description:
            "Whether protection is demanded. Default: the stack's own `protect`, in its project's namespace.",
        },
      },
    },
    subjects: (stack) => [...stack.ofType(serverTypes), ...landingBuckets(stack)],
    *check(resource, { config }) {
      if (!resource.isProtected && (config["protect"] ?? stackSaysProtect()) === true) {
        yield (
          `${resource.label} can be deleted by any update, although the stack says protect. ` +
          "Set the resource option `protect: true`."
        );
      }
    },
  };
}
