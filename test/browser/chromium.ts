import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

/** CI says that it has installed one. */
const isInstalled = process.env["SFTP_BROWSER"] === "installed";

const names = ["chromium", "chromium-browser", "google-chrome"];

const places = [
  ...(process.env["PATH"] ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name))),
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * The system's Chromium without a window; undefined where there is none.
 * @param flags Of the browser.
 */
export async function startedChromium(...flags: string[]): Promise<Browser | undefined> {
  const executablePath = places.find((place) => existsSync(place));
  // It must ask nobody for updates, and whoever runs this may be root, for whom its sandbox does not work.
  const args = ["--disable-background-networking", "--disable-component-update", ...flags];
  return executablePath === undefined ? undefined : chromium.launch({ executablePath, args });
}

/** The same for a suite, which is skipped without it, but not where CI has installed it. */
export async function chromiumOf(suite: Mocha.Context, ...flags: string[]): Promise<Browser> {
  const browser = await startedChromium(...flags);
  if (browser === undefined) {
    if (isInstalled) {
      throw new Error("Chromium is said to be installed, and is not");
    }
    suite.skip();
  }
  return browser;
}
