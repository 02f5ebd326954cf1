import { expect } from "chai";
import { exampleSessionPolicy, exampleStack, unknownValue, type Properties } from "./exampleStack";
import { changed, findings, notChecked } from "./findings";

const policy = "transfer-session-policy-is-confined";
const bucket = "arn:aws:s3:::partner-drop";

function beyond(statement: string): string {
  return (
    `${policy}: In the session policy of User "wayne", statement ${statement} reaches beyond the user's home folders. ` +
    "Allow named actions on `arn:aws:s3:::BUCKET/FOLDER/*` only, list only where `s3:prefix` is `FOLDER/` or " +
    "`FOLDER/*`, and use no NotAction, NotResource, policy variable or wildcard before the folder's own slash."
  );
}

const unreadable =
  `${policy}: The session policy of User "wayne" cannot be checked: it is not a policy document of version 2012-10-17, ` +
  "or uses an element, condition key or policy variable that this policy pack does not know. Write it with `Action`, " +
  "`Resource` and a condition on `s3:prefix` in plain text; with logical home directories Transfer does not expand " +
  "its home variables.";

/** The example with something changed in its statement on files. */
function withFiles(changes: object) {
  const { Statement, ...document } = exampleSessionPolicy("wayne");
  return withPolicy({ ...document, Statement: [Statement[0], { ...Statement[1], ...changes }] });
}

/** The example with something changed in its statement on the list of files. */
function withList(changes: object) {
  const { Statement, ...document } = exampleSessionPolicy("wayne");
  return withPolicy({ ...document, Statement: [{ ...Statement[0], ...changes }, Statement[1]] });
}

function withPolicy(document: object, changes: Partial<Properties<"aws:transfer/user:User">> = {}) {
  return changed(exampleStack(), "wayne", { policy: JSON.stringify(document), ...changes });
}

