import { expect } from "chai";
import fc from "fast-check";
import { spacePrefix, tenantPrefix } from "../../access/grant";
import { gatewayNames } from "../../names";
import { listenerPlans, type Notifying } from "../../uploads/listeners";
import { announcementOf, uploadEvent } from "../../functions/on-upload/event";
import { placeOf } from "../../uploads/owner";
import type { Listener } from "../../tenancy/listener";
import { anyCharacter } from "../fixtures/anyCharacter";

const scope = { partition: "aws", region: "eu-central-1", account: "123456789012" };
const gateway = gatewayNames("project-test", scope.account);

/** Names among which many begin or end others. */
const names = fc.uniqueArray(
  fc.oneof(
    fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/),
    fc.constantFrom("acme", "acme-corp", "acme-corp-2", "corp", "acm", "tenant", "space"),
  ),
  { minLength: 1, maxLength: 6 },
);

const listener: fc.Arbitrary<Listener> = fc.oneof(
  fc.constant<Listener>({ kind: "own-queue", readers: [], environments: [] }),
  fc
    .integer({ min: 1, max: 3 })
    .map((number): Listener => ({ kind: "email", endpoint: `l${number}@acme.example`, environments: [] })),
);

function notifying(list: readonly string[]): fc.Arbitrary<Notifying[]> {
  const distinct = fc.uniqueArray(listener, { selector: (each) => JSON.stringify(each), maxLength: 4 });
  return fc.tuple(...list.map((name) => distinct.map((notify) => ({ name, notify }))));
}

const stacks = fc
  .tuple(names, names)
  .chain(([tenants, spaces]) => fc.record({ tenants: notifying(tenants), spaces: notifying(spaces) }));

/**
 * Whether SNS hands a message on: every key of the policy names an attribute that equals one of the values.
 * Source: SNS Developer Guide, "Applying a subscription filter policy" and "String value matching".
 */
function accepts(filterPolicy: string, attributes: Readonly<Record<string, string>>): boolean {
  const policy = JSON.parse(filterPolicy) as Record<string, unknown>;
  return Object.entries(policy).every(([attribute, values]) => {
    if (!Array.isArray(values) || !values.every((value) => typeof value === "string")) {
      throw new Error(`this filter policy is not one that matches strings: ${filterPolicy}`);
    }
    const actual = attributes[attribute];
    return actual !== undefined && values.includes(actual);
  });
}

/** The attributes with which an upload under a key is announced. */
function attributesOf(key: string): Readonly<Record<string, string>> {
  const place = placeOf(key);
  if (place === undefined) {
    throw new Error(`${key} is nobody's`);
  }
  const facts = { size: 1, etag: null, versionId: "1", sequencer: "1", at: "2026-01-01T00:00:00.000Z", complete: true };
  return announcementOf(uploadEvent({ bucket: "b", key, version: "1" }, place, facts)).attributes;
}

/** How a listener is told from others: an own queue by its holder. */
function identity(holder: string, { kind, ...rest }: Listener): string {
  return "endpoint" in rest ? rest.endpoint : `${kind} ${holder}`;
}

describe("the listeners of a stack", () => {
  it("are, for any key, exactly those of the tenant or the space that it belongs to", () => {
    const path = fc.string({ unit: anyCharacter, minLength: 1 });
    fc.assert(
      fc.property(stacks, path, fc.nat(), fc.boolean(), (stack, file, number, shared) => {
        const holders = shared ? stack.spaces : stack.tenants;
        const holder = holders[number % holders.length];
        if (holder === undefined) {
          return;
        }
        const attributes = attributesOf((shared ? spacePrefix : tenantPrefix)(holder.name) + file);
        const heard = listenerPlans(scope, gateway, stack)
          .filter(({ filterPolicy }) => accepts(filterPolicy, attributes))
          .map((plan) => (plan.kind === "own-queue" ? `own-queue ${plan.id}` : plan.endpoint));
        const kind = shared ? "space" : "tenant";
        expect(heard.sort()).to.deep.equal(
          holder.notify.map((each) => identity(`${kind}-${holder.name}`, each)).sort(),
        );
      }),
    );
  });

  it("have ids and names of their own, whatever tenants and spaces are called", () => {
    fc.assert(
      fc.property(stacks, (stack) => {
        const plans = listenerPlans(scope, gateway, stack);
        expect(new Set(plans.map(({ id }) => id)).size).to.equal(plans.length);
        const queues = plans.flatMap((plan) =>
          plan.kind === "own-queue" ? [plan.queue.name, plan.deadLetters.name] : [],
        );
        expect(new Set(queues).size).to.equal(queues.length);
      }),
    );
  });

  it("do not depend on any order, and one that goes changes none that it shares no endpoint with", () => {
    fc.assert(
      fc.property(stacks, ({ tenants, spaces }) => {
        const plans = listenerPlans(scope, gateway, { tenants, spaces });
        expect(
          listenerPlans(scope, gateway, { tenants: [...tenants].reverse(), spaces: [...spaces].reverse() }),
        ).to.deep.equal(plans);
        const [first, ...others] = tenants;
        const fewer = {
          tenants: first === undefined ? [] : [{ ...first, notify: first.notify.slice(1) }, ...others],
          spaces,
        };
        const gone = first?.notify[0];
        const isOther = ({ id }: { id: string }) =>
          gone === undefined ||
          !listenerPlans(scope, gateway, { tenants: [{ name: first?.name ?? "", notify: [gone] }], spaces: [] }).some(
            (plan) => plan.id === id,
          );
        expect(listenerPlans(scope, gateway, fewer).filter(isOther)).to.deep.equal(plans.filter(isOther));
      }),
    );
  });
});
