import { arn, type AwsScope } from "../../iam/arn";
import { actions, digest, dnsSuffix, hex, text, type Inputs, type DeclaredTypes } from "./resourceType";

const ofUser = ["serverId", "userName"];

/** `SERVER/USER`, as Transfer names a user. */
function userId(inputs: Inputs): string {
  return `${text(inputs, "serverId")}/${text(inputs, "userName")}`;
}

function userArn(inputs: Inputs, scope: AwsScope): string {
  return arn(scope, "transfer", `user/${userId(inputs)}`);
}

/** Transfer sets the delivery of a server's structured log up in the name of who creates it. */
const logDelivery = [
  ...actions("logs", "CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery"),
  ...actions("logs", "ListLogDeliveries", "DescribeResourcePolicies", "PutResourcePolicy"),
];

/** Transfer Family: servers, users, keys. */
export const transferFamily = {
  "aws:transfer/server:Server": {
    computed: (_, { name, scope }) => {
      const id = `s-${hex(name, 17)}`;
      return {
        id,
        outputs: {
          arn: arn(scope, "transfer", `server/${id}`),
          endpoint: `${id}.server.transfer.${scope.region}.${dnsSuffix(scope)}`,
          hostKeyFingerprint: `SHA256:${digest(name).toString("base64").replace(/=+$/, "")}`,
        },
      };
    },
    replacedBy: ["domain", "identityProviderType", "endpointDetails.vpcId"],
    holds: "its host name and its host keys",
    read: actions("transfer", "DescribeServer", "ListTagsForResource"),
    write: [
      ...actions("transfer", "CreateServer", "UpdateServer", "StopServer", "StartServer", "DeleteServer"),
      ...actions("transfer", "TagResource", "UntagResource"),
      ...logDelivery,
    ],
  },
  "aws:transfer/user:User": {
    computed: (inputs, { scope }) => ({ id: userId(inputs), outputs: { arn: userArn(inputs, scope) } }),
    replacedBy: ofUser,
    read: actions("transfer", "DescribeUser", "ListTagsForResource"),
    write: actions("transfer", "CreateUser", "UpdateUser", "DeleteUser", "TagResource", "UntagResource"),
  },
  "aws:transfer/sshKey:SshKey": {
    computed: (inputs, { name }) => {
      const sshKeyId = `key-${hex(name, 17)}`;
      return { id: `${userId(inputs)}/${sshKeyId}`, outputs: { sshKeyId } };
    },
    replacedBy: ["body", ...ofUser],
    read: actions("transfer", "DescribeUser"),
    write: actions("transfer", "ImportSshPublicKey", "DeleteSshPublicKey"),
    on: userArn,
  },
} satisfies DeclaredTypes;
