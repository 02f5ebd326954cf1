import { expect } from "chai";
import { exampleStack, resource, unknownValue, type ExampleResource, type ExampleStack } from "./exampleStack";
import { changed, findings, marked, without } from "./findings";

/** A bucket with nothing to its name; which policies speak of it shows whether it counts as a landing bucket. */
const bare = resource("aws:s3/bucket:Bucket", { bucket: "bare-bucket", arn: "arn:aws:s3:::bare-bucket" });

const bucketPolicies = [
  "landing-bucket-requires-tls",
  "landing-bucket-blocks-public-access",
  "landing-bucket-keeps-versions",
  "landing-bucket-is-encrypted",
  "landing-bucket-owns-its-objects",
  "transfer-gateway-is-protected",
];

/** The policies that speak of the bare bucket. */
async function reportedBy(stack: ExampleStack): Promise<string[]> {
  const found = await findings({ ...stack, bare });
  return found.filter((line) => line.includes('Bucket "bare"')).map((line) => line.split(":", 1).join());
}

describe("a landing bucket", () => {
  it("is one that a home leads to", async () => {
    const homeDirectoryMappings = [{ entry: "/", target: "/bare-bucket/wayne" }];
    expect(await reportedBy(changed(exampleStack(), "wayne", { homeDirectoryMappings }))).to.deep.equal(bucketPolicies);
  });

  it("is one that a session policy names", async () => {
    const policy = JSON.stringify({ Resource: "arn:aws:s3:::bare-bucket/wayne/*" });
    expect(await reportedBy(changed(exampleStack(), "wayne", { policy }))).to.deep.equal(bucketPolicies);
  });

  it("is one that a role of Transfer names, by a pattern too, so that it is one before there are users", async () => {
    for (const name of ["bare-bucket", "bare-*"]) {
      const policy = JSON.stringify({
        Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${name}/*` },
      });
      const stack = changed(without(exampleStack(), "wayne"), "partnersOnS3", { policy });
      expect(await reportedBy(stack), name).to.deep.equal(bucketPolicies);
    }
  });

  it("is one that a home will come from, while its name is not known", async () => {
    const stack = changed(exampleStack(), "wayne", { homeDirectoryMappings: [{ entry: "/", target: unknownValue }] });
    const preview = marked(stack, "wayne", { from: { homeDirectoryMappings: ["bare"] } });
    expect(await reportedBy(preview)).to.deep.equal(bucketPolicies);
  });

  it("is no other bucket", async () => {
    expect(await reportedBy(exampleStack())).to.deep.equal([]);
    const everything = JSON.stringify({ Resource: "arn:aws:s3:::*" });
    expect(await reportedBy(changed(exampleStack(), "wayne", { policy: everything }))).to.deep.equal([]);
  });

  it("is checked by what belongs to it, also while its name is not known", async () => {
    const preview: ExampleStack = Object.fromEntries(
      Object.entries<ExampleResource>(exampleStack()).map(([name, resource]) =>
        /^drop.+/.test(name)
          ? [name, { ...resource, props: { ...resource.props, bucket: unknownValue }, from: { bucket: ["drop"] } }]
          : [name, resource],
      ),
    );
    expect(await findings(preview)).to.deep.equal([]);
  });
});
