// Forces on the map: discs at sites, bundles where they lie too close, notes of countries, arcs from senders.

const L = window.L;
const NEAR = 32;
const FAN = 4;
const MARGIN = 120;
const FADE = { fresh: 1, ageing: 0.8, old: 0.55, before: 0.55 };

/** The radius in pixels of a number of persons: its area is proportional to them. */
export const radius = (persons) => Math.max(3.5, Math.min(44, 0.5 * Math.sqrt(persons)));

/** How far a disc reaches: to its upper bound, or what is drawn where that is not said. */
function reach({ low, high }) {
  if (low === null && high === null) return 7;
  return radius(high ?? low) + (high === null ? 4 : 0);
}

/** A canvas over the map with the forces of one day on it. */
export const Symbols = L.Layer.extend({
  initialize(look) {
    this.look = look;
    this.shown = { sites: [], notes: [], arcs: [] };
    this.marks = [];
    this.chosen = null;
  },

  onAdd(map) {
    this.canvas = L.DomUtil.create("canvas", "symbols", map.getPanes().overlayPane);
    this.canvas.setAttribute("aria-hidden", "true");
    map.on("moveend zoomend resize viewreset", this.draw, this);
    map.on("zoomstart", this.hide, this);
    this.draw();
  },

  onRemove(map) {
    map.off("moveend zoomend resize viewreset", this.draw, this).off("zoomstart", this.hide, this);
    this.canvas.remove();
  },

  hide() {
    this.canvas.hidden = true;
  },

  /** Show the forces of a day: sites, notes of countries and arcs. */
  show(shown) {
    this.shown = shown;
    this.draw();
  },

  draw() {
    const map = this._map;
    if (!map || !map._loaded) return;
    const size = map.getSize().add([2 * MARGIN, 2 * MARGIN]);
    const ratio = window.devicePixelRatio || 1;
    this.origin = map.containerPointToLayerPoint([-MARGIN, -MARGIN]);
    L.DomUtil.setPosition(this.canvas, this.origin);
    this.canvas.width = size.x * ratio;
    this.canvas.height = size.y * ratio;
    this.canvas.style.width = `${size.x}px`;
    this.canvas.style.height = `${size.y}px`;
    this.canvas.hidden = false;
    this.ctx = this.canvas.getContext("2d");
    this.ctx.scale(ratio, ratio);
    this.ctx.textBaseline = "middle";
    this.marks = [...this.bundled(size)];
    for (const arc of this.shown.arcs) this.drawArc(arc);
    for (const mark of this.marks) this.drawUncertainty(mark);
    for (const note of this.shown.notes) note.box = null;
    for (const note of this.shown.notes) this.drawNote(note);
    for (const mark of this.marks) this.drawMark(mark);
    if (this.chosen) this.drawChosen();
  },

  /** Where a point of the world lies on the canvas. */
  point(lat, lon) {
    return this._map.latLngToLayerPoint([lat, lon]).subtract(this.origin);
  },

  /** Sites as marks: one place with few forces side by side, places too close to each other as one bundle. */
  *bundled(size) {
    const places = this.places(size);
    const cells = new Map();
    for (const place of places) {
      const key = `${Math.floor(place.x / NEAR)} ${Math.floor(place.y / NEAR)}`;
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(place);
    }
    for (const place of places) {
      if (place.taken) continue;
      const near = neighbours(cells, place);
      for (const one of near) one.taken = true;
      const sites = near.flatMap((one) => one.sites);
      if (near.length === 1 && sites.length <= FAN) yield* fanned(place);
      else yield bundle(near, sites);
    }
  },

  /** The places in view with the forces there, those with most first. */
  places(size) {
    const found = new Map();
    for (const one of this.shown.sites) {
      const { x, y } = this.point(one.site.lat, one.site.lon);
      if (x < 0 || y < 0 || x > size.x || y > size.y) continue;
      const key = `${one.site.lat} ${one.site.lon}`;
      if (!found.has(key)) found.set(key, { key, x, y, sites: [], taken: false });
      found.get(key).sites.push(one);
    }
    return [...found.values()].sort((a, b) => b.sites.length - a.sites.length || (a.key < b.key ? -1 : 1));
  },

  drawUncertainty({ kind, one, anchor, r }) {
    if (kind !== "site" || !one.site.reach) return;
    const metres = (40075016.7 * Math.cos((one.site.lat * Math.PI) / 180)) / (256 * 2 ** this._map.getZoom());
    const pixels = one.site.reach / metres;
    if (pixels < r + 3 || pixels > 600) return;
    const { ctx } = this;
    ctx.beginPath();
    ctx.arc(anchor.x, anchor.y, pixels, 0, 2 * Math.PI);
    ctx.setLineDash([2, 4]);
    ctx.strokeStyle = this.look.colour(one.presence.by);
    ctx.globalAlpha = 0.7;
    ctx.lineWidth = 1;
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  },

  drawMark(mark) {
    if (mark.kind === "bundle") this.drawBundle(mark);
    else this.drawSite(mark);
  },

  /** A disc: filled to the lower bound, a ring at the upper one; hollow where no number is said. */
  drawSite({ one, x, y, r, anchor }) {
    const { ctx } = this;
    const { low, high, age } = one.stay;
    const colour = this.look.colour(one.presence.by);
    if (anchor.x !== x || anchor.y !== y) this.line([anchor, { x, y }], this.look.colours.muted);
    const circle = (size, fill, stroke, dash = []) => {
      ctx.beginPath();
      ctx.arc(x, y, size, 0, 2 * Math.PI);
      if (fill) { ctx.fillStyle = fill; ctx.fill(); }
      if (stroke) { ctx.setLineDash(dash); ctx.strokeStyle = stroke; ctx.lineWidth = 1.75; ctx.stroke(); ctx.setLineDash([]); }
    };
    const aged = age === "fresh" || age === "ageing" ? [] : [3, 2];
    circle(r, this.look.colours.panel, null);
    ctx.globalAlpha = FADE[age];
    if (low === null && high === null) circle(r - 1, null, colour, aged);
    else {
      ctx.globalAlpha = 0.16 * FADE[age];
      circle(radius(high ?? low), colour, null);
      ctx.globalAlpha = 0.8 * FADE[age];
      if (low) circle(radius(low), colour, null);
      ctx.globalAlpha = FADE[age];
      circle(high === null ? radius(low) + 3 : radius(high), null, colour, high === null ? [1, 3] : aged);
    }
    ctx.globalAlpha = 1;
    this.text(one.presence.by ?? "—", x, y + r + 7, { colour, align: "center", size: 10, bold: true });
  },

  /** Several places as one ring in the colours of the senders, with how many forces there are. */
  drawBundle({ x, y, r, sites }) {
    const { ctx } = this;
    const counts = new Map();
    for (const one of sites) counts.set(one.presence.by, (counts.get(one.presence.by) ?? 0) + 1);
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fillStyle = this.look.colours.panel;
    ctx.fill();
    let from = -Math.PI / 2;
    for (const [by, count] of [...counts].sort((a, b) => b[1] - a[1])) {
      const to = from + (2 * Math.PI * count) / sites.length;
      ctx.beginPath();
      ctx.arc(x, y, r - 2, from, to);
      ctx.strokeStyle = this.look.colour(by);
      ctx.lineWidth = 4.5;
      ctx.stroke();
      from = to;
    }
    this.text(String(sites.length), x, y, { colour: this.look.colours.ink, align: "center", size: 11, bold: true, halo: false });
  },

  /** What is known of a country as a whole, at a point well inside it; left out where a disc stands there. */
  drawNote(note) {
    const height = 15 * (note.lines.length + 1);
    const box = this.room(this.point(...note.at), note.width, height, note.wide);
    note.box = box;
    if (!box) return;
    const x = box.x + box.w / 2;
    const colour = this.look.colours.ink;
    this.text(note.title, x, box.y + 8, { colour, align: "center", size: 12, bold: true });
    note.lines.forEach((line, at) => {
      const top = box.y + 23 + 15 * at;
      this.ctx.font = font(11, false);
      const wide = this.ctx.measureText(line.words).width;
      this.ctx.fillStyle = this.look.colour(line.by);
      this.ctx.fillRect(x - wide / 2 - 6, top - 4, 8, 8);
      this.text(line.words, x - wide / 2 + 6, top, { colour, align: "left", size: 11 });
    });
  },

  /** Room for a note at a point or, where discs stand there, a little beside it; null where there is none. */
  room({ x, y }, w, h, wide) {
    const near = (a, b, reach) => Math.abs(a - b) < reach;
    const others = this.shown.notes.filter((note) => note.box);
    const free = (dx, dy) =>
      !this.marks.some((mark) => near(mark.x, x + dx, mark.r + w / 2) && near(mark.y, y + dy, mark.r + 8 + h / 2)) &&
      !others.some(({ box }) => near(box.x + box.w / 2, x + dx, (box.w + w) / 2 - 8) && near(box.y + box.h / 2, y + dy, (box.h + h) / 2));
    const far = Math.min(64, wide / (h > 20 ? 2.4 : 4));
    const found = [[0, 0], [0, -far], [0, far], [far, 0], [-far, 0], [far, -far], [-far, far]].find(([dx, dy]) => free(dx, dy));
    return found ? { x: x + found[0] - w / 2, y: y + found[1] - h / 2, w, h } : null;
  },

  /** An arc from the sending state to where its force is. */
  drawArc({ from, to, by }) {
    const a = this.point(...from);
    const b = this.point(...to);
    const middle = { x: (a.x + b.x) / 2 + (b.y - a.y) * 0.18, y: (a.y + b.y) / 2 - Math.abs(b.x - a.x) * 0.18 };
    const { ctx } = this;
    ctx.beginPath();
    ctx.moveTo(a.x, a.y);
    ctx.quadraticCurveTo(middle.x, middle.y, b.x, b.y);
    ctx.strokeStyle = this.look.colour(by);
    ctx.globalAlpha = 0.55;
    ctx.lineWidth = 1.5;
    ctx.stroke();
    const turn = Math.atan2(b.y - middle.y, b.x - middle.x);
    ctx.beginPath();
    ctx.moveTo(b.x, b.y);
    for (const side of [-0.4, 0.4]) ctx.lineTo(b.x - 9 * Math.cos(turn + side), b.y - 9 * Math.sin(turn + side));
    ctx.fillStyle = this.look.colour(by);
    ctx.globalAlpha = 0.8;
    ctx.fill();
    ctx.globalAlpha = 1;
  },

  drawChosen() {
    const mark = this.marks.find((one) => one.id === this.chosen);
    if (!mark) return;
    const { ctx } = this;
    ctx.beginPath();
    ctx.arc(mark.x, mark.y, mark.r + 4, 0, 2 * Math.PI);
    ctx.strokeStyle = this.look.colours.focus;
    ctx.lineWidth = 2.5;
    ctx.stroke();
  },

  line([a, b], colour) {
    const { ctx } = this;
    ctx.beginPath();
    ctx.moveTo(a.x, a.y);
    ctx.lineTo(b.x, b.y);
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1;
    ctx.stroke();
  },

  text(words, x, y, { colour, align, size, bold = false, halo = true }) {
    const { ctx } = this;
    ctx.font = font(size, bold);
    ctx.textAlign = align;
    if (halo) {
      ctx.strokeStyle = this.look.colours.halo;
      ctx.lineWidth = 3;
      ctx.lineJoin = "round";
      ctx.strokeText(words, x, y);
    }
    ctx.fillStyle = colour;
    ctx.fillText(words, x, y);
  },

  /** The mark or note at a point of the map's container, or null. */
  hit(containerPoint) {
    const { x, y } = containerPoint.add([MARGIN, MARGIN]).add(this._map.containerPointToLayerPoint([-MARGIN, -MARGIN]).subtract(this.origin));
    for (let at = this.marks.length - 1; at >= 0; at -= 1) {
      const mark = this.marks[at];
      if (Math.hypot(mark.x - x, mark.y - y) <= Math.max(12, mark.r + 2)) return mark;
    }
    const note = this.shown.notes.find(({ box }) => box && x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h);
    return note ? { kind: "country", code: note.code } : null;
  },

  /** The marks in view from left to right, for stepping through them by key. */
  inView() {
    const size = this._map.getSize();
    const seen = (mark) => mark.x >= MARGIN && mark.y >= MARGIN && mark.x <= MARGIN + size.x && mark.y <= MARGIN + size.y;
    return this.marks.filter(seen).sort((a, b) => a.x - b.x || a.y - b.y);
  },
});

