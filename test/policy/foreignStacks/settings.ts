import { exampleStack, resource } from "../exampleStack";
import { changed, without } from "../findings";
import { account, fault, type ForeignStack } from "./foreignStack";

const versions = "landing-bucket-keeps-versions";
const encryption = "landing-bucket-is-encrypted";
const blocks = "landing-bucket-blocks-public-access";

const all = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };

/** The block of an account in place of the bucket's. */
function blockedByAccount(accountId: string) {
  return {
    ...without(exampleStack(), "dropBlock"),
    account: resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", { ...all, accountId }),
  };
}

const securityGroupId = "sg-0a1b2c3d4e5f60718";

/** A port that every address gets to. */
function entrance(ports: { readonly fromPort: number; readonly toPort: number }) {
  const group = { securityGroupId, ipProtocol: "tcp", cidrIpv4: "0.0.0.0/0" };
  return {
    ...exampleStack(),
    entrance: resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", { ...group, ...ports }),
  };
}

/** A rule of a security group for the port of SSH and every address. */
function ruleOfGroup(changes: object = {}) {
  const props = { type: "ingress", protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"], ...changes };
  return {
    ...exampleStack(),
    rule: resource("aws:ec2/securityGroupRule:SecurityGroupRule", { ...props, securityGroupId }),
  };
}

const inV2 = {
  bucket: "partner-drop",
  versionings: [{ enabled: true }],
  serverSideEncryptionConfigurations: [
    { rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "AES256" }] }] },
  ],
};

const ofV7 = { rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } } };

const ownBlocks = "configurationsOf(bucket, blockTypes, stack)";

