import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { readFileSync } from "node:fs";
import { stackSettings, type StackSettings } from "../../settings/stackSettings";
import { formatProblem } from "../../tenancy/problem";

const projectFile = readFileSync(resolve(__dirname, "../../Pulumi.yaml"), "utf8");

/** What each stack file has to say. */
export const required = `config:
  aws:region: eu-central-1
  sftp-gateway:protect: false
  sftp-gateway:logRetentionDays: 14
  sftp-gateway:noncurrentVersionDays: 7
`;

/** Reads the settings of a stack `dev` with this stack file and the project's own Pulumi.yaml, or another one. */
export function settingsOf(stackFile: string, otherProjectFile = projectFile): StackSettings {
  const directory = mkdtempSync(join(tmpdir(), "settings-"));
  try {
    writeFileSync(join(directory, "Pulumi.yaml"), otherProjectFile);
    writeFileSync(join(directory, "Pulumi.dev.yaml"), stackFile);
    const { problems, ...settings } = stackSettings(directory, "dev");
    const path = `${relative(".", directory)}/`;
    return {
      ...settings,
      problems: problems.map((problem) => ({
        ...problem,
        file: problem.file.replace(path, ""),
        message: problem.message.replaceAll(path, ""),
      })),
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The problems of a stack file as a command prints them. */
export function problemsOf(stackFile: string, otherProjectFile?: string): string[] {
  return settingsOf(stackFile, otherProjectFile).problems.map(formatProblem);
}
