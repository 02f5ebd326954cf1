import type { EnforcementLevel, Policies, PolicyConfigSchema } from "@pulumi/policy";
import type { PropertyOf, ResourceType } from "./resourceTypes";
import { SeenResource } from "./seenResource";
import { Stack } from "./stack";

interface RuleFacts {
  /** Kebab-case; what a pack's configuration calls it. */
  readonly name: string;
  /** A full sentence. */
  readonly description: string;
  readonly level: EnforcementLevel;
  readonly configSchema?: PolicyConfigSchema;
}

/** Checks one resource by its inputs, so that an update stops before it creates what is wrong. */
export interface ResourceRule<Type extends ResourceType = ResourceType> extends RuleFacts {
  readonly types: readonly Type[];
  check(resource: SeenResource<Type>, findings: Findings): void;
}

/** Checks resources by others of the same stack, when all of them are there. */
export interface StackRule extends RuleFacts {
  checkStack(stack: Stack, findings: Findings): void;
}

export type Rule = ResourceRule | StackRule;

/** Where a rule puts what it finds. */
export interface Findings {
  /** The configuration that the pack's user gave the rule; any of its values may be missing. */
  readonly config: Readonly<Record<string, unknown>>;
  /** @param message A full sentence that says what to do. It never quotes a document: that may hold secrets. */
  readonly violation: (resource: SeenResource, message: string) => void;
  /** The rule cannot say anything before the property is known. */
  readonly notChecked: <Type extends ResourceType>(resource: SeenResource<Type>, property: PropertyOf<Type>) => void;
}

/** A rule as CrossGuard runs it. What cannot be checked yet is the business of a rule of its own. */
export function asPolicy(rule: Rule): Policies[number] {
  const { name, description, level: enforcementLevel, configSchema } = rule;
  const facts = { name, description, enforcementLevel, ...(configSchema === undefined ? {} : { configSchema }) };
  if ("checkStack" in rule) {
    return {
      ...facts,
      validateStack: (args, report) =>
        rule.checkStack(new Stack(args.resources.map((resource) => SeenResource.inStack(resource))), {
          config: args.getConfig(),
          violation: (resource, message) => report(message, resource.urn),
          notChecked: () => {},
        }),
    };
  }
  return {
    ...facts,
    validateResource: (args, report) => {
      if (rule.types.some((type) => type === args.type)) {
        rule.check(SeenResource.registered(args), {
          config: args.getConfig(),
          violation: (_, message) => report(message),
          notChecked: () => {},
        });
      }
    },
  };
}
