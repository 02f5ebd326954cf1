import { asked, byId, element } from "./element.js";
/** @import { WhyContent } from "../messages" */

/** The form that asks why, and its answer. */
export class Why {
  #form = byId("ask", HTMLFormElement);
  #answer = byId("answer", HTMLElement);
  #operation = byId("ask-operation", HTMLSelectElement);

  constructor() {
    this.#operation.addEventListener("change", () => this.#showFields());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#ask(this.#given());
    });
    this.#showFields();
  }

  /** @param {string[]} names Of tenants, which are offered while somebody types. */
  offer(names) {
    byId("names", HTMLElement).replaceChildren(...names.map((value) => element("option", { value })));
  }

  /** @param {string} line Of the structured log. */
  async askAbout(line) {
    await this.#ask({ line });
    this.#answer.focus();
  }

  /** What goes with the operation. */
  #given() {
    /** @type {Record<string, string>} */
    const given = {};
    for (const field of this.#form.querySelectorAll("input, select")) {
      if (field.closest("[hidden]") === null) {
        const { name, value } = /** @type {HTMLInputElement | HTMLSelectElement} */ (field);
        given[name] = value;
      }
    }
    return given;
  }

  #showFields() {
    const operation = this.#operation.value;
    const shown = operation === "login" ? ["login"] : operation === "rename" ? ["path", "to"] : ["path"];
    for (const field of this.#form.querySelectorAll("[data-for]")) {
      const { dataset } = /** @type {HTMLElement} */ (field);
      /** @type {HTMLElement} */ (field).hidden = !shown.includes(dataset["for"] ?? "");
    }
  }

  /** @param {Record<string, string>} question */
  async #ask(question) {
    try {
      /** @type {WhyContent} */
      const { verdict, text } = await asked("why", question);
      const head = element("p", {}, element("b", {}, verdict));
      head.classList.toggle("wrong", verdict !== "allowed");
      this.#answer.replaceChildren(head, element("pre", { tabIndex: 0 }, text));
    } catch (error) {
      this.#answer.textContent = `There is no answer: ${/** @type {Error} */ (error).message}`;
    }
  }
}
