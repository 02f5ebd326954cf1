import type { LoginRecord } from "../access/loginRecord";
import type { DenialCause } from "../access/logins";
import { decide } from "../functions/identity-provider/decision";
import { readAddress } from "../iam/addressRange";
import { valueOf } from "../inventory/resources";
import type { DeployedUser } from "../inventory/user";
import { authentications, type Authentication } from "../tenancy/signIn";
import type { LoginQuestion } from "./loginQuestion";
import type { Known } from "./subject";

/** Whether a function is asked about the logins of the user's server. */
export function isAsked(
  { inventory }: Pick<Known, "inventory">,
  { serverId }: Pick<DeployedUser, "serverId">,
): boolean {
  const server = inventory.servers.find(({ id }) => id === serverId)?.resource;
  return server !== undefined && valueOf(server, "identityProviderType") === "AWS_LAMBDA";
}

/** What the server takes; one whose users the service manages takes keys alone. */
export function authenticationOf(known: Known, user: DeployedUser): Authentication {
  const server = known.inventory.servers.find(({ id }) => id === user.serverId)?.resource;
  const said = server && valueOf(server, "sftpAuthenticationMethods");
  return isAsked(known, user)
    ? (authentications.find((each) => each === said) ?? "PUBLIC_KEY_OR_PASSWORD")
    : "PUBLIC_KEY";
}

/** What is shown; where nothing is said of it, what the tenant has, a password before a key. */
export function wayOf(
  { password }: Pick<DeployedUser, "password">,
  authentication: Authentication,
  { key, way }: LoginQuestion,
): "key" | "password" {
  if (key !== undefined) {
    return "key";
  }
  const takesPassword = authentication === "PASSWORD" || (authentication !== "PUBLIC_KEY" && password);
  return way ?? (takesPassword ? "password" : "key");
}

/** The cause that the function's own code gives, on what is known without its table; undefined where it has none. */
export function causeByProvider(
  user: DeployedUser,
  authentication: Authentication,
  question: LoginQuestion,
): DenialCause | undefined {
  const { address, now } = question;
  const anywhere = { family: "ipv4", text: "0.0.0.0" } as const;
  const { allowedCidrs, ...record } = recordOf(user);
  const from = address === undefined ? undefined : readAddress(address);
  const decision = decide(
    {
      userName: user.userName,
      password: wayOf(user, authentication, question) === "password" ? "?" : undefined,
      address: from ?? anywhere,
    },
    {
      record: { value: from === undefined || allowedCidrs === undefined ? record : { ...record, allowedCidrs } },
      credentials: { value: undefined },
      hash: { value: undefined },
    },
    authentication,
    now,
  );
  return decision.admitted ? undefined : decision.cause;
}

function recordOf({
  userName,
  tenant = userName,
  roleArn,
  session,
  keys,
  password,
  allowedCidrs,
}: DeployedUser): LoginRecord {
  return {
    userName,
    tenant,
    role: roleArn,
    policy: session?.text ?? "",
    mappings: "[]",
    keys: keys.map(({ body, expires }) => ({ key: body, ...(expires === undefined ? {} : { expires }) })),
    password,
    ...(allowedCidrs === undefined ? {} : { allowedCidrs }),
  };
}
