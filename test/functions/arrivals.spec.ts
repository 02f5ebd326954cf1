import { createHash } from "node:crypto";
import { expect } from "chai";
import fc from "fast-check";
import { spacePrefix, tenantPrefix } from "../../access/grant";
import type { Arrival } from "../../functions/on-upload/arrival";
import { announcementOf, type UploadEvent } from "../../functions/on-upload/event";
import { readArrivals } from "../../functions/on-upload/readArrivals";
import { partialUploadPattern } from "../../uploads/partialUploads";
import {
  arrivalOf,
  landingBucket,
  s3Record,
  s3TestMessage,
  snsInvocation,
  transferEvent,
  type Put,
} from "./invocations";
import { anyCharacter } from "../fixtures/anyCharacter";

function uploadOf(input: unknown): UploadEvent {
  const [arrival, ...more] = readArrivals(input);
  expect(more).to.deep.equal([]);
  if (arrival?.kind !== "upload") {
    throw new Error(`not an upload: ${JSON.stringify(arrival)}`);
  }
  return arrival.event;
}

function messageOf(arrival: Arrival | undefined): string {
  return arrival?.kind === "unreadable" && arrival.error instanceof Error ? arrival.error.message : "";
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const uploaded = (put: Put) => uploadOf(arrivalOf(put));

describe("a record of S3", () => {
  it("becomes the event, with every field of the contract and no other", () => {
    expect(
      uploaded({ key: `${tenantPrefix("acme")}inbox/a.csv`, size: 7, etag: "e7", versionId: "v1", sequencer: "00A1" }),
    ).to.deep.equal({
      owner: "tenant:acme",
      key: `${tenantPrefix("acme")}inbox/a.csv`,
      path: "inbox/a.csv",
      size: 7,
      etag: "e7",
      versionId: "v1",
      sequencer: "00A1",
      at: "2026-10-01T06:30:00.123Z",
      uploadId: sha256(`["${landingBucket}","${tenantPrefix("acme")}inbox/a.csv","v1"]`),
      complete: true,
    });
  });

  for (const name of [
    "a b.csv",
    "1+1=2.csv",
    "100%.csv",
    "%20.csv",
    "Größe 統計 🚀.csv",
    "it's (new)~*!.csv",
    "a&b?c#d.csv",
  ]) {
    it(`names the file as its owner does: ${name}`, () => {
      expect(uploaded({ key: `${tenantPrefix("acme")}${name}` }).path).to.equal(name);
    });
  }

  it("gives back any key, encoded as S3 does", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (name) => {
        const key = `${tenantPrefix("acme")}x ${name.replaceAll(/\.{2,}/g, ".")}.x`;
        const { path, ...event } = uploaded({ key });
        expect(event.key)
          .to.equal(key)
          .and.to.equal(tenantPrefix("acme") + path);
      }),
    );
  });

  for (const [how, eventName] of [
    ["a large file", "ObjectCreated:CompleteMultipartUpload"],
    ["a renamed file", "ObjectCreated:Copy"],
    ["a form's file", "ObjectCreated:Post"],
  ] as const) {
    it(`announces ${how}`, () => {
      expect(uploaded({ key: `${tenantPrefix("acme")}a`, eventName, etag: "9b2c-3" }).etag).to.equal("9b2c-3");
    });
  }

  it("has one upload id for one version, and another for every other version, key and bucket", () => {
    const ids = [
      { key: `${tenantPrefix("acme")}a`, versionId: "v1" },
      { key: `${tenantPrefix("acme")}a`, versionId: "v2" },
      { key: `${tenantPrefix("acme")}b`, versionId: "v1" },
    ].map((put) => uploaded(put).uploadId);
    expect(new Set(ids).size).to.equal(3);
    expect(uploaded({ key: `${tenantPrefix("acme")}a`, versionId: "v1", sequencer: "FF", size: 0 }).uploadId).to.equal(
      ids[0],
    );
  });

  for (const [how, versionId] of [
    ["keeps no versions", null],
    ["keeps them no longer", "null"],
  ] as const) {
    it(`is told apart by its sequencer where the bucket ${how}`, () => {
      const first = uploaded({ key: `${tenantPrefix("acme")}a`, versionId, sequencer: "01" });
      const second = uploaded({ key: `${tenantPrefix("acme")}a`, versionId, sequencer: "02" });
      expect(first.versionId).to.equal(versionId);
      expect(first.uploadId).not.to.equal(second.uploadId);
    });
  }

  it("is ignored as daily business where it is a folder's marker", () => {
    const key = `${tenantPrefix("acme")}inbox/`;
    const reason = "a folder's marker";
    expect(readArrivals(arrivalOf({ key }))).to.deep.equal([{ kind: "ignored", expected: true, reason, key }]);
  });

  it("is ignored, as something to look at, where its key leads out of the tenant's part", () => {
    const key = `${tenantPrefix("acme")}../globex/a.csv`;
    expect(readArrivals(arrivalOf({ key }))[0]).to.include({ kind: "ignored", expected: false, key });
    expect(readArrivals(transferEvent({ key }))[0]).to.include({ kind: "ignored", expected: false, key });
  });

  it("is ignored, as something to look at, outside of tenants/ and shared/", () => {
    expect(readArrivals(arrivalOf({ key: "inventory/manifest.json" }))).to.deep.equal([
      {
        kind: "ignored",
        expected: false,
        reason: "the key belongs to no tenant and no space",
        key: "inventory/manifest.json",
      },
    ]);
  });

  it("is ignored, as something to look at, when it is no upload", () => {
    const [arrival] = readArrivals(arrivalOf({ key: `${tenantPrefix("acme")}a`, eventName: "ObjectRemoved:Delete" }));
    expect(arrival).to.include({ kind: "ignored", expected: false, reason: "ObjectRemoved:Delete is no upload" });
  });

  it("that cannot be read holds up none of its neighbours, and its message names the field, not the value", () => {
    const broken = s3Record({ key: `${tenantPrefix("acme")}secret-name` });
    broken.s3.object.size = "large" as unknown as number;
    const malformed = s3Record({ key: "x" });
    malformed.s3.object.key = `${tenantPrefix("acme")}%E0%A4%A`;
    const arrivals = readArrivals(
      snsInvocation({ Records: [broken, s3Record({ key: `${tenantPrefix("acme")}a` }), malformed] }, "not JSON", {}),
    );
    expect(arrivals.map(({ kind }) => kind)).to.deep.equal([
      "unreadable",
      "upload",
      "unreadable",
      "unreadable",
      "unreadable",
    ]);
    expect(messageOf(arrivals[0])).to.equal("the S3 record has no number of bytes at s3.object.size");
    expect(messageOf(arrivals[4])).to.equal("the S3 notification has no list at Records");
  });
});

