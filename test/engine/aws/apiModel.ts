import excerpt from "../model/aws.json";

/** A request to an AWS service, with the parameters named as the service's API names them, in any case. */
export interface ApiRequest {
  /** `transfer:CreateUser`. */
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, string>>;
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
}

type Shapes = Readonly<Record<string, Shape>>;

interface Service {
  readonly operations: Readonly<Record<string, string>>;
  readonly shapes: Shapes;
}

/** What stands in place of a value that a preview does not know yet. Source: the engine's `plugin.UnknownStringValue`. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Where in a request something is wrong, and what. */
export interface RequestProblem {
  readonly path: string;
  readonly reason: string;
}

/**
 * Everything in a request that AWS's own API model forbids: members it does not have, required ones that are missing,
 * types, lengths, patterns and enumerations. Values that are not known yet pass.
 * @throws Error for an operation that the excerpt lacks.
 */
export function requestProblems({ operation, parameters }: ApiRequest): RequestProblem[] {
  const [serviceName = "", name = ""] = operation.split(":");
  const service = (excerpt.services as Readonly<Record<string, Service>>)[serviceName];
  const input = service?.operations[name];
  if (service === undefined || input === undefined) {
    throw new Error(`the API model's excerpt lacks ${operation}: add it to model/extract.py`);
  }
  return shapeProblems(service.shapes, input, parameters, name);
}

function shapeProblems(shapes: Shapes, shapeName: string, value: unknown, path: string): RequestProblem[] {
  const shape = shapes[shapeName];
  if (shape === undefined) {
    throw new Error(`the API model's excerpt lacks the shape ${shapeName}`);
  }
  if (value === unknownValue) {
    return [];
  }
  switch (shape.type) {
    case "structure":
      return isRecord(value) ? structureProblems(shapes, shape, value, path) : [wrongType(path, "a structure")];
    case "list":
      return Array.isArray(value)
        ? [
            ...sizeProblems(shape, value.length, path, "entries"),
            ...value.flatMap((entry, index) => shapeProblems(shapes, shape.member ?? "", entry, `${path}[${index}]`)),
          ]
        : [wrongType(path, "a list")];
    case "string":
      return typeof value === "string" ? textProblems(shape, value, path) : [wrongType(path, "text")];
    case "integer":
    case "long":
      return Number.isInteger(value)
        ? sizeProblems(shape, value as number, path, "")
        : [wrongType(path, "a whole number")];
    case "float":
    case "double":
      return typeof value === "number" ? [] : [wrongType(path, "a number")];
    case "map":
      return isRecord(value)
        ? Object.entries(value)
            .filter(([, entry]) => entry !== undefined)
            .flatMap(([key, entry]) => [
              ...shapeProblems(shapes, shape.key ?? "", key, `${path}.${key}`),
              ...shapeProblems(shapes, shape.value ?? "", entry, `${path}.${key}`),
            ])
        : [wrongType(path, "a map")];
    case "boolean":
      return typeof value === "boolean" ? [] : [wrongType(path, "true or false")];
    default:
      throw new Error(`${path}: values of the type ${shape.type} are not checked here`);
  }
}

function structureProblems(
  shapes: Shapes,
  { members = {}, required = [] }: Shape,
  value: Readonly<Record<string, unknown>>,
  path: string,
): RequestProblem[] {
  const given = new Set<string>();
  const problems = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .flatMap(([key, entry]) => {
      const member = Object.keys(members).find((name) => name.toLowerCase() === key.toLowerCase());
      if (member === undefined) {
        return [
          { path: `${path}.${key}`, reason: `AWS knows no such member; it has ${Object.keys(members).join(", ")}` },
        ];
      }
      given.add(member);
      return shapeProblems(shapes, members[member] ?? "", entry, `${path}.${member}`);
    });
  const missing = required.filter((name) => !given.has(name));
  return [...problems, ...missing.map((name) => ({ path: `${path}.${name}`, reason: "is required by AWS" }))];
}

function textProblems(shape: Shape, value: string, path: string): RequestProblem[] {
  const problems = sizeProblems(shape, [...value].length, path, "characters");
  if (shape.enum && !shape.enum.includes(value)) {
    problems.push({ path, reason: `"${value}" is none of ${shape.enum.join(", ")}` });
  }
  // AWS's patterns stand for the whole value.
  if (shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern})$`, "su").test(value)) {
    problems.push({ path, reason: `"${value}" does not match ${shape.pattern}` });
  }
  return problems;
}

function sizeProblems({ min, max }: Shape, size: number, path: string, unit: string): RequestProblem[] {
  const found = `has ${size} ${unit}`.trimEnd();
  return [
    ...(min !== undefined && size < min ? [{ path, reason: `${found}; AWS wants at least ${min}` }] : []),
    ...(max !== undefined && size > max ? [{ path, reason: `${found}; AWS allows ${max}` }] : []),
  ];
}

function wrongType(path: string, wanted: string): RequestProblem {
  return { path, reason: `is not ${wanted}` };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
