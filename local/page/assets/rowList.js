import { element, timeElement } from "./element.js";
/** @import { Row } from "../messages" */

/** Rows of each list, as many as the gateway sends at the beginning. */
const rowLimit = 500;

/** The newest rows, the newest first, of one tenant or of all. */
export class RowList {
  #list = element("ol");
  #empty = element("p", { className: "empty" });
  #tenant = "";
  /** @type {readonly string[]} */
  #spaces = [];

  /**
   * @param {Element | null} place
   * @param {(row: Row) => (Node | string)[]} content What stands behind the time.
   */
  constructor(place, content) {
    this.content = content;
    place?.append(this.#list, this.#empty);
    this.#count();
  }

  /** @param {readonly Row[]} rows Oldest first. */
  add(rows) {
    const items = rows.slice(-rowLimit).map((row) => this.#item(row));
    this.#list.prepend(...items.reverse());
    while (this.#list.children.length > rowLimit) {
      this.#list.lastElementChild?.remove();
    }
    this.#count();
  }

  clear() {
    this.#list.replaceChildren();
    this.#count();
  }

  /**
   * @param {string} tenant Empty: of all.
   * @param {readonly string[]} spaces Those that it has.
   */
  show(tenant, spaces) {
    this.#tenant = tenant;
    this.#spaces = spaces;
    for (const item of this.#items) {
      item.hidden = !this.#isShown(item);
    }
    this.#count();
  }

  /** @param {Row} row */
  #item(row) {
    const item = element("li", {}, timeElement(row.at), " ", ...this.content(row));
    item.classList.toggle("wrong", row.isWrong === true);
    item.dataset["tenant"] = row.tenant ?? "";
    item.dataset["space"] = row.space ?? "";
    item.hidden = !this.#isShown(item);
    return item;
  }

  /** @param {HTMLElement} item */
  #isShown(item) {
    const { tenant, space = "" } = item.dataset;
    return this.#tenant === "" || tenant === this.#tenant || this.#spaces.includes(space);
  }

  get #items() {
    return /** @type {HTMLElement[]} */ ([...this.#list.children]);
  }

  #count() {
    const isEmpty = this.#items.every((item) => item.hidden);
    this.#empty.hidden = !isEmpty;
    this.#empty.textContent = this.#tenant === "" ? "Nothing yet" : `Nothing of ${this.#tenant}`;
  }
}
