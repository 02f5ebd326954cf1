/** Lines around a change, as `diff -u` shows by default. */
const context = 3;

/** One line of either text, without its break, and in which of them it is. */
interface Line {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

/** The difference of two texts as `diff -u` and git write it; empty where they are the same. */
export function unifiedDiff(file: string, before: string, after: string): string {
  if (before === after) {
    return "";
  }
  const lines = comparedLines(linesOf(before), linesOf(after));
  const [old, now] = /^(?:\/|\.\.)/.test(file) ? [file, file] : [`a/${file}`, `b/${file}`];
  return `--- ${old}\n+++ ${now}\n${hunksOf(lines).join("")}`;
}

/** With their breaks, so that a last line without one differs from one that has it. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** What begins and ends both is the same, and what lies between is compared. */
function comparedLines(before: readonly string[], after: readonly string[]): Line[] {
  const shorter = Math.min(before.length, after.length);
  let begin = 0;
  while (begin < shorter && before[begin] === after[begin]) {
    begin += 1;
  }
  let end = 0;
  while (end < shorter - begin && before.at(-1 - end) === after.at(-1 - end)) {
    end += 1;
  }
  const [old, now] = [before, after].map((lines) => lines.slice(begin, lines.length - end)) as [string[], string[]];
  const between =
    old.length === 0 || now.length === 0 ? [...marked("-", old), ...marked("+", now)] : shortestWay(old, now);
  return [...marked(" ", before.slice(0, begin)), ...between, ...marked(" ", before.slice(before.length - end))];
}

function marked(mark: Line["mark"], lines: readonly string[]): Line[] {
  return lines.map((text) => ({ mark, text }));
}

/** Source: Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, section 4. */
function shortestWay(before: readonly string[], after: readonly string[]): Line[] {
  const traces: Map<number, number>[] = [];
  let reached = new Map([[1, 0]]);
  for (let edits = 0; ; edits += 1) {
    traces.push(new Map(reached));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = isDownward(reached, diagonal, edits) ? at(reached, diagonal + 1) : at(reached, diagonal - 1) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) {
        x += 1;
      }
      reached = reached.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) {
        return wayBack(traces, before, after);
      }
    }
  }
}

function wayBack(traces: readonly Map<number, number>[], before: readonly string[], after: readonly string[]): Line[] {
  const lines: Line[] = [];
  let [x, y] = [before.length, after.length];
  for (let edits = traces.length - 1; edits >= 0; edits -= 1) {
    const reached = traces[edits] ?? new Map<number, number>();
    const diagonal = x - y;
    const from = isDownward(reached, diagonal, edits) ? diagonal + 1 : diagonal - 1;
    const fromX = edits === 0 ? 0 : at(reached, from);
    const fromY = edits === 0 ? 0 : fromX - from;
    while (x > fromX && y > fromY) {
      lines.push({ mark: " ", text: before[x - 1] ?? "" });
      [x, y] = [x - 1, y - 1];
    }
    if (y > fromY) {
      lines.push({ mark: "+", text: after[y - 1] ?? "" });
    } else if (x > fromX) {
      lines.push({ mark: "-", text: before[x - 1] ?? "" });
    }
    [x, y] = [fromX, fromY];
  }
  return lines.reverse();
}

function isDownward(reached: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  return diagonal === -edits || (diagonal !== edits && at(reached, diagonal - 1) < at(reached, diagonal + 1));
}

function at(reached: ReadonlyMap<number, number>, diagonal: number): number {
  return reached.get(diagonal) ?? 0;
}

/** Changes with the lines around them; those whose surroundings meet are one. */
function hunksOf(lines: readonly Line[]): string[] {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - context), index + context + 1).some(({ mark }) => mark !== " "),
  );
  const hunks: string[] = [];
  const passed = { before: 0, after: 0 };
  for (let index = 0; index < lines.length;) {
    const end = near.indexOf(!near[index], index);
    const part = lines.slice(index, end === -1 ? lines.length : end);
    const count = {
      before: part.filter(({ mark }) => mark !== "+").length,
      after: part.filter(({ mark }) => mark !== "-").length,
    };
    if (near[index] === true) {
      hunks.push(`@@ -${rangeOf(passed.before, count.before)} +${rangeOf(passed.after, count.after)} @@\n`);
      hunks.push(...part.map(shown));
    }
    passed.before += count.before;
    passed.after += count.after;
    index += part.length;
  }
  return hunks;
}

/** Lines count from 1; of none, the line before them is named. */
function rangeOf(passed: number, count: number): string {
  return count === 1 ? `${passed + 1}` : `${count === 0 ? passed : passed + 1},${count}`;
}

function shown({ mark, text }: Line): string {
  return text.endsWith("\n") ? mark + text : `${mark}${text}\n\\ No newline at end of file\n`;
}
