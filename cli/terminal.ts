import { styleText } from "node:util";
import { folded } from "../local/folded";

/** Of lines that are not of the usual kind. */
export type Colour = "red" | "yellow" | "green" | "gray";

/** Shows lines as they are; on a terminal in its width, and with colours unless NO_COLOR or a plain terminal forbids. */
export class Shown {
  constructor(private readonly stream: NodeJS.WriteStream) {}

  /** Characters of a line. Infinity where it is no terminal. */
  get width(): number {
    // A terminal that does not know its width says 0.
    return this.stream.isTTY ? this.stream.columns || 80 : Infinity;
  }

  /** A line as it is, for programs or for a shell. */
  write(line: string): void {
    this.stream.write(`${line}\n`);
  }

  /** @param text One line or several. @param indent Blanks before what a line that is too long goes on with. */
  print(
    text: string,
    { colour, indent = 0 }: { readonly colour?: Colour | undefined; readonly indent?: number } = {},
  ): void {
    const lines = text.split("\n").flatMap((line) => folded(line, this.width, indent));
    this.stream.write(lines.map((line) => `${this.painted(line, colour)}\n`).join(""));
  }

  private painted(line: string, colour: Colour | undefined): string {
    const isPlain = colour === undefined || line === "" || !this.stream.isTTY || !this.stream.hasColors();
    return isPlain ? line : styleText(colour, line);
  }
}

/** Tells why a command cannot do what it should. @param message What the user has to mend. */
export function printError(message: string): void {
  new Shown(process.stderr).print(`error: ${message}`, { colour: "red", indent: 2 });
}
