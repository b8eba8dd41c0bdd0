// Draws the prose of a report with every figure marked by what became of it, and reports which one was chosen.
// Every piece of the report becomes a text node: nothing in it is ever interpreted.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".prose");
  const legend = parentElement.querySelector(".legend");
  const isFirst = !root.firstChild;
  const scrolled = root.scrollTop;
  const focused = root.getRootNode().activeElement?.dataset?.id;
  const marks = [];

  const drawMark = (piece) => {
    const mark = document.createElement("span");
    const isChosen = piece.id === data.chosen;
    mark.className = ["mark", piece.kind, piece.flagged && "flagged", isChosen && "chosen"].filter(Boolean).join(" ");
    mark.textContent = piece.text;
    mark.title = piece.hint;
    mark.tabIndex = -1;
    mark.dataset.id = piece.id;
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-pressed", String(isChosen));
    mark.setAttribute("aria-label", `${piece.text} ${piece.hint}`);
    marks.push(mark);
    return mark;
  };

  root.replaceChildren(...data.paragraphs.map((paragraph) => {
    const row = document.createElement("div");
    row.className = `paragraph ${paragraph.kind}`;
    const number = document.createElement("span");
    number.className = "number";
    number.textContent = paragraph.line;
    const body = document.createElement("span");
    body.className = "body";
    body.append(...paragraph.pieces.map((piece) => (piece.id ? drawMark(piece) : piece.text)));
    row.append(number, body);
    return row;
  }));
  root.style.maxHeight = `${data.height}px`;

  // One mark is reached with Tab, the others from it with the arrow keys.
  const chosen = marks.find((mark) => mark.dataset.id === data.chosen);
  const stop = marks.find((mark) => mark.dataset.id === focused) || chosen || marks[0];
  if (stop) stop.tabIndex = 0;
  const moveTo = (mark) => {
    for (const one of marks) one.tabIndex = one === mark ? 0 : -1;
    mark.focus();
  };
  const choose = (mark) => setTriggerValue("picked", mark.dataset.id);
  root.onclick = (event) => { if (marks.includes(event.target)) choose(event.target); };
  root.onkeydown = (event) => {
    const at = marks.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (at < 0 || !(step || event.key === "Enter" || event.key === " ")) return;
    event.preventDefault();
    if (step) moveTo(marks[(at + step + marks.length) % marks.length]);
    else choose(marks[at]);
  };

  legend.replaceChildren(...data.legend.map((entry) => {
    const item = document.createElement("button");
    const sample = document.createElement("span");
    sample.className = `sample mark ${entry.kind}`;
    sample.textContent = "12";
    const ofKind = marks.filter((mark) => mark.classList.contains(entry.kind));
    item.disabled = !ofKind.length;
    item.title = entry.hint;
    item.onclick = () => {
      const at = marks.findIndex((mark) => mark.tabIndex === 0);
      moveTo(ofKind.find((mark) => marks.indexOf(mark) > at) || ofKind[0]);
    };
    item.append(sample, entry.text);
    return item;
  }));

  root.scrollTop = scrolled;
  if (isFirst && chosen) {
    const row = chosen.closest(".paragraph");
    root.scrollTop = row.offsetTop - root.clientHeight / 3;
  }
  if (focused && stop) stop.focus({ preventScroll: true });
}
