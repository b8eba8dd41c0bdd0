// Draws the source text of a report with line numbers and the places of the evidence marked.
// Every piece of the report becomes a text node: nothing in it is ever interpreted.
export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".source");
  root.replaceChildren();
  root.style.maxHeight = `${data.height}px`;
  let target = null;
  for (const line of data.lines) {
    const marks = line.marks || [];
    const row = document.createElement("div");
    const isChosen = marks.some((mark) => mark.chosen);
    row.className = `line${marks.length ? " hit" : ""}${isChosen ? " chosen" : ""}`;
    const number = document.createElement("span");
    number.className = "number";
    number.textContent = line.number;
    const body = document.createElement("span");
    body.className = "body";
    let end = 0;
    for (const mark of marks) {
      if (mark.from < end) continue;
      const piece = document.createElement("mark");
      piece.className = mark.chosen ? "chosen" : "";
      piece.textContent = line.text.slice(mark.from, mark.to);
      body.append(line.text.slice(end, mark.from), piece);
      end = mark.to;
    }
    body.append(line.text.slice(end));
    row.append(number, body);
    root.append(row);
    if (isChosen && !target) target = row;
  }
  if (target) root.scrollTop = target.offsetTop - root.clientHeight / 2 + target.clientHeight / 2;
}
