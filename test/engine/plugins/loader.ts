/** Set to `ts-node` for runs whose program is to be loaded as the official language host has it loaded. */
export const loaderVariable = "ENGINE_TESTS_LOADER";

/** The environment for such a run. */
export const asUsersLoadIt: Readonly<Record<string, string>> = { [loaderVariable]: "ts-node" };
