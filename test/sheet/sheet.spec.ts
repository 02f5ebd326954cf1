import { expect } from "chai";
import type { AccessReport } from "../../access/report/model";
import { contentOf } from "../../sheet/content";
import { readLocalHost, readOutputs } from "../../sheet/host";
import { sheetHtml } from "../../sheet/html";
import { sheetMarkdown } from "../../sheet/markdown";
import { sheetOf, type Sheet } from "../../sheet/sheet";
import { sheetText } from "../../sheet/text";
import { reportOf } from "../access/sampleReport";
import { publicKey } from "../publicKeys";
import { sampleSheet } from "./sampleSheet";

const textOf = (changes: Partial<Sheet> = {}) => sheetText(contentOf({ ...sampleSheet, ...changes }));

describe("a partner's sheet", () => {
  it("says where to connect, as whom, and from which host key on", () => {
    const text = textOf();
    expect(text).to.match(/^ {2}Host +sftp\.example\.com$/m);
    expect(text).to.match(/^ {2}Port +22$/m);
    expect(text).to.match(/^ {2}Addresses, for your firewall +203\.0\.113\.7, 203\.0\.113\.8$/m);
    expect(text).to.match(/^ {2}Login name +ACME_batch$/m);
    expect(text).to.include(`Fingerprint: ${publicKey("host").fingerprint}.`);
    expect(text).to.include(`\n  sftp.example.com ${publicKey("host").text}\n`);
  });

  it("lets psftp accept any of several keys of the host", () => {
    const two = ["ssh-ed25519", "other"].map((label) => publicKey(label));
    const host = {
      ...sampleSheet.host,
      fingerprints: two.map(({ fingerprint }) => fingerprint),
      knownHosts: two.map(({ text }) => `sftp.example.com ${text}`),
    };
    expect(textOf({ host })).to.include(` -hostkey ${two[0]!.fingerprint} -hostkey ${two[1]!.fingerprint} -l `);
    expect(textOf({ host })).to.include(`Fingerprint: ${two[0]!.fingerprint} or ${two[1]!.fingerprint}.`);
  });

  it("says what may be done in each folder, and who else is there", () => {
    const text = textOf();
    expect(text).to.match(/^ {2}\/In +list, send; what is there cannot be fetched +yours alone$/m);
    expect(text).to.match(/^ {2}\/Out\/From Us +list, fetch, delete +yours alone$/m);
    expect(text).to.match(/^ {2}\/prices +list, fetch +shared with others$/m);
  });

  it("shows where the files lie in the bucket to nobody", () => {
    expect(textOf()).not.to.include("tenants/acme").and.not.to.include("shared/prices");
  });

  it("names keys by fingerprint, with their end", () => {
    expect(textOf()).to.include(`- ${publicKey(1).fingerprint} (ssh-ed25519 batch, until 2026-12-31)`);
  });

  it("has words for each program, and says which of them nobody has tried", () => {
    const { sections } = contentOf(sampleSheet);
    const programs = sections.filter(({ level }) => level === 3);
    const isTried = (section: (typeof programs)[number]) => !JSON.stringify(section.blocks).includes("Not tried");
    expect(programs.map((section) => [section.heading, isTried(section)])).to.deep.equal([
      ["OpenSSH (sftp, scp)", true],
      ["lftp", true],
      ["rclone", true],
      ["curl", true],
      ["psftp (PuTTY)", true],
      ["WinSCP", false],
      ["FileZilla", false],
    ]);
  });

  it("sends where it may be written and fetches where it may be read", () => {
    const text = textOf();
    expect(text).to.match(/echo 'put FILE \/In\/FILE' \| sftp /);
    expect(text).to.match(/echo 'get "\/Out\/From Us\/FILE" COPY' \| sftp /);
    expect(text).to.match(/curl .* -o COPY sftp:\/\/sftp\.example\.com:22\/Out\/From%20Us\/FILE$/m);
  });

  it("has no command that sends where nothing can be written, nor its surprises", () => {
    const [, , readOnly] = sampleSheet.folders;
    const text = textOf({ folders: [readOnly!] });
    expect(text).not.to.match(/\bput\b| -T |cannot be renamed:/);
  });

  it("names whom to ask, or has no such line", () => {
    expect(textOf()).to.include("\nQuestions\n---------\n\nEDI <b>team</b>, edi@acme.example\n");
    expect(textOf({ supportContact: "" })).not.to.include("Questions");
  });

  it("tells how to get known_hosts where only the fingerprint is known, and trusts no key of another type by it", () => {
    const text = textOf({ host: { ...sampleSheet.host, knownHosts: [] } });
    expect(text).to.include("ssh-keyscan -p 22 sftp.example.com > known_hosts && ssh-keygen -l -f known_hosts");
    expect(text).not.to.include("-hostkey");
  });

  it("speaks of a password without holding one", () => {
    const either = textOf({ password: true, authentication: "PUBLIC_KEY_OR_PASSWORD" });
    expect(either).to.include("one of the keys below or the password that you are given another way");
    const both = textOf({ password: true, authentication: "PUBLIC_KEY_AND_PASSWORD" });
    expect(both).to.include("one of the keys below and the password that you are given another way");
    expect(both).not.to.match(/sftp -b|-batch/);
    const alone = textOf({ password: true, authentication: "PASSWORD" });
    expect(alone).to.match(/Logs in with +the password that you are given another way$/m);
    expect(alone).not.to.match(/KEY|Your keys/);
  });

  it("says from where one may come", () => {
    expect(textOf({ allowedCidrs: ["192.0.2.0/24"] })).to.match(/You may come from +192\.0\.2\.0\/24$/m);
  });

  it("becomes no markup in Markdown or HTML, and loads nothing", () => {
    const content = contentOf(sampleSheet);
    expect(sheetHtml(content))
      .to.include("EDI &#60;b&#62;team")
      .and.not.to.match(/<script|src=|https?:/);
    expect(sheetMarkdown(content)).to.include("EDI &#60;b&#62;team").and.not.to.include("<b>");
  });
});

