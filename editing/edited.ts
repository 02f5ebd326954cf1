import { isDeepStrictEqual } from "node:util";
import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";

import { plainContent, readYaml } from "../tenancy/document";
import { formatProblem } from "../tenancy/problem";
import { Report } from "../tenancy/report";
import { nodeAt, offsetOf, type Path } from "../tenancy/tree";
import { UserError } from "../userError";
import { appendInBlock, removeEntry, removePairInBlock, setInBlock } from "./blockEdit";
import { contentAfter, type Content, type Edit, type Splice } from "./edit";
import { appendInFlow, type Item, itemOf, removeFromFlow } from "./flowEdit";
import { endOf, endOfPair, Layout, type List, type Mapping } from "./layout";
import { flowPairs, flowText, type FlowStyle, scalarText } from "./written";

/** A text that can be read as YAML, whatever is wrong with it as a tenants file. */
export interface Parsed {
  readonly root: ParsedNode;
  /** What the text says, as plain values. */
  readonly content: unknown;
}

/**
 * @param file The path as the user gave it, for messages.
 * @throws UserError with every mistake of the syntax and its place.
 */
export function parsed(file: string, text: string): Parsed {
  const report = new Report(file, text);
  const root = readYaml(report);
  const content = root === undefined || root === null ? undefined : plainContent(root, report);
  if (report.hasErrors || root === undefined) {
    throw new UserError([`${file} cannot be edited as it is:`, ...report.problems.map(formatProblem)].join("\n"));
  }
  if (root === null || !isMap(root)) {
    throw new UserError(`${file}:1:1: this is not a tenants file, which begins with "tenants:"`);
  }
  return { root, content };
}

/**
 * A text with some edits of what it says. Comments, order, quotes and every other byte stay. Each result is read again and
 * has to say what the edit means, and nothing else.
 * @throws UserError with the place where the file is written in a way that cannot be edited so.
 */
export function edited(file: string, text: string, edits: readonly Edit[]): string {
  return edits.reduce((before, wanted) => {
    const { root, content } = parsed(file, before);
    const edit = withComment(new Layout(before), root, wanted);
    const place = edit.kind === "remove" || edit.kind === "wrap" ? edit.path : [...edit.path, edit.key];
    const after = spliced(before, splicesOf(new Layout(before), root, edit));
    if (after === before || !saysAsMeant(after, contentAfter(content, edit))) {
      const { line, column } = positionIn(file, before, root, place);
      throw new UserError(
        `${file}:${line}:${column}: what stands here is written in a way that cannot be edited without touching the ` +
          "text around it; write it in lines of its own, or edit it by hand",
      );
    }
    return after;
  }, text);
}

/** The edit that leaves the comment beside a key where it is. */
function withComment(layout: Layout, root: ParsedNode, edit: Edit): Edit {
  const value = edit.kind === "remove" && edit.otherwise !== undefined ? nodeAt(root, edit.path) : undefined;
  if (edit.kind !== "remove" || edit.otherwise === undefined || value === undefined) {
    return edit;
  }
  const end = endOf(value);
  const hasComment = /^[ \t]*#/.test(layout.text.slice(end, layout.lineEnd(end)));
  const key = String(edit.path.at(-1));
  return hasComment ? { kind: "set", path: edit.path.slice(0, -1), key, value: edit.otherwise } : edit;
}

function positionIn(file: string, text: string, root: ParsedNode, path: Path) {
  return new Report(file, text).position(offsetOf(root, path));
}

function saysAsMeant(text: string, meant: unknown): boolean {
  const report = new Report("", text);
  const root = readYaml(report);
  return root !== undefined && !report.hasErrors && isDeepStrictEqual(plainContent(root, report), meant);
}

/** Each piece lies behind the one before. */
function spliced(text: string, splices: readonly Splice[]): string {
  return splices.reduceRight((done, { from, to, text: piece }) => done.slice(0, from) + piece + done.slice(to), text);
}

/** Empty where the text has no place for the edit. */
function splicesOf(layout: Layout, root: ParsedNode, edit: Edit): Splice[] {
  switch (edit.kind) {
    case "set":
      return set(layout, root, edit);
    case "append":
      return append(layout, root, edit);
    case "remove":
      return remove(layout, root, edit.path);
    case "wrap":
      return wrap(layout, root, edit);
  }
}

