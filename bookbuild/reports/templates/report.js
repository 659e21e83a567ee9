"use strict";
// The text stands in the page with its marks; here the cards, the filter, the search and the keys are made.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const CERTAINTY = ["certain", "likely", "doubtful"];
const [FILE, RULE, SURE, LINE, COLUMN, LEFT, BEFORE, AFTER, RIGHT, WHY, OTHERS, ANCHOR, SHARP, TAKEN] = Array(14).keys();
const repairs = data.repairs; // the first one is number 1
const marks = [...byId("text").querySelectorAll("mark[data-n]")];
const marksOf = Array.from(repairs, () => []);
for (const mark of marks) for (const number of mark.dataset.n.split(" ")) marksOf[number - 1].push(mark);
let shown = repairs.map((_, at) => at); // those that the filter lets through
let current = -1;
const refused = new Set();

const number = (count) => count.toLocaleString("en");
const place = (repair) => `${data.files[repair[FILE]]}:${repair[LINE]}:${repair[COLUMN]}`;
const isQuestion = (repair) => repair[BEFORE] === repair[AFTER] && !repair[TAKEN];

// ---------------------------------------------------------------- the card

function setParts(element, ...parts) {
  element.replaceChildren(...parts.filter(([, text]) => text).map(([name, text]) => {
    const part = document.createElement(name);
    part.textContent = text;
    return part;
  }));
}

function refusalOf(repair) {
  const [key, words] = repair[ANCHOR] ? ["except-at", repair[ANCHOR]] : ["except-in", data.files[repair[FILE]]];
  return [data.rules[repair[RULE]][0], key, JSON.stringify(words)];
}

function linesFor(chosen) {
  const byRule = new Map();
  for (const at of chosen) {
    const [rule, key, words] = refusalOf(repairs[at]);
    const keys = byRule.get(rule) ?? byRule.set(rule, new Map()).get(rule);
    keys.set(key, (keys.get(key) ?? new Set()).add(words));
  }
  const lines = [...byRule].map(([rule, keys]) =>
    `  ${rule}: {${[...keys].map(([key, words]) => `${key}: [${[...words].join(", ")}]`).join(", ")}}`);
  return `rules:\n${lines.join("\n")}\n`;
}

function showCard(at) {
  const repair = repairs[at], name = data.rules[repair[RULE]][0], sure = CERTAINTY[repair[SURE]];
  byId("number").textContent = `${number(shown.indexOf(at) + 1)} of ${number(shown.length)}`;
  byId("place").textContent = place(repair);
  byId("rule").textContent = name;
  byId("sureness").textContent = byId("sureness").className = sure;
  byId("was-name").textContent = isQuestion(repair) ? "Look at" : "Before";
  setParts(byId("was"), ["span", repair[LEFT]], [isQuestion(repair) ? "mark" : "b", repair[BEFORE] || "nothing"], ["span", repair[RIGHT]]);
  byId("now").hidden = byId("now-name").hidden = isQuestion(repair);
  if (repair[TAKEN]) setParts(byId("now"), ["b", repair[TAKEN]], ["span", " " + repair[BEFORE]]);
  else setParts(byId("now"), ["span", repair[LEFT]], ["b", repair[AFTER] || "nothing"], ["span", repair[RIGHT]]);
  byId("why").textContent = repair[WHY] ? data.reasons[repair[WHY] - 1] : data.rules[repair[RULE]][1];
  byId("others").textContent = repair[OTHERS].length ? `Instead: ${repair[OTHERS].join(", ")}` : "";
  byId("line").textContent = linesFor([at]).trimEnd();
  byId("blunt").hidden = Boolean(repair[SHARP]);
  byId("refuse").checked = refused.has(at);
  byId("copy").textContent = "Copy";
  showBeside(at);
  byId("said").textContent = isQuestion(repair) ? `${name}, a question: ${repair[BEFORE]}`
    : `${name}, ${sure}: ${repair[TAKEN] || `${repair[BEFORE] || "nothing"} became ${repair[AFTER] || "nothing"}`}`;
  byId("card").hidden = false;
}

function showBeside(at) {
  const others = new Set(marksOf[at].flatMap((mark) => mark.dataset.n.split(" ").map((n) => n - 1)));
  others.delete(at);
  const beside = [...others].filter((other) => isShown(repairs[other])).map((other) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = data.rules[repairs[other][RULE]][0];
    button.addEventListener("click", () => select(other));
    return button;
  });
  byId("beside").replaceChildren(...(beside.length ? ["At the same place: ", ...beside] : []));
}

function select(at, { scroll = true, focus = true } = {}) {
  if (current >= 0) for (const mark of marksOf[current]) {
    mark.classList.remove("here");
    for (const name of ["tabindex", "role", "aria-label", "aria-describedby"]) mark.removeAttribute(name);
  }
  current = at;
  showCard(at);
  const [first] = marksOf[at];
  if (!first) return;
  for (const mark of marksOf[at]) mark.classList.add("here");
  first.tabIndex = 0;
  first.setAttribute("role", "button");
  first.setAttribute("aria-label", `${data.rules[repairs[at][RULE]][0]}, ${CERTAINTY[repairs[at][SURE]]}`);
  if (scroll) {
    first.scrollIntoView({ block: "center" });
    // what lies between was laid out on the way, and may have moved the place
    requestAnimationFrame(() => requestAnimationFrame(() => first.scrollIntoView({ block: "center" })));
  }
  if (focus) first.focus({ preventScroll: true });
  history.replaceState(null, "", `#r${at + 1}`);
}

