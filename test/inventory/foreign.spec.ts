import { expect } from "chai";
import { deployedAccess } from "../../inventory/access";
import { inventoryOf } from "../../inventory/inventory";
import { answerTo } from "../../why/why";
import {
  bucket,
  deploymentOf,
  draft,
  policyText,
  readWriteBelow,
  resource,
  type DeploymentDraft,
} from "../local/setting/deployment";
import { encryptedWith, keyArn, keyWith } from "./deployments";

type Change = (deployment: DeploymentDraft) => void;

const everyKey = { Effect: "Allow", Action: "kms:*", Resource: "*" };

/** What is told of a file of acme in a deployment that is changed first: the verdict, or why nothing is told. */
function told(change: Change): string {
  const deployment = deploymentOf({ tenant: "acme" });
  change(deployment);
  try {
    const question = { about: "file", name: "acme", operation: "get", path: "/a.txt" } as const;
    return answerTo(question, { inventory: inventoryOf(deployment), entries: undefined }).verdict;
  } catch (error) {
    return (error as Error).message;
  }
}

/** A further server, and a user of it with the login of the first. */
const namesakeElsewhere: Change = ({ resources }) => {
  const [server, user] = ["Server", "User"].map((type) => resources.find((each) => each.type.endsWith(`:${type}`))!);
  const serverId = "s-00000000000000002";
  const arn = String(server!.outputs["arn"]).replace(/s-[^/]*$/, serverId);
  resources.push(draft(server!.type, "second", server!.inputs, { ...server!.outputs, arn }, serverId));
  resources.push(draft(user!.type, "other", { ...user!.inputs, serverId }));
};

describe("a deployment of somebody else's", () => {
  const changes: Readonly<Record<string, [change: Change, said: string]>> = {
    "nothing where managed policies are attached, all of a role's at once": [
      ({ resources }) => {
        const policyArns = ["arn:aws:iam::aws:policy/AmazonS3FullAccess"];
        const type = "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive";
        resources.push(draft(type, "all", { roleName: "read-write-1234567", policyArns }));
      },
      'RolePolicyAttachmentsExclusive "all": only inline policies of roles are read',
    ],
    "nothing where AWS told of managed policies that somebody attached beside the program": [
      (deployment) => {
        resource(deployment, "Role").outputs["managedPolicyArns"] = ["arn:aws:iam::aws:policy/AmazonS3FullAccess"];
      },
      'Role "read-write": "managedPolicyArns" is not read, so what the role may do is not known',
    ],
    "nothing where a home directory is no logical one": [
      (deployment) => {
        const { inputs } = resource(deployment, "User");
        Object.assign(inputs, { homeDirectoryType: "PATH", homeDirectory: `/${bucket}/tenants/acme` });
      },
      'User "acme": only logical home directories are read, so what it sees is not known',
    ],
    "nothing where a mapping leads to a file": [
      (deployment) => {
        const target = `/${bucket}/tenants/acme/a.txt`;
        resource(deployment, "User").inputs["homeDirectoryMappings"] = [{ entry: "/a.txt", target, type: "FILE" }];
      },
      'User "acme": the mapping of /a.txt leads to a file; only folders are read',
    ],
    "nothing where the folder lies in a bucket of which nothing is known": [
      (deployment) => {
        resource(deployment, "User").inputs["homeDirectoryMappings"] = [{ entry: "/", target: "/elsewhere/acme" }];
      },
      'User "acme": the bucket elsewhere of /a.txt is not part of the deployment',
    ],
    "nothing where the server has its files in EFS": [
      (deployment) => {
        resource(deployment, "Server").inputs["domain"] = "EFS";
      },
      'User "acme": its server has files in EFS, of which no document here decides',
    ],
    "nothing where two servers have the login": [
      namesakeElsewhere,
      'User "acme" and User "other" have the login "acme", each at a server of its own; which is meant is not known',
    ],
    "that a key's policy denies which is a resource of its own": [
      (deployment) => {
        resource(deployment, "User").inputs["policy"] = policyText([...readWriteBelow("tenants/acme/"), everyKey]);
        resource(deployment, "RolePolicy").inputs["policy"] = policyText([...readWriteBelow("tenants/"), everyKey]);
        const policy = policyText([{ Effect: "Deny", Principal: "*", Action: "kms:*", Resource: "*" }]);
        deployment.resources.push(
          encryptedWith(keyArn),
          keyWith({ Effect: "Allow", Principal: "*", Action: "kms:*", Resource: "*" }),
          draft("aws:kms/keyPolicy:KeyPolicy", "landing", { keyId: keyArn, policy }),
        );
      },
      "denied",
    ],
  };
  for (const [what, [change, said]] of Object.entries(changes)) {
    it(`tells ${what}`, () => expect(told(change)).to.equal(said));
  }

  it("tells in a report of each user of each server", () => {
    const deployment = deploymentOf({ tenant: "acme" });
    namesakeElsewhere(deployment);
    expect(deployedAccess(inventoryOf(deployment)).users.map(({ userName }) => userName)).to.deep.equal([
      "acme",
      "acme",
    ]);
  });
});
