/**
 * The largest of any number of numbers; spread into `Math.max`, as many as an input may have would overflow the stack.
 *
 * @param least  The result if no number is larger.
 */
export function largest(numbers: Iterable<number>, least = -Infinity): number {
  let found = least
  for (const number of numbers) if (number > found) found = number
  return found
}
