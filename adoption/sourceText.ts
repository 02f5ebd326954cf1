import { readFileSync } from "node:fs";
import { UserError } from "../userError";

/**
 * The text of a file: UTF-8, or the UTF-16 that PowerShell and spreadsheets write, which begins with its byte order mark.
 * @throws UserError for bytes that are neither.
 */
export function sourceText(file: string): string {
  const bytes = readFileSync(file);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const text = new TextDecoder(isUtf16 ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) {
      return text;
    }
  } catch (error) {
    if (!(error instanceof TypeError)) {
      throw error;
    }
  }
  throw new UserError(`${file}: this is no text in UTF-8 or UTF-16; save it as UTF-8`);
}
