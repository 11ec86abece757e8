/** Creates an element. Text is always set as text, never as markup. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Formats a whole number with separators of thousands. */
export function count(number) {
  return number.toLocaleString("en-US");
}

/** Formats a number with up to seven digits, or twelve if it has an offset. */
export function numberText(value, digits = 7) {
  return Number.isNaN(value) ? "" : String(Number(value.toPrecision(digits)));
}
