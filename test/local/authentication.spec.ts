import { expect } from "chai";
import { Client, type AnyAuthMethod, type AuthenticationType } from "ssh2";
import type { AccessDecision } from "../../inventory/session";
import { deployedUsers } from "../../inventory/user";
import type { LogEvent } from "../../local/journal/event";
import {
  authenticationMethods,
  type AuthenticationMethods,
  type IdentityProvider,
  type LoginRequest,
} from "../../local/logins/identityProvider";
import { LogicalFolders } from "../../inventory/logicalFolders";
import type { ServedUser } from "../../local/service/users";
import { newKeyPair } from "../../local/ssh/keyPair";
import { offerOf } from "../../local/ssh/policyAlgorithms";
import { parsedKey } from "../../local/ssh/sshKey";
import { fingerprintOfLine } from "../../tenancy/fingerprint";
import { serviceLimits, SshServer } from "../../local/ssh/sshServer";
import { deploymentOf, roleArn } from "./setting/deployment";

const own = newKeyPair("own");
const another = newKeyPair("another");
const denied: AccessDecision = { allowed: false, reason: "implicit-deny", action: "sts:AssumeRole", resource: roleArn };

function served(keys: readonly string[], allowed = true): ServedUser {
  return {
    userName: "acme",
    roleArn,
    deployed: deployedUsers(deploymentOf({ tenant: "acme" }))[0]!,
    keys: keys.map(parsedKey),
    home: "/",
    folders: new LogicalFolders([]),
    assumption: allowed ? { ...denied, allowed, reason: "allowed" } : denied,
    authorise: () => denied,
  };
}

/** Answers for `acme` alone: keys to a question without a password, and to the one right password. */
class FakeProvider implements IdentityProvider {
  readonly asked: LoginRequest[] = [];

  constructor(
    readonly methods: AuthenticationMethods,
    private readonly answers = { toKey: served([own.publicKey]), toPassword: served([]) },
  ) {}

  ask(request: LoginRequest): Promise<ServedUser | undefined> {
    this.asked.push(request);
    const { toKey, toPassword } = this.answers;
    const answer = request.password === undefined ? toKey : request.password === "right" ? toPassword : undefined;
    return Promise.resolve(request.userName === "acme" ? answer : undefined);
  }
}

interface Attempts {
  readonly username?: string;
  /** In this order, whatever the server offers. */
  readonly attempts: readonly AnyAuthMethod[];
}

/** What came of a client's attempts: the methods that it was told after each, and whether it is in. */
interface Told {
  readonly methods: readonly (readonly AuthenticationType[] | null)[];
  readonly partial: readonly (boolean | null)[];
  readonly in: boolean;
}

