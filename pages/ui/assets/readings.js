// Draws what a figure of the prose can mean: one card a reading, its cells added up, and reports which cell was chosen.
// Labels and values become text nodes: nothing from a report is ever interpreted.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const make = (kind, text) => {
    const element = document.createElement("div");
    element.className = kind;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const drawLine = (kind, line) => {
    const row = make(kind);
    const label = make("label", line.label);
    if (line.address) {
      label.setAttribute("role", "link");
      label.tabIndex = 0;
      label.title = line.hint;
      label.onclick = () => setTriggerValue("picked", line.address);
      label.onkeydown = (event) => { if (event.key === "Enter") label.onclick(); };
    }
    row.append(make("figure", line.figure), label);
    return row;
  };
  parentElement.querySelector(".readings").replaceChildren(...data.readings.map((reading) => {
    const card = make(`reading ${reading.outcome}`);
    const head = make("head");
    head.append(make("name", reading.name), make("outcome", reading.verdict));
    card.append(head, ...reading.cells.map((cell) => drawLine("cell", cell)));
    if (reading.total) card.append(drawLine("total", reading.total));
    return card;
  }));
}
