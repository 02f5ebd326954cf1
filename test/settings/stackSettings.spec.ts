import { expect } from "chai";
import * as fc from "fast-check";
import { allSettings } from "../../settings/bounds";
import { problemsOf, required, settingsOf } from "./files";

const retention =
  "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";
const names =
  "aws:region, tenantsFile, protect, securityPolicy, hostKey, hostKeyPublic, loginBanner, roleLogging, logRetentionDays, noncurrentVersionDays, " +
  "onUploadTimeoutSeconds, onUploadConcurrency, identityProvider, authentication, identityProviderMemory, " +
  "identityProviderTimeoutSeconds, identityProviderConcurrency, endpoint, zones, vpcId, subnetIds, addressAllocationIds, allowedCidrs, " +
  "dualStack, hostname, hostedZoneId, encryption, kmsKeyArn, alarmEmail, supportContact, permissionsBoundary, failedLoginThreshold, today";

/** The required settings with another line for one of them. */
function changed(key: string, value: string): string {
  return required.replace(new RegExp(`${key}:.*`), `${key}:${value}`);
}

describe("the settings of a stack", () => {
  it("are typed, with Pulumi.yaml's defaults where the stack file is silent", () => {
    const { project, settings, problems } = settingsOf(`${required}  sftp-gateway:alarmEmail: ops@acme.example\n`);
    expect(problems).to.deep.equal([]);
    expect(project).to.equal("sftp-gateway");
    expect(settings).to.deep.equal({
      region: "eu-central-1",
      tenantsFile: "tenants.yaml",
      protect: false,
      securityPolicy: "TransferSecurityPolicy-2025-03",
      hostKey: "",
      hostKeyPublic: "",
      loginBanner: "",
      roleLogging: true,
      logRetentionDays: 14,
      noncurrentVersionDays: 7,
      onUploadTimeoutSeconds: 30,
      onUploadConcurrency: -1,
      identityProvider: "service-managed",
      authentication: "PUBLIC_KEY_OR_PASSWORD",
      identityProviderMemory: 1024,
      identityProviderTimeoutSeconds: 10,
      identityProviderConcurrency: -1,
      endpoint: "public",
      zones: 2,
      vpcId: "",
      subnetIds: [],
      addressAllocationIds: [],
      allowedCidrs: [],
      dualStack: false,
      hostname: "",
      hostedZoneId: "",
      encryption: "s3",
      kmsKeyArn: "",
      alarmEmail: "ops@acme.example",
      supportContact: "",
      permissionsBoundary: "",
      failedLoginThreshold: 50,
      today: "",
    });
  });

  it("may be written without the project's name, as Pulumi allows", () => {
    expect(settingsOf(required.replaceAll("sftp-gateway:", "")).settings).to.include({ logRetentionDays: 14 });
  });

  it("may be given by Pulumi.yaml for all stacks, and are placed there when they are wrong", () => {
    const project = "name: sftp-gateway\nconfig:\n  aws:region: eu-west-1\n  protect: { value: true }\n";
    expect(settingsOf("config: {}\n", project).settings).to.include({ region: "eu-west-1", protect: true });
    expect(problemsOf("config: {}\n", project.replace("eu-west-1", "Frankfurt"))).to.deep.equal([
      'Pulumi.yaml:3:15: error: "aws:region" is "Frankfurt"; a region of AWS is called as eu-central-1 or us-east-1',
    ]);
  });

  it("are told in full, each fault with its place", () => {
    const stackFile = `config:
  aws:regoin: eu-central-1
  sftp-gateway:protect: "yes"
  sftp-gateway:logRetentionDays: 31
  sftp-gateway:alarmEmial: ops@acme.example
  sftp-gateway:today: 2026-02-30
`;
    const place = "Pulumi.dev.yaml:";
    expect(problemsOf(stackFile)).to.deep.equal([
      `${place}1:1: error: "aws:region" is missing; write "aws:region: eu-central-1" or another value below "config:". ` +
        "The region where everything lies",
      `${place}1:1: error: "sftp-gateway:noncurrentVersionDays" is missing; write "sftp-gateway:noncurrentVersionDays: 90" ` +
        'or another value below "config:". Days after which overwritten and deleted versions of an object expire',
      `${place}2:3: error: unknown setting "aws:regoin"; did you mean "aws:region"?`,
      `${place}3:25: error: "sftp-gateway:protect" is "yes"; it is true or false`,
      `${place}4:34: error: "sftp-gateway:logRetentionDays" is 31; CloudWatch Logs keeps logs for ${retention} days`,
      `${place}5:3: error: unknown setting "sftp-gateway:alarmEmial"; did you mean "sftp-gateway:alarmEmail"?`,
      `${place}6:23: error: "sftp-gateway:today" is "2026-02-30"; it is a day of the calendar as YYYY-MM-DD`,
    ]);
  });

  const wrongValues: [key: string, value: string, message: string][] = [
    ["aws:region", "", "is empty; a region of AWS is called as eu-central-1 or us-east-1"],
    ["aws:region", ' ""', "is empty; a region of AWS is called as eu-central-1 or us-east-1"],
    ["aws:region", " eu-cental-1", 'is "eu-cental-1"; did you mean "eu-central-1"?'],
    ["aws:region", " eu-central1", 'is "eu-central1"; did you mean "eu-central-1"?'],
    ["sftp-gateway:protect", " yes", 'is "yes"; it is true or false'],
    ["sftp-gateway:protect", " 1", "is 1; it is true or false"],
    ["sftp-gateway:protect", "", "is empty; it is true or false"],
    ["sftp-gateway:logRetentionDays", " two weeks", 'is "two weeks"; it is a whole number, in decimal digits'],
    ["sftp-gateway:noncurrentVersionDays", " 1.5", "is 1.5; it is a whole number, in decimal digits"],
    ["sftp-gateway:noncurrentVersionDays", " 010", "is 010; it is a whole number, in decimal digits"],
    ["sftp-gateway:noncurrentVersionDays", " 1_000", 'is "1_000"; it is a whole number, in decimal digits'],
    ["sftp-gateway:noncurrentVersionDays", " 0", "is 0; it is 1 or more"],
    ["sftp-gateway:noncurrentVersionDays", " [1]", "is a list; it is a whole number, in decimal digits"],
    ["sftp-gateway:protect", " { secure: AAABcipher }", "is encrypted; it shapes the deployment and must be plain"],
  ];
  for (const [key, value, message] of wrongValues) {
    it(`refuse ${key}:${value}`, () => {
      const [problem, ...others] = problemsOf(changed(key, value));
      expect(others).to.deep.equal([]);
      expect(problem).to.match(/^Pulumi\.dev\.yaml:[2-5]:\d+: error: /);
      expect(problem?.replace(/^\S+ error: /, "")).to.equal(`"${key}" ${message}`);
    });
  }

  const wrongOptional: [line: string, message: string][] = [
    ["alarmEmail: [a, b]", '"sftp-gateway:alarmEmail" is a list; it is text'],
    ["alarmEmail: { to: a }", '"sftp-gateway:alarmEmail" is a mapping; it is text'],
    ["alarmEmail: ops", '"sftp-gateway:alarmEmail" is "ops"; it is one mail address, as ops@acme.example'],
    ["tenantsFile: ''", '"sftp-gateway:tenantsFile" is empty; it is the path of a file, as tenants.yaml'],
    ["onUploadTimeoutSeconds: 60", '"sftp-gateway:onUploadTimeoutSeconds" is 60; it is 10 to 55'],
    ["onUploadConcurrency: 0", '"sftp-gateway:onUploadConcurrency" is 0; it is 1 or more, or -1 for no limit'],
    ["failedLoginThreshold: -1", '"sftp-gateway:failedLoginThreshold" is -1; it is 1 or more'],
    // Pulumi's YAML makes a time of it, with which the program could do nothing.
    [
      "today: 2026-06-01",
      '"sftp-gateway:today" is "2026-06-01 00:00:00 +0000 UTC"; YAML reads a day as a time: put it in quotes, "2026-06-01"',
    ],
    ["protect: true", 'the setting "sftp-gateway:protect" is given twice; remove one of the two'],
    ["<<: { a: 1 }", "each setting is written out here, as key: value"],
  ];
  for (const [line, message] of wrongOptional) {
    it(`refuse ${line}`, () => {
      const [problem, ...others] = problemsOf(`${required}  ${line.startsWith("<<") ? "" : "sftp-gateway:"}${line}\n`);
      expect(others).to.deep.equal([]);
      expect(problem?.replace(/^Pulumi\.dev\.yaml:6:\d+: error: /, "")).to.equal(message);
    });
  }

  const unknown: [key: string, right: string][] = [
    ["sftp-gateway:securityPolicyName", 'did you mean "sftp-gateway:securityPolicy"?'],
    ["sftp-gateway:retentionInDays", 'did you mean "sftp-gateway:logRetentionDays"?'],
    ["sftp-gateway:reservedConcurrentExecutions", 'did you mean "sftp-gateway:onUploadConcurrency"?'],
    ["sftp-gateway:region", 'did you mean "aws:region"?'],
    ["sftp-gateway:natGateways", `known here: ${names}`],
    ["sftp-gateway:Protect", 'did you mean "sftp-gateway:protect"?'],
    ["sftp-gatway:alarmEmail", 'did you mean "sftp-gateway:alarmEmail"?'],
    ["sftp_gateway:alarmMail", 'did you mean "sftp-gateway:alarmEmail"?'],
    ["sftp_gateway:natGateways", 'ours begin with "sftp-gateway:"'],
  ];
  for (const [key, right] of unknown) {
    it(`refuse ${key}, which nobody reads`, () => {
      expect(problemsOf(`${required}  ${key}: x\n`)).to.deep.equal([
        `Pulumi.dev.yaml:6:3: error: unknown setting "${key}"; ${right}`,
      ]);
    });
  }

  it("are told without what may be a secret in the wrong place", () => {
    const secret = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU9";
    const told = problemsOf(`${required}  sftp-gateway:${secret}: x\n  sftp-gateway:alarmEmail: ${secret}\n`).join(
      "\n",
    );
    expect(told).to.match(/^Pulumi\.dev\.yaml:6:3: .*\n.*:7:28: error: "sftp-gateway:alarmEmail" is "\.\.\."/);
    expect(told).not.to.include(secret.slice(0, 12));
  });

  it("leave other providers' settings to them", () => {
    expect(
      problemsOf(`${required}  aws:profile: x\n  aws:regoin: x\n  datadog:apiKey: { secure: AAAB }\n`),
    ).to.deep.equal([]);
  });

  it("are never taken from a key that is nearly the name of one", () => {
    const setting = fc.constantFrom(...Object.keys(allSettings).filter((name) => name !== "region"));
    const slip = fc.record({
      place: fc.nat(),
      letter: fc.constantFrom(..."abcxyzAE_-1"),
      kind: fc.constantFrom(0, 1, 2, 3),
    });
    fc.assert(
      fc.property(setting, slip, (name, { place, letter, kind }) => {
        const at = place % name.length;
        const [before, after] = [name.slice(0, at), name.slice(at)];
        const misspelt = [
          before + letter + after,
          before + after.slice(1),
          before + letter + after.slice(1),
          before + [...after.slice(0, 2)].reverse().join("") + after.slice(2),
        ][kind]!;
        fc.pre(misspelt !== "" && !Object.hasOwn(allSettings, misspelt));
        const problems = problemsOf(`${required}  sftp-gateway:${misspelt}: 30\n`);
        // Two letters exchanged in a short name are no longer near it.
        const right = kind === 3 && name.length === 5 ? `known here: ${names}` : `did you mean "sftp-gateway:${name}"?`;
        expect(problems).to.deep.equal([
          `Pulumi.dev.yaml:6:3: error: unknown setting "sftp-gateway:${misspelt}"; ${right}`,
        ]);
      }),
    );
  });

  it("keep the function that decides logins within bounds", () => {
    const faults = {
      "identityProvider: cognito": '"cognito"; it is service-managed or lambda',
      "authentication: KEY": '"KEY"; it is PASSWORD, PUBLIC_KEY, PUBLIC_KEY_OR_PASSWORD or PUBLIC_KEY_AND_PASSWORD',
      "identityProviderMemory: 128": "128; it is 256 to 10240",
      "identityProviderMemory: 10241": "10241; it is 256 to 10240",
      "identityProviderTimeoutSeconds: 4": "4; it is 5 to 60",
      "identityProviderTimeoutSeconds: 61": "61; it is 5 to 60",
      "identityProviderConcurrency: 0": "0; it is 1 or more, or -1 for no limit",
    };
    for (const [line, fault] of Object.entries(faults)) {
      const [name] = line.split(":");
      const [problem = ""] = problemsOf(`${required}  sftp-gateway:${line}\n`);
      expect(problem.replace(/^.*error: /, "")).to.equal(`"sftp-gateway:${name}" is ${fault}`);
    }
  });

  it("are not asked for one by one where the file cannot be read", () => {
    expect(problemsOf("config:\n  aws:region: [\n")).to.deep.equal([
      "Pulumi.dev.yaml:3:1: error: the closing ] is missing, or stands too far left",
    ]);
    expect(problemsOf("- config\n")).to.include(
      'Pulumi.dev.yaml:1:1: error: the file must be a mapping with the key "config"',
    );
    expect(problemsOf("confg:\n  aws:region: eu-west-1\n")).to.include(
      'Pulumi.dev.yaml:1:1: error: unknown key "confg"; did you mean "config"?',
    );
  });

  it("stand beside the keys that Pulumi writes into the file, and beside no others", () => {
    const written =
      "encryptionsalt: v1:a:b\nsecretsprovider: awskms:///key\nencryptedkey: AAAB\nenvironment: [shared]\n";
    expect(problemsOf(`${written}${required}`)).to.deep.equal([]);
    const known = "known here: config, environment, encryptionsalt, encryptedkey, secretsprovider";
    expect(
      problemsOf(`${required}secretProvider: x\ntenants: []\nsftp-gateway:alarmEmail: a@b.example\n`),
    ).to.deep.equal([
      'Pulumi.dev.yaml:6:1: error: unknown key "secretProvider"; did you mean "secretsprovider"?',
      `Pulumi.dev.yaml:7:1: error: unknown key "tenants"; ${known}`,
      'Pulumi.dev.yaml:8:1: error: unknown key "sftp-gateway:alarmEmail"; a setting stands below "config:", further right',
    ]);
  });

  it("are known by their names, whatever stands before the colon", () => {
    expect(problemsOf(`${required}  gateway:alarmEmail: a@b.example\n`)).to.deep.equal([
      'Pulumi.dev.yaml:6:3: error: unknown setting "gateway:alarmEmail"; did you mean "sftp-gateway:alarmEmail"?',
    ]);
  });

  it("follow an alias, as the CLI does", () => {
    expect(
      settingsOf(changed("sftp-gateway:logRetentionDays", " &days 7").replace("VersionDays: 7", "VersionDays: *days"))
        .settings,
    ).to.include({ logRetentionDays: 7, noncurrentVersionDays: 7 });
  });
});
