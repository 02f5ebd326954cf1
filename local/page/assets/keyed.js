/**
 * Elements of a list by the names of what they show. One whose content has not changed stays, with what is opened in it and
 * what has the focus.
 * @template {{ readonly name: string }} Shown
 */
export class KeyedList {
  /** @type {Map<string, { content: string, item: HTMLElement }>} */
  #items = new Map();

  /**
   * @param {HTMLElement} list
   * @param {(shown: Shown) => HTMLElement} make
   */
  constructor(list, make) {
    this.list = list;
    this.make = make;
  }

  /** @param {readonly Shown[]} all */
  show(all) {
    const before = this.#items;
    this.#items = new Map(
      all.map((shown) => {
        const content = JSON.stringify(shown);
        const known = before.get(shown.name);
        return [shown.name, known?.content === content ? known : { content, item: this.make(shown) }];
      }),
    );
    const items = [...this.#items.values()].map(({ item }) => item);
    [...this.list.children]
      .filter((each) => !items.includes(/** @type {HTMLElement} */ (each)))
      .forEach((gone) => gone.remove());
    items.forEach((item, at) => {
      if (this.list.children[at] !== item) {
        this.list.insertBefore(item, this.list.children[at] ?? null);
      }
    });
  }
}
