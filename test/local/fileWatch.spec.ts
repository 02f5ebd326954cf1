import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { appendFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FileWatch } from "../../local/fileWatch";
import { temporaryFolder } from "./setting/running";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("a watch on files", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let file: string;
  let changes: number;
  let watch: FileWatch;

  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder.path, "tenants.yaml");
    writeFileSync(file, "before");
    changes = 0;
    watch = new FileWatch(() => (changes += 1));
    watch.watch([file]);
  });
  afterEach(() => {
    watch.close();
    folder.remove();
  });

  /** Waits for so many changes, and for one too many. */
  async function changed(times: number): Promise<void> {
    for (let waited = 0; changes < times && waited < 8000; waited += 20) {
      await pause(20);
    }
    await pause(900);
    expect(changes).to.equal(times);
  }

  it("waits for no writer of a pipe that takes the file's place", async () => {
    rmSync(file);
    execFileSync("mkfifo", [file]);
    await changed(1);
    rmSync(file);
    writeFileSync(file, "after");
    await changed(2);
  });

  const saves: Readonly<Record<string, () => Promise<void> | void>> = {
    "that is written in place": () => writeFileSync(file, "after"),
    "that another one is renamed over": () => {
      writeFileSync(`${file}.new`, "after");
      renameSync(`${file}.new`, file);
    },
    "that is moved away before it is written anew": async () => {
      renameSync(file, `${file}~`);
      await pause(100);
      writeFileSync(file, "after");
    },
    "that is emptied before it is written": async () => {
      truncateSync(file);
      await pause(100);
      appendFileSync(file, "after");
    },
    "that is saved several times in a row": async () => {
      for (let save = 0; save < 10; save += 1) {
        writeFileSync(file, `after ${save}`);
        await pause(50);
      }
    },
    "that is a link which leads elsewhere": () => {
      writeFileSync(join(folder.path, "other"), "after");
      symlinkSync(join(folder.path, "other"), `${file}.link`);
      renameSync(`${file}.link`, file);
    },
    "that is gone": () => rmSync(file),
  };
  for (const [what, save] of Object.entries(saves)) {
    it(`tells once of a file ${what}`, async () => {
      await save();
      await changed(1);
    });
  }

  it("tells of a save that follows another one, by whatever way", async () => {
    await saves["that another one is renamed over"]!();
    await changed(1);
    writeFileSync(file, "and then");
    await changed(2);
  });

  it("tells nothing of a save that changes nothing", async () => {
    writeFileSync(file, "before");
    await changed(0);
  });

  it("tells of a file that comes to be", async () => {
    watch.watch([file, join(folder.path, "new")]);
    writeFileSync(join(folder.path, "new"), "new");
    await changed(1);
  });

  it("tells nothing of a file that it need not watch any more, nor after its end", async () => {
    watch.watch([join(folder.path, "other")]);
    writeFileSync(file, "after");
    await changed(0);
    watch.close();
    writeFileSync(join(folder.path, "other"), "after");
    await changed(0);
  });
});
