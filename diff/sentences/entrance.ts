import { covers } from "../../tenancy/cidr";
import { isWhole } from "../explained";
import { plain, say, type Sentence } from "../sentence";
import { tell, type Mark } from "../telling";
import { textsOf, type ChangedEndpoint } from "./changedEndpoint";

/** The rule of a security group for one range. */
export const entrance = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

/** What a change of the ranges that get to the server's port does to whom. */
export const entranceSentence = tell({
  marks: entranceMarks,
  say: entranceSaid,
  explains: (detail, { from, to }: ChangedEndpoint) => {
    const listed = textsOf(detail.kind === "created" ? to : from);
    return isWhole(detail, entrance) && listed.includes(rangeOf(detail.resource?.inputs ?? {}));
  },
});

function entranceSaid({ from, to, along }: ChangedEndpoint): Sentence {
  const [old, now] = [textsOf(from), textsOf(to)];
  if (along === "to public") {
    return say`everybody can get to the server, instead of ${ranges(old)} alone`;
  }
  if (along === "from public") {
    return say`${ranges(now)} alone can get to the server, instead of everybody`;
  }
  if (now.length === 0) {
    return say`nobody can get to the server any more: ${ranges(old)} could`;
  }
  const { more, fewer } = rangesOf(from, to);
  const [come, go] = [
    say`${ranges(more)} can get to the server from now on`,
    say`${ranges(fewer)} no longer can${remaining(fewer, now)}`,
  ];
  if (more.length > 0) {
    return fewer.length > 0 ? say`${come}, and ${go}` : come;
  }
  return fewer.length > 0
    ? say`${ranges(fewer)} can no longer get to the server${remaining(fewer, now)}`
    : plain("the ranges that can get to the server are written in another way; they hold the same addresses");
}

/** Fewer get there where the endpoint was public, and more where it becomes so. */
function entranceMarks({ from, to, along }: ChangedEndpoint): readonly Mark[] {
  if (along === "to public" || along === "from public") {
    return [along === "to public" ? "dangerous" : "breaking"];
  }
  const { more, fewer } = rangesOf(from, to);
  return [...(fewer.length > 0 ? ["breaking" as const] : []), ...(more.length > 0 ? ["dangerous" as const] : [])];
}

/** The ranges that let somebody in who could not get there, and those somebody of whom no longer can. */
function rangesOf(from: string | undefined, to: string | undefined) {
  const [old, now] = [textsOf(from), textsOf(to)];
  const beyond = (some: readonly string[], others: readonly string[]) =>
    some.filter((each) => !others.some((other) => other === each || covers(other, each)));
  return { more: beyond(now, old), fewer: beyond(old, now) };
}

/** What of ranges that are taken out still gets there. */
function remaining(removed: readonly string[], now: readonly string[]): Sentence {
  const left = now.filter((each) => removed.some((range) => covers(range, each)));
  return left.length === 0 ? plain("") : say`, but for ${left.join(", ")}`;
}

function ranges(list: readonly string[]): Sentence {
  const isEverybody = list.some((range) => range.endsWith("/0"));
  return list.length === 0
    ? plain("nobody")
    : say`${list.join(", ")}${plain(isEverybody ? " (the whole internet)" : "")}`;
}

function rangeOf({ cidrIpv4, cidrIpv6 }: Readonly<Record<string, unknown>>): string {
  return String(cidrIpv4 ?? cidrIpv6);
}