describe("the policy that a session policy is confined", () => {
  const faultyFiles: Record<string, object> = {
    "the bucket's every object": { Resource: `${bucket}/*` },
    "a folder without its slash": { Resource: `${bucket}/wayne*` },
    "a wildcard before the slash": { Resource: `${bucket}/w*/*` },
    "somebody else's folder": { Resource: [`${bucket}/wayne/*`, `${bucket}/bruce/*`] },
    "another bucket": { Resource: "arn:aws:s3:::other/wayne/*" },
    "any bucket": { Resource: "arn:aws:s3:::*/wayne/*" },
    everything: { Resource: "*" },
    NotResource: { Resource: undefined, NotResource: `${bucket}/bruce/*` },
    NotAction: { Action: undefined, NotAction: "s3:DeleteObject" },
    "a wildcard action": { Action: "s3:Get*" },
    "an action on versions": { Action: ["s3:GetObject", "s3:DeleteObjectVersion"] },
    "the user's name as a variable": { Resource: `${bucket}/\${transfer:UserName}/*` },
  };
  for (const [what, fault] of Object.entries(faultyFiles)) {
    it(`finds a statement that opens ${what}`, async () => {
      expect(await findings(withFiles(fault))).to.deep.equal([beyond('"UseFiles"')]);
    });
  }

  const faultyLists: Record<string, object> = {
    "without s3:prefix": { Condition: undefined },
    "with a bare prefix": { Condition: { StringLike: { "s3:prefix": ["wayne/*", "wayne"] } } },
    "with any prefix": { Condition: { StringLike: { "s3:prefix": "*" } } },
    "where s3:prefix is absent": { Condition: { StringLikeIfExists: { "s3:prefix": "wayne/*" } } },
  };
  for (const [how, fault] of Object.entries(faultyLists)) {
    it(`finds a list ${how}`, async () => {
      expect(await findings(withList({ ...fault, Sid: undefined }))).to.deep.equal([beyond("0")]);
    });
  }

  it("finds a home variable, which Transfer does not expand with logical home directories", async () => {
    expect(await findings(withFiles({ Resource: `${bucket}/\${transfer:HomeFolder}/*` }))).to.deep.equal([unreadable]);
  });

  it("finds text that is no policy document, and one of the old version", async () => {
    expect(await findings(changed(exampleStack(), "wayne", { policy: "no JSON" }))).to.deep.equal([unreadable]);
    const old = { ...exampleSessionPolicy("wayne"), Version: "2008-10-17" };
    expect(await findings(withPolicy(old))).to.deep.equal([unreadable]);
  });

  it("finds a home that is a whole bucket: nothing can be confined to it", async () => {
    const { Statement, ...document } = exampleSessionPolicy("wayne");
    const whole = { ...Statement[1], Resource: [`${bucket}/*`] };
    const homeDirectoryMappings = [
      { entry: "/all", target: "/partner-drop" },
      { entry: "/own", target: "/partner-drop/wayne" },
    ];
    const stack = withPolicy({ ...document, Statement: [...Statement, whole] }, { homeDirectoryMappings });
    expect(await findings(stack)).to.deep.equal([beyond('"UseFiles"')]);
  });

  it("knows the folder that a mapping names by the user's own name", async () => {
    const homeDirectoryMappings = [{ entry: "/", target: "/partner-drop/${transfer:UserName}" }];
    expect(await findings(withPolicy(exampleSessionPolicy("wayne"), { homeDirectoryMappings }))).to.deep.equal([]);
  });

  describe("under a key of the bucket's own", () => {
    const key = "arn:aws:kms:us-east-1:111122223333:key/0000-1111";
    const withKey = (changes: object = {}) => {
      const document = exampleSessionPolicy("wayne");
      const use = { Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: key, ...changes };
      return withPolicy({ ...document, Statement: [...document.Statement, use] });
    };

    it("lets a session policy use the key as Transfer needs it", async () => {
      const Action = ["kms:decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:GetPublicKey", "kms:ListKeyPolicies"];
      expect(await findings(withKey({ Action }))).to.deep.equal([]);
    });

    for (const fault of [
      { Action: ["kms:Decrypt", "kms:ScheduleKeyDeletion"] },
      { Action: "kms:*" },
      { Action: "kms:DescribeKey" },
      { Resource: "*" },
      { Resource: [key, "arn:aws:kms:us-east-1:111122223333:key/*"] },
      { Resource: "arn:aws:kms:us-east-1:111122223333:alias/drop" },
    ]) {
      it(`finds ${JSON.stringify(fault)}`, async () => {
        expect(await findings(withKey(fault))).to.deep.equal([
          `${policy}: In the session policy of User "wayne", statement 2 allows more on keys than Transfer needs, or on ` +
            "more than one named key. Allow kms:Decrypt, kms:Encrypt, kms:GenerateDataKey, kms:GetPublicKey, " +
            "kms:ListKeyPolicies at most, on `arn:aws:kms:REGION:ACCOUNT:key/ID`.",
        ]);
      });
    }
  });

  it("accepts what tells nothing of files anywhere, and nothing beside it", async () => {
    expect(await findings(withFiles({ Action: "s3:ListAllMyBuckets", Resource: "*" }))).to.deep.equal([]);
    const both = { Action: ["s3:ListAllMyBuckets", "s3:GetObject"] };
    expect(await findings(withFiles(both))).to.deep.equal([]);
    expect(await findings(withFiles({ ...both, Resource: "*" }))).to.deep.equal([beyond('"UseFiles"')]);
  });

  it("takes ForAnyValue on s3:prefix for what it is, a limit of the one value that a request has", async () => {
    const any = (value: string) => ({ Condition: { "ForAnyValue:StringLike": { "s3:prefix": value } } });
    expect(await findings(withList(any("wayne/*")))).to.deep.equal([]);
    expect(await findings(withList(any("*")))).to.deep.equal([beyond('"SeeFolder"')]);
    const beside = { ...any("wayne/*").Condition, StringLike: { "s3:delimiter": "*" } };
    expect(await findings(withList({ Condition: beside }))).to.deep.equal([]);
    const all = { Condition: { "ForAllValues:StringLike": { "s3:prefix": "wayne/*" } } };
    expect(await findings(withList(all))).to.deep.equal([beyond('"SeeFolder"')]);
  });

  it("lets in the further actions that its configuration names, in home folders only", async () => {
    const config = { [policy]: { furtherActions: ["s3:GetObjectTagging"] } };
    const Action = ["s3:GetObject", "s3:GetObjectTagging"];
    expect(await findings(withFiles({ Action }))).to.deep.equal([beyond('"UseFiles"')]);
    expect(await findings(withFiles({ Action }), { config })).to.deep.equal([]);
    const elsewhere = withFiles({ Action, Resource: `${bucket}/bruce/*` });
    expect(await findings(elsewhere, { config })).to.deep.equal([beyond('"UseFiles"')]);
  });

  it("says at a preview that a home which is not known yet is not checked", async () => {
    const homeDirectoryMappings = [{ entry: "/", target: unknownValue }];
    expect(await findings(changed(exampleStack(), "wayne", { homeDirectoryMappings }))).to.deep.equal([
      notChecked(
        "homeDirectoryMappings",
        'User "wayne"',
        policy,
        "transfer-home-within-session-policy",
        "transfer-home-is-well-formed",
      ),
    ]);
  });

  it("never quotes a document", async () => {
    const Condition = { StringLike: { "s3:prefix": "hunter2", "aws:hunter2": "x" } };
    for (const stack of [withFiles({ Resource: "hunter2" }), withList({ Condition }), withFiles({ hunter2: 1 })]) {
      const found = await findings(stack);
      expect(found).to.have.length(1);
      expect(found.join()).not.to.include("hunter2");
    }
  });
});
