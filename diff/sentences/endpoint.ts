import type { Detail } from "../details";
import { isInput, isPublished, isWhole } from "../explained";
import { counted, plain, say, type Sentence } from "../sentence";
import { tell, type Mark } from "../telling";
import { textsOf, type ChangedEndpoint } from "./changedEndpoint";
import { text, type ChangedSetting } from "./changedSetting";
import { entrance, entranceSentence } from "./entrance";

const server = "aws:transfer/server:Server";
const address = "aws:ec2/eip:Eip";
const record = "aws:route53/record:Record";
const vpc = "awsx:ec2:Vpc";
const inEachZone = [
  address,
  "aws:ec2/subnet:Subnet",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/route:Route",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
];
const network = [
  ...inEachZone,
  vpc,
  "aws:ec2/vpc:Vpc",
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/securityGroup:SecurityGroup",
  "sftp-gateway:components:GatewayNetwork",
];

const stops = plain("the server stops for minutes");
const openFirewalls = plain("partners must open their firewalls for what the output addresses names then");
const lost = plain("the server, its endpoint name and every host key that was not imported are lost");

/** Of each setting of the endpoint, by its full key, what a change of it does to whom. */
export const endpointSentences = {
  "sftp-gateway:endpoint": tell({
    marks: ({ to }: ChangedSetting) => (to === "public" ? ["breaking", "dangerous"] : ["breaking"]),
    say: ({ to }: ChangedSetting) => endpointSentence(to),
    explains: (detail) =>
      isWhole(detail, ...network) ||
      isServers(detail, "endpointType") ||
      isServers(detail, "endpointDetails") ||
      isAddress(detail),
  }),
  "sftp-gateway:zones": tell({
    marks: unlessTold,
    say: ({ from, to, along }: ChangedEndpoint) =>
      along === undefined
        ? say`${stops} and is then in ${zones(to)} instead of ${text(from)}; where it has fixed addresses, ${openFirewalls}`
        : along === "to public"
          ? noneOfPublic("zones")
          : say`the server is then in ${zones(to)} instead of ${text(from)}`,
    explains: (detail) =>
      isWhole(detail, ...inEachZone) ||
      isInput(detail, vpc, "numberOfAvailabilityZones") ||
      isServers(detail, "endpointDetails", "subnetIds") ||
      isServers(detail, "endpointDetails", "addressAllocationIds") ||
      isAddress(detail),
  }),
  "sftp-gateway:vpcId": tell({
    marks: ({ along }: ChangedEndpoint) => (along === "another VPC" ? ["breaking"] : []),
    say: ({ from, to, along }: ChangedEndpoint) =>
      along === "to public"
        ? noneOfPublic("VPC")
        : along === "from public"
          ? say`the endpoint is in ${vpcCalled(to)}`
          : say`the endpoint is in ${vpcCalled(to)} instead of ${vpcCalled(from)}`,
    explains: (detail) =>
      isWhole(detail, ...network) ||
      isServers(detail, "endpointDetails") ||
      ((detail.kind === "input" || detail.kind === "replaced") && network.includes(detail.resource?.type ?? "")) ||
      (detail.kind === "replaced" && detail.resource?.type === entrance),
  }),
  "sftp-gateway:subnetIds": tell({
    marks: (changed: ChangedEndpoint) => (isReordered(changed) ? [] : unlessTold(changed)),
    say: subnetsSaid,
    explains: (detail) => isServers(detail, "endpointDetails", "subnetIds"),
  }),
  "sftp-gateway:addressAllocationIds": tell({
    marks: (changed: ChangedEndpoint) => (isReordered(changed) ? [] : unlessTold(changed)),
    say: allocationsSaid,
    explains: (detail) =>
      isWhole(detail, address) || isServers(detail, "endpointDetails", "addressAllocationIds") || isAddress(detail),
  }),
  "sftp-gateway:allowedCidrs": entranceSentence,
  "sftp-gateway:dualStack": tell({
    marks: ["breaking"],
    say: ({ to }: ChangedSetting) =>
      to === "true" ? say`${stops} and then has IPv6 beside IPv4` : say`${stops} and then has IPv4 alone`,
    explains: (detail) => isServers(detail, "ipAddressType"),
  }),
  "sftp-gateway:hostname": tell({
    marks: ({ from }: ChangedSetting) => (from === "" ? [] : ["breaking"]),
    say: ({ from, to }: ChangedSetting) =>
      say`partners connect to ${nameOr(to)} instead of ${nameOr(from)}${plain(from === "" ? ", which still leads to the server" : "")}`,
    explains: (detail) =>
      isServers(detail, "tags", "transfer:customHostname") ||
      isName(detail) ||
      isPublished(detail, "command") ||
      (detail.kind === "output" && detail.path[0] === "hostname"),
  }),
  "sftp-gateway:hostedZoneId": tell({
    marks: ({ from }: ChangedSetting) => (from === "" ? [] : ["breaking"]),
    say: ({ from, to }: ChangedSetting) =>
      to === ""
        ? say`the record of the host name in ${text(from)} is deleted: the name leads nowhere until another DNS has it`
        : say`the host name has its record in the hosted zone ${text(to)}${from === "" ? plain("") : say` instead of ${text(from)}`}`,
    explains: (detail) => isServers(detail, "tags", "transfer:route53HostedZoneId") || isName(detail),
  }),
};

