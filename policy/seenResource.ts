import type { PolicyResource, ResourceValidationArgs } from "@pulumi/policy";
import type { PropertyOf, ResourceType } from "./resourceTypes";

/** Stands where a value will be known only once the update has made the resource that it comes from. */
export const notKnownYet = Symbol("not known yet");

/**
 * A resource as the pack sees it. Its properties can be read at a preview as well: what is not known yet reads as
 * `notKnownYet`, where @pulumi/policy would give up the whole policy with an exception.
 */
export class SeenResource<Type extends ResourceType = ResourceType> {
  private readonly values = new Map<string, unknown>();

  private constructor(
    /** For example `aws:transfer/user:User`. */
    readonly type: string,
    /** The logical name. */
    readonly name: string,
    readonly urn: string,
    readonly isProtected: boolean,
    private readonly properties: Readonly<Record<string, unknown>>,
    /** Urns that each given property depends on; undefined where the properties are inputs, which are all given. */
    private readonly given: ReadonlyMap<string, readonly string[]> | undefined,
  ) {}

  /** A resource before it is created or updated: its inputs. */
  static registered({ type, name, urn, opts, props }: ResourceValidationArgs): SeenResource {
    return new SeenResource(type, name, urn, opts.protect, props, undefined);
  }

  /** A resource of the finished preview or update: its outputs. */
  static inStack({ type, name, urn, opts, props, propertyDependencies }: PolicyResource): SeenResource {
    const given = Object.entries(propertyDependencies).map(
      ([property, resources]) => [property, resources.map((resource) => resource.urn)] as const,
    );
    return new SeenResource(type, name, urn, opts.protect, props, new Map(given));
  }

  /** For messages: `User "acme"`. */
  get label(): string {
    return `${this.type.split(":").pop() ?? this.type} "${this.name}"`;
  }

  /** A property's value, undefined where there is none; `notKnownYet` may stand for it or anywhere inside. */
  get(property: PropertyOf<Type>): unknown {
    if (!this.values.has(property)) {
      this.values.set(property, this.read(property));
    }
    return this.values.get(property);
  }

  private read(property: string): unknown {
    const value = readable(() => this.properties[property]);
    // At a preview, a value that the program does not give is unknown when the provider computes it.
    return value === notKnownYet && this.given?.has(property) === false ? undefined : value;
  }

  /** Urns of the resources that a property's value comes from. */
  dependenciesOf(property: PropertyOf<Type>): readonly string[] {
    return this.given?.get(property) ?? [];
  }
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
