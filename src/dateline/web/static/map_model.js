// What is told of a day: the stays of /map.json that hold then, and how old their reports are.

const DAY = 86400000;

/** Days since 1970 of an ISO day. */
export const dayOf = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);

/** The ISO day of days since 1970. */
export const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);

const LONGEST = 120;

/** A name of a report as it may be shown: controls and bidirectional marks seen, not obeyed; a very long one is cut. */
export const visible = (words) =>
  (words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words).replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (char) =>
    char === "\u200c" || char === "\u200d" ? char : `\\u${char.codePointAt(0).toString(16).padStart(4, "0")}`);

const number = new Intl.NumberFormat("en-US");

/** Bounds as a reader writes them, "" where neither is known. */
export function amount(low, high) {
  if (low === null && high === null) return "";
  if (low === null) return `≤ ${number.format(high)}`;
  if (high === null) return `≥ ${number.format(low)}`;
  return low === high ? number.format(low) : `${number.format(low)}–${number.format(high)}`;
}

/** The strength of a stay in words. */
export const strength = (stay) => amount(stay.low, stay.high) || "number not said";

const read = ([start, end, low, high, asOf, bits, origins]) => ({
  start, end, low, high, asOf, origins,
  precise: (bits & 1) !== 0,
  came: (bits & 2) !== 0,
  carried: (bits & 4) !== 0,
  gone: low === 0 && high === 0,
});

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** The presences of /map.json, of a host and a force where these are asked for. */
export class Model {
  constructor(data, { host = "", actorCode = "", actorText = "" } = {}) {
    this.first = data.first;
    this.last = data.last;
    this.stale = data.stale;
    this.unknownStart = data.unknown_start;
    this.countries = data.countries;
    const part = fold(actorText);
    this.presences = data.presences
      .filter((one) => (!host || one.host === host) && (!actorCode || one.by === actorCode))
      .filter((one) => !part || fold(one.force).includes(part))
      .map((one) => ({
        ...one,
        stays: one.stays.map(read),
        sites: one.sites.map((site) => ({ ...site, stays: site.stays.map(read) })),
      }));
    this.states = this.ranked();
  }

  /** The name of a country, or what stands there where it is no code. */
  name(code) {
    return code === null ? "Several states or none" : (this.countries[code] ?? code);
  }

  /** Sending states, those with most presences first; null stands for forces of no one state. */
  ranked() {
    const counts = new Map();
    for (const one of this.presences) counts.set(one.by, (counts.get(one.by) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || String(a[0]).localeCompare(String(b[0]))).map(([code]) => code);
  }

  /** How old the last report of a stay is on a day (fresh, ageing, old, before); null where it does not hold. */
  age(stay, day) {
    if (stay.end !== null && day > stay.end) return null;
    const told = stay.asOf ?? stay.end;
    if (stay.start !== null) {
      if (day < stay.start) return null;
    } else if (told === null || told - day > this.unknownStart) {
      return null;
    } else if (day < told && !stay.gone) {
      return "before";
    }
    const since = told === null ? 0 : day - told;
    return since <= this.stale[0] ? "fresh" : since <= this.stale[1] ? "ageing" : "old";
  }

  /** The last of some stays that holds on a day, with its age; null where none does or all are gone. */
  holding(stays, day) {
    for (let at = stays.length - 1; at >= 0; at -= 1) {
      const age = this.age(stays[at], day);
      if (age !== null) return stays[at].gone ? null : { ...stays[at], age };
    }
    return null;
  }

  /** Who is where on a day: each presence with its stay in the whole host and those at sites. */
  on(day) {
    const found = [];
    for (const presence of this.presences) {
      const stay = this.holding(presence.stays, day);
      const sites = [];
      for (const site of presence.sites) {
        const held = this.holding(site.stays, day);
        if (held) sites.push({ presence, site, stay: held });
      }
      if (stay || sites.length) found.push({ presence, stay, sites });
    }
    return found;
  }

  /** The days on which something begins or ends, in order, within the slider. */
  changes() {
    const days = new Set();
    for (const presence of this.presences) {
      for (const stays of [presence.stays, ...presence.sites.map((site) => site.stays)]) {
        for (const stay of stays) if (stay.start !== null) days.add(stay.start);
      }
    }
    return [...days].filter((day) => day >= this.first && day <= this.last).sort((a, b) => a - b);
  }
}
