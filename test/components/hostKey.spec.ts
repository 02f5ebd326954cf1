import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { knownHosts, secretHostKey } from "../../components/hostKey";
import { newKeyPair } from "../../local/ssh/keyPair";
import { publicKey } from "../publicKeys";
import { gatewayStack, only, type GatewayStackChanges } from "./gatewayStack";

/** What an Output becomes, or fails with; the SDK leaves the method out of its types. */
function valueOf(output: pulumi.Output<string>): Promise<string> {
  return (output as unknown as { promise: () => Promise<string> }).promise();
}

describe("the server's host key", () => {
  const { privateKey: hostKey, publicKey: hostKeyPublic } = newKeyPair("host");

  function refusal(changes: GatewayStackChanges, opts?: pulumi.ComponentResourceOptions): Promise<string> {
    return gatewayStack(changes, opts).then(
      () => "",
      ({ message }: Error) => message,
    );
  }

  it("is the service's own where none is given, and no input says otherwise", async () => {
    const { inputs } = only(await gatewayStack(), "Server");
    expect(inputs).not.to.have.any.keys("hostKey", "preAuthenticationLoginBanner");
  });

  it("is given to the server as a secret, and stands nowhere in plain text", async () => {
    const deployment = await gatewayStack({ hostKey, hostKeyPublic });
    expect(only(deployment, "Server").inputs["hostKey"]).to.deep.equal({ secret: true });
    expect(JSON.stringify(deployment)).not.to.include(hostKey.split("\n")[2]);
  });

  it("may be known only while it is deployed, and is judged then", async () => {
    const deployment = await gatewayStack({ hostKey: pulumi.output(hostKey), hostKeyPublic });
    expect(only(deployment, "Server").inputs["hostKey"]).to.deep.equal({ secret: true });
    expect(JSON.stringify(deployment)).not.to.include(hostKey.split("\n")[2]);
    const other = secretHostKey(pulumi.output(newKeyPair("other").privateKey), hostKeyPublic);
    const message = await valueOf(other!).catch((error: Error) => error.message);
    expect(message).to.match(/^nothing is deployed:\n"hostKey": they are halves of two keys; /);
  });

  it("is refused with the public half of another, and neither half is repeated", async () => {
    const said = await refusal({ hostKey, hostKeyPublic: publicKey("other").text });
    expect(said).to.equal(
      'nothing is deployed:\n"hostKeyPublic" is "ssh-ed25519 ..." and "hostKey" a secret; they are halves of two keys; ' +
        '"ssh-keygen -y -f FILE" prints the public half of the private one',
    );
    expect(await refusal({ hostKey: "hunter2", hostKeyPublic })).to.equal(
      'nothing is deployed:\n"hostKey": this is no private key; a file of one begins with "-----BEGIN ... PRIVATE KEY-----"',
    );
  });

  it("is no transformation's to change", async () => {
    const swap: pulumi.ResourceTransformation = ({ type, props, opts }) =>
      type === "aws:transfer/server:Server"
        ? { props: { ...props, hostKey: pulumi.secret(newKeyPair("evil").privateKey) }, opts }
        : undefined;
    const opts = { transformations: [swap] };
    const guarded = /the input "hostKey" of aws:transfer\/server:Server "gw" is not what was proven/;
    expect(await refusal({ hostKey, hostKeyPublic }, opts)).to.match(guarded);
    expect(await refusal({}, opts)).to.match(guarded);
  });

  it("is published in a line for each name and address, without its comment", () => {
    const names = ["sftp.acme.example", "203.0.113.7", "2001:db8::7", "203.0.113.7"];
    const { text } = publicKey("host");
    expect(knownHosts(names, `${text} root@old-server`)).to.equal(
      `sftp.acme.example ${text}\n203.0.113.7 ${text}\n2001:db8::7 ${text}`,
    );
  });
});

describe("the login banner", () => {
  it("is the server's, in plain text for reviewers", async () => {
    const loginBanner = "Authorised use only.\nAll transfers are logged.\n";
    const { inputs } = only(await gatewayStack({ loginBanner }), "Server");
    expect(inputs["preAuthenticationLoginBanner"]).to.equal(loginBanner);
  });

  it("is ASCII of at most 4096 characters", async () => {
    const refused = (loginBanner: string) =>
      gatewayStack({ loginBanner }).then(
        () => "",
        ({ message }: Error) => message.replace(/^nothing is deployed:\n"loginBanner" is "[^"]*"; /, ""),
      );
    expect(await refused("x".repeat(4097))).to.equal("it has 4097 characters; Transfer takes at most 4096");
    expect(await refused("Zugriff nur für Befugte")).to.equal(
      "it holds U+00FC; Transfer takes printable ASCII, tabs and line breaks alone",
    );
    expect(await refused("\t\n\v\f\r x")).to.equal("");
    expect(await refused("x".repeat(4096))).to.equal("");
  });
});
