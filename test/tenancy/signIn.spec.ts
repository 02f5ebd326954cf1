import { expect } from "chai";
import fc from "fast-check";
import { readCidr } from "../../tenancy/cidr";
import type { PlacedSignIn } from "../../tenancy/signIn";
import { publicKey } from "../publicKeys";
import { loadContent, problemsOf } from "./loading";

const key = publicKey(1).text;

const lambda = (authentication: PlacedSignIn["authentication"], stack = "dev"): PlacedSignIn => ({
  identityProvider: "lambda",
  authentication,
  places: { identityProvider: `Pulumi.${stack}.yaml:7:3`, authentication: `Pulumi.${stack}.yaml:8:3` },
});
const serviceManaged: PlacedSignIn = {
  identityProvider: "service-managed",
  authentication: "PUBLIC_KEY_OR_PASSWORD",
};

/** The problems of one tenant of dev and prod, with what it has to log in with. */
function problemsWith(tenant: string, signIn: Readonly<Record<string, PlacedSignIn>>): string[] {
  return problemsOf(`tenants:\n  - name: acme\n${tenant}`, { signIn });
}

const withKey = `    sshKeys: [${key}]\n`;
const withPassword = "    password: true\n";
const withRanges = "    allowedCidrs: [203.0.113.0/24]\n";

