import { execFile, spawnSync } from "node:child_process";
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client, type Algorithms } from "ssh2";
import { readableLine } from "../../local/journal/readable";
import { NotServedError } from "../../local/service/notServed";
import { publicKeysOf } from "../../local/ssh/hostKeys";
import { offerOf } from "../../local/ssh/policyAlgorithms";
import { deploymentOf, resource, type DeploymentDraft } from "./setting/deployment";
import { offerOn } from "./setting/offer";
import { openSshFlags } from "./setting/openssh";
import { RunningGateway } from "./setting/running";

const run = promisify(execFile);
const prefix = "TransferSecurityPolicy-";
const etm = ["hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com"];

function deployed(policy: string): DeploymentDraft {
  const deployment = deploymentOf({ tenant: "acme" });
  resource(deployment, "Server").inputs["securityPolicyName"] = policy;
  return deployment;
}

const running = new Map<string, RunningGateway>();

/** One gateway for all tests of a policy. */
async function gatewayOf(policy: string): Promise<RunningGateway> {
  const known = running.get(policy) ?? (await RunningGateway.start(deployed(prefix + policy)));
  running.set(policy, known);
  return known;
}

describe("the algorithms of a security policy", () => {
  after(async () => {
    await Promise.all([...running.values()].map((gateway) => gateway.stop()));
    running.clear();
  });

  it("are what the gateway offers, without those that its SSH library lacks", async () => {
    expect(await offerOn((await gatewayOf("2025-03")).port)).to.deep.equal({
      kex: [
        ...["ecdh-sha2-nistp256", "ecdh-sha2-nistp384", "ecdh-sha2-nistp521"],
        ...["curve25519-sha256", "curve25519-sha256@libssh.org"],
        ...["diffie-hellman-group16-sha512", "diffie-hellman-group18-sha512"],
      ],
      hostKey: ["ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512", "rsa-sha2-256"],
      cipher: ["aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr", "aes192-ctr", "aes128-ctr"],
      mac: etm,
    });
  });

  it("differ where the policies do", async () => {
    const of2018 = await offerOn((await gatewayOf("2018-11")).port);
    expect(of2018.kex).to.include("diffie-hellman-group14-sha1");
    expect(of2018.mac).to.include("hmac-sha1");
    expect(of2018.cipher).to.include("chacha20-poly1305@openssh.com");
    expect(of2018.hostKey, "never SHA-1").not.to.include("ssh-rsa");
    const restricted = await offerOn((await gatewayOf("Restricted-2018-11")).port);
    expect(restricted.cipher).to.have.members(of2018.cipher.filter((name) => !name.startsWith("chacha20")));
    const fips = await offerOn((await gatewayOf("FIPS-2023-05")).port);
    expect(fips.kex).to.deep.equal(["diffie-hellman-group16-sha512", "diffie-hellman-group18-sha512"]);
  });

  for (const name of ["2023-05", "2024-01", "2025-03", "FIPS-2024-05", "FIPS-2025-03", "SshAuditCompliant-2025-02"]) {
    it(`have the -etm MACs alone in ${name}`, () => {
      expect(offerOf(prefix + name)?.algorithms.hmac).to.deep.equal(etm);
    });
  }

  it("are told where they are not the service's", () => {
    expect(offerOf(`${prefix}2024-01`)?.notes).to.deep.equal([
      "TransferSecurityPolicy-2024-01 has on AWS, and not here: diffie-hellman-group-exchange-sha256",
    ]);
    expect(offerOf(`${prefix}2025-03`)?.notes[0]).to.match(/not here: mlkem768x25519-sha256, mlkem768nistp256-sha256/);
    expect(offerOf(`${prefix}2020-06`)?.notes[0]).to.match(/umac-128@openssh.com, ssh-rsa \(SHA-1\) host key/);
  });

  it("are those of the newest known set where a name is newer, which is told", () => {
    const newer = offerOf(`${prefix}2031-12`);
    expect(newer?.algorithms).to.deep.equal(offerOf(`${prefix}2025-03`)?.algorithms);
    expect(newer?.notes[0]).to.equal(
      "the algorithms of TransferSecurityPolicy-2031-12 are not known here; those of 2025-03 are offered",
    );
    expect(offerOf(`${prefix}Restricted-2024-06`)?.notes[0]).to.match(/those of 2024-01 are offered/);
  });

  it("cannot be guessed from a name that is none: the deployment is not served", async () => {
    const started = RunningGateway.start(deployed(`${prefix}PQ-SSH-Experimental-2023-04`));
    const error = await started.catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(NotServedError);
    expect((error as Error).message).to.match(/"securityPolicyName": a security policy is called/);
  });
});

/** A client that knows AES in counter mode and the given MACs; true when it gets in. */
interface AskingClient {
  readonly name: string;
  readonly missing: () => boolean;
  readonly connects: (gateway: RunningGateway, macs: readonly string[]) => Promise<boolean>;
}

const lacks = (command: string) => spawnSync(command, ["-V"]).error !== undefined;

function connectsWithSsh2(gateway: RunningGateway, algorithms: Algorithms): Promise<boolean> {
  return new Promise((resolve) => {
    const client = new Client();
    client
      .on("ready", () => client.end())
      .on("ready", () => resolve(true))
      .on("error", () => resolve(false))
      .connect({
        host: "127.0.0.1",
        port: gateway.port,
        username: "acme",
        privateKey: gateway.privateKey("acme"),
        algorithms,
      });
  });
}

