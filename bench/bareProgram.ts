import { readFileSync } from "node:fs";
import type { Deployment } from "../synth/deployment";
import { synthesise } from "../synth/synthesise";
import { registerLeaves } from "./leaves";
import { projectDirectory } from "../cli/command";

/** The floor of `synth`: a program that registers the same leaf resources under the same monitor. */
async function main(file: string): Promise<void> {
  const { stack, resources } = JSON.parse(readFileSync(file, "utf8")) as Deployment;
  const program = () => {
    registerLeaves(resources);
    return Promise.resolve({});
  };
  const deployment = await synthesise({ directory: projectDirectory, stack, program });
  process.stdout.write(JSON.stringify(deployment));
}

void main(process.argv[2] ?? "");