const font = (size, bold) => `${bold ? "600 " : ""}${size}px system-ui, sans-serif`;

function neighbours(cells, place) {
  const [column, row] = [Math.floor(place.x / NEAR), Math.floor(place.y / NEAR)];
  const found = [place];
  for (let dx = -1; dx <= 1; dx += 1) {
    for (let dy = -1; dy <= 1; dy += 1) {
      for (const other of cells.get(`${column + dx} ${row + dy}`) ?? []) {
        if (other !== place && !other.taken && Math.hypot(other.x - place.x, other.y - place.y) < NEAR) found.push(other);
      }
    }
  }
  return found;
}

function bundle(places, sites) {
  const [{ x, y }] = places;
  const id = places.map((place) => place.key).sort().join("|");
  return { kind: "bundle", id, x, y, r: sites.length < 100 ? 13 : 15.5, sites, places };
}

function* fanned(place) {
  const sites = [...place.sites].sort((a, b) => reach(b.stay) - reach(a.stay));
  const sizes = sites.map((one) => reach(one.stay));
  const total = sizes.reduce((sum, size) => sum + 2 * size, 0) + 10 * (sites.length - 1);
  let left = place.x - total / 2;
  for (const [at, one] of sites.entries()) {
    const x = sites.length === 1 ? place.x : left + sizes[at];
    left += 2 * sizes[at] + 10;
    const anchor = { x: place.x, y: place.y };
    yield { kind: "site", id: `${one.presence.id} ${place.key}`, x, y: place.y, r: sizes[at], one, anchor, sites: [one] };
  }
}
