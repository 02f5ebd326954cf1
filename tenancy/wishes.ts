/** What people look for in tenants.yaml under other names, or in vain; the keys are folded by {@link folded}. */
const wishes: readonly (readonly [keys: string, answer: string])[] = [
  [
    "passwords passwd passwordhash passwordlogin",
    '"password: true" lets it log in with one, which "npm run password" draws; none stands in this file',
  ],
  [
    "allowedips allowedaddresses allowlist whitelist ipallowlist ipwhitelist cidrs ips sourceips sourceip",
    'the addresses that it may come from stand under "allowedCidrs"',
  ],
  [
    "home homedir homedirectory homedirectorymappings homedirectorytype chroot root rootdirectory directory basepath",
    'where its files lie follows from "name", what its client sees from "path" in "folders" ' +
      '(docs/OPERATIONS.md, "Folders that partners already use")',
  ],
  ["quota quotas storagequota maxsize maxstorage maxfilesize", "quotas are not offered: S3 has none"],
  ["key keys publickey publickeys sshpublickeys sshpublickeybody authorizedkeys", 'public keys stand under "sshKeys"'],
  ["permission permissions rights mode readonly", 'what it may do is said by "access"'],
  [
    "role rolearn policy policies sessionpolicy",
    'roles and policies follow from "access", "folders" and "spaces" (docs/ISOLATION.md)',
  ],
  ["member members", 'who is a member of a space says so itself, under its own "spaces"'],
  ["enabled disabled active locked suspended", 'write "state: active" or "state: suspended"'],
  ["user login loginname", 'the login name is "userName"'],
  ["email mail", 'whom to ask is "contact", who hears of uploads "notify"'],
  ["webhook webhooks notification notifications onupload", 'who hears of uploads is said by "notify"'],
  [
    "expires expiry expiration validuntil",
    'it is keys that have a last day: write "- { key, expires }" under "sshKeys"',
  ],
  ["retention lifecycle deleteafter", 'how long files are kept is said by "retentionDays"'],
  [
    "scan virusscan antivirus pgp decrypt encryption",
    'files are neither scanned nor decrypted (README.md, "What it does not do")',
  ],
  ["protocol protocols ftp ftps as2", "SFTP is the only protocol that is offered"],
];

const answers: ReadonlyMap<string, string> = new Map(
  wishes.flatMap(([keys, answer]) => keys.split(" ").map((key): [string, string] => [key, answer])),
);

/** What people look for beside a public key: the wishes of a tenant make no sense there. */
const ofKeys: ReadonlyMap<string, string> = new Map([
  ...["name", "comment", "label", "title", "description", "id"].map(
    (key) => [key, "what a key is called stands behind its text, as its comment"] as const,
  ),
  ...["value", "body", "text", "publickey", "pubkey", "sshkey"].map(
    (key) => [key, 'the line of the .pub file stands under "key"'] as const,
  ),
]);

/** What people look for in a listener. */
const ofListeners: ReadonlyMap<string, string> = new Map(
  ["type", "kind", "address", "endpoint", "target", "to", "url", "webhook", "protocol"].map((key) => [
    key,
    "a listener is one key that says its kind and where it is, as email: ops@acme.example",
  ]),
);

/**
 * Where a wish is answered that an unknown key stands for, or that it is not; undefined for any other key.
 * @param known The keys that may stand where it stands.
 */
export function answerTo(key: string, known: readonly string[]): string | undefined {
  const table = known.includes("key") ? ofKeys : known.includes("queue") ? ofListeners : answers;
  return table.get(folded(key));
}

/** `allowed_ips`, `allowed-ips` and `AllowedIps` are one wish. */
function folded(key: string): string {
  return key.replace(/[ _-]/g, "").toLowerCase();
}