function endpointSentence(to = ""): Sentence {
  switch (to) {
    case "public":
      return say`the server is replaced by one at AWS's own addresses, which everybody gets to: ${lost}`;
    case "vpc":
      return say`${stops} and then has fixed addresses, which only those in allowedCidrs get to: ${openFirewalls}`;
    default:
      return say`${stops} and is then reached from its VPC alone, by those in allowedCidrs: no partner gets to it over the internet`;
  }
}

function isServers(detail: Detail, ...within: readonly string[]): boolean {
  return isInput(detail, server, ...within);
}

/** What is told of the addresses: in the output, and in the record of the host name. */
function isAddress(detail: Detail): boolean {
  const isOutput = detail.kind === "output" && detail.path[0] === "addresses";
  return isOutput || isInput(detail, record, "records") || isInput(detail, record, "type");
}

function isName(detail: Detail): boolean {
  const isRecord = isWhole(detail, record, "sftp-gateway:components:HostName");
  return isRecord || isInput(detail, record, "name") || isInput(detail, record, "zoneId") || isReplacedRecord(detail);
}

function isReplacedRecord({ kind, resource }: Detail): boolean {
  return kind === "replaced" && resource?.type === record;
}

/** A server that goes elsewhere is told to stop, or to be replaced, by what takes it there. */
function unlessTold({ along }: ChangedEndpoint): readonly Mark[] {
  return along === undefined ? ["breaking"] : [];
}

function noneOfPublic(what: string): Sentence {
  return plain(`a public endpoint has no ${what} of the gateway's choice`);
}

function subnetsSaid(changed: ChangedEndpoint): Sentence {
  const [from, to] = [subnets(changed.from), subnets(changed.to)];
  const alone = say`${stops} and is then in ${to} instead of ${from}`;
  return listSaid("subnets", changed, { alone, along: say`the server is then in ${to}` });
}

function allocationsSaid(changed: ChangedEndpoint): Sentence {
  const [from, to] = [allocations(changed.from), allocations(changed.to)];
  const alone = say`${stops} and then has ${to} instead of ${from}: ${openFirewalls}`;
  return listSaid("addresses", changed, { alone, along: say`the server then has ${to}` });
}

/** @param said Where the list alone changes, and where something else moves the server along. */
function listSaid(
  what: string,
  { from, to, along }: ChangedEndpoint,
  said: { readonly alone: Sentence; readonly along: Sentence },
): Sentence {
  if (isReordered({ from, to })) {
    return plain(`the same ${what} are listed in another order, of which the server takes no notice`);
  }
  if (along === "to public") {
    return noneOfPublic(what);
  }
  return along === undefined ? said.alone : said.along;
}

/** AWS is given the set of them. */
function isReordered({ from, to }: ChangedSetting): boolean {
  const [old, now] = [textsOf(from), textsOf(to)];
  return old.length === now.length && old.every((each) => now.includes(each));
}

function zones(number: string | undefined): Sentence {
  return plain(counted(Number(number), "zone"));
}

function subnets(list: string | undefined): Sentence {
  const texts = textsOf(list);
  return texts.length === 0 ? plain("the subnets of its own VPC") : say`the subnets ${texts.join(", ")}`;
}

function allocations(list: string | undefined): Sentence {
  const texts = textsOf(list);
  return texts.length === 0 ? plain("addresses of its own") : say`the addresses of ${texts.join(", ")}`;
}

function vpcCalled(id: string | undefined): Sentence {
  return id === "" || id === undefined ? plain("a VPC of its own") : say`${id}`;
}

function nameOr(name: string | undefined): Sentence {
  return name === "" || name === undefined ? plain("AWS's own name") : say`${name}`;
}
