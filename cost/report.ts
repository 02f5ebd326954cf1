import type { Deployment } from "../synth/deployment";
import { addDays } from "../tenancy/date";
import { dollars, fixedCosts, type FixedCost, type FixedCosts } from "./fixed";
import { pricesAsOf, pricesGoodForDays, pricesRegion } from "./prices";
import { usageCosts, type UsageCost } from "./usage";

/** What a stack costs, by its resources. */
export interface CostReport {
  readonly stack: string;
  /** Where the stack lies. */
  readonly region: string;
  /** Of which region and day the prices are, YYYY-MM-DD. */
  readonly prices: { readonly region: string; readonly asOf: string };
  readonly fixed: FixedCosts;
  readonly usage: readonly UsageCost[];
}

/** Prices what a stack deploys. @param region Where it lies. */
export function costReport(deployment: Deployment, region: string): CostReport {
  return {
    stack: deployment.stack,
    region,
    prices: { region: pricesRegion, asOf: pricesAsOf },
    fixed: fixedCosts(deployment),
    usage: usageCosts(deployment),
  };
}

/** What is to be said beside a report: that prices are old, of another region, or unknown. @param today YYYY-MM-DD. */
export function costWarnings({ region, fixed, stack }: CostReport, today: string): string[] {
  return [
    ...(addDays(pricesAsOf, pricesGoodForDays) < today
      ? [
          `the prices are of ${pricesAsOf}, more than ${pricesGoodForDays} days ago: compare cost/prices.ts with the pages it names`,
        ]
      : []),
    ...(region === pricesRegion ? [] : [`stack ${stack} lies in ${region}; the prices are those of ${pricesRegion}`]),
    ...fixed.unpriced.map((type) => `no price is known for ${type}: it is not counted`),
  ];
}

/** The report for a terminal. */
export function costText({ stack, prices, fixed, usage }: CostReport): string {
  return [
    `Stack ${stack} costs ${dollars(fixed.usd)} USD a month while nobody uses it (prices of ${prices.region} on ${prices.asOf})`,
    "",
    ...fixed.parts.map((part) => row(dollars(part.usd), partText(part))),
    "",
    "What use adds, in USD",
    "",
    ...usage.map((cost) => row(usageDollars(cost), usageText(cost))),
    "",
  ].join("\n");
}

/** The same as Markdown. */
export function costMarkdown({ stack, prices, fixed, usage }: CostReport): string {
  const cells = (usd: string, text: string) => `| ${usd} | ${text} |`;
  return [
    `## Stack ${stack}: ${dollars(fixed.usd)} USD a month while nobody uses it`,
    "",
    `Prices of ${prices.region} on ${prices.asOf}.`,
    "",
    "| USD a month | part |",
    "| ---: | --- |",
    ...fixed.parts.map((part) => cells(dollars(part.usd), partText(part))),
    "",
    "| USD | what use adds |",
    "| ---: | --- |",
    ...usage.map((cost) => cells(usageDollars(cost), usageText(cost))),
    "",
  ].join("\n");
}

function partText({ part, units, usdPerUnit }: FixedCost): string {
  return `${part}: ${units} at ${usdPerUnit}`;
}

function usageText({ use, madeOf }: UsageCost): string {
  return madeOf === "" ? use : `${use}: ${madeOf}`;
}

/** A GB costs parts of a cent. */
function usageDollars({ usd }: UsageCost): string {
  return usd.toFixed(3);
}

function row(usd: string, text: string): string {
  return `${usd.padStart(10)}  ${text}`;
}
