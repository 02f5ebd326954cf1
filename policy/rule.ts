import type { Policies, Policy } from "@pulumi/policy";
import type { ResourceType } from "./resourceTypes";
import { NotKnownYet, type SeenResource } from "./seenResource";
import { Stack } from "./stack";

/** A policy of CrossGuard, named in kebab case and described by a full sentence. Its default level is `mandatory`. */
export interface Rule<Type extends ResourceType = ResourceType> extends Policy {
  /**
   * What is checked: every resource of some types by its inputs, so that an update stops before it creates what is wrong,
   * or resources of the finished stack, where others of it count as well.
   */
  readonly subjects: readonly Type[] | ((stack: Stack) => readonly SeenResource<Type>[]);
  check(subject: SeenResource<Type>, context: Context): Iterable<Remark>;
}

interface Context {
  readonly stack: Stack;
  /** What the pack's user configured, above the defaults of the rule's `configSchema`. */
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * A full sentence about the resource that is checked or about another: it says what to do, and never quotes a document,
 * which may hold secrets. Or what has to be known first.
 */
export type Remark = string | Violation | NotKnownYet;

interface Violation {
  readonly resource: SeenResource;
  readonly message: string;
}

/** What a rule finds in a stack. */
export function findingsOf(rule: Rule, stack: Stack, configured: object = {}): (Violation | NotKnownYet)[] {
  const { subjects, configSchema } = rule;
  const schemas = Object.entries(configSchema?.properties ?? {});
  const defaults = Object.fromEntries(schemas.map(([key, schema]): [string, unknown] => [key, schema.default]));
  const context: Context = { stack, config: { ...defaults, ...configured } };
  return (typeof subjects === "function" ? subjects(stack) : stack.ofType(subjects)).flatMap((resource) =>
    [...asFarAsKnown(rule.check(resource, context))].map((finding) =>
      typeof finding === "string" ? { resource, message: finding } : finding,
    ),
  );
}

/** A value that is not known yet ends a check, and is one of its findings. */
export function* asFarAsKnown(findings: Iterable<Remark>): Iterable<Remark> {
  try {
    yield* findings;
  } catch (error) {
    if (!(error instanceof NotKnownYet)) {
      throw error;
    }
    yield error;
  }
}

/** What a rule finds in a stack as far as it is known. */
export function violationsIn(stack: Stack, rule: Rule, configured: object = {}): Violation[] {
  return findingsOf(rule, stack, configured).filter((finding) => !(finding instanceof NotKnownYet));
}

/** A rule as CrossGuard runs it. What cannot be checked yet is the business of a policy of its own. */
export function asPolicy(rule: Rule): Policies[number] {
  const policy = { enforcementLevel: "mandatory", ...rule } as const;
  const { subjects } = rule;
  if (typeof subjects === "function") {
    return {
      ...policy,
      validateStack: (args, report) =>
        violationsIn(new Stack(args.resources), rule, args.getConfig()).forEach(({ resource, message }) =>
          report(message, resource.urn),
        ),
    };
  }
  return {
    ...policy,
    validateResource: (args, report) => {
      if (subjects.some((type) => type === args.type)) {
        violationsIn(new Stack([args]), rule, args.getConfig()).forEach(({ message }) => report(message));
      }
    },
  };
}
