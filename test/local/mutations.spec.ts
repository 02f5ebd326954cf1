import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "chai";
import type { SFTPWrapper } from "ssh2";
import { proveIsolation, type Claim, type Finding } from "../../access/isolation";
import type { AccessRequest } from "../../iam/evaluate";
import { bucket, bucketResource, claimOf, sampleTenants } from "../access/claims";
import { mutations } from "../access/mutations";
import { claimDeployment, type Probe } from "./setting/claimDeployment";
import { outcome, rawClient } from "./setting/protocol";
import { whereFunctionDecides, whereServiceManages, type Start } from "./setting/ways";

/** What a client can ask for through SFTP; the rest (versions, ACLs, taking on a role) has no request of the protocol. */
type Attempt = (sftp: SFTPWrapper, path: string) => Promise<number | undefined>;

const attempts: Readonly<Record<string, Attempt>> = {
  "s3:getobject": (sftp, path) =>
    path.endsWith("/")
      ? outcome((done) => sftp.stat(path.slice(0, -1), done))
      : outcome((done) => sftp.open(path, "r", done)),
  "s3:putobject": (sftp, path) =>
    path.endsWith("/")
      ? outcome((done) => sftp.mkdir(path.slice(0, -1), done))
      : outcome((done) => sftp.writeFile(path, "x", done)),
  "s3:deleteobject": (sftp, path) => outcome((done) => sftp.unlink(path, done)),
  "s3:listbucket": (sftp, path) => outcome((done) => sftp.opendir(path, done)),
};

/** The attempt that makes the gateway ask for this very request. */
function attemptOf({
  action,
  resource,
  context,
  principal,
}: AccessRequest): { attempt: Attempt; key: string } | undefined {
  const attempt = attempts[action.toLowerCase()];
  if (attempt === undefined || principal.kind !== "role-session") {
    return undefined;
  }
  if (action.toLowerCase() === "s3:listbucket") {
    const prefix = context["s3:prefix"];
    const isFolder = typeof prefix === "string" && /^([^/]+\/)*$/.test(prefix);
    return resource === bucketResource && isFolder ? { attempt, key: prefix } : undefined;
  }
  const key = resource.slice(bucketResource.length + 1);
  const isKey = resource.startsWith(`${bucketResource}/`) && /^([^/]+\/)*[^/]*$/.test(key) && key !== "";
  const isMarkerToDelete = action.toLowerCase() === "s3:deleteobject" && key.endsWith("/");
  return isKey && !isMarkerToDelete ? { attempt, key } : undefined;
}

interface Replay {
  readonly name: string;
  readonly claim: Claim;
  readonly violation: Finding;
  readonly request: AccessRequest;
}

/** Each mutation with the first of its counterexamples that a client can ask for. */
const replays: Replay[] = mutations.flatMap(({ name, mutate }) => {
  const claim = mutate(claimOf(sampleTenants));
  for (const violation of proveIsolation(claim)) {
    const request = violation.counterexample;
    if (request !== undefined && attemptOf(request) !== undefined) {
      return [{ name, claim, violation, request }];
    }
  }
  return [];
});

/** The user whose session it is, with its documents; somebody with the role's alone where there is no such user. */
function probeOf({ claim, violation, request: { principal } }: Replay): Probe {
  const { roleArn, sessionName } =
    principal.kind === "role-session" ? principal : { roleArn: "", sessionName: "nobody" };
  const user = claim.users.find(({ tenant, userName }) => tenant === violation.tenant || userName === sessionName);
  // A session that a document names in full is one of USER.SESSION@SERVER.
  const [named = sessionName] = sessionName.split(".");
  return { userName: user?.userName ?? named, roleArn, session: user?.session };
}

async function outcomeOf(start: Start, replay: Replay, claim: Claim): Promise<number | undefined> {
  const asked = attemptOf(replay.request);
  if (asked === undefined) {
    throw new Error("not a request of the protocol");
  }
  const running = await start(claimDeployment(claim, probeOf({ ...replay, claim })));
  try {
    const isPut = replay.request.action.toLowerCase() === "s3:putobject";
    seed(running.folder, asked.key, isPut);
    const { client, sftp } = await rawClient(running, "probe");
    const code = await asked.attempt(sftp, `/${asked.key}`);
    client.end();
    return code;
  } finally {
    await running.stop();
  }
}

/** The object that is read, listed or deleted; nothing where one is written. */
function seed(folder: string, key: string, isPut: boolean): void {
  const marker = key === "" || key.endsWith("/");
  const file = join(folder, bucket, isPut ? "elsewhere.txt" : marker ? `${key}%` : key);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, marker ? "" : "content");
}

/**
 * One of each document and request. Whoever has let a client in, the same code asks the same documents; these show that they
 * arrive.
 */
function oneOfEachKind(all: readonly Replay[]): Replay[] {
  const kindOf = ({ name, request }: Replay) => `${name.split(":")[0]}: ${request.action.toLowerCase()}`;
  return [...new Map(all.map((replay) => [kindOf(replay), replay])).values()];
}

describe("what the isolation proof calls wrongly allowed succeeds through the gateway", () => {
  const replayed = (start: Start, some: readonly Replay[], least: number, denied: number) => () => {
    for (const replay of some) {
      it(`${replay.name}: ${replay.request.action}`, async () => {
        expect(await outcomeOf(start, replay, replay.claim)).to.equal(undefined);
      });
    }

    it(`for at least ${least} of the mutations, and is denied by the documents as they are`, async () => {
      expect(some.length).to.be.at.least(least);
      const whole = claimOf(sampleTenants);
      const bySession = some.filter(
        ({ violation }) => violation.tenant !== undefined && violation.statement !== "grants",
      );
      expect(bySession.length).to.be.at.least(denied);
      for (const replay of bySession.slice(0, denied)) {
        expect(await outcomeOf(start, replay, whole), replay.name).to.be.oneOf([2, 3]);
      }
    });
  };

  describe("where the service manages users", replayed(whereServiceManages, replays, 30, 10));
  describe("where a function decides", replayed(whereFunctionDecides, oneOfEachKind(replays), 8, 3));
});
