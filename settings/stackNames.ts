/** Something that is wrong with the name of a stack beside the others of its project. */
export interface StackNameFault {
  readonly stack: string;
  /** The stack that would reach it. */
  readonly other: string;
  readonly message: string;
}

/**
 * Stacks whose name continues another's with a hyphen. The roles in `deploy/aws/` keep those apart; other policies of an account
 * often give rights by the beginning of names, `sftp-gateway-dev-*`, with which the names of `dev-2` begin too.
 */
export function faultsOfStackNames(project: string, stacks: readonly string[]): StackNameFault[] {
  return stacks.flatMap((stack) =>
    stacks
      .filter((other) => stack.startsWith(`${other}-`))
      .map((other) => ({
        stack,
        other,
        message:
          `the stack "${stack}" continues the name of the stack "${other}" with a hyphen: a policy for ` +
          `"${project}-${other}-*" holds for this stack too; before it is deployed, rename it: ` +
          `pulumi stack rename ${stack.replaceAll("-", "")} -s ${stack}, and this file with it ` +
          "(the names in AWS follow, so that a renamed stack is replaced)",
      })),
  );
}
