import type { DenialCause } from "../access/logins";

/**
 * What is asked of a login, in this order; the first that does not hold is the cause of a denial. What the function that
 * decides logins asks has its names; the others are asked by Transfer Family, or before by what is deployed at all.
 */
export const loginQuestions = {
  handshake: "client and server have an algorithm in common",
  "tenants-name": "the login name is given, where the tenant has another name than its login",
  unknown: "somebody has the login",
  suspended: "the tenant is active",
  "other-stack": "the tenant is one of this stack's",
  "not-deployed": "the deployment has the tenant that tenants.yaml has",
  network: "the address gets as far as the server",
  stopped: "nobody has stopped the tenant",
  address: "the address lies in one of the tenant's ranges",
  "not-offered": "the server takes this way of logging in",
  "key-expired": "a key of the tenant is left on the day",
  "expired-key": "the last day of the key that is shown has not passed",
  "no-password": "the tenant may have a password",
  "wrong-key": "the key that is shown is one of the tenant's",
  "no-key": "a key is shown",
  password: "the password is the tenant's, and its end has not come",
  role: "the service may take on the user's role",
} as const satisfies Readonly<Record<string, string>> & Readonly<Partial<Record<DenialCause, string>>>;

export type LoginCause = keyof typeof loginQuestions;