describe("an invocation", () => {
  it("may carry several messages of several records", () => {
    const records = ["a", "b", "c"].map((name) => s3Record({ key: `${tenantPrefix("acme")}${name}` }));
    const arrivals = readArrivals(snsInvocation({ Records: records.slice(0, 2) }, { Records: records.slice(2) }));
    expect(arrivals.flatMap((arrival) => (arrival.kind === "upload" ? arrival.event.path : []))).to.deep.equal([
      "a",
      "b",
      "c",
    ]);
  });

  it("by S3's test of the notification announces nothing", () => {
    expect(readArrivals(snsInvocation(s3TestMessage))).to.deep.equal([
      { kind: "ignored", expected: true, reason: "S3 tests its notification" },
    ]);
  });

  for (const input of [undefined, null, "text", {}, { Records: {} }, { source: "aws.s3", detail: {} }]) {
    it(`of another kind is unreadable: ${JSON.stringify(input)}`, () => {
      expect(messageOf(readArrivals(input)[0])).to.equal("the invocation has no list at Records");
    });
  }
});

describe("Transfer Family's event of an upload cut short", () => {
  const key = `${tenantPrefix("acme")}inbox/Größe 100%+.csv`;

  it("becomes an event of the same path that is not complete; the key is not encoded", () => {
    const { uploadId, ...event } = uploadOf(transferEvent({ key }));
    expect(event).to.deep.equal({
      owner: "tenant:acme",
      key,
      path: uploaded({ key }).path,
      size: 4100,
      etag: "b6d81b360a5672d80c27430f39153e2c",
      versionId: null,
      sequencer: null,
      at: "2026-10-01T06:30:27.000Z",
      complete: false,
    });
    expect(uploadId).not.to.equal(uploaded({ key }).uploadId);
  });

  it("is what the rule's pattern asks EventBridge for", () => {
    const { source, "detail-type": type, detail } = transferEvent({ key });
    expect(partialUploadPattern(detail["server-id"])).to.deep.equal({
      source: [source],
      "detail-type": [type],
      detail: { "server-id": [detail["server-id"]], "failure-code": [detail["failure-code"]] },
    });
  });

  it("has the id of the event, so that the next one about this path is another", () => {
    const [first, again, second] = ["1", "1", "2"].map((id) => uploadOf(transferEvent({ key, id })).uploadId);
    expect(first).to.equal(again);
    expect(first).not.to.equal(second);
  });

  for (const other of [
    { code: "UNKNOWN_ERROR" },
    { type: "SFTP Server File Download Failed", code: "PARTIAL_DOWNLOAD" },
  ]) {
    it(`is not ${JSON.stringify(other)}: ignored, as something to look at`, () => {
      expect(readArrivals(transferEvent({ key, ...other }))[0]).to.include({ kind: "ignored", expected: false });
    });
  }

  it("without a key is unreadable", () => {
    const event = transferEvent({ key });
    event.detail["file-path"] = `/${landingBucket}`;
    expect(messageOf(readArrivals(event)[0])).to.equal("the Transfer Family event's file-path is not /bucket/key");
  });
});

describe("an announcement", () => {
  it("holds the event as JSON that SQS takes, whatever the name, and what filter policies look at", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, minLength: 1 }), (name) => {
        const event = uploaded({ key: `${spacePrefix("catalogue")}\ufffe\uffff\u0007${name}.x` });
        const { message, attributes } = announcementOf(event);
        expect(JSON.parse(message)).to.deep.equal(event);
        // Amazon SQS API Reference, SendMessage: #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF
        expect(message).to.match(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
        expect(attributes).to.deep.equal({ owner: "space:catalogue", complete: "true" });
      }),
    );
  });
});
