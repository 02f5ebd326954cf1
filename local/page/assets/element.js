/**
 * An element. What it holds is text or other elements: nothing that the page shows is ever read as markup.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} [properties]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/**
 * The element with an id, which page.html has.
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) {
    throw new Error(`page.html has no such element: ${id}`);
  }
  return found;
}

/**
 * A moment as the terminal shows it, with the day where it is another one.
 * @param {string} at
 */
export function timeElement(at) {
  const moment = new Date(at);
  const isToday = moment.toDateString() === new Date().toDateString();
  const time = moment.toTimeString().slice(0, 8);
  return element("time", { dateTime: at }, isToday ? time : `${moment.toLocaleDateString()} ${time}`);
}

/**
 * What the gateway answers.
 * @template Content
 * @param {string} route
 * @param {Record<string, string>} query
 * @returns {Promise<Content>}
 */
export async function asked(route, query) {
  const response = await fetch(`${route}?${String(new URLSearchParams(query))}`);
  if (!response.ok) {
    throw new Error(await response.text());
  }
  /** @type {Content} */
  const content = await response.json();
  return content;
}

/**
 * Runs work now and then at most: at once, or as soon as a second has passed since it last ran.
 * @param {() => void} work
 * @returns {() => void}
 */
export function atMostEachSecond(work) {
  let last = 0;
  let isPlanned = false;
  return () => {
    if (!isPlanned) {
      isPlanned = true;
      setTimeout(
        () => {
          isPlanned = false;
          last = Date.now();
          work();
        },
        Math.max(0, last + 1000 - Date.now()),
      );
    }
  };
}
