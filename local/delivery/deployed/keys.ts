import { viaService } from "../../../iam/arn";
import { deployedKeys, isKeyArn } from "../../../inventory/key";
import { blockOf } from "../../../inventory/resources";
import type { DeployedResource, Deployment } from "../../../synth/deployment";
import { refuseInputs } from "../../service/notServed";
import { KeyGate, readersActions, sendersActions } from "../keyGate";
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
  return gateOf(kmsMasterKeyId, service, sendersActions, deployment);
}

/** The same of a table, for whoever reads it. */
export function keyGateOfTable(table: DeployedResource, deployment: Deployment): KeyGate | undefined {
  const { kmsKeyArn } = blockOf(table, "serverSideEncryption");
  return isKeyArn(kmsKeyArn) ? gateOf(kmsKeyArn, "dynamodb", readersActions, deployment) : undefined;
}

function gateOf(key: string, service: string, actions: readonly string[], deployment: Deployment): KeyGate {
  const [, partition = "", , region = ""] = key.split(":");
  return new KeyGate(deployedKeys(deployment)(key), viaService({ partition, region }, service), actions);
}
