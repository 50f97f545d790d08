// The day of the map: a slider with the days on which something changes marked above it.

import { dayOf, isoOf } from "/static/map_model.js";

/** The controls of the day; calls `moved(day)` whenever it changes. */
export class TimeSlider {
  constructor(root, model, moved) {
    this.model = model;
    this.moved = moved;
    this.changes = model.changes();
    this.range = root.querySelector("input[type=range]");
    this.said = root.querySelector("output");
    this.date = document.getElementById("on");
    this.marks = root.querySelector("canvas");
    this.range.min = model.first;
    this.range.max = model.last;
    this.range.addEventListener("input", () => this.set(Number(this.range.value)));
    this.date.addEventListener("change", () => this.type(this.date.value));
    root.querySelector("[data-step=back]").addEventListener("click", () => this.step(-1));
    root.querySelector("[data-step=on]").addEventListener("click", () => this.step(1));
    root.querySelector("[data-first]").textContent = isoOf(model.first);
    root.querySelector("[data-last]").textContent = isoOf(model.last);
    new ResizeObserver(() => this.draw()).observe(this.marks);
  }

  /** Go to a day. */
  set(day, { quietly = false } = {}) {
    this.day = day;
    this.range.value = day;
    this.range.setAttribute("aria-valuetext", isoOf(day));
    this.said.textContent = isoOf(day);
    this.date.value = isoOf(day);
    if (!quietly) this.moved(day);
  }

  /** Go to a day as it was typed; what is none stays for the server to answer. */
  type(words) {
    if (/^\d{4}-\d\d-\d\d$/.test(words) && Number.isFinite(dayOf(words))) this.set(dayOf(words));
  }

  /** Go to the next day, or the one before, on which something changes. */
  step(way) {
    const next = way > 0 ? this.changes.find((day) => day > this.day) : this.changes.findLast((day) => day < this.day);
    if (next !== undefined) this.set(next);
  }

  /** Mark the days of changes: the more of them, the taller. */
  draw() {
    const ratio = window.devicePixelRatio || 1;
    const { clientWidth: width, clientHeight: height } = this.marks;
    if (!width) return;
    this.marks.width = width * ratio;
    this.marks.height = height * ratio;
    const ctx = this.marks.getContext("2d");
    ctx.scale(ratio, ratio);
    ctx.fillStyle = getComputedStyle(this.marks).color;
    const span = Math.max(1, this.model.last - this.model.first);
    const counts = new Map();
    for (const presence of this.model.presences) {
      for (const stay of [...presence.stays, ...presence.sites.flatMap((site) => site.stays)]) {
        if (stay.start === null || stay.start < this.model.first || stay.start > this.model.last) continue;
        const x = Math.round(8 + ((stay.start - this.model.first) / span) * (width - 16));
        counts.set(x, (counts.get(x) ?? 0) + 1);
      }
    }
    const most = Math.max(1, ...counts.values());
    for (const [x, count] of counts) {
      const tall = Math.max(3, (height - 1) * Math.sqrt(count / most));
      ctx.fillRect(x - 0.75, height - tall, 1.5, tall);
    }
  }
}
