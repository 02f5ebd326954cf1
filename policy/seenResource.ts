import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { PropertyOf, ResourceType } from "./resourceTypes";

/** Stands where a value will be known only once the update has made the resource that it comes from. */
export const notKnownYet = Symbol("not known yet");

/** A rule cannot say anything of a resource before a property of it or of another is known. */
export class NotKnownYet extends Error {
  constructor(
    readonly resource: SeenResource,
    property: string,
  ) {
    super(`\`${property}\` of ${resource.label} is not known yet`);
  }
}

/** A resource as @pulumi/policy shows it: before it is created or updated with its inputs, afterwards with its outputs. */
export type ShownResource = ResourceValidationArgs | PolicyResource;

/**
 * A resource as the pack sees it. Its properties can be read at a preview as well: what is not known yet reads as
 * `notKnownYet`, where @pulumi/policy would give up the whole policy with an exception.
 */
export class SeenResource<Type extends ResourceType = ResourceType> {
  private readonly values = new Map<string, unknown>();

  constructor(private readonly shown: ShownResource) {}

  /** For example `aws:transfer/user:User`. */
  get type(): string {
    return this.shown.type;
  }

  get urn(): string {
    return this.shown.urn;
  }

  /** Of the provider that manages it; undefined where @pulumi/policy does not say. */
  get providerUrn(): string | undefined {
    return this.shown.provider?.urn;
  }

  get isProtected(): boolean {
    return this.shown.opts.protect;
  }

  /** For messages: `User "acme"`. */
  get label(): string {
    return `${this.type.split(":").pop() ?? this.type} "${this.shown.name}"`;
  }

  /** A property's value, undefined where there is none; `notKnownYet` may stand for it or anywhere inside. */
  get(property: PropertyOf<Type>): unknown {
    if (!this.values.has(property)) {
      const value = readable(() => this.shown.props[property] as unknown);
      // At a preview, a value that the program does not give is unknown when the provider computes it.
      const isComputed = "propertyDependencies" in this.shown && !(property in this.shown.propertyDependencies);
      this.values.set(property, value === notKnownYet && isComputed ? undefined : value);
    }
    return this.values.get(property);
  }

  /** A property as a place, or what stands inside it on a path of keys, through any lists on the way. */
  at(property: PropertyOf<Type>, ...path: string[]): Place {
    const value = path.reduce<unknown>(
      (outer, key) => elements(outer).flatMap((one) => (one === notKnownYet ? [one] : elements(member(one, key)))),
      this.get(property),
    );
    return new Place(this, property, value);
  }

  /** Urns of the resources that a property's value comes from. */
  dependenciesOf(property: PropertyOf<Type>): readonly string[] {
    const dependencies = "propertyDependencies" in this.shown ? this.shown.propertyDependencies[property] : undefined;
    return dependencies?.map(({ urn }) => urn) ?? [];
  }
}

/** A value and where it stands: a property of a resource, or a part of it. */
export class Place {
  constructor(
    readonly resource: SeenResource,
    readonly property: PropertyOf<ResourceType>,
    readonly value: unknown,
  ) {}

  /** @throws NotKnownYet while something of the value is not known. */
  known(): unknown {
    if (holdsUnknown(this.value)) {
      throw new NotKnownYet(this.resource, this.property);
    }
    return this.value;
  }

  /** Whether the values that stand here are as they should be. @throws NotKnownYet while they are not but may turn out so. */
  holds(fit: (values: readonly unknown[]) => boolean): boolean {
    const values = elements(this.value);
    const fits = fit(values);
    if (!fits && values.includes(notKnownYet)) {
      throw new NotKnownYet(this.resource, this.property);
    }
    return fits;
  }
}

/**
 * Whether there are places, and each says something, and nothing but what is accepted. Where two speak of the same, nobody
 * knows which one counts in the end.
 * @throws NotKnownYet as below.
 */
export function saidInAll(places: readonly Place[], accepted: readonly unknown[]): boolean {
  return (
    places.length > 0 &&
    holdsInAll(places, (place) =>
      place.holds((values) => values.length > 0 && values.every((value) => accepted.includes(value))),
    )
  );
}

/** Whether a check holds in all of several places. @throws NotKnownYet while it fails in none but may in one. */
export function holdsInAll<Where>(places: readonly Where[], holds: (place: Where) => boolean): boolean {
  return !holdsInAny(places, (place) => !holds(place));
}

/** Whether a check holds in any of several places. @throws NotKnownYet while it does in none but may in one. */
export function holdsInAny<Where>(places: readonly Where[], holds: (place: Where) => boolean): boolean {
  let unknown: NotKnownYet | undefined;
  for (const place of places) {
    try {
      if (holds(place)) {
        return true;
      }
    } catch (error) {
      if (!(error instanceof NotKnownYet)) {
        throw error;
      }
      unknown ??= error;
    }
  }
  if (unknown !== undefined) {
    throw unknown;
  }
  return false;
}

/** Whether something of a value is not known yet. */
export function holdsUnknown(value: unknown): boolean {
  return (
    value === notKnownYet || (typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown))
  );
}

/** A property of a nested value; undefined where the value is no object. */
export function member(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** The elements of a list; a single value is a list of one, and nothing an empty one. */
export function elements(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** A copy without the proxies of @pulumi/policy, which throw when an unknown value is touched. */
function readable(read: () => unknown): unknown {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    if (error instanceof Error && error.constructor.name === "UnknownValueError") {
      return notKnownYet;
    }
    throw error;
  }
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    return Array.from({ length: list.length }, (_, index) => readable(() => list[index]));
  }
  if (typeof value === "object" && value !== null) {
    const record = value as Readonly<Record<string, unknown>>;
    return Object.fromEntries(Object.keys(record).map((key) => [key, readable(() => record[key])]));
  }
  return value ?? undefined;
}
