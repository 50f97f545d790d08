// The map of who has forces where: /map.json and the world's outlines, moved through time without asking again.

import { Model, amount, dayOf, isoOf, strength, visible } from "/static/map_model.js";
import { Panel, legend, table } from "/static/map_side.js";
import { Symbols } from "/static/map_symbols.js";
import { TimeSlider } from "/static/map_time.js";
import { World } from "/static/map_world.js";

const L = window.L;
const OWN = 8;
const CLOSEST = 11;
const NOTE_WIDTH = 74;

/** Colours by sending state, from the page's variables: the first eight states have their own. */
class Look {
  constructor(model) {
    this.model = model;
    this.read();
  }

  read() {
    const style = getComputedStyle(document.documentElement);
    const get = (name) => style.getPropertyValue(name).trim();
    const names = ["ink", "muted", "panel", "focus", "land", "sea", "border", "halo"];
    this.colours = Object.fromEntries(names.map((name) => [name, get(`--${name}`)]));
    this.states = Array.from({ length: OWN }, (_, at) => get(`--state-${at + 1}`));
    this.other = get("--state-other");
    this.patterns = new Map();
    this.ranks = new Map(this.model.states.filter((by) => by !== null).slice(0, OWN).map((by, at) => [by, at]));
  }

  own(by) {
    return this.ranks.has(by);
  }

  colour(by) {
    return this.own(by) ? this.states[this.ranks.get(by)] : this.other;
  }

  /** The shade of a country where only the country is known: stripes where several states have forces there. */
  shade(states) {
    const key = states.join(" ");
    if (!this.patterns.has(key)) this.patterns.set(key, this.striped(states.map((by) => this.colour(by))));
    return this.patterns.get(key);
  }

  striped(colours) {
    const canvas = document.createElement("canvas");
    const ratio = window.devicePixelRatio || 1;
    const side = 12 * ratio * colours.length;
    canvas.width = canvas.height = side;
    const ctx = canvas.getContext("2d");
    ctx.fillStyle = this.colours.land;
    ctx.fillRect(0, 0, side, side);
    ctx.globalAlpha = 0.42;
    colours.forEach((colour, at) => {
      ctx.strokeStyle = colour;
      ctx.lineWidth = (colours.length > 1 ? 8 : 30) * ratio * 0.75;
      for (const shift of [-side, 0, side]) {
        const x = (at + 0.5) * 12 * ratio + shift;
        ctx.beginPath();
        ctx.moveTo(x - side, 2 * side);
        ctx.lineTo(x + 2 * side, -side);
        ctx.stroke();
      }
    });
    const pattern = ctx.createPattern(canvas, "repeat");
    pattern.setTransform(new DOMMatrix().scale(1 / ratio));
    return colours.length > 1 ? pattern : mixed(colours[0], this.colours.land);
  }
}

/** A colour laid thinly over another. */
function mixed(colour, ground) {
  const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const [a, b] = [parts(colour), parts(ground)];
  return `rgb(${a.map((value, at) => Math.round(0.42 * value + 0.58 * b[at])).join(" ")})`;
}

/** The page: map, slider, panel, legend and table over one model. */
class Overview {
  constructor(root, data, world) {
    this.root = root;
    const { host, actorCode, actorText } = root.dataset;
    this.model = new Model(data, { host, actorCode, actorText });
    this.look = new Look(this.model);
    this.map = this.makeMap(root.querySelector("#map"));
    this.world = new World(world, this.map, L.canvas({ padding: 0.3 }));
    this.symbols = new Symbols(this.look);
    this.panel = new Panel(root.querySelector("[data-panel]"), this.look, this.model);
    this.arcs = root.querySelector("[data-arcs]");
    this.slider = new TimeSlider(root.querySelector("[data-time]"), this.model, (day) => this.show(day));
    const asked = new URLSearchParams(location.search);
    this.arcs.checked = asked.get("arcs") === "1";
    this.slider.set(dayOf(root.dataset.on || isoOf(this.model.last)), { quietly: true });
    this.prepare(this.slider.day);
    this.place(asked.get("at"));
    this.wire();
    this.symbols.addTo(this.map);
    this.show(this.slider.day);
    root.dataset.ready = "1";
    performance.mark("map-painted");
  }

  makeMap(element) {
    element.replaceChildren();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    return L.map(element, {
      attributionControl: false,
      minZoom: 1,
      maxZoom: CLOSEST,
      zoomSnap: 0.5,
      maxBounds: [[-75, -200], [86, 215]],
      worldCopyJump: false,
      zoomAnimation: !still,
      fadeAnimation: !still,
      inertia: !still,
    });
  }

