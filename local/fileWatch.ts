import { readFileSync, statSync, unwatchFile, watchFile } from "node:fs";

/** Between two looks at a file. */
const lookMs = 200;

/** For how long nothing may change before it is looked at what has become of it: an editor's save can be several steps. */
const settleMs = 300;

/**
 * Tells when the text of a file has become another. It looks at the file again and again: what an editor renames over it, a link
 * that leads elsewhere, or a folder of another machine give no notice that could be relied on.
 */
export class FileWatch {
  private readonly texts = new Map<string, string | undefined>();
  private timer: NodeJS.Timeout | undefined;
  private readonly wait = (): void => {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), settleMs);
  };

  /** @param onChange Called once for several saves that follow each other closely; not when the text is the same again. */
  constructor(private readonly onChange: () => void) {}

  /** Watches these files from now on, and no others. They need not exist. */
  watch(files: readonly string[]): void {
    for (const file of [...this.texts.keys()].filter((each) => !files.includes(each))) {
      this.forget(file);
    }
    for (const file of files.filter((each) => !this.texts.has(each))) {
      this.texts.set(file, textOf(file));
      watchFile(file, { interval: lookMs, persistent: false }, this.wait);
      // The watch begins a moment later than this.
      this.wait();
    }
  }

  close(): void {
    clearTimeout(this.timer);
    [...this.texts.keys()].forEach((file) => this.forget(file));
  }

  private forget(file: string): void {
    unwatchFile(file, this.wait);
    this.texts.delete(file);
  }

  private look(): void {
    const changed = [...this.texts].flatMap(([file, before]) => {
      const text = textOf(file);
      return text === before ? [] : [[file, text] as const];
    });
    changed.forEach(([file, text]) => this.texts.set(file, text));
    if (changed.length > 0) {
      this.onChange();
    }
  }
}

/** @returns Undefined while there is no file that can be read. */
function textOf(file: string): string | undefined {
  try {
    // Of a pipe there may never be anything to read.
    return statSync(file).isFile() ? readFileSync(file, "utf8") : undefined;
  } catch {
    return undefined;
  }
}
