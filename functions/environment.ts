/** A function's environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** @throws Error with the name of a variable that is not set, or empty. */
export function required(environment: Environment, name: string): string {
  const value = environment[name];
  if (!value) {
    throw new Error(`the environment variable ${name} is not set`);
  }
  return value;
}