  wire() {
    this.arcs.addEventListener("change", () => this.show(this.slider.day));
    this.map.on("moveend", () => this.remember());
    this.map.on("zoomend", () => this.annotate());
    this.map.on("click", ({ containerPoint, latlng }) => this.choose(this.at(containerPoint, latlng)));
    this.map.on("mousemove", ({ containerPoint, latlng }) => this.hover(containerPoint, this.at(containerPoint, latlng)));
    this.map.on("mouseout", () => this.hover(null, null));
    this.map.getContainer().addEventListener("keydown", (event) => this.key(event));
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", () => { this.look.read(); this.show(this.slider.day); });
    const whole = this.root.querySelector("[data-whole]");
    whole.addEventListener("click", () => this.fit());
  }

  /** Where the map begins: as the address says, else so that all who are there are in view. */
  place(at) {
    const [lat, lon, zoom] = (at ?? "").split(",").map(Number);
    if (at && [lat, lon, zoom].every(Number.isFinite)) this.map.setView([lat, lon], zoom, { animate: false });
    else this.fit();
  }

  fit() {
    const points = [];
    for (const { presence, sites } of this.there) {
      points.push(...sites.map(({ site }) => [site.lat, site.lon]));
      const box = this.world.boxes.get(presence.host);
      const at = this.world.at.get(presence.host);
      if (box && !sites.length && box.getEast() - box.getWest() < 60) points.push(box.getSouthWest(), box.getNorthEast());
      else if (at) points.push(at);
    }
    const options = { animate: false, padding: [30, 30], maxZoom: 6 };
    if (points.length) this.map.fitBounds(L.latLngBounds(points).pad(0.05), options);
    else this.map.setView([15, 15], 2, { animate: false });
  }

  /** Who is there on a day, and the shades of countries. */
  prepare(day) {
    this.there = this.model.on(day);
    this.sites = this.there.flatMap((one) => one.sites);
    this.alone = this.there.filter((one) => !one.sites.length);
    const by = new Map();
    for (const { presence } of this.alone) {
      if (!by.has(presence.host)) by.set(presence.host, new Set());
      by.get(presence.host).add(presence.by);
    }
    this.world.paint(this.look.colours, new Map([...by].map(([host, states]) => [host, this.look.shade([...states].slice(0, 4))])));
  }

  /** Show a day. */
  show(day) {
    this.prepare(day);
    this.annotate();
    legend(this.root.querySelector("[data-legend]"), this.look, this.model, this.there);
    table(this.root.querySelector("[data-day]"), this.model, this.there, day, (one) => this.find(one));
    this.regions(this.alone);
    this.remember();
    if (this.chosen) this.choose(this.chosen);
  }

  /** The notes of countries that are wide enough for them, the arcs where they are asked for, and all discs. */
  annotate() {
    if (!this.there) return;
    const hosts = new Map();
    for (const one of this.there) {
      if (!this.world.at.has(one.presence.host)) continue;
      if (!hosts.has(one.presence.host)) hosts.set(one.presence.host, []);
      hosts.get(one.presence.host).push(one);
    }
    const notes = [];
    for (const [code, forces] of hosts) {
      const told = forces
        .filter((one) => one.stay && (!one.sites.length || one.stay.low !== null || one.stay.high !== null))
        .sort((a, b) => (b.stay.high ?? b.stay.low ?? -1) - (a.stay.high ?? a.stay.low ?? -1));
      if (!told.length || this.world.width(code) < NOTE_WIDTH) continue;
      const roomy = this.world.width(code) > 1.3 * NOTE_WIDTH;
      const lines = roomy ? told.slice(0, 3).map(({ presence, stay }) => ({ by: presence.by, words: `${presence.by ?? visible(presence.force).slice(0, 14)} ${amount(stay.low, stay.high) || "(no number)"}` })) : [];
      if (roomy && told.length > 3) lines.push({ by: null, words: `and ${told.length - 3} more` });
      notes.push({ code, title: visible(this.model.name(code)), at: this.world.at.get(code), lines, width: roomy ? 120 : NOTE_WIDTH, wide: this.world.width(code) });
    }
    this.symbols.show({ sites: this.sites, notes, arcs: this.arcs.checked ? this.senders() : [] });
  }

  senders() {
    return this.there.flatMap(({ presence, sites }) => {
      const from = this.world.at.get(presence.by);
      const to = sites.length ? [sites[0].site.lat, sites[0].site.lon] : this.world.at.get(presence.host);
      return from && to && presence.by !== presence.host ? [{ from, to, by: presence.by }] : [];
    });
  }

  /** Forces of a region of several countries, which has no outline here, in words below the map. */
  regions(alone) {
    const told = alone.filter(({ presence }) => !this.world.at.has(presence.host));
    const words = told.map(({ presence, stay }) => `${visible(presence.force)} in ${visible(presence.host)} (${strength(stay)})`);
    const line = this.root.querySelector("[data-regions]");
    line.textContent = words.length ? `Told only of a region: ${words.slice(0, 8).join("; ")}${words.length > 8 ? "; …" : ""}.` : "";
  }

