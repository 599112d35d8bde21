// The shop's own systems. Where they are is told at the beginning of each conversation; when the suite runs, they are mock tools.

/** @param url  Where they are. @returns A function that uses one, and returns its result: { error } if it failed. */
export function openBackOffice(url) {
  return async (tool, args) => {
    const response = await fetch(`${url}/${tool}`, { method: 'POST', body: JSON.stringify(args) })
    return response.json()
  }
}
