// Draws one table of the official form from rows of cells and reports which cell was chosen.
// Labels and values become text nodes: nothing from a report is ever interpreted.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const table = parentElement.querySelector("table");
  const scrolled = table.parentElement.scrollLeft;
  table.replaceChildren();
  const draw = (rows, section, tag) => {
    for (const cells of rows) {
      const line = document.createElement("tr");
      for (const cell of cells) {
        const box = document.createElement(cell.address ? "td" : tag);
        box.textContent = cell.text;
        box.colSpan = cell.across || 1;
        box.rowSpan = cell.down || 1;
        box.className = [cell.kind, cell.status, cell.flagged && "flagged", cell.doubtful && "doubtful",
          cell.address && cell.address === data.chosen && "chosen"].filter(Boolean).join(" ");
        if (cell.hint) box.title = cell.hint;
        if (cell.address) {
          box.tabIndex = 0;
          box.setAttribute("role", "button");
          box.dataset.address = cell.address;
          box.onclick = () => setTriggerValue("picked", cell.address);
          box.onkeydown = (event) => { if (event.key === "Enter") box.onclick(); };
        }
        line.append(box);
      }
      section.append(line);
    }
    table.append(section);
  };
  draw(data.head, document.createElement("thead"), "th");
  draw(data.body, document.createElement("tbody"), "th");
  table.parentElement.scrollLeft = scrolled;
}
