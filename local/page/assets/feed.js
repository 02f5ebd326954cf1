import { byId, element } from "./element.js";
import { RowList } from "./rowList.js";
/** @import { Row } from "../messages" */

/** What waits while the lists stand still, or the page is not in sight; older rows would fall out of the lists anyway. */
const waitingLimit = 500;

/** The lists of what happens: they take up rows once a frame, however many come, and stand still while they are paused. */
export class Feed {
  /** @type {Row[]} */
  #waiting = [];
  #isPlanned = false;
  #isPaused = false;
  #pause = byId("pause", HTMLButtonElement);
  #tenant = byId("tenant", HTMLSelectElement);

  /** @param {(line: string) => void} askWhy Asks about a line of the log. */
  constructor(askWhy) {
    /** @param {Row} row */
    const text = (row) => [row.text];
    /** @type {[takes: (row: Row) => boolean, list: RowList][]} */
    this.lists = [
      [(row) => row.denied !== undefined, listIn("denials", (row) => [row.text, ...whyButtons(row, askWhy)])],
      [(row) => row.arrived !== undefined, listIn("files", arrivalText)],
      [(row) => row.about === "log", listIn("log", text)],
      [(row) => row.about === "delivery", listIn("deliveries", text)],
      [(row) => row.about === "function", listIn("functions", text)],
    ];
    this.#pause.addEventListener("click", () => this.#setPaused(!this.#isPaused));
    this.#tenant.addEventListener("change", () => this.lists.forEach(([, list]) => list.show(this.#tenant.value)));
  }

  /** @param {readonly Row[]} rows In the place of all that there are. */
  begin(rows) {
    this.#waiting = [];
    this.lists.forEach(([, list]) => list.clear());
    this.#take(rows);
  }

  /** @param {Row} row */
  add(row) {
    this.#waiting = [...this.#waiting, row].slice(-waitingLimit);
    this.#plan();
  }

  /** @param {string[]} tenants Whom the rows may be of. */
  offer(tenants) {
    const chosen = this.#tenant.value;
    const names = chosen === "" || tenants.includes(chosen) ? tenants : [...tenants, chosen];
    const options = names.map((name) => element("option", { value: name, selected: name === chosen }, name));
    this.#tenant.replaceChildren(element("option", { value: "" }, "all"), ...options);
  }

  #plan() {
    byId("waiting", HTMLOutputElement).textContent =
      this.#isPaused && this.#waiting.length > 0 ? `${this.#waiting.length} waiting` : "";
    if (!this.#isPlanned && !this.#isPaused) {
      this.#isPlanned = true;
      requestAnimationFrame(() => {
        this.#isPlanned = false;
        if (!this.#isPaused) {
          this.#take(this.#waiting.splice(0));
        }
      });
    }
  }

  /** @param {readonly Row[]} rows */
  #take(rows) {
    for (const [takes, list] of this.lists) {
      const taken = rows.filter(takes);
      if (taken.length > 0) {
        list.add(taken);
      }
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
