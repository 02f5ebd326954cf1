import type { AwsScope } from "../iam/arn";
import { resourceTypeName, resourceTypes } from "./resourceTypes";
import { exampleAddress, text, type Computed, type Inputs } from "./resourceTypes/resourceType";

/** The account of every synthesis; AWS's own example number, which nobody owns. */
export const syntheticAccount = "123456789012";

/**
 * What AWS would compute for a resource: realistic in form, the same in every run, derived from the logical name where
 * AWS would draw at random.
 * @throws Error for a type that is not declared; nothing is made up.
 */
export function computed(type: string, name: string, inputs: Inputs, scope: AwsScope): Computed {
  return resourceTypes[resourceTypeName(type)].computed(inputs, { name, scope });
}

/** The answers to the program's invokes. @throws Error for one that is not known here. */
export function invoked(token: string, args: Inputs): Record<string, unknown> {
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
  throw new Error(`synth/computed.ts does not know the answer to the invoke ${token}`);
}