describe("what a tenant logs in with", () => {
  it("is taken as it is where nothing is known of a stack", () => {
    expect(problemsWith(withKey + withPassword + withRanges, {})).to.deep.equal([]);
    expect(problemsWith(withPassword, {})).to.deep.equal([]);
  });

  it("is no password in a stack whose service knows the users, with the place of the setting where it stands", () => {
    const placed = { ...serviceManaged, places: { identityProvider: "Pulumi.prod.yaml:9:3" } };
    expect(problemsWith(withKey + withPassword, { dev: serviceManaged, prod: placed })).to.deep.equal([
      'tenants.yaml:4:15: error: "password" is true, and no password opens dev ("identityProvider" is service-managed by default) ' +
        'and prod ("identityProvider" is service-managed, Pulumi.prod.yaml:9:3); leave it out, or change the setting',
    ]);
  });

  it("is no range of addresses there either", () => {
    const signIn = { dev: lambda("PUBLIC_KEY"), prod: serviceManaged };
    expect(problemsWith(withKey + withRanges, signIn)).to.deep.equal([
      'tenants.yaml:4:19: error: "allowedCidrs" restricts nothing in prod ("identityProvider" is service-managed by default); ' +
        'leave it out, say "environments: [dev]", or say "identityProvider: lambda" there',
    ]);
  });

  it("may be a password in the stack that knows it, which the tenant then says it is in", () => {
    const known = { dev: lambda("PUBLIC_KEY_OR_PASSWORD"), prod: serviceManaged };
    expect(problemsWith(withKey + withPassword, known)).to.deep.equal([
      'tenants.yaml:4:15: error: "password" is true, and no password opens prod ("identityProvider" is service-managed by default); ' +
        'leave it out, say "environments: [dev]", or change the setting',
    ]);
    expect(problemsWith(`    environments: [dev]\n${withKey}${withPassword}`, known)).to.deep.equal([]);
  });

  describe("from where its stack lets somebody in", () => {
    const entered = (allowedCidrs: string[]): Readonly<Record<string, PlacedSignIn>> => ({
      dev: { ...lambda("PUBLIC_KEY"), allowedCidrs, places: { allowedCidrs: "Pulumi.dev.yaml:9:3" } },
    });

    for (const allowedCidrs of [["203.0.113.0/24"], ["203.0.0.0/16"], ["203.0.113.64/26"], ["0.0.0.0/0"]]) {
      it(`has an address in ${allowedCidrs.join()}`, () => {
        expect(problemsWith(withKey + withRanges, entered(allowedCidrs))).to.deep.equal([]);
      });
    }

    for (const [allowedCidrs, found] of [
      [["198.51.100.0/24", "2001:db8::/32"], "holds none of them"],
      [[], "lets nobody in"],
    ] as const) {
      it(`has none where that ${found}, with both places`, () => {
        expect(problemsWith(withKey + withRanges, entered([...allowedCidrs]))).to.deep.equal([
          'tenants.yaml:4:19: error: none of these addresses gets as far as the server of dev: its own "allowedCidrs", ' +
            `Pulumi.dev.yaml:9:3, ${found}; add them there, or others here`,
        ]);
      });
    }

    it("is not asked about where it names no ranges itself", () => {
      expect(problemsWith(withKey, entered([]))).to.deep.equal([]);
    });
  });

  it("is judged in the tenant's own stacks alone", () => {
    const inDev = "    environments: [dev]\n";
    const signIn = { dev: lambda("PUBLIC_KEY_OR_PASSWORD"), prod: serviceManaged };
    expect(problemsWith(inDev + withKey + withPassword + withRanges, signIn)).to.deep.equal([]);
  });

  it("is no password where clients show keys alone", () => {
    expect(problemsWith(withKey + withPassword, { dev: lambda("PUBLIC_KEY") })).to.deep.equal([
      'tenants.yaml:4:15: error: "password" is true, and no password opens dev ("authentication" is PUBLIC_KEY, ' +
        "Pulumi.dev.yaml:8:3); leave it out, or change the setting",
    ]);
  });

  for (const authentication of ["PASSWORD", "PUBLIC_KEY_AND_PASSWORD"] as const) {
    it(`has a password where "authentication" is ${authentication}, unless the tenant is suspended`, () => {
      const signIn = { dev: lambda(authentication) };
      expect(problemsWith(withKey, signIn)).to.deep.equal([
        `tenants.yaml:2:11: error: tenant "acme" has no password and could not log in to dev ("authentication" is ${authentication}, ` +
          'Pulumi.dev.yaml:8:3); say "password: true", or "state: suspended"',
      ]);
      expect(problemsWith(`${withKey}    state: suspended\n`, signIn)).to.deep.equal([]);
    });
  }

  const noKey = (where: string, remedy: string) =>
    `tenants.yaml:2:11: error: tenant "acme" has no SSH key and could not log in${where}; add one under sshKeys, ${remedy}or say "state: suspended"`;

  it("may be a password alone where that is enough", () => {
    expect(
      problemsWith(withPassword, { dev: lambda("PUBLIC_KEY_OR_PASSWORD"), prod: lambda("PASSWORD") }),
    ).to.deep.equal([]);
  });

  it("is a key too where both are asked for, which names the setting", () => {
    expect(problemsWith(withPassword, { dev: lambda("PUBLIC_KEY_AND_PASSWORD") })).to.deep.equal([
      noKey(' to dev ("authentication" is PUBLIC_KEY_AND_PASSWORD, Pulumi.dev.yaml:8:3)', ""),
    ]);
  });

  it("is something: neither key nor password is told once, and that either would do where it would", () => {
    const either = lambda("PUBLIC_KEY_OR_PASSWORD");
    expect(problemsWith("", { dev: either, prod: either })).to.deep.equal([noKey("", 'say "password: true", ')]);
    expect(problemsWith("", { dev: either, prod: serviceManaged })).to.deep.equal([noKey("", "")]);
    expect(problemsWith("", { dev: lambda("PASSWORD"), prod: lambda("PASSWORD") })).to.have.length(1);
  });

  it("has ranges in their one spelling, whatever the file's", () => {
    const { tenancy } = loadContent(
      `tenants:\n  - name: acme\n${withKey}    allowedCidrs: ["2001:0DB8:0:0::/32", 203.0.113.0/24]\n`,
    );
    expect(tenancy?.tenants[0]?.allowedCidrs).to.deep.equal(["2001:db8::/32", "203.0.113.0/24"]);
  });
});

describe("a range of addresses", () => {
  const ipv4 = fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 32 }));
  const ipv6 = fc.tuple(fc.ipV6(), fc.integer({ min: 1, max: 128 }));

  it("is corrected to one that is taken, and that is spelled in one way", () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), ([address, prefix]) => {
        const first = readCidr(`${address}/${prefix}`);
        const [, written] = /; write (\S+)$/.exec(first.fault ?? "") ?? [];
        const range = first.range ?? written;
        if (range !== undefined) {
          expect(readCidr(range)).to.deep.equal({ range });
        }
      }),
    );
  });
});
