// The outlines of the world's countries as layers of a map: areas that can be shaded, borders drawn once.

const L = window.L;

/** The world of world.json on a map; `code` of an area is that of its country. */
export class World {
  constructor(data, map, renderer) {
    this.map = map;
    this.lines = data.arcs.map((arc) => decoded(arc, data.scale));
    this.at = new Map(data.countries.map((one) => [one.code, one.at]));
    this.areas = new Map();
    this.shaded = new Map();
    this.boxes = new Map();
    const options = { renderer, interactive: false, stroke: false, fillOpacity: 1, smoothFactor: 1.2 };
    for (const { code, shape } of data.countries) {
      if (!shape.length) continue;
      const rings = shape.map((polygon) => polygon.map((ring) => this.ring(ring)));
      const area = L.polygon(rings, options).addTo(map);
      this.areas.set(code, area);
      this.boxes.set(code, area.getBounds());
    }
    this.unclaimed = L.polygon(data.unclaimed[0].map((polygon) => polygon.map((ring) => this.ring(ring))), options);
    this.unclaimed.addTo(map);
    const line = { renderer, interactive: false, weight: 0.8, fill: false, smoothFactor: 1.2 };
    this.borders = L.polyline(data.borders.map((at) => this.lines[at]), line).addTo(map);
    this.disputed = L.polyline(data.disputed.map((at) => this.lines[at]), { ...line, dashArray: "3 3" }).addTo(map);
  }

  /** The points of a ring: its arcs one after another, beyond the 180th meridian where they cross it. */
  ring(arcs) {
    const found = [];
    for (const at of arcs) {
      const line = at >= 0 ? this.lines[at] : [...this.lines[~at]].reverse();
      const turn = found.length ? 360 * Math.round((line[0][1] - found[found.length - 1][1]) / 360) : 0;
      for (const [lat, lon] of found.length ? line.slice(1) : line) found.push([lat, lon - turn]);
    }
    const mean = found.reduce((sum, point) => sum + point[1], 0) / found.length;
    const turn = 360 * Math.round(mean / 360);
    return turn ? found.map(([lat, lon]) => [lat, lon - turn]) : found;
  }

  /** Paint everything anew: `fills` gives a colour or pattern by country code. */
  paint(colours, fills) {
    for (const [code, area] of this.areas) {
      const fill = fills.get(code) ?? colours.land;
      if (area.options.fillColor !== fill) area.setStyle({ fillColor: fill });
    }
    this.shaded = fills;
    this.unclaimed.setStyle({ fillColor: colours.land });
    this.borders.setStyle({ color: colours.border });
    this.disputed.setStyle({ color: colours.border });
  }

  /** The shaded country at a point of the map, or null. */
  countryAt(latlng) {
    for (const code of this.shaded.keys()) {
      const area = this.areas.get(code);
      if (area && this.boxes.get(code).contains(latlng) && inside(area.getLatLngs(), latlng)) return code;
    }
    return null;
  }

  /** How many pixels wide a country is on the map as it stands. */
  width(code) {
    const box = this.boxes.get(code);
    if (!box) return 0;
    return this.map.project(box.getNorthEast()).x - this.map.project(box.getSouthWest()).x;
  }
}

function decoded(arc, scale) {
  const line = [];
  let x = 0;
  let y = 0;
  for (let at = 0; at < arc.length; at += 2) {
    x += arc[at];
    y += arc[at + 1];
    line.push([y / scale, x / scale]);
  }
  return line;
}

function inside(polygons, { lat, lng }) {
  let within = false;
  for (const ring of polygons.flat()) {
    for (let at = 0, last = ring.length - 1; at < ring.length; last = at, at += 1) {
      const [a, b] = [ring[at], ring[last]];
      if (a.lat > lat !== b.lat > lat && lng < ((b.lng - a.lng) * (lat - a.lat)) / (b.lat - a.lat) + a.lng) within = !within;
    }
  }
  return within;
}
