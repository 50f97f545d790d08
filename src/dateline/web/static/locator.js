// A small map of where the bases and towns of one force lie.

import { World } from "/static/map_world.js";

const L = window.L;
const element = document.getElementById("locator");

function look() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(["land", "border", "ink", "accent", "accent-soft"].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

async function draw() {
  const sites = [...element.querySelectorAll("[data-lat]")].map(({ dataset }) => ({
    at: [Number(dataset.lat), Number(dataset.lon)], reach: Number(dataset.reach), name: dataset.name,
  }));
  const answer = await fetch(element.dataset.world);
  const data = await answer.json();
  element.replaceChildren();
  const map = L.map(element, { attributionControl: false, zoomControl: false, scrollWheelZoom: false, keyboard: false, zoomSnap: 0.25, zoomAnimation: false });
  map.setView(sites[0].at, 5);
  const world = new World(data, map, L.canvas({ padding: 0.2 }));
  const bounds = world.boxes.get(element.dataset.host) ?? L.latLngBounds(sites.map(({ at }) => at)).pad(0.5);
  map.fitBounds(sites.reduce((box, { at }) => box.extend(at), L.latLngBounds(bounds.getSouthWest(), bounds.getNorthEast())), { animate: false });
  const marks = L.layerGroup().addTo(map);
  const paint = () => {
    const colours = look();
    world.paint(colours, new Map([[element.dataset.host, colours["accent-soft"]]]));
    marks.clearLayers();
    for (const { at, reach, name } of sites) {
      if (reach) L.circle(at, { radius: reach, color: colours.accent, weight: 1, dashArray: "2 3", fill: false, interactive: false }).addTo(marks);
      L.circleMarker(at, { radius: 5, color: colours.accent, weight: 2, fillColor: colours.accent, fillOpacity: 0.6 }).bindTooltip(document.createTextNode(name).textContent.replace(/[<>&]/g, " ")).addTo(marks);
    }
  };
  paint();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
}

if (element) await draw();
