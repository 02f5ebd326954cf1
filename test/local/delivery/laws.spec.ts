import { expect } from "chai";
import fc from "fast-check";
import { rootPrefixes, tenantPrefix } from "../../../access/grant";
import { gatewayNames } from "../../../names";
import { listenerPlans } from "../../../uploads/listeners";
import { announcementOf, uploadEvent } from "../../../functions/on-upload/event";
import { placeOf } from "../../../uploads/owner";
import { readArrivals } from "../../../functions/on-upload/readArrivals";
import { filterOf, patternOf } from "../../../local/delivery/deployed/patterns";
import { nextSequencer, s3Record } from "../../../local/delivery/shapes/s3Record";
import { NotServedError } from "../../../local/service/notServed";
import type { Listener } from "../../../tenancy/listener";
import { arrivalOf, encodeKey } from "../../functions/invocations";
import { anyCharacter } from "../../fixtures/anyCharacter";

const scope = { partition: "aws", region: "eu-central-1", account: "123456789012" };
const ownQueue: Listener = { kind: "own-queue", readers: [], environments: ["dev"] };
const listening = (name: string) => ({ name, notify: [ownQueue] });

/** Names that begin one another, as tenants and spaces alike. */
const names = ["acme", "acme-", "acme-corp", "acm", "catalogue"];
const plans = listenerPlans(scope, gatewayNames("project-test", scope.account), {
  tenants: names.map(listening),
  spaces: names.map(listening),
});

describe("the filters of the subscriptions", () => {
  it("let exactly the listener of the owning tenant or space hear, whatever the key", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(rootPrefixes.tenants, rootPrefixes.shared),
        fc.constantFrom(...names),
        fc.string({ unit: anyCharacter, minLength: 1 }),
        fc.boolean(),
        (root, name, path, complete) => {
          const key = `${root}${name}/${path}`;
          const facts = {
            size: 1,
            etag: null,
            versionId: "1",
            sequencer: "1",
            at: "2026-01-01T00:00:00.000Z",
            complete,
          };
          const event = uploadEvent({ bucket: "b", key, version: "1" }, placeOf(key)!, facts);
          const hearing = plans.filter(({ filterPolicy, id }) =>
            filterOf(filterPolicy, id)(announcementOf(event).attributes),
          );
          expect(hearing.map(({ id }) => id)).to.deep.equal([
            `${root === rootPrefixes.tenants ? "tenant" : "space"}-${name}`,
          ]);
        },
      ),
    );
  });

  it("want every attribute that they name, with one of its values", () => {
    const wants = filterOf('{"owner":["a","b"],"complete":["true"]}', "x");
    expect(wants({ owner: "b", complete: "true" })).to.equal(true);
    expect(wants({ owner: "c", complete: "true" })).to.equal(false);
    expect(wants({ owner: "a" })).to.equal(false);
    expect(filterOf(undefined, "x")({})).to.equal(true);
  });

  for (const policy of [
    '{"owner":[{"prefix":"tenant:"}]}',
    '{"owner":[{"anything-but":["x"]}]}',
    '{"owner":[1]}',
    '{"owner":"x"}',
    '{"$or":[{"owner":["x"]}]}',
    "[]",
    "owner",
  ]) {
    it(`are refused when they ask for what is not reproduced: ${policy}`, () => {
      expect(() => filterOf(policy, 'TopicSubscription "x"')).to.throw(
        NotServedError,
        /TopicSubscription "x": "filterPolicy"/,
      );
    });
  }
});

describe("the pattern of a rule", () => {
  it("takes an event whose fields have one of the values, also within a list, and no other", () => {
    const takes = patternOf('{"source":["a","b"],"detail":{"code":[1,null],"tags":["x"]}}', "rule");
    expect(takes({ source: "b", detail: { code: 1, tags: ["y", "x"] }, more: true })).to.equal(true);
    expect(takes({ source: "b", detail: { code: null, tags: "x" } })).to.equal(true);
    expect(takes({ source: "c", detail: { code: 1, tags: "x" } })).to.equal(false);
    expect(takes({ source: "a", detail: { code: "1", tags: "x" } })).to.equal(false);
    expect(takes({ source: "a", detail: "x" })).to.equal(false);
    expect(takes({ source: "a" })).to.equal(false);
    expect(takes("a")).to.equal(false);
  });

  for (const [pattern, message] of [
    ['{"detail":{"code":[{"prefix":"P"}]}}', /asks for more than exact values of "detail.code"/],
    ['{"source":"aws.transfer"}', /neither fields nor a list at "source"/],
    ["source", /is not JSON/],
  ] as const) {
    it(`is refused when it asks for what is not reproduced: ${pattern}`, () => {
      expect(() => patternOf(pattern, 'EventRule "x"')).to.throw(NotServedError, message);
    });
  }
});

describe("a record of S3 made here", () => {
  const created = {
    by: "ObjectCreated:Put",
    bucket: { name: "b", arn: "arn:aws:s3:::b" },
    size: 1,
    etag: "e",
    versionId: "v",
    at: new Date(0),
    region: "r",
    principalId: "AWS:x",
    sourceIp: "127.0.0.1",
  } as const;

  it("names the key as S3 encodes it, and the function reads the same key from it", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, minLength: 1 }), (name) => {
        const key = `${tenantPrefix("acme")}${name}.x`;
        const record = s3Record({ ...created, key, sequencer: "1" }, "arrivals");
        expect(record.s3.object.key).to.equal(encodeKey(key));
        const input = arrivalOf({ key: "x" });
        input.Records[0]!.Sns.Message = JSON.stringify({ Records: [record] });
        const [arrival] = readArrivals(input);
        expect(arrival?.kind === "upload" && arrival.event.key).to.equal(key);
      }),
    );
  });

  it("has a sequencer that grows, as text of one length", () => {
    const sequence = Array.from({ length: 2000 }, nextSequencer);
    expect([...new Set(sequence)].sort()).to.deep.equal(sequence);
    expect(new Set(sequence.map(({ length }) => length))).to.deep.equal(new Set([18]));
  });
});
