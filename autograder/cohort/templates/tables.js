"use strict";
// Tables of class `sorts`: each heading becomes a button; a field above filters rows. Values to sort by stand in data-v.
for (const table of document.querySelectorAll("table.sorts")) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  const live = document.createElement("span");
  live.className = "hidden";
  live.setAttribute("role", "status");
  heads.forEach((head, place) => {
    const button = document.createElement("button");
    button.type = "button";
    while (head.firstChild) button.append(head.firstChild);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = (row) => {
        const cell = row.cells[place];
        const text = cell.dataset.v ?? cell.textContent.trim();
        return text === "" ? null : isNaN(text) ? text.toLowerCase() : Number(text);
      };
      const keyed = [...body.rows].map((row) => [value(row), row]);
      const compare = (a, b) => {
        if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
        const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
        return down ? -order : order;
      };
      keyed.sort((a, b) => compare(a[0], b[0]));
      body.append(...keyed.map((pair) => pair[1]));
      live.textContent = `Sorted by ${head.textContent.trim()}, ${down ? "descending" : "ascending"}`;
    });
  });
  const label = document.createElement("label");
  label.className = "filter";
  const field = document.createElement("input");
  field.type = "search";
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    let shown = 0;
    for (const row of body.rows) {
      row.hidden = wanted !== "" && !row.textContent.toLowerCase().includes(wanted);
      shown += !row.hidden;
    }
    live.textContent = `${shown} rows shown`;
  });
  label.append("Show only rows with ", field);
  const around = table.closest(".wide") ?? table;
  if (body.rows.length > 5) around.before(label);
  around.before(live);
}