function step(by) {
  if (!shown.length) return;
  let to = shown.indexOf(current);
  if (to < 0) { // the filter hid the current one: go on from its place
    to = shown.findIndex((at) => at > current);
    if (to < 0) to = shown.length;
    to += by > 0 ? -1 : 0;
  }
  select(shown[(to + by + shown.length) % shown.length]);
}

// ---------------------------------------------------------------- filter

const chosen = (name) => new Set([...document.querySelectorAll(`[name="${name}"]:checked`)].map((box) => Number(box.value)));
let sure = chosen("sureness"), rules = chosen("rule");
const isShown = (repair) => sure.has(repair[SURE]) && rules.has(repair[RULE]);

function applyFilter() {
  sure = chosen("sureness");
  rules = chosen("rule");
  shown = [];
  repairs.forEach((repair, at) => { if (isShown(repair)) shown.push(at); });
  for (const mark of marks) mark.classList.toggle("off", !mark.dataset.n.split(" ").some((n) => isShown(repairs[n - 1])));
  for (const block of document.querySelectorAll(".has")) block.classList.remove("has");
  for (const at of shown) for (const mark of marksOf[at]) {
    mark.closest("[data-line]")?.classList.add("has");
    mark.closest(".chunk > *")?.classList.add("has");
    if (mark.classList.contains("chip")) {
      mark.classList.add("has");
      for (let next = mark.nextElementSibling; next; next = next.nextElementSibling)
        if (next.matches("[data-line]")) { next.classList.add("has"); break; }
    }
  }
  document.querySelectorAll(".leaf").forEach((leaf, at) =>
    document.querySelectorAll("nav li")[at]?.classList.toggle("empty", !leaf.querySelector("mark[data-n]:not(.off)")));
  const all = shown.length === repairs.length;
  byId("count").textContent = all ? data.counted : `${number(shown.length)} of ${data.counted}`;
  if (current >= 0) showCard(current);
}

byId("filters").addEventListener("change", (event) => {
  if (event.target.id === "only") document.body.classList.toggle("no-repair-hidden", event.target.checked);
  else applyFilter();
});
byId("filters").addEventListener("submit", (event) => event.preventDefault());
for (const [id, to] of [["all", true], ["none", false]]) byId(id).addEventListener("click", () => {
  for (const box of document.querySelectorAll('[name="rule"]')) box.checked = to;
  applyFilter();
});

// ---------------------------------------------------------------- search

const plain = (text) => text.toLowerCase().replace(/[“”„«»]/g, '"').replace(/[‘’]/g, "'").replace(/\u00a0/g, " ");
let blocks, found = [], foundAt = -1;

function textOf(block) { // without what stood there before; the nodes, so that what is found can be shown
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT,
    (node) => node.parentNode.nodeName === "DEL" ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

// `chapter-3.txt:14`, the file by its path or the end of it: the paragraph in which that line stands, and the repairs there
function placeOf(value) {
  const [, file, line, column] = /^(.+?):(\d+)(?::(\d+))?$/.exec(value.trim().toLowerCase()) ?? [];
  const leaf = file && [...document.querySelectorAll(".leaf")].find(({ firstElementChild }) => `/${firstElementChild.textContent.toLowerCase()}`.endsWith(`/${file}`));
  if (!leaf) return null;
  const path = leaf.firstElementChild.textContent, lines = [...leaf.querySelectorAll("[data-line]")];
  const block = lines.findLast((one) => one.dataset.line <= Number(line)) ?? lines[0];
  const there = repairs.map((_, at) => at).filter((at) => data.files[repairs[at][FILE]] === path && repairs[at][LINE] === Number(line)
    && (!column || repairs[at][COLUMN] === Number(column)));
  return { name: `${path}, line ${line}`, block, there };
}

function search() {
  const wanted = plain(byId("search").value), asPlace = placeOf(byId("search").value);
  blocks ??= [...document.querySelectorAll("#text [data-line]")].map((block) => [block, plain(textOf(block).map((node) => node.data).join(""))]);
  found = wanted ? blocks.filter(([, text]) => text.includes(wanted)).map(([block]) => block) : [];
  foundAt = -1;
  const ranges = found.slice(0, 2000).flatMap((block) => rangesIn(block, wanted));
  if (window.Highlight) CSS.highlights.set("found", new Highlight(...ranges));
  byId("count").textContent = asPlace ? asPlace.name : wanted ? `found in ${number(found.length)} paragraph${found.length === 1 ? "" : "s"}` : data.counted;
}

function rangesIn(block, wanted) {
  const nodes = textOf(block), text = plain(nodes.map((node) => node.data).join(""));
  const ranges = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    const range = new Range();
    let passed = 0;
    for (const node of nodes) {
      const end = passed + node.length;
      if (at >= passed && at < end) range.setStart(node, at - passed);
      if (at + wanted.length > passed && at + wanted.length <= end) range.setEnd(node, at + wanted.length - passed);
      passed = end;
    }
    ranges.push(range);
  }
  return ranges;
}

