import type { AwsScope } from "../iam/arn";
import { resourceTypeName, resourceTypes } from "./resourceTypes";
import { exampleAddress, text, type Computed, type Inputs } from "./resourceTypes/resourceType";
import { UserError } from "../userError";

/** The account of every synthesis; AWS's own example number, which nobody owns. */
export const syntheticAccount = "123456789012";

/**
 * What AWS would compute for a resource: realistic in form, the same in every run, derived from the logical name where
 * AWS would draw at random.
 * @throws UserError for a type that is not declared, and for a resource without what AWS would draw; nothing is made up.
 */
export function computed(type: string, name: string, inputs: Inputs, scope: AwsScope): Computed {
  if (type.startsWith("pulumi:providers:")) {
    throw new UserError(
      `the program makes the provider ${type} "${name}": nothing can tell in which account and region it would deploy; ` +
        "aws:region, aws:profile and aws:assumeRoles of the stack file say the same",
    );
  }
  const declared = resourceTypes[resourceTypeName(type)];
  try {
    return declared.computed(inputs, { name, scope });
  } catch (error) {
    throw error instanceof UserError ? new UserError(`${type} "${name}": ${error.message}`) : error;
  }
}

/**
 * The answers to the program's invokes.
 * @param region The provider's.
 * @throws UserError for one that is not known here.
 */
export function invoked(token: string, args: Inputs, region: string): Record<string, unknown> {
  if (token === "aws:index/getRegion:getRegion") {
    return { id: region, name: region, region };
  }
  if (token === "aws:ec2/getElasticIp:getElasticIp") {
    const id = text(args, "id");
    return { id, publicIp: exampleAddress(id) };
  }
  if (token === "aws:index/getCallerIdentity:getCallerIdentity") {
    return {
      accountId: syntheticAccount,
      arn: `arn:aws:iam::${syntheticAccount}:user/synth`,
      id: syntheticAccount,
      userId: "AIDAEXAMPLE",
    };
  }
  throw new UserError(`synth/computed.ts does not know the answer to the invoke ${token}; add it there`);
}