describe("what a sheet is made of", () => {
  let report: AccessReport;
  before(async () => (report = await reportOf()));

  const sourcesOf = (tenant: string) => ({ tenant, report, host: sampleSheet.host, supportContact: "" });
  const acmeThere = () => {
    const [acme] = report.tenants;
    return {
      userName: "ACME_batch",
      homeDirectory: "/",
      prefixes: acme!.folders.map(({ prefix }) => prefix),
      keyFingerprints: acme!.keys.map(({ fingerprint }) => fingerprint),
    };
  };

  it("is what the stack has, where that is what the working tree has", () => {
    const sheet = sheetOf({ ...sourcesOf("acme"), deployed: { acme: acmeThere() } });
    expect(sheet.login).to.equal("ACME_batch");
    expect(sheet.folders.map(({ entry }) => entry)).to.deep.equal(["/Out/From Us", "/catalogue", "/inbox"]);
  });

  it("is refused where the stack has something else, which it names", () => {
    const there = { ...acmeThere(), userName: "acme", keyFingerprints: [] };
    expect(() => sheetOf({ ...sourcesOf("acme"), deployed: { acme: there } })).to.throw(
      'stack dev does not have the login name and keys of "acme" as they are in the working tree: deploy it, or check out what is deployed',
    );
    expect(() => sheetOf({ ...sourcesOf("acme"), deployed: {} })).to.throw(
      'stack dev has no tenant "acme" yet: deploy it first',
    );
  });

  it("is refused for who cannot log in, and for who is nobody", () => {
    expect(() => sheetOf(sourcesOf("globex"))).to.throw('tenant "globex" is suspended in stack dev: it cannot log in');
    expect(() => sheetOf(sourcesOf("acmee"))).to.throw('"acmee" is not a tenant of stack dev; did you mean "acme"?');
  });

  it("is refused for who has nothing left to log in with, and for outputs of another stack", () => {
    const [server] = report.servers;
    const late = { ...report, today: "2027-07-01" };
    const withKeys = (authentication: string, keep: boolean, password = false) => ({
      ...sourcesOf("acme"),
      report: {
        ...late,
        servers: [{ ...server!, authentication }],
        tenants: late.tenants.map((tenant) => ({
          ...tenant,
          password,
          keys: keep ? tenant.keys : tenant.keys.filter(({ expires }) => expires !== undefined),
        })),
      },
    });
    for (const authentication of ["PUBLIC_KEY", "PUBLIC_KEY_OR_PASSWORD", "PUBLIC_KEY_AND_PASSWORD", "PASSWORD"]) {
      expect(() => sheetOf(withKeys(authentication, false))).to.throw(
        'tenant "acme" has nothing to log in with in stack dev on 2027-07-01',
      );
    }
    expect(sheetOf(withKeys("PUBLIC_KEY_OR_PASSWORD", true)).keys).to.have.length(1);
    expect(() => sheetOf(withKeys("PUBLIC_KEY_AND_PASSWORD", true))).to.throw("has nothing to log in with");
    expect(() => sheetOf(withKeys("PUBLIC_KEY_AND_PASSWORD", false, true))).to.throw("has nothing to log in with");
    expect(() => sheetOf(withKeys("PUBLIC_KEY", false, true))).to.throw("has nothing to log in with");
    expect(() => sheetOf(withKeys("PASSWORD", true))).to.throw("has nothing to log in with");
    expect(sheetOf(withKeys("PASSWORD", false, true)).password).to.equal(true);
    expect(sheetOf(withKeys("PUBLIC_KEY_OR_PASSWORD", false, true)).keys).to.deep.equal([]);
    expect(sheetOf(withKeys("PUBLIC_KEY_AND_PASSWORD", true, true)).keys).to.have.length(1);
    const bucketName = "project-prod-210987654321";
    expect(() => sheetOf({ ...sourcesOf("acme"), bucketName })).to.throw(
      'these are not the outputs of stack dev: their bucketName is "project-prod-210987654321"',
    );
    expect(sheetOf({ ...sourcesOf("acme"), bucketName: "project-test-210987654321" }).tenant).to.equal("acme");
  });

  it("reads outputs with the mark that PowerShell begins a file with", () => {
    expect(readOutputs('\uFEFF{"endpoint": "a.b"}', "o.json").host.name).to.equal("a.b");
  });

  it("reads a stack's outputs: the host name of its own, addresses and lines of known_hosts where there are any", () => {
    const line = `sftp.example.com ${publicKey("host").text}`;
    const outputs = {
      endpoint: "s-1.server.transfer.eu-central-1.amazonaws.com",
      hostname: "sftp.example.com",
      addresses: ["203.0.113.7"],
      hostKeyFingerprint: publicKey("host").fingerprint,
      knownHosts: `${line}\n203.0.113.7 ${publicKey("host").text}`,
      arrivalsTopicArn: "arn:aws:sns:eu-central-1:123456789012:arrivals",
    };
    expect(readOutputs(JSON.stringify(outputs), "outputs.json")).to.deep.equal({
      host: {
        name: "sftp.example.com",
        port: 22,
        addresses: ["203.0.113.7"],
        fingerprints: [publicKey("host").fingerprint],
        knownHosts: [line, `203.0.113.7 ${publicKey("host").text}`],
      },
      bucketName: undefined,
      tenants: undefined,
    });
    const { host } = readOutputs(JSON.stringify({ endpoint: outputs.endpoint }), "outputs.json");
    expect(host).to.deep.include({ name: outputs.endpoint, addresses: [], fingerprints: [], knownHosts: [] });
    const { hostKeyFingerprint } = outputs;
    const alone = readOutputs(JSON.stringify({ endpoint: outputs.endpoint, hostKeyFingerprint }), "outputs.json");
    expect(alone.host).to.deep.include({ fingerprints: [hostKeyFingerprint], knownHosts: [] });
  });

  const wrong: [outputs: string, message: string][] = [
    ["", "o.json: not the outputs of a stack, "],
    ["{", "o.json: not the outputs of a stack"],
    ["{}", 'o.json: not the outputs of a stack, "endpoint" is missing; write them'],
    ['{"endpoint": "a; rm -rf /"}', 'o.json: not the outputs of a stack, "endpoint": no host name'],
    [
      '{"endpoint": "a.b", "knownHosts": "```"}',
      'o.json: not the outputs of a stack, "knownHosts": no lines of known_hosts',
    ],
    [
      '{"endpoint": "a.b", "knownHosts": "a.b ssh-ed25519 AAAA"}',
      'o.json: not the outputs of a stack, "knownHosts": no lines of known_hosts',
    ],
    [
      `{"endpoint": "a.b", "knownHosts": "c.d ${publicKey("host").text}"}`,
      'o.json: not the outputs of a stack, "knownHosts": no line of the host that is connected to',
    ],
    ['{"endpoint": "a.b", "hostKeyFingerprint": "$(id)"}', '"hostKeyFingerprint": no fingerprint'],
  ];
  for (const [outputs, message] of wrong) {
    it(`is refused for outputs like ${outputs || "an empty file"}`, () => {
      expect(() => readOutputs(outputs, "o.json")).to.throw(message.replace(/, $/, ""));
    });
  }

  it("knows the local gateway by the known_hosts that it keeps, with a line for each of its keys", () => {
    const keys = [publicKey("host"), publicKey("other host")];
    const lines = keys.map(({ text }) => `[127.0.0.1]:2222 ${text}`);
    expect(readLocalHost(`${lines.join("\n")}\n`, "f")).to.deep.equal({
      name: "127.0.0.1",
      port: 2222,
      addresses: [],
      fingerprints: keys.map(({ fingerprint }) => fingerprint),
      knownHosts: lines,
    });
    expect(readLocalHost(`127.0.0.1 ${keys[0]!.text}\n`, "f").port).to.equal(22);
    for (const other of ["", "# nothing\n", `|1|abc= ${keys[0]!.text}\n`]) {
      expect(() => readLocalHost(other, "f")).to.throw(
        "f: not the host keys of a local gateway; npm start writes them",
      );
    }
  });
});
