import { dirname, isAbsolute, relative, resolve } from "node:path";

/**
 * The folder in which npm was called, where npm has started this process: in the project's folder, whatever that was. It is
 * taken out of the environment, as it says nothing to processes that this one starts.
 */
const caller = takeCaller(process.env);

function takeCaller(environment: NodeJS.ProcessEnv): string | undefined {
  const { INIT_CWD: folder, npm_package_json: project = "" } = environment;
  delete environment["INIT_CWD"];
  return dirname(project) === process.cwd() && folder !== process.cwd() ? folder : undefined;
}

/** A path as whoever calls has written it, seen from this process's folder. */
export function callersPath(path: string): string {
  return caller === undefined || isAbsolute(path) ? path : relative(".", resolve(caller, path)) || ".";
}