describe("a client that logs in", () => {
  const events: LogEvent[] = [];
  let provider: FakeProvider;
  let server: SshServer | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
    events.length = 0;
  });

  async function serve(served: FakeProvider): Promise<number> {
    provider = served;
    server = new SshServer({
      hostKeys: [parsedKey(newKeyPair("host").privateKey)],
      algorithms: offerOf("TransferSecurityPolicy-2025-03")!.algorithms,
      banner: undefined,
      port: 0,
      limits: { ...serviceLimits, refusals: 3 },
      resourceArn: "arn:aws:transfer:eu-central-1:123456789012:server/s-0123456789abcdef0",
      provider,
      unknownLogin: (name) => (name === "acme" ? undefined : "no such user"),
      log: (event) => events.push(event),
      requestHandler: () => {
        throw new Error("nobody asks for files here");
      },
    });
    return server.listen();
  }

  function tell(port: number, { username = "acme", attempts }: Attempts): Promise<Told> {
    const methods: Told["methods"][number][] = [];
    const partial: Told["partial"][number][] = [];
    const left = [...attempts];
    return new Promise((resolve) => {
      const client = new Client();
      const end = (isIn: boolean) => {
        client.end();
        resolve({ methods: methods.slice(1), partial: partial.slice(1), in: isIn });
      };
      client
        .on("ready", () => end(true))
        .on("error", () => end(false))
        .on("close", () => end(false))
        .connect({
          host: "127.0.0.1",
          port,
          username,
          authHandler: (left_, partialSuccess, next) => {
            methods.push(left_);
            partial.push(partialSuccess);
            next((left.shift() ?? false) as AnyAuthMethod);
          },
        });
    });
  }

  const none: AnyAuthMethod = { type: "none", username: "acme" };
  const key = (pair = own, username = "acme"): AnyAuthMethod => ({
    type: "publickey",
    username,
    key: pair.privateKey,
  });
  const password = (text: string, username = "acme"): AnyAuthMethod => ({ type: "password", username, password: text });

  /** Whether what a client does ends in a session. */
  async function letsIn(methods: AuthenticationMethods, ...attempts: AnyAuthMethod[]): Promise<boolean> {
    return (await tell(await serve(new FakeProvider(methods)), { attempts })).in;
  }

  const offered: Record<AuthenticationMethods, string[]> = {
    PUBLIC_KEY: ["publickey"],
    PASSWORD: ["password"],
    PUBLIC_KEY_OR_PASSWORD: ["publickey", "password"],
    PUBLIC_KEY_AND_PASSWORD: ["publickey"],
  };
  /** Key alone, right password alone, key and then right password. */
  const admitted: Record<AuthenticationMethods, [boolean, boolean, boolean]> = {
    PUBLIC_KEY: [true, false, true],
    PASSWORD: [false, true, true],
    PUBLIC_KEY_OR_PASSWORD: [true, true, true],
    PUBLIC_KEY_AND_PASSWORD: [false, false, true],
  };

  for (const methods of authenticationMethods) {
    describe(`where the server takes ${methods}`, () => {
      it(`is told so: ${offered[methods].join(", ")}`, async () => {
        const told = await tell(await serve(new FakeProvider(methods)), { attempts: [none] });
        expect(told).to.deep.equal({ methods: [offered[methods]], partial: [false], in: false });
        expect(provider.asked).to.deep.equal([]);
      });

      const [byKey, byPassword, byBoth] = admitted[methods];
      it(`is ${byKey ? "" : "not "}in by its key`, async () => expect(await letsIn(methods, key())).to.equal(byKey));
      it(`is ${byPassword ? "" : "not "}in by its password`, async () =>
        expect(await letsIn(methods, password("right"))).to.equal(byPassword));
      it("is in by its key and then its password", async () =>
        expect(await letsIn(methods, key(), password("right"))).to.equal(byBoth));
      it("is not in by another's key, nor by a wrong password, nor by nothing", async () =>
        expect(await letsIn(methods, none, key(another), password("wrong"))).to.equal(false));
      it("is not in by a wrong password behind the right key, unless the key alone does", async () =>
        expect(await letsIn(methods, key(), password("wrong"))).to.equal(byKey));
    });
  }

  describe("with key and password", () => {
    it("is told after its key that the password is still to come, and asked about twice", async () => {
      const told = await tell(await serve(new FakeProvider("PUBLIC_KEY_AND_PASSWORD")), {
        attempts: [none, key(), password("wrong"), password("right")],
      });
      expect(told).to.deep.equal({
        methods: [["publickey"], ["password"], ["password"]],
        partial: [false, true, false],
        in: true,
      });
      const sourceIp = "127.0.0.1";
      expect(provider.asked).to.deep.equal([
        { userName: "acme", sourceIp },
        { userName: "acme", password: "wrong", sourceIp },
        { userName: "acme", password: "right", sourceIp },
      ]);
    });

    it("is not asked for a password before its key is proven", async () => {
      expect(await letsIn("PUBLIC_KEY_AND_PASSWORD", password("right"), key(another))).to.equal(false);
      expect(provider.asked.map(({ password }) => password)).to.deep.equal([undefined]);
    });

    it("proves its key once: a second one is no password", async () =>
      expect(await letsIn("PUBLIC_KEY_AND_PASSWORD", key(), key())).to.equal(false));

    it("gets the session of the answer to the password, and the log names its key", async () => {
      const toPassword = { ...served([]), roleArn: `${roleArn}-of-the-password` };
      const both = new FakeProvider("PUBLIC_KEY_AND_PASSWORD", { toKey: served([own.publicKey]), toPassword });
      expect((await tell(await serve(both), { attempts: [key(), password("right")] })).in).to.equal(true);
      expect(events[0]).to.include({ "activity-type": "CONNECTED", role: toPassword.roleArn });
      expect(events[0]!["ssh-public-key-fingerprint"]).to.match(/^SHA256:.{43}$/);
    });

    it("is told of in the log when it leaves after its key", async () => {
      await letsIn("PUBLIC_KEY_AND_PASSWORD", key());
      await server!.close();
      expect(events.map(({ method, message }) => `${method}: ${message}`)).to.deep.equal([
        "password: the client offered no password",
      ]);
    });
  });

  it("by a password leaves no word of it in the log", async () => {
    await letsIn("PASSWORD", password("wrong"), password("right"));
    expect(events[0]).to.include({ "activity-type": "CONNECTED", user: "acme" });
    expect(events[0]).not.to.have.property("ssh-public-key-fingerprint");
    expect(JSON.stringify(events)).not.to.match(/right|wrong/);
  });

  it("cannot tell a wrong password from a name that nobody has", async () => {
    const port = await serve(new FakeProvider("PUBLIC_KEY_OR_PASSWORD"));
    const [wrong, unknown] = [
      await tell(port, { attempts: [none, password("wrong"), key(another)] }),
      await tell(port, {
        username: "nobody",
        attempts: [{ type: "none", username: "nobody" }, password("right", "nobody"), key(own, "nobody")],
      }),
    ];
    expect(wrong).to.deep.equal(unknown);
    await server!.close();
    expect(events.map(({ method, message }) => `${method}: ${message}`)).to.have.members([
      "publickey: no such user",
      `publickey: not its key: ${fingerprintOfLine(another.publicKey)}`,
    ]);
  });

  it("by a wrong password is told of in the log as the identity provider's refusal", async () => {
    await letsIn("PASSWORD", password("wrong"));
    await server!.close();
    expect(events.map(({ message }) => message)).to.deep.equal(["the identity provider does not let it in"]);
  });

  it("is asked about once for however many keys it offers", async () => {
    await letsIn("PUBLIC_KEY", key(another), key());
    expect(provider.asked).to.have.lengthOf(1);
  });

  it("is dropped after a number of wrong passwords", async () => {
    const right = [password("wrong"), password("wrong"), password("wrong"), password("right")];
    expect(await letsIn("PASSWORD", ...right)).to.equal(false);
    expect(provider.asked).to.have.lengthOf(3);
  });

  it("is not in where the service may not take on its role, whatever it proves", async () => {
    const answers = { toKey: served([own.publicKey], false), toPassword: served([], false) };
    const port = await serve(new FakeProvider("PUBLIC_KEY_OR_PASSWORD", answers));
    expect((await tell(port, { attempts: [key(), password("right")] })).in).to.equal(false);
  });

  it("and is gone before the answer comes is no session", async () => {
    let answer: (user: ServedUser) => void = () => undefined;
    const port = await serve(new FakeProvider("PASSWORD"));
    provider.ask = () => new Promise((resolve) => (answer = resolve));
    const client = new Client();
    const gone = new Promise<void>((resolve) => client.on("error", () => undefined).on("close", () => resolve()));
    client.connect({ host: "127.0.0.1", port, username: "acme", password: "right" });
    while (answer.length === 0) {
      await new Promise((again) => setTimeout(again, 5));
    }
    client.destroy();
    await gone;
    await new Promise((again) => setTimeout(again, 50));
    answer(served([]));
    await new Promise((again) => setTimeout(again, 20));
    expect(events.map((event) => event["activity-type"])).to.deep.equal(["AUTH_FAILURE"]);
  });
});
