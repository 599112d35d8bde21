// Prints measurements.

/** @param {string} text */
export function title(text) {
  console.log(`\n${text}`)
}

/** @param {string} what @param {string} value @param {string} [bar] */
export function row(what, value, bar = '') {
  console.log(`  ${what.padEnd(36)} ${value.padEnd(40)} ${bar && `wanted ${bar}`}`.trimEnd())
}

/** @param {number[]} values */
export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

/** `0.52 (0.48 to 0.55)`: the median, and all of them. @param {number[]} values */
export function spread(values, digits = 2) {
  const [least = NaN] = values.toSorted((a, b) => a - b)
  return `${median(values).toFixed(digits)} (${least.toFixed(digits)} to ${Math.max(...values).toFixed(digits)})`
}
