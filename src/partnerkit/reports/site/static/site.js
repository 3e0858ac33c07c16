// Search and filters over what the site says of each record. Nothing is fetched and nothing is kept.
"use strict";
(() => {
  const form = document.getElementById("search");
  const table = document.getElementById("results");
  const found = document.getElementById("found");
  const more = document.getElementById("more");
  const body = table.tBodies[0];
  const titles = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const page = 100;
  const filters = ["kind", "policy", "stage", "due"];
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss");
  const rows = window.PARTNERKIT.map((row) => ({ ...row, fold: fold([row.name, row.id, row.text].join(" ")), head: fold(`${row.name} ${row.id}`) }));
  let hits = [];
  let shown = 0;

  const wanted = () => Object.fromEntries(["words", ...filters].map((name) => [name, form.elements[name].value]));

  const search = () => {
    const asked = wanted();
    const words = fold(asked.words).split(/\s+/).filter(Boolean);
    const fits = (row) => filters.every((name) => !asked[name] || row[name] === asked[name]) && words.every((word) => row.fold.includes(word));
    const inHead = (row) => (words.length && words.every((word) => row.head.includes(word)) ? 0 : 1);
    hits = rows.filter(fits).map((row, place) => [inHead(row), place, row]).sort((one, other) => one[0] - other[0] || one[1] - other[1]).map((one) => one[2]);
    body.replaceChildren();
    shown = 0;
    show();
    const kept = new URLSearchParams(Object.entries(asked).filter(([, value]) => value)).toString();
    try { history.replaceState(null, "", kept ? `#${kept}` : "#"); } catch { /* a page opened from a file may not */ }
  };

  const show = () => {
    for (const row of hits.slice(shown, shown + page)) {
      const line = body.insertRow();
      line.role = "row";
      const link = document.createElement("a");
      link.href = `records/${row.id}.html`;
      link.textContent = row.name;
      const id = document.createElement("code");
      id.className = "quiet";
      id.textContent = row.id;
      const cells = [[link, document.createElement("br"), id], ...[row.kind, row.stageName, row.since, row.policy, row.dueName].map((text) => [text])];
      cells.forEach((parts, place) => {
        const cell = line.insertCell();
        cell.role = "cell";
        cell.dataset.label = titles[place];
        cell.append(...parts.filter((part) => part !== ""));
      });
    }
    shown = Math.min(shown + page, hits.length);
    table.hidden = hits.length === 0;
    more.hidden = shown >= hits.length;
    found.textContent = hits.length === 0 ? "Nothing was found." : `${hits.length} of ${rows.length} records${shown < hits.length ? `, the first ${shown} shown` : ""}`;
  };

  const restore = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const name of ["words", ...filters]) {
      const field = form.elements[name];
      field.value = asked.get(name) ?? "";
      if (field.selectedIndex === -1) field.value = "";
    }
    search();
  };

  const showMore = () => {
    const first = shown;
    show();
    body.rows[first].querySelector("a").focus();
  };

  form.hidden = false;
  form.addEventListener("input", search);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(search));
  more.addEventListener("click", showMore);
  window.addEventListener("hashchange", restore);
  restore();
})();
