import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import { parsePolicy } from "../../iam/evaluate";
import type { PolicyDocument } from "../../iam/policy";
import { syntheticAccount } from "../../synth/computed";
import { projectDirectory } from "../components/gatewayStack";

type Parameters = Readonly<Record<string, string | readonly string[]>>;

const defaults: Parameters = {
  "AWS::Partition": "aws",
  "AWS::Region": "eu-central-1",
  "AWS::AccountId": syntheticAccount,
  "AWS::URLSuffix": "amazonaws.com",
  Project: "sftp-gateway",
  Repository: "acme/gateway",
  StateBucket: "state",
  SecretsKeyArn: `arn:aws:kms:eu-central-1:${syntheticAccount}:key/1`,
  OidcProviderArn: `arn:aws:iam::${syntheticAccount}:oidc-provider/token.actions.githubusercontent.com`,
  ServerId: "",
  ListenerFunctionArns: [""],
  Encryption: "s3",
  KmsKeyArn: "",
  OperatorArns: [""],
  Endpoint: "public",
  HostedZoneId: "",
  Hostname: "",
};

interface TemplateResource {
  readonly Type: string;
  /** Name of the condition without which there is no such resource. */
  readonly Condition?: string;
  readonly Properties: {
    readonly ManagedPolicyName?: string;
    readonly PolicyDocument?: unknown;
    readonly AssumeRolePolicyDocument?: { readonly Statement: readonly TrustStatement[] };
    readonly ManagedPolicyArns?: readonly string[];
  };
}

interface Template {
  readonly Conditions: Readonly<Record<string, boolean>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

export interface TrustStatement {
  readonly Principal: unknown;
  readonly Action: string;
  readonly Condition: {
    readonly StringEquals: Readonly<Record<string, string | string[]>>;
    readonly Bool?: Readonly<Record<string, string>>;
  };
}

export const roleNames = ["ReadRole", "DeployRole", "RetireRole"] as const;
export type RoleName = (typeof roleNames)[number];

/** The role for people, where there is one. */
type AnyRoleName = RoleName | "OperatorRole";

const { contents } = parseDocument(readFileSync(join(projectDirectory, "deploy", "aws", "roles.yaml"), "utf8"), {
  logLevel: "silent",
});

/** deploy/aws/roles.yaml as CloudFormation would read it for a stack. @throws Error for an intrinsic that is not known here. */
export class RolesTemplate {
  private readonly resources: Template["Resources"];

  constructor(
    parameters: Readonly<{
      Stack: string;
      ServerId?: string;
      ListenerFunctionArns?: readonly string[];
      OperatorArns?: readonly string[];
      Encryption?: string;
      KmsKeyArn?: string;
      Endpoint?: string;
      HostedZoneId?: string;
      Hostname?: string;
    }>,
  ) {
    const values = { ...defaults, ...parameters };
    const { Conditions } = valueOf(contents, values, {}) as Template;
    const { Resources } = valueOf(contents, values, Conditions) as Template;
    const isMade = ({ Condition }: TemplateResource) => Condition === undefined || Conditions[Condition] === true;
    this.resources = Object.fromEntries(Object.entries(Resources).filter(([, resource]) => isMade(resource)));
  }

  /** Who may take the role on. */
  trustOf(role: AnyRoleName): readonly TrustStatement[] {
    return this.resource(role, "AWS::IAM::Role").AssumeRolePolicyDocument?.Statement ?? [];
  }

  documentsOf(role: AnyRoleName): PolicyDocument[] {
    const { ManagedPolicyArns = [] } = this.resource(role, "AWS::IAM::Role");
    return ManagedPolicyArns.map((name) => this.document(name));
  }

  get boundary(): PolicyDocument {
    return this.document("BoundaryPolicy");
  }

  get boundaryArn(): string {
    const { ManagedPolicyName = "" } = this.resource("BoundaryPolicy", "AWS::IAM::ManagedPolicy");
    return `arn:aws:iam::${syntheticAccount}:policy/${ManagedPolicyName}`;
  }

  /** Lengths of the managed policies as IAM counts them. */
  policyLengths(): number[] {
    const documents = Object.values(this.resources).flatMap(({ Properties }) => Properties.PolicyDocument ?? []);
    return documents.map((document) => JSON.stringify(document).replace(/\s/g, "").length);
  }

  private document(name: string): PolicyDocument {
    return parsePolicy(this.resource(name, "AWS::IAM::ManagedPolicy").PolicyDocument, name);
  }

  private resource(name: string, type: string): TemplateResource["Properties"] {
    const resource = this.resources[name];
    if (resource?.Type !== type) {
      throw new Error(`the template has no ${type} called ${name}`);
    }
    return resource.Properties;
  }
}

/** What `AWS::NoValue` leaves: nothing, also in a list. */
const noValue = Symbol("AWS::NoValue");

const isValue = (value: unknown) => value !== noValue;

function valueOf(node: unknown, values: Parameters, conditions: Template["Conditions"]): unknown {
  const inner = (each: unknown) => valueOf(each, values, conditions);
  if (isMap(node)) {
    const pairs = node.items.map(({ key, value }) => [String(key), inner(value)] as const);
    return Object.fromEntries(pairs.filter(([, value]) => isValue(value)));
  }
  if (isSeq(node)) {
    return called(node.tag, node.items.map(inner), conditions);
  }
  return isScalar(node) ? scalarValue(node.tag, node.value, values) : node;
}

function called(tag: string | undefined, items: readonly unknown[], conditions: Template["Conditions"]): unknown {
  const [first, second, third] = items;
  switch (tag) {
    case undefined:
      return items.filter(isValue);
    case "!If":
      return conditions[String(first)] === true ? second : third;
    case "!Equals":
      return first === second;
    case "!Not":
      return first !== true;
    case "!Join":
      return (second as readonly string[]).join(String(first));
    default:
      throw new Error(`the intrinsic ${tag} is not known here`);
  }
}

/** A reference to a resource stays its name: by that its document is found. */
function scalarValue(tag: string | undefined, value: unknown, values: Parameters): unknown {
  const name = String(value);
  switch (tag) {
    case undefined:
      return value;
    case "!Ref":
      return name === "AWS::NoValue" ? noValue : (values[name] ?? name);
    case "!Sub":
      return name.replace(/\$\{([\w:]+)\}/g, (_, each: string) => String(values[each] ?? `UNKNOWN ${each}`));
    case "!GetAtt":
      return name;
    default:
      throw new Error(`the intrinsic ${tag} is not known here`);
  }
}
