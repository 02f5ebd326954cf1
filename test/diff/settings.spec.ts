import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { settingSentences } from "../../diff/sentences/settings";
import { projectDirectory } from "../components/gatewayStack";
import { publicKey } from "../publicKeys";
import { costs, said } from "./comparing";

const tenants = `tenants:\n  - { name: acme, sshKeys: ["${publicKey(1).text}"] }\n`;

/** The lines about everybody when one setting of dev goes from its value to another one. */
async function saidOf(setting: string, value: string): Promise<string[]> {
  const { tenants: lines } = await said({ tenants }, { tenants, settings: { [setting]: value } });
  return lines.slice(1);
}

describe("what a changed setting does", () => {
  const sentences: Record<string, Record<string, string[]>> = {
    "sftp-gateway:protect": {
      true: [
        "  the server, the landing bucket and the gateway's own addresses and KMS key refuse to be deleted from now on",
      ],
    },
    "sftp-gateway:securityPolicy": {
      "TransferSecurityPolicy-2018-11": [
        "  breaking, dangerous: the server offers the SSH algorithms of TransferSecurityPolicy-2018-11 instead of TransferSecurityPolicy-2025-03: older ones, which are weaker",
      ],
    },
    "aws:defaultTags": {
      '{"tags":{"costCentre":"4711","owner":"partners"}}': [
        "  every resource that takes tags bears costCentre: 4711, owner: partners instead of none",
      ],
    },
    "sftp-gateway:loginBanner": {
      "Authorised use only": ["  clients are shown Authorised use only before they log in instead of nothing"],
    },
    "sftp-gateway:logRetentionDays": {
      3: ["  dangerous: logs are kept for 3 days instead of 14 days"],
      30: ["  logs are kept for 30 days instead of 14 days"],
    },
    "sftp-gateway:noncurrentVersionDays": {
      1: ["  dangerous: overwritten and deleted files can be brought back for 1 day instead of 7 days"],
    },
    "sftp-gateway:roleLogging": {
      false: [
        "  dangerous: the service no longer writes its role-based log; what is in it is deleted",
        "  dangerous: /aws/transfer/s-4ea5ee68fea055861 is deleted, and with it everything in the log",
      ],
    },
    "sftp-gateway:alarmEmail": {
      "ops@example.com": ["  dangerous: a mail of each alarm goes to ops@example.com instead of nobody"],
    },
    "sftp-gateway:failedLoginThreshold": {
      500: ["  dangerous: 500 failed logins within five minutes raise an alarm instead of 50"],
      5: ["  5 failed logins within five minutes raise an alarm instead of 50"],
    },
    "sftp-gateway:supportContact": {
      "edi@acme.example": [
        "  sheets for partners name edi@acme.example as whom to ask, instead of nobody; those that were sent keep what they say",
      ],
    },
    "sftp-gateway:permissionsBoundary": {
      "arn:aws:iam::123456789012:policy/b": [
        "  the permissions boundary of every role is arn:aws:iam::123456789012:policy/b instead of none; where it allows less than the role needs, tenants are denied",
      ],
    },
    "sftp-gateway:encryption": {
      kms: [
        "  what is written from now on is encrypted under a KMS key: files, messages, tables and logs. Files that are there keep what they were written under; a session that is open cannot transfer files until its client logs in again",
        costs("223.50", "222.50"),
        "  acme",
        "    its policies are rewritten; with an ordinary file in its folders it can do the same as before",
      ],
    },
    "sftp-gateway:onUploadTimeoutSeconds": {
      50: ["  the function on-upload has 50 seconds for an upload instead of 30"],
    },
    "sftp-gateway:onUploadConcurrency": {
      4: ["  the function on-upload runs at most 4 times at a time instead of as often as the account has room for"],
    },
  };
  const keyA = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890aa";
  const keyB = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890bb";
  const kms = (kmsKeyArn: string) => ({ "sftp-gateway:encryption": "kms", "sftp-gateway:kmsKeyArn": kmsKeyArn });
  const changesOfKey: [what: string, before: Record<string, string>, after: Record<string, string>, line: RegExp][] = [
    [
      "kms is given up",
      kms(keyA),
      { "sftp-gateway:kmsKeyArn": keyA },
      /^ {2}dangerous: what is written from now on is no longer/,
    ],
    [
      "another key is named",
      kms(keyA),
      kms(keyB),
      /^ {2}dangerous: the KMS key that is named is \S+bb instead of \S+aa: files/,
    ],
    [
      "the gateway's own key goes",
      kms(""),
      kms(keyA),
      /^ {2}dangerous: .* is deleted, and with it everything that was encrypted under the key$/,
    ],
  ];
  for (const [what, before, after, line] of changesOfKey) {
    it(`is told when ${what}`, async () => {
      const { tenants: lines } = await said({ tenants, settings: before }, { tenants, settings: after });
      expect(
        lines.filter((each) => line.test(each)),
        lines.join("\n"),
      ).to.have.length(1);
    });
  }

  const lambda = { "sftp-gateway:identityProvider": "lambda" };
  const ofFunction: Record<string, Record<string, string[]>> = {
    "sftp-gateway:authentication": {
      PUBLIC_KEY: ["  breaking: clients log in with a key instead of a key or a password"],
    },
    "sftp-gateway:identityProviderMemory": {
      512: ["  the function identity-provider has 512 MB of memory instead of 1024"],
    },
    "sftp-gateway:identityProviderTimeoutSeconds": {
      20: ["  the function identity-provider has 20 seconds for a login instead of 10"],
    },
    "sftp-gateway:identityProviderConcurrency": {
      5: [
        "  breaking: logins are decided at most 5 times at a time instead of as often as the account has room for; beyond that they fail",
      ],
    },
  };
  for (const [setting, values] of Object.entries(ofFunction)) {
    for (const [value, lines] of Object.entries(values)) {
      it(`is told for ${setting}: ${value} where a function decides logins`, async () => {
        const after = { tenants, settings: { ...lambda, [setting]: value } };
        expect((await said({ tenants, settings: lambda }, after)).tenants.slice(1)).to.deep.equal(lines);
      });
    }
  }

  it("is told when a function decides logins from now on: the server is replaced, and nobody's access is", async () => {
    expect((await said({ tenants }, { tenants, settings: lambda })).tenants.slice(1)).to.deep.equal([
      "  breaking, dangerous: a function decides each login from now on, instead of the service's own list of users and keys",
      "  breaking, dangerous: the server is replaced: its endpoint name and every host key that was not imported are lost, every user is recreated",
      "  the dashboard shows other things",
      costs("223.30", "222.50"),
    ]);
  });

  for (const [setting, values] of Object.entries(sentences)) {
    for (const [value, lines] of Object.entries(values)) {
      it(`is told for ${setting}: ${value}, and explains all that follows from it`, async () => {
        expect(await saidOf(setting, value)).to.deep.equal(lines);
      });
    }
  }

  it("is told when protection is taken off, which lets the bucket go with every file in it", async () => {
    const settings = (protect: string) => ({ tenants, settings: { "sftp-gateway:protect": protect } });
    const { tenants: lines } = await said(settings("true"), settings("false"));
    expect(lines).to.deep.equal([
      "dev: 1 dangerous change",
      "  dangerous: the server, the landing bucket and the gateway's own addresses and KMS key are no longer protected: they can be deleted, the bucket with every file in it",
    ]);
  });

  it("is told for every setting that there is", () => {
    const { config } = parse(readFileSync(join(projectDirectory, "Pulumi.yaml"), "utf8")) as { config: object };
    expect(Object.keys(settingSentences)).to.have.members(["aws:region", "aws:defaultTags", ...Object.keys(config)]);
  });
});
