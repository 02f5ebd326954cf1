import { overlap } from "../cidr";
import { listed, quoted } from "../quote";
import { needsPassword, stackWithSetting, takesPasswords, type PlacedSignIn, type SignIn } from "../signIn";
import { activeStacks, type Inspection, type Subject } from "../subject";

/** What a tenant has to log in with is what its stacks take; a stack of which nothing is known takes everything. */
export function checkSignIn(inspection: Inspection): void {
  for (const subject of inspection.subjects) {
    checkRanges(subject, inspection);
    checkOffered(subject, inspection);
    checkPassword(subject, inspection);
  }
}

function checkRanges({ path, tenant: { allowedCidrs } }: Subject, { report }: Inspection): void {
  const places = new Map<string, number>();
  allowedCidrs?.forEach((range, index) => {
    const first = places.get(range ?? "");
    if (range !== undefined && first !== undefined) {
      const { line } = report.position([...path, "allowedCidrs", first]);
      report.error(
        [...path, "allowedCidrs", index],
        `${range} is listed twice, first in line ${line}; remove one of the two`,
      );
    } else if (range !== undefined) {
      places.set(range, index);
    }
  });
}

/** The keys that a function alone can keep to. */
function checkOffered({ path, tenant }: Subject, inspection: Inspection): void {
  const stacks = inspection.checkedStacks.filter((stack) => tenant.environments.includes(stack));
  if (tenant.password === true) {
    const refusing = those(stacks, inspection, (signIn) => !takesPasswords(signIn));
    if (refusing.length > 0) {
      const message = `"password" is true, and no password opens ${described(refusing)}; leave it out${elsewhere(stacks, inspection, refusing)}, or change the setting`;
      inspection.report.error([...path, "password"], message);
    }
  }
  if (tenant.allowedCidrs !== undefined) {
    const open = those(stacks, inspection, ({ identityProvider }) => identityProvider === "service-managed");
    if (open.length > 0) {
      const message = `"allowedCidrs" restricts nothing in ${described(open)}; leave it out${elsewhere(stacks, inspection, open)}, or say "identityProvider: lambda" there`;
      inspection.report.error([...path, "allowedCidrs"], message);
    }
    checkEntrance({ path, tenant }, inspection, stacks);
  }
}

/** What the tenant would say to be in those stacks alone that know the key of this file; nothing where there are none. */
function elsewhere(stacks: readonly string[], inspection: Inspection, refusing: readonly KnownStack[]): string {
  const others = those(stacks, inspection, () => true).filter(({ name }) =>
    refusing.every((each) => each.name !== name),
  );
  return others.length === 0 ? "" : `, say "environments: [${others.map(({ name }) => name).join(", ")}]"`;
}

/** A tenant whose ranges do not get as far as the server could never log in. */
function checkEntrance({ path, tenant }: Subject, { report, signIn }: Inspection, stacks: readonly string[]): void {
  const own = tenant.allowedCidrs?.filter((range) => range !== undefined) ?? [];
  for (const stack of stacks) {
    const { allowedCidrs, places = {} } = signIn(stack) ?? {};
    const getsIn = allowedCidrs?.some((range) => own.some((each) => overlap(each, range))) ?? true;
    if (!getsIn && own.length > 0) {
      const place = places.allowedCidrs === undefined ? "" : `, ${places.allowedCidrs}`;
      const message =
        `none of these addresses gets as far as the server of ${stack}: its own "allowedCidrs"${place}, ` +
        `${allowedCidrs?.length === 0 ? "lets nobody in" : "holds none of them"}; add them there, or others here`;
      report.error([...path, "allowedCidrs"], message);
    }
  }
}

function checkPassword({ path, tenant }: Subject, inspection: Inspection): void {
  const needing = those(activeStacks(tenant, inspection.checkedStacks), inspection, needsPassword);
  if (tenant.password === false && needing.length > 0) {
    const name = tenant.name === undefined ? "the tenant" : `tenant ${quoted(tenant.name)}`;
    const message = `${name} has no password and could not log in to ${described(needing)}; say "password: true", or "state: suspended"`;
    inspection.report.error([...path, "name"], message);
  }
}

/** A stack of which it is known how tenants log in. */
interface KnownStack {
  readonly name: string;
  readonly signIn: PlacedSignIn;
}

function those(
  stacks: readonly string[],
  { signIn }: Pick<Inspection, "signIn">,
  isMeant: (signIn: SignIn) => boolean,
): KnownStack[] {
  return stacks.flatMap((name) => {
    const known = signIn(name);
    return known !== undefined && isMeant(known) ? [{ name, signIn: known }] : [];
  });
}

function described(stacks: readonly KnownStack[]): string {
  return listed(stacks.map(({ name, signIn }) => stackWithSetting(name, signIn)));
}