/** What lftp and sshfs run, too. */
const openSsh = (gateway: RunningGateway, ...options: string[]) =>
  run("sftp", [
    ...openSshFlags(gateway, "acme"),
    ...options.flatMap((option) => ["-o", option]),
    ...["-b", "/dev/null", "acme@127.0.0.1"],
  ]).then(
    () => true,
    () => false,
  );

const clients: readonly AskingClient[] = [
  {
    name: "ssh2",
    missing: () => false,
    connects: (gateway, macs) =>
      connectsWithSsh2(gateway, { cipher: ["aes256-ctr"], hmac: [...macs] as Algorithms["hmac"] & string[] }),
  },
  {
    name: "OpenSSH",
    missing: () => lacks("sftp"),
    connects: (gateway, macs) => openSsh(gateway, "Ciphers=aes256-ctr", `MACs=${macs.join(",")}`),
  },
  {
    name: "paramiko",
    missing: () => spawnSync("python3", ["-c", "import paramiko"]).status !== 0,
    connects: (gateway, macs) =>
      run("python3", ["-c", paramikoLogin, String(gateway.port), gateway.keyFile("acme"), macs.join(",")]).then(
        () => true,
        () => false,
      ),
  },
];

const paramikoLogin = `
import sys, paramiko
port, key, macs = int(sys.argv[1]), sys.argv[2], sys.argv[3].split(",")
transport = paramiko.Transport(("127.0.0.1", port))
transport.get_security_options().ciphers = ("aes256-ctr",)
transport.get_security_options().digests = tuple(macs)
transport.connect(username="acme", pkey=paramiko.Ed25519Key.from_private_key_file(key))
transport.close()
`;

for (const { name, missing, connects } of clients) {
  describe(`${name} under a deployed security policy`, () => {
    before(function () {
      if (missing()) {
        this.skip();
      }
    });
    after(async () => {
      await Promise.all([...running.values()].map((gateway) => gateway.stop()));
      running.clear();
    });

    it("gets in without the -etm MACs where the policy has others, and nowhere else", async () => {
      const plain = ["hmac-sha2-256", "hmac-sha2-512"];
      const admits = async (policy: string, macs: readonly string[]) => connects(await gatewayOf(policy), macs);
      expect(await admits("2020-06", plain)).to.equal(true);
      expect(await admits("2022-03", plain)).to.equal(true);
      expect(await admits("2023-05", plain)).to.equal(false);
      expect(await admits("2025-03", plain)).to.equal(false);
      expect(await admits("2025-03", [...plain, ...etm])).to.equal(true);
    });
  });
}

describe("a client with AES-GCM and no MAC of the policy", () => {
  after(async () => {
    await Promise.all([...running.values()].map((gateway) => gateway.stop()));
    running.clear();
  });

  it("gets in, and the log says that this may be otherwise on AWS; of one with such a MAC it does not", async () => {
    const gateway = await gatewayOf("2025-03");
    for (const hmac of [["hmac-sha2-256"], ["hmac-sha2-256", ...etm]]) {
      const algorithms = { cipher: ["aes256-gcm@openssh.com"], hmac } as Algorithms;
      expect(await connectsWithSsh2(gateway, algorithms)).to.equal(true);
    }
    const notes = gateway.eventsOf("CONNECTED").map(({ note }) => note);
    expect(notes).to.deep.equal([
      "it has no MAC of the security policy, and its cipher needs none; whether AWS lets it in is not known",
      undefined,
    ]);
    expect(readableLine(gateway.eventsOf("CONNECTED")[0]!, new Date())).to.match(
      /; it has no MAC of the security policy, /,
    );
  });
});

describe("the host's keys", () => {
  let gateway: RunningGateway;
  before(async () => (gateway = await RunningGateway.start(deploymentOf({ tenant: "acme" }))));
  after(() => gateway.stop());

  for (const algorithm of ["ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-256", "rsa-sha2-512"]) {
    it(`serve a client that knows ${algorithm} alone, and known_hosts has it`, async function () {
      if (lacks("sftp")) {
        this.skip();
      }
      expect(await openSsh(gateway, `HostKeyAlgorithms=${algorithm}`, "StrictHostKeyChecking=yes")).to.equal(true);
      const serverHostKey = [algorithm] as Algorithms["serverHostKey"] & string[];
      expect(await connectsWithSsh2(gateway, { serverHostKey })).to.equal(true);
    });
  }

  it("do not sign with SHA-1", async () => {
    expect(await connectsWithSsh2(gateway, { serverHostKey: ["ssh-rsa"] })).to.equal(false);
  });

  it("may be an RSA key that was put in the place of the first", () => {
    const folder = join(gateway.folder, ".gateway");
    const [rsa, ecdsa] = ["host_key_rsa", "host_key_ecdsa"].map((name) => readFileSync(join(folder, name), "utf8"));
    expect(publicKeysOf([rsa!, ecdsa!, rsa!]).map((key) => key.split(" ")[0])).to.deep.equal([
      "ssh-rsa",
      "ecdsa-sha2-nistp256",
    ]);
  });
});
