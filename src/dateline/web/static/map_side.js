// What stands beside and below the map: the panel of what is chosen, the legend, the table of the day.

import { isoOf, strength, visible } from "/static/map_model.js";

const AGES = {
  fresh: "",
  ageing: "last report over a month old",
  old: "last report over a year old",
  before: "here since a day not known",
};
const ROWS = 50;

/** An element with attributes and children; words are set as text, never as markup. */
export function made(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

const page = (presence) => `/presence/${encodeURIComponent(presence.id)}`;
const asOf = (stay) => (stay.asOf === null ? "" : isoOf(stay.asOf));

/** A sign in the colour of a sending state. */
export function swatch(look, by) {
  const sign = made("span", { class: "swatch", "aria-hidden": "true" });
  sign.style.backgroundColor = look.colour(by);
  return sign;
}

/** One force where it is, as an entry of the panel. */
function entry(look, model, { presence, site, stay }) {
  const facts = [
    `${strength(stay)}${stay.carried ? " (older figure)" : ""}`,
    stay.asOf === null ? "" : `as of ${asOf(stay)}`,
    `${stay.origins} independent origin${stay.origins === 1 ? "" : "s"}`,
    AGES[stay.age],
  ];
  return made(
    "li", {},
    swatch(look, presence.by),
    made("div", {},
      made("a", { href: page(presence), class: "strong" }, visible(presence.force)),
      made("div", { class: "small muted" }, `${site ? `${visible(site.name)}, ` : ""}${model.name(presence.host)}`),
      made("div", { class: "small" }, facts.filter(Boolean).join(" · ")),
    ),
  );
}

/** The panel of what is chosen on the map. */
export class Panel {
  constructor(root, look, model) {
    Object.assign(this, { root, look, model });
    this.empty = [...root.childNodes].map((node) => node.cloneNode(true));
  }

  clear() {
    this.root.replaceChildren(...this.empty.map((node) => node.cloneNode(true)));
  }

  /** Show forces under a heading; `zoom` is called by a button, where there is something to come closer to. */
  show(title, day, entries, { zoom = null, host = null } = {}) {
    const rows = entries.slice(0, 30).map((one) => entry(this.look, this.model, one));
    const more = entries.length > rows.length ? made("p", { class: "small muted" }, `and ${entries.length - rows.length} more: come closer`) : null;
    const tools = made("div", { class: "cluster" });
    if (zoom) {
      const button = made("button", { type: "button", class: "button slight" }, "Come closer");
      button.addEventListener("click", zoom);
      tools.append(button);
    }
    if (host) tools.append(made("a", { class: "button slight", href: `/presence?host=${encodeURIComponent(host)}` }, "All forces there"));
    this.root.replaceChildren(
      made("h2", {}, title),
      made("p", { class: "small muted" }, `On ${isoOf(day)}`),
      entries.length ? made("ul", { class: "plain forces" }, ...rows) : made("p", {}, "Nobody is told to be here on this day."),
      ...(more ? [more] : []),
      ...(tools.childNodes.length ? [tools] : []),
    );
  }
}

/** Sending states with their colours, and forces of regions that have no place on the map. */
export function legend(root, look, model, there) {
  const counts = new Map();
  for (const { presence } of there) counts.set(presence.by, (counts.get(presence.by) ?? 0) + 1);
  const shown = model.states.filter((by) => counts.has(by));
  const named = shown.filter((by) => look.own(by));
  const others = shown.filter((by) => !look.own(by));
  const rows = named.map((by) => made("li", {}, swatch(look, by), `${model.name(by)} (${by}), ${counts.get(by)}`));
  if (others.length) {
    const sum = others.reduce((total, by) => total + counts.get(by), 0);
    rows.push(made("li", {}, swatch(look, null), `Others, ${sum}`));
  }
  root.replaceChildren(...rows);
}

/** The table of who has forces where on a day; the whole of it where there are few, else the first with a link. */
export function table(root, model, there, day, chosen) {
  const sorted = [...there].sort((a, b) => size(b) - size(a) || a.presence.id.localeCompare(b.presence.id));
  const rows = sorted.slice(0, ROWS).map((one) => {
    const stay = one.stay ?? one.sites[0].stay;
    const button = made("button", { type: "button", class: "link-button nowrap", "aria-label": `Show ${visible(one.presence.force)} on the map` }, "On map");
    button.addEventListener("click", () => chosen(one));
    return made(
      "tr", {},
      made("th", { scope: "row" }, made("a", { href: page(one.presence) }, visible(one.presence.force))),
      made("td", { "data-label": "Host" }, made("a", { href: `/presence?host=${encodeURIComponent(one.presence.host)}` }, visible(model.name(one.presence.host)))),
      made("td", { class: "number", "data-label": "Strength" }, one.stay ? `${strength(one.stay)}${one.stay.carried ? " (older figure)" : ""}` : "number not said"),
      made("td", { class: "nowrap", "data-label": "As of" }, made("time", { datetime: asOf(stay) }, asOf(stay))),
      made("td", { "data-label": "Sites" }, one.sites.slice(0, 3).map(({ site }) => visible(site.name)).join(", ") + (one.sites.length > 3 ? ` and ${one.sites.length - 3} more` : "")),
      made("td", { class: "no-print" }, button),
    );
  });
  root.querySelector("tbody").replaceChildren(...rows);
  root.querySelector("caption").textContent = caption(there.length, rows.length, day);
}

const size = ({ stay }) => (stay ? (stay.high ?? stay.low ?? -1) : -2);

function caption(all, shown, day) {
  const what = all === 1 ? "1 force in a host" : `${new Intl.NumberFormat("en-US").format(all)} forces in hosts`;
  return `${what} told to be there on ${isoOf(day)}${all > shown ? `; the ${shown} strongest` : ""}`;
}
