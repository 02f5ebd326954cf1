import { expect } from "chai";
import { whyLine, whyText } from "../../why/text";
import { UserError } from "../../userError";
import { encryptedWith, keyArn } from "../inventory/deployments";
import { Sample } from "./setting";

describe("why something on files is allowed or denied", () => {
  let sample: Sample;
  before(async () => (sample = await Sample.of()));

  const bucket = "sftp-gateway-dev-123456789012";

  it("is told with place, statements, documents, the grant's line, and what to change", () => {
    const answer = sample.files("northwind put a.csv");
    const line = sample.text.split("\n").indexOf("    access: read-only") + 1;
    const file = `arn:aws:s3:::${bucket}/tenants/northwind/a.csv`;
    expect(answer.steps.at(-1)).to.deep.equal({
      action: "s3:PutObject",
      resource: file,
      verdict: "denied",
      documents: [
        {
          document: "role policy",
          source: 'RolePolicy "gateway-read-write", "policy"',
          says: "allows",
          statement: "2",
          index: 2,
        },
        { document: "session policy", source: 'User "gateway-northwind", "policy"', says: "nothing" },
        { document: "bucket policy", source: 'BucketPolicy "gateway", "policy"', says: "nothing" },
      ],
    });
    const [place] = answer.places;
    expect(place).to.deep.include({ path: "/home/a.csv", kind: "below", bucket, key: "tenants/northwind/a.csv" });
    expect(place?.grant).to.deep.include({ entry: "/home", access: "read-only", shared: false });
    expect(sample.at(place!.grant!.place)).to.equal("read-only");
    expect(answer.change).to.deep.include({ kind: "tenants" });
    expect(whyText(answer)).to.equal(`northwind put /home/a.csv: denied
  path      /home/a.csv is s3://${bucket}/tenants/northwind/a.csv, /home is read-only by ${sample.file}:${line}:13
  s3:PutObject on ${file}: denied
    statement 2 of the role policy (RolePolicy "gateway-read-write", "policy") allows it
    no statement of the session policy (User "gateway-northwind", "policy") allows it
  to allow  ${sample.file}:${line}:13: access: read-write instead of read-only
  not known whether something lies at /home/a.csv already
  not known what is not in the deployment: policies of an organisation, statements that a stop has added
`);
    expect(whyLine(answer)).to.equal(
      `/home is read-only by ${sample.file}:${line}:13; s3:PutObject: no statement of the session policy (User "gateway-northwind", "policy") allows it`,
    );
  });

  const lines: readonly (readonly [words: string, verdict: string, line: string, to: string])[] = [
    ["ACME_Corp.batch get /inbox/a", "denied", "write-only }", "read-write"],
    ["acme-corp rm /Out/From_Us/a", "denied", "read-only", "read-delete"],
    ["northwind rm /home/a", "denied", "read-only", "read-delete"],
    ["northwind put /Catalogue/a", "allowed", "read-write }", "read-delete"],
    ["acme get /a", "allowed", "acme", "write-only"],
  ];
  for (const [words, verdict, line, to] of lines) {
    it(`names the line of tenants.yaml for "${words}", which is ${verdict}`, () => {
      const { change, verdict: told } = sample.files(words);
      expect(told).to.equal(verdict);
      const [edit] = change?.kind === "tenants" ? change.edits : [];
      expect([edit && sample.at(edit.place), edit?.to]).to.deep.equal([line, to]);
    });
  }

  it("of a renaming between folders changes both", () => {
    const { change } = sample.files("acme-corp rename /inbox/a /Out/From_Us/b");
    expect(change?.kind === "tenants" && change.edits.map(({ key, to }) => [key, to])).to.deep.equal([
      ["folders[0].access", "read-write"],
      ["folders[1].access", "read-write"],
    ]);
  });

  it("is the path, where it lies in none of the folders", () => {
    const answer = sample.files("acme-corp put /a.csv");
    expect([answer.verdict, answer.steps, answer.change]).to.deep.equal([
      "denied",
      [],
      { kind: "path", paths: ["/inbox/a.csv"] },
    ]);
    expect(whyLine(answer)).to.equal("/a.csv lies in none of the user's folders: it has /inbox and /Out/From_Us");
  });

  it("is no path for what is a folder already, and names the folders that it shows", () => {
    const virtual = sample.files("acme-corp mkdir /Out");
    expect([virtual.places[0]?.kind, virtual.change]).to.deep.equal(["virtual", undefined]);
    expect(whyLine(virtual)).to.equal(
      "/Out only shows the folders below it, /Out/From_Us: nothing else can be kept there",
    );
    expect(sample.files("acme-corp rmdir /").places[0]?.folders).to.deep.equal(["/inbox", "/Out/From_Us"]);
    const mapped = sample.files("acme-corp mkdir /inbox");
    expect([mapped.verdict, mapped.change]).to.deep.equal(["denied", undefined]);
  });

  it("of a renaming names the folder that denies it, and where the new path may lie", () => {
    expect(whyLine(sample.files("northwind rename /Catalogue/a /home/b"))).to.match(
      /^\/home is read-only by \S+; s3:PutObject: /,
    );
    expect(sample.files("northwind rename /Catalogue/a /b").change).to.deep.equal({
      kind: "path",
      paths: ["/Catalogue/b"],
    });
  });

  it("shows the first of many folders", () => {
    const folders = Array.from({ length: 12 }, (_, index) => `/in-${index + 10}`);
    const answer = sample.files("acme-corp put /a.csv");
    expect(whyLine({ ...answer, places: [{ path: "/a", kind: "nowhere", folders }] })).to.match(
      /: it has \/in-10, .*\/in-17 and 4 more$/,
    );
  });

  it("is none of the documents' where the line of a log tells of another failure", () => {
    const failure = "No such file or directory";
    const answer = sample.ask({ about: "file", name: "acme", operation: "rm", path: "/a", failure });
    expect(answer).to.include({ verdict: "allowed", failure }).and.not.to.have.property("change");
    expect(whyText(answer)).to.include(
      `acme rm /a: allowed\n  the line  says "${failure}", which no document decides\n`,
    );
    const denied = sample.ask({ about: "file", name: "northwind", operation: "rm", path: "/a", failure });
    expect(denied).not.to.have.property("failure");
  });

  it("is a deployment that has not been made since tenants.yaml changed", () => {
    const user = sample.deployment.resources.find(({ name }) => name === "gateway-acme")!;
    const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*"}]}';
    const resources = sample.deployment.resources.map((each) =>
      each === user ? { ...each, inputs: { ...each.inputs, policy } } : each,
    );
    const answer = sample.files("acme put /a", { ...sample.deployment, resources });
    expect(answer.change?.kind).to.equal("deploy");
    expect(whyText(answer)).to.match(/to allow {2}deploy: tenants.yaml says so already/);
  });

  it("is a role that the service may not take on", () => {
    const resources = sample.deployment.resources.map((each) =>
      each.name === "gateway-read-write" && each.type.endsWith(":Role")
        ? {
            ...each,
            inputs: {
              ...each.inputs,
              assumeRolePolicy: String(each.inputs["assumeRolePolicy"]).replace("user/s-", "user/s-f"),
            },
          }
        : each,
    );
    const answer = sample.files("acme put /a", { ...sample.deployment, resources });
    expect(answer.steps[0]).to.deep.include({ action: "sts:AssumeRole", verdict: "denied" });
    expect(answer.change?.kind === "documents" && answer.change.edits[0]?.source).to.equal(
      'Role "gateway-read-write", "assumeRolePolicy"',
    );
  });

  it("is the key of the bucket, where S3 asks of it what no document allows", () => {
    const others = sample.deployment.resources.filter(({ type }) => !type.endsWith("EncryptionConfiguration"));
    const resources = [...others, encryptedWith(keyArn, bucket)];
    const answer = sample.files("acme get /a", { ...sample.deployment, resources });
    expect(answer.steps.map(({ action, verdict }) => [action, verdict])).to.deep.equal([
      ["sts:AssumeRole", "allowed"],
      ["s3:GetObject", "allowed"],
      ["kms:Decrypt", "denied"],
    ]);
    expect(answer.change?.kind === "documents" && answer.change.edits.map(({ source }) => source)).to.deep.equal([
      'RolePolicy "gateway-read-write", "policy"',
      'User "gateway-acme", "policy"',
    ]);
  });

  it("says of a key when its own policy alone is asked, so that no question stands there twice", async () => {
    const encrypted = await Sample.of({ "sftp-gateway:encryption": "kms" });
    const questions = whyText(encrypted.files("acme get /a")).match(/^ {2}kms:.*$/gm)!;
    expect(questions.map((line) => line.replace(/arn:\S+:key\/[\w-]+/, "KEY"))).to.deep.equal([
      "  kms:Decrypt on KEY: allowed",
      "  kms:Decrypt on KEY, by its own policy: allowed",
    ]);
  });

  it("is not known where a statement asks for what nobody can know", () => {
    const policy = sample.deployment.resources.find(({ type }) => type.endsWith(":BucketPolicy"))!;
    const value = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Office",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
        },
      ],
    });
    const resources = sample.deployment.resources.map((each) =>
      each === policy ? { ...each, inputs: { ...each.inputs, policy: value } } : each,
    );
    const answer = sample.files("acme put /a", { ...sample.deployment, resources });
    expect(answer.verdict).to.equal("unknown");
    expect(whyLine(answer)).to.match(
      /^s3:PutObject: statement "Office" of the bucket policy .* asks for aws:SourceIp, not known here/,
    );
    expect(answer.change?.kind === "documents" && answer.change.edits).to.deep.equal([
      { source: 'BucketPolicy "gateway", "policy"', remove: "Office", index: 0 },
    ]);
  });

  it("says that nobody can tell from outside whether something lies there", () => {
    expect(sample.files("acme get /a").notKnown).to.include("whether anything lies at /a");
    expect(sample.files("acme rename /a /b").notKnown)
      .to.include("whether anything lies at /a")
      .and.to.include("whether something lies at /b already");
  });

  it("refuses somebody whom the deployment does not have, and says what to ask instead", () => {
    const line = sample.text.split("\n").indexOf("    environments: [prod]") + 1;
    expect(() => sample.files("umbrella put /a")).to.throw(
      UserError,
      `nobody of stack dev is called "umbrella", so it reaches no files: asked whether the tenant is one of this stack's: no, environments: [prod] (${sample.file}:${line}:19); more says npm run why -- umbrella login --stack dev`,
    );
    expect(() => sample.files("northwnd put /a")).to.throw(UserError, /did you mean "northwind"\?/);
  });
});
