// Draws the source text of a report with line numbers and one marked place.
// Every piece of the report becomes a text node: nothing in it is ever interpreted.
export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".source");
  root.replaceChildren();
  let target = null;
  for (const line of data.lines) {
    const row = document.createElement("div");
    row.className = line.hit ? "line hit" : "line";
    const number = document.createElement("span");
    number.className = "number";
    number.textContent = line.number;
    const body = document.createElement("span");
    body.className = "body";
    if (line.hit && line.to > line.from) {
      const mark = document.createElement("mark");
      mark.textContent = line.text.slice(line.from, line.to);
      body.append(line.text.slice(0, line.from), mark, line.text.slice(line.to));
    } else {
      body.textContent = line.text;
    }
    row.append(number, body);
    root.append(row);
    if (line.hit && !target) target = row;
  }
  if (target) root.scrollTop = target.offsetTop - root.offsetTop - root.clientHeight / 2 + target.clientHeight / 2;
}
