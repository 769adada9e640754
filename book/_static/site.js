/* What a page does beyond being read.  Every part is an addition: without this script
   the page has the same words, links and pictures. */
"use strict";

const root = document.documentElement;
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const COLOURS = { auto: "light", light: "dark", dark: "auto" };

/** Show the colours of one mode, "auto", "light" or "dark". */
function showColours(mode) {
  root.dataset.colours = mode;
  const dark = mode === "dark" || (mode === "auto" && systemIsDark.matches);
  root.dataset.theme = dark ? "dark" : "light";
}

/** Remember a choice where the browser lets us. */
function remember(mode) {
  try {
    localStorage.setItem("gdcourse-colours", mode);
  } catch {
    // The choice then lasts as long as the page.
  }
}

/** Make the button for colours step through its three modes. */
function wireColours(button) {
  const name = () => {
    button.setAttribute("aria-label", `Colours: ${root.dataset.colours}`);
    button.title = button.getAttribute("aria-label");
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    showColours(COLOURS[root.dataset.colours] ?? "auto");
    remember(root.dataset.colours);
    name();
  });
  systemIsDark.addEventListener("change", () => showColours(root.dataset.colours));
  name();
}

/** Return a block's code; of a session with >>> only what was typed. */
function codeOf(block) {
  const text = block.querySelector("pre").textContent;
  if (!text.startsWith(">>> ")) return text;
  const typed = text.split("\n").filter((line) => /^(>>>|\.\.\.)( |$)/.test(line));
  return typed.map((line) => line.slice(4)).join("\n") + "\n";
}

/** Put a copy button into a code block. */
function wireCopy(block) {
  const button = document.createElement("button");
  button.className = "copy";
  button.type = "button";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(codeOf(block));
    button.textContent = "Copied";
    button.classList.add("done");
    setTimeout(() => {
      button.textContent = "Copy";
      button.classList.remove("done");
    }, 1500);
  });
  block.append(button);
}

/** Let the keyboard reach boxes that scroll sideways, and only while they do. */
function wireScrolling(boxes) {
  const mark = (box) => {
    if (box.scrollWidth > box.clientWidth) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", "Scrolls sideways");
    } else if (box.getAttribute("aria-label") === "Scrolls sideways") {
      for (const name of ["tabindex", "role", "aria-label"]) {
        box.removeAttribute(name);
      }
    }
  };
  const watch = new ResizeObserver((entries) => {
    entries.forEach(({ target }) => mark(target));
  });
  boxes.forEach((box) => watch.observe(box));
  document.fonts.ready.then(() => boxes.forEach(mark)); // formulas are wider in theirs
}

/** Mark the section being read in the list of pages. */
function wireSections(nav) {
  const links = [...nav.querySelectorAll('a[href^="#"]')].filter((a) => a.hash);
  const byId = new Map(links.map((a) => [decodeURIComponent(a.hash.slice(1)), a]));
  const sections = [...byId.keys()].map((id) => document.getElementById(id));
  const mark = () => {
    const line = innerHeight * 0.35;
    const passed = sections.filter((s) => s?.getBoundingClientRect().top < line);
    const now = passed.at(-1)?.id;
    links.forEach((a) => a.removeAttribute("aria-current"));
    if (now) byId.get(now).setAttribute("aria-current", "true");
  };
  const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -65% 0px" });
  sections.forEach((section) => section && watch.observe(section));
  nav.addEventListener("click", (event) => {
    if (event.target.closest("a") && nav.matches(":popover-open")) nav.hidePopover();
  });
}

/** Focus the search field on "/", unless the reader is typing. */
function wireSlash(field) {
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (field.offsetParent === null) return;
    event.preventDefault();
    field.focus();
  });
}

/** Print what is folded, and fold it again afterwards. */
function wirePrint() {
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("article details:not([open], .folded-code)")];
    opened.forEach((details) => (details.open = true));
  });
  addEventListener("afterprint", () => {
    opened.forEach((details) => (details.open = false));
  });
}

/** Open the folding that holds the place a link points to. */
function openTarget() {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = place?.closest("details:not([open])");
  if (folded) {
    folded.open = true;
    place.scrollIntoView();
  }
}

wireColours(document.querySelector(".colours"));
if (navigator.clipboard) document.querySelectorAll(".highlight").forEach(wireCopy);
wireScrolling(
  document.querySelectorAll("pre, .scrolls, .pst-scrollable-table-container"),
);
wireSections(document.getElementById("pages"));
wireSlash(document.querySelector("input[type=search]"));
wirePrint();
openTarget();
addEventListener("hashchange", openTarget);