  /** What lies at a point: a disc, a bundle, a note, or a shaded country. */
  at(containerPoint, latlng) {
    const mark = this.symbols.hit(containerPoint);
    if (mark) return mark;
    const code = this.world.countryAt(latlng);
    return code ? { kind: "country", code } : null;
  }

  /** Open what was chosen in the panel. */
  choose(mark) {
    this.chosen = mark;
    this.symbols.chosen = mark?.id ?? null;
    this.symbols.draw();
    if (!mark) { this.panel.clear(); return; }
    const day = this.slider.day;
    if (mark.kind === "country") {
      const forces = this.there.filter(({ presence }) => presence.host === mark.code);
      const entries = forces.flatMap(({ presence, stay, sites }) => [...(stay ? [{ presence, stay, site: null }] : []), ...sites]);
      this.panel.show(visible(this.model.name(mark.code)), day, entries, { host: mark.code });
      return;
    }
    const held = mark.sites.map((one) => this.sites.find((now) => now.site === one.site)).filter(Boolean);
    const names = [...new Set(mark.sites.map(({ site }) => visible(site.name)))];
    const title = names.length === 1 ? names[0] : `${names.length} places: ${names.slice(0, 3).join(", ")}${names.length > 3 ? " …" : ""}`;
    this.panel.show(title, day, held, { zoom: this.map.getZoom() < CLOSEST ? () => this.closer(mark) : null });
  }

  closer(mark) {
    const bounds = L.latLngBounds(mark.sites.map(({ site }) => [site.lat, site.lon]));
    const zoom = Math.min(CLOSEST, Math.max(this.map.getZoom() + 1.5, this.map.getBoundsZoom(bounds.pad(0.2)) - 0.5));
    this.map.setView(bounds.getCenter(), zoom);
  }

  /** Show a row of the table on the map. */
  find({ presence, sites }) {
    const points = sites.length ? sites.map(({ site }) => [site.lat, site.lon]) : [];
    const box = this.world.boxes.get(presence.host);
    if (points.length) this.map.fitBounds(L.latLngBounds(points).pad(0.4), { maxZoom: 7 });
    else if (box) this.map.fitBounds(box);
    else if (this.world.at.has(presence.host)) this.map.setView(this.world.at.get(presence.host), 6);
    this.choose({ kind: "country", code: presence.host });
    this.map.getContainer().scrollIntoView({ block: "nearest" });
  }

  hover(point, mark) {
    const container = this.map.getContainer();
    container.classList.toggle("over", mark !== null);
    this.tip ??= container.appendChild(Object.assign(document.createElement("div"), { className: "tip", hidden: true }));
    this.tip.hidden = mark === null;
    if (!mark) return;
    this.tip.textContent = this.told(mark);
    this.tip.style.transform = `translate(${Math.min(point.x + 14, container.clientWidth - this.tip.offsetWidth - 6)}px, ${point.y + 16}px)`;
  }

  told(mark) {
    if (mark.kind === "country") return visible(this.model.name(mark.code));
    if (mark.kind === "bundle") return `${mark.sites.length} forces at ${mark.places.length} place${mark.places.length === 1 ? "" : "s"}`;
    const { presence, site, stay } = mark.one;
    return `${visible(presence.force)}, ${visible(site.name)}: ${strength(stay)}`;
  }

  /** n and p step through what is in view, Enter comes closer to it, Escape lets go of it. */
  key(event) {
    const way = { n: 1, p: -1 }[event.key];
    if (way) {
      const seen = this.symbols.inView();
      const at = seen.findIndex((mark) => mark.id === this.symbols.chosen);
      if (seen.length) this.choose(seen[at < 0 ? (way > 0 ? 0 : seen.length - 1) : (at + way + seen.length) % seen.length]);
    } else if (event.key === "Enter" && this.chosen?.sites) {
      this.closer(this.chosen);
    } else if (event.key === "Escape") {
      this.choose(null);
    }
  }

  /** Keep day, view and arcs in the address. */
  remember() {
    if (!this.there) return;
    const address = new URL(location.href);
    const { lat, lng } = this.map.getCenter();
    address.searchParams.set("on", isoOf(this.slider.day));
    address.searchParams.set("at", `${lat.toFixed(2)},${lng.toFixed(2)},${this.map.getZoom()}`);
    if (this.arcs.checked) address.searchParams.set("arcs", "1");
    else address.searchParams.delete("arcs");
    const list = this.root.querySelector("[data-list]");
    const query = new URLSearchParams([...address.searchParams].filter(([name]) => ["on", "host", "actor"].includes(name)));
    list.href = `/presence?${query}`;
    clearTimeout(this.written);
    this.written = setTimeout(() => history.replaceState(null, "", address), 150);
  }
}

const root = document.querySelector("[data-overview]");
if (root) {
  const [data, world] = await Promise.all(["/map.json", root.dataset.world].map(async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }));
  window.dateline = { overview: new Overview(root, data, world) };
}
