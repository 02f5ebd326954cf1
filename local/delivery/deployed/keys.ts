import { viaService } from "../../../iam/arn";
import { deployedKeys, isKeyArn } from "../../../inventory/key";
import type { DeployedResource } from "../../../synth/deployment";
import { refuseInputs } from "../../service/notServed";
import { KeyGate } from "../keyGate";
import type { Surroundings } from "./surroundings";

/**
 * What guards the key of a topic or a queue; undefined where it has none of KMS.
 * @param service `sns` or `sqs`.
 * @throws NotServedError for a key that is not named by its ARN, such as AWS's own.
 */
export function keyGateOf(
  resource: DeployedResource,
  service: string,
  { deployment }: Pick<Surroundings, "deployment">,
): KeyGate | undefined {
  const { kmsMasterKeyId } = resource.inputs;
  if (!isKeyArn(kmsMasterKeyId)) {
    refuseInputs(resource, "kmsMasterKeyId");
    return undefined;
  }
  const [, partition = "", , region = ""] = kmsMasterKeyId.split(":");
  return new KeyGate(deployedKeys(deployment)(kmsMasterKeyId), viaService({ partition, region }, service));
}
