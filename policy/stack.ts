import type { PropertyOf, ResourceType } from "./resourceTypes";
import { elements, notKnownYet, SeenResource, type ShownResource } from "./seenResource";

/** All resources of a stack, and which of them belong together. */
export class Stack {
  private readonly resources: readonly SeenResource[];
  /** By type and property: the resources by each mark that they bear. */
  private readonly bearers = new Map<string, ReadonlyMap<string, readonly SeenResource[]>>();

  constructor(resources: readonly ShownResource[]) {
    this.resources = resources.map((resource) => new SeenResource(resource));
  }

  ofType<Type extends ResourceType>(types: readonly Type[]): SeenResource<Type>[] {
    return types.flatMap((type) => this.resources.filter((resource) => resource.type === type));
  }

  /**
   * The resources that name a target in a property: by its value, or, while that is not known, by the resource that the
   * value will come from.
   * @param names Properties of the target by which it may be named: `arn`, `name`.
   */
  referringTo<Target extends ResourceType, Type extends ResourceType>(
    target: SeenResource<Target>,
    names: readonly PropertyOf<Target>[],
    types: readonly Type[],
    property: PropertyOf<Type>,
  ): SeenResource<Type>[] {
    const values = names.map((name) => target.get(name)).filter((value) => typeof value === "string");
    return this.bearing([target.urn, ...values], types, property);
  }

  /** The resources of some types that a resource names in a property, in the same two ways. */
  referredToBy<Source extends ResourceType, Type extends ResourceType>(
    from: SeenResource<Source>,
    property: PropertyOf<Source>,
    types: readonly Type[],
    name: PropertyOf<Type>,
  ): SeenResource<Type>[] {
    return this.bearing(marksIn(from, property), types, name);
  }

  private bearing<Type extends ResourceType>(
    marks: readonly string[],
    types: readonly Type[],
    property: PropertyOf<Type>,
  ): SeenResource<Type>[] {
    const found = types.flatMap((type) => {
      const bearers = this.bearers.get(`${type}\0${property}`) ?? this.indexed(type, property);
      return marks.flatMap((mark) => bearers.get(mark) ?? []);
    });
    return [...new Set(found)];
  }

  /** The marks of a resource are its own urn, and those in the property. */
  private indexed<Type extends ResourceType>(type: Type, property: PropertyOf<Type>) {
    const index = new Map<string, SeenResource[]>();
    for (const resource of this.ofType([type])) {
      for (const mark of [resource.urn, ...marksIn(resource, property)]) {
        const same = index.get(mark) ?? [];
        same.push(resource);
        index.set(mark, same);
      }
    }
    this.bearers.set(`${type}\0${property}`, index);
    return index;
  }
}

/** The texts of a property, and for those not known yet the urns of the resources they come from. */
function marksIn<Type extends ResourceType>(resource: SeenResource<Type>, property: PropertyOf<Type>): string[] {
  return elements(resource.get(property)).flatMap((value) => {
    if (value === notKnownYet) {
      return resource.dependenciesOf(property);
    }
    return typeof value === "string" ? [value] : [];
  });
}
