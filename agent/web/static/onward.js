// Keys, commands and live counts. Everything here only presses what is on the page: without it the page does the same.
"use strict";
(() => {
  const $ = (what, within = document) => within.querySelector(what);
  const all = (what) => [...document.querySelectorAll(what)];
  const visible = (node) => node && node.checkVisibility();
  const KEY = "onward-keys";
  const keysOn = () => { try { return localStorage.getItem(KEY) !== "off"; } catch { return true; } };

  // ------------------------------------------------------------------------------------------------- commands

  const press = (what) => { const node = all(what).find(visible); if (node) node.click(); return Boolean(node); };
  const menu = (what) => {
    const node = all(`details[data-does="${what}"]`).find(visible);
    if (!node) return;
    node.open = true;
    $(".pop :is(button, select, input:not([type=hidden]))", node)?.focus();
  };
  const go = (path) => () => location.assign(path);
  const move = (step) => {
    const links = all(".cards a[data-ref]").filter(visible);
    if (!links.length) return;
    const at = links.findIndex((link) => link === document.activeElement || link.hasAttribute("aria-current"));
    const next = links[Math.min(links.length - 1, Math.max(0, at + (document.activeElement === links[at] || matchMedia("(min-width: 1000px)").matches ? step : 0)))];
    next.focus();
    if (matchMedia("(min-width: 1000px)").matches) next.click();
  };
  const insert = (number) => {
    const box = $("#body"), slot = all(".times [data-time]")[number - 1];
    if (!visible(box) || !slot) return;
    box.focus();
    box.setRangeText(slot.dataset.time, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const back = () => { const list = $(".panes.one") && $(".tabs a[aria-current]"); if (list) location.assign(list.href); };

  const ACTS = {
    next: () => move(1), previous: () => move(-1), back,
    open: () => document.activeElement?.matches("a") ? document.activeElement.click() : press(".cards a[aria-current]"),
    approve: () => press('[data-does="approve"]'), undo: () => press('[data-does="undo"]'), mute: () => { const node = $('[data-does="mute"]'); if (visible(node?.closest("details"))) node.click(); },
    snooze: () => menu("snooze"), dismiss: () => menu("dismiss"), more: () => menu("more"),
    edit: () => $("#body")?.focus(),
    why: () => { const why = $("#evidence"); if (why) { why.open = !why.open; why.scrollIntoView({ block: "nearest" }); } },
    select: () => (document.activeElement?.closest(".cards li") ?? $(".cards a[aria-current]")?.closest("li"))?.querySelector(".pick input")?.click(),
    approve_selected: () => press('[data-does="approve_selected"]'),
    search: () => ($("#search") ?? { focus: go("/") }).focus(),
    help: () => $("#keys").showModal(),
  };
  // The list of keys on the page says which key does what: [keys, name, act].
  const COMMANDS = all("#keys [data-keys]").map(({ dataset, firstElementChild }) => [
    dataset.go ? [dataset.keys] : dataset.keys.split(" ").filter(Boolean), firstElementChild.textContent, dataset.go ? go(dataset.go) : ACTS[dataset.act],
  ]);
  COMMANDS.push([[], "Check now", () => press('form[action="/round"] button')]);
  const run = new Map([["Enter", ACTS.open], ["ArrowDown", ACTS.next], ["ArrowUp", ACTS.previous]]);
  for (const [keys, , act] of COMMANDS) for (const key of keys) run.set(key, act);

  // ----------------------------------------------------------------------------------------------------- keys

  let first = "", firstAt = 0;
  const typing = (node) => node?.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable], dialog, [role=listbox]");
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") { event.preventDefault(); return palette(); }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.closest?.("#draft")) { event.preventDefault(); return ACTS.approve(); }
    if (event.key === "Escape") {
      const open = all("details.menu[open]").at(-1);
      if (open) { open.open = false; $("summary", open).focus(); event.preventDefault(); }
      else if (typing(event.target) && !event.target.closest("dialog")) event.target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if (!keysOn() || typing(event.target)) return;
    const natural = event.target.closest?.("a, button, summary");
    if (natural && (event.key === "Enter" || event.key === " ")) return;
    if (event.key.startsWith("Arrow") && !event.target.closest?.(".cards")) return;
    if (first === "g" && event.timeStamp - firstAt < 1500) {
      first = "";
      const act = run.get(`g${event.key}`);
      if (act) { event.preventDefault(); act(); }
      return;
    }
    if (event.key === "g") { first = "g"; firstAt = event.timeStamp; return; }
    if (/^[1-3]$/.test(event.key)) { event.preventDefault(); return insert(Number(event.key)); }
    const act = run.get(event.key);
    if (act) { event.preventDefault(); act(); }
  });

  // ------------------------------------------------------------------------------------------- palette, dialogs

  function palette() {
    const box = $("#palette"), field = $("input", box), list = $("ul", box);
    let shown = [], at = 0;
    const draw = () => {
      const words = field.value.toLowerCase();
      shown = COMMANDS.filter(([, name]) => name.toLowerCase().includes(words));
      at = 0;
      list.replaceChildren(...shown.map(([keys, name], n) => {
        const row = document.createElement("li");
        row.id = `command-${n}`;
        row.setAttribute("role", "option");
        row.append(name);
        if (keys[0]) { const kbd = document.createElement("kbd"); kbd.textContent = keys[0].replace(/^g(?=.)/, "g "); row.append(kbd); }
        row.onclick = () => choose(n);
        return row;
      }));
      mark();
    };
    const mark = () => {
      [...list.children].forEach((row, n) => row.setAttribute("aria-selected", n === at));
      if (list.children[at]) field.setAttribute("aria-activedescendant", `command-${at}`); else field.removeAttribute("aria-activedescendant");
      list.children[at]?.scrollIntoView({ block: "nearest" });
    };
    const choose = (n) => { box.close(); shown[n]?.[2](); };
    field.oninput = draw;
    field.onkeydown = (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); at = Math.max(0, Math.min(shown.length - 1, at + (event.key === "ArrowDown" ? 1 : -1))); mark(); }
      if (event.key === "Enter") { event.preventDefault(); choose(at); }
    };
    field.value = "";
    draw();
    if (!box.open) box.showModal();
  }
  const on = $("#keys-on");
  if (on) {
    on.checked = keysOn();
    on.onchange = () => { try { localStorage.setItem(KEY, on.checked ? "on" : "off"); } catch { /* not kept */ } };
  }
  all("[data-open]").forEach((button) => { button.onclick = () => $(`#${button.dataset.open}`).showModal(); });
  document.addEventListener("click", (event) => { all("details.menu[open]").forEach((open) => { if (!open.contains(event.target)) open.open = false; }); });

  // ---------------------------------------------------------------------------------------------------- selected

  // A selection outlives the way from card to card, as far as the cards are on the page.
  const boxes = all(".pick input"), PICKED = "onward-picked";
  const counted = () => {
    const refs = boxes.filter((box) => box.checked).map((box) => box.value.split(".")[0]);
    try { sessionStorage.setItem(PICKED, refs.join(" ")); } catch { /* not kept */ }
    if ($("#number")) $("#number").textContent = `${refs.length} selected`;
  };
  if (boxes.length) {
    let kept = [];
    try { kept = (sessionStorage.getItem(PICKED) ?? "").split(" "); } catch { /* none */ }
    boxes.forEach((box) => { box.checked ||= kept.includes(box.value.split(".")[0]); box.onchange = counted; });
    counted();
  }

  // ---------------------------------------------------------------------------------------------- what was typed

  // A field holds its text with line breaks of its own.
  const plain = (text) => text.replace(/\r\n?/g, "\n");
  const as = (field, text) => (field.localName === "textarea" ? plain(text) : text.replace(/[\r\n]/g, ""));
  const changed = () => all("#draft :is(input:not([type=hidden]), textarea)").some((field) => as(field, field.value) !== as(field, field.defaultValue));
  let leaving = false;
  document.addEventListener("submit", (event) => { leaving = event.target.id === "draft"; });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("beforeunload", (event) => { if (!leaving && changed()) event.preventDefault(); });

  // ------------------------------------------------------------------------------------------- time, and live

  const began = Date.now(), served = Date.parse(document.body.dataset.now ?? "");
  let lost = false;
  const tick = () => {
    if (lost) return;
    let running = false;
    for (const node of all("[data-until]")) {
      const left = Math.ceil((Date.parse(node.dataset.until) - served - (Date.now() - began)) / 1000);
      if (left > 0 && left < 120) { node.textContent = `in ${left} s`; running = true; } else if (left <= 0) node.textContent = "now";
    }
    if (running) setTimeout(tick, 1000);
  };
  if (served) tick();

  const live = $("#live");
  const read = (event) => { try { return JSON.parse(event.detail.data); } catch { return null; } };
  live?.addEventListener("counts", (event) => {
    const counts = read(event);
    if (!counts) return;
    const asked = (counts.review ?? 0) + (counts.held ?? 0) + (counts.failed ?? 0);
    document.title = document.title.replace(/^\(\d+\) /, "").replace(/^/, asked ? `(${asked}) ` : "");
    const number = $('.side a[href="/"] .n');
    if (number) number.textContent = asked || "";
    const news = $("#news");
    if (news && counts.new > 0) {
      const link = document.createElement("a");
      link.href = location.pathname + location.search;
      link.textContent = counts.new === 1 ? "1 new card: show it" : `${counts.new} new cards: show them`;
      news.replaceChildren(link);
    }
  });
  live?.addEventListener("delivery", (event) => {
    const said = read(event), words = { sent: "Sent.", laid: "Lies in your Drafts.", held: "It cannot be told whether a mail left; see the outbox.", refused: "A mail did not leave; see the outbox." };
    if (!said) return;
    if (words[said.state]) all("[data-leaving]").forEach((banner) => {
      const rest = banner.dataset.leaving.split(" ").filter((ref) => ref !== said.ref);
      banner.dataset.leaving = rest.join(" ");
      if (!rest.length) banner.remove();
    });
    if (location.pathname === "/outbox") return location.reload();
    if (words[said.state]) status(words[said.state] + (said.says ? ` ${said.says}` : ""));
  });
  live?.addEventListener("progress", (event) => {
    const round = read(event), many = Math.max(round?.done ?? 0, round?.total ?? 0) >= 500;
    if (many) status(`Reading ${round.section}: ${round.done.toLocaleString("en")}${round.total ? ` of ${round.total.toLocaleString("en")}` : ""}`);
    else if (!round && reading && !changed()) location.reload();
    reading = many;
  });
  // Nothing leaves without the process: no page may go on counting as if it did. An answer, even a refusal, is a sign of life.
  live?.addEventListener("htmx:sse:error", (event) => {
    const { connection, status: answered } = event.detail;
    if (lost || answered || !connection?.attempt) return;
    lost = true;
    all("[data-until]").forEach((node) => { node.textContent = "when Onward runs again"; });
    document.body.dataset.stopped = "";
    status("Onward is not running: nothing leaves until it is started again.");
  });
  live?.addEventListener("htmx:sse:after:connection", () => {
    if (!lost) return;
    if (!changed()) return location.reload();
    lost = false;
    delete document.body.dataset.stopped;
    status("Onward runs again.");
    tick();
  });
  let reading = false;
  function status(text) {
    const place = $("#said");
    if (place) { place.textContent = text; place.hidden = false; }
  }
})();