export const settings: readonly ForeignStack[] = [
  {
    what: "versioning on in the bucket, and suspended by a resource of its own",
    stack: changed(changed(exampleStack(), "drop", { versioning: { enabled: true } }), "dropVersions", {
      versioningConfiguration: { status: "Suspended" },
    }),
    finds: versions,
    fault: fault("bucketKeepsVersions", '["Enabled", true]', '["Enabled", "Suspended", true]'),
  },
  {
    what: "two resources for the bucket's versioning that differ",
    stack: {
      ...exampleStack(),
      again: resource("aws:s3/bucketVersioning:BucketVersioning", {
        bucket: "partner-drop",
        versioningConfiguration: { status: "Disabled" },
      }),
    },
    finds: versions,
    fault: fault("seenResource", "holdsInAll(places, (place) =>", "holdsInAny(places, (place) =>"),
  },
  {
    what: "encryption named in the bucket, and not in the resource that comes after it",
    stack: changed(changed(exampleStack(), "drop", { serverSideEncryptionConfiguration: ofV7 }), "dropEncryption", {
      rules: [{ bucketKeyEnabled: true }],
    }),
    finds: encryption,
    fault: fault(
      "bucketIsEncrypted",
      "effective(separate, [",
      "effective(separate.filter(({ value }) => elements(value).length > 0), [",
    ),
  },
  {
    what: "the public access block of another account",
    stack: blockedByAccount("999988887777"),
    finds: blocks,
    fault: fault(
      "account",
      "accountsBeside(bucket, stack).has(account)",
      '(accountsBeside(bucket, stack).has(account) || account === "999988887777")',
    ),
  },
  {
    what: "the public access block of another provider's account",
    stack: {
      ...without(exampleStack(), "dropBlock"),
      account: {
        ...resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", { ...all, accountId: account }),
        provider: "elsewhere",
      },
      partners: { ...exampleStack().partners, provider: "elsewhere" },
      wayne: {
        ...exampleStack().wayne,
        props: { ...exampleStack().wayne.props, arn: "arn:aws:transfer:us-east-1:999988887777:user/s-1/wayne" },
      },
    },
    finds: blocks,
    fault: fault("account", "providerUrn === bucket.providerUrn);", 'providerUrn !== "");'),
  },
  {
    what: "the public access block of another bucket",
    stack: changed(exampleStack(), "dropBlock", { bucket: "other" }),
    finds: blocks,
    fault: fault("bucketBlocksPublicAccess", ownBlocks, "stack.ofType(blockTypes)"),
  },
  {
    what: "ownership that leaves access control lists in force",
    stack: changed(exampleStack(), "dropOwnership", { rule: { objectOwnership: "BucketOwnerPreferred" } }),
    finds: "landing-bucket-owns-its-objects",
    fault: fault("bucketOwnsObjects", '["BucketOwnerEnforced"]', '["BucketOwnerEnforced", "BucketOwnerPreferred"]'),
  },
  {
    what: "versioning off in the bucket, and on by a resource of its own",
    stack: changed(exampleStack(), "drop", { versioning: { enabled: false } }),
    fault: fault(
      "bucketKeepsVersions",
      "const places = effective(",
      'const places = ((first, rest) => [...first, ...rest.filter(({ value }) => String(value) !== "")])(',
    ),
  },
  {
    what: "a bucket of the provider's version 6 that says all itself",
    stack: {
      ...without(exampleStack(), "dropVersions", "dropEncryption"),
      drop: resource("aws:s3/bucketV2:BucketV2", inV2, { protect: true }),
    },
    fault: fault("bucketKeepsVersions", 'bucket.at("versionings", "enabled")', 'bucket.at("versioning", "enabled")'),
  },
  {
    what: "a bucket that names its encryption itself",
    stack: changed(without(exampleStack(), "dropEncryption"), "drop", { serverSideEncryptionConfiguration: ofV7 }),
    fault: fault("bucketIsEncrypted", 'bucket.at("serverSideEncryptionConfiguration", "rule", ...byDefault),', ""),
  },
  {
    what: "the public access block of the bucket's own account",
    stack: blockedByAccount(account),
    fault: fault("account", "accountsBeside(bucket, stack).has(account)", "account === undefined"),
  },
  {
    what: "the port of SSH open to everybody, among many",
    stack: entrance({ fromPort: 20, toPort: 25 }),
    finds: "ssh-port-names-who-gets-there",
    fault: fault("sshPortNamesWho", "Number(from) <= sshPort && Number(to) >= sshPort", "from === sshPort"),
  },
  {
    what: "the port of SSH open to everybody by a rule beside its group",
    stack: ruleOfGroup(),
    finds: "ssh-port-names-who-gets-there",
    fault: fault("sshPortNamesWho", '"aws:ec2/securityGroupRule:SecurityGroupRule",', ""),
  },
  {
    what: "every port open to everybody by a VPC's own group",
    stack: {
      ...exampleStack(),
      vpc: resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", {
        ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] }],
      }),
    },
    finds: "ssh-port-names-who-gets-there",
    fault: fault("sshPortNamesWho", '"aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",', ""),
  },
  {
    what: "every address that the port of SSH may send to",
    stack: ruleOfGroup({ type: "egress" }),
    fault: fault("sshPortNamesWho", 'said("type") === "egress"', 'said("type") === "out"'),
  },
  {
    what: "the port of SSH open to everybody who does not speak TCP",
    stack: ruleOfGroup({ protocol: "udp" }),
    fault: fault("sshPortNamesWho", '["tcp", "6"]', '["tcp", "6", "udp"]'),
  },
  {
    what: "another port open to everybody",
    stack: entrance({ fromPort: 443, toPort: 443 }),
    fault: fault("sshPortNamesWho", ".includes(protocol) && isOpen)", ".includes(protocol))"),
  },
  {
    what: "a public access block of which the account has one half and the bucket the other",
    stack: {
      ...changed(exampleStack(), "dropBlock", { blockPublicAcls: false, ignorePublicAcls: false }),
      account: resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", {
        blockPublicAcls: true,
        ignorePublicAcls: true,
      }),
    },
    fault: fault(
      "bucketBlocksPublicAccess",
      "own.map((block) => block.at(name))",
      "own.flatMap((block) => switches.map((each) => block.at(each)))",
    ),
  },
  {
    what: "a public access block of the bucket, beside one of another account that blocks nothing",
    stack: {
      ...exampleStack(),
      account: resource("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", {
        accountId: "999988887777",
        blockPublicAcls: false,
      }),
    },
    fault: fault(
      "bucketBlocksPublicAccess",
      "holdsInAny(\n",
      '(accounts.some((block) => block.get("blockPublicAcls") === false) ? holdsInAll : holdsInAny)(\n',
    ),
  },
];
