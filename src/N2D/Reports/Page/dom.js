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

/** Formats a number with a number of digits. Integers keep all of theirs. */
export function numberText(value, digits) {
  if (Number.isNaN(value)) return "";
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(digits)));
}

/** Formats a number that is exact to a step: rounds it to the power of ten at or below the step. */
export function roundedText(value, step) {
  if (Number.isNaN(value)) return "";
  const power = Math.floor(Math.log10(step));
  return String(Number(`${Math.round(value / 10 ** power)}e${power}`));
}
