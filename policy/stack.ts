import type { PropertyOf, ResourceType } from "./resourceTypes";
import { elements, notKnownYet, type SeenResource } from "./seenResource";

type Index = ReadonlyMap<string, readonly SeenResource[]>;

/** All resources of a stack, and which of them belong together. */
export class Stack {
  private readonly byType: Index;
  private readonly byUrn: ReadonlyMap<string, SeenResource>;
  /** By type and property: which resources bear a value, or wait for one that another resource will give. */
  private readonly bearers = new Map<string, Index>();

  constructor(readonly resources: readonly SeenResource[]) {
    this.byType = indexed(resources.map((resource) => [resource.type, resource]));
    this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  }

  ofType<Type extends ResourceType>(types: readonly Type[]): SeenResource<Type>[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
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
    const marks = [target.urn, ...names.map((name) => target.get(name))];
    const found = types.flatMap((type) => {
      const bearers = this.bearersOf(type, property);
      return marks.flatMap((mark) => (typeof mark === "string" ? (bearers.get(mark) ?? []) : []));
    });
    return [...new Set(found)];
  }

  /** The resources of some types that a resource names in a property, in the same two ways. */
  referredToBy<Source extends ResourceType, Type extends ResourceType>(
    from: SeenResource<Source>,
    property: PropertyOf<Source>,
    types: readonly Type[],
    name: PropertyOf<Type>,
  ): SeenResource<Type>[] {
    const found = marksIn(from, property).flatMap((mark) => {
      const source = this.byUrn.get(mark);
      const bearers = types.flatMap((type) => this.bearersOf(type, name).get(mark) ?? []);
      return source !== undefined && types.some((type) => type === source.type) ? [...bearers, source] : bearers;
    });
    return [...new Set(found)];
  }

  private bearersOf<Type extends ResourceType>(type: Type, property: PropertyOf<Type>): Index {
    const key = `${type}\0${property}`;
    let index = this.bearers.get(key);
    if (index === undefined) {
      index = indexed(
        this.ofType([type]).flatMap((resource) => marksIn(resource, property).map((mark) => [mark, resource] as const)),
      );
      this.bearers.set(key, index);
    }
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

function indexed(entries: readonly (readonly [key: string, resource: SeenResource])[]): Index {
  const index = new Map<string, SeenResource[]>();
  for (const [key, resource] of entries) {
    const same = index.get(key);
    if (same === undefined) {
      index.set(key, [resource]);
    } else {
      same.push(resource);
    }
  }
  return index;
}