function goOn(by) {
  const value = byId("search").value;
  const asPlace = placeOf(value);
  if (asPlace) {
    const { block, there } = asPlace;
    if (there.length) return select(there[(there.indexOf(current) + by + there.length) % there.length] ?? there[0], { focus: false });
    block?.scrollIntoView({ block: "center" });
    return requestAnimationFrame(() => block?.scrollIntoView({ block: "center" }));
  }
  if (!found.length) return;
  foundAt = (foundAt + by + found.length) % found.length;
  found[foundAt].scrollIntoView({ block: "center" });
  requestAnimationFrame(() => found[foundAt].scrollIntoView({ block: "center" }));
  byId("count").textContent = `${number(foundAt + 1)} of ${number(found.length)} paragraphs`;
}

byId("search").addEventListener("input", search);
byId("search").addEventListener("keydown", (event) => {
  if (event.key === "Enter") goOn(event.shiftKey ? -1 : 1);
});

// ---------------------------------------------------------------- copying and refusing

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // an old browser, or one that does not trust files
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  button.textContent = "Copied";
}

function refuse(at, to) {
  if (to) refused.add(at); else refused.delete(at);
  for (const mark of marksOf[at]) mark.classList.toggle("refused", to);
  byId("basket").hidden = !refused.size;
  byId("basket").querySelector("b").textContent = refused.size;
  byId("refused").querySelector("pre").textContent = refused.size ? linesFor([...refused].sort((a, b) => a - b)) : "";
  if (!refused.size) toggle("basket", "refused", false);
  if (at === current) byId("refuse").checked = to;
}

function toggle(button, panel, to = byId(panel).hidden) {
  byId(panel).hidden = !to;
  byId(button).setAttribute("aria-expanded", String(to));
  return to;
}

function toggleFilter() {
  if (toggle("filter", "filters")) byId("filters").querySelector("input").focus();
}

function toggleBefore() {
  byId("before").setAttribute("aria-pressed", String(document.body.classList.toggle("with-before")));
}

function toggleTheme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
}

byId("copy").addEventListener("click", () => copy(linesFor([current]), byId("copy")));
byId("refuse").addEventListener("change", (event) => refuse(current, event.target.checked));
byId("basket").addEventListener("click", () => toggle("basket", "refused"));
byId("refused").querySelector("button").addEventListener("click", (event) => copy(linesFor([...refused].sort((a, b) => a - b)), event.target));
byId("filter").addEventListener("click", toggleFilter);
byId("before").addEventListener("click", toggleBefore);
byId("theme").addEventListener("click", toggleTheme);
byId("help").addEventListener("click", () => byId("keys").showModal());
byId("next").addEventListener("click", () => step(1));
byId("previous").addEventListener("click", () => step(-1));
byId("text").addEventListener("click", (event) => {
  const mark = event.target.closest("mark[data-n]:not(.off)");
  if (!mark) return;
  const here = mark.dataset.n.split(" ").map((n) => n - 1).filter((at) => isShown(repairs[at]));
  select(here[(here.indexOf(current) + 1) % here.length], { scroll: false });
});

// ---------------------------------------------------------------- keys

const KEYS = {
  j: () => step(1), k: () => step(-1), f: toggleFilter, b: toggleBefore, d: toggleTheme,
  c: () => current >= 0 && copy(linesFor([current]), byId("copy")),
  r: () => current >= 0 && refuse(current, !refused.has(current)),
  "/": () => byId("search").select(), "?": () => byId("keys").showModal(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
  if (event.key === "Escape") {
    toggle("filter", "filters", false);
    toggle("basket", "refused", false);
    if (event.target.matches("input")) event.target.blur();
  } else if (!event.target.matches("input[type=search], textarea") && KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
});

new ResizeObserver(([entry]) => document.documentElement.style.setProperty("--head", byId("filters").hidden && byId("refused").hidden
  ? `${entry.borderBoxSize[0].blockSize}px` : "3.5rem")).observe(document.querySelector("header"));
if (matchMedia("(max-width: 68rem)").matches) document.querySelector("nav details").open = false;
applyFilter();
const asked = /^#r(\d+)$/.exec(location.hash);
if (asked && repairs[asked[1] - 1]) select(asked[1] - 1);
else if (repairs.length && matchMedia("(min-width: 46rem)").matches) {
  const doubt = repairs.findIndex((repair) => CERTAINTY[repair[SURE]] === "doubtful");
  showCard(current = Math.max(doubt, 0));
  for (const mark of marksOf[current]) mark.classList.add("here");
}
document.documentElement.dataset.ready = "yes";
