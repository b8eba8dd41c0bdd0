// Draws paragraphs of two reports side by side, the equal stretches and the differing figures marked.
// Every piece of a report becomes a text node: nothing in it is ever interpreted.
export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".passages");
  const legend = parentElement.querySelector(".legend");

  const draw = (className, ...children) => {
    const element = document.createElement("div");
    element.className = className;
    element.append(...children);
    return element;
  };
  const drawPiece = (piece) => {
    const span = document.createElement("span");
    span.className = piece.kind;
    span.textContent = piece.text;
    if (piece.hint) span.title = piece.hint;
    return span;
  };
  const drawSide = (side) => draw("side", draw("number", String(side.line)), draw("body", ...side.pieces.map(drawPiece)));

  root.replaceChildren(
    draw("pair heads", ...data.heads.map((head) => draw("side", draw("body", head)))),
    ...data.pairs.map((pair) => draw("pair", ...pair.map(drawSide))),
  );
  root.style.maxHeight = `${data.height}px`;
  legend.replaceChildren(...data.legend.map((entry) => {
    const sample = document.createElement("span");
    sample.className = `sample ${entry.kind}`;
    sample.textContent = entry.sample;
    const item = document.createElement("span");
    item.append(sample, entry.text);
    return item;
  }));
}