function set(layout: Layout, root: ParsedNode, edit: Extract<Edit, { kind: "set" }>): Splice[] {
  const mapping = nodeAt(root, edit.path) as Mapping | undefined;
  const pair = mapping?.items.find((each) => isScalar(each.key) && each.key.value === edit.key);
  if (mapping === undefined) {
    return [];
  }
  if (pair !== undefined) {
    return replace(pair.value, edit.value);
  }
  if (mapping.flow === true) {
    const pairs = flowPairs({ [edit.key]: edit.value }, styleOf(mapping));
    return appendInFlow(layout, mapping, itemsOf(mapping), pairs);
  }
  return setInBlock(layout, mapping, { ...edit, after: edit.after }, indentsLists(layout, root));
}

/** Only a text or an empty value is replaced; it keeps its kind of quotes. */
function replace(node: ParsedNode | null, value: Content): Splice[] {
  if (!isScalar(node) || typeof value === "object") {
    return [];
  }
  const [from, to] = node.range;
  const text = node.type === "QUOTE_DOUBLE" ? JSON.stringify(value) : scalarText(value);
  return [{ from, to, text: from === to ? ` ${text}` : text }];
}

function append(layout: Layout, root: ParsedNode, edit: Extract<Edit, { kind: "append" }>): Splice[] {
  const list = nodeAt(root, [...edit.path, edit.key]);
  if (list === undefined) {
    return set(layout, root, { kind: "set", path: edit.path, key: edit.key, value: edit.values });
  }
  if (!isSeq(list)) {
    return [];
  }
  const text = () => edit.values.map((value) => flowText(value, styleOf(list))).join(", ");
  return list.flow === true
    ? appendInFlow(layout, list, itemsOf(list), text())
    : appendInBlock(layout, list, edit.values, indentsLists(layout, root));
}

function remove(layout: Layout, root: ParsedNode, path: Path): Splice[] {
  const parent = nodeAt(root, path.slice(0, -1));
  const step = path.at(-1);
  if (isSeq(parent)) {
    return parent.flow === true
      ? removeFromFlow(layout, itemsOf(parent), Number(step))
      : removeEntry(layout, parent, Number(step));
  }
  const mapping = parent as Mapping;
  const index = mapping.items.findIndex(({ key }) => isScalar(key) && key.value === step);
  return mapping.flow === true
    ? removeFromFlow(layout, itemsOf(mapping), index)
    : removePairInBlock(layout, mapping, index);
}

/** Text of several lines has none of its own place left once a key stands before it. */
function wrap(layout: Layout, root: ParsedNode, { path, key }: Extract<Edit, { kind: "wrap" }>): Splice[] {
  const node = nodeAt(root, path);
  const list = nodeAt(root, path.slice(0, -1)) as List;
  if (!isScalar(node)) {
    return [];
  }
  const [from, to] = node.range;
  const text = layout.text.slice(from, to);
  if (text.includes("\n")) {
    return [];
  }
  const [begin, end] = list.flow === true ? ["{ ", " }"] : ["", ""];
  const name = flowText(key, list.flow === true ? styleOf(list) : "yaml");
  return [{ from, to, text: `${begin}${name}: ${text}${end}` }];
}

function itemsOf(collection: Mapping | List): Item[] {
  return isMap(collection)
    ? collection.items.map((pair) => ({ from: pair.key.range[0], to: endOfPair(pair) }))
    : (collection as List).items.map(itemOf);
}

/** As JSON where the first text between the brackets is in double quotes. */
function styleOf(collection: Mapping | List): FlowStyle {
  const [first] = collection.items;
  const node = isMap(collection) ? (first as Mapping["items"][number] | undefined)?.key : (first as ParsedNode);
  if (node !== undefined && (isMap(node) || isSeq(node))) {
    return styleOf(node);
  }
  return isScalar(node) && node.type === "QUOTE_DOUBLE" ? "json" : "yaml";
}

/** As the file has it where a first list in lines stands under a key. */
function indentsLists(layout: Layout, root: ParsedNode): boolean {
  const lists = (root as Mapping).items.filter(({ value }) => isSeq(value) && value.flow !== true);
  const [first] = lists;
  return (
    first === undefined ||
    first.value === null ||
    layout.column(first.value.range[0]) > layout.column(first.key.range[0])
  );
}
