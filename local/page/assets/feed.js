import { byId, element } from "./element.js";
import { RowList } from "./rowList.js";
/** @import { Row } from "../messages" */

/** What waits for each list while it stands still, or the page is not in sight; older rows would fall out of it anyway. */
const waitingLimit = 500;

/** The lists of what happens: they take up rows once a frame, however many come, and stand still while they are paused. */
export class Feed {
  /** How many rows have come since the lists took up some. */
  #untaken = 0;
  #isPlanned = false;
  #isPaused = false;
  #pause = byId("pause", HTMLButtonElement);
  #tenant = byId("tenant", HTMLSelectElement);
  /** @type {ReadonlyMap<string, readonly string[]>} */
  #spaces = new Map();

  /** @param {(line: string) => void} askWhy Asks about a line of the log. */
  constructor(askWhy) {
    /** @param {Row} row */
    const text = (row) => [row.text];
    /** @type {[takes: (row: Row) => boolean, list: RowList][]} */
    const lists = [
      [(row) => row.denied !== undefined, listIn("denials", (row) => [row.text, ...whyButtons(row, askWhy)])],
      [(row) => row.arrived !== undefined, listIn("files", arrivalText)],
      [(row) => row.about === "log", listIn("log", text)],
      [(row) => row.about === "delivery", listIn("deliveries", text)],
      [(row) => row.about === "function", listIn("functions", text)],
    ];
    this.lists = lists.map(([takes, list]) => ({ takes, list, waiting: /** @type {Row[]} */ ([]) }));
    this.#pause.addEventListener("click", () => this.#setPaused(!this.#isPaused));
    this.#tenant.addEventListener("change", () => this.#filter());
  }

  /** @param {readonly Row[]} rows In the place of all that there are. */
  begin(rows) {
    for (const each of this.lists) {
      each.list.clear();
      each.waiting = [];
    }
    rows.forEach((row) => this.#put(row));
    this.#takeUp();
  }

  /** @param {Row} row */
  add(row) {
    this.#put(row);
    this.#plan();
  }

  /**
   * @param {string[]} tenants Whom the rows may be of.
   * @param {ReadonlyMap<string, readonly string[]>} spaces Of those that have any.
   */
  offer(tenants, spaces) {
    this.#spaces = spaces;
    const chosen = this.#tenant.value;
    const names = chosen === "" || tenants.includes(chosen) ? tenants : [...tenants, chosen];
    const options = names.map((name) => element("option", { value: name, selected: name === chosen }, name));
    this.#tenant.replaceChildren(element("option", { value: "" }, "all"), ...options);
    this.#filter();
  }

  #filter() {
    const tenant = this.#tenant.value;
    this.lists.forEach(({ list }) => list.show(tenant, this.#spaces.get(tenant) ?? []));
  }

  /** @param {Row} row */
  #put(row) {
    this.#untaken += 1;
    for (const each of this.lists.filter(({ takes }) => takes(row))) {
      each.waiting = [...each.waiting, row].slice(-waitingLimit);
    }
  }

  #plan() {
    byId("waiting", HTMLOutputElement).textContent =
      this.#isPaused && this.#untaken > 0 ? `${this.#untaken} waiting` : "";
    if (!this.#isPlanned && !this.#isPaused) {
      this.#isPlanned = true;
      requestAnimationFrame(() => {
        this.#isPlanned = false;
        if (!this.#isPaused) {
          this.#takeUp();
        }
      });
    }
  }

  #takeUp() {
    this.#untaken = 0;
    for (const { list, waiting } of this.lists.filter((each) => each.waiting.length > 0)) {
      list.add(waiting.splice(0));
    }
  }

  /** @param {boolean} isPaused */
  #setPaused(isPaused) {
    this.#isPaused = isPaused;
    this.#pause.ariaPressed = String(isPaused);
    this.#plan();
  }
}

/**
 * @param {string} section
 * @param {(row: Row) => (Node | string)[]} content
 */
function listIn(section, content) {
  return new RowList(document.querySelector(`#${section} .rows`), content);
}

/** @param {Row} row */
function arrivalText({ arrived }) {
  return arrived === undefined
    ? []
    : [`${arrived.key}${arrived.bytes === undefined ? ", renamed" : `, ${arrived.bytes.toLocaleString()} bytes`}`];
}

/**
 * @param {Row} row
 * @param {(line: string) => void} askWhy
 */
function whyButtons({ denied, text }, askWhy) {
  return denied === undefined
    ? []
    : [element("button", { type: "button", ariaLabel: `Why? ${text}`, onclick: () => askWhy(denied) }, "Why?")];
}
