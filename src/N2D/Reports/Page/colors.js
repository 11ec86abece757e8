// Nine steps of viridis (Smith and van der Walt, 2015), which is readable with color blindness and in gray.
const viridis = ["#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725"].map(parts);
const steps = 256;

function parts(code) {
  const value = parseInt(code.slice(1, 7), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function ramp(isDark) {
  // The ends that would vanish in the background are left out.
  const [from, to] = isDark ? [0.15, 1] : [0, 0.92];
  return Array.from({ length: steps }, (_, step) => {
    const place = (from + (step / (steps - 1)) * (to - from)) * (viridis.length - 1);
    const left = Math.min(Math.floor(place), viridis.length - 2);
    return viridis[left].map((part, channel) => Math.round(part + (place - left) * (viridis[left + 1][channel] - part)));
  });
}

/** Returns the colors of numbers from the lowest to the highest, as CSS. */
export function rampGradient(isDark) {
  const colors = ramp(isDark).filter((_, step) => step % 51 === 0);
  return `linear-gradient(to right, ${colors.map((color) => `rgb(${color.join(" ")})`).join(", ")})`;
}

/**
 * Colors the rows by a column, four bytes for each. Hidden rows are transparent; if rows are selected, the others are faint.
 */
export function paint(field, isDark, shown, selected, target) {
  const colors = field.isCategory ? field.palette(isDark).map(parts) : ramp(isDark);
  const missing = isDark ? [110, 110, 110] : [150, 150, 150];
  const range = field.high > field.low ? field.high - field.low : 1;
  const faint = isDark ? 40 : 36;
  for (let row = 0; row < shown.length; row++) {
    let color;
    if (field.isCategory) {
      color = colors[field.code(row)];
    } else {
      const number = field.number(row);
      color = Number.isNaN(number) ? missing : colors[Math.round(((number - field.low) / range) * (steps - 1))];
    }
    target[4 * row] = color[0];
    target[4 * row + 1] = color[1];
    target[4 * row + 2] = color[2];
    target[4 * row + 3] = shown[row] === 0 ? 0 : selected !== null && selected[row] === 0 ? faint : 255;
  }
}
