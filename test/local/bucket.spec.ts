import { expect } from "chai";
import fc from "fast-check";
import fs, { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mock } from "node:test";
import { Bucket } from "../../local/objects/bucket";
import { NotPlainError } from "../../local/objects/plainFolder";
import { temporaryFolder } from "./setting/running";

describe("a bucket on a folder", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let bucket: Bucket;
  beforeEach(() => {
    folder = temporaryFolder();
    mkdirSync(join(folder.path, "bucket"));
    bucket = new Bucket(join(folder.path, "bucket"), { caseSensitive: true });
  });
  afterEach(() => folder.remove());

  const put = (key: string, content = key) => {
    const file = join(folder.path, "upload");
    writeFileSync(file, content);
    bucket.put(key, file);
  };
  const names = (prefix: string) =>
    bucket.list(prefix).map(({ name, kind }) => (kind === "prefix" ? `${name}/` : name));

  it("holds an object and objects below its name, whichever comes first", () => {
    put("a");
    put("a/b");
    put("c/d");
    put("c");
    expect(names("")).to.have.members(["a", "a/", "c", "c/"]);
    expect(readFileSync(join(folder.path, "bucket/a%file"), "utf8")).to.equal("a");
    expect(bucket.head("a")?.size).to.equal(1);
    expect(bucket.head("c")?.size).to.equal(1);
  });

  it("gives a file its plain name back when the folder goes", () => {
    put("a");
    put("a/b");
    bucket.delete("a/b");
    expect(readdirSync(join(folder.path, "bucket"))).to.deep.equal(["a"]);
  });

  it("lists what a person puts into the folder", () => {
    mkdirSync(join(folder.path, "bucket/inbox"));
    writeFileSync(join(folder.path, "bucket/inbox/by hand.txt"), "x");
    expect(names("inbox/")).to.deep.equal(["by hand.txt"]);
  });

  it("does not list a folder with nothing in it, which S3 does not have", () => {
    mkdirSync(join(folder.path, "bucket/empty/deeper"), { recursive: true });
    expect(names("")).to.deep.equal([]);
    expect(bucket.hasPrefix("empty/")).to.equal(false);
  });

  it("looks a few folders deep for what is in one, however deep a client has made it", () => {
    for (const folder of ["0", "1"]) {
      put(`inbox/${folder}/${"a/".repeat(490)}b`);
    }
    const { opened, closed } = foldersRead(() => {
      expect(names("inbox/")).to.deep.equal(["0/", "1/"]);
    });
    expect(opened).to.be.lessThan(20);
    expect(closed).to.equal(opened);
    expect(bucket.hasPrefix(`inbox/0/${"a/".repeat(480)}`)).to.equal(true);
  });

  it("keeps an empty folder as long as its marker", () => {
    put("inbox/", "");
    put("inbox/a");
    bucket.delete("inbox/a");
    expect(bucket.hasPrefix("inbox/")).to.equal(true);
    expect(names("inbox/")).to.deep.equal([]);
    bucket.delete("inbox/");
    expect(bucket.hasPrefix("inbox/")).to.equal(false);
  });

  it("never follows a symbolic link, be it the object or on the way to it", () => {
    writeFileSync(join(folder.path, "secret"), "secret");
    symlinkSync(join(folder.path, "secret"), join(folder.path, "bucket/link"));
    symlinkSync(folder.path, join(folder.path, "bucket/way"));
    expect(names("")).to.deep.equal([]);
    expect(bucket.open("link")).to.equal(undefined);
    expect(bucket.open("way/secret")).to.equal(undefined);
    bucket.delete("way/secret");
    expect(() => put("link")).to.throw(NotPlainError);
    expect(() => put("way/secret")).to.throw(NotPlainError);
    expect(readFileSync(join(folder.path, "secret"), "utf8")).to.equal("secret");
  });

  it("cannot be left by any key", () => {
    writeFileSync(join(folder.path, "secret"), "secret");
    for (const key of ["../secret", "a/../../secret", "/../secret", "./../secret", join(folder.path, "secret")]) {
      expect(bucket.open(key), key).to.equal(undefined);
      put(key, "mine");
      bucket.delete(key);
    }
    expect(readFileSync(join(folder.path, "secret"), "utf8")).to.equal("secret");
  });

  it("does what S3 does, for any sequence of requests", () => {
    fc.assert(
      fc.property(fc.commands(requests, { maxCommands: 10 }), (commands) => {
        const own = temporaryFolder();
        try {
          mkdirSync(join(own.path, "bucket"));
          const real = { bucket: new Bucket(join(own.path, "bucket"), { caseSensitive: true }), folder: own.path };
          fc.modelRun(() => ({ model: new Map<string, string>(), real }), commands);
        } finally {
          own.remove();
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** How many folders are opened meanwhile, and closed again. */
function foldersRead(work: () => void): { opened: number; closed: number } {
  const opening = mock.method(fs, "opendirSync");
  const closing = mock.method(fs.Dir.prototype, "closeSync");
  try {
    work();
    return { opened: opening.mock.callCount(), closed: closing.mock.callCount() };
  } finally {
    opening.mock.restore();
    closing.mock.restore();
  }
}

type Model = Map<string, string>;
interface Real {
  readonly bucket: Bucket;
  readonly folder: string;
}

/** Few parts, so that keys meet: files that are folders, markers, empty parts, parts that look like escapes. */
const key = fc
  .array(fc.constantFrom("a", "b", "", ".", "a%file", "%", "x".repeat(251)), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join("/"))
  .filter((text) => text !== "");

class Put implements fc.Command<Model, Real> {
  constructor(private readonly key: string) {}
  check = () => true;
  run(model: Model, { bucket, folder }: Real): void {
    const content = `content of ${this.key}`;
    writeFileSync(join(folder, "upload"), content);
    bucket.put(this.key, join(folder, "upload"));
    model.set(this.key, content);
    agree(model, bucket);
  }
  toString = () => `put(${JSON.stringify(this.key)})`;
}

class Delete implements fc.Command<Model, Real> {
  constructor(private readonly key: string) {}
  check = () => true;
  run(model: Model, { bucket }: Real): void {
    bucket.delete(this.key);
    model.delete(this.key);
    agree(model, bucket);
  }
  toString = () => `delete(${JSON.stringify(this.key)})`;
}

class Rename implements fc.Command<Model, Real> {
  constructor(
    private readonly from: string,
    private readonly to: string,
  ) {}
  check = (model: Readonly<Model>) => !model.has(this.to);
  run(model: Model, { bucket }: Real): void {
    const content = model.get(this.from);
    expect(bucket.rename(this.from, this.to)).to.equal(content !== undefined);
    if (content !== undefined) {
      model.delete(this.from);
      model.set(this.to, content);
    }
    agree(model, bucket);
  }
  toString = () => `rename(${JSON.stringify(this.from)}, ${JSON.stringify(this.to)})`;
}

const requests = [
  key.map((text) => new Put(text)),
  key.map((text) => new Delete(text)),
  fc.tuple(key, key).map(([from, to]) => new Rename(from, to)),
];

function agree(model: Model, bucket: Bucket): void {
  const prefixes = new Set([""]);
  for (const [stored, content] of model) {
    expect(bucket.head(stored)?.size, stored).to.equal(content.length);
    for (let slash = stored.indexOf("/"); slash >= 0; slash = stored.indexOf("/", slash + 1)) {
      prefixes.add(stored.slice(0, slash + 1));
    }
  }
  for (const prefix of prefixes) {
    const listed = bucket.list(prefix).map(({ name, kind }) => (kind === "prefix" ? `${name}/` : name));
    expect(listed.sort(), prefix).to.deep.equal(expectedBelow(model, prefix));
    expect(bucket.hasPrefix(prefix)).to.equal([...model.keys()].some((stored) => stored.startsWith(prefix)));
  }
}

/** ListObjectsV2 with the delimiter `/`, by its definition. */
function expectedBelow(model: Model, prefix: string): string[] {
  const below = [...model.keys()].filter((stored) => stored.startsWith(prefix) && stored !== prefix);
  return [...new Set(below.map((stored) => /^[^/]*\/?/.exec(stored.slice(prefix.length))![0]))].sort();
}
