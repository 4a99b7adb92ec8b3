// Where a figure leads while it is typed: «38 + 22 = 60 de 60», «19 ÷ 20 × 100 = 95 %».

const shown = new Intl.NumberFormat("es-CO", { maximumFractionDigits: 2 });

// As people here write it: points for thousands, comma for decimals. NaN for what is no figure.
export function figureOf(text) {
  const plain = text.replace(/[\s%]/g, "");
  if (!/^-?[\d.,]+$/.test(plain)) return NaN;
  if (plain.includes(",")) return Number(plain.replaceAll(".", "").replace(",", "."));
  const isThousands = /^-?[1-9]\d{0,2}(\.\d{3})+$/.test(plain);
  return Number(isThousands ? plain.replaceAll(".", "") : plain);
}

function words(live, figures) {
  if (!figures.every(Number.isFinite)) return "";
  const unit = live.percent ? " %" : live.unit ? ` ${live.unit}` : "";
  const aim = live.target ? ` de ${shown.format(Number(live.target))}` : "";
  if (live.ratio) {
    const [above, below] = figures;
    if (!below) return "Con denominador cero no hay resultado: se mostrará así.";
    const times = live.percent ? " × 100" : "";
    const result = (above / below) * (live.percent ? 100 : 1);
    const goal = live.target ? `; la meta es ${shown.format(Number(live.target))}${unit}` : "";
    return `${shown.format(above)} ÷ ${shown.format(below)}${times} = ${shown.format(result)}${unit}${goal}`;
  }
  const [value] = figures;
  if (!live.before) return aim ? `${shown.format(value)}${aim}${unit}` : "";
  const before = Number(live.before);
  return `Con esto llega a ${shown.format(before)} + ${shown.format(value)} = ${shown.format(before + value)}${aim}${unit}`;
}

export function watchFigures(form) {
  for (const place of form.querySelectorAll("[data-live]")) {
    const live = JSON.parse(place.dataset.live);
    const fields = [...place.querySelectorAll("input")];
    const output = place.querySelector("[data-leads]");
    const say = () => {
      output.textContent = words(live, fields.map((field) => figureOf(field.value)));
    };
    place.addEventListener("input", say);
    form.addEventListener("restored", say);
    say();
  }
}
